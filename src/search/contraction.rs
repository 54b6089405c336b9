//! Which junctions a search must visit, and which can be passed over.
//!
//! A dead end is entered to reach what lies in it and never to get elsewhere; a junction between two others is only ever
//! passed through. Both kinds are taken out, again and again, until every junction that is left has three neighbours or
//! more: the *core*. What was taken out hangs between at most two junctions of the core, its *anchors*, and its cost from
//! them is known beforehand, so a search settles the core alone and still knows every junction's cost exactly.
//!
//! # Source
//! Taking out vertices of degree one and two leaves shortest paths between the others unchanged: Arnborg and Proskurowski,
//! *Linear time algorithms for NP-hard problems restricted to partial k-trees* (1989), here with costs per direction.

use crate::control::{Cancelled, Control};
use crate::units::{CLOSED, Cost};

/// A connection between two nodes, with the cost from the first to the second and back; [`CLOSED`] where none leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Link {
    pub(super) ends: [u32; 2],
    pub(super) costs: [Cost; 2],
}

impl Link {
    /// The smaller end comes first.
    pub(super) fn new([a, b]: [u32; 2], [there, back]: [Cost; 2]) -> Self {
        if a <= b {
            Self {
                ends: [a, b],
                costs: [there, back],
            }
        } else {
            Self {
                ends: [b, a],
                costs: [back, there],
            }
        }
    }

    fn other(&self, node: u32) -> u32 {
        self.ends[0] ^ self.ends[1] ^ node
    }

    /// The cost of walking it away from one of its ends.
    fn from(&self, node: u32) -> Cost {
        self.costs[usize::from(self.ends[0] != node)]
    }

    /// The cost of walking it towards one of its ends.
    fn to(&self, node: u32) -> Cost {
        self.costs[usize::from(self.ends[0] == node)]
    }

    fn take_better(&mut self, other: &Link) {
        for end in 0..2 {
            self.costs[end] = self.costs[end].min(other.from(self.ends[end]));
        }
    }
}

/// A core node from which a node that was taken out is reached, and at what cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Anchor {
    pub(super) node: u32,
    pub(super) cost: Cost,
}

impl Anchor {
    pub(super) const NONE: Anchor = Anchor {
        node: u32::MAX,
        cost: CLOSED,
    };
}

impl Default for Anchor {
    fn default() -> Self {
        Self::NONE
    }
}

/// The anchors of a node that was taken out, [`Anchor::NONE`] where there are fewer.
pub(super) type Anchors = [Anchor; 2];

/// No sum of costs inside a piece that was taken out comes near what a [`Cost`] can hold.
const MOST_INSIDE: Cost = CLOSED / 4;

/// The outcome: links between core nodes, and the anchors of the others.
#[derive(Debug)]
pub(super) struct Contraction {
    /// Ascending by the order in which they were given; both ends are core nodes, no two have the same ends.
    pub(super) links: Vec<Link>,
    /// Per node its position in `anchors`, [`IN_CORE`] for one of the core.
    outside: Vec<u32>,
    anchors: Vec<Anchors>,
}

const IN_CORE: u32 = u32::MAX;

impl Contraction {
    /// Contracts a graph of `node_count` nodes.
    ///
    /// # Complexity
    /// Linear in the links, where few nodes have very many.
    pub(super) fn new(
        node_count: usize,
        links: Vec<Link>,
        control: Control<'_>,
    ) -> Result<Self, Cancelled> {
        let mut work = Work::new(node_count, links);
        work.merge_parallel();
        for node in 0..node_count as u32 {
            control.check()?;
            work.take_out_from(node);
        }
        Ok(work.finish())
    }

    pub(super) fn is_core(&self, node: u32) -> bool {
        self.outside[node as usize] == IN_CORE
    }

    /// The anchors of a node that was taken out, `None` for a core node.
    pub(super) fn anchors(&self, node: u32) -> Option<&Anchors> {
        self.anchors.get(self.outside[node as usize] as usize)
    }
}

/// A node taken out: its neighbours then, and the costs from them.
struct TakenOut {
    node: u32,
    from: Anchors,
}

struct Work {
    links: Vec<Link>,
    is_gone: Vec<bool>,
    /// The links at node `n` are among `incident[start[n]..][..listed[n]]`; gone ones are dropped as lists are looked at.
    start: Vec<u32>,
    listed: Vec<u32>,
    incident: Vec<u32>,
    /// Links that are not gone.
    degree: Vec<u32>,
    /// The most that it costs to get to whatever was taken out beside a node.
    depth: Vec<Cost>,
    outside: Vec<u32>,
    taken_out: Vec<TakenOut>,
    stack: Vec<u32>,
}

impl Work {
    fn new(node_count: usize, links: Vec<Link>) -> Self {
        let mut start = vec![0u32; node_count + 1];
        for link in &links {
            for end in link.ends {
                start[end as usize + 1] += 1;
            }
        }
        let degree = start[1..].to_vec();
        for node in 0..node_count {
            start[node + 1] += start[node];
        }
        let mut next = start.clone();
        let mut incident = vec![0; links.len() * 2];
        for (index, link) in (0..).zip(&links) {
            for end in link.ends {
                incident[next[end as usize] as usize] = index;
                next[end as usize] += 1;
            }
        }
        Self {
            is_gone: vec![false; links.len()],
            links,
            start,
            listed: degree.clone(),
            incident,
            degree,
            depth: vec![0; node_count],
            outside: vec![IN_CORE; node_count],
            taken_out: Vec::new(),
            stack: Vec::new(),
        }
    }

    /// Leaves one link between any two nodes, with the better cost each way.
    fn merge_parallel(&mut self) {
        let mut met_by = vec![u32::MAX; self.depth.len()];
        let mut met_as = vec![0u32; self.depth.len()];
        for node in 0..self.depth.len() as u32 {
            self.drop_gone(node);
            for at in self.range(node) {
                let index = self.incident[at];
                let link = self.links[index as usize];
                let other = link.other(node) as usize;
                if met_by[other] == node {
                    self.links[met_as[other] as usize].take_better(&link);
                    self.remove(index);
                } else {
                    (met_by[other], met_as[other]) = (node, index);
                }
            }
        }
    }

    fn range(&self, node: u32) -> std::ops::Range<usize> {
        let start = self.start[node as usize] as usize;
        start..start + self.listed[node as usize] as usize
    }

    /// Drops gone links from a node's list.
    fn drop_gone(&mut self, node: u32) {
        let range = self.range(node);
        let mut kept = range.start;
        for at in range.clone() {
            let link = self.incident[at];
            if !self.is_gone[link as usize] {
                self.incident[kept] = link;
                kept += 1;
            }
        }
        self.listed[node as usize] = (kept - range.start) as u32;
    }

    fn remove(&mut self, link: u32) {
        self.is_gone[link as usize] = true;
        for end in self.links[link as usize].ends {
            self.degree[end as usize] -= 1;
        }
    }

    /// Takes a node out where it may be, and then its neighbours.
    fn take_out_from(&mut self, node: u32) {
        self.stack.push(node);
        while let Some(node) = self.stack.pop() {
            if self.outside[node as usize] != IN_CORE {
                continue;
            }
            match self.degree[node as usize] {
                1 => {
                    self.drop_gone(node);
                    self.take_out_end(node);
                }
                2 => {
                    self.drop_gone(node);
                    self.take_out_between(node);
                }
                _ => {}
            }
        }
    }

    /// The cost to get beyond a link into what hangs on its other end `node`; `None` where it grows too large.
    fn depth_over(&self, node: u32, costs: [Cost; 2]) -> Option<Cost> {
        let [one, other] = costs.map(|cost| if cost == CLOSED { 0 } else { cost });
        let depth = self.depth[node as usize].checked_add(one.max(other))?;
        (depth < MOST_INSIDE).then_some(depth)
    }

    fn take_out_end(&mut self, node: u32) {
        let index = self.incident[self.start[node as usize] as usize];
        let link = self.links[index as usize];
        let Some(depth) = self.depth_over(node, link.costs) else {
            return;
        };
        let neighbour = link.other(node);
        self.note(node, [anchor(&link, node), Anchor::NONE]);
        self.deepen(neighbour, depth);
        self.remove(index);
        self.stack.push(neighbour);
    }

    fn take_out_between(&mut self, node: u32) {
        let start = self.start[node as usize] as usize;
        let [first, second] = [self.incident[start], self.incident[start + 1]];
        let [one, two] = [first, second].map(|index| self.links[index as usize]);
        let [a, b] = [one.other(node), two.other(node)];
        let across = Link {
            ends: [a, b],
            costs: [sum(one.from(a), two.to(b)), sum(two.from(b), one.to(a))],
        };
        let depths = (
            self.depth_over(node, one.costs),
            self.depth_over(node, two.costs),
        );
        let fits = across
            .costs
            .iter()
            .all(|cost| *cost == CLOSED || *cost < MOST_INSIDE);
        let ((Some(to_a), Some(to_b)), true) = (depths, fits) else {
            return;
        };
        self.note(node, [anchor(&one, node), anchor(&two, node)]);
        self.deepen(a, to_a);
        self.deepen(b, to_b);
        let known = self.between(a, b);
        self.remove(first);
        self.remove(second);
        match known {
            Some(known) => self.links[known as usize].take_better(&across),
            None => self.connect(across, [first, second]),
        }
        self.stack.extend([b, a]);
    }

    /// Makes a link in the place of two that met at a node which was taken out. It takes the number of one of them, which
    /// stands in one end's list already; in the other end's, the shorter one, it is written over the other number.
    fn connect(&mut self, across: Link, [first, second]: [u32; 2]) {
        let [a, b] = across.ends;
        let (number, old, end) = if self.listed[b as usize] <= self.listed[a as usize] {
            (first, second, b)
        } else {
            (second, first, a)
        };
        self.links[number as usize] = across;
        self.is_gone[number as usize] = false;
        for end in [a, b] {
            self.degree[end as usize] += 1;
        }
        let range = self.range(end);
        if let Some(slot) = self.incident[range].iter_mut().find(|link| **link == old) {
            *slot = number;
        }
    }

    /// The link between two nodes, looked for at the one with fewer.
    fn between(&mut self, a: u32, b: u32) -> Option<u32> {
        let (few, many) = if self.degree[a as usize] <= self.degree[b as usize] {
            (a, b)
        } else {
            (b, a)
        };
        self.drop_gone(few);
        let mut list = self.incident[self.range(few)].iter();
        list.find(|link| self.links[**link as usize].other(few) == many)
            .copied()
    }

    fn note(&mut self, node: u32, from: Anchors) {
        self.outside[node as usize] = self.taken_out.len() as u32;
        self.taken_out.push(TakenOut { node, from });
    }

    fn deepen(&mut self, node: u32, depth: Cost) {
        let known = &mut self.depth[node as usize];
        *known = depth.max(*known);
    }

    /// Those taken out last have neighbours in the core; each earlier one has neighbours that are done before it.
    fn finish(self) -> Contraction {
        let mut anchors = vec![[Anchor::NONE; 2]; self.taken_out.len()];
        for index in (0..self.taken_out.len()).rev() {
            let mut found = [Anchor::NONE; 2];
            for near in self.taken_out[index]
                .from
                .iter()
                .filter(|near| near.cost != CLOSED)
            {
                match anchors.get(self.outside[near.node as usize] as usize) {
                    None => add(&mut found, *near),
                    Some(beyond) => {
                        for anchor in beyond.iter().filter(|anchor| anchor.cost != CLOSED) {
                            let cost = anchor.cost + near.cost;
                            add(&mut found, Anchor { cost, ..*anchor });
                        }
                    }
                }
            }
            anchors[index] = found;
        }
        let gone = self.is_gone.iter();
        let links = self.links.iter().zip(gone).filter(|(_, gone)| !**gone);
        debug_assert!(
            self.taken_out
                .iter()
                .zip(0..)
                .all(|(out, index)| self.outside[out.node as usize] == index)
        );
        Contraction {
            links: links.map(|(link, _)| *link).collect(),
            outside: self.outside,
            anchors,
        }
    }
}

fn sum(one: Cost, other: Cost) -> Cost {
    if one == CLOSED || other == CLOSED {
        CLOSED
    } else {
        one.saturating_add(other)
    }
}

/// The neighbour over a link of a node, as where the node is reached from.
fn anchor(link: &Link, node: u32) -> Anchor {
    Anchor {
        node: link.other(node),
        cost: link.to(node),
    }
}

/// Keeps the least cost from each anchor.
///
/// There are never more than two: when a node is taken out its neighbours are linked, so of these the one that is taken out
/// first has the other among its own two neighbours.
fn add(anchors: &mut Anchors, new: Anchor) {
    let slot = anchors
        .iter_mut()
        .find(|known| known.node == new.node || known.cost == CLOSED);
    debug_assert!(slot.is_some(), "a third anchor");
    if let Some(slot) = slot {
        *slot = Anchor {
            node: new.node,
            cost: new.cost.min(slot.cost),
        };
    }
}

#[cfg(test)]
#[path = "contraction_tests.rs"]
mod tests;
