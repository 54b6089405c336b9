//! The service circle as planners practise it, in one call: what an analysis is asked beside coverage.

mod ask;
mod asking;
mod cells;
mod clauses;
mod communities;
mod days;
mod hours;
mod kinds;
mod membership;
mod plan;
mod rules;
mod stations;
mod supply;

pub(crate) use hours::ServiceHoursQuestion;
#[cfg(feature = "hours")]
pub(crate) use hours::{ServiceHours, ServicesAsked};
