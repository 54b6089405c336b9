//! The residents in the order of the streets: those of one edge lie next to each other with their costs from the core
//! nodes that they are reached from, so that a search reads them in one run.

use super::core::CoreGraph;
use super::graph::{Side, Spot};
use super::queue::Label;
use crate::collections::RankedBits;
use crate::id::{EdgeId, NodeId, ResidentId};
use crate::parallel;
use crate::units::{CLOSED, Cost};

/// Edges per parallel task.
const EDGE_CHUNK: usize = 256;
/// No second core node.
const NO_NODE: u32 = u32::MAX;

/// A resident and what it costs to get there from the core nodes of their run.
#[derive(Clone, Copy, Debug)]
struct Home {
    resident: ResidentId,
    costs: [Cost; 2],
}

/// The residents of one edge.
#[derive(Clone, Copy, Debug)]
struct Run {
    /// The core nodes that lead there, the smaller first; [`NO_NODE`] for none.
    cores: [u32; 2],
    /// Its first home; the next run's is behind its last.
    start: u32,
}

/// What a [`ResidentIndex`] is made from: who lives on which edge.
pub(super) struct EdgeResidents<'a, E, D> {
    pub(super) graph: &'a CoreGraph,
    /// By edge: its nodes and the side that they are entered on.
    pub(super) ends: E,
    /// By resident: the costs from their edge's nodes.
    pub(super) costs_at_ends_of: D,
}

/// All residents on the network.
#[derive(Debug)]
pub(super) struct ResidentIndex {
    list: Vec<Home>,
    /// Ascending by core nodes, then by edge; one more at the end.
    runs: Vec<Run>,
    /// The runs whose first core node is `n` are `runs[start[n][0] .. start[n + 1][0]]`; those whose second it is are
    /// `second_runs[start[n][1] .. start[n + 1][1]]`.
    start: Vec<[u32; 2]>,
    second_runs: Vec<u32>,
    /// One bit for each core node that somebody lives beside: small enough to stay in the nearest cache.
    beside: Vec<u64>,
    /// The edges with residents.
    inhabited: RankedBits,
    /// The runs of these, ascending by edge.
    run_of: Vec<u32>,
}

impl ResidentIndex {
    /// Puts the residents, who come edge by edge, in the order of the streets.
    pub(super) fn new<E, D>(
        residents: &[(EdgeId, ResidentId)],
        accesses: &EdgeResidents<'_, E, D>,
    ) -> Self
    where
        E: Fn(EdgeId) -> ([NodeId; 2], Side) + Sync + Send,
        D: Fn(ResidentId) -> [Cost; 2] + Sync + Send,
    {
        let on_edges: Vec<&[(EdgeId, ResidentId)]> =
            residents.chunk_by(|one, other| one.0 == other.0).collect();
        let mut order = parallel::map_with(
            on_edges.len(),
            EDGE_CHUNK,
            || (),
            |(), index| (accesses.cores(on_edges[index][0].0), index as u32),
        );
        parallel::sort_unstable(&mut order);
        let chunks: Vec<&[([u32; 2], u32)]> = order.chunks(EDGE_CHUNK).collect();
        let homes = parallel::map(&chunks, 1, |chunk| {
            let mut homes = Vec::new();
            for &(cores, index) in *chunk {
                accesses.add_homes(on_edges[index as usize], cores, &mut homes);
            }
            homes
        });
        let mut runs = Vec::with_capacity(order.len() + 1);
        let mut start = 0;
        for &(cores, index) in &order {
            let on_edge = on_edges[index as usize];
            runs.push(Run { cores, start });
            start += on_edge.len() as u32;
        }
        let mut run_of = vec![0; order.len()];
        for (run, (_, index)) in (0..).zip(&order) {
            run_of[*index as usize] = run;
        }
        let edges = residents.last().map_or(0, |(edge, _)| edge.index() + 1);
        let inhabited = RankedBits::new(edges, residents.iter().map(|(edge, _)| edge.0));
        let (first, _) = group(&runs, accesses.graph.core_count(), 0);
        let (second, second_runs) = group(&runs, accesses.graph.core_count(), 1);
        let starts = first.into_iter().zip(second).map(<[u32; 2]>::from);
        let beside = lived_beside(&runs, accesses.graph.core_count());
        runs.push(Run {
            cores: [NO_NODE; 2],
            start,
        });
        Self {
            list: homes.concat(),
            runs,
            start: starts.collect(),
            beside,
            second_runs,
            inhabited,
            run_of,
        }
    }

    /// The number of edges with residents.
    pub(super) fn run_count(&self) -> usize {
        self.run_of.len()
    }

    /// The run of an edge, where somebody lives on it.
    pub(super) fn run_on(&self, edge: EdgeId) -> Option<u32> {
        let position = self.inhabited.rank(edge.0)?;
        Some(self.run_of[position as usize])
    }

    /// The runs that are reached from a core node.
    pub(super) fn runs_beside(&self, node: u32) -> impl Iterator<Item = u32> {
        let [start, end] = [0, 1].map(|next| self.start[node as usize + next]);
        let second = &self.second_runs[start[1] as usize..end[1] as usize];
        (start[0]..end[0]).chain(second.iter().copied())
    }

    /// The residents of a run.
    pub(super) fn residents(&self, run: u32) -> impl Iterator<Item = ResidentId> {
        self.homes_of(run).iter().map(|home| home.resident)
    }

    fn homes_of(&self, run: u32) -> &[Home] {
        let run = run as usize;
        &self.list[self.runs[run].start as usize..self.runs[run + 1].start as usize]
    }

    /// The residents of a run with what they are reached at from its core nodes, given the labels of these; `None` for one
    /// whose costs from a core node are more than a cost can be, or closed.
    pub(super) fn labels<L: Label>(
        &self,
        run: u32,
        label: impl Fn(u32) -> Option<L>,
    ) -> impl Iterator<Item = (ResidentId, Option<Option<L>>)> {
        let cores = self.runs[run as usize].cores;
        let known = cores.map(|core| (core != NO_NODE).then(|| label(core)).flatten());
        self.homes_of(run).iter().map(move |home| {
            let ways = cores.into_iter().zip(home.costs).zip(known);
            let is_whole = cores
                .into_iter()
                .zip(home.costs)
                .all(|(core, cost)| core == NO_NODE || cost != CLOSED);
            let least = ways.filter_map(|((_, cost), label)| Some(label?.plus(cost)));
            (home.resident, is_whole.then(|| least.min()))
        })
    }

    /// Whether somebody lives beside a node of the core.
    #[inline]
    pub(super) fn is_beside(&self, node: u32) -> bool {
        let word = self.beside.get(node as usize / 64);
        word.is_some_and(|word| word >> (node % 64) & 1 != 0)
    }

    /// Visits the residents beside a labelled core node with their least costs over both of their core nodes, unless the
    /// first of these is labelled too and visits them; runs that `skip` names are passed over. Nobody lives beside most nodes:
    /// [`is_beside`](Self::is_beside) is to be asked before.
    ///
    /// `label` answers a cost beyond any bound for core nodes without a label.
    #[inline]
    pub(super) fn visit(
        &self,
        node: u32,
        label: impl Fn(u32) -> Cost,
        bound: Cost,
        skip: impl Fn(u32) -> bool,
        mut visit: impl FnMut(ResidentId, Cost),
    ) {
        let at = node as usize;
        let (start, end) = (self.start[at], self.start[at + 1]);
        let cost = label(node);
        for run in start[0]..end[0] {
            if !skip(run) {
                let [_, second] = self.runs[run as usize].cores;
                let other = if second == NO_NODE {
                    CLOSED
                } else {
                    label(second)
                };
                self.visit_run(run, [cost, other], &mut visit);
            }
        }
        for &run in &self.second_runs[start[1] as usize..end[1] as usize] {
            let [first, _] = self.runs[run as usize].cores;
            if label(first) > bound && !skip(run) {
                self.visit_run(run, [CLOSED, cost], &mut visit);
            }
        }
    }

    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "counted: left to the compiler it is a call, and a search takes 6 % more instructions"
    )]
    fn visit_run(&self, run: u32, labels: [Cost; 2], visit: &mut impl FnMut(ResidentId, Cost)) {
        for home in self.homes_of(run) {
            let [first, second] = [0, 1].map(|way| labels[way].saturating_add(home.costs[way]));
            visit(home.resident, first.min(second));
        }
    }
}

impl<E, D> EdgeResidents<'_, E, D>
where
    E: Fn(EdgeId) -> ([NodeId; 2], Side) + Sync + Send,
    D: Fn(ResidentId) -> [Cost; 2] + Sync + Send,
{
    /// The graph's nodes at both ends of an edge.
    fn nodes(&self, edge: EdgeId) -> [Option<u32>; 2] {
        let (ends, side) = (self.ends)(edge);
        let spot = |node: NodeId| -> Option<Spot> { self.graph.junctions().spot(node, side) };
        ends.map(|node| Some(self.graph.node(spot(node)?)))
    }

    /// The core nodes that an edge is reached from: at most two, since its ends are linked (see `contraction`).
    fn cores(&self, edge: EdgeId) -> [u32; 2] {
        let nodes = self.nodes(edge).into_iter().flatten();
        let mut cores = [NO_NODE; 2];
        for (core, _) in nodes.flat_map(|node| self.graph.reached_from(node)) {
            if !cores.contains(&core) {
                debug_assert_eq!(cores[1], NO_NODE, "a third core node");
                cores[usize::from(cores[0] != NO_NODE)] = core;
            }
        }
        cores.sort_unstable();
        cores
    }

    fn add_homes(&self, on_edge: &[(EdgeId, ResidentId)], cores: [u32; 2], homes: &mut Vec<Home>) {
        let nodes = self.nodes(on_edge[0].0);
        homes.extend(on_edge.iter().map(|&(_, resident)| {
            let costs_at_ends_of = (self.costs_at_ends_of)(resident);
            let mut costs = [CLOSED; 2];
            for (node, access) in nodes.into_iter().zip(costs_at_ends_of) {
                for (core, cost) in node
                    .into_iter()
                    .flat_map(|node| self.graph.reached_from(node))
                {
                    let known = &mut costs[usize::from(core != cores[0])];
                    *known = cost.saturating_add(access).min(*known);
                }
            }
            Home { resident, costs }
        }));
    }
}

/// One bit for each core node, whether somebody lives beside it.
fn lived_beside(runs: &[Run], core_count: usize) -> Vec<u64> {
    let mut beside = vec![0; core_count.div_ceil(64)];
    for core in runs.iter().flat_map(|run| run.cores) {
        if core != NO_NODE {
            beside[core as usize / 64] |= 1 << (core % 64);
        }
    }
    beside
}

/// Groups runs by one of their core nodes (a counting sort).
fn group(runs: &[Run], core_count: usize, which: usize) -> (Vec<u32>, Vec<u32>) {
    let mut start = vec![0u32; core_count + 1];
    let with_core = || {
        runs.iter()
            .zip(0..)
            .filter(|(run, _)| run.cores[which] != NO_NODE)
    };
    for (run, _) in with_core() {
        start[run.cores[which] as usize + 1] += 1;
    }
    for node in 0..core_count {
        start[node + 1] += start[node];
    }
    let mut next = start.clone();
    let mut grouped = vec![0; with_core().count()];
    for (run, index) in with_core() {
        let slot = &mut next[run.cores[which] as usize];
        grouped[*slot as usize] = index;
        *slot += 1;
    }
    (start, grouped)
}
