//! Gaps on the map: outlines, links and gates, and those in the table as they are numbered.

use super::{Map, Mark, OUTLINE};
use crate::gaps::Gap;
use crate::report::page::escape::text;
use crate::report::page::html::{Html, put};
use crate::report::page::path::PathData;
use crate::report::page::shown::GAPS_LISTED;

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

    /// The gaps of the table as they are numbered, the largest first.
    pub(super) fn gap_marks(&self) -> Vec<Mark> {
        let words = self.page.words();
        let marks = (1..).zip(self.listed_gaps()).map(|(number, gap)| {
            let name = text(self.report.gap_name(gap, words));
            let people = words.count_people(&words.language.people(gap.people));
            let tip = format!("{name}\u{2003}{people}");
            Mark::new(
                number.to_string(),
                number,
                self.ground.place(gap.centre),
                tip,
            )
        });
        marks.collect()
    }
}
