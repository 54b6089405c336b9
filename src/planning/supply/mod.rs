//! Supply and demand (供需): how much of what stations can take everybody gets, by floating catchments.
//!
//! A circle says who is near a station, and not whether it has room for all of them. Floating catchments hold what a station can
//! take against the people who are within its cutoff ([`StationSupply::ratio`]), and give everybody the ratios of the stations
//! within theirs ([`FloatingCatchments::scores`]): so many places for each person.
//!
//! ```
//! use pedshed::planning::supply::{Decay, FloatingCatchments, SupplyMethod};
//! use pedshed::prelude::*;
//! use pedshed::units::People;
//! // A street of 2.2 km on the equator: a clinic for half a person at its western end, a person 557 m and one 1,670 m from it.
//! let city = City::from_edges(&[(0.0, 0.0), (0.02, 0.0)], &[(0, 1)])?
//!     .stations(vec![Station::new("clinic", 0.0, 0.0)])
//!     .residents(vec![Resident::new("near", 0.005, 0.0), Resident::new("far", 0.015, 0.0)])
//!     .build()?;
//! let cutoff = Cutoff::minutes(15.0)?;
//! let times = city.times(cutoff, Control::default())?;
//! let row = |station| times.row(station).into_iter().flatten();
//! let (people, half) = ([People::ONE; 2], Some(People::from_thousandths(500)));
//! let found = FloatingCatchments::new(SupplyMethod::TwoStep, &Decay::none(cutoff), &people, &[half], row)?;
//! assert_eq!(found.scores(2, row)?, [0.5, 0.0]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod decay;
mod method;

use crate::id::{Numbered, ResidentId, StationId, UnknownId};
use crate::units::{Cost, People};

use decay::WHOLE;

pub use decay::{Decay, DecayError};
pub use method::SupplyMethod;

/// A station and those who share what it can take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct StationSupply {
    /// How many people it can take; `None` where that is not known: it is left out then.
    pub capacity: Option<People>,
    /// The people within the cutoff, whatever they weigh.
    pub within: People,
    /// The people as they weigh, in thousandths of a person times parts of a weight.
    demand: u128,
}

impl StationSupply {
    /// The people within the cutoff, as many as they weigh; `None` where the station is left out.
    #[must_use]
    pub fn demand(&self) -> Option<f64> {
        self.capacity?;
        Some(self.demand as f64 / (WHOLE as f64 * 1000.0))
    }

    /// How many it can take for each person of its [demand](Self::demand); `None` where nobody is within, and where the station
    /// is left out.
    #[must_use]
    pub fn ratio(&self) -> Option<f64> {
        let capacity = u128::from(self.capacity?.thousandths()) * u128::from(WHOLE);
        (self.demand > 0).then(|| capacity as f64 / self.demand as f64)
    }
}

/// Floating catchments: the first step, which holds every station's capacity against the people around it. The second is
/// [`scores`](Self::scores).
///
/// ```
/// use pedshed::id::ResidentId;
/// use pedshed::planning::supply::{Decay, FloatingCatchments, SupplyMethod};
/// use pedshed::units::{Cutoff, People};
/// // Homes of 60 and 40 people. A clinic for 30 is 4 minutes from the one and 12 from the other, in milliseconds.
/// let people = [60, 40].map(|count| People::from_thousandths(count * 1000));
/// let capacities = [Some(People::from_thousandths(30_000))];
/// let decay = Decay::thirds(Cutoff::minutes(15.0)?);
/// let row = |_| [(ResidentId(0), 240_000), (ResidentId(1), 720_000)];
/// let method = SupplyMethod::EnhancedTwoStep;
/// let found = FloatingCatchments::new(method, &decay, &people, &capacities, row)?;
/// // 60 · 1 + 40 · 0.22 = 68.8 people.
/// assert_eq!(found.stations()[0].ratio(), Some(30.0 / 68.8));
/// assert_eq!(found.scores(2, row)?, [30.0 / 68.8, 30.0 / 68.8 * 0.22]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct FloatingCatchments {
    method: SupplyMethod,
    decay: Decay,
    stations: Vec<StationSupply>,
}

impl FloatingCatchments {
    /// Takes the first step. `people` is one entry per resident, `capacities` one per station, `None` where it is not known: that
    /// station is left out, and nobody chooses it. `row` gives the residents near a station with the costs of their walks, in the
    /// unit of the decay's cutoff; walks that weigh nothing count for nothing. [`SupplyMethod::TwoStep`] looks at the cutoff of the decay
    /// alone.
    ///
    /// People are counted in integers, so the order of a row changes nothing.
    ///
    /// # Errors
    /// [`UnknownId`] when a row names a resident who is not there.
    ///
    /// # Complexity
    /// Linear in the entries of the rows.
    pub fn new<R: IntoIterator<Item = (ResidentId, Cost)>>(
        method: SupplyMethod,
        decay: &Decay,
        people: &[People],
        capacities: &[Option<People>],
        row: impl Fn(StationId) -> R,
    ) -> Result<Self, UnknownId> {
        let decay = if method.has_decay() {
            decay.clone()
        } else {
            Decay::none(decay.cutoff())
        };
        let stations = capacities.iter().map(|capacity| StationSupply {
            capacity: *capacity,
            ..StationSupply::default()
        });
        let mut found = Self {
            method,
            decay,
            stations: stations.collect(),
        };
        let choices = found.choices(people.len(), &row)?;
        let cutoff = found.decay.cutoff().cost();
        for (number, station) in (0..).map(StationId).zip(&mut found.stations) {
            for (resident, cost) in row(number) {
                let resident =
                    UnknownId::check(Numbered::Resident, resident.index(), people.len())?;
                if cost <= cutoff {
                    station.within += people[resident];
                }
                if station.capacity.is_some() {
                    let parts = found.decay.parts(cost);
                    let weighed = weigh(people[resident], parts, choices.get(resident).copied());
                    station.demand = station.demand.saturating_add(weighed);
                }
            }
        }
        Ok(found)
    }

    /// Which form they have.
    #[must_use]
    pub fn method(&self) -> SupplyMethod {
        self.method
    }

    /// One per station, in their order.
    #[must_use]
    pub fn stations(&self) -> &[StationSupply] {
        &self.stations
    }

    /// Takes the second step: the places that each of so many residents gets, by the [ratios](StationSupply::ratio) of the stations that
    /// they can walk to. `row` are the walks of these residents, who may walk in another way than those who were counted in the first
    /// step: a part of the people with its own profile, or places where nobody lives yet.
    ///
    /// Who has no station with a capacity within the cutoff gets 0. Stations are added in their order, so that the same walks give
    /// the same bits.
    ///
    /// # Errors
    /// [`UnknownId`] when a row names a resident who is not there.
    ///
    /// # Complexity
    /// Linear in the entries of the rows.
    pub fn scores<R: IntoIterator<Item = (ResidentId, Cost)>>(
        &self,
        residents: usize,
        row: impl Fn(StationId) -> R,
    ) -> Result<Vec<f64>, UnknownId> {
        let choices = self.choices(residents, &row)?;
        let mut scores = vec![0.0; residents];
        for (number, station) in (0..).map(StationId).zip(&self.stations) {
            let Some(ratio) = station.ratio() else {
                continue;
            };
            for (resident, cost) in row(number) {
                let resident = UnknownId::check(Numbered::Resident, resident.index(), residents)?;
                let parts = self.decay.parts(cost);
                scores[resident] += ratio * share(parts, choices.get(resident).copied());
            }
        }
        Ok(scores)
    }

    /// The weights of all stations that each resident chooses from, added up; none where nobody chooses.
    fn choices<R: IntoIterator<Item = (ResidentId, Cost)>>(
        &self,
        residents: usize,
        row: &impl Fn(StationId) -> R,
    ) -> Result<Vec<u64>, UnknownId> {
        if self.method != SupplyMethod::ThreeStep {
            return Ok(Vec::new());
        }
        let mut choices: Vec<u64> = vec![0; residents];
        for (number, station) in (0..).map(StationId).zip(&self.stations) {
            if station.capacity.is_none() {
                continue;
            }
            for (resident, cost) in row(number) {
                let resident = UnknownId::check(Numbered::Resident, resident.index(), residents)?;
                let sum = choices[resident].saturating_add(self.decay.parts(cost));
                choices[resident] = sum;
            }
        }
        Ok(choices)
    }
}

/// People times their weight, in thousandths times parts; of those who choose, times the share of their choices, rounded down.
fn weigh(people: People, parts: u64, choices: Option<u64>) -> u128 {
    let weighed = u128::from(people.thousandths()) * u128::from(parts);
    match choices.map(u128::from) {
        None => weighed,
        Some(0) => 0,
        // weighed · parts / choices, of which the product may be too large.
        Some(choices) => {
            let (whole, rest) = (weighed / choices, weighed % choices);
            whole * u128::from(parts) + rest * u128::from(parts) / choices
        }
    }
}

/// The share of a ratio that a walk gives.
fn share(parts: u64, choices: Option<u64>) -> f64 {
    let weight = parts as f64 / WHOLE as f64;
    match choices {
        None => weight,
        Some(0) => 0.0,
        Some(choices) => weight * (parts as f64 / choices as f64),
    }
}

#[cfg(test)]
#[path = "supply_tests.rs"]
mod tests;
