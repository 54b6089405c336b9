//! Units that the names of columns give in brackets: 人口（万人）, population (thousands), 建筑面积（亩）.

use std::borrow::Cow;

use super::Source;
use super::cells::{self, AREA_UNITS, PEOPLE_UNITS};
use super::columns::KeptColumn;
use super::whole::says_everybody;
use crate::language::words;
use crate::model::{Attribute, FindingCode, Findings};
use crate::plain::{letters, narrow};

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
    pub(super) fn of(kept: &KeptColumn) -> Option<Self> {
        match kept {
            KeptColumn::Named(_) => Some(Self::People),
            KeptColumn::Known(Attribute::FloorArea | Attribute::Footprint)
            | KeptColumn::Given(Attribute::FloorArea | Attribute::Footprint, _) => Some(Self::Area),
            _ => None,
        }
    }

    /// The unit that a column's name gives: that of one where it gives none.
    pub(super) fn unit(self, name: &str) -> Unit {
        let mut unit = ONE;
        for part in brackets(&narrow(name).to_lowercase())
            .flat_map(|text| text.split([',', ';', ':', '、']))
        {
            match self.unit_of(part.trim()) {
                own @ Unit::Of { size, .. } if size != 1.0 => unit = own,
                Unit::Of { .. } => {}
                other => return other,
            }
        }
        unit
    }

    fn unit_of(self, text: &str) -> Unit {
        let plain = text.strip_prefix("单位").unwrap_or(text).trim();
        let (units, ones, others): (_, &[&str], &[&str]) = match self {
            Quantity::People => (PEOPLE_UNITS, PEOPLE, OTHERS),
            Quantity::Area => (AREA_UNITS, AREA, &[]),
        };
        if others.iter().any(|other| plain.contains(other)) {
            return Unit::Other;
        }
        if plain.is_empty() || says_everybody(&letters(plain)) && !plain.ends_with("000") {
            return ONE;
        }
        if ones.contains(&plain) {
            return ONE;
        }
        let mut signs = vec![plain];
        if self == Quantity::People {
            let mut ends = [
                "人口",
                "人",
                "people",
                "persons",
                "inhabitants",
                "residents",
            ]
            .iter();
            signs.extend(ends.find_map(|end| plain.strip_suffix(end)).map(str::trim));
        }
        let known = units.iter().find(|(sign, _)| signs.contains(sign));
        match known {
            // Behind a number, '000 would be digits.
            Some((sign, size)) => Unit::Of {
                size: *size,
                sign: if sign.contains("000") {
                    "thousand"
                } else {
                    sign
                },
            },
            None => Unit::Unknown(text.to_owned()),
        }
    }
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
fn brackets(name: &str) -> impl Iterator<Item = &str> {
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
            ("人口（十人）", 10.0),
            ("人口（百人）", 100.0),
            ("人口(千人)", 1000.0),
            ("人口（单位：万人）", 10_000.0),
            ("人口（常住）（万人）", 10_000.0),
            ("人口[百万]", 1_000_000.0),
            ("人口（亿）", 100_000_000.0),
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
