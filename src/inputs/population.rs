//! Which column of a layer holds people: what was taken, what else looks like it, and what that does to the answer.

use std::collections::HashMap;

use super::ReadOptions;
use super::column_names::listed;
use super::field::Field;
use super::people_words::{is_named_like_people, is_named_otherwise, letters_of};
use super::records::PopulationRead;
use super::{PointRecord, PointRecords, cells};
use crate::model::{FindingCode, Findings};
use crate::text::language::{Words, words};
use crate::units::People;

/// As many records are looked at to see whether a column holds numbers of people.
pub(super) const SAMPLED: usize = 1000;
/// More people than any place on the ground has: a column with larger numbers holds something else.
const MOST_PEOPLE: f64 = 1_000_000.0;
/// Records are numbered in a row; people are not, in so many records.
const FEWEST_RECORDS: usize = 2;

/// What the cells of the columns that nothing was taken from look like.
#[derive(Debug, Default)]
pub(super) struct ColumnNumbers {
    columns: Vec<Numbers>,
    position: HashMap<String, usize>,
}

#[derive(Debug, Default)]
struct Numbers {
    name: String,
    /// How many cells are filled.
    filled: usize,
    /// Whether each of them was a number of people.
    are_people: bool,
    /// Whether each of them was the next number.
    are_running: bool,
    last: f64,
    most: f64,
    differ: bool,
}

impl ColumnNumbers {
    /// The columns of a header.
    pub(super) fn new<'n>(names: impl Iterator<Item = &'n str>) -> Self {
        let mut numbers = Self::default();
        for name in names {
            numbers.add_column(name);
        }
        numbers
    }

    fn add_column(&mut self, name: &str) -> usize {
        let next = self.columns.len();
        self.columns.push(Numbers {
            name: name.trim().to_owned(),
            are_people: true,
            are_running: true,
            ..Numbers::default()
        });
        *self.position.entry(name.to_owned()).or_insert(next)
    }

    /// Looks at a cell of a column of the header.
    pub(super) fn look_at(&mut self, column: usize, text: &str) {
        let text = text.trim();
        if !text.is_empty()
            && let Some(numbers) = self.columns.get_mut(column)
        {
            numbers.add(text);
        }
    }

    /// Looks at a property of a feature.
    pub(super) fn look(&mut self, property: &str, text: &str) {
        let column = match self.position.get(property) {
            Some(column) => *column,
            None => self.add_column(property),
        };
        self.look_at(column, text);
    }

    /// The names of the columns in the order in which they were met.
    fn names(&self) -> impl Iterator<Item = &str> {
        let names = self.columns.iter().map(|column| column.name.as_str());
        names.filter(|name| !name.is_empty())
    }

    /// The columns whose numbers may be people, and whose names do not say otherwise.
    fn may_be_people(&self) -> impl Iterator<Item = &str> {
        let may_be =
            |column: &&Numbers| column.may_be_people() && !is_named_otherwise(&column.name);
        self.columns
            .iter()
            .filter(may_be)
            .map(|column| column.name.as_str())
    }
}

impl Numbers {
    fn add(&mut self, text: &str) {
        let number = cells::people(text, cells::Comma::Thousands);
        let number = number.map_or(f64::NAN, crate::units::People::as_f64);
        // Parts of people are rarer than places and lengths.
        self.are_people &= number <= MOST_PEOPLE && number.fract() == 0.0;
        self.are_running &= self.filled == 0 || number == self.last + 1.0;
        self.differ |= self.filled > 0 && number != self.last;
        self.most = self.most.max(number);
        self.last = number;
        self.filled += 1;
    }

    fn may_be_people(&self) -> bool {
        self.are_people
            && !self.are_running
            && self.differ
            && self.most > 1.0
            && self.filled >= FEWEST_RECORDS
    }
}

/// What a layer says of people, by its column names and, where no column was taken, by the numbers in the others.
pub(super) fn population_read(
    taken: Option<&str>,
    used: &[String],
    numbers: &ColumnNumbers,
) -> PopulationRead {
    let is_free = |name: &&str| Some(*name) != taken && !used.iter().any(|used| used == *name);
    let named: Vec<&str> = numbers.names().filter(is_free).collect();
    let mut others: Vec<String> = named
        .iter()
        .filter(|name| match taken {
            None => is_named_like_people(name),
            Some(_) => is_total_of_people(name),
        })
        .map(|name| (*name).to_owned())
        .collect();
    // A second column of the very same name.
    if let Some(taken) = taken {
        let mut same = numbers
            .columns
            .iter()
            .enumerate()
            .filter(|(_, own)| own.name == taken);
        let further = same.by_ref().skip(1);
        others.extend(further.map(|(at, own)| format!("{} (#{})", own.name, at + 1)));
    }
    if taken.is_none() && others.is_empty() {
        let by_numbers = numbers.may_be_people().filter(is_free);
        others.extend(by_numbers.map(str::to_owned));
    }
    PopulationRead {
        column: taken.map(str::to_owned),
        others,
        columns: numbers.names().map(str::to_owned).collect(),
    }
}

/// Whether a name is as good for a record's people as the one that was taken: no column of an age or a sex alone.
fn is_total_of_people(name: &str) -> bool {
    const PARTS: &[&str] = &[
        "岁", "老", "男", "女", "儿童", "少", "幼", "劳动", "外来", "流动", "age", "old", "elder",
        "child", "male", "kid", "young", "senior", "密度", "density", "60", "65", "80",
    ];
    let plain = letters_of(name);
    let options = ReadOptions::default();
    let is_recognised = matches!(
        options.find(Field::Population, &[name].into_iter()),
        Ok(Some(_))
    );
    (is_recognised || is_named_like_people(name)) && !PARTS.iter().any(|part| plain.contains(part))
}

/// What is to be said of the people of a layer whose records are residents: no column, two of them, blank cells.
pub(super) fn population_findings(layer: &str, points: &PointRecords) -> Findings {
    let mut findings = Findings::default();
    let PopulationRead {
        column,
        others,
        columns,
    } = &points.population;
    let others = listed(others.iter().map(String::as_str));
    let Some(column) = column else {
        let columns = listed(columns.iter().map(String::as_str));
        findings.add(FindingCode::NoPopulation, || match (columns.as_str(), others.as_str()) {
            ("", _) => words!(
                "{layer}: there are no columns; each record counts 1",
                "{layer}：没有任何列，每条记录按 1 人计"
            ),
            (_, "") => words!(
                "{layer}: no column was taken as population: each record counts 1; the columns are {columns}",
                "{layer}：没有可识别的人口列，每条记录按 1 人计；现有的列：{columns}"
            ),
            _ => words!(
                "{layer}: no column was taken as population: each record counts 1; {others} may be it; the columns are {columns}",
                "{layer}：没有可识别的人口列，每条记录按 1 人计；疑似人口列：{others}；现有的列：{columns}"
            ),
        });
        return findings;
    };
    if !others.is_empty() {
        findings.add(FindingCode::SeveralPopulations, || {
            words!(
                "{layer}: {column} was taken, {others} was not",
                "{layer}：采用“{column}”，未采用“{others}”"
            )
        });
    }
    if let Some(record) = sum_of_others(points) {
        findings.add(FindingCode::SumOfOthers, || Words::place(&record.source));
    }
    for record in &points.records {
        if record.people == Ok(None) {
            findings.add(FindingCode::BlankPopulation, || {
                let place = Words::place(&record.source);
                let (en, zh) = (
                    place.to_string(),
                    crate::text::language::InLanguage::zh(&place),
                );
                words!("{en}, column {column}", "{zh}，“{column}”列")
            });
        }
    }
    findings
}

/// A total has at least so many people: of fewer, that one home has as many as all others is chance.
const SMALLEST_TOTAL: People = People::from_thousandths(500_000);
/// A total has more than one record.
const FEWEST_WITH_TOTAL: usize = 3;

/// The record with as many people as all others together: a district among its subdistricts.
fn sum_of_others(points: &PointRecords) -> Option<&PointRecord> {
    let people = |record: &PointRecord| record.people.as_ref().ok().copied().flatten();
    let with_people = || {
        let records = points.records.iter();
        records.filter_map(|record| Some((record, people(record)?)))
    };
    if with_people().count() < FEWEST_WITH_TOTAL {
        return None;
    }
    let all: People = with_people().map(|(_, people)| people).sum();
    let mut totals =
        with_people().filter(|(_, people)| *people >= SMALLEST_TOTAL && *people + *people == all);
    totals.next().map(|(record, _)| record)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The finding's first place where records have so many people.
    fn total_among(people: &[u64]) -> Option<String> {
        let records = people.iter().zip(1..).map(|(people, number)| PointRecord {
            id: None,
            name: None,
            xy: Ok((0.0, 0.0)),
            people: Ok(Some(People::from_thousandths(people * 1000))),
            source: format!("h.csv line {number}"),
        });
        let points = PointRecords {
            records: records.collect(),
            population: PopulationRead {
                column: Some("people".into()),
                ..PopulationRead::default()
            },
            ..PointRecords::default()
        };
        let found = population_findings("h.csv", &points);
        let found = found.worst_first().into_iter();
        let mut totals = found.filter(|finding| finding.code == FindingCode::SumOfOthers);
        totals.next().map(|finding| finding.example.to_string())
    }

    #[test]
    fn a_record_of_as_many_people_as_all_others_may_be_their_total() {
        let expected = Some("h.csv line 1".to_owned());
        assert_eq!(total_among(&[3000, 1000, 2000]), expected);
        assert_eq!(total_among(&[500, 499, 1]), expected);
        for people in [
            &[3000, 1000, 2001][..],
            &[30, 10, 20],
            &[800, 800],
            &[0, 0, 0],
        ] {
            assert_eq!(total_among(people), None, "{people:?}");
        }
    }

    #[test]
    fn people_are_known_by_their_name_in_many_languages() {
        for name in [
            "POP_2020",
            "population",
            "Pop",
            "einwohner",
            "Einwohner_2021",
            "habitants",
            "poblacion",
            "Población total",
            "населения",
            "Численность населения",
            "人口",
            "户籍人口数",
            "人数",
            "居民数",
            "inhabitants",
            "bevolking",
            "asukkaat",
            "ASUKKAITA",
            "Väestö",
            "befolkning",
            "nüfus",
            "人口数(2020)",
            "TOT_POP",
            // Zonal statistics of a GIS.
            "pop_sum",
            "SUM_POP",
            "no. of residents",
            "EW",
        ] {
            assert!(is_named_like_people(name), "{name}");
        }
        for name in [
            "residential",
            "Residential area",
            "name",
            "height",
            "popular_name_x",
            "面积",
            "层数",
            "id",
            "index",
        ] {
            let is_popular = name.starts_with("popular");
            assert!(is_popular || !is_named_like_people(name), "{name}");
        }
    }

    #[test]
    fn numbers_that_are_no_codes_years_or_running_numbers_may_be_people() {
        let mut numbers = ColumnNumbers::default();
        let columns: &[(&str, [&str; 3])] = &[
            ("n", ["12", "7", "31"]),
            ("row", ["4", "5", "6"]),
            ("height", ["3", "9", "6"]),
            ("code", ["110", "7", "31"]),
            ("flag", ["0", "1", "0"]),
            ("text", ["12", "many", "3"]),
            ("same", ["5", "5", "5"]),
            ("far", ["372378938", "4", "5"]),
        ];
        for row in 0..3 {
            for (name, cells) in columns {
                numbers.look(name, cells[row]);
            }
        }
        let read = population_read(None, &[], &numbers);
        assert_eq!(read.others, ["n"]);
        assert_eq!(read.columns.len(), columns.len());
    }

    #[test]
    fn a_second_column_of_the_same_name_is_named_by_its_number() {
        let numbers = ColumnNumbers::new(["id", "population", "population"].into_iter());
        let read = population_read(Some("population"), &["id".to_owned()], &numbers);
        assert_eq!(read.others, ["population (#3)"]);
    }

    #[test]
    fn of_several_columns_of_people_the_others_are_named() {
        let mut numbers = ColumnNumbers::default();
        for name in [
            "编号",
            "常住人口",
            "户籍人口",
            "60岁以上人口",
            "老年人口",
            "男性人口",
        ] {
            numbers.look(name, "5");
        }
        let read = population_read(Some("常住人口"), &["编号".to_owned()], &numbers);
        assert_eq!(read.others, ["户籍人口"]);
    }
}
