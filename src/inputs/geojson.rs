//! GeoJSON: walking lines, points and areas. Features are parsed one by one, in parallel, so that an error names its
//! feature and line, and one odd feature is a finding and not the end.

use std::borrow::Cow;

use geo_types::{Coord, LineString, MultiPolygon, Polygon};
use geojson::{Feature, GeometryValue, Position};
use serde_json::Value;
use serde_json::value::RawValue;

use super::access::{CutReason, Role, Tags, Walkable, is_street, walkable};
use super::columns::{Columns, Field};
use super::cuts::CutReport;
use super::sidepaths::{Beside, with_footways_beside};
use super::{InputError, PointRecord, PointRecords, Source, StreetsRead};
use crate::crs::{Converter, Crs};
use crate::geometry::Location;
use crate::model::{Area, Fault, FindingCode, Findings, StreetsBuilder, WayKind};
use crate::parallel;
use crate::units::{ParsePeopleError, People};

/// Features per parallel task.
const FEATURE_CHUNK: usize = 256;

/// The top of a file: only what is needed, the features unparsed.
#[derive(serde::Deserialize)]
struct Document<'a> {
    #[serde(rename = "type", borrow)]
    kind: Option<Cow<'a, str>>,
    #[serde(borrow)]
    features: Option<Vec<&'a RawValue>>,
    crs: Option<Value>,
}

/// A parsed feature, or why its JSON is no GeoJSON feature.
type Parsed = Result<Feature, String>;

/// Parses every feature. A single feature or geometry is a collection of one.
fn features(source: &Source, crs: &Crs) -> Result<Vec<Parsed>, InputError> {
    let text = source.text()?;
    let document: Document<'_> =
        serde_json::from_str(text).map_err(|error| json_error(source, &error))?;
    check_crs(source, document.crs.as_ref(), crs)?;
    let kind = document.kind.as_deref().unwrap_or_default();
    let raw = match (kind, document.features) {
        ("FeatureCollection", Some(features)) => features,
        ("FeatureCollection", None) => return Err(source.malformed("top level", "no \"features\"")),
        ("Feature", _) => return single(text, source),
        ("", _) => return Err(source.malformed("top level", "no \"type\"; this is not GeoJSON")),
        _ => {
            return single(
                &format!(r#"{{"type":"Feature","properties":null,"geometry":{text}}}"#),
                source,
            );
        }
    };
    let parsed = parallel::map(&raw, FEATURE_CHUNK, |raw| parse(raw.get()));
    let at = |feature: usize| {
        let offset = raw[feature].get().as_ptr() as usize - text.as_ptr() as usize;
        let line = 1 + text.as_bytes()[..offset]
            .iter()
            .filter(|byte| **byte == b'\n')
            .count();
        format!("feature {} on line {line}", feature + 1)
    };
    let whole = parsed.into_iter().enumerate();
    whole
        .map(|(index, parsed)| parsed.map_err(|reason| source.malformed(at(index), reason)))
        .collect()
}

fn single(text: &str, source: &Source) -> Result<Vec<Parsed>, InputError> {
    let parsed = parse(text).map_err(|reason| source.malformed("the feature", reason))?;
    Ok(vec![parsed])
}

/// The outer error is JSON that cannot be parsed; the inner one is JSON that is no GeoJSON feature.
fn parse(text: &str) -> Result<Parsed, String> {
    match serde_json::from_str::<Feature>(text) {
        Ok(feature) => Ok(Ok(feature)),
        Err(error) if error.is_data() => Ok(Err(without_position(&error))),
        Err(error) => Err(without_position(&error)),
    }
}

/// `serde_json` counts lines from the feature's start, which would mislead beside the file's.
fn without_position(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.rsplit_once(" at line ")
        .map_or(text.clone(), |(message, _)| message.to_owned())
}

fn json_error(source: &Source, error: &serde_json::Error) -> InputError {
    let reason = if error.is_eof() {
        "the file breaks off".to_owned()
    } else {
        without_position(error)
    };
    source.malformed(
        format!("line {} column {}", error.line(), error.column()),
        reason,
    )
}

/// The `crs` member of the old GeoJSON (2008): another system than WGS84 needs the layer's flag, and so does one that is
/// described in a way that cannot be read here, such as a link.
fn check_crs(source: &Source, declared: Option<&Value>, crs: &Crs) -> Result<(), InputError> {
    let Some(declared) = declared.filter(|declared| !declared.is_null()) else {
        return Ok(());
    };
    let text = |pointer: &str| declared.pointer(pointer).and_then(text_of);
    let name = text("/properties/name")
        .or_else(|| Some(format!("EPSG:{}", text("/properties/code")?)))
        .unwrap_or_else(|| declared.to_string());
    let is_wgs84 = ["CRS84", "EPSG::4326", "EPSG:4326"]
        .iter()
        .any(|known| name.ends_with(known));
    if is_wgs84 || *crs != Crs::Wgs84 {
        return Ok(());
    }
    let reason = format!(
        "the file is in {name}; name it with --network-crs, --stations-crs, --residents-crs or --areas-crs"
    );
    Err(source.malformed("\"crs\"", reason))
}

fn coordinates(position: &Position) -> Option<(f64, f64)> {
    match position.as_slice() {
        [x, y, ..] => Some((*x, *y)),
        _ => None,
    }
}

fn kind_of(geometry: &GeometryValue) -> &'static str {
    match geometry {
        GeometryValue::Point { .. } => "Point",
        GeometryValue::MultiPoint { .. } => "MultiPoint",
        GeometryValue::LineString { .. } => "LineString",
        GeometryValue::MultiLineString { .. } => "MultiLineString",
        GeometryValue::Polygon { .. } => "Polygon",
        GeometryValue::MultiPolygon { .. } => "MultiPolygon",
        GeometryValue::GeometryCollection { .. } => "GeometryCollection",
    }
}

fn wrong_kind(geometry: &GeometryValue, wanted: &str) -> Fault {
    Fault::Geometry {
        found: kind_of(geometry).to_owned(),
        wanted: wanted.to_owned(),
    }
}

/// A property, or the feature's own id, as text; numbers as they are written.
fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn properties_value<'f>(
    feature: &'f Feature,
    columns: &Columns,
    field: Field,
) -> Option<&'f Value> {
    let properties = feature.properties.as_ref()?;
    let position = columns
        .find(field, &properties.keys().map(String::as_str))
        .ok()??;
    properties.values().nth(position)
}

fn property(feature: &Feature, columns: &Columns, field: Field) -> Option<String> {
    text_of(properties_value(feature, columns, field)?)
}

/// A named property must be in some feature: a typing error would otherwise count as "absent" in silence.
fn check_named(
    source: &Source,
    parsed: &[Parsed],
    columns: &Columns,
    fields: &[Field],
) -> Result<(), InputError> {
    let properties = || {
        parsed
            .iter()
            .flatten()
            .filter_map(|f| f.properties.as_ref())
    };
    let is_somewhere = |field: Field| {
        let mut all = properties();
        all.any(|keys| {
            columns
                .find(field, &keys.keys().map(String::as_str))
                .is_ok()
        })
    };
    let missing = fields.iter().find(|field| !is_somewhere(**field));
    let Some(field) = missing.filter(|field| columns.is_named(**field)) else {
        return Ok(());
    };
    let found = properties().next().map(|keys| {
        let keys: Vec<&str> = keys.keys().map(String::as_str).collect();
        keys.join(", ")
    });
    Err(InputError::Column {
        file: source.path().to_owned(),
        field: field.words(),
        found: found.unwrap_or_else(|| "none".to_owned()),
        flag: field.flag(),
    })
}

/// A feature's number of people. What is neither a number nor its text is a fault: to count it as one would be a guess.
fn people(feature: &Feature, columns: &Columns) -> Result<Option<People>, Fault> {
    let fault = |reason: String| Fault::Population { reason };
    let value = properties_value(feature, columns, Field::Population);
    match value {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) if text.trim().is_empty() => Ok(None),
        Some(value) => {
            let text = text_of(value).ok_or_else(|| fault(format!("{value} is not a number")))?;
            let people = text
                .parse()
                .map_err(|error: ParsePeopleError| fault(error.to_string()));
            people.map(Some)
        }
    }
}

fn id_of(feature: &Feature, columns: &Columns) -> Option<String> {
    property(feature, columns, Field::Id).or_else(|| match feature.id.as_ref()? {
        geojson::feature::Id::String(id) => Some(id.clone()),
        geojson::feature::Id::Number(id) => Some(id.to_string()),
    })
}

/// Reads the point records of a file. A feature that is no point is a record with a [`Fault`].
///
/// # Errors
/// [`InputError::Malformed`] naming feature and line, [`InputError::Column`] when no feature has a property that was named.
pub fn read_points(
    source: &Source,
    columns: &Columns,
    crs: &Crs,
) -> Result<PointRecords, InputError> {
    let parsed = features(source, crs)?;
    check_named(source, &parsed, columns, &[Field::Id, Field::Population])?;
    let records: Vec<PointRecord> = parsed
        .iter()
        .zip(1..)
        .map(|(feature, number)| {
            point_record(
                feature,
                columns,
                format!("{} feature {number}", source.name()),
            )
        })
        .collect();
    let has_ids = records.iter().any(|record| record.id.is_some());
    Ok(PointRecords { records, has_ids })
}

fn point_record(parsed: &Parsed, columns: &Columns, source: String) -> PointRecord {
    let feature = match parsed {
        Ok(feature) => feature,
        Err(reason) => {
            let fault = Fault::Geometry {
                found: reason.clone(),
                wanted: "Point".to_owned(),
            };
            return PointRecord {
                id: None,
                xy: Err(fault),
                people: Ok(None),
                source,
            };
        }
    };
    let xy = match feature.geometry.as_ref().map(|geometry| &geometry.value) {
        None => Err(Fault::NoCoordinate),
        Some(GeometryValue::Point { coordinates: at }) => {
            coordinates(at).ok_or(Fault::NoCoordinate)
        }
        Some(other) => Err(wrong_kind(other, "Point")),
    };
    PointRecord {
        id: id_of(feature, columns),
        xy,
        people: people(feature, columns),
        source,
    }
}

/// A way's lines, or why it has none.
type Lines = Result<Vec<Vec<(f64, f64)>>, Fault>;

fn lines_of(feature: &Feature) -> Lines {
    let line = |positions: &[Position]| -> Result<Vec<(f64, f64)>, Fault> {
        positions
            .iter()
            .map(|at| coordinates(at).ok_or(Fault::NoCoordinate))
            .collect()
    };
    match feature.geometry.as_ref().map(|geometry| &geometry.value) {
        None => Err(Fault::NoCoordinate),
        Some(GeometryValue::LineString { coordinates }) => Ok(vec![line(coordinates)?]),
        Some(GeometryValue::MultiLineString { coordinates }) => {
            coordinates.iter().map(|part| line(part)).collect()
        }
        Some(other) => Err(wrong_kind(other, "LineString")),
    }
}

/// Reads walking lines. They join wherever vertices round to the same 10⁻⁷ degrees, and nowhere else. Properties named
/// like OpenStreetMap tags (`highway`, `foot`, `access`, `oneway:foot`, …) are taken at their word; a line without any is
/// a way for walking.
///
/// # Errors
/// [`InputError::Malformed`] naming feature and line, [`InputError::TooLarge`].
pub fn read_streets(
    source: &Source,
    crs: &Crs,
    converter: &Converter,
) -> Result<StreetsRead, InputError> {
    let mut findings = Findings::default();
    let mut cuts = CutReport::default();
    let mut lines: Vec<Line> = Vec::new();
    let mut vertices: Vec<Location> = Vec::new();
    for (parsed, number) in features(source, crs)?.iter().zip(1..) {
        match way(parsed, converter) {
            Err(fault) => findings.add(FindingCode::InvalidLine, || {
                format!("{} feature {number}: {fault}", source.name())
            }),
            Ok(Way {
                verdict: Err(reason),
                parts,
                ..
            }) => {
                cuts.add_way(reason, parts, || format!("feature {number}"));
                findings.add(reason.finding(), || {
                    format!("{} feature {number}: {}", source.name(), reason.words())
                });
            }
            Ok(Way {
                verdict: Ok(walkable),
                parts,
                name,
            }) => {
                for part in parts {
                    lines.push(Line {
                        number,
                        walkable,
                        name: name.clone(),
                        end: vertices.len() + part.len(),
                    });
                    vertices.extend(part);
                }
            }
        }
    }
    if vertices.len() >= u32::MAX as usize {
        let count = vertices.len() as u64;
        return Err(InputError::TooLarge {
            file: source.path().to_owned(),
            count,
            what: "vertices",
        });
    }
    let (unique, refs) = join(&vertices);
    let starts = std::iter::once(0).chain(lines.iter().map(|line| line.end));
    let spans = starts
        .zip(&lines)
        .map(|(start, line)| &refs[start..line.end]);
    let ways: Vec<Beside<'_>> = spans
        .zip(&lines)
        .map(|(refs, line)| Beside {
            refs,
            role: line.walkable.role,
        })
        .collect();
    let left_out = with_footways_beside(&ways, |vertex| unique.get(vertex as usize).copied());
    for ((line, way), _) in lines
        .iter()
        .zip(&ways)
        .zip(&left_out)
        .filter(|(_, out)| **out)
    {
        let places = way.refs.iter().map(|vertex| unique[*vertex as usize]);
        let example = || format!("feature {}", line.number);
        cuts.add_way(CutReason::Sidepath, vec![places.collect()], example);
        findings.add(CutReason::Sidepath.finding(), || {
            format!("{} feature {}", source.name(), line.number)
        });
    }
    let mut builder = StreetsBuilder::new(unique);
    let stay = lines.iter().zip(ways).zip(left_out).filter(|(_, out)| !out);
    for ((line, Beside { refs, .. }), _) in stay {
        let passage = line.walkable.passage;
        if !builder.add_way(line.number, refs, passage, line.name.as_deref()) {
            findings.add(FindingCode::DegenerateLine, || {
                format!(
                    "{} feature {}: fewer than two vertices",
                    source.name(),
                    line.number
                )
            });
        }
    }
    Ok(StreetsRead {
        streets: builder.finish(Vec::new()),
        cuts,
        findings,
    })
}

/// A line of the network, its vertices up to `end` in the list of all.
struct Line {
    number: i64,
    walkable: Walkable,
    name: Option<String>,
    end: usize,
}

/// A feature as a way.
struct Way {
    verdict: Result<Walkable, CutReason>,
    parts: Vec<Vec<Location>>,
    name: Option<String>,
}

fn way(parsed: &Parsed, converter: &Converter) -> Result<Way, Fault> {
    let feature = parsed.as_ref().map_err(|reason| Fault::Geometry {
        found: reason.clone(),
        wanted: "LineString".to_owned(),
    })?;
    let locate = |(x, y): (f64, f64)| -> Result<Location, Fault> {
        Location::from_degrees(converter.place(x, y)?).ok_or(Fault::OffTheEarth { lon: x, lat: y })
    };
    let locate_all =
        |part: Vec<(f64, f64)>| part.into_iter().map(locate).collect::<Result<Vec<_>, _>>();
    let parts = lines_of(feature)?
        .into_iter()
        .map(locate_all)
        .collect::<Result<Vec<_>, _>>()?;
    let pairs: Vec<(&str, &str)> = feature
        .properties
        .iter()
        .flatten()
        .filter_map(|(key, value)| Some((key.as_str(), value.as_str()?)))
        .collect();
    let tags = Tags(&pairs);
    let verdict = if is_street(tags) || pairs.iter().any(|(key, _)| ACCESS_KEYS.contains(key)) {
        walkable(tags)
    } else {
        Ok(Walkable {
            passage: WayKind::Street.into(),
            role: Role::Street,
        })
    };
    Ok(Way {
        verdict,
        parts,
        name: tags.get("name").map(str::to_owned),
    })
}

/// Tags that say something about walking on a line without a kind.
const ACCESS_KEYS: &[&str] = &[
    "foot",
    "access",
    "oneway:foot",
    "motorroad",
    "conveying",
    "sac_scale",
];

/// Every location once, ascending, and for each vertex its position there.
fn join(vertices: &[Location]) -> (Vec<Location>, Vec<u32>) {
    let mut order: Vec<(Location, u32)> = vertices.iter().copied().zip(0..).collect();
    order.sort_unstable();
    let mut unique: Vec<Location> = Vec::new();
    let mut refs = vec![0; vertices.len()];
    for (location, vertex) in order {
        if unique.last() != Some(&location) {
            unique.push(location);
        }
        refs[vertex as usize] = unique.len() as u32 - 1;
    }
    (unique, refs)
}

/// Reads areas: polygons with an id and a name.
///
/// # Errors
/// [`InputError::Malformed`] naming feature and line, [`InputError::Column`] when no feature has the named property.
pub fn read_areas(
    source: &Source,
    columns: &Columns,
    crs: &Crs,
    converter: &Converter,
) -> Result<(Vec<Area>, Findings), InputError> {
    let parsed = features(source, crs)?;
    check_named(source, &parsed, columns, &[Field::Id, Field::Name])?;
    let mut findings = Findings::default();
    let mut areas = Vec::new();
    for (parsed, number) in parsed.iter().zip(1..) {
        match shape(parsed, converter) {
            Ok((feature, shape)) => {
                let id = id_of(feature, columns).unwrap_or_else(|| number.to_string());
                let name = property(feature, columns, Field::Name).unwrap_or_else(|| id.clone());
                areas.push(Area { id, name, shape });
            }
            Err(fault) => findings.add(FindingCode::InvalidArea, || {
                format!("{} feature {number}: {fault}", source.name())
            }),
        }
    }
    Ok((areas, findings))
}

fn shape<'p>(
    parsed: &'p Parsed,
    converter: &Converter,
) -> Result<(&'p Feature, MultiPolygon<f64>), Fault> {
    let bad = |found: String| Fault::Geometry {
        found,
        wanted: "Polygon".to_owned(),
    };
    let feature = parsed.as_ref().map_err(|reason| bad(reason.clone()))?;
    let ring = |positions: &Vec<Position>| -> Result<LineString<f64>, Fault> {
        if positions.len() < 4 {
            return Err(bad(format!("a ring of {} positions", positions.len())));
        }
        let place = |at: &Position| -> Result<Coord<f64>, Fault> {
            let (x, y) = coordinates(at).ok_or(Fault::NoCoordinate)?;
            converter.place(x, y)
        };
        positions
            .iter()
            .map(place)
            .collect::<Result<Vec<_>, _>>()
            .map(LineString::new)
    };
    let polygon = |rings: &Vec<Vec<Position>>| -> Result<Polygon<f64>, Fault> {
        let mut rings = rings
            .iter()
            .map(ring)
            .collect::<Result<Vec<_>, _>>()?
            .into_iter();
        let outer = rings
            .next()
            .ok_or_else(|| bad("a polygon without rings".to_owned()))?;
        Ok(Polygon::new(outer, rings.collect()))
    };
    let shape = match feature.geometry.as_ref().map(|geometry| &geometry.value) {
        None => return Err(Fault::NoCoordinate),
        Some(GeometryValue::Polygon { coordinates }) => MultiPolygon(vec![polygon(coordinates)?]),
        Some(GeometryValue::MultiPolygon { coordinates }) if !coordinates.is_empty() => {
            MultiPolygon(
                coordinates
                    .iter()
                    .map(polygon)
                    .collect::<Result<Vec<_>, _>>()?,
            )
        }
        Some(other) => return Err(wrong_kind(other, "Polygon")),
    };
    Ok((feature, shape))
}

#[cfg(test)]
#[path = "geojson_tests.rs"]
mod tests;
