//! Heights that are missing between two that are known, and what is counted of all.

use super::carried::carried_m;
use crate::model::Slope;
use crate::network::Network;
use crate::network::height_samples::{
    HeightMetres, Heights, LEAST_RUN_M, UNKNOWN, is_on_foot, samples_of,
};

/// Fills what is missing inside edges, and counts.
pub(super) fn fill(network: &Network, starts: Vec<u32>, mut samples: Vec<i32>) -> Heights {
    let mut metres = HeightMetres {
        carried_m: carried_m(network),
        ..HeightMetres::default()
    };
    for edge in network.edge_ids() {
        let along = &mut samples[samples_of(&starts, edge)];
        let filled = fill_one(along);
        if is_on_foot(network.passage(edge).kind) {
            let run_m = network.edge_length_m(edge) / (along.len() - 1) as f64;
            metres.filled_m += filled as f64 * run_m;
            count(&mut metres, along, run_m);
        }
    }
    Heights {
        starts: starts.into(),
        samples: samples.into(),
        metres,
    }
}

/// Fills every gap between two known heights of an edge evenly; answers how many runs touch what was filled.
fn fill_one(along: &mut [i32]) -> usize {
    let (mut filled, mut before) = (0, None);
    for at in 0..along.len() {
        if along[at] == UNKNOWN {
            continue;
        }
        if let Some(from) = before.filter(|from| at - from > 1) {
            even(along, [from, at]);
            filled += at - from;
        }
        before = Some(at);
    }
    filled
}

/// Makes heights rise evenly from one sample to another.
fn even(along: &mut [i32], [from, to]: [usize; 2]) {
    let [low, high] = [from, to].map(|at| f64::from(along[at]));
    let runs = (to - from) as f64;
    for (run, height) in (1..).zip(&mut along[from + 1..to]) {
        *height = (low + f64::from(run) / runs * (high - low)).round() as i32;
    }
}

fn count(metres: &mut HeightMetres, along: &[i32], run_m: f64) {
    for pair in along.windows(2) {
        if pair.contains(&UNKNOWN) {
            metres.unknown_m += run_m;
            continue;
        }
        metres.known_m += run_m;
        let rise_m = (f64::from(pair[1]) - f64::from(pair[0])).abs() / 1000.0;
        if run_m >= LEAST_RUN_M && rise_m > Slope::MOST * run_m {
            metres.steepest_m += run_m;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_between_two_heights_rises_evenly_and_what_is_missing_at_an_end_stays_unknown()
     {
        let none = UNKNOWN;
        let mut along = [none, 1000, none, none, 4000, 4000, none];
        assert_eq!(fill_one(&mut along), 3);
        assert_eq!(along, [none, 1000, 2000, 3000, 4000, 4000, none]);
        let mut metres = HeightMetres::default();
        count(&mut metres, &along, 2.0);
        // A metre in two is steeper than any street, three times over.
        let expected = HeightMetres {
            known_m: 8.0,
            steepest_m: 6.0,
            unknown_m: 4.0,
            ..HeightMetres::default()
        };
        assert_eq!(metres, expected);
        assert_eq!(fill_one(&mut [none, none]), 0);
    }
}
