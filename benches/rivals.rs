//! What our search is measured against, on the same junctions and costs: a textbook search over a heap, petgraph's, and the
//! floor, a program that touches what any search must touch and does nothing else.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use pedshed::geometry::HilbertCurve;
use pedshed::id::NodeId;
use pedshed::network::{Direction, Impedance, Network};

use crate::random::SplitMix64;

/// Orders of the junctions in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// As the file has them.
    Input,
    /// Drawn.
    Shuffled,
    /// Along a Hilbert curve.
    Hilbert,
    /// As a depth-first search meets them.
    DepthFirst,
    /// Reverse Cuthill-McKee: as a breadth-first search meets them, neighbours of low degree first, turned round.
    CuthillMcKee,
}

/// Junctions and arcs in rows: those of junction `n` are `arcs[start[n] .. start[n + 1]]`, each a head and milliseconds.
pub(crate) struct Rows {
    start: Vec<u32>,
    arcs: Vec<(u32, u32)>,
    /// By node of the network.
    pub(crate) position: Vec<u32>,
    /// The other way round.
    pub(crate) node: Vec<NodeId>,
}

impl Rows {
    pub(crate) fn new(network: &Network, impedance: &Impedance, order: Order) -> Self {
        let mut lists: Vec<Vec<(u32, u32)>> = vec![Vec::new(); network.node_count()];
        for (id, edge) in network.edges() {
            let ends = [
                (edge.tail, edge.head, Direction::Forward),
                (edge.head, edge.tail, Direction::Backward),
            ];
            for (from, to, direction) in ends {
                if let Some(cost) = impedance.cost(id, direction).filter(|_| from != to) {
                    lists[from.index()].push((to.0, cost));
                }
            }
        }
        let node = in_order(network, &lists, order);
        let mut position = vec![0; node.len()];
        for (index, node) in (0..).zip(&node) {
            position[*node as usize] = index;
        }
        let (mut start, mut arcs) = (vec![0], Vec::new());
        for from in &node {
            let list = lists[*from as usize].iter();
            arcs.extend(list.map(|(to, cost)| (position[*to as usize], *cost)));
            start.push(arcs.len() as u32);
        }
        Self {
            start,
            arcs,
            position,
            node: node.into_iter().map(NodeId).collect(),
        }
    }

    fn arcs(&self, node: u32) -> &[(u32, u32)] {
        &self.arcs[self.start[node as usize] as usize..self.start[node as usize + 1] as usize]
    }

    /// Sources in the order of this memory.
    pub(crate) fn sources(&self, nodes: &[NodeId]) -> Vec<u32> {
        let mut sources: Vec<u32> = nodes
            .iter()
            .map(|node| self.position[node.index()])
            .collect();
        sources.sort_unstable();
        sources
    }
}

fn in_order(network: &Network, lists: &[Vec<(u32, u32)>], order: Order) -> Vec<u32> {
    let mut input: Vec<u32> = (0..lists.len() as u32).collect();
    match order {
        Order::Input => input,
        Order::Shuffled => {
            let mut random = SplitMix64::new(1);
            for last in (1..input.len()).rev() {
                input.swap(last, random.below(last as i32 + 1) as usize);
            }
            input
        }
        Order::Hilbert => {
            let place = |node: &u32| network.location(NodeId(*node));
            let curve = HilbertCurve::new(input.iter().map(place));
            input.sort_by_key(|node| curve.position(place(node)));
            input
        }
        Order::DepthFirst => visited(lists, &in_order(network, lists, Order::Hilbert), true),
        Order::CuthillMcKee => {
            let mut met = visited(lists, &in_order(network, lists, Order::Hilbert), false);
            met.reverse();
            met
        }
    }
}

fn visited(lists: &[Vec<(u32, u32)>], roots: &[u32], depth_first: bool) -> Vec<u32> {
    let mut seen = vec![false; lists.len()];
    let mut met = Vec::with_capacity(lists.len());
    for root in roots {
        let mut queue = VecDeque::from([*root]);
        while let Some(node) = if depth_first {
            queue.pop_back()
        } else {
            queue.pop_front()
        } {
            if std::mem::replace(&mut seen[node as usize], true) {
                continue;
            }
            met.push(node);
            let mut next: Vec<u32> = lists[node as usize].iter().map(|(head, _)| *head).collect();
            next.sort_by_key(|head| lists[*head as usize].len());
            queue.extend(next.into_iter().filter(|head| !seen[*head as usize]));
        }
    }
    met
}

/// Dijkstra's algorithm as textbooks have it, stopped at the limit; memory reset by what was touched.
pub(crate) struct Textbook {
    costs: Vec<u32>,
    pub(crate) touched: Vec<u32>,
    heap: BinaryHeap<Reverse<(u32, u32)>>,
}

impl Textbook {
    pub(crate) fn new(rows: &Rows) -> Self {
        Self {
            costs: vec![u32::MAX; rows.node.len()],
            touched: Vec::new(),
            heap: BinaryHeap::new(),
        }
    }

    pub(crate) fn search(&mut self, rows: &Rows, sources: &[u32], bound: u32) {
        for node in self.touched.drain(..) {
            self.costs[node as usize] = u32::MAX;
        }
        for source in sources {
            if std::mem::replace(&mut self.costs[*source as usize], 0) != 0 {
                self.touched.push(*source);
                self.heap.push(Reverse((0, *source)));
            }
        }
        while let Some(Reverse((cost, node))) = self.heap.pop() {
            if cost > self.costs[node as usize] {
                continue;
            }
            for (head, step) in rows.arcs(node) {
                let offered = cost + step;
                let known = &mut self.costs[*head as usize];
                if offered <= bound && offered < *known {
                    if *known == u32::MAX {
                        self.touched.push(*head);
                    }
                    *known = offered;
                    self.heap.push(Reverse((offered, *head)));
                }
            }
        }
    }

    /// Everything within the limit of the last search, by node of the network.
    pub(crate) fn reached(&self, rows: &Rows) -> Vec<(NodeId, u32)> {
        let touched = self.touched.iter();
        let mut reached: Vec<(NodeId, u32)> = touched
            .map(|node| (rows.node[*node as usize], self.costs[*node as usize]))
            .collect();
        reached.sort_unstable();
        reached
    }

    /// The junctions in the order in which the last search settled them.
    pub(crate) fn settle_order(&self) -> Vec<u32> {
        let mut order = self.touched.clone();
        order.sort_by_key(|node| self.costs[*node as usize]);
        order
    }
}

/// The floor: reads two offsets per junction and each arc, writes one number per head; no queue, no question asked.
pub(crate) fn touch(rows: &Rows, settle_order: &[u32], memory: &mut [u32]) {
    for node in settle_order {
        for (head, cost) in rows.arcs(*node) {
            memory[*head as usize] = *cost;
        }
    }
}

/// What users of petgraph write where its `dijkstra`, which knows no bound, would walk the whole city: the same search over
/// its traits with a heap and hash maps, and the bound by hand.
pub(crate) fn petgraph_bounded(
    network: &Network,
    impedance: &Impedance,
    from: NodeId,
    bound: u32,
) -> Vec<(NodeId, u32)> {
    use petgraph::visit::{EdgeRef, IntoEdges};
    use std::collections::hash_map::Entry;
    use std::collections::{HashMap, HashSet};

    let mut costs: HashMap<NodeId, u32> = HashMap::from([(from, 0)]);
    let mut settled: HashSet<NodeId> = HashSet::new();
    let mut heap = BinaryHeap::from([Reverse((0, from))]);
    while let Some(Reverse((cost, node))) = heap.pop() {
        if !settled.insert(node) {
            continue;
        }
        for arc in IntoEdges::edges(&network, node) {
            let Some(step) = impedance.cost(arc.edge(), arc.direction()) else {
                continue;
            };
            let offered = cost + step;
            if offered > bound {
                continue;
            }
            match costs.entry(arc.target()) {
                Entry::Occupied(mut known) if offered < *known.get() => {
                    *known.get_mut() = offered;
                    heap.push(Reverse((offered, arc.target())));
                }
                Entry::Occupied(_) => {}
                Entry::Vacant(free) => {
                    free.insert(offered);
                    heap.push(Reverse((offered, arc.target())));
                }
            }
        }
    }
    let mut reached: Vec<(NodeId, u32)> = costs.into_iter().collect();
    reached.sort_unstable();
    reached
}
