//! The engine: from every station to the residents within a cutoff, and everybody's nearest station at any distance.
//!
//! # How it works, for a reader who knows Dijkstra's algorithm
//! Dijkstra's algorithm settles the junctions around a station one by one, the cheapest first, and a heap knows which that
//! is. Around a station there are a few hundred junctions within a quarter of an hour, so a city with a thousand stations
//! is a thousand small searches, and what they cost is not what textbooks count. Three things cost: junctions that need not
//! be looked at, guesses of the processor that turn out wrong, and memory that is far away.
//!
//! 1. **Fewer junctions** (`contraction`). In Porto four junctions in ten are dead ends, or lie between two others. A walk enters
//!    a dead end only to reach what is in it, and passes through the others without a choice. They are taken out before
//!    any search, again and again, and what is left is the *core*: junctions with three neighbours or more. Whatever was taken
//!    out hangs on one or two junctions of the core at known costs, its anchors, so its own cost is one addition away. Nothing
//!    is approximated: a search that begins outside the core walks its way in on the streets as they are.
//! 2. **No heap, no guesses** (`bounded`). Costs are whole milliseconds and end at the cutoff, so junctions wait in buckets of
//!    eight seconds each, and a bucket is a list that is pushed to and popped from its top. Inside one, junctions may come in
//!    the wrong order; then a label is bettered later and the junction pushed again, which happens to one in twenty. Whether a
//!    street leads to something better cannot be foreseen by a processor, and a wrong guess costs more than the work behind it;
//!    so the loop has no branch there. It writes an entry for every street and moves the list's end only past those that count.
//! 3. **Near memory** (`core`). Junctions are numbered along a Hilbert curve, which visits near places one after the other, and
//!    stations are searched along it too, so a search finds most of its streets in the cache, where the one before has left
//!    them. A junction's streets lie in one record of 32 bytes; labels are reset by the list of what was labelled, never all.
//!
//! Residents (`homes`) stand in memory street by street with their costs from the two core junctions that lead there, and each
//! street is read once per search, from the first of the two that was reached. Those on the station's own street, in its own
//! dead end or behind its own gate are few and are asked one by one.
//!
//! The nearest station at any distance comes from one search that begins at all stations at once (`sweep`). It has no bound and
//! would run through all memory again and again, as it goes on everywhere at the same time; so it goes part by part, each a
//! piece of the curve that fits into the cache, with a heap of its own, and what leads from one part into another is handed
//! over between rounds. The labels are the same, and parts are searched in parallel.
//!
//! Gates need no special care inside a search: a pocket's junctions are in the graph twice more (`graph`). Residents who leave
//! a walled compound by several gates are met as several homes, and counted once (`gate_access`).
//!
//! When one station moves, its circle is searched again and its cell of the nearest-station labels is cleared and closed from its
//! edges (`live`); what is prepared borrows nothing, so that it outlives the edit (`ready`), and so that the tables, the gaps
//! and the isochrones of one analysis share it.
//!
//! Around every junction (`heat`) it is the table of homes and junctions that is asked, and it is searched from the side that has
//! fewer: sources that are dense on one side are targets on the other.
//!
//! From a place that nobody knew before (`near_place`) it is the same search, over memory that is kept from one to the next; for
//! the stations around it, these stand where residents do.
//!
//! What does not pay was tried and left out: an end to a search where no resident can be near any more, which saves too little
//! where people live and is worked out too dearly where they do not; several sources in one search; records of three streets, touching a junction's record when it is pushed (the
//! processor already does), two searches in turns in one loop, and depth-first or Cuthill-McKee order, which are no better than
//! Hilbert's. BENCHMARKS.md has the figures.

mod both_ways;
mod bounded;
mod closing;
mod contraction;
mod core;
mod engine;
mod error;
mod from_residents;
mod gate_access;
mod graph;
mod heat;
mod live;
mod near_place;
mod nearest;
mod neighbours;
mod queue;
mod ramp;
#[cfg(test)]
mod random;
mod reach;
mod resident_index;
mod route;
mod search_index;
mod sweep;
mod table;
mod travel_times;
mod walk;

pub(crate) use closing::{Closed, ClosingScratch, ClosingTimes, Cut};
pub use engine::{Catchments, Engine};
pub use error::SearchError;
pub(crate) use live::{LiveTimes, Moved, Points};
pub(crate) use near_place::{Around, Pool};
pub use nearest::NearestStations;
pub use neighbours::{Groups, Neighbours};
pub(crate) use reach::FromAny;
#[cfg(feature = "isochrone")]
pub(crate) use reach::{AtEnds, Scratch as ReachBench};
pub use reach::{EdgeReach, Reach, Reaches};
pub use route::{Route, RouteStep};
pub(crate) use search_index::Prepared;
pub use travel_times::{NearestStation, TravelTimes, Trip};
