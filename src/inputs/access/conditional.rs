//! Tags that hold at some hours only: `foot:conditional=no @ (22:00-06:00)`, and the `opening_hours` of a gate.
//!
//! # Source
//! The OpenStreetMap wiki's pages on conditional restrictions (`value @ (condition); value @ (condition)`, the last one that
//! holds counts) and on `opening_hours`.

use super::{Tags, condition, node_condition};
use crate::hours::{TimeOfWeek, is_open_at};

/// What the hours of a way or node do to who walks there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::inputs) struct AtTimes {
    /// The first tag that holds at some hours only.
    pub(in crate::inputs) tag: String,
    /// Whether it is obeyed: a condition that is not understood, or asks for more than the time of the week, is not.
    pub(in crate::inputs) is_obeyed: bool,
}

/// The tags of a way or node as they hold at a time.
#[derive(Clone, Debug)]
pub(in crate::inputs) struct HeldTags<'a> {
    pairs: Option<Vec<(&'a str, &'a str)>>,
    plain: Tags<'a>,
    pub(in crate::inputs) at_times: Option<AtTimes>,
}

/// How keys end whose values hold at times only.
const CONDITIONAL: &str = ":conditional";

/// Keys of `foot`, which the hours of a whole way or gate go before.
const FOOT: [&str; 4] = ["foot", "foot:forward", "foot:backward", "foot:both_ways"];

impl<'a> HeldTags<'a> {
    /// The tags as they hold at a time of the week.
    pub(in crate::inputs) fn new(plain: Tags<'a>, at: TimeOfWeek) -> Self {
        let Some((key, value)) = condition(plain) else {
            return Self {
                pairs: None,
                plain,
                at_times: None,
            };
        };
        let pairs = held(plain, at);
        Self {
            plain,
            at_times: Some(AtTimes {
                tag: format!("{key}={value}"),
                is_obeyed: pairs.is_some(),
            }),
            pairs,
        }
    }

    /// The same of a node on a way: beside a shop or a stop, hours are those of that.
    pub(in crate::inputs) fn of_node(plain: Tags<'a>, at: TimeOfWeek) -> Self {
        if node_condition(plain).is_some() {
            return Self::new(plain, at);
        }
        Self {
            pairs: None,
            plain,
            at_times: None,
        }
    }

    /// The tags.
    pub(in crate::inputs) fn tags(&self) -> Tags<'_> {
        self.pairs.as_deref().map_or(self.plain, Tags)
    }
}

/// The plain tags that hold at a time; `None` where one of the others is not understood.
pub(super) fn held(tags: Tags<'_>, at: TimeOfWeek) -> Option<Vec<(&str, &str)>> {
    let mut pairs = tags.0.to_vec();
    for (key, value) in tags.0 {
        if let Some(plain) = key.strip_suffix(CONDITIONAL) {
            if let Some(value) = value_at(value, at).ok()? {
                pairs.retain(|(key, _)| *key != plain);
                pairs.push((plain, value));
            }
        } else if *key == "seasonal" && *value != "no" {
            return None;
        }
    }
    if let Some(hours) = tags.get("opening_hours")
        && !is_open_at(hours, at)?
    {
        pairs.retain(|(key, _)| !FOOT.contains(key));
        pairs.push(("foot", "no"));
    }
    Some(pairs)
}

/// All hours that tags name.
pub(super) fn hours_of(tags: Tags<'_>) -> Vec<&str> {
    let mut hours: Vec<&str> = tags.get("opening_hours").into_iter().collect();
    for (_, conditions) in tags.0.iter().filter(|(key, _)| key.ends_with(CONDITIONAL)) {
        hours.extend(clauses(conditions).filter_map(|clause| Some(parts(clause)?[1])));
    }
    hours
}

/// The value of a clause, and the hours at which it holds.
fn parts(clause: &str) -> Option<[&str; 2]> {
    let (value, hours) = clause.split_once('@')?;
    let hours = hours.trim();
    let inner = hours
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'));
    Some([value.trim(), inner.unwrap_or(hours)])
}

/// A condition that is no hours, or asks for more than a time of the week.
struct NotHours;

/// The value that holds at a time, where one does.
fn value_at(conditions: &str, at: TimeOfWeek) -> Result<Option<&str>, NotHours> {
    let mut holds = None;
    for clause in clauses(conditions) {
        let [value, hours] = parts(clause).ok_or(NotHours)?;
        if is_open_at(hours, at).ok_or(NotHours)? {
            holds = Some(value);
        }
    }
    Ok(holds)
}

/// The clauses between semicolons outside of brackets.
fn clauses(conditions: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0_i32;
    let parts = conditions.split(move |letter| {
        match letter {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        letter == ';' && depth <= 0
    });
    parts.map(str::trim).filter(|clause| !clause.is_empty())
}

#[cfg(all(test, feature = "hours"))]
mod tests {
    use super::*;

    fn held_at<'a>(pairs: &'a [(&'a str, &'a str)], at: &str) -> (Option<&'a str>, bool) {
        let held = HeldTags::new(Tags(pairs), at.parse().expect("a time"));
        let foot = held.tags().get("foot").map(str::to_owned);
        let mut of_pairs = ["yes", "no", "private", "customers"].into_iter();
        let foot = foot.and_then(|foot| of_pairs.find(|word| *word == foot));
        (
            foot,
            held.at_times.is_some_and(|at_times| at_times.is_obeyed),
        )
    }

    #[test]
    fn the_last_condition_that_holds_counts_and_hours_close_what_they_are_said_of() {
        let night = [("foot", "yes"), ("foot:conditional", "no @ (22:00-06:00)")];
        assert_eq!(held_at(&night, "Tue 10:00"), (Some("yes"), true));
        assert_eq!(held_at(&night, "Tue 23:00"), (Some("no"), true));
        assert_eq!(held_at(&night, "Wed 5:59"), (Some("no"), true));
        assert_eq!(held_at(&night, "Wed 6:00"), (Some("yes"), true));
        let both = [(
            "foot:conditional",
            "no @ (Mo-Fr 09:00-17:00; We off); private @ (Tu 10:00-11:00)",
        )];
        assert_eq!(held_at(&both, "Mon 10:00"), (Some("no"), true));
        assert_eq!(held_at(&both, "Tue 10:00"), (Some("private"), true));
        assert_eq!(held_at(&both, "Wed 10:00"), (None, true));
        let gate = [
            ("barrier", "gate"),
            ("foot", "yes"),
            ("opening_hours", "Mo-Su 06:30-21:00"),
        ];
        assert_eq!(held_at(&gate, "Tue 10:00"), (Some("yes"), true));
        assert_eq!(held_at(&gate, "Tue 22:00"), (Some("no"), true));
        let open = [("foot:conditional", "yes @ 08:00-18:00")];
        assert_eq!(held_at(&open, "Tue 10:00"), (Some("yes"), true));
    }

    #[test]
    fn a_condition_that_asks_for_more_than_the_time_is_not_obeyed() {
        for value in [
            "no @ (wet)",
            "no @ (May - June)",
            "no @ sunset-sunrise",
            "no",
            "no @",
            "@",
            "no @ (22:00-06:00); yes @ snow",
        ] {
            let pairs = [("foot", "yes"), ("foot:conditional", value)];
            assert_eq!(
                held_at(&pairs, "Tue 23:00"),
                (Some("yes"), false),
                "{value}"
            );
        }
        let seasonal = [("foot", "yes"), ("seasonal", "winter")];
        assert_eq!(held_at(&seasonal, "Tue 23:00"), (Some("yes"), false));
        assert_eq!(
            held_at(&[("foot", "yes")], "Tue 23:00"),
            (Some("yes"), false)
        );
    }
}
