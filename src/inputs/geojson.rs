//! GeoJSON: walking lines, points and areas. Features are read one by one and parsed in parallel, some megabytes of them at a
//! time, so that a file of any size takes the memory of what is made of it and no more; an error names its feature and line,
//! and one odd feature is a finding and not the end. What is no collection of features but a single one is read as a whole.

use std::convert::Infallible;
use std::io::{BufRead, Read};
use std::ops::Range;

use geojson::{GeometryValue, Position};
use serde::de::IgnoredAny;

use super::features::{About, Feature, Gather, Shape, Value, Xy};
use super::json_parts::{NotJson, Parts};
use super::source::{MOST_RECORD_BYTES, record_too_long};
use super::text_reader::{TextReader, read_text, read_whole};
use super::watched::Watched;
use super::{InputError, Known, KnownBy, Source};
use crate::crs::Crs;
use crate::model::Fault;
use crate::parallel;
use crate::text::language::{Words, words};

/// Features per parallel task.
const FEATURE_CHUNK: usize = 256;
/// Bytes of features that are parsed together.
const BATCH_BYTES: usize = 1 << 22;

/// The top of a text.
#[derive(serde::Deserialize)]
struct Top {
    #[serde(rename = "type")]
    kind: Option<String>,
    #[expect(dead_code, reason = "read for what may be wrong with it")]
    features: Option<Vec<IgnoredAny>>,
    #[expect(dead_code, reason = "read for what may be wrong with it")]
    crs: Option<IgnoredAny>,
}

/// The members of the top of a file that are used.
const USED: [&str; 3] = ["type", "features", "crs"];

/// What stood in them.
#[derive(Default)]
struct Members {
    kind: Option<String>,
    crs: Option<serde_json::Value>,
    features: Option<Batches>,
    /// Those that were there: each may be there once.
    seen: Vec<&'static str>,
}

/// What a file turned out to be.
enum Found<G> {
    Collection(G, Members),
    /// A feature or geometry, or something of no type.
    Single(Members),
    /// No JSON as a whole. A single feature may have been at its beginning.
    NotJson {
        may_be_lines: bool,
    },
}

/// Reads every feature into a layer. A single feature or geometry is a collection of one; a file with a feature on each line is
/// one too. `new` makes an empty layer.
///
/// # Errors
/// [`InputError::Malformed`] naming feature and line.
pub(super) fn read<G: Gather>(
    source: Watched<'_>,
    new: impl Fn() -> G,
) -> Result<(G, About), InputError> {
    let (found, read_as) = read_text(source, |text| collection(&source, text, new()))?;
    let about = |crs: Option<serde_json::Value>| About {
        crs: Some(declared_crs(crs.as_ref())),
        encoding: Some(read_as.encoding),
        findings: read_as.findings,
    };
    match found {
        Found::Collection(layer, members) => Ok((layer, about(members.crs))),
        Found::Single(members) => {
            let mut layer = new();
            layer.add(single(source, members.kind.as_deref())?);
            Ok((layer, about(members.crs)))
        }
        Found::NotJson { may_be_lines } => {
            if may_be_lines {
                let lines = |text: &mut TextReader<'_>| lines_of_features(&source, text, new());
                let (layer, read_as) = read_text(source, lines)?;
                if let Some(layer) = layer {
                    let about = About {
                        crs: Some(declared_crs(None)),
                        encoding: Some(read_as.encoding),
                        findings: read_as.findings,
                    };
                    return Ok((layer, about));
                }
            }
            Err(not_json(source))
        }
    }
}

/// Reads a file as a collection of features.
fn collection<G: Gather>(
    source: &Source,
    text: &mut TextReader<'_>,
    mut layer: G,
) -> Result<Found<G>, InputError> {
    let mut parts = Parts::new(text);
    let has_mark = parts.peek() == Ok(Some(RECORD_MARK));
    let mut members = Members::default();
    if members.read(&mut parts, &mut layer).is_err() {
        if let Some(line) = parts.too_long() {
            return Err(too_long(source, line));
        }
        let may_be_lines = has_mark;
        return Ok(Found::NotJson { may_be_lines });
    }
    if parts.peek() != Ok(None) {
        let may_be_lines = members.kind.as_deref() == Some("Feature");
        return Ok(Found::NotJson { may_be_lines });
    }
    if members.kind.as_deref() != Some("FeatureCollection") {
        return Ok(Found::Single(members));
    }
    let Some(batches) = members.features.take() else {
        let reason = words!("no \"features\"", "缺少 \"features\"");
        return Err(source.malformed(top_level(), reason));
    };
    match batches.broken {
        Some(broken) => Err(broken.error(source)),
        None => Ok(Found::Collection(layer, members)),
    }
}

impl Members {
    /// Reads an object's members, the features into the layer.
    fn read<R: BufRead>(
        &mut self,
        parts: &mut Parts<R>,
        layer: &mut impl Gather,
    ) -> Result<(), NotJson> {
        parts.expect(b'{')?;
        if parts.take(b'}')? {
            return Ok(());
        }
        let mut value = Vec::new();
        loop {
            value.clear();
            parts.value(&mut value)?;
            let name: String = json(&value)?;
            parts.expect(b':')?;
            if let Some(used) = USED.into_iter().find(|used| *used == name) {
                if self.seen.contains(&used) {
                    return Err(NotJson);
                }
                self.seen.push(used);
            }
            if name == "features" && parts.take(b'[')? {
                let mut batches = Batches::default();
                batches.read(parts, layer)?;
                self.features = Some(batches);
            } else {
                value.clear();
                parts.value(&mut value)?;
                match name.as_str() {
                    "type" => self.kind = json(&value)?,
                    "crs" => self.crs = json(&value)?,
                    // No list: none at all, or no GeoJSON.
                    "features" => json::<()>(&value)?,
                    _ => {
                        json::<IgnoredAny>(&value)?;
                    }
                }
            }
            if !parts.goes_on(b'}')? {
                return Ok(());
            }
        }
    }
}

fn json<'a, T: serde::Deserialize<'a>>(value: &'a [u8]) -> Result<T, NotJson> {
    serde_json::from_slice(value).map_err(|_| NotJson)
}

fn top_level() -> Words {
    Words::new("top level", "最外层")
}

/// Features that are read and parsed some megabytes at a time.
#[derive(Default)]
struct Batches {
    text: Vec<u8>,
    /// The number and line of each feature, and its part of the text.
    parts: Vec<(i64, u64, Range<usize>)>,
    count: i64,
    /// The first feature that cannot be parsed. Those behind it go into no layer any more.
    broken: Option<Broken>,
}

/// A feature that cannot be parsed.
struct Broken {
    number: i64,
    line: u64,
    reason: Words,
}

impl Broken {
    fn error(self, source: &Source) -> InputError {
        let Self { number, line, .. } = self;
        let place = words!(
            "feature {number} on line {line}",
            "第 {line} 行，第 {number} 个要素"
        );
        source.malformed(place, self.reason)
    }
}

impl Batches {
    /// Reads the elements of a list that was opened.
    fn read<R: BufRead>(
        &mut self,
        parts: &mut Parts<R>,
        layer: &mut impl Gather,
    ) -> Result<(), NotJson> {
        if parts.take(b']')? {
            return Ok(());
        }
        loop {
            parts.peek()?;
            let (line, start) = (parts.line(), self.text.len());
            parts.value(&mut self.text)?;
            self.add(line, start);
            let goes_on = parts.goes_on(b']')?;
            if !goes_on || self.text.len() >= BATCH_BYTES {
                self.parse(layer, true)?;
            }
            if !goes_on {
                return Ok(());
            }
        }
    }

    /// What was appended to the text from `start` on is the next feature.
    fn add(&mut self, line: u64, start: usize) {
        self.count += 1;
        self.parts.push((self.count, line, start..self.text.len()));
    }

    /// Parses what was read into the layer. In a list, what is no JSON makes the whole file none.
    fn parse<G: Gather>(&mut self, layer: &mut G, is_list: bool) -> Result<(), NotJson> {
        type Kept<G> = Result<Result<<G as Gather>::Kept, Words>, NotJson>;
        let (text, into) = (&self.text, &*layer);
        let kept = |(number, _, part): &(i64, u64, Range<usize>)| -> Kept<G> {
            let part = &text[part.clone()];
            let parsed = parse(*number, part);
            let is_whole = matches!(&parsed, Ok((_, true)));
            if is_list && !is_whole {
                json::<IgnoredAny>(part)?;
            }
            Ok(parsed.map(|(feature, _)| into.kept(feature)))
        };
        let kept = parallel::map(&self.parts, FEATURE_CHUNK, kept);
        for (kept, (number, line, _)) in kept.into_iter().zip(&self.parts) {
            match kept? {
                Ok(kept) if self.broken.is_none() => layer.keep(kept),
                Err(reason) if self.broken.is_none() => {
                    let (number, line) = (*number, *line);
                    self.broken = Some(Broken {
                        number,
                        line,
                        reason,
                    });
                }
                _ => {}
            }
        }
        self.text.clear();
        self.parts.clear();
        Ok(())
    }
}

/// A feature, or another part of the file, is longer than any may be.
fn too_long(source: &Source, line: u64) -> InputError {
    source.malformed(words!("line {line}", "第 {line} 行"), record_too_long())
}

/// A file of this kind as a single feature: also a bare geometry.
fn single(source: Watched<'_>, kind: Option<&str>) -> Result<Feature, InputError> {
    if kind.unwrap_or_default().is_empty() {
        return Err(no_type(&source));
    }
    let mut text = read_whole(source)?;
    if kind != Some("Feature") {
        text = format!(r#"{{"type":"Feature","properties":null,"geometry":{text}}}"#);
    }
    let parsed = parse(1, text.as_bytes());
    let parsed =
        parsed.map_err(|reason| source.malformed(Words::new("the feature", "该要素"), reason))?;
    Ok(parsed.0)
}

fn no_type(source: &Source) -> InputError {
    let reason = words!(
        "no \"type\"; this is not GeoJSON",
        "缺少 \"type\"；这不是 GeoJSON"
    );
    source.malformed(top_level(), reason)
}

/// What stands before each record of a sequence (RFC 8142).
const RECORD_MARK: u8 = 0x1e;

/// Reads a file with a feature on each line, also with the mark between records of RFC 8142; `None` where its first line is none.
fn lines_of_features<G: Gather>(
    source: &Source,
    text: &mut TextReader<'_>,
    mut layer: G,
) -> Result<Option<G>, InputError> {
    let mut batches = Batches::default();
    let (mut line, mut number) = (String::new(), 0);
    loop {
        line.clear();
        let mut rest = text.by_ref().take(MOST_RECORD_BYTES as u64 + 1);
        let read = rest.read_line(&mut line);
        let is_end = read.map_err(|error| source.unread(error))? == 0;
        number += 1;
        if line.len() > MOST_RECORD_BYTES {
            return Err(too_long(source, number));
        }
        let part = line.trim_start_matches(char::from(RECORD_MARK)).trim();
        if !part.is_empty() {
            let first = || serde_json::from_str::<Top>(part).ok()?.kind;
            if batches.count == 0 && first().as_deref() != Some("Feature") {
                return Ok(None);
            }
            let start = batches.text.len();
            batches.text.extend_from_slice(part.as_bytes());
            batches.add(number, start);
        }
        if is_end && batches.count < 2 {
            return Ok(None);
        }
        if is_end || batches.count > 1 && batches.text.len() >= BATCH_BYTES {
            // What is no JSON is a feature that cannot be parsed here, and no error of the whole.
            let _ = batches.parse(&mut layer, false);
            if let Some(broken) = batches.broken.take() {
                return Err(broken.error(source));
            }
        }
        if is_end {
            return Ok(Some(layer));
        }
    }
}

/// Where and why a text is no JSON, from one who reads it all.
fn not_json(source: Watched<'_>) -> InputError {
    let why = |text: &mut TextReader<'_>| -> Result<Infallible, InputError> {
        Err(match serde_json::from_reader::<_, Top>(text) {
            Err(error) => json_error(&source, &error),
            Ok(_) => no_type(&source),
        })
    };
    match read_text(source, why) {
        Err(error) => error,
        Ok((never, _)) => match never {},
    }
}

/// Parses a feature, and says whether it is one; JSON that is no GeoJSON feature is a feature whose shape says so. The error is
/// JSON that cannot be parsed.
fn parse(number: i64, text: &[u8]) -> Result<(Feature, bool), Words> {
    match serde_json::from_slice::<geojson::Feature>(text) {
        Ok(feature) => Ok((convert(number, feature), true)),
        Err(error) if error.is_data() => {
            let feature = Feature {
                number,
                id: None,
                properties: Vec::new(),
                shape: Ok(Shape::Other(without_position(&error))),
            };
            Ok((feature, false))
        }
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
            several => several
                .iter()
                .map(xy)
                .collect::<Result<_, _>>()
                .map(Shape::Points),
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

pub(super) fn json_error(source: &Source, error: &serde_json::Error) -> InputError {
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
pub(super) fn declared_crs(declared: Option<&serde_json::Value>) -> Known<Crs> {
    let Some(declared) = declared.filter(|declared| !declared.is_null()) else {
        return Known::new(Crs::Wgs84, KnownBy::Standard);
    };
    let text = |pointer: &str| match declared.pointer(pointer).map(value_of) {
        Some(Value::Text(text)) => Some(text),
        _ => None,
    };
    let name = text("/properties/name")
        .or_else(|| Some(format!("EPSG:{}", text("/properties/code")?)))
        .unwrap_or_else(|| declared.to_string());
    Known::new(Crs::parse(&name), KnownBy::File)
}

#[cfg(test)]
#[path = "geojson_tests.rs"]
mod tests;
