//! Searches from places that nobody knew before: who is near one, and which stations are. What they need is kept between them
//! and lent out, so that one costs its search alone, on however many threads they are made.

use std::sync::{Mutex, PoisonError};

use super::engine::Memory;
use super::search_index::Prepared;
use super::walk::Walk;
use crate::id::ResidentId;
use crate::network::{Impedance, Network};
use crate::snap::{Snap, Snapped};
use crate::units::{CLOSED, Cost};

/// The first bound of a search for the nearest, 7.5 minutes or 450 m; each further one is twice as large.
const FIRST_BOUND: Cost = 450_000;

/// The memories of searches over one preparation: as many as there were searches at one time.
#[derive(Debug, Default)]
pub(crate) struct Pool(Mutex<Vec<Memory>>);

impl Pool {
    /// One whose last search had this bound, which need not be cleared for it; else any.
    fn take(&self, bound: Cost) -> Option<Memory> {
        // Poisoned only by a panic between a push and a pop, which leave the list whole.
        let mut rest = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let same = rest.iter().rposition(|memory| memory.bound() == bound);
        match same {
            Some(position) => Some(rest.swap_remove(position)),
            None => rest.pop(),
        }
    }

    fn give_back(&self, memory: Memory) {
        let mut rest = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        rest.push(memory);
    }
}

/// Searches from any places for the residents, or for the stations that stand in their place.
#[derive(Debug)]
pub(crate) struct Around<'a> {
    there: Walk<'a>,
    back: Option<Walk<'a>>,
    pool: &'a Pool,
}

impl<'a> Around<'a> {
    /// Over what was prepared of the same network, impedance and residents. The pool is of this preparation alone.
    pub(crate) fn from_prepared(
        prepared: &Prepared,
        network: &'a Network,
        impedance: &'a Impedance,
        snapped: &'a Snapped,
        pool: &'a Pool,
    ) -> Self {
        let Prepared { there, back } = prepared.clone();
        let walk = |search_index| Walk::without_stations(search_index, network, impedance, snapped);
        Self {
            there: walk(there),
            back: back.map(walk),
            pool,
        }
    }

    /// Everybody within a cost of a place that joins the network so, in no order.
    ///
    /// # Complexity
    /// O(m) in the arcs within the cost and the residents beside them.
    pub(crate) fn within(&self, entrances: &[Snap], cost: Cost) -> Vec<(ResidentId, Cost)> {
        let mut memory = self.memory(cost);
        self.search(entrances, &mut memory);
        let found = memory.entries.clone();
        self.pool.give_back(memory);
        found
    }

    /// The `count` nearest to such a place at any distance, the nearest first and of equally near ones the first; fewer where a
    /// walk leads to fewer.
    ///
    /// # Complexity
    /// O(m) in the arcs within twice the cost of the last of them; in all arcs where there are fewer.
    pub(crate) fn nearest(&self, entrances: &[Snap], count: usize) -> Vec<(ResidentId, Cost)> {
        let mut bound = FIRST_BOUND;
        let mut memory = self.memory(bound);
        loop {
            memory.set_bound(bound);
            let is_cut = self.search(entrances, &mut memory);
            let is_last = memory.entries.len() >= count
                || bound == CLOSED - 1
                || !(is_cut || self.was_cut(&memory));
            if is_last {
                break;
            }
            bound = bound.saturating_mul(2).min(CLOSED - 1);
        }
        memory
            .entries
            .sort_unstable_by_key(|(who, cost)| (*cost, *who));
        let nearest = memory.entries.iter().take(count).copied().collect();
        self.pool.give_back(memory);
        nearest
    }

    fn memory(&self, bound: Cost) -> Memory {
        let Some(mut memory) = self.pool.take(bound) else {
            return Memory::new(&self.there, self.back.as_ref(), bound);
        };
        memory.set_bound(bound);
        memory
    }

    /// Puts what it finds among the entries; answers whether the bound left a round trip out whose ways are both within it.
    fn search(&self, entrances: &[Snap], memory: &mut Memory) -> bool {
        memory.entries.clear();
        memory.add_row(&self.there, self.back.as_ref(), entrances.iter())
    }

    /// Whether the bound cut off any way.
    fn was_cut(&self, memory: &Memory) -> bool {
        let back = self.back.as_ref().zip(memory.back.as_ref());
        self.there.was_cut(&memory.there)
            || back.is_some_and(|(walk, scratch)| walk.was_cut(scratch))
    }
}
