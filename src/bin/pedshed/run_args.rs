//! The arguments of most verbs: how people walk, how the program runs.

use std::ffi::OsString;

use clap::{Args, ValueEnum};
use pedshed::inputs::Source;

/// Which walk is measured.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum DirectionArg {
    /// From the resident to the station
    #[default]
    ToStation,
    /// From the station to the resident
    FromStation,
    /// There and back, the sum against the cutoff
    RoundTrip,
}

/// How people walk, and how far is near.
#[derive(Debug, Args)]
#[command(next_help_heading = "Walking")]
pub(crate) struct WalkArgs {
    /// Cutoffs in minutes of walking; the largest decides who is covered, unless only --metres is given [default: 5,10,15]
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub(crate) minutes: Option<Vec<f64>>,
    /// Cutoffs in metres of walking; the largest decides who is covered if --minutes is not given
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub(crate) metres: Vec<f64>,
    /// Who walks: adult, elder, child, wheelchair, plain, or a .toml file
    #[arg(long, value_name = "NAME|FILE", default_value = "adult")]
    pub(crate) profile: OsString,
    /// A walker whose numbers stand in a study file, in place of `profile`
    #[arg(skip)]
    pub(crate) own_profile: Option<Source>,
    /// Walking speed on the level in km/h, in place of the profile's
    #[arg(long, value_name = "KMH")]
    pub(crate) speed_kmh: Option<f64>,
    /// Which walk is measured
    #[arg(long, value_enum, default_value_t)]
    pub(crate) direction: DirectionArg,
    /// The longest straight leg between a point and its street, in metres
    #[arg(long, value_name = "METRES", default_value_t = 200.0)]
    pub(crate) max_snap: f64,
    /// How many times longer than that straight leg the walk is
    #[arg(long, value_name = "FACTOR", default_value_t = 1.0)]
    pub(crate) leg_factor: f64,
    /// Connected pieces of street shorter than this many metres are islands that nothing snaps to; 0 keeps all
    #[arg(long, value_name = "METRES", default_value_t = 300.0)]
    pub(crate) min_island: f64,
    /// Leave out the stairs and lifts at home: everybody starts at the street door, whatever their storey
    #[arg(long)]
    pub(crate) street_level: bool,
}

/// How the program runs and what it prints.
#[derive(Debug, Args)]
#[command(next_help_heading = "Running")]
pub(crate) struct RunArgs {
    /// Threads to use; 0 is as many as the machine has
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) threads: usize,
    /// Print nothing but errors
    #[arg(long, short)]
    pub(crate) quiet: bool,
    /// Print how each layer was read, and where the time went
    #[arg(long, short, conflicts_with = "quiet")]
    pub(crate) verbose: bool,
}

/// A kind of output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FormatArg {
    /// The tables, summary.json and run.json
    Csv,
    /// isochrones.geojson: the ground within each cutoff
    Geojson,
    /// report.html: the answer on one page, with a map
    Html,
    /// results.gpkg: all layers for maps in one file that opens as a map
    Gpkg,
    /// One .fgb for each layer, with its index
    Fgb,
    /// Shapefiles, one for each layer, and fields.csv
    Shp,
    /// report.xlsx: a workbook with indicators, places, problem list, stations, measures and the record of the data
    Xlsx,
}

/// How much memory may be used.
#[derive(Debug, Args)]
#[command(next_help_heading = "Running")]
pub(crate) struct MemoryArgs {
    /// Refuse a run that is estimated to take more memory than this, before it begins (such as 500MB or 8GB)
    #[arg(long, value_name = "SIZE")]
    pub(crate) max_memory: Option<String>,
}
