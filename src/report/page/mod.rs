//! `report.html`: the whole answer on one page that needs no network and no program but a browser.
//!
//! The page is text and one SVG, with a style sheet and a script that are compiled in. It works without the script, which
//! adds zooming, names under the pointer and sorting. Everything that comes from data is text, and a content security policy
//! lets nothing but our own style and script through. It holds no clock time: the same analysis gives the same bytes.

mod bars;
mod catchments;
mod circle;
mod circles;
mod curve;
mod document;
mod escape;
mod figures;
mod gap;
mod ground;
mod hours;
mod html;
mod labels;
mod lifts;
mod map;
mod map_box;
mod method;
mod path;
mod resilience;
mod scenario;
mod sessions;
mod shown;
mod streets;
mod tables;
mod words;

pub(crate) use catchments::write_catchments;
pub(super) use document::write;
pub(crate) use lifts::write_lifts;
pub(crate) use resilience::write_resilience;
pub(crate) use scenario::ScenePage;
pub(super) use scenario::write as write_scenarios;
pub(crate) use sessions::write_sessions;
pub use shown::{Credit, Page};
