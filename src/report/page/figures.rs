//! The answer in words, in four figures, and as a curve.

use std::fmt::Write;

use super::circle::{self, View};
use super::escape::text;
use super::html::{Html, put};
use super::map::LeftOuts;
use super::tables;
use super::words::Words;
use super::{Page, compared_radius_m};
use crate::coverage::Status;
use crate::report::Report;
use crate::units::{Cutoff, People, Unit};

/// Width and height of the curve's field, in its own units.
const FIELD: (f64, f64) = (440.0, 120.0);
/// Where the field begins, to leave room for the numbers beside it.
const CORNER: (f64, f64) = (40.0, 14.0);
/// Steps of the curve.
const STEPS: u64 = 60;

pub(super) fn write(
    report: &Report<'_>,
    page: &Page<'_>,
    (left_outs, views): (&LeftOuts, &[View<'_>]),
    html: &mut Html,
) {
    let words = page.words();
    put!(html, "<header class=\"lead\">\n");
    let title = page.title();
    put!(
        html,
        "<p class=\"kicker\"><b>{}</b> <span>{}</span></p>\n",
        text(title),
        words.kicker
    );
    if let Some(note) = report.note {
        put!(html, "<p class=\"note\" role=\"note\">{}</p>\n", text(note));
    }
    put!(html, "<div class=\"scene s0\">\n");
    headline(report, words, html);
    four(report, words, left_outs, html);
    everybody(report).write(words, html);
    put!(html, "</div>\n");
    circle::scenes(report, words, views, html);
    tables::largest_gaps(report, page, html);
    put!(html, "</header>\n");
}

/// The sentence that a mayor reads, and the one that tells why a circle is not enough.
fn headline(report: &Report<'_>, words: &Words, html: &mut Html) {
    let coverage = report.coverage;
    let total = coverage.total().people;
    let share = words
        .language
        .percent(coverage.with_status(Status::Covered).people, total);
    let walked = words.headline(&share, report.trip, coverage.tests().deciding());
    put!(html, "<h1>{walked}");
    if let Some((radius_m, inside)) = compared(report) {
        let claim = words.claim(radius_m, &words.language.percent(inside, total));
        put!(html, "<span>{claim}</span>");
    }
    for sentence in circle::sentences(report, words) {
        put!(html, "<span>{sentence}</span>");
    }
    put!(html, "</h1>\n");
}

/// The straight circle that the walk is compared with, and the people inside.
fn compared(report: &Report<'_>) -> Option<(f64, People)> {
    let radius_m = compared_radius_m(report)?;
    let circles = report.coverage.straight().iter();
    let circle = circles.rev().find(|circle| circle.radius_m == radius_m)?;
    Some((radius_m, circle.inside.people))
}

fn four(report: &Report<'_>, words: &Words, left_outs: &LeftOuts, html: &mut Html) {
    let coverage = report.coverage;
    let language = words.language;
    let total = coverage.total().people;
    let covered = coverage.with_status(Status::Covered).people;
    let group = circle::figures(report, words);
    let class = if group.is_some() {
        "figures five"
    } else {
        "figures"
    };
    put!(html, "<dl class=\"{class}\">\n");
    let mut figure = |class: &str, number: String, what: &str, more: &str| {
        put!(
            html,
            "<div class=\"{class}\"><dd>{number}</dd><dt>{what}<small>{more}</small></dt></div>\n"
        );
    };
    figure(
        "good",
        language.percent(covered, total),
        &words.figure_walked(coverage.tests().deciding()),
        &words.of_people(&language.people(total)),
    );
    if let Some((radius_m, inside)) = compared(report) {
        let what = words.figure_straight(radius_m);
        let more = words.count_people(&language.people(inside));
        figure("plain", language.percent(inside, total), &what, &more);
    }
    if let Some([number, what, more]) = group {
        figure("good", number, &what, &more);
    }
    let left_out = total - covered;
    figure(
        "bad",
        language.people(left_out),
        words.left_out,
        &language.percent(left_out, total),
    );
    if compared(report).is_some() {
        let claimed = left_outs.claimed;
        let share = language.percent(claimed, total);
        figure(
            "claim",
            language.people(claimed),
            words.in_circle_beyond,
            &share,
        );
    }
    put!(html, "</dl>\n");
}

/// The curve of all people.
fn everybody(report: &Report<'_>) -> Curve<'static> {
    let coverage = report.coverage;
    let tests = coverage.tests();
    let deciding = tests.deciding();
    let nearest = match deciding.unit() {
        Unit::Milliseconds => coverage.nearest(),
        Unit::Millimetres => coverage.nearest_by_metres(),
    };
    let residents = report.city.residents.iter().zip(nearest);
    let residents = residents.zip(coverage.statuses());
    let walks = residents
        .filter(|(_, status)| **status != Status::Invalid)
        .filter_map(|((resident, nearest), _)| Some((nearest.as_ref()?.cost, resident.people)));
    let walks = Walks::of(walks);
    Curve {
        deciding,
        cutoffs: tests.cutoffs().collect(),
        total: coverage.total().people,
        within: Box::new(move |cost| walks.within(cost)),
    }
}

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
            Cutoff::of_cost(deciding.cost().saturating_mul(2), Unit::Milliseconds)
        }
        Unit::Millimetres => Cutoff::of_cost(deciding.cost().saturating_mul(2), Unit::Millimetres),
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
    pub(super) fn of(walks: impl Iterator<Item = (u64, People)>) -> Self {
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
