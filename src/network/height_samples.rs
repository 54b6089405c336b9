//! Heights along edges as columns, and what became of the metres of streets.

use std::ops::Range;

use super::column::Column;
use crate::id::EdgeId;
use crate::model::WayKind;

/// Higher and deeper than any place on the earth, in metres: what is beyond is no height.
pub(super) const MOST_M: f64 = 20_000.0;
/// A rise over less than this, in metres, is rounding and no slope.
pub(super) const LEAST_RUN_M: f64 = 1.0;

/// Where a height is not known.
pub(super) const UNKNOWN: i32 = i32::MIN;

/// Heights in millimetres along every edge.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub(super) struct Heights {
    /// `starts[e]` is the first sample of edge `e`, one more entry the end.
    pub(super) starts: Column<u32>,
    /// Evenly along each edge, those of its ends among them.
    pub(super) samples: Column<i32>,
    /// What became of the metres of streets and stairs.
    pub(super) metres: HeightMetres,
}

/// How many metres of streets and stairs have heights.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct HeightMetres {
    /// With heights.
    pub known_m: f64,
    /// Of these, where heights were missing between two that are known, and are taken as rising evenly.
    pub filled_m: f64,
    /// Of these, on bridges and in tunnels, which rise evenly between their ends.
    pub carried_m: f64,
    /// Of these, where the heights rise more steeply than any street: walked as the steepest street there is.
    pub steepest_m: f64,
    /// Without heights: walked as on the level.
    pub unknown_m: f64,
}

impl HeightMetres {
    /// Heights are sampled as often as this along an edge, in metres, or more often.
    pub const SPACING_M: f64 = 10.0;
    /// The heights of an [elevation model](crate::inputs) are smoothed over no more than this, in metres: SRTM's own cell of one
    /// arc second, beyond which its errors of some metres from cell to cell are no slopes.
    pub const MOST_SMOOTHED_M: f64 = 30.0;
}

#[cfg(feature = "prepared")]
impl HeightMetres {
    /// As numbers, in the order of its fields.
    pub(super) fn to_array(self) -> [f64; 5] {
        let Self {
            known_m,
            filled_m,
            carried_m,
            steepest_m,
            unknown_m,
        } = self;
        [known_m, filled_m, carried_m, steepest_m, unknown_m]
    }

    pub(super) fn from_array(metres: [f64; 5]) -> Self {
        let [known_m, filled_m, carried_m, steepest_m, unknown_m] = metres;
        Self {
            known_m,
            filled_m,
            carried_m,
            steepest_m,
            unknown_m,
        }
    }
}

impl Heights {
    /// Whether every edge has two samples or more, each of a place on the earth or unknown, and every count is one.
    #[cfg(feature = "prepared")]
    pub(super) fn is_sound(&self) -> bool {
        let starts = &self.starts[..];
        let ascend = starts
            .windows(2)
            .all(|pair| u64::from(pair[0]) + 2 <= u64::from(pair[1]));
        let fit = starts.first() == Some(&0)
            && starts.last().map(|end| *end as usize) == Some(self.samples.len());
        let most = (MOST_M * 1000.0) as i32;
        let is_height = |height: &i32| *height == UNKNOWN || (-most..=most).contains(height);
        let is_count = |metres: f64| (0.0..1e15).contains(&metres);
        ascend
            && fit
            && self.samples.iter().all(is_height)
            && self.metres.to_array().into_iter().all(is_count)
    }

    /// The bytes of its arrays in memory.
    pub(super) fn bytes(&self) -> usize {
        self.starts.bytes() + self.samples.bytes()
    }
}

/// The samples of an edge.
pub(super) fn samples_of(starts: &[u32], edge: EdgeId) -> Range<usize> {
    starts[edge.index()] as usize..starts[edge.index() + 1] as usize
}

/// Whether it counts how many metres of an edge have heights: of a lift or a ferry it does not.
pub(super) fn is_on_foot(kind: WayKind) -> bool {
    matches!(kind, WayKind::Street | WayKind::Steps)
}
