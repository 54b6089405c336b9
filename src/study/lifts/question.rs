//! What is asked of lifts.

use std::time::Duration;

use serde_json::{Map, Value, json};

use crate::inputs::{KeptColumn, LayerKind, Request};
use crate::model::{Attribute, Lift};
use crate::planning::lifts::{LiftGoal, LiftLimits, LiftPolicy};
use crate::planning::provision::GroupPlan;

/// What is asked of lifts.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct LiftsQuestion {
    /// Who may have one, who pays, by which stages.
    pub policy: LiftPolicy,
    /// What they are chosen by.
    pub goal: LiftGoal,
    /// The group that alone counts in the choice, by its place among the groups.
    pub counted: Option<usize>,
    /// Groups of people to sum by, from columns of the residents that were kept when they were read. Their people walk as
    /// everybody does.
    pub groups: Vec<GroupPlan>,
    /// Where lifts stop that are added, where the table does not say.
    pub entry: Lift,
    /// Whether only stairwells count of which all that the policy asks is known and met.
    pub ready_only: bool,
    /// How many are built; none are chosen without.
    pub limits: Option<LiftLimits>,
    /// How long to look for a proof.
    pub time_limit: Option<Duration>,
}

impl LiftsQuestion {
    /// What lifts would bring under a policy, without a choice.
    #[must_use]
    pub fn new(policy: LiftPolicy) -> Self {
        Self {
            policy,
            goal: LiftGoal::default(),
            counted: None,
            groups: Vec::new(),
            entry: Lift::Level,
            ready_only: false,
            limits: None,
            time_limit: None,
        }
    }

    /// Adds to layers what is looked at beside their records: in which stairwell residents live, and all that a table of stairwells may
    /// say.
    pub fn keep_columns(&self, layers: &mut Request) {
        for layer in &mut layers.residents {
            layer.keep(&[Attribute::Stairwell, Attribute::Building]);
            let columns = self.groups.iter().flat_map(|group| &group.columns);
            let columns = columns.cloned().map(KeptColumn::Named);
            layer.kept.extend(columns);
        }
        if let Some(layer) = &mut layers.stairwells {
            layer.keep(LayerKind::Stairwells.attributes());
        }
    }

    /// Every parameter by its name, defaults included.
    #[must_use]
    pub fn parameters(&self) -> Map<String, Value> {
        let limits = self.limits.map(|limits| {
            let season = limits.season.map(|season| {
                json!({
                    "from": season.from.to_string(),
                    "quarters": season.quarters,
                    "lifts_a_quarter": season.most,
                    "budget_a_quarter": season.budget.map(|money| money.to_string()),
                })
            });
            json!({
                "lifts": limits.most,
                "budget": limits.budget.map(|money| money.to_string()),
                "season": season,
            })
        });
        let counted = self.counted.map(|at| self.groups[at].name.as_str());
        let groups = self.groups.iter().map(|group| group.name.as_str());
        let given = [
            ("policy", json!(self.policy.id)),
            ("goal", json!(self.goal.name())),
            ("counted", json!(counted)),
            ("groups", groups.collect()),
            ("entry", json!(self.entry.name())),
            ("ready_only", json!(self.ready_only)),
            ("limits", json!(limits)),
            (
                "time_limit",
                json!(self.time_limit.map(|limit| limit.as_secs_f64())),
            ),
        ];
        let given = given.into_iter();
        given
            .map(|(name, value)| (name.to_owned(), value))
            .collect()
    }
}
