//! The loop that every search within a cutoff runs: from some nodes to all within a cost, over memory that is reset by
//! what was touched.
//!
//! Costs are integers and the bound is known, so nodes wait in a row of buckets, each a span of costs, instead of in a
//! heap. Buckets are emptied in their order; inside one the order does not matter, because a node whose label is bettered
//! is simply pushed again and its older entry passed over. Whether an arc betters a label is as good as a coin's throw, and
//! a processor that guesses wrong loses more time than the arc takes: so there is no branch on it. Every arc writes an
//! entry, and only a better one moves the end of the list on.
//!
//! # Source
//! Buckets: Dial, *Algorithm 360: Shortest-path forest with topological ordering* (1969); spans of costs with correction
//! inside: Denardo and Fox, *Shortest-route methods: 1. Reaching, pruning, and buckets* (1979).

use std::hint::select_unpredictable;

use super::core::{Arc, CoreGraph, FAN};
use crate::units::{CLOSED, Cost};

/// A span of 8.2 s or 8.2 m: a fraction of most streets, so that few labels are corrected.
const SPAN_BITS: u32 = 13;
/// For large bounds spans grow, so that looking at empty buckets stays cheap.
const MOST_BUCKETS: usize = 1 << 13;

/// A label that was given to a node, and the entry below it in its bucket.
#[derive(Clone, Copy, Debug, Default)]
struct Entry {
    node: u32,
    cost: Cost,
    below: u32,
}

/// No entry: the first place of the list stays empty.
const NONE: u32 = 0;

/// The bucket of a cost; of one beyond the bound, any.
fn bucket(cost: Cost, span_bits: u32) -> usize {
    (cost >> span_bits) as usize % MOST_BUCKETS
}

/// How wide the spans are in searches within a bound: all of them have a bucket.
fn span_bits(bound: Cost) -> u32 {
    let mut span_bits = SPAN_BITS;
    while (bound >> span_bits) as usize >= MOST_BUCKETS {
        span_bits += 1;
    }
    span_bits
}

/// One search's memory.
#[derive(Debug)]
pub(super) struct Bounded {
    /// Above the bound for nodes without a label.
    labels: Vec<Cost>,
    /// All labels given in this search, in that order.
    entries: Vec<Entry>,
    /// How many of them, with the empty one.
    count: usize,
    /// The top entry of each bucket; of a fixed size, so that a cost finds its bucket without a check. What is beyond the
    /// bound falls anywhere and changes nothing.
    tops: Box<[u32; MOST_BUCKETS]>,
    span_bits: u32,
    bound: Cost,
}

impl Bounded {
    /// For searches on a graph within a bound. What costs [`CLOSED`] is never within.
    pub(super) fn new(graph: &CoreGraph, bound: Cost) -> Self {
        let bound = bound.min(CLOSED - 1);
        Self {
            labels: vec![bound + 1; graph.node_count()],
            entries: vec![Entry::default(); 1024],
            count: 1,
            tops: (vec![NONE; MOST_BUCKETS].into_boxed_slice())
                .try_into()
                .expect("as many as there are"),
            span_bits: span_bits(bound),
            bound,
        }
    }

    /// Another bound for the searches that follow.
    ///
    /// # Complexity
    /// O(n) in the nodes where it differs.
    pub(super) fn set_bound(&mut self, bound: Cost) {
        let bound = bound.min(CLOSED - 1);
        if bound != self.bound {
            self.bound = bound;
            self.span_bits = span_bits(bound);
            self.labels.fill(bound + 1);
            self.count = 1;
        }
    }

    /// The bound of its searches.
    pub(super) fn bound(&self) -> Cost {
        self.bound
    }

    /// Labels every node within the bound of the seeds with its least cost.
    ///
    /// # Complexity
    /// O(m + b) in the arcs at the nodes labelled and the buckets up to the bound, whatever the size of the graph; arcs are
    /// walked again where a label is corrected, on streets one in twenty.
    pub(super) fn search(
        &mut self,
        graph: &CoreGraph,
        seeds: impl IntoIterator<Item = (u32, Cost)>,
    ) {
        self.reset();
        for (node, cost) in seeds {
            self.seed(node, cost);
        }
        self.empty_buckets(graph.records());
    }

    /// Forgets the last search.
    fn reset(&mut self) {
        for entry in &self.entries[1..self.count] {
            self.labels[entry.node as usize] = self.bound + 1;
        }
        self.count = 1;
    }

    fn seed(&mut self, node: u32, cost: Cost) {
        let label = &mut self.labels[node as usize];
        if cost >= *label {
            return;
        }
        *label = cost;
        self.make_room();
        let top = &mut self.tops[bucket(cost, self.span_bits)];
        self.entries[self.count] = Entry {
            node,
            cost,
            below: *top,
        };
        *top = self.count as u32;
        self.count += 1;
    }

    /// Leaves room for one record's arcs.
    fn make_room(&mut self) {
        if self.count + FAN > self.entries.len() {
            self.entries
                .resize(self.entries.len() * 2, Entry::default());
        }
    }

    /// Takes what waits out of its buckets and offers its arcs to their heads, until nothing waits.
    fn empty_buckets(&mut self, records: &[[Arc; FAN]]) {
        for bucket in 0..=bucket(self.bound, self.span_bits) {
            while self.tops[bucket] != NONE {
                let Entry { node, cost, below } = self.entries[self.tops[bucket] as usize];
                self.tops[bucket] = below;
                if self.labels[node as usize] == cost {
                    self.make_room();
                    self.relax(cost, &records[node as usize]);
                }
            }
        }
    }

    /// Offers a record's arcs to their heads.
    #[inline]
    fn relax(&mut self, cost: Cost, record: &[Arc; FAN]) {
        let Self {
            labels,
            entries,
            count,
            tops,
            span_bits,
            ..
        } = self;
        let labels = labels.as_mut_slice();
        let room = entries[*count..].first_chunk_mut::<FAN>();
        let room = room.expect("room was made for one record's arcs");
        let mut given = 0;
        for arc in record {
            let offered = cost.saturating_add(arc.cost);
            let label = &mut labels[arc.head as usize];
            let is_better = offered < *label;
            *label = offered.min(*label);
            let top = &mut tops[bucket(offered, *span_bits)];
            let below = *top;
            // Never more than there are arcs, which spares a check.
            room[given % FAN] = Entry {
                node: arc.head,
                cost: offered,
                below,
            };
            *top = select_unpredictable(is_better, (*count + given) as u32, below);
            given += usize::from(is_better);
        }
        *count += given;
    }

    /// How many labels were given in the last search.
    pub(super) fn count(&self) -> usize {
        self.count - 1
    }

    /// The label of a node, where it has one.
    pub(super) fn label(&self, node: u32) -> Option<Cost> {
        let label = self.labels[node as usize];
        (label <= self.bound).then_some(label)
    }

    /// The label of a node, or a cost above the bound.
    pub(super) fn label_or_beyond(&self, node: u32) -> Cost {
        self.labels[node as usize]
    }

    /// The nodes that are labelled and that `take` accepts, each once, in the order in which they got their labels. Where few
    /// are accepted this is quicker than to look at them all.
    pub(super) fn labelled_among(
        &self,
        take: impl Fn(u32) -> bool,
    ) -> impl Iterator<Item = (u32, Cost)> {
        let entries = self.entries[1..self.count].iter();
        let taken = entries.filter(move |entry| take(entry.node));
        let last = taken.filter(|entry| self.labels[entry.node as usize] == entry.cost);
        last.map(|entry| (entry.node, entry.cost))
    }

    /// The labelled nodes, each once with its label, in the order in which they got it.
    pub(super) fn labelled(&self) -> impl Iterator<Item = (u32, Cost)> {
        self.labelled_among(|_| true)
    }
}
