//! Gaps of a town drawn by hand.
//!
//! On the equator 0.001° are 111 m either way (see `golden`). A station stands at the western end of a street of 18 steps;
//! plain walkers do 1,200 m in 15 minutes, a little less than 11 steps.
//!
//! ```text
//!              P (12,3)   Q (16,3)            an island of 222 m at (30,0)-(32,0)
//!              |          |
//!  A(0,0) --- (12,0) --- (16,0) - (18,0)      nobody near (40,5)
//!
//!  R(9,-0.5) --------- (20,-0.5)              a street that touches nothing: half a step from the covered one
//! ```

use geo::Contains;
use pedshed::control::Control;
use pedshed::coverage::Status;
use pedshed::gaps::{GapOptions, GapReason, Gaps};
use pedshed::geometry::Location;
use pedshed::id::{ResidentId, StationId};
use pedshed::model::{
    Access, CityRecords, Passage, Profile, Resident, Station, Streets, StreetsBuilder, WayKind,
};
use pedshed::network::Network;
use pedshed::planning::provision::{GroupQuestion, PeopleGroup};
use pedshed::units::{COST_SCALE, People};
use pedshed::{Analysis, Options, analyse};

/// Tenths of a step.
fn streets() -> Streets {
    let places = [
        (0, 0),
        (120, 0),
        (160, 0),
        (180, 0),
        (120, 30),
        (160, 30),
        (90, -5),
        (200, -5),
        (300, 0),
        (320, 0),
        (350, 0),
        (380, 0),
    ];
    let location = |(x, y)| Location {
        lon_e7: x * 1000,
        lat_e7: y * 1000,
    };
    let mut streets = StreetsBuilder::new(places.map(location).to_vec());
    let ways = [
        (1, [0, 1], "High Street"),
        (2, [1, 2], "High Street"),
        (3, [2, 3], "High Street"),
        (4, [1, 4], "North Lane"),
        (5, [2, 5], "Mill Lane"),
        (6, [6, 7], "South Row"),
        (7, [8, 9], "Island Way"),
    ];
    for (id, refs, name) in ways {
        streets.add_way(id, &refs, WayKind::Street, Some(name));
    }
    let inner = Passage {
        access: Access::Private,
        ..Passage::from(WayKind::Street)
    };
    streets.add_way(8, &[10, 11], inner, Some("Inner Road"));
    streets.finish(Vec::new())
}

fn resident(id: &str, x: f64, y: f64, people: u64) -> Resident {
    Resident::new(id, x / 1000.0, y / 1000.0).with_people(People::from_thousandths(people * 1000))
}

fn found(residents: &[Resident], options: GapOptions) -> (Analysis, Gaps) {
    let network = Network::build(&streets()).expect("streets");
    let city = CityRecords {
        stations: &[Station::new("centre", 0.0, 0.0)],
        residents,
        areas: &[],
    };
    let asked = Options {
        profile: Profile::plain(),
        ..Options::minutes(&[5.0, 15.0]).expect("cutoffs")
    };
    let analysis = analyse(&network, city, asked, Control::default()).expect("streets");
    let gaps = analysis
        .gaps(residents, options, Control::default())
        .expect("nobody cancels");
    (analysis, gaps)
}

fn thousandths(people: u64) -> People {
    People::from_thousandths(people * 1000)
}

#[test]
fn neighbours_on_foot_make_a_gap_and_a_long_walk_parts_two() {
    let residents = [
        resident("covered", 5.0, 0.0, 100),
        // One step apart along North Lane, and two more round the corner.
        resident("north 1", 12.0, 2.9, 3),
        resident("north 2", 12.0, 1.9, 4),
        resident("corner", 12.6, 0.0, 2),
        // On Mill Lane, 4 steps along High Street from the corner.
        resident("mill", 16.0, 2.0, 5),
    ];
    let (_, gaps) = found(&residents, GapOptions::default());
    let members: Vec<Vec<u32>> = gaps
        .list
        .iter()
        .map(|gap| gap.residents.iter().map(|resident| resident.0).collect())
        .collect();
    // 150 m: north 1 and north 2 are 111 m apart, the corner is 1.9 × 110.6 + 0.6 × 111.3 = 277 m from north 2.
    assert_eq!(members, [vec![1, 2], vec![4], vec![3]]);
    let people: Vec<People> = gaps.list.iter().map(|gap| gap.people).collect();
    assert_eq!(people, [7, 5, 2].map(thousandths));
    assert!(gaps.list.iter().all(|gap| gap.reason == GapReason::TooFar));
    let wide = GapOptions::default().with_link_m(300.0).expect("metres");
    let (_, gaps) = found(&residents, wide);
    assert_eq!(gaps.list[0].people, thousandths(9));
    assert_eq!(gaps.list[0].street.as_deref(), Some("North Lane"));
}

#[test]
fn a_gap_says_by_how_much_it_is_too_far_for_the_middle_person() {
    let residents = [
        resident("north 1", 12.0, 2.9, 1),
        resident("north 2", 12.0, 2.0, 5),
        resident("north 3", 12.0, 1.1, 1),
    ];
    let (_, gaps) = found(&residents, GapOptions::default());
    let [gap] = gaps.list.as_slice() else {
        panic!("one gap, not {:?}", gaps.list)
    };
    // The middle of seven people lives at north 2: 12 steps east and 2 north at 0.75 s a metre, less 15 minutes.
    let walk = 12.0 * 83_489.6 + 2.0 * 82_930.7;
    let extra = f64::from(gap.median_extra.expect("a walk"));
    assert!((extra - (walk - 900.0 * COST_SCALE)).abs() < 3.0, "{extra}");
    assert_eq!(gap.nearest_station, Some(StationId(0)));
    // Their mean is at north 2 too.
    assert_eq!((gap.centre.x, gap.centre.y), (0.012, 0.002));
    for resident in &residents {
        let home = *resident.place.as_ref().expect("a place");
        assert!(gap.outline.contains(&home), "{}", resident.id);
    }
    assert!(
        !gap.outline
            .contains(&geo_types::coord! { x: 0.005, y: 0.0 })
    );
}

#[test]
fn a_gap_has_the_real_walk_of_its_middle_resident() {
    let residents = [
        resident("north 1", 12.0, 2.9, 1),
        resident("north 2", 12.2, 2.0, 5),
        resident("north 3", 12.0, 1.1, 1),
        resident("on the island", 31.0, 0.1, 3),
    ];
    let (analysis, gaps) = found(&residents, GapOptions::default());
    let city = CityRecords {
        stations: &[Station::new("centre", 0.0, 0.0)],
        residents: &residents,
        areas: &[],
    };
    let walks = analysis.gap_walks(city, &gaps, 20).expect("a walk");
    let [Some(walk), None] = walks.as_slice() else {
        panic!("one walk and none from the island, not {walks:?}")
    };
    // From 22 m beside North Lane down to High Street and along it: 0.2 + 2 + 12 steps, at 0.75 s a metre.
    assert_eq!((walk.resident.0, walk.station), (1, StationId(0)));
    let tenths = |degrees: f64| (degrees * 10_000.0).round() as i32;
    let line = walk.line.iter();
    let line: Vec<(i32, i32)> = line.map(|at| (tenths(at.x), tenths(at.y))).collect();
    assert_eq!(line, [(122, 20), (120, 20), (120, 0), (0, 0)]);
    let metres = 12.2 * 111.319_5 + 2.0 * 110.574_4;
    assert!((walk.metres - metres).abs() < 0.1, "{}", walk.metres);
    assert!((walk.cost as f64 / 1000.0 - metres * 0.75).abs() < 0.1);
    let nearest = analysis.coverage.nearest()[1].expect("a station");
    assert_eq!(walk.cost, nearest.cost);
    assert!(
        analysis
            .gap_walks(city, &gaps, 0)
            .expect("nothing")
            .is_empty()
    );
}

#[test]
fn each_reason_is_told_from_the_others() {
    let residents = [
        resident("far", 16.0, 2.0, 6),
        resident("on the island", 31.0, 0.1, 5),
        resident("behind the wall", 36.0, 0.1, 4),
        resident("in the fields", 40.0, 5.0, 3),
        resident("too far east on South Row", 19.5, -0.5, 2),
    ];
    let (_, gaps) = found(&residents, GapOptions::default());
    let reasons: Vec<(u32, GapReason)> = gaps
        .list
        .iter()
        .map(|gap| (gap.residents[0].0, gap.reason))
        .collect();
    let expected = [
        (0, GapReason::TooFar),
        (1, GapReason::Island),
        (2, GapReason::ClosedPocket),
        (3, GapReason::OffNetwork),
        (4, GapReason::NoPath),
    ];
    assert_eq!(reasons, expected);
    assert!(gaps.list[4].median_extra.is_none());
    assert!(gaps.list[3].nearest_station.is_none());
}

#[test]
fn a_link_is_missing_where_a_covered_street_is_near_and_the_walk_long() {
    // At the western end of South Row, half a step (55 m) from High Street at 9, which is covered: 9 steps are 751 s, the
    // link 41 s, and 108 s are left: 144 m, 1.29 steps. So who lives at 10 would be covered, and who lives at 11 not.
    let residents = [
        resident("at 9.2", 9.2, -0.5, 4),
        resident("at 10", 10.0, -0.5, 3),
        resident("at 11", 11.0, -0.5, 2),
    ];
    let (_, gaps) = found(&residents, GapOptions::default());
    let [gap] = gaps.list.as_slice() else {
        panic!("one gap, not {:?}", gaps.list)
    };
    assert_eq!(gap.reason, GapReason::LinkMissing);
    let link = gap.link.expect("a link");
    assert_eq!(link.gain, thousandths(7));
    assert!((link.metres - 55.3).abs() < 0.1, "{}", link.metres);
    assert!((link.from.x - 0.009).abs() < 1e-9 && (link.to.y).abs() < 1e-9);
    // A link of 55 m is none where 50 m are the most.
    let short = GapOptions::default().with_missing_link_m(50.0);
    let short = short.expect("metres");
    let (_, gaps) = found(&residents, short);
    assert_eq!(gaps.list[0].reason, GapReason::NoPath);
}

#[test]
fn everybody_left_out_is_in_exactly_one_gap() {
    let residents: Vec<Resident> = (0..400)
        .map(|n| {
            let (x, y) = (f64::from(n % 40) - 1.0, f64::from(n / 40) / 2.0 - 1.0);
            resident(&n.to_string(), x, y, u64::from(n as u32 % 3))
        })
        .chain([Resident::new("nowhere", 999.0, 0.0)])
        .collect();
    let (analysis, gaps) = found(&residents, GapOptions::default());
    let mut members: Vec<ResidentId> = gaps
        .list
        .iter()
        .flat_map(|gap| gap.residents.clone())
        .collect();
    members.sort_unstable();
    let left_out: Vec<ResidentId> = (0..400)
        .map(ResidentId)
        .filter(|id| analysis.coverage.statuses()[id.index()] != Status::Covered)
        .collect();
    assert_eq!(members, left_out);
    let people: People = gaps.list.iter().map(|gap| gap.people).sum();
    let uncovered = [Status::Beyond, Status::Unreachable, Status::OffNetwork];
    let with_status = |status| analysis.coverage.with_status(status).people;
    assert_eq!(people, uncovered.map(with_status).into_iter().sum());
}

#[test]
fn a_group_has_gaps_of_its_own_people_as_they_walk() {
    // At 3.3 km/h a metre is 1.0909 s, and 15 minutes are 825 m: 7.4 steps; the study's walker does 10.8.
    let residents = [
        resident("near all", 5.0, 0.0, 4),
        resident("too far for the old", 9.0, 0.0, 12),
        resident("with none of them", 11.5, 0.0, 30),
        resident("too far for all", 16.0, 2.0, 6),
    ];
    let (analysis, gaps) = found(&residents, GapOptions::default());
    let members = |gaps: &Gaps| -> Vec<Vec<u32>> {
        let members = gaps.list.iter().map(|gap| &gap.residents);
        members
            .map(|members| members.iter().map(|member| member.0).collect())
            .collect()
    };
    assert_eq!(members(&gaps), [vec![2], vec![3]]);
    let old = PeopleGroup {
        name: "the old".to_owned(),
        profile: Profile::named("elder").expect("a profile"),
        people: [4, 10, 0, 3].map(thousandths).to_vec(),
    };
    let question = GroupQuestion {
        placed: analysis.placed(),
        city: CityRecords {
            stations: &[Station::new("centre", 0.0, 0.0)],
            residents: &residents,
            areas: &[],
        },
        tests: &analysis.options.tests,
        gaps: Some(GapOptions::default()),
    };
    let found = question.ask(&[old], Control::default());
    let found = found.expect("a walker");
    let gaps = found[0].gaps.as_ref().expect("they were asked for");
    assert_eq!(members(gaps), [vec![1], vec![3]]);
    let [first, last] = gaps.list.as_slice() else {
        panic!("two gaps")
    };
    assert_eq!(
        (first.people, last.people),
        (thousandths(10), thousandths(3))
    );
    assert_eq!(first.reason, GapReason::TooFar);
    assert_eq!(first.nearest_station, Some(StationId(0)));
    assert_eq!(first.street.as_deref(), Some("High Street"));
    assert_eq!((first.centre.x, first.centre.y), (0.009, 0.0));
    let extra = f64::from(first.median_extra.expect("a walk")) / COST_SCALE;
    let walk = 9.0 * 111.319_5 * 3.6 / 3.3;
    assert!((extra - (walk - 900.0)).abs() < 0.1, "{extra}");
    // Whose the gaps of all are is another question: these are theirs alone.
    assert_eq!(found[0].by_status[Status::Beyond as usize], thousandths(13));
}

/// A straight street of 40 steps with the station at its western end, and a home at every half step.
fn long_street(lon: f64) -> (Streets, Vec<Station>, Vec<Resident>) {
    let at = |x: f64| {
        let east = lon + x / 1000.0;
        if east > 180.0 { east - 360.0 } else { east }
    };
    let location = |x: f64| Location {
        lon_e7: (at(x) * 1e7).round() as i32,
        lat_e7: 0,
    };
    let mut streets = StreetsBuilder::new((0..=40).map(|x| location(f64::from(x))).collect());
    for x in 0..40 {
        streets.add_way(i64::from(x) + 1, &[x, x + 1], WayKind::Street, None);
    }
    let homes = (0..80).map(|n| Resident::new(n.to_string(), at(f64::from(n) / 2.0), 0.0003));
    let stations = vec![Station::new("centre", at(0.0), 0.0)];
    (streets.finish(Vec::new()), stations, homes.collect())
}

fn found_on(lon: f64) -> (Vec<Resident>, Gaps) {
    let (streets, stations, residents) = long_street(lon);
    let network = Network::build(&streets).expect("a street");
    let city = CityRecords {
        stations: &stations,
        residents: &residents,
        areas: &[],
    };
    let asked = Options {
        profile: Profile::plain(),
        ..Options::minutes(&[15.0]).expect("cutoffs")
    };
    let analysis = analyse(&network, city, asked, Control::default()).expect("streets");
    let gaps = analysis.gaps(&residents, GapOptions::default(), Control::default());
    (residents, gaps.expect("nobody cancels"))
}

#[test]
fn a_gap_wider_than_a_circle_is_cut_and_each_part_keeps_to_its_own_ground() {
    let (residents, gaps) = found_on(10.0);
    // 30 steps (3.3 km) are uncovered; a circle of 1,200 m reaches 10.8 steps to either side of the worst off.
    assert!((3..=4).contains(&gaps.list.len()), "{}", gaps.list.len());
    for (number, gap) in gaps.list.iter().enumerate() {
        for (id, resident) in (0..).map(ResidentId).zip(&residents) {
            let home = *resident.place.as_ref().expect("a place");
            let is_member = gap.residents.binary_search(&id).is_ok();
            let nearest = gap
                .residents
                .iter()
                .map(|member| member.0.abs_diff(id.0))
                .min();
            // Neighbours of the next part live 56 m apart; the outline runs 40 m around homes and the street between.
            if is_member || nearest > Some(2) {
                assert_eq!(
                    gap.outline.contains(&home),
                    is_member,
                    "gap {number}: {}",
                    id.0
                );
            }
        }
    }
}

#[test]
fn the_antimeridian_parts_nobody_and_costs_nothing() {
    let (_, here) = found_on(10.0);
    let (_, there) = found_on(179.985);
    let members = |gaps: &Gaps| -> Vec<Vec<ResidentId>> {
        gaps.list.iter().map(|gap| gap.residents.clone()).collect()
    };
    assert_eq!(members(&here), members(&there));
    for corner in there
        .list
        .iter()
        .flat_map(|gap| &gap.outline)
        .flat_map(geo::Polygon::exterior)
    {
        assert!(180.0 - corner.x.abs() < 0.03, "{corner:?}");
    }
}

#[test]
fn homes_without_a_street_group_as_the_crow_flies() {
    // A thousand homes over some 3 by 3 km of fields, thinner and thicker, and a hundred at one place.
    let mut residents: Vec<Resident> = (0..1000)
        .map(|n| {
            let part = |step: f64| (f64::from(n) * step).fract();
            let (x, y) = (part(0.754_877_666), part(0.569_840_291));
            Resident::new(n.to_string(), 0.1 + x * x * 0.028, 0.05 + y * 0.028)
        })
        .collect();
    residents.extend((0..100).map(|n| Resident::new(format!("same {n}"), 0.2, 0.05)));
    for link_m in [40.0, 80.0, 150.0] {
        let options = GapOptions::default().with_link_m(link_m).expect("metres");
        let (_, gaps) = found(&residents, options);
        let mut found: Vec<Vec<u32>> = gaps
            .list
            .iter()
            .map(|gap| gap.residents.iter().map(|member| member.0).collect())
            .collect();
        found.sort();
        let place = |n: usize| *residents[n].place.as_ref().expect("a place");
        let mut of: Vec<usize> = (0..residents.len()).collect();
        for one in 0..residents.len() {
            for other in 0..one {
                if pedshed::geometry::geodesic_m(place(one), place(other)) <= link_m {
                    let (low, high) = (of[one].min(of[other]), of[one].max(of[other]));
                    of.iter_mut()
                        .filter(|group| **group == high)
                        .for_each(|group| *group = low);
                }
            }
        }
        let mut expected = std::collections::BTreeMap::<usize, Vec<u32>>::new();
        for (number, group) in of.iter().enumerate() {
            expected.entry(*group).or_default().push(number as u32);
        }
        let mut expected: Vec<Vec<u32>> = expected.into_values().collect();
        expected.sort();
        assert_eq!(found, expected, "{link_m} m");
    }
}
