//! What the city is made of: stations, residents, areas, streets, walkers, and what was found wrong with them.

mod finding;
mod places;
mod profile;
mod streets;

pub use finding::{Finding, FindingCode, Findings, Severity};
pub use places::{Area, City, Fault, Place, Resident, Station};
pub use profile::{Profile, ProfileError};
pub use streets::{Crossing, Flow, Streets, StreetsBuilder, Way, WayKind};
