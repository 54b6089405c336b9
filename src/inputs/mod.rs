//! Input files: one reader per format, and the reader of a whole city. Bad files are errors that say where; bad records are
//! kept and counted.

#[cfg(any(feature = "osm", feature = "geojson", feature = "shapefile"))]
mod access;
#[cfg(feature = "excel")]
mod biff;
#[cfg(feature = "excel")]
mod biff_looks;
#[cfg(feature = "text")]
mod cells;
#[cfg(feature = "text")]
mod column_names;
#[cfg(feature = "text")]
mod column_units;
#[cfg(feature = "text")]
mod columns;
#[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
mod community_people;
#[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
mod convert;
#[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
mod corners;
#[cfg(feature = "csv")]
mod csv;
#[cfg(any(feature = "osm", feature = "geojson", feature = "shapefile"))]
mod cuts;
#[cfg(feature = "shapefile")]
mod dbf;
#[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
mod dwellings;
#[cfg(feature = "elevation")]
mod elevation;
mod error;
#[cfg(feature = "excel")]
mod excel;
#[cfg(any(feature = "geojson", feature = "shapefile"))]
mod features;
#[cfg(feature = "text")]
mod field;
#[cfg(feature = "text")]
mod formats;
#[cfg(feature = "geojson")]
mod geojson;
#[cfg(all(feature = "geojson", feature = "config"))]
mod geojson_records;
#[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
mod groups;
#[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
pub(crate) use dwellings::{Stairwell, Stairwells};
#[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
pub(crate) use groups::people_cells;
#[cfg(any(feature = "csv", feature = "excel"))]
mod header;
#[cfg(feature = "geojson")]
mod json_parts;
#[cfg(feature = "text")]
mod kept_column;
mod known;
mod layer_kind;
#[cfg(any(feature = "geojson", feature = "shapefile"))]
mod lines;
#[cfg(feature = "excel")]
mod looks;
#[cfg(any(feature = "geojson", feature = "shapefile"))]
mod mend;
#[cfg(feature = "excel")]
mod merged;
#[cfg(any(feature = "osm", feature = "geojson", feature = "shapefile"))]
mod nesting;
#[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
mod network_read;
#[cfg(feature = "osm")]
pub mod osm;
#[cfg(feature = "text")]
#[cfg_attr(
    not(all(feature = "osm", feature = "geojson", feature = "csv")),
    allow(
        dead_code,
        reason = "parents are looked for where a whole city is read"
    )
)]
mod other_columns;
#[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
mod outlines;
#[cfg(feature = "excel")]
mod package;
#[cfg(feature = "text")]
mod people_words;
#[cfg(feature = "text")]
mod population;
#[cfg(feature = "prepared")]
mod prepared;
#[cfg(feature = "config")]
mod profile;
#[cfg(feature = "csv")]
mod quotes;
#[cfg(any(feature = "osm", feature = "geojson", feature = "shapefile"))]
mod read;
#[cfg(feature = "text")]
mod read_options;
mod reading;
mod records;
#[cfg(feature = "text")]
mod roles;
#[cfg(any(feature = "csv", feature = "excel"))]
mod said;
#[cfg(any(feature = "osm", feature = "text"))]
mod service_hours;
#[cfg(feature = "text")]
mod settings;
#[cfg(feature = "shapefile")]
mod shapefile;
#[cfg(any(feature = "osm", feature = "geojson", feature = "shapefile"))]
mod sidepaths;
#[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
mod sizes;
#[cfg(any(feature = "osm", feature = "text", feature = "config"))]
mod source;
#[cfg(any(feature = "osm", feature = "text", feature = "config"))]
mod stream;
#[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
mod study;
#[cfg(any(feature = "csv", feature = "excel"))]
mod system_column;
#[cfg(any(feature = "csv", feature = "excel"))]
mod table;
#[cfg(feature = "text")]
mod text;
#[cfg(any(feature = "csv", feature = "geojson", feature = "shapefile"))]
mod text_reader;
#[cfg(any(feature = "csv", feature = "excel"))]
mod thousands;
mod toml_words;
#[cfg(feature = "text")]
mod totals;
#[cfg(any(feature = "csv", feature = "excel"))]
mod units_above;
#[cfg(any(feature = "geojson", feature = "shapefile"))]
mod unread;
#[cfg(feature = "csv")]
mod walks;
#[cfg(feature = "text")]
mod watched;
#[cfg(feature = "text")]
mod whole;
#[cfg(any(feature = "csv", feature = "geojson", feature = "shapefile"))]
mod wrong_encoding;

#[cfg(any(feature = "osm", feature = "geojson", feature = "shapefile"))]
pub use access::CutReason;
#[cfg(feature = "osm")]
pub(crate) use access::NetworkState;
#[cfg(feature = "osm")]
pub use access::Timetable;
#[cfg(all(
    feature = "osm",
    feature = "geojson",
    feature = "csv",
    feature = "config"
))]
pub(crate) use cells::size;
#[cfg(any(feature = "osm", feature = "geojson", feature = "shapefile"))]
pub use cuts::{Cut, CutReport};
#[cfg(feature = "elevation")]
pub use elevation::Elevation;
pub use error::{InputError, InputsError};
#[cfg(feature = "text")]
pub use formats::read_points;
#[cfg(any(feature = "geojson", feature = "shapefile"))]
pub use formats::{read_areas, read_lines};
#[cfg(all(feature = "geojson", feature = "config"))]
pub(crate) use geojson_records::{
    Record, RecordShape, RecordValue, Records, at_feature, read_records,
};
#[cfg(feature = "text")]
pub use kept_column::KeptColumn;
pub use known::{Known, KnownBy};
pub use layer_kind::LayerKind;
#[cfg(any(feature = "geojson", feature = "shapefile"))]
pub use mend::Mending;
#[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
pub use network_read::NetworkRead;
#[cfg(feature = "text")]
pub use other_columns::OtherColumns;
#[cfg(feature = "prepared")]
pub(crate) use prepared::prepared_size;
#[cfg(feature = "prepared")]
pub use prepared::{PreparedFrom, Provenance};
#[cfg(feature = "config")]
pub(crate) use profile::toml_error;
#[cfg(feature = "config")]
pub use profile::{read_profile, read_study_profile};
#[cfg(any(feature = "osm", feature = "geojson", feature = "shapefile"))]
pub use read::{AreasRead, StreetsRead};
#[cfg(feature = "text")]
pub use read_options::ReadOptions;
#[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
pub use reading::LayerReading;
pub use reading::{Reading, TakenColumn};
pub use records::{LostCell, PointRecord, PointRecords, PopulationRead};
#[cfg(feature = "text")]
#[cfg(any(feature = "geojson", feature = "shapefile"))]
pub(crate) use settings::RoleColumn;
#[cfg(feature = "text")]
pub use settings::{LayerSetting, LayerSettings, RoleColumns};
#[cfg(any(feature = "osm", feature = "text", feature = "config"))]
pub use source::{Format, Source};
#[cfg(feature = "report")]
pub(crate) use stream::Fingerprint;
#[cfg(all(
    feature = "osm",
    feature = "geojson",
    feature = "csv",
    feature = "hours"
))]
pub(crate) use study::network_at;
#[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
pub use study::{
    DrawnCandidates, Inputs, LayerSource, LayerSpec, ParseDrawnError, Request, read_network,
};
#[cfg(feature = "text")]
pub use text::{TextEncoding, UnknownEncoding};
pub use toml_words::toml_words;
#[cfg(all(
    feature = "osm",
    feature = "geojson",
    feature = "csv",
    feature = "config"
))]
pub(crate) use unread::{LookedAt, tell_column};
#[cfg(feature = "csv")]
pub use walks::{WalksRead, read_walks};
