//! The people of a register of communities, as its cells give them: a cell that is there and says no number is nobody's guess.

use super::cells::{self, Comma};
use super::unread::LookedAt;
use super::{LayerKind, LayerReading, PointRecord, PointRecords};
use crate::allocation::{AllocationError, CommunityPeople};
use crate::model::{FindingCode, Findings};
use crate::text::language::{InLanguage, Words, place_zh, words};
use crate::units::{ParsePeopleError, People};

/// The people of each community, and the communities whose people are not known.
pub(super) struct PeopleOfCommunities {
    /// In the order of the register; nobody where they are not known.
    pub(super) list: Vec<CommunityPeople>,
    /// By community why its people are not known.
    pub(super) unknown: Vec<Option<Words>>,
    /// Blank cells, and cells that are not understood.
    pub(super) findings: Findings,
}

/// A register, and how it was read.
#[derive(Clone, Copy)]
pub(super) struct RegisterRead<'a> {
    pub(super) register: &'a PointRecords,
    pub(super) readings: &'a [LayerReading],
}

/// What a community is called.
pub(super) fn record_name(record: &PointRecord) -> &str {
    let name = record.name.as_ref().or(record.id.as_ref());
    name.map_or(record.source.as_str(), String::as_str)
}

impl RegisterRead<'_> {
    /// The people of the communities with their groups. One whose cell of people or of a group cannot be read, or whose
    /// cell of people is blank, has people whom nobody knows.
    ///
    /// # Errors
    /// [`AllocationError::NoPopulation`] where no cell of people is filled, [`AllocationError::PopulationNotRead`] where none
    /// of the communities is known.
    pub(super) fn people(self, groups: &[String]) -> Result<PeopleOfCommunities, AllocationError> {
        let records = &self.register.records;
        if records.iter().all(|record| record.people == Ok(None)) {
            return Err(AllocationError::NoPopulation);
        }
        let mut all = PeopleOfCommunities {
            list: Vec::with_capacity(records.len()),
            unknown: Vec::with_capacity(records.len()),
            findings: Findings::default(),
        };
        for row in 0..records.len() {
            let (people, why) = match self.community(row, groups, &mut all.findings) {
                Ok(people) => (people, None),
                Err(why) => (nobody(groups.len()), Some(why)),
            };
            all.list.push(people);
            all.unknown.push(why);
        }
        match all.unknown.iter().flatten().next() {
            Some(first) if all.unknown.iter().all(Option::is_some) => {
                Err(AllocationError::PopulationNotRead {
                    count: records.len(),
                    first: first.clone(),
                })
            }
            _ => Ok(all),
        }
    }

    /// The people of one community, or why they are not known; every cell of it is looked at.
    fn community(
        self,
        row: usize,
        groups: &[String],
        findings: &mut Findings,
    ) -> Result<CommunityPeople, Words> {
        let record = &self.register.records[row];
        let population = match &record.people {
            Ok(Some(people)) => Ok(*people),
            Ok(None) => Err(self.blank(record, "population", findings)),
            Err(fault) => {
                let text = match fault {
                    crate::model::Fault::Population { reason } => cell_of(reason).to_owned(),
                    fault => fault.to_string(),
                };
                Err(self.strange((record, "population"), &text, findings))
            }
        };
        let groups: Vec<Result<People, Words>> = groups
            .iter()
            .map(|name| self.group((row, name), findings))
            .collect();
        Ok(CommunityPeople {
            population: population?,
            groups: groups.into_iter().collect::<Result<_, _>>()?,
        })
    }

    /// The people of a group; a blank cell is nobody, and is counted.
    fn group(self, (row, name): (usize, &str), findings: &mut Findings) -> Result<People, Words> {
        let record = &self.register.records[row];
        let column = self.register.attributes.named(name);
        match column.and_then(|column| column.get(row)) {
            None => {
                self.blank(record, name, findings);
                Ok(People::ZERO)
            }
            Some(text) => cells::people(text, Comma::Thousands)
                .map_err(|_| self.strange((record, name), text, findings)),
        }
    }

    fn looked_at<'r>(&'r self, record: &PointRecord, role: &'r str) -> LookedAt<'r> {
        let of = (LayerKind::Communities, role);
        LookedAt::taken(self.readings, of, &record.source)
    }

    /// Counts a blank cell, and says which community has it.
    fn blank(self, record: &PointRecord, role: &str, findings: &mut Findings) -> Words {
        let looked_at = self.looked_at(record, role);
        looked_at.tell(findings, FindingCode::BlankPeople, &record.source, "");
        of_record(record, &Words::new("blank", "空"))
    }

    /// Counts a cell that is no number of people, and says which community has it.
    fn strange(
        self,
        (record, role): (&PointRecord, &str),
        text: &str,
        findings: &mut Findings,
    ) -> Words {
        let looked_at = self.looked_at(record, role);
        let code = FindingCode::CellNotUnderstood;
        looked_at.tell(findings, code, &record.source, text);
        let column = looked_at.name();
        of_record(
            record,
            &words!("{column} is \"{text}\"", "“{column}”列为“{text}”"),
        )
    }
}

/// The cell that is no number of people.
fn cell_of(reason: &ParsePeopleError) -> &str {
    match reason {
        ParsePeopleError::NotANumber(text)
        | ParsePeopleError::Negative(text)
        | ParsePeopleError::TooMany(text) => text,
    }
}

fn nobody(groups: usize) -> CommunityPeople {
    CommunityPeople {
        population: People::ZERO,
        groups: vec![People::ZERO; groups],
    }
}

/// A community by its name, its place in the file, and what is said of it.
fn of_record(record: &PointRecord, said: &Words) -> Words {
    let (name, place) = (record_name(record), &record.source);
    let (place_zh, said_zh) = (place_zh(place), said.zh());
    words!(
        "{name} ({place}): {said}",
        "{name}（{place_zh}）：{said_zh}"
    )
}
