//! Shapefiles: points, lines and polygons, with the attributes, coordinate system and encoding in the files beside them.

use std::io::Cursor;

use shapefile::record::multipoint::GenericMultipoint;
use shapefile::record::polygon::{GenericPolygon, PolygonRing};
use shapefile::record::polyline::GenericPolyline;
use shapefile::record::traits::HasXY;
use shapefile::{Shape as Record, ShapeReader};

use super::dbf;
use super::features::{About, Feature, Gather, Shape, Value, Xy};
use super::text::{TextEncoding, UTF_8_NAME, decode};
use super::text_reader::read_whole;
use super::watched::Watched;
use super::{InputError, Known, KnownBy, Source};
use crate::crs::Crs;
use crate::model::{Fault, FindingCode, Findings};
use crate::text::language::{Words, words};

/// The main file's header.
const HEADER_BYTES: usize = 100;
const RECORD_HEADER_BYTES: usize = 8;

/// Reads every record with its attributes into a layer.
///
/// # Errors
/// [`InputError::Malformed`] naming the record.
pub(super) fn read<G: Gather>(source: Watched<'_>, mut layer: G) -> Result<(G, About), InputError> {
    let shapes = read_shapes(source)?;
    let mut findings = Findings::default();
    let given = given_encoding(source);
    let table = source.source().companion("dbf");
    let table = table.map(|file| dbf::read(source.of(file), given));
    let table = table.transpose()?;
    let encoding = table.as_ref().map(|table| table.encoding.clone());
    match &table {
        Some(table) => check_attributes(&source, table, shapes.len(), &mut findings)?,
        None => findings.add(FindingCode::NoAttributes, || {
            let name = source.name();
            words!("{name} has no .dbf beside it", "{name} 没有配套的 .dbf")
        }),
    }
    for ((shape, number), index) in shapes.into_iter().zip(1..).zip(0..) {
        source.check()?;
        let attributes = table
            .as_ref()
            .map(|table| (&table.names, &table.rows[index]));
        let properties = match attributes {
            None => Vec::new(),
            Some((names, Some(values))) => properties(names, values),
            Some((_, None)) => {
                findings.add(FindingCode::DeletedRecord, || {
                    Words::place(&format!("{} record {number}", source.name()))
                });
                continue;
            }
        };
        layer.add(Feature {
            number,
            id: None,
            properties,
            shape,
        });
    }
    let crs = projection(source)?;
    let crs = crs.map(|crs| Known::new(crs, KnownBy::File));
    let about = About {
        crs,
        encoding,
        findings,
    };
    Ok((layer, about))
}

/// What is said of the encoding: for this very file, by its `.cpg`, or for all files that do not say theirs.
fn given_encoding(source: Watched<'_>) -> Option<Known<TextEncoding>> {
    let given = source.encoding;
    let of_file = || code_page(&source).map(|encoding| Known::new(encoding, KnownBy::File));
    match given {
        Some(given) if given.by == KnownBy::Layer => Some(given),
        given => of_file().or(given),
    }
}

/// Whether there is a row of attributes for each shape; what their text was read as.
fn check_attributes(
    source: &Source,
    table: &dbf::Table,
    shapes: usize,
    findings: &mut Findings,
) -> Result<(), InputError> {
    let rows = table.rows.len();
    if rows != shapes {
        let reason = words!(
            "its .dbf has {rows} records, and the .shp {shapes}",
            ".dbf 有 {rows} 条记录，而 .shp 有 {shapes} 条"
        );
        return Err(source.malformed(words!("the file", "文件"), reason));
    }
    let encoding = &table.encoding.value;
    if encoding != UTF_8_NAME {
        findings.add(FindingCode::Encoding, || {
            let name = source.name();
            words!(
                "{name} is read as {encoding}",
                "{name} 按 {encoding} 编码读取"
            )
        });
    }
    Ok(())
}

fn properties(names: &[String], values: &[Value]) -> Vec<(String, Value)> {
    names.iter().cloned().zip(values.iter().cloned()).collect()
}

/// The encoding that the `.cpg` names.
fn code_page(source: &Source) -> Option<TextEncoding> {
    let bytes = source.companion("cpg")?.bytes();
    TextEncoding::from_code_page(decode(bytes, None).ok()?.text.trim())
}

/// The coordinate system of the `.prj`.
fn projection(source: Watched<'_>) -> Result<Option<Crs>, InputError> {
    let Some(companion) = source.source().companion("prj") else {
        return Ok(None);
    };
    let text = read_whole(source.of(companion))?;
    Ok((!text.trim().is_empty()).then(|| Crs::parse(&text)))
}

type ShapeRecord = Result<Shape, Fault>;

fn read_shapes(source: Watched<'_>) -> Result<Vec<ShapeRecord>, InputError> {
    let bytes = source.bytes();
    let ends = check_records(&source)?;
    let broken = |number: usize, error: &shapefile::Error| {
        let place = words!("record {number}", "第 {number} 条记录");
        source.malformed(place, words!("{error}", "读取失败（{error}）"))
    };
    let body = &bytes[..ends.last().copied().unwrap_or(HEADER_BYTES)];
    let mut reader =
        ShapeReader::new(source.over(Cursor::new(body))).map_err(|error| broken(0, &error))?;
    let shapes = reader.iter_shapes().take(ends.len()).zip(1..);
    let shapes = shapes.map(|(shape, number)| match shape {
        Ok(shape) => Ok(shape_of(shape)),
        Err(error) => Err(broken(number, &error)),
    });
    shapes.collect()
}

/// Checks that every record lies within the file and holds the parts and points that it claims, so that nothing is
/// allocated for claims. Returns where each record ends.
fn check_records(source: &Source) -> Result<Vec<usize>, InputError> {
    let bytes = source.bytes();
    let big = |at: usize| {
        bytes
            .get(at..at + 4)
            .map(|b| i32::from_be_bytes([b[0], b[1], b[2], b[3]]))
    };
    if bytes.len() < HEADER_BYTES || big(0) != Some(9994) {
        let reason = words!("this is not a Shapefile's .shp", "这不是 Shapefile 的 .shp");
        return Err(source.malformed(words!("the header", "文件头"), reason));
    }
    let words = big(24).unwrap_or_default();
    let claimed = usize::try_from(words).unwrap_or_default().saturating_mul(2);
    if claimed > bytes.len() {
        let there = bytes.len();
        let reason = words!(
            "the file breaks off: {there} of {claimed} bytes",
            "文件不完整：应有 {claimed} 字节，只有 {there} 字节"
        );
        return Err(source.malformed(words!("the header", "文件头"), reason));
    }
    let mut ends = Vec::new();
    let mut at = HEADER_BYTES;
    while at + RECORD_HEADER_BYTES <= claimed {
        let number = ends.len() + 1;
        let broken = |reason: Words| {
            source.malformed(words!("record {number}", "第 {number} 条记录"), reason)
        };
        let words = big(at + 4).and_then(|words| usize::try_from(words).ok());
        let start = at + RECORD_HEADER_BYTES;
        let end = words.and_then(|words| words.checked_mul(2)?.checked_add(start));
        let end = end
            .filter(|end| *end <= claimed)
            .ok_or_else(|| broken(words!("it reaches beyond the file", "超出文件末尾")))?;
        if !holds_what_it_claims(&bytes[start..end]) {
            return Err(broken(words!(
                "it claims more parts or points than it holds",
                "声明的部件或点多于实际内容"
            )));
        }
        ends.push(end);
        at = end;
    }
    Ok(ends)
}

fn holds_what_it_claims(record: &[u8]) -> bool {
    let little = |at: usize| {
        let bytes = record.get(at..at + 4)?;
        Some(i32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
    };
    let count = |at: usize| little(at).and_then(|count| usize::try_from(count).ok());
    let fits = |header: usize, part_bytes: usize, parts: usize, points: usize| {
        let size = parts.checked_mul(part_bytes).zip(points.checked_mul(16));
        size.is_some_and(|(parts, points)| {
            header.saturating_add(parts).saturating_add(points) <= record.len()
        })
    };
    match little(0) {
        Some(0) => true,
        Some(1 | 21) => record.len() >= 20,
        Some(11) => record.len() >= 28,
        Some(8 | 18 | 28) => count(36).is_some_and(|points| fits(40, 0, 0, points)),
        Some(kind @ (3 | 5 | 13 | 15 | 23 | 25 | 31)) => {
            let (Some(parts), Some(points)) = (count(36), count(40)) else {
                return false;
            };
            let part_bytes = if kind == 31 { 8 } else { 4 };
            let starts = || (0..parts).map(|part| count(44 + 4 * part));
            fits(44, part_bytes, parts, points)
                && (parts > 0 || points == 0)
                && starts()
                    .zip(starts().skip(1))
                    .all(|(one, next)| one <= next)
                && starts().all(|start| start.is_some_and(|start| start <= points))
        }
        _ => false,
    }
}

fn shape_of(record: Record) -> ShapeRecord {
    match record {
        Record::NullShape => Err(Fault::NoCoordinate),
        Record::Point(point) => Ok(Shape::Point(xy(&point))),
        Record::PointM(point) => Ok(Shape::Point(xy(&point))),
        Record::PointZ(point) => Ok(Shape::Point(xy(&point))),
        Record::Multipoint(points) => Ok(only_point(&points)),
        Record::MultipointM(points) => Ok(only_point(&points)),
        Record::MultipointZ(points) => Ok(only_point(&points)),
        Record::Polyline(line) => Ok(parts(&line)),
        Record::PolylineM(line) => Ok(parts(&line)),
        Record::PolylineZ(line) => Ok(parts(&line)),
        Record::Polygon(polygon) => Ok(polygons(&polygon)),
        Record::PolygonM(polygon) => Ok(polygons(&polygon)),
        Record::PolygonZ(polygon) => Ok(polygons(&polygon)),
        Record::Multipatch(_) => Ok(Shape::Other("MultiPatch".to_owned())),
    }
}

fn xy(point: &impl HasXY) -> Xy {
    (point.x(), point.y())
}

fn only_point<P: HasXY>(points: &GenericMultipoint<P>) -> Shape {
    match points.points() {
        [only] => Shape::Point(xy(only)),
        several => Shape::Points(several.iter().map(xy).collect()),
    }
}

fn parts<P: HasXY>(line: &GenericPolyline<P>) -> Shape {
    let part = |points: &Vec<P>| points.iter().map(xy).collect();
    Shape::Lines(line.parts().iter().map(part).collect())
}

/// Rings in any order, turning either way: which are holes is seen from which lies in which.
fn polygons<P: HasXY>(polygon: &GenericPolygon<P>) -> Shape {
    let ring = |ring: &PolygonRing<P>| ring.points().iter().map(xy).collect::<Vec<Xy>>();
    Shape::Polygons(vec![polygon.rings().iter().map(ring).collect()])
}
