//! When ways and gates open and close in a week: the states that a network goes through.

use std::collections::BTreeSet;

use super::Tags;
use super::conditional::{held, hours_of};
use crate::hours::{TimeOfWeek, WEEK, WeekHours, changes_of};
use crate::model::Date;

/// The tags of the ways and gates of a network that are open at some hours only, each set of them once. A network is read as at one
/// time of the week; at others it may be another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timetable(BTreeSet<Vec<(String, String)>>);

/// A state of a network that changes in the week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NetworkState {
    /// The times at which it is so.
    pub(crate) hours: WeekHours,
    /// One of them, at which it can be read.
    pub(crate) at: TimeOfWeek,
}

impl Timetable {
    /// Adds the tags of a way or gate.
    pub(in crate::inputs) fn add(&mut self, tags: Tags<'_>) {
        let owned = |(key, value): &(&str, &str)| ((*key).to_owned(), (*value).to_owned());
        self.0.insert(tags.0.iter().map(owned).collect());
    }

    /// Adds all of another one.
    pub(in crate::inputs) fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// The states in the week of a day, or in an ordinary one, in the order in which they come first: together they last all week.
    ///
    /// # Complexity
    /// Linear in the sets of tags times the stretches of the week in which none of them opens or closes.
    #[must_use]
    pub(crate) fn states(&self, day: Option<Date>) -> Vec<NetworkState> {
        let sets: Vec<Vec<(&str, &str)>> = self.0.iter().map(|set| borrowed(set)).collect();
        let hours = sets.iter().flat_map(|set| hours_of(Tags(set)));
        let mut ends: Vec<u16> = hours.flat_map(|hours| changes_of(hours, day)).collect();
        ends.extend([0, WEEK]);
        ends.sort_unstable();
        ends.dedup();
        let mut states: Vec<(Vec<_>, Vec<[u16; 2]>)> = Vec::new();
        for stretch in ends.windows(2) {
            let at = TimeOfWeek::at_minute(stretch[0], day);
            let now: Vec<_> = sets.iter().map(|set| held(Tags(set), at)).collect();
            let span = [stretch[0], stretch[1]];
            match states.iter_mut().find(|(state, _)| *state == now) {
                Some((_, spans)) => spans.push(span),
                None => states.push((now, vec![span])),
            }
        }
        let state = |(_, spans): (_, Vec<[u16; 2]>)| NetworkState {
            at: TimeOfWeek::at_minute(spans[0][0], day),
            hours: WeekHours::from_spans(spans),
        };
        states.into_iter().map(state).collect()
    }
}

fn borrowed(set: &[(String, String)]) -> Vec<(&str, &str)> {
    let pairs = set.iter();
    pairs
        .map(|(key, value)| (key.as_str(), value.as_str()))
        .collect()
}

#[cfg(all(test, feature = "hours"))]
mod tests {
    use super::*;

    #[test]
    fn a_week_is_parted_into_the_states_of_its_ways_and_gates() {
        let mut timetable = Timetable::default();
        assert_eq!(timetable.states(None).len(), 1);
        let gate = [("barrier", "gate"), ("opening_hours", "06:00-22:00")];
        let way = [
            ("foot", "yes"),
            ("foot:conditional", "no @ (Mo 08:00-09:00)"),
        ];
        timetable.add(Tags(&gate));
        timetable.add(Tags(&gate));
        timetable.add(Tags(&way));
        // Closed at night, open, and open but for the way on Monday.
        let states = timetable.states(None);
        let minutes: Vec<u16> = states.iter().map(|state| state.hours.minutes()).collect();
        assert_eq!(minutes, [7 * 8 * 60, 7 * 16 * 60 - 60, 60]);
        assert!(
            states
                .iter()
                .all(|state| state.hours.is_open(state.at.minute()))
        );
    }
}
