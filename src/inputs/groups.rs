//! People by group, and people that are given per community: what the columns beside the records say of them.

use std::collections::HashMap;

use geo_types::MultiPolygon;

use super::cells::{self, Comma};
use super::community_people::{PeopleOfCommunities, RegisterRead, record_name};
use super::convert::{code_of, record_fault};
use super::outlines::Outlines;
use super::sizes::SizeColumns;
use super::study::Inputs;
use super::study::polygons::{Stand, stands};
use super::study::register::shared_codes;
use super::unread::LookedAt;
use super::{LayerKind, PointRecords};
use crate::allocation::{
    Allocation, AllocationError, CommunityPeople, Groups, HomeSize, Unallocated,
};
use crate::model::{
    Attribute, AttributeColumn, Attributes, Dwelling, Fault, FindingCode, Findings, Resident,
};
use crate::text::language::{Words, words};
use crate::text::names::{Listed, Naming, Places};
use crate::units::People;

/// By row the people that a column counts, or what is wrong with its cell: it is blank, or no number.
pub(crate) fn people_cells(column: &AttributeColumn) -> Vec<Result<People, FindingCode>> {
    let counts = column.map(|text| cells::people(text, Comma::Thousands).ok());
    let told = counts.into_iter().map(|count| match count {
        Some(Some(people)) => Ok(people),
        Some(None) => Err(FindingCode::GroupNotANumber),
        None => Err(FindingCode::BlankPeople),
    });
    told.collect()
}

impl Inputs {
    /// How many people of a group each resident record holds: the sum of the columns of these names, which were asked for
    /// when the layer was read. A cell that is no number, or blank, counts nobody and is a finding.
    #[must_use]
    pub fn people_in(&mut self, columns: &[String]) -> Vec<People> {
        let mut people = vec![People::ZERO; self.residents.len()];
        let mut findings = std::mem::take(&mut self.findings);
        for name in columns {
            // Groups may share a column, whose cells are told once.
            let mut told_again = Findings::default();
            let is_new = self.told_groups.insert(name.clone());
            let told = if is_new {
                &mut findings
            } else {
                &mut told_again
            };
            for (sum, count) in people.iter_mut().zip(self.counted_in(name, told)) {
                *sum += count;
            }
        }
        self.findings = findings;
        people
    }

    /// How many people one column counts at each resident record, with what is found about its cells; nobody where there is no such
    /// column.
    pub(crate) fn counted_in(&self, name: &str, findings: &mut Findings) -> Vec<People> {
        let Some(column) = self.resident_attributes.named(name) else {
            return vec![People::ZERO; self.residents.len()];
        };
        let counts = people_cells(column).into_iter().enumerate();
        let counted = counts.map(|(row, count)| {
            let code = match count {
                Ok(count) => return count,
                Err(code) => code,
            };
            let source = self.residents[row].source.as_str();
            let of = (LayerKind::Residents, name);
            // A layer without the column, as the buildings of a map are, has no blank cells in it.
            if let Some(looked_at) = LookedAt::taken_if(&self.readings, of, source) {
                let text = column.get(row).unwrap_or_default();
                looked_at.tell(findings, code, source, text);
            }
            People::ZERO
        });
        counted.collect()
    }

    /// Replaces everybody's number of people by what the register of communities gives, allocated to its homes: by floor area,
    /// else by footprint times storeys, else by what else is known of their size ([`Allocation::new`]); the group columns too,
    /// so that [`Inputs::people_in`] gives the allocated ones. A home is of the community that its columns name, or, where they
    /// say nothing, of that in whose outline it lies: those of the register where it has polygons, else the areas of the same
    /// code or name. The people of a community without a home stand along the streets in its outline, or at a point in it, as
    /// further records. So all totals are kept. A community whose cell of people is blank, or whose cell of people or of a group
    /// cannot be read, is named in a finding: nobody is allocated to its homes, which are invalid records.
    ///
    /// # Errors
    /// [`AllocationError`]: no community with a number of people, or one with people and neither a home nor an outline; groups
    /// that do not fit into their community.
    pub fn allocate(&mut self, groups: &[String]) -> Result<Allocation, AllocationError> {
        let Some(register) = &self.communities else {
            return Allocation::new(&[], &[], Groups::Parts);
        };
        let read = RegisterRead {
            register,
            readings: &self.readings,
        };
        let PeopleOfCommunities {
            list: communities,
            unknown,
            mut findings,
        } = read.people(groups)?;
        let of = self.community_of_residents();
        let sizes = SizeColumns::new(&self.resident_attributes);
        let homes = of.iter().enumerate();
        let homes: Vec<HomeSize> = homes.map(|(row, of)| sizes.home(row, *of)).collect();
        findings.extend(sizes.not_understood(&self.residents, &self.readings, |_| true));
        let allocation = Allocation::new(&communities, &homes, Groups::Parts)?;
        let name = |index: u32| Words::same(record_name(&register.records[index as usize]));
        let home = |index: u32| Words::place(&self.residents[index as usize].source);
        let mut of_allocation = allocation.findings(name, home);
        let (settled, of_settled) = self.settled(register, &allocation, &homes)?;
        // Nobody is left over: who has no home stands in the outline of their community.
        of_allocation.remove(FindingCode::PeopleWithoutHomes);
        findings.extend(of_allocation);
        findings.extend(of_settled);
        findings.extend(self.by_outline(&of));
        findings.extend(left_out(&communities, unknown.iter().flatten()));
        let names = unknown.iter().zip(&register.records);
        let names = names.map(|(why, record)| why.as_ref().map(|_| record_name(record).to_owned()));
        let names: Vec<Option<String>> = names.collect();
        for ((resident, people), of) in self.residents.iter_mut().zip(allocation.people()).zip(&of)
        {
            let community = of.and_then(|of| names[of as usize].clone());
            resident.people = *people;
            resident.people_fault = community.map(|community| Fault::OfCommunity { community });
        }
        self.forget_own_people();
        self.findings.extend(findings);
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

    /// Takes back what was said of the residents' own numbers of people, which others have replaced: nobody counts 1 any more, and
    /// no record is invalid for its own number.
    fn forget_own_people(&mut self) {
        const OF_PEOPLE: [FindingCode; 3] = [
            FindingCode::NoPopulation,
            FindingCode::SeveralPopulations,
            FindingCode::BlankPopulation,
        ];
        for code in OF_PEOPLE {
            self.findings.remove(code);
        }
        self.findings.extend(self.people_of_demand.clone());
        let mut readings = self.readings.iter_mut();
        let residents = readings
            .by_ref()
            .filter(|reading| reading.layer == LayerKind::Residents);
        for reading in residents {
            reading.found.retain(|(code, _)| !OF_PEOPLE.contains(code));
        }
        self.findings.remove(FindingCode::InvalidResident);
        for Resident {
            id,
            source,
            place,
            people_fault,
            ..
        } in &self.residents
        {
            if let Some(fault) = place.as_ref().err().or(people_fault.as_ref())
                && code_of(fault, FindingCode::InvalidResident) == FindingCode::InvalidResident
            {
                self.findings.add(FindingCode::InvalidResident, || {
                    record_fault(source, id, fault)
                });
            }
        }
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
                shared_codes: shared_codes(register),
            });
        }
        let numbered = (0u32..).zip(without.iter().filter_map(|(_, outline)| *outline));
        let streets = Outlines::new(numbered).street_places(&self.network, without.len());
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
                dwelling: Dwelling::default(),
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
    pub(crate) fn community_of_residents(&self) -> Vec<Option<u32>> {
        let Some(register) = &self.communities else {
            return vec![None; self.residents.len()];
        };
        let places = places(register);
        let columns = COMMUNITY.map(|attribute| self.resident_attributes.of(attribute));
        let outlines = Outlines::new(self.community_outlines(register));
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

/// The communities that have nobody allocated, as their people are not known: how many people are, and how many communities' are
/// not.
fn left_out<'w>(
    communities: &[CommunityPeople],
    unknown: impl Iterator<Item = &'w Words> + Clone,
) -> Findings {
    let (missing, all) = (unknown.clone().count(), communities.len());
    let people: People = communities.iter().map(|one| one.population).sum();
    let kept = all - missing;
    let about = words!(
        "{people} people of {kept} communities are allocated, those of {missing} are not known",
        "已分配 {kept} 个社区共 {people} 人，{missing} 个社区人口未知"
    );
    let mut findings = Findings::default();
    for why in unknown {
        let code = FindingCode::InvalidCommunity;
        findings.add_about(code, about.clone(), || why.clone());
    }
    findings
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
    Places::new(listed, Naming::Communities)
}
