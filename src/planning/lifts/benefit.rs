//! What a lift brings to those who live behind it.

use crate::units::People;

/// What a lift brings to those who live in its stairwell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct LiftBenefit {
    /// The people who live above the first storey.
    pub people: People,
    /// The people who are covered with the lift, and are not without.
    pub newly_covered: People,
    /// What all who can take stairs save on one way down and one way up, in milliseconds times thousandths of people.
    pub saved: u128,
    /// The people who cannot leave their homes without it, and can with it.
    pub freed: People,
    /// The people who reach their flats without a step with it, and not without.
    pub step_free: People,
}

impl LiftBenefit {
    /// The minutes that all together save on one way down and one way up.
    ///
    /// ```
    /// use pedshed::planning::lifts::LiftBenefit;
    /// let mut benefit = LiftBenefit::default();
    /// benefit.saved = 90_000 * 4_000; // 90 s for each of four people
    /// assert_eq!(benefit.person_minutes(), 6.0);
    /// ```
    #[must_use]
    pub fn person_minutes(&self) -> f64 {
        self.person_milliminutes() as f64 / 1e3
    }

    /// The same in whole thousandths.
    pub(crate) fn person_milliminutes(&self) -> u64 {
        u64::try_from(self.saved / 60_000).unwrap_or(u64::MAX)
    }
}

/// What a lift is chosen by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum LiftGoal {
    /// The minutes that all together save.
    #[default]
    Minutes,
    /// The people who are covered with it alone.
    Covered,
    /// The people who reach their flats without a step with it alone.
    StepFree,
}

impl LiftGoal {
    /// All, in the order in which they are listed.
    pub const ALL: [LiftGoal; 3] = [LiftGoal::Minutes, LiftGoal::Covered, LiftGoal::StepFree];

    /// Its name: `minutes`, `covered`, `step-free`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            LiftGoal::Minutes => "minutes",
            LiftGoal::Covered => "covered",
            LiftGoal::StepFree => "step-free",
        }
    }

    /// What a lift is worth by it, in thousandths of a minute or of a person.
    #[must_use]
    pub fn worth(self, benefit: &LiftBenefit) -> u64 {
        match self {
            LiftGoal::Minutes => benefit.person_milliminutes(),
            LiftGoal::Covered => benefit.newly_covered.thousandths(),
            LiftGoal::StepFree => benefit.step_free.thousandths(),
        }
    }
}

impl std::ops::AddAssign for LiftBenefit {
    fn add_assign(&mut self, other: Self) {
        self.people += other.people;
        self.newly_covered += other.newly_covered;
        self.saved += other.saved;
        self.freed += other.freed;
        self.step_free += other.step_free;
    }
}
