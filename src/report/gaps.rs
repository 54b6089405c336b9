//! `gaps.csv` and `gaps.geojson`: where people are left out, and why.

use std::io;

use geo_types::Coord;
use serde::Serialize;

use super::Report;
use super::geometry::{Collection, Geometry, Ground, rounded};
use super::siting::per_cost;
use crate::gaps::{Gap, Gaps, LongerOpening, MissingLink, NewGate};
use crate::planning::cures::{CurePrice, PricedCure};
use crate::planning::provision::write_people_in_gaps;
use crate::planning::shares::percent;
use crate::siting::Money;
use crate::text::table::{TableWriter, tenths};
use crate::units::Unit;

/// `gaps.csv`.
pub(super) fn write_table(
    report: &Report<'_>,
    gaps: &Gaps,
    writer: &mut dyn io::Write,
) -> io::Result<()> {
    let mut table = TableWriter::new(writer);
    let has_walls = !report.compounds.is_empty();
    let mut names = header(gaps.deciding.unit());
    if has_walls {
        names.extend(gate_header(gaps.deciding.unit()));
    }
    let has_time = report.hours.is_some_and(|hours| hours.moment.is_some());
    if has_time {
        names.extend(OPENING_HEADER);
    }
    names.extend(CURE_HEADER);
    let is_priced = !report.cure_prices.is_empty();
    if is_priced {
        names.extend(PRICE_HEADER);
    }
    table.row(names)?;
    for (number, gap) in (1..).zip(&gaps.list) {
        let mut row = cells(report, number, gap);
        if has_walls {
            let gate = gap.gate.map(|gate| gate_cells(report, gate));
            row.extend(gate.unwrap_or_default());
        }
        if has_time {
            let opening = gap.opening.map(|opening| opening_cells(report, opening));
            row.extend(opening.unwrap_or_default());
        }
        let best = report.cure_prices.best(gap);
        row.extend(cure_cells(gap, best.as_ref()));
        if is_priced {
            row.extend(best.as_ref().map_or_else(Default::default, price_cells));
        }
        table.row(row)?;
    }
    table.finish()
}

/// `gaps_by_group.csv`: the gaps of each group as its people walk, with the columns of `gaps.csv` but those of gates, between
/// its name and which part of it lives there.
pub(super) fn write_by_group(report: &Report<'_>, writer: &mut dyn io::Write) -> io::Result<()> {
    let mut table = TableWriter::new(writer);
    let unit = report.coverage.tests().deciding().unit();
    let mut names = vec!["cohort"];
    names.extend(header(unit));
    names.push("percent_of_cohort");
    table.row(names)?;
    for group in &report.asked().groups {
        let gaps = group.gaps.iter().flat_map(|gaps| &gaps.list);
        for (number, gap) in (1..).zip(gaps) {
            let mut row = vec![group.name.clone()];
            row.extend(cells(report, number, gap));
            row.push(percent(gap.people, group.total));
            table.row(row)?;
        }
    }
    table.finish()
}

/// `people_in_gaps.csv`: whose people live in each gap.
pub(super) fn write_people(
    report: &Report<'_>,
    gaps: &Gaps,
    writer: &mut dyn io::Write,
) -> io::Result<()> {
    let mut table = TableWriter::new(writer);
    write_people_in_gaps(gaps, &report.asked().groups, &mut table)?;
    table.finish()
}

fn header(unit: Unit) -> Vec<&'static str> {
    let extra = match unit {
        Unit::Milliseconds => "median_extra_seconds",
        Unit::Millimetres => "median_extra_metres",
    };
    vec![
        "gap",
        "people",
        "residents",
        "lon",
        "lat",
        "street",
        "reason",
        extra,
        "nearest_station",
        "link_metres",
        "link_gain",
        "link_from_lon",
        "link_from_lat",
        "link_to_lon",
        "link_to_lat",
    ]
}

fn gate_header(unit: Unit) -> [&'static str; 6] {
    let saved = match unit {
        Unit::Milliseconds => "gate_saved_seconds",
        Unit::Millimetres => "gate_saved_metres",
    };
    [
        "gate_lon",
        "gate_lat",
        "gate_compound",
        "gate_gain",
        saved,
        "gate_way_metres",
    ]
}

/// Which closed station would help most if it were open, and whom.
const OPENING_HEADER: [&str; 3] = ["opening_station", "opening_gain", "opening_gain_elsewhere"];

/// Whom a station in the middle would cover, and the best single cure.
const CURE_HEADER: [&str; 4] = [
    "station_gain",
    "station_gain_elsewhere",
    "cure",
    "cure_gain",
];

/// What the best single cure costs, and who does it.
const PRICE_HEADER: [&str; 5] = [
    "cure_mode",
    "cure_cost",
    "cure_people_per_cost",
    "cure_responsible",
    "cure_deadline",
];

fn cure_cells(gap: &Gap, best: Option<&PricedCure<'_>>) -> [String; 4] {
    let station = gap.station.map(|station| [station.gain, station.elsewhere]);
    let [gain, elsewhere] = station.map_or_else(Default::default, |gains| {
        gains.map(|people| people.to_string())
    });
    let cure = best.map_or_else(Default::default, |best| {
        [best.cure.kind.name().to_owned(), best.cure.gain.to_string()]
    });
    let [kind, cured] = cure;
    [gain, elsewhere, kind, cured]
}

fn price_cells(best: &PricedCure<'_>) -> [String; 5] {
    let own = |cell: fn(&CurePrice) -> &Option<String>| {
        let cell = best.price.and_then(|price| cell(price).clone());
        cell.unwrap_or_default()
    };
    [
        own(|price| &price.mode),
        best.cost.map_or_else(String::new, |cost| cost.to_string()),
        best.cost
            .map_or_else(String::new, |cost| per_cost(best.cure.gain, cost)),
        own(|price| &price.responsible),
        own(|price| &price.deadline),
    ]
}

/// What stands under the header.
fn cells(report: &Report<'_>, number: usize, gap: &Gap) -> Vec<String> {
    let station = gap
        .nearest_station
        .map(|station| report.station_id(station));
    let extra = gap.median_extra.map(|extra| tenths(extra.into()));
    let [lon, lat] = degrees(gap.centre);
    let mut cells = vec![
        number.to_string(),
        gap.people.to_string(),
        gap.residents.len().to_string(),
        lon,
        lat,
        gap.street.clone().unwrap_or_default(),
        gap.reason.name().to_owned(),
        extra.unwrap_or_default(),
        station.unwrap_or_default().to_owned(),
    ];
    cells.extend(gap.link.map_or_else(Default::default, link_cells));
    cells
}

/// With seven decimals, about a centimetre.
fn degrees(place: Coord<f64>) -> [String; 2] {
    [place.x, place.y].map(|degrees| format!("{degrees:.7}"))
}

fn link_cells(link: MissingLink) -> [String; 6] {
    let ([from_lon, from_lat], [to_lon, to_lat]) = (degrees(link.from), degrees(link.to));
    let metres = format!("{:.1}", link.metres);
    [
        metres,
        link.gain.to_string(),
        from_lon,
        from_lat,
        to_lon,
        to_lat,
    ]
}

fn gate_cells(report: &Report<'_>, gate: NewGate) -> [String; 6] {
    let [lon, lat] = degrees(gate.place);
    let compound = &report.compounds.list[gate.compound.index()].id;
    let saved = gate.saved.map(|saved| tenths(saved.into()));
    [
        lon,
        lat,
        compound.clone(),
        gate.gain.to_string(),
        saved.unwrap_or_default(),
        gate.way
            .map_or_else(String::new, |way| format!("{:.1}", way.metres)),
    ]
}

fn opening_cells(report: &Report<'_>, opening: LongerOpening) -> [String; 3] {
    let station = report.station_id(opening.station).to_owned();
    [
        station,
        opening.gain.to_string(),
        opening.elsewhere.to_string(),
    ]
}

/// What a feature says of a gap.
#[derive(Serialize)]
struct Properties<'t> {
    what: &'static str,
    gap: usize,
    #[serde(flatten)]
    place: Option<PlaceProperties<'t>>,
    #[serde(flatten)]
    link: Option<LinkProperties>,
    #[serde(flatten)]
    gate: Option<GateProperties<'t>>,
}

#[derive(Serialize)]
struct GateProperties<'t> {
    #[serde(rename = "gate_compound")]
    compound: &'t str,
    #[serde(rename = "gate_gain")]
    gain: f64,
    #[serde(rename = "gate_saved_seconds", skip_serializing_if = "Option::is_none")]
    saved_seconds: Option<f64>,
    #[serde(rename = "gate_saved_metres", skip_serializing_if = "Option::is_none")]
    saved_metres: Option<f64>,
    #[serde(rename = "gate_way_metres", skip_serializing_if = "Option::is_none")]
    way_metres: Option<f64>,
}

#[derive(Serialize)]
struct PlaceProperties<'t> {
    people: f64,
    residents: usize,
    lon: f64,
    lat: f64,
    street: Option<&'t str>,
    reason: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    median_extra_seconds: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    median_extra_metres: Option<f64>,
    nearest_station: Option<&'t str>,
    #[serde(flatten)]
    cure: Option<CureProperties<'t>>,
}

/// The best single cure.
#[derive(Serialize)]
struct CureProperties<'t> {
    cure: &'static str,
    cure_gain: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    cure_mode: Option<&'t str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cure_cost: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cure_responsible: Option<&'t str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cure_deadline: Option<&'t str>,
}

fn cure_properties(best: PricedCure<'_>) -> CureProperties<'_> {
    let price = best.price;
    CureProperties {
        cure: best.cure.kind.name(),
        cure_gain: best.cure.gain.as_f64(),
        cure_mode: price.and_then(|price| price.mode.as_deref()),
        cure_cost: best.cost.map(Money::as_f64),
        cure_responsible: price.and_then(|price| price.responsible.as_deref()),
        cure_deadline: price.and_then(|price| price.deadline.as_deref()),
    }
}

#[derive(Serialize)]
struct LinkProperties {
    link_metres: f64,
    link_gain: f64,
}

pub(super) fn write_geojson(
    report: &Report<'_>,
    gaps: &Gaps,
    writer: impl io::Write,
) -> io::Result<()> {
    let mut features = Collection::begin(writer, report.note)?;
    for (number, gap) in (1..).zip(&gaps.list) {
        let link = gap.link.map(|link| LinkProperties {
            link_metres: (link.metres * 10.0).round() / 10.0,
            link_gain: link.gain.as_f64(),
        });
        let properties = Properties {
            what: "gap",
            gap: number,
            place: Some(place(report, gaps, gap)),
            link: None,
            gate: None,
        };
        features.write(&properties, &Ground(&gap.outline))?;
        if let Some(MissingLink { from, to, .. }) = gap.link {
            let line = Geometry {
                kind: "LineString",
                coordinates: [rounded(from), rounded(to)],
            };
            let properties = Properties {
                what: "link",
                gap: number,
                place: None,
                link,
                gate: None,
            };
            features.write(&properties, &line)?;
        }
        if let Some(gate) = gap.gate {
            let saved = |unit| {
                let saved = gate.saved.filter(|_| gaps.deciding.unit() == unit);
                saved.map(|saved| (f64::from(saved) / 100.0).round() / 10.0)
            };
            let properties = Properties {
                what: "gate",
                gap: number,
                place: None,
                link: None,
                gate: Some(GateProperties {
                    compound: &report.compounds.list[gate.compound.index()].id,
                    gain: gate.gain.as_f64(),
                    saved_seconds: saved(Unit::Milliseconds),
                    saved_metres: saved(Unit::Millimetres),
                    way_metres: gate.way.map(|way| (way.metres * 10.0).round() / 10.0),
                }),
            };
            let point = Geometry {
                kind: "Point",
                coordinates: rounded(gate.place),
            };
            features.write(&properties, &point)?;
        }
    }
    features.end()
}

fn place<'t>(report: &'t Report<'_>, gaps: &Gaps, gap: &'t Gap) -> PlaceProperties<'t> {
    let extra = |unit| {
        let extra = gap.median_extra.filter(|_| gaps.deciding.unit() == unit);
        extra.map(|extra| (f64::from(extra) / 100.0).round() / 10.0)
    };
    let [lon, lat] = rounded(gap.centre);
    PlaceProperties {
        people: gap.people.as_f64(),
        residents: gap.residents.len(),
        lon,
        lat,
        street: gap.street.as_deref(),
        reason: gap.reason.name(),
        median_extra_seconds: extra(Unit::Milliseconds),
        median_extra_metres: extra(Unit::Millimetres),
        nearest_station: gap
            .nearest_station
            .map(|station| report.station_id(station)),
        cure: report.cure_prices.best(gap).map(cure_properties),
    }
}
