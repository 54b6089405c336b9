//! The parts of a run.

/// The parts of a run beside coverage itself. None by default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a part of the work that is wanted or not"
)]
pub struct Parts {
    /// The ground within each cutoff.
    pub isochrones: bool,
    /// The streets within each cutoff.
    pub streets: bool,
    /// What the walls cost, where there are any.
    pub wall_costs: bool,
    /// Where people are left out.
    pub gaps: GapsPart,
    /// What is asked beside coverage, where something is.
    pub provision: bool,
    /// A walk from each of the first gaps, which the page shows where something is asked beside coverage.
    pub gap_walks: bool,
}

/// What is wanted of gaps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GapsPart {
    /// Nothing.
    #[default]
    None,
    /// Rows of a table.
    Listed,
    /// These, and the ground that they cover.
    Drawn,
}
