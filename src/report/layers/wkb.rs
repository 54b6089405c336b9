//! Geometries as `GeoPackage` holds them: a header with the box around them, then well-known binary (WKB).
//!
//! # Source
//! OGC 12-128r18, `GeoPackage` Encoding Standard 1.3.1, clause 2.1.3; OGC 06-103r4, *Simple Feature Access*, clause 8.2.

use geo_types::{Coord, LineString};

use super::layer::{Extent, Shape};

/// Numbers are written with the least byte first.
const LITTLE_ENDIAN: u8 = 1;
/// The header holds west, east, south, north.
const WITH_BOX: u8 = 1 << 1;

const POINT: u32 = 1;
const LINE_STRING: u32 = 2;
const POLYGON: u32 = 3;
const MULTI_POINT: u32 = 4;
const MULTI_LINE_STRING: u32 = 5;
const MULTI_POLYGON: u32 = 6;

/// Puts a shape, which is somewhere, in the place of what `blob` holds. A point needs no box.
pub(super) fn write(blob: &mut Vec<u8>, shape: &Shape<'_>, extent: Extent, srs_id: i32) {
    blob.clear();
    let is_point = matches!(shape, Shape::Point(_));
    let flags = if is_point {
        LITTLE_ENDIAN
    } else {
        LITTLE_ENDIAN | WITH_BOX
    };
    blob.extend([b'G', b'P', 0, flags]);
    blob.extend(srs_id.to_le_bytes());
    if !is_point {
        for side in [extent.west, extent.east, extent.south, extent.north] {
            blob.extend(side.to_le_bytes());
        }
    }
    match shape {
        Shape::Nowhere => {}
        Shape::Point(place) => point(blob, *place),
        Shape::Points(places) => {
            begin(blob, MULTI_POINT, Some(places.len()));
            for place in places {
                point(blob, *place);
            }
        }
        Shape::Lines(lines) => {
            begin(blob, MULTI_LINE_STRING, Some(lines.len()));
            for line in lines {
                begin(blob, LINE_STRING, None);
                places(blob, line);
            }
        }
        Shape::Ground(ground) => {
            begin(blob, MULTI_POLYGON, Some(ground.0.len()));
            for polygon in &ground.0 {
                begin(blob, POLYGON, Some(1 + polygon.interiors().len()));
                ring(blob, polygon.exterior());
                polygon.interiors().iter().for_each(|hole| ring(blob, hole));
            }
        }
    }
}

fn begin(blob: &mut Vec<u8>, kind: u32, count: Option<usize>) {
    blob.push(LITTLE_ENDIAN);
    blob.extend(kind.to_le_bytes());
    if let Some(count) = count {
        blob.extend((count as u32).to_le_bytes());
    }
}

fn point(blob: &mut Vec<u8>, place: Coord<f64>) {
    begin(blob, POINT, None);
    coordinate(blob, place);
}

fn ring(blob: &mut Vec<u8>, ring: &LineString<f64>) {
    places(blob, &ring.0);
}

fn places(blob: &mut Vec<u8>, places: &[Coord<f64>]) {
    blob.extend((places.len() as u32).to_le_bytes());
    for place in places {
        coordinate(blob, *place);
    }
}

fn coordinate(blob: &mut Vec<u8>, Coord { x, y }: Coord<f64>) {
    blob.extend(x.to_le_bytes());
    blob.extend(y.to_le_bytes());
}
