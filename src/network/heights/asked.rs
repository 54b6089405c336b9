//! Asking for heights.

use geo_types::Coord;

use crate::network::height_samples::{MOST_M, UNKNOWN};

/// Answers the heights of places in metres, and no number where it knows none.
pub(super) trait Ask: Fn(&[Coord<f64>]) -> Vec<f64> + Sync {}

impl<F: Fn(&[Coord<f64>]) -> Vec<f64> + Sync> Ask for F {}

/// The heights of some places in millimetres.
pub(super) fn asked(heights_m: &impl Ask, places: &[Coord<f64>]) -> Vec<i32> {
    let mut heights = heights_m(places);
    // Whoever answers too little does not know the rest.
    heights.resize(places.len(), f64::NAN);
    heights.into_iter().map(in_millimetres).collect()
}

fn in_millimetres(height_m: f64) -> i32 {
    if (-MOST_M..=MOST_M).contains(&height_m) {
        (height_m * 1000.0).round() as i32
    } else {
        UNKNOWN
    }
}
