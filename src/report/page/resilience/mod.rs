//! `index.html` of what breaks: who depends on one station alone, what would be missed most, on a map and in ranked tables.

mod breaks;
mod drawn;
mod scale;
mod tables;
mod words;

use std::io;

use self::breaks::{Breaks, station_name};
use self::drawn::Drawn;
use self::words::Words;
use super::document::Head;
use super::escape::Name;
use super::figures::{figure, open_lead};
use super::html::{Html, put};
use super::map::{Map, Overlay};
use super::{Page, map_box, method};
use crate::report::Report;
use crate::report::resilience::ResilienceReport;
use crate::units::People;

/// The look of what this page has beside the others.
const STYLE: &str = include_str!("style.css");
/// Writes the page.
pub(crate) fn write_resilience(
    report: &Report<'_>,
    page: &Page<'_>,
    breaks: ResilienceReport<'_>,
    writer: impl io::Write,
) -> io::Result<()> {
    let words = Words::of(page.language);
    let map = Map::new(report, page, &[]);
    let head = Head {
        page,
        map: &map,
        kicker: words.kicker,
        style: STYLE,
    };
    let written = Breaks {
        report,
        page,
        known: breaks,
        words,
    };
    let begin = |html: &mut Html| written.write(&map, html);
    head.write_page(report.noun, begin, writer)
}

impl Breaks<'_> {
    fn write(&self, map: &Map<'_>, html: &mut Html) {
        let drawn = Drawn::new(self, map);
        self.lead(html);
        self.map(map, &drawn, html);
        put!(html, "<div class=\"rest\">\n");
        self.stations(&drawn, html);
        self.pairs(html);
        self.streets(&drawn, html);
        super::tables::findings(self.report, self.page, html);
        method::write(self.report, self.page, html);
    }

    /// What it is of, the sentence, and the four figures.
    fn lead(&self, html: &mut Html) {
        open_lead(self.report, self.page, self.words.kicker, html);
        self.headline(html);
        let language = self.page.language;
        let residents = self.known.residents.iter();
        let people: Vec<People> = residents.map(|resident| resident.people).collect();
        let all = self.report.coverage.total().people;
        let [none, one, two, more] = self.known.stations.by_count(&people);
        let words = self.words;
        put!(html, "<dl class=\"figures\">\n");
        for (class, tally, what) in [
            ("claim", one, words.one_within),
            ("bad", none, words.none_within),
            ("plain", two, words.two_within),
            ("good", more, words.more_within),
        ] {
            let share = language.percent(tally.people, all);
            figure(class, &language.people(tally.people), [what, &share], html);
        }
        put!(html, "</dl>\n</header>\n");
    }

    fn headline(&self, html: &mut Html) {
        let (words, language) = (self.words, self.page.language);
        let known = self.known.stations.dependence().iter();
        let known = known.zip(self.known.residents);
        let alone = known.filter(|(known, _)| known.only.is_some());
        let alone: People = alone.map(|(_, resident)| resident.people).sum();
        let share = language.percent(alone, self.report.coverage.total().people);
        let within = self.page.words().within(self.known.stations.cutoff());
        let sentence = words.headline(&language.people(alone), &share, &within);
        put!(html, "<h1>{sentence}");
        if let Some(row) = self.station_rows().next() {
            let [lost, farther] =
                [row.loss.lost, row.loss.farther].map(|tally| language.people(tally.people));
            let name = Name(station_name(&row)).to_string();
            let sentence = words.worst_station(&name, &lost, &farther);
            put!(html, "<span>{sentence}</span>");
        }
        if let Some(row) = self.street_rows().next() {
            let [lost, farther] =
                [row.loss.lost, row.loss.farther].map(|tally| language.people(tally.people));
            let name = self.street_name(row.closure);
            let sentence = words.worst_street(&name, &lost, &farther);
            put!(html, "<span>{sentence}</span>");
        }
        put!(html, "</h1>\n");
    }

    /// The map with its switches, which come first, so that the style sheet alone can obey them.
    fn map(&self, map: &Map<'_>, drawn: &Drawn, html: &mut Html) {
        let words = self.words;
        map_box::begin("mapbox", self.page, html);
        map_box::layer("ones", words.layer_ones, true, html);
        map_box::layer("out", words.layer_none, false, html);
        map_box::layer("shuts", words.layer_shuts, true, html);
        map_box::usual_layers(self.page, html);
        let overlay = Overlay {
            label: words.map_label,
            below: Html::default(),
            above: drawn.above(self, map),
            people: None,
            marks: &drawn.marks,
        };
        let legend = |html: &mut Html| {
            html.legend_item(
                "of-ones",
                "<path class=\"ones d1\" d=\"M10 7h0\"/>",
                words.legend_ones,
            );
            html.legend_item(
                "of-out",
                "<path class=\"out d1\" d=\"M10 7h0\"/>",
                words.legend_none,
            );
            drawn.scale.legend(words, html);
        };
        map_box::draw(self.page, map, &overlay, legend, html);
    }
}
