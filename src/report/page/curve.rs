//! The share of people by how far they walk, as a curve.

use std::fmt::Write;

use super::html::{Html, put};
use super::words::Words;
use crate::units::{Cutoff, People, Unit};

/// Width and height of the curve's field, in its own units.
const FIELD: (f64, f64) = (440.0, 120.0);
/// Where the field begins, to leave room for the numbers beside it.
const CORNER: (f64, f64) = (40.0, 14.0);
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

impl Curve<'_> {
    pub(super) fn write(&self, words: &Words, html: &mut Html) {
        draw(self, words, html);
    }
}

fn draw(curve: &Curve<'_>, words: &Words, html: &mut Html) {
    let deciding = curve.deciding;
    let end = 2 * u64::from(deciding.cost());
    let at = |cost: u64| {
        let people = (curve.within)(cost);
        let share = people.share_of(curve.total);
        let x = CORNER.0 + FIELD.0 * (cost as f64 / end as f64);
        (x, CORNER.1 + FIELD.1 * (1.0 - share), people)
    };
    let mut line = String::new();
    for step in 0..=STEPS {
        let (x, y, _) = at(end * step / STEPS);
        line.push_str(if step == 0 { "M" } else { "L" });
        // Writing to a string cannot fail.
        let _ = write!(line, "{x:.1} {y:.1}");
    }
    let (left, top) = CORNER;
    let (right, bottom) = (left + FIELD.0, top + FIELD.1);
    put!(
        html,
        "<figure class=\"curve\"><figcaption><h2>{}</h2><p>{}</p></figcaption>\n<svg viewBox=\"0 0 500 160\" role=\"img\" aria-label=\"{}\">\n",
        words.curve,
        words.curve_note,
        words.curve
    );
    for quarter in 0..=4_u8 {
        let y = top + FIELD.1 * f64::from(quarter) / 4.0;
        put!(html, "<path class=\"grid\" d=\"M{left} {y}H{right}\"/>");
        if quarter % 2 == 0 {
            let percent = words
                .language
                .with_percent(&(100 - 25 * quarter).to_string());
            put!(
                html,
                "<text class=\"end\" x=\"{}\" y=\"{}\">{percent}</text>\n",
                left - 6.0,
                y + 3.5
            );
        }
    }
    put!(
        html,
        "<path class=\"under\" d=\"{line}V{bottom}H{left}z\"/><path class=\"line\" d=\"{line}\"/>\n"
    );
    let ticks = curve.cutoffs.iter();
    let ticks: Vec<Cutoff> = ticks
        .copied()
        .filter(|cutoff| cutoff.unit() == deciding.unit())
        .collect();
    let mut free_from = 0.0;
    for cutoff in &ticks {
        let (x, y, people) = at(u64::from(cutoff.cost()));
        let class = if *cutoff == deciding {
            "mark decides"
        } else {
            "mark"
        };
        put!(
            html,
            "<g class=\"{class}\"><path d=\"M{x:.1} {bottom}V{y:.1}\"/><circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3.5\"/>"
        );
        if x >= free_from || *cutoff == deciding {
            free_from = x + 50.0;
            // The curve only rises: above and to the left it is never in the way.
            let (label_x, label_y) = (x - 6.0, y - 6.0);
            let percent = words.language.percent(people, curve.total);
            put!(
                html,
                "<text class=\"end\" x=\"{label_x:.1}\" y=\"{label_y:.1}\">{percent}</text>"
            );
        }
        put!(
            html,
            "<text class=\"middle\" x=\"{x:.1}\" y=\"{}\">{}</text></g>\n",
            bottom + 15.0,
            words.language.cutoff(*cutoff)
        );
    }
    let unit = match deciding.unit() {
        Unit::Milliseconds => {
            Cutoff::from_long_cost(deciding.cost().saturating_mul(2), Unit::Milliseconds)
        }
        Unit::Millimetres => {
            Cutoff::from_long_cost(deciding.cost().saturating_mul(2), Unit::Millimetres)
        }
    };
    put!(
        html,
        "<text class=\"end\" x=\"{right}\" y=\"{}\">{}</text>\n</svg></figure>\n",
        bottom + 15.0,
        words.language.cutoff(unit)
    );
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
