//! The layers of people and of what serves them: residents, stations, areas.

use geo_types::Coord;

use super::layer::FieldKind::{Integer, Real, Text};
use super::layer::{Cell, Field, GeometryKind, Layer, Shape};
use super::results::LayersReport;
use super::style::Style;
use crate::coverage::Tests;
use crate::id::{ResidentId, StationId};
use crate::model::{Area, Attribute};
use crate::text::language::Words;
use crate::units::People;

/// `residents`: every record, with the columns of `residents.csv`, the name of the nearest station, the area and the community.
pub(super) fn residents<'a>(from: &'a LayersReport<'a>) -> Layer<'a> {
    let report = from.report;
    let has_metres = !report.coverage.tests().metres().is_empty();
    let mut fields = own_fields(report.coverage.tests());
    let communities = from.resident_attributes.of(Attribute::Community);
    let has_areas = !report.city.areas.is_empty();
    if has_areas {
        fields.push(Field::new("area", Text, ["area", "所在片区"]));
    }
    if communities.is_some() {
        fields.push(Field::new("community", Text, ["community", "所属社区"]));
    }
    Layer {
        name: "residents",
        title: Words::new("residents", "居民"),
        geometry: GeometryKind::Point,
        fields,
        style: Style::ByStatus,
        rows: Box::new(move |rows| {
            for (index, resident) in report.city.residents.iter().enumerate() {
                let mut cells = own_cells(from, ResidentId::new(index), has_metres);
                if has_areas {
                    let area = report.areas.area_of()[index];
                    let area = area.map(|area| report.city.areas[area as usize].name.as_str());
                    cells.push(Cell::text(area));
                }
                if let Some(column) = communities {
                    cells.push(Cell::text(column.get(index)));
                }
                let place = resident.place.as_ref().ok().copied();
                rows.row(&cells, Shape::point(place))?;
            }
            Ok(())
        }),
    }
}

/// The columns of `residents.csv`, with the name of the nearest station.
fn own_fields(tests: &Tests) -> Vec<Field> {
    let mut fields = vec![
        Field::new("id", Text, ["id", "编号"]),
        Field::new("population", Real(3), ["people", "人口"]),
        Field::new("status", Text, ["status", "覆盖状态"]),
        Field::new(
            "seconds",
            Real(1),
            ["seconds to the nearest station", "至最近站点（秒）"],
        ),
        Field::new("nearest_station", Text, ["nearest station", "最近站点编号"]),
        Field::new(
            "nearest_station_name",
            Text,
            ["name of the nearest station", "最近站点名称"],
        ),
    ];
    let within = ["stations within", "范围内站点数"];
    let minutes = tests.minutes().iter();
    fields.extend(minutes.map(|cutoff| Field::of_cutoff("within", Integer, within, *cutoff)));
    if !tests.metres().is_empty() {
        let title = ["metres to the nearest station", "至最近站点（米）"];
        fields.push(Field::new("metres", Real(1), title));
        let metres = tests.metres().iter();
        fields.extend(metres.map(|cutoff| Field::of_cutoff("within", Integer, within, *cutoff)));
    }
    fields.push(Field::new(
        "reason",
        Text,
        ["why not covered", "未覆盖原因"],
    ));
    fields
}

/// What `residents.csv` has of a record, with the name of the nearest station.
fn own_cells<'a>(from: &'a LayersReport<'a>, id: ResidentId, has_metres: bool) -> Vec<Cell<'a>> {
    let report = from.report;
    let (coverage, resident) = (report.coverage, &report.city.residents[id.index()]);
    let nearest = coverage.nearest()[id.index()];
    let within = coverage.within_of(id).iter();
    let mut within = within.map(|count| Cell::Integer(i64::from(*count)));
    let mut cells = vec![
        Cell::from(resident.id.as_str()),
        Cell::from(resident.people),
        Cell::from(coverage.statuses()[id.index()].name()),
        Cell::tenths(nearest.map(|nearest| nearest.cost)),
        Cell::text(nearest.map(|nearest| from.station_id(nearest.station))),
        Cell::text(nearest.and_then(|nearest| from.station_name(nearest.station))),
    ];
    cells.extend(within.by_ref().take(coverage.tests().minutes().len()));
    if has_metres {
        let metres = coverage.nearest_by_metres()[id.index()];
        cells.push(Cell::tenths(metres.map(|nearest| nearest.cost)));
        cells.extend(within);
    }
    let reason = coverage.reason(id, resident, report.snapped);
    cells.push(reason.map_or(Cell::Empty, |reason| Cell::from(reason.to_string())));
    cells
}

/// `stations`: every station with the columns of `stations.csv`, its name, and its tier and services where they were read. It is
/// where its entrances are.
pub(super) fn stations<'a>(from: &'a LayersReport<'a>) -> Layer<'a> {
    let report = from.report;
    let mut columns = Vec::new();
    let mut more = Vec::new();
    for (attribute, field) in station_columns() {
        if let Some(column) = from.station_attributes.of(attribute) {
            columns.push(column);
            more.push(field);
        }
    }
    Layer {
        name: "stations",
        title: Words::new("stations", "站点"),
        geometry: GeometryKind::MultiPoint,
        fields: station_fields(report.coverage.tests(), more),
        style: Style::Stations,
        rows: Box::new(move |rows| {
            for (id, station) in report.snapped.stations().zip(report.coverage.stations()) {
                let mut cells = vec![
                    Cell::from(from.station_id(id)),
                    Cell::text(from.station_name(id)),
                    Cell::from(station.status.name()),
                    Cell::rounded(station.snap_m, 2),
                ];
                let row = report.snapped.entrances(id)[0].row as usize;
                cells.extend(columns.iter().map(|column| Cell::text(column.get(row))));
                for sums in report.coverage.catchments_of(id) {
                    cells.push(Cell::Integer(sums.residents as i64));
                    cells.extend([Cell::from(sums.people), Cell::from(sums.exclusive)]);
                }
                rows.row(&cells, Shape::points(places(from, id)))?;
            }
            Ok(())
        }),
    }
}

/// What is told of stations where it was read.
fn station_columns() -> [(Attribute, Field); 2] {
    [
        (Attribute::Tier, Field::new("tier", Text, ["tier", "层级"])),
        (
            Attribute::Services,
            Field::new("services", Text, ["services", "服务项目"]),
        ),
    ]
}

/// The columns of `stations.csv`, with the name, and what else was read.
fn station_fields(tests: &Tests, more: Vec<Field>) -> Vec<Field> {
    let mut fields = vec![
        Field::new("id", Text, ["id", "编号"]),
        Field::new("name", Text, ["name", "名称"]),
        Field::new("status", Text, ["status", "状态"]),
        Field::new(
            "snap_m",
            Real(2),
            ["metres to the nearest street", "至最近道路（米）"],
        ),
    ];
    fields.extend(more);
    for cutoff in tests.cutoffs() {
        fields.extend([
            Field::of_cutoff(
                "residents",
                Integer,
                ["records within", "范围内记录数"],
                cutoff,
            ),
            Field::of_cutoff(
                "population",
                Real(3),
                ["people within", "范围内人口"],
                cutoff,
            ),
            Field::of_cutoff(
                "exclusive_population",
                Real(3),
                ["people within of no other", "仅由本站覆盖的人口"],
                cutoff,
            ),
        ]);
    }
    fields
}

/// Where a station's rows are, each once.
fn places<'a>(from: &'a LayersReport<'a>, station: StationId) -> Vec<Coord<f64>> {
    let report = from.report;
    let entrances = report.snapped.entrances(station).iter();
    let mut rows: Vec<u32> = entrances.map(|entrance| entrance.row).collect();
    rows.dedup();
    let places = rows.into_iter();
    let places = places.map(|row| report.city.stations[row as usize].place.as_ref());
    places.filter_map(|place| place.ok().copied()).collect()
}

/// `areas`: every area with the columns of `areas.csv`.
pub(super) fn areas<'a>(from: &'a LayersReport<'a>) -> Layer<'a> {
    let report = from.report;
    Layer {
        name: "areas",
        title: Words::new("areas", "片区"),
        geometry: GeometryKind::MultiPolygon,
        fields: vec![
            Field::new("id", Text, ["id", "编号"]),
            Field::new("name", Text, ["name", "名称"]),
            Field::new("residents", Integer, ["records", "记录数"]),
            Field::new("population", Real(3), ["people", "人口"]),
            Field::new(
                "covered_population",
                Real(3),
                ["people covered", "已覆盖人口"],
            ),
            Field::new("share", Real(4), ["share covered", "覆盖率"]),
        ],
        style: Style::ByShare,
        rows: Box::new(move |rows| {
            for (area, sums) in report.city.areas.iter().zip(report.areas.sums()) {
                let Area { id, name, .. } = area;
                let is_inhabited = sums.people != People::ZERO;
                let share = is_inhabited.then(|| sums.covered.share_of(sums.people));
                let cells = [
                    Cell::from(id.as_str()),
                    Cell::from(name.as_str()),
                    Cell::Integer(sums.residents as i64),
                    Cell::from(sums.people),
                    Cell::from(sums.covered),
                    Cell::rounded(share, 4),
                ];
                rows.row(&cells, Shape::ground(&area.shape))?;
            }
            Ok(())
        }),
    }
}
