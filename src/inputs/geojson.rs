//! GeoJSON: walking lines, points and areas. Features are parsed one by one, in parallel, so that an error names its
//! feature and line, and one odd feature is a finding and not the end.

use std::borrow::Cow;

use geojson::{GeometryValue, Position};
use serde_json::value::RawValue;

use super::features::{Feature, Features, Shape, Value, Xy};
use super::{InputError, Source};
use crate::crs::Crs;
use crate::language::{Words, words};
use crate::model::Fault;
use crate::parallel;

/// Features per parallel task.
const FEATURE_CHUNK: usize = 256;

/// The top of a file: only what is needed, the features unparsed.
#[derive(serde::Deserialize)]
struct Document<'a> {
    #[serde(rename = "type", borrow)]
    kind: Option<Cow<'a, str>>,
    #[serde(borrow)]
    features: Option<Vec<&'a RawValue>>,
    crs: Option<serde_json::Value>,
}

/// Reads every feature. A single feature or geometry is a collection of one; a file with a feature on each line is one too.
///
/// # Errors
/// [`InputError::Malformed`] naming feature and line.
pub(super) fn read(source: &Source) -> Result<Features<'_>, InputError> {
    let decoded = source.decode()?;
    let text: &str = &decoded.text;
    let findings = source.encoding_finding(&decoded);
    let (list, crs) = match serde_json::from_str::<Document<'_>>(text) {
        Ok(document) => {
            let crs = declared_crs(document.crs.as_ref());
            (collection(source, text, document)?, crs)
        }
        Err(error) => match lines_of_features(source, text) {
            Some(list) => (list?, Crs::Wgs84),
            None => return Err(json_error(source, &error)),
        },
    };
    Ok(Features {
        source,
        noun: "feature",
        crs: Some(crs),
        list,
        findings,
    })
}

fn collection(
    source: &Source,
    text: &str,
    document: Document<'_>,
) -> Result<Vec<Feature>, InputError> {
    let kind = document.kind.as_deref().unwrap_or_default();
    let raw = match (kind, document.features) {
        ("FeatureCollection", Some(features)) => features,
        ("FeatureCollection", None) => {
            let reason = words!("no \"features\"", "缺少 \"features\"");
            return Err(source.malformed(top_level(), reason));
        }
        ("Feature", _) => return single(text, source),
        ("", _) => {
            let reason = words!(
                "no \"type\"; this is not GeoJSON",
                "缺少 \"type\"；这不是 GeoJSON"
            );
            return Err(source.malformed(top_level(), reason));
        }
        _ => {
            return single(
                &format!(r#"{{"type":"Feature","properties":null,"geometry":{text}}}"#),
                source,
            );
        }
    };
    let parts = raw.iter().map(|raw| raw.get());
    parse_all(source, text, &parts.collect::<Vec<_>>())
}

fn top_level() -> Words {
    Words::new("top level", "最外层")
}

/// Parses every part of a text as a feature, in parallel.
fn parse_all(source: &Source, text: &str, parts: &[&str]) -> Result<Vec<Feature>, InputError> {
    let numbered: Vec<(i64, &str)> = (1..).zip(parts.iter().copied()).collect();
    let parsed = parallel::map(&numbered, FEATURE_CHUNK, |(number, part)| {
        parse(*number, part)
    });
    let at = |feature: usize| {
        let offset = parts[feature].as_ptr() as usize - text.as_ptr() as usize;
        let before = text.as_bytes()[..offset].iter();
        let line = 1 + before.filter(|byte| **byte == b'\n').count();
        let number = feature + 1;
        words!(
            "feature {number} on line {line}",
            "第 {line} 行，第 {number} 个要素"
        )
    };
    let whole = parsed.into_iter().enumerate();
    whole
        .map(|(index, parsed)| parsed.map_err(|reason| source.malformed(at(index), reason)))
        .collect()
}

fn single(text: &str, source: &Source) -> Result<Vec<Feature>, InputError> {
    let parsed = parse(1, text)
        .map_err(|reason| source.malformed(Words::new("the feature", "该要素"), reason))?;
    Ok(vec![parsed])
}

/// A file with a feature on each line, also with the mark between records of RFC 8142; `None` where its first line is none.
fn lines_of_features(source: &Source, text: &str) -> Option<Result<Vec<Feature>, InputError>> {
    let lines = text
        .lines()
        .map(|line| line.trim_start_matches('\u{1e}').trim());
    let parts: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
    let first: Document<'_> = serde_json::from_str(parts.first()?).ok()?;
    let is_feature = first.kind.as_deref() == Some("Feature") && parts.len() > 1;
    is_feature.then(|| parse_all(source, text, &parts))
}

/// The error is JSON that cannot be parsed; JSON that is no GeoJSON feature is a feature whose shape says so.
fn parse(number: i64, text: &str) -> Result<Feature, Words> {
    match serde_json::from_str::<geojson::Feature>(text) {
        Ok(feature) => Ok(convert(number, feature)),
        Err(error) if error.is_data() => Ok(Feature {
            number,
            id: None,
            properties: Vec::new(),
            shape: Ok(Shape::Other(without_position(&error))),
        }),
        Err(error) => Err(json_words(&error)),
    }
}

fn convert(number: i64, feature: geojson::Feature) -> Feature {
    let properties = feature.properties.unwrap_or_default();
    Feature {
        number,
        id: feature.id.map(|id| match id {
            geojson::feature::Id::String(id) => id,
            geojson::feature::Id::Number(id) => id.to_string(),
        }),
        properties: properties
            .into_iter()
            .map(|(name, value)| (name, value_of(&value)))
            .collect(),
        shape: feature
            .geometry
            .map_or(Err(Fault::NoCoordinate), |geometry| shape(&geometry.value)),
    }
}

/// A property; numbers as they are written.
fn value_of(value: &serde_json::Value) -> Value {
    match value {
        serde_json::Value::Null => Value::Empty,
        serde_json::Value::String(text) => Value::text(text),
        serde_json::Value::Number(number) => Value::Text(number.to_string()),
        other => Value::Other(other.to_string()),
    }
}

fn shape(geometry: &GeometryValue) -> Result<Shape, Fault> {
    let line = |positions: &Vec<Position>| positions.iter().map(xy).collect::<Result<Vec<_>, _>>();
    let lines = |parts: &Vec<Vec<Position>>| parts.iter().map(line).collect::<Result<Vec<_>, _>>();
    match geometry {
        GeometryValue::Point { coordinates } => xy(coordinates).map(Shape::Point),
        GeometryValue::MultiPoint { coordinates } => match coordinates.as_slice() {
            [only] => xy(only).map(Shape::Point),
            _ => Ok(Shape::Other("MultiPoint".to_owned())),
        },
        GeometryValue::LineString { coordinates } => Ok(Shape::Lines(vec![line(coordinates)?])),
        GeometryValue::MultiLineString { coordinates } => lines(coordinates).map(Shape::Lines),
        GeometryValue::Polygon { coordinates } => Ok(Shape::Polygons(vec![lines(coordinates)?])),
        GeometryValue::MultiPolygon { coordinates } => {
            let polygons = coordinates.iter().map(lines).collect::<Result<_, _>>();
            polygons.map(Shape::Polygons)
        }
        GeometryValue::GeometryCollection { .. } => {
            Ok(Shape::Other("GeometryCollection".to_owned()))
        }
    }
}

fn xy(position: &Position) -> Result<Xy, Fault> {
    match position.as_slice() {
        [x, y, ..] => Ok((*x, *y)),
        _ => Err(Fault::NoCoordinate),
    }
}

/// `serde_json` counts lines from the feature's start, which would mislead beside the file's.
fn without_position(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.rsplit_once(" at line ")
        .map_or(text.clone(), |(message, _)| message.to_owned())
}

fn json_words(error: &serde_json::Error) -> Words {
    let message = without_position(error);
    words!("{message}", "JSON 有误（{message}）")
}

fn json_error(source: &Source, error: &serde_json::Error) -> InputError {
    let reason = if error.is_eof() {
        words!("the file breaks off", "文件不完整")
    } else {
        json_words(error)
    };
    let (line, column) = (error.line(), error.column());
    let place = words!("line {line} column {column}", "第 {line} 行第 {column} 列");
    source.malformed(place, reason)
}

/// The system that the `crs` member of the old GeoJSON (2008) names: a name, or an EPSG code; WGS84 without one. What is
/// described in another way, such as a link, is kept as it stands, so that PROJ refuses it.
fn declared_crs(declared: Option<&serde_json::Value>) -> Crs {
    let Some(declared) = declared.filter(|declared| !declared.is_null()) else {
        return Crs::Wgs84;
    };
    let text = |pointer: &str| match declared.pointer(pointer).map(value_of) {
        Some(Value::Text(text)) => Some(text),
        _ => None,
    };
    let name = text("/properties/name")
        .or_else(|| Some(format!("EPSG:{}", text("/properties/code")?)))
        .unwrap_or_else(|| declared.to_string());
    Crs::parse(&name)
}

#[cfg(test)]
#[path = "geojson_tests.rs"]
mod tests;
