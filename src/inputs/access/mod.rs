//! Where a person may walk: the tags of one way or node, judged as OpenStreetMap's foot routers do. Conflicts resolve
//! in this order: `foot`, `access`, the way's kind; in each the key of one direction goes before that of both.
//!
//! What follows from them for users, and where it differs from other routers on purpose, stands in
//! [`osm`](crate::inputs::osm).
//!
//! # Source
//! The OpenStreetMap wiki's pages on `highway`, `access`, `foot`, `oneway:foot`, `barrier`, `conveying`, `sac_scale`,
//! `smoothness`, `kerb` and `wheelchair`, and where the public engines (Valhalla, GraphHopper, OSRM, R5, OpenTripPlanner)
//! differ, what most of them do.

#[cfg(feature = "osm")]
mod conditional;
mod cut_reason;
mod levels;
#[cfg(feature = "osm")]
mod nodes;
mod permission;
mod structure;
mod tags;
#[cfg(feature = "osm")]
mod timetable;
#[cfg(any(feature = "geojson", feature = "shapefile"))]
mod understood;
mod way;

#[cfg(feature = "osm")]
pub(super) use conditional::{AtTimes, HeldTags};
pub use cut_reason::CutReason;
pub(super) use levels::Levels;
#[cfg(feature = "osm")]
pub(super) use nodes::{Barrier, NODE_KEYS, barrier, crossing, is_lift, node_condition};
pub(super) use structure::{is_set, structure};
pub(super) use tags::Tags;
#[cfg(feature = "osm")]
pub(crate) use timetable::NetworkState;
#[cfg(feature = "osm")]
pub use timetable::Timetable;
#[cfg(any(feature = "geojson", feature = "shapefile"))]
pub(super) use understood::is_understood;
#[cfg(feature = "osm")]
pub(super) use way::STREET_KEYS;
pub(super) use way::{Role, Walkable, condition, is_street, is_way_key, walkable};
