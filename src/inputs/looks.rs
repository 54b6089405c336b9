//! What a sheet shows beside the values of its cells: rows that are hidden, and numbers that are shown with zeros in front, which
//! is how people know a code: `000001`.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::PointRecords;
use crate::model::{Attribute, FindingCode};
use crate::text::language::{Words, place_zh, words};

/// The columns of codes beside the id.
const CODES: [Attribute; 4] = [
    Attribute::Parent,
    Attribute::CommunityCode,
    Attribute::StreetCode,
    Attribute::Building,
];

/// How a sheet looks. Rows and columns are counted from 0.
#[derive(Debug, Default)]
pub(super) struct Looks {
    /// The rows that a filter or somebody has hidden.
    hidden: BTreeSet<u32>,
    /// By row and column with how many digits a number is shown at least.
    digits: HashMap<(u32, u32), usize>,
    /// By row the texts that have zeros in front for that.
    shown: RefCell<BTreeMap<u32, Vec<String>>>,
}

impl Looks {
    pub(super) fn new(hidden: BTreeSet<u32>, digits: HashMap<(u32, u32), usize>) -> Self {
        Self {
            hidden,
            digits,
            shown: RefCell::default(),
        }
    }

    /// A number as it is shown.
    pub(super) fn shown(&self, row: u32, column: u32, number: String) -> String {
        let is_whole = number.bytes().all(|byte| byte.is_ascii_digit());
        match self.digits.get(&(row, column)) {
            Some(digits) if is_whole && number.len() < *digits => {
                let text = format!("{number:0>digits$}", digits = *digits);
                let mut shown = self.shown.borrow_mut();
                shown.entry(row).or_default().push(text.clone());
                text
            }
            _ => number,
        }
    }

    /// Says which records are hidden, and which codes have zeros in front.
    pub(super) fn say(&self, points: &mut PointRecords) {
        let shown = self.shown.borrow();
        if self.hidden.is_empty() && shown.is_empty() {
            return;
        }
        let PointRecords {
            records,
            attributes,
            findings,
            ..
        } = points;
        for (at, record) in records.iter().enumerate() {
            let Some(row) = row_of(&record.source) else {
                continue;
            };
            if self.hidden.contains(&row) {
                findings.add(FindingCode::HiddenRow, || Words::place(&record.source));
            }
            let codes = CODES
                .iter()
                .filter_map(|code| attributes.of(*code)?.get(at));
            let codes = record.id.as_deref().into_iter().chain(codes);
            let texts = shown.get(&row).map_or(&[][..], Vec::as_slice);
            for code in codes.filter(|code| texts.iter().any(|text| text == code)) {
                findings.add(FindingCode::CodeAsShown, || {
                    let (place, zh) = (&record.source, place_zh(&record.source));
                    words!("{place}: {code}", "{zh}：{code}")
                });
            }
        }
    }
}

/// The row of a record of a sheet.
pub(super) fn row_of(source: &str) -> Option<u32> {
    let number: u32 = source.rsplit(' ').next()?.parse().ok()?;
    number.checked_sub(1)
}

/// The digits that a number format shows at least, where it shows nothing but digits: `000000`.
pub(super) fn least_digits(format: &str) -> Option<usize> {
    /// The digits of the largest number that a spreadsheet keeps exactly.
    const MOST: usize = 15;
    let format = format.trim();
    let are_zeros = format.bytes().all(|byte| byte == b'0');
    (are_zeros && (2..=MOST).contains(&format.len())).then_some(format.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_formats_of_zeros_alone_put_zeros_in_front() {
        for (format, digits) in [
            ("000000", Some(6)),
            ("00", Some(2)),
            ("0", None),
            ("0.00", None),
            ("#,##0", None),
            ("000-000", None),
            ("General", None),
            ("", None),
        ] {
            assert_eq!(least_digits(format), digits, "{format}");
        }
        let looks = Looks::new(BTreeSet::new(), HashMap::from([((4, 0), 6)]));
        for (number, text) in [
            ("1", "000001"),
            ("1234567", "1234567"),
            ("1.5", "1.5"),
            ("-1", "-1"),
        ] {
            assert_eq!(looks.shown(4, 0, number.to_owned()), text);
        }
        assert_eq!(looks.shown(5, 0, "1".to_owned()), "1");
    }
}
