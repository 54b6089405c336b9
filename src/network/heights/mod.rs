//! Heights along edges: sampled once, evenly along each edge, the same at a junction for all edges that meet there.

mod carried;
mod fill;
mod moved;
mod positions;
mod sampled;

pub(super) use moved::Segments;

use std::ops::Range;

use super::column::Column;
use super::graph::Network;
use crate::id::EdgeId;
use crate::model::WayKind;

/// More samples than this, for two million kilometres of street, would not fit into memory: then they stand farther apart.
const MOST_SAMPLES: f64 = 2e8;
/// A rise over less than this, in metres, is rounding and no slope.
const LEAST_RUN_M: f64 = 1.0;

/// Where a height is not known.
pub(super) const UNKNOWN: i32 = i32::MIN;

/// Heights in millimetres along every edge.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub(crate) struct Heights {
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
        let most = (sampled::MOST_M * 1000.0) as i32;
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

/// The heights along one edge.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AlongEdge<'a> {
    /// In millimetres; two or more.
    samples: &'a [i32],
    /// The metres from one to the next.
    run_m: f64,
}

impl AlongEdge<'_> {
    /// The metres from one sample to the next.
    pub(super) fn run_m(&self) -> f64 {
        self.run_m
    }

    /// The rise per metre between each sample and the next, towards the head; 0 where it is not known.
    pub(super) fn rises(&self) -> impl ExactSizeIterator<Item = f64> + '_ {
        let pairs = self.samples.windows(2);
        pairs.map(|pair| self.rise(pair[0], pair[1]).unwrap_or(0.0))
    }

    fn rise(&self, from: i32, to: i32) -> Option<f64> {
        if from == UNKNOWN || to == UNKNOWN {
            return None;
        }
        let is_run = self.run_m >= LEAST_RUN_M;
        let rise_m = (f64::from(to) - f64::from(from)) / 1000.0;
        Some(if is_run { rise_m / self.run_m } else { 0.0 })
    }

    /// The height at a fraction of the edge's length, in metres; `None` where it is not known.
    fn height_m(&self, fraction: f64) -> Option<f64> {
        let runs = self.samples.len() - 1;
        let at = fraction.clamp(0.0, 1.0) * runs as f64;
        let before = (at as usize).min(runs - 1);
        let [from, to] = [self.samples[before], self.samples[before + 1]];
        let part = at - before as f64;
        match (from, to) {
            (UNKNOWN, _) if part < 1.0 => None,
            (_, UNKNOWN) if part > 0.0 => None,
            _ if part <= 0.0 => Some(f64::from(from) / 1000.0),
            _ if part >= 1.0 => Some(f64::from(to) / 1000.0),
            _ => Some((f64::from(from) + part * (f64::from(to) - f64::from(from))) / 1000.0),
        }
    }
}

impl Network {
    /// The same network with heights. `heights_m` answers the heights of some places in metres, and no number where it knows none;
    /// it is asked for many at a time, from several threads.
    ///
    /// Every edge is sampled each 10 m or more often. Bridges and tunnels rise evenly between their ends; where heights are
    /// missing between two that are known, the way rises evenly from one to the other.
    ///
    /// ```
    /// use geo_types::coord;
    /// use pedshed::id::EdgeId;
    /// use pedshed::model::WayKind;
    /// use pedshed::network::Network;
    /// let ends = [9.50, 9.51].map(|x| coord! { x: x, y: 47.1 });
    /// let flat = Network::from_edges(&ends, &[(0, 1, WayKind::Street)])?;
    /// // A hill that rises by one metre in a thousandth of a degree.
    /// let hill = flat.with_heights(|places| places.iter().map(|at| 1000.0 * (at.x - 9.5)).collect());
    /// assert_eq!(hill.height_at(EdgeId(0), 0.5), Some(5.0));
    /// assert!((hill.height_metres().unwrap().known_m - hill.length_m()).abs() < 1e-6);
    /// # Ok::<(), pedshed::network::NetworkError>(())
    /// ```
    ///
    /// # Complexity
    /// Linear in the vertices and the samples, in parallel.
    #[must_use]
    pub fn with_heights(
        self,
        heights_m: impl Fn(&[geo_types::Coord<f64>]) -> Vec<f64> + Sync,
    ) -> Self {
        let heights = sampled::sampled(&self, &heights_m);
        Self {
            heights: Some(heights),
            ..self
        }
    }

    /// What became of the metres of streets and stairs; `None` of a network without heights.
    #[must_use]
    pub fn height_metres(&self) -> Option<HeightMetres> {
        self.heights.as_ref().map(|heights| heights.metres)
    }

    /// The height at a fraction of an edge's length in metres; `None` where it is not known.
    ///
    /// # Panics
    /// When the id is of another network.
    #[must_use]
    pub fn height_at(&self, edge: EdgeId, fraction: f64) -> Option<f64> {
        self.heights_along(edge)?.height_m(fraction)
    }

    /// The metres up and down from one fraction of an edge's length to another; `None` where a height between is not known.
    ///
    /// # Panics
    /// When the id is of another network.
    #[must_use]
    pub fn climb(&self, edge: EdgeId, from: f64, to: f64) -> Option<[f64; 2]> {
        let along = self.heights_along(edge)?;
        let runs = (along.samples.len() - 1) as f64;
        let (low, high) = (from.min(to), from.max(to));
        let between = (1..along.samples.len() - 1).map(|sample| sample as f64 / runs);
        let between = between.filter(|fraction| *fraction > low && *fraction < high);
        let mut heights = [low].into_iter().chain(between).chain([high]);
        let mut last = heights.next().and_then(|at| along.height_m(at))?;
        let (mut up, mut down) = (0.0, 0.0);
        for at in heights {
            let height = along.height_m(at)?;
            up += (height - last).max(0.0);
            down += (last - height).max(0.0);
            last = height;
        }
        Some(if from <= to { [up, down] } else { [down, up] })
    }

    /// How many heights are sampled.
    pub(crate) fn height_count(&self) -> usize {
        let heights = self.heights.as_ref();
        heights.map_or(0, |heights| heights.samples.len())
    }

    /// The heights along an edge; `None` of a network without heights.
    pub(super) fn heights_along(&self, edge: EdgeId) -> Option<AlongEdge<'_>> {
        let heights = self.heights.as_ref()?;
        let samples = &heights.samples[samples_of(&heights.starts, edge)];
        let run_m = self.edge_length_m(edge) / (samples.len() - 1) as f64;
        Some(AlongEdge { samples, run_m })
    }
}

/// The first sample of each edge, and one more entry.
fn starts(network: &Network) -> Vec<u32> {
    let spacing_m = HeightMetres::SPACING_M.max(network.length_m() / MOST_SAMPLES);
    let mut starts = Vec::with_capacity(network.edge_count() + 1);
    let mut end = 0;
    starts.push(end);
    for edge in network.edge_ids() {
        let runs = (network.edge_length_m(edge) / spacing_m).ceil().max(1.0);
        end += runs as u32 + 1;
        starts.push(end);
    }
    starts
}

/// The samples of an edge.
fn samples_of(starts: &[u32], edge: EdgeId) -> Range<usize> {
    starts[edge.index()] as usize..starts[edge.index() + 1] as usize
}

/// Whether it counts how many metres of an edge have heights: of a lift or a ferry it does not.
fn is_on_foot(kind: WayKind) -> bool {
    matches!(kind, WayKind::Street | WayKind::Steps)
}

#[cfg(test)]
mod heights_tests;
