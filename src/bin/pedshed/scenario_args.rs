//! The arguments of `scenario` and `compare`.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::hours_args::HoursArgs;
use crate::input_args::{ColumnArgs, DwellingArgs, LayerArgs, NetworkFileArgs, ReadingArgs};
use crate::layer_options::{CityLayers, LayerOptions};
use crate::run_args::{FormatArg, MemoryArgs, RunArgs, WalkArgs};

/// How a file of edits is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExampleArg {
    /// Tables with comments
    Toml,
    /// Features, as maps write them
    Geojson,
}

/// Arguments of `scenario`.
#[derive(Debug, Args)]
#[command(
    next_help_heading = "Inputs",
    after_help = "A study file can take the place of the flags: pedshed scenario study.toml"
)]
pub(crate) struct ScenarioArgs {
    /// A file of edits, in TOML or GeoJSON: stations added, moved, closed; streets and gates opened, closed, drawn; other numbers of people. May be given several times: each is a scenario of its own
    #[arg(
        long,
        value_name = "FILE",
        required_unless_present = "example",
        help_heading = "Scenario"
    )]
    pub(crate) edits: Vec<PathBuf>,
    /// Print a file of edits that shows all of them, to begin from
    #[arg(
        long,
        value_enum,
        value_name = "FORM",
        num_args = 0..=1,
        default_missing_value = "toml",
        help_heading = "Scenario"
    )]
    pub(crate) example: Option<ExampleArg>,
    /// Sum also by a group of people: COLUMN, or NAME=COLUMN+COLUMN, where the columns of the residents count its people. May be given several times
    #[arg(long, value_name = "GROUP", help_heading = "Scenario")]
    pub(crate) group: Vec<String>,
    /// Ask about one service, as the stations' column of services names it: only stations that offer it count, and edits (stations.services) say who offers it
    #[arg(long, value_name = "NAME", help_heading = "Scenario")]
    pub(crate) service: Option<String>,
    /// Also count who is covered at this time, by the stations' column of opening hours: "Tue 10:00", "2026-12-01 10:00", weekday (Tue 10:00), evening (Tue 19:00) or weekend (Sat 10:00)
    #[arg(long, value_name = "WHEN", help_heading = "Scenario")]
    pub(crate) at: Option<String>,
    /// Also count the people-hours of the week; they are counted too where an edit has other hours (stations.hours)
    #[arg(long, help_heading = "Scenario")]
    pub(crate) week: bool,
    /// Streets, as for coverage
    #[arg(long, value_name = "FILE", required_unless_present = "example")]
    pub(crate) network: Option<PathBuf>,
    /// Stations as they are, as for coverage. May be given several times
    #[arg(
        long,
        value_name = "FILE|SELECTOR",
        required_unless_present = "example"
    )]
    pub(crate) stations: Vec<OsString>,
    /// Residents, as for coverage
    #[arg(
        long,
        value_name = "FILE|SELECTOR",
        required_unless_present = "example"
    )]
    pub(crate) residents: Vec<OsString>,
    /// Areas to sum by, as for coverage
    #[arg(long, value_name = "FILE|SELECTOR")]
    pub(crate) areas: Option<OsString>,
    /// Column or property that names the areas
    #[arg(long, value_name = "COLUMN")]
    pub(crate) area_name: Option<String>,
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
    pub(crate) options: LayerOptions<CityLayers>,
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
    #[command(flatten)]
    pub(crate) columns: ColumnArgs,
    #[command(flatten)]
    pub(crate) walk: WalkArgs,
    /// Where to write scenarios.csv, changes.csv and the other files
    #[arg(
        long,
        value_name = "FOLDER",
        required_unless_present = "example",
        help_heading = "Output"
    )]
    pub(crate) out: Option<PathBuf>,
    /// What to write: csv (the tables), geojson (changes.geojson), html (index.html with a map, for which each scenario is analysed in full), xlsx (report.xlsx, the tables as a workbook)
    #[arg(
        long,
        value_enum,
        value_delimiter = ',',
        default_value = "csv,geojson,html",
        hide_possible_values = true,
        help_heading = "Output"
    )]
    pub(crate) formats: Vec<FormatArg>,
    /// What the study is of, as the title of index.html and report.xlsx: a city and a date
    #[arg(long, value_name = "TEXT", help_heading = "Output")]
    pub(crate) title: Option<String>,
    #[command(flatten)]
    pub(crate) memory: MemoryArgs,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}

/// The arguments of `scenario`, once it is known that something is to be done.
pub(crate) struct Given {
    pub(crate) edits: Vec<PathBuf>,
    pub(crate) group: Vec<String>,
    pub(crate) service: Option<String>,
    pub(crate) hours: HoursArgs,
    pub(crate) layers: LayerArgs,
    pub(crate) walk: WalkArgs,
    pub(crate) out: PathBuf,
    pub(crate) formats: Vec<FormatArg>,
    pub(crate) title: Option<String>,
    pub(crate) memory: MemoryArgs,
    pub(crate) run: RunArgs,
}

impl From<ScenarioArgs> for Given {
    fn from(args: ScenarioArgs) -> Self {
        Self {
            edits: args.edits,
            group: args.group,
            service: args.service,
            hours: HoursArgs {
                at: args.at,
                week: args.week,
            },
            layers: LayerArgs {
                network: NetworkFileArgs {
                    network: args.network.unwrap_or_default(),
                    reading: args.reading,
                },
                stations: args.stations,
                residents: args.residents,
                areas: args.areas,
                area_name: args.area_name,
                compounds: args.compounds,
                gates: args.gates,
                dwellings: args.dwellings,
                options: args.options,
                columns: args.columns,
            },
            walk: args.walk,
            out: args.out.unwrap_or_default(),
            formats: args.formats,
            title: args.title,
            memory: args.memory,
            run: args.run,
        }
    }
}

/// Arguments of `compare`.
#[derive(Debug, Args)]
pub(crate) struct CompareArgs {
    /// A folder that coverage wrote: how it was
    #[arg(value_name = "BEFORE")]
    pub(crate) before: PathBuf,
    /// Another one: how it is
    #[arg(value_name = "AFTER")]
    pub(crate) after: PathBuf,
    /// Where to write scenarios.csv, changes.csv and the other files
    #[arg(long, value_name = "FOLDER", help_heading = "Output")]
    pub(crate) out: PathBuf,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}
