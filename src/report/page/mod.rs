//! `report.html`: the whole answer on one page that needs no network and no program but a browser.
//!
//! The page is text and one SVG, with a style sheet and a script that are compiled in. It works without the script, which
//! adds zooming, names under the pointer and sorting. Everything that comes from data is text, and a content security policy
//! lets nothing but our own style and script through. It holds no clock time: the same analysis gives the same bytes.

mod circle;
mod circles;
mod escape;
mod figures;
mod ground;
mod html;
mod labels;
mod map;
mod method;
mod path;
mod streets;
mod tables;
mod words;

use std::borrow::Cow;
use std::io;

use geo_types::Polygon;

use super::noun::name_stations;
use super::{InputFile, Report};
use crate::coverage::Status;
use crate::gaps::{Gap, GapWalk, Gaps};
use crate::id::StationId;
use crate::isochrone::Isochrones;
use crate::planning::provision::Provision;
use crate::text::language::Language;
use crate::units::{People, Unit};
use circle::View;
use escape::{csp_hash, text};
use html::{Html, put};
use map::{LeftOuts, Map};
use words::Words;

/// The look: light, dark, paper.
const STYLE: &str = include_str!("style.css");
/// Zoom, names, sorting.
const SCRIPT: &str = include_str!("script.js");
/// What a study's page has beside: choices, the problem list, tables.
const CIRCLE_STYLE: &str = include_str!("circle/style.css");
/// The walk of a row, and the way back.
const CIRCLE_SCRIPT: &str = include_str!("circle/script.js");
/// How our script ends; a study's part stands before it, and knows all that it knows.
const SCRIPT_END: &str = "})();\n";

/// Width and height in pixels of the map on a desk's screen, on a phone and on paper (A3 across, at 96 pixels an inch): how
/// large symbols are before the script knows better.
const SIZES: [(&str, f64, f64); 3] = [
    ("all", 820.0, 720.0),
    ("screen and (max-width:860px)", 360.0, 480.0),
    ("print", 980.0, 940.0),
];

/// What the page shows beside the report, and how.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// The language of its words; names stay as they are.
    pub language: Language,
    /// The walking circles; those in the unit of the deciding cutoff are drawn.
    pub isochrones: &'a [Isochrones],
    /// Where people are left out.
    pub gaps: &'a Gaps,
    /// One real walk from each of the first gaps; shown where something was asked beside coverage.
    pub walks: &'a [Option<GapWalk>],
    /// Whom a new station in the middle of each of the first gaps would cover; shown where something was asked beside coverage.
    pub new_stations: &'a [People],
    /// Rivers and lakes.
    pub water: &'a [Polygon<f64>],
    /// What the study is of, such as the city's name and date.
    pub title: Option<&'a str>,
    /// Whose map it is.
    pub credit: Credit<'a>,
    /// The files that the numbers come from.
    pub inputs: &'a [InputFile],
}

/// Whose map data the page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Credit<'a> {
    /// OpenStreetMap's contributors, under the Open Database License; the page says so as the licence asks.
    OpenStreetMap,
    /// Somebody else, in these words.
    Other(&'a str),
    /// Nobody who has to be named.
    None,
}

impl Page<'_> {
    /// Of so many gaps the page shows a walk.
    pub const WALKS: usize = 20;

    /// Of so many gaps the page says whom a new station would cover.
    pub const NEW_STATIONS: usize = tables::GAPS_LISTED;

    fn words(&self) -> &'static Words {
        Words::of(self.language)
    }

    /// What the study is of, or what its network is called.
    fn title(&self) -> Cow<'_, str> {
        if let Some(title) = self.title {
            return Cow::Borrowed(title);
        }
        let words = self.words();
        let network = self.inputs.iter().find(|file| file.layer == "network");
        let name = network.and_then(|file| file.file.rsplit(['/', '\\']).next());
        let name = name.and_then(|name| name.split('.').next());
        match name.filter(|name| !name.is_empty()) {
            Some(name) => Cow::Owned(words.study_of(name)),
            None => Cow::Borrowed(words.default_title),
        }
    }
}

pub(super) fn write(
    report: &Report<'_>,
    page: &Page<'_>,
    mut writer: impl io::Write,
) -> io::Result<()> {
    let mut html = Html::default();
    let views = circle::of(report);
    let map = Map::new(report, page, &views);
    let script = script(report);
    head(report, page, (&map, &script), &mut html);
    body(report, page, (&map, &script), &mut html);
    let html = name_stations(html.into_text(), report.noun, true);
    writer.write_all(html.as_bytes())?;
    writer.flush()
}

/// Our script, with the part of a study where it is one.
fn script(report: &Report<'_>) -> Cow<'static, str> {
    match (report.study(), SCRIPT.strip_suffix(SCRIPT_END)) {
        (Some(_), Some(start)) => Cow::Owned(format!("{start}{CIRCLE_SCRIPT}{SCRIPT_END}")),
        _ => Cow::Borrowed(SCRIPT),
    }
}

fn head(report: &Report<'_>, page: &Page<'_>, (map, script): (&Map<'_>, &str), html: &mut Html) {
    let words = page.words();
    let mut style = format!("{STYLE}{}", symbol_sizes(map));
    if report.study().is_some() {
        style.push_str(CIRCLE_STYLE);
        style.push_str(&circle::rules(map.views));
    }
    let policy = format!(
        "default-src 'none'; style-src {}; script-src {}; img-src data:; base-uri 'none'; form-action 'none'",
        csp_hash(&style),
        csp_hash(script)
    );
    put!(
        html,
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\"/>\n<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\"/>\n",
        page.language.tag()
    );
    put!(
        html,
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<meta name=\"color-scheme\" content=\"light dark\"/>\n<meta name=\"generator\" content=\"{} {}\"/>\n",
        env!("CARGO_PKG_NAME"),
        env!("CARGO_PKG_VERSION")
    );
    let title = page.title();
    put!(
        html,
        "<title>{} – {}</title>\n<link rel=\"icon\" href=\"data:,\"/>\n<style>{style}</style>\n</head>\n",
        text(title),
        words.kicker
    );
}

/// The size of a pixel in units of the map, for screens and for paper.
fn symbol_sizes(map: &Map<'_>) -> String {
    let rules = SIZES.map(|(medium, width_px, height_px)| {
        let unit = map.units_per_px(width_px, height_px);
        format!("@media {medium}{{#map{{--u:{unit:.3}}}}}\n")
    });
    rules.concat()
}

fn body(report: &Report<'_>, page: &Page<'_>, (map, script): (&Map<'_>, &str), html: &mut Html) {
    let left_outs = LeftOuts::of(report);
    put!(html, "<body>\n");
    open_main(report, page, html);
    figures::write(report, page, (&left_outs, map.views), html);
    map_box(report, page, map, &left_outs, html);
    put!(html, "<div class=\"rest\">\n");
    put!(html, "<div class=\"scene s0\">\n");
    tables::gaps(report, page, html);
    put!(html, "</div>\n");
    circle::lists(report, page.words(), map.views, html);
    circle::sections(report, page, html);
    tables::areas(report, page, html);
    tables::stations(report, page, html);
    tables::counted(report, page, html);
    tables::findings(report, page, html);
    method::write(report, page, html);
    tables::inputs(page, html);
    footer(page, html);
    put!(
        html,
        "</div>\n</main>\n<script>{script}</script>\n</body>\n</html>\n"
    );
}

/// The page's numbers, for programs that compare them with `summary.json`: same keys, same values.
fn open_main(report: &Report<'_>, page: &Page<'_>, html: &mut Html) {
    let coverage = report.coverage;
    put!(
        html,
        "<main data-decided-by=\"{}\"",
        coverage.tests().deciding().label()
    );
    put!(html, " data-total=\"{}\"", coverage.total().people);
    for status in Status::ALL {
        let name = status.name().replace('_', "-");
        put!(
            html,
            " data-{name}=\"{}\"",
            coverage.with_status(status).people
        );
    }
    for (cutoff, tally) in coverage.tests().cutoffs().zip(coverage.by_cutoff()) {
        // An attribute's name may hold a point; a cutoff of 7.5 minutes has one.
        put!(html, " data-within-{}=\"{}\"", cutoff.label(), tally.people);
    }
    let gap_people: People = page.gaps.list.iter().map(|gap| gap.people).sum();
    put!(
        html,
        " data-stations=\"{}\" data-gaps=\"{}\" data-gap-people=\"{gap_people}\">\n",
        coverage.stations().len(),
        page.gaps.list.len()
    );
}

/// The map with its switches and its legend. The switches come first, so that the style sheet alone can obey them.
fn map_box(
    report: &Report<'_>,
    page: &Page<'_>,
    map: &Map<'_>,
    left_outs: &LeftOuts,
    html: &mut Html,
) {
    let words = page.words();
    let class = match report.study() {
        Some(_) => "mapbox study",
        None => "mapbox",
    };
    put!(
        html,
        "<section class=\"{class}\" aria-label=\"{}\">\n",
        words.map
    );
    circle::choices(report, page, map.views, html);
    if compared_radius_m(report).is_some() {
        let circles = [
            ("walk", words.walking),
            ("line", words.straight),
            ("both", words.both),
        ];
        for (position, (id, name)) in circles.into_iter().enumerate() {
            let checked = if position == 0 { " checked=\"\"" } else { "" };
            put!(
                html,
                "<input type=\"radio\" name=\"circle\" id=\"circle-{id}\"{checked}/><label class=\"tab\" for=\"circle-{id}\">{name}</label>\n"
            );
        }
    }
    let mut layers = vec![
        ("out", words.layer_out, true),
        ("in", words.layer_in, false),
        ("gaps", words.layer_gaps, true),
        ("stations", words.layer_stations, true),
        ("streets", words.layer_streets, true),
    ];
    if !report.city.areas.is_empty() {
        layers.push(("areas", words.layer_areas, true));
    }
    layers.push(("names", words.layer_names, true));
    for (id, name, is_on) in layers {
        let checked = if is_on { " checked=\"\"" } else { "" };
        put!(
            html,
            "<input type=\"checkbox\" id=\"layer-{id}\"{checked}/><label class=\"layer\" for=\"layer-{id}\">{name}</label>\n"
        );
    }
    put!(
        html,
        "<div class=\"canvas\" role=\"group\" aria-label=\"{} {}\">\n",
        words.map_label,
        words.map_keys
    );
    map.svg(left_outs, html);
    let compass = "<svg class=\"compass\" viewBox=\"0 0 24 36\" aria-hidden=\"true\"><path d=\"M12 1l7 19-7-4-7 4z\"/>";
    put!(
        html,
        "{compass}<text x=\"12\" y=\"34\">{}</text></svg>\n",
        words.north
    );
    put!(
        html,
        "<div class=\"zoom\" hidden=\"\"><button type=\"button\" data-zoom=\"in\" aria-label=\"{}\">+</button><button type=\"button\" data-zoom=\"out\" aria-label=\"{}\">−</button><button type=\"button\" data-zoom=\"all\" aria-label=\"{}\">⤢</button></div>\n",
        words.zoom_in,
        words.zoom_out,
        words.zoom_all
    );
    put!(html, "<p class=\"credit\">{}</p>\n", credit(page));
    if report.study().is_some() {
        let back = words.either("← Back", "← 返回");
        put!(
            html,
            "<button type=\"button\" class=\"back\" hidden=\"\">{back}</button>\n"
        );
    }
    put!(
        html,
        "<div class=\"hint\" role=\"status\" hidden=\"\"></div>\n</div>\n"
    );
    legend(report, page, map.views, html);
    put!(html, "</section>\n");
}

fn legend(report: &Report<'_>, page: &Page<'_>, views: &[View<'_>], html: &mut Html) {
    let words = page.words();
    put!(
        html,
        "<ul class=\"legend\" aria-label=\"{}\">\n",
        words.legend
    );
    let mut item = |class: &str, drawing: &str, what: &str| {
        legend_item(html, class, drawing, what);
    };
    let tests = report.coverage.tests();
    let cutoffs = match tests.deciding().unit() {
        Unit::Milliseconds => tests.minutes(),
        Unit::Millimetres => tests.metres(),
    };
    for (index, cutoff) in cutoffs.iter().enumerate() {
        let shade = map::shade(index, cutoffs.len());
        let what = format!("≤\u{a0}{}", words.language.cutoff(*cutoff));
        item(
            "of-walk",
            &format!("<rect class=\"c{shade}\" width=\"20\" height=\"14\"/>"),
            &what,
        );
    }
    if let Some(radius_m) = compared_radius_m(report) {
        let what = format!(
            "{} {}",
            words.language.metres(radius_m),
            words.either("straight circle", "直线缓冲圈")
        );
        let ring = "<g class=\"straight\"><rect class=\"disc\" width=\"20\" height=\"14\"/><path class=\"ring\" d=\"M0 7H20\"/></g>";
        item("of-line", ring, &what);
        item(
            "of-line",
            "<path class=\"claimed d1\" d=\"M10 7h0\"/>",
            words.legend_claimed,
        );
    }
    item(
        "of-stations",
        "<g class=\"stations\"><path class=\"halo\" d=\"M10 7h0\"/><path d=\"M10 7h0\"/></g>",
        words.legend_station,
    );
    item(
        "of-out",
        "<path class=\"out d0\" d=\"M4 8h0\"/><path class=\"out d1\" d=\"M12 7h0\"/>",
        words.legend_out,
    );
    if !page.gaps.list.is_empty() {
        item(
            "of-gaps",
            "<g class=\"num\"><g><circle cx=\"10\" cy=\"7\" r=\"6\"/><text x=\"10\" y=\"10\">1</text></g></g>",
            words.legend_gap,
        );
    }
    if !report.city.areas.is_empty() {
        item(
            "of-areas",
            "<g class=\"areas\"><path d=\"M0 7H20\"/></g>",
            words.legend_area,
        );
    }
    if !page.water.is_empty() {
        item(
            "of-water",
            "<rect class=\"water\" width=\"20\" height=\"14\"/>",
            words.legend_water,
        );
    }
    circle::legend(views, words, html);
    put!(html, "</ul>\n");
}

/// Adds a mark and what it means.
fn legend_item(html: &mut Html, class: &str, drawing: &str, what: &str) {
    put!(
        html,
        "<li class=\"{class}\"><svg viewBox=\"0 0 20 14\" aria-hidden=\"true\">{drawing}</svg>{what}</li>\n"
    );
}

/// Whose map data it is, as markup.
fn credit(page: &Page<'_>) -> Cow<'static, str> {
    let words = page.words();
    match page.credit {
        Credit::OpenStreetMap => Cow::Owned(format!(
            "<a href=\"https://www.openstreetmap.org/copyright\">{}</a>",
            words.osm
        )),
        Credit::Other(whose) => Cow::Owned(text(whose).to_string()),
        Credit::None => Cow::Borrowed(""),
    }
}

fn footer(page: &Page<'_>, html: &mut Html) {
    let words = page.words();
    put!(html, "<footer><p>");
    let credit = credit(page);
    if !credit.is_empty() {
        put!(html, "{}: {credit}", words.map_data);
        if page.credit == Credit::OpenStreetMap {
            put!(
                html,
                ", <a href=\"https://opendatacommons.org/licenses/odbl/1-0/\">{}</a>",
                words.osm_licence
            );
        }
        put!(html, ". ");
    }
    put!(
        html,
        "{} {} {}. {}</p></footer>\n",
        words.made_with,
        env!("CARGO_PKG_NAME"),
        env!("CARGO_PKG_VERSION"),
        words.full_list
    );
}

/// The radius of the straight circle that is compared with the walk: that of the deciding cutoff where it is in metres, else
/// the 1,000 m of the planners, else the largest.
fn compared_radius_m(report: &Report<'_>) -> Option<f64> {
    const PLANNERS_M: f64 = 1000.0;
    let deciding = report.coverage.tests().deciding();
    let wanted = match deciding.unit() {
        Unit::Millimetres => deciding.value(),
        Unit::Milliseconds => PLANNERS_M,
    };
    let radii = || {
        report
            .coverage
            .straight()
            .iter()
            .map(|circle| circle.radius_m)
    };
    let largest = radii().max_by(f64::total_cmp);
    radii().find(|radius_m| *radius_m == wanted).or(largest)
}

impl<'r> Report<'r> {
    /// What was asked beside coverage, where anything was.
    fn study(&self) -> Option<&'r Provision> {
        self.provision
            .filter(|provision| **provision != Provision::default())
    }
}

impl Report<'_> {
    /// The column of the deciding cutoff among all cutoffs.
    fn deciding_column(&self) -> usize {
        let tests = self.coverage.tests();
        let deciding = tests.deciding();
        tests
            .cutoffs()
            .position(|cutoff| cutoff == deciding)
            .unwrap_or(0)
    }

    /// What a station is called: its name, or its id where it has none.
    fn station_name(&self, station: StationId) -> &str {
        let entrances = self.snapped.entrances(station).iter();
        let mut rows = entrances.map(|entrance| &self.city.stations[entrance.row as usize]);
        let name = rows.find_map(|row| row.name.as_deref().filter(|name| !name.trim().is_empty()));
        name.unwrap_or_else(|| self.station_id(station))
    }

    /// The area in which a gap lies: that of its first resident.
    fn gap_area(&self, gap: &Gap) -> Option<&str> {
        let resident = gap.residents.first()?;
        let area = self
            .areas
            .area_of()
            .get(resident.index())
            .copied()
            .flatten()?;
        Some(&self.city.areas[area as usize].name)
    }

    /// What a gap is called: by its street, else by its area, else by the station that is nearest.
    fn gap_name(&self, gap: &Gap, words: &Words) -> String {
        let place = gap.street.as_deref().or_else(|| self.gap_area(gap));
        match (place, gap.nearest_station) {
            (Some(place), _) => place.to_owned(),
            (None, Some(station)) => format!("{} {}", words.near_place, self.station_name(station)),
            (None, None) => words.unnamed_place.to_owned(),
        }
    }
}
