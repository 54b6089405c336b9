//! What is closed at the same time.

use crate::id::{EdgeId, NodeId, ResidentId, StationId};
use crate::snap::Snap;

/// A stretch of an edge that nobody walks along, as fractions of its length from tail to head. Where it begins as it ends, an edge is
/// cut there: nobody walks past.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Cut {
    pub(crate) edge: EdgeId,
    pub(crate) from: f64,
    pub(crate) to: f64,
}

impl Cut {
    /// Whether a place on its edge lies inside: who joined the streets there has to join them elsewhere.
    pub(crate) fn has_inside(&self, fraction: f64) -> bool {
        self.from < fraction && fraction < self.to
    }

    /// Whether it parts two places on its edge.
    fn parts(&self, one: f64, other: f64) -> bool {
        let (first, last) = (one.min(other), one.max(other));
        !(last <= self.from || first >= self.to)
    }
}

/// What is closed at the same time, and who joins the streets elsewhere because of that.
#[derive(Clone, Debug, Default)]
pub(crate) struct Closed {
    /// Ascending by edge.
    pub(crate) cuts: Vec<Cut>,
    /// The junctions where nobody passes between private and public ways.
    pub(crate) gates: Vec<NodeId>,
    /// Where stations join the streets now: all of their entrances. Ascending.
    pub(crate) stations: Vec<(StationId, Vec<Snap>)>,
    /// Where residents do: all of their ways onto the streets. Ascending.
    pub(crate) residents: Vec<(ResidentId, Vec<Snap>)>,
}

impl Closed {
    /// The cuts of an edge.
    pub(super) fn cuts_of(&self, edge: EdgeId) -> &[Cut] {
        let first = self.cuts.partition_point(|cut| cut.edge < edge);
        let count = self.cuts[first..].partition_point(|cut| cut.edge == edge);
        &self.cuts[first..first + count]
    }

    /// Whether an edge is walked from one end to the other.
    pub(super) fn cuts_edge(&self, edge: EdgeId) -> bool {
        !self.cuts_of(edge).is_empty()
    }

    /// Whether a place on an edge is still joined to its tail, and to its head.
    pub(super) fn joins_ends(&self, edge: EdgeId, fraction: f64) -> [bool; 2] {
        let cuts = self.cuts_of(edge);
        [
            cuts.iter().all(|cut| fraction <= cut.from),
            cuts.iter().all(|cut| fraction >= cut.to),
        ]
    }

    /// Whether two places on an edge are still joined along it.
    pub(super) fn joins(&self, edge: EdgeId, one: f64, other: f64) -> bool {
        !self.cuts_of(edge).iter().any(|cut| cut.parts(one, other))
    }

    /// Where a station joins the streets otherwise than before.
    pub(super) fn moved_station(&self, station: StationId) -> Option<&[Snap]> {
        let at = self.stations.binary_search_by_key(&station, |(id, _)| *id);
        at.ok().map(|at| self.stations[at].1.as_slice())
    }

    /// Where a resident does.
    pub(super) fn moved_resident(&self, resident: ResidentId) -> Option<&[Snap]> {
        let at = self
            .residents
            .binary_search_by_key(&resident, |(id, _)| *id);
        at.ok().map(|at| self.residents[at].1.as_slice())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bridge_leaves_both_of_its_ends_to_their_sides() {
        let edge = EdgeId(3);
        let bridge = Cut {
            edge,
            from: 0.25,
            to: 0.5,
        };
        let closed = Closed {
            cuts: vec![bridge],
            ..Closed::default()
        };
        assert_eq!(closed.joins_ends(edge, 0.25), [true, false]);
        assert_eq!(closed.joins_ends(edge, 0.5), [false, true]);
        assert_eq!(closed.joins_ends(edge, 0.3), [false, false]);
        assert_eq!(closed.joins_ends(EdgeId(2), 0.3), [true, true]);
        assert!(bridge.has_inside(0.3) && !bridge.has_inside(0.25));
        assert!(!closed.joins(edge, 0.2, 0.6) && closed.joins(edge, 0.0, 0.25));
        let gate = Closed {
            cuts: vec![Cut {
                edge,
                from: 0.5,
                to: 0.5,
            }],
            ..Closed::default()
        };
        assert_eq!(gate.joins_ends(edge, 0.5), [true, true]);
        assert!(!gate.joins(edge, 0.4, 0.6) && gate.joins(edge, 0.5, 0.6));
    }
}
