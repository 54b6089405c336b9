//! The arguments of `sessions`.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::Args;

use crate::input_args::LayerArgs;
use crate::layer_options::{CalendarLayer, LayerOptions};
use crate::run_args::{MemoryArgs, RunArgs, WalkArgs};

/// Arguments of `sessions`.
#[derive(Debug, Args)]
#[command(after_help = "A study file can take the place of the flags: pedshed sessions study.toml")]
pub(crate) struct SessionsArgs {
    #[command(flatten)]
    pub(crate) layers: LayerArgs,
    /// The calendar: .csv or .xlsx with the place of each session (id or name of a station), day, time, topic, tier, team and seats
    #[arg(long, value_name = "FILE", required = true, help_heading = "Sessions")]
    pub(crate) calendar: OsString,
    /// How the calendar is read.
    #[command(flatten)]
    pub(crate) calendar_options: LayerOptions<CalendarLayer>,
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
    #[command(flatten)]
    pub(crate) walk: WalkArgs,
    /// Where to write sessions.csv, missed.csv, calendar.ics and the other files
    #[arg(long, value_name = "FOLDER", help_heading = "Output")]
    pub(crate) out: PathBuf,
    #[command(flatten)]
    pub(crate) memory: MemoryArgs,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}
