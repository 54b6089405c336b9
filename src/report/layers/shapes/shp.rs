//! The geometries of a Shapefile, and the index of where each begins.
//!
//! # Source
//! Esri, *Shapefile Technical Description* (1998).

use std::io::{self, Write};

use geo_types::{Coord, LineString};

use crate::crs::WrittenSystem;
use crate::report::layers::layer::{Cell, Extent, GeometryKind, Layer, Rows, Shape};
use crate::report::layers::measured::{Measured, content_bytes};

/// Larger files are not read everywhere: offsets are of 31 bits, in words or in bytes.
pub(super) const MOST_BYTES: u64 = i32::MAX as u64 - HEADER;

const HEADER: u64 = 100;
const FILE_CODE: i32 = 9994;
const VERSION: i32 = 1000;

const NULL: i32 = 0;
const POINT: i32 = 1;
const POLYLINE: i32 = 3;
const POLYGON: i32 = 5;
const MULTIPOINT: i32 = 8;

pub(super) fn write(
    layer: &Layer<'_>,
    system: &WrittenSystem,
    measured: &Measured,
    writer: &mut dyn Write,
) -> io::Result<()> {
    writer.write_all(&header(layer.geometry, measured, measured.shape_bytes))?;
    let mut records = Records {
        number: 0,
        bytes: Vec::new(),
        writer,
    };
    layer.give(system, &mut records)
}

pub(super) fn write_index(
    layer: &Layer<'_>,
    system: &WrittenSystem,
    measured: &Measured,
    writer: &mut dyn Write,
) -> io::Result<()> {
    writer.write_all(&header(layer.geometry, measured, 8 * measured.rows))?;
    let mut offsets = Offsets { at: HEADER, writer };
    layer.give(system, &mut offsets)
}

/// Lengths and offsets are in words of 16 bits, with the most significant byte first.
fn words(bytes: u64) -> [u8; 4] {
    ((bytes / 2) as i32).to_be_bytes()
}

fn header(geometry: GeometryKind, measured: &Measured, records: u64) -> Vec<u8> {
    let kind = match geometry {
        GeometryKind::Point => POINT,
        GeometryKind::MultiPoint => MULTIPOINT,
        GeometryKind::MultiLineString => POLYLINE,
        GeometryKind::MultiPolygon => POLYGON,
    };
    let mut bytes = FILE_CODE.to_be_bytes().to_vec();
    bytes.extend([0; 20]);
    bytes.extend(words(HEADER + records));
    bytes.extend(VERSION.to_le_bytes());
    bytes.extend(kind.to_le_bytes());
    match measured.extent {
        Some(extent) => extent_bytes(&mut bytes, extent),
        None => bytes.extend([0; 32]),
    }
    // No heights and no measures.
    bytes.extend([0; 32]);
    bytes
}

fn extent_bytes(bytes: &mut Vec<u8>, extent: Extent) {
    for side in [extent.west, extent.south, extent.east, extent.north] {
        bytes.extend(side.to_le_bytes());
    }
}

/// Writes the records one by one.
struct Records<'w> {
    number: i32,
    bytes: Vec<u8>,
    writer: &'w mut dyn Write,
}

impl Rows for Records<'_> {
    fn row(&mut self, _: &[Cell<'_>], shape: Shape<'_>) -> io::Result<()> {
        self.number += 1;
        self.writer.write_all(&self.number.to_be_bytes())?;
        self.writer.write_all(&words(content_bytes(&shape)))?;
        self.bytes.clear();
        content(&mut self.bytes, &shape);
        self.writer.write_all(&self.bytes)
    }
}

/// Writes where the records begin, and how long they are.
struct Offsets<'w> {
    at: u64,
    writer: &'w mut dyn Write,
}

impl Rows for Offsets<'_> {
    fn row(&mut self, _: &[Cell<'_>], shape: Shape<'_>) -> io::Result<()> {
        let length = content_bytes(&shape);
        self.writer.write_all(&words(self.at))?;
        self.writer.write_all(&words(length))?;
        self.at += 8 + length;
        Ok(())
    }
}

fn content(bytes: &mut Vec<u8>, shape: &Shape<'_>) {
    let extent = shape.extent().unwrap_or(Extent::NOTHING);
    match shape {
        Shape::Nowhere => bytes.extend(NULL.to_le_bytes()),
        Shape::Point(place) => {
            bytes.extend(POINT.to_le_bytes());
            coordinate(bytes, *place);
        }
        Shape::Points(places) => {
            bytes.extend(MULTIPOINT.to_le_bytes());
            extent_bytes(bytes, extent);
            bytes.extend((places.len() as i32).to_le_bytes());
            for place in places {
                coordinate(bytes, *place);
            }
        }
        Shape::Lines(lines) => {
            let parts: Vec<Vec<Coord<f64>>> = lines.clone();
            with_parts(bytes, POLYLINE, extent, &parts);
        }
        Shape::Ground(ground) => {
            let parts = ground.0.iter().flat_map(|polygon| {
                let holes = polygon.interiors().iter();
                let holes = holes.map(|hole| turned(hole, false));
                std::iter::once(turned(polygon.exterior(), true)).chain(holes)
            });
            let parts: Vec<Vec<Coord<f64>>> = parts.collect();
            with_parts(bytes, POLYGON, extent, &parts);
        }
    }
}

fn with_parts(bytes: &mut Vec<u8>, kind: i32, extent: Extent, parts: &[Vec<Coord<f64>>]) {
    bytes.extend(kind.to_le_bytes());
    extent_bytes(bytes, extent);
    let places: usize = parts.iter().map(Vec::len).sum();
    bytes.extend((parts.len() as i32).to_le_bytes());
    bytes.extend((places as i32).to_le_bytes());
    let mut begins = 0;
    for part in parts {
        bytes.extend((begins as i32).to_le_bytes());
        begins += part.len();
    }
    for place in parts.iter().flatten() {
        coordinate(bytes, *place);
    }
}

fn coordinate(bytes: &mut Vec<u8>, place: Coord<f64>) {
    bytes.extend(place.x.to_le_bytes());
    bytes.extend(place.y.to_le_bytes());
}

/// A ring that goes round as the format has it: outer ones clockwise, holes the other way.
fn turned(ring: &LineString<f64>, is_clockwise: bool) -> Vec<Coord<f64>> {
    let mut places = ring.0.clone();
    let Some(first) = places.first().copied() else {
        return places;
    };
    // From the first corner, so that large coordinates do not swallow small rings.
    let twice_area: f64 = ring
        .lines()
        .map(|side| {
            let (from, to) = (side.start - first, side.end - first);
            from.x * to.y - to.x * from.y
        })
        .sum();
    if (twice_area < 0.0) != is_clockwise {
        places.reverse();
    }
    places
}

#[cfg(test)]
mod tests {
    use geo_types::{MultiPolygon, Polygon};
    use proptest::prelude::*;
    use std::borrow::Cow;

    use super::*;

    fn ring(corners: &[(f64, f64)]) -> LineString<f64> {
        LineString::from(corners.to_vec())
    }

    #[test]
    fn outer_rings_go_round_clockwise_and_holes_the_other_way() {
        // Given the wrong way round, far from zero.
        let (x, y) = (4e7, 5e6);
        let square = |size: f64| {
            ring(&[
                (x, y),
                (x + size, y),
                (x + size, y + size),
                (x, y + size),
                (x, y),
            ])
        };
        let outer = turned(&square(9.0), true);
        assert_eq!(outer[1], Coord { x, y: y + 9.0 });
        assert_eq!(turned(&LineString(outer.clone()), true), outer);
        let hole = turned(&square(1.0), false);
        assert_eq!(hole[1], Coord { x: x + 1.0, y });
        assert!(turned(&LineString(Vec::new()), true).is_empty());
    }

    #[test]
    fn a_square_is_written_as_the_description_has_it() {
        let square = ring(&[(0.0, 0.0), (0.0, 1.0), (1.0, 1.0), (1.0, 0.0), (0.0, 0.0)]);
        let ground = MultiPolygon(vec![Polygon::new(square, Vec::new())]);
        let mut bytes = Vec::new();
        content(&mut bytes, &Shape::Ground(Cow::Borrowed(&ground)));
        let mut expected = POLYGON.to_le_bytes().to_vec();
        for side in [0.0_f64, 0.0, 1.0, 1.0] {
            expected.extend(side.to_le_bytes());
        }
        for number in [1_i32, 5, 0] {
            expected.extend(number.to_le_bytes());
        }
        for number in [0.0_f64, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0] {
            expected.extend(number.to_le_bytes());
        }
        assert_eq!(bytes, expected);
    }

    proptest! {
        #[test]
        fn a_record_is_as_long_as_it_was_said_to_be(
            parts in prop::collection::vec(prop::collection::vec((-180.0f64..180.0, -90.0f64..90.0), 0..9), 0..5)
        ) {
            let lines: Vec<Vec<Coord<f64>>> = parts.iter()
                .map(|part| part.iter().map(|(x, y)| Coord { x: *x, y: *y }).collect())
                .collect();
            let rings = parts.iter().map(|part| Polygon::new(ring(part), vec![ring(part)]));
            let ground = MultiPolygon(rings.collect());
            let points: Vec<Coord<f64>> = lines.iter().flatten().copied().collect();
            for shape in [
                Shape::Nowhere,
                Shape::point(points.first().copied()),
                Shape::points(points),
                Shape::lines(lines),
                Shape::ground(&ground),
            ] {
                let mut bytes = Vec::new();
                content(&mut bytes, &shape);
                prop_assert_eq!(bytes.len() as u64, content_bytes(&shape), "{:?}", shape);
            }
        }
    }
}
