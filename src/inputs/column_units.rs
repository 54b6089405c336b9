//! Units that the names of columns give in brackets: 人口（万人）, population (thousands), 建筑面积（亩）.

use std::borrow::Cow;

use super::KeptColumn;
use super::Source;
use super::cells::{self, AREA_UNITS, MYRIAD, PEOPLE_UNITS};
use super::whole::says_everybody;
use crate::model::{Attribute, FindingCode, Findings};
use crate::text::language::words;
use crate::text::plain::{letters, narrow, simplified};

/// What stands in brackets beside a column's name.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Unit {
    /// Each number stands for so many people or square metres; `sign` is what stands behind a number for it.
    Of { size: f64, sign: &'static str },
    /// It counts something else: households, shares, people per area.
    Other,
    /// It is not understood.
    Unknown(String),
}

const ONE: Unit = Unit::Of {
    size: 1.0,
    sign: "",
};

/// What the numbers of a column say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quantity {
    People,
    Area,
}

impl Quantity {
    /// What is read from a column that is kept as text, where its unit matters.
    pub(super) fn new(kept: &KeptColumn) -> Option<Self> {
        match kept {
            KeptColumn::Named(_) => Some(Self::People),
            KeptColumn::Known(Attribute::FloorArea | Attribute::Footprint)
            | KeptColumn::Given(Attribute::FloorArea | Attribute::Footprint, _) => Some(Self::Area),
            _ => None,
        }
    }

    /// The unit that a column's name gives: that of one where it gives none.
    pub(super) fn unit(self, name: &str) -> Unit {
        self.own_unit(name).unwrap_or(ONE)
    }

    /// The unit that a column's name gives in brackets, where it gives any: a year or a kind of people in brackets is none.
    pub(super) fn own_unit(self, name: &str) -> Option<Unit> {
        let mut unit = None;
        for text in brackets(&simplified(&narrow(name).to_lowercase())) {
            for part in parts(text).filter(|part| self.says_something(part)) {
                match (self.unit_of(&part), &unit) {
                    (own @ Unit::Of { size, .. }, _) if size != 1.0 => unit = Some(own),
                    (own @ Unit::Of { .. }, None) => unit = Some(own),
                    (Unit::Of { .. }, Some(_)) => {}
                    (other, _) => return Some(other),
                }
            }
        }
        unit
    }

    /// Whether a text in brackets says more than when, where and that all are counted.
    fn says_something(self, text: &str) -> bool {
        let is_sign = |other: &&&str| !other.chars().all(char::is_alphanumeric);
        let mut signs = OTHERS.iter().filter(is_sign);
        !text.is_empty()
            && (self.size_of(text).is_some()
                || !says_everybody(&letters(text))
                || signs.any(|sign| text.contains(sign)))
    }

    /// The unit that a text in simplified lower case says.
    pub(super) fn unit_of(self, text: &str) -> Unit {
        let is_other = self == Quantity::People && OTHERS.iter().any(|other| text.contains(other));
        match self.size_of(text) {
            _ if is_other => Unit::Other,
            Some((_, 1.0)) => ONE,
            // Behind a number, '000 would be digits.
            Some((sign, size)) if sign.contains("000") => Unit::Of {
                size,
                sign: if size == MYRIAD { "万" } else { "thousand" },
            },
            Some((sign, size)) => Unit::Of { size, sign },
            None => Unit::Unknown(text.to_owned()),
        }
    }

    /// The unit that a text is, and how many people or square metres it stands for.
    fn size_of(self, text: &str) -> Option<(&'static str, f64)> {
        const ENDS: [&str; 6] = [
            "人口",
            "人",
            "people",
            "persons",
            "inhabitants",
            "residents",
        ];
        let (units, ones) = match self {
            Quantity::People => (PEOPLE_UNITS, PEOPLE),
            Quantity::Area => (AREA_UNITS, AREA),
        };
        let one = ones.iter().find(|one| **one == text);
        if let Some(one) = one {
            return Some((*one, 1.0));
        }
        let mut ends = ENDS.iter().filter(|_| self == Quantity::People);
        let bare = ends.find_map(|end| text.strip_suffix(end)).map(str::trim);
        let is_it = |sign: &str| sign == text || Some(sign) == bare;
        let known = units.iter().find(|(sign, _)| is_it(sign));
        known.map(|(sign, size)| (*sign, *size))
    }
}

/// The parts of a text about units: `单位：万人`, `万人、公顷`, `10 000 persons`.
pub(super) fn parts(text: &str) -> impl Iterator<Item = String> {
    // Digits of one number stay together.
    let text = text.replace(",000", "000").replace(" 000", "000");
    let parts = text.split([',', ';', ':', '、']).map(|part| {
        let part = part.trim();
        part.strip_prefix("单位").unwrap_or(part).trim().to_owned()
    });
    parts.collect::<Vec<_>>().into_iter()
}

/// Units of one.
const PEOPLE: &[&str] = &[
    "人",
    "名",
    "口",
    "个",
    "位",
    "人数",
    "person",
    "persons",
    "people",
    "inhabitants",
    "residents",
    "resident",
    "total",
    "count",
    "number",
    "no.",
    "nr",
    "head",
    "heads",
    "estimate",
    "estimated",
    "census",
    "pers",
];
const AREA: &[&str] = &[
    "平方米",
    "平方公尺",
    "平米",
    "平方",
    "㎡",
    "m²",
    "m2",
    "m^2",
    "sqm",
    "sq m",
    "sq. m",
];

/// What is no number of people.
const OTHERS: &[&str] = &[
    "户",
    "%",
    "‰",
    "比",
    "率",
    "/",
    "每",
    "均",
    "岁",
    "元",
    "密度",
    "per ",
    "household",
    "density",
    "share",
    "percent",
];

/// Names a column whose unit is not understood.
pub(super) fn tell_unknown(findings: &mut Findings, source: &Source, column: &str, unit: &Unit) {
    let Unit::Unknown(unit) = unit else { return };
    let name = source.name();
    findings.add(FindingCode::UnitNotUnderstood, || {
        words!(
            "{name}, column {column}: {unit}",
            "{name}，“{column}”列：{unit}"
        )
    });
}

/// What stands in the brackets of a name.
pub(super) fn brackets(name: &str) -> impl Iterator<Item = &str> {
    let inside = name.split(['(', '[']).skip(1);
    inside.map(|text| text.split([')', ']']).next().unwrap_or_default())
}

/// A cell with the unit of its column behind it, where it is a number without one of its own.
pub(super) fn with_unit<'c>(cell: &'c str, unit: &Unit) -> Cow<'c, str> {
    match unit {
        Unit::Of { sign, .. } if !sign.is_empty() && cells::is_bare_number(cell) => {
            Cow::Owned(format!("{}{sign}", cell.trim()))
        }
        _ => Cow::Borrowed(cell),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size(of: Quantity, name: &str) -> Option<f64> {
        match of.unit(name) {
            Unit::Of { size, .. } => Some(size),
            _ => None,
        }
    }

    #[test]
    fn units_of_people_are_known_in_both_languages() {
        for (name, expected) in [
            ("人口", 1.0),
            ("人口（人）", 1.0),
            ("人口（2020年）", 1.0),
            ("人口（常住）", 1.0),
            ("人口（户籍）", 1.0),
            ("人口（十人）", 10.0),
            ("人口（百人）", 100.0),
            ("人口(千人)", 1000.0),
            ("人口（单位：万人）", 10_000.0),
            ("人口（常住）（万人）", 10_000.0),
            ("人口[百万]", 1_000_000.0),
            ("人口（亿）", 100_000_000.0),
            ("人口數（萬人）", 10_000.0),
            ("人口（2000）", 1.0),
            ("population (10,000 persons)", 10_000.0),
            ("population (1 000 persons)", 1000.0),
            ("population (thousands)", 1000.0),
            ("population (thousand people)", 1000.0),
            ("pop ('000)", 1000.0),
            ("pop (000s)", 1000.0),
            ("Population (Millions)", 1_000_000.0),
        ] {
            assert_eq!(size(Quantity::People, name), Some(expected), "{name}");
        }
        for name in ["人口（户）", "人口（%）", "人口（人/平方公里）"] {
            assert_eq!(Quantity::People.unit(name), Unit::Other, "{name}");
        }
        let unknown = Quantity::People.unit("人口（打）");
        assert_eq!(unknown, Unit::Unknown("打".into()));
    }

    #[test]
    fn units_of_area_are_square_metres_by_their_definitions() {
        for (name, expected) in [
            ("建筑面积", 1.0),
            ("建筑面积（㎡）", 1.0),
            ("建筑面积(亩)", 2000.0 / 3.0),
            ("建筑面积（公顷）", 10_000.0),
            ("floor_area (ha)", 10_000.0),
            ("建筑面积(万平方米)", 10_000.0),
            ("面积（平方公里）", 1_000_000.0),
            ("area (km²)", 1_000_000.0),
            // A foot is 0.3048 m.
            ("floor area (sq ft)", 0.092_903_04),
        ] {
            assert_eq!(size(Quantity::Area, name), Some(expected), "{name}");
        }
        let unknown = Quantity::Area.unit("建筑面积（间）");
        assert_eq!(unknown, Unit::Unknown("间".into()));
    }

    #[test]
    fn a_cell_takes_its_columns_unit_where_it_has_none() {
        let unit = Quantity::People.unit("老人(万人)");
        for (cell, expected) in [
            ("0.012", "0.012万"),
            ("1200人", "1200人"),
            ("1,200", "1,200万"),
            ("many", "many"),
        ] {
            assert_eq!(with_unit(cell, &unit), expected);
        }
        let unit = Quantity::People.unit("pop ('000)");
        assert_eq!(with_unit("1.5", &unit), "1.5thousand");
    }
}
