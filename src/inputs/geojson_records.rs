//! A collection of features as data, where a file says what is to be done and is no layer: each key with its value, each shape as it is.
//! What nothing could look at is refused.

use geojson::{Feature, FeatureCollection, GeometryValue, Position};

use super::geojson::{declared_crs, json_error};
use super::{InputError, Source};
use crate::crs::Crs;
use crate::text::language::{Words, words};

/// A value as it is written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum RecordValue {
    /// True or false.
    Flag(bool),
    /// A whole number.
    Whole(i64),
    /// Another number.
    Decimal(f64),
    /// A text.
    Text(String),
    /// A list or an object.
    Other,
}

/// A shape in longitude and latitude.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum RecordShape {
    /// A place.
    Point([f64; 2]),
    /// A line.
    Line(Vec<[f64; 2]>),
    /// The corners of a polygon without holes, each once.
    Polygon(Vec<[f64; 2]>),
    /// Any other, by its name.
    Other(&'static str),
}

/// Keys and values; those without a value are left out.
pub(crate) type Members = Vec<(String, RecordValue)>;

/// A feature.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Record {
    /// Its place among the features, from 1.
    pub(crate) number: usize,
    /// Its id, where it has one beside its properties.
    pub(crate) id: Option<String>,
    /// Its properties.
    pub(crate) properties: Members,
    /// Its shape; none where its geometry is null.
    pub(crate) shape: Option<RecordShape>,
}

/// A collection.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Records {
    /// What it says beside its features.
    pub(crate) members: Members,
    /// Its features.
    pub(crate) records: Vec<Record>,
}

/// Members that programs write and that say nothing of what is in a collection: how finely its places are rounded.
const OF_NO_USE: [&str; 2] = ["xy_coordinate_resolution", "z_coordinate_resolution"];

/// Where a feature stands.
pub(crate) fn at_feature(number: usize) -> Words {
    words!("feature {number}", "第 {number} 个要素")
}

/// Reads a collection of features in longitude and latitude.
///
/// # Errors
/// [`InputError::Malformed`] with its line for what is no collection; with its number for a feature that has members beside its
/// properties and its geometry; for a collection in another coordinate system.
pub(crate) fn read_records(source: &Source) -> Result<Records, InputError> {
    let text = source.utf_8()?;
    let collection: FeatureCollection =
        serde_json::from_str(&text).map_err(|error| json_error(source, &error))?;
    let mut others = collection.foreign_members.unwrap_or_default();
    let crs = others.remove("crs");
    if declared_crs(crs.as_ref()).value != Crs::Wgs84 {
        let reason = words!(
            "its places are needed in longitude and latitude: export it as EPSG:4326",
            "坐标应为经纬度：请按 EPSG:4326 导出"
        );
        return Err(source.malformed(Words::same("crs"), reason));
    }
    others.retain(|name, _| !OF_NO_USE.contains(&name.as_str()));
    let features = (1..).zip(collection.features);
    let records = features.map(|(number, feature)| record(source, number, feature));
    Ok(Records {
        members: members(others),
        records: records.collect::<Result<_, _>>()?,
    })
}

fn record(source: &Source, number: usize, feature: Feature) -> Result<Record, InputError> {
    let others = feature.foreign_members.unwrap_or_default();
    if let Some(other) = others.keys().next() {
        let reason = words!(
            "{other} stands beside its properties; write it into them",
            "{other} 写在 properties 之外；请写入 properties"
        );
        return Err(source.malformed(at_feature(number), reason));
    }
    Ok(Record {
        number,
        id: feature.id.map(|id| match id {
            geojson::feature::Id::String(id) => id,
            geojson::feature::Id::Number(id) => id.to_string(),
        }),
        properties: members(feature.properties.unwrap_or_default()),
        shape: feature.geometry.map(|geometry| shape(&geometry.value)),
    })
}

fn members(object: geojson::JsonObject) -> Members {
    let members = object.into_iter();
    members
        .filter_map(|(key, value)| Some((key, value_of(&value)?)))
        .collect()
}

fn value_of(value: &serde_json::Value) -> Option<RecordValue> {
    Some(match value {
        serde_json::Value::Null => return None,
        serde_json::Value::Bool(flag) => RecordValue::Flag(*flag),
        serde_json::Value::String(text) => RecordValue::Text(text.clone()),
        serde_json::Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(whole), _) => RecordValue::Whole(whole),
            (None, Some(decimal)) => RecordValue::Decimal(decimal),
            (None, None) => RecordValue::Other,
        },
        serde_json::Value::Array(_) | serde_json::Value::Object(_) => RecordValue::Other,
    })
}

/// Editors write shapes of one part as shapes of several: these count as the one.
fn shape(geometry: &GeometryValue) -> RecordShape {
    let other = |name: &'static str| RecordShape::Other(name);
    match geometry {
        GeometryValue::Point { coordinates } => point(coordinates),
        GeometryValue::MultiPoint { coordinates } => match coordinates.as_slice() {
            [only] => point(only),
            _ => other("MultiPoint"),
        },
        GeometryValue::LineString { coordinates } => line(coordinates),
        GeometryValue::MultiLineString { coordinates } => match coordinates.as_slice() {
            [only] => line(only),
            _ => other("MultiLineString"),
        },
        GeometryValue::Polygon { coordinates } => polygon(coordinates),
        GeometryValue::MultiPolygon { coordinates } => match coordinates.as_slice() {
            [only] => polygon(only),
            _ => other("MultiPolygon"),
        },
        GeometryValue::GeometryCollection { .. } => other("GeometryCollection"),
    }
}

fn point(position: &Position) -> RecordShape {
    xy(position).map_or(RecordShape::Other("Point"), RecordShape::Point)
}

fn line(positions: &[Position]) -> RecordShape {
    let places: Option<Vec<[f64; 2]>> = positions.iter().map(xy).collect();
    places.map_or(RecordShape::Other("LineString"), RecordShape::Line)
}

fn polygon(rings: &[Vec<Position>]) -> RecordShape {
    let [outer] = rings else {
        return RecordShape::Other("Polygon with holes");
    };
    let corners: Option<Vec<[f64; 2]>> = outer.iter().map(xy).collect();
    let Some(mut corners) = corners else {
        return RecordShape::Other("Polygon");
    };
    if corners.len() > 1 && corners.first() == corners.last() {
        corners.pop();
    }
    RecordShape::Polygon(corners)
}

/// Longitude and latitude; a height says nothing here.
fn xy(position: &Position) -> Option<[f64; 2]> {
    match position.as_slice() {
        [x, y, ..] => Some([*x, *y]),
        _ => None,
    }
}
