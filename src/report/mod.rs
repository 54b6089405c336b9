//! Results as files: one exporter per file, pure serialisation into a writer, and a directory that takes them whole.

mod areas;
mod catchments;
mod circle_text;
mod columns;
mod compounds;
mod directory;
mod gaps;
mod geometry;
mod hours;
#[cfg(feature = "config")]
mod indicators;
mod isochrones;
mod layers;
mod lifts;
mod lock;
mod noun;
mod numbers;
mod of_analysis;
mod page;
#[cfg(all(feature = "osm", feature = "geojson"))]
mod readings;
mod residents;
mod resilience;
mod run;
mod scenario;
mod sessions;
mod shown;
mod siting;
mod stations;
mod summary;
mod table;
mod temporary;
mod terminal;
mod travel_times;
mod unfinished;
#[cfg(feature = "workbook")]
mod workbook;
mod write;

pub use crate::error::ReportError;
pub(crate) use catchments::CatchmentsReport;
pub use circle_text::terminal_provision;
pub use columns::{columns, fit, is_obeyed, pad_left, pad_right, visible};
pub use directory::{OutputDirectory, OutputPlace};
#[cfg(feature = "fgb")]
pub(crate) use layers::write_flatgeobuf;
#[cfg(feature = "gpkg")]
pub(crate) use layers::write_geopackage;
pub(crate) use layers::{
    LAYER_NAMES, Layer, LayersReport, SHAPEFILE_PARTS, Shapefile, all_layers, sites, write_fields,
    write_qml,
};
pub(crate) use lifts::LiftsReport;
#[cfg(feature = "config")]
pub use noun::{NotANoun, StationNoun};
pub use page::{Credit, Page};
pub(crate) use page::{ScenePage, write_catchments, write_lifts, write_resilience, write_sessions};
#[cfg(all(feature = "osm", feature = "geojson"))]
pub use readings::{readings_json, terminal_readings};
pub(crate) use resilience::ResilienceReport;
pub use resilience::{StationRecord, StationRow, StreetRow};
pub use run::{InputFile, OutputFile, RunRecord};
pub(crate) use scenario::{HoursReport, OneScenario, ScenarioReport};
pub(crate) use sessions::{NextReport, SessionsReport};
pub use shown::Report;
pub(crate) use siting::SitingReport;
pub use siting::{CommunityRow, SiteRecord, SiteRow};
pub use summary::findings_json;
pub use table::Table;
pub use temporary::{Fingerprinted, OutputWriter};
pub use terminal::terminal_summary;
pub use unfinished::abandon_unfinished;
#[cfg(feature = "workbook")]
pub(crate) use workbook::{Headline, TablePlace, WorkbookReport, WrittenTable};
