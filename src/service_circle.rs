//! The service circle as planners practise it, in one call: what an analysis is asked beside coverage.

use crate::analysis::Analysis;
use crate::control::Control;
use crate::error::Error;
use crate::id::StationId;
use crate::inputs::Inputs;
use crate::model::{Attribute, Attributes, Profile};
use crate::provision::{
    Cohort, CohortQuestion, Level, Provision, Sensitivity, StationGroup, Survey, TierCircle, Tiers,
    Walker,
};
use crate::snap::Snapped;
use crate::standards::{By, Clause, Standard};
use crate::units::Unit;

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

/// What is asked beside coverage. Nothing is by default.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// By which standards, whose tiers have circles of their own.
    pub standards: Vec<Standard>,
    /// About which parts of the people.
    pub cohorts: Vec<CohortPlan>,
    /// Whether coverage is wanted by speed and by cutoff.
    pub sensitivity: bool,
}

impl Plan {
    /// Whether nothing is asked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.standards.is_empty() && self.cohorts.is_empty() && !self.sensitivity
    }

    /// Asks it of an analysed city: `inputs` are those that were analysed.
    ///
    /// # Errors
    /// What [`Walker::new`] refuses; [`Error::Cancelled`].
    pub fn ask(
        &self,
        inputs: &mut Inputs,
        analysis: &Analysis,
        control: Control<'_>,
    ) -> Result<Provision, Error> {
        if self.is_empty() {
            return Ok(Provision::default());
        }
        let people: Vec<_> = self
            .cohorts
            .iter()
            .map(|cohort| inputs.people_in(&cohort.columns))
            .collect();
        let cohorts = self
            .cohorts
            .iter()
            .zip(people)
            .map(|(plan, people)| Cohort {
                name: plan.name.clone(),
                profile: plan.profile.clone(),
                people,
            });
        let cohorts: Vec<Cohort> = cohorts.collect();
        let options = &analysis.options;
        let city = inputs.city();
        let walker = Walker {
            times: analysis.impedance.clone(),
            lengths: crate::network::Impedance::lengths(&analysis.network, &options.profile)?,
            snapped: analysis.snapped.clone(),
        };
        let survey = Survey::new(&analysis.network, &walker, city, options.trip);
        let stations = Stations {
            attributes: &inputs.station_attributes,
            snapped: survey.snapped(),
        };
        let circles = self
            .standards
            .iter()
            .flat_map(|standard| stations.circles(standard));
        let tiers = Tiers::find(&survey, circles.collect(), levels(inputs), control)?;
        let sensitivity = if self.sensitivity {
            let nearest = survey.nearest(&survey.all_stations(), control)?;
            Some(Sensitivity::find(
                (&analysis.network, &walker.snapped),
                (&options.profile, options.trip),
                city,
                &options.tests,
                &nearest,
                control,
            )?)
        } else {
            None
        };
        let question = CohortQuestion {
            network: &analysis.network,
            city,
            tests: &options.tests,
            trip: options.trip,
            snap: (options.snap, options.min_island_m),
        };
        Ok(Provision {
            tiers,
            cohorts: question.ask(cohorts, &walker, control)?,
            sensitivity,
        })
    }
}

/// What the columns say of the stations.
struct Stations<'a> {
    attributes: &'a Attributes,
    snapped: &'a Snapped,
}

impl Stations<'_> {
    /// What the first row of a station says.
    fn text(&self, station: StationId, attribute: Attribute) -> Option<&str> {
        let row = self.snapped.entrances(station)[0].row;
        self.attributes.of(attribute)?.get(row as usize)
    }

    /// The stations that a clause is about.
    fn of_clause(&self, clause: &Clause) -> StationGroup {
        StationGroup::of(self.snapped.station_count(), |station| {
            let kinds = [Attribute::Kind, Attribute::Services].map(|a| self.text(station, a));
            let kinds: Vec<&str> = kinds.into_iter().flatten().collect();
            let tier = self.text(station, Attribute::Tier);
            // A table with tiers says of each station which it is of.
            let is_told = clause.tier.is_none() || tier.is_some();
            is_told && clause.serves(tier, &kinds)
        })
    }

    /// The circles of a standard's tiers: the clauses that ask for a tier and for no facility.
    fn circles(&self, standard: &Standard) -> Vec<TierCircle> {
        if self.attributes.of(Attribute::Tier).is_none() {
            return Vec::new();
        }
        let of_tier = standard
            .clauses
            .iter()
            .filter(|clause| clause.facility.is_none());
        of_tier
            .filter_map(|clause| {
                let tier = clause.tier.as_ref()?;
                Some(TierCircle {
                    key: tier.key.clone(),
                    name: tier.name.clone(),
                    stations: self.of_clause(clause),
                    minutes: clause.minutes,
                    metres: clause.metres,
                    decides: match clause.decides {
                        By::Minutes => Unit::Milliseconds,
                        By::Metres => Unit::Millimetres,
                    },
                    target: clause
                        .target
                        .map(|target| f64::from(target.ten_thousandths()) / 10_000.0),
                })
            })
            .collect()
    }
}

/// The levels that the residents' columns name: subdistricts and communities.
fn levels(inputs: &Inputs) -> Vec<Level> {
    let known = [Attribute::Street, Attribute::Community];
    let level = |attribute: Attribute| {
        let column = inputs.resident_attributes.of(attribute)?;
        Some(Level {
            key: attribute.key().to_owned(),
            units: column.texts().to_vec(),
            of: (0..column.len())
                .map(|row| column.index(row).map(|unit| unit as u32))
                .collect(),
        })
    };
    known.into_iter().filter_map(level).collect()
}
