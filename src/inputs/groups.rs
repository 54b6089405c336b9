//! People by group, and people that are given per community: what the columns beside the records say of them.

use std::collections::HashMap;

use super::cells::{self, Comma};
use super::study::Inputs;
use crate::allocation::{Allocation, AllocationError, CommunityPeople, Groups, HomeSize};
use crate::language::{Words, words};
use crate::model::{Attribute, Attributes, FindingCode};
use crate::names::{Listed, Naming, Places};
use crate::plain::narrow;
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

    /// Replaces everybody's number of people by what the register of communities gives, allocated to its homes by floor area;
    /// the group columns too, so that [`Inputs::people_in`] gives the allocated ones.
    ///
    /// # Errors
    /// [`AllocationError`]: groups that do not fit into their community.
    pub fn allocate(&mut self, groups: &[String]) -> Result<Allocation, AllocationError> {
        let Some(register) = &self.communities else {
            return Allocation::of(&[], &[], Groups::Parts);
        };
        let count = |attributes: &Attributes, name: &str, row: usize| {
            let text = attributes.named(name).and_then(|column| column.get(row));
            let people = text.and_then(|text| cells::people(text, Comma::Thousands, 1.0).ok());
            people.unwrap_or(People::ZERO)
        };
        let communities: Vec<CommunityPeople> = register
            .records
            .iter()
            .enumerate()
            .map(|(row, record)| CommunityPeople {
                population: record.people.clone().ok().flatten().unwrap_or(People::ZERO),
                groups: groups
                    .iter()
                    .map(|name| count(&register.attributes, name, row))
                    .collect(),
            })
            .collect();
        let of = self.community_of_residents();
        let number = |attribute: Attribute| {
            let column = self.resident_attributes.of(attribute)?;
            Some(column.map(|text| narrow(text).replace(',', "").parse::<f64>().ok()))
        };
        let (areas, dwellings) = (number(Attribute::FloorArea), number(Attribute::Dwellings));
        let cell = |column: &Option<Vec<Option<Option<f64>>>>, row: usize| column.as_ref()?[row]?;
        let homes: Vec<HomeSize> = of
            .iter()
            .enumerate()
            .map(|(row, community)| HomeSize {
                community: *community,
                floor_area_m2: cell(&areas, row),
                dwellings: cell(&dwellings, row).map(|count| count as u32),
                storeys: None,
            })
            .collect();
        let allocation = Allocation::of(&communities, &homes, Groups::Parts)?;
        let name = |index: u32| {
            let record = &register.records[index as usize];
            let name = record.name.as_ref().or(record.id.as_ref());
            Words::same(name.map_or("", String::as_str))
        };
        let home = |index: u32| Words::place(&self.residents[index as usize].source);
        let findings = allocation.findings(name, home);
        self.findings.extend(findings);
        for (resident, people) in self.residents.iter_mut().zip(allocation.people()) {
            resident.people = *people;
            resident.people_fault = None;
        }
        for (group, name) in groups.iter().enumerate() {
            let homes = 0..self.residents.len();
            let counts = homes.map(|home| allocation.groups_of(home)[group].to_string());
            self.resident_attributes.set(name, counts);
        }
        Ok(allocation)
    }

    /// The community of every resident in the register: by its code, else by its name, by the rule by which stations are
    /// matched with communities too; where several have that name, the one in its street. None where that is not sure.
    #[must_use]
    pub fn community_of_residents(&self) -> Vec<Option<u32>> {
        let Some(register) = &self.communities else {
            return vec![None; self.residents.len()];
        };
        let cell = |attributes: &'_ Attributes, attribute: Attribute, row: usize| {
            let text = attributes.of(attribute).and_then(|column| column.get(row));
            text.unwrap_or_default().to_owned()
        };
        let streets: Vec<String> = (0..register.records.len())
            .map(|row| cell(&register.attributes, Attribute::Street, row))
            .collect();
        let listed = register
            .records
            .iter()
            .zip(&streets)
            .map(|(record, street)| Listed {
                code: record.id.as_deref().unwrap_or_default(),
                name: record.name.as_deref().unwrap_or_default(),
                street,
            });
        let places = Places::of(listed, Naming::Communities);
        let columns = [
            Attribute::CommunityCode,
            Attribute::Community,
            Attribute::Street,
        ]
        .map(|attribute| self.resident_attributes.of(attribute));
        // Many residents say the same.
        let mut known: HashMap<[Option<usize>; 3], Option<u32>> = HashMap::new();
        let rows = 0..self.residents.len();
        rows.map(|row| {
            let said = columns.map(|column| column?.index(row));
            *known.entry(said).or_insert_with(|| {
                let text = columns.map(|column| column.and_then(|column| column.get(row)));
                let [code, name, street] = text.map(Option::unwrap_or_default);
                places.meant(Listed { code, name, street })
            })
        })
        .collect()
    }
}
