//! Heights along edges: sampled once, evenly along each edge, the same at a junction for all edges that meet there.

mod asked;
mod carried;
mod fill;
mod moved;
mod positions;
mod sampled;
mod starts;

pub(super) use moved::Segments;

use super::graph::Network;
use super::height_samples::{HeightMetres, LEAST_RUN_M, UNKNOWN, samples_of};
use crate::id::EdgeId;

/// As near as this to a sample, as a part of the way to the next, is at it.
const AT_SAMPLE: f64 = 1e-9;

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
        // What rounding leaves beside a sample is at it.
        let part = match at - before as f64 {
            part if part < AT_SAMPLE => 0.0,
            part if part > 1.0 - AT_SAMPLE => 1.0,
            part => part,
        };
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

#[cfg(test)]
mod heights_tests;
