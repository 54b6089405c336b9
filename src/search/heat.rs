//! Around every junction: how many people are within a cutoff of it. The heat map of a city.

use super::engine::{Engine, STATION_CHUNK};
use super::graph::Side;
use crate::control::{Cancelled, Control, Stage, Steps};
use crate::id::NodeId;
use crate::model::Access;
use crate::parallel;
use crate::snap::Snap;
use crate::units::{Cutoff, People};

impl Engine<'_> {
    /// The people within the cutoff of every junction, as if a station stood there, by node. `people` are the residents' own,
    /// in their order. Nobody is near a junction that no usable way leads to.
    ///
    /// # Errors
    /// [`Cancelled`].
    ///
    /// # Panics
    /// When the cutoff counts another unit than the impedance, or there are not as many people as residents.
    ///
    /// # Complexity
    /// One search per junction, in parallel, neighbours one after the other.
    ///
    /// # Example
    /// ```
    /// use geo_types::coord;
    /// use pedshed::control::Control;
    /// use pedshed::id::EdgeId;
    /// use pedshed::model::{Profile, WayKind};
    /// use pedshed::network::{Impedance, Network};
    /// use pedshed::search::{Engine, Trip};
    /// use pedshed::snap::{Snap, SnapOptions, Snapped, Snapping};
    /// use pedshed::units::{Cutoff, People};
    /// let ends = [9.50, 9.51, 9.52].map(|x| coord! { x: x, y: 47.1 });
    /// let network = Network::from_edges(&ends, &[(0, 1, WayKind::Street), (1, 2, WayKind::Street)])?;
    /// let impedance = Impedance::times(&network, &Profile::plain())?;
    /// let home = Snapping::On(Snap { edge: EdgeId(0), fraction: 0.5, leg_m: 0.0 });
    /// let snapped = Snapped::from_snappings(vec![home], &[], &[], SnapOptions::default());
    /// let engine = Engine::new(&network, &impedance, &snapped, Trip::ToStation);
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
    ) -> Result<Vec<People>, Cancelled> {
        assert_eq!(
            people.len(),
            self.snapped.residents().len(),
            "people for each resident"
        );
        let order = self.junctions_in_order();
        let steps = Steps::new(control, Stage::Search, order.len());
        let sums = parallel::map_with(
            order.len(),
            STATION_CHUNK,
            || self.circles(cutoff),
            |circles, index| {
                steps.step()?;
                let Some(snap) = self.at_junction(order[index]) else {
                    return Ok(People::ZERO);
                };
                let circle = circles.around(&[snap]).iter();
                Ok(circle.map(|(resident, _)| people[resident.index()]).sum())
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

    /// A junction as a place on one of its usable edges, on a public one where it has any: at a gate one stands outside.
    fn at_junction(&self, junction: NodeId) -> Option<Snap> {
        let edges = self.network.arcs_at(junction).iter();
        let usable = edges.filter(|arc| self.there.is_usable(arc.edge));
        let is_private = |edge| self.network.edge(edge).passage.access == Access::Private;
        let edge = usable
            .map(|arc| arc.edge)
            .min_by_key(|edge| (is_private(*edge), *edge))?;
        let fraction = if self.network.edge(edge).tail == junction {
            0.0
        } else {
            1.0
        };
        Some(Snap {
            edge,
            fraction,
            leg_m: 0.0,
        })
    }
}
