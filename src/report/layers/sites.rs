//! The layer of sites that a choice of sites builds.

use super::layer::FieldKind::{Integer, Real, Text};
use super::layer::{Cell, Field, GeometryKind, Layer, Shape};
use super::style::Style;
use crate::report::siting::SitingReport;
use crate::siting::Money;
use crate::text::language::Words;
use crate::units::People;

/// `sites`: every chosen site with the columns of `sites.csv`; nowhere where its place is not known.
pub(crate) fn sites(report: SitingReport<'_>) -> Layer<'_> {
    Layer {
        name: "sites",
        title: Words::new("chosen sites", "选定站址"),
        geometry: GeometryKind::Point,
        fields: fields(),
        style: Style::Sites,
        rows: Box::new(move |rows| {
            for row in report.rows() {
                let share = row.total_people.share_of(report.siting.people);
                let per_cost =
                    (row.cost != Money::ZERO).then(|| row.people.as_f64() / row.cost.as_f64());
                let year = row.year.map_or(Cell::Empty, Cell::from);
                let cells = [
                    Cell::count(row.order),
                    Cell::from(row.record.id.as_str()),
                    Cell::text(row.record.name.as_deref()),
                    Cell::text(row.record.mode.as_deref()),
                    year,
                    Cell::Real(row.cost.as_f64()),
                    Cell::from(row.people),
                    Cell::from(row.total_people),
                    Cell::rounded(Some(share), 6),
                    Cell::rounded(per_cost, 3),
                    Cell::from(row.alone),
                    Cell::real(row.capacity.map(People::as_f64)),
                ];
                rows.row(&cells, Shape::point(row.record.place))?;
            }
            Ok(())
        }),
    }
}

fn fields() -> Vec<Field> {
    vec![
        Field::new("order", Integer, ["order", "次序"]),
        Field::new("id", Text, ["id", "编号"]),
        Field::new("name", Text, ["name", "名称"]),
        Field::new("mode", Text, ["how it would be had", "实施方式"]),
        Field::new("year", Text, ["year", "年份"]),
        Field::new("cost", Real(3), ["what it costs", "费用"]),
        Field::new("people", Real(3), ["people whom it adds", "新增覆盖人口"]),
        Field::new(
            "cumulative_people",
            Real(3),
            ["people of all up to it", "累计覆盖人口"],
        ),
        Field::new(
            "cumulative_share",
            Real(6),
            ["share of all up to it", "累计覆盖率"],
        ),
        Field::new(
            "people_per_cost",
            Real(3),
            ["people for each unit of cost", "单位费用受益人口"],
        ),
        Field::new(
            "people_alone",
            Real(3),
            ["people who would have no other", "仅由本站覆盖的人口"],
        ),
        Field::new("capacity", Real(3), ["people whom it takes", "可服务人数"]),
    ]
}
