//! Lifts for old houses (既有住宅加装电梯): which stairwells may have one, what each would bring to whom, which are built first, and
//! who pays.

mod benefit;
mod choice;
#[cfg(test)]
mod choice_tests;
mod condition;
mod funding;
mod policy;
mod quarter;
#[cfg(feature = "config")]
mod read;
mod stairwell;
mod standing;

pub use benefit::{LiftBenefit, LiftGoal};
pub use choice::{ChosenLift, LiftCandidate, LiftChoice, LiftLimits, LiftSeason};
pub use condition::{Condition, Requirement};
pub use funding::{Funding, OwnersShares, Payer};
pub use policy::{LiftPolicy, LiftStage, LiftState};
pub use quarter::{ParseQuarterError, Quarter};
pub use stairwell::{LiftStairwell, PlannedLift};
pub use standing::{LiftStanding, LiftStatus};
