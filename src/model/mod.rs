//! What the city is made of: stations, residents, areas, compounds, streets and what lies around them, walkers, and what was found wrong with them.

mod attributes;
mod compounds;
mod date;
mod dwelling;
mod finding;
mod marks;
mod places;
mod profile;
mod profile_error;
mod slope;
#[cfg(feature = "serde")]
mod stored;
mod streets;
mod surroundings;
mod tier;

/// What every file of a model district says of itself: the origin of a network that is one.
pub const MODEL_LABEL: &str = "模型数据·非实测 / model, not a survey";

pub(crate) use attributes::AttributeWriter;
#[cfg(all(
    feature = "osm",
    feature = "geojson",
    feature = "csv",
    feature = "hours"
))]
pub(crate) use attributes::ServiceColumn;
pub use attributes::{Attribute, AttributeColumn, Attributes};
pub use compounds::{Compound, Compounds, Gate};
pub use date::{Date, DateError};
pub use dwelling::{Dwelling, Lift};
pub use finding::{Finding, FindingCode, Findings, Severity};
pub use marks::{CrossingMark, GateMark, MapMarks};
pub use places::{Area, CityRecords, Fault, Place, Resident, Station};
pub use profile::{Ferry, Pace, Profile, Smoothness};
pub use profile_error::ProfileError;
pub use slope::{Slope, SlopeFactor, SlopeRule, Steep};
pub use streets::{
    Access, Crossing, Flow, Passage, Streets, StreetsBuilder, Structure, Way, WayKind, Wheels,
};
pub use surroundings::{Obstacle, ObstacleKind, Surroundings};
pub use tier::Tier;
pub(crate) use tier::TierReader;
