//! The map: streets, circles, stations, people left out, gaps, areas and water as layers of one picture.

mod bounds;
mod gaps;
mod left_outs;
mod marks;
mod overlay;
mod people;
mod scenes;

use geo_types::{Coord, MultiPolygon, Polygon};

use self::bounds::bounds;
pub(super) use self::left_outs::LeftOuts;
pub(super) use self::marks::Mark;
pub(super) use self::overlay::Overlay;
pub(super) use self::people::Dot;
pub(super) use self::scenes::{Edited, Scene, svg as scenes_svg};
use crate::geometry::Bounds;
use crate::id::StationId;
use crate::report::Report;
use crate::report::page::Page;
use crate::report::page::circle::{self, View};
use crate::report::page::circles;
use crate::report::page::escape::text;
use crate::report::page::ground::{Ground, UNIT_M};
use crate::report::page::html::{Html, put};
use crate::report::page::labels;
use crate::report::page::path::{PathData, simplified};
use crate::report::page::streets;
use crate::units::People;

/// Room around what is shown, in metres.
const MARGIN_M: f64 = 400.0;
/// Tolerance of the outlines that were drawn on a lattice of 10 m: they are no finer.
const OUTLINE: f64 = 5.0;
/// Tolerance of areas and water.
const AREA: f64 = 4.0;
/// The shades of walking circles, from the nearest to the farthest.
const SHADES: usize = 5;
/// As wide a map as most screens show, in pixels: what decides which numbers fit without the script.
const SCREEN_PX: f64 = 800.0;

/// The picture with its overlays.
pub(super) struct Map<'m> {
    report: &'m Report<'m>,
    page: &'m Page<'m>,
    /// What it can show beside everything.
    pub(super) views: &'m [View<'m>],
    ground: Ground,
}

impl<'m> Map<'m> {
    pub(super) fn new(report: &'m Report<'m>, page: &'m Page<'m>, views: &'m [View<'m>]) -> Self {
        let ground = Ground::new(bounds(report), MARGIN_M);
        Self {
            report,
            page,
            views,
            ground,
        }
    }

    /// The same on the sheet of another map.
    pub(super) fn on(report: &'m Report<'m>, page: &'m Page<'m>, ground: Ground) -> Self {
        Self {
            report,
            page,
            views: &[],
            ground,
        }
    }

    /// The sheet.
    pub(super) fn ground(&self) -> Ground {
        self.ground
    }

    /// Width and height in units.
    pub(super) fn size(&self) -> (i64, i64) {
        let Coord { x, y } = self.ground.size;
        (x.ceil() as i64, y.ceil() as i64)
    }

    /// Units per pixel where the whole map is shown on a screen of this width and height.
    pub(super) fn units_per_px(&self, width_px: f64, height_px: f64) -> f64 {
        (self.ground.size.x / width_px).max(self.ground.size.y / height_px)
    }

    /// The picture.
    pub(super) fn svg(&self, left_outs: &LeftOuts, html: &mut Html) {
        self.open(self.page.words().map_label, html);
        self.water(html);
        self.walked(html);
        self.straight(html);
        self.streets(html);
        self.areas(html);
        self.covered(html);
        self.left_out(left_outs, html);
        circle::map_layers(self.report, &self.ground, self.views, html);
        self.walls(html);
        self.gap_outlines(html);
        self.stations(html);
        let unit = self.units_per_px(SCREEN_PX, SCREEN_PX);
        let marks = self.gap_marks();
        let shown = self.shown_numbers(&marks);
        labels::write(self.report, &self.ground, (unit, &shown), html);
        self.numbers(&marks, html);
        circle::walks(self.report, self.page, &self.ground, html);
        self.scale_bar(html);
        Map::end(html);
    }

    /// The beginning of the picture.
    fn open(&self, label: &str, html: &mut Html) {
        let (width, height) = self.size();
        put!(
            html,
            "<svg id=\"map\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{label}\">\n"
        );
    }

    /// Its end.
    fn end(html: &mut Html) {
        put!(html, "</svg>\n");
    }

    fn streets(&self, html: &mut Html) {
        let paths = streets::paths(self.report.network, &self.ground);
        put!(html, "<g class=\"streets\">{paths}</g>\n");
    }

    /// Ground as path data, as finely as it was drawn on a lattice.
    pub(super) fn outline(&self, polygons: &[Polygon<f64>]) -> PathData {
        self.path(polygons, OUTLINE)
    }

    fn path(&self, polygons: &[Polygon<f64>], tolerance: f64) -> PathData {
        let mut path = PathData::default();
        for polygon in polygons {
            for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
                let places: Vec<_> = ring.coords().map(|at| self.ground.place(*at)).collect();
                if self.is_seen(&places) {
                    path.ring(simplified(places, tolerance));
                }
            }
        }
        path
    }

    /// Whether the box around places touches the sheet.
    fn is_seen(&self, places: &[Coord<f64>]) -> bool {
        let sheet = Bounds {
            min: Coord { x: 0.0, y: 0.0 },
            max: self.ground.size,
        };
        Bounds::around(places.iter().copied()).is_some_and(|bounds| bounds.meets(&sheet))
    }

    fn water(&self, html: &mut Html) {
        let path = self.path(self.page.water, AREA);
        if !path.is_empty() {
            put!(html, "<path class=\"water\" d=\"{}\"/>\n", path.into_text());
        }
    }

    /// The walking circles of the deciding unit, the farthest below.
    fn walked(&self, html: &mut Html) {
        put!(html, "<g class=\"walked\">\n");
        for (shade, shape) in self.shades().into_iter().rev() {
            let path = self.path(&shape.0, OUTLINE);
            put!(
                html,
                "<path class=\"c{shade}\" d=\"{}\"/>\n",
                path.into_text()
            );
        }
        put!(html, "</g>\n");
    }

    /// Each walking circle with its shade, from the nearest on.
    fn shades(&self) -> Vec<(usize, &MultiPolygon<f64>)> {
        let deciding = self.report.coverage.tests().deciding().unit();
        let of_unit = self.page.isochrones.iter().find(|isochrones| {
            isochrones
                .cutoffs
                .first()
                .is_some_and(|cutoff| cutoff.unit() == deciding)
        });
        let Some(isochrones) = of_unit else {
            return Vec::new();
        };
        let count = isochrones.cutoffs.len();
        let shapes = isochrones.merged.iter().enumerate();
        shapes
            .map(|(index, shape)| (shade(index, count), shape))
            .collect()
    }

    fn straight(&self, html: &mut Html) {
        let Some(radius_m) = self.report.compared_radius_m() else {
            return;
        };
        let radius = radius_m / UNIT_M;
        let places = self.report.city.stations.iter();
        let places = places.filter_map(|station| station.place.as_ref().ok());
        let centres: Vec<Coord<f64>> = places
            .map(|place| self.ground.place(*place))
            .filter(|place| self.ground.holds(*place, radius))
            .collect();
        let (mut disc, mut outline) = (PathData::default(), PathData::default());
        for centre in &centres {
            disc.circle(*centre, radius);
        }
        circles::outline(&mut outline, &centres, radius);
        put!(
            html,
            "<g class=\"straight\"><path class=\"disc\" d=\"{}\"/><path class=\"ring\" d=\"{}\"/></g>\n",
            disc.into_text(),
            outline.into_text()
        );
    }

    fn areas(&self, html: &mut Html) {
        if self.report.city.areas.is_empty() {
            return;
        }
        put!(html, "<g class=\"areas\">\n");
        for area in self.report.city.areas {
            let path = self.path(&area.shape.0, AREA);
            if !path.is_empty() {
                let (name, path) = (text(&area.name), path.into_text());
                put!(html, "<path data-tip=\"{name}\" d=\"{path}\"/>\n");
            }
        }
        put!(html, "</g>\n");
    }

    /// The walls of compounds.
    fn walls(&self, html: &mut Html) {
        let compounds = &self.report.compounds.list;
        if compounds.is_empty() {
            return;
        }
        put!(html, "<g class=\"walls\">\n");
        for compound in compounds {
            let path = self.path(&compound.shape.0, OUTLINE);
            if !path.is_empty() {
                put!(html, "<path d=\"{}\"/>\n", path.into_text());
            }
        }
        put!(html, "</g>\n");
    }

    /// The stations, with the people within the deciding cutoff.
    fn stations(&self, html: &mut Html) {
        let deciding = self.report.deciding_column();
        let coverage = self.report.coverage;
        self.stations_of(
            |station| coverage.catchments_of(station)[deciding].people,
            html,
        );
    }

    /// The stations with some number of people each.
    fn stations_of(&self, people_of: impl Fn(StationId) -> People, html: &mut Html) {
        let words = self.page.words();
        let mut halo = PathData::default();
        let mut dots = Html::default();
        for station in self.report.snapped.stations() {
            let name = self.report.station_name(station);
            let people = words.count_people(&words.language.people(people_of(station)));
            let mut path = PathData::default();
            let entrances = self.report.snapped.entrances(station);
            // A row behind a wall has an entrance for each gate, one behind the other.
            for row in entrances.chunk_by(|one, other| one.row == other.row) {
                let entrance = row[0];
                if let Ok(place) = self.report.city.stations[entrance.row as usize].place {
                    let place = self.ground.place(place);
                    path.dot(place);
                    halo.dot(place);
                }
            }
            if !path.is_empty() {
                let class = circle::station_class(self.report, self.views, station);
                put!(
                    dots,
                    "<path{class} data-station=\"{}\" d=\"{}\"><title>{}\u{2003}{people}</title></path>\n",
                    station.index() + 1,
                    path.into_text(),
                    text(name)
                );
            }
        }
        put!(
            html,
            "<g class=\"stations\"><path class=\"halo\" d=\"{}\"/>\n{}</g>\n",
            halo.into_text(),
            dots.into_text()
        );
    }

    /// A bar of a round length, at the lower left.
    fn scale_bar(&self, html: &mut Html) {
        let per_px = self.units_per_px(SCREEN_PX, SCREEN_PX);
        let length_m = round_below(per_px * 150.0);
        let words = self.page.words();
        let (km, m) = (words.either("km", "公里"), words.either("m", "米"));
        let label = if length_m >= 1000.0 {
            format!("{} {km}", length_m / 1000.0)
        } else {
            format!("{length_m} {m}")
        };
        let (at, length) = (per_px * 16.0, length_m / UNIT_M);
        put!(
            html,
            "<g id=\"bar\" data-km=\"{km}\" data-m=\"{m}\" transform=\"translate({:.0} {:.0})\"><path d=\"M0 0v0H{length}\"/><g><text x=\"0\" y=\"-6\">{label}</text></g></g>\n",
            at,
            self.ground.size.y - at
        );
    }
}

/// The shade of a circle among several: the first and the last shade are always used.
pub(super) fn shade(index: usize, count: usize) -> usize {
    match count {
        0 | 1 => SHADES / 2,
        _ => (index * (SHADES - 1)).div_ceil(count - 1).min(SHADES - 1),
    }
}

/// The largest of 1, 2 or 5 times a power of ten that is not above a number.
fn round_below(number: f64) -> f64 {
    let power = 10_f64.powf(number.max(1.0).log10().floor());
    let factor = [5.0, 2.0, 1.0]
        .into_iter()
        .find(|factor| factor * power <= number);
    (factor.unwrap_or(1.0) * power).round()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_and_the_farthest_circle_have_the_outer_shades() {
        assert_eq!([0, 1, 2].map(|index| shade(index, 3)), [0, 2, 4]);
        assert_eq!([0, 1].map(|index| shade(index, 2)), [0, 4]);
        assert_eq!(shade(0, 1), 2);
        assert_eq!((0..9).map(|index| shade(index, 9)).max(), Some(4));
    }

    #[test]
    fn a_scale_bar_has_a_round_length() {
        assert_eq!(
            [1.0, 3.0, 7.3, 49.9, 1999.0, 2000.0].map(round_below),
            [1.0, 2.0, 5.0, 20.0, 1000.0, 2000.0]
        );
        assert_eq!(round_below(0.0), 1.0);
    }
}
