//! The ranked tables: stations, pairs, streets.

use super::breaks::{Breaks, LISTED, station_name};
use super::drawn::Drawn;
use crate::report::page::escape::Name;
use crate::report::page::html::{Html, put};
use crate::resilience::{Loss, PairLoss, StreetKind};
use crate::units::People;

/// The number of a row: what it is known by where it is on the map, its rank, and its colour and shape.
struct Number<'k> {
    key: Option<&'k str>,
    rank: usize,
    class: String,
}

impl Number<'_> {
    /// Opens the row.
    fn open(&self, html: &mut Html) {
        let Self { key, rank, class } = self;
        match key {
            Some(key) => put!(
                html,
                "<tr id=\"gap-{key}\" data-gap=\"{key}\"><td class=\"no\"><a href=\"#mark-{key}\" class=\"{class}\">{rank}</a></td>"
            ),
            None => put!(html, "<tr><td class=\"no\">{rank}</td>"),
        }
    }
}

impl Breaks<'_> {
    pub(super) fn stations(&self, drawn: &Drawn, html: &mut Html) {
        let words = self.words;
        put!(
            html,
            "<section id=\"stations\"><h2>{}</h2><p>{} {}</p>\n",
            words.stations,
            words.stations_note,
            words.meaning
        );
        self.heads([words.station, words.lost, words.farther], html);
        for row in self.station_rows().take(LISTED) {
            let number = Number {
                key: drawn.key('s', row.rank),
                rank: row.rank,
                class: drawn.scale.class(row.loss).to_owned(),
            };
            number.open(html);
            let serves = words.serves(&words.language.people(row.circle.people));
            put!(html, "<td>{} <small>{serves}", Name(station_name(&row)));
            self.cut_off(row.loss, html);
            put!(html, "</small></td>");
            self.cells(
                [row.loss.lost.people, row.loss.farther.people],
                row.loss,
                html,
            );
        }
        let count = self.known.station_rows().count();
        self.end(count, "station_closures.csv", html);
        put!(html, "</section>\n");
    }

    pub(super) fn pairs(&self, html: &mut Html) {
        let (words, pairs) = (self.words, self.known.stations.pairs());
        if pairs.is_empty() {
            return;
        }
        put!(
            html,
            "<section id=\"pairs\"><h2>{}</h2><p>{}</p>\n",
            words.pairs,
            words.pairs_note
        );
        self.heads([words.pair, words.lost, words.together], html);
        for (rank, pair) in (1..).zip(pairs).take(LISTED) {
            let PairLoss { loss, together, .. } = pair;
            let [one, other] = pair.stations.map(|station| {
                let record = &self.known.records[station.index()];
                Name(record.name.as_deref().unwrap_or(&record.id))
            });
            put!(
                html,
                "<tr><td class=\"no\">{rank}</td><td>{one}<br/>+ {other} <small>"
            );
            self.cut_off(loss, html);
            put!(html, "</small></td>");
            self.cells([loss.lost.people, *together], loss, html);
        }
        self.end(pairs.len(), "station_pairs.csv", html);
        put!(html, "</section>\n");
    }

    pub(super) fn streets(&self, drawn: &Drawn, html: &mut Html) {
        let words = self.words;
        put!(html, "<section id=\"streets\"><h2>{}</h2>\n", words.streets);
        let Some(streets) = self.known.streets else {
            put!(html, "<p>{}</p></section>\n", words.streets_round);
            return;
        };
        let whole = |count: usize| words.language.whole(count as u64);
        let counts = StreetKind::ALL.map(|kind| whole(streets.count_of(kind)));
        put!(html, "<p>{}", words.closed(counts));
        if streets.bare_crossings() > 0 {
            put!(html, " {}", words.bare(&whole(streets.bare_crossings())));
        }
        put!(html, "</p>\n");
        if self.street_rows().next().is_none() {
            put!(html, "<p>{}</p></section>\n", words.streets_none);
            return;
        }
        self.heads([words.street, words.lost, words.farther], html);
        for row in self.street_rows().take(LISTED) {
            let number = Number {
                key: drawn.key('w', row.rank),
                rank: row.rank,
                class: format!("{} sq", drawn.scale.class(row.loss)),
            };
            number.open(html);
            put!(html, "<td>{} <small>", self.street_name(row.closure));
            self.cut_off(row.loss, html);
            put!(html, "</small></td>");
            self.cells(
                [row.loss.lost.people, row.loss.farther.people],
                row.loss,
                html,
            );
        }
        self.end(streets.list().len(), "street_closures.csv", html);
        put!(html, "</section>\n");
    }

    /// The heads of a ranking; the last is what is added to walks.
    fn heads(&self, [what, first, second]: [&str; 3], html: &mut Html) {
        let words = self.words;
        let unit = self.known.stations.cutoff().unit();
        put!(
            html,
            "<table class=\"gaps\"><thead><tr><th scope=\"col\"><span class=\"hidden\">{}</span></th><th scope=\"col\">{what}</th>",
            words.rank
        );
        for head in [first, second, words.added(unit)] {
            put!(html, "<th scope=\"col\" class=\"r\">{head}</th>");
        }
        put!(html, "</tr></thead><tbody>\n");
    }

    /// The numbers of a row, and its end.
    fn cells(&self, people: [People; 2], loss: &Loss, html: &mut Html) {
        let language = self.words.language;
        for people in people {
            put!(html, "<td class=\"r\">{}</td>", language.people(people));
        }
        let unit = self.known.stations.cutoff().unit();
        let added = loss.person_units(unit).round() as u64;
        put!(
            html,
            "<td class=\"r\">{}</td></tr>\n",
            language.whole(added)
        );
    }

    /// Who could walk to no station at all, where there is anybody.
    fn cut_off(&self, loss: &Loss, html: &mut Html) {
        if loss.cut_off.people > People::ZERO {
            let people = self.words.language.people(loss.cut_off.people);
            put!(html, " {}", self.words.cut_off(&people));
        }
    }

    /// The end of a table, and where its other rows are.
    fn end(&self, count: usize, file: &str, html: &mut Html) {
        put!(html, "</tbody></table>\n");
        if count > LISTED {
            let more = self.words.language.whole((count - LISTED) as u64);
            put!(
                html,
                "<p class=\"rest-of\">{}</p>\n",
                self.words.more(&more, file)
            );
        }
    }
}
