//! The arguments of `site`.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use pedshed::siting::Goal;

use crate::input_args::{ColumnArgs, DwellingArgs, ReadingArgs};
use crate::layer_options::{LayerOptions, SiteLayers};
use crate::run_args::FormatArg;
use crate::run_args::{MemoryArgs, RunArgs, WalkArgs};

/// What is wanted of sites, by the names of the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ProblemArg {
    /// The fewest sites, or the least money, that cover everybody or a share (LSCP)
    SetCover,
    /// The most people covered by so many sites, or for so much money (MCLP)
    MaxCoverage,
    /// The least time that all people together walk to their nearest site
    PMedian,
    /// The least time that nobody's walk is beyond
    PCenter,
}

impl From<ProblemArg> for Goal {
    fn from(problem: ProblemArg) -> Self {
        match problem {
            ProblemArg::SetCover => Goal::SetCover,
            ProblemArg::MaxCoverage => Goal::MaxCoverage,
            ProblemArg::PMedian => Goal::PMedian,
            ProblemArg::PCenter => Goal::PCenter,
        }
    }
}

/// Arguments of `site`.
#[derive(Debug, Args)]
#[command(next_help_heading = "Inputs")]
pub(crate) struct SiteArgs {
    /// What is wanted
    #[arg(long, value_enum, help_heading = "Choice")]
    pub(crate) problem: ProblemArg,
    /// Sites that may be built: a table (id, place, cost, mode, year), objects of the map (osm:amenity=library), junctions, or streets:50 for a place every 50 m. May be given several times
    #[arg(
        long,
        value_name = "FILE|SELECTOR",
        required_unless_present_any = ["travel_times", "measures"]
    )]
    pub(crate) candidates: Vec<OsString>,
    /// Measures beside candidates, for max-coverage and set-cover: a file of edits for each, as for scenario, with cost, mode and year: a gate, a link, a station that moves. May be given several times
    #[arg(long, value_name = "FILE")]
    pub(crate) measures: Vec<PathBuf>,
    /// Streets, as for coverage
    #[arg(long, value_name = "FILE", required_unless_present = "travel_times")]
    pub(crate) network: Option<PathBuf>,
    /// Walks of another tool in place of a network: a table with resident, station, seconds; a pair that is not there is out of reach
    #[arg(
        long,
        value_name = "FILE",
        conflicts_with_all = [
            "network", "metres", "profile", "speed_kmh", "direction", "max_snap", "leg_factor", "min_island", "street_level",
            "join_tolerance", "node_crossings", "elevation", "areas", "compounds", "gates", "stairwells", "home_storeys", "crs", "encoding", "id", "lon", "lat", "population", "name", "sheet", "network_crs", "network_encoding",
            "network_sheet", "network_columns", "stations_crs", "residents_crs", "candidates_crs", "max_memory", "reach", "measures", "formats", "out_crs", "title",
        ]
    )]
    pub(crate) travel_times: Option<PathBuf>,
    /// Stations that stand: they count and are no choice
    #[arg(long, value_name = "FILE|SELECTOR")]
    pub(crate) stations: Vec<OsString>,
    /// Residents: as for coverage; beside --travel-times a table of their people by id
    #[arg(
        long,
        value_name = "FILE|SELECTOR",
        required_unless_present = "travel_times"
    )]
    pub(crate) residents: Vec<OsString>,
    /// Areas that are communities, as for coverage: for --own-community, --floor and `site_communities.csv`
    #[arg(long, value_name = "FILE|SELECTOR")]
    pub(crate) areas: Option<OsString>,
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
    pub(crate) options: LayerOptions<SiteLayers>,
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
    #[command(flatten)]
    pub(crate) columns: ColumnArgs,
    #[command(flatten)]
    pub(crate) walk: WalkArgs,
    /// At most so many new sites
    #[arg(long, value_name = "P", help_heading = "Choice")]
    pub(crate) sites: Option<usize>,
    /// At most so much money for new sites, in the unit of the candidates' costs
    #[arg(long, value_name = "MONEY", help_heading = "Choice")]
    pub(crate) budget: Option<String>,
    /// For set-cover: this share of the people is enough (such as 0.95)
    #[arg(long, value_name = "SHARE", help_heading = "Choice")]
    pub(crate) share: Option<f64>,
    /// How many sites of a mode: shared>=2, leased<=1, new=3. May be given several times
    #[arg(long, value_name = "LIMIT", help_heading = "Choice")]
    pub(crate) mode_limit: Vec<String>,
    /// How much the people of a group count, by the residents' column that counts them: `over_70=2`. May be given several times
    #[arg(long, value_name = "COLUMN=WEIGHT", help_heading = "Choice")]
    pub(crate) weight: Vec<String>,
    /// A site serves the residents of its own community alone: by --areas, or by the columns of communities
    #[arg(long, help_heading = "Choice")]
    pub(crate) own_community: bool,
    /// Somebody is covered by so many sites within the cutoff, not by one
    #[arg(
        long,
        value_name = "COUNT",
        default_value_t = 1,
        value_parser = clap::value_parser!(u32).range(1..=1000),
        help_heading = "Choice"
    )]
    pub(crate) times: u32,
    /// Sites and stations take only as many people as their column `capacity` says: with max-coverage and set-cover
    #[arg(long, help_heading = "Choice")]
    pub(crate) capacities: bool,
    /// The circle of a tier: community=10min, grid=5min. Sites serve as their column `tier` says, and a person counts once for each
    /// tier. Give one for each tier
    #[arg(
        long,
        value_name = "TIER=CIRCLE",
        help_heading = "Choice",
        conflicts_with_all = ["minutes", "metres", "measures", "formats", "out_crs", "title"]
    )]
    pub(crate) tier_circle: Vec<String>,
    /// No community below this share of its people (such as 0.6); or worst-first: as high a floor as there can be, then most people
    #[arg(long, value_name = "SHARE|worst-first", help_heading = "Choice")]
    pub(crate) floor: Option<String>,
    /// What may be spent in a year: 2027=350. May be given several times; what is not spent stays for the years that follow
    #[arg(long, value_name = "YEAR=MONEY", help_heading = "Choice")]
    pub(crate) year_budget: Vec<String>,
    /// For p-median and p-center on a network: longer walks than this many minutes are out of reach [default: 60]
    #[arg(long, value_name = "MINUTES", help_heading = "Choice")]
    pub(crate) reach: Option<f64>,
    /// Seconds to look for a proof that nothing is better; then the best so far is written, with its gap
    #[arg(
        long,
        value_name = "SECONDS",
        default_value_t = 60.0,
        help_heading = "Choice"
    )]
    pub(crate) time_limit: f64,
    /// Where to write sites.csv, `site_curve.csv`, changes.csv, summary.json and the other files
    #[arg(long, value_name = "FOLDER", help_heading = "Output")]
    pub(crate) out: PathBuf,
    /// What to write: csv (the tables), geojson (sites.geojson, changes.geojson), html (index.html with the choice and maps before and after), xlsx (report.xlsx, the tables as a workbook),
    /// gpkg, fgb, shp (the chosen sites, residents and stations as layers for maps)
    #[arg(
        long,
        value_enum,
        value_delimiter = ',',
        default_values = ["csv", "geojson", "html"],
        help_heading = "Output"
    )]
    pub(crate) formats: Vec<FormatArg>,
    /// The coordinate system of gpkg, fgb and shp: EPSG:4547, WKT or a PROJ string [default: WGS84]
    #[arg(long, value_name = "CRS", help_heading = "Output")]
    pub(crate) out_crs: Option<String>,
    /// What the study is of, as the title of index.html and report.xlsx
    #[arg(long, value_name = "TEXT", help_heading = "Output")]
    pub(crate) title: Option<String>,
    #[command(flatten)]
    pub(crate) memory: MemoryArgs,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}
