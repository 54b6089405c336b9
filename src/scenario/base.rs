//! The city that scenarios begin from, and what comes of each.

use super::applied::Applied;
use super::asked_service::AskedService;
use super::comparison::Comparison;
use super::edit::Scenario;
use super::editor::{Asked, Edited};
#[cfg(feature = "report")]
use super::known_hours::KnownHours;
use super::live::LiveCity;
use super::outcome::Outcome;
use crate::analysis::{Analysis, Options, analyse};
use crate::control::Control;
use crate::error::Error;
use crate::model::{CityRecords, Findings, Resident, Station};

/// The city that scenarios begin from: analysed once, and shared by all of them.
///
/// ```
/// use geo_types::coord;
/// use pedshed::control::Control;
/// use pedshed::geometry::Location;
/// use pedshed::model::{CityRecords, Resident, Station, StreetsBuilder, WayKind};
/// use pedshed::network::Network;
/// use pedshed::scenario::{Edit, Scenario, ScenarioBase};
/// use pedshed::units::People;
/// use pedshed::{Options, analyse};
///
/// // A street of 2,226 m on the equator, a clinic at its west end, and people at 557 m and at 1,670 m.
/// let street = |lon_e7| Location { lon_e7, lat_e7: 0 };
/// let mut streets = StreetsBuilder::new(vec![street(0), street(200_000)]);
/// streets.add_way(1, &[0, 1], WayKind::Street, None);
/// let network = Network::build(&streets.finish(Vec::new()))?;
/// let city = CityRecords {
///     stations: &[Station::new("clinic", 0.0, 0.0)],
///     residents: &[Resident::new("near", 0.005, 0.0), Resident::new("far", 0.015, 0.0)],
///     areas: &[],
/// };
/// let analysis = analyse(&network, city, Options::minutes(&[15.0])?, Control::default())?;
///
/// let mut base = ScenarioBase::new(&analysis, city)?;
/// let place = coord! { x: 0.01, y: 0.0 };
/// let middle = Scenario::new("middle", vec![Edit::MoveStation { id: "clinic".into(), place }]);
/// let found = base.count(&middle, Control::default())?;
/// assert_eq!(found.comparison.sums.gained, People::ONE);
/// assert_eq!(found.applied[0].found.to_string(), "moved 1113 m, to way 1, 0 m away");
/// # Ok::<(), pedshed::Error>(())
/// ```
#[derive(Debug)]
pub struct ScenarioBase<'a> {
    analysis: &'a Analysis,
    city: CityRecords<'a>,
    asked: Asked<'a>,
    outcome: Outcome,
    live: Option<LiveCity>,
}

/// What comes of a scenario.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ScenarioAnswer {
    /// The scenario.
    pub scenario: Scenario,
    /// What became of each of its edits, in their order.
    pub applied: Vec<Applied>,
    /// How everybody comes out.
    pub outcome: Outcome,
    /// Beside how they come out as the city is.
    pub comparison: Comparison,
    /// What was found about the edits.
    pub findings: Findings,
    /// Whether everything was analysed again, and not only what the edits change. Both give the same answer.
    pub in_full: bool,
}

/// A scenario that was analysed in full, to go on from: what is drawn, other questions.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct AnalysedScenario {
    /// What comes of it.
    pub answer: ScenarioAnswer,
    /// Its stations.
    pub stations: Vec<Station>,
    /// Its residents, where their numbers are edited; else those of the city.
    pub residents: Option<Vec<Resident>>,
    /// Its analysis.
    pub analysis: Analysis,
}

impl<'a> ScenarioBase<'a> {
    /// From an analysis, and the city that was analysed.
    ///
    /// # Errors
    /// [`WalkerError::OtherCity`](crate::walker::WalkerError::OtherCity) for another city.
    pub fn new(analysis: &'a Analysis, city: CityRecords<'a>) -> Result<Self, Error> {
        analysis.placed().has(city)?;
        let stations = station_ids(analysis, city.stations);
        Ok(Self {
            outcome: Outcome::from_coverage(&analysis.coverage, city.residents, stations),
            analysis,
            city,
            asked: Asked::default(),
            live: None,
        })
    }

    /// The same where one service is asked about: the stations of the city are those that offer it, and edits say who offers it
    /// from now on, and who no more.
    #[must_use]
    pub fn with_service(self, service: AskedService<'a>) -> Self {
        let service = Some(service);
        let asked = Asked {
            service,
            ..self.asked
        };
        Self { asked, ..self }
    }

    /// The same where somebody asks when stations are open.
    #[cfg(feature = "report")]
    #[must_use]
    pub(crate) fn with_hours(self, hours: &'a dyn KnownHours) -> Self {
        let hours = Some(hours);
        let asked = Asked {
            hours,
            ..self.asked
        };
        Self { asked, ..self }
    }

    /// How everybody comes out as the city is.
    #[must_use]
    pub fn outcome(&self) -> &Outcome {
        &self.outcome
    }

    /// What comes of a scenario: of stations and of streets that are closed by the live engine, where closing them is the same as
    /// taking them away; of everything else by an analysis in full. Both are what an analysis of the edited city gives, to the
    /// millisecond.
    ///
    /// # Errors
    /// [`Error::Scenario`] for an edit that cannot be made, [`Error::Network`] where no street is left, [`Error::Cancelled`].
    ///
    /// # Complexity
    /// The live engine counts the city once more for the first scenario, as
    /// [`LiveCoverage::new`](crate::coverage::LiveCoverage::new) says; then each costs what its edits do. In full that of
    /// [`analyse`].
    pub fn count(
        &mut self,
        scenario: &Scenario,
        control: Control<'_>,
    ) -> Result<ScenarioAnswer, Error> {
        let edited = Edited::new(self.analysis, self.city, self.asked, scenario)?;
        control.check()?;
        let Some(steps) = &edited.live else {
            return Ok(self.analysed(scenario, edited, control)?.answer);
        };
        let mut live = match self.live.take() {
            Some(live) => live,
            None => LiveCity::new(self.analysis, self.city, control)?,
        };
        let residents = edited.residents.as_deref().unwrap_or(self.city.residents);
        let outcome = live.with(steps, |coverage, ids| {
            Outcome::from_coverage(coverage, residents, ids.to_vec())
        })?;
        self.live = Some(live);
        control.check()?;
        Ok(self.answer(scenario, edited.applied, edited.findings, outcome, false))
    }

    /// The same with an analysis of the edited city in any case.
    ///
    /// # Errors
    /// As [`count`](Self::count).
    ///
    /// # Complexity
    /// That of [`analyse`]; where stations alone are edited, everybody stays where they were put on the streets.
    pub fn analyse(
        &self,
        scenario: &Scenario,
        control: Control<'_>,
    ) -> Result<AnalysedScenario, Error> {
        let edited = Edited::new(self.analysis, self.city, self.asked, scenario)?;
        control.check()?;
        self.analysed(scenario, edited, control)
    }

    fn analysed(
        &self,
        scenario: &Scenario,
        edited: Edited,
        control: Control<'_>,
    ) -> Result<AnalysedScenario, Error> {
        let city = CityRecords {
            stations: &edited.stations,
            residents: edited.residents.as_deref().unwrap_or(self.city.residents),
            areas: self.city.areas,
        };
        let of_stations_alone = edited.residents.is_none()
            && edited.network.is_none()
            && edited.compounds.is_none()
            && edited.profile.is_none();
        let analysis = if of_stations_alone {
            self.analysis.with_stations(city, control)?
        } else {
            let own = &self.analysis.options;
            let options = Options {
                profile: edited.profile.unwrap_or_else(|| own.profile.clone()),
                compounds: edited.compounds.unwrap_or_else(|| own.compounds.clone()),
                ..own.clone()
            };
            let network = edited.network.as_ref();
            let network = network.unwrap_or_else(|| self.analysis.network());
            analyse(network, city, options, control)?
        };
        let ids = station_ids(&analysis, city.stations);
        let outcome = Outcome::from_coverage(&analysis.coverage, city.residents, ids);
        let answer = self.answer(scenario, edited.applied, edited.findings, outcome, true);
        Ok(AnalysedScenario {
            answer,
            stations: edited.stations,
            residents: edited.residents,
            analysis,
        })
    }

    fn answer(
        &self,
        scenario: &Scenario,
        applied: Vec<Applied>,
        findings: Findings,
        outcome: Outcome,
        in_full: bool,
    ) -> ScenarioAnswer {
        ScenarioAnswer {
            comparison: Comparison::new(&self.outcome, &outcome),
            scenario: scenario.clone(),
            applied,
            outcome,
            findings,
            in_full,
        }
    }
}

/// The ids of an analysis's stations.
fn station_ids(analysis: &Analysis, rows: &[Station]) -> Vec<String> {
    let snapped = analysis.snapped();
    let first_row = |station| snapped.entrances(station)[0].row as usize;
    let ids = snapped
        .stations()
        .map(|station| rows[first_row(station)].id.clone());
    ids.collect()
}
