//! What stands on the sheets of a workbook, before anything is known of the format: columns with their kind, and cells that are
//! numbers, shares or text.

use std::borrow::Cow;

use super::text::holdable;
use crate::report::columns;
use crate::siting::Money;
use crate::text::language::Language;
use crate::units::People;

/// What a column holds: how it stands, and what helps who reads or fills it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ColumnKind {
    /// Words.
    Text,
    /// Numbers, to the right.
    Number,
    /// Shares, with a bar behind each.
    Share,
    /// Yes or no, to be filled in by hand from a list.
    YesOrNo,
}

/// A column: its head and what it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) head: String,
    pub(super) kind: ColumnKind,
}

impl Column {
    pub(super) fn text(head: impl Into<String>) -> Self {
        Self::of(head, ColumnKind::Text)
    }

    pub(super) fn number(head: impl Into<String>) -> Self {
        Self::of(head, ColumnKind::Number)
    }

    pub(super) fn share(head: impl Into<String>) -> Self {
        Self::of(head, ColumnKind::Share)
    }

    pub(super) fn of(head: impl Into<String>, kind: ColumnKind) -> Self {
        let head = head.into();
        Self { head, kind }
    }
}

/// As many decimals as a number is shown with at most: places in degrees have seven.
pub(super) const MOST_DECIMALS: u8 = 7;

/// How a number is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum NumberFormat {
    /// In groups of three digits, with so many decimals.
    Grouped(u8),
    /// As it is, with so many decimals: years, degrees.
    Plain(u8),
    /// A share, in per cent with one decimal.
    Percent,
}

impl NumberFormat {
    /// In the language of spreadsheets.
    pub(super) fn code(self) -> String {
        let with_decimals = |whole: &str, decimals: u8| match decimals {
            0 => whole.to_owned(),
            decimals => format!("{whole}.{}", "0".repeat(decimals.min(MOST_DECIMALS).into())),
        };
        match self {
            NumberFormat::Grouped(decimals) => with_decimals("#,##0", decimals),
            NumberFormat::Plain(decimals) => with_decimals("0", decimals),
            NumberFormat::Percent => "0.0%".to_owned(),
        }
    }

    /// How wide a number is by it, in characters.
    fn width(self, value: f64) -> usize {
        let digits = |decimals: u8| {
            let text = format!("{value:.*}", usize::from(decimals.min(MOST_DECIMALS)));
            let whole = text.split('.').next().unwrap_or_default().len();
            (text.len(), whole.saturating_sub(1) / 3)
        };
        match self {
            NumberFormat::Grouped(decimals) => {
                let (length, groups) = digits(decimals);
                length + groups
            }
            NumberFormat::Plain(decimals) => digits(decimals).0,
            NumberFormat::Percent => format!("{:.1}%", value * 100.0).len(),
        }
    }
}

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    /// Nothing is known, or there is nothing.
    Blank,
    /// Words, names and ids: text whatever it looks like.
    Text(String),
    /// A number.
    Number(f64, NumberFormat),
}

impl Cell {
    /// Text; blank where there is none.
    pub(super) fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() {
            Cell::Blank
        } else {
            Cell::Text(text)
        }
    }

    pub(super) fn count(count: u64) -> Self {
        Self::grouped(count as f64, 0)
    }

    /// With so many decimals.
    pub(super) fn grouped(value: f64, decimals: u8) -> Self {
        Self::finite(value, NumberFormat::Grouped(decimals))
    }

    /// People: whole ones without decimals.
    pub(super) fn people(people: People) -> Self {
        Self::thousandths(people.thousandths())
    }

    pub(super) fn money(money: Money) -> Self {
        Self::thousandths(money.thousandths())
    }

    /// A part of a whole; blank where there is no whole.
    pub(super) fn share(part: People, whole: People) -> Self {
        if whole == People::ZERO {
            return Cell::Blank;
        }
        Self::finite(part.share_of(whole), NumberFormat::Percent)
    }

    /// A longitude or latitude, as the tables have it.
    pub(super) fn degrees(degrees: f64) -> Self {
        let rounded = (degrees * 1e7).round() / 1e7;
        Self::finite(rounded, NumberFormat::Plain(6))
    }

    /// Blank where nothing is known.
    pub(super) fn known<T>(value: Option<T>, cell: impl FnOnce(T) -> Self) -> Self {
        value.map_or(Cell::Blank, cell)
    }

    fn thousandths(thousandths: u64) -> Self {
        let decimals = match thousandths % 1000 {
            0 => 0,
            rest if rest % 100 == 0 => 1,
            rest if rest % 10 == 0 => 2,
            _ => 3,
        };
        Self::grouped(thousandths as f64 / 1000.0, decimals)
    }

    /// A spreadsheet has no number that is infinite or none.
    pub(super) fn finite(value: f64, format: NumberFormat) -> Self {
        if value.is_finite() {
            Cell::Number(value, format)
        } else {
            Cell::Blank
        }
    }

    /// How wide it stands, in characters of half a square; the widest of several lines.
    pub(super) fn width(&self) -> usize {
        match self {
            Cell::Blank => 0,
            Cell::Text(text) => text.lines().map(columns).max().unwrap_or(0),
            Cell::Number(value, format) => format.width(*value),
        }
    }

    /// How many lines it takes in a column of so many characters.
    pub(super) fn lines(&self, width: usize) -> usize {
        match self {
            Cell::Text(text) => lines(text, width),
            Cell::Blank | Cell::Number(..) => 1,
        }
    }

    /// Whether a workbook can hold it only changed.
    fn is_changed(&self) -> bool {
        matches!(self, Cell::Text(text) if matches!(holdable(text), Cow::Owned(_)))
    }
}

/// How many lines a text takes in a column of so many characters, at least one.
pub(super) fn lines(text: &str, width: usize) -> usize {
    let of_line = |line: &str| columns(line).div_ceil(width.max(1)).max(1);
    text.lines().map(of_line).sum::<usize>().max(1)
}

/// A sheet.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Sheet {
    /// On its tab.
    pub(super) name: String,
    /// Above the table.
    pub(super) title: String,
    /// Below the title: what is counted, and how.
    pub(super) note: String,
    pub(super) columns: Vec<Column>,
    /// As many cells in each as there are columns.
    pub(super) rows: Vec<Vec<Cell>>,
    /// So many columns stay in sight.
    pub(super) frozen: u16,
}

impl Sheet {
    /// The most rows of a sheet. Spreadsheets hold 1,048,576 and are no use long before.
    pub(super) const MOST_ROWS: usize = 100_000;

    pub(super) fn new(name: &str, columns: Vec<Column>) -> Self {
        Self {
            name: name.to_owned(),
            title: name.to_owned(),
            note: String::new(),
            columns,
            rows: Vec::new(),
            frozen: 1,
        }
    }

    /// Leaves off the rows that are too many, and says so, and where all of them are.
    pub(super) fn cut(&mut self, most: usize, file: Option<&str>, language: Language) {
        let rows = self.rows.len();
        if rows <= most {
            return;
        }
        self.rows.truncate(most);
        let [all, first] = [rows, most].map(|count| language.whole(count as u64));
        let cut = match (language, file) {
            (Language::En, Some(file)) => {
                format!("The first {first} of {all} rows; all are in {file}.")
            }
            (Language::En, None) => format!("The first {first} of {all} rows."),
            (Language::Zh, Some(file)) => {
                format!("共 {all} 行，此处为前 {first} 行，全部见 {file}。")
            }
            (Language::Zh, None) => format!("共 {all} 行，此处为前 {first} 行。"),
        };
        let space = match language {
            Language::En if !self.note.is_empty() => " ",
            _ => "",
        };
        self.note = format!("{cut}{space}{}", self.note);
    }

    /// How many of its cells a workbook can hold only changed.
    pub(super) fn changed(&self) -> usize {
        let cells = self.rows.iter().flatten();
        cells.filter(|cell| cell.is_changed()).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_as_wide_as_they_are_shown() {
        // 1,234,567 has nine characters, 1,234.50 eight, 12.3 % in a sheet five, a year four.
        assert_eq!(Cell::count(1_234_567).width(), 9);
        assert_eq!(Cell::grouped(1234.5, 2).width(), 8);
        assert_eq!(Cell::finite(0.123, NumberFormat::Percent).width(), 5);
        assert_eq!(Cell::finite(2026.0, NumberFormat::Plain(0)).width(), 4);
        // A Chinese character is two.
        assert_eq!(Cell::text("柳巷街道\n1").width(), 8);
        let lines = |width| Cell::text("柳巷街道\n1").lines(width);
        assert_eq!([lines(8), lines(7), lines(3)], [2, 3, 4]);
    }

    #[test]
    fn whole_people_have_no_decimals_and_shares_of_nobody_are_blank() {
        let half = People::from_thousandths(2_500);
        assert_eq!(Cell::people(half), Cell::grouped(2.5, 1));
        assert_eq!(Cell::people(People::ONE), Cell::count(1));
        assert_eq!(Cell::share(People::ZERO, People::ZERO), Cell::Blank);
        assert_eq!(
            Cell::share(People::ONE, half),
            Cell::Number(0.4, NumberFormat::Percent)
        );
        assert_eq!(Cell::grouped(f64::NAN, 1), Cell::Blank);
    }

    #[test]
    fn rows_beyond_the_most_are_left_off_and_that_is_said() {
        let mut sheet = Sheet::new("x", vec![Column::number("n")]);
        sheet.note = "Beside.".to_owned();
        sheet.rows = (0..1200).map(|number| vec![Cell::count(number)]).collect();
        let whole = sheet.clone();
        sheet.cut(1200, None, Language::En);
        assert_eq!(sheet, whole);
        sheet.cut(1000, Some("x.csv"), Language::En);
        assert_eq!(
            sheet.note,
            "The first 1,000 of 1,200 rows; all are in x.csv. Beside."
        );
        assert_eq!(sheet.rows.len(), 1000);
        assert_eq!(sheet.rows[999], [Cell::count(999)]);
    }
}
