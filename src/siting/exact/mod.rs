//! One solver for all problems: it maximises what clients save at the best of their chosen sites.

mod branch;
mod cover;
mod coverage;
mod dominated;
mod dual;
mod instance;
mod kernel;
mod limits;
mod packing;
mod part;
mod primal;
mod select;
mod simplex;
mod solve;
#[cfg(test)]
mod solve_tests;

pub(crate) use dominated::dominated;
pub(crate) use instance::{Instance, Saving};
pub(crate) use limits::{Limits, ModeLimit};
pub(crate) use solve::{Outcome, Task, solve};
