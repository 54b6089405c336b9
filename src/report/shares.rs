//! People and shares as numbers of JSON and as cells of tables.

use serde_json::{Number, Value};

use crate::planning::indicators::Share;
use crate::planning::register::Proportion;
use crate::units::People;

/// People as a JSON number: an integer where they are whole.
pub(super) fn people(people: People) -> Value {
    if people.thousandths().is_multiple_of(1000) {
        Value::from(people.thousandths() / 1000)
    } else {
        Number::from_f64(people.as_f64()).map_or(Value::Null, Value::Number)
    }
}

/// A share of people to six decimals.
pub(super) fn share(part: People, whole: People) -> Value {
    Value::from((part.share_of(whole) * 1e6).round() / 1e6)
}

/// A share in percent with two decimals; empty over nobody.
pub(super) fn percent(part: People, whole: People) -> String {
    share_percent(Share {
        within: part.thousandths(),
        all: whole.thousandths(),
    })
}

/// The same of any things; empty of none.
pub(super) fn share_percent(share: Share) -> String {
    if share.all == 0 {
        return String::new();
    }
    share.percent().to_string()
}

/// A share of things in percent with two decimals; empty of none.
pub(super) fn proportion(part: Proportion) -> String {
    share_percent(Share {
        within: part.met,
        all: part.all,
    })
}
