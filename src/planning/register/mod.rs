//! The register of facilities against the list of communities: what is missing, double, in the wrong place or not by the
//! rules. 建有率 (who has a centre at all) is one indicator; who reaches one on foot is another, and
//! [`coverage`](crate::coverage) answers that.

mod audit;
mod community;
mod comparison;
mod links;
mod matching;
mod presence;
mod sites;
mod station;

pub use crate::model::{Date, DateError};
pub use audit::{Audit, AuditCount, AuditItem, AuditRules, Failure, Shortfall};
pub use community::{Community, Street};
pub use comparison::{Completeness, Register, Requirement, WrongCommunity, YearEnd};
pub use links::{LinkFault, ParentLinks};
pub use matching::{Candidate, Matched};
pub use presence::{Has, Presence, Proportion};
pub use sites::{SameSite, Sites};
pub use station::RegisteredStation;
pub(crate) use station::is_open;
