//! What cells say of services.

use super::services_in;
use crate::text::plain::{letters, yes_or_no};

/// The services that a cell names; none where it says that there are none, and `None` where it names nothing.
pub(crate) fn services_of(cell: &str) -> Option<Vec<String>> {
    match yes_or_no(cell) {
        Some(false) => Some(Vec::new()),
        Some(true) => None,
        None => Some(services_in(cell)).filter(|services| !services.is_empty()),
    }
}

/// The services that cells name, each once.
pub(crate) fn offered_in(cells: &[String]) -> Vec<String> {
    let mut offered: Vec<String> = Vec::new();
    for service in cells.iter().filter_map(|cell| services_of(cell)).flatten() {
        if offered
            .iter()
            .all(|known| letters(known) != letters(&service))
        {
            offered.push(service);
        }
    }
    offered
}
