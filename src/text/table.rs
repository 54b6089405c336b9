//! Tables as text: rows in the house's dialect of CSV, numbers in fixed decimals, no cell that a spreadsheet runs.

use std::borrow::Cow;
use std::io;

/// A cost as seconds or metres with one decimal, rounded half up on the integer.
pub(crate) fn tenths(cost: u64) -> String {
    let tenths = (cost + 50) / 100;
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// What cells begin with that a spreadsheet runs.
const RUN: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Whether a spreadsheet would run a cell.
pub(crate) fn is_run(cell: &str) -> bool {
    cell.starts_with(RUN) && !cell.parse::<f64>().is_ok_and(f64::is_finite)
}

/// A cell as it is written. One that a spreadsheet would run as a formula gets an apostrophe in front; numbers never.
///
/// # Source
/// OWASP, *CSV Injection*: cells that begin with `= + - @`, tab, carriage return or line feed, and the full-width `＝ ＋ － ＠`
/// that programs in East Asian languages take for them.
fn safe(cell: &str) -> Cow<'_, str> {
    let first = cell.as_bytes().first();
    // Most cells of large tables: nothing further to look at.
    if first.is_none_or(u8::is_ascii_alphanumeric) || !is_run(cell) {
        return Cow::Borrowed(cell);
    }
    Cow::Owned(format!("'{cell}"))
}

/// The rows of what a [`TableWriter`] wrote, the header first, with cells as they were before they were made safe: where a cell is
/// text whatever it looks like, no apostrophe is needed.
///
/// # Errors
/// When it is no table.
#[cfg(feature = "workbook")]
pub(crate) fn read_rows(text: &str) -> io::Result<Vec<Vec<String>>> {
    let mut reader = csv::ReaderBuilder::new();
    let reader = reader.has_headers(false).from_reader(text.as_bytes());
    let as_it_was = |cell: &str| match cell.strip_prefix('\'') {
        Some(rest) if is_run(rest) => rest.to_owned(),
        _ => cell.to_owned(),
    };
    let rows = reader.into_records();
    let rows = rows.map(|row| Ok(row?.iter().map(as_it_was).collect()));
    rows.collect()
}

/// Writes a table row by row: commas, `\n`, quotes where needed. Every cell is made safe for spreadsheets here and nowhere else.
pub(crate) struct TableWriter<'w> {
    csv: csv::Writer<&'w mut dyn io::Write>,
}

impl<'w> TableWriter<'w> {
    pub(crate) fn new(writer: &'w mut dyn io::Write) -> Self {
        let mut dialect = csv::WriterBuilder::new();
        dialect.terminator(csv::Terminator::Any(b'\n'));
        Self {
            csv: dialect.from_writer(writer),
        }
    }

    /// Writes a row: the header first, then as many cells in each row as it has.
    ///
    /// # Errors
    /// What the writer says; also when a row has not as many cells as the first.
    pub(crate) fn row(
        &mut self,
        cells: impl IntoIterator<Item = impl AsRef<str>>,
    ) -> io::Result<()> {
        for cell in cells {
            self.csv.write_field(safe(cell.as_ref()).as_bytes())?;
        }
        self.csv.write_record(None::<&[u8]>)?;
        Ok(())
    }

    /// Writes what is still held back.
    ///
    /// # Errors
    /// What the writer says.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        self.csv.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(rows: &[&[&str]]) -> io::Result<String> {
        let mut file = Vec::new();
        let mut table = TableWriter::new(&mut file);
        for row in rows {
            table.row(*row)?;
        }
        table.finish()?;
        Ok(String::from_utf8(file).expect("UTF-8"))
    }

    #[test]
    fn tenths_round_half_up() {
        assert_eq!(tenths(0), "0.0");
        assert_eq!(tenths(949), "0.9");
        assert_eq!(tenths(950), "1.0");
        assert_eq!(tenths(900_049), "900.0");
    }

    #[test]
    fn formulas_are_neutralised_and_numbers_are_not() {
        assert_eq!(safe("=cmd|' /C calc'!A0"), "'=cmd|' /C calc'!A0");
        assert_eq!(safe("-5"), "-5");
        assert_eq!(safe("+1.5e3"), "+1.5e3");
        assert_eq!(safe("-inf"), "'-inf");
        assert_eq!(safe("@x"), "'@x");
        for first in RUN {
            let cell = format!("{first}cmd|' /C calc'!A0");
            assert_eq!(safe(&cell), format!("'{cell}"));
        }
        assert_eq!(safe("a=b"), "a=b");
        assert_eq!(safe("_=b"), "_=b");
        assert_eq!(safe(""), "");
    }

    #[test]
    fn every_cell_of_a_row_is_made_safe_and_quoted_where_needed() {
        let table = written(&[&["id", "name"], &["-1", "=a,b"], &["", "\"x\""]]);
        let expected = "id,name\n-1,\"'=a,b\"\n,\"\"\"x\"\"\"\n";
        assert_eq!(table.expect("a file in memory"), expected);
    }

    #[cfg(feature = "workbook")]
    #[test]
    fn rows_are_read_as_they_were_before_they_were_made_safe() {
        let rows = [["=1", "-5", "'x"], ["a,\"b\"\nc", "", "＝行"]];
        let written = written(&[&rows[0], &rows[1]]).expect("a file in memory");
        assert_eq!(read_rows(&written).expect("a table"), rows);
    }

    #[test]
    fn a_row_of_another_length_than_the_header_is_refused() {
        assert!(written(&[&["id", "name"], &["1"]]).is_err());
        assert!(written(&[&["id", "name"], &["1", "a", "b"]]).is_err());
    }
}
