//! Closing dates where no day is asked for.

use std::collections::BTreeSet;

use super::stations::opening;
use crate::inputs::Inputs;
use crate::model::{FindingCode, Findings};
use crate::text::language::words;

/// How many stations carry a closing date: without a day they count all the same.
pub(super) fn undated(inputs: &Inputs) -> Findings {
    let own = (&inputs.stations, &inputs.station_attributes);
    let every = inputs.every_station.as_ref();
    let every = every.map(|(stations, attributes)| (stations, attributes));
    let mut findings = Findings::default();
    let mut known = BTreeSet::new();
    for (stations, attributes) in [own].into_iter().chain(every) {
        for (row, station) in stations.iter().enumerate() {
            let (_, closed) = opening(attributes, row);
            let Some(day) = closed else { continue };
            // Entrances of one station, and a station of both lists, are one.
            let id = &station.id;
            if known.insert(id) {
                findings.add(FindingCode::ClosingDate, || {
                    words!("{id}: closed on {day}", "{id}：{day} 停用")
                });
            }
        }
    }
    findings
}
