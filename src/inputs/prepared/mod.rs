//! Prepared network files: what was read of a network once, to be opened again in milliseconds.

mod file;
mod notes;
mod provenance;

pub(crate) use file::prepared_size;
pub(super) use file::read_prepared;
pub use provenance::{PreparedFrom, Provenance};
