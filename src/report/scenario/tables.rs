//! The tables: a row for each scenario, for each resident for whom something changes, for each area, group and edit.

use std::io;

use super::{OneScenario, ScenarioReport};
use crate::scenario::{ChangeSums, Outcome, ResidentOutcome};
use crate::text::language::Language;
use crate::text::table::{TableWriter, tenths};
use crate::units::People;

/// Behind what a row is about.
const SUMS: [&str; 12] = [
    "population_before",
    "population",
    "covered_before",
    "covered",
    "share_before",
    "share",
    "gained",
    "lost",
    "newly_covered",
    "no_longer_covered",
    "nearer",
    "farther",
];

fn share(part: People, whole: People) -> String {
    format!("{:.6}", part.share_of(whole))
}

/// Minutes with two decimals, rounded half up on the integer.
pub(super) fn minutes(milliseconds: u64) -> String {
    let hundredths = (milliseconds + 300) / 600;
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

fn cells(sums: &ChangeSums) -> [String; 12] {
    [
        sums.people_before.to_string(),
        sums.people_after.to_string(),
        sums.covered_before.to_string(),
        sums.covered_after.to_string(),
        share(sums.covered_before, sums.people_before),
        share(sums.covered_after, sums.people_after),
        sums.gained.to_string(),
        sums.lost.to_string(),
        sums.newly_covered.people.to_string(),
        sums.no_longer_covered.people.to_string(),
        sums.nearer.people.to_string(),
        sums.farther.people.to_string(),
    ]
}

impl ScenarioReport<'_> {
    /// Writes `scenarios.csv`: the city as it is, then each scenario.
    pub(crate) fn write_scenarios(&self, writer: &mut dyn io::Write) -> io::Result<()> {
        let mut table = TableWriter::new(writer);
        table.row([
            "scenario",
            "population",
            "covered",
            "share",
            "gained",
            "lost",
            "newly_covered",
            "no_longer_covered",
            "nearer",
            "farther",
            "mean_minutes",
            "median_minutes",
            "changed_residents",
        ])?;
        let row = |name: &str, sums: &ChangeSums, outcome: &Outcome, changed: usize| {
            let [_, people, _, covered, _, share, rest @ ..] = cells(sums);
            let walks = outcome.walks();
            let minutes_of = |pick: Option<u64>| pick.map_or_else(String::new, minutes);
            let mut row = vec![name.to_owned(), people, covered, share];
            row.extend(rest);
            row.push(minutes_of(walks.map(|walks| walks.mean_ms)));
            row.push(minutes_of(walks.map(|walks| walks.median_ms)));
            row.push(changed.to_string());
            row
        };
        let as_it_is = self.base_sums();
        table.row(row(self.base_name, &as_it_is, self.base, 0))?;
        for one in &self.scenarios {
            let changed = one.comparison.changes.len();
            table.row(row(one.name, &one.comparison.sums, one.outcome, changed))?;
        }
        table.finish()
    }

    /// The city as it is beside itself.
    pub(super) fn base_sums(&self) -> ChangeSums {
        let mut sums = ChangeSums::default();
        for resident in &self.base.residents {
            sums.add(resident, resident);
        }
        sums
    }

    /// Writes `changes.csv`: each resident record for whom something changes in a scenario.
    pub(crate) fn write_changes(&self, writer: &mut dyn io::Write) -> io::Result<()> {
        let mut table = TableWriter::new(writer);
        table.row([
            "scenario",
            "id",
            "change",
            "population_before",
            "population",
            "status_before",
            "status",
            "seconds_before",
            "seconds",
            "station_before",
            "station",
        ])?;
        for one in &self.scenarios {
            for change in &one.comparison.changes {
                let [was, is] = [&change.before, &change.after];
                let seconds =
                    |of: &ResidentOutcome| of.milliseconds.map_or_else(String::new, tenths);
                table.row([
                    one.name,
                    self.ids[change.resident.index()],
                    change.change.name(),
                    &was.people.to_string(),
                    &is.people.to_string(),
                    was.status.name(),
                    is.status.name(),
                    &seconds(was),
                    &seconds(is),
                    self.base.station_of(was).unwrap_or_default(),
                    one.outcome.station_of(is).unwrap_or_default(),
                ])?;
            }
        }
        table.finish()
    }

    /// Writes `area_changes.csv`: each area of each scenario.
    pub(crate) fn write_area_changes(&self, writer: &mut dyn io::Write) -> io::Result<()> {
        let heads = ["scenario", "id", "name"];
        let areas: Vec<Vec<&str>> = self.areas.iter().map(|area| area.to_vec()).collect();
        self.write_parts(writer, &heads, &areas, |one| &one.by_area)
    }

    /// Writes `group_changes.csv`: each group of each scenario.
    pub(crate) fn write_group_changes(&self, writer: &mut dyn io::Write) -> io::Result<()> {
        let groups: Vec<Vec<&str>> = self.groups.iter().map(|name| vec![*name]).collect();
        self.write_parts(writer, &["scenario", "group"], &groups, |one| &one.by_group)
    }

    fn write_parts(
        &self,
        writer: &mut dyn io::Write,
        heads: &[&str],
        parts: &[Vec<&str>],
        sums: impl for<'o> Fn(&'o OneScenario<'_>) -> &'o [ChangeSums],
    ) -> io::Result<()> {
        let mut table = TableWriter::new(writer);
        table.row(heads.iter().chain(&SUMS))?;
        for one in &self.scenarios {
            for (part, sums) in parts.iter().zip(sums(one)) {
                let cells = cells(sums);
                let named = [one.name].into_iter().chain(part.iter().copied());
                table.row(named.chain(cells.iter().map(String::as_str)))?;
            }
        }
        table.finish()
    }

    /// Writes `edits.csv`: each edit of each scenario, and what it hit.
    pub(crate) fn write_edits(&self, writer: &mut dyn io::Write) -> io::Result<()> {
        let mut table = TableWriter::new(writer);
        table.row([
            "scenario",
            "edit",
            "target",
            "changed",
            "distance_m",
            "found",
        ])?;
        for one in &self.scenarios {
            for applied in one.applied {
                let metres = applied.distance_m;
                table.row([
                    one.name,
                    applied.table,
                    &applied.target,
                    &applied.changed.to_string(),
                    &metres.map_or_else(String::new, |metres| format!("{metres:.1}")),
                    applied.found.get(Language::En),
                ])?;
            }
        }
        table.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::minutes;

    #[test]
    fn minutes_are_rounded_half_up() {
        assert_eq!(minutes(0), "0.00");
        assert_eq!(minutes(90_000), "1.50");
        assert_eq!(minutes(299), "0.00");
        assert_eq!(minutes(300), "0.01");
    }
}
