//! The bounded search: from every station to the residents within a cutoff, and one sweep for everybody's nearest
//! station at any distance.

mod bounded;
mod contraction;
mod core;
mod engine;
mod graph;
mod hilbert;
mod homes;
mod nearest;
mod neighbours;
mod queue;
mod reach;
mod route;
mod travel_times;
mod walk;

pub use engine::{Circles, Engine};
pub use neighbours::{Groups, Neighbours};
pub use reach::{EdgeReach, Reach, Reaches};
pub use route::{Route, RouteStep};
pub use travel_times::{NearestStation, TravelTimes, Trip};
