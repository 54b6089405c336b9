//! The map with what a page of its own draws over it.

use super::{Map, Mark, SCREEN_PX};
use crate::report::page::html::Html;
use crate::report::page::labels;
use crate::units::People;

/// What a page draws on the map beside what all maps have.
pub(in crate::report::page) struct Overlay<'o> {
    /// What the picture is of, for those who do not see it.
    pub(in crate::report::page) label: &'o str,
    /// Markup below the streets.
    pub(in crate::report::page) below: Html,
    /// Markup above the streets and below the stations.
    pub(in crate::report::page) above: Html,
    /// The people of each station, where they are others than those within the deciding cutoff.
    pub(in crate::report::page) people: Option<&'o [People]>,
    /// What is numbered, what matters most first.
    pub(in crate::report::page) marks: &'o [Mark],
}

impl Map<'_> {
    /// The picture with an overlay.
    pub(in crate::report::page) fn svg_with(&self, overlay: &Overlay<'_>, html: &mut Html) {
        self.open(overlay.label, html);
        self.water(html);
        html.append(&overlay.below);
        self.streets(html);
        self.areas(html);
        html.append(&overlay.above);
        self.walls(html);
        match overlay.people {
            Some(people) => self.stations_of(|station| people[station.index()], html),
            None => self.stations(html),
        }
        let unit = self.units_per_px(SCREEN_PX, SCREEN_PX);
        let shown = self.shown_numbers(overlay.marks);
        labels::write(self.report, &self.ground, (unit, &shown), html);
        self.numbers(overlay.marks, html);
        self.scale_bar(html);
        Map::end(html);
    }
}
