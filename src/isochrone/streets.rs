//! The streets within a cutoff, cut exactly where it is reached.

use super::ground::{Ground, ascending};
use crate::collections::join_touching;
use crate::control::{Control, Stage};
use crate::id::EdgeId;
use crate::network::Stretch;
use crate::search::Reach;
use crate::units::Cutoff;
use crate::walker::WalkerError;

/// The streets within each cutoff of each station, and of all together. A place on a street is within where a resident who
/// lives on it is.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ReachedStreets {
    /// The cutoffs, ascending.
    pub cutoffs: Vec<Cutoff>,
    /// For each station and cutoff the stretches within it, ascending by edge; stations in order, then cutoffs.
    pub by_station: Vec<Vec<Vec<Stretch>>>,
    /// For each cutoff the stretches within it of any station.
    pub merged: Vec<Vec<Stretch>>,
}

impl ReachedStreets {
    /// Finds the streets of every station, and of all together.
    ///
    /// # Errors
    /// [`WalkerError::Cancelled`], and [`WalkerError::Unit`] where a cutoff counts another unit than the ground.
    ///
    /// # Complexity
    /// One bounded search per station.
    pub(crate) fn new(
        ground: Ground<'_>,
        cutoffs: &[Cutoff],
        control: Control<'_>,
    ) -> Result<Self, WalkerError> {
        let cutoffs = ascending(cutoffs, ground.impedance())?;
        let Some(longest) = cutoffs.last() else {
            return Ok(Self {
                by_station: vec![Vec::new(); ground.snapped().station_count()],
                merged: Vec::new(),
                cutoffs,
            });
        };
        let (reaches, stage) = (ground.reaches(control)?, Stage::Isochrones);
        let by_station = reaches.map_stations(*longest, control, stage, |_, reach| {
            let cutoffs = cutoffs.iter();
            cutoffs.map(|cutoff| stretches(reach, *cutoff)).collect()
        })?;
        let merged = (0..cutoffs.len()).map(|cutoff| {
            let all = by_station
                .iter()
                .flat_map(|of: &Vec<Vec<Stretch>>| &of[cutoff]);
            joined(all.copied().collect())
        });
        Ok(Self {
            merged: merged.collect(),
            by_station,
            cutoffs,
        })
    }
}

fn stretches(reach: &Reach<'_>, cutoff: Cutoff) -> Vec<Stretch> {
    let on_edge = |edge: &EdgeId| {
        let edge = *edge;
        let parts = reach.on(edge).within(cutoff.cost()).into_iter();
        parts.map(move |(from, to)| Stretch { edge, from, to })
    };
    reach.edges().iter().flat_map(on_edge).collect()
}

/// Stretches that touch as one.
fn joined(mut stretches: Vec<Stretch>) -> Vec<Stretch> {
    stretches.sort_by(|a, b| {
        let by_place = a.from.total_cmp(&b.from).then(a.to.total_cmp(&b.to));
        a.edge.cmp(&b.edge).then(by_place)
    });
    let on_one_edge = stretches.chunk_by(|a, b| a.edge == b.edge);
    on_one_edge
        .flat_map(|on_edge| {
            let mut runs: Vec<(f64, f64)> = on_edge.iter().map(|s| (s.from, s.to)).collect();
            join_touching(&mut runs);
            let edge = on_edge[0].edge;
            runs.into_iter()
                .map(move |(from, to)| Stretch { edge, from, to })
        })
        .collect()
}
