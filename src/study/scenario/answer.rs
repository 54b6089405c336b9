//! The scenarios of a study, counted or drawn.

use super::hours::{BaseHours, ScenarioHours, WeekOf};
use super::services::ByService;
use crate::analysis::Analysis;
use crate::control::Control;
use crate::error::Error;
use crate::isochrone::Isochrones;
use crate::model::{CityRecords, Findings, Resident, Station};
use crate::planning::hours::HoursPlan;
use crate::planning::provision::GroupPlan;
use crate::scenario::{
    AnalysedScenario, AskedService, Edit, GroupOfPeople, Outcome, Scenario, ScenarioAnswer,
    ScenarioBase, ScenarioError,
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
    /// The service that is asked about, where one is: only stations that offer it count, as the column of services says, which
    /// the layer of stations has to [keep](crate::inputs::LayerSpec::keep).
    pub service: Option<String>,
    /// What is asked about opening hours, which the layer of stations has to [keep](crate::inputs::LayerSpec::keep). The week is
    /// counted too where a scenario has other hours.
    pub hours: HoursPlan,
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

    /// Whether anything is asked about opening hours: a time, the week, or what other hours change. Then the layer of stations has
    /// to keep its column of them.
    #[must_use]
    pub fn asks_hours(&self) -> bool {
        let mut edits = self.scenarios.iter().flat_map(|one| &one.edits);
        !self.hours.is_empty() || edits.any(|edit| matches!(edit, Edit::Hours { .. }))
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
    /// The service that is asked about, where one is.
    pub service: Option<OfferedService>,
    /// The week, as the city is and in each scenario, where hours are asked about.
    pub hours: Option<ScenarioHours>,
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
    /// What was analysed; none where it is the city of the study.
    pub(super) other: Option<OtherCity>,
}

/// A city that is not that of the study.
#[derive(Clone, Debug)]
pub(super) struct OtherCity {
    pub(super) stations: Vec<Station>,
    /// Its residents, where their numbers are edited.
    pub(super) residents: Option<Vec<Resident>>,
    pub(super) analysis: Analysis,
}

impl From<AnalysedScenario> for OtherCity {
    fn from(analysed: AnalysedScenario) -> Self {
        Self {
            stations: analysed.stations,
            residents: analysed.residents,
            analysis: analysed.analysis,
        }
    }
}

/// A service that scenarios are asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct OfferedService {
    /// What it is called.
    pub name: String,
    /// How many stations offer it as the city is.
    pub offering: usize,
    /// How many do not, or say nothing.
    pub others: usize,
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
        let scenarios = &question.scenarios;
        let by_service = question.service.as_deref();
        let by_service = by_service.map(|service| ByService::new(service, &self.inputs, scenarios));
        let Some(by_service) = by_service.transpose()? else {
            let of = OfWhat {
                city: self.inputs.city(),
                asked: None,
                analysis: &self.analysis,
                groups,
                service: None,
            };
            return self.play_from(question, of, control);
        };
        let city = CityRecords {
            stations: &by_service.offering,
            ..self.inputs.city()
        };
        let analysis = self.analysis.with_stations(city, control)?;
        let [offering, others] = by_service.counts();
        let name = question.service.clone().unwrap_or_default();
        let service = AskedService::new(&name, &by_service.others);
        let of = OfWhat {
            city,
            asked: Some(service),
            analysis: &analysis,
            groups,
            service: Some(OfferedService {
                name: name.clone(),
                offering,
                others,
            }),
        };
        let mut answer = self.play_from(question, of, control)?;
        answer.findings.extend(by_service.findings);
        if let Some(first) = answer.drawn.first_mut() {
            first.other = Some(OtherCity {
                stations: by_service.offering,
                residents: None,
                analysis,
            });
        }
        Ok(answer)
    }

    fn play_from(
        &self,
        question: &ScenariosQuestion,
        of: OfWhat<'_>,
        control: Control<'_>,
    ) -> Result<ScenariosAnswer, Error> {
        let hours = self.base_hours(question)?;
        let mut base = of.base(hours.as_ref())?;
        let mut answer = ScenariosAnswer {
            base: base.outcome().clone(),
            scenarios: Vec::new(),
            groups: of.groups,
            service: of.service,
            hours: None,
            drawn: Vec::new(),
            findings: Findings::default(),
        };
        if question.is_drawn {
            answer.drawn.push(Drawn {
                isochrones: of.analysis.isochrones(self.water(), control)?,
                other: None,
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
                    other: Some(analysed.into()),
                });
                found
            } else {
                base.count(scenario, control)?
            };
            answer.findings.extend(found.findings.clone());
            answer.scenarios.push(found);
        }
        if let Some(hours) = &hours {
            let week = WeekOf {
                hours,
                scenarios: &question.scenarios,
                city: of.city,
                service: of.asked,
            };
            answer.findings.extend(hours.findings.clone());
            answer.hours = Some(self.scenario_hours(&week, of.analysis, control)?);
        }
        Ok(answer)
    }

    /// When the stations are open, where somebody asks about it.
    fn base_hours(&self, question: &ScenariosQuestion) -> Result<Option<BaseHours>, Error> {
        if !question.asks_hours() {
            return Ok(None);
        }
        let hours = BaseHours::new(self, question.hours, question.service.as_deref())?;
        Ok(Some(hours))
    }

    fn water(&self) -> &[geo_types::Polygon<f64>] {
        &self.inputs.surroundings.water
    }
}

/// What scenarios begin from, and what is summed.
struct OfWhat<'a> {
    city: CityRecords<'a>,
    asked: Option<AskedService<'a>>,
    analysis: &'a Analysis,
    groups: Vec<GroupOfPeople>,
    service: Option<OfferedService>,
}

impl<'a> OfWhat<'a> {
    /// The city that scenarios begin from.
    fn base(&self, hours: Option<&'a BaseHours>) -> Result<ScenarioBase<'a>, Error> {
        let mut base = ScenarioBase::new(self.analysis, self.city)?;
        if let Some(service) = self.asked {
            base = base.with_service(service);
        }
        if let Some(hours) = hours {
            base = base.with_hours(hours);
        }
        Ok(base)
    }
}
