//! Isochrones: the ground from which a resident would be covered, as polygons.
//!
//! A place belongs to an isochrone when a resident standing there would be within the cutoff, leg and all. So the ground
//! is sampled on a lattice of at most 10 m, every sample is snapped and searched exactly as a resident is, and the outline
//! is drawn between the samples that are within and those that are not. People are never counted by these polygons.
//!
//! # How it works
//! 1. **Once** (`samples`, `lattice`, `water`): every place of the lattice that has a street within the longest leg is snapped, and
//!    what it costs from there to both ends of its edge is kept; of a place that is left by gates, for each of them, and there
//!    and back the two ways may be by two gates (`by_gates`). A [`Canvas`] is that; [`Isochrones::draw`] samples only the ground
//!    beside streets that its stations reach, and behind gates on them.
//! 2. **Per isochrone** a bounded search labels the ends of edges. What the samples of an edge cost at least and at most follows
//!    from the labels and four numbers that are kept with the edge. Most edges are certainly within: their cells are
//!    marked 64 at once. The samples of the others are asked one by one (`canvas`).
//! 3. **The outline** (`sheets`, `trace`) is found on the marks by a few operations on words; only the cells beside it are priced,
//!    and rings are walked along it. Sheets cover the ground that was marked, so long diagonal ground costs no more than round.
//!
//! Nothing is approximated: the polygons are those of asking every sample and contouring a window around them all, which a test
//! does.

mod beside;
mod block;
mod by_gates;
mod canvas;
mod drawing;
#[cfg(test)]
mod exhaustive_tests;
mod lattice;
mod samples;
mod sheets;
mod streets;
mod tiles;
mod trace;
mod water;

use geo_types::{MultiPolygon, Polygon};

use crate::control::{Cancelled, Control};
use crate::network::{Impedance, Network, NetworkError};
use crate::search::Reaches;
use crate::snap::{Snapped, Snapper, Walls};
use crate::units::{Cutoff, Unit};
use crate::walker::Placed;
pub use beside::ground_beside;
pub(crate) use beside::ground_within;
pub use canvas::{Canvas, Pen};
pub use streets::ReachedStreets;

/// Everybody's isochrones, for several cutoffs.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Isochrones {
    /// The cutoffs, ascending.
    pub cutoffs: Vec<Cutoff>,
    /// For each station and cutoff the ground within it; stations in order, then cutoffs. Empty for a station off the
    /// network.
    pub by_station: Vec<Vec<MultiPolygon<f64>>>,
    /// For each cutoff the ground within it of any station.
    pub merged: Vec<MultiPolygon<f64>>,
}

/// What isochrones are drawn from: everybody on one walker's streets, in one unit.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'a> {
    placed: &'a Placed,
    /// In the unit of the cutoffs.
    impedance: &'a Impedance,
    /// Where nobody stands.
    water: &'a [Polygon<f64>],
}

impl<'a> Ground<'a> {
    /// For cutoffs in this unit. Its residents do not matter.
    ///
    /// # Errors
    /// What [`Impedance::lengths`] refuses.
    pub fn new(placed: &'a Placed, unit: Unit) -> Result<Self, NetworkError> {
        Ok(Self {
            placed,
            impedance: placed.impedance(unit)?,
            water: &[],
        })
    }

    /// The same without rivers and lakes, where nobody stands: they are cut out of the ground.
    #[must_use]
    pub fn with_water(self, water: &'a [Polygon<f64>]) -> Self {
        Self { water, ..self }
    }

    /// What it is made of.
    #[must_use]
    pub fn placed(self) -> &'a Placed {
        self.placed
    }

    pub(crate) fn network(self) -> &'a Network {
        self.placed.network()
    }

    pub(crate) fn impedance(self) -> &'a Impedance {
        self.impedance
    }

    pub(crate) fn snapped(self) -> &'a Snapped {
        self.placed.snapped()
    }

    pub(crate) fn walls(self) -> Option<&'a Walls> {
        self.placed.walker().walls()
    }

    /// Snaps as the people who live there are snapped.
    pub(crate) fn snapper(self) -> Snapper<'a> {
        self.placed.snapper()
    }

    /// The searches for places on it.
    pub(crate) fn reaches(self) -> Reaches<'a> {
        let reaches = self.placed.reaches(self.impedance.unit());
        reaches.expect("its impedance is there")
    }
}

impl Isochrones {
    /// Draws the isochrones of every station, and of all together.
    ///
    /// Polygons are valid, nest from cutoff to cutoff, and wind as RFC 7946 says: outer rings counter-clockwise. Coordinates
    /// are longitude and latitude in 10⁻⁷ degrees. The outline is exact to one cell of the lattice: ground
    /// that is narrower than that, as between two walls, may be missing or filled.
    ///
    /// # Errors
    /// [`Cancelled`].
    ///
    /// # Panics
    /// When a cutoff counts another unit than the impedance.
    ///
    /// # Complexity
    /// O(s) for the s samples near reached streets, which are snapped once, plus per station one bounded search and its
    /// outline. Who asks again and again keeps a [`Canvas`].
    pub fn draw(
        ground: Ground<'_>,
        cutoffs: &[Cutoff],
        control: Control<'_>,
    ) -> Result<Self, Cancelled> {
        let Some(longest) = ascending(cutoffs, ground.impedance).last().copied() else {
            return Ok(Self {
                cutoffs: Vec::new(),
                by_station: vec![Vec::new(); ground.snapped().station_count()],
                merged: Vec::new(),
            });
        };
        let canvas = Canvas::around_stations(ground, longest, control)?;
        canvas.isochrones(cutoffs, control)
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
