//! The layers of gaps: where people are left out, the links and the gates that would help.

use geo_types::Coord;

use super::layer::FieldKind::{Integer, Real, Text};
use super::layer::{Cell, Field, GeometryKind, Layer, Shape};
use super::results::LayersReport;
use super::style::{LegendPart, Style};
use crate::gaps::{Gap, Gaps, NewGate, NewStation};
use crate::planning::provision::TierGround;
use crate::siting::Money;
use crate::text::language::{Language, Words};
use crate::units::{Cost, People, Unit};

/// The gaps of some people from some stations.
#[derive(Clone, Copy)]
pub(super) struct GapSet<'a> {
    /// From the stations of which tier, by its circle; from the study's where none is named.
    tier: Option<&'a TierGround>,
    /// Of which group; everybody where none is named.
    group: Option<&'a str>,
    gaps: &'a Gaps,
}

impl<'a> LayersReport<'a> {
    /// The gaps of all, then of each tier, then of each group.
    fn gap_sets(&'a self) -> impl Iterator<Item = GapSet<'a>> {
        let all = self.gaps.map(|gaps| GapSet {
            tier: None,
            group: None,
            gaps,
        });
        let tiers = self.tiers.iter().map(|tier| GapSet {
            tier: Some(tier),
            group: None,
            gaps: &tier.gaps,
        });
        let groups = self.groups().iter().filter_map(|group| {
            group.gaps.as_ref().map(|gaps| GapSet {
                tier: None,
                group: Some(&group.name),
                gaps,
            })
        });
        all.into_iter().chain(tiers).chain(groups)
    }

    fn has_group_gaps(&'a self) -> bool {
        self.groups().iter().any(|group| group.gaps.is_some())
    }

    /// Whose gap, where there are tiers and groups, and its number among theirs.
    fn gap_fields(&'a self) -> Vec<Field> {
        let mut fields = Vec::new();
        if !self.tiers.is_empty() {
            fields.push(Field::new("tier", Text, ["tier", "层级"]));
        }
        if self.has_group_gaps() {
            fields.push(Field::new("cohort", Text, ["group", "人群"]));
        }
        fields.push(Field::new("gap", Integer, ["gap", "盲区序号"]));
        fields
    }

    fn gap_cells(&'a self, set: GapSet<'a>, number: usize) -> Vec<Cell<'a>> {
        let mut cells = Vec::new();
        if !self.tiers.is_empty() {
            cells.push(Cell::text(set.tier.map(|tier| tier.key.as_str())));
        }
        if self.has_group_gaps() {
            cells.push(Cell::text(set.group));
        }
        cells.push(Cell::count(number));
        cells
    }

    /// A column in each unit that decides.
    fn fields_by_unit(&'a self, name: &str, title: [&str; 2]) -> Vec<Field> {
        let units = self.deciding_units().into_iter();
        let field = |unit| match unit {
            Unit::Milliseconds => {
                let (en, zh) = (
                    format!("{}, seconds", title[0]),
                    format!("{}（秒）", title[1]),
                );
                Field::new(&format!("{name}_seconds"), Real(1), [&en, &zh])
            }
            Unit::Millimetres => {
                let (en, zh) = (
                    format!("{}, metres", title[0]),
                    format!("{}（米）", title[1]),
                );
                Field::new(&format!("{name}_metres"), Real(1), [&en, &zh])
            }
        };
        units.map(field).collect()
    }

    /// A cost in its unit's column.
    fn cells_by_unit(
        &'a self,
        set: GapSet<'a>,
        cost: Option<Cost>,
    ) -> impl Iterator<Item = Cell<'a>> {
        let own = set.gaps.deciding.unit();
        let units = self.deciding_units().into_iter();
        units.map(move |unit| Cell::tenths(cost.filter(|_| unit == own).map(u64::from)))
    }

    fn deciding_units(&'a self) -> Vec<Unit> {
        let own = self.gap_sets().map(|set| set.gaps.deciding.unit());
        let own: Vec<Unit> = own.collect();
        let all = [Unit::Milliseconds, Unit::Millimetres].into_iter();
        all.filter(|unit| own.contains(unit)).collect()
    }

    /// The legend: what everybody lacks, and at the reader's wish what each tier lacks, and each group.
    fn gap_parts(&'a self, en: &str, zh: &str) -> Vec<LegendPart> {
        let has_groups = self.has_group_gaps();
        let (no_tier, no_group) = (
            (!self.tiers.is_empty()).then_some("\"tier\" IS NULL"),
            has_groups.then_some("\"cohort\" IS NULL"),
        );
        let nothing: Vec<&str> = no_tier.into_iter().chain(no_group).collect();
        let mut parts = vec![LegendPart {
            filter: nothing.join(" AND "),
            label: Words::new(en, zh),
            is_shown: true,
        }];
        let mut add = |column: &str, key: &str, name: &Words| {
            let (own_en, own_zh) = (name.get(Language::En), name.get(Language::Zh));
            parts.push(LegendPart {
                filter: format!("\"{column}\" = '{}'", key.replace('\'', "''")),
                label: Words::new(format!("{en}: {own_en}"), format!("{zh}：{own_zh}")),
                is_shown: false,
            });
        };
        for tier in self.tiers {
            add("tier", &tier.key, &self.tier_name(tier));
        }
        if has_groups {
            for group in self.groups() {
                add("cohort", &group.name, &Words::same(group.name.as_str()));
            }
        }
        parts
    }
}

/// `gaps`: the places where people are left out, with the columns of `gaps.csv` but those of places that have layers of their own.
pub(super) fn gaps<'a>(from: &'a LayersReport<'a>) -> Layer<'a> {
    let is_priced = !from.report.cure_prices.is_empty();
    Layer {
        name: "gaps",
        title: Words::new("gaps", "覆盖盲区"),
        geometry: GeometryKind::MultiPolygon,
        fields: figures(from, is_priced),
        style: Style::Gaps(from.gap_parts("gaps", "覆盖盲区")),
        rows: Box::new(move |rows| {
            for set in from.gap_sets() {
                for (number, gap) in (1..).zip(&set.gaps.list) {
                    let mut cells = from.gap_cells(set, number);
                    cells.extend(place_cells(from, set, gap));
                    cells.extend(cure_cells(from, set, gap, is_priced));
                    rows.row(&cells, Shape::ground(&gap.outline))?;
                }
            }
            Ok(())
        }),
    }
}

/// Whose gap it is, and what is known of it.
fn figures<'a>(from: &'a LayersReport<'a>, is_priced: bool) -> Vec<Field> {
    let mut fields = from.gap_fields();
    fields.extend([
        Field::new("people", Real(3), ["people", "人口"]),
        Field::new("residents", Integer, ["records", "记录数"]),
        Field::new("lon", Real(7), ["longitude of its middle", "中心经度"]),
        Field::new("lat", Real(7), ["latitude of its middle", "中心纬度"]),
        Field::new("street", Text, ["street", "道路"]),
        Field::new("reason", Text, ["reason", "成因"]),
    ]);
    fields.extend(from.fields_by_unit(
        "median_extra",
        ["over the cutoff, middle person", "超出阈值中位数"],
    ));
    fields.extend([
        Field::new("nearest_station", Text, ["nearest station", "最近站点编号"]),
        Field::new(
            "nearest_station_name",
            Text,
            ["name of the nearest station", "最近站点名称"],
        ),
    ]);
    fields.extend(cure_fields(is_priced));
    fields
}

/// What is known of its cures.
fn cure_fields(is_priced: bool) -> Vec<Field> {
    let mut fields = vec![
        Field::new(
            "opening_station",
            Text,
            [
                "closed station that would help most",
                "延长开放最有效的站点编号",
            ],
        ),
        Field::new(
            "opening_gain",
            Real(3),
            [
                "people whom it would cover if it were open",
                "该站开放可覆盖的本处人口",
            ],
        ),
        Field::new(
            "station_gain",
            Real(3),
            [
                "people whom a station here would cover",
                "在此设站可覆盖的本处人口",
            ],
        ),
        Field::new(
            "station_gain_elsewhere",
            Real(3),
            [
                "people elsewhere whom it would cover",
                "在此设站可覆盖的别处人口",
            ],
        ),
        Field::new("cure", Text, ["best single cure", "首选措施"]),
        Field::new(
            "cure_gain",
            Real(3),
            ["people whom it would cover", "首选措施可覆盖人口"],
        ),
    ];
    if is_priced {
        fields.extend([
            Field::new("cure_mode", Text, ["how it would be had", "实施方式"]),
            Field::new("cure_cost", Real(3), ["what it costs", "费用"]),
            Field::new("cure_responsible", Text, ["who is responsible", "责任单位"]),
            Field::new("cure_deadline", Text, ["by when", "完成时限"]),
        ]);
    }
    fields
}

fn place_cells<'a>(from: &'a LayersReport<'a>, set: GapSet<'a>, gap: &'a Gap) -> Vec<Cell<'a>> {
    let Coord { x, y } = gap.centre;
    let (names, nearest) = (from.names(set.tier), gap.nearest_station);
    let mut cells = vec![
        Cell::from(gap.people),
        Cell::count(gap.residents.len()),
        Cell::rounded(Some(x), 7),
        Cell::rounded(Some(y), 7),
        Cell::text(gap.street.as_deref()),
        Cell::from(gap.reason.name()),
    ];
    cells.extend(from.cells_by_unit(set, gap.median_extra));
    cells.extend([names.id(nearest), names.name(nearest)]);
    cells
}

fn cure_cells<'a>(
    from: &'a LayersReport<'a>,
    set: GapSet<'a>,
    gap: &Gap,
    is_priced: bool,
) -> Vec<Cell<'a>> {
    let names = from.names(set.tier);
    let gain = |pick: fn(NewStation) -> People| {
        let station = gap.station.map(pick);
        station.map_or(Cell::Empty, Cell::from)
    };
    let best = from.report.cure_prices.best(gap);
    let cure = best.as_ref().map(|best| best.cure);
    let opening = gap.opening;
    let mut cells = vec![
        names.id(opening.map(|opening| opening.station)),
        opening.map_or(Cell::Empty, |opening| Cell::from(opening.gain)),
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
pub(super) fn links<'a>(from: &'a LayersReport<'a>) -> Layer<'a> {
    let mut fields = from.gap_fields();
    fields.extend([
        Field::new("link_metres", Real(1), ["metres", "长度（米）"]),
        Field::new(
            "link_gain",
            Real(3),
            ["people whom it would cover", "可覆盖人口"],
        ),
    ]);
    Layer {
        name: "missing_links",
        title: Words::new("missing links", "缺失通道"),
        geometry: GeometryKind::MultiLineString,
        fields,
        style: Style::Links(from.gap_parts("missing links", "缺失通道")),
        rows: Box::new(move |rows| {
            for set in from.gap_sets() {
                for (number, gap) in (1..).zip(&set.gaps.list) {
                    let Some(link) = gap.link else { continue };
                    let mut cells = from.gap_cells(set, number);
                    cells.extend([Cell::rounded(Some(link.metres), 1), Cell::from(link.gain)]);
                    rows.row(&cells, Shape::lines(vec![vec![link.from, link.to]]))?;
                }
            }
            Ok(())
        }),
    }
}

/// `gates`: the gates in walls that would help most, a point for each gap that has one.
pub(super) fn gates<'a>(from: &'a LayersReport<'a>) -> Layer<'a> {
    let mut fields = from.gap_fields();
    fields.extend([
        Field::new("gate_compound", Text, ["compound", "小区"]),
        Field::new(
            "gate_gain",
            Real(3),
            ["people whom it would cover", "可覆盖人口"],
        ),
    ]);
    fields.extend(from.fields_by_unit("gate_saved", ["saved, middle person", "缩短路程中位数"]));
    fields.push(Field::new(
        "gate_way_metres",
        Real(1),
        ["metres of way through it", "通道长度（米）"],
    ));
    Layer {
        name: "gates",
        title: Words::new("gates that would help", "建议增设的出入口"),
        geometry: GeometryKind::Point,
        fields,
        style: Style::Gates(from.gap_parts("gates that would help", "建议增设的出入口")),
        rows: Box::new(move |rows| {
            for set in from.gap_sets() {
                for (number, gap) in (1..).zip(&set.gaps.list) {
                    let Some(gate) = gap.gate else { continue };
                    let mut cells = from.gap_cells(set, number);
                    cells.extend(gate_cells(from, set, gate));
                    rows.row(&cells, Shape::Point(gate.place))?;
                }
            }
            Ok(())
        }),
    }
}

fn gate_cells<'a>(from: &'a LayersReport<'a>, set: GapSet<'a>, gate: NewGate) -> Vec<Cell<'a>> {
    let compound = &from.report.compounds.list[gate.compound.index()];
    let mut cells = vec![Cell::from(compound.id.as_str()), Cell::from(gate.gain)];
    cells.extend(from.cells_by_unit(set, gate.saved));
    cells.push(Cell::rounded(gate.way.map(|way| way.metres), 1));
    cells
}
