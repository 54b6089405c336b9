//! Sensitivity (敏感性): how coverage changes with the walking speed and with the cutoff.
//!
//! With the cutoff it is read off everybody's nearest station, which one sweep knows at any distance. With the speed the
//! shortest way itself may change, since delays at crossings and lifts do not; so each speed has a sweep of its own, over
//! the same snapping, and is as exact as a run at that speed.

#[cfg(feature = "report")]
mod table;

use super::{Nearest, people_within};
use crate::control::Control;
use crate::coverage::Tests;
use crate::model::{CityRecords, Profile};
use crate::network::Impedance;
use crate::parallel;
use crate::planning::equity::Distribution;
use crate::search::{Engine, NearestStation};
use crate::units::{Cutoff, People, Unit};
use crate::walker::{Placed, WalkerError};

/// The speeds that are asked about, in decimetres a second: from slow old people to brisk adults.
pub(crate) const SPEEDS_DM_S: std::ops::RangeInclusive<u32> = 6..=15;

/// People within each minute cutoff at one speed.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct AtSpeed {
    /// The level speed in metres a second.
    pub metres_per_second: f64,
    /// The people within each minute cutoff asked.
    pub within: Vec<People>,
}

/// People within a cutoff.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct AtCutoff {
    /// The cutoff.
    pub cutoff: Cutoff,
    /// The people within.
    pub within: People,
}

/// How coverage changes with what was chosen.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Sensitivity {
    /// The minute cutoffs of [`AtSpeed::within`].
    pub minutes: Vec<Cutoff>,
    /// By speed, ascending.
    pub by_speed: Vec<AtSpeed>,
    /// By minute, from 1 to twice the largest cutoff; then by hundred metres likewise, where metres are asked.
    pub by_cutoff: Vec<AtCutoff>,
    /// All people.
    pub total: People,
}

impl Sensitivity {
    /// Asks how the coverage of all stations changes, for everybody as `profile` walks where they were placed. `nearest` are
    /// everybody's nearest stations at the profile's own speed.
    ///
    /// # Errors
    /// [`WalkerError`].
    ///
    /// # Complexity
    /// One preparation of the search and one sweep for each speed.
    pub fn new(
        placed: &Placed,
        profile: &Profile,
        city: CityRecords<'_>,
        tests: &Tests,
        nearest: &Nearest,
        control: Control<'_>,
    ) -> Result<Self, WalkerError> {
        let people = city.people();
        let minutes = tests.minutes();
        let at_speed = |speed: &u32| -> Result<Option<AtSpeed>, WalkerError> {
            control.check()?;
            let metres_per_second = f64::from(*speed) / 10.0;
            let Ok(profile) = profile.clone().with_speed_kmh(metres_per_second * 3.6) else {
                return Ok(None); // every speed of the range is one
            };
            let network = placed.network();
            let impedance = Impedance::times(network, &profile)?;
            let snapped = placed.snapped_of(city.residents, &profile);
            let engine = Engine::new(network, &impedance, &snapped, placed.trip());
            let nearest = engine.all_travel_times(None, control)?.into_nearest();
            let within = |cutoff: &Cutoff| people_within(*cutoff, &nearest, &people);
            Ok(Some(AtSpeed {
                metres_per_second,
                within: minutes.iter().map(within).collect(),
            }))
        };
        let speeds: Vec<u32> = SPEEDS_DM_S.filter(|_| !minutes.is_empty()).collect();
        let by_speed: Result<Vec<_>, _> = parallel::map(&speeds, 1, at_speed).into_iter().collect();
        let by_speed = by_speed?.into_iter().flatten().collect();
        let mut by_cutoff = curve(minutes.last(), &nearest.times, &people);
        by_cutoff.extend(curve(tests.metres().last(), &nearest.lengths, &people));
        Ok(Self {
            minutes: minutes.to_vec(),
            by_speed,
            by_cutoff,
            total: people.iter().copied().sum(),
        })
    }
}

/// By minute or by hundred metres up to twice the largest cutoff.
fn curve(
    largest: Option<&Cutoff>,
    nearest: &[Option<NearestStation>],
    people: &[People],
) -> Vec<AtCutoff> {
    let Some(largest) = largest else {
        return Vec::new();
    };
    let step = match largest.unit() {
        Unit::Milliseconds => 60_000,
        Unit::Millimetres => 100_000,
    };
    let costs: Vec<Option<u64>> = nearest.iter().map(|n| Some(n.as_ref()?.cost)).collect();
    let walks = Distribution::new(&costs, people);
    let steps = largest.cost().saturating_mul(2).div_ceil(step);
    (1..=steps)
        .map(|number| Cutoff::from_long_cost(number.saturating_mul(step), largest.unit()))
        .map(|cutoff| AtCutoff {
            cutoff,
            within: walks.within(u64::from(cutoff.cost())),
        })
        .collect()
}
