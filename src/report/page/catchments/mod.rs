//! `index.html` of catchments: the ground of each station on a map, and what each of them has to bear.

mod colours;
mod words;

use std::cmp::Reverse;
use std::io;

use self::colours::{CLASSES, colours};
use self::words::Words;
use super::document::Head;
use super::escape::{Name, text};
use super::figures::{figure, open_lead};
use super::html::{Html, put};
use super::map::{LeftOuts, Map, Overlay};
use super::{Page, map_box, method, tables};
use crate::catchments::{Balance, Catchment};
use crate::coverage::Tally;
use crate::id::StationId;
use crate::report::Report;
use crate::report::catchments::CatchmentsReport;
use crate::units::{People, Unit};

/// The look of what this page has beside the others.
const STYLE: &str = include_str!("style.css");

/// What the page shows.
struct Grounds<'a> {
    report: &'a Report<'a>,
    page: &'a Page<'a>,
    known: CatchmentsReport<'a>,
    words: &'static Words,
    /// The class of each station's colour.
    classes: Vec<&'static str>,
    /// The stations, the one with most people first.
    order: Vec<StationId>,
}

/// Writes the page.
pub(crate) fn write_catchments(
    report: &Report<'_>,
    page: &Page<'_>,
    known: CatchmentsReport<'_>,
    writer: impl io::Write,
) -> io::Result<()> {
    let words = Words::of(page.language);
    let map = Map::new(report, page, &[]);
    let list = known.catchments.list();
    let mut order: Vec<StationId> = (0..list.len()).map(StationId::new).collect();
    order.sort_by_key(|station| Reverse(list[station.index()].load.people));
    let mut classes = vec![CLASSES[0]; list.len()];
    let colours = colours(known.catchments.neighbours());
    for (class, colour) in classes.iter_mut().zip(colours) {
        *class = CLASSES[colour];
    }
    let grounds = Grounds {
        report,
        page,
        known,
        words,
        classes,
        order,
    };
    let head = Head {
        page,
        map: &map,
        kicker: words.kicker,
        style: STYLE,
    };
    let begin = |html: &mut Html| {
        grounds.lead(html);
        grounds.map(&map, html);
        put!(html, "<div class=\"rest\">\n");
        grounds.stations(html);
        grounds.drawn(html);
        tables::findings(report, page, html);
        method::write(report, page, html);
    };
    head.write_page(report.noun, begin, writer)
}

impl Grounds<'_> {
    fn catchment(&self, station: StationId) -> &Catchment {
        &self.known.catchments.list()[station.index()]
    }

    fn name(&self, station: StationId) -> &str {
        let record = &self.known.records[station.index()];
        record.name.as_deref().unwrap_or(&record.id)
    }

    /// A walk of so many milliseconds or millimetres.
    fn walk(&self, cost: f64) -> String {
        let unit = self.known.catchments.unit();
        self.words.walk(cost / amount(unit), unit)
    }

    /// What it is of, the sentence, and the four figures.
    fn lead(&self, html: &mut Html) {
        open_lead(self.report, self.page, self.words.kicker, html);
        let (words, language) = (self.words, self.page.language);
        let served = self.known.served();
        let has_people =
            |station: &&StationId| self.catchment(**station).load.people > People::ZERO;
        let serving: Vec<&StationId> = self.order.iter().filter(has_people).collect();
        if let Some(most) = serving.first() {
            let people = self.catchment(**most).load.people;
            let share = language.percent(people, served);
            let name = Name(self.name(**most)).to_string();
            let sentence = words.headline(&name, &language.people(people), &share);
            put!(html, "<h1>{sentence}");
            if let Some(fewest) = serving.last().filter(|_| serving.len() > 1) {
                let people = language.people(self.catchment(**fewest).load.people);
                let name = Name(self.name(**fewest)).to_string();
                put!(html, "<span>{}</span>", words.fewest(&name, &people));
            }
            put!(html, "</h1>\n");
        }
        put!(html, "<dl class=\"figures\">\n");
        let list = self.known.catchments.list().iter();
        let has_ground = list.clone().filter(|one| !one.ground.0.is_empty()).count();
        let whole = |count: usize| language.whole(count as u64);
        let more = format!("{} {}", whole(has_ground), words.with_ground);
        figure("plain", &whole(list.len()), [words.of_them, &more], html);
        let all = self.report.coverage.total().people;
        let share = language.percent(served, all);
        figure(
            "good",
            &language.people(served),
            [words.served, &share],
            html,
        );
        let walked: u128 = list.clone().map(|one| one.walked).sum();
        let mean = self.walk(walked as f64 / served.thousandths().max(1) as f64);
        let longest = list.map(|one| one.longest).max().unwrap_or(0);
        let more = format!("{} {}", words.longest_of, self.walk(longest as f64));
        figure("plain", &mean, [words.mean_walk, &more], html);
        let without = language.people(all - served);
        figure("bad", &without, [words.without, words.no_path], html);
        put!(html, "</dl>\n</header>\n");
    }

    /// The map with its switches, which come first, so that the style sheet alone can obey them.
    fn map(&self, map: &Map<'_>, html: &mut Html) {
        let words = self.words;
        map_box::begin("mapbox", self.page, html);
        map_box::layer("grounds", words.layer_grounds, true, html);
        map_box::layer("in", words.layer_in, false, html);
        map_box::layer("out", words.layer_out, false, html);
        map_box::usual_layers(self.page, html);
        let people = self.known.catchments.list().iter();
        let people: Vec<People> = people.map(|one| one.load.people).collect();
        let mut above = Html::default();
        map.covered(&mut above);
        map.left_out(&LeftOuts::new(self.report), &mut above);
        let overlay = Overlay {
            label: words.map_label,
            below: self.grounds(map),
            above,
            people: Some(&people),
            marks: &[],
        };
        let legend = |html: &mut Html| {
            let halves = "<rect class=\"ground g0\" width=\"10\" height=\"14\"/><rect class=\"ground g1\" x=\"10\" width=\"10\" height=\"14\"/>";
            html.legend_item("of-grounds", halves, words.legend_ground);
        };
        map_box::draw(self.page, map, &overlay, legend, html);
    }

    /// The ground of each station.
    fn grounds(&self, map: &Map<'_>) -> Html {
        let (language, of_page) = (self.page.language, self.page.words());
        let mut html = Html::default();
        put!(html, "<g class=\"grounds\">\n");
        for station in &self.order {
            let catchment = self.catchment(*station);
            let path = map.outline(&catchment.ground.0);
            if !path.is_empty() {
                let people = of_page.count_people(&language.people(catchment.load.people));
                put!(
                    html,
                    "<path class=\"{}\" data-tip=\"{}\u{2003}{people}\" d=\"{}\"/>\n",
                    self.classes[station.index()],
                    text(self.name(*station)),
                    path.into_text()
                );
            }
        }
        put!(html, "</g>\n");
        html
    }

    /// What each station has.
    fn stations(&self, html: &mut Html) {
        let (words, unit) = (self.words, self.known.catchments.unit());
        put!(
            html,
            "<section id=\"stations\"><h2>{}</h2><p>{}</p>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{}\"><table class=\"sortable\"><thead><tr>",
            words.stations,
            words.stations_note,
            words.stations
        );
        let mut heads = vec![
            (words.station, false),
            (words.people, true),
            (words.share, true),
            (words.area, true),
            (words.mean(unit), true),
        ];
        if self.known.catchments.balance().is_some() {
            heads.push((words.load, true));
        }
        tables::heads(&heads, html);
        put!(html, "</tr></thead><tbody>\n");
        for (position, station) in self.order.iter().enumerate() {
            self.row(*station, position, html);
        }
        put!(html, "</tbody></table></div></section>\n");
    }

    fn row(&self, station: StationId, position: usize, html: &mut Html) {
        let language = self.page.language;
        let catchment = self.catchment(station);
        let Catchment { load, area_m2, .. } = catchment;
        let more = if position >= tables::ROWS_PRINTED {
            " class=\"more\""
        } else {
            ""
        };
        put!(
            html,
            "<tr{more} data-station=\"{}\"><td><span class=\"key {}\"></span>{}</td>{}",
            station.index() + 1,
            self.classes[station.index()],
            Name(self.name(station)),
            tables::people_cell(self.page.words(), load.people)
        );
        let served = self.known.served();
        let share = language.percent(load.people, served);
        let mean = catchment.mean();
        let (cost, shown) = mean.map_or((-1.0, "–".to_owned()), |cost| {
            let mean = cost / amount(self.known.catchments.unit());
            (cost, format!("{mean:.1}"))
        });
        put!(
            html,
            "<td class=\"r\" data-v=\"{:.6}\">{share}</td><td class=\"r\" data-v=\"{area_m2:.0}\">{:.2}</td><td class=\"r\" data-v=\"{cost:.0}\">{shown}</td>",
            load.people.share_of(served),
            area_m2 / 1e6
        );
        if let Some(capacity) = self.known.catchments.capacity_of(station) {
            let of_capacity = load.people.share_of(capacity);
            let class = if load.people > capacity { "over" } else { "" };
            put!(
                html,
                "<td class=\"r\" data-v=\"{of_capacity:.6}\"><span class=\"{class}\">{}</span><small>{}</small></td>",
                language.percent(load.people, capacity),
                language.people(capacity)
            );
        }
        put!(html, "</tr>\n");
    }

    /// How the ground was drawn, and how good the balance is.
    fn drawn(&self, html: &mut Html) {
        let (words, language) = (self.words, self.page.language);
        let catchments = self.known.catchments;
        let residents = self.known.residents.iter();
        let people: Vec<People> = residents.map(|resident| resident.people).collect();
        let Tally { records, people } = catchments.outside_of(&people);
        let (people, records) = (language.people(people), language.whole(records));
        put!(
            html,
            "<section id=\"drawn\"><h2>{}</h2>\n<ol class=\"contract\">\n",
            words.drawn
        );
        for sentence in words.cells(catchments.cell_m(), &people, &records) {
            put!(html, "<li>{sentence}</li>\n");
        }
        put!(html, "</ol></section>\n");
        if let Some(balance) = catchments.balance() {
            self.balance(balance, html);
        }
    }

    /// Whether stations have capacities of their own.
    fn has_own(&self) -> bool {
        let catchments = self.known.catchments;
        let common = catchments.balance().and_then(|balance| balance.capacity);
        let mut stations = (0..catchments.list().len()).map(StationId::new);
        stations.any(|station| catchments.capacity_of(station) != common)
    }

    fn balance(&self, balance: &Balance, html: &mut Html) {
        let (words, language) = (self.words, self.page.language);
        let served = self.known.served().thousandths().max(1) as f64;
        let walks = [balance.walked, balance.bound, balance.nearest];
        let walks = walks.map(|walked| self.walk(walked as f64 / served));
        let capacity = balance.capacity.map(|people| language.people(people));
        let over = language.whole(balance.over as u64);
        put!(
            html,
            "<section id=\"balance\"><h2>{}</h2>\n<p>{} {}</p></section>\n",
            words.balanced,
            words.balance(self.has_own(), capacity.as_deref(), &over),
            words.balanced_walks(walks.each_ref().map(String::as_str))
        );
    }
}

/// How much of a cost a minute is, or a metre.
const fn amount(unit: Unit) -> f64 {
    match unit {
        Unit::Milliseconds => 60_000.0,
        Unit::Millimetres => 1000.0,
    }
}
