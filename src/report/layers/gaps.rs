//! The layers of gaps: where people are left out, the links and the gates that would help.

use geo_types::Coord;

use super::LayersReport;
use super::layer::FieldKind::{Integer, Real, Text};
use super::layer::{Cell, Field, GeometryKind, Layer, Shape};
use super::style::Style;
use crate::gaps::{Gap, Gaps, NewGate, NewStation};
use crate::siting::Money;
use crate::text::language::Words;
use crate::units::{People, Unit};

/// The gaps of some people.
#[derive(Clone, Copy)]
pub(super) struct GapSet<'a> {
    /// Of which group; everybody where none is named.
    group: Option<&'a str>,
    gaps: &'a Gaps,
}

impl<'a> LayersReport<'a> {
    /// The gaps of all, then of each group.
    fn gap_sets(self) -> impl Iterator<Item = GapSet<'a>> {
        let all = self.gaps.map(|gaps| GapSet { group: None, gaps });
        let groups = self.groups().iter().filter_map(|group| {
            group.gaps.as_ref().map(|gaps| GapSet {
                group: Some(&group.name),
                gaps,
            })
        });
        all.into_iter().chain(groups)
    }

    fn has_group_gaps(self) -> bool {
        self.groups().iter().any(|group| group.gaps.is_some())
    }

    /// Whose gap, where there are groups, and its number among theirs.
    fn gap_fields(self) -> Vec<Field> {
        let mut fields = Vec::new();
        if self.has_group_gaps() {
            fields.push(Field::new("cohort", Text, ("group", "人群")));
        }
        fields.push(Field::new("gap", Integer, ("gap", "盲区序号")));
        fields
    }

    fn gap_cells(self, set: GapSet<'a>, number: usize) -> Vec<Cell<'a>> {
        let mut cells = Vec::new();
        if self.has_group_gaps() {
            cells.push(Cell::text(set.group));
        }
        cells.push(Cell::count(number));
        cells
    }
}

/// The name of a column in the unit that decides.
fn in_unit(unit: Unit, name: &str) -> String {
    match unit {
        Unit::Milliseconds => format!("{name}_seconds"),
        Unit::Millimetres => format!("{name}_metres"),
    }
}

/// `gaps`: the places where people are left out, with the columns of `gaps.csv` but those of places that have layers of their own.
pub(super) fn gaps<'a>(from: LayersReport<'a>) -> Layer<'a> {
    let unit = from.report.coverage.tests().deciding().unit();
    let mut fields = from.gap_fields();
    fields.extend([
        Field::new("people", Real(3), ("people", "人口")),
        Field::new("residents", Integer, ("records", "记录数")),
        Field::new("lon", Real(7), ("longitude of its middle", "中心经度")),
        Field::new("lat", Real(7), ("latitude of its middle", "中心纬度")),
        Field::new("street", Text, ("street", "道路")),
        Field::new("reason", Text, ("reason", "成因")),
        Field::new(
            &in_unit(unit, "median_extra"),
            Real(1),
            ("over the cutoff, middle person", "超出阈值（中位）"),
        ),
        Field::new("nearest_station", Text, ("nearest station", "最近站点编号")),
        Field::new(
            "nearest_station_name",
            Text,
            ("name of the nearest station", "最近站点名称"),
        ),
        Field::new(
            "station_gain",
            Real(3),
            (
                "people whom a station here would cover",
                "在此设站可覆盖的本处人口",
            ),
        ),
        Field::new(
            "station_gain_elsewhere",
            Real(3),
            (
                "people elsewhere whom it would cover",
                "在此设站可覆盖的别处人口",
            ),
        ),
        Field::new("cure", Text, ("best single cure", "首选措施")),
        Field::new(
            "cure_gain",
            Real(3),
            ("people whom it would cover", "首选措施可覆盖人口"),
        ),
    ]);
    let is_priced = !from.report.cure_prices.is_empty();
    if is_priced {
        fields.extend([
            Field::new("cure_mode", Text, ("how it would be had", "实施方式")),
            Field::new("cure_cost", Real(3), ("what it costs", "费用")),
            Field::new("cure_responsible", Text, ("who is responsible", "责任单位")),
            Field::new("cure_deadline", Text, ("by when", "完成时限")),
        ]);
    }
    Layer {
        name: "gaps",
        title: Words::new("gaps", "覆盖盲区"),
        geometry: GeometryKind::MultiPolygon,
        fields,
        style: Style::Gaps,
        rows: Box::new(move |rows| {
            for set in from.gap_sets() {
                for (number, gap) in (1..).zip(&set.gaps.list) {
                    let mut cells = from.gap_cells(set, number);
                    cells.extend(place_cells(from, gap));
                    cells.extend(cure_cells(from, gap, is_priced));
                    rows.row(&cells, Shape::ground(&gap.outline))?;
                }
            }
            Ok(())
        }),
    }
}

/// To the centimetre, as in tables.
fn degrees(degrees: f64) -> Cell<'static> {
    Cell::Real((degrees * 1e7).round() / 1e7)
}

fn place_cells<'a>(from: LayersReport<'a>, gap: &'a Gap) -> [Cell<'a>; 9] {
    let Coord { x, y } = gap.centre;
    let nearest = gap.nearest_station;
    [
        Cell::from(gap.people),
        Cell::count(gap.residents.len()),
        degrees(x),
        degrees(y),
        Cell::text(gap.street.as_deref()),
        Cell::from(gap.reason.name()),
        Cell::tenths(gap.median_extra.map(u64::from)),
        Cell::text(nearest.map(|station| from.station_id(station))),
        Cell::text(nearest.and_then(|station| from.station_name(station))),
    ]
}

fn cure_cells<'a>(from: LayersReport<'a>, gap: &Gap, is_priced: bool) -> Vec<Cell<'a>> {
    let gain = |pick: fn(NewStation) -> People| {
        let station = gap.station.map(pick);
        station.map_or(Cell::Empty, Cell::from)
    };
    let best = from.report.cure_prices.best(gap);
    let cure = best.as_ref().map(|best| best.cure);
    let mut cells = vec![
        gain(|station| station.gain),
        gain(|station| station.elsewhere),
        Cell::text(cure.map(|cure| cure.kind.name())),
        cure.map_or(Cell::Empty, |cure| Cell::from(cure.gain)),
    ];
    if is_priced {
        let price = best.as_ref().and_then(|best| best.price);
        let cost = best.as_ref().and_then(|best| best.cost);
        cells.extend([
            Cell::text(price.and_then(|price| price.mode.as_deref())),
            Cell::real(cost.map(Money::as_f64)),
            Cell::text(price.and_then(|price| price.responsible.as_deref())),
            Cell::text(price.and_then(|price| price.deadline.as_deref())),
        ]);
    }
    cells
}

/// `missing_links`: the links that would help most, a line for each gap that has one.
pub(super) fn links<'a>(from: LayersReport<'a>) -> Layer<'a> {
    let mut fields = from.gap_fields();
    fields.extend([
        Field::new("link_metres", Real(1), ("metres", "长度（米）")),
        Field::new(
            "link_gain",
            Real(3),
            ("people whom it would cover", "可覆盖人口"),
        ),
    ]);
    Layer {
        name: "missing_links",
        title: Words::new("missing links", "缺失通道"),
        geometry: GeometryKind::MultiLineString,
        fields,
        style: Style::Links,
        rows: Box::new(move |rows| {
            for set in from.gap_sets() {
                for (number, gap) in (1..).zip(&set.gaps.list) {
                    let Some(link) = gap.link else { continue };
                    let mut cells = from.gap_cells(set, number);
                    cells.extend([Cell::metres(Some(link.metres)), Cell::from(link.gain)]);
                    rows.row(&cells, Shape::lines(vec![vec![link.from, link.to]]))?;
                }
            }
            Ok(())
        }),
    }
}

/// `gates`: the gates in walls that would help most, a point for each gap that has one.
pub(super) fn gates<'a>(from: LayersReport<'a>) -> Layer<'a> {
    let unit = from.report.coverage.tests().deciding().unit();
    let mut fields = from.gap_fields();
    fields.extend([
        Field::new("gate_compound", Text, ("compound", "小区")),
        Field::new(
            "gate_gain",
            Real(3),
            ("people whom it would cover", "可覆盖人口"),
        ),
        Field::new(
            &in_unit(unit, "gate_saved"),
            Real(1),
            ("saved, middle person", "缩短路程（中位）"),
        ),
        Field::new(
            "gate_way_metres",
            Real(1),
            ("metres of way through it", "通道长度（米）"),
        ),
    ]);
    Layer {
        name: "gates",
        title: Words::new("gates that would help", "建议增设的出入口"),
        geometry: GeometryKind::Point,
        fields,
        style: Style::Gates,
        rows: Box::new(move |rows| {
            for set in from.gap_sets() {
                for (number, gap) in (1..).zip(&set.gaps.list) {
                    let Some(gate) = gap.gate else { continue };
                    let mut cells = from.gap_cells(set, number);
                    cells.extend(gate_cells(from, gate));
                    rows.row(&cells, Shape::Point(gate.place))?;
                }
            }
            Ok(())
        }),
    }
}

fn gate_cells(from: LayersReport<'_>, gate: NewGate) -> [Cell<'_>; 4] {
    let compound = &from.report.compounds.list[gate.compound.index()];
    [
        Cell::from(compound.id.as_str()),
        Cell::from(gate.gain),
        Cell::tenths(gate.saved.map(u64::from)),
        Cell::metres(gate.way.map(|way| way.metres)),
    ]
}
