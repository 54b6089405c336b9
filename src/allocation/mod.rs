//! Population that is given per community, allocated to its homes: by floor area, with control totals kept (总量控制).
//!
//! Everything is counted in integers: in whole people where all of a community's numbers are whole, in thousandths otherwise.
//! The homes of a community add up to its population, so communities add up to their street's and streets to the district's;
//! who cannot be allocated is returned and counted, and nobody is lost.

mod basis;
mod error;

pub use basis::{Basis, HomeSize};
pub use error::AllocationError;

use crate::model::{FindingCode, Findings};
use crate::text::language::{InLanguage, Words, words};
use crate::units::People;
use crate::units::shares::largest_remainder;
use basis::weights;

/// The people of a community, as a register or a census gives them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct CommunityPeople {
    /// All of them.
    pub population: People,
    /// Its groups (children, adults, 60 and more, …), one number for each column, the same columns in every community.
    pub groups: Vec<People>,
}

/// How the groups of a community stand to each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub enum Groups {
    /// Parts: nobody is in two of them, and where they are everybody, the groups of each home add up to its population.
    #[default]
    Parts,
    /// They may overlap (60 and more, 80 and more, wheelchair users): each is at most a home's population.
    Overlapping,
}

/// Everybody at home, and who could not be placed.
///
/// ```
/// use pedshed::allocation::{Allocation, CommunityPeople, Groups, HomeSize};
/// use pedshed::units::People;
/// let whole = |count: u64| People::from_thousandths(count * 1000);
/// // 100 people, 16 of them old, in three homes of 600, 300 and 300 m².
/// let community = CommunityPeople { population: whole(100), groups: vec![whole(84), whole(16)] };
/// let homes = [600.0, 300.0, 300.0].map(|area| HomeSize {
///     community: Some(0),
///     floor_area_m2: Some(area),
///     ..HomeSize::default()
/// });
/// let allocation = Allocation::new(&[community], &homes, Groups::Parts)?;
/// assert_eq!(allocation.people(), [50, 25, 25].map(whole));
/// // 84 of 100 are 42, 21 and 21; the old are who is left.
/// assert_eq!(allocation.groups_of(0), [42, 8].map(whole));
/// assert_eq!(allocation.groups_of(1), [21, 4].map(whole));
/// # Ok::<(), pedshed::allocation::AllocationError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Allocation {
    people: Vec<People>,
    group_count: usize,
    /// Home by home, the groups of each.
    groups: Vec<People>,
    basis: Vec<Option<Basis>>,
    /// Homes whose size was not known, by community.
    estimated: Vec<u32>,
    unallocated: Vec<Unallocated>,
    homes_without_community: Vec<u32>,
}

/// The people of a community that has no home to put them in.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Unallocated {
    /// The community's position.
    pub community: u32,
    /// Its people.
    pub people: CommunityPeople,
}

impl Allocation {
    /// Allocates every community's people to its homes.
    ///
    /// The weights of a community's homes are their floor areas where at least half of them are known and any is above 0;
    /// else, by the same rule, footprint times storeys, dwellings, storeys or footprints; else all homes are alike. A home whose weight is not known
    /// counts as the (lower) median of those that are. The population is shared out by largest remainders. Groups that are
    /// [parts](Groups::Parts) are shared out one after the other in proportion to the people still left in each home, so that
    /// both the groups' totals and the homes' populations are exact; the k-th group of a home is less than k people from its
    /// exact share. [Overlapping](Groups::Overlapping) groups are each shared out in proportion to the homes' populations, less
    /// than one person from the exact share.
    ///
    /// # Errors
    /// [`AllocationError`]: groups that do not fit, or a community that is not there.
    ///
    /// # Complexity
    /// One sort of a community's homes for each group.
    pub fn new(
        communities: &[CommunityPeople],
        homes: &[HomeSize],
        groups: Groups,
    ) -> Result<Self, AllocationError> {
        check(communities, groups)?;
        let group_count = communities.first().map_or(0, |first| first.groups.len());
        let mut allocation = Self {
            people: vec![People::ZERO; homes.len()],
            group_count,
            groups: vec![People::ZERO; homes.len() * group_count],
            basis: vec![None; communities.len()],
            estimated: vec![0; communities.len()],
            unallocated: Vec::new(),
            homes_without_community: Vec::new(),
        };
        let mut homes_of: Vec<Vec<u32>> = vec![Vec::new(); communities.len()];
        for (index, home) in (0u32..).zip(homes) {
            let Some(community) = home.community else {
                allocation.homes_without_community.push(index);
                continue;
            };
            let of_it = homes_of.get_mut(community as usize);
            of_it
                .ok_or(AllocationError::NoSuchCommunity {
                    home: index as usize,
                    community,
                    communities: communities.len(),
                })?
                .push(index);
        }
        for (index, (community, of_it)) in (0u32..).zip(communities.iter().zip(&homes_of)) {
            if community.population == People::ZERO {
                continue;
            }
            if of_it.is_empty() {
                allocation.unallocated.push(Unallocated {
                    community: index,
                    people: community.clone(),
                });
                continue;
            }
            let (basis, weights, estimated) = weights(homes, of_it);
            allocation.basis[index as usize] = Some(basis);
            allocation.estimated[index as usize] = estimated;
            allocation.place(community, of_it, &weights, groups);
        }
        Ok(allocation)
    }

    /// Allocates the people of one community.
    fn place(
        &mut self,
        community: &CommunityPeople,
        homes: &[u32],
        weights: &[u64],
        groups: Groups,
    ) {
        let unit = unit_of(community);
        let units = |people: People| people.thousandths() / unit;
        let counted = |units: u64| People::from_thousandths(units * unit);
        let population = largest_remainder(units(community.population), weights);
        // Who is left in each home. A quota of those who are left is never above them, and its remainder lifts it to the next
        // whole number at most, so that no home is given more than it has.
        let mut left = population.clone();
        for (group, people) in community.groups.iter().enumerate() {
            let shares = largest_remainder(units(*people), &left);
            for (at, share) in shares.into_iter().enumerate() {
                self.groups[homes[at] as usize * self.group_count + group] = counted(share);
                if groups == Groups::Parts {
                    left[at] -= share;
                }
            }
        }
        for (home, people) in homes.iter().zip(population) {
            self.people[*home as usize] = counted(people);
        }
    }

    /// Everybody's home: the people of each home, in input order; nobody where it is in no community.
    #[must_use]
    pub fn people(&self) -> &[People] {
        &self.people
    }

    /// The groups of a home, in the order of the columns.
    ///
    /// # Panics
    /// When there is no such home.
    #[must_use]
    pub fn groups_of(&self, home: usize) -> &[People] {
        &self.groups[home * self.group_count..][..self.group_count]
    }

    /// By what each community's people were allocated; `None` where it has no home, or nobody.
    #[must_use]
    pub fn basis(&self) -> &[Option<Basis>] {
        &self.basis
    }

    /// For each community the homes that count as its median home, as their size is not known.
    #[must_use]
    pub fn estimated(&self) -> &[u32] {
        &self.estimated
    }

    /// The communities with people and without homes. Theirs and the [homes'](Allocation::people) people are all people.
    #[must_use]
    pub fn unallocated(&self) -> &[Unallocated] {
        &self.unallocated
    }

    /// The homes that lie in no community.
    #[must_use]
    pub fn homes_without_community(&self) -> &[u32] {
        &self.homes_without_community
    }

    /// What there is to say about the inputs. The closures name a community and a home by position.
    #[must_use]
    pub fn findings(
        &self,
        community: impl Fn(u32) -> Words,
        home: impl Fn(u32) -> Words,
    ) -> Findings {
        let mut findings = Findings::default();
        for unallocated in &self.unallocated {
            findings.add(FindingCode::PeopleWithoutHomes, || {
                community(unallocated.community)
            });
        }
        for index in &self.homes_without_community {
            findings.add(FindingCode::HomeWithoutCommunity, || home(*index));
        }
        for (index, (basis, estimated)) in (0u32..).zip(self.basis.iter().zip(&self.estimated)) {
            if let Some(basis) = basis
                && let Some(code) = basis.finding()
            {
                findings.add(code, || {
                    let (name, by_zh) = (community(index), basis.zh());
                    let name_zh = name.zh();
                    words!("{name}: by {basis}", "{name_zh}：按{by_zh}")
                });
            }
            let homes = u64::from(*estimated);
            findings.add_many(FindingCode::HomeWithoutSize, homes, || community(index));
        }
        findings
    }
}

/// Groups are the same columns everywhere, and never more than the people.
fn check(communities: &[CommunityPeople], groups: Groups) -> Result<(), AllocationError> {
    let expected = communities.first().map_or(0, |first| first.groups.len());
    for (index, community) in communities.iter().enumerate() {
        if community.groups.len() != expected {
            return Err(AllocationError::GroupCount {
                community: index,
                found: community.groups.len(),
                expected,
            });
        }
        let members = community.groups.iter().copied();
        let most = match groups {
            Groups::Parts => members.sum(),
            Groups::Overlapping => members.max().unwrap_or_default(),
        };
        if most > community.population {
            return Err(AllocationError::GroupsExceed {
                community: index,
                groups: most,
                population: community.population,
            });
        }
    }
    Ok(())
}

/// Thousandths in what is not divided: a person where all numbers are whole.
fn unit_of(community: &CommunityPeople) -> u64 {
    let mut numbers = std::iter::once(&community.population).chain(&community.groups);
    if numbers.all(|people| people.thousandths().is_multiple_of(1000)) {
        1000
    } else {
        1
    }
}

#[cfg(test)]
#[path = "allocation_tests.rs"]
mod tests;
