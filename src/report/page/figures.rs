//! The answer in words, in four figures, and as a curve.

use super::Page;
use super::circle::{self, View};
use super::curve::{Curve, Walks};
use super::escape::text;
use super::html::{Html, put};
use super::map::LeftOuts;
use super::tables;
use super::words::Words;
use crate::coverage::Status;
use crate::report::Report;
use crate::units::{People, Unit};

pub(super) fn write(
    report: &Report<'_>,
    page: &Page<'_>,
    left_outs: &LeftOuts,
    views: &[View<'_>],
    html: &mut Html,
) {
    let words = page.words();
    open_lead(report, page, words.kicker, html);
    put!(html, "<div class=\"scene s0\">\n");
    headline(report, words, html);
    four(report, words, left_outs, html);
    everybody(report).write(words, html);
    put!(html, "</div>\n");
    circle::scenes(report, words, views, html);
    tables::largest_gaps(report, page, html);
    put!(html, "</header>\n");
}

/// Opens what stands first on a page: what it is of, and what its readers must know.
pub(super) fn open_lead(report: &Report<'_>, page: &Page<'_>, kicker: &str, html: &mut Html) {
    let title = page.title();
    put!(
        html,
        "<header class=\"lead\">\n<p class=\"kicker\"><b>{}</b> <span>{kicker}</span></p>\n",
        text(title)
    );
    if let Some(note) = report.note {
        put!(html, "<p class=\"note\" role=\"note\">{}</p>\n", text(note));
    }
}

/// A number in large figures, what it is, and what it is of. All are markup.
pub(super) fn figure(class: &str, number: &str, [what, more]: [&str; 2], html: &mut Html) {
    put!(
        html,
        "<div class=\"{class}\"><dd>{number}</dd><dt>{what}<small>{more}</small></dt></div>\n"
    );
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
    let radius_m = report.compared_radius_m()?;
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
        figure(class, &number, [what, more], html);
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
    let walks = Walks::new(walks);
    Curve {
        deciding,
        cutoffs: tests.cutoffs().collect(),
        total: coverage.total().people,
        within: Box::new(move |cost| walks.within(cost)),
    }
}
