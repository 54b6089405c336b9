//! The arguments about opening hours.

use clap::Args;
use pedshed::planning::hours::HoursPlan;

use crate::exit::usage;

/// When stations are open.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Opening hours")]
pub(crate) struct HoursArgs {
    /// Count only stations that are open at this time, by their column of opening hours: "Tue 10:00", "2026-12-01 10:00", weekday
    /// (Tue 10:00), evening (Tue 19:00) or weekend (Sat 10:00). Without a time they serve at all hours
    #[arg(long, value_name = "WHEN")]
    pub(crate) at: Option<String>,
    /// Also count who is covered in each of the 168 hours of the week (hours.csv)
    #[arg(long)]
    pub(crate) week: bool,
}

impl HoursArgs {
    /// What they ask.
    ///
    /// # Errors
    /// When the time is none.
    pub(crate) fn plan(&self) -> anyhow::Result<HoursPlan> {
        let at = self.at.as_deref().map(str::parse).transpose();
        let mut plan = HoursPlan::default();
        plan.at = at.map_err(usage("at"))?;
        plan.week = self.week;
        Ok(plan)
    }
}
