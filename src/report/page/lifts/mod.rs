//! `index.html` of lifts: where the programme stands, which lifts come first, when, and who pays.

mod strip;
mod tables;
mod words;

use std::io;

use geo_types::Coord;

use self::words::Words;
use super::document::Head;
use super::escape::{Name, text};
use super::figures::{figure, open_lead};
use super::html::{Html, put};
use super::map::{Dot, Map, Mark, Overlay};
use super::{Page, map_box, method};
use crate::planning::lifts::{LiftStairwell, LiftStatus};
use crate::report::Report;
use crate::report::lifts::LiftsReport;
use crate::units::People;

/// The look of what this page has beside the others.
const STYLE: &str = include_str!("style.css");
/// Rows that are listed, and numbered on the map.
const LISTED: usize = 60;

/// What the page shows.
struct Lifts<'a> {
    report: &'a Report<'a>,
    page: &'a Page<'a>,
    known: &'a LiftsReport<'a>,
    words: &'static Words,
}

/// Writes the page.
pub(crate) fn write_lifts(
    report: &Report<'_>,
    page: &Page<'_>,
    known: &LiftsReport<'_>,
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
    let written = Lifts {
        report,
        page,
        known,
        words,
    };
    let begin = |html: &mut Html| written.write(&map, html);
    head.write_page(report.noun, begin, writer)
}

/// What style sheets know a stairwell by.
fn class(stairwell: &LiftStairwell) -> &'static str {
    match stairwell.standing.status {
        LiftStatus::Built => "lb",
        LiftStatus::UnderWay => "lw",
        _ if stairwell.planned.is_some() => "lp",
        LiftStatus::Ready | LiftStatus::Open => "lm",
        LiftStatus::Refused => "ln",
    }
}

/// What people call a stairwell; markup.
fn name(stairwell: &LiftStairwell) -> String {
    let both = format!("{} {}", stairwell.building, stairwell.id);
    Name(both.trim()).to_string()
}

impl Lifts<'_> {
    fn write(&self, map: &Map<'_>, html: &mut Html) {
        let marks = self.marks(map);
        self.lead(html);
        self.map(map, &marks, html);
        put!(html, "<div class=\"rest\">\n");
        self.strip(html);
        self.plan(&marks, html);
        self.groups(html);
        self.policy(html);
        super::tables::findings(self.report, self.page, html);
        method::write(self.report, self.page, html);
    }

    /// What it is of, the sentence, and the four figures.
    fn lead(&self, html: &mut Html) {
        open_lead(self.report, self.page, self.words.kicker, html);
        let (words, language) = (self.words, self.page.language);
        let sums = self.known.sums(self.known.planned());
        let progress = self.known.progress();
        let whole = |count: usize| language.whole(count as u64);
        let [built, way, ready, open, _] = progress.by_status;
        let all = whole(progress.stairwells);
        let sentence = if self.known.choice.is_some() {
            let [step_free, newly] =
                [sums[0].step_free, sums[0].newly_covered].map(|people| language.people(people));
            words.headline(&whole(progress.planned), &step_free, &newly)
        } else {
            words.headline_without(&whole(ready + open), &all)
        };
        put!(html, "<h1>{sentence}</h1>\n<dl class=\"figures\">\n");
        let more = format!("{all} {}, {} {}", words.all, whole(way), words.way);
        figure("plain", &whole(built), [words.built, &more], html);
        let share = |people: People| language.percent(people, progress.people);
        let today = format!(
            "{}; {} {}",
            share(progress.step_free_then),
            words.today,
            share(progress.step_free)
        );
        let people = language.people(progress.step_free_then);
        figure("good", &people, [words.step_free, &today], html);
        let freed = format!("{} {}", language.people(sums[0].freed), words.freed);
        let newly = language.people(sums[0].newly_covered);
        figure("good", &newly, [words.newly, &freed], html);
        let saved = language.whole(sums[0].person_minutes().round() as u64);
        figure("plain", &saved, [words.saved, words.saved_note], html);
        put!(html, "</dl>\n</header>\n");
    }

    /// The planned lifts that are numbered.
    fn marks(&self, map: &Map<'_>) -> Vec<Mark> {
        let ground = map.ground();
        let on_sheet = |place: Coord<f64>| {
            let place = ground.place(place);
            ground.holds(place, 0.0).then_some(place)
        };
        let planned = self.known.planned().take(LISTED);
        let marks = planned.filter_map(|one| {
            let (place, rank) = (on_sheet(one.place?)?, one.planned?.rank);
            let people = self.page.language.people(one.benefit().step_free);
            let tip = format!(
                "{} {}\u{2003}{}",
                text(&one.building),
                text(&one.id),
                self.page.words().count_people(&people)
            );
            Some(Mark::new(rank.to_string(), rank, place, tip).of_class("lp"))
        });
        marks.collect()
    }

    /// The map with its switches, which come first, so that the style sheet alone can obey them.
    fn map(&self, map: &Map<'_>, marks: &[Mark], html: &mut Html) {
        let words = self.words;
        map_box::begin("mapbox", self.page, html);
        let layers = [
            ("plan", words.layer_plan),
            ("built", words.layer_built),
            ("way", words.layer_way),
            ("may", words.layer_may),
            ("not", words.layer_not),
        ];
        for (id, what) in layers {
            map_box::layer(id, what, true, html);
        }
        map_box::usual_layers(self.page, html);
        let overlay = Overlay {
            label: words.map_label,
            below: Html::default(),
            above: self.dots(map),
            people: None,
            marks,
        };
        let legend = |html: &mut Html| {
            for (class, what) in [
                ("lp", words.legend_plan),
                ("lb", words.built),
                ("lw", words.way),
                ("lm", words.may),
                ("ln", words.not),
            ] {
                let drawing = format!("<path class=\"{class} d1\" d=\"M10 7h0\"/>");
                html.legend_item("", &drawing, what);
            }
        };
        map_box::draw(self.page, map, &overlay, legend, html);
    }

    /// The stairwells, those of the plan on top.
    fn dots(&self, map: &Map<'_>) -> Html {
        let mut html = Html::default();
        put!(html, "<g class=\"lifts\">\n");
        for wanted in ["ln", "lm", "lb", "lw", "lp"] {
            let of_class = self.known.stairwells.iter();
            let of_class = of_class.filter(|one| class(one) == wanted);
            let dots = of_class.filter_map(|one| {
                Some(Dot {
                    place: one.place?,
                    people: one.people,
                })
            });
            map.dots(wanted, &dots.collect::<Vec<_>>(), &mut html);
        }
        put!(html, "</g>\n");
        html
    }
}
