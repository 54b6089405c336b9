use super::super::reference::{Status, answer};
use super::*;

#[test]
fn the_same_seed_draws_the_same_city() {
    let parameters = Parameters::default();
    let drawn = || format!("{:?}", city(7, 41.0, true, &parameters));
    assert_eq!(drawn(), drawn());
    // The published first value of the generator for seed 0.
    assert_eq!(Dice::new(0).roll(), 0xE220_A839_7B1D_CDAF);
}

#[test]
fn cities_are_small_free_of_doubt_and_show_every_status() {
    let mut seen = [0_u64; 5];
    for seed in 0..60 {
        let parameters = habits(seed);
        let latitude = LATITUDES[usize::try_from(seed % 5).expect("small")];
        let case = city(seed, latitude, seed % 3 == 0, &parameters);
        let segments: usize = case.lines.iter().map(|line| line.points.len() - 1).sum();
        assert!((15..=700).contains(&segments), "seed {seed}: {segments}");
        let answer = answer(&case, &parameters);
        assert!(answer.doubts.is_empty(), "seed {seed}: {:?}", answer.doubts);
        for (total, range) in seen.iter_mut().zip(answer.totals.records_by_status) {
            *total += range.low;
        }
    }
    for (status, count) in Status::ALL.iter().zip(seen) {
        assert!(count > 20, "{}: {count}", status.name());
    }
}

#[test]
fn decisions_too_close_to_call_are_rare() {
    let (mut close, mut all) = (0, 0);
    for seed in 0..40 {
        let parameters = habits(seed);
        for resident in answer(&city(seed, 41.0, false, &parameters), &parameters).residents {
            for range in resident.within_minutes {
                close += usize::from(range.low != range.high);
                all += 1;
            }
        }
    }
    assert!(close * 100 < all, "{close} of {all}");
}

#[test]
fn in_the_reference_there_and_back_is_twice_the_way_where_all_ways_are_two_way() {
    for seed in 0..20 {
        let metres = |direction: Direction| {
            let parameters = Parameters {
                direction,
                ..Parameters::default()
            };
            let case = city(seed, -37.0, false, &parameters);
            answer(&case, &parameters)
                .residents
                .iter()
                .flat_map(|resident| resident.metres_to.clone())
                .collect::<Vec<_>>()
        };
        let (there, back) = (metres(Direction::ToStation), metres(Direction::FromStation));
        let both = metres(Direction::RoundTrip);
        for ((there, back), both) in there.into_iter().zip(back).zip(both) {
            assert_eq!(there.is_some(), back.is_some());
            if let (Some(there), Some(back), Some(both)) = (there, back, both) {
                assert!((there - back).abs() < 1e-6, "{there} {back}");
                assert!((there + back - both).abs() < 1e-6);
            }
        }
    }
}

#[test]
fn in_the_reference_closing_streets_to_one_side_brings_nobody_nearer() {
    let parameters = Parameters::default();
    for seed in 0..20 {
        let case = city(seed, 60.0, true, &parameters);
        let mut opened = case.clone();
        for line in &mut opened.lines {
            line.one_way = false;
        }
        let closed = answer(&case, &parameters);
        let opened = answer(&opened, &parameters);
        for (closed, opened) in closed.residents.iter().zip(&opened.residents) {
            for (closed, opened) in closed.metres_to.iter().zip(&opened.metres_to) {
                if let Some(closed) = closed {
                    assert!(opened.is_some_and(|opened| opened <= closed + 0.01));
                }
            }
        }
    }
}
