//! Candidates and standing sites as the problem takes them.

use crate::id::ResidentId;
use crate::model::{Attribute, Attributes, FindingCode, Findings, Station};
use crate::report::SiteRecord;
use crate::siting::{Money, Site};
use crate::text::language::Words;
use crate::units::Cost;

use super::question::Mode;

/// The sites of a problem with what people know of them, and the modes by number.
#[derive(Clone, Debug, Default)]
pub(super) struct Sites {
    pub(super) list: Vec<Site>,
    pub(super) records: Vec<SiteRecord>,
    /// By site, who can walk there.
    pub(super) walks: Vec<Vec<(ResidentId, Cost)>>,
    /// Whether any candidate says what it costs.
    pub(super) has_costs: bool,
    /// The first is that of sites that say none.
    pub(super) modes: Vec<Mode>,
}

/// What stands beside the rows of candidates.
pub(super) struct Beside<'a> {
    attributes: &'a Attributes,
    has_costs: bool,
}

impl<'a> Beside<'a> {
    pub(super) fn new(attributes: &'a Attributes) -> Self {
        let costs = attributes.of(Attribute::Cost);
        Self {
            attributes,
            has_costs: costs.is_some_and(|column| !column.texts().is_empty()),
        }
    }

    fn cell(&self, attribute: Attribute, row: usize) -> Option<&str> {
        self.attributes.of(attribute)?.get(row)
    }

    /// What the candidate of a row costs; `None` where others have a cost and this one's is not known.
    fn cost(&self, row: usize) -> Option<Money> {
        if self.has_costs {
            self.cell(Attribute::Cost, row)?.parse().ok()
        } else {
            Some(Money::ZERO)
        }
    }
}

impl Sites {
    pub(super) fn new() -> Self {
        Self {
            modes: vec![Mode::read("")],
            ..Self::default()
        }
    }

    fn mode_number(&mut self, mode: Mode) -> u16 {
        let known = self.modes.iter().position(|known| *known == mode);
        let number = known.unwrap_or_else(|| {
            self.modes.push(mode);
            self.modes.len() - 1
        });
        number as u16
    }

    /// Adds a site that stands.
    pub(super) fn add_standing(&mut self, station: &Station, walks: &[(ResidentId, Cost)]) {
        self.walks.push(walks.to_vec());
        self.list.push(Site {
            stands: true,
            ..Site::default()
        });
        self.records.push(SiteRecord::from(station));
    }

    /// Adds the candidate of a row; a finding where its cost is not known.
    pub(super) fn add_candidate(
        &mut self,
        station: &Station,
        row: usize,
        beside: &Beside<'_>,
        walks: &[(ResidentId, Cost)],
        findings: &mut Findings,
    ) {
        self.has_costs |= beside.has_costs;
        let Some(cost) = beside.cost(row) else {
            let said = beside.cell(Attribute::Cost, row).unwrap_or("");
            findings.add(FindingCode::CandidateWithoutCost, || {
                Words::same(format!("{}: \"{said}\"", station.id))
            });
            return;
        };
        let said = beside.cell(Attribute::Mode, row).map(str::to_owned);
        let mode = self.mode_number(Mode::read(said.as_deref().unwrap_or("")));
        self.list.push(Site {
            stands: false,
            cost,
            mode,
        });
        self.records.push(SiteRecord {
            mode: said,
            year: beside.cell(Attribute::Year, row).map(str::to_owned),
            ..SiteRecord::from(station)
        });
        self.walks.push(walks.to_vec());
    }
}

impl From<&Station> for SiteRecord {
    fn from(station: &Station) -> Self {
        Self {
            id: station.id.clone(),
            name: station.name.clone(),
            place: station.place.as_ref().ok().copied(),
            mode: None,
            year: None,
        }
    }
}
