//! Units that a title above a table gives for all of it: `单位：万人`, `Unit: 10 000 persons`, a title with `（公顷）`.

use super::column_units::{Quantity, Unit, brackets, parts};
use super::header::Cells;
use crate::text::plain::{narrow, simplified};

/// The units that the titles of a table give.
#[derive(Debug, Default)]
pub(super) struct UnitsAbove {
    said: Vec<Said>,
}

/// A unit as a title says it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Said {
    /// In simplified lower case.
    unit: String,
    /// The number of its row.
    row: u64,
    /// Whether it is said to be the unit, and does not only stand in brackets.
    is_stated: bool,
}

/// The unit of a column that its title gives.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct UnitAbove {
    pub(super) unit: Unit,
    /// As the title says it.
    pub(super) text: String,
    /// The number of the title's row.
    pub(super) row: u64,
}

impl UnitsAbove {
    /// Looks at an upper row of a header, where a title may stand among headings: only what is said to be the unit is one of all
    /// columns.
    pub(super) fn look_at_headings(&mut self, row: &impl Cells, number: u64) {
        let before = self.said.len();
        self.look_at(row, number);
        let own = self.said.split_off(before).into_iter();
        self.said.extend(own.filter(|said| said.is_stated));
    }

    /// Looks at a row above the header.
    pub(super) fn look_at(&mut self, row: &impl Cells, number: u64) {
        let cells = row
            .cells()
            .map(|cell| simplified(&narrow(cell).to_lowercase()));
        let cells: Vec<String> = cells.filter(|cell| !cell.is_empty()).collect();
        for (at, cell) in cells.iter().enumerate() {
            let stated = stated(cell, cells.get(at + 1));
            let is_stated = stated.is_some();
            let units: Vec<String> = match stated {
                Some(stated) => parts(&stated).collect(),
                None => mentioned(cell).collect(),
            };
            let units = units.into_iter().filter(|unit| !unit.is_empty());
            self.said.extend(units.map(|unit| Said {
                unit,
                row: number,
                is_stated,
            }));
        }
    }

    /// The unit of the columns of a quantity that give none themselves. Two that differ are not understood, nor is one that is
    /// said to be the unit and is that of no quantity.
    pub(super) fn of(&self, quantity: Quantity) -> Option<UnitAbove> {
        let above = |said: &Said, unit: Unit| UnitAbove {
            unit,
            text: said.unit.clone(),
            row: said.row,
        };
        let sized = |said: &Said, of: Quantity| match of.unit_of(&said.unit) {
            unit @ Unit::Of { .. } => Some(above(said, unit)),
            _ => None,
        };
        let mut own = self.said.iter().filter_map(|said| sized(said, quantity));
        if let Some(first) = own.next() {
            let other = own.find(|other| other.unit != first.unit);
            return Some(match other {
                None => first,
                Some(other) => {
                    let text = format!("{}, {}", first.text, other.text);
                    UnitAbove {
                        unit: Unit::Unknown(text.clone()),
                        text,
                        ..first
                    }
                }
            });
        }
        let is_of_any = |said: &Said| {
            let mut all = [Quantity::People, Quantity::Area].into_iter();
            all.any(|of| sized(said, of).is_some())
        };
        let mut stated = self.said.iter().filter(|said| said.is_stated);
        if stated.clone().any(is_of_any) {
            return None;
        }
        let strange = stated.find(|said| !is_organisation(&said.unit))?;
        Some(above(strange, Unit::Unknown(strange.unit.clone())))
    }
}

/// Whether a cell says what the unit of its table is.
pub(super) fn states_unit(cell: &str) -> bool {
    let cell = simplified(&narrow(cell).to_lowercase());
    stated(&cell, Some(&cell)).is_some()
}

/// What a cell says to be the unit; where nothing stands behind the word, what is in the next cell.
fn stated(cell: &str, next: Option<&String>) -> Option<String> {
    let chinese = cell.match_indices("单位").find_map(|(at, word)| {
        let (before, behind) = (&cell[..at], &cell[at + word.len()..]);
        let is_other = OTHER_UNITS.iter().any(|other| before.ends_with(other));
        (!is_other).then(|| value(behind, next))?
    });
    let english = || {
        let at = cell.match_indices("unit").find_map(|(at, word)| {
            let is_word = !cell[..at].ends_with(char::is_alphanumeric);
            is_word.then_some(at + word.len())
        })?;
        let behind = &cell[at..];
        let behind = behind.strip_prefix('s').unwrap_or(behind);
        let of = [" of measurement", " of measure"];
        let mut of = of.iter();
        let behind = of.find_map(|of| behind.strip_prefix(of)).unwrap_or(behind);
        value(behind, next)
    };
    chinese.or_else(english)
}

/// What stands behind the word, up to what does not belong to it.
fn value(behind: &str, next: Option<&String>) -> Option<String> {
    let said = behind.trim_start().strip_prefix([':', '='])?;
    let said = if said.trim().is_empty() {
        next.map_or("", String::as_str)
    } else {
        said
    };
    let said = said.split(['(', ')', '[', ']', '。', '\t']).next();
    let said = said.unwrap_or_default().trim();
    let said = said.split("  ").next().unwrap_or_default();
    // 单位：人 2026年: what stands behind a space belongs to a number, or to English words.
    let words = said.split(' ');
    let is_number = |word: &&str| {
        word.bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b',')
    };
    let digits: Vec<&str> = words.clone().take_while(is_number).collect();
    let rest: Vec<&str> = words.skip(digits.len()).collect();
    let rest = match rest.first() {
        Some(first) if first.is_ascii() => rest.iter().take_while(|word| word.is_ascii()).count(),
        Some(_) => 1,
        None => 0,
    };
    let kept: Vec<&str> = said.split(' ').take(digits.len() + rest).collect();
    Some(kept.join(" ")).filter(|said| !said.is_empty())
}

/// What a title mentions beside what it is of, where it is a unit of more than one: `（万人）`, `in thousands`.
fn mentioned(cell: &str) -> impl Iterator<Item = String> {
    let behind = cell.split(" in ").skip(1);
    let behind = behind.map(|text| text.split([',', '(', ';']).next().unwrap_or_default());
    let texts: Vec<String> = brackets(cell).chain(behind).flat_map(parts).collect();
    let is_unit = |text: &String| {
        let mut all = [Quantity::People, Quantity::Area].into_iter();
        all.any(|of| matches!(of.unit_of(text), Unit::Of { size, .. } if size != 1.0))
    };
    texts.into_iter().filter(is_unit)
}

/// What stands before 单位 where an organisation is meant, or the unit of something else.
const OTHER_UNITS: &[&str] = &[
    "填报", "填表", "制表", "编制", "报送", "上报", "统计", "调查", "主管", "责任", "建设", "设计",
    "施工", "发布", "主办", "承办", "协办", "管理", "实施", "所属", "工作", "使用", "产权", "运营",
    "坐标", "长度", "高程", "距离", "货币", "金额", "时间", "数据",
];

/// How the names of organisations end: 单位：柳巷街道办事处.
const ORGANISATIONS: &[&str] = &[
    "局", "街道", "社区", "办", "委", "中心", "公司", "镇", "乡", "村", "区", "市", "县", "部",
    "处", "科", "站", "院", "所", "队", "会", "府", "厅", "学校", "大学", "集团", "组",
];

fn is_organisation(text: &str) -> bool {
    ORGANISATIONS.iter().any(|end| text.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(quantity: Quantity, rows: &[&[&str]]) -> Option<Unit> {
        let mut above = UnitsAbove::default();
        for (row, number) in rows.iter().zip(1..) {
            let cells = row.iter().map(|cell| (*cell).to_owned());
            above.look_at(&cells.collect::<Vec<_>>(), number);
        }
        above.of(quantity).map(|above| above.unit)
    }

    fn size(quantity: Quantity, cell: &str) -> Option<f64> {
        match of(quantity, &[&["一览表"], &["", cell]]) {
            Some(Unit::Of { size, .. }) => Some(size),
            _ => None,
        }
    }

    #[test]
    fn titles_give_the_unit_of_people_and_of_areas() {
        for (cell, people, area) in [
            ("单位：万人", Some(10_000.0), None),
            ("單位：萬人", Some(10_000.0), None),
            ("计量单位: 千人", Some(1000.0), None),
            ("（单位：人）", Some(1.0), None),
            ("(单位 万人)", Some(10_000.0), None),
            ("单位：万人 2026年末", Some(10_000.0), None),
            ("单位：人、公顷", Some(1.0), Some(10_000.0)),
            (
                "人口统计表（单位：万人；亩）",
                Some(10_000.0),
                Some(2000.0 / 3.0),
            ),
            ("各社区人口（万人）", Some(10_000.0), None),
            ("unit: thousands", Some(1000.0), None),
            ("Unit: 10 000 persons", Some(10_000.0), None),
            ("单位：万人  Unit: 10,000 persons", Some(10_000.0), None),
            ("Population by district, in thousands", Some(1000.0), None),
            ("units = ha", None, Some(10_000.0)),
            ("(单位：平方米)", None, Some(1.0)),
        ] {
            assert_eq!(size(Quantity::People, cell), people, "{cell}");
            assert_eq!(size(Quantity::Area, cell), area, "{cell}");
        }
        let beside = of(Quantity::People, &[&["单位：", "", "万人"]]);
        assert!(matches!(beside, Some(Unit::Of { size, .. }) if size == 10_000.0));
    }

    #[test]
    fn organisations_and_other_titles_give_none() {
        for cell in [
            "填报单位：柳巷街道办事处",
            "单位：柳巷社区",
            "单位名称",
            "坐标单位：米",
            "社区卫生服务站一览表（2026年）",
            "Community units and stations",
            "人口密度（人/平方公里）",
            "",
        ] {
            assert_eq!(of(Quantity::People, &[&[cell]]), None, "{cell}");
        }
    }

    #[test]
    fn a_unit_of_nothing_that_is_known_or_of_two_sizes_is_not_understood() {
        for (cell, said) in [
            ("单位：打", "打"),
            ("单位：户", "户"),
            ("单位：万人、千人", "万人, 千人"),
        ] {
            let unit = of(Quantity::People, &[&[cell]]);
            assert_eq!(unit, Some(Unit::Unknown(said.into())), "{cell}");
        }
        // What is said of areas says nothing of people.
        assert_eq!(of(Quantity::People, &[&["单位：公顷"]]), None);
    }
}
