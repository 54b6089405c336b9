//! The service that scenarios are about.

use crate::model::Station;
use crate::text::plain::letters;

/// The service that scenarios ask about: the stations of their city are those that offer it.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct AskedService<'a> {
    /// What it is called. Names that differ only in width, case, spaces and punctuation are one service.
    pub name: &'a str,
    /// The rows of the stations that stand and do not offer it, or of which nobody says that they do.
    pub others: &'a [Station],
}

impl<'a> AskedService<'a> {
    /// A service, and the stations that do not offer it.
    #[must_use]
    pub const fn new(name: &'a str, others: &'a [Station]) -> Self {
        Self { name, others }
    }

    /// Whether a list of services names it.
    pub(super) fn is_among(&self, services: &[String]) -> bool {
        let name = letters(self.name);
        services.iter().any(|service| letters(service) == name)
    }
}
