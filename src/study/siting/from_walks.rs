//! A problem from a table of walks that another tool made, with lists of candidates, residents and standing stations beside it.

use std::collections::HashMap;

use super::answer::{Parts, SitingAnswer};
use super::homes::Homes;
use super::question::{GroupWeight, SitingQuestion};
use super::sites::{Beside, Row, Rules, Sites};
use super::weights::{counted, weighed};
use crate::control::Control;
use crate::error::Error;
use crate::inputs::{
    InputError, LayerKind, LayerReading, LayerSettings, PointRecord, PointRecords, ReadOptions,
    Source, WalksRead, read_points,
};
use crate::model::{Attributes, Fault, FindingCode, Findings, Station};
use crate::siting::SitingError;
use crate::text::language::{Words, words};
use crate::units::People;

/// Walks with what is known of the residents and stations in them. Each list is optional: without candidates every station of the
/// walks that does not stand may be chosen; without residents each of the walks is one person.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct WalksCity {
    /// The walks.
    pub walks: WalksRead,
    /// Sites that may be built, by the ids of the walks.
    pub candidates: Vec<PointRecords>,
    /// People, by the ids of the walks.
    pub residents: Vec<PointRecords>,
    /// Stations that stand, by the ids of the walks.
    pub standing: Vec<PointRecords>,
    /// How the lists were read.
    pub readings: Vec<LayerReading>,
}

impl WalksCity {
    /// Walks of which nothing else is known.
    #[must_use]
    pub fn new(walks: WalksRead) -> Self {
        Self {
            walks,
            ..Self::default()
        }
    }

    /// Reads a list beside the walks: candidates, residents, or stations that stand, with the columns that the question looks at.
    /// Places are read where the list has some.
    ///
    /// # Errors
    /// What [`read_points`] refuses, but for columns of places.
    pub fn read_list(
        &mut self,
        kind: LayerKind,
        source: &Source,
        settings: LayerSettings,
        question: &SitingQuestion,
    ) -> Result<(), InputError> {
        let options = ReadOptions::of(kind)
            .with_own(settings)
            .keeping(question.kept_of(kind));
        let list = match read_points(source, &options) {
            Err(InputError::Column { .. }) => read_points(source, &options.without_places()),
            read => read,
        }?;
        let found = list.findings.worst_first();
        self.readings.push(LayerReading {
            layer: kind,
            name: None,
            source: source.name().to_owned(),
            format: source.format(),
            crs: None,
            reading: list.reading.clone(),
            records: list.records.len() as u64,
            found: found.iter().map(|one| (one.code, one.count)).collect(),
        });
        match kind {
            LayerKind::Candidates => self.candidates.push(list),
            LayerKind::Residents => self.residents.push(list),
            _ => self.standing.push(list),
        }
        Ok(())
    }

    /// Where to build.
    ///
    /// # Errors
    /// [`Error::Siting`]: what the problem cannot mean.
    pub fn site(
        &self,
        question: &SitingQuestion,
        control: Control<'_>,
    ) -> Result<SitingAnswer, Error> {
        if !question.measures.is_empty() {
            return Err(SitingError::MeasuresWithoutStreets.into());
        }
        let mut findings = self.walk_findings();
        let told = self.told();
        let people = self.people(&told, &mut findings);
        let weights = weighed(&people, &question.weights, |group| {
            self.counted(group, &told, &mut findings)
        });
        let homes = self.homes(&told);
        let rules = Rules {
            question,
            homes: homes.as_ref(),
        };
        let stations = &self.walks.stations;
        let numbers: HashMap<&str, usize> = stations.iter().map(String::as_str).zip(0..).collect();
        let mut made = Made {
            sites: Sites::new(),
            is_used: vec![false; stations.len()],
            findings,
        };
        self.add_standing(&numbers, rules, &mut made);
        self.add_candidates(&numbers, rules, &mut made);
        if self.candidates.is_empty() {
            self.add_all(rules, &mut made);
        }
        let unused = (0..stations.len()).filter(|&number| !made.is_used[number]);
        for number in unused {
            let id = stations[number].as_str();
            made.findings
                .add(FindingCode::WalkToOther, || Words::same(id));
        }
        let parts = Parts {
            sites: made.sites,
            people,
            weights,
            homes,
            findings: made.findings,
        };
        parts.answer(question, control)
    }

    fn walk_findings(&self) -> Findings {
        let mut findings = Findings::default();
        let lists = self.candidates.iter().chain(&self.residents);
        for list in lists.chain(&self.standing) {
            findings.extend(list.findings.clone());
        }
        let walks = &self.walks;
        findings.add_many(FindingCode::WalkNotRead, walks.unread, || {
            let (line, text) = walks
                .first_unread
                .as_ref()
                .map_or((0, ""), |(line, text)| (*line, text.as_str()));
            words!("line {line}: {text}", "第 {line} 行：{text}")
        });
        findings.add_many(FindingCode::WalkWithoutTime, walks.blank, || {
            Words::same("")
        });
        findings.add_many(FindingCode::RepeatedWalk, walks.repeated, || {
            Words::same("")
        });
        findings
    }

    /// Which resident of the problem each row of the lists is: those of the walks come first, then those of the lists to whom no walk
    /// belongs. They are out of reach, and people all the same.
    fn told(&self) -> Told {
        let known: HashMap<&str, usize> = {
            let ids = self.walks.residents.iter().map(String::as_str);
            ids.zip(0..).collect()
        };
        let mut said: Vec<Option<People>> = vec![None; known.len()];
        let mut rows: Vec<Vec<Option<usize>>> = Vec::with_capacity(self.residents.len());
        for list in &self.residents {
            let numbers = list.records.iter().map(|record| {
                let people = record.people.as_ref().ok()?.unwrap_or(People::ONE);
                let id = record.id.as_deref().unwrap_or("");
                let number = known.get(id).copied().unwrap_or(said.len());
                if number == said.len() {
                    said.push(None);
                }
                *said[number].get_or_insert(People::ZERO) += people;
                Some(number)
            });
            rows.push(numbers.collect());
        }
        Told { said, rows }
    }

    /// The people of each resident, one where no list says.
    fn people(&self, told: &Told, findings: &mut Findings) -> Vec<People> {
        let mut people = Vec::with_capacity(told.said.len());
        for (number, said) in told.said.iter().enumerate() {
            if said.is_none() && !self.residents.is_empty() {
                let id = self.walks.residents.get(number);
                findings.add(FindingCode::WalkerWithoutPeople, || {
                    Words::same(id.map_or("", String::as_str))
                });
            }
            people.push(said.unwrap_or(People::ONE));
        }
        people
    }

    /// The people of a group of each resident.
    fn counted(&self, group: &GroupWeight, told: &Told, findings: &mut Findings) -> Vec<People> {
        let mut counts = vec![People::ZERO; told.said.len()];
        for (list, numbers) in self.residents.iter().zip(&told.rows) {
            let Some(column) = list.attributes.named(&group.column) else {
                continue;
            };
            for (count, number) in counted(group, column, findings).into_iter().zip(numbers) {
                if let Some(number) = number {
                    counts[*number] += count;
                }
            }
        }
        counts
    }

    /// The communities that the lists of residents tell.
    fn homes(&self, told: &Told) -> Option<Homes<'static>> {
        let mut all = Attributes::none(0);
        let mut numbers: Vec<Option<usize>> = Vec::new();
        for (list, rows) in self.residents.iter().zip(&told.rows) {
            all.append(&list.attributes);
            numbers.extend(rows);
        }
        Some(Homes::from_columns(&all)?.numbered(&numbers, told.said.len()))
    }

    fn add_standing(&self, numbers: &HashMap<&str, usize>, rules: Rules<'_>, made: &mut Made) {
        for list in &self.standing {
            let without = FindingCode::StandingWithoutWalks;
            let beside = Beside::new(&list.attributes, rules.question);
            self.add_list(list, &beside, numbers, without, made, |made, row| {
                made.sites.add_standing(row, rules, &mut made.findings);
            });
        }
    }

    /// One that stands is no candidate.
    fn add_candidates(&self, numbers: &HashMap<&str, usize>, rules: Rules<'_>, made: &mut Made) {
        for list in &self.candidates {
            let without = FindingCode::CandidateWithoutWalks;
            let beside = Beside::new(&list.attributes, rules.question);
            self.add_list(list, &beside, numbers, without, made, |made, row| {
                made.sites.add_candidate(row, rules, &mut made.findings);
            });
        }
    }

    /// Adds the rows of a list to which walks lead; a second row of an id adds nothing. `without` counts those without walks.
    fn add_list(
        &self,
        list: &PointRecords,
        beside: &Beside<'_>,
        numbers: &HashMap<&str, usize>,
        without: FindingCode,
        made: &mut Made,
        mut add: impl FnMut(&mut Made, Row<'_>),
    ) {
        for (row, record) in list.records.iter().enumerate() {
            let station = station_of(record);
            match numbers.get(station.id.as_str()) {
                Some(&number) if made.is_used[number] => {}
                Some(&number) => {
                    made.is_used[number] = true;
                    let row = Row {
                        station: &station,
                        number: row,
                        beside,
                        edits: &[],
                        walks: &self.walks.rows[number],
                    };
                    add(made, row);
                }
                None => made
                    .findings
                    .add(without, || Words::same(station.id.as_str())),
            }
        }
    }

    /// Every station of the walks that does not stand.
    fn add_all(&self, rules: Rules<'_>, made: &mut Made) {
        let none = Attributes::none(0);
        let beside = Beside::new(&none, rules.question);
        for (number, id) in self.walks.stations.iter().enumerate() {
            if !std::mem::replace(&mut made.is_used[number], true) {
                let station = Station {
                    id: id.clone(),
                    name: None,
                    place: Err(Fault::NoCoordinate),
                    source: String::new(),
                };
                let row = Row {
                    station: &station,
                    number: 0,
                    beside: &beside,
                    edits: &[],
                    walks: &self.walks.rows[number],
                };
                made.sites.add_candidate(row, rules, &mut made.findings);
            }
        }
    }
}

/// What the lists of residents say.
struct Told {
    /// By resident of the problem the people that some row says.
    said: Vec<Option<People>>,
    /// By list and row, the resident; `None` where the number of people is not known.
    rows: Vec<Vec<Option<usize>>>,
}

/// Sites under way.
struct Made {
    sites: Sites,
    /// By station of the walks, whether it is one of them, or left out of them and counted.
    is_used: Vec<bool>,
    findings: Findings,
}

/// A row as a station. Its place is taken as degrees; what is none on the earth is no place.
fn station_of(record: &PointRecord) -> Station {
    let (lon, lat) = record.xy.clone().unwrap_or((f64::NAN, f64::NAN));
    let mut station = Station::new(record.id.clone().unwrap_or_default(), lon, lat);
    station.name.clone_from(&record.name);
    station
}
