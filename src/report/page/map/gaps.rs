//! Gaps on the map: outlines, links and gates, and the numbers of those in the table.

use geo_types::Coord;

use super::{Map, OUTLINE, SCREEN_PX};
use crate::gaps::Gap;
use crate::report::page::escape::text;
use crate::report::page::html::{Html, put};
use crate::report::page::path::PathData;
use crate::report::page::shown::GAPS_LISTED;

/// Numbers of gaps closer than this on the screen would cover each other.
const NUMBER_PX: f64 = 26.0;
/// Numbers that the whole map shows; who zooms in sees more.
const NUMBERS_SHOWN: usize = 30;

impl<'m> Map<'m> {
    /// The outline of each gap, with the link and the gate that would help it.
    pub(super) fn gap_outlines(&self, html: &mut Html) {
        put!(html, "<g class=\"gaps\">\n");
        for (number, gap) in (1..).zip(self.listed_gaps()) {
            let path = self.path(&gap.outline.0, OUTLINE);
            if !path.is_empty() {
                put!(
                    html,
                    "<path class=\"gap\" data-gap=\"{number}\" d=\"{}\"/>\n",
                    path.into_text()
                );
            }
            let way = gap.gate.and_then(|gate| gate.way);
            let links = [
                gap.link.map(|link| [link.from, link.to]),
                way.map(|way| [way.from, way.to]),
            ];
            for ends in links.into_iter().flatten() {
                let mut path = PathData::default();
                path.line(ends.map(|place| self.ground.place(place)));
                if !path.is_empty() {
                    put!(html, "<path class=\"link\" d=\"{}\"/>\n", path.into_text());
                }
            }
            if let Some(gate) = &gap.gate {
                let mut path = PathData::default();
                path.dot(self.ground.place(gate.place));
                let compound = &self.report.compounds.list[gate.compound.index()].id;
                let words = self.page.words();
                let (gain, way) = (words.language.people(gate.gain), gate.way);
                let way = way.map(|way| words.language.metres(way.metres));
                put!(
                    html,
                    "<path class=\"gate\" data-gap=\"{number}\" d=\"{}\"><title>{}</title></path>\n",
                    path.into_text(),
                    text(&words.gate(compound, &gain, way.as_deref()))
                );
            }
        }
        put!(html, "</g>\n");
    }

    /// The gaps that are in the table.
    fn listed_gaps(&self) -> impl Iterator<Item = &'m Gap> {
        self.page.gaps.list.iter().take(GAPS_LISTED)
    }

    /// Where a gap's number stands.
    fn gap_place(&self, gap: &Gap) -> Coord<f64> {
        let Coord { x, y } = self.ground.place(gap.centre);
        Coord {
            x: x.round(),
            y: y.round(),
        }
    }

    /// Where the numbers stand that the whole map shows: those that would cover a larger gap's wait until there is room.
    pub(super) fn shown_numbers(&self) -> Vec<Coord<f64>> {
        let room = self.units_per_px(SCREEN_PX, SCREEN_PX) * NUMBER_PX;
        let mut shown: Vec<Coord<f64>> = Vec::new();
        for gap in self.listed_gaps() {
            let place = self.gap_place(gap);
            let covers = |other: &Coord<f64>| (other.x - place.x).hypot(other.y - place.y) < room;
            if shown.len() < NUMBERS_SHOWN && !shown.iter().any(covers) {
                shown.push(place);
            }
        }
        shown
    }

    /// The numbers of the gaps, the largest gap on top.
    pub(super) fn gap_numbers(&self, html: &mut Html) {
        let words = self.page.words();
        let shown = self.shown_numbers();
        let mut numbers = Vec::new();
        for (number, gap) in (1..).zip(self.listed_gaps()) {
            let place = self.gap_place(gap);
            numbers.push((number, gap, place, shown.contains(&place)));
        }
        put!(html, "<g class=\"numbers\">\n");
        for (number, gap, Coord { x, y }, fits) in numbers.into_iter().rev() {
            let class = if fits { "num" } else { "num late" };
            let people = words.count_people(&words.language.people(gap.people));
            let radius = if number < 100 { 9 } else { 11 };
            put!(
                html,
                "<a href=\"#gap-{number}\" class=\"{class}\" id=\"mark-{number}\" data-gap=\"{number}\" transform=\"translate({x} {y})\"><g><title>{}\u{2003}{people}</title><circle r=\"{radius}\"/><text dy=\".35em\">{number}</text></g></a>\n",
                text(self.report.gap_name(gap, words))
            );
        }
        put!(html, "</g>\n");
    }
}
