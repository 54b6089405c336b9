//! People by group, and people that are given per community: what the columns beside the records say of them.

use std::collections::HashMap;

use geo_types::MultiPolygon;

use super::cells::{self, Comma, size};
use super::outlines::Outlines;
use super::study::Inputs;
use super::study::polygons::{Stand, stands};
use super::{PointRecord, PointRecords};
use crate::allocation::{
    Allocation, AllocationError, CommunityPeople, Groups, HomeSize, Unallocated,
};
use crate::language::{InLanguage, Words, words};
use crate::model::{Attribute, Attributes, FindingCode, Findings, Resident};
use crate::names::{Listed, Naming, Places};
use crate::units::People;

impl Inputs {
    /// How many people of a group each resident record holds: the sum of the columns of these names, which were asked for
    /// when the layer was read. A cell that is no number counts nobody and is a finding.
    #[must_use]
    pub fn people_in(&mut self, columns: &[String]) -> Vec<People> {
        let mut people = vec![People::ZERO; self.residents.len()];
        for name in columns {
            let Some(column) = self.resident_attributes.named(name) else {
                continue;
            };
            let counts = column.map(|text| cells::people(text, Comma::Thousands, 1.0).ok());
            for (row, count) in counts.into_iter().enumerate() {
                match count {
                    Some(Some(count)) => people[row] += count,
                    Some(None) => {
                        let (id, text) =
                            (&self.residents[row].id, column.get(row).unwrap_or_default());
                        self.findings.add(FindingCode::GroupNotANumber, || {
                            words!("{id}: {name}: \"{text}\"", "{id}：{name}：“{text}”")
                        });
                    }
                    None => {}
                }
            }
        }
        people
    }

    /// Replaces everybody's number of people by what the register of communities gives, allocated to its homes: by floor area,
    /// else by footprint times storeys, else by what else is known of their size ([`Allocation::of`]); the group columns too,
    /// so that [`Inputs::people_in`] gives the allocated ones. A home is of the community that its columns name, or, where they
    /// say nothing, of that in whose outline it lies: those of the register where it has polygons, else the areas of the same
    /// code or name. The people of a community without a home stand along the streets in its outline, or at a point in it, as
    /// further records. So all totals are kept.
    ///
    /// # Errors
    /// [`AllocationError`]: communities without a number of people, or with people and neither a home nor an outline; groups
    /// that do not fit into their community.
    pub fn allocate(&mut self, groups: &[String]) -> Result<Allocation, AllocationError> {
        let Some(register) = &self.communities else {
            return Allocation::of(&[], &[], Groups::Parts);
        };
        let (communities, mut findings) = community_people(register, groups)?;
        let of = self.community_of_residents();
        let number = |attribute: Attribute, row: usize| -> Option<f64> {
            size(self.resident_attributes.of(attribute)?.get(row)?)
        };
        let homes: Vec<HomeSize> = of
            .iter()
            .enumerate()
            .map(|(row, community)| HomeSize {
                community: *community,
                floor_area_m2: number(Attribute::FloorArea, row),
                footprint_m2: number(Attribute::Footprint, row),
                dwellings: number(Attribute::Dwellings, row).map(|count| count as u32),
                storeys: number(Attribute::Storeys, row),
            })
            .collect();
        let allocation = Allocation::of(&communities, &homes, Groups::Parts)?;
        let name = |index: u32| Words::same(record_name(&register.records[index as usize]));
        let home = |index: u32| Words::place(&self.residents[index as usize].source);
        let mut of_allocation = allocation.findings(name, home);
        let (settled, of_settled) = self.settled(register, &allocation, &homes)?;
        // Nobody is left over: who has no home stands in the outline of their community.
        of_allocation.remove(FindingCode::PeopleWithoutHomes);
        findings.extend(of_allocation);
        findings.extend(of_settled);
        findings.extend(self.by_outline(&of));
        self.findings.extend(findings);
        for (resident, people) in self.residents.iter_mut().zip(allocation.people()) {
            resident.people = *people;
            resident.people_fault = None;
        }
        let (residents, allocation_of) = (self.residents.len(), &allocation);
        let counts = |group: usize| {
            let homes = 0..residents;
            let homes = homes.map(move |home| allocation_of.groups_of(home)[group]);
            homes.chain(settled.iter().map(move |one| one.stand.groups[group]))
        };
        let counts: Vec<Vec<String>> = (0..groups.len())
            .map(|group| counts(group).map(|people| people.to_string()).collect())
            .collect();
        self.append(settled);
        for (name, counts) in groups.iter().zip(counts) {
            self.resident_attributes.set(name, counts.into_iter());
        }
        Ok(allocation)
    }

    /// Where the people of communities without a home stand, and what is found of it.
    fn settled(
        &self,
        register: &PointRecords,
        allocation: &Allocation,
        homes: &[HomeSize],
    ) -> Result<(Vec<Settled>, Findings), AllocationError> {
        let outlines = self.community_outlines(register);
        let outline_of = |community: u32| {
            let mut outlines = outlines.iter();
            outlines
                .find(|(of, _)| *of == community)
                .map(|(_, outline)| *outline)
        };
        let without: Vec<(&Unallocated, Option<&MultiPolygon<f64>>)> = allocation
            .unallocated()
            .iter()
            .map(|rest| (rest, outline_of(rest.community)))
            .collect();
        let lost = || without.iter().filter(|(_, outline)| outline.is_none());
        if let Some((first, _)) = lost().next() {
            let joined = homes.iter().filter(|home| home.community.is_some()).count();
            return Err(AllocationError::WithoutHomes {
                people: lost().map(|(rest, _)| rest.people.population).sum(),
                count: lost().count(),
                first: record_name(&register.records[first.community as usize]).to_owned(),
                joined,
                homes: homes.len(),
            });
        }
        let numbered = (0u32..).zip(without.iter().filter_map(|(_, outline)| *outline));
        let streets = Outlines::of(numbered).street_places(&self.network, without.len());
        let (mut settled, mut findings) = (Vec::new(), Findings::default());
        for ((rest, outline), streets) in without.iter().zip(streets) {
            let Some(outline) = outline else { continue };
            let code = if streets.is_empty() {
                FindingCode::PeopleAtPoint
            } else {
                FindingCode::PeopleOnStreets
            };
            let record = &register.records[rest.community as usize];
            findings.add(code, || Words::same(record_name(record)));
            for (number, stand) in (1..).zip(stands(&streets, outline, &rest.people)) {
                let name = record_name(record);
                settled.push(Settled {
                    id: format!("{name}/{number}"),
                    source: record.source.clone(),
                    community: [record.name.clone(), record.id.clone()],
                    stand,
                });
            }
        }
        Ok((settled, findings))
    }

    /// Appends the records of people without a home.
    fn append(&mut self, settled: Vec<Settled>) {
        if settled.is_empty() {
            return;
        }
        let mut beside = Attributes::none(settled.len());
        for (at, attribute) in [Attribute::Community, Attribute::CommunityCode]
            .into_iter()
            .enumerate()
        {
            let texts = settled.iter().map(|one| one.community[at].clone());
            let texts: Vec<String> = texts.map(Option::unwrap_or_default).collect();
            beside.set(attribute.key(), texts.into_iter());
        }
        self.resident_attributes.append(&beside);
        self.residents
            .extend(settled.into_iter().map(|one| Resident {
                id: one.id,
                place: Ok(one.stand.place),
                people: one.stand.people,
                people_fault: None,
                source: one.source,
            }));
    }

    /// The communities of the register by outline: its own polygons, else the areas of the same code or name.
    fn community_outlines<'a>(
        &'a self,
        register: &'a PointRecords,
    ) -> Vec<(u32, &'a MultiPolygon<f64>)> {
        if !register.outlines.is_empty() {
            let own = register.outlines.iter();
            return own.map(|(row, outline)| (*row, outline)).collect();
        }
        let places = places(register);
        let named = self.areas.iter().filter_map(|area| {
            let community = places.meant(Listed {
                code: &area.id,
                name: &area.name,
                street: "",
            })?;
            Some((community, &area.shape))
        });
        named.collect()
    }

    /// The community of every resident in the register: by its code, else by its name, by the rule by which stations are
    /// matched with communities too; where several have that name, the one in its street. Where a resident's columns say
    /// nothing of it, the first in whose outline it lives. None where that is not sure.
    #[must_use]
    pub fn community_of_residents(&self) -> Vec<Option<u32>> {
        let Some(register) = &self.communities else {
            return vec![None; self.residents.len()];
        };
        let places = places(register);
        let columns = COMMUNITY.map(|attribute| self.resident_attributes.of(attribute));
        let outlines = Outlines::of(self.community_outlines(register));
        // Many residents say the same.
        let mut known: HashMap<[Option<usize>; 3], Option<u32>> = HashMap::new();
        let rows = 0..self.residents.len();
        rows.map(|row| {
            let said = columns.map(|column| column?.index(row));
            if self.is_silent(row) {
                return outlines.first_at(self.residents[row].valid_place()?);
            }
            *known.entry(said).or_insert_with(|| {
                let text = columns.map(|column| column.and_then(|column| column.get(row)));
                let [code, name, street] = text.map(Option::unwrap_or_default);
                places.meant(Listed { code, name, street })
            })
        })
        .collect()
    }

    /// Whether a resident's columns say nothing of its community; the street alone does not.
    fn is_silent(&self, row: usize) -> bool {
        let mut said = [Attribute::CommunityCode, Attribute::Community].into_iter();
        said.all(|attribute| {
            let column = self.resident_attributes.of(attribute);
            column.and_then(|column| column.index(row)).is_none()
        })
    }

    /// The homes that are of a community by its outline.
    fn by_outline(&self, of: &[Option<u32>]) -> Findings {
        let mut findings = Findings::default();
        for (row, _) in of.iter().enumerate().filter(|(_, of)| of.is_some()) {
            if self.is_silent(row) {
                let place = || Words::place(&self.residents[row].source);
                findings.add(FindingCode::HomeByOutline, place);
            }
        }
        findings
    }
}

/// What residents say of their community, in the order of what is surest.
const COMMUNITY: [Attribute; 3] = [
    Attribute::CommunityCode,
    Attribute::Community,
    Attribute::Street,
];

/// A record of people for whose community no home is known.
struct Settled {
    id: String,
    source: String,
    /// Its name and its code.
    community: [Option<String>; 2],
    stand: Stand,
}

/// What a community is called.
fn record_name(record: &PointRecord) -> &str {
    let name = record.name.as_ref().or(record.id.as_ref());
    name.map_or(record.source.as_str(), String::as_str)
}

/// The communities of a register, to be asked by code and name.
fn places(register: &PointRecords) -> Places {
    let street = register.attributes.of(Attribute::Street);
    let listed = register.records.iter().enumerate();
    let listed = listed.map(|(row, record)| Listed {
        code: record.id.as_deref().unwrap_or_default(),
        name: record.name.as_deref().unwrap_or_default(),
        street: street
            .and_then(|column| column.get(row))
            .unwrap_or_default(),
    });
    Places::of(listed, Naming::Communities)
}

/// The people of the communities with their groups, and cells of these that are no number.
fn community_people(
    register: &PointRecords,
    groups: &[String],
) -> Result<(Vec<CommunityPeople>, Findings), AllocationError> {
    let records = register.records.iter();
    if records.clone().all(|record| record.people == Ok(None)) {
        return Err(AllocationError::NoPopulation);
    }
    let unread = || {
        records
            .clone()
            .filter(|record| !matches!(record.people, Ok(Some(_))))
    };
    if let Some(first) = unread().next() {
        let name = record_name(first);
        let (place, place_zh) = (&first.source, crate::language::place_zh(&first.source));
        return Err(AllocationError::PopulationNotRead {
            count: unread().count(),
            first: match &first.people {
                Err(fault) => {
                    let fault_zh = fault.zh();
                    words!(
                        "{name} ({place}): {fault}",
                        "{name}（{place_zh}）：{fault_zh}"
                    )
                }
                Ok(_) => words!("{name} ({place}): empty", "{name}（{place_zh}）：空"),
            },
        });
    }
    let mut findings = Findings::default();
    let mut count = |name: &str, row: usize, record: &PointRecord| {
        let column = register.attributes.named(name);
        let text = column
            .and_then(|column| column.get(row))
            .unwrap_or_default();
        let people = cells::people(text, Comma::Thousands, 1.0);
        if people.is_err() && !text.is_empty() {
            let of = record_name(record);
            findings.add(FindingCode::GroupNotANumber, || {
                words!("{of}: {name}: \"{text}\"", "{of}：{name}：“{text}”")
            });
        }
        people.unwrap_or(People::ZERO)
    };
    let communities = register.records.iter().enumerate().map(|(row, record)| {
        let population = record.people.clone().ok().flatten();
        CommunityPeople {
            population: population.unwrap_or(People::ZERO),
            groups: groups.iter().map(|name| count(name, row, record)).collect(),
        }
    });
    let communities = communities.collect();
    Ok((communities, findings))
}
