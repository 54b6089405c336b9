//! Two finished runs of coverage side by side, whatever made them.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use serde_json::{Map, Value, json};

use super::written::{CHANGES, SCENARIOS, stage_tables, summary_of};
use crate::coverage::Status;
use crate::error::Error;
use crate::inputs::{
    InputError, KeptColumn, LayerKind, PointRecord, PointRecords, ReadOptions, Source, read_points,
};
use crate::model::{AttributeColumn, FindingCode, Findings};
use crate::report::{InputFile, OneScenario, OutputDirectory, RunRecord, ScenarioReport};
use crate::scenario::{Comparison, Outcome, ResidentOutcome};
use crate::study::StudyError;
use crate::study::written::{RECORD, SUMMARY, finish};
use crate::text::OptionNames;
use crate::text::language::{Words, words};
use crate::text::table::TableWriter;
use crate::units::People;

/// The table that a run is known by.
const RESIDENTS: &str = "residents.csv";
/// The records that one of two runs has alone.
const ONLY_IN_ONE: &str = "only_in_one.csv";
/// Parameters that say how people are counted: what changed may come of them.
const PARAMETERS: [&str; 9] = [
    "minutes",
    "metres",
    "decided_by",
    "profile",
    "direction",
    "max_snap",
    "leg_factor",
    "min_island",
    "compounds",
];

/// A finished run: its `residents.csv`, and its `run.json` where it has one.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct FinishedRun {
    /// What it is called: its folder.
    pub name: String,
    /// The ids of its resident records, in their order.
    pub ids: Vec<String>,
    /// How everybody came out.
    pub outcome: Outcome,
    /// The parameters of the run; none without a record of it.
    pub parameters: Map<String, Value>,
    files: Vec<InputFile>,
}

impl FinishedRun {
    /// Reads a folder that `coverage` wrote.
    ///
    /// # Errors
    /// [`Error::Input`] where `residents.csv` is not there or is none: without a status for each record, say.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        let name = folder.file_name().map_or_else(
            || folder.to_string_lossy().into_owned(),
            |name| name.to_string_lossy().into_owned(),
        );
        let source = Source::open(&folder.join(RESIDENTS))?;
        let kept = ["status", "seconds", "nearest_station"];
        let kept = kept.map(|column| KeptColumn::Named(column.to_owned()));
        let options = ReadOptions::of(LayerKind::Residents).keeping(kept);
        let records = read_points(&source, &options.without_places())?;
        let mut files = vec![InputFile::new("residents", &source)?];
        let mut parameters = Map::new();
        let record = folder.join(RECORD);
        if record.exists() {
            let record = Source::open(&record)?;
            files.push(InputFile::new("run", &record)?);
            parameters = parameters_of(&record)?;
        }
        Ok(Self {
            name,
            ids: records.records.iter().map(id_of).collect(),
            outcome: outcome_of(&source, &records)?,
            parameters,
            files,
        })
    }
}

/// The id of a record, or where it stands.
fn id_of(record: &PointRecord) -> String {
    record.id.clone().unwrap_or_else(|| record.source.clone())
}

/// The parameters of a `run.json`; none where it is not one.
fn parameters_of(record: &Source) -> Result<Map<String, Value>, InputError> {
    let text = record.utf_8()?;
    let record: Value = serde_json::from_str(&text).unwrap_or_default();
    let parameters = record.get("parameters").and_then(Value::as_object);
    Ok(parameters.cloned().unwrap_or_default())
}

/// How everybody came out, from the rows of the table.
fn outcome_of(source: &Source, records: &PointRecords) -> Result<Outcome, InputError> {
    let column = |name: &str| {
        let column = records.attributes.named(name);
        column.ok_or_else(|| {
            let column = Words::same(name);
            let reason = words!(
                "there is no such column: a table of residents that coverage wrote is needed",
                "没有该列：需要 coverage 写出的居民表"
            );
            source.malformed(column, reason)
        })
    };
    let (status, seconds) = (column("status")?, column("seconds")?);
    let nearest = column("nearest_station")?;
    let mut stations = Stations::default();
    let rows = records.records.iter().enumerate().map(|(row, record)| {
        let cell = |column: &AttributeColumn| column.get(row).unwrap_or_default().to_owned();
        let wrong = |name: &str, text: &str| {
            let line = row + 2;
            source.malformed(
                words!("line {line}", "第 {line} 行"),
                words!("{name} {text:?} is none", "{name} {text:?} 无法识别"),
            )
        };
        let name = cell(status);
        let known = Status::ALL.into_iter().find(|known| known.name() == name);
        let known = known.ok_or_else(|| wrong("status", &name))?;
        let time = cell(seconds);
        let milliseconds = if time.is_empty() {
            None
        } else {
            Some(milliseconds(&time).ok_or_else(|| wrong("seconds", &time))?)
        };
        Ok(ResidentOutcome::new(
            record.people.clone().ok().flatten().unwrap_or(People::ZERO),
            known,
            milliseconds,
            stations.number(cell(nearest)),
        ))
    });
    let residents = rows.collect::<Result<Vec<_>, InputError>>()?;
    Ok(Outcome::new(stations.ids, residents))
}

/// Seconds with one decimal as milliseconds.
fn milliseconds(text: &str) -> Option<u64> {
    let seconds: f64 = text.parse().ok()?;
    (0.0..1e12)
        .contains(&seconds)
        .then(|| (seconds * 1000.0).round() as u64)
}

/// The ids of stations, each once.
#[derive(Default)]
struct Stations {
    ids: Vec<String>,
    numbers: HashMap<String, u32>,
}

impl Stations {
    fn number(&mut self, id: String) -> Option<u32> {
        if id.is_empty() {
            return None;
        }
        let next = self.ids.len() as u32;
        let number = *self.numbers.entry(id.clone()).or_insert(next);
        if number == next {
            self.ids.push(id);
        }
        Some(number)
    }
}

/// Two finished runs side by side.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RunsCompared {
    /// The runs. Their outcomes are those of the records that both have, in the order of the first.
    pub runs: [FinishedRun; 2],
    /// What changed from the first to the second.
    pub comparison: Comparison,
    /// What was found: records that one has alone, parameters in which they differ.
    pub findings: Findings,
    alone: [Vec<Alone>; 2],
    differences: Map<String, Value>,
}

/// A record that one run has alone.
#[derive(Clone, Debug)]
struct Alone {
    id: String,
    outcome: ResidentOutcome,
}

impl RunsCompared {
    /// The files of the set.
    pub const FILES: [&'static str; 5] = [SCENARIOS, CHANGES, ONLY_IN_ONE, SUMMARY, RECORD];

    /// Joins two runs by the ids of their records; of records that share an id, the first with the first, and so on.
    ///
    /// # Complexity
    /// O(n) in the records.
    #[must_use]
    pub fn new(before: FinishedRun, after: FinishedRun) -> Self {
        let mut findings = Findings::default();
        let differences = differences(&before, &after, &mut findings);
        let pairs = pairs(&before.ids, &after.ids);
        let (mut runs, mut alone) = ([before, after], [Vec::new(), Vec::new()]);
        for (side, run) in runs.iter_mut().enumerate() {
            let joined: Vec<usize> = pairs.iter().map(|pair| pair[side]).collect();
            let is_joined: BTreeSet<usize> = joined.iter().copied().collect();
            let others = (0..run.ids.len()).filter(|row| !is_joined.contains(row));
            alone[side] = others
                .map(|row| Alone {
                    id: run.ids[row].clone(),
                    outcome: run.outcome.residents[row],
                })
                .collect();
            let name = &run.name;
            for one in &alone[side] {
                findings.add(FindingCode::InOneFolder, || {
                    let id = &one.id;
                    words!("{id}, in {name}", "{id}，位于 {name}")
                });
            }
            run.outcome.residents = joined
                .iter()
                .map(|row| run.outcome.residents[*row])
                .collect();
            run.ids = joined.iter().map(|row| run.ids[*row].clone()).collect();
        }
        if runs[0].name == runs[1].name {
            runs[1].name.push_str(" (2)");
        }
        Self {
            comparison: Comparison::new(&runs[0].outcome, &runs[1].outcome),
            runs,
            findings,
            alone,
            differences,
        }
    }

    /// Writes `scenarios.csv` with a row for each run, `changes.csv`, `only_in_one.csv`, `summary.json` and `run.json`, and gives
    /// their names in the order of writing.
    ///
    /// # Errors
    /// [`StudyError::Failed`] when a file cannot be written. Nothing of the set is left behind then.
    pub fn write(
        &self,
        mut directory: OutputDirectory,
        options: OptionNames,
    ) -> Result<Vec<String>, StudyError> {
        let [before, after] = &self.runs;
        let report = ScenarioReport {
            base_name: &before.name,
            base: &before.outcome,
            ids: before.ids.iter().map(String::as_str).collect(),
            places: Vec::new(),
            areas: Vec::new(),
            groups: Vec::new(),
            service: None,
            hours: None,
            plan: None,
            scenarios: vec![OneScenario {
                name: &after.name,
                note: None,
                applied: &[],
                outcome: &after.outcome,
                comparison: &self.comparison,
                by_area: Vec::new(),
                by_group: Vec::new(),
                in_full: None,
            }],
        };
        stage_tables(&report, &mut directory)?;
        directory.stage(ONLY_IN_ONE, |mut writer| self.write_alone(&mut writer))?;
        let differences = Value::Object(self.differences.clone());
        let summary = summary_of(&report, &self.findings, options, differences);
        let names = json!([before.name, after.name]);
        let files = [before, after]
            .into_iter()
            .flat_map(|run| run.files.clone());
        let record = RunRecord {
            command: "compare".to_owned(),
            parameters: Map::from_iter([("folders".to_owned(), names)]),
            inputs: files.collect(),
            layers: Vec::new(),
            outputs: Vec::new(),
        };
        finish(&summary, record, directory)
    }

    fn write_alone(&self, writer: &mut dyn std::io::Write) -> std::io::Result<()> {
        let mut table = TableWriter::new(writer);
        table.row(["folder", "id", "population", "status"])?;
        for (run, alone) in self.runs.iter().zip(&self.alone) {
            for Alone { id, outcome } in alone {
                let people = outcome.people.to_string();
                table.row([&run.name, id, &people, outcome.status.name()])?;
            }
        }
        table.finish()
    }

    /// The parameters in which the runs differ, by name: what each has.
    #[must_use]
    pub fn differences(&self) -> &Map<String, Value> {
        &self.differences
    }
}

/// The rows that two lists of ids have both, each as often as it is in both, in the order of the first.
fn pairs(before: &[String], after: &[String]) -> Vec<[usize; 2]> {
    let mut rows: HashMap<&str, Vec<usize>> = HashMap::new();
    for (row, id) in after.iter().enumerate().rev() {
        rows.entry(id).or_default().push(row);
    }
    let pair = |(row, id): (usize, &String)| {
        let other = rows.get_mut(id.as_str())?.pop()?;
        Some([row, other])
    };
    before.iter().enumerate().filter_map(pair).collect()
}

/// What two runs counted by otherwise; a finding for each.
fn differences(
    before: &FinishedRun,
    after: &FinishedRun,
    findings: &mut Findings,
) -> Map<String, Value> {
    let mut differences = Map::new();
    if before.parameters.is_empty() || after.parameters.is_empty() {
        return differences;
    }
    for name in PARAMETERS {
        let [was, is] = [before, after].map(|run| run.parameters.get(name));
        if was != is {
            let [was_said, is_said] = said([was, is]);
            findings.add(FindingCode::OtherParameter, || {
                words!(
                    "{name}: {was_said}, then {is_said}",
                    "{name}：{was_said}，后为 {is_said}"
                )
            });
            differences.insert(name.to_owned(), json!([was, is]));
        }
    }
    differences
}

/// Two values of a parameter in words: walkers by their names, where these tell them apart.
fn said(values: [Option<&Value>; 2]) -> [String; 2] {
    let names = values.map(|value| value.and_then(|value| value.get("name")));
    let values = if names[0] == names[1] { values } else { names };
    values.map(|value| value.map_or_else(|| "–".to_owned(), ToString::to_string))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_that_share_an_id_are_joined_one_by_one() {
        let ids = |text: &str| -> Vec<String> { text.chars().map(String::from).collect() };
        let joined = pairs(&ids("abacd"), &ids("xaabb"));
        // The first `a` with the first, the second with the second; `c` and `d` are alone, as are `x` and the second `b`.
        assert_eq!(joined, [[0, 1], [1, 3], [2, 2]]);
    }

    #[test]
    fn walkers_are_told_apart_by_name_where_that_does() {
        let walker = |name: &str, kmh: f64| json!({ "level_kmh": kmh, "name": name });
        let two = |one: &Value, other: &Value| said([Some(one), Some(other)]);
        let (adult, elder) = (walker("adult", 4.8), walker("elder", 3.3));
        assert_eq!(two(&adult, &elder), ["\"adult\"", "\"elder\""]);
        let slow = walker("adult", 3.0);
        assert_eq!(two(&adult, &slow)[1], slow.to_string());
        assert_eq!(said([None, Some(&json!([5.0]))]), ["–", "[5.0]"]);
    }

    #[test]
    fn seconds_of_a_table_are_milliseconds() {
        assert_eq!(milliseconds("899.9"), Some(899_900));
        assert_eq!(milliseconds("-1"), None);
        assert_eq!(milliseconds("soon"), None);
    }
}
