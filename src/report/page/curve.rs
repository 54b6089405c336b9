//! The share of people by how far they walk, as a curve.

use std::fmt::Write;

use super::html::{Html, put};
use super::words::Words;
use crate::units::{Cutoff, People};

/// Width and height of the curve's field, in its own units.
const FIELD: (f64, f64) = (440.0, 120.0);
/// Where the field begins, to leave room for the numbers beside it.
const CORNER: (f64, f64) = (40.0, 14.0);
/// Where it ends.
const BOTTOM: f64 = CORNER.1 + FIELD.1;
/// Steps of the curve.
const STEPS: u64 = 60;

/// The share of people by the walk to their nearest station, up to twice the deciding cutoff.
pub(super) struct Curve<'a> {
    pub(super) deciding: Cutoff,
    /// Those that are marked; others than of the deciding unit are not.
    pub(super) cutoffs: Vec<Cutoff>,
    pub(super) total: People,
    /// The people within a walk of so much.
    pub(super) within: Box<dyn Fn(u64) -> People + 'a>,
}

/// A point of the curve, and the people within a walk of so much.
struct At {
    x: f64,
    y: f64,
    people: People,
}

impl Curve<'_> {
    pub(super) fn write(&self, words: &Words, html: &mut Html) {
        put!(
            html,
            "<figure class=\"curve\"><figcaption><h2>{}</h2><p>{}</p></figcaption>\n<svg viewBox=\"0 0 500 160\" role=\"img\" aria-label=\"{}\">\n",
            words.curve,
            words.curve_note,
            words.curve
        );
        grid(words, html);
        self.line(html);
        self.marks(words, html);
        let end =
            Cutoff::from_long_cost(self.deciding.cost().saturating_mul(2), self.deciding.unit());
        put!(
            html,
            "<text class=\"end\" x=\"{}\" y=\"{}\">{}</text>\n</svg></figure>\n",
            CORNER.0 + FIELD.0,
            BOTTOM + 15.0,
            words.language.cutoff(end)
        );
    }

    /// The walk at the right end.
    fn end(&self) -> u64 {
        2 * u64::from(self.deciding.cost())
    }

    fn at(&self, cost: u64) -> At {
        let people = (self.within)(cost);
        let share = people.share_of(self.total);
        At {
            x: CORNER.0 + FIELD.0 * (cost as f64 / self.end() as f64),
            y: CORNER.1 + FIELD.1 * (1.0 - share),
            people,
        }
    }

    /// The curve, and the field below it.
    fn line(&self, html: &mut Html) {
        let mut line = String::new();
        for step in 0..=STEPS {
            let At { x, y, .. } = self.at(self.end() * step / STEPS);
            line.push_str(if step == 0 { "M" } else { "L" });
            // Writing to a string cannot fail.
            let _ = write!(line, "{x:.1} {y:.1}");
        }
        put!(
            html,
            "<path class=\"under\" d=\"{line}V{BOTTOM}H{}z\"/><path class=\"line\" d=\"{line}\"/>\n",
            CORNER.0
        );
    }

    /// The cutoffs, each with the share within it where there is room.
    fn marks(&self, words: &Words, html: &mut Html) {
        let unit = self.deciding.unit();
        let ticks = self.cutoffs.iter().filter(|cutoff| cutoff.unit() == unit);
        let mut free_from = 0.0;
        for cutoff in ticks {
            let At { x, y, people } = self.at(u64::from(cutoff.cost()));
            let decides = *cutoff == self.deciding;
            let class = if decides { "mark decides" } else { "mark" };
            put!(
                html,
                "<g class=\"{class}\"><path d=\"M{x:.1} {BOTTOM}V{y:.1}\"/><circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3.5\"/>"
            );
            if x >= free_from || decides {
                free_from = x + 50.0;
                // The curve only rises: above and to the left it is never in the way.
                let (label_x, label_y) = (x - 6.0, y - 6.0);
                let percent = words.language.percent(people, self.total);
                put!(
                    html,
                    "<text class=\"end\" x=\"{label_x:.1}\" y=\"{label_y:.1}\">{percent}</text>"
                );
            }
            put!(
                html,
                "<text class=\"middle\" x=\"{x:.1}\" y=\"{}\">{}</text></g>\n",
                BOTTOM + 15.0,
                words.language.cutoff(*cutoff)
            );
        }
    }
}

/// The lines of every quarter, with the numbers of every half.
fn grid(words: &Words, html: &mut Html) {
    let (left, top) = CORNER;
    for quarter in 0..=4_u8 {
        let y = top + FIELD.1 * f64::from(quarter) / 4.0;
        put!(
            html,
            "<path class=\"grid\" d=\"M{left} {y}H{}\"/>",
            left + FIELD.0
        );
        if quarter % 2 == 0 {
            let share = (100 - 25 * quarter).to_string();
            put!(
                html,
                "<text class=\"end\" x=\"{}\" y=\"{}\">{}</text>\n",
                left - 6.0,
                y + 3.5,
                words.language.with_percent(&share)
            );
        }
    }
}

/// Walks to the nearest station, shortest first, with the people who have this walk or a shorter one.
pub(super) struct Walks(Vec<(u64, People)>);

impl Walks {
    pub(super) fn new(walks: impl Iterator<Item = (u64, People)>) -> Self {
        let mut walks: Vec<(u64, People)> = walks.collect();
        walks.sort_unstable();
        let mut sum = People::ZERO;
        for (_, people) in &mut walks {
            sum += *people;
            *people = sum;
        }
        Self(walks)
    }

    pub(super) fn within(&self, cost: u64) -> People {
        let count = self.0.partition_point(|(walk, _)| *walk <= cost);
        count
            .checked_sub(1)
            .map_or(People::ZERO, |last| self.0[last].1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_within_a_walk_include_those_with_exactly_that_walk() {
        let people = |count: u64| People::from_thousandths(count * 1000);
        let walks = Walks(vec![(10, people(1)), (20, people(3)), (20, people(7))]);
        assert_eq!(
            [0, 10, 19, 20, 99].map(|cost| walks.within(cost)),
            [0, 1, 1, 7, 7].map(people)
        );
    }
}
