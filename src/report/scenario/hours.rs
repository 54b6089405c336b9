//! `scenario_hours.csv`, and what `summary.json` says of the week.

use std::io;

use serde_json::{Value, json};

use super::{HoursReport, ScenarioReport};
use crate::coverage::{MinuteSums, WeekCoverage};
use crate::planning::shares::{people, people_hours, share};
use crate::text::table::TableWriter;
use crate::units::People;

/// A number of people or people-hours beside another: how many more, below zero for fewer.
fn more(before: People, after: People) -> String {
    if after >= before {
        (after - before).to_string()
    } else {
        format!("-{}", before - after)
    }
}

impl ScenarioReport<'_> {
    /// Writes `scenario_hours.csv`: the week of the city as it is, then of each scenario.
    pub(crate) fn write_hours(&self, writer: &mut dyn io::Write) -> io::Result<()> {
        let mut table = TableWriter::new(writer);
        table.row([
            "scenario",
            "people_hours",
            "share_of_week",
            "sure_people_hours",
            "more_people_hours",
            "more_sure_people_hours",
            "covered_at",
            "surely_covered_at",
            "more_covered_at",
        ])?;
        let Some(hours) = self.hours else {
            return table.finish();
        };
        let names = self.scenarios.iter().map(|one| one.name);
        let rows = names.zip(hours.scenarios);
        for (name, week) in [(self.base_name, hours.base)].into_iter().chain(rows) {
            let [was, is] = [hours.base, week].map(WeekCoverage::week);
            let of = |sums: MinuteSums| people_hours(sums.people_minutes);
            let sure = |sums: MinuteSums| people_hours(sums.sure_people_minutes);
            let then = hours
                .at
                .map(|at| [hours.base, week].map(|week| week.at(at.minute())));
            let then = then.map(|[was, is]| {
                let more = more(was.covered, is.covered);
                [is.covered.to_string(), is.surely_covered.to_string(), more]
            });
            let share = is.people_minutes.share_of(is.all_people_minutes);
            let cells = [
                name.to_owned(),
                of(is).to_string(),
                format!("{share:.6}"),
                sure(is).to_string(),
                more(of(was), of(is)),
                more(sure(was), sure(is)),
            ];
            table.row(cells.into_iter().chain(then.unwrap_or_default()))?;
        }
        table.finish()
    }
}

impl HoursReport<'_> {
    /// What is said of the city as it is, or of a scenario.
    pub(super) fn json(&self, week: &WeekCoverage) -> Value {
        let sums = week.week();
        let mut json = json!({
            "people_hours": people(people_hours(sums.people_minutes)),
            "share": share(sums.people_minutes, sums.all_people_minutes),
            "sure_people_hours": people(people_hours(sums.sure_people_minutes)),
        });
        if let Some(at) = self.at {
            let then = week.at(at.minute());
            json["at"] = json!({
                "time": at.to_string(),
                "open": then.open,
                "covered": people(then.covered),
                "not_sure": people(then.covered - then.surely_covered),
            });
        }
        json
    }
}
