//! The minutes of a week.

/// The minutes of a week.
pub const WEEK: u16 = 7 * 24 * 60;

/// When something is open in a week: minutes after the beginning of Monday. What is open over the end of Sunday is so at the
/// beginning of Monday too.
///
/// ```
/// use pedshed::hours::WeekHours;
/// // From 8:30 to 12:00 on Monday, and on until 13:00.
/// let hours = WeekHours::from_spans([[510, 720], [720, 780]]);
/// assert_eq!(hours.spans(), [[510, 780]]);
/// assert_eq!(hours.minutes(), 270);
/// assert!(hours.is_open(510) && !hours.is_open(780));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct WeekHours {
    /// From which minute to before which, in order, without overlap.
    spans: Vec<[u16; 2]>,
}

impl WeekHours {
    /// Never open.
    #[must_use]
    pub fn never() -> Self {
        Self::default()
    }

    /// Open all week.
    #[must_use]
    pub fn always() -> Self {
        Self::from_spans([[0, WEEK]])
    }

    /// Open from the first minute of each span to before its second. What is beyond the week does not count.
    #[must_use]
    pub fn from_spans(spans: impl IntoIterator<Item = [u16; 2]>) -> Self {
        let within = spans.into_iter().map(|span| span.map(|end| end.min(WEEK)));
        let mut sorted: Vec<[u16; 2]> = within.filter(|[begins, ends]| begins < ends).collect();
        sorted.sort_unstable();
        let mut spans: Vec<[u16; 2]> = Vec::new();
        for [begins, ends] in sorted {
            match spans.last_mut() {
                Some(last) if begins <= last[1] => last[1] = last[1].max(ends),
                _ => spans.push([begins, ends]),
            }
        }
        Self { spans }
    }

    /// From which minute to before which it is open, in order; two spans do not touch.
    #[must_use]
    pub fn spans(&self) -> &[[u16; 2]] {
        &self.spans
    }

    /// For how many minutes of the week.
    #[must_use]
    pub fn minutes(&self) -> u16 {
        self.spans.iter().map(|[begins, ends]| ends - begins).sum()
    }

    /// Whether it is open in a minute of the week.
    #[must_use]
    pub fn is_open(&self, minute: u16) -> bool {
        let begun = self.spans.partition_point(|[begins, _]| *begins <= minute);
        begun > 0 && minute < self.spans[begun - 1][1]
    }
}

/// When something is open, as far as that is known.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct OpenTimes {
    /// When it is known to be open.
    pub certain: WeekHours,
    /// When it is not known to be closed: these times, and those of which nothing is known.
    pub possible: WeekHours,
}

impl OpenTimes {
    /// Open at these times and closed at all others.
    #[must_use]
    pub fn known(hours: WeekHours) -> Self {
        Self {
            certain: hours.clone(),
            possible: hours,
        }
    }

    /// Nothing is known.
    #[must_use]
    pub fn unknown() -> Self {
        Self {
            certain: WeekHours::never(),
            possible: WeekHours::always(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_sorted_merged_and_cut_to_the_week() {
        let hours =
            WeekHours::from_spans([[600, 700], [100, 200], [650, 800], [9, 9], [10_000, 20_000]]);
        assert_eq!(hours.spans(), [[100, 200], [600, 800], [10_000, WEEK]]);
        assert_eq!(hours.minutes(), 100 + 200 + 80);
        let open = (0..WEEK).filter(|minute| hours.is_open(*minute)).count();
        assert_eq!(open, 380);
        assert!(!hours.is_open(WEEK));
        assert_eq!(WeekHours::always().minutes(), 10_080);
        assert_eq!(WeekHours::never().minutes(), 0);
    }
}
