//! An analysis as the exporters see it.

use std::time::Duration;

use super::Report;
use crate::analysis::Analysis;
use crate::control::Timings;
use crate::model::{CityRecords, Findings};
use crate::planning::cures::NO_PRICES;
use crate::text::OptionNames;
use crate::text::language::Language;

impl Analysis {
    /// The analysis as the exporters see it. `findings` are those of the inputs and of the analysis together.
    #[must_use]
    pub fn report<'a>(
        &'a self,
        city: CityRecords<'a>,
        findings: &'a Findings,
        read: Duration,
    ) -> Report<'a> {
        Report {
            language: Language::default(),
            options: OptionNames::default(),
            noun: None,
            note: None,
            city,
            profile: &self.options.profile,
            trip: self.options.trip,
            min_island_m: self.options.min_island_m,
            network: self.network(),
            islands: self.islands(),
            snapped: self.snapped(),
            times: &self.times,
            coverage: &self.coverage,
            areas: &self.areas,
            provision: None,
            compounds: &self.options.compounds,
            cure_prices: &NO_PRICES,
            wall_costs: None,
            stairs: self.stairs.as_ref(),
            hours: None,
            findings,
            timings: Timings {
                read,
                ..self.timings
            },
        }
    }
}
