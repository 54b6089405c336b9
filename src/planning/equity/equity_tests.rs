//! Equity against numbers worked out by hand, published examples, and the formulas as they are defined.

use proptest::prelude::*;

use super::*;

fn people(counts: &[u64]) -> Vec<People> {
    let whole = |count: &u64| People::from_thousandths(count * 1000);
    counts.iter().map(whole).collect()
}

fn of_each(values: &[u64]) -> Distribution {
    let values: Vec<_> = values.iter().copied().map(Some).collect();
    Distribution::new(&values, &vec![People::ONE; values.len()])
}

fn of_counts(values: &[u64], counts: &[u64]) -> Distribution {
    let values: Vec<_> = values.iter().copied().map(Some).collect();
    Distribution::new(&values, &people(counts))
}

fn is_near(found: Option<f64>, expected: f64, within: f64) -> bool {
    found.is_some_and(|found| (found - expected).abs() < within)
}

#[test]
fn gini_is_that_of_published_examples() {
    // The R package phylotools 0.1.2, page of `gini`: gini(c(1,3,2,1,1,1,4)) is 0.3076923.
    // By hand: the differences of all ordered pairs are 2 · 28, over 2 · 7 people · 13 in all: 56 / 182 = 4 / 13.
    let found = of_each(&[1, 3, 2, 1, 1, 1, 4]).gini();
    assert!(is_near(found, 0.307_692_3, 5e-8), "{found:?}");
    // statology.org, "How to Calculate Gini Coefficient in R", example 1: 0.226.
    let incomes = [50, 50, 70, 70, 70, 90, 150, 150, 150, 150];
    assert_eq!(of_each(&incomes).gini(), Some(0.226));
    // The same page, example 2, with frequencies: 0.2632289.
    let found = of_counts(
        &[10, 20, 25, 55, 70, 90, 110, 115, 130],
        &[6, 7, 7, 14, 22, 20, 8, 4, 1],
    );
    assert!(is_near(found.gini(), 0.263_228_9, 5e-8), "{found:?}");
}

#[test]
fn the_lorenz_curve_is_that_of_a_published_example() {
    // "Lorenz Curve and Gini Coefficient: answer key" (docslides.com): ten earners, 123,500 in all; the fifths have
    // 3,500, 17,000, 22,000, 31,000 and 50,000, so 20 % have 3,500 / 123,500, 40 % have 20,500 / 123,500, and so on.
    let earners = [
        9_000, 1_500, 8_000, 2_000, 10_000, 12_000, 16_000, 15_000, 30_000, 20_000,
    ];
    let earned = of_each(&earners);
    for (percent, sum) in [
        (0, 0.0),
        (20, 3_500.0),
        (40, 20_500.0),
        (60, 42_500.0),
        (80, 73_500.0),
        (100, 123_500.0),
    ] {
        assert_eq!(
            earned.lorenz_at(percent),
            Some(sum / 123_500.0),
            "{percent}"
        );
    }
    // Between two earners the curve is straight: 10 % have 1,500, and a quarter of them, 2.5 %, a quarter of it.
    assert_eq!(earned.lorenz_at(5), Some(750.0 / 123_500.0));
    let points = earned.lorenz();
    assert_eq!(points.len(), 11);
    let third = LorenzPoint {
        people: 0.2,
        total: 3_500.0 / 123_500.0,
    };
    assert_eq!(points[2], third);
    assert_eq!((points[10].people, points[10].total), (1.0, 1.0));
}

#[test]
fn means_percentiles_and_tails_are_those_worked_out_by_hand() {
    // Ten people and a half: 4 at 2, 3 at 5, 2.5 at 10, 1 at 20. Sum 8 + 15 + 25 + 20 = 68.
    let counts = [4_000, 3_000, 2_500, 1_000].map(People::from_thousandths);
    let spread = Distribution::new(&[2, 5, 10, 20].map(Some), &counts);
    assert_eq!(spread.mean(), Some(68.0 / 10.5));
    // Half of them are 5.25: the fifth person is among those at 5.
    assert_eq!(spread.median(), Some(5));
    // Those at 2 are 38.1 %, those up to 5 66.7 %, those up to 10 90.5 %.
    let percentiles = [0, 38, 39, 66, 67, 90, 91, 100, 250].map(|p| spread.percentile(p));
    assert_eq!(percentiles, [2, 2, 5, 5, 10, 10, 20, 20, 20].map(Some));
    // The worst tenth is 1.05 people: the one at 20, and 0.05 at 10: 20.5 / 1.05.
    assert_eq!(spread.highest_mean(10), Some(2050.0 / 105.0));
    // The best four tenths are 4.2 people: four at 2 and 0.2 at 5: 9.
    assert_eq!(spread.lowest_mean(40), Some(900.0 / 420.0));
    assert_eq!(spread.palma(), Some(20.5 / 9.0));
    assert_eq!(spread.highest_mean(100), spread.mean());
    assert_eq!(spread.lowest_mean(100), spread.mean());
}

#[test]
fn equal_walks_are_even() {
    let even = of_each(&[7; 20]);
    assert_eq!(even.gini(), Some(0.0));
    // A tenth has a quarter of what four tenths have.
    assert_eq!(even.palma(), Some(0.25));
    assert_eq!(even.lorenz_at(30), Some(0.3));
}

#[test]
fn of_nobody_and_of_nothing_there_is_no_index() {
    for none in [
        Distribution::default(),
        Distribution::new(&[None, Some(4)], &people(&[3, 0])),
        of_each(&[0, 0]),
    ] {
        assert_eq!((none.gini(), none.palma()), (None, None));
        assert_eq!((none.lorenz(), none.lorenz_at(50)), (Vec::new(), None));
        assert_eq!((none.highest_mean(0), none.lowest_mean(0)), (None, None));
    }
    let unreached = Distribution::new(&[None], &people(&[3]));
    assert_eq!((unreached.mean(), unreached.median()), (None, None));
    assert_eq!(unreached.without(), people(&[3])[0]);
    assert_eq!(unreached.share_within(u64::MAX), 0.0);
    // Who walks no minute at all is reached.
    assert_eq!(of_each(&[0, 0]).mean(), Some(0.0));
}

#[test]
fn numbers_beyond_the_living_give_no_gini_and_no_panic() {
    let many = People::from_thousandths(u64::MAX / 4);
    let spread = Distribution::new(&[Some(u64::MAX), Some(1)], &[many; 2]);
    assert_eq!(spread.gini(), None);
    assert_eq!(spread.median(), Some(1));
    let crowd = People::from_thousandths(MOST_THOUSANDTHS / 2);
    let hours = Distribution::new(&[Some(u64::from(u32::MAX)), Some(0)], &[crowd; 2]);
    assert_eq!(hours.gini(), Some(0.5));
}

#[test]
fn coverage_steps_where_the_walks_are() {
    // 2 at 300 s, 1 at 900 s, 1 without a path: a half from 300 s, three quarters from 900 s, never all.
    let walks = Distribution::new(&[Some(900), Some(300), None], &people(&[1, 2, 1]));
    let shares = [299, 300, 899, 900, u64::MAX].map(|cutoff| walks.share_within(cutoff));
    assert_eq!(shares, [0.0, 0.5, 0.5, 0.75, 0.75]);
    assert_eq!(walks.curve(&[900, 299, 300]), people(&[3, 0, 2]));
    assert_eq!(walks.steps().len(), 2);
}

fn records() -> impl Strategy<Value = Vec<(Option<u64>, u64)>> {
    let value = prop_oneof![9 => (0u64..40).prop_map(Some), 1 => Just(None)];
    prop::collection::vec((value, 0u64..30), 1..20)
}

proptest! {
    #[test]
    fn indices_are_those_of_their_definitions(records in records()) {
        let values: Vec<_> = records.iter().map(|record| record.0).collect();
        let counts: Vec<_> = records.iter().map(|record| People::from_thousandths(record.1)).collect();
        let spread = Distribution::new(&values, &counts);
        let reached: Vec<(u64, u64)> = records.iter().filter_map(|(value, count)| Some(((*value)?, *count))).collect();

        // Every pair of people.
        let (mut pairs, mut all, mut total) = (0u128, 0u128, 0u128);
        for (one, people) in &reached {
            all += u128::from(*people);
            total += u128::from(one * people);
            for (other, others) in &reached {
                pairs += u128::from(one.abs_diff(*other)) * u128::from(people * others);
            }
        }
        if total > 0 {
            let expected = pairs as f64 / (2 * all * total) as f64;
            prop_assert!(is_near(spread.gini(), expected, 1e-12));
            // Twice the area between the curve and the diagonal.
            let area: f64 = spread.lorenz().windows(2)
                .map(|pair| (pair[1].people - pair[0].people) * (pair[0].total + pair[1].total))
                .sum();
            prop_assert!(is_near(spread.gini(), 1.0 - area, 1e-9));
        } else {
            prop_assert_eq!(spread.gini(), None);
        }

        // Everybody's value a hundred times over, one thousandth of a person each.
        let mut each: Vec<u64> = reached.iter().flat_map(|(value, count)| vec![*value; *count as usize]).collect();
        each.sort_unstable();
        for percent in [1, 10, 40, 50, 90] {
            let wanted = percent as usize * each.len();
            let hundredth = |position: usize| u128::from(each[position / 100]);
            let low: u128 = (0..wanted).map(hundredth).sum();
            prop_assert_eq!(spread.lowest_hundredfold(percent), low);
            let high: u128 = (each.len() * 100 - wanted..each.len() * 100).map(hundredth).sum();
            prop_assert_eq!(spread.highest_hundredfold(percent), high);
            let expected = each.get(wanted.div_ceil(100).saturating_sub(1)).copied();
            prop_assert_eq!(spread.percentile(percent), expected);
        }

        // Nobody is lost, and a longer walk never covers fewer.
        let everybody: u64 = records.iter().map(|record| record.1).sum();
        prop_assert_eq!((spread.people() + spread.without()).thousandths(), everybody);
        let curve = spread.curve(&(0..41).collect::<Vec<_>>());
        prop_assert!(curve.is_sorted());
        prop_assert_eq!(curve[40], spread.people());
    }
}
