//! Scenarios from GeoJSON: each feature is one edit, as a table of a TOML file is, with its place drawn.

use toml::{Table, Value};

use super::tables::ScenarioFile;
use crate::inputs::{
    InputError, Record, RecordShape, RecordValue, Records, Source, at_feature, read_records,
    toml_words,
};
use crate::scenario::edit::Edit;
use crate::text::language::{InLanguage, Words, words};

/// The property that says what a feature edits.
const EDIT: &str = "edit";

/// What an edit may be drawn as.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Drawn {
    /// Nowhere: its geometry is null.
    Nowhere,
    Point,
    PointOrNowhere,
    Line,
    PointPolygonOrNowhere,
}

/// The edits by their names, and what each is drawn as.
const EDITS: [(&str, Drawn); 13] = [
    ("stations.add", Drawn::Point),
    ("stations.move", Drawn::Point),
    ("stations.close", Drawn::Nowhere),
    ("stations.services", Drawn::Nowhere),
    ("stations.hours", Drawn::Nowhere),
    ("streets.close", Drawn::PointPolygonOrNowhere),
    ("streets.open", Drawn::PointPolygonOrNowhere),
    ("streets.step_free", Drawn::PointPolygonOrNowhere),
    ("streets.draw", Drawn::Line),
    ("gates.open", Drawn::Point),
    ("gates.close", Drawn::PointOrNowhere),
    ("population", Drawn::Nowhere),
    ("walking", Drawn::Nowhere),
];

/// The keys that say where; a shape says it here.
const PLACES: [&str; 6] = ["lon", "lat", "from", "to", "via", "within"];

/// Reads a file: what it says of the whole, and its edits in the order of the features.
///
/// # Errors
/// [`InputError::Malformed`] with the number of the feature.
pub(super) fn read(source: &Source) -> Result<(ScenarioFile, Vec<Edit>), InputError> {
    let Records { members, records } = read_records(source)?;
    let members = members.into_iter();
    let head: Table = members.map(|(key, value)| (key, toml_of(value))).collect();
    if let Some(key) = head
        .keys()
        .find(|key| !ScenarioFile::MEMBERS.contains(&key.as_str()))
    {
        let (en, zh) = (
            ScenarioFile::MEMBERS.join(", "),
            ScenarioFile::MEMBERS.join("、"),
        );
        let reason = words!(
            "there is no {key} beside the features; there is {en}",
            "features 之外没有“{key}”这一项；可用的有：{zh}"
        );
        return Err(source.malformed(Words::new("top level", "最外层"), reason));
    }
    let wrong = |error: toml::de::Error| {
        source.malformed(
            Words::new("top level", "最外层"),
            toml_words(error.message()),
        )
    };
    let head = ScenarioFile::from_table(head).map_err(wrong)?;
    let mut edits = Vec::new();
    for record in records {
        let number = record.number;
        let wrong = |Wrong { edit, reason }| {
            let place = at_feature(number);
            let place = match edit {
                Some(edit) => {
                    let zh = place.zh();
                    words!("{place} ({edit})", "{zh}（{edit}）")
                }
                None => place,
            };
            source.malformed(place, reason)
        };
        edits.extend(edits_of(record).map_err(wrong)?);
    }
    Ok((head, edits))
}

/// Why a feature is no edit.
struct Wrong {
    edit: Option<&'static str>,
    reason: Words,
}

fn edits_of(record: Record) -> Result<Vec<Edit>, Wrong> {
    let mut properties = record.properties;
    let named = properties.iter().position(|(key, _)| key == EDIT);
    let named = named.map(|at| properties.remove(at).1);
    let (edit, drawn) = known(named.as_ref())?;
    let wrong = |reason| Wrong {
        edit: Some(edit),
        reason,
    };
    let mut table = Table::new();
    for (key, value) in properties {
        if PLACES.contains(&key.as_str()) {
            return Err(wrong(words!(
                "{key} is no property here: the feature's geometry says where",
                "此处没有属性“{key}”：位置由要素的几何给出"
            )));
        }
        if value == RecordValue::Other {
            return Err(wrong(words!(
                "{key} is a list or an object; a text or a number is needed",
                "{key} 是列表或对象；应为文本或数字"
            )));
        }
        table.insert(key, toml_of(value));
    }
    for (key, value) in places(record.shape, drawn).map_err(wrong)? {
        table.insert(key.to_owned(), value);
    }
    if let (Some(id), true) = (record.id, edit.starts_with("stations.")) {
        table.entry("id").or_insert(Value::String(id));
    }
    let file = ScenarioFile::from_table(document(edit, table));
    let file = file.map_err(|error| wrong(toml_words(error.message())))?;
    file.edits().map_err(|mistake| wrong(mistake.reason))
}

/// The edit that is named.
fn known(named: Option<&RecordValue>) -> Result<(&'static str, Drawn), Wrong> {
    let names = EDITS.map(|(name, _)| name);
    let (en, zh) = (names.join(", "), names.join("、"));
    let Some(RecordValue::Text(name)) = named else {
        let reason = words!(
            "it has no property edit with the name of one: {en}",
            "缺少属性 edit；可用的有：{zh}"
        );
        return Err(Wrong { edit: None, reason });
    };
    let found = EDITS.iter().find(|(known, _)| known == name);
    found.copied().ok_or_else(|| Wrong {
        edit: None,
        reason: words!(
            "there is no edit {name:?}; there is {en}",
            "没有 {name:?} 这种修改；可用的有：{zh}"
        ),
    })
}

/// The keys that say where, of a shape.
fn places(shape: Option<RecordShape>, drawn: Drawn) -> Result<Vec<(&'static str, Value)>, Words> {
    let pair = |place: [f64; 2]| Value::Array(place.map(Value::Float).to_vec());
    let may_be_nowhere = matches!(
        drawn,
        Drawn::Nowhere | Drawn::PointOrNowhere | Drawn::PointPolygonOrNowhere
    );
    let found = match (shape, drawn) {
        (None, _) if may_be_nowhere => return Ok(Vec::new()),
        (
            Some(RecordShape::Point([lon, lat])),
            Drawn::Point | Drawn::PointOrNowhere | Drawn::PointPolygonOrNowhere,
        ) => {
            return Ok(vec![("lon", Value::Float(lon)), ("lat", Value::Float(lat))]);
        }
        (Some(RecordShape::Polygon(corners)), Drawn::PointPolygonOrNowhere) => {
            let corners = corners.into_iter().map(pair);
            return Ok(vec![("within", Value::Array(corners.collect()))]);
        }
        (Some(RecordShape::Line(places)), Drawn::Line) if places.len() >= 2 => {
            let mut places: Vec<Value> = places.into_iter().map(pair).collect();
            let (to, from) = (places.pop(), places.remove(0));
            let ends = [("from", Some(from)), ("to", to)];
            let ends = ends
                .into_iter()
                .filter_map(|(key, place)| Some((key, place?)));
            return Ok(ends.chain([("via", Value::Array(places))]).collect());
        }
        (None, _) => "null",
        (Some(RecordShape::Point(_)), _) => "Point",
        (Some(RecordShape::Line(_)), _) => "LineString",
        (Some(RecordShape::Polygon(_)), _) => "Polygon",
        (Some(RecordShape::Other(name)), _) => name,
    };
    let (wanted, wanted_zh) = match drawn {
        Drawn::Nowhere => ("null", "null"),
        Drawn::Point => ("a Point", "Point"),
        Drawn::PointOrNowhere => ("a Point or null", "Point 或 null"),
        Drawn::Line => ("a LineString", "LineString"),
        Drawn::PointPolygonOrNowhere => ("a Point, a Polygon or null", "Point、Polygon 或 null"),
    };
    Err(words!(
        "its geometry is {found}; {wanted} is needed",
        "几何类型为 {found}，应为 {wanted_zh}"
    ))
}

/// A file with one edit.
fn document(edit: &str, table: Table) -> Table {
    let of = |key: &str, value: Value| -> Table { [(key.to_owned(), value)].into_iter().collect() };
    let list = |table: Table| Value::Array(vec![Value::Table(table)]);
    match edit.split_once('.') {
        Some((outer, inner)) => of(outer, Value::Table(of(inner, list(table)))),
        None if edit == "walking" => of(edit, Value::Table(table)),
        None => of(edit, list(table)),
    }
}

fn toml_of(value: RecordValue) -> Value {
    match value {
        RecordValue::Flag(flag) => Value::Boolean(flag),
        RecordValue::Whole(number) => Value::Integer(number),
        RecordValue::Decimal(number) => Value::Float(number),
        RecordValue::Text(text) => Value::String(text),
        RecordValue::Other => Value::Array(Vec::new()),
    }
}
