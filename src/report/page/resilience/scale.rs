//! How much a closing costs, in colours: by powers of ten of the people who lose the service.

use super::words::Words;
use crate::report::page::html::Html;
use crate::resilience::Loss;
use crate::units::People;

/// The classes of a style sheet, from what costs most to what costs nobody the service.
const CLASSES: [&str; 4] = ["l0", "l1", "l2", "l3"];

/// Where classes part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Scale {
    /// From so many people on a closing is of the first class: the largest power of ten that is reached. From a tenth on it is of the
    /// second.
    first: u64,
}

impl Scale {
    /// For losses of which this is the largest.
    pub(super) fn new(most: People) -> Self {
        let most = most.thousandths() / 1000;
        Self {
            first: most.checked_ilog10().map_or(1, |power| 10u64.pow(power)),
        }
    }

    /// The class of a loss.
    pub(super) fn class(self, loss: &Loss) -> &'static str {
        let lost = loss.lost.people;
        let class = if lost >= whole(self.first) {
            0
        } else if self.first >= 100 && lost >= whole(self.first / 10) {
            1
        } else if lost > People::ZERO {
            2
        } else {
            3
        };
        CLASSES[class]
    }

    /// What the colours mean, and the shapes.
    pub(super) fn legend(self, words: &Words, html: &mut Html) {
        let people = |number: u64| words.language.whole(number);
        let has_second = self.first >= 100;
        let last = if has_second {
            self.first / 10
        } else {
            self.first
        };
        let mut means = vec![(0, words.from(&people(self.first)))];
        if has_second {
            means.push((1, words.from(&people(last))));
        }
        means.push((2, words.fewer(&people(last))));
        means.push((3, words.legend_longer.to_owned()));
        for (class, what) in means {
            let class = CLASSES[class];
            let drawing = format!("<rect class=\"{class}\" width=\"20\" height=\"14\"/>");
            html.legend_item("of-shuts", &drawing, &what);
        }
        html.legend_item(
            "of-shuts",
            "<circle class=\"l3\" cx=\"4\" cy=\"7\" r=\"5\"/><rect class=\"l3\" x=\"11\" y=\"2\" width=\"9\" height=\"9\" rx=\"2\"/>",
            words.legend_shapes,
        );
    }
}

fn whole(people: u64) -> People {
    People::from_thousandths(people.saturating_mul(1000))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coverage::Tally;

    #[test]
    fn classes_part_at_the_powers_of_ten_that_are_reached() {
        let class = |most: u64, lost: u64| {
            let mut tally = Tally::default();
            tally.add(whole(lost));
            let loss = Loss {
                lost: tally,
                ..Loss::default()
            };
            Scale::new(whole(most)).class(&loss)
        };
        assert_eq!(
            [1554, 1000, 999, 100, 99, 1, 0].map(|lost| class(1554, lost)),
            ["l0", "l0", "l1", "l1", "l2", "l2", "l3"]
        );
        // Of small numbers there are no more than three.
        assert_eq!(
            [30, 10, 9, 0].map(|lost| class(30, lost)),
            ["l0", "l0", "l2", "l3"]
        );
        assert_eq!([1, 0].map(|lost| class(1, lost)), ["l0", "l3"]);
        assert_eq!(class(0, 0), "l3");
    }
}
