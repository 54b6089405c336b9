//! The map: streets, circles, stations, people left out, gaps, areas and water as layers of one picture.

use geo_types::{Coord, MultiPolygon, Polygon};

use super::Page;
use super::circle::{self, View};
use super::circles;
use super::escape::text;
use super::ground::Ground;
use super::html::{Html, put};
use super::labels;
use super::path::{PathData, simplified};
use super::shown::GAPS_LISTED;
use super::streets;
use crate::coverage::Status;
use crate::gaps::Gap;
use crate::geometry::Bounds;
use crate::id::StationId;
use crate::model::Resident;
use crate::report::Report;
use crate::snap::StationTree;
use crate::units::People;

/// Stations are among the people up to this share of the width of where they live beside it.
const BESIDE: f64 = 0.2;
/// But at least so many degrees: a kilometre.
const BESIDE_DEGREES: f64 = 0.01;
/// Room around what is shown, in metres.
const MARGIN_M: f64 = 400.0;
/// Tolerance of the outlines that were drawn on a lattice of 10 m: they are no finer.
const OUTLINE: f64 = 5.0;
/// Tolerance of areas and water.
const AREA: f64 = 4.0;
/// The shades of walking circles, from the nearest to the farthest.
const SHADES: usize = 5;
/// People at one record from which its dot is of the second and third size.
const SIZES: [u64; 2] = [20, 100];
/// Covered people nearer to each other than this are one dot: they are many, and only a background.
const COVERED_GRID: f64 = 10.0;
/// As wide a map as most screens show, in pixels: what decides which numbers fit without the script.
const SCREEN_PX: f64 = 800.0;
/// Numbers of gaps closer than this on the screen would cover each other.
const NUMBER_PX: f64 = 26.0;
/// Numbers that the whole map shows; who zooms in sees more.
const NUMBERS_SHOWN: usize = 30;

/// The picture with its overlays.
pub(super) struct Map<'m> {
    report: &'m Report<'m>,
    page: &'m Page<'m>,
    /// What it can show beside everything.
    pub(super) views: &'m [View<'m>],
    ground: Ground,
}

/// A resident who is left out, and whether a straight circle would have claimed them.
struct LeftOut {
    place: Coord<f64>,
    people: People,
    claimed: bool,
}

/// Who is left out, on the map and in sums.
pub(super) struct LeftOuts {
    list: Vec<LeftOut>,
    /// People who live inside a straight circle and are not covered.
    pub(super) claimed: People,
}

impl LeftOuts {
    /// # Complexity
    /// One question to the tree of stations per resident who is left out.
    pub(super) fn new(report: &Report<'_>) -> Self {
        let stations = report.city.stations.iter().zip(0..);
        let places = stations
            .filter_map(|(station, row)| Some((StationId(row), *station.place.as_ref().ok()?)));
        let tree = StationTree::new(places);
        let radius_m = report.compared_radius_m();
        let residents = report.city.residents.iter().zip(report.coverage.statuses());
        let list: Vec<LeftOut> = residents
            .filter(|(_, status)| **status != Status::Covered)
            .filter_map(|(resident, _)| {
                let place = resident.valid_place()?;
                Some(LeftOut {
                    place,
                    people: resident.people,
                    claimed: radius_m.is_some_and(|radius_m| tree.is_within(place, radius_m)),
                })
            })
            .collect();
        let claimed = list.iter().filter(|out| out.claimed);
        let claimed = claimed.map(|out| out.people).sum();
        Self { list, claimed }
    }
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
        let words = self.page.words();
        let (width, height) = self.size();
        put!(
            html,
            "<svg id=\"map\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{}\">\n",
            words.map_label
        );
        self.water(html);
        self.walked(html);
        self.straight(html);
        put!(
            html,
            "<g class=\"streets\">{}</g>\n",
            streets::paths(self.report.network, &self.ground)
        );
        self.areas(html);
        self.covered(html);
        self.left_out(left_outs, html);
        circle::map_layers(self.report, &self.ground, self.views, html);
        self.walls(html);
        self.gap_outlines(html);
        self.stations(html);
        let unit = self.units_per_px(SCREEN_PX, SCREEN_PX);
        labels::write(
            self.report,
            &self.ground,
            (unit, &self.shown_numbers()),
            html,
        );
        self.gap_numbers(html);
        circle::walks(self.report, self.page, &self.ground, html);
        self.scale_bar(html);
        put!(html, "</svg>\n");
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
        let radius = radius_m / super::ground::UNIT_M;
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

    /// Covered people as a quiet background, one dot per few metres.
    fn covered(&self, html: &mut Html) {
        let residents = self
            .report
            .city
            .residents
            .iter()
            .zip(self.report.coverage.statuses());
        let covered = residents.filter(|(_, status)| **status == Status::Covered);
        let mut cells: Vec<(i64, i64)> = covered
            .filter_map(|(resident, _)| resident.valid_place())
            .map(|place| self.ground.place(place))
            .filter(|place| self.ground.holds(*place, 0.0))
            .map(|place| {
                (
                    (place.y / COVERED_GRID).round() as i64,
                    (place.x / COVERED_GRID).round() as i64,
                )
            })
            .collect();
        cells.sort_unstable();
        cells.dedup();
        let mut path = PathData::default();
        for (y, x) in cells {
            path.dot(Coord {
                x: x as f64 * COVERED_GRID,
                y: y as f64 * COVERED_GRID,
            });
        }
        put!(html, "<path class=\"in\" d=\"{}\"/>\n", path.into_text());
    }

    fn left_out(&self, left_outs: &LeftOuts, html: &mut Html) {
        put!(
            html,
            "<g class=\"outs\" data-records=\"{}\">\n",
            left_outs.list.len()
        );
        for claimed in [false, true] {
            for size in 0..=SIZES.len() {
                let dots = left_outs
                    .list
                    .iter()
                    .filter(|out| out.claimed == claimed && size_of(out.people) == size);
                let places = dots.map(|out| self.ground.place(out.place));
                let mut places: Vec<_> = places
                    .filter(|place| self.ground.holds(*place, 0.0))
                    .collect();
                if places.is_empty() {
                    continue;
                }
                // Neighbours in the picture are neighbours in the file: small steps, short numbers.
                places.sort_by(|a, b| {
                    let row = |place: &Coord<f64>| (place.y / 100.0).floor();
                    row(a)
                        .total_cmp(&row(b))
                        .then(a.x.total_cmp(&b.x))
                        .then(a.y.total_cmp(&b.y))
                });
                let mut path = PathData::default();
                let count = places.len();
                for place in places {
                    path.dot(place);
                }
                let kind = if claimed { "claimed" } else { "out" };
                put!(
                    html,
                    "<path class=\"{kind} d{size}\" data-count=\"{count}\" d=\"{}\"/>\n",
                    path.into_text()
                );
            }
        }
        put!(html, "</g>\n");
    }

    fn gap_outlines(&self, html: &mut Html) {
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

    fn stations(&self, html: &mut Html) {
        let words = self.page.words();
        let deciding = self.report.deciding_column();
        let mut halo = PathData::default();
        let mut dots = Html::default();
        for station in self.report.snapped.stations() {
            let name = self.report.station_name(station);
            let people = self.report.coverage.catchments_of(station)[deciding].people;
            let people = words.count_people(&words.language.people(people));
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
    fn shown_numbers(&self) -> Vec<Coord<f64>> {
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
    fn gap_numbers(&self, html: &mut Html) {
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
        let (at, length) = (per_px * 16.0, length_m / super::ground::UNIT_M);
        put!(
            html,
            "<g id=\"bar\" data-km=\"{km}\" data-m=\"{m}\" transform=\"translate({:.0} {:.0})\"><path d=\"M0 0v0H{length}\"/><g><text x=\"0\" y=\"-6\">{label}</text></g></g>\n",
            at,
            self.ground.size.y - at
        );
    }
}

/// Where the people live who take part, with the stations among them: what the map shows. Stations far from everybody do not
/// widen it. Without people it is the stations, without any the whole network.
fn bounds(report: &Report<'_>) -> Bounds {
    let snapped = report.snapped.residents_on_network();
    let residents =
        snapped.filter_map(|(id, _)| Resident::valid_place(&report.city.residents[id.index()]));
    let people = Bounds::around(residents);
    let stations = report.snapped.stations().flat_map(|station| {
        let on_network = report.snapped.entrances(station).iter();
        let on_network = on_network.filter(|entrance| entrance.snapping.snap().is_some());
        on_network.filter_map(|entrance| {
            report.city.stations[entrance.row as usize]
                .place
                .as_ref()
                .ok()
                .copied()
        })
    });
    let is_among = |place: &Coord<f64>| {
        people.is_none_or(|people| {
            let beside = |from: f64, to: f64| ((to - from) * BESIDE).max(BESIDE_DEGREES);
            let (x, y) = (
                beside(people.min.x, people.max.x),
                beside(people.min.y, people.max.y),
            );
            (people.min.x - x..=people.max.x + x).contains(&place.x)
                && (people.min.y - y..=people.max.y + y).contains(&place.y)
        })
    };
    let corners = people.iter().flat_map(|people| [people.min, people.max]);
    Bounds::around(corners.chain(stations.filter(is_among)))
        .or(report.network.bounds())
        .unwrap_or(Bounds {
            min: Coord { x: 0.0, y: 0.0 },
            max: Coord { x: 0.0, y: 0.0 },
        })
}

/// The size of a dot for so many people: 0, 1 or 2.
fn size_of(people: People) -> usize {
    let whole = people.thousandths() / 1000;
    SIZES.iter().filter(|size| whole >= **size).count()
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

    #[test]
    fn a_home_a_house_and_a_block_have_dots_of_three_sizes() {
        let size = |people: u64| size_of(People::from_thousandths(people * 1000));
        assert_eq!([0, 19, 20, 99, 100].map(size), [0, 0, 1, 1, 2]);
    }
}
