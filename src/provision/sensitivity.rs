//! Sensitivity (敏感性): how coverage changes with the walking speed and with the cutoff.
//!
//! With the cutoff it is read off everybody's nearest station, which one sweep knows at any distance. With the speed the
//! shortest way itself may change, since delays at crossings and lifts do not; so each speed has a sweep of its own, over
//! the same snapping, and is as exact as a run at that speed.

use super::cohorts::people_within;
use super::{SurveyError, Walker};
use crate::control::Control;
use crate::model::{City, Profile};
use crate::network::{Impedance, Network};
use crate::search::{Engine, NearestStation, Trip};
use crate::units::{Cutoff, People, Unit};

/// The speeds that are asked about, in decimetres a second: from slow old people to brisk adults.
pub const SPEEDS_DM_S: std::ops::RangeInclusive<u32> = 6..=15;

/// People within each minute cutoff at one speed.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct AtSpeed {
    /// The level speed in metres a second.
    pub metres_per_second: f64,
    /// The people within each minute cutoff asked.
    pub within: Vec<People>,
}

/// People within a cutoff.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct AtCutoff {
    /// The cutoff.
    pub cutoff: Cutoff,
    /// The people within.
    pub within: People,
}

/// How coverage changes with what was chosen.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
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

/// Asks how coverage changes.
///
/// # Errors
/// [`SurveyError`].
///
/// # Complexity
/// One preparation of the search and one sweep for each speed.
pub(super) fn find(
    (network, profile, trip): (&Network, &Profile, Trip),
    city: City<'_>,
    walker: &Walker,
    (minutes, metres): (&[Cutoff], &[Cutoff]),
    (times, lengths): (&[Option<NearestStation>], &[Option<NearestStation>]),
    control: Control<'_>,
) -> Result<Sensitivity, SurveyError> {
    let people: Vec<People> = city
        .residents
        .iter()
        .map(|resident| resident.people)
        .collect();
    let mut by_speed = Vec::new();
    for speed in SPEEDS_DM_S.filter(|_| !minutes.is_empty()) {
        control.check()?;
        let metres_per_second = f64::from(speed) / 10.0;
        let Ok(profile) = profile.clone().with_speed_kmh(metres_per_second * 3.6) else {
            continue; // every speed of the range is one
        };
        let impedance = Impedance::times(network, &profile)?;
        let engine = Engine::new(network, &impedance, &walker.snapped, trip);
        let swept = engine.travel_times(None, control)?;
        let within = minutes
            .iter()
            .map(|cutoff| people_within(*cutoff, swept.nearest(), &people));
        by_speed.push(AtSpeed {
            metres_per_second,
            within: within.collect(),
        });
    }
    let curve = |largest: Option<&Cutoff>, nearest: &[Option<NearestStation>]| -> Vec<AtCutoff> {
        let Some(largest) = largest else {
            return Vec::new();
        };
        let step = match largest.unit() {
            Unit::Milliseconds => 60_000,
            Unit::Millimetres => 100_000,
        };
        let steps = largest.cost().saturating_mul(2).div_ceil(step);
        (1..=steps)
            .map(|number| {
                let cutoff = Cutoff::from_cost(number * step, largest.unit());
                AtCutoff {
                    cutoff,
                    within: people_within(cutoff, nearest, &people),
                }
            })
            .collect()
    };
    let mut by_cutoff = curve(minutes.last(), times);
    by_cutoff.extend(curve(metres.last(), lengths));
    Ok(Sensitivity {
        minutes: minutes.to_vec(),
        by_speed,
        by_cutoff,
        total: people.iter().copied().sum(),
    })
}
