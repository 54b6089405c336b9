//! Whether a layer lies where the network does; where it does not, in which system it would.

use geo::{BoundingRect, CoordsIter};
use geo_types::Coord;

use super::asked::AskedLayer;
use super::axes::{MOST_DEGREES, check_axes, is_hardly_any, swappable};

use crate::crs::{Candidate, Converter, Crs, zone_of_easting};
use crate::geometry::Bounds;
use crate::inputs::corners::corners_of;
use crate::inputs::{InputError, LayerKind, PointRecord};
use crate::model::{Area, Fault};
use crate::text::language::{InLanguage, Words, words};

/// What lies farther than this from the box around the streets is not near them: no default snaps so far.
const NEAR_M: f64 = 1000.0;
/// A system fits where the layer then lies within this of the box around the streets.
const FITTING_M: f64 = 200.0;
/// A handful of records may lie anywhere: fewer than this are refused only where a system fits, and else said.
const FEWEST: usize = 5;
/// So many pairs tell whether a layer is near: more are sampled evenly.
const LOOKED_AT: usize = 5000;
/// So many are tried in each system that may fit.
const TRIED: usize = 500;

/// How a layer's pairs of numbers were read.
#[derive(Clone, Copy)]
pub(super) struct ReadIn<'a> {
    pub(super) crs: &'a Crs,
    pub(super) converter: &'a Converter,
    /// Whether the order of the two is only by the names of their columns.
    pub(super) axes_by_name: bool,
}

impl ReadIn<'_> {
    /// How many pairs lie near the streets.
    fn near(self, pairs: &[(f64, f64)], ground: Bounds) -> usize {
        let near = ground.grown(NEAR_M);
        let is_near = |pair: &&(f64, f64)| {
            let place = self.converter.place(pair.0, pair.1);
            place.is_ok_and(|place| near.contains(place))
        };
        pairs.iter().filter(is_near).count()
    }
}

/// Refuses a layer of points of which none or hardly any is near the streets, with the system in which they would be. Where
/// only some of a list of stations are here, such as those of a whole country, that is said and no error.
///
/// # Errors
/// [`InputError::OffGround`], [`InputError::Swapped`], [`InputError::NoPlace`].
pub(super) fn check_points(
    asked: AskedLayer<'_>,
    records: &[PointRecord],
    read: ReadIn<'_>,
    ground: Option<Bounds>,
) -> Result<Option<Words>, InputError> {
    if asked.spec.file().is_none() {
        return Ok(None);
    }
    let pairs: Vec<(f64, f64)> = records
        .iter()
        .filter_map(|record| record.xy.as_ref().ok().copied())
        .collect();
    if pairs.is_empty() {
        return no_place(asked, records).map_or(Ok(None), Err);
    }
    let Some(ground) = ground else {
        return Ok(None);
    };
    let some = sampled(&pairs, LOOKED_AT);
    if !is_hardly_any(read.near(&some, ground), some.len()) {
        return Ok(None);
    }
    let elsewhere = Elsewhere {
        asked,
        ground,
        there: read.near(&pairs, ground),
        total: pairs.len(),
        pairs: sampled(&pairs, TRIED),
    };
    elsewhere.judged(read)
}

/// The same of a layer of polygons, which meet the streets' box or do not.
///
/// # Errors
/// [`InputError::OffGround`], [`InputError::Swapped`].
pub(super) fn check_polygons(
    asked: AskedLayer<'_>,
    areas: &[Area],
    read: ReadIn<'_>,
    ground: Option<Bounds>,
) -> Result<Option<Words>, InputError> {
    let (Some(source), Some(ground)) = (asked.spec.file(), ground) else {
        return Ok(None);
    };
    let near = ground.grown(NEAR_M);
    let is_near = |area: &&Area| {
        let around = area.shape.bounding_rect();
        around.is_some_and(|around| {
            near.meets(&Bounds {
                min: around.min(),
                max: around.max(),
            })
        })
    };
    let there = areas.iter().filter(is_near).count();
    if !is_hardly_any(there, areas.len()) {
        return Ok(None);
    }
    let corners = areas.iter().flat_map(|area| area.shape.coords_iter());
    check_axes(ground, asked, corners.map(Some))?;
    let corners = corners_of(source)?;
    if areas.is_empty() && !is_hardly_any(read.near(&corners, ground), corners.len()) {
        // They lie here, and are no polygons.
        return Ok(None);
    }
    let elsewhere = Elsewhere {
        asked,
        ground,
        there,
        total: areas.len(),
        pairs: sampled(&corners, TRIED),
    };
    elsewhere.judged(read)
}

fn sampled(pairs: &[(f64, f64)], most: usize) -> Vec<(f64, f64)> {
    let step = pairs.len().div_ceil(most).max(1);
    let is_number = |(x, y): &(f64, f64)| x.is_finite() && y.is_finite();
    let pairs = pairs.iter().step_by(step).copied();
    pairs.filter(is_number).collect()
}

/// That no record has a place, for another reason than that it only has an address or nothing.
fn no_place(asked: AskedLayer<'_>, records: &[PointRecord]) -> Option<InputError> {
    if records.len() < FEWEST {
        return None;
    }
    let mut faults = records.iter().filter_map(|record| record.xy.as_ref().err());
    let fault =
        faults.find(|fault| !matches!(fault, Fault::Unlocated { .. } | Fault::NoCoordinate))?;
    let cure = match fault {
        Fault::Geometry { .. } => words!(
            "give points, such as one inside each polygon",
            "请提供点要素，例如各面内的一点"
        ),
        _ => words!(
            "check which columns hold the coordinates",
            "请核对坐标所在的列"
        ),
    };
    Some(InputError::NoPlace {
        layer: asked.kind.words(),
        source_name: asked.spec.name(),
        count: records.len(),
        fault: words_of(fault),
        cure,
    })
}

fn words_of(fault: &Fault) -> Words {
    Words::new(fault.to_string(), fault.zh())
}

/// A layer of which so many records are near the network.
struct Elsewhere<'a> {
    asked: AskedLayer<'a>,
    ground: Bounds,
    there: usize,
    total: usize,
    /// Of its pairs of numbers, as they stand in the file.
    pairs: Vec<(f64, f64)>,
}

impl Elsewhere<'_> {
    fn judged(&self, read: ReadIn<'_>) -> Result<Option<Words>, InputError> {
        if self.pairs.is_empty() {
            return Ok(None);
        }
        let places = self.pairs.iter();
        let places = places.map(|pair| swappable(&read.converter.place(pair.0, pair.1)));
        check_axes(self.ground, self.asked, places)?;
        let here = self.ground.grown(FITTING_M);
        // Numbers as small as degrees are no metres, though they may lie where all metres begin.
        let mut fitting = if self.is_in_metres() || *read.crs != Crs::Wgs84 {
            Candidate::fitting(&self.pairs, self.ground.middle(), |place| {
                here.contains(place)
            })
        } else {
            Vec::new()
        };
        if !self.is_in_metres() {
            fitting.retain(|candidate| candidate.crs == Crs::Wgs84);
        }
        let cure = match fitting.first() {
            Some(fit) => self.told(fit, fitting.get(1), read),
            // A list of the whole country has few stations here, and is not wrong for that.
            None if self.total < FEWEST => {
                let (x, y) = self.middle();
                // What is nowhere on the earth is counted as invalid.
                let is_somewhere = read.converter.place(x, y).is_ok();
                return Ok(is_somewhere.then(|| self.whereabouts(read)));
            }
            None if self.there > 0 && !is_people(self.asked.kind) => {
                return Ok(Some(self.whereabouts(read)));
            }
            None => self.untold(read),
        };
        Err(InputError::OffGround {
            whereabouts: self.whereabouts(read),
            cure,
        })
    }

    /// Whether the numbers are too large for degrees.
    fn is_in_metres(&self) -> bool {
        let (x, y) = self.middle();
        x.abs() > MOST_DEGREES || y.abs() > MOST_DEGREES
    }

    /// The medians of the two numbers.
    fn middle(&self) -> (f64, f64) {
        let median = |of: fn(&(f64, f64)) -> f64| {
            let mut all: Vec<f64> = self.pairs.iter().map(of).collect();
            all.sort_by(f64::total_cmp);
            all[all.len() / 2]
        };
        (median(|pair| pair.0), median(|pair| pair.1))
    }

    /// How many are near, and where both lie.
    fn whereabouts(&self, read: ReadIn<'_>) -> Words {
        let (layer, name) = (self.asked.kind.words(), self.asked.spec.name());
        let (layer_zh, total, there) = (layer.zh(), self.total, self.there);
        let Coord { x, y } = self.ground.middle();
        let network = words!("around {x:.3}, {y:.3}", "{x:.3}，{y:.3} 一带");
        let (x, y) = self.middle();
        let place = read.converter.place(x, y);
        let own = if let Ok(Coord { x, y }) = place {
            words!("around {x:.3}, {y:.3}", "{x:.3}，{y:.3} 一带")
        } else {
            let (crs, x, y) = (read.crs, x.round(), y.round());
            words!(
                "nowhere on the earth: numbers around {x}, {y} read as {crs}",
                "地球之外（{x}，{y} 一带的数值按 {crs} 读取）"
            )
        };
        let near = match there {
            0 if total == 0 => words!(
                "none of its records lies near the network",
                "全部记录都不在路网附近"
            ),
            0 => words!(
                "none of its {total} records lies near the network",
                "{total} 条记录全部不在路网附近"
            ),
            _ => words!(
                "only {there} of its {total} records lie near the network",
                "{total} 条记录中只有 {there} 条在路网附近"
            ),
        };
        let (own_zh, network_zh, near_zh) = (own.zh(), network.zh(), near.zh());
        words!(
            "{layer}: {name}: {near} (they lie {own}, the streets {network})",
            "{layer_zh}：{name}：{near_zh}（记录位于{own_zh}，道路位于{network_zh}）"
        )
    }

    /// The cure where a system fits.
    fn told(&self, fit: &Candidate, other: Option<&Candidate>, read: ReadIn<'_>) -> Words {
        let Candidate { crs, title, turned } = fit;
        let (title_zh, option) = (title.zh(), crs_option(self.asked.kind));
        let named = if fit.crs == *read.crs {
            words!(
                "taken the other way round they lie on it",
                "两列坐标对调后落在路网范围内"
            )
        } else {
            words!(
                "in {crs} ({title}) they lie on it: give {option} {crs}",
                "按 {crs}（{title_zh}）则落在路网范围内：请用 {option} {crs} 指明"
            )
        };
        let is_swapped = *turned && !read.axes_by_name;
        let swap = if is_swapped {
            words!(
                ", with the columns of its two coordinates swapped (‹lon_column›, ‹lat_column›)",
                "，并对调两列坐标（‹lon_column›、‹lat_column›）"
            )
        } else {
            Words::same("")
        };
        let also = match other.filter(|other| other.turned == *turned) {
            Some(other) => {
                let Candidate { crs, title, .. } = other;
                let title_zh = title.zh();
                words!(
                    " ({crs}, {title}, would fit too)",
                    "（{crs}，即{title_zh}，也相符）"
                )
            }
            None => Words::same(""),
        };
        let units = self.units(read);
        let parts = [&units, &named, &swap, &also];
        let zh: String = parts.iter().map(|part| part.zh()).collect();
        let en: String = parts.iter().map(ToString::to_string).collect();
        Words::new(en, zh)
    }

    /// The cure where none does.
    fn untold(&self, read: ReadIn<'_>) -> Words {
        let option = crs_option(self.asked.kind);
        let (x, y) = self.middle();
        let zone = zone_of_easting(x).or_else(|| zone_of_easting(y));
        let hint = match zone {
            Some((crs, title)) => {
                let title_zh = title.zh();
                words!(
                    "; by the number before its eastings it is in {crs} ({title})",
                    "；从横坐标的带号看，应为 {crs}（{title_zh}）"
                )
            }
            None => Words::same(""),
        };
        let units = self.units(read);
        let (units_zh, hint_zh) = (units.zh(), hint.zh());
        words!(
            "{units}give the streets of the place where it lies as ‹network›, or name its coordinate system with {option}{hint}",
            "{units_zh}请用 ‹network› 给出该图层所在地的路网，或用 {option} 指明其坐标系{hint_zh}"
        )
    }

    /// That metres were read as degrees, or degrees as metres.
    fn units(&self, read: ReadIn<'_>) -> Words {
        let crs = read.crs;
        match (self.is_in_metres(), crs.is_in_degrees()) {
            (true, true) => words!(
                "its numbers are metres, and {crs} is in degrees; ",
                "坐标数值是米，而 {crs} 以度为单位；"
            ),
            (false, false) => words!(
                "its numbers are degrees, and {crs} is in metres; ",
                "坐标数值是度，而 {crs} 以米为单位；"
            ),
            _ => Words::same(""),
        }
    }
}

/// Whether a layer's records are people, of whom none may be lost.
const fn is_people(kind: LayerKind) -> bool {
    matches!(kind, LayerKind::Residents | LayerKind::Demand)
}

/// The option that names a layer's coordinate system.
pub(super) fn crs_option(kind: LayerKind) -> String {
    format!("‹{}_crs›", kind.key())
}
