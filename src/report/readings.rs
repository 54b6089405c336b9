//! How each layer was read: for `run.json`, and in words for a terminal.

use serde_json::{Map, Value, json};

use super::pad_right;
use crate::inputs::{Format, Known, LayerReading, TakenColumn};
use crate::text::language::{Language, counted};

/// The width of the labels.
const LABEL: usize = 11;

/// The readings as JSON: one object for each layer, in the order of reading.
#[must_use]
pub fn readings_json(readings: &[LayerReading]) -> Vec<Value> {
    readings.iter().map(reading_json).collect()
}

fn known_json(known: &Known<String>) -> Value {
    json!({ "value": known.value, "known_by": known.by.key() })
}

fn reading_json(reading: &LayerReading) -> Value {
    let mut map = Map::new();
    let mut put = |key: &str, value: Value| map.insert(key.to_owned(), value);
    put("layer", reading.layer.key().into());
    if let Some(name) = &reading.name {
        put("name", name.as_str().into());
    }
    put("source", reading.source.as_str().into());
    put("format", format_name(reading.format).into());
    let of = &reading.reading;
    let known = [
        ("crs", &reading.crs),
        ("encoding", &of.encoding),
        ("sheet", &of.sheet),
    ];
    for (key, known) in known {
        if let Some(known) = known {
            put(key, known_json(known));
        }
    }
    if let Some((first, last)) = of.header {
        put("header_rows", json!([first, last]));
    }
    let taken = |taken: &TakenColumn| {
        let TakenColumn { role, column, by } = taken;
        json!({ "column": column, "as": role, "known_by": by.key() })
    };
    put("columns", of.taken.iter().map(taken).collect());
    put("columns_not_used", json!(of.unused));
    put("rows", of.rows.into());
    put("records", reading.records.into());
    let found = reading.found.iter();
    let found = found.map(|(code, count)| (code.name().to_owned(), Value::from(*count)));
    put("findings", Value::Object(found.collect()));
    Value::Object(map)
}

/// What a format is called; objects of the map have none of their own.
fn format_name(format: Option<Format>) -> &'static str {
    match format {
        Some(Format::OsmPbf) => "OpenStreetMap PBF",
        Some(Format::GeoJson) => "GeoJSON",
        Some(Format::Csv) => "CSV",
        Some(Format::Shapefile) => "Shapefile",
        Some(Format::Excel) => "Excel",
        Some(Format::Prepared) => "pedshed",
        None => "OpenStreetMap",
    }
}

/// The readings in words: some lines for each layer.
#[must_use]
pub fn terminal_readings(readings: &[LayerReading], language: Language) -> String {
    let mut lines = String::new();
    for reading in readings {
        for (label, text) in reading_lines(reading, language) {
            lines.push_str(&pad_right(&label, LABEL));
            lines.push_str(&text);
            lines.push('\n');
        }
    }
    lines
}

/// A label, and what it says.
pub(super) fn reading_lines(reading: &LayerReading, language: Language) -> Vec<(String, String)> {
    let of = &reading.reading;
    let comma = language.pick(", ", "，");
    let mut what = vec![
        reading.source.clone(),
        format_name(reading.format).to_owned(),
    ];
    if let Some(name) = &reading.name {
        what.insert(0, name.clone());
    }
    if let Some((first, last)) = of.header {
        what.push(header_words(first, last, language));
    }
    let mut lines = vec![(reading.layer.word(language).to_owned(), what.join(comma))];
    let mut say = |label: &str, text: String| lines.push((format!("  {label}"), text));
    let known = [
        (language.pick("system", "坐标系"), &reading.crs),
        (language.pick("encoding", "编码"), &of.encoding),
        (language.pick("sheet", "工作表"), &of.sheet),
    ];
    for (label, known) in known {
        if let Some(Known { value, by }) = known {
            let by = by.word(language);
            say(label, in_brackets(value, by, language));
        }
    }
    if !of.taken.is_empty() {
        let taken = of.taken.iter().map(|taken| column_words(taken, language));
        let taken: Vec<String> = taken.collect();
        say(language.pick("columns", "采用列"), taken.join(comma));
    }
    if !of.unused.is_empty() {
        say(language.pick("not used", "未用列"), of.unused.join(comma));
    }
    say(language.pick("rows", "行数"), rows_words(reading, language));
    lines
}

fn in_brackets(value: &str, note: &str, language: Language) -> String {
    match language {
        Language::En => format!("{value} ({note})"),
        Language::Zh => format!("{value}（{note}）"),
    }
}

fn header_words(first: u64, last: u64, language: Language) -> String {
    match (language, first == last) {
        (Language::En, true) => format!("header in row {first}"),
        (Language::En, false) => format!("header in rows {first} to {last}"),
        (Language::Zh, true) => format!("表头在第 {first} 行"),
        (Language::Zh, false) => format!("表头在第 {first} 至 {last} 行"),
    }
}

/// A column as what it was taken; how that was known only where it was given.
fn column_words(taken: &TakenColumn, language: Language) -> String {
    let TakenColumn { role, column, by } = taken;
    let text = match language {
        Language::En => format!("{column} as {role}"),
        Language::Zh => format!("{column} 作 {role}"),
    };
    if *by == crate::inputs::KnownBy::Name {
        text
    } else {
        in_brackets(&text, by.word(language), language)
    }
}

fn rows_words(reading: &LayerReading, language: Language) -> String {
    let (rows, records) = (reading.reading.rows, reading.records);
    let mut text = match language {
        Language::En => {
            format!("{rows} read, {}", counted(records, "record", "records"))
        }
        Language::Zh => format!("读取 {rows} 行，得 {records} 条记录"),
    };
    for (code, count) in reading.left_out() {
        let title = code.title(language);
        let left_out = match language {
            Language::En => format!("; left out: {count} {title}"),
            Language::Zh => format!("；未计入：{count} {title}"),
        };
        text.push_str(&left_out);
    }
    text
}
