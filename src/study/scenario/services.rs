//! The stations of a study by whether they offer a service.

use std::collections::BTreeSet;

use crate::error::PlanError;
use crate::inputs::Inputs;
use crate::model::{Attribute, AttributeColumn, FindingCode, Findings, Station};
use crate::planning::services::{offered_in, services_of};
use crate::scenario::{Edit, Scenario};
use crate::text::language::{InLanguage, Words, words};
use crate::text::plain::letters;

/// The rows of stations, those of one station together.
#[derive(Clone, Debug)]
pub(super) struct ByService {
    /// Of the stations that offer it.
    pub(super) offering: Vec<Station>,
    /// Of the others.
    pub(super) others: Vec<Station>,
    /// The stations of which nobody says what they offer.
    pub(super) findings: Findings,
}

impl ByService {
    /// # Errors
    /// When no station says what it offers, or none offers this and no edit of the scenarios makes one offer it.
    pub(super) fn new(
        service: &str,
        inputs: &Inputs,
        scenarios: &[Scenario],
    ) -> Result<Self, PlanError> {
        let column = inputs.station_attributes.of(Attribute::Services);
        let column = column.filter(|column| !column.texts().is_empty());
        let column = column.ok_or(PlanError::NoServices)?;
        let name = letters(service);
        let offers = column.map(|cell| {
            let services = services_of(cell).unwrap_or_default();
            services.iter().any(|offered| letters(offered) == name)
        });
        let rows = inputs.stations.iter().zip(&offers);
        let offering = rows.filter(|(_, offers)| **offers == Some(true));
        let ids: BTreeSet<&str> = offering.map(|(row, _)| row.id.as_str()).collect();
        if ids.is_empty() && !is_edited(service, scenarios) {
            return Err(PlanError::NoSuchService {
                asked: service.to_owned(),
                offered: offered_in(column.texts()),
            });
        }
        let rows = inputs.stations.iter().cloned();
        let (offering, others) = rows.partition(|row| ids.contains(row.id.as_str()));
        Ok(Self {
            offering,
            others,
            findings: silent(inputs, column),
        })
    }

    /// How many stations offer it, and how many do not.
    pub(super) fn counts(&self) -> [usize; 2] {
        let count = |rows: &[Station]| {
            let ids = rows.iter().map(|row| row.id.as_str());
            ids.collect::<BTreeSet<_>>().len()
        };
        [count(&self.offering), count(&self.others)]
    }
}

/// Whether a scenario makes a station offer a service.
fn is_edited(service: &str, scenarios: &[Scenario]) -> bool {
    let name = letters(service);
    let mut edits = scenarios.iter().flat_map(|scenario| &scenario.edits);
    edits.any(|edit| {
        let (Edit::Services { add: names, .. }
        | Edit::AddStation {
            services: names, ..
        }) = edit
        else {
            return false;
        };
        names.iter().any(|added| letters(added) == name)
    })
}

/// The stations of which nobody says what they offer.
fn silent(inputs: &Inputs, column: &AttributeColumn) -> Findings {
    let mut findings = Findings::default();
    for (row, station) in inputs.stations.iter().enumerate() {
        if column.get(row).is_none() {
            let (place, id) = (Words::place(&station.source), &station.id);
            let place_zh = place.zh();
            findings.add(FindingCode::ServicesNotStated, || {
                words!("{place}: {id}", "{place_zh}：{id}")
            });
        }
    }
    findings
}
