//! Cells beside the stations that are looked at and not understood: a typing error must not pass for "not stated".

use super::stations::yes_or_no;
use crate::inputs::{Inputs, LayerKind, size};
use crate::language::{place_zh, words};
use crate::model::{Attribute, Attributes, FindingCode, Findings, Station, Tier};
use crate::register::Date;
use crate::standards::Standard;

/// The columns whose cells mean one of few things; the others are names and codes.
const READ: [Attribute; 7] = [
    Attribute::Tier,
    Attribute::Sign,
    Attribute::Rules,
    Attribute::Facilities,
    Attribute::FloorArea,
    Attribute::Opened,
    Attribute::Closed,
];

/// Every cell beside the stations that is filled and means nothing.
pub(super) fn not_understood(inputs: &Inputs, standards: &[Standard]) -> Findings {
    let own = (
        LayerKind::Stations,
        &inputs.stations,
        &inputs.station_attributes,
    );
    let every = inputs.every_station.as_ref();
    let every = every.map(|(stations, attributes)| (LayerKind::AllStations, stations, attributes));
    let mut findings = Findings::default();
    for (layer, stations, attributes) in [own].into_iter().chain(every) {
        for attribute in READ {
            let name = column_name(inputs, layer, attribute);
            add(
                &mut findings,
                (stations, attributes),
                (attribute, &name),
                |text| is_understood(attribute, text, standards),
            );
        }
    }
    findings
}

/// What a column is called in its file.
fn column_name(inputs: &Inputs, layer: LayerKind, attribute: Attribute) -> String {
    let mut readings = inputs
        .readings
        .iter()
        .filter(|reading| reading.layer == layer);
    let taken = readings.find_map(|reading| {
        let mut taken = reading.reading.taken.iter();
        taken.find(|column| column.role == attribute.key())
    });
    taken.map_or_else(|| attribute.key().to_owned(), |taken| taken.column.clone())
}

fn add(
    findings: &mut Findings,
    (stations, attributes): (&[Station], &Attributes),
    (attribute, name): (Attribute, &str),
    is_understood: impl Fn(&str) -> bool,
) {
    let Some(column) = attributes.of(attribute) else {
        return;
    };
    for (row, text) in column.not_understood(is_understood) {
        findings.add(FindingCode::CellNotUnderstood, || {
            let source = &stations[row].source;
            let zh = place_zh(source);
            words!(
                "{source}, column {name}: \"{text}\"",
                "{zh}，“{name}”列：“{text}”"
            )
        });
    }
}

fn is_understood(attribute: Attribute, text: &str, standards: &[Standard]) -> bool {
    match attribute {
        Attribute::Tier => {
            let mut clauses = standards.iter().flat_map(|standard| &standard.clauses);
            Tier::read(text).is_some()
                || clauses.any(|clause| clause.tier.is_some() && clause.is_of_tier(text))
        }
        Attribute::FloorArea => size(text).is_some(),
        Attribute::Opened => Date::first_of(text).is_ok(),
        Attribute::Closed => Date::last_of(text).is_ok(),
        _ => yes_or_no(text).is_some(),
    }
}
