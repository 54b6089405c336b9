//! The command line: arguments and help texts, no logic.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use pedshed::language::Language;

use crate::circle::CircleArgs;
use crate::input_args::{ColumnArgs, LayerArgs, NetworkFileArgs, ReadingArgs};
use crate::layer_options::{LayerOptions, ResidentLayers, StationLayers};
use crate::lifts_args::LiftsArgs;
use crate::resilience_args::{CatchmentsArgs, ResilienceArgs};
pub(crate) use crate::run_args::{DirectionArg, FormatArg, MemoryArgs, RunArgs, WalkArgs};
use crate::scenario_args::{CompareArgs, ScenarioArgs};
use crate::sessions_args::SessionsArgs;
use crate::site_args::SiteArgs;

/// Which residents are within a 15-minute walk of a service station, who is left out, and why.
#[derive(Debug, Parser)]
#[command(
    name = "pedshed",
    version,
    max_term_width = 100,
    after_help = "Start with: pedshed demo"
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) language: LanguageArgs,
}

/// A language of messages.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum LanguageArg {
    /// English
    En,
    /// Chinese
    Zh,
}

impl From<LanguageArg> for Language {
    fn from(language: LanguageArg) -> Self {
        match language {
            LanguageArg::En => Language::En,
            LanguageArg::Zh => Language::Zh,
        }
    }
}

/// In which language the program speaks.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct LanguageArgs {
    /// Language of messages and tables [default: en]; files keep English headers. 提示与表格的语言
    #[arg(long, value_enum, global = true, help_heading = "Running")]
    pub(crate) lang: Option<LanguageArg>,
}

impl LanguageArgs {
    pub(crate) fn language(self) -> Language {
        self.lang.map(Language::from).unwrap_or_default()
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Run the whole job on the data that ships with the program
    Demo(DemoArgs),
    /// Find out who is covered, and write the tables
    Coverage(Box<CoverageArgs>),
    /// Run a study from a file, which holds the flags of coverage
    Run(RunFileArgs),
    /// Say what is wrong with the inputs before anything is counted
    Check(CheckArgs),
    /// List the places where people are left out, most people first, and why
    Gaps(GapsArgs),
    /// Draw the ground within each cutoff of the stations
    Isochrone(IsochroneArgs),
    /// Show one resident's walk, leg by leg, and why they are covered or not
    Explain(ExplainArgs),
    /// Inspect a street network, or prepare it for later runs
    #[command(subcommand)]
    Network(NetworkCommand),
    /// List the planning standards, or explain one clause by clause
    Standards(StandardsArgs),
    /// Generate a model district to try things on: its streets, stations and residents are made up, not surveyed
    District(DistrictArgs),
    /// Choose where to build, with a certificate of how good the choice is
    Site(Box<SiteArgs>),
    /// Ask what if: stations, streets, gates or people that are others, beside the city as it is
    Scenario(Box<ScenarioArgs>),
    /// Compare two finished runs: who gained, who lost
    Compare(CompareArgs),
    /// Find out who depends on one station alone, and what closing a station, bridge, gate, crossing or lift costs
    Resilience(Box<ResilienceArgs>),
    /// Draw the ground of each station without overlap, and say who belongs to it
    Catchments(Box<CatchmentsArgs>),
    /// Say what lifts would bring to whom, which are built first, and who pays
    Lifts(Box<LiftsArgs>),
    /// Say who had a travelling session within reach, and who had none
    Sessions(Box<SessionsArgs>),
}

#[derive(Debug, Subcommand)]
pub(crate) enum NetworkCommand {
    /// Say how large the network is, and what was left out of it and why
    Info(Box<NetworkInfoArgs>),
    /// Prepare a network that later runs open in milliseconds
    Build(NetworkBuildArgs),
}

/// What to write.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct OutputArgs {
    /// What to write into the output folder
    #[arg(
        long,
        value_enum,
        value_delimiter = ',',
        default_value = "csv,geojson,html"
    )]
    pub(crate) formats: Vec<FormatArg>,
    /// The coordinate system of gpkg, fgb and shp: EPSG:4547, WKT or a PROJ string [default: WGS84]
    #[arg(long, value_name = "CRS")]
    pub(crate) out_crs: Option<String>,
    /// What the study is of, as the title of report.html and report.xlsx: a city and a date
    #[arg(long, value_name = "TEXT")]
    pub(crate) title: Option<String>,
    /// What one station is called on the page and in what is printed, such as pharmacy [default: station]
    #[arg(long, value_name = "WORD")]
    pub(crate) station_noun: Option<String>,
    /// Also write `travel_times.csv`: every resident-station pair within the largest minute cutoff
    #[arg(long)]
    pub(crate) table: bool,
    /// Exit with code 3 when a smaller share of the people is covered (such as 0.95)
    #[arg(long, value_name = "SHARE")]
    pub(crate) require_share: Option<f64>,
}

/// What the demo is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum DemoArg {
    /// A small country from the map
    #[default]
    Liechtenstein,
    /// A model of Yingze district, Taiyuan: 模型数据·非实测 / model, not a survey
    Yingze,
}

/// Arguments of `demo`.
#[derive(Debug, Args)]
pub(crate) struct DemoArgs {
    /// Where
    #[arg(value_enum, value_name = "PLACE", default_value_t)]
    pub(crate) place: DemoArg,
    /// Where to write
    #[arg(long, value_name = "FOLDER", default_value = "demo-output")]
    pub(crate) out: PathBuf,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}

/// Arguments of `coverage`.
#[derive(Debug, Args)]
pub(crate) struct CoverageArgs {
    #[command(flatten)]
    pub(crate) layers: LayerArgs,
    #[command(flatten)]
    pub(crate) walk: WalkArgs,
    #[command(flatten)]
    pub(crate) circle: CircleArgs,
    /// Where to write
    #[arg(long, value_name = "FOLDER", help_heading = "Output")]
    pub(crate) out: PathBuf,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
    #[command(flatten)]
    pub(crate) memory: MemoryArgs,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}

/// Arguments of `run`.
#[derive(Debug, Args)]
#[command(
    after_help = "The file's keys are the flags of `pedshed coverage`, such as max_snap = 150 for --max-snap 150. \
    Paths in it are relative to the file. Flags after FILE override it."
)]
pub(crate) struct RunFileArgs {
    /// The study file, in TOML
    #[arg(value_name = "FILE", required_unless_present = "example")]
    pub(crate) file: Option<PathBuf>,
    /// Print a study file with every key explained, to begin from
    #[arg(long, conflicts_with = "file")]
    pub(crate) example: bool,
    /// Flags of coverage, such as --speed-kmh 3.3
    #[arg(
        value_name = "FLAGS",
        trailing_var_arg = true,
        allow_hyphen_values = true
    )]
    pub(crate) overrides: Vec<OsString>,
}

/// Arguments of `isochrone`.
#[derive(Debug, Args)]
pub(crate) struct IsochroneArgs {
    #[command(flatten)]
    pub(crate) network: NetworkFileArgs,
    /// Stations: as for coverage. May be given several times
    #[arg(long, value_name = "FILE|SELECTOR", required = true)]
    pub(crate) stations: Vec<OsString>,
    /// How the stations are read.
    #[command(flatten)]
    pub(crate) options: LayerOptions<StationLayers>,
    #[command(flatten)]
    pub(crate) columns: ColumnArgs,
    #[command(flatten)]
    pub(crate) walk: WalkArgs,
    /// Where to write isochrones.geojson
    #[arg(long, value_name = "FOLDER", help_heading = "Output")]
    pub(crate) out: PathBuf,
    /// What to write: geojson (isochrones.geojson, `reached_streets.geojson`), gpkg, fgb, shp (both with the stations as layers for maps)
    #[arg(
        long,
        value_enum,
        value_delimiter = ',',
        default_value = "geojson",
        hide_possible_values = true,
        help_heading = "Output"
    )]
    pub(crate) formats: Vec<FormatArg>,
    /// The coordinate system of gpkg, fgb and shp: EPSG:4547, WKT or a PROJ string [default: WGS84]
    #[arg(long, value_name = "CRS", help_heading = "Output")]
    pub(crate) out_crs: Option<String>,
    #[command(flatten)]
    pub(crate) memory: MemoryArgs,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}

/// Arguments of `gaps`.
#[derive(Debug, Args)]
#[command(after_help = "A study file can take the place of the flags: pedshed gaps study.toml")]
pub(crate) struct GapsArgs {
    #[command(flatten)]
    pub(crate) layers: LayerArgs,
    #[command(flatten)]
    pub(crate) walk: WalkArgs,
    /// The most metres of walking between neighbours of one gap
    #[arg(long, value_name = "METRES", default_value_t = 150.0)]
    pub(crate) gap_link: f64,
    /// The longest straight line that can be a missing link, in metres
    #[arg(long, value_name = "METRES", default_value_t = 100.0)]
    pub(crate) missing_link: f64,
    /// What cures cost, who does them and by when (.toml): gaps.csv then names the one that covers most people for its cost
    #[arg(long, value_name = "FILE")]
    pub(crate) cure_prices: Option<OsString>,
    /// Where to write gaps.csv and gaps.geojson; without it they are only printed
    #[arg(long, value_name = "FOLDER", help_heading = "Output")]
    pub(crate) out: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) memory: MemoryArgs,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}

/// Arguments of `check`.
#[derive(Debug, Args)]
#[command(after_help = "A study file can take the place of the flags: pedshed check study.toml")]
pub(crate) struct CheckArgs {
    #[command(flatten)]
    pub(crate) layers: LayerArgs,
    #[command(flatten)]
    pub(crate) walk: WalkArgs,
    #[command(flatten)]
    pub(crate) circle: CircleArgs,
    /// Print everything as JSON
    #[arg(long, help_heading = "Output")]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}

/// Arguments of `explain`.
#[derive(Debug, Args)]
#[command(
    after_help = "A study file can take the place of the flags: pedshed explain study.toml --resident ID"
)]
pub(crate) struct ExplainArgs {
    /// The resident's id
    #[arg(long, value_name = "ID")]
    pub(crate) resident: String,
    /// Also write the walk as GeoJSON; - prints it instead of the text
    #[arg(long, value_name = "FILE")]
    pub(crate) geojson: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) layers: LayerArgs,
    #[command(flatten)]
    pub(crate) walk: WalkArgs,
    #[command(flatten)]
    pub(crate) circle: CircleArgs,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}

/// Arguments of `network build`.
#[derive(Debug, Args)]
pub(crate) struct NetworkBuildArgs {
    /// Streets: an OpenStreetMap extract (.osm.pbf) or walking lines (.geojson, .shp)
    #[arg(value_name = "FILE")]
    pub(crate) network: PathBuf,
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
    /// The prepared network to write, a name that ends with .pedshed
    #[arg(long, short, value_name = "FILE", help_heading = "Output")]
    pub(crate) out: PathBuf,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}

/// Arguments of `network info`.
#[derive(Debug, Args)]
pub(crate) struct NetworkInfoArgs {
    #[command(flatten)]
    pub(crate) network: NetworkFileArgs,
    /// Residents, to say how many people live beside what was left out: as for coverage
    #[arg(long, value_name = "FILE|SELECTOR")]
    pub(crate) residents: Vec<OsString>,
    /// How the residents are read.
    #[command(flatten)]
    pub(crate) options: LayerOptions<ResidentLayers>,
    #[command(flatten)]
    pub(crate) columns: ColumnArgs,
    /// Who walks: adult, elder, child, wheelchair, plain, or a .toml file
    #[arg(long, value_name = "NAME|FILE", default_value = "adult")]
    pub(crate) profile: OsString,
    /// Connected pieces of street shorter than this many metres are islands
    #[arg(long, value_name = "METRES", default_value_t = 300.0)]
    pub(crate) min_island: f64,
    /// The longest straight leg between a point and its street, in metres
    #[arg(long, value_name = "METRES", default_value_t = 200.0)]
    pub(crate) max_snap: f64,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}

/// Arguments of `standards`.
#[derive(Debug, Args)]
pub(crate) struct StandardsArgs {
    /// The standard to explain: a name of the list, or a .toml file of the same form
    #[arg(value_name = "NAME|FILE")]
    pub(crate) standard: Option<OsString>,
    /// Print the standard's file, to copy and edit
    #[arg(long, requires = "standard")]
    pub(crate) toml: bool,
    /// Print JSON
    #[arg(long, conflicts_with = "toml")]
    pub(crate) json: bool,
}

/// A model district with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum PresetArg {
    /// Yingze district, Taiyuan, in its numbers
    Yingze,
}

/// What one record of the residents is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum HomesArg {
    /// One storey of one stairwell
    Storey,
    /// One stairwell
    Stairwell,
}

/// Arguments of `district`.
#[derive(Debug, Args)]
pub(crate) struct DistrictArgs {
    /// About how many junctions the street network has, from 1000 to 20 million; a million take some seconds and 0.3 GB
    #[arg(long, value_name = "N", required_unless_present = "preset")]
    pub(crate) junctions: Option<u32>,
    /// A district with a name, in place of --junctions
    #[arg(long, value_enum, value_name = "NAME", conflicts_with = "junctions")]
    pub(crate) preset: Option<PresetArg>,
    /// Another seed gives another district, the same seed the same bytes
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    pub(crate) seed: u64,
    /// Make hills in the east: an elevation model, heights.tif, and the height of each node (`ele`)
    #[arg(long)]
    pub(crate) slopes: bool,
    /// Give nodes and ways drawn ids, so that their order in the file tells nothing about where they lie
    #[arg(long)]
    pub(crate) shuffle: bool,
    /// What one record of the residents is [default: storey with --preset, else stairwell]
    #[arg(long, value_enum)]
    pub(crate) homes: Option<HomesArg>,
    /// Where to write
    #[arg(long, value_name = "FOLDER")]
    pub(crate) out: PathBuf,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}
