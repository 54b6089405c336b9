//! Homes within and beyond the circle of each choice: every place is drawn once, whatever the number of choices, and a style
//! sheet colours it for the one that is chosen.

use std::collections::BTreeMap;
use std::fmt::Write;

use geo_types::Coord;

use super::super::circles;
use super::super::ground::{Ground, UNIT_M};
use super::super::html::{Html, put};
use super::super::path::PathData;
use super::super::words::Words;
use super::views::{View, What};
use crate::id::{ResidentId, StationId};
use crate::planning::provision::TierCoverage;
use crate::report::Report;
use crate::units::People;

/// Homes nearer to each other than this are one dot.
const GRID: f64 = 12.0;

/// By choice, as bits, whether people of a place are within its circle, and whether some are beyond.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Pattern {
    beyond: u32,
    within: u32,
}

impl Pattern {
    /// Who is beyond is never hidden by neighbours who are within.
    fn shown(self) -> Self {
        Self {
            within: self.within & !self.beyond,
            ..self
        }
    }

    /// `w1 o2`: within the circle of the first choice, out of that of the second.
    fn classes(self, views: usize) -> String {
        let mut classes = String::new();
        for number in 1..=views {
            let kind = match (self.within >> number & 1, self.beyond >> number & 1) {
                (_, 1) => 'o',
                (1, 0) => 'w',
                _ => continue,
            };
            let space = if classes.is_empty() { "" } else { " " };
            // Writing to a string cannot fail.
            let _ = write!(classes, "{space}{kind}{number}");
        }
        classes
    }
}

/// The layers of the choices: homes, the straight circles of tiers, and a halo of their stations.
pub(in super::super) fn map_layers(
    report: &Report<'_>,
    ground: &Ground,
    views: &[View<'_>],
    html: &mut Html,
) {
    if views.is_empty() {
        return;
    }
    put!(html, "<g class=\"rings\">\n");
    for view in views {
        let ring = ring(report, ground, view);
        if !ring.is_empty() {
            let number = view.number;
            put!(html, "<path class=\"v{number}\" d=\"{ring}\"/>\n");
        }
    }
    put!(html, "</g>\n<g class=\"cells\">\n");
    let mut by_pattern: BTreeMap<Pattern, Vec<(i64, i64)>> = BTreeMap::new();
    for (cell, pattern) in cells(report, ground, views) {
        by_pattern.entry(pattern.shown()).or_default().push(cell);
    }
    for (pattern, cells) in by_pattern {
        let classes = pattern.classes(views.len());
        if classes.is_empty() {
            continue;
        }
        let mut path = PathData::default();
        for (y, x) in cells {
            path.dot(Coord {
                x: x as f64 * GRID,
                y: y as f64 * GRID,
            });
        }
        put!(
            html,
            "<path class=\"{classes}\" d=\"{}\"/>\n",
            path.into_text()
        );
    }
    put!(html, "</g>\n");
    further(report, ground, views, html);
}

/// The stations of tiers that are none of the study's.
fn further(report: &Report<'_>, ground: &Ground, views: &[View<'_>], html: &mut Html) {
    let each = views
        .iter()
        .map(|view| (view.number, further_stations(report, ground, view)));
    let each: Vec<(usize, String)> = each.filter(|(_, dots)| !dots.is_empty()).collect();
    if each.is_empty() {
        return;
    }
    put!(html, "<g class=\"further\">\n");
    for (number, dots) in each {
        put!(html, "<path class=\"v{number}\" d=\"{dots}\"/>\n");
    }
    put!(html, "</g>\n");
}

/// The places with people, row by row.
fn cells(
    report: &Report<'_>,
    ground: &Ground,
    views: &[View<'_>],
) -> BTreeMap<(i64, i64), Pattern> {
    let deciding = report.coverage.tests().deciding();
    let mut cells: BTreeMap<(i64, i64), Pattern> = BTreeMap::new();
    for (id, resident) in (0..).map(ResidentId).zip(report.city.residents) {
        let Some(place) = resident.valid_place().map(|place| ground.place(place)) else {
            continue;
        };
        if !ground.holds(place, 0.0) {
            continue;
        }
        let whole = |at: f64| (at / GRID).round() as i64;
        let pattern = cells.entry((whole(place.y), whole(place.x))).or_default();
        for view in views {
            if view.people(id, resident) == People::ZERO {
                continue;
            }
            let bit = 1 << view.number;
            if view.holds(id, deciding) {
                pattern.within |= bit;
            } else {
                pattern.beyond |= bit;
            }
        }
    }
    cells
}

/// The outline of a tier's straight circles; nothing without metres.
fn ring(report: &Report<'_>, ground: &Ground, view: &View<'_>) -> String {
    let What::Tier(found) = view.what else {
        return String::new();
    };
    let Some(metres) = found.tier.metres else {
        return String::new();
    };
    let radius = metres.value() / UNIT_M;
    let centres = station_places(report, ground, found);
    let near = centres
        .into_iter()
        .filter(|place| ground.holds(*place, radius));
    let mut path = PathData::default();
    circles::outline(&mut path, &near.collect::<Vec<_>>(), radius);
    path.into_text()
}

/// Where the stations of a tier are, which the study's own need not have.
fn station_places(report: &Report<'_>, ground: &Ground, found: &TierCoverage) -> Vec<Coord<f64>> {
    let asked = (0u32..).map(StationId).zip(report.asked_stations());
    let of_tier = asked.filter(|(station, _)| found.tier.stations.has(*station));
    let places = of_tier.flat_map(|(_, station)| &station.places);
    places.map(|place| ground.place(*place)).collect()
}

/// The stations of a tier that are none of the study's, as dots.
fn further_stations(report: &Report<'_>, ground: &Ground, view: &View<'_>) -> String {
    let What::Tier(found) = view.what else {
        return String::new();
    };
    let own: Vec<&str> = report
        .snapped
        .stations()
        .map(|s| report.station_id(s))
        .collect();
    let asked = (0u32..).map(StationId).zip(report.asked_stations());
    let further = asked.filter(|(station, asked)| {
        found.tier.stations.has(*station) && !own.contains(&asked.id.as_str())
    });
    let mut path = PathData::default();
    let places = further.flat_map(|(_, station)| &station.places);
    for place in places.map(|place| ground.place(*place)) {
        if ground.holds(place, 0.0) {
            path.dot(place);
        }
    }
    path.into_text()
}

/// Of which tiers a station of the study is, as an attribute; nothing where there are none.
pub(in super::super) fn station_class(
    report: &Report<'_>,
    views: &[View<'_>],
    station: StationId,
) -> String {
    let id = report.station_id(station);
    let asked = report
        .asked_stations()
        .iter()
        .position(|asked| asked.id == id);
    let Some(asked) = asked.map(|index| StationId(index as u32)) else {
        return String::new();
    };
    let is_of = |view: &&View<'_>| match view.what {
        What::Tier(found) => found.tier.stations.has(asked),
        What::Group(_) => false,
    };
    let classes: Vec<String> = views
        .iter()
        .filter(is_of)
        .map(|view| format!("s{}", view.number))
        .collect();
    if classes.is_empty() {
        return String::new();
    }
    format!(" class=\"{}\"", classes.join(" "))
}

/// The rules by which a choice shows what is its own.
pub(in super::super) fn rules(views: &[View<'_>]) -> String {
    if views.is_empty() {
        return String::new();
    }
    let mut css = String::new();
    for number in 0..=views.len() {
        // Writing to a string cannot fail.
        let _ = writeln!(
            css,
            "#view-{number}:checked~.views [for=view-{number}]{{background:var(--ink);color:var(--paper);border-color:var(--ink)}}#view-{number}:focus-visible~.views [for=view-{number}]{{outline:3px solid #2b7bd6;outline-offset:2px}}\n#view-{number}:checked~.f{number}{{display:flex}}\nmain:has(#view-{number}:checked) .scene.s{number}{{display:block}}"
        );
    }
    for view in views {
        let number = view.number;
        let on = format!("#view-{number}:checked~.canvas");
        let _ = writeln!(
            css,
            "{on} .w{number}{{display:inline;stroke:var(--c1)}}{on} .o{number}{{display:inline;stroke:var(--out);stroke-width:4}}{on} .v{number}{{display:inline}}"
        );
        if matches!(view.what, What::Tier(_)) {
            let _ = writeln!(
                css,
                "{on} .stations path:not(.s{number}){{display:none}}#view-{number}:checked~.legend .of-ring{{display:flex}}"
            );
        }
    }
    css
}

/// What the marks of a choice mean.
pub(in super::super) fn legend(views: &[View<'_>], words: &Words, html: &mut Html) {
    if views.is_empty() {
        return;
    }
    let mut item = |class: &str, drawing: &str, what: &str| {
        html.legend_item(class, drawing, what);
    };
    item(
        "of-view",
        "<path class=\"within\" d=\"M10 7h0\"/>",
        words.either("homes within", "圈内住户"),
    );
    item(
        "of-view",
        "<path class=\"beyond\" d=\"M10 7h0\"/>",
        words.either("homes beyond", "圈外住户"),
    );
    let has_ring = |view: &View<'_>| match view.what {
        What::Tier(found) => found.tier.metres.is_some(),
        What::Group(_) => false,
    };
    if views.iter().any(has_ring) {
        item(
            "of-ring",
            "<g class=\"rings\"><path d=\"M0 7H20\"/></g>",
            words.either("straight circles of the tier", "本级站点直线缓冲圈"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_with_somebody_beyond_is_beyond() {
        // Choice 1: some within and some beyond; 2: within; 3: nobody there.
        let pattern = Pattern {
            within: 0b0110,
            beyond: 0b0010,
        };
        assert_eq!(pattern.shown().classes(3), "o1 w2");
        assert_eq!(Pattern::default().classes(3), "");
    }
}
