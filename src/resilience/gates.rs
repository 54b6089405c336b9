//! The gates: those of compounds, those between private and public ways, and those that stand on a way.

use std::collections::BTreeMap;

use geo_types::Coord;

use super::street::{MapObject, StreetClosure, StreetKind};
use crate::geometry::{Location, geodesic_m};
use crate::id::{EdgeId, GateId, NodeId};
use crate::model::{Access, Compounds, GateMark};
use crate::network::{Direction, Network};
use crate::search::Cut;
use crate::snap::Walls;

/// A gate of a compound and one on its way that are as near as this, in metres, are one: about what two surveys of one gate differ by.
const SAME_GATE_M: f64 = 3.0;
/// The side of a cell of the grid in which gates are looked for, in 10⁻⁷ degrees: more than [`SAME_GATE_M`] up to 85° north.
const CELL_E7: i32 = 3_000;

/// What of the ways is closed at one place.
#[derive(Clone, Debug, Default)]
struct AtPlace {
    /// Its mark in the map.
    mark: Option<usize>,
    /// A private way that begins there.
    way: Option<i64>,
    cuts: Vec<Cut>,
    nodes: Vec<NodeId>,
}

/// All gates: those of compounds in their order, then those on ways from south-west to north-east.
pub(super) fn gates(
    network: &Network,
    walls: Option<(&Walls, &Compounds)>,
    marks: &[GateMark],
) -> Vec<StreetClosure> {
    let mut on_ways = on_ways(network, marks);
    let mut gates = Vec::new();
    if let Some((walls, compounds)) = walls {
        let cells = cells_of(on_ways.keys().copied());
        let in_walls = walls.gates().iter().map(|known| (known.gate, known.place));
        let in_walls: BTreeMap<GateId, Coord<f64>> = in_walls.collect();
        for (number, gate) in (0..).zip(&compounds.gates) {
            let Some(place) = in_walls.get(&GateId(number)).copied() else {
                continue;
            };
            let mut closure = StreetClosure {
                wall_gates: vec![GateId(number)],
                ..closure(MapObject::Record, gate.id.clone(), place)
            };
            for location in near(&cells, place) {
                if let Some(at_place) = on_ways.remove(&location) {
                    closure.cuts.extend(at_place.cuts);
                    closure.nodes.extend(at_place.nodes);
                }
            }
            gates.push(closure);
        }
    }
    gates.extend(on_ways.into_iter().map(|(location, at_place)| {
        let mark = at_place.mark.map(|mark| &marks[mark]);
        let (object, id) = match mark {
            Some(mark) => (MapObject::Node, mark.node),
            None => (MapObject::Way, at_place.way.unwrap_or_default()),
        };
        StreetClosure {
            name: mark.and_then(|mark| mark.name.clone()),
            cuts: at_place.cuts,
            nodes: at_place.nodes,
            ..closure(object, id.to_string(), location.degrees())
        }
    }));
    for gate in &mut gates {
        gate.cuts.sort_by_key(|cut| cut.edge);
    }
    gates
}

fn closure(object: MapObject, id: String, place: Coord<f64>) -> StreetClosure {
    StreetClosure::new(StreetKind::Gate, object, id, place)
}

/// What is closed at each place on the ways where there is a gate.
fn on_ways(network: &Network, marks: &[GateMark]) -> BTreeMap<Location, AtPlace> {
    let mut places: BTreeMap<Location, AtPlace> = BTreeMap::new();
    for node in network.nodes() {
        let arcs = || network.arcs_at(node).iter();
        let of = |access| arcs().find(move |arc| network.access(arc.edge) == access);
        if let (Some(private), Some(_)) = (of(Access::Private), of(Access::Public)) {
            let at_place = places.entry(network.location(node)).or_default();
            let way = network.edge(private.edge).way;
            at_place.way = Some(at_place.way.map_or(way, |known| known.min(way)));
            at_place.nodes.push(node);
        }
    }
    let by_place = marks.iter().map(|mark| mark.place).zip(0..);
    let by_place: BTreeMap<Location, usize> = by_place.collect();
    for edge in network.edge_ids() {
        cut_at_marks(network, edge, &by_place, &mut places);
    }
    for (place, at_place) in &mut places {
        at_place.mark = by_place.get(place).copied();
    }
    places
}

/// Cuts an edge where a mark stands on it. At a junction between private and public ways these are parted, and both go on.
fn cut_at_marks(
    network: &Network,
    edge: EdgeId,
    marks: &BTreeMap<Location, usize>,
    places: &mut BTreeMap<Location, AtPlace>,
) {
    let first = network.first_vertex(edge);
    for (vertex, location) in (first..).zip(network.shape(edge)) {
        if !marks.contains_key(location) {
            continue;
        }
        let fraction = network.fraction_at(edge, vertex);
        let [tail, head] = network.ends(edge);
        let node = match fraction {
            0.0 => Some(tail),
            1.0 => Some(head),
            _ => None,
        };
        // Who comes to the end of the only way there passes nothing.
        if node.is_some_and(|node| is_parted(network, node) || is_dead_end(network, node)) {
            continue;
        }
        places.entry(*location).or_default().cuts.push(Cut {
            edge,
            from: fraction,
            to: fraction,
        });
    }
}

fn is_parted(network: &Network, node: NodeId) -> bool {
    let mut arcs = network.arcs_at(node).iter();
    let first = arcs.next().map(|arc| network.access(arc.edge));
    arcs.any(|arc| Some(network.access(arc.edge)) != first)
}

fn is_dead_end(network: &Network, node: NodeId) -> bool {
    network.arcs_at(node).iter().len() < 2
}

type Cells = BTreeMap<[i32; 2], Vec<Location>>;

fn cell_of(location: Location) -> [i32; 2] {
    [location.lon_e7, location.lat_e7].map(|e7| e7.div_euclid(CELL_E7))
}

fn cells_of(locations: impl Iterator<Item = Location>) -> Cells {
    let mut cells = Cells::new();
    for location in locations {
        cells.entry(cell_of(location)).or_default().push(location);
    }
    cells
}

/// The places of a grid that are as near to a gate as the same gate is.
fn near(cells: &Cells, gate: Coord<f64>) -> Vec<Location> {
    let Some(location) = Location::from_degrees(gate) else {
        return Vec::new();
    };
    let [x, y] = cell_of(location);
    let around = (x - 1..=x + 1).flat_map(|x| (y - 1..=y + 1).map(move |y| [x, y]));
    let known = around.filter_map(|cell| cells.get(&cell)).flatten();
    let near = known.filter(|known| geodesic_m(known.degrees(), gate) <= SAME_GATE_M);
    near.copied().collect()
}

/// Where the ends of some ways are joined to a junction: these are cut there.
pub(super) fn ends_of_ways(network: &Network, node: NodeId, ways: &[i64]) -> Vec<Cut> {
    let arcs = network.arcs_at(node).iter();
    let ends = arcs.map(|arc| match arc.direction {
        Direction::Forward => (arc.edge, 0.0),
        Direction::Backward => (arc.edge, 1.0),
    });
    let own = ends.filter(|(edge, at)| ways.binary_search(&network.way_at(*edge, *at)).is_ok());
    let mut cuts: Vec<Cut> = own
        .map(|(edge, at)| Cut {
            edge,
            from: at,
            to: at,
        })
        .collect();
    cuts.sort_by_key(|cut| cut.edge);
    cuts
}
