//! Snapping behind walls: who finds no street inside leaves by the gates.

use std::cmp::Ordering;
use std::sync::Arc;

use geo::Intersects;
use geo_types::Coord;

use super::behind::{Behind, WalledStreets};
use super::gate_access::GateAccess;
use super::index::{Segment, Stack};
use super::joined::{SNAP_CHUNK, Snap, Snapping};
use super::snapper::Snapper;
use super::walls::{AROUND, Stand, Walls};
use crate::geometry::LocalMetres;
use crate::model::Compound;
use crate::parallel;

impl<'a> Snapper<'a> {
    /// The same with walls: no leg crosses them, and who finds no street inside leaves by the gates.
    ///
    /// # Complexity
    /// One lookup per gate.
    #[must_use]
    pub(crate) fn behind(mut self, walls: &'a Walls) -> Self {
        let inner = parallel::map_with(
            walls.compounds.len(),
            SNAP_CHUNK,
            Stack::default,
            |stack, compound| self.streets_in(&walls.compounds[compound], stack),
        );
        // Gates are snapped in sight of the walls.
        self.behind = Some(Behind::new(walls, Arc::default()));
        let snaps = parallel::map_with(
            walls.gates.len(),
            SNAP_CHUNK,
            Stack::default,
            |stack, gate| self.snap_in_sight(walls.gates[gate].place, stack),
        );
        let streets = WalledStreets { snaps, inner };
        self.behind = Some(Behind::new(walls, Arc::new(streets)));
        self
    }

    /// The streets in a compound that may be snapped to, ascending.
    fn streets_in(&self, compound: &Compound, stack: &mut Stack) -> Vec<Segment> {
        let Some(bounds) = geo::BoundingRect::bounding_rect(&compound.shape) else {
            return Vec::new();
        };
        let middle = bounds.center();
        let (east, north) = LocalMetres::at(middle.y).vector(middle, bounds.max());
        let (mut inner, radius_m) = (Vec::new(), AROUND * east.hypot(north) + 1.0);
        let accept = |edge| self.accepts(edge);
        self.index
            .each_within(middle, radius_m, stack, accept, |segment| {
                if self.index.line(segment).intersects(&compound.shape) {
                    inner.push(segment);
                }
            });
        inner.sort_unstable();
        inner
    }

    /// The nearest street within the snapping distance that no wall hides, whatever gates there are.
    #[must_use]
    pub(crate) fn street_in_sight(&self, place: Coord<f64>) -> Option<Snap> {
        self.snap_in_sight(place, &mut Stack::default())
    }

    /// The ways out of the compounds that a place is in, the shortest leg first; of equally long ones the first gate. A leg
    /// is straight to a gate, however far, and from there to the nearest street within the snapping distance.
    ///
    /// They are for places without a street inside; others have them too. A street that begins in a gate is not inside.
    #[must_use]
    pub(crate) fn gate_accesses(&self, place: Coord<f64>) -> Vec<GateAccess> {
        match &self.behind {
            Some(behind) => self.accesses_of(&behind.walls.stand(place)),
            None => Vec::new(),
        }
    }

    /// The gates on its streets.
    #[cfg(feature = "isochrone")]
    pub(crate) fn gates(&self) -> impl Iterator<Item = (&super::WallGate, Snap)> {
        let behind = self.behind.iter();
        let gates = behind.flat_map(|behind| behind.walls.gates.iter().zip(&behind.streets.snaps));
        gates.filter_map(|(gate, snap)| Some((gate, (*snap)?)))
    }

    pub(super) fn accesses_of(&self, place: &Stand) -> Vec<GateAccess> {
        let Some(Behind { walls, streets }) = &self.behind else {
            return Vec::new();
        };
        let Stand { at: place, around } = place;
        let (place, metres) = (*place, LocalMetres::at(place.y));
        let mut accesses = Vec::new();
        for &compound in around {
            let first = walls.gates.partition_point(|gate| gate.compound < compound);
            let gates = walls.gates_of(compound).iter().zip(&streets.snaps[first..]);
            for (gate, snap) in gates {
                // Walls inside walls are left one after the other, and that only by ways.
                let is_led_to = || walls.leads_to(place, gate.place, compound);
                let Some(snap) = snap.filter(|_| is_led_to()) else {
                    continue;
                };
                let (east, north) = metres.vector(place, gate.place);
                let leg_m = east.hypot(north) + snap.leg_m;
                accesses.push(GateAccess {
                    gate: gate.gate,
                    snap: Snap { leg_m, ..snap },
                });
            }
        }
        accesses.sort_by(shorter);
        accesses
    }

    /// The gate accesses of those of some snapped places that have no street, by their positions; their snappings become the first
    /// gate access.
    pub(super) fn leave_by_gates(
        &self,
        snappings: &mut [Snapping],
        place: impl Fn(usize) -> Option<Coord<f64>> + Sync + Send,
    ) -> Vec<(u32, Vec<GateAccess>)> {
        if self.behind.is_none() {
            return Vec::new();
        }
        let without: Vec<usize> = (0..snappings.len())
            .filter(|index| matches!(snappings[*index], Snapping::OffNetwork(_)))
            .collect();
        let accesses = parallel::map(&without, SNAP_CHUNK, |index| {
            place(*index).map_or_else(Vec::new, |place| self.gate_accesses(place))
        });
        let found = without.into_iter().zip(accesses);
        let found = found.filter(|(_, accesses)| !accesses.is_empty());
        found
            .map(|(index, accesses)| {
                snappings[index] = Snapping::On(accesses[0].snap);
                (index as u32, accesses)
            })
            .collect()
    }
}

fn shorter(one: &GateAccess, other: &GateAccess) -> Ordering {
    let by_leg = one.snap.leg_m.total_cmp(&other.snap.leg_m);
    by_leg.then(one.gate.cmp(&other.gate))
}
