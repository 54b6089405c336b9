//! Isochrones: the ground from which a resident would be covered, as polygons.
//!
//! A place belongs to an isochrone when a resident standing there would be within the cutoff, leg and all. So the ground
//! is sampled on a lattice of at most 10 m, every sample is snapped and searched exactly as a resident is, and the outline
//! is drawn between the samples that are within and those that are not. Only the ground beside reached streets is
//! sampled. People are never counted by these polygons.

mod beside;
mod lattice;
mod outline;
mod samples;
mod streets;
mod water;

use std::sync::atomic::{AtomicU32, Ordering};

use geo_types::{MultiPolygon, Polygon};

use crate::control::{Cancelled, Control, Stage};
use crate::network::{Impedance, Islands, Network};
use crate::search::{Reach, Reaches, Trip};
use crate::snap::Snapped;
use crate::units::{Cost, Cutoff};
pub use beside::ground_beside;
use lattice::{Cell, Lattice};
use outline::outlines;
use samples::Samples;
pub use streets::ReachedStreets;

/// Everybody's isochrones, for several cutoffs.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Isochrones {
    /// The cutoffs, ascending.
    pub cutoffs: Vec<Cutoff>,
    /// For each station and cutoff the ground within it; stations in order, then cutoffs. Empty for a station off the
    /// network.
    pub by_station: Vec<Vec<MultiPolygon<f64>>>,
    /// For each cutoff the ground within it of any station.
    pub merged: Vec<MultiPolygon<f64>>,
}

/// What isochrones are drawn from.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'a> {
    /// The streets.
    pub network: &'a Network,
    /// Their costs, in the unit of the cutoffs.
    pub impedance: &'a Impedance,
    /// What nothing snaps to.
    pub islands: &'a Islands,
    /// The stations on the network; its residents do not matter.
    pub snapped: &'a Snapped,
    /// Where nobody stands: rivers and lakes, cut out of the ground.
    pub water: &'a [Polygon<f64>],
}

/// A place on the lattice with what it costs to reach a station from it.
type Reached = (Cell, Cost);

impl Isochrones {
    /// Draws the isochrones of every station, and of all together.
    ///
    /// Polygons are valid, nest from cutoff to cutoff, and wind as RFC 7946 says: outer rings counter-clockwise. Coordinates
    /// are longitude and latitude in 10⁻⁷ degrees. The outline is exact to one cell of the lattice.
    ///
    /// # Errors
    /// [`Cancelled`].
    ///
    /// # Panics
    /// When a cutoff counts another unit than the impedance.
    ///
    /// # Complexity
    /// O(s) for the s samples near reached streets, which are snapped once, plus per station one bounded search and the
    /// window around its ground.
    pub fn draw(
        ground: Ground<'_>,
        cutoffs: &[Cutoff],
        trip: Trip,
        control: Control<'_>,
    ) -> Result<Self, Cancelled> {
        let reaches = Reaches::new(ground.network, ground.impedance, ground.snapped, trip);
        Self::draw_over(ground, &reaches, cutoffs, control)
    }

    /// The same with searches that are prepared already.
    pub(crate) fn draw_over(
        ground: Ground<'_>,
        reaches: &Reaches<'_>,
        cutoffs: &[Cutoff],
        control: Control<'_>,
    ) -> Result<Self, Cancelled> {
        let cutoffs = ascending(cutoffs, ground.impedance);
        let (Some(longest), Some(bounds)) = (cutoffs.last(), ground.network.bounds()) else {
            let nowhere = vec![MultiPolygon::new(Vec::new()); cutoffs.len()];
            return Ok(Self {
                by_station: vec![nowhere.clone(); ground.snapped.station_count()],
                merged: nowhere,
                cutoffs,
            });
        };
        let lattice = Lattice::over(bounds);
        let costs: Vec<Cost> = cutoffs.iter().map(|cutoff| cutoff.cost()).collect();
        let samples = reaches.from_any(*longest, |from_any| {
            Samples::take(ground, lattice, from_any, longest.cost())
        });
        control.check()?;
        let least: Vec<AtomicU32> = (0..samples.len())
            .map(|_| AtomicU32::new(Cost::MAX))
            .collect();
        let stage = (control, Stage::Isochrones);
        let by_station = reaches.map_stations(*longest, stage, |_, reach| {
            let mut reached: Vec<Reached> = Vec::new();
            each_reached(&samples, reach, longest.cost(), |number, cost| {
                // The least of all is the same in whatever order stations come.
                least[number].fetch_min(cost, Ordering::Relaxed);
                reached.push((samples.sample(number).cell, cost));
            });
            outlines(lattice, reached, &costs)
        })?;
        control.check()?;
        let least = least.into_iter().map(AtomicU32::into_inner).enumerate();
        let reached = least.filter(|(_, cost)| *cost != Cost::MAX);
        let reached = reached.map(|(number, cost)| (samples.sample(number).cell, cost));
        let merged = outlines(lattice, reached.collect(), &costs);
        Ok(Self {
            cutoffs,
            by_station,
            merged,
        })
    }
}

/// The cutoffs in order, each once.
fn ascending(cutoffs: &[Cutoff], impedance: &Impedance) -> Vec<Cutoff> {
    let one_unit = cutoffs
        .iter()
        .all(|cutoff| cutoff.unit() == impedance.unit());
    assert!(one_unit, "cutoffs and impedance count one unit");
    let mut cutoffs = cutoffs.to_vec();
    cutoffs.sort_by_key(|cutoff| cutoff.cost());
    cutoffs.dedup();
    cutoffs
}

/// Visits every sample within a cost, by its number.
fn each_reached(
    samples: &Samples,
    reach: &Reach<'_>,
    within: Cost,
    mut visit: impl FnMut(usize, Cost),
) {
    for edge in reach.edges() {
        let on = reach.on(*edge);
        for (number, sample) in samples.on(*edge) {
            if let Some(cost) = sample.cost(&on).filter(|cost| *cost <= within) {
                visit(number, cost);
            }
        }
    }
}
