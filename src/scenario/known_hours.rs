//! Who knows when the stations of a city are open.

use std::fmt;

use crate::error::EditMistake;
use crate::text::language::Words;

/// Knows when the stations of a city are open.
pub(crate) trait KnownHours: fmt::Debug {
    /// What other hours of a station, or of one of its services, change of what is asked about.
    fn change(
        &self,
        id: &str,
        service: Option<&str>,
        opening_hours: &str,
    ) -> Result<HoursChange, EditMistake>;
}

/// What other hours change.
pub(crate) struct HoursChange {
    /// Whether they are others than those before.
    pub(crate) is_other: bool,
    /// From what to what, or why nothing changes.
    pub(crate) found: Words,
}
