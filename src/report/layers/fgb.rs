//! A layer as `FlatGeobuf`, with its index. Rows that are nowhere cannot stand in an index: they are left out, and the file says how
//! many.

use std::io::{self, Write};

use flatgeobuf::geozero::error::Result as Processed;
use flatgeobuf::geozero::{ColumnValue, GeomProcessor, PropertyProcessor};
use flatgeobuf::{ColumnType, FgbCrs, FgbWriter, FgbWriterOptions, GeometryType, GeozeroGeometry};
use geo_types::{Coord, LineString, Polygon};

use super::layer::{Cell, FieldKind, GeometryKind, Layer, Rows, Shape};
use super::measured::Measured;
use crate::crs::WrittenSystem;
use crate::text::language::Language;

/// Writes a layer.
///
/// # Errors
/// What the writer says, and what the layer says of a place without coordinates.
pub(crate) fn write(
    layer: &Layer<'_>,
    system: &WrittenSystem,
    language: Language,
    writer: &mut dyn Write,
) -> io::Result<()> {
    let Measured { rows, nowhere, .. } = Measured::new(layer, system)?;
    let note = (nowhere > 0).then(|| left_out(nowhere, language));
    let options = FgbWriterOptions {
        detect_type: false,
        // Of no rows there is no index.
        write_index: rows > nowhere,
        title: Some(layer.title.get(language)),
        description: note.as_deref(),
        crs: FgbCrs {
            org: system.epsg.map(|_| "EPSG"),
            code: system.epsg.unwrap_or_default(),
            name: Some(&system.name),
            wkt: Some(&system.wkt),
            ..FgbCrs::default()
        },
        ..FgbWriterOptions::default()
    };
    let kind = match layer.geometry {
        GeometryKind::Point => GeometryType::Point,
        GeometryKind::MultiPoint => GeometryType::MultiPoint,
        GeometryKind::MultiLineString => GeometryType::MultiLineString,
        GeometryKind::MultiPolygon => GeometryType::MultiPolygon,
    };
    let mut file =
        FgbWriter::create_with_options(layer.name, kind, options).map_err(io::Error::other)?;
    for field in &layer.fields {
        let kind = match field.kind {
            FieldKind::Text => ColumnType::String,
            FieldKind::Integer => ColumnType::Long,
            FieldKind::Real(_) => ColumnType::Double,
            FieldKind::Flag => ColumnType::Bool,
        };
        file.add_column(&field.name, kind, |buffer, column| {
            column.title = Some(buffer.create_string(field.title.get(language)));
        });
    }
    layer.give(system, &mut Features(&mut file))?;
    file.write(writer).map_err(io::Error::other)
}

fn left_out(count: u64, language: Language) -> String {
    match language {
        Language::En => format!("left out, as they have no place: {count}"),
        Language::Zh => format!("{count} 条记录没有位置，未写入"),
    }
}

struct Features<'f, 'a>(&'f mut FgbWriter<'a>);

impl Rows for Features<'_, '_> {
    fn row(&mut self, cells: &[Cell<'_>], shape: Shape<'_>) -> io::Result<()> {
        if matches!(shape, Shape::Nowhere) {
            return Ok(());
        }
        let mut set = Ok(());
        let added = self.0.add_feature_geom(Geometry(&shape), |feature| {
            set = cells.iter().enumerate().try_for_each(|(column, cell)| {
                let value = match cell {
                    Cell::Empty => return Ok(()),
                    Cell::Text(text) => ColumnValue::String(text),
                    Cell::Integer(number) => ColumnValue::Long(*number),
                    Cell::Real(number) => ColumnValue::Double(*number),
                    Cell::Flag(flag) => ColumnValue::Bool(*flag),
                };
                feature.property(column, "", &value).map(drop)
            });
        });
        added.and(set).map_err(io::Error::other)
    }
}

/// A shape as the crate takes it.
struct Geometry<'s>(&'s Shape<'s>);

impl GeozeroGeometry for Geometry<'_> {
    fn process_geom<P: GeomProcessor>(&self, to: &mut P) -> Processed<()> {
        match self.0 {
            Shape::Nowhere => Ok(()),
            Shape::Point(place) => {
                to.point_begin(0)?;
                to.xy(place.x, place.y, 0)?;
                to.point_end(0)
            }
            Shape::Points(points) => {
                to.multipoint_begin(points.len(), 0)?;
                places(to, points)?;
                to.multipoint_end(0)
            }
            Shape::Lines(lines) => {
                to.multilinestring_begin(lines.len(), 0)?;
                for (number, own) in lines.iter().enumerate() {
                    line(to, own, number)?;
                }
                to.multilinestring_end(0)
            }
            Shape::Ground(ground) => {
                to.multipolygon_begin(ground.0.len(), 0)?;
                for (number, own) in ground.0.iter().enumerate() {
                    polygon(to, own, number)?;
                }
                to.multipolygon_end(0)
            }
        }
    }
}

fn polygon<P: GeomProcessor>(to: &mut P, polygon: &Polygon<f64>, number: usize) -> Processed<()> {
    to.polygon_begin(false, 1 + polygon.interiors().len(), number)?;
    let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
    for (number, LineString(ring)) in rings.enumerate() {
        line(to, ring, number)?;
    }
    to.polygon_end(false, number)
}

fn line<P: GeomProcessor>(to: &mut P, line: &[Coord<f64>], number: usize) -> Processed<()> {
    to.linestring_begin(false, line.len(), number)?;
    places(to, line)?;
    to.linestring_end(false, number)
}

fn places<P: GeomProcessor>(to: &mut P, places: &[Coord<f64>]) -> Processed<()> {
    let mut places = places.iter().enumerate();
    places.try_for_each(|(number, place)| to.xy(place.x, place.y, number))
}
