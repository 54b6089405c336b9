//! OpenStreetMap extracts in PBF: streets, points, areas and homes.
//!
//! A file is swept several times, once per kind of object that is needed; each sweep walks over the blocks in parallel, in
//! their unpacked bytes, and keeps only what it looks for. Blocks are unpacked once, those of very large files each time.
//!
//! # Who can walk where
//! `foot` goes before `access`, and `access` before the kind of way; in each the key of one direction (`foot:forward`) goes
//! before that of both, and of several values (`private;customers`) the one counts that lets in the most,
//! unless `access` has `no` among them.
//!
//! | tags | what follows |
//! |--|--|
//! | `private`, `residents`, `staff`, `permit` and other values for some people only | a pocket: who lives or is served inside walks there, and nobody walks through |
//! | `no`; as `access` also `psv`, `bus` and other vehicles | nobody walks |
//! | `access` or `foot` on a node: a gate, a door, a crossing, a lift | as on a way; beside a shop, a stop or an amenity they speak of that |
//! | `barrier=wall`, `fence`, `hedge` on a way | nobody passes, unless `foot` or `access` says who does |
//! | `conveying` | an escalator goes as it says, or as `oneway` says; `oneway` alone is for vehicles |
//! | `wheelchair=no`, `smoothness=bad` or worse, a stile, a kissing gate, a turnstile, a raised kerb | closed to walkers who cannot take steps |
//! | steps with `wheelchair=yes` or `ramp:wheelchair=yes` | open to them |
//! | `tunnel` (but no passage through a building), `location=underground`, a roof on a negative `level` or `layer` | walked, and nothing snaps to it |
//! | `opening_hours`, `foot:conditional` and the like | obeyed as at the time of the week that is asked for, 10:00 on a Tuesday where none is. What asks for more than that, such as a season, is not used: the plain tags count. Both are counted |
//! | `route=ferry` | closed, but to profiles that take ferries, whatever `highway` says |
//!
//! Where this differs from other routers on purpose:
//!
//! | tags | here | elsewhere | why |
//! |--|--|--|--|
//! | `highway=motorway`, `access=yes` | nobody walks | some walk | there `access` speaks of vehicles: `foot` or a sidewalk lets walkers in |
//! | a gate with `locked=yes`, `access=yes` | nobody passes | some pass | `access` is often said of what lies behind: `foot` lets walkers in |
//! | `sidewalk=separate`, `foot=use_sidepath` | walked, unless footways join both ends of the street and are no longer than twice the street and 50 m | never walked, or always | half the sidewalks that it speaks of are not mapped, or touch the street at one end |
//! | `sidewalk:right=separate` alone | walked | left out by some | the other side is left to walk on |

mod areas;
mod block;
mod fields;
mod frames;
mod gates;
mod home_storeys;
mod homes;
mod lifts;
mod marks;
mod near;
mod objects;
#[cfg(test)]
#[expect(dead_code, reason = "the integration tests use the rest of it")]
#[path = "../../../tests/support/pbf.rs"]
mod pbf;
mod pieces;
mod rings;
mod sea;
mod seen;
mod select;
mod selector;
mod streets;
mod surroundings;
mod walkable_areas;

pub use areas::read_areas;
pub use frames::OsmFile;
pub(crate) use homes::{BuildingSize, Homes, read_homes};
pub use homes::{HomeModel, HomesReport};
pub(crate) use marks::read_marks;
pub(crate) use near::near;
pub(crate) use select::read_gates;
pub use select::read_points;
#[cfg(all(feature = "text", feature = "geojson", feature = "csv"))]
pub(crate) use select::read_stations;
pub use selector::Selector;
pub use streets::read_streets;
pub(crate) use surroundings::read_around;
