//! One real walk from each of the first gaps, which a click on its row shows on the map.

use geo_types::Coord;

use super::super::Page;
use super::super::escape::text;
use super::super::ground::Ground;
use super::super::html::{Html, put};
use super::super::path::{PathData, simplified};
use crate::gaps::GapWalk;
use crate::report::Report;
use crate::search::Trip;
use crate::units::Unit;

/// Tolerance of a walk, which is seen from near.
const TOLERANCE: f64 = 1.0;

pub(in super::super) fn walks(
    report: &Report<'_>,
    page: &Page<'_>,
    ground: &Ground,
    html: &mut Html,
) {
    if report.study().is_none() || page.walks.is_empty() {
        return;
    }
    put!(html, "<g class=\"walks\">\n");
    for (number, walk) in (1..).zip(page.walks) {
        if let Some(walk) = walk {
            one(report, page, number, walk, ground, html);
        }
    }
    put!(html, "</g>\n");
}

fn one(
    report: &Report<'_>,
    page: &Page<'_>,
    number: usize,
    walk: &GapWalk,
    ground: &Ground,
    html: &mut Html,
) {
    let places = walk.line.iter().map(|place| ground.place(*place));
    let mut path = PathData::default();
    path.line(simplified(places.collect(), TOLERANCE));
    let (Some(first), Some(last), false) = (walk.line.first(), walk.line.last(), path.is_empty())
    else {
        return;
    };
    let (home, door) = match report.trip {
        Trip::ToStation | Trip::RoundTrip => (first, last),
        Trip::FromStation => (last, first),
    };
    put!(
        html,
        "<g class=\"walk\" data-gap=\"{number}\"><path class=\"under\" d=\"{path}\"/><path class=\"way\" d=\"{path}\"/>",
        path = path.into_text()
    );
    let labels = [
        (door, text(report.station_name(walk.station)).to_string()),
        (home, walk_words(walk, page)),
    ];
    for (place, label) in labels {
        let Coord { x, y } = ground.place(*place);
        put!(
            html,
            "<g transform=\"translate({x:.0} {y:.0})\"><g><circle r=\"6\"/><text y=\"-12\">{label}</text></g></g>"
        );
    }
    put!(html, "</g>\n");
}

/// How long a walk is: minutes and metres, or metres where these decide.
pub(super) fn walk_words(walk: &GapWalk, page: &Page<'_>) -> String {
    let words = page.words();
    let metres = words.language.metres(walk.metres);
    match page.gaps.deciding.unit() {
        Unit::Milliseconds => {
            let minutes = words.minutes(walk.cost as f64 / 60_000.0);
            format!("{minutes}{}{metres}", words.either(", ", "，"))
        }
        Unit::Millimetres => metres,
    }
}
