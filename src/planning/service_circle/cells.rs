//! Cells beside the stations that are looked at and not understood: a typing error must not pass for "not stated".

use std::collections::BTreeSet;

use super::kinds::community_kind;
use super::stations::names_tier;
use crate::hours::is_hours;
use crate::inputs::{Inputs, LayerKind, LookedAt, size, tell_column};
use crate::model::{Attribute, Attributes, FindingCode, Findings, Station, TierReader};
use crate::planning::register::Date;
use crate::planning::services::services_of;
use crate::planning::standards::{Standard, Term};
use crate::text::plain::yes_or_no;

/// The columns whose cells mean one of few things; the others are names and codes.
const READ: [Attribute; 8] = [
    Attribute::Tier,
    Attribute::Sign,
    Attribute::Rules,
    Attribute::Facilities,
    Attribute::FloorArea,
    Attribute::Opened,
    Attribute::Closed,
    Attribute::Services,
];

/// Every cell beside the stations that is filled and means nothing.
pub(super) fn not_understood(inputs: &Inputs, standards: &[Standard]) -> Findings {
    let mut findings = Findings::default();
    for (layer, stations, attributes) in layers(inputs) {
        for attribute in READ {
            let Some(column) = attributes.of(attribute) else {
                continue;
            };
            let numbers = TierReader::from_cells(column.texts().iter().map(String::as_str));
            let is_understood = |text: &str| match attribute {
                Attribute::Tier => names_tier(text, standards, numbers),
                attribute => is_understood(attribute, text),
            };
            let cells = column.not_understood(is_understood);
            tell_column(&mut findings, cells, |row| {
                let (of, source) = ((layer, attribute.key()), stations[row].source.as_str());
                (LookedAt::taken(&inputs.readings, of, source), source)
            });
        }
    }
    findings.extend(kinds_not_understood(inputs));
    findings
}

/// Blank cells of the three haves in columns that are otherwise filled: a blank says neither yes nor no.
pub(super) fn haves_not_stated(inputs: &Inputs) -> Findings {
    let mut findings = Findings::default();
    for (layer, stations, attributes) in layers(inputs) {
        for attribute in [Attribute::Sign, Attribute::Rules, Attribute::Facilities] {
            let column = attributes.of(attribute);
            let Some(column) = column.filter(|column| !column.texts().is_empty()) else {
                continue;
            };
            // A station is what its first row says.
            let mut known = BTreeSet::new();
            for (row, station) in stations.iter().enumerate() {
                if known.insert(&station.id) && column.get(row).is_none() {
                    let (of, source) = ((layer, attribute.key()), station.source.as_str());
                    let looked_at = LookedAt::taken(&inputs.readings, of, source);
                    looked_at.tell(&mut findings, FindingCode::HaveNotStated, source, "");
                }
            }
        }
    }
    findings
}

/// The layers of stations with what stands beside them.
fn layers(inputs: &Inputs) -> impl Iterator<Item = (LayerKind, &[Station], &Attributes)> {
    let own = (
        LayerKind::Stations,
        inputs.stations.as_slice(),
        &inputs.station_attributes,
    );
    let every = inputs.every_station.as_ref();
    let every = every
        .map(|(stations, attributes)| (LayerKind::AllStations, stations.as_slice(), attributes));
    [own].into_iter().chain(every)
}

/// The kinds of the register's communities that are neither urban nor a village.
fn kinds_not_understood(inputs: &Inputs) -> Findings {
    let mut findings = Findings::default();
    let register = inputs.communities.as_ref();
    let column = register.and_then(|register| {
        let column = register.attributes.of(Attribute::Kind)?;
        Some((&register.records, column))
    });
    if let Some((records, column)) = column {
        let cells = column.not_understood(|text| community_kind(text).is_some());
        tell_column(&mut findings, cells, |row| {
            let (of, source) = (
                (LayerKind::Communities, Attribute::Kind.key()),
                records[row].source.as_str(),
            );
            (LookedAt::taken(&inputs.readings, of, source), source)
        });
    }
    findings
}

/// The words in cells of services that none of the terms means: those of the stations whose services are counted.
pub(super) fn not_listed(inputs: &Inputs, terms: &[Term]) -> Findings {
    let mut findings = Findings::default();
    let own = (&inputs.stations, &inputs.station_attributes);
    let (layer, (stations, attributes)) = match &inputs.every_station {
        Some((stations, attributes)) => (LayerKind::AllStations, (stations, attributes)),
        None => (LayerKind::Stations, own),
    };
    let Some(column) = attributes.of(Attribute::Services) else {
        return findings;
    };
    if terms.is_empty() {
        return findings;
    }
    let others = column.map(|text| {
        let mut services = services_of(text).unwrap_or_default();
        services.retain(|service| !terms.iter().any(|term| term.matches(service)));
        services
    });
    for (station, others) in stations.iter().zip(others) {
        let (of, source) = ((layer, Attribute::Services.key()), station.source.as_str());
        for service in others.unwrap_or_default() {
            let looked_at = LookedAt::taken(&inputs.readings, of, source);
            looked_at.tell(
                &mut findings,
                FindingCode::ServiceNotListed,
                source,
                &service,
            );
        }
    }
    findings
}

/// Whether a cell of one of these columns, but for that of tiers, says something.
fn is_understood(attribute: Attribute, text: &str) -> bool {
    match attribute {
        Attribute::Services => services_of(text).is_some(),
        Attribute::FloorArea => size(text).is_some(),
        // 开放时间 is since when, or at what hours.
        Attribute::Opened => Date::first_of(text).is_ok() || is_hours(text),
        Attribute::Closed => Date::last_of(text).is_ok(),
        _ => yes_or_no(text).is_some(),
    }
}
