//! Population that is given per community, allocated to its homes: by floor area, with control totals kept (总量控制).
//!
//! Everything is counted in integers: in whole people where all of a community's numbers are whole, in thousandths otherwise.
//! The homes of a community add up to its population, so communities add up to their street's and streets to the district's;
//! who cannot be allocated is returned and counted, and nobody is lost.

use crate::model::{FindingCode, Findings};
use crate::text::language::{InLanguage, Words, words};
use crate::units::People;
use crate::units::shares::largest_remainder;

/// The people of a community, as a register or a census gives them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct CommunityPeople {
    /// All of them.
    pub population: People,
    /// Its groups (children, adults, 60 and more, …), one number for each column, the same columns in every community.
    pub groups: Vec<People>,
}

/// What is known about a home, which may be a building, a stairwell, or a storey of it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct HomeSize {
    /// The position of its community; `None` where it lies in none.
    pub community: Option<u32>,
    /// Its floor area (建筑面积); what is negative or no number counts as unknown.
    pub floor_area_m2: Option<f64>,
    /// The ground that its building stands on; what is negative or no number counts as unknown.
    pub footprint_m2: Option<f64>,
    /// Its dwellings.
    pub dwellings: Option<u32>,
    /// Its storeys; what is negative or no number counts as unknown.
    pub storeys: Option<f64>,
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

/// By what the people of a community were allocated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub enum Basis {
    /// Floor area.
    FloorArea,
    /// Footprint times storeys, as too few floor areas are known.
    FootprintStoreys,
    /// Dwellings, as too few footprints or storeys are known.
    Dwellings,
    /// Storeys, as dwellings are not known either.
    Storeys,
    /// Footprints alone.
    Footprint,
    /// Nothing is known: every home alike.
    Equal,
}

impl Basis {
    /// Every one, in the order in which they are tried.
    pub const ALL: [Basis; 6] = [
        Basis::FloorArea,
        Basis::FootprintStoreys,
        Basis::Dwellings,
        Basis::Storeys,
        Basis::Footprint,
        Basis::Equal,
    ];

    /// A home's weight; `None` where it is not known. Areas count in hundredths of a square metre, storeys in hundredths.
    fn weight(self, home: &HomeSize) -> Option<u64> {
        let known = |number: Option<f64>| number.filter(|size| size.is_finite() && *size >= 0.0);
        let hundredths = |number: f64| (number * 100.0).round() as u64;
        match self {
            Basis::FloorArea => known(home.floor_area_m2).map(hundredths),
            Basis::FootprintStoreys => {
                let (footprint, storeys) = known(home.footprint_m2).zip(known(home.storeys))?;
                Some(hundredths(footprint * storeys))
            }
            Basis::Dwellings => home.dwellings.map(u64::from),
            Basis::Storeys => known(home.storeys).map(hundredths),
            Basis::Footprint => known(home.footprint_m2).map(hundredths),
            Basis::Equal => Some(1),
        }
    }

    /// What is found of a community whose people are allocated by this; nothing where it is as it should be.
    const fn finding(self) -> Option<FindingCode> {
        match self {
            Basis::FloorArea => None,
            Basis::FootprintStoreys => Some(FindingCode::AllocatedByFootprint),
            Basis::Dwellings | Basis::Storeys | Basis::Footprint => Some(FindingCode::NoFloorArea),
            Basis::Equal => Some(FindingCode::AllocatedEqually),
        }
    }
}

impl std::fmt::Display for Basis {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Basis::FloorArea => "floor area",
            Basis::FootprintStoreys => "footprint times storeys",
            Basis::Footprint => "footprint",
            Basis::Dwellings => "dwellings",
            Basis::Storeys => "storeys",
            Basis::Equal => "homes, all alike",
        })
    }
}

impl InLanguage for Basis {
    fn zh(&self) -> String {
        let text = match self {
            Basis::FloorArea => "建筑面积",
            Basis::FootprintStoreys => "基底面积乘以层数",
            Basis::Footprint => "基底面积",
            Basis::Dwellings => "户数",
            Basis::Storeys => "层数",
            Basis::Equal => "平均分配",
        };
        text.to_owned()
    }
}

/// Why people cannot be allocated.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AllocationError {
    /// A community has other groups than the first.
    #[error("community {community} has {found} groups, the first has {expected}")]
    GroupCount {
        /// Its position.
        community: usize,
        /// Its number of groups.
        found: usize,
        /// The first one's.
        expected: usize,
    },
    /// More people in groups than there are.
    #[error(
        "community {community} has {groups} people in its groups and a population of {population}"
    )]
    GroupsExceed {
        /// Its position.
        community: usize,
        /// The people in its groups: in all of them where they are parts, in one where they overlap.
        groups: People,
        /// Its people.
        population: People,
    },
    /// The communities have no column of people, or no cell of it is filled.
    #[error(
        "the communities have no number of people: their table has no column of population, or an empty one (population, 人口, 常住人口, 总人口)"
    )]
    NoPopulation,
    /// There is no community whose number of people can be read.
    #[error(
        "none of the {count} communities has a number of people that can be read, the first is {first}"
    )]
    PopulationNotRead {
        /// How many.
        count: usize,
        /// The first of them, and what stands there.
        first: Words,
    },
    /// People of communities in which there is no home, and of which no outline is known.
    #[error(
        "{people} people of {count} communities (the first is {first}) have no home to be put into: {joined} of {homes} homes are of a community of the list; {}",
        if *shared_codes == 0 {
            "give the homes a column of communities (community, 社区, 社区编码), or the communities' outlines as ‹areas›".to_owned()
        } else {
            format!("{shared_codes} codes of the list are of several communities, and nothing is found by them: correct these codes")
        }
    )]
    WithoutHomes {
        /// How many people.
        people: People,
        /// Of how many communities.
        count: usize,
        /// The name of the first.
        first: String,
        /// The homes that were joined to a community.
        joined: usize,
        /// All homes.
        homes: usize,
        /// The codes of the list that several communities have.
        shared_codes: usize,
    },
    /// A home of a community that is not in the list.
    #[error("home {home} is of community {community}, and there are {communities}")]
    NoSuchCommunity {
        /// The home's position.
        home: usize,
        /// Its community.
        community: u32,
        /// How many there are.
        communities: usize,
    },
}

impl InLanguage for AllocationError {
    fn zh(&self) -> String {
        match self {
            Self::GroupCount {
                community,
                found,
                expected,
            } => format!("社区 {community} 有 {found} 个人群分组，首个社区有 {expected} 个"),
            Self::GroupsExceed {
                community,
                groups,
                population,
            } => format!("社区 {community} 各人群合计 {groups} 人，超过总人口 {population} 人"),
            Self::NoPopulation => {
                "社区表没有人口列，或该列为空（population、人口、常住人口、总人口）".to_owned()
            }
            Self::PopulationNotRead { count, first } => {
                let first = first.zh();
                format!("{count} 个社区的人口数均缺失或无法识别，第一个是 {first}")
            }
            Self::WithoutHomes {
                people,
                count,
                first,
                joined,
                homes,
                shared_codes,
            } => {
                let cure = if *shared_codes == 0 {
                    "请为住宅补充社区列（community、社区、社区编码），或用 ‹areas› 给出社区边界"
                        .to_owned()
                } else {
                    format!(
                        "名单中有 {shared_codes} 个代码由多个社区共用，无法据此对应：请更正这些代码"
                    )
                };
                format!(
                    "{count} 个社区（第一个是 {first}）的 {people} 人没有住宅可分配：{homes} 处住宅中有 {joined} 处能对应到名单中的社区；{cure}"
                )
            }
            Self::NoSuchCommunity {
                home,
                community,
                communities,
            } => format!("住宅 {home} 所属社区 {community} 不存在（共 {communities} 个社区）"),
        }
    }
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

/// The weights of a community's homes, what they are, and how many of them had to be estimated.
fn weights(homes: &[HomeSize], of_it: &[u32]) -> (Basis, Vec<u64>, u32) {
    for basis in Basis::ALL {
        let found: Vec<Option<u64>> = of_it
            .iter()
            .map(|home| basis.weight(&homes[*home as usize]))
            .collect();
        let mut known: Vec<u64> = found.iter().copied().flatten().collect();
        if 2 * known.len() < found.len() || known.iter().all(|weight| *weight == 0) {
            continue;
        }
        let estimated = found.len() - known.len();
        let middle = (known.len() - 1) / 2;
        let (_, median, _) = known.select_nth_unstable(middle);
        let weights = found
            .iter()
            .map(|weight| weight.unwrap_or(*median))
            .collect();
        return (basis, weights, estimated as u32);
    }
    (Basis::Equal, vec![1; of_it.len()], 0)
}

#[cfg(test)]
#[path = "allocation_tests.rs"]
mod tests;
