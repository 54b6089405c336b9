//! What a policy asks of a stairwell before a lift is added to it.

use crate::model::Attribute;
use crate::text::language::Words;
#[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
use crate::text::plain::{letters, narrow, without_zeros, yes_or_no};

/// One thing that a policy asks of a stairwell, by a column of the table of stairwells.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Condition {
    /// The column that says it.
    pub column: Attribute,
    /// What has to stand there.
    pub wanted: Requirement,
    /// What people call it.
    pub name: Words,
    /// The stage by whose end it has to be met, by its place among the policy's; until then a stairwell that does not meet it is
    /// not refused. `None` where it has to be met from the first.
    pub settled_by: Option<usize>,
}

/// What has to stand in a column.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Requirement {
    /// Yes, or no.
    Says(bool),
    /// At least so many storeys.
    Storeys(u8),
    /// At least this share.
    Share(f64),
}

impl Requirement {
    /// Whether a cell of the column is what is wanted; `None` where it is blank or says nothing of it.
    #[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
    pub(crate) fn is_met(self, column: Attribute, cell: &str) -> Option<bool> {
        match self {
            Requirement::Says(wanted) => Some(says(column, cell)? == wanted),
            Requirement::Storeys(least) => {
                let storeys: u8 = without_zeros(&narrow(cell)).parse().ok()?;
                Some(storeys >= least)
            }
            Requirement::Share(least) => Some(share_of(cell)? >= least),
        }
    }
}

/// What a cell of a column says: yes or no, in the words of offices.
#[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
fn says(column: Attribute, cell: &str) -> Option<bool> {
    let plain = letters(cell);
    match (column, plain.as_str()) {
        (Attribute::Title, "清晰" | "产权清晰" | "明晰" | "无争议" | "clear")
        | (Attribute::Structure, "安全" | "结构安全" | "良好" | "合格" | "sound")
        | (Attribute::Demolition, "列入" | "已列入" | "拟拆迁" | "拟征收" | "listed") => {
            Some(true)
        }
        (Attribute::Title, "不清晰" | "产权不清晰" | "有争议" | "disputed")
        | (Attribute::Structure, "不安全" | "结构不安全" | "危房" | "不合格" | "unsound")
        | (Attribute::Demolition, "未列入" | "notlisted") => Some(false),
        _ => yes_or_no(cell),
    }
}

/// The share that a cell says: `0.75`, `75%`, `75 %`, or 75, which is above one.
#[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
fn share_of(cell: &str) -> Option<f64> {
    let plain = narrow(cell);
    let (number, percent) = match plain.strip_suffix('%') {
        Some(number) => (number.trim_end(), true),
        None => (plain.as_str(), false),
    };
    let number: f64 = number.parse().ok()?;
    let share = if percent || number > 1.0 {
        number / 100.0
    } else {
        number
    };
    (0.0..=1.0).contains(&share).then_some(share)
}

#[cfg(all(test, feature = "osm", feature = "geojson", feature = "csv"))]
mod tests {
    use super::*;

    #[test]
    fn shares_are_read_as_offices_write_them() {
        for (cell, share) in [
            ("0.75", Some(0.75)),
            ("75%", Some(0.75)),
            ("７５ ％", Some(0.75)),
            ("75", Some(0.75)),
            ("1", Some(1.0)),
            ("100", Some(1.0)),
            ("1%", Some(0.01)),
            ("0", Some(0.0)),
            ("120", None),
            ("-3", None),
            ("most", None),
            ("nan", None),
            ("", None),
        ] {
            assert_eq!(share_of(cell), share, "{cell}");
        }
    }

    #[test]
    fn a_cell_meets_what_is_wanted_or_not_or_says_nothing_of_it() {
        use Attribute::{AgreeingArea, Demolition, Storeys, Structure, Title};
        for (wanted, column, cell, met) in [
            (Requirement::Says(true), Title, "清晰", Some(true)),
            (Requirement::Says(true), Title, "有争议", Some(false)),
            (Requirement::Says(true), Title, "调查中", None),
            (Requirement::Says(true), Structure, "危房", Some(false)),
            (Requirement::Says(false), Demolition, "未列入", Some(true)),
            (Requirement::Says(false), Demolition, "是", Some(false)),
            (Requirement::Storeys(4), Storeys, "6.0", Some(true)),
            (Requirement::Storeys(4), Storeys, "3", Some(false)),
            (Requirement::Storeys(4), Storeys, "six", None),
            (Requirement::Share(0.75), AgreeingArea, "75%", Some(true)),
            (
                Requirement::Share(0.75),
                AgreeingArea,
                "0.7499",
                Some(false),
            ),
            (Requirement::Share(0.75), AgreeingArea, "", None),
        ] {
            assert_eq!(wanted.is_met(column, cell), met, "{column:?} {cell}");
        }
    }
}
