//! Random numbers and random towns for the tests of this room.

use geo_types::coord;

use crate::model::{Access, Flow, Passage, WayKind};
use crate::network::{Direction, Impedance, Network};
use crate::units::{CLOSED, Unit};

/// Numbers that look drawn; the same ones every time.
pub(super) struct Random(pub(super) u64);

impl Random {
    pub(super) fn below(&mut self, bound: u32) -> u32 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as u32) % bound
    }
}

/// A network with dead ends, hubs of up to ten ways, one-way and private ways, and costs from 0 to `most`.
pub(super) fn town(random: &mut Random, most: u32) -> (Network, Impedance) {
    let count = 2 + random.below(40);
    let mut places = Vec::new();
    for _ in 0..count {
        let (x, y) = (f64::from(random.below(1000)), f64::from(random.below(1000)));
        places.push(coord! { x: x / 1e5, y: y / 1e5 });
    }
    let mut edges = Vec::new();
    for node in 1..count {
        // Hubs: every other way leads to one of the first three junctions.
        let to = if random.below(2) == 0 {
            random.below(node.min(3))
        } else {
            random.below(node)
        };
        edges.push((node, to));
    }
    for _ in 0..random.below(count) {
        edges.push((random.below(count), random.below(count)));
    }
    let passage = |random: &mut Random| Passage {
        access: [Access::Public, Access::Private][usize::from(random.below(5) == 0)],
        flow: [Flow::Both, Flow::Forward][usize::from(random.below(6) == 0)],
        ..Passage::from(WayKind::Street)
    };
    let edges: Vec<(u32, u32, Passage)> = edges
        .into_iter()
        .map(|(tail, head)| (tail, head, passage(random)))
        .collect();
    let network = Network::from_edges(&places, &edges).expect("a network");
    let impedance = Impedance::from_costs(&network, Unit::Milliseconds, 1.0, |edge, direction| {
        let one_way = edges[edge.index()].2.flow == Flow::Forward;
        if one_way && direction == Direction::Backward {
            CLOSED
        } else {
            random.below(most)
        }
    });
    (network, impedance)
}
