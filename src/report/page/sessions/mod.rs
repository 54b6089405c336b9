//! `index.html` of sessions: who had one within their walk, on a map week by week, and which sessions there were.

mod tables;
mod words;

use std::fmt::Write as _;
use std::io;

use self::words::Words;
use super::bars::{self, Bar};
use super::document::Head;
use super::figures::{figure, open_lead};
use super::html::{Html, put};
use super::map::{Dot, Map, Overlay};
use super::{Page, map_box, method};
use crate::id::{ResidentId, StationId};
use crate::planning::register::Date;
use crate::planning::sessions::Week;
use crate::report::Report;
use crate::report::sessions::SessionsReport;
use crate::units::People;

/// The look of what this page has beside the others.
const STYLE: &str = include_str!("style.css");
/// Rows that are listed.
const LISTED: usize = 60;
/// Weeks that can be shown one by one: more make the page large.
const WEEKS: usize = 6;

/// What the page shows.
struct Held<'a> {
    report: &'a Report<'a>,
    page: &'a Page<'a>,
    known: SessionsReport<'a>,
    words: &'static Words,
}

/// Writes the page.
pub(crate) fn write_sessions(
    report: &Report<'_>,
    page: &Page<'_>,
    known: SessionsReport<'_>,
    writer: impl io::Write,
) -> io::Result<()> {
    let words = Words::of(page.language);
    let map = Map::new(report, page, &[]);
    let written = Held {
        report,
        page,
        known,
        words,
    };
    let style = written.style();
    let head = Head {
        page,
        map: &map,
        kicker: words.kicker,
        style: &style,
    };
    let begin = |html: &mut Html| written.write(&map, html);
    head.write_page(report.noun, begin, writer)
}

impl Held<'_> {
    fn write(&self, map: &Map<'_>, html: &mut Html) {
        self.lead(html);
        self.map(map, html);
        put!(html, "<div class=\"rest\">\n");
        self.weeks(html);
        self.sessions(html);
        self.next(html);
        self.areas(html);
        super::tables::findings(self.report, self.page, html);
        method::write(self.report, self.page, html);
    }

    /// The weeks that can be shown.
    fn shown_weeks(&self) -> impl Iterator<Item = (usize, &Week)> {
        let weeks = self.known.attendance.weeks();
        weeks.iter().enumerate().take(WEEKS)
    }

    /// The style sheet, with a rule for each week's switch.
    fn style(&self) -> String {
        let mut style = STYLE.to_owned();
        for number in 0..=self.shown_weeks().count() {
            // Text takes every letter: there is no error to lose.
            let _ = write!(
                style,
                "#week-{number}:checked~.canvas .w{number}{{display:inline}}"
            );
        }
        style.push_str(
            "#layer-had:not(:checked)~.canvas .week,#layer-none:not(:checked)~.canvas .leftout{display:none}",
        );
        style
    }

    /// What it is of, the sentence, and the four figures.
    fn lead(&self, html: &mut Html) {
        open_lead(self.report, self.page, self.words.kicker, html);
        let (words, language) = (self.words, self.page.language);
        let sums = self.known.everybody();
        let share = language.percent(sums.had, sums.people);
        let [had, all, missed] =
            [sums.had, sums.people, sums.missed()].map(|people| language.people(people));
        let sessions = language.whole(self.known.sessions.len() as u64);
        let sentence = words.headline(&had, &all, &share, &sessions);
        put!(html, "<h1>{sentence}</h1>\n<dl class=\"figures\">\n");
        figure("good", &had, [words.had, &share], html);
        figure("bad", &missed, [words.none, words.online], html);
        let places = format!(
            "{} {}",
            language.whole(self.known.places() as u64),
            words.places
        );
        let mean = format!("{:.2}", sums.mean());
        figure("plain", &mean, [words.mean, &places], html);
        let (people, seats) = self.of_seats();
        if seats > People::ZERO {
            let each = format!("{:.1}", people.as_f64() / seats.as_f64());
            let seats = format!("{} {}", language.people(seats), words.seats);
            figure("claim", &each, [words.per_seat, &seats], html);
        }
        put!(html, "</dl>\n</header>\n");
    }

    /// The people within reach of sessions with seats, each as often as there are such, and these seats.
    fn of_seats(&self) -> (People, People) {
        let reached = self.known.attendance.reached().iter();
        let known = self.known.sessions.iter().zip(reached);
        let known = known.filter_map(|(session, reached)| Some((reached.people, session.seats?)));
        known.fold((People::ZERO, People::ZERO), |sums, one| {
            (sums.0 + one.0, sums.1 + one.1)
        })
    }

    /// The map with its switches, which come first, so that the style sheet alone can obey them.
    fn map(&self, map: &Map<'_>, html: &mut Html) {
        let words = self.words;
        map_box::begin("mapbox", self.page, html);
        let days = self.shown_weeks().map(|(_, week)| week.monday.to_string());
        let names = std::iter::once(words.whole.to_owned()).chain(days);
        for (number, name) in names.enumerate() {
            let checked = if number == 0 { " checked=\"\"" } else { "" };
            put!(
                html,
                "<input type=\"radio\" name=\"week\" id=\"week-{number}\"{checked}/><label class=\"tab\" for=\"week-{number}\">{name}</label>\n"
            );
        }
        map_box::layer("had", words.layer_had, true, html);
        map_box::layer("none", words.layer_none, true, html);
        map_box::usual_layers(self.page, html);
        let overlay = Overlay {
            label: words.map_label,
            below: Html::default(),
            above: self.dots(map),
            people: None,
            marks: &[],
        };
        let legend = |html: &mut Html| {
            for (class, what) in [
                ("hadone d1", words.legend_had),
                ("hadnone d1", words.legend_none),
                ("held", words.legend_held),
            ] {
                let drawing = format!("<path class=\"{class}\" d=\"M10 7h0\"/>");
                html.legend_item("", &drawing, what);
            }
        };
        map_box::draw(self.page, map, &overlay, legend, html);
    }

    /// Who had none, and who had one in each week.
    fn dots(&self, map: &Map<'_>) -> Html {
        let mut html = Html::default();
        let attendance = self.known.attendance;
        let counts = attendance.counts();
        let records = (0..counts.len()).map(ResidentId::new);
        let (had, none): (Vec<ResidentId>, Vec<ResidentId>) =
            records.partition(|resident| counts[resident.index()] > 0);
        put!(html, "<g class=\"leftout\">\n");
        map.dots("out", &self.of(&none), &mut html);
        put!(html, "</g>\n<g class=\"week w0\">\n");
        map.dots("had", &self.of(&had), &mut html);
        map.dots("held", &self.held(None), &mut html);
        put!(html, "</g>\n");
        for (number, week) in self.shown_weeks() {
            put!(html, "<g class=\"week w{}\">\n", number + 1);
            map.dots("had", &self.of(attendance.had_in(number)), &mut html);
            map.dots("held", &self.held(Some(week.monday)), &mut html);
            put!(html, "</g>\n");
        }
        html
    }

    /// The places of the sessions of a week, or of all; each once.
    fn held(&self, monday: Option<Date>) -> Vec<Dot> {
        let sessions = self.known.sessions.iter();
        let sessions =
            sessions.filter(|one| monday.is_none_or(|monday| one.day().monday() == monday));
        let mut stations: Vec<StationId> = sessions.map(|one| one.station).collect();
        stations.sort_unstable();
        stations.dedup();
        let records = stations.into_iter();
        let records = records.map(|station| &self.known.records[station.index()]);
        let dots = records.filter_map(|record| {
            Some(Dot {
                place: record.place?,
                people: People::ZERO,
            })
        });
        dots.collect()
    }

    fn of(&self, residents: &[ResidentId]) -> Vec<Dot> {
        let known = residents.iter().map(|id| &self.known.residents[id.index()]);
        let dots = known.filter_map(|resident| {
            Some(Dot {
                place: resident.valid_place()?,
                people: resident.people,
            })
        });
        dots.collect()
    }

    fn weeks(&self, html: &mut Html) {
        let (words, language) = (self.words, self.page.language);
        let weeks = self.known.attendance.weeks();
        if weeks.is_empty() {
            return;
        }
        let all = self.known.everybody().people;
        let bars = weeks.iter().map(|week| Bar {
            name: week.monday.to_string(),
            value: week.people.as_f64(),
            shown: language.percent(week.people, all),
        });
        put!(
            html,
            "<section id=\"weeks\"><h2>{}</h2><p>{}</p>\n",
            words.weeks,
            words.weeks_note
        );
        bars::write(words.weeks, &bars.collect::<Vec<_>>(), html);
        put!(html, "</section>\n");
    }
}
