use super::*;
use crate::units::Cutoff;

fn people(counts: &[u64]) -> Vec<People> {
    let counts = counts.iter();
    counts
        .map(|count| People::from_thousandths(count * 1000))
        .collect()
}

fn quarter_hour() -> Cutoff {
    Cutoff::minutes(15.0).expect("a cutoff")
}

/// Walks in minutes by station and resident; `None` where there is none.
type Minutes<'a> = &'a [&'a [Option<f64>]];

fn row(minutes: Minutes<'_>, station: StationId) -> Vec<(ResidentId, Cost)> {
    let walks = (0..).map(ResidentId).zip(minutes[station.index()]);
    walks
        .filter_map(|(resident, minutes)| Some((resident, ((*minutes)? * 60_000.0) as Cost)))
        .collect()
}

fn found(
    method: SupplyMethod,
    decay: &Decay,
    people: &[People],
    capacities: &[Option<People>],
    minutes: Minutes<'_>,
) -> (FloatingCatchments, Vec<f64>) {
    let row = |station| row(minutes, station);
    let found = FloatingCatchments::new(method, decay, people, capacities, row).expect("rows");
    let scores = found.scores(people.len(), row).expect("rows");
    (found, scores)
}

fn assert_near(found: &[f64], expected: &[f64]) {
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        let allowed = 1e-12 * expected.abs().max(1.0);
        assert!(
            (found - expected).abs() <= allowed,
            "{found} and not {expected}"
        );
    }
}

/// Homes of 100, 50 and 200 people; stations for 30 and 24. The last home is just within the cutoff of the second station.
const HOMES: [u64; 3] = [100, 50, 200];
const STATIONS: [u64; 2] = [30, 24];
const WALKS: Minutes<'static> = &[
    &[Some(4.0), Some(8.0), None],
    &[Some(12.0), Some(6.0), Some(15.0)],
];

fn by_hand(method: SupplyMethod, ratios: [f64; 2], scores: [f64; 3]) {
    let capacities: Vec<Option<People>> = people(&STATIONS).into_iter().map(Some).collect();
    let homes = people(&HOMES);
    let decay = Decay::thirds(quarter_hour());
    let (found, of_homes) = found(method, &decay, &homes, &capacities, WALKS);
    let of_stations = found.stations().iter().filter_map(StationSupply::ratio);
    assert_near(&of_stations.collect::<Vec<_>>(), &ratios);
    assert_near(&of_homes, &scores);
    let within: Vec<People> = found.stations().iter().map(|one| one.within).collect();
    assert_eq!(within, people(&[150, 350]));
    // Every place is given to somebody: 30 + 24.
    let given = HOMES
        .iter()
        .zip(&of_homes)
        .map(|(people, score)| *people as f64 * score);
    assert_near(&[given.sum()], &[54.0]);
}

#[test]
fn two_steps_share_a_capacity_among_all_within_the_cutoff_alike() {
    // R = 30 / (100 + 50) and 24 / (100 + 50 + 200).
    let ratios = [30.0 / 150.0, 24.0 / 350.0];
    let both = ratios[0] + ratios[1];
    by_hand(SupplyMethod::TwoStep, ratios, [both, both, ratios[1]]);
}

#[test]
fn enhanced_two_steps_weigh_zones_by_1_0_68_and_0_22() {
    // R = 30 / (100 · 1 + 50 · 0.68) and 24 / (100 · 0.22 + 50 · 0.68 + 200 · 0.22).
    let ratios = [30.0 / 134.0, 24.0 / 100.0];
    let scores = [
        ratios[0] + 0.22 * 0.24,
        0.68 * (ratios[0] + 0.24),
        0.22 * 0.24,
    ];
    by_hand(SupplyMethod::EnhancedTwoStep, ratios, scores);
}

#[test]
fn three_steps_part_each_home_between_its_stations_before() {
    // The first home chooses by 1 / 1.22 and 0.22 / 1.22, the second by 1/2 and 1/2, the third has one station.
    // Demand: 100 · 1/1.22 · 1 + 50 · 1/2 · 0.68 = 120.74 / 1.22, and
    // 100 · 0.22/1.22 · 0.22 + 50 · 1/2 · 0.68 + 200 · 1 · 0.22 = 79.26 / 1.22.
    let ratios = [30.0 * 1.22 / 120.74, 24.0 * 1.22 / 79.26];
    let scores = [
        ratios[0] / 1.22 + ratios[1] * 0.22 * 0.22 / 1.22,
        0.5 * 0.68 * (ratios[0] + ratios[1]),
        0.22 * ratios[1],
    ];
    by_hand(SupplyMethod::ThreeStep, ratios, scores);
}

#[test]
fn a_station_whose_capacity_is_not_known_is_as_if_it_were_not_there() {
    let homes = people(&HOMES);
    let decay = Decay::thirds(quarter_hour());
    let known = people(&[24])[0];
    for method in SupplyMethod::ALL {
        let (with, scores) = found(method, &decay, &homes, &[None, Some(known)], WALKS);
        let (_, without) = found(method, &decay, &homes, &[Some(known)], &WALKS[1..]);
        assert_eq!(scores, without);
        let left_out = with.stations()[0];
        assert_eq!((left_out.demand(), left_out.ratio()), (None, None));
        // Who is near it is known all the same.
        assert_eq!(left_out.within, people(&[150])[0]);
    }
}

#[test]
fn of_a_station_that_nobody_reaches_there_is_no_ratio_and_one_for_nobody_gives_nothing() {
    let homes = people(&[10, 20]);
    let decay = Decay::thirds(quarter_hour());
    // The first station is beyond the cutoff by a second, the second takes nobody, the third is reached by a home without people.
    let walks: Minutes<'_> = &[
        &[Some(15.0 + 1.0 / 60.0), None, None],
        &[None, Some(1.0), None],
        &[None, None, Some(2.0)],
    ];
    let homes = [homes, vec![People::ZERO]].concat();
    let capacities: Vec<Option<People>> = people(&[5, 0, 7]).into_iter().map(Some).collect();
    for method in SupplyMethod::ALL {
        let (found, scores) = found(method, &decay, &homes, &capacities, walks);
        let ratios: Vec<Option<f64>> = found.stations().iter().map(StationSupply::ratio).collect();
        assert_eq!(ratios, [None, Some(0.0), None]);
        assert_eq!(scores, [0.0, 0.0, 0.0]);
    }
}

#[test]
fn a_row_that_names_nobody_is_refused() {
    let decay = Decay::none(quarter_hour());
    let row = |_| [(ResidentId(1), 5)];
    let one = people(&[1]);
    for method in SupplyMethod::ALL {
        let found = FloatingCatchments::new(method, &decay, &one, &[Some(one[0])], row);
        assert_eq!(found.expect_err("one resident").index, 1);
    }
}

/// Numbers that look random: the generator of Numerical Recipes.
struct Random(u64);

impl Random {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005);
        self.0 = self.0.wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

/// The definitions over a full matrix of weights, in floating point.
fn by_definition(
    method: SupplyMethod,
    homes: &[f64],
    capacities: &[f64],
    weights: &[Vec<f64>],
) -> Vec<f64> {
    let stations = 0..capacities.len();
    let weight = |home: usize, station: usize| {
        let plain = weights[station][home];
        let sum: f64 = stations.clone().map(|other| weights[other][home]).sum();
        match method {
            SupplyMethod::TwoStep => f64::from(u8::from(plain > 0.0)),
            SupplyMethod::EnhancedTwoStep => plain,
            SupplyMethod::ThreeStep if sum > 0.0 => plain * plain / sum,
            SupplyMethod::ThreeStep => 0.0,
        }
    };
    let all = 0..homes.len();
    let score = |home: usize| -> f64 {
        let each = stations.clone().map(|station| {
            let demand: f64 = all.clone().map(|of| homes[of] * weight(of, station)).sum();
            match weight(home, station) {
                none if none == 0.0 || demand == 0.0 => 0.0,
                own => capacities[station] / demand * own,
            }
        });
        each.sum()
    };
    all.clone().map(score).collect()
}

#[test]
fn small_towns_are_as_the_definitions_say() {
    let mut random = Random(16);
    let steps = "0-2.5:0.962,2.5-5:0.704,5-7.5:0.377,7.5-15:0.042";
    let decays = ["0-5:1,5-10:0.68,10-15:0.22", steps, "gaussian:4.5"]
        .map(|text| Decay::read(text, quarter_hour()).expect(text));
    for round in 0..300 {
        let decay = &decays[round % 3];
        let (homes, stations) = (1 + random.below(8) as usize, 1 + random.below(5) as usize);
        let people: Vec<People> = (0..homes)
            .map(|_| People::from_thousandths(random.below(90_000)))
            .collect();
        let capacities: Vec<Option<People>> = (0..stations)
            .map(|_| Some(People::from_thousandths(random.below(500_000))))
            .collect();
        let costs: Vec<Vec<Cost>> = (0..stations)
            .map(|_| {
                (0..homes)
                    .map(|_| random.below(1_100_000) as Cost)
                    .collect()
            })
            .collect();
        let row = |station: StationId| {
            let costs = costs[station.index()].iter().copied();
            (0..).map(ResidentId).zip(costs)
        };
        let weights: Vec<Vec<f64>> = costs
            .iter()
            .map(|row| row.iter().map(|cost| decay.weight(*cost)).collect())
            .collect();
        let plain: Vec<f64> = people.iter().map(|people| people.as_f64()).collect();
        let supply: Vec<f64> = capacities
            .iter()
            .flatten()
            .map(|one| one.as_f64())
            .collect();
        for method in SupplyMethod::ALL {
            let found = FloatingCatchments::new(method, decay, &people, &capacities, row);
            let found = found.expect("rows");
            let scores = found.scores(homes, row).expect("rows");
            assert_near(&scores, &by_definition(method, &plain, &supply, &weights));
            // Rows in another order: the same bits.
            let back = |station: StationId| row(station).collect::<Vec<_>>().into_iter().rev();
            let again = FloatingCatchments::new(method, decay, &people, &capacities, back);
            let again = again.expect("rows");
            assert_eq!(again, found);
            assert_eq!(again.scores(homes, back).expect("rows"), scores);
        }
    }
}

fn refused(text: &str) -> DecayError {
    Decay::read(text, quarter_hour()).expect_err(text)
}

#[test]
fn a_decay_says_again_what_was_read() {
    for text in [
        "0-5:1,5-10:0.68,10-15:0.22",
        "0-7.5:1,7.5-15:0.000000000001",
        "0-15:0.5",
        "gaussian:2.25",
    ] {
        let decay = Decay::read(text, quarter_hour()).expect(text);
        assert_eq!(decay.to_string(), text);
    }
    let spaced = Decay::read(" 0 - 5 : 1 ， 5-15：0.5", quarter_hour()).expect("spaces");
    assert_eq!(spaced.to_string(), "0-5:1,5-15:0.5");
    let metres = Cutoff::metres(1000.0).expect("a cutoff");
    let decay = Decay::read("0-500:1,500-1000:0.5", metres).expect("metres");
    // Costs are millimetres.
    assert_eq!(
        [500_000, 500_001, 1_000_001].map(|cost| decay.weight(cost)),
        [1.0, 0.5, 0.0]
    );
    // A third of ten minutes is 200 s.
    let thirds = Decay::thirds(Cutoff::minutes(10.0).expect("a cutoff"));
    assert_eq!(
        [200_000, 200_001].map(|cost| thirds.weight(cost)),
        [1.0, 0.68]
    );
}

#[test]
fn what_is_no_decay_is_refused_with_the_zone_that_is_wrong() {
    for text in [
        "",
        "1",
        "gaussian",
        "gaussian:x",
        "a-5:1",
        "0-5",
        "0-15:",
        "bell:5",
    ] {
        assert!(matches!(refused(text), DecayError::NotRead(_)), "{text}");
    }
    for text in ["gaussian:0", "gaussian:-1", "gaussian:inf", "0-NaN:1"] {
        assert!(matches!(refused(text), DecayError::Width(_)), "{text}");
    }
    for text in ["0-15:0", "0-15:1.1", "0-15:-1", "0-15:NaN", "0-15:inf"] {
        assert!(matches!(refused(text), DecayError::Weight(_)), "{text}");
    }
    for text in [
        "1-15:1",
        "0-5:1,6-15:0.5",
        "0-5:1,4-15:0.5",
        "0-5:1,5-5:0.5,5-15:0.2",
    ] {
        assert!(matches!(refused(text), DecayError::Gap(_)), "{text}");
    }
    assert_eq!(
        refused("0-5:0.5,5-15:0.6"),
        DecayError::Rises("5-15:0.6".to_owned())
    );
    for (text, end) in [("0-5:1,5-10:0.5", "10"), ("0-20:1", "20")] {
        let end = end.to_owned();
        let cutoff = quarter_hour();
        assert_eq!(refused(text), DecayError::End { end, cutoff });
    }
}
