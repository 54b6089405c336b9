//! All that can be closed on some streets.

use std::collections::BTreeMap;

use super::gates::{ends_of_ways, gates};
use super::pieces::{self, Piece};
use super::street::{MapObject, StreetClosure, StreetKind};
use crate::geometry::Location;
use crate::id::NodeId;
use crate::model::{Compounds, MapMarks};
use crate::network::Network;
use crate::search::Cut;
use crate::snap::Walls;

/// What of some streets can be closed by itself.
#[derive(Debug, Default)]
pub(super) struct Listed {
    pub(super) closures: Vec<StreetClosure>,
    /// The crossings at which no way leads across.
    pub(super) bare_crossings: usize,
}

impl Listed {
    /// Bridges, gates, crossings, lifts.
    pub(super) fn new(
        network: &Network,
        walls: Option<(&Walls, &Compounds)>,
        marks: &MapMarks,
    ) -> Self {
        let along = |kind, groups: Vec<Vec<Piece>>| {
            let groups = groups.into_iter();
            groups.map(move |pieces| StreetClosure::of_pieces(network, kind, &pieces))
        };
        let mut closures: Vec<StreetClosure> =
            along(StreetKind::Bridge, pieces::bridges(network)).collect();
        closures.extend(gates(network, walls, &marks.gates));
        let crossings = pieces::crossings(network, &marks.crossing_ways);
        closures.extend(along(StreetKind::Crossing, crossings));
        let mut listed = Self {
            closures,
            bare_crossings: 0,
        };
        listed.add_crossing_nodes(network, marks);
        let lifts = pieces::lifts(network);
        listed.closures.extend(along(StreetKind::Lift, lifts));
        listed
    }

    /// The crossings that are nodes, where they are on no way that is one.
    fn add_crossing_nodes(&mut self, network: &Network, marks: &MapMarks) {
        let mut nodes: BTreeMap<Location, Vec<NodeId>> = BTreeMap::new();
        for node in network.nodes() {
            if network.crossing(node).is_some() {
                nodes.entry(network.location(node)).or_default().push(node);
            }
        }
        for mark in &marks.crossings {
            let here = nodes.get(&mark.place).map_or(&[][..], Vec::as_slice);
            let met = |ways: &[i64]| {
                let ends = here.iter();
                let ends = ends.flat_map(|node| ends_of_ways(network, *node, ways));
                ends.collect::<Vec<Cut>>()
            };
            if !met(&marks.crossing_ways).is_empty() {
                continue;
            }
            let cuts = met(&mark.footways);
            if cuts.is_empty() {
                self.bare_crossings += usize::from(!here.is_empty());
                continue;
            }
            let (id, place) = (mark.node.to_string(), mark.place.degrees());
            let crossing = StreetClosure::new(StreetKind::Crossing, MapObject::Node, id, place);
            self.closures.push(StreetClosure { cuts, ..crossing });
        }
    }
}
