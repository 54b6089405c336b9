//! `index.html`.

use std::io;

use super::ScenarioReport;
use crate::report::page::{ScenePage, write_scenarios};

impl ScenarioReport<'_> {
    /// Writes `index.html`: all of them on one map. The first scene is the city as it is.
    ///
    /// # Errors
    /// What the writer says.
    pub(crate) fn write_page(
        &self,
        scenes: &[ScenePage<'_>],
        writer: impl io::Write,
    ) -> io::Result<()> {
        write_scenarios(scenes, self, writer)
    }
}
