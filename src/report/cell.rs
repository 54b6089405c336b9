//! Cells of the tables: numbers in fixed decimals, texts that no spreadsheet runs.

use std::borrow::Cow;
use std::io;

/// A cost as seconds or metres with one decimal, rounded half up on the integer.
pub(super) fn tenths(cost: u64) -> String {
    let tenths = (cost + 50) / 100;
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// What cells begin with that a spreadsheet runs.
const RUN: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// A text cell. One that a spreadsheet would run as a formula gets an apostrophe in front; numbers never.
///
/// # Source
/// OWASP, *CSV Injection*: cells that begin with `= + - @`, tab, carriage return or line feed, and the full-width `＝ ＋ － ＠`
/// that programs in East Asian languages take for them.
pub(super) fn text(cell: &str) -> Cow<'_, str> {
    let runs = cell.starts_with(RUN);
    let is_number = cell.parse::<f64>().is_ok_and(f64::is_finite);
    if runs && !is_number {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

/// A CSV writer with the house's dialect: commas, `\n`, quotes where needed.
pub(super) fn csv_writer<W: io::Write>(writer: W) -> csv::Writer<W> {
    csv::WriterBuilder::new()
        .terminator(csv::Terminator::Any(b'\n'))
        .from_writer(writer)
}

/// Writes a table of cells, each made safe for spreadsheets.
///
/// # Errors
/// What the writer says; also when a row has not as many cells as the header.
pub(crate) fn write_cells(
    header: &[String],
    rows: &[Vec<String>],
    writer: impl io::Write,
) -> io::Result<()> {
    let mut csv = csv_writer(writer);
    csv.write_record(header)?;
    for row in rows {
        csv.write_record(row.iter().map(|cell| text(cell).into_owned()))?;
    }
    csv.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tenths_round_half_up() {
        assert_eq!(tenths(0), "0.0");
        assert_eq!(tenths(949), "0.9");
        assert_eq!(tenths(950), "1.0");
        assert_eq!(tenths(900_049), "900.0");
    }

    #[test]
    fn formulas_are_neutralised_and_numbers_are_not() {
        assert_eq!(text("=cmd|' /C calc'!A0"), "'=cmd|' /C calc'!A0");
        assert_eq!(text("-5"), "-5");
        assert_eq!(text("+1.5e3"), "+1.5e3");
        assert_eq!(text("-inf"), "'-inf");
        assert_eq!(text("@x"), "'@x");
        for first in RUN {
            let cell = format!("{first}cmd|' /C calc'!A0");
            assert_eq!(text(&cell), format!("'{cell}"));
        }
        assert_eq!(text("a=b"), "a=b");
    }
}
