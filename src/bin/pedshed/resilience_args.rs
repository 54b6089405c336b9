//! The arguments of `resilience` and `catchments`.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::Args;

use crate::input_args::{ColumnArgs, DwellingArgs, NetworkFileArgs};
use crate::layer_options::{LayerOptions, WalkedLayers};
use crate::run_args::{FormatArg, MemoryArgs, RunArgs, WalkArgs};

/// Who walks to which stations, behind which walls.
#[derive(Debug, Args)]
#[command(next_help_heading = "Inputs")]
pub(crate) struct WalkedArgs {
    #[command(flatten)]
    pub(crate) network: NetworkFileArgs,
    /// Stations: as for coverage. May be given several times
    #[arg(long, value_name = "FILE|SELECTOR", required = true)]
    pub(crate) stations: Vec<OsString>,
    /// Residents: as for coverage. May be given several times
    #[arg(long, value_name = "FILE|SELECTOR", required = true)]
    pub(crate) residents: Vec<OsString>,
    /// Walled compounds, as for coverage
    #[arg(long, value_name = "FILE|SELECTOR")]
    pub(crate) compounds: Option<OsString>,
    /// Gates of the compounds, as for coverage
    #[arg(long, value_name = "FILE|SELECTOR")]
    pub(crate) gates: Option<OsString>,
    #[command(flatten)]
    pub(crate) dwellings: DwellingArgs,
    /// How each of these layers is read.
    #[command(flatten)]
    pub(crate) options: LayerOptions<WalkedLayers>,
    #[command(flatten)]
    pub(crate) columns: ColumnArgs,
    #[command(flatten)]
    pub(crate) walk: WalkArgs,
}

/// What is written beside the tables.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct MapArgs {
    /// What to write: csv (the tables), geojson (the same for other maps), html (index.html, a page with a map), xlsx (report.xlsx, the tables as a workbook)
    #[arg(
        long,
        value_enum,
        value_delimiter = ',',
        default_value = "csv,geojson,html",
        hide_possible_values = true
    )]
    pub(crate) formats: Vec<FormatArg>,
    /// What the study is of, as the title of index.html and report.xlsx: a city and a date
    #[arg(long, value_name = "TEXT")]
    pub(crate) title: Option<String>,
}

/// Arguments of `resilience`.
#[derive(Debug, Args)]
#[command(
    after_help = "A study file can take the place of the flags: pedshed resilience study.toml"
)]
pub(crate) struct ResilienceArgs {
    #[command(flatten)]
    pub(crate) city: WalkedArgs,
    /// Close each two of so many stations, those whose closing costs most
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u16).range(0..=1000), help_heading = "Choice")]
    pub(crate) pairs: u16,
    /// Where to write the tables, index.html, closures.geojson, summary.json and run.json
    #[arg(long, value_name = "FOLDER", help_heading = "Output")]
    pub(crate) out: PathBuf,
    #[command(flatten)]
    pub(crate) map: MapArgs,
    #[command(flatten)]
    pub(crate) memory: MemoryArgs,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}

/// Arguments of `catchments`.
#[derive(Debug, Args)]
#[command(
    after_help = "A study file can take the place of the flags: pedshed catchments study.toml"
)]
pub(crate) struct CatchmentsArgs {
    #[command(flatten)]
    pub(crate) city: WalkedArgs,
    /// The side of the cells that the ground is drawn in, in metres
    #[arg(
        long,
        value_name = "METRES",
        default_value_t = 20.0,
        help_heading = "Choice"
    )]
    pub(crate) cell: f64,
    /// Give no station more people than its column capacity says, else than --capacity, else as equal a share as can be; all together walk as little as that allows
    #[arg(long, help_heading = "Choice")]
    pub(crate) balance: bool,
    /// How many people a station may have of which the column capacity says nothing
    #[arg(
        long,
        value_name = "PEOPLE",
        requires = "balance",
        help_heading = "Choice"
    )]
    pub(crate) capacity: Option<String>,
    /// Where to write catchments.csv, `catchment_residents.csv`, index.html, catchments.geojson, summary.json and run.json
    #[arg(long, value_name = "FOLDER", help_heading = "Output")]
    pub(crate) out: PathBuf,
    #[command(flatten)]
    pub(crate) map: MapArgs,
    #[command(flatten)]
    pub(crate) memory: MemoryArgs,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}
