//! A problem from a table of walks that another tool made, with lists of candidates, residents and standing stations beside it.

use std::collections::HashMap;

use super::answer::{Parts, SitingAnswer};
use super::question::SitingQuestion;
use super::sites::{Beside, Sites};
use crate::control::Control;
use crate::error::Error;
use crate::id::ResidentId;
use crate::inputs::{PointRecord, PointRecords, WalksRead};
use crate::model::{Attributes, FindingCode, Findings, Station};
use crate::siting::Reach;
use crate::text::language::{Words, words};
use crate::units::{Cost, People};

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

    /// Where to build.
    ///
    /// # Errors
    /// [`Error::Siting`]: what the problem cannot mean.
    pub fn site(
        &self,
        question: &SitingQuestion,
        control: Control<'_>,
    ) -> Result<SitingAnswer, Error> {
        let mut findings = self.walk_findings();
        let people = self.people(&mut findings);
        let numbers: HashMap<&str, usize> = number(self.walks.stations.iter().map(String::as_str));
        let mut made = Made {
            sites: Sites::new(),
            rows: Vec::new(),
        };
        let mut is_used = vec![false; self.walks.stations.len()];
        self.add_standing(&numbers, &mut made, &mut is_used);
        let mut has_costs = false;
        for list in &self.candidates {
            has_costs |=
                self.add_candidates(list, &numbers, &mut made, &mut is_used, &mut findings);
        }
        if self.candidates.is_empty() {
            self.add_all(&mut made, &is_used);
            is_used.fill(true);
        }
        let unused = is_used.iter().filter(|&&is| !is).count();
        let first = is_used.iter().position(|&is| !is);
        findings.add_many(FindingCode::WalkToOther, unused as u64, || {
            Words::same(first.map_or("", |station| &self.walks.stations[station]))
        });
        let reach = Reach::from_rows(self.walks.residents.len(), made.rows)?;
        let parts = Parts {
            sites: made.sites,
            reach,
            people,
            has_costs,
            findings,
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

    /// The people of each resident of the walks; one where no list says.
    fn people(&self, findings: &mut Findings) -> Vec<People> {
        if self.residents.is_empty() {
            return vec![People::ONE; self.walks.residents.len()];
        }
        let mut said: HashMap<&str, People> = HashMap::new();
        for record in self.residents.iter().flat_map(|list| &list.records) {
            if let (Some(id), Ok(people)) = (&record.id, &record.people) {
                *said.entry(id).or_insert(People::ZERO) += people.unwrap_or(People::ONE);
            }
        }
        let people = self.walks.residents.iter().map(|id| {
            said.get(id.as_str()).copied().unwrap_or_else(|| {
                findings.add(FindingCode::WalkerWithoutPeople, || {
                    Words::same(id.as_str())
                });
                People::ONE
            })
        });
        people.collect()
    }

    fn add_standing(&self, numbers: &HashMap<&str, usize>, made: &mut Made, is_used: &mut [bool]) {
        for record in self.standing.iter().flat_map(|list| &list.records) {
            let station = station_of(record);
            if let Some(&number) = numbers.get(station.id.as_str())
                && !std::mem::replace(&mut is_used[number], true)
            {
                made.sites.add_standing(&station);
                made.rows.push(self.walks.rows[number].clone());
            }
        }
    }

    /// Says whether any candidate has a cost.
    fn add_candidates(
        &self,
        list: &PointRecords,
        numbers: &HashMap<&str, usize>,
        made: &mut Made,
        is_used: &mut [bool],
        findings: &mut Findings,
    ) -> bool {
        let beside = Beside::new(&list.attributes);
        for (row, record) in list.records.iter().enumerate() {
            let station = station_of(record);
            match numbers.get(station.id.as_str()) {
                // One that stands is no candidate, and a second row adds nothing.
                Some(&number) if is_used[number] => {}
                Some(&number) => {
                    is_used[number] = true;
                    if made.sites.add_candidate(&station, row, &beside, findings) {
                        made.rows.push(self.walks.rows[number].clone());
                    }
                }
                None => findings.add(FindingCode::CandidateWithoutWalks, || {
                    Words::same(station.id.as_str())
                }),
            }
        }
        beside.has_costs()
    }

    /// Every station of the walks that does not stand.
    fn add_all(&self, made: &mut Made, is_used: &[bool]) {
        let none = Attributes::none(0);
        let beside = Beside::new(&none);
        for (number, id) in self.walks.stations.iter().enumerate() {
            if !is_used[number] {
                let mut station = Station::new(id.as_str(), 0.0, 0.0);
                station.place = Err(crate::model::Fault::NoCoordinate);
                made.sites
                    .add_candidate(&station, 0, &beside, &mut Findings::default());
                made.rows.push(self.walks.rows[number].clone());
            }
        }
    }
}

/// Sites and their walks, in the same order.
struct Made {
    sites: Sites,
    rows: Vec<Vec<(ResidentId, Cost)>>,
}

fn number<'a>(ids: impl Iterator<Item = &'a str>) -> HashMap<&'a str, usize> {
    ids.enumerate().map(|(number, id)| (id, number)).collect()
}

/// A row as a station: its place is in its table's own coordinates, and shown only where they are degrees.
fn station_of(record: &PointRecord) -> Station {
    let (lon, lat) = record.xy.clone().unwrap_or((f64::NAN, f64::NAN));
    let mut station = Station::new(record.id.clone().unwrap_or_default(), lon, lat);
    station.name.clone_from(&record.name);
    station
}
