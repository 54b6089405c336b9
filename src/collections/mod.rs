//! Sets of indices and of stretches, for the rooms that search and draw.

mod intervals;
mod ranked;

pub(crate) use intervals::join_touching;
pub(crate) use ranked::RankedBits;
