//! The arguments of `sessions`.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::Args;
use pedshed::planning::sessions::Slot;

use crate::input_args::LayerArgs;
use crate::layer_options::{LayerOptions, SessionLayers};
use crate::resilience_args::MapArgs;
use crate::run_args::{MemoryArgs, RunArgs, WalkArgs};

/// Arguments of `sessions`.
#[derive(Debug, Args)]
#[command(after_help = "A study file can take the place of the flags: pedshed sessions study.toml")]
pub(crate) struct SessionsArgs {
    #[command(flatten)]
    pub(crate) layers: LayerArgs,
    /// The calendar: .csv or .xlsx with the place of each session (id or name of a station or further place), day, time, topic, tier, team and seats
    #[arg(long, value_name = "FILE", required = true, help_heading = "Sessions")]
    pub(crate) calendar: OsString,
    /// Further places where sessions are and can be: a table (id, name, place), areas, or objects of the map (osm:place=square). They are no stations. May be given several times
    #[arg(long, value_name = "FILE|SELECTOR", help_heading = "Sessions")]
    pub(crate) candidates: Vec<OsString>,
    /// How the calendar and further places are read.
    #[command(flatten)]
    pub(crate) session_options: LayerOptions<SessionLayers>,
    /// The first day that counts: 2026-11-01, or a month, 2026-11 [default: the first of the calendar]
    #[arg(long, value_name = "DAY", help_heading = "Sessions")]
    pub(crate) from: Option<String>,
    /// The last day that counts: 2026-11-30, or a month, 2026-11 [default: the last of the calendar]
    #[arg(long, value_name = "DAY", help_heading = "Sessions")]
    pub(crate) to: Option<String>,
    /// Count the sessions of one topic alone
    #[arg(long, value_name = "TEXT", help_heading = "Sessions")]
    pub(crate) topic: Option<String>,
    /// Sum also by a group of people: COLUMN, or NAME=COLUMN+COLUMN, where the columns of the residents count its people. May be given several times
    #[arg(long, value_name = "GROUP", help_heading = "Sessions")]
    pub(crate) group: Vec<String>,
    /// Propose so many further sessions, at the stations and further places where they reach most people who have had none
    #[arg(long, value_name = "N", requires_all = ["next_from", "next_to"], value_parser = clap::value_parser!(u16).range(1..), help_heading = "Next sessions")]
    pub(crate) next: Option<u16>,
    /// The first day on which they can be: 2026-12-01, or a month
    #[arg(
        long,
        value_name = "DAY",
        requires = "next",
        help_heading = "Next sessions"
    )]
    pub(crate) next_from: Option<String>,
    /// The last day on which they can be
    #[arg(
        long,
        value_name = "DAY",
        requires = "next",
        help_heading = "Next sessions"
    )]
    pub(crate) next_to: Option<String>,
    /// A time of each day at which they can be. May be given several times [default: 9:00-11:00 and 15:00-17:00]
    #[arg(
        long,
        value_name = "TIME",
        requires = "next",
        help_heading = "Next sessions"
    )]
    pub(crate) slot: Vec<Slot>,
    /// Who can hold them: .csv or .xlsx with name, `days` of the week and `most_per_week` [default: one team, at any time]
    #[arg(
        long,
        value_name = "FILE",
        requires = "next",
        help_heading = "Next sessions"
    )]
    pub(crate) lecturers: Option<PathBuf>,
    /// Seconds to look for a proof that no other places reach more
    #[arg(
        long,
        value_name = "SECONDS",
        requires = "next",
        default_value_t = 60.0,
        help_heading = "Next sessions"
    )]
    pub(crate) time_limit: f64,
    #[command(flatten)]
    pub(crate) walk: WalkArgs,
    /// Where to write sessions.csv, missed.csv, calendar.ics, index.html and the other files
    #[arg(long, value_name = "FOLDER", help_heading = "Output")]
    pub(crate) out: PathBuf,
    #[command(flatten)]
    pub(crate) map: MapArgs,
    #[command(flatten)]
    pub(crate) memory: MemoryArgs,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}
