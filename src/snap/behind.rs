//! The walls as one snapper meets them: which streets are seen from where, and by which gates a place is left.

use std::cmp::Ordering;
use std::sync::Arc;

use geo::Intersects;
use geo_types::Coord;

use super::index::{Segment, Stack};
use super::walls::{AROUND, Stand};
use super::{Door, SNAP_CHUNK, Snap, Snapper, Snapping, Walls};
use crate::geometry::LocalMetres;
use crate::model::Compound;
use crate::parallel;

/// The walls as one snapper meets them: with the gates on its streets.
#[derive(Debug)]
pub(super) struct Behind<'a> {
    pub(super) walls: &'a Walls,
    streets: Arc<WalledStreets>,
}

/// What walls and one walker's streets have to do with each other.
#[derive(Debug, Default)]
pub(super) struct WalledStreets {
    /// By gate of the walls.
    snaps: Vec<Option<Snap>>,
    /// By compound the streets in it, ascending.
    inner: Vec<Vec<Segment>>,
}

impl<'a> Behind<'a> {
    /// Over what is known of the same walls and streets.
    pub(super) fn over(walls: &'a Walls, streets: Arc<WalledStreets>) -> Self {
        Self { walls, streets }
    }

    /// What it can be made of again.
    pub(super) fn walled(&self) -> Arc<WalledStreets> {
        Arc::clone(&self.streets)
    }

    /// The streets that somebody in a compound may see; `None` where these may be any: outside, and for who stands at a wall,
    /// on either side of it.
    pub(super) fn streets_around(&self, place: &Stand) -> Option<&[Segment]> {
        let compounds = place.around.iter();
        let inner = compounds.map(|compound| self.streets.inner[compound.index()].as_slice());
        let fewest = inner.min_by_key(|streets| streets.len())?;
        (!self.walls.is_beside(place.at)).then_some(fewest)
    }
}

impl<'a> Snapper<'a> {
    /// The same with walls: no leg crosses them, and who finds no street inside leaves by the gates.
    ///
    /// # Complexity
    /// One lookup per gate.
    #[must_use]
    pub fn behind(mut self, walls: &'a Walls) -> Self {
        let inner = parallel::map_with(
            walls.compounds.len(),
            SNAP_CHUNK,
            Stack::default,
            |stack, compound| self.streets_in(&walls.compounds[compound], stack),
        );
        // Gates are snapped in sight of the walls.
        self.behind = Some(Behind::over(walls, Arc::default()));
        let snaps = parallel::map_with(
            walls.gates.len(),
            SNAP_CHUNK,
            Stack::default,
            |stack, gate| self.snap_in_sight(walls.gates[gate].place, stack),
        );
        let streets = WalledStreets { snaps, inner };
        self.behind = Some(Behind::over(walls, Arc::new(streets)));
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
    pub fn street_in_sight(&self, place: Coord<f64>) -> Option<Snap> {
        self.snap_in_sight(place, &mut Stack::default())
    }

    /// The ways out of the compounds that a place is in, the shortest leg first; of equally long ones the first gate. A leg
    /// is straight to a gate, however far, and from there to the nearest street within the snapping distance.
    ///
    /// They are for places without a street inside; others have them too. A street that begins in a gate is not inside.
    #[must_use]
    pub fn doors(&self, place: Coord<f64>) -> Vec<Door> {
        match &self.behind {
            Some(behind) => self.doors_of(&behind.walls.stand(place)),
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

    pub(super) fn doors_of(&self, place: &Stand) -> Vec<Door> {
        let Some(Behind { walls, streets }) = &self.behind else {
            return Vec::new();
        };
        let Stand { at: place, around } = place;
        let (place, metres) = (*place, LocalMetres::at(place.y));
        let mut doors = Vec::new();
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
                doors.push(Door {
                    gate: gate.gate,
                    snap: Snap { leg_m, ..snap },
                });
            }
        }
        doors.sort_by(shorter);
        doors
    }

    /// The doors of those of some snapped places that have no street, by their positions; their snappings become the first
    /// door.
    pub(super) fn leave_by_gates(
        &self,
        snappings: &mut [Snapping],
        place: impl Fn(usize) -> Option<Coord<f64>> + Sync + Send,
    ) -> Vec<(u32, Vec<Door>)> {
        if self.behind.is_none() {
            return Vec::new();
        }
        let without: Vec<usize> = (0..snappings.len())
            .filter(|index| matches!(snappings[*index], Snapping::OffNetwork(_)))
            .collect();
        let doors = parallel::map(&without, SNAP_CHUNK, |index| {
            place(*index).map_or_else(Vec::new, |place| self.doors(place))
        });
        let found = without.into_iter().zip(doors);
        let found = found.filter(|(_, doors)| !doors.is_empty());
        found
            .map(|(index, doors)| {
                snappings[index] = Snapping::On(doors[0].snap);
                (index as u32, doors)
            })
            .collect()
    }
}

fn shorter(one: &Door, other: &Door) -> Ordering {
    let by_leg = one.snap.leg_m.total_cmp(&other.snap.leg_m);
    by_leg.then(one.gate.cmp(&other.gate))
}
