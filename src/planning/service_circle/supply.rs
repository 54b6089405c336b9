//! What stations can take, held against the people around them.

use crate::analysis::Analysis;
use crate::control::Control;
use crate::error::Error;
use crate::inputs::Inputs;
use crate::model::{Attribute, FindingCode, Findings};
use crate::planning::capacities::StationCapacities;
use crate::planning::provision::{
    GroupQuestion, PeopleGroup, Plan, PlanError, SupplyQuestion, SupplyReport,
};
use crate::planning::supply::Decay;
use crate::text::language::Words;

impl Plan {
    /// Asks about the supply of the study's stations, and finds those that do not say what they can take; `None` where it is not
    /// asked.
    pub(super) fn supply(
        &self,
        inputs: &Inputs,
        analysis: &Analysis,
        walked: GroupQuestion<'_>,
        groups: &[PeopleGroup],
        control: Control<'_>,
    ) -> Result<Option<(SupplyReport, Findings)>, Error> {
        if self.supply.methods.is_empty() {
            return Ok(None);
        }
        let cutoff = walked.tests.deciding();
        let own = self.supply.decay.as_ref().map(Decay::cutoff);
        if let Some(other) = own.filter(|own| *own != cutoff) {
            return Err(PlanError::OtherDecay { other, cutoff }.into());
        }
        let capacities = StationCapacities::read(inputs, analysis.snapped());
        let is_known = |read: &StationCapacities| read.by_station.iter().any(Option::is_some);
        let Some(capacities) = capacities.filter(is_known) else {
            let names = Attribute::Capacity.names().to_vec();
            return Err(PlanError::NoCapacities { names }.into());
        };
        let times = analysis.deciding_walks();
        let question = SupplyQuestion {
            plan: &self.supply,
            walked,
            times,
            areas: &analysis.areas,
            capacities: &capacities.by_station,
            groups,
        };
        let report = question.ask(control)?;
        let mut findings = capacities.findings;
        for station in &report.stations {
            if station.is_reachable && station.capacity.is_none() {
                findings.add(FindingCode::StationWithoutSupply, || {
                    Words::same(station.id.as_str())
                });
            }
        }
        Ok(Some((report, findings)))
    }
}
