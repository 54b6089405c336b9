//! Control totals against numbers worked out by hand, and kept at every level for random communities and homes.

use proptest::prelude::*;

use super::*;

fn whole(count: u64) -> People {
    People::from_thousandths(count * 1000)
}

fn community(population: u64, groups: &[u64]) -> CommunityPeople {
    CommunityPeople {
        population: whole(population),
        groups: groups.iter().copied().map(whole).collect(),
    }
}

fn home(community: u32, floor_area_m2: f64) -> HomeSize {
    HomeSize {
        community: Some(community),
        floor_area_m2: Some(floor_area_m2),
        ..HomeSize::default()
    }
}

#[test]
fn people_and_groups_are_those_worked_out_by_hand() {
    // 10 people on 500, 300 and 200 m² of 1000: 5, 3, 2. Groups of 3, 4 and 3:
    // 3 on 5:3:2 are 1.5, 0.9, 0.6: 1 each by remainder .9, .6, then .5 gets none, so 1, 1, 1; left 4, 2, 1.
    // 4 on 4:2:1 are 2.29, 1.14, 0.57: 2, 1, 1 (the largest remainder); left 2, 1, 0. The last 3 are those.
    let homes = [home(0, 500.0), home(0, 300.0), home(0, 200.0)];
    let found = Allocation::new(&[community(10, &[3, 4, 3])], &homes, Groups::Parts).unwrap();
    assert_eq!(found.people(), [5, 3, 2].map(whole));
    assert_eq!(found.groups_of(0), [1, 2, 2].map(whole));
    assert_eq!(found.groups_of(1), [1, 1, 1].map(whole));
    assert_eq!(found.groups_of(2), [1, 1, 0].map(whole));
    assert_eq!(found.basis(), [Some(Basis::FloorArea)]);
    assert!(
        found
            .findings(|_| Words::same(""), |_| Words::same(""))
            .is_empty()
    );
}

#[test]
fn a_total_with_a_fraction_is_allocated_in_thousandths() {
    // 2.5 people on 1:1:1: 833.33 thousandths each, the odd one to the first.
    let homes = [home(0, 80.0), home(0, 80.0), home(0, 80.0)];
    let half = CommunityPeople {
        population: People::from_thousandths(2_500),
        groups: Vec::new(),
    };
    let found = Allocation::new(&[half], &homes, Groups::Parts).unwrap();
    assert_eq!(
        found.people(),
        [834, 833, 833].map(People::from_thousandths)
    );
}

#[test]
fn overlapping_groups_may_be_more_than_everybody() {
    // 8 people, 6 of them 60 and more, 4 of those in a wheelchair, on 3:1: 6 and 2; 4.5 and 1.5 (a tie: the first); 3 and 1.
    let homes = [home(0, 300.0), home(0, 100.0)];
    let found = Allocation::new(&[community(8, &[6, 4])], &homes, Groups::Overlapping).unwrap();
    assert_eq!(found.groups_of(0), [5, 3].map(whole));
    assert_eq!(found.groups_of(1), [1, 1].map(whole));
    let refused = Allocation::new(&[community(8, &[6, 4])], &homes, Groups::Parts).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "community 0 has 10 people in its groups and a population of 8"
    );
    assert!(crate::text::language::is_chinese(&refused.zh()));
}

#[test]
fn without_floor_areas_dwellings_then_storeys_then_homes_count() {
    let sized = |community, floor_area_m2, dwellings, storeys: Option<u32>| HomeSize {
        community: Some(community),
        floor_area_m2,
        dwellings,
        storeys: storeys.map(f64::from),
        footprint_m2: None,
    };
    let homes = [
        // One area of three: too few, so dwellings decide, 1:2:1 (the third counts as the lower median).
        sized(0, Some(900.0), Some(10), None),
        sized(0, None, Some(20), Some(7)),
        sized(0, Some(f64::NAN), None, Some(7)),
        // No area is above 0 and no dwelling is known: storeys, 6:2.
        sized(1, Some(0.0), None, Some(6)),
        sized(1, Some(0.0), None, Some(2)),
        // Nothing at all.
        sized(2, None, None, None),
        sized(2, Some(-5.0), None, None),
        // In no community.
        HomeSize::default(),
        // Two areas of three are enough; the third counts as the smaller of them: 1:2:1.
        sized(4, Some(100.0), None, None),
        sized(4, Some(200.0), None, None),
        sized(4, None, Some(500), None),
    ];
    let communities = [4, 8, 3, 7, 8].map(|people| community(people, &[]));
    let found = Allocation::new(&communities, &homes, Groups::Parts).unwrap();
    assert_eq!(found.people(), [1, 2, 1, 6, 2, 2, 1, 0, 2, 4, 2].map(whole));
    let bases = [
        Some(Basis::Dwellings),
        Some(Basis::Storeys),
        Some(Basis::Equal),
        None,
        Some(Basis::FloorArea),
    ];
    assert_eq!(found.basis(), bases);
    assert_eq!(found.estimated(), [1, 0, 0, 0, 1]);
    assert_eq!(found.homes_without_community(), [7]);
    // The fourth community has people and no home: they are not lost.
    assert_eq!(
        found.unallocated(),
        [Unallocated {
            community: 3,
            people: community(7, &[])
        }]
    );
    let name = |index: u32| Words::same(index.to_string());
    let findings = found.findings(name, name);
    let counts = [
        FindingCode::NoFloorArea,
        FindingCode::AllocatedEqually,
        FindingCode::HomeWithoutSize,
        FindingCode::HomeWithoutCommunity,
        FindingCode::PeopleWithoutHomes,
    ]
    .map(|code| findings.count(code));
    assert_eq!(counts, [2, 1, 2, 1, 1]);
}

#[test]
fn footprint_times_storeys_counts_where_floor_areas_are_not_known() {
    let built = |footprint, storeys| HomeSize {
        community: Some(0),
        footprint_m2: Some(footprint),
        storeys,
        ..HomeSize::default()
    };
    // 100 × 6, 200 × 2 and 150 × 4 are 600, 400 and 600 of 1600: 80 people are 30, 20 and 30.
    let homes = [
        built(100.0, Some(6.0)),
        built(200.0, Some(2.0)),
        built(150.0, Some(4.0)),
    ];
    let found = Allocation::new(&[community(80, &[])], &homes, Groups::Parts).unwrap();
    assert_eq!(found.people(), [30, 20, 30].map(whole));
    assert_eq!(found.basis(), [Some(Basis::FootprintStoreys)]);
    // Footprints alone, 100, 200 and 150 of 450: 18 people are 4, 8 and 6.
    let homes = [100.0, 200.0, 150.0].map(|footprint| built(footprint, None));
    let found = Allocation::new(&[community(18, &[])], &homes, Groups::Parts).unwrap();
    assert_eq!(found.people(), [4, 8, 6].map(whole));
    assert_eq!(found.basis(), [Some(Basis::Footprint)]);
}

#[test]
fn what_does_not_fit_together_is_refused() {
    let uneven = [community(3, &[1]), community(3, &[])];
    assert_eq!(
        Allocation::new(&uneven, &[], Groups::Parts),
        Err(AllocationError::GroupCount {
            community: 1,
            found: 0,
            expected: 1
        })
    );
    let stray = Allocation::new(&[community(3, &[])], &[home(1, 9.0)], Groups::Parts);
    let stray = stray.unwrap_err();
    assert_eq!(
        stray.to_string(),
        "home 0 is of community 1, and there are 1"
    );
    assert!(crate::text::language::is_chinese(&stray.zh()));
}

/// Communities with three parts of their people, each in one of three streets, and homes in them or in none.
fn district() -> impl Strategy<Value = (Vec<(CommunityPeople, usize)>, Vec<HomeSize>)> {
    let scale = prop_oneof![Just(1000u64), Just(1)];
    let people = (
        scale,
        [0u64..4_000, 0u64..900, 0u64..60],
        0u64..50,
        0usize..3,
    );
    let communities = prop::collection::vec(people, 1..6).prop_map(|communities| {
        let community = |(scale, groups, rest, street): (u64, [u64; 3], u64, usize)| {
            let population = groups.iter().sum::<u64>() + rest;
            let counted = |count: u64| People::from_thousandths(count * scale);
            let people = CommunityPeople {
                population: counted(population),
                groups: groups.into_iter().map(counted).collect(),
            };
            (people, street)
        };
        communities.into_iter().map(community).collect::<Vec<_>>()
    });
    communities.prop_flat_map(|communities| {
        let count = communities.len() as u32;
        let home = (
            prop::option::weighted(0.9, 0..count),
            prop::option::weighted(0.7, 0.0..2_000.0),
            prop::option::weighted(0.7, 0u32..60),
            prop::option::weighted(0.7, 0u32..30),
        )
            .prop_map(|(community, floor_area_m2, dwellings, storeys)| HomeSize {
                community,
                floor_area_m2,
                dwellings,
                storeys: storeys.map(f64::from),
                footprint_m2: dwellings.filter(|count| count % 3 == 0).map(f64::from),
            });
        (Just(communities), prop::collection::vec(home, 0..40))
    })
}

/// Adds up homes and the unallocated by any key of a community.
fn sums(
    found: &Allocation,
    homes: &[HomeSize],
    key: impl Fn(usize) -> usize,
    column: Option<usize>,
) -> Vec<u64> {
    let mut sums = vec![0; 6];
    for (index, home) in homes.iter().enumerate() {
        let people = column.map_or(found.people()[index], |group| found.groups_of(index)[group]);
        match home.community {
            Some(community) => sums[key(community as usize)] += people.thousandths(),
            None => assert_eq!(people, People::ZERO),
        }
    }
    for rest in found.unallocated() {
        let people = column.map_or(rest.people.population, |group| rest.people.groups[group]);
        sums[key(rest.community as usize)] += people.thousandths();
    }
    sums
}

proptest! {
    #[test]
    fn control_totals_are_kept_at_every_level((communities, homes) in district(), overlapping in any::<bool>()) {
        let kind = if overlapping { Groups::Overlapping } else { Groups::Parts };
        let people: Vec<CommunityPeople> = communities.iter().map(|(people, _)| people.clone()).collect();
        let found = Allocation::new(&people, &homes, kind).unwrap();
        let levels: [&dyn Fn(usize) -> usize; 3] = [&|community| community, &|community| communities[community].1, &|_| 0];
        for level in levels {
            for column in [None, Some(0), Some(1), Some(2)] {
                let mut totals = vec![0; 6];
                for (index, community) in people.iter().enumerate() {
                    let count = column.map_or(community.population, |group| community.groups[group]);
                    totals[level(index)] += count.thousandths();
                }
                prop_assert_eq!(sums(&found, &homes, level, column), totals);
            }
        }
        for (index, home) in homes.iter().enumerate() {
            let (population, groups) = (found.people()[index].thousandths(), found.groups_of(index));
            let members: u64 = groups.iter().map(|group| group.thousandths()).sum();
            let Some(community) = home.community.map(|community| &people[community as usize]) else { continue };
            let all: u64 = community.groups.iter().map(|group| group.thousandths()).sum();
            if !overlapping {
                prop_assert!(members <= population);
                if all == community.population.thousandths() {
                    prop_assert_eq!(members, population);
                }
            }
            // The k-th group is less than k from its exact share, an overlapping one less than 1.
            let unit = unit_of(community);
            let whole = community.population.thousandths();
            for (k, (group, total)) in (1..).zip(groups.iter().zip(&community.groups)) {
                prop_assert!(*group <= found.people()[index]);
                let off = (group.thousandths() * whole).abs_diff(total.thousandths() * population);
                let k = if overlapping { 1 } else { k };
                prop_assert!(off < k * unit * whole.max(1), "{} {} {}", off, k, whole);
            }
        }
    }
}
