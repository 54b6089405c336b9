//! What breaks: who depends on one station alone, and what the closing of a station costs, or of two, of a bridge, a gate, a crossing
//! or a lift.
//!
//! Each is closed by itself, all of them, and exactly: [`StationClosures`] from everybody's nearest stations, [`StreetClosures`] by
//! the junctions whose walks go by what is closed.

mod gates;
mod listed;
mod loss;
mod moved;
mod pairs;
mod pieces;
mod stations;
mod street;
mod streets;

pub use loss::{Loss, ranked};
pub use pairs::PairLoss;
pub use stations::{Dependence, PAIRS_AMONG, StationClosures};
pub use street::{MapObject, StreetClosure, StreetKind};
pub use streets::StreetClosures;
