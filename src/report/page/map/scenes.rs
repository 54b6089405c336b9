//! Several cities on one sheet: each has its circles, its people and its stations, and what changed, in a layer of its own.

use geo_types::Coord;

use super::{LeftOuts, Map, SCREEN_PX};
use crate::report::page::html::{Html, put};
use crate::report::page::labels;
use crate::report::page::path::PathData;

/// A city on the sheet of another, and what changed from that one.
pub(in crate::report::page) struct Scene<'s> {
    pub(in crate::report::page) map: Map<'s>,
    pub(in crate::report::page) left_outs: LeftOuts,
    /// Where people are newly covered.
    pub(in crate::report::page) gained: Vec<Coord<f64>>,
    /// Where they are no longer.
    pub(in crate::report::page) lost: Vec<Coord<f64>>,
    /// Edits: a class, and a place or a line.
    pub(in crate::report::page) edits: Vec<Edited<'s>>,
}

/// An edit as it is drawn.
pub(in crate::report::page) struct Edited<'s> {
    /// Of its kind.
    pub(in crate::report::page) class: &'static str,
    /// What it hit.
    pub(in crate::report::page) tip: String,
    /// A place, or a line.
    pub(in crate::report::page) shape: &'s [Coord<f64>],
}

/// The picture of several cities; the first is the one whose streets are drawn.
pub(in crate::report::page) fn svg(scenes: &[Scene<'_>], html: &mut Html) {
    let Some(Scene { map: base, .. }) = scenes.first() else {
        return;
    };
    base.open(base.page.words().map_label, html);
    base.water(html);
    each(scenes, html, |scene, html| scene.map.walked(html));
    base.streets(html);
    base.areas(html);
    each(scenes, html, |scene, html| {
        scene.map.covered(html);
        scene.map.left_out(&scene.left_outs, html);
        scene.map.walls(html);
        scene.changes(html);
        scene.map.stations(html);
    });
    let unit = base.units_per_px(SCREEN_PX, SCREEN_PX);
    labels::write(base.report, &base.ground, (unit, &[]), html);
    base.scale_bar(html);
    Map::end(html);
}

/// A layer for each scene, of which one is shown at a time.
fn each(scenes: &[Scene<'_>], html: &mut Html, mut draw: impl FnMut(&Scene<'_>, &mut Html)) {
    for (number, scene) in scenes.iter().enumerate() {
        put!(html, "<g class=\"scn n{number}\">\n");
        draw(scene, html);
        put!(html, "</g>\n");
    }
}

impl Scene<'_> {
    fn changes(&self, html: &mut Html) {
        for (class, places) in [("gain", &self.gained), ("loss", &self.lost)] {
            let mut path = PathData::default();
            let places = places.iter().map(|place| self.map.ground.place(*place));
            for place in places.filter(|place| self.map.ground.holds(*place, 0.0)) {
                path.dot(place);
            }
            put!(
                html,
                "<path class=\"{class}\" data-count=\"{}\" d=\"{}\"/>\n",
                if class == "gain" {
                    self.gained.len()
                } else {
                    self.lost.len()
                },
                path.into_text()
            );
        }
        put!(html, "<g class=\"edits\">\n");
        for edit in &self.edits {
            let mut path = PathData::default();
            let places = edit.shape.iter().map(|place| self.map.ground.place(*place));
            match edit.shape {
                [_] => places.for_each(|place| path.dot(place)),
                _ => path.line(places),
            }
            if !path.is_empty() {
                let (class, tip, path) = (edit.class, &edit.tip, path.into_text());
                put!(
                    html,
                    "<path class=\"{class}\" data-tip=\"{tip}\" d=\"{path}\"/>\n"
                );
            }
        }
        put!(html, "</g>\n");
    }
}
