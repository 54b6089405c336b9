//! Candidates and standing sites as the problem takes them.

use crate::id::ResidentId;
use crate::inputs::people_cells;
use crate::model::{Attribute, Attributes, FindingCode, Findings, Station};
use crate::report::SiteRecord;
use crate::scenario::{Edit, Measure};
use crate::siting::{Money, Site};
use crate::text::language::Words;
use crate::units::{Cost, People};

use super::homes::Homes;
use super::question::{Mode, SitingQuestion, read_year};
use super::tiers::TierCells;

/// The sites of a problem with what people know of them, and the modes by number.
#[derive(Clone, Debug, Default)]
pub(super) struct Sites {
    pub(super) list: Vec<Site>,
    pub(super) records: Vec<SiteRecord>,
    /// By site, what building it changes in the city, where that is known.
    pub(super) edits: Vec<Vec<Edit>>,
    /// By site, who can walk there.
    pub(super) walks: Vec<Vec<(ResidentId, Cost)>>,
    /// By site, the places of its tiers among those that are asked for.
    pub(super) tiers: Vec<Vec<usize>>,
    /// Whether any candidate says what it costs.
    pub(super) has_costs: bool,
    /// The first is that of sites that say none.
    pub(super) modes: Vec<Mode>,
}

/// A row of a list of sites, with the walks to it.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    pub(super) station: &'a Station,
    /// Its number among the rows of the list.
    pub(super) number: usize,
    pub(super) beside: &'a Beside<'a>,
    /// What building it changes in the city, where that is known.
    pub(super) edits: &'a [Edit],
    pub(super) walks: &'a [(ResidentId, Cost)],
}

/// What decides whom a site serves, and when.
#[derive(Clone, Copy)]
pub(super) struct Rules<'a> {
    pub(super) question: &'a SitingQuestion,
    /// The communities, where they count.
    pub(super) homes: Option<&'a Homes<'a>>,
}

impl Rules<'_> {
    /// Those of the walks to a site that count: all, or by its own community alone. A finding where that is not known.
    fn walks(self, row: Row<'_>, findings: &mut Findings) -> Vec<(ResidentId, Cost)> {
        let Some(homes) = self.homes.filter(|_| self.question.own_community) else {
            return row.walks.to_vec();
        };
        let attributes = row.beside.attributes;
        let Some(own) = homes.of_site(row.station, attributes, row.number) else {
            findings.add(FindingCode::SiteWithoutCommunity, || {
                Words::same(row.station.id.as_str())
            });
            return Vec::new();
        };
        let is_own = |walk: &&(ResidentId, Cost)| homes.of_resident(walk.0.index()) == Some(own);
        row.walks.iter().filter(is_own).copied().collect()
    }

    /// Of which of the tiers that are asked for a site is; a finding where it is of none: it serves nobody then.
    fn tiers(self, row: Row<'_>, findings: &mut Findings) -> Vec<usize> {
        let tiers = row.beside.tiers.of(row.number).to_vec();
        if tiers.is_empty() && !self.question.tiers.is_empty() {
            let cell = row.cell(Attribute::Tier).unwrap_or("");
            findings.add(FindingCode::SiteWithoutTier, || {
                Words::same(format!("{}: \"{cell}\"", row.station.id))
            });
        }
        tiers
    }

    /// How many people a site takes, where that counts; a finding where its cell does not say.
    fn capacity(self, row: Row<'_>, findings: &mut Findings) -> Option<People> {
        if !self.question.has_capacities {
            return None;
        }
        let capacity = row.beside.capacities.get(row.number).copied().flatten();
        if capacity.is_none() {
            let cell = row.cell(Attribute::Capacity).unwrap_or("");
            findings.add(FindingCode::SiteWithoutCapacity, || {
                Words::same(format!("{}: \"{cell}\"", row.station.id))
            });
        }
        capacity
    }

    /// From which year on a candidate may be built, where years count; a finding where its cell says none, or one after the last.
    fn ready(self, id: &str, cell: Option<&str>, findings: &mut Findings) -> Option<i32> {
        let years = self.question.years.iter().map(|one| one.year);
        let last = years.max()?;
        let cell = cell?;
        let ready = read_year(cell);
        let code = match ready {
            None => FindingCode::CandidateYearNotRead,
            Some(ready) if ready > last => FindingCode::CandidateTooLate,
            Some(_) => return ready,
        };
        findings.add(code, || Words::same(format!("{id}: \"{cell}\"")));
        // When it is ready is not known, so it is not before the last year.
        Some(ready.unwrap_or(last))
    }
}

/// What stands beside the rows of candidates.
pub(super) struct Beside<'a> {
    attributes: &'a Attributes,
    has_costs: bool,
    /// By row; none where there is no such column.
    capacities: Vec<Option<People>>,
    tiers: TierCells,
}

impl<'a> Beside<'a> {
    pub(super) fn new(attributes: &'a Attributes, question: &SitingQuestion) -> Self {
        let costs = attributes.of(Attribute::Cost);
        let capacities = attributes.of(Attribute::Capacity).map(people_cells);
        let capacities = capacities.into_iter().flatten().map(Result::ok);
        Self {
            attributes,
            capacities: capacities.collect(),
            tiers: TierCells::new(attributes, &question.tiers),
            has_costs: costs.is_some_and(|column| !column.texts().is_empty()),
        }
    }

    fn cell(&self, attribute: Attribute, row: usize) -> Option<&'a str> {
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
    pub(super) fn add_standing(&mut self, row: Row<'_>, rules: Rules<'_>, findings: &mut Findings) {
        self.tiers.push(rules.tiers(row, findings));
        self.walks.push(rules.walks(row, findings));
        self.edits.push(Vec::new());
        self.list.push(Site {
            stands: true,
            capacity: rules.capacity(row, findings),
            ..Site::default()
        });
        self.records.push(SiteRecord::from(row.station));
    }

    /// Adds a measure: whom it covers who was not covered before. A finding where its cost is not known.
    pub(super) fn add_measure(
        &mut self,
        measure: &Measure,
        covers: Vec<(ResidentId, Cost)>,
        rules: Rules<'_>,
        findings: &mut Findings,
    ) {
        let name = measure.scenario.name.as_str();
        self.has_costs |= measure.cost.is_some();
        let Some(cost) = measure.cost.as_deref().and_then(|cost| cost.parse().ok()) else {
            findings.add(FindingCode::CandidateWithoutCost, || Words::same(name));
            return;
        };
        let mode = self.mode_number(Mode::read(measure.mode.as_deref().unwrap_or("")));
        self.list.push(Site {
            stands: false,
            cost,
            mode,
            capacity: None,
            ready: rules.ready(name, measure.year.as_deref(), findings),
        });
        self.records.push(SiteRecord {
            id: name.to_owned(),
            name: measure.scenario.note.clone(),
            place: None,
            mode: measure.mode.clone(),
            year: measure.year.clone(),
        });
        self.tiers.push(Vec::new());
        self.edits.push(measure.scenario.edits.clone());
        self.walks.push(covers);
    }

    /// Adds the candidate of a row; a finding where its cost is not known.
    pub(super) fn add_candidate(
        &mut self,
        row: Row<'_>,
        rules: Rules<'_>,
        findings: &mut Findings,
    ) {
        self.has_costs |= row.beside.has_costs;
        let Some(cost) = row.beside.cost(row.number) else {
            let said = row.cell(Attribute::Cost).unwrap_or("");
            findings.add(FindingCode::CandidateWithoutCost, || {
                Words::same(format!("{}: \"{said}\"", row.station.id))
            });
            return;
        };
        let said = row.cell(Attribute::Mode).map(str::to_owned);
        let mode = self.mode_number(Mode::read(said.as_deref().unwrap_or("")));
        self.list.push(Site {
            stands: false,
            cost,
            mode,
            capacity: rules.capacity(row, findings),
            ready: rules.ready(&row.station.id, row.cell(Attribute::Year), findings),
        });
        self.records.push(SiteRecord {
            mode: said,
            year: row.cell(Attribute::Year).map(str::to_owned),
            ..SiteRecord::from(row.station)
        });
        self.tiers.push(rules.tiers(row, findings));
        self.edits.push(row.edits.to_vec());
        self.walks.push(rules.walks(row, findings));
    }
}

impl<'a> Row<'a> {
    fn cell(&self, attribute: Attribute) -> Option<&'a str> {
        self.beside.cell(attribute, self.number)
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
