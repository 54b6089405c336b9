//! What is drawn on the map: who depends on one station alone, and what closes.

use geo_types::Coord;

use super::breaks::{Breaks, LISTED, station_name};
use super::scale::Scale;
use crate::report::page::escape::text;
use crate::report::page::html::{Html, put};
use crate::report::page::map::{Dot, LeftOuts, Map, Mark};
use crate::report::page::path::PathData;
use crate::report::resilience::StreetRow;
use crate::resilience::Loss;

/// Closings of streets that are drawn; those behind cost least.
const DRAWN: usize = 400;

/// What is numbered, and in which colours.
pub(super) struct Drawn {
    pub(super) scale: Scale,
    /// Stations first.
    pub(super) marks: Vec<Mark>,
}

impl Drawn {
    pub(super) fn new(page: &Breaks<'_>, map: &Map<'_>) -> Self {
        let stations = page.station_rows().map(|row| row.loss.lost.people);
        let streets = page.street_rows().map(|row| row.loss.lost.people);
        let scale = Scale::new(stations.chain(streets).max().unwrap_or_default());
        let words = page.page.words();
        let people = |loss: &Loss| words.count_people(&page.page.language.people(loss.lost.people));
        let ground = map.ground();
        let on_sheet = |place: Coord<f64>| {
            let place = ground.place(place);
            ground.holds(place, 0.0).then_some(place)
        };
        let mut marks = Vec::new();
        for row in page.station_rows().take(LISTED) {
            if let Some(place) = row.record.place.and_then(on_sheet) {
                let tip = format!("{}\u{2003}{}", text(station_name(&row)), people(row.loss));
                let mark = Mark::new(format!("s{}", row.rank), row.rank, place, tip);
                marks.push(mark.of_class(scale.class(row.loss)));
            }
        }
        for row in page.street_rows().take(LISTED) {
            if let Some(place) = on_sheet(row.closure.place) {
                let tip = format!("{}\u{2003}{}", page.street_tip(&row), people(row.loss));
                let mark = Mark::new(format!("w{}", row.rank), row.rank, place, tip);
                marks.push(mark.of_class(scale.class(row.loss)).squared());
            }
        }
        Self { scale, marks }
    }

    /// The key of a row that has a mark.
    pub(super) fn key(&self, letter: char, rank: usize) -> Option<&str> {
        let key = format!("{letter}{rank}");
        let mark = self.marks.iter().find(|mark| mark.key == key);
        mark.map(|mark| mark.key.as_str())
    }

    /// What stands above the streets.
    pub(super) fn above(&self, page: &Breaks<'_>, map: &Map<'_>) -> Html {
        let mut html = Html::default();
        map.left_out(&LeftOuts::new(page.report), &mut html);
        put!(html, "<g class=\"lone\">\n");
        let known = page.known.stations.dependence().iter();
        let known = known.zip(page.known.residents);
        let alone = known.filter(|(known, _)| known.only.is_some());
        let dots = alone.filter_map(|(_, resident)| {
            Some(Dot {
                place: resident.valid_place()?,
                people: resident.people,
            })
        });
        map.dots("ones", &dots.collect::<Vec<_>>(), &mut html);
        put!(html, "</g>\n<g class=\"shuts\">\n");
        // The worst is drawn last, on top.
        let rows: Vec<StreetRow<'_>> = page.street_rows().take(DRAWN).collect();
        for row in rows.iter().rev() {
            self.street(page, map, row, &mut html);
        }
        put!(html, "</g>\n");
        html
    }

    fn street(&self, page: &Breaks<'_>, map: &Map<'_>, row: &StreetRow<'_>, html: &mut Html) {
        let ground = map.ground();
        let mut path = PathData::default();
        for line in &row.closure.lines {
            path.line(line.iter().map(|place| ground.place(*place)));
        }
        let point = if path.is_empty() {
            path.dot(ground.place(row.closure.place));
            " point"
        } else {
            ""
        };
        let class = self.scale.class(row.loss);
        let of_row = self.key('w', row.rank).map_or_else(
            || format!("data-tip=\"{}\"", page.street_tip(row)),
            |key| format!("data-gap=\"{key}\""),
        );
        put!(
            html,
            "<path class=\"{class}{point}\" {of_row} d=\"{}\"/>\n",
            path.into_text()
        );
    }
}
