//! Areas from features.

use geo_types::{Coord, LineString, MultiPolygon, Polygon};

use super::feature::{Feature, MIN_CORNERS, Shape, Xy, geometry_words};
use super::gather::{About, Gather, Places, at_place};
use super::named::{Named, Seen};
use crate::crs::{Converter, Crs};
use crate::inputs::field::Field;
use crate::inputs::nesting;
use crate::inputs::{AreasRead, InputError, Known, LostCell, ReadOptions, Reading, Source};
use crate::model::{Area, Fault, FindingCode};
use crate::text::language::{Words, words};

/// What areas may have among their properties.
const AREA_FIELDS: [Field; 2] = [Field::Id, Field::Name];

/// The areas of a file: polygons with an id and a name, in the file's coordinates until all is known of it.
pub(in crate::inputs) struct Areas<'a> {
    places: Places<'a>,
    named: Named<'a>,
    list: Vec<Outlined>,
}

/// A feature as an area.
pub(in crate::inputs) struct Outlined {
    number: i64,
    id: String,
    name: String,
    shape: Result<Shape, Fault>,
    lost: Vec<LostCell>,
}

impl<'a> Areas<'a> {
    pub(in crate::inputs) fn new(source: &'a Source, options: &'a ReadOptions) -> Self {
        Self {
            places: Places::new(source),
            named: Named::new(options, &AREA_FIELDS),
            list: Vec::new(),
        }
    }

    pub(in crate::inputs) fn finish(
        self,
        about: About,
        crs: Known<Crs>,
        converter: &Converter,
    ) -> Result<AreasRead, InputError> {
        let places = self.places;
        let mut findings = about.findings;
        let reading = Reading {
            encoding: about.encoding,
            ..self.named.reading(&AREA_FIELDS)
        };
        self.named.check(places.source, None)?;
        let (mut areas, mut lost) = (Vec::new(), Vec::new());
        for outlined in self.list {
            lost.extend(outlined.lost);
            match area_shape(&outlined.shape, converter) {
                Ok(shape) => {
                    let Outlined { id, name, .. } = outlined;
                    areas.push(Area { id, name, shape });
                }
                Err(fault) => findings.add(FindingCode::InvalidArea, || {
                    at_place(&places.place(outlined.number), &fault)
                }),
            }
        }
        Ok(AreasRead {
            areas,
            crs,
            reading,
            lost,
            findings,
        })
    }
}

impl Gather for Areas<'_> {
    type Kept = (Outlined, Seen);

    fn kept(&self, feature: Feature) -> Self::Kept {
        let options = self.named.options;
        let id = feature.id(options);
        let id = id.unwrap_or_else(|| feature.number.to_string());
        let name = feature.text(options, Field::Name);
        let seen = self.named.seen(&feature);
        let outlined = Outlined {
            number: feature.number,
            name: name.unwrap_or_else(|| id.clone()),
            lost: feature.lost(options, &self.places.place(feature.number)),
            id,
            shape: feature.shape,
        };
        (outlined, seen)
    }

    fn keep(&mut self, (outlined, seen): Self::Kept) {
        self.named.note(seen);
        self.list.push(outlined);
    }
}

fn area_shape(
    shape: &Result<Shape, Fault>,
    converter: &Converter,
) -> Result<MultiPolygon<f64>, Fault> {
    let bad = |found: Words| Fault::Geometry {
        found,
        wanted: geometry_words("Polygon"),
    };
    let ring = |corners: &Vec<Xy>| -> Result<LineString<f64>, Fault> {
        if corners.len() < MIN_CORNERS {
            let count = corners.len();
            return Err(bad(words!(
                "a ring of {count} positions",
                "只有 {count} 个点的环"
            )));
        }
        let place = |xy: &Xy| -> Result<Coord<f64>, Fault> { converter.place(xy.0, xy.1) };
        corners.iter().map(place).collect()
    };
    let polygon = |rings: &Vec<Vec<Xy>>| -> Result<Vec<Polygon<f64>>, Fault> {
        let rings = rings.iter().map(ring).collect::<Result<Vec<_>, _>>()?;
        if rings.is_empty() {
            return Err(bad(words!("a polygon without rings", "没有环的面")));
        }
        Ok(nesting::polygons(rings))
    };
    match shape {
        Ok(Shape::Polygons(polygons)) if !polygons.is_empty() => {
            let whole = polygons
                .iter()
                .map(polygon)
                .collect::<Result<Vec<_>, _>>()?;
            Ok(MultiPolygon(whole.concat()))
        }
        Ok(Shape::Polygons(_)) => Err(bad(words!("a MultiPolygon of nothing", "空的多面"))),
        Ok(other) => Err(other.is_not("Polygon")),
        Err(fault) => Err(fault.clone()),
    }
}
