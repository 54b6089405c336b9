//! Which stations count for a plan, and which services it asks for.

use super::stations::opening;
use super::{cells, days};
use crate::inputs::Inputs;
use crate::model::{Fault, FindingCode, Station};
use crate::planning::provision::Plan;
use crate::planning::register::is_open;
use crate::planning::standards::Term;
use crate::text::language::words;

impl Plan {
    /// The services that are asked for by a standard's list of them; none where they are not, or others are asked for.
    fn listed_services(&self) -> &[Term] {
        if self.services.as_ref().is_none_or(|asked| !asked.is_empty()) {
            return &[];
        }
        self.service_terms()
    }

    /// The services of the first standard that lists any.
    pub(super) fn service_terms(&self) -> &[Term] {
        let mut lists = self.standards.iter().map(|standard| &standard.services);
        lists
            .find(|terms| !terms.is_empty())
            .map_or(&[], Vec::as_slice)
    }

    /// The stations as they are on the day that is asked for: those that are not open have no place, and are a finding. `None`
    /// where no day is asked for: all count then, and those with a closing date are a finding.
    #[must_use]
    pub fn stations_on_day(&self, inputs: &mut Inputs) -> Option<Vec<Station>> {
        let strange = cells::not_understood(inputs, &self.standards);
        inputs.findings.extend(strange);
        if !self.is_empty() {
            let blank = cells::haves_not_stated(inputs);
            inputs.findings.extend(blank);
            let others = cells::not_listed(inputs, self.listed_services());
            inputs.findings.extend(others);
        }
        let Some(day) = self.as_of else {
            inputs.findings.extend(days::undated(inputs));
            return None;
        };
        let mut stations = inputs.stations.clone();
        for (row, station) in stations.iter_mut().enumerate() {
            let (opened, closed) = opening(&inputs.station_attributes, row);
            if !is_open(opened, closed, day) && station.place.is_ok() {
                station.place = Err(Fault::NotOpen {
                    day: day.to_string(),
                });
                let id = &station.id;
                inputs.findings.add(FindingCode::StationNotOpen, || {
                    words!("{id}: not open on {day}", "{id}：{day} 未开放")
                });
            }
        }
        Some(stations)
    }
}
