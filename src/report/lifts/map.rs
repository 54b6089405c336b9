//! `lifts.geojson`: each stairwell as a point.

use std::io;

use serde_json::json;

use super::LiftsReport;
use crate::planning::shares::people;
use crate::report::geometry::{Collection, Geometry, rounded};

impl LiftsReport<'_> {
    /// Writes `lifts.geojson`: a point for each stairwell in which somebody lives whose place is known.
    ///
    /// # Errors
    /// What the writer says.
    pub(crate) fn write_geojson(&self, writer: impl io::Write) -> io::Result<()> {
        let mut collection = Collection::begin(writer, None)?;
        for stairwell in self.stairwells {
            let Some(place) = stairwell.place else {
                continue;
            };
            let (benefit, planned) = (stairwell.benefit(), stairwell.planned);
            let stage = stairwell.stage.map(|stage| &self.policy.stages[stage].key);
            let quarter = planned.and_then(|one| one.begins);
            let properties = json!({
                "building": stairwell.building,
                "stairwell": stairwell.id,
                "community": stairwell.community,
                "status": stairwell.standing.status.name(),
                "stage": stage,
                "rank": planned.map(|one| one.rank),
                "begins": quarter.map(|quarter| quarter.to_string()),
                "people": people(stairwell.people),
                "newly_covered": people(benefit.newly_covered),
                "person_minutes_a_day": benefit.person_minutes(),
                "freed": people(benefit.freed),
                "step_free": people(benefit.step_free),
            });
            let point = Geometry {
                kind: "Point",
                coordinates: rounded(place),
            };
            collection.write(&properties, &point)?;
        }
        collection.end()
    }
}
