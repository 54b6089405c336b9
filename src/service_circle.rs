//! The service circle as planners practise it, in one call: what an analysis is asked beside coverage.

use crate::analysis::Analysis;
use crate::control::Control;
use crate::error::Error;
use crate::id::StationId;
use crate::indicators::{Buildings, Denominator};
use crate::inputs::Inputs;
use crate::model::{Attribute, Attributes, City, Profile};
use crate::network::Impedance;
use crate::provision::{
    Clauses, Cohort, CohortQuestion, Counted, Land, Level, Provision, Sensitivity, StationGroup,
    Survey, TierCircle, Tiers, Walker,
};
use crate::snap::Snapped;
use crate::standards::{By, Clause, Standard};
use crate::units::Unit;

/// Residential land is sampled so often, in metres: a building is not missed.
const LAND_SPACING_M: f64 = 20.0;
/// The ground of areas is sampled so often, in metres: most of it is not built on.
const AREA_SPACING_M: f64 = 50.0;

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
        let walker = self.main_walker(analysis)?;
        let survey = Survey::new(&analysis.network, &walker, city, options.trip);
        let stations = Stations {
            attributes: &inputs.station_attributes,
            snapped: survey.snapped(),
        };
        let clauses = self.clauses((&survey, &stations), inputs, analysis, control)?;
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
            clauses,
            cohorts: question.ask(cohorts, &walker, control)?,
            sensitivity,
        })
    }
}

impl Plan {
    /// Measures the standards' clauses in every denominator that there is data for.
    fn clauses(
        &self,
        (survey, stations): (&Survey<'_>, &Stations<'_>),
        inputs: &Inputs,
        analysis: &Analysis,
        control: Control<'_>,
    ) -> Result<Clauses, Error> {
        let residents = &inputs.residents;
        let people = residents
            .iter()
            .map(|resident| resident.people.thousandths());
        let mut counted = vec![Counted {
            denominator: Denominator::People,
            survey,
            weights: people.collect(),
            buildings: None,
        }];
        if let Some(column) = inputs.resident_attributes.of(Attribute::Building) {
            let buildings = Buildings::of((0..column.len()).map(|row| column.get(row)));
            counted.push(Counted {
                denominator: Denominator::Buildings,
                survey,
                weights: buildings.weights(),
                buildings: Some(buildings),
            });
        }
        let grounds = [
            (Denominator::ResidentialLand, &inputs.land, LAND_SPACING_M),
            (Denominator::Area, &inputs.areas, AREA_SPACING_M),
        ];
        let mut walkers = Vec::new();
        for (denominator, polygons, spacing_m) in grounds {
            let land = Land::sample(polygons, spacing_m);
            if !land.samples.is_empty() && !self.standards.is_empty() {
                let snapped = snapped_samples(analysis, inputs, &land, control)?;
                walkers.push((denominator, land, snapped));
            }
        }
        let walkers: Vec<(Denominator, Land, Walker)> = walkers
            .into_iter()
            .map(|(denominator, land, snapped)| {
                let walker = Walker {
                    snapped,
                    ..self.main_walker(analysis)?
                };
                Ok((denominator, land, walker))
            })
            .collect::<Result<_, Error>>()?;
        let surveys: Vec<Survey<'_>> = walkers
            .iter()
            .map(|(_, land, walker)| {
                let city = City {
                    residents: &land.samples,
                    ..inputs.city()
                };
                Survey::new(&analysis.network, walker, city, analysis.options.trip)
            })
            .collect();
        for ((denominator, land, _), survey) in walkers.iter().zip(&surveys) {
            counted.push(Counted {
                denominator: *denominator,
                survey,
                weights: land.weights(),
                buildings: None,
            });
        }
        let stations_of = |clause: &Clause| stations.of_clause(clause);
        Ok(Clauses::measure(
            &self.standards,
            counted,
            stations_of,
            control,
        )?)
    }

    /// The walker of the analysis.
    fn main_walker(&self, analysis: &Analysis) -> Result<Walker, Error> {
        Ok(Walker {
            times: analysis.impedance.clone(),
            lengths: Impedance::lengths(&analysis.network, &analysis.options.profile)?,
            snapped: analysis.snapped.clone(),
        })
    }
}

/// Samples of land on the network, as residents there would be.
fn snapped_samples(
    analysis: &Analysis,
    inputs: &Inputs,
    land: &Land,
    control: Control<'_>,
) -> Result<Snapped, Error> {
    Ok(Snapped::new(
        &analysis.network,
        &analysis.impedance,
        &analysis.islands,
        &inputs.stations,
        &land.samples,
        analysis.options.snap,
        control,
    )?)
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
