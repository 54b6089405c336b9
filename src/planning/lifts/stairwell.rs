//! A stairwell of the programme: what is known of it, what a lift would bring, and when one comes.

use geo_types::Coord;

use super::{Funding, LiftBenefit, LiftStanding, Quarter};
use crate::model::Lift;
use crate::units::People;

/// A stairwell of the programme.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct LiftStairwell {
    /// Its id, in its building.
    pub id: String,
    /// The building; blank where the table names none.
    pub building: String,
    /// The subdistrict, where the table says it.
    pub street: Option<String>,
    /// The community, where the table says it; else the area of those who live there.
    pub community: Option<String>,
    /// Where it stands in its table: file and line.
    pub source: String,
    /// Where those who live there join their streets: the first of them.
    pub place: Option<Coord<f64>>,
    /// Its storeys.
    pub storeys: Option<u8>,
    /// Its households.
    pub households: Option<u32>,
    /// The lift that it has.
    pub lift: Option<Lift>,
    /// Where the lift would stop that it may get.
    pub entry: Lift,
    /// Its stage, by its place in the policy.
    pub stage: Option<usize>,
    /// Who is responsible, where the table says it.
    pub responsible: Option<String>,
    /// Who pays for its lift.
    pub funding: Funding,
    /// Where it stands.
    pub standing: LiftStanding,
    /// The people who live behind it.
    pub people: People,
    /// Those of them of whom it is not known whether a lift would help: their storey is not known, or whether there is one.
    pub not_known: People,
    /// Those of them who reach their flats without a step today.
    pub step_free: People,
    /// What a lift would bring to everybody, and then to each group.
    pub benefits: Vec<LiftBenefit>,
    /// When it gets one, where it was chosen.
    pub planned: Option<PlannedLift>,
}

/// When a lift comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PlannedLift {
    /// Its place in the plan, from 1.
    pub rank: usize,
    /// The quarter in which building begins, where there are quarters.
    pub begins: Option<Quarter>,
    /// The quarter from which on it runs.
    pub runs: Option<Quarter>,
}

impl PlannedLift {
    /// The lift of this rank that is begun so many quarters after the first one, and takes so many months to build.
    #[must_use]
    pub fn new(rank: usize, from: Option<Quarter>, begins: u32, months: u32) -> Self {
        let quarter = |after: u32| from.map(|from| from.after(after));
        Self {
            rank,
            begins: quarter(begins),
            runs: quarter(begins + months.div_ceil(3)),
        }
    }
}

impl LiftStairwell {
    /// What a lift would bring to everybody.
    #[must_use]
    pub fn benefit(&self) -> LiftBenefit {
        self.benefits.first().copied().unwrap_or_default()
    }
}
