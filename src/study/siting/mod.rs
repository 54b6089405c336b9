//! Where to build, as part of a study: candidates and walks from files, or from the streets; the choice, and its files.

mod answer;
mod built;
mod from_streets;
mod from_walks;
mod homes;
mod question;
mod sites;
mod tiers;
mod weights;
mod written;

pub use answer::{SITE_COMMUNITIES, SITE_CURVE, SITES_GEOJSON, SITES_TABLE, SitingAnswer};
pub use from_walks::WalksCity;
pub use question::{GroupWeight, Mode, ModeText, SitingQuestion, read_year_budget};
pub use tiers::{TierCircle, TierRow};
