//! The layers of what is within the cutoffs: ground and streets.

use super::LayersReport;
use super::layer::FieldKind::{Flag, Real, Text};
use super::layer::{Cell, Field, GeometryKind, Layer, Shape};
use super::style::Style;
use crate::id::StationId;
use crate::isochrone::{Isochrones, ReachedStreets};
use crate::network::{Network, Stretch};
use crate::text::language::Words;
use crate::units::{Cutoff, Unit};

/// `isochrones`: the ground within each cutoff, of every station and of all together.
pub(super) fn isochrones<'a>(from: LayersReport<'a>) -> Layer<'a> {
    Layer {
        name: "isochrones",
        title: Words::new("isochrones", "等时圈"),
        geometry: GeometryKind::MultiPolygon,
        fields: fields(from),
        style: Style::ByCutoff(from.cutoffs()),
        rows: Box::new(move |rows| {
            for Isochrones {
                cutoffs,
                by_station,
                merged,
            } in from.isochrones
            {
                for (station, grounds) in stations(by_station, merged) {
                    for (cutoff, ground) in cutoffs.iter().zip(grounds) {
                        rows.row(&cells(from, station, *cutoff), Shape::ground(ground))?;
                    }
                }
            }
            Ok(())
        }),
    }
}

/// `reached_streets`: the streets within each cutoff, cut exactly where it is reached.
pub(super) fn streets<'a>(from: LayersReport<'a>) -> Layer<'a> {
    Layer {
        name: "reached_streets",
        title: Words::new("streets within the cutoffs", "可达道路"),
        geometry: GeometryKind::MultiLineString,
        fields: fields(from),
        style: Style::ByCutoff(from.cutoffs()),
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
                        rows.row(&cells(from, station, *cutoff), Shape::lines(lines))?;
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

fn fields(from: LayersReport<'_>) -> Vec<Field> {
    let tests = from.report.coverage.tests();
    let mut fields = vec![
        Field::new("station", Text, ("station", "站点编号")),
        Field::new("station_name", Text, ("name of the station", "站点名称")),
        Field::new("merged", Flag, ("all stations together", "全部站点合并")),
    ];
    let units = [
        (tests.minutes(), "minutes", ("minutes", "分钟")),
        (tests.metres(), "metres", ("metres", "米")),
    ];
    let asked = units
        .into_iter()
        .filter(|(cutoffs, _, _)| !cutoffs.is_empty());
    fields.extend(asked.map(|(_, name, title)| Field::new(name, Real(3), title)));
    fields
}

fn cells(from: LayersReport<'_>, station: Option<StationId>, cutoff: Cutoff) -> Vec<Cell<'_>> {
    let tests = from.report.coverage.tests();
    let mut cells = vec![
        Cell::text(station.map(|station| from.station_id(station))),
        Cell::text(station.and_then(|station| from.station_name(station))),
        Cell::Flag(station.is_none()),
    ];
    let value = |unit| Cell::real((cutoff.unit() == unit).then(|| cutoff.value()));
    let units = [
        (tests.minutes(), Unit::Milliseconds),
        (tests.metres(), Unit::Millimetres),
    ];
    let asked = units.into_iter().filter(|(cutoffs, _)| !cutoffs.is_empty());
    cells.extend(asked.map(|(_, unit)| value(unit)));
    cells
}

fn lines(network: &Network, stretches: &[Stretch]) -> Vec<Vec<geo_types::Coord<f64>>> {
    let lines = stretches.iter().map(|stretch| {
        let Stretch { edge, from, to } = *stretch;
        network.places_between(edge, from, to).into_iter().collect()
    });
    lines.collect()
}
