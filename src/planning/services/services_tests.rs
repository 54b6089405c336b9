//! Services against numbers worked out by hand, and against their definitions for random walks.

use proptest::prelude::*;

use super::*;

fn whole(count: u64) -> People {
    People::from_thousandths(count * 1000)
}

#[expect(clippy::unnecessary_wraps, reason = "walks hold it so")]
fn near(place: u32, cost: u64) -> Option<Near> {
    Some(Near { place, cost })
}

#[test]
fn services_are_parted_as_registers_part_them() {
    for cell in [
        "大厅;阅览室;调解室",
        "大厅；阅览室、调解室",
        " 大厅 ,阅览室，调解室,",
        "大厅|阅览室/调解室",
        "大厅\r\n阅览室\n调解室",
        "大厅／阅览室｜调解室／大 厅",
    ] {
        assert_eq!(services_in(cell), ["大厅", "阅览室", "调解室"], "{cell}");
    }
    assert_eq!(services_in("Reading room; READING ROOM"), ["Reading room"]);
}

#[test]
fn places_are_counted_once_with_all_that_their_stations_offer() {
    let offers = Offers::new(&["甲、乙", "丙", "甲；乙；丙", "", "乙，甲"].map(services_in));
    assert_eq!(offers.names(), ["甲", "乙", "丙"]);
    assert_eq!(offers.by_station()[4], [0, 1]);
    assert_eq!(offers.stations_with(0), [0, 2, 4]);
    assert!(offers.stations_with(9).is_empty());
    // Stations 0 and 1 stand at place 5 and have all three between them; so has station 2 alone.
    assert_eq!(offers.places_with_all(&[5, 5, 1, 1, 0]), [1, 5]);
    assert_eq!(offers.places_with_all(&[0, 1, 2, 3, 4]), [2]);
}

#[test]
fn people_are_counted_by_service_and_area() {
    // Cutoff 10. Residents of 4, 2, 1 and 8 people in areas 0, 0, 1 and none; the first is in 2 as well.
    // Service a: 5, 10, 11, –. Service b: 10, 12, 3, 1.
    let walks = Walks {
        people: &[4, 2, 1, 8].map(whole),
        area_of: &[Some(0), Some(0), Some(1), None],
        further: &[(ResidentId(0), 2)],
        areas: 3,
        nearest: &[
            vec![near(0, 5), near(0, 10), near(0, 11), None],
            vec![near(1, 10), near(1, 12), near(1, 3), near(1, 1)],
        ],
        nearest_with_all: &[near(2, 10), near(2, 11), None, near(2, 99)],
        cutoff: 10,
    };
    let found = ServiceCoverage::new(&walks);
    let covered = |by_area: &ByArea| {
        let areas = by_area.areas.iter().map(|area| area.covered);
        areas.chain([by_area.all.covered]).collect::<Vec<_>>()
    };
    assert_eq!(covered(&found.services[0]), [6, 0, 4, 6].map(whole));
    assert_eq!(covered(&found.services[1]), [4, 1, 4, 13].map(whole));
    assert_eq!(covered(&found.all_within), [4, 0, 4, 4].map(whole));
    assert_eq!(covered(&found.all_at_one), [4, 0, 4, 4].map(whole));
    assert_eq!(found.services[0].all.people, whole(15));
    assert_eq!(found.services[0].areas[0].residents, 2);
    // 15 − 6 = 9 are without a, 15 − 13 = 2 without b.
    assert_eq!(found.missing_most(), Some((0, whole(9))));
}

#[test]
fn trips_and_walking_saved_are_those_worked_out_by_hand() {
    // Three services. The first home, of 2 people: places 0, 0 and 1 at 3, 3 and 4, so two trips of 6 + 8 = 14; with one place
    // at 5 one trip of 10: 2 · 1 trips and 2 · 4 saved. The second, of 1: three places at 1 each, 6 in all; one place at 8 is
    // 16: two trips saved, −10 of walking. The third has no path to the last service, the fourth none to a place with all.
    let walks = Walks {
        people: &[2, 1, 5, 7].map(whole),
        area_of: &[None; 4],
        further: &[],
        areas: 0,
        nearest: &[
            vec![near(0, 3), near(0, 1), near(0, 1), near(0, 1)],
            vec![near(0, 3), near(1, 1), near(0, 1), near(0, 1)],
            vec![near(1, 4), near(2, 1), None, near(0, 1)],
        ],
        nearest_with_all: &[near(3, 5), near(3, 8), near(3, 1), None],
        cutoff: 10,
    };
    let saved = ServiceCoverage::new(&walks).saved;
    assert_eq!((saved.people, saved.not_compared), (whole(3), whole(12)));
    assert_eq!(saved.shorter, whole(2));
    assert_eq!(saved.trips(), 2.0 + 2.0);
    assert_eq!(saved.cost(), 8.0 - 10.0);
}

#[test]
fn without_services_nobody_lacks_any() {
    let walks = Walks {
        people: &[People::ONE],
        area_of: &[None],
        further: &[],
        areas: 0,
        nearest: &[],
        nearest_with_all: &[None],
        cutoff: 10,
    };
    let found = ServiceCoverage::new(&walks);
    assert_eq!(found.missing_most(), None);
    assert_eq!(found.saved.not_compared, People::ONE);
    let offers = Offers::new(&[Vec::new()]);
    assert_eq!(
        best_additions(&offers, &walks, |_| [(ResidentId(0), 1)]),
        [None]
    );
}

const HOMES: usize = 8;
const STATIONS: usize = 5;
const SERVICES: u32 = 3;

/// The people of every home, their costs to every station, and what stations offer; every station is a place.
type Town = (Vec<u64>, Vec<Vec<Option<u32>>>, Vec<Vec<u32>>);

fn town() -> impl Strategy<Value = Town> {
    let row = prop::collection::vec(prop::option::weighted(0.8, 0u32..20), STATIONS);
    let offered =
        prop::sample::subsequence((0..SERVICES).collect::<Vec<_>>(), 0..=SERVICES as usize);
    (
        prop::collection::vec(0u64..9, HOMES),
        prop::collection::vec(row, HOMES),
        prop::collection::vec(offered, STATIONS),
    )
}

proptest! {
    #[test]
    fn an_added_service_covers_as_many_as_it_says((people, costs, mut offered) in town(), cutoff in 0u64..20) {
        // Every service is named, so that it has a number.
        offered.push((0..SERVICES).collect());
        let lists = |offered: &[Vec<u32>]| offered.iter().rev()
            .map(|services| services.iter().map(|service| format!("s{service}")).collect()).collect::<Vec<Vec<String>>>();
        let offers = Offers::new(&lists(&offered));
        // The last, now the first, stands nowhere; the others follow in reverse.
        let cost = |home: usize, station: usize| (station > 0).then(|| costs[home][STATIONS - station]).flatten();
        let people: Vec<People> = people.into_iter().map(whole).collect();
        let nearest_where = |offers: &Offers, is_wanted: &dyn Fn(&[u32]) -> bool| -> Vec<Option<Near>> {
            (0..HOMES).map(|home| (0..=STATIONS)
                .filter(|station| is_wanted(&offers.by_station()[*station]))
                .filter_map(|station| Some(Near { place: station as u32, cost: u64::from(cost(home, station)?) }))
                .min_by_key(|near| near.cost)).collect()
        };
        let coverage_of = |offers: &Offers, services: u32| {
            let nearest: Vec<_> = (0..services).map(|service| nearest_where(offers, &|offered| offered.contains(&service))).collect();
            let with_all = nearest_where(offers, &|offered| offered.len() == SERVICES as usize);
            let walks = Walks { people: &people, area_of: &[None; HOMES], further: &[], areas: 0, nearest: &nearest, nearest_with_all: &with_all, cutoff };
            let additions = best_additions(offers, &walks, |station| {
                (0..HOMES).filter_map(move |home| Some((ResidentId(home as u32), cost(home, station.index())?)))
            });
            (ServiceCoverage::new(&walks), additions)
        };
        let (before, additions) = coverage_of(&offers, SERVICES);
        // All at one place is all within; no more people than any one service has.
        prop_assert!(before.all_at_one.all.covered <= before.all_within.all.covered);
        prop_assert!(before.services.iter().all(|service| before.all_within.all.covered <= service.all.covered));
        // Adding any service to any station covers what was promised, and no other one more.
        for (station, addition) in additions.iter().enumerate() {
            for service in 0..SERVICES {
                let mut with = offers.clone();
                with.by_station[station].push(service);
                with.by_station[station].sort_unstable();
                with.by_station[station].dedup();
                let (after, _) = coverage_of(&with, SERVICES);
                let gain = after.services[service as usize].all.covered - before.services[service as usize].all.covered;
                prop_assert!(gain <= addition.map_or(People::ZERO, |addition| addition.people));
                if let Some(addition) = addition.filter(|addition| addition.service == service) {
                    prop_assert_eq!(gain, addition.people);
                }
            }
        }
    }
}
