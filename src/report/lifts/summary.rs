//! What `summary.json` says of lifts.

use serde_json::{Map, Value, json};

use super::LiftsReport;
use crate::planning::lifts::{LiftBenefit, LiftStairwell, LiftStatus};
use crate::planning::shares::people;
use crate::siting::Money;

/// A benefit in numbers.
fn benefit_json(benefit: &LiftBenefit) -> Value {
    json!({
        "people_above_first_storey": people(benefit.people),
        "newly_covered": people(benefit.newly_covered),
        "person_minutes_a_day": benefit.person_minutes(),
        "freed": people(benefit.freed),
        "step_free": people(benefit.step_free),
    })
}

impl LiftsReport<'_> {
    pub(crate) fn json(&self) -> Value {
        let progress = self.progress();
        let by_status = LiftStatus::ALL.into_iter().zip(progress.by_status);
        let by_status: Map<String, Value> = by_status
            .map(|(status, count)| (status.name().to_owned(), count.into()))
            .collect();
        let stages = self.policy.stages.iter().enumerate();
        let by_stage: Map<String, Value> = stages
            .map(|(place, stage)| {
                let at = |one: &&LiftStairwell| one.stage == Some(place);
                let count = self.stairwells.iter().filter(at).count();
                (stage.key.clone(), count.into())
            })
            .collect();
        let not_known = self.stairwells.iter().map(|one| one.not_known).sum();
        json!({
            "policy": self.policy.id,
            "policy_source": self.policy.source.get(self.language),
            "unchecked": self.unchecked(),
            "stairwells": progress.stairwells,
            "by_status": by_status,
            "by_stage": by_stage,
            "people": people(self.people),
            "people_behind_no_stairwell": people(self.elsewhere),
            "people_not_known": people(not_known),
            "step_free": people(progress.step_free),
            "step_free_with_plan": people(progress.step_free_then),
            "plan": self.plan_json(),
        })
    }

    fn unchecked(&self) -> Vec<&str> {
        let unchecked = self.policy.unchecked.iter();
        unchecked.map(|what| what.get(self.language)).collect()
    }

    /// The lifts that were chosen; null where none were asked for.
    fn plan_json(&self) -> Value {
        let Some(choice) = self.choice else {
            return Value::Null;
        };
        let money =
            |of: &dyn Fn(&LiftStairwell) -> Money| self.planned().map(of).sum::<Money>().as_f64();
        let payers = self.policy.payers.iter().enumerate();
        let payers: Map<String, Value> = payers
            .map(|(place, payer)| {
                let paid = money(&|one| one.funding.by_payer[place]);
                (payer.key.clone(), paid.into())
            })
            .collect();
        let sums = self.sums(self.planned());
        let groups = self.groups.iter().zip(&sums[1..]);
        let groups: Map<String, Value> = groups
            .map(|(name, benefit)| ((*name).to_owned(), benefit_json(benefit)))
            .collect();
        json!({
            "lifts": self.planned.len(),
            "goal": self.goal.name(),
            "counted": self.counted.map(|group| self.groups[group]),
            "worth": choice.gain as f64 / 1e3,
            "bound": choice.bound as f64 / 1e3,
            "proven": choice.proven,
            "cost": money(&|one| one.funding.cost),
            "by_payer": payers,
            "owners": money(&|one| one.funding.owners),
            "benefit": benefit_json(&sums[0]),
            "groups": groups,
        })
    }
}
