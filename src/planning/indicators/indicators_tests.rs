use super::*;
use crate::inputs::Source;

/// A clause with both limits that the network's metres decide, one of minutes alone, and a straight one.
fn standard() -> Standard {
    let text = "
id = 'ours'
name = 'Ours'
source = 'page 1'
[[clause]]
number = '1'
meaning = 'both'
measure = 'network'
metres = 1000
minutes = 15
decides = 'metres'
target = 0.6
source = 'page 2'
checked = true
[[clause]]
number = '2'
meaning = 'minutes'
measure = 'network'
minutes = 10
source = 'page 2'
checked = true
[[clause]]
number = '3'
meaning = 'radius'
measure = 'straight'
metres = 500
target = 0.75
source = 'page 2'
checked = false
";
    Standard::read(&Source::from_bytes("ours.toml", text.as_bytes())).expect("a good file")
}

/// Homes A to D with 2, 1.5, 4 and 2.5 people: 10. Straight within 1000 m: A, B, C, D; walked: A, B, D; in 15 minutes: A, D.
const PEOPLE: [u64; 4] = [2000, 1500, 4000, 2500];
const STRAIGHT: [bool; 4] = [true, true, true, true];
const METRES: [bool; 4] = [true, true, false, true];
const MINUTES: [bool; 4] = [true, false, false, true];

fn within() -> Within<'static> {
    Within {
        straight: Some(&STRAIGHT),
        metres: Some(&METRES),
        minutes: Some(&MINUTES),
    }
}

fn people() -> Units<'static> {
    Units {
        denominator: Denominator::People,
        weights: &PEOPLE,
    }
}

/// Measure, unit, limit, within, all, percent, verdict, and whether it decides.
fn row(indicator: &Indicator<'_>) -> String {
    let amount = |weight| indicator.denominator.amount(weight);
    let within = indicator.within.map_or_else(|| "-".to_owned(), amount);
    let percent = indicator.share().map(|share| share.percent().to_string());
    format!(
        "{} {} {} {within} of {} = {} {}{}",
        indicator.measure.name(),
        indicator.by.name(),
        indicator.limit,
        amount(indicator.all),
        percent.unwrap_or_else(|| "-".to_owned()),
        indicator.verdict.name(),
        if indicator.decides() { " decides" } else { "" },
    )
}

fn rows(clause: usize, units: Units<'_>, reach: Reach<'_>) -> Vec<String> {
    let standard = standard();
    let clause = &standard.clauses[clause];
    let rows = Indicator::from_clause(&standard, clause, units, reach);
    rows.iter().map(row).collect()
}

/// 人口覆盖率 = people within / all people. Straight 10 of 10; walked A + B + D = 2 + 1.5 + 2.5 = 6 of 10, just the target
/// of 60 %; in minutes A + D = 4.5 of 10.
#[test]
fn population_coverage_is_people_within_over_all_people() {
    assert_eq!(
        rows(0, people(), Reach::Within(within())),
        [
            "straight metres 1000 10 of 10 = 100.00 beside",
            "network metres 1000 6 of 10 = 60.00 pass decides",
            "network minutes 15 4.5 of 10 = 45.00 beside",
        ]
    );
}

/// 建筑覆盖率 = residential buildings within / all. A and B are one building, C and D one each: 3. Walked, A and B are both
/// within, and D: 2 of 3 = 66.666… %; in minutes B is out, so its building is: 1 of 3 = 33.333… %.
#[test]
fn building_coverage_is_buildings_within_over_all_buildings() {
    let buildings = Buildings::new([Some("7"), Some("7"), Some("8"), Some("9")]);
    let weights = buildings.weights();
    let (straight, metres, minutes) = (
        buildings.within(&STRAIGHT),
        buildings.within(&METRES),
        buildings.within(&MINUTES),
    );
    let units = Units {
        denominator: Denominator::Buildings,
        weights: &weights,
    };
    let within = Within {
        straight: Some(&straight),
        metres: Some(&metres),
        minutes: Some(&minutes),
    };
    assert_eq!(
        rows(0, units, Reach::Within(within)),
        [
            "straight metres 1000 3 of 3 = 100.00 beside",
            "network metres 1000 2 of 3 = 66.67 pass decides",
            "network minutes 15 1 of 3 = 33.33 beside",
        ]
    );
}

/// 居住用地覆盖率 = residential land within / all residential land. Cells of 12,000, 8,000, 20,000 and 7,500 m², 47,500 in all;
/// walked 12,000 + 8,000 + 7,500 = 27,500 m² = 57.894… %, under 60 %.
#[test]
fn residential_land_coverage_is_land_within_over_all_land() {
    let units = Units {
        denominator: Denominator::ResidentialLand,
        weights: &[12_000, 8_000, 20_000, 7_500],
    };
    assert_eq!(
        rows(0, units, Reach::Within(within()))[1],
        "network metres 1000 27500 of 47500 = 57.89 fail decides"
    );
}

#[test]
fn a_clause_has_a_row_for_each_limit_that_it_sets() {
    assert_eq!(
        rows(1, people(), Reach::Within(within())),
        ["network minutes 10 4.5 of 10 = 45.00 no_target decides"]
    );
    assert_eq!(
        rows(2, people(), Reach::Within(within())),
        [
            "straight metres 500 10 of 10 = 100.00 pass decides",
            "network metres 500 6 of 10 = 60.00 beside",
        ]
    );
}

#[test]
fn what_is_not_known_has_its_row_and_says_why() {
    assert_eq!(
        rows(2, people(), Reach::NoStations),
        [
            "straight metres 500 - of 10 = - no_stations decides",
            "network metres 500 - of 10 = - no_stations",
        ]
    );
    let walked = Within {
        metres: Some(&METRES),
        ..Within::default()
    };
    assert_eq!(
        rows(2, people(), Reach::Within(walked)),
        [
            "straight metres 500 - of 10 = - not_measured decides",
            "network metres 500 6 of 10 = 60.00 beside",
        ]
    );
}

#[test]
fn of_nothing_there_is_no_share_and_no_verdict() {
    for (weights, all) in [(&[][..], 0), (&[0, 0][..], 2)] {
        let units = Units {
            denominator: Denominator::Area,
            weights,
        };
        let flags = vec![true; all];
        let within = Within {
            straight: Some(&flags),
            ..Within::default()
        };
        assert_eq!(
            rows(2, units, Reach::Within(within))[0],
            "straight metres 500 0 of 0 = - nothing_counted decides"
        );
    }
}

#[test]
fn one_row_of_a_clause_decides() {
    for name in Standard::NAMES {
        let standard = Standard::named(name).expect("it ships");
        for clause in &standard.clauses {
            let rows = Indicator::from_clause(&standard, clause, people(), Reach::NoStations);
            let deciding = rows.iter().filter(|row| row.decides());
            assert_eq!(deciding.count(), 1, "{name} {}", clause.number);
        }
    }
}

#[test]
#[should_panic(expected = "one answer for each weight")]
fn every_unit_needs_an_answer() {
    let short = Within {
        minutes: Some(&[true]),
        ..Within::default()
    };
    let _ = rows(1, people(), Reach::Within(short));
}
