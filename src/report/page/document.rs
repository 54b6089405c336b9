//! The page as a whole: its head, its body, its foot.

use std::borrow::Cow;
use std::io;

use super::circle;
use super::escape::{csp_hash, text};
use super::html::{Html, put};
use super::map::{LeftOuts, Map};
use super::{Credit, Page, figures, hours, map_box, method, tables};
use crate::coverage::Status;
use crate::report::Report;
use crate::report::noun::{StationNoun, name_stations};
use crate::units::People;

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

pub(in super::super) fn write(
    report: &Report<'_>,
    page: &Page<'_>,
    mut writer: impl io::Write,
) -> io::Result<()> {
    let mut html = Html::default();
    let views = circle::of(report);
    let map = Map::new(report, page, &views);
    let document = Document {
        report,
        page,
        map: &map,
        script: &script(report),
    };
    document.head(&mut html);
    document.body(&mut html);
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

/// A page that is written.
#[derive(Clone, Copy)]
struct Document<'d> {
    report: &'d Report<'d>,
    page: &'d Page<'d>,
    map: &'d Map<'d>,
    script: &'d str,
}

impl Document<'_> {
    fn head(&self, html: &mut Html) {
        let mut style = String::new();
        if self.report.study().is_some() {
            style.push_str(CIRCLE_STYLE);
            style.push_str(&circle::rules(self.map.views));
        }
        if self.report.hours.is_some_and(|hours| hours.week.is_some()) {
            style.push_str(hours::STYLE);
        }
        let Self {
            page, map, script, ..
        } = *self;
        let head = Head {
            page,
            map,
            kicker: page.words().kicker,
            style: &style,
        };
        head.write_with(script, html);
    }

    fn body(&self, html: &mut Html) {
        let Self {
            report,
            page,
            map,
            script,
        } = *self;
        let left_outs = LeftOuts::new(report);
        put!(html, "<body>\n");
        open_main(report, page, html);
        figures::write(report, page, &left_outs, map.views, html);
        map_box::write(report, page, map, &left_outs, html);
        put!(html, "<div class=\"rest\">\n");
        put!(html, "<div class=\"scene s0\">\n");
        tables::gaps(report, page, html);
        put!(html, "</div>\n");
        circle::lists(report, page.words(), map.views, html);
        hours::write(report, page, html);
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
}

/// The head of a page with a map: its look, its title, and what it may do.
pub(super) struct Head<'d> {
    pub(super) page: &'d Page<'d>,
    pub(super) map: &'d Map<'d>,
    /// What kind of page it is.
    pub(super) kicker: &'d str,
    /// What it has beside the look of all pages.
    pub(super) style: &'d str,
}

impl Head<'_> {
    /// A whole page with the script that all have: its head, its body, which begins with what is written here, and its foot.
    pub(super) fn write_page(
        &self,
        noun: Option<&StationNoun>,
        begin: impl FnOnce(&mut Html),
        mut writer: impl io::Write,
    ) -> io::Result<()> {
        let mut html = Html::default();
        self.write_with(SCRIPT, &mut html);
        put!(html, "<body>\n<main>\n");
        begin(&mut html);
        tables::inputs(self.page, &mut html);
        footer(self.page, &mut html);
        put!(
            html,
            "</div>\n</main>\n<script>{SCRIPT}</script>\n</body>\n</html>\n"
        );
        let html = name_stations(html.into_text(), noun, true);
        writer.write_all(html.as_bytes())?;
        writer.flush()
    }

    fn write_with(&self, script: &str, html: &mut Html) {
        let page = self.page;
        let style = format!("{STYLE}{}{}", symbol_sizes(self.map), self.style);
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
            self.kicker
        );
    }
}

/// The size of a pixel in units of the map, for screens and for paper.
fn symbol_sizes(map: &Map<'_>) -> String {
    let rules = SIZES.map(|(medium, width_px, height_px)| {
        let unit = map.units_per_px(width_px, height_px);
        format!("@media {medium}{{#map{{--u:{unit:.3}}}}}\n")
    });
    rules.concat()
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

/// Whose map it is, and what made the page.
fn footer(page: &Page<'_>, html: &mut Html) {
    let words = page.words();
    put!(html, "<footer><p>");
    let credit = page.credit_markup();
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
