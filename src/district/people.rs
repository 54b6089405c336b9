//! Who lives where: from the totals of subdistricts to communities, stairwells and storeys, every sum exact.

use super::chance::{Chance, Purpose};
use super::records::{Ages, Building, Community, Home, Stairwell, Subdistrict};
use super::shares::{ages_by_community, deal, people_by};
use super::{DistrictOptions, HomeRecords};

/// People in a household, in hundredths: 2.45 (Taiyuan, census of 2020).
pub(super) const HOUSEHOLD: u64 = 245;
/// Taiyuan's lift programme is for buildings of so many storeys and more (policy of August 2025).
const LIFTS_FROM_STOREYS: u8 = 4;
/// Communities are fuller or emptier than their subdistrict by so many per cent, homes than their community.
const FULLER: (u32, u32) = (88, 112);
const FULLER_HOMES: (u32, u32) = (60, 140);

/// Adds lifts to drawn stairwells of walk-ups.
pub(super) fn add_lifts(
    buildings: &[Building],
    stairwells: &mut [Stairwell],
    count: usize,
    seed: u64,
) {
    let mut chance = Chance::new(seed, Purpose::Lifts, 0);
    let mut drawn: Vec<(u64, usize)> = stairwells
        .iter()
        .enumerate()
        .filter(|(_, stairwell)| {
            let building = &buildings[stairwell.building as usize];
            !stairwell.has_lift && building.flats > 0 && building.storeys >= LIFTS_FROM_STOREYS
        })
        .map(|(index, _)| (chance.priority(), index))
        .collect();
    drawn.sort_unstable();
    for (_, index) in drawn.into_iter().take(count) {
        stairwells[index].has_lift = true;
    }
}

/// Shares the people of subdistricts out to their communities by dwellings, and the ages of all.
pub(super) fn by_community(subdistricts: &[Subdistrict], communities: &mut [Community], seed: u64) {
    let mut chance = Chance::new(seed, Purpose::People, u64::MAX);
    let mut people = vec![0; communities.len()];
    let mut of_subdistrict: Vec<Vec<usize>> = vec![Vec::new(); subdistricts.len()];
    for (index, community) in communities.iter().enumerate() {
        of_subdistrict[community.subdistrict].push(index);
    }
    for (subdistrict, of_it) in subdistricts.iter().zip(of_subdistrict) {
        let weights: Vec<u64> = of_it
            .iter()
            .map(|community| {
                let fuller = u64::from(chance.among(FULLER.0, FULLER.1));
                u64::from(communities[*community].dwellings) * fuller
            })
            .collect();
        let shares = people_by(subdistrict.people, &weights);
        for (community, share) in of_it.into_iter().zip(shares) {
            people[community] = share;
        }
    }
    let mut chance = Chance::new(seed, Purpose::Ages, u64::MAX);
    let ages = ages_by_community(&people, &mut chance);
    for (community, ages) in communities.iter_mut().zip(ages) {
        community.people = ages;
    }
}

/// The homes with their people, by stairwell and storey.
pub(super) fn homes(
    communities: &[Community],
    buildings: &[Building],
    stairwells: &[Stairwell],
    options: DistrictOptions,
) -> Vec<Home> {
    let by_storey = options.homes == HomeRecords::Storey;
    let mut homes = Vec::with_capacity(stairwells.len());
    let mut dwellings: Vec<u32> = Vec::with_capacity(stairwells.len());
    let mut of_community: Vec<Vec<u32>> = vec![Vec::new(); communities.len()];
    for (index, stairwell) in (0u32..).zip(stairwells) {
        let building = &buildings[stairwell.building as usize];
        let is_split = by_storey && building.flats > 0;
        let storeys = if is_split { building.storeys } else { 1 };
        for storey in 1..=storeys {
            of_community[building.community as usize].push(homes.len() as u32);
            homes.push(Home {
                stairwell: index,
                // A house has its door on the ground.
                storey: by_storey.then_some(storey),
                people: Ages::default(),
            });
            dwellings.push(if is_split {
                u32::from(building.flats)
            } else {
                building.dwellings_per_stairwell()
            });
        }
    }
    for (index, (community, of_it)) in (0..).zip(communities.iter().zip(of_community)) {
        let mut chance = Chance::new(options.seed, Purpose::People, index);
        let weights: Vec<u64> = of_it
            .iter()
            .map(|home| {
                let fuller = u64::from(chance.among(FULLER_HOMES.0, FULLER_HOMES.1));
                u64::from(dwellings[*home as usize]) * fuller
            })
            .collect();
        let shares = people_by(community.people.total(), &weights);
        let mut chance = Chance::new(options.seed, Purpose::Ages, index);
        let mut left = community.people;
        for (home, share) in of_it.into_iter().zip(shares) {
            homes[home as usize].people = deal(share, &mut left, &mut chance);
        }
    }
    homes
}
