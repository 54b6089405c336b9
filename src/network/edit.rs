//! A network with ways more or less: taken apart into ways again, edited, and built anew.

use std::collections::HashMap;

use super::arcs::OutArc;
use super::direction::Direction;
use super::graph::Network;
use super::heights::Segments;
use super::{Edge, NetworkError};
use crate::geometry::{Location, geodesic_m};
use crate::id::{EdgeId, NodeId};
use crate::model::{Access, Crossing, Passage, StreetsBuilder, Structure, WayKind};

/// A way more, which begins and ends on edges of the network.
#[derive(Clone, Debug)]
pub(crate) struct NewWay {
    /// Where it begins and ends: an edge, and the part of its length from tail to head.
    pub(crate) ends: [(EdgeId, f64); 2],
    /// The vertices between.
    pub(crate) between: Vec<Location>,
    /// The one of these where walkers wait.
    pub(crate) crossing: Option<(usize, Crossing)>,
    pub(crate) passage: Passage,
    pub(crate) structure: Structure,
    pub(crate) name: Option<String>,
}

/// What becomes of a piece of an edge that is of one way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It stays, for more walkers than before where it is opened.
    Kept(Opened),
    /// It is there no more.
    Closed,
}

/// To whom a piece is opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Opened {
    /// To everybody, if it was private.
    pub(crate) is_public: bool,
    /// To wheels.
    pub(crate) is_step_free: bool,
}

impl Opened {
    fn passage(self, passage: Passage) -> Passage {
        let passage = if self.is_step_free {
            passage.made_step_free()
        } else {
            passage
        };
        let access = if self.is_public {
            Access::Public
        } else {
            passage.access
        };
        Passage { access, ..passage }
    }
}

impl Network {
    /// The network that would have been built of the same ways but for those that are closed, and of these more: its edges come
    /// in the same order, and chains go on through what is a junction no more. `fate` is asked for every edge and each way
    /// that it is of.
    ///
    /// # Errors
    /// What [`Network::build`] refuses: among others a network of which all is closed.
    ///
    /// # Complexity
    /// That of [`Network::build`].
    pub(crate) fn edited(
        &self,
        fate: impl Fn(EdgeId, i64) -> Fate,
        more: &[NewWay],
    ) -> Result<Self, NetworkError> {
        let mut streets = Ways {
            network: self,
            builder: StreetsBuilder::new(self.nodes().map(|node| self.location(node)).collect()),
            joined: HashMap::new(),
            crossings: Vec::new(),
            segments: Segments::new(self),
        };
        let crossings = self.nodes();
        streets.crossings = crossings
            .filter_map(|node| Some((node.0, self.crossing(node)?)))
            .collect();
        let joints = joints_by_edge(more);
        for edge in self.edge_ids() {
            let first = joints.partition_point(|joint| joint.edge < edge);
            let count = joints[first..].partition_point(|joint| joint.edge == edge);
            streets.add_edge(edge, &joints[first..first + count], &fate);
        }
        for (number, way) in (1..).zip(more) {
            streets.add_way(-number, way);
        }
        let Ways {
            builder,
            crossings,
            segments,
            ..
        } = streets;
        let mut network = Self::build(&builder.finish(crossings))?;
        network.heights = segments.map(|segments| segments.moved_to(&network));
        network.source = self.source;
        network.source.ways += more.len() as u64;
        Ok(network)
    }

    /// Whether every junction at which these edges end is one without them: then taking them away changes nothing else, and
    /// closing them is the same as building the network without them.
    ///
    /// # Complexity
    /// O(n) in the edges at their ends.
    pub(crate) fn keeps_junctions_without(&self, closed: impl Fn(EdgeId) -> bool) -> bool {
        let edges = self.edge_ids().filter(|edge| closed(*edge));
        let mut ends = edges.flat_map(|edge| self.ends(edge));
        ends.all(|node| self.is_junction_without(node, &closed))
    }

    fn is_junction_without(&self, node: NodeId, closed: impl Fn(EdgeId) -> bool) -> bool {
        if self.crossing(node).is_some() {
            return true;
        }
        let arcs = self.arcs_at(node).iter();
        let left: Vec<OutArc> = arcs.filter(|arc| !closed(arc.edge)).collect();
        let [one, other] = left[..] else {
            return true;
        };
        let is_ride = |arc: OutArc| is_ride(self.passage(arc.edge).kind);
        one.edge == other.edge
            || is_ride(one)
            || is_ride(other)
            || self.passage_from(one).reversed() != self.passage_from(other)
    }

    /// An edge's passage seen from where it leaves a node.
    fn passage_from(&self, arc: OutArc) -> Passage {
        let passage = self.passage(arc.edge);
        match arc.direction {
            Direction::Forward => passage,
            Direction::Backward => passage.reversed(),
        }
    }
}

fn is_ride(kind: WayKind) -> bool {
    matches!(kind, WayKind::Lift { .. } | WayKind::Ferry)
}

/// Where a new way joins an edge.
struct Joint {
    edge: EdgeId,
    fraction: f64,
    /// Which of the new ways, and which of its ends.
    end: (usize, usize),
}

/// By edge, from tail to head.
fn joints_by_edge(more: &[NewWay]) -> Vec<Joint> {
    let mut joints = Vec::new();
    for (number, way) in more.iter().enumerate() {
        for (end, (edge, fraction)) in way.ends.into_iter().enumerate() {
            joints.push(Joint {
                edge,
                fraction,
                end: (number, end),
            });
        }
    }
    let by_place = |one: &Joint, other: &Joint| {
        let by_fraction = one.fraction.total_cmp(&other.fraction);
        one.edge.cmp(&other.edge).then(by_fraction)
    };
    joints.sort_by(by_place);
    joints
}

/// The ways so far.
struct Ways<'n> {
    network: &'n Network,
    builder: StreetsBuilder,
    /// The vertices where new ways begin and end.
    joined: HashMap<(usize, usize), u32>,
    crossings: Vec<(u32, Crossing)>,
    /// Where the streets lie, if they have heights.
    segments: Option<Segments<'n>>,
}

/// A vertex of an edge, and what the segment that begins there is.
#[derive(Clone, Copy)]
struct Stop {
    vertex: u32,
    at: Location,
    /// How far along the edge, as a fraction of its length.
    fraction: f64,
    way: u32,
    structure: Structure,
}

impl Ways<'_> {
    /// Adds the pieces of an edge that are left, each of one way and on one structure.
    fn add_edge(&mut self, edge: EdgeId, joints: &[Joint], fate: impl Fn(EdgeId, i64) -> Fate) {
        let stops = self.stops(edge, joints);
        if let Some(segments) = &mut self.segments {
            for pair in stops.windows(2) {
                segments.add(edge, [0, 1].map(|end| (pair[end].at, pair[end].fraction)));
            }
        }
        let network = self.network;
        let Edge { passage, .. } = network.edge(edge);
        let mut from = 0;
        while from + 1 < stops.len() {
            let alike = |stop: &Stop| {
                let is_one = stop.structure == stops[from].structure || is_ride(passage.kind);
                stop.way == stops[from].way && is_one
            };
            let segments = &stops[from..stops.len() - 1];
            let count = segments.iter().take_while(|stop| alike(stop)).count();
            let refs: Vec<u32> = stops[from..=from + count]
                .iter()
                .map(|stop| stop.vertex)
                .collect();
            let Stop { way, structure, .. } = stops[from];
            let id = network.ways[way as usize];
            if let Fate::Kept(opened) = fate(edge, id) {
                let passage = opened.passage(passage);
                let name = network.name_of_way(way);
                self.builder.add_way_on(structure, id, &refs, passage, name);
            }
            from += count;
        }
    }

    /// The vertices of an edge, those where new ways join it among them.
    fn stops(&mut self, edge: EdgeId, joints: &[Joint]) -> Vec<Stop> {
        let network = self.network;
        let shape = network.shape(edge);
        let [tail, head] = network.ends(edge);
        let length_m = network.edge_length_m(edge);
        let mut later = network.later_ways_of(edge).iter().peekable();
        let mut way = network.first_ways[edge.index()];
        let mut joints = joints.iter().peekable();
        let mut stops: Vec<Stop> = Vec::with_capacity(shape.len() + joints.len());
        let mut metres = 0.0;
        for (index, at) in shape.iter().enumerate() {
            let position = network.first_vertex(edge) + index as u32;
            if let Some([_, next]) = later.next_if(|[from, _]| *from == position) {
                way = *next;
            }
            let is_last = index + 1 == shape.len();
            let vertex = match index {
                0 => tail.0,
                _ if is_last => head.0,
                _ => self.builder.add_vertex(*at),
            };
            let structure = if is_last {
                Structure::Ground
            } else {
                network.structure_of(position)
            };
            stops.push(Stop {
                vertex,
                at: *at,
                fraction: match index {
                    0 => 0.0,
                    _ if is_last => 1.0,
                    _ if length_m > 0.0 => metres / length_m,
                    _ => 0.0,
                },
                way,
                structure,
            });
            let end_m = match shape.get(index + 1) {
                Some(next) => metres + geodesic_m(at.degrees(), next.degrees()),
                None => f64::INFINITY,
            };
            let next = shape.get(index + 1).copied();
            while let Some(joint) = joints.next_if(|joint| {
                // What rounds to the next vertex joins there.
                is_last || (joint.fraction * length_m < end_m && Some(self.place(joint)) != next)
            }) {
                self.join(joint, is_last, &mut stops);
            }
            metres = end_m;
        }
        stops
    }

    fn place(&self, joint: &Joint) -> Location {
        let place = self.network.place_at(joint.edge, joint.fraction);
        let tail = || self.network.shape(joint.edge)[0];
        Location::from_degrees(place).unwrap_or_else(tail)
    }

    /// Joins a new way at the last stop, or behind it.
    fn join(&mut self, joint: &Joint, is_last: bool, stops: &mut Vec<Stop>) {
        let last = stops[stops.len() - 1];
        let at = self.place(joint);
        let vertex = if at == last.at || is_last {
            last.vertex
        } else {
            let vertex = self.builder.add_vertex(at);
            stops.push(Stop {
                vertex,
                at,
                fraction: joint.fraction,
                ..last
            });
            vertex
        };
        self.joined.insert(joint.end, vertex);
    }

    /// Adds a new way between the vertices where it joins.
    fn add_way(&mut self, id: i64, way: &NewWay) {
        let number = (-id - 1) as usize;
        let [from, to] = [0, 1].map(|end| self.joined[&(number, end)]);
        let between = way.between.iter();
        let between: Vec<u32> = between.map(|at| self.builder.add_vertex(*at)).collect();
        if let Some((at, crossing)) = way.crossing {
            self.crossings.push((between[at], crossing));
        }
        let refs: Vec<u32> = [from].into_iter().chain(between).chain([to]).collect();
        let name = way.name.as_deref();
        self.builder
            .add_way_on(way.structure, id, &refs, way.passage, name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Flow, Wheels};

    const KEPT: Fate = Fate::Kept(Opened {
        is_public: false,
        is_step_free: false,
    });

    fn at(x: i32, y: i32) -> Location {
        Location {
            lon_e7: x * 1000,
            lat_e7: y * 1000,
        }
    }

    /// A street of two ways and a bridge, one that is one-way, a private one, stairs, a lift, a ring by itself, and a crossing.
    fn town() -> Network {
        let places = [
            (0, 0),
            (10, 0),
            (20, 0),
            (30, 0),
            (40, 0),
            (20, 10),
            (20, 20),
            (30, 20),
            (90, 0),
            (90, 9),
            (99, 9),
        ];
        let places = places.map(|(x, y)| at(x, y)).to_vec();
        let mut streets = StreetsBuilder::new(places);
        let street = Passage::default();
        let private = Passage {
            access: Access::Private,
            ..street
        };
        let one_way = Passage::from((WayKind::Street, Flow::Backward));
        streets.add_way(1, &[1, 0], street, Some("West"));
        streets.add_way_on(Structure::Bridge, 1, &[1, 2], street, Some("West"));
        streets.add_way(2, &[2, 3, 4], street, Some("East"));
        streets.add_way(3, &[5, 2], one_way, None);
        streets.add_way(4, &[5, 6], private, Some("Yard"));
        streets.add_way(5, &[3, 7], WayKind::Steps, None);
        streets.add_way(6, &[6, 7], WayKind::Lift { storeys: 3 }, None);
        streets.add_way_on(Structure::Underground, 7, &[8, 9, 10, 8], street, None);
        let streets = streets.finish(vec![(1, Crossing::Signal)]);
        Network::build(&streets).expect("streets")
    }

    fn said(network: &Network) -> Vec<String> {
        let edges = network.edges().map(|(id, edge)| {
            let shape = network.shape(id);
            let ways = network.ways_along(id);
            let above: Vec<[u32; 2]> = network.above_ground(id).collect();
            let ends = [edge.tail, edge.head].map(|node| network.crossing(node));
            let carried = network.structure_at(id, 0.3);
            format!("{edge:?} {shape:?} {ways:?} {above:?} {ends:?} {carried:?}")
        });
        edges.collect()
    }

    #[test]
    fn a_network_of_which_nothing_is_edited_is_the_same() {
        let network = town();
        let again = network.edited(|_, _| KEPT, &[]).expect("streets");
        assert_eq!(said(&again), said(&network));
        assert_eq!(again.source(), network.source());
    }

    #[test]
    fn streets_keep_their_heights_and_a_new_way_rises_evenly_between_its_ends() {
        let hill = |places: &[geo_types::Coord<f64>]| -> Vec<f64> {
            places
                .iter()
                .map(|at| 3e4 * at.x + 1e7 * at.y * at.y)
                .collect()
        };
        let network = town().with_heights(hill);
        let same = network.edited(|_, _| KEPT, &[]).expect("streets");
        let heights = |network: &Network| {
            let heights = network.heights.as_ref().expect("heights");
            (
                heights.starts.to_vec(),
                heights.samples.to_vec(),
                heights.metres,
            )
        };
        assert_eq!(heights(&same), heights(&network));

        let more = NewWay {
            ends: [(EdgeId(0), 0.5), (EdgeId(2), 0.25)],
            between: vec![at(10, 40)],
            crossing: None,
            passage: Passage::default(),
            structure: Structure::Ground,
            name: None,
        };
        let [from, to] = more
            .ends
            .map(|(edge, part)| network.height_at(edge, part).expect("known"));
        let with = network.edited(|_, _| KEPT, &[more]).expect("streets");
        let (new, _) = with
            .edges()
            .find(|(_, edge)| edge.way == -1)
            .expect("the new way");
        let found = [0.0, 0.5, 1.0].map(|part| with.height_at(new, part).expect("known"));
        for (found, expected) in found.into_iter().zip([from, f64::midpoint(from, to), to]) {
            assert!((found - expected).abs() < 2e-3, "{found} for {expected}");
        }
        // The streets that it parts stay where they were.
        for (edge, _) in with.edges().filter(|(_, edge)| edge.way > 0) {
            for part in [0.0, 0.3, 1.0] {
                let place = with.place_at(edge, part);
                let straight = hill(&[place])[0];
                let found = with.height_at(edge, part).expect("known");
                let is_carried = with.structure_at(edge, part) != Structure::Ground;
                assert!(
                    is_carried || (found - straight).abs() < 0.3,
                    "{found} for {straight}"
                );
            }
        }
        assert_eq!(with.height_metres().expect("heights").unknown_m, 0.0);
    }

    #[test]
    fn a_way_that_is_closed_and_one_that_joins_at_a_vertex_and_beside_one() {
        let network = town();
        let of_way = |wanted: i64| {
            move |_, way| {
                if way == wanted { Fate::Closed } else { KEPT }
            }
        };
        let without = network.edited(of_way(3), &[]).expect("streets");
        let ways = |network: &Network| -> Vec<i64> {
            let edges = network.edges();
            edges
                .flat_map(|(id, _)| {
                    network
                        .ways_along(id)
                        .into_iter()
                        .map(|one| one.way)
                        .collect::<Vec<_>>()
                })
                .collect()
        };
        // Without the one-way street the bridge and the street behind it are one chain up to the stairs.
        assert_eq!(ways(&network), [1, 1, 2, 2, 3, 4, 5, 6, 7]);
        assert_eq!(ways(&without), [1, 1, 2, 2, 4, 5, 6, 7]);
        let public = network.edited(
            |_, way| {
                Fate::Kept(Opened {
                    is_public: way == 4,
                    is_step_free: way == 5,
                })
            },
            &[],
        );
        let public = public.expect("streets");
        assert!(
            public
                .edges()
                .all(|(_, edge)| edge.passage.access == Access::Public)
        );
        let mut steps = public.edges().filter(|(_, edge)| edge.way == 5);
        assert!(steps.all(|(_, edge)| edge.passage.wheels == Wheels::Open));

        let last = network
            .edges()
            .find(|(_, edge)| edge.way == 2)
            .expect("a street")
            .0;
        let more = NewWay {
            ends: [(EdgeId(0), 0.0), (last, 0.5)],
            between: vec![at(0, -5)],
            crossing: Some((0, Crossing::Marked)),
            passage: Passage::default(),
            structure: Structure::Bridge,
            name: Some("New".to_owned()),
        };
        let with = network.edited(|_, _| KEPT, &[more]).expect("streets");
        assert_eq!(with.source().ways, network.source().ways + 1);
        let new: Vec<EdgeId> = with
            .edges()
            .filter(|(_, edge)| edge.way == -1)
            .map(|(id, _)| id)
            .collect();
        // From the crossing of the street to that of the way, and on to the middle of the street that it parts.
        assert_eq!(new.len(), 2, "{:?}", said(&with));
        assert_eq!(with.edge_count(), network.edge_count() + 3);
    }
}
