//! Tables of the written set as sheets: the same rows, with names for columns and words for codes.

mod codes;
mod columns;
mod names;

use std::io;

use self::columns::{COLUMNS, CellKind};
use self::names::{LEFT_OUT, SHEETS, SHOWN_FULLER};
use super::sheet::{Cell, Column, MOST_DECIMALS, NumberFormat, Sheet};
use crate::model::Tier;
use crate::text::language::{InLanguage, Language};
use crate::text::table::read_rows;

pub(super) use codes::told;

/// A table of the written set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WrittenTable {
    /// The file's name.
    pub(crate) file: String,
    /// What stands in it.
    pub(crate) text: String,
}

/// Where the rows of a table stand in a workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TablePlace {
    /// On a sheet of their own.
    Sheet,
    /// On a sheet that says more.
    Fuller,
    /// Nowhere: they are too many.
    LeftOut,
}

impl TablePlace {
    /// Of the table in a file. One that is not ours has a sheet.
    pub(crate) fn of(file: &str) -> Self {
        if LEFT_OUT.contains(&file) {
            TablePlace::LeftOut
        } else if SHOWN_FULLER.contains(&file) {
            TablePlace::Fuller
        } else {
            TablePlace::Sheet
        }
    }
}

/// Where a table stands among the sheets: those that are not ours last.
pub(super) fn order_of(file: &str) -> usize {
    let known = SHEETS.iter().position(|table| table.file == file);
    known.unwrap_or(SHEETS.len())
}

/// What a sheet may not be called by (Microsoft, *Rename a worksheet*).
const FORBIDDEN: [char; 7] = ['/', '\\', '?', '*', ':', '[', ']'];
/// The longest name of a sheet.
const LONGEST_NAME: usize = 31;

/// What the sheet of a table is called.
fn sheet_name(file: &str, language: Language) -> String {
    let known = SHEETS.iter().find(|table| table.file == file);
    if let Some(table) = known {
        let [en, zh] = table.words;
        return language.pick(en, zh).to_owned();
    }
    let stem = file.strip_suffix(".csv").unwrap_or(file);
    let name = stem.replace(
        |letter: char| FORBIDDEN.contains(&letter) || letter.is_control(),
        "_",
    );
    let name = name
        .trim_matches('\'')
        .chars()
        .filter(|letter| letter.len_utf16() == 1);
    let name: String = name.take(LONGEST_NAME).collect();
    if name.trim().is_empty() {
        language.pick("Table", "表").to_owned()
    } else {
        name
    }
}

/// A table as a sheet.
///
/// # Errors
/// When what was written is no table.
pub(super) fn sheet(table: &WrittenTable, language: Language) -> io::Result<Sheet> {
    let mut rows = read_rows(&table.text)?.into_iter();
    let heads = rows.next().unwrap_or_default();
    let rows: Vec<Vec<String>> = rows.collect();
    let mut columns = Vec::with_capacity(heads.len());
    let mut kinds = Vec::with_capacity(heads.len());
    for (at, head) in heads.iter().enumerate() {
        let named = Named::new(head, language);
        let kind = named.kind.unwrap_or_else(|| kind_of(&rows, at));
        columns.push(Column::of(named.head, kind.column()));
        kinds.push(kind);
    }
    let mut sheet = Sheet::new(&sheet_name(&table.file, language), columns);
    sheet.note = match language {
        Language::En => format!("The rows of {}.", table.file),
        Language::Zh => format!("数据同 {}。", table.file),
    };
    let cells = |row: Vec<String>| {
        let cells = row.into_iter().zip(&kinds);
        cells
            .map(|(text, kind)| cell(text, *kind, language))
            .collect()
    };
    sheet.rows = rows.into_iter().map(cells).collect();
    Ok(sheet)
}

/// A column as people call it, and what it holds where that is known.
struct Named {
    head: String,
    kind: Option<CellKind>,
}

impl Named {
    fn new(key: &str, language: Language) -> Self {
        if let Some((head, kind)) = known(key, language) {
            let kind = Some(kind);
            return Self { head, kind };
        }
        let cutoff = of_cutoff(key, language);
        let group = || of_group(key, language);
        let found = cutoff.or_else(group);
        let (head, kind) =
            found.map_or_else(|| (key.to_owned(), None), |(head, kind)| (head, Some(kind)));
        Self { head, kind }
    }
}

fn known(key: &str, language: Language) -> Option<(String, CellKind)> {
    let known = COLUMNS.iter().find(|column| column.key == key)?;
    let [en, zh] = known.words;
    Some((language.pick(en, zh).to_owned(), known.kind))
}

/// A column that there is for every cutoff: `within_15`, `population_1000m`, `within_15_percent`.
fn of_cutoff(key: &str, language: Language) -> Option<(String, CellKind)> {
    let (key, suffix) = match key.strip_suffix("_percent") {
        Some(rest) => (rest, "_percent"),
        None => (key, ""),
    };
    let (base, label) = key.rsplit_once('_')?;
    let (head, kind) = known(&format!("{base}{suffix}"), language)?;
    let cutoff = cutoff(label, language)?;
    let head = match language {
        Language::En => format!("{head}, {cutoff}"),
        Language::Zh => format!("{head}（{cutoff}）"),
    };
    Some((head, kind))
}

/// A cutoff by its label in tables: `15`, `1000m`.
fn cutoff(label: &str, language: Language) -> Option<String> {
    let (number, units) = match label.strip_suffix('m') {
        Some(number) => (number, ["m", "米"]),
        None => (label, ["min", "分钟"]),
    };
    number.parse::<f64>().ok()?;
    let [en, zh] = units;
    Some(match language {
        Language::En => format!("{number} {en}"),
        Language::Zh => format!("{number}{zh}"),
    })
}

/// A column that there is for every group of people: `over 70_freed`.
fn of_group(key: &str, language: Language) -> Option<(String, CellKind)> {
    let underscores = key.match_indices('_');
    let mut parts = underscores.map(|(at, _)| (&key[..at], &key[at + 1..]));
    let (group, (head, kind)) =
        parts.find_map(|(group, rest)| Some((group, known(rest, language)?)))?;
    let group = match (group, language) {
        ("running", Language::Zh) => "已投用",
        (group, _) => group,
    };
    let head = match language {
        Language::En => format!("{group}: {head}"),
        Language::Zh => format!("{group}：{head}"),
    };
    Some((head, kind))
}

/// What the cells of a column are that nobody knows: numbers where all of them are and none is a code.
fn kind_of(rows: &[Vec<String>], at: usize) -> CellKind {
    let cells = rows.iter().filter_map(|row| row.get(at));
    let mut filled = cells.filter(|cell| !cell.is_empty()).peekable();
    if filled.peek().is_some() && filled.all(|cell| number(cell).is_some()) {
        CellKind::Number
    } else {
        CellKind::Text
    }
}

/// The number that a text is, and how many decimals it has. What begins with a zero or has more digits than a spreadsheet keeps is a
/// code, and text.
fn number(text: &str) -> Option<(f64, u8)> {
    const MOST_DIGITS: usize = 15;
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let is_code = whole.is_empty() || whole.len() > 1 && whole.starts_with('0');
    let is_number = is_digits(whole) && is_digits(decimals) && !digits.ends_with('.');
    if is_code || !is_number || whole.len() + decimals.len() > MOST_DIGITS {
        return None;
    }
    Some((text.parse().ok()?, decimals.len() as u8))
}

fn cell(text: String, kind: CellKind, language: Language) -> Cell {
    if text.is_empty() {
        return Cell::Blank;
    }
    let shown = |format: fn(u8) -> NumberFormat| match number(&text) {
        Some((value, decimals)) => Cell::finite(value, format(decimals.min(MOST_DECIMALS))),
        None => Cell::Text(text.clone()),
    };
    match kind {
        CellKind::Text => Cell::Text(text),
        CellKind::Code => Cell::Text(told(&text, language).to_owned()),
        CellKind::Tier => Cell::Text(tier(&text, language)),
        CellKind::Number => shown(NumberFormat::Grouped),
        CellKind::Plain => shown(NumberFormat::Plain),
        CellKind::Share => shown(|_| NumberFormat::Percent),
        // A hundredth as it is written: 98.24 is 0.9824 and nothing beside it.
        CellKind::Percent => match number(&text).and(format!("{text}e-2").parse().ok()) {
            Some(share) => Cell::finite(share, NumberFormat::Percent),
            None => Cell::Text(text),
        },
    }
}

/// A tier as people call it; what is no tier of ours may be a word of ours.
fn tier(name: &str, language: Language) -> String {
    let all = [Tier::District, Tier::Street, Tier::Community, Tier::Grid];
    let known = all.into_iter().find(|tier| tier.name() == name);
    known.map_or_else(
        || told(name, language).to_owned(),
        |tier| tier.in_language(language),
    )
}

#[cfg(test)]
#[path = "tables_tests.rs"]
mod tests;
