//! The service circle as planners practise it, in one call: what an analysis is asked beside coverage.

mod asking;
mod cells;
mod clauses;
mod communities;
mod days;
mod kinds;
mod membership;
mod rules;
mod stations;

use crate::analysis::Analysis;
use crate::control::Control;
use crate::coverage::Tests;
use crate::error::Error;
#[cfg(feature = "isochrone")]
use crate::gaps::GapOptions;
use crate::inputs::Inputs;
use crate::model::{City, Fault, FindingCode, Findings, Profile, Station};
use crate::planning::provision::{
    Cohort, CohortQuestion, DemandCoverage, Provision, Sensitivity, Survey,
};
use crate::planning::register::{AuditRules, Date, Register, is_open};
use crate::planning::standards::{Standard, Term};
use crate::text::language::words;
use crate::units::{Cutoff, People};
use crate::walker::Placed;
use asking::Asking;
use communities::communities;
use stations::{Stations, opening};

/// A part of the people, as it is asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct CohortPlan {
    /// What it is called.
    pub name: String,
    /// The columns of the residents that count its people; they are added up.
    pub columns: Vec<String>,
    /// How its people walk.
    pub profile: Profile,
}

/// Whose stations count for a resident (归属规则).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MembershipRule {
    /// Any station of the tier.
    #[default]
    Any,
    /// For tiers of communities and grids only those of the resident's own community.
    Own,
}

/// What is asked beside coverage. Nothing is by default.
///
/// ```
/// use pedshed::Plan;
/// use pedshed::planning::standards::Standard;
/// let plan = Plan { standards: Standard::named("party-centre-tiers").into_iter().collect(), ..Plan::default() };
/// assert!(!plan.is_empty() && Plan::default().is_empty());
/// ```
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// By which standards; the tiers of the first that has any are scored, each with its circle.
    pub standards: Vec<Standard>,
    /// About which parts of the people.
    pub cohorts: Vec<CohortPlan>,
    /// About which services, by name; all that are offered where the list is empty, those of a standard where one lists any.
    pub services: Option<Vec<String>>,
    /// Whose stations count.
    pub membership: MembershipRule,
    /// On which day: stations that are not open do not count. Without a day no station is left out because of a date.
    pub as_of: Option<Date>,
    /// What stations are held to, where it is not what a standard says: [`Plan::audit_rules`].
    pub audit: Option<AuditRules>,
    /// The layers of further demand that were read, by their names, and their circles: the deciding cutoff where one has none
    /// of its own.
    pub demand: Vec<(String, Option<Cutoff>)>,
    /// Whether coverage is wanted by speed and by cutoff.
    pub sensitivity: bool,
    /// Whether the register is held against the communities that were read.
    pub register: bool,
    /// How the gaps of each part of the people are put together, where they are wanted.
    #[cfg(feature = "isochrone")]
    pub gaps: Option<GapOptions>,
}

impl Plan {
    /// Whether nothing is asked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.standards.is_empty()
            && self.cohorts.is_empty()
            && self.services.is_none()
            && self.as_of.is_none()
            && !self.sensitivity
            && !self.register
            && self.demand.is_empty()
    }

    /// The services that are asked for by a standard's list of them; none where they are not, or others are asked for.
    fn listed_services(&self) -> &[Term] {
        if self.services.as_ref().is_none_or(|asked| !asked.is_empty()) {
            return &[];
        }
        self.service_terms()
    }

    /// The services of the first standard that lists any.
    fn service_terms(&self) -> &[Term] {
        let mut lists = self.standards.iter().map(|standard| &standard.services);
        lists
            .find(|terms| !terms.is_empty())
            .map_or(&[], Vec::as_slice)
    }

    /// The stations as they are on the day that is asked for: those that are not open have no place, and are a finding. `None`
    /// where no day is asked for: all count then, and those with a closing date are a finding.
    #[must_use]
    pub fn stations_on_day(&self, inputs: &mut Inputs) -> Option<Vec<Station>> {
        let strange = cells::not_understood(inputs, &self.standards);
        inputs.findings.extend(strange);
        if !self.is_empty() {
            let blank = cells::haves_not_stated(inputs);
            inputs.findings.extend(blank);
            let others = cells::not_listed(inputs, self.listed_services());
            inputs.findings.extend(others);
        }
        let Some(day) = self.as_of else {
            inputs.findings.extend(days::undated(inputs));
            return None;
        };
        let mut stations = inputs.stations.clone();
        for (row, station) in stations.iter_mut().enumerate() {
            let (opened, closed) = opening(&inputs.station_attributes, row);
            if !is_open(opened, closed, day) && station.place.is_ok() {
                station.place = Err(Fault::NotOpen {
                    day: day.to_string(),
                });
                let id = &station.id;
                inputs.findings.add(FindingCode::StationNotOpen, || {
                    words!("{id}: not open on {day}", "{id}：{day} 未开放")
                });
            }
        }
        Some(stations)
    }

    /// Asks it of an analysed city: `inputs` are those that were analysed, but for stations that are
    /// [not open](Plan::stations_on_day).
    ///
    /// What was found about the stations' cells is added to the findings of the inputs.
    ///
    /// # Errors
    /// [`Error::Plan`] where a service or a standard that is asked for matches no station; what [`Walker::new`](crate::walker::Walker::new) refuses;
    /// [`Error::Cancelled`].
    pub fn ask(
        &self,
        inputs: &mut Inputs,
        analysis: &Analysis,
        control: Control<'_>,
    ) -> Result<Provision, Error> {
        if self.is_empty() {
            return Ok(Provision::default());
        }
        let columns = self.cohorts.iter().map(|cohort| &cohort.columns);
        let people: Vec<Vec<People>> = columns.map(|columns| inputs.people_in(columns)).collect();
        let (provision, findings) = self.ask_read(inputs, people, analysis, control)?;
        inputs.findings.extend(findings);
        Ok(provision)
    }

    /// Asks it, given the people of each part.
    fn ask_read(
        &self,
        inputs: &Inputs,
        people: Vec<Vec<People>>,
        analysis: &Analysis,
        control: Control<'_>,
    ) -> Result<(Provision, Findings), Error> {
        let people = people.into_iter();
        // What is asked of every tier's stations, which may be others than the study's.
        let every = match &inputs.every_station {
            Some((stations, _)) => {
                let city = City {
                    stations,
                    ..inputs.city()
                };
                Some(analysis.with_stations(city, control)?)
            }
            None => None,
        };
        let (provision, findings) =
            self.ask_every(inputs, every.as_ref().unwrap_or(analysis), control)?;
        let options = &analysis.options;
        let cohorts = self
            .cohorts
            .iter()
            .zip(people)
            .map(|(plan, people)| Cohort {
                name: plan.name.clone(),
                profile: plan.profile.clone(),
                people,
            });
        let question = CohortQuestion {
            placed: analysis.placed(),
            city: inputs.city(),
            tests: &options.tests,
            #[cfg(feature = "isochrone")]
            gaps: self.gaps,
        };
        let provision = Provision {
            cohorts: question.ask(&cohorts.collect::<Vec<_>>(), control)?,
            sensitivity: self.sensitivity(inputs, analysis, control)?,
            demand: self.demand(inputs, question, &options.profile, control)?,
            ..provision
        };
        Ok((provision, findings))
    }

    /// Asks what is about the stations of every tier.
    fn ask_every(
        &self,
        inputs: &Inputs,
        analysis: &Analysis,
        control: Control<'_>,
    ) -> Result<(Provision, Findings), Error> {
        let of_study = (&inputs.stations, &inputs.station_attributes);
        let every = inputs.every_station.as_ref();
        let (records, attributes) =
            every.map_or(of_study, |(records, attributes)| (records, attributes));
        let city = City {
            stations: records,
            ..inputs.city()
        };
        let survey = Survey::new(analysis.placed(), city, control)?;
        let asking = Asking {
            plan: self,
            inputs,
            city,
            analysis,
            stations: Stations::new(
                (records, attributes),
                analysis.snapped(),
                (self.as_of, &self.standards),
            ),
            communities: communities(inputs),
            survey: &survey,
            people: city.people(),
            control,
        };
        asking.check_standards()?;
        let mut findings = asking.stations.findings(self.services.is_some());
        let registered = asking.registered();
        let matched = Register::of(&asking.communities.list, &registered);
        if self.membership == MembershipRule::Own {
            findings.extend(asking.membership(&registered, &matched)?);
        }
        let (tiers, memberships) = asking.tiers(&registered, &matched)?;
        let register = if self.register {
            Some(asking.register(&registered, &matched, &tiers)?)
        } else {
            None
        };
        let names = asking.communities.list.iter();
        let provision = Provision {
            clauses: clauses::measure(&asking)?,
            services: asking.services(&matched)?,
            register,
            stations: asking.stations.asked(analysis.snapped()),
            communities: names.map(|community| community.name.clone()).collect(),
            memberships,
            tiers,
            ..Provision::default()
        };
        Ok((provision, findings))
    }

    /// Asks about every layer of further demand, as the study's walker walks.
    fn demand(
        &self,
        inputs: &Inputs,
        question: CohortQuestion<'_>,
        profile: &Profile,
        control: Control<'_>,
    ) -> Result<Vec<DemandCoverage>, Error> {
        let layers = inputs.demand.iter().map(|(name, residents)| {
            let own = self.demand.iter().find(|(known, _)| known == name);
            let circle = own.and_then(|(_, circle)| *circle);
            let circle = circle.unwrap_or_else(|| question.tests.deciding());
            let tests = Tests::new([circle])?;
            let people = residents.iter().map(|resident| resident.people);
            let cohort = Cohort {
                name: name.clone(),
                profile: profile.clone(),
                people: people.collect(),
            };
            let city = City {
                residents,
                ..question.city
            };
            let walker = question.placed.walker();
            let trip = question.placed.trip();
            let question = CohortQuestion {
                placed: &Placed::new(walker, city.stations, residents, trip, control)?,
                city,
                tests: &tests,
                #[cfg(feature = "isochrone")]
                gaps: None,
            };
            let mut found = question.ask(&[cohort], control)?;
            Ok(found.pop().map(|coverage| DemandCoverage {
                circle,
                records: residents.len(),
                coverage,
            }))
        });
        let found: Result<Vec<Option<DemandCoverage>>, Error> = layers.collect();
        Ok(found?.into_iter().flatten().collect())
    }

    fn sensitivity(
        &self,
        inputs: &Inputs,
        analysis: &Analysis,
        control: Control<'_>,
    ) -> Result<Option<Sensitivity>, Error> {
        if !self.sensitivity {
            return Ok(None);
        }
        let options = &analysis.options;
        let survey = Survey::new(analysis.placed(), inputs.city(), control)?;
        let nearest = survey.nearest(&survey.all_stations(), control)?;
        let found = Sensitivity::find(
            analysis.placed(),
            &options.profile,
            inputs.city(),
            &options.tests,
            &nearest,
            control,
        )?;
        Ok(Some(found))
    }
}
