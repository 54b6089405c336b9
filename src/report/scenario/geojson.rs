//! `changes.geojson`: who gains and who loses, and what was edited.

use std::io;

use geo_types::Coord;
use serde_json::json;

use super::{OneScenario, ScenarioReport};
use crate::report::geometry::{Collection, Geometry, List, rounded};
use crate::scenario::{Applied, Change, ResidentChange};
use crate::text::language::Language;

impl ScenarioReport<'_> {
    /// Writes a point for each resident who is newly covered, or no longer; and each edit that has a place.
    pub(crate) fn write_geojson(&self, writer: impl io::Write) -> io::Result<()> {
        let mut collection = Collection::begin(writer, None)?;
        for one in &self.scenarios {
            for applied in one.applied {
                for shape in &applied.shapes {
                    write_edit(&mut collection, one, applied, shape)?;
                }
            }
            for change in &one.comparison.changes {
                let is_drawn = matches!(
                    change.change,
                    Change::NewlyCovered | Change::NoLongerCovered
                );
                let place = self.places.get(change.resident.index()).copied().flatten();
                if let Some(place) = place.filter(|_| is_drawn) {
                    self.write_change(&mut collection, one, change, place)?;
                }
            }
        }
        collection.end()
    }

    fn write_change(
        &self,
        collection: &mut Collection<impl io::Write>,
        one: &OneScenario<'_>,
        change: &ResidentChange,
        place: Coord<f64>,
    ) -> io::Result<()> {
        let seconds = |ms: Option<u64>| ms.map(|ms| ((ms + 50) / 100) as f64 / 10.0);
        let properties = json!({
            "scenario": one.name,
            "id": self.ids[change.resident.index()],
            "change": change.change.name(),
            "population": change.after.people.as_f64(),
            "seconds_before": seconds(change.before.milliseconds),
            "seconds": seconds(change.after.milliseconds),
        });
        collection.write(&properties, &point(place))
    }
}

fn write_edit(
    collection: &mut Collection<impl io::Write>,
    one: &OneScenario<'_>,
    applied: &Applied,
    shape: &[Coord<f64>],
) -> io::Result<()> {
    let properties = json!({
        "scenario": one.name,
        "edit": applied.table,
        "target": applied.target,
        "found": applied.found.get(Language::En),
    });
    match shape {
        [place] => collection.write(&properties, &point(*place)),
        line => {
            let geometry = Geometry {
                kind: "LineString",
                coordinates: List(|| line.iter().map(|place| rounded(*place))),
            };
            collection.write(&properties, &geometry)
        }
    }
}

fn point(place: Coord<f64>) -> Geometry<[f64; 2]> {
    Geometry {
        kind: "Point",
        coordinates: rounded(place),
    }
}
