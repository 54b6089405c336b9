//! The scenarios of a study, counted or drawn.

use crate::control::Control;
use crate::error::Error;
use crate::isochrone::Isochrones;
use crate::model::Findings;
use crate::planning::provision::GroupPlan;
use crate::scenario::{
    AnalysedScenario, GroupOfPeople, Outcome, Scenario, ScenarioAnswer, ScenarioBase, ScenarioError,
};
use crate::study::StudyResult;

/// Scenarios, and what is asked of them.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct ScenariosQuestion {
    /// The scenarios. No two are called alike, and none as the city as it is: `base`.
    pub scenarios: Vec<Scenario>,
    /// Groups of people to sum by, from columns of the residents that were kept when they were read. Their people walk as
    /// everybody does.
    pub groups: Vec<GroupPlan>,
    /// Whether the ground within each cutoff is drawn, for the page. Then each scenario is analysed in full.
    pub is_drawn: bool,
}

impl ScenariosQuestion {
    /// What the city as it is is called beside scenarios.
    pub const BASE: &'static str = "base";

    /// These scenarios, counted.
    #[must_use]
    pub fn new(scenarios: Vec<Scenario>) -> Self {
        Self {
            scenarios,
            ..Self::default()
        }
    }

    fn check_names(&self) -> Result<(), ScenarioError> {
        let mut names = vec![Self::BASE];
        for scenario in &self.scenarios {
            if names.contains(&scenario.name.as_str()) {
                return Err(ScenarioError::SameName(scenario.name.clone()));
            }
            names.push(&scenario.name);
        }
        Ok(())
    }
}

/// What came of the scenarios of a study.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ScenariosAnswer {
    /// How everybody comes out as the city is.
    pub base: Outcome,
    /// What came of each scenario.
    pub scenarios: Vec<ScenarioAnswer>,
    /// The groups that are summed by.
    pub groups: Vec<GroupOfPeople>,
    /// What is drawn of the city as it is and then of each scenario; none where it is not.
    pub(super) drawn: Vec<Drawn>,
    /// What was found about the edits.
    pub findings: Findings,
}

/// What is drawn of a city.
#[derive(Clone, Debug)]
pub(super) struct Drawn {
    /// The ground within each cutoff.
    pub(super) isochrones: Vec<Isochrones>,
    /// What was analysed; of the city as it is none.
    pub(super) analysed: Option<AnalysedScenario>,
}

impl StudyResult<'_> {
    /// What comes of scenarios that begin from this study's city. What was read is used again.
    ///
    /// # Errors
    /// [`Error::Scenario`] for two of one name and for edits that cannot be made, [`Error::Cancelled`].
    ///
    /// # Complexity
    /// That of [`ScenarioBase::count`] for each; where they are drawn that of an analysis and of its isochrones.
    pub fn scenarios(
        &mut self,
        question: &ScenariosQuestion,
        control: Control<'_>,
    ) -> Result<ScenariosAnswer, Error> {
        question.check_names()?;
        let groups = question.groups.iter().map(|group| {
            let people = self.inputs.people_in(&group.columns);
            GroupOfPeople::new(group.name.clone(), people)
        });
        let groups: Vec<GroupOfPeople> = groups.collect();
        self.play(question, groups, control)
    }

    /// The same, with the people of groups.
    pub(in crate::study) fn play(
        &self,
        question: &ScenariosQuestion,
        groups: Vec<GroupOfPeople>,
        control: Control<'_>,
    ) -> Result<ScenariosAnswer, Error> {
        let city = self.inputs.city();
        let mut base = ScenarioBase::new(&self.analysis, city)?;
        let mut answer = ScenariosAnswer {
            base: base.outcome().clone(),
            scenarios: Vec::new(),
            groups,
            drawn: Vec::new(),
            findings: Findings::default(),
        };
        if question.is_drawn {
            answer.drawn.push(Drawn {
                isochrones: self.analysis.isochrones(self.water(), control)?,
                analysed: None,
            });
        }
        for scenario in &question.scenarios {
            control.check()?;
            let found = if question.is_drawn {
                let analysed = base.analyse(scenario, control)?;
                let isochrones = analysed.analysis.isochrones(self.water(), control)?;
                let found = analysed.answer.clone();
                answer.drawn.push(Drawn {
                    isochrones,
                    analysed: Some(analysed),
                });
                found
            } else {
                base.count(scenario, control)?
            };
            answer.findings.extend(found.findings.clone());
            answer.scenarios.push(found);
        }
        Ok(answer)
    }

    fn water(&self) -> &[geo_types::Polygon<f64>] {
        &self.inputs.surroundings.water
    }
}
