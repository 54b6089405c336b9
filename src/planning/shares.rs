//! People and shares as cells of tables and as numbers of JSON.

use serde_json::{Number, Value};

use super::indicators::Share;
use super::register::Proportion;
use crate::units::{People, Unit};

impl Share {
    /// The people of a part, of all.
    pub(crate) const fn of_people(part: People, whole: People) -> Self {
        Self {
            within: part.thousandths(),
            all: whole.thousandths(),
        }
    }

    /// In percent as tables have it, rounded half up: others add up what stands there. Empty of nothing.
    pub(crate) fn in_table(self) -> String {
        self.text(&self.percent())
    }

    /// In percent as people are told it: all and none are never rounded to. Empty of nothing.
    pub(crate) fn told(self) -> String {
        self.text(&self.shown())
    }

    fn text(self, percent: &impl ToString) -> String {
        if self.all == 0 {
            return String::new();
        }
        percent.to_string()
    }
}

impl From<Proportion> for Share {
    fn from(part: Proportion) -> Self {
        Self {
            within: part.met,
            all: part.all,
        }
    }
}

/// A share of people in percent as tables have it.
pub(crate) fn percent(part: People, whole: People) -> String {
    Share::of_people(part, whole).in_table()
}

/// People as a JSON number: an integer where they are whole.
pub(crate) fn people(people: People) -> Value {
    if people.thousandths().is_multiple_of(1000) {
        Value::from(people.thousandths() / 1000)
    } else {
        Number::from_f64(people.as_f64()).map_or(Value::Null, Value::Number)
    }
}

/// A share of people to six decimals.
pub(crate) fn share(part: People, whole: People) -> Value {
    Value::from((part.share_of(whole) * 1e6).round() / 1e6)
}

/// People-minutes as people-hours, rounded to the nearest thousandth.
pub(crate) fn people_hours(people_minutes: People) -> People {
    People::from_thousandths(people_minutes.thousandths().saturating_add(30) / 60)
}

/// The unit that a circle is given in.
pub(crate) const fn circle_unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Milliseconds => "minutes",
        Unit::Millimetres => "metres",
    }
}
