//! petgraph's view of a network: its visit traits, so that any petgraph algorithm runs on it, and a network from a
//! petgraph graph. Nodes are [`NodeId`]; every edge shows as two directed arcs, along and against it, whatever its flow:
//! leave out what an [`Impedance`](super::Impedance) closes in the algorithm's cost function.

use std::marker::PhantomData;

use geo_types::Coord;
use petgraph::visit::{
    Data, EdgeCount, EdgeRef, GraphBase, GraphProp, IntoEdgeReferences, IntoEdges, IntoNeighbors,
    IntoNodeIdentifiers, NodeCompactIndexable, NodeCount, NodeIndexable, VisitMap, Visitable,
};
use petgraph::{Directed, Graph};

use super::{Direction, Edge, Network, NetworkError};
use crate::id::{EdgeId, NodeId};
use crate::model::{Flow, WayKind};

/// An edge walked in one direction: petgraph's edge reference.
#[derive(Clone, Copy, Debug)]
pub struct Arc<'a> {
    network: PhantomData<&'a Network>,
    edge: EdgeId,
    direction: Direction,
    weight: Edge,
}

impl<'a> Arc<'a> {
    fn new(network: &'a Network, edge: EdgeId, direction: Direction) -> Self {
        Self {
            network: PhantomData,
            edge,
            direction,
            weight: network.edge(edge),
        }
    }

    /// The network's edge.
    #[must_use]
    pub fn edge(&self) -> EdgeId {
        self.edge
    }

    /// The direction along it.
    #[must_use]
    pub fn direction(&self) -> Direction {
        self.direction
    }
}

impl PartialEq for Arc<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.id() == other.id()
    }
}

impl EdgeRef for Arc<'_> {
    type NodeId = NodeId;
    type EdgeId = (EdgeId, Direction);
    type Weight = Edge;

    fn source(&self) -> NodeId {
        match self.direction {
            Direction::Forward => self.weight.tail,
            Direction::Backward => self.weight.head,
        }
    }

    fn target(&self) -> NodeId {
        match self.direction {
            Direction::Forward => self.weight.head,
            Direction::Backward => self.weight.tail,
        }
    }

    fn weight(&self) -> &Edge {
        &self.weight
    }

    fn id(&self) -> (EdgeId, Direction) {
        (self.edge, self.direction)
    }
}

impl GraphBase for Network {
    type NodeId = NodeId;
    type EdgeId = (EdgeId, Direction);
}

impl Data for Network {
    type NodeWeight = ();
    type EdgeWeight = Edge;
}

impl GraphProp for Network {
    type EdgeType = Directed;
}

impl NodeCount for Network {
    fn node_count(&self) -> usize {
        Network::node_count(self)
    }
}

impl EdgeCount for Network {
    /// Two arcs for every edge.
    fn edge_count(&self) -> usize {
        Network::edge_count(self) * 2
    }
}

impl NodeIndexable for Network {
    fn node_bound(&self) -> usize {
        Network::node_count(self)
    }

    fn to_index(&self, node: NodeId) -> usize {
        node.index()
    }

    fn from_index(&self, index: usize) -> NodeId {
        NodeId::new(index)
    }
}

impl NodeCompactIndexable for Network {}

/// One bit of memory per node.
#[derive(Clone, Debug)]
pub struct Visited(Vec<bool>);

impl VisitMap<NodeId> for Visited {
    fn visit(&mut self, node: NodeId) -> bool {
        !std::mem::replace(&mut self.0[node.index()], true)
    }

    fn is_visited(&self, node: &NodeId) -> bool {
        self.0[node.index()]
    }

    fn unvisit(&mut self, node: NodeId) -> bool {
        std::mem::replace(&mut self.0[node.index()], false)
    }
}

impl Visitable for Network {
    type Map = Visited;

    fn visit_map(&self) -> Visited {
        Visited(vec![false; Network::node_count(self)])
    }

    fn reset_map(&self, map: &mut Visited) {
        map.0.clear();
        map.0.resize(Network::node_count(self), false);
    }
}

/// The arcs that leave a node.
#[derive(Clone, Debug)]
pub struct Arcs<'a> {
    network: &'a Network,
    arcs: super::arcs::OutArcsIter<'a>,
}

impl<'a> Iterator for Arcs<'a> {
    type Item = Arc<'a>;

    fn next(&mut self) -> Option<Arc<'a>> {
        let arc = self.arcs.next()?;
        Some(Arc::new(self.network, arc.edge, arc.direction))
    }
}

/// The nodes at the far ends of a node's arcs.
#[derive(Clone, Debug)]
pub struct Neighbors<'a>(Arcs<'a>);

impl Iterator for Neighbors<'_> {
    type Item = NodeId;

    fn next(&mut self) -> Option<NodeId> {
        self.0.next().map(|arc| arc.target())
    }
}

impl<'a> IntoNeighbors for &'a Network {
    type Neighbors = Neighbors<'a>;

    fn neighbors(self, node: NodeId) -> Neighbors<'a> {
        Neighbors(IntoEdges::edges(self, node))
    }
}

impl<'a> IntoEdges for &'a Network {
    type Edges = Arcs<'a>;

    fn edges(self, node: NodeId) -> Arcs<'a> {
        Arcs {
            network: self,
            arcs: self.arcs_at(node).iter(),
        }
    }
}

impl<'a> IntoEdgeReferences for &'a Network {
    type EdgeRef = Arc<'a>;
    type EdgeReferences = Box<dyn Iterator<Item = Arc<'a>> + 'a>;

    fn edge_references(self) -> Self::EdgeReferences {
        Box::new(Network::edges(self).flat_map(move |(edge, _)| {
            [Direction::Forward, Direction::Backward]
                .map(move |direction| Arc::new(self, edge, direction))
        }))
    }
}

impl<'a> IntoNodeIdentifiers for &'a Network {
    type NodeIdentifiers = Box<dyn Iterator<Item = NodeId> + 'a>;

    fn node_identifiers(self) -> Self::NodeIdentifiers {
        Box::new(self.nodes())
    }
}

impl Network {
    /// A network from a petgraph graph: node and edge indices keep their order, every edge is straight between its
    /// nodes. Edges of a directed graph may be walked along only, of an undirected graph both ways.
    ///
    /// # Errors
    /// As [`Network::from_edges`].
    ///
    /// # Example
    /// ```
    /// use geo_types::coord;
    /// use pedshed::model::WayKind;
    /// use pedshed::network::Network;
    /// use petgraph::graph::UnGraph;
    ///
    /// let mut town = UnGraph::<(f64, f64), ()>::new_undirected();
    /// let (church, mill) = (town.add_node((9.52, 47.14)), town.add_node((9.53, 47.14)));
    /// town.add_edge(church, mill, ());
    /// let network = Network::from_petgraph(&town, |&(x, y)| coord! { x: x, y: y }, |()| WayKind::Street)?;
    /// assert_eq!(network.edge_count(), 1);
    /// # Ok::<(), pedshed::network::NetworkError>(())
    /// ```
    pub fn from_petgraph<N, E, Ty: petgraph::EdgeType>(
        graph: &Graph<N, E, Ty, u32>,
        place: impl Fn(&N) -> Coord<f64>,
        kind: impl Fn(&E) -> WayKind,
    ) -> Result<Self, NetworkError> {
        let nodes: Vec<Coord<f64>> = graph.node_weights().map(place).collect();
        let flow = if graph.is_directed() {
            Flow::Forward
        } else {
            Flow::Both
        };
        let edges: Vec<_> = graph
            .edge_references()
            .map(|edge| {
                (
                    edge.source().index() as u32,
                    edge.target().index() as u32,
                    (kind(edge.weight()), flow),
                )
            })
            .collect();
        Self::from_edges(&nodes, &edges)
    }
}
