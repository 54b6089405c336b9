//! Asking a plan: of the stations of every tier, of each part of the people, of further demand, of speed and cutoff.

use super::asking::Asking;
use super::clauses;
use super::communities::communities;
use super::hours::ServiceHoursQuestion;
use super::stations::Stations;
use crate::analysis::Analysis;
use crate::control::Control;
use crate::coverage::Tests;
use crate::error::Error;
use crate::inputs::Inputs;
use crate::model::{CityRecords, Findings, Profile};
use crate::planning::membership::MembershipRule;
use crate::planning::provision::{
    DemandCoverage, GroupQuestion, PeopleGroup, Plan, Provision, Sensitivity, Survey,
};
use crate::planning::register::Register;
use crate::units::People;
use crate::walker::Placed;

impl Plan {
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
        self.ask_with_hours(inputs, analysis, None, control)
    }

    /// The same, with the hours of services where somebody asks about them. The analysis is one of all stations, at whatever time
    /// they are open.
    pub(crate) fn ask_with_hours(
        &self,
        inputs: &mut Inputs,
        analysis: &Analysis,
        hours: Option<&dyn ServiceHoursQuestion>,
        control: Control<'_>,
    ) -> Result<Provision, Error> {
        if self.is_empty() {
            return Ok(Provision::default());
        }
        let columns = self.groups.iter().map(|group| &group.columns);
        let people: Vec<Vec<People>> = columns.map(|columns| inputs.people_in(columns)).collect();
        let (provision, findings) = self.ask_read(inputs, people, analysis, hours, control)?;
        inputs.findings.extend(findings);
        Ok(provision)
    }

    /// Asks it, given the people of each part.
    fn ask_read(
        &self,
        inputs: &Inputs,
        people: Vec<Vec<People>>,
        analysis: &Analysis,
        hours: Option<&dyn ServiceHoursQuestion>,
        control: Control<'_>,
    ) -> Result<(Provision, Findings), Error> {
        let people = people.into_iter();
        // What is asked of every tier's stations, which may be others than the study's.
        let every = match &inputs.every_station {
            Some((stations, _)) => {
                let city = CityRecords {
                    stations,
                    ..inputs.city()
                };
                Some(analysis.with_stations(city, control)?)
            }
            None => None,
        };
        let (provision, mut findings) =
            self.ask_every(inputs, every.as_ref().unwrap_or(analysis), hours, control)?;
        let options = &analysis.options;
        let groups = self
            .groups
            .iter()
            .zip(people)
            .map(|(plan, people)| PeopleGroup {
                name: plan.name.clone(),
                profile: plan.profile.clone(),
                people,
            });
        let groups: Vec<PeopleGroup> = groups.collect();
        let question = GroupQuestion {
            placed: analysis.placed(),
            city: inputs.city(),
            tests: &options.tests,
            #[cfg(feature = "isochrone")]
            gaps: self.gaps,
        };
        let supply = self.supply(inputs, analysis, question, &groups, control)?;
        let supply = supply.map(|(report, found)| {
            findings.extend(found);
            report
        });
        let provision = Provision {
            groups: question.ask(&groups, control)?,
            supply,
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
        hours: Option<&dyn ServiceHoursQuestion>,
        control: Control<'_>,
    ) -> Result<(Provision, Findings), Error> {
        let of_study = (&inputs.stations, &inputs.station_attributes);
        let every = inputs.every_station.as_ref();
        let (records, attributes) =
            every.map_or(of_study, |(records, attributes)| (records, attributes));
        let city = CityRecords {
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
            hours,
            control,
        };
        asking.check_standards()?;
        let mut findings = asking.stations.findings(self.services.is_some());
        let registered = asking.registered();
        let matched = Register::new(&asking.communities.list, &registered);
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
            services: asking.services(&matched, &mut findings)?,
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
        question: GroupQuestion<'_>,
        profile: &Profile,
        control: Control<'_>,
    ) -> Result<Vec<DemandCoverage>, Error> {
        let layers = inputs.demand.iter().map(|(name, residents)| {
            let own = self.demand.iter().find(|(known, _)| known == name);
            let circle = own.and_then(|(_, circle)| *circle);
            let circle = circle.unwrap_or_else(|| question.tests.deciding());
            let tests = Tests::new([circle])?;
            let people = residents.iter().map(|resident| resident.people);
            let group = PeopleGroup {
                name: name.clone(),
                profile: profile.clone(),
                people: people.collect(),
            };
            let city = CityRecords {
                residents,
                ..question.city
            };
            let walker = question.placed.walker();
            let trip = question.placed.trip();
            let question = GroupQuestion {
                placed: &Placed::new(walker, city.stations, residents, trip, control)?,
                city,
                tests: &tests,
                #[cfg(feature = "isochrone")]
                gaps: None,
            };
            let mut found = question.ask(&[group], control)?;
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
        let found = Sensitivity::new(
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
