//! What nearly every program that holds a [`City`] names: the city, what is put into it, what is asked, and who answers are about.

pub use crate::city::City;
pub use crate::control::Control;
pub use crate::id::{EdgeId, ResidentId, StationId};
pub use crate::model::{Resident, Station};
pub use crate::units::Cutoff;
