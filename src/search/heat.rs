//! Around every junction: how many people are within a cutoff of it. The heat map of a city.
//!
//! It is one table of homes and junctions, and can be searched from either side: from every junction for the homes around it,
//! or from every home for the junctions around it. Where there are fewer homes than junctions, the second is quicker.

use std::sync::atomic::{AtomicU64, Ordering};

use super::engine::{Engine, STATION_CHUNK};
use super::error::SearchError;
use super::graph::Side;
use super::travel_times::Trip;
use crate::control::{Cancelled, Control, Stage, Steps};
use crate::id::NodeId;
use crate::model::Access;
use crate::parallel;
use crate::snap::{Snap, Snapped, Snapping};
use crate::units::{Cost, Cutoff, OtherUnit, People};

/// A search from a home costs about as much as two from junctions: it meets more junctions than these meet homes.
const JUNCTIONS_PER_HOME: usize = 2;

impl Engine<'_> {
    /// The people within the cutoff of every junction, as if a station stood there, by node. `people` are the residents' own,
    /// in their order. Nobody is near a junction that no usable way leads to, or that is below ground,
    /// where no station stands.
    ///
    /// # Errors
    /// [`SearchError`]: the cutoff counts another unit than the engine, there are not as many people as residents, or the caller
    /// cancelled.
    ///
    /// # Complexity
    /// One search per junction or per home, in parallel, neighbours one after the other.
    ///
    /// # Example
    /// ```
    /// use geo_types::coord;
    /// use pedshed::control::Control;
    /// use pedshed::id::EdgeId;
    /// use pedshed::model::{Profile, WayKind};
    /// use pedshed::network::Network;
    /// use pedshed::search::Trip;
    /// use pedshed::snap::{Snap, SnapOptions, Snapped, Snapping};
    /// use pedshed::units::{Cutoff, People, Unit};
    /// use pedshed::walker::{Placed, WalkOptions, Walker};
    /// let ends = [9.50, 9.51, 9.52].map(|x| coord! { x: x, y: 47.1 });
    /// let network = Network::from_edges(&ends, &[(0, 1, WayKind::Street), (1, 2, WayKind::Street)])?;
    /// let walker = Walker::new(&network, &Profile::plain(), WalkOptions::default())?;
    /// let home = Snapping::On(Snap::new(EdgeId(0), 0.5, 0.0));
    /// let snapped = Snapped::from_snappings(vec![home], &[], &[], SnapOptions::default());
    /// let placed = Placed::from_snapped(&walker, snapped, Trip::ToStation)?;
    /// let engine = placed.engine(Unit::Milliseconds, Control::default())?;
    /// // 380 m at 4.8 km/h are 4.7 minutes, 1,139 m are 14.
    /// let near = engine.people_around_junctions(Cutoff::minutes(5.0)?, &[People::ONE], Control::default())?;
    /// assert_eq!(near, [People::ONE, People::ONE, People::ZERO]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn people_around_junctions(
        &self,
        cutoff: Cutoff,
        people: &[People],
        control: Control<'_>,
    ) -> Result<Vec<People>, SearchError> {
        let (given, of) = (people.len(), self.snapped.residents().len());
        if given != of {
            return Err(SearchError::People { given, of });
        }
        OtherUnit::check(cutoff.unit(), self.unit())?;
        let homes = self.homes(people);
        Ok(
            if homes.len() * JUNCTIONS_PER_HOME < self.network.node_count() {
                self.sums_from_homes(&homes, cutoff.cost(), control)?
            } else {
                self.sums_from_junctions(cutoff.cost(), people, control)?
            },
        )
    }

    /// The places where somebody lives, each once, with its people.
    fn homes(&self, people: &[People]) -> Vec<(Snap, People)> {
        let on_network = self.snapped.residents_on_network();
        let mut homes: Vec<(Snap, People)> = on_network
            .map(|(resident, snap)| (*snap, people[resident.index()]))
            .collect();
        homes.sort_by(|(one, _), (other, _)| {
            let along = one.fraction.total_cmp(&other.fraction);
            let by_place = one.edge.cmp(&other.edge).then(along);
            by_place.then(one.leg_m.total_cmp(&other.leg_m))
        });
        homes.dedup_by(|(next, more), (home, people)| {
            let is_same = next == home;
            if is_same {
                *people += *more;
            }
            is_same
        });
        homes
    }

    /// Searches from every home: an engine in which homes and junctions have changed sides, and walks their direction.
    fn sums_from_homes(
        &self,
        homes: &[(Snap, People)],
        bound: Cost,
        control: Control<'_>,
    ) -> Result<Vec<People>, Cancelled> {
        let junctions = self.network.nodes().map(|node| {
            let snap = self.at_junction(node);
            snap.map_or(Snapping::Invalid, Snapping::On)
        });
        let options = self.snapped.options();
        let mut turned = Snapped::from_snappings(junctions.collect(), &[], &[], options);
        for (home, _) in homes {
            turned.add_station(&[Snapping::On(*home)]);
        }
        let trip = match self.prepared().trip() {
            Trip::ToStation => Trip::FromStation,
            Trip::FromStation => Trip::ToStation,
            Trip::RoundTrip => Trip::RoundTrip,
        };
        let engine = Engine::new(self.network, self.impedance, &turned, trip);
        // Integers: the sums are the same in whatever order homes come.
        let sums: Vec<AtomicU64> = self.network.nodes().map(|_| AtomicU64::new(0)).collect();
        engine.map_catchments_up_to(bound, control, |home, row| {
            let people = homes[home.index()].1.thousandths();
            for (junction, _) in row {
                add(&sums[junction.index()], people);
            }
        })?;
        let sums = sums.into_iter().map(AtomicU64::into_inner);
        Ok(sums.map(People::from_thousandths).collect())
    }

    /// Searches from every junction.
    fn sums_from_junctions(
        &self,
        bound: Cost,
        people: &[People],
        control: Control<'_>,
    ) -> Result<Vec<People>, Cancelled> {
        let order = self.junctions_in_order();
        let steps = Steps::new(control, Stage::Search, order.len());
        let sums = parallel::map_with(
            order.len(),
            STATION_CHUNK,
            || self.catchments_up_to(bound),
            |catchments, index| {
                steps.step()?;
                let Some(snap) = self.at_junction(order[index]) else {
                    return Ok(People::ZERO);
                };
                let around = catchments.row_around(&[snap]).iter();
                Ok(around.map(|(resident, _)| people[resident.index()]).sum())
            },
        );
        let mut by_node = vec![People::ZERO; order.len()];
        for (node, sum) in order.iter().zip(sums) {
            by_node[node.index()] = sum?;
        }
        Ok(by_node)
    }

    /// All junctions in the order of the graph.
    fn junctions_in_order(&self) -> Vec<NodeId> {
        let graph = self.there.graph();
        let node = |junction: NodeId| {
            let spot = graph.junctions().spot(junction, Side::Public);
            spot.map(|spot| graph.node(spot))
        };
        let mut order: Vec<NodeId> = self.network.nodes().collect();
        order.sort_by_cached_key(|junction| node(*junction));
        order
    }

    /// A junction as a place on one of its usable edges above ground, on a public one where it has any: at a gate one stands
    /// outside.
    fn at_junction(&self, junction: NodeId) -> Option<Snap> {
        let edges = self.network.arcs_at(junction).iter();
        let above = edges.filter(|arc| self.network.is_above_ground(*arc));
        let usable = above.filter(|arc| self.there.is_usable(arc.edge));
        let is_private = |edge| self.network.edge(edge).passage.access == Access::Private;
        let edge = usable
            .map(|arc| arc.edge)
            .min_by_key(|edge| (is_private(*edge), *edge))?;
        let fraction = if self.network.edge(edge).tail == junction {
            0.0
        } else {
            1.0
        };
        Some(Snap::new(edge, fraction, 0.0))
    }
}

/// Adds to a sum that stays at the most that it can say: whoever goes over it says so, and then so does the next.
fn add(sum: &AtomicU64, people: u64) {
    let before = sum.fetch_add(people, Ordering::Relaxed);
    if before.checked_add(people).is_none() {
        sum.store(People::MOST.thousandths(), Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Location;
    use crate::id::EdgeId;
    use crate::model::{Profile, StreetsBuilder, Structure, WayKind};
    use crate::network::{Impedance, Network};
    use crate::search::random::{Random, town};
    use crate::snap::SnapOptions;
    use crate::units::Unit;

    #[test]
    fn nobody_is_near_a_junction_below_ground() {
        // Two streets of 111 m that meet, and a tunnel that leads on from there.
        let places = [(0, 0), (10_000, 0), (20_000, 0), (10_000, 10_000)];
        let places = places.map(|(lon_e7, lat_e7)| Location { lon_e7, lat_e7 });
        let near = |structure| {
            let mut streets = StreetsBuilder::new(places.to_vec());
            streets.add_way(1, &[0, 1], WayKind::Street, None);
            streets.add_way(2, &[1, 3], WayKind::Street, None);
            streets.add_way_on(structure, 3, &[1, 2], WayKind::Street, None);
            let network = Network::build(&streets.finish(Vec::new())).expect("three streets");
            let impedance = Impedance::times(&network, &Profile::plain()).expect("short ways");
            let home = Snapping::On(Snap::new(EdgeId(0), 0.5, 0.0));
            let snapped = Snapped::from_snappings(vec![home], &[], &[], SnapOptions::default());
            let engine = Engine::new(&network, &impedance, &snapped, Trip::ToStation);
            let cutoff = Cutoff::minutes(15.0).expect("a cutoff");
            let people = [People::ONE];
            let found = engine.people_around_junctions(cutoff, &people, Control::default());
            found.expect("nobody cancels")
        };
        let (one, none) = (People::ONE, People::ZERO);
        assert_eq!(near(Structure::Ground), [one, one, one, one]);
        assert_eq!(near(Structure::Underground), [one, one, one, none]);
    }

    #[test]
    fn searching_from_homes_or_from_junctions_gives_the_same_sums() {
        let mut random = Random(7);
        for round in 0..600 {
            let (network, impedance) = town(&mut random, [2, 300, 20_000][round % 3]);
            let edges = network.edge_count() as u32;
            // The ends of edges too, and several homes at one place.
            let homes = (0..=random.below(30)).map(|_| {
                Snapping::On(Snap::new(
                    EdgeId(random.below(edges)),
                    f64::from(random.below(5)) / 4.0,
                    f64::from(random.below(3)),
                ))
            });
            let snapped =
                Snapped::from_snappings(homes.collect(), &[], &[], SnapOptions::default());
            let people = (0..snapped.residents().len() as u64).map(|id| 1 + id * 1000);
            let people: Vec<People> = people.map(People::from_thousandths).collect();
            let bound = [3, 900, 60_000][round % 3];
            let cutoff = Cutoff::from_long_cost(bound, Unit::Milliseconds);
            for trip in [Trip::ToStation, Trip::FromStation, Trip::RoundTrip] {
                let engine = Engine::new(&network, &impedance, &snapped, trip);
                let control = Control::default();
                let homes = engine.homes(&people);
                let from_homes = engine.sums_from_homes(&homes, cutoff.cost(), control);
                let from_junctions = engine.sums_from_junctions(cutoff.cost(), &people, control);
                assert_eq!(from_homes, from_junctions, "town {round} {trip:?}");
            }
        }
    }
}
