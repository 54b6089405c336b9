//! The layers of what is within the cutoffs: ground and streets.

use geo_types::Coord;

use super::layer::FieldKind::{Flag, Real, Text};
use super::layer::{Cell, Field, GeometryKind, Layer, Rows, Shape};
use super::results::LayersReport;
use super::style::{LegendPart, Style};
use crate::id::StationId;
use crate::isochrone::{Isochrones, ReachedStreets};
use crate::network::{Network, Stretch};
use crate::planning::provision::TierGround;
use crate::text::language::{Language, Words};
use crate::units::{Cutoff, Unit};

/// `isochrones`: the ground within each cutoff, of every station and of all together; then within the circle of each tier, of its
/// stations.
pub(super) fn isochrones<'a>(from: &'a LayersReport<'a>) -> Layer<'a> {
    Layer {
        name: "isochrones",
        title: Words::new("isochrones", "等时圈"),
        geometry: GeometryKind::MultiPolygon,
        fields: fields(from),
        style: Style::Within(legend(from)),
        rows: Box::new(move |rows| {
            for own in from.isochrones {
                give_ground(from, own, None, rows)?;
            }
            for tier in from.tiers {
                give_ground(from, &tier.isochrones, Some(tier), rows)?;
            }
            Ok(())
        }),
    }
}

fn give_ground<'a>(
    from: &'a LayersReport<'a>,
    isochrones: &'a Isochrones,
    tier: Option<&'a TierGround>,
    rows: &mut dyn Rows,
) -> std::io::Result<()> {
    let Isochrones {
        cutoffs,
        by_station,
        merged,
    } = isochrones;
    for (station, grounds) in stations(by_station, merged) {
        for (cutoff, ground) in cutoffs.iter().zip(grounds) {
            let cells = cells(from, tier, station, *cutoff);
            rows.row(&cells, Shape::ground(ground))?;
        }
    }
    Ok(())
}

/// `reached_streets`: the streets within each cutoff, cut exactly where it is reached.
pub(super) fn streets<'a>(from: &'a LayersReport<'a>) -> Layer<'a> {
    Layer {
        name: "reached_streets",
        title: Words::new("streets within the cutoffs", "可达道路"),
        geometry: GeometryKind::MultiLineString,
        fields: fields(from),
        style: Style::Within(legend(from)),
        rows: Box::new(move |rows| {
            for ReachedStreets {
                cutoffs,
                by_station,
                merged,
            } in from.streets
            {
                for (station, lists) in stations(by_station, merged) {
                    for (cutoff, stretches) in cutoffs.iter().zip(lists) {
                        let lines = lines(from.report.network, stretches);
                        let cells = cells(from, None, station, *cutoff);
                        rows.row(&cells, Shape::lines(lines))?;
                    }
                }
            }
            Ok(())
        }),
    }
}

/// What each station has, in order, then what all have together.
fn stations<'t, T>(
    by_station: &'t [Vec<T>],
    merged: &'t Vec<T>,
) -> impl Iterator<Item = (Option<StationId>, &'t Vec<T>)> {
    let stations = (0..).map(|station| Some(StationId(station)));
    stations.zip(by_station).chain([(None, merged)])
}

fn fields<'a>(from: &'a LayersReport<'a>) -> Vec<Field> {
    let mut fields = Vec::new();
    if !from.tiers.is_empty() {
        fields.push(Field::new("tier", Text, ["tier", "层级"]));
    }
    fields.extend([
        Field::new("station", Text, ["station", "站点编号"]),
        Field::new("station_name", Text, ["name of the station", "站点名称"]),
        Field::new("merged", Flag, ["all stations together", "全部站点合并"]),
    ]);
    fields.extend(from.units().into_iter().map(|unit| match unit {
        Unit::Milliseconds => Field::new("minutes", Real(3), ["minutes", "分钟"]),
        Unit::Millimetres => Field::new("metres", Real(3), ["metres", "米"]),
    }));
    fields
}

fn cells<'a>(
    from: &'a LayersReport<'a>,
    tier: Option<&'a TierGround>,
    station: Option<StationId>,
    cutoff: Cutoff,
) -> Vec<Cell<'a>> {
    let mut cells = Vec::new();
    if !from.tiers.is_empty() {
        cells.push(Cell::text(tier.map(|tier| tier.key.as_str())));
    }
    let names = from.names(tier);
    cells.extend([
        names.id(station),
        names.name(station),
        Cell::Flag(station.is_none()),
    ]);
    let value = |unit| Cell::real((cutoff.unit() == unit).then(|| cutoff.value()));
    cells.extend(from.units().into_iter().map(value));
    cells
}

fn lines(network: &Network, stretches: &[Stretch]) -> Vec<Vec<Coord<f64>>> {
    let lines = stretches.iter().map(|stretch| {
        let Stretch { edge, from, to } = *stretch;
        network.places_between(edge, from, to).into_iter().collect()
    });
    lines.collect()
}

/// The legend: of all stations together the longest first, so that shorter ones lie on it; metres only where there are no minutes.
/// Then, at the reader's wish, the circles of tiers, and what is of each station.
fn legend<'a>(from: &'a LayersReport<'a>) -> Vec<LegendPart> {
    let tests = from.report.coverage.tests();
    let has_tiers = !from.tiers.is_empty();
    let no_tier = if has_tiers {
        " AND \"tier\" IS NULL"
    } else {
        ""
    };
    let mut parts = Vec::new();
    for (of, en, zh) in [
        ("IS NULL", "of all stations", "全部站点"),
        ("IS NOT NULL", "of each station", "逐站"),
    ] {
        for (column, cutoffs) in [("minutes", tests.minutes()), ("metres", tests.metres())] {
            let is_first = column == "minutes" || tests.minutes().is_empty();
            parts.extend(cutoffs.iter().rev().map(|cutoff| {
                let [own_en, own_zh] = Language::ALL.map(|language| cutoff.in_words(language));
                let value = (cutoff.value() * 1000.0).round() / 1000.0;
                LegendPart {
                    // By the station, since not every program reads flags as such.
                    filter: format!(
                        "\"station\" {of} AND round(\"{column}\", 3) = {value}{no_tier}"
                    ),
                    label: Words::new(format!("{own_en} {en}"), format!("{own_zh}（{zh}）")),
                    is_shown: of == "IS NULL" && is_first,
                }
            }));
        }
    }
    parts.extend(from.tiers.iter().map(|tier| LegendPart {
        filter: format!(
            "\"station\" IS NULL AND \"tier\" = '{}'",
            tier.key.replace('\'', "''")
        ),
        label: from.tier_name(tier),
        is_shown: false,
    }));
    parts
}
