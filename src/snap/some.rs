//! Snapping to some of the streets: the boxes of the index in which none of them is are not looked into.

use geo_types::Coord;

use super::index::{Holding, Stack};
use super::{Snap, Snapper};
use crate::id::EdgeId;

/// Some of the streets of a snapper.
pub(crate) struct SomeStreets<'a> {
    snapper: &'a Snapper<'a>,
    holding: Holding,
}

impl SomeStreets<'_> {
    /// The nearest place on one of them, within some metres as the crow flies, whose edge `accept` takes and which is meant
    /// itself.
    pub(crate) fn snap(
        &self,
        place: Coord<f64>,
        limit_m: f64,
        accept: impl Fn(EdgeId) -> bool,
        is_meant: impl Fn(Coord<f64>) -> bool,
    ) -> Option<Snap> {
        let Self { snapper, holding } = self;
        let stack = &mut Stack::default();
        let nearest = snapper
            .index
            .nearest_held(holding, place, limit_m, stack, accept, is_meant)?;
        Some(snapper.snap_at(&nearest))
    }
}

impl Snapper<'_> {
    /// The streets that `accept` takes, to be snapped to alone.
    pub(crate) fn some(&self, accept: impl Fn(EdgeId) -> bool) -> SomeStreets<'_> {
        SomeStreets {
            snapper: self,
            holding: self
                .index
                .holding(|edge| self.is_open(edge) && accept(edge)),
        }
    }
}
