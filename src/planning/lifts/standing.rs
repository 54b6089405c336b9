//! Where a stairwell stands on the way to a lift.

use super::{LiftPolicy, LiftState};
use crate::model::Lift;

/// Where a stairwell stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum LiftStatus {
    /// It has a lift.
    Built,
    /// One is being built.
    UnderWay,
    /// Everything that the policy asks is known and met.
    Ready,
    /// Nothing speaks against it, but something is not known or not yet met.
    Open,
    /// Something speaks against it.
    Refused,
}

impl LiftStatus {
    /// All, in their order.
    pub const ALL: [LiftStatus; 5] = [
        LiftStatus::Built,
        LiftStatus::UnderWay,
        LiftStatus::Ready,
        LiftStatus::Open,
        LiftStatus::Refused,
    ];

    /// Its name in files: `built`, `under_way`, `ready`, `open`, `refused`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            LiftStatus::Built => "built",
            LiftStatus::UnderWay => "under_way",
            LiftStatus::Ready => "ready",
            LiftStatus::Open => "open",
            LiftStatus::Refused => "refused",
        }
    }

    /// Whether a lift may be chosen for it.
    #[must_use]
    pub const fn may_be_chosen(self) -> bool {
        matches!(self, LiftStatus::Ready | LiftStatus::Open)
    }
}

/// Where a stairwell stands, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LiftStanding {
    /// Where.
    pub status: LiftStatus,
    /// The conditions that speak against it, by their place in the policy.
    pub against: Vec<usize>,
    /// The conditions that are not known, or not yet met.
    pub missing: Vec<usize>,
    /// Whether its stage says that a lift runs and its lift that there is none, or the other way round.
    pub contradicts: bool,
}

impl LiftStanding {
    /// Of a stairwell with this lift at this stage, where each of the policy's conditions is met, not met or not known.
    ///
    /// The lift decides what is walked today; the stage decides whether one may be chosen.
    #[must_use]
    pub fn new(
        policy: &LiftPolicy,
        lift: Option<Lift>,
        stage: Option<usize>,
        conditions: &[Option<bool>],
    ) -> Self {
        let state = stage.map(|stage| policy.stages[stage].state);
        let has_lift = lift.map(|lift| lift != Lift::None);
        let (mut against, mut missing) = (Vec::new(), Vec::new());
        for (place, (condition, met)) in policy.conditions.iter().zip(conditions).enumerate() {
            // Before the end of its stage, votes may still come in.
            let is_early = condition
                .settled_by
                .is_some_and(|by| stage.is_none_or(|stage| stage <= by));
            match met {
                Some(true) => {}
                Some(false) if !is_early => against.push(place),
                _ => missing.push(place),
            }
        }
        let status = match (has_lift, state) {
            (Some(true), _) | (None, Some(LiftState::Built)) => LiftStatus::Built,
            (_, Some(LiftState::UnderWay | LiftState::Built)) => LiftStatus::UnderWay,
            _ if !against.is_empty() => LiftStatus::Refused,
            _ if !missing.is_empty() => LiftStatus::Open,
            _ => LiftStatus::Ready,
        };
        let contradicts = matches!(
            (has_lift, state),
            (Some(true), Some(LiftState::Prepared)) | (Some(false), Some(LiftState::Built))
        );
        Self {
            status,
            against,
            missing,
            contradicts,
        }
    }
}
