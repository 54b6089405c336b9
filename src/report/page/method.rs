//! How the numbers came about: what a travel time is, and every number that it depends on.

use super::Page;
use super::escape::text;
use super::html::{Html, put};
use super::words::Words;
use crate::model::{Slope, SlopeRule};
use crate::report::Report;
use crate::text::language::Language;

pub(super) fn write(report: &Report<'_>, page: &Page<'_>, html: &mut Html) {
    let words = page.words();
    let tests = report.coverage.tests();
    let snap = report.snapped.options();
    put!(
        html,
        "<section id=\"method\"><h2>{}</h2>\n<ol class=\"contract\">\n",
        words.method
    );
    for sentence in words.contract(tests.deciding(), snap.max_snap_m()) {
        put!(html, "<li>{sentence}</li>\n");
    }
    put!(html, "</ol>\n<dl class=\"numbers-used\">\n");
    let mut number = |what: &str, value: String| {
        put!(html, "<div><dt>{what}</dt><dd>{}</dd></div>\n", text(value));
    };
    walker(report, words, &mut number);
    tests_and_snapping(report, words, &mut number);
    put!(html, "</dl></section>\n");
}

/// How the walker walks.
fn walker(report: &Report<'_>, words: &Words, number: &mut impl FnMut(&str, String)) {
    let pace = report.profile.pace();
    number(words.walker, words.profile(report.profile));
    number(words.speed, words.kmh(pace.level_kmh));
    let steps = pace
        .steps_factor
        .map(|factor| words.kmh(pace.level_kmh * factor));
    number(
        words.steps,
        steps.unwrap_or_else(|| words.no_steps.to_owned()),
    );
    if report.network.height_metres().is_some() {
        number(
            words.either("slopes", "坡度"),
            slopes(report.profile.slope(), words),
        );
    }
    number(words.signal, words.seconds(pace.signal_s));
    number(words.crossing, words.seconds(pace.crossing_s));
    number(
        words.lift,
        words.lift_times(pace.lift_wait_s, pace.lift_storey_s),
    );
    number(words.direction, words.trip(report.trip).to_owned());
}

/// How the walker takes slopes.
fn slopes(slope: &Slope, words: &Words) -> String {
    let rule = match slope.rule() {
        SlopeRule::None => words.either("the same speed at every slope", "速度不随坡度变化"),
        SlopeRule::Tobler => words.either("Tobler's hiking function", "Tobler 徒步函数"),
        SlopeRule::Table(_) => words.either("a table of its own", "自定坡度表"),
    };
    let closed = slope.steep().and_then(|steep| steep.closed_percent);
    match (closed, words.language) {
        (None, _) => rule.to_owned(),
        (Some(percent), Language::En) => format!("{rule}; closed above {percent} %"),
        (Some(percent), Language::Zh) => format!("{rule}；超过 {percent} % 不可通行"),
    }
}

/// What is within, how points snap, and the network.
fn tests_and_snapping(report: &Report<'_>, words: &Words, number: &mut impl FnMut(&str, String)) {
    let language = words.language;
    let tests = report.coverage.tests();
    let snap = report.snapped.options();
    let cutoffs: Vec<String> = tests
        .cutoffs()
        .map(|cutoff| language.cutoff(cutoff))
        .collect();
    number(words.cutoffs, cutoffs.join(words.either(", ", "、")));
    number(words.decides, language.cutoff(tests.deciding()));
    number(words.snap, language.metres(snap.max_snap_m()));
    number(words.leg_factor, format!("× {}", snap.leg_factor()));
    number(words.islands, language.metres(report.min_island_m));
    if let Some(radius_m) = report.compared_radius_m() {
        number(words.circle_radius, language.metres(radius_m));
    }
    if let Some(costs) = report.wall_costs {
        let open = language.percent(costs.covered_open, report.coverage.total().people);
        let compounds = language.whole(costs.by_compound.len() as u64);
        let gates = language.whole(costs.inside.gates);
        number(
            words.either("Walls", "小区围墙"),
            words.walls(&compounds, &gates, &open),
        );
    }
    stairs(report, words, number);
    let count = |count: usize| language.whole(count as u64);
    let km = language.whole((report.network.length_m() / 1000.0).round() as u64);
    number(
        words.network,
        words.network_size(
            &km,
            &count(report.network.node_count()),
            &count(report.network.edge_count()),
        ),
    );
}

/// What a storey costs, and who would be covered from the street door.
fn stairs(report: &Report<'_>, words: &Words, number: &mut impl FnMut(&str, String)) {
    let Some(stairs) = report.stairs else { return };
    let (language, pace) = (words.language, report.profile.pace());
    let total = report.coverage.total().people;
    let at_street = language.percent(stairs.covered_at_street, total);
    let shut_in = language.people(stairs.shut_in.people);
    let storey = [pace.storey_up_s, pace.storey_down_s].map(|seconds| words.seconds(seconds));
    number(
        words.either("Stairs at home", "家中上下楼"),
        words.stairs(&storey, &at_street, &shut_in),
    );
}
