//! The arguments of `lifts`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use pedshed::model::Lift;
use pedshed::planning::lifts::{LiftGoal, Quarter};
use pedshed::siting::Money;

use crate::input_args::LayerArgs;
use crate::resilience_args::MapArgs;
use crate::run_args::{MemoryArgs, RunArgs, WalkArgs};

/// Arguments of `lifts`.
#[derive(Debug, Args)]
#[command(after_help = "A study file can take the place of the flags: pedshed lifts study.toml")]
pub(crate) struct LiftsArgs {
    #[command(flatten)]
    pub(crate) layers: LayerArgs,
    /// Who may have a lift, who pays, by which stages: taiyuan-2025, or a .toml file of your own
    #[arg(
        long,
        value_name = "POLICY",
        default_value = "taiyuan-2025",
        help_heading = "Lifts"
    )]
    pub(crate) policy: PathBuf,
    /// What lifts are chosen by: minutes that people save, people who are newly covered, or people who reach their flats without a step
    #[arg(long, value_enum, default_value_t, help_heading = "Lifts")]
    pub(crate) goal: GoalArg,
    /// Sum also by a group of people: COLUMN, or NAME=COLUMN+COLUMN, where the columns of the residents count its people. May be given several times
    #[arg(long, value_name = "GROUP", help_heading = "Lifts")]
    pub(crate) group: Vec<String>,
    /// Choose for the people of one of these groups alone
    #[arg(long, value_name = "NAME", requires = "group", help_heading = "Lifts")]
    pub(crate) count_group: Option<String>,
    /// Where lifts stop that are added, where the table of stairwells does not say
    #[arg(long, value_enum, default_value_t, help_heading = "Lifts")]
    pub(crate) entry: EntryArg,
    /// Choose only stairwells of which all that the policy asks is known and met
    #[arg(long, help_heading = "Lifts")]
    pub(crate) ready_only: bool,
    /// Build at most so many lifts
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..), help_heading = "Lifts")]
    pub(crate) lifts: Option<u32>,
    /// At most so much public money for all of them
    #[arg(long, value_name = "MONEY", help_heading = "Lifts")]
    pub(crate) budget: Option<Money>,
    /// The first quarter in which lifts are begun: 2027Q1
    #[arg(
        long,
        value_name = "QUARTER",
        requires = "quarters",
        help_heading = "Lifts"
    )]
    pub(crate) from: Option<Quarter>,
    /// In how many quarters lifts are begun
    #[arg(long, value_name = "N", requires = "from", value_parser = clap::value_parser!(u16).range(1..=400), help_heading = "Lifts")]
    pub(crate) quarters: Option<u16>,
    /// The builders begin at most so many lifts in a quarter
    #[arg(long, value_name = "N", requires = "from", value_parser = clap::value_parser!(u32).range(1..), help_heading = "Lifts")]
    pub(crate) lifts_a_quarter: Option<u32>,
    /// The public money of each quarter; what is not spent stays for those that follow
    #[arg(long, value_name = "MONEY", requires = "from", help_heading = "Lifts")]
    pub(crate) budget_a_quarter: Option<Money>,
    /// Seconds to look for a proof that no other choice is worth more
    #[arg(
        long,
        value_name = "SECONDS",
        default_value_t = 60.0,
        help_heading = "Lifts"
    )]
    pub(crate) time_limit: f64,
    #[command(flatten)]
    pub(crate) walk: WalkArgs,
    /// Where to write `lift_plan.csv`, `lift_tasks.csv`, index.html and the other files
    #[arg(long, value_name = "FOLDER", help_heading = "Output")]
    pub(crate) out: PathBuf,
    #[command(flatten)]
    pub(crate) map: MapArgs,
    #[command(flatten)]
    pub(crate) memory: MemoryArgs,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}

/// What lifts are chosen by.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum GoalArg {
    #[default]
    Minutes,
    Covered,
    StepFree,
}

impl From<GoalArg> for LiftGoal {
    fn from(goal: GoalArg) -> Self {
        match goal {
            GoalArg::Minutes => LiftGoal::Minutes,
            GoalArg::Covered => LiftGoal::Covered,
            GoalArg::StepFree => LiftGoal::StepFree,
        }
    }
}

/// Where lifts stop.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum EntryArg {
    #[default]
    Level,
    #[value(name = "half_landing")]
    HalfLanding,
}

impl From<EntryArg> for Lift {
    fn from(entry: EntryArg) -> Self {
        match entry {
            EntryArg::Level => Lift::Level,
            EntryArg::HalfLanding => Lift::HalfLanding,
        }
    }
}
