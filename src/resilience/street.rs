//! What of the streets can be closed by itself: a bridge, a gate, a crossing, a lift.

use geo_types::Coord;

use super::pieces::{Piece, cuts_of, fractions_of, line_of, runs_of};
use crate::id::{GateId, NodeId};
use crate::network::Network;
use crate::search::Cut;

/// A kind of what can be closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "lowercase")
)]
#[non_exhaustive]
pub enum StreetKind {
    /// A bridge: its ways, from one end to the other.
    Bridge,
    /// A gate: in the wall of a compound, between private and public ways, or on a way.
    Gate,
    /// A crossing of a street: its ways, or those that lead across at its node.
    Crossing,
    /// A lift, with all of its stops.
    Lift,
}

impl StreetKind {
    /// Every kind.
    pub const ALL: [StreetKind; 4] = [
        StreetKind::Bridge,
        StreetKind::Gate,
        StreetKind::Crossing,
        StreetKind::Lift,
    ];

    /// Its name in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            StreetKind::Bridge => "bridge",
            StreetKind::Gate => "gate",
            StreetKind::Crossing => "crossing",
            StreetKind::Lift => "lift",
        }
    }
}

/// Of what an id is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "lowercase")
)]
pub enum MapObject {
    /// A node of the map.
    Node,
    /// A way of the map.
    Way,
    /// A record of the layer of gates.
    Record,
}

impl MapObject {
    /// Its name in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            MapObject::Node => "node",
            MapObject::Way => "way",
            MapObject::Record => "record",
        }
    }
}

/// Something of the streets that can be closed by itself.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct StreetClosure {
    /// What it is.
    pub kind: StreetKind,
    /// Of what the id is.
    pub object: MapObject,
    /// Its number in the map, that of its first way where it is of several; or its id in the layer of gates.
    pub id: String,
    /// What it is called; a bridge as its way is.
    pub name: Option<String>,
    /// Where it is.
    pub place: Coord<f64>,
    /// What nobody walks along while it is closed; none of a gate.
    pub lines: Vec<Vec<Coord<f64>>>,
    #[cfg_attr(feature = "serde", serde(skip))]
    pub(super) cuts: Vec<Cut>,
    /// Runs of segments that nobody joins, ascending.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub(super) runs: Vec<[u32; 2]>,
    /// Where private and public ways are parted.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub(super) nodes: Vec<NodeId>,
    #[cfg_attr(feature = "serde", serde(skip))]
    pub(super) wall_gates: Vec<GateId>,
}

impl StreetClosure {
    pub(super) fn new(kind: StreetKind, object: MapObject, id: String, place: Coord<f64>) -> Self {
        Self {
            kind,
            object,
            id,
            name: None,
            place,
            lines: Vec::new(),
            cuts: Vec::new(),
            runs: Vec::new(),
            nodes: Vec::new(),
            wall_gates: Vec::new(),
        }
    }

    /// Something that is closed along all of its pieces.
    pub(super) fn of_pieces(network: &Network, kind: StreetKind, pieces: &[Piece]) -> Self {
        let runs = runs_of(pieces);
        let middle = |piece: &Piece| {
            let [from, to] = fractions_of(network, piece.edge, piece.run);
            from.midpoint(to)
        };
        let is_node = kind == StreetKind::Lift
            && pieces
                .iter()
                .all(|piece| network.edge_length_m(piece.edge) <= 0.0);
        let object = if is_node {
            MapObject::Node
        } else {
            MapObject::Way
        };
        let names = pieces.iter();
        let mut names = names.filter_map(|piece| network.name_at(piece.edge, middle(piece)));
        let first = pieces.first();
        let id = first.map_or_else(String::new, |piece| piece.way.to_string());
        let place = first.map(|piece| network.place_at(piece.edge, middle(piece)));
        Self {
            name: names.next().map(str::to_owned),
            lines: runs.iter().map(|(_, run)| line_of(network, *run)).collect(),
            cuts: cuts_of(network, &runs),
            runs: runs.iter().map(|(_, run)| *run).collect(),
            ..Self::new(kind, object, id, place.unwrap_or_default())
        }
    }
}
