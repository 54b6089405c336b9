//! What becomes of point records: stations or residents, with findings. The records' texts are moved, not copied: large
//! tables are most of what is in memory while they are read.

use std::collections::{HashMap, HashSet};

use super::cells::{is_cut_code, may_be_cut_code};
use super::{PointRecord, PointRecords};
use crate::crs::Converter;
use crate::geometry::geodesic_m;
use crate::model::{Dwelling, Fault, FindingCode, Findings, Place, Resident, Station};
use crate::text::language::{InLanguage, Words, place_zh, words};
use crate::units::People;

/// A record's id: its own, its number where the layer has none, or its row where only this one lacks it.
fn id_of(
    record: &mut PointRecord,
    number: usize,
    has_ids: bool,
    findings: &mut Findings,
) -> String {
    match record.id.take() {
        Some(id) if !id.is_empty() => id,
        _ if !has_ids => number.to_string(),
        _ => {
            findings.add(FindingCode::MissingId, || Words::place(&record.source));
            format!("row-{number}")
        }
    }
}

fn place_of(xy: Result<(f64, f64), Fault>, converter: &Converter) -> Place {
    let (x, y) = xy?;
    converter.place(x, y)
}

/// Makes stations of the records. `first` is the number of the first one: layers are counted on, so that records without
/// ids of two layers are not taken for entrances of one station.
pub(super) fn stations(
    layer: PointRecords,
    first: usize,
    converter: &Converter,
    findings: &mut Findings,
) -> Vec<Station> {
    let mut layer = layer;
    separate_cut_codes(&mut layer.records, first, findings);
    let numbered = layer.records.into_iter().zip(first..);
    numbered
        .map(|(mut record, number)| Station {
            id: id_of(&mut record, number, layer.has_ids, findings),
            name: record.name,
            place: place_of(record.xy, converter),
            source: record.source,
        })
        .collect()
}

/// Makes residents of the records. `first` is the number of the first one.
pub(super) fn residents(
    layer: PointRecords,
    first: usize,
    converter: &Converter,
    findings: &mut Findings,
) -> Vec<Resident> {
    for (record, _) in cut_codes(&layer.records) {
        let record = &layer.records[record];
        add_cut_code(record, findings);
    }
    let numbered = layer.records.into_iter().zip(first..);
    numbered
        .map(|(mut record, number)| {
            let id = id_of(&mut record, number, layer.has_ids, findings);
            let (people, people_fault) = match record.people {
                Ok(people) => (people.unwrap_or(People::ONE), None),
                Err(fault) => (People::ZERO, Some(fault)),
            };
            Resident {
                id,
                place: place_of(record.xy, converter),
                people,
                people_fault,
                dwelling: Dwelling::default(),
                source: record.source,
            }
        })
        .collect()
}

/// The records whose ids a spreadsheet has cut, and whether another has the same. What only may be cut is taken for it where
/// it is repeated.
fn cut_codes(records: &[PointRecord]) -> Vec<(usize, bool)> {
    let id = |record: &PointRecord| record.id.clone().filter(|id| may_be_cut_code(id));
    let mut count: HashMap<String, usize> = HashMap::new();
    for id in records.iter().filter_map(id) {
        *count.entry(id).or_default() += 1;
    }
    let cut = records.iter().enumerate().filter_map(|(row, record)| {
        let id = id(record)?;
        let is_repeated = count[&id] > 1;
        (is_repeated || is_cut_code(&id)).then_some((row, is_repeated))
    });
    cut.collect()
}

fn add_cut_code(record: &PointRecord, findings: &mut Findings) {
    findings.add(FindingCode::CutCode, || {
        let (source, id) = (&record.source, record.id.as_deref().unwrap_or_default());
        let zh = place_zh(source);
        words!("{source} (id {id})", "{zh}（编号 {id}）")
    });
}

/// Stations whose ids are the same only because a spreadsheet cut them are no entrances of one: each is named by its row too.
fn separate_cut_codes(records: &mut [PointRecord], first: usize, findings: &mut Findings) {
    for (row, is_repeated) in cut_codes(records) {
        let record = &mut records[row];
        add_cut_code(record, findings);
        if let (true, Some(id)) = (is_repeated, &mut record.id) {
            *id = format!("{id} row-{}", first + row);
        }
    }
}

/// Entrances of one station lie within this many metres of each other: more is hardly one place.
const ONE_STATION_M: f64 = 500.0;

/// An address that needs a geocoder, and points that are to be split, are something else to do than a record that is wrong.
pub(super) fn code_of(fault: &Fault, invalid: FindingCode) -> FindingCode {
    match fault {
        Fault::Unlocated { .. } => FindingCode::Unlocated,
        Fault::SeveralPlaces { .. } => FindingCode::SeveralPlaces,
        _ => invalid,
    }
}

pub(super) fn record_fault(source: &str, id: &str, fault: &Fault) -> Words {
    let (zh, fault_zh) = (place_zh(source), fault.zh());
    words!(
        "{source} (id {id}): {fault}",
        "{zh}（编号 {id}）：{fault_zh}"
    )
}

/// Counts invalid stations and rows that are entrances of an earlier one.
pub(super) fn station_findings(stations: &[Station]) -> Findings {
    let mut findings = Findings::default();
    let mut seen = HashMap::with_capacity(stations.len());
    for Station {
        id, place, source, ..
    } in stations
    {
        if let Err(fault) = place {
            findings.add(code_of(fault, FindingCode::InvalidStation), || {
                record_fault(source, id, fault)
            });
        }
        let here = place.as_ref().ok().copied();
        let Some(first) = seen.get_mut(id.as_str()) else {
            seen.insert(id.as_str(), here);
            continue;
        };
        findings.add(FindingCode::RepeatedStation, || {
            let zh = place_zh(source);
            words!("{source} (id {id})", "{zh}（编号 {id}）")
        });
        match (*first, here) {
            (Some(first), Some(here)) => {
                let metres = geodesic_m(first, here);
                if metres > ONE_STATION_M {
                    findings.add(FindingCode::FarEntrance, || {
                        let zh = place_zh(source);
                        words!(
                            "{source} (id {id}), {metres:.0} m from the first row of this id",
                            "{zh}（编号 {id}），距该编号首条记录 {metres:.0} 米"
                        )
                    });
                }
            }
            (None, _) => *first = here,
            _ => {}
        }
    }
    findings
}

/// Counts invalid residents and repeated ids.
pub(super) fn resident_findings(residents: &[Resident]) -> Findings {
    let mut findings = Findings::default();
    let mut seen = HashSet::with_capacity(residents.len());
    for resident in residents {
        let Resident { id, source, .. } = resident;
        if let Some(fault) = resident.fault() {
            findings.add(code_of(fault, FindingCode::InvalidResident), || {
                record_fault(source, id, fault)
            });
        }
        if !seen.insert(id.as_str()) {
            findings.add(FindingCode::RepeatedResident, || {
                let zh = place_zh(source);
                words!("{source} (id {id})", "{zh}（编号 {id}）")
            });
        }
    }
    findings
}
