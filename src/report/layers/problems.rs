//! The layer of problems: what is wrong with the register of stations, where it can be shown on a map.

use super::layer::FieldKind::Text;
use super::layer::{Cell, Field, GeometryKind, Layer, Shape};
use super::results::LayersReport;
use super::style::Style;
use crate::model::Tier;
use crate::planning::provision::{AskedStation, Problem, RegisterReport};
use crate::text::language::Words;

/// `problems`: the rows of `register.csv`, each where its station's entrances are; nowhere where it is of no station.
pub(super) fn problems<'a>(from: &'a LayersReport<'a>, register: &'a RegisterReport) -> Layer<'a> {
    let stations: &'a [AskedStation] = from.report.provision.map_or(&[], |asked| &asked.stations);
    Layer {
        name: "problems",
        title: Words::new("problems of the register", "站点台账问题"),
        geometry: GeometryKind::MultiPoint,
        fields: vec![
            Field::new("problem", Text, ["problem", "问题类型"]),
            Field::new("tier", Text, ["tier", "层级"]),
            Field::new("station", Text, ["station", "站点编号"]),
            Field::new("name", Text, ["name", "名称"]),
            Field::new("what", Text, ["what", "说明"]),
        ],
        style: Style::Problems,
        rows: Box::new(move |rows| {
            let by_id: std::collections::BTreeMap<&str, &AskedStation> = stations
                .iter()
                .rev()
                .map(|station| (station.id.as_str(), station))
                .collect();
            for problem in &register.problems {
                let station = problem.station.as_deref().and_then(|id| by_id.get(id));
                let places = station.map_or_else(Vec::new, |station| station.places.clone());
                rows.row(&cells(from, problem), Shape::points(places))?;
            }
            Ok(())
        }),
    }
}

fn cells<'a>(from: &'a LayersReport<'a>, problem: &'a Problem) -> [Cell<'a>; 5] {
    [
        Cell::from(problem.kind.name()),
        Cell::text(problem.tier.map(Tier::name)),
        Cell::text(problem.station.as_deref()),
        Cell::from(problem.name.as_str()),
        Cell::from(problem.what.get(from.report.language)),
    ]
}
