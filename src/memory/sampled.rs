//! How many of the pairs that are near in a straight line are near on foot, by searches from some stations for some residents.

use super::near::pairs_within;
use crate::analysis::Options;
use crate::control::Control;
use crate::inputs::Inputs;
use crate::model::{Resident, Station};
use crate::network::Network;
use crate::units::Cutoff;
use crate::walker::{Placed, Walker};

/// So many stations and residents are looked at.
const STATIONS: usize = 64;
const RESIDENTS: usize = 8192;
/// A sample is one of many: what it says may be so much too little.
const DOUBT: f64 = 1.15;

/// Some of many, evenly, or all.
fn some_of<T: Clone>(all: &[T], most: usize) -> Vec<T> {
    let step = all.len().div_ceil(most).max(1);
    all.iter().step_by(step).cloned().collect()
}

/// The share of those within some metres, at most 1: all of them where nothing can be searched.
pub(super) fn share_on_foot(inputs: &Inputs, options: &Options, reaches_m: &[f64]) -> f64 {
    let stations = some_of(&inputs.stations, STATIONS);
    let residents = some_of(&inputs.residents, RESIDENTS);
    let reaches = reaches_m.iter();
    let straight: u64 = reaches
        .map(|reach_m| pairs_within(&stations, &residents, *reach_m))
        .sum();
    match on_foot(&inputs.network, &stations, &residents, options) {
        Some(found) if straight > 0 => (found as f64 * DOUBT / straight as f64).min(1.0),
        _ => 1.0,
    }
}

/// Pairs within the longest minutes and the longest metres.
fn on_foot(
    network: &Network,
    stations: &[Station],
    residents: &[Resident],
    options: &Options,
) -> Option<usize> {
    let walker = Walker::new(network, &options.profile, options.walk()).ok()?;
    let control = Control::default();
    let placed = Placed::new(&walker, stations, residents, options.trip, control).ok()?;
    let within = |cutoff: &Cutoff| {
        let engine = placed.engine(cutoff.unit(), control).ok()?;
        let rows = engine.map_catchments(*cutoff, control, |_, row| row.len());
        rows.map(|rows| rows.iter().sum::<usize>()).ok()
    };
    let tests = &options.tests;
    let longest = [tests.minutes().last(), tests.metres().last()];
    longest.into_iter().flatten().map(within).sum()
}
