//! Opening hours as offices write them, put into OpenStreetMap's grammar: 周一至周五 8:30-12:00，14:30-18:00（节假日除外）, Mon-Fri
//! 9am-5pm, daily 8:00-20:00. What is not understood to its last letter is not read at all.

mod clauses;
mod tokens;

use clauses::Clauses;
use tokens::tokens_of;

/// The hours of a cell in OpenStreetMap's grammar; `None` where some of it is not understood, or may mean several things.
pub(super) fn in_osm_grammar(cell: &str) -> Option<String> {
    let clauses = Clauses::from_tokens(tokens_of(cell)?)?;
    clauses.rules()
}
