//! Where to build: which candidates serve most people, or all of them, within a number of sites or a budget, with a certificate of
//! how good the choice is.

mod asked;
#[cfg(all(test, feature = "solver"))]
mod capacity_tests;
mod clients;
mod cover;
mod crowd;
mod crowded;
mod divisor;
#[cfg(test)]
mod drawn;
mod error;
mod exact;
mod fairness;
mod limits;
mod money;
mod order;
mod problem;
#[cfg(feature = "solver")]
mod program;
mod reach;
mod result;
#[cfg(test)]
mod siting_tests;
mod solve;
mod watch;
#[cfg(test)]
mod wishes_tests;
mod years;

pub use error::SitingError;
pub use fairness::{Communities, Fairness, Floor};
pub use money::{Money, ParseMoneyError};
pub use problem::{Goal, ModeLimit, Problem, Site};
pub use reach::Reach;
pub use result::{Amount, ChosenSite, Siting};
pub use watch::Stopped;
pub use years::YearBudget;
