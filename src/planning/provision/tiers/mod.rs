//! Tiers (层级): stations of one rank with a circle of their own, scored alone and together.
//!
//! The circles do not contain one another: each tier has facilities of its own, so each is asked about by itself
//! (GB 50180-2018 has it so for its circles of 15, 10 and 5 minutes).

#[cfg(feature = "isochrone")]
mod ground;
#[cfg(feature = "report")]
mod table;

use super::{Nearest, StationGroup, Survey};
use crate::control::{Cancelled, Control};
use crate::id::ResidentId;
use crate::text::language::Words;
use crate::units::{Cutoff, People, Unit};
#[cfg(feature = "isochrone")]
pub(crate) use ground::{TierGround, TierMap};

/// A tier as it is asked about.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct TierCircle {
    /// Its name in files.
    pub key: String,
    /// The number of the clause that asks for it.
    pub clause: String,
    /// Its name for people.
    pub name: Words,
    /// Its stations.
    pub stations: StationGroup,
    /// Its circle in minutes.
    pub minutes: Option<Cutoff>,
    /// Its circle in metres of walking; also the radius of the straight line beside it.
    pub metres: Option<Cutoff>,
    /// Which of the two decides, where both are there.
    pub decides: Unit,
    /// The share of people that is to be within.
    pub target: Option<f64>,
}

impl TierCircle {
    /// The circle that decides who is within: the only one, or the one that [`TierCircle::decides`] names.
    #[must_use]
    pub(crate) fn deciding(&self) -> Option<Cutoff> {
        match self.decides {
            Unit::Milliseconds => self.minutes.or(self.metres),
            Unit::Millimetres => self.metres.or(self.minutes),
        }
    }
}

/// A level that tiers are rolled up to: a subdistrict or community of every resident.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Level {
    /// Its name in files: `street`, `community`.
    pub key: String,
    /// The names of its units.
    pub units: Vec<String>,
    /// The unit of every resident, in input order.
    pub of: Vec<Option<u32>>,
}

/// Who is within one tier's circle.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct TierCoverage {
    /// What was asked.
    pub tier: TierCircle,
    /// The people within its minutes of walking.
    pub within_minutes: Option<People>,
    /// The people within its metres of walking.
    pub within_metres: Option<People>,
    /// The people within a straight line of so many metres.
    pub within_straight: Option<People>,
    /// The people within the circle that decides.
    pub within: People,
    /// The people within that circle of a station of their own community; none where that was not looked at.
    pub within_own: Option<People>,
    /// The people within that circle of a station that complies in everything it is held to; none where nothing was audited.
    pub within_compliant: Option<People>,
    /// By level, then unit: all people and those within.
    pub rolled_up: Vec<Vec<(People, People)>>,
    /// By resident, whether the circle that decides holds them.
    pub is_within: Vec<bool>,
    /// The people within so many parts of twice the circle that decides, from none to all of
    /// them; empty where stations of other communities do not count.
    pub by_walk: Vec<People>,
}

impl TierCoverage {
    /// In so many steps [`TierCoverage::by_walk`] goes up to twice the circle; its middle one is the circle.
    pub(crate) const CURVE_STEPS: u64 = 60;

    /// Takes over who is within by another rule.
    pub(crate) fn set_within(&mut self, is_within: Vec<bool>, people: &[People], levels: &[Level]) {
        let each = people.iter().zip(&is_within);
        let within = each.filter(|(_, is_within)| **is_within);
        self.within = within.map(|(people, _)| *people).sum();
        self.rolled_up = levels
            .iter()
            .map(|level| level.roll_up(people, &is_within))
            .collect();
        self.is_within = is_within;
        self.by_walk.clear();
    }

    /// Whether the target is met; `None` without one.
    #[must_use]
    pub fn meets_target(&self, total: People) -> Option<bool> {
        let target = self.tier.target?;
        Some(self.within.share_of(total) >= target)
    }
}

/// All tiers.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Tiers {
    /// In the order asked.
    pub list: Vec<TierCoverage>,
    /// The levels that they are rolled up to.
    pub levels: Vec<Level>,
    /// All people.
    pub total: People,
    /// The people within the circle of every tier.
    pub within_every: People,
    /// The people within the circle of any tier.
    pub within_any: People,
}

impl Tiers {
    /// Asks about every tier.
    ///
    /// # Errors
    /// [`Cancelled`].
    ///
    /// # Complexity
    /// Two sweeps of the network for each tier.
    pub fn new(
        survey: &Survey<'_>,
        tiers: Vec<TierCircle>,
        levels: Vec<Level>,
        control: Control<'_>,
    ) -> Result<Self, Cancelled> {
        let people = survey.city().people();
        let mut list = Vec::with_capacity(tiers.len());
        for tier in tiers {
            let nearest = survey.nearest(&tier.stations, control)?;
            let straight = tier
                .metres
                .map(|metres| survey.straight(&tier.stations, metres.value()));
            list.push(score(tier, &nearest, straight.as_deref(), &people, &levels));
        }
        let mut tiers = Self {
            total: people.iter().copied().sum(),
            list,
            levels,
            ..Self::default()
        };
        tiers.count_together(&people);
        Ok(tiers)
    }

    /// Counts who is within the circle of every tier, and of any.
    pub(crate) fn count_together(&mut self, people: &[People]) {
        let list = &self.list;
        let together = |is_within: &dyn Fn(usize) -> bool| -> People {
            let each = people.iter().enumerate();
            each.filter(|(resident, _)| is_within(*resident))
                .map(|(_, people)| *people)
                .sum()
        };
        let within = |resident: usize| {
            list.iter()
                .map(move |tier: &TierCoverage| tier.is_within[resident])
        };
        let within_every = together(&|resident| within(resident).all(|is_within| is_within));
        let within_any = together(&|resident| within(resident).any(|is_within| is_within));
        (self.within_every, self.within_any) = if list.is_empty() {
            (People::ZERO, People::ZERO)
        } else {
            (within_every, within_any)
        };
    }
}

fn score(
    tier: TierCircle,
    nearest: &Nearest,
    straight: Option<&[bool]>,
    people: &[People],
    levels: &[Level],
) -> TierCoverage {
    let within = |cutoff: Cutoff| -> Vec<bool> {
        (0..people.len() as u32)
            .map(|resident| nearest.is_within(ResidentId(resident), cutoff))
            .collect()
    };
    let sum = |is_within: &[bool]| -> People {
        let each = people.iter().zip(is_within);
        each.filter(|(_, is_within)| **is_within)
            .map(|(people, _)| *people)
            .sum()
    };
    let by_walk = tier.deciding().map(|cutoff| {
        let end = 2 * u64::from(cutoff.cost());
        let mut counts = vec![People::ZERO; TierCoverage::CURVE_STEPS as usize + 1];
        for (resident, people) in (0u32..).map(ResidentId).zip(people) {
            let Some(nearest) = nearest.of(resident, cutoff.unit()) else {
                continue;
            };
            // The first step that reaches so far.
            let step = (nearest.cost * TierCoverage::CURVE_STEPS).div_ceil(end.max(1));
            if let Some(count) = counts.get_mut(step as usize) {
                *count += *people;
            }
        }
        let mut sum = People::ZERO;
        for count in &mut counts {
            sum += *count;
            *count = sum;
        }
        counts
    });
    let is_within = tier
        .deciding()
        .map_or_else(|| vec![false; people.len()], within);
    TierCoverage {
        within_minutes: tier.minutes.map(|cutoff| sum(&within(cutoff))),
        within_metres: tier.metres.map(|cutoff| sum(&within(cutoff))),
        within_straight: straight.map(sum),
        within: sum(&is_within),
        within_own: None,
        within_compliant: None,
        rolled_up: levels
            .iter()
            .map(|level| level.roll_up(people, &is_within))
            .collect(),
        is_within,
        by_walk: by_walk.unwrap_or_default(),
        tier,
    }
}

impl Level {
    /// By unit all people and those who are within.
    #[must_use]
    pub(crate) fn roll_up(&self, people: &[People], is_within: &[bool]) -> Vec<(People, People)> {
        let mut sums = vec![(People::ZERO, People::ZERO); self.units.len()];
        for ((unit, people), is_within) in self.of.iter().zip(people).zip(is_within) {
            if let Some(unit) = unit {
                let (all, within) = &mut sums[*unit as usize];
                *all += *people;
                if *is_within {
                    *within += *people;
                }
            }
        }
        sums
    }
}
