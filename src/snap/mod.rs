//! Points onto streets: the nearest place on the nearest usable segment, and the straight leg between.

mod behind;
mod boxes;
mod by_gates;
mod edit;
mod gate_access;
mod grid;
mod home_ways;
mod index;
mod joined;
mod on_grid;
mod options;
mod shift;
mod snapped;
mod snapper;
#[cfg(feature = "isochrone")]
mod some;
mod stations;
mod walls;

pub use gate_access::GateAccess;
pub use grid::Grid;
pub(crate) use home_ways::HomeWays;
pub use joined::{Entrance, Indoors, NearStreet, Snap, Snapping};
pub use options::SnapOptions;
pub(crate) use shift::{Other, Shift};
pub use snapped::Snapped;
pub use snapper::Snapper;
pub(crate) use stations::{StationTree, leave_crowds};
pub use walls::{WallGate, Walls};

pub(crate) use edit::Resnap;
pub(crate) use snapper::SnapIndex;
