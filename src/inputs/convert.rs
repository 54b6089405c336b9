//! What becomes of point records: stations or residents, with findings. The records' texts are moved, not copied: large
//! tables are most of what is in memory while they are read.

use std::collections::HashSet;

use super::{PointRecord, PointRecords};
use crate::crs::Converter;
use crate::language::{InLanguage, Words, place_zh, words};
use crate::model::{Fault, FindingCode, Findings, Place, Resident, Station};
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
                source: record.source,
            }
        })
        .collect()
}

/// An address that needs a geocoder is something else to do than a record that is wrong.
fn code_of(fault: &Fault, invalid: FindingCode) -> FindingCode {
    match fault {
        Fault::Unlocated { .. } => FindingCode::Unlocated,
        _ => invalid,
    }
}

fn record_fault(source: &str, id: &str, fault: &Fault) -> Words {
    let (zh, fault_zh) = (place_zh(source), fault.zh());
    words!(
        "{source} (id {id}): {fault}",
        "{zh}（编号 {id}）：{fault_zh}"
    )
}

/// Counts invalid stations and rows that are entrances of an earlier one.
pub(super) fn station_findings(stations: &[Station]) -> Findings {
    let mut findings = Findings::default();
    let mut seen = HashSet::with_capacity(stations.len());
    for Station {
        id, place, source, ..
    } in stations
    {
        if let Err(fault) = place {
            findings.add(code_of(fault, FindingCode::InvalidStation), || {
                record_fault(source, id, fault)
            });
        }
        if !seen.insert(id.as_str()) {
            findings.add(FindingCode::RepeatedStation, || {
                let zh = place_zh(source);
                words!("{source} (id {id})", "{zh}（编号 {id}）")
            });
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
