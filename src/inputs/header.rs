//! The header of a table and what else in it is no record: titles above, headings over several columns in rows of their own,
//! units below, totals, notes and headers that are repeated on every printed page.

use std::collections::HashMap;

use super::ReadOptions;
use super::cells;
use super::column_names::coordinate_of;
use super::column_units::{Quantity, Unit};
use super::field::Field;
use super::said::system_said_by;
use super::whole::says_everybody;
use crate::text::plain::{letters, narrow};

/// The cells of one row.
pub(super) trait Cells {
    /// Every cell, from the left.
    fn cells(&self) -> impl Iterator<Item = &str> + Clone;

    /// One cell without spaces around it; `None` where it is empty or not there.
    fn cell(&self, column: usize) -> Option<&str> {
        let text = self.cells().nth(column)?.trim();
        (!text.is_empty()).then_some(text)
    }
}

impl Cells for Vec<String> {
    fn cells(&self) -> impl Iterator<Item = &str> + Clone {
        self.iter().map(String::as_str)
    }

    fn cell(&self, column: usize) -> Option<&str> {
        let text = self.get(column)?.trim();
        (!text.is_empty()).then_some(text)
    }
}

/// As many rows may stand below the first one of a header: headings of headings, and units.
const MOST_ROWS: usize = 4;

/// The header of a table: of one row, or of several with headings over several columns.
#[derive(Clone, Debug, Default)]
pub(super) struct Header {
    /// By column its own name.
    names: Vec<String>,
    /// By column the headings above its name, from the top.
    headings: Vec<Vec<String>>,
    /// The rows that it stands in, as they are.
    rows: Vec<Vec<String>>,
}

impl Header {
    /// A header of one row.
    pub(super) fn new(row: &impl Cells) -> Self {
        let names: Vec<String> = row.cells().map(|cell| cell.trim().to_owned()).collect();
        Self {
            headings: vec![Vec::new(); names.len()],
            rows: vec![names.clone()],
            names,
        }
    }

    /// By column its own name: that in the lowest row where it has one.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> + Clone {
        self.names.iter().map(String::as_str)
    }

    /// A column's own name.
    pub(super) fn name(&self, column: usize) -> &str {
        self.names.get(column).map_or("", String::as_str)
    }

    /// The heading right above a column's name.
    pub(super) fn heading(&self, column: usize) -> Option<&str> {
        self.headings.get(column)?.last().map(String::as_str)
    }

    /// A column's name with the headings above it: `坐标（高德）/经度`.
    pub(super) fn full_name(&self, column: usize) -> String {
        let Some(name) = self.names.get(column) else {
            return String::new();
        };
        let headings = self.headings[column].iter().map(String::as_str);
        let parts: Vec<&str> = headings.chain([name.as_str()]).collect();
        parts.join("/")
    }

    /// By column its own name; that of a coordinate with the system that the headings above it say, `经度(GCJ-02)`.
    pub(super) fn names_with_systems(&self) -> Vec<String> {
        let columns = ReadOptions::default();
        let is_coordinate = |name: &str| {
            let fields = [Field::Lon, Field::Lat, Field::LonLat];
            let mut fields = fields.into_iter();
            fields.any(|field| columns.find(field, &std::iter::once(name)) == Ok(Some(0)))
        };
        let name = |(name, headings): (&String, &Vec<String>)| {
            let said = headings
                .iter()
                .rev()
                .find_map(|above| system_said_by(above));
            match said {
                Some(crs) if system_said_by(name).is_none() && is_coordinate(name) => {
                    format!("{name}({crs})")
                }
                _ => name.clone(),
            }
        };
        self.names.iter().zip(&self.headings).map(name).collect()
    }

    /// The header with a further row below it: a cell that is merged over both rows holds its text in the upper one, a heading
    /// over several columns stands in the upper one and their names in the lower one.
    pub(super) fn with_row(&self, lower: &impl Cells) -> Self {
        let lower: Vec<String> = lower.cells().map(|cell| cell.trim().to_owned()).collect();
        let width = self.names.len().max(lower.len());
        let mut header = Self {
            rows: self.rows.clone(),
            ..Self::default()
        };
        let mut heading = "";
        for column in 0..width {
            let upper = self.names.get(column).map_or("", String::as_str);
            let lower = lower.get(column).map_or("", String::as_str);
            let mut above = self.headings.get(column).cloned().unwrap_or_default();
            if !upper.is_empty() || lower.is_empty() {
                heading = upper;
            }
            if lower.is_empty() {
                header.names.push(upper.to_owned());
            } else {
                if !heading.is_empty() {
                    above.push(heading.to_owned());
                }
                header.names.push(lower.to_owned());
            }
            header.headings.push(above);
        }
        header.rows.push(lower);
        header
    }

    /// The header with units in the row below, `(人)`: they are of the names above them.
    pub(super) fn with_units(&self, units: &impl Cells) -> Self {
        let mut header = self.clone();
        for (name, unit) in header.names.iter_mut().zip(units.cells()) {
            let unit = narrow(unit);
            let is_bracketed = unit.starts_with(['(', '[']);
            match (unit.as_str(), is_bracketed) {
                ("", _) => {}
                (unit, true) => name.push_str(unit),
                (unit, false) => *name = format!("{name}({unit})"),
            }
        }
        header
            .rows
            .push(units.cells().map(|cell| cell.trim().to_owned()).collect());
        header
    }

    /// The column of a field where its heading alone says so: `常住` under `人口`. The total goes before the parts, and who
    /// lives there before who is registered there.
    pub(super) fn under(&self, field: Field) -> Option<usize> {
        const FIRST: [&str; 8] = [
            "常住", "合计", "总", "小计", "计", "total", "resident", "all",
        ];
        let columns = ReadOptions::default();
        let is_under = |column: &usize| {
            let heading = self.heading(*column).into_iter();
            matches!(columns.find(field, &heading), Ok(Some(_)))
        };
        let under: Vec<usize> = (0..self.names.len()).filter(is_under).collect();
        let name = |column: &usize| letters(&self.names[*column]);
        let first = FIRST
            .iter()
            .find_map(|word| under.iter().find(|column| name(column).contains(word)));
        let mut rest = under.iter();
        first
            .or_else(|| rest.find(|column| says_everybody(&name(column))))
            .copied()
    }

    /// The unit of a column, in its name or in the headings above.
    pub(super) fn unit(&self, column: usize, of: Quantity) -> Unit {
        of.unit(&self.full_name(column))
    }

    /// The same, where its name or a heading gives one.
    pub(super) fn own_unit(&self, column: usize, of: Quantity) -> Option<Unit> {
        of.own_unit(&self.full_name(column))
    }

    /// Every column's name with the headings above it.
    pub(super) fn full_names(&self) -> Vec<String> {
        (0..self.names.len())
            .map(|column| self.full_name(column))
            .collect()
    }

    /// Whether a row below stands under headings over several columns.
    pub(super) fn has_names_in(&self, lower: &impl Cells) -> bool {
        let upper = self.names().chain(std::iter::repeat(""));
        let mut pairs = upper.zip(lower.cells());
        pairs.any(|(upper, lower)| upper.is_empty() && !lower.trim().is_empty())
    }

    /// The rows above that of the names.
    pub(super) fn upper_rows(&self) -> &[Vec<String>] {
        &self.rows[..self.rows.len().saturating_sub(1)]
    }

    /// Whether a row repeats one of the header's.
    pub(super) fn is_repeated_by(&self, row: &impl Cells) -> bool {
        let mut rows = self.rows.iter();
        rows.any(|own| is_same(own, row))
    }

    /// Whether a row has fewer cells than the header, or has something behind its last column.
    pub(super) fn is_ragged(&self, row: &impl Cells) -> bool {
        let width = self.names.len();
        let count = row.cells().count();
        count < width || row.cells().skip(width).any(|cell| !cell.trim().is_empty())
    }

    /// How many rows it stands in.
    pub(super) fn height(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is room for a further row.
    pub(super) fn may_grow(&self) -> bool {
        self.rows.len() < MOST_ROWS
    }
}

/// The cells of a row that hold something, and where.
fn filled<'r>(cells: impl Iterator<Item = &'r str>) -> impl Iterator<Item = (usize, &'r str)> {
    let cells = cells.map(str::trim).enumerate();
    cells.filter(|(_, cell)| !cell.is_empty())
}

/// Whether a row holds the same as another, and anything at all.
pub(super) fn is_same(own: &[String], row: &impl Cells) -> bool {
    let own = filled(own.iter().map(String::as_str));
    own.eq(filled(row.cells())) && filled(row.cells()).next().is_some()
}

/// Whether a row right below a header still belongs to it: names under headings, or units. `known` are the columns of the id,
/// the name and the address, `places` those of the coordinates. A record has at least one of these.
pub(super) fn is_of_header(
    row: &impl Cells,
    mut known: impl Iterator<Item = usize>,
    mut places: impl Iterator<Item = usize>,
) -> bool {
    let is_word = |cell: &str| narrow(cell).replace(',', "").parse::<f64>().is_err();
    let is_unit = |column: usize| row.cell(column).is_none_or(is_unit);
    known.all(|column| row.cell(column).is_none())
        && places.all(is_unit)
        && filled(row.cells()).next().is_some()
        && filled(row.cells()).all(|(_, cell)| is_word(cell) && !cells::is_unreadable(cell))
}

/// Whether a cell holds what the numbers below it are counted in: `(°)`, `度`, `m`.
fn is_unit(cell: &str) -> bool {
    let is_bracketed = cell.starts_with(['(', '（', '[']) && cell.ends_with([')', '）', ']']);
    let unit = letters(cell);
    is_bracketed
        || matches!(
            unit.as_str(),
            "" | "度" | "deg" | "degree" | "degrees" | "m" | "米" | "metre" | "metres"
        )
}

/// Pairs of columns with a longitude and a latitude, by what else their names say: `gcj_lng` with `gcj_lat`.
pub(super) fn coordinate_pairs(header: &Header) -> Vec<(usize, usize)> {
    let of = |wanted: Field| {
        let columns = header.full_names().into_iter().enumerate();
        let columns = columns.filter_map(|(column, name)| {
            let name = name
                .rsplit_once('/')
                .map_or(name.as_str(), |(_, own)| own)
                .to_owned();
            let (field, rest) = coordinate_of(&name)?;
            (field == wanted).then_some((rest, column))
        });
        columns.collect::<Vec<_>>()
    };
    let lats: HashMap<String, usize> = of(Field::Lat).into_iter().rev().collect();
    let lons = of(Field::Lon).into_iter();
    lons.filter_map(|(rest, lon)| Some((lon, *lats.get(&rest)?)))
        .collect()
}

/// Of pairs of columns that of WGS84, else the first one of no other system, else the first.
pub(super) fn best_pair(header: &Header, pairs: &[(usize, usize)]) -> Option<(usize, usize)> {
    let name = |pair: &&(usize, usize)| header.full_name(pair.0).to_lowercase();
    let is_wgs84 = |pair: &&(usize, usize)| {
        ["wgs", "84", "4326"]
            .iter()
            .any(|word| name(pair).contains(word))
    };
    let is_shifted = |pair: &&(usize, usize)| {
        let words = ["gcj", "bd", "高德", "百度", "腾讯", "amap", "baidu", "火星"];
        words.iter().any(|word| name(pair).contains(word))
    };
    let mut of = pairs.iter();
    let wgs84 = of.clone().find(is_wgs84);
    wgs84
        .or_else(|| of.find(|pair| !is_shifted(pair)))
        .or(pairs.first())
        .copied()
}

/// Words with which a note below a table begins.
const NOTES: &[&str] = &[
    "注",
    "备注",
    "说明",
    "填表",
    "填表人",
    "制表人",
    "审核人",
    "填报",
    "制表",
    "审核",
    "复核",
    "统计人",
    "负责人",
    "联系人",
    "联系电话",
    "日期",
    "单位",
    "数据来源",
    "资料来源",
    "来源",
    "截至",
    "截止",
    "note",
    "notes",
    "source",
    "sources",
    "remark",
    "remarks",
    "preparedby",
    "anmerkung",
    "quelle",
    "nota",
    "fuente",
    "fonte",
    "bron",
    "источник",
    "примечание",
    "lähde",
];

/// Whether a row is a note: the only cell that is filled begins as one, `注：…`, `Source: …`.
pub(super) fn is_note(row: &impl Cells) -> bool {
    let mut cells = filled(row.cells());
    let (Some((_, cell)), None) = (cells.next(), cells.next()) else {
        return false;
    };
    let Some((start, _)) =
        cell.split_once([':', '：', '（', '(', ' ', '\u{3000}', '、', '.', '1', '①'])
    else {
        return NOTES.contains(&letters(cell).as_str()) || cell.starts_with(['※', '*', '＊']);
    };
    let start = letters(start);
    NOTES.contains(&start.as_str()) || cell.starts_with(['※', '*', '＊'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[&str]) -> Vec<String> {
        cells.iter().map(|cell| (*cell).to_owned()).collect()
    }

    #[test]
    fn names_stand_under_their_headings() {
        let header = Header::new(&row(&["编号", "坐标（高德）", "", "年龄", "", "", "户数"]));
        let lower = row(&["", "经度", "纬度", "0-14岁", "15-59岁", "60岁及以上"]);
        assert!(header.has_names_in(&lower));
        let header = header.with_row(&lower);
        let names: Vec<&str> = header.names().collect();
        assert_eq!(
            names,
            [
                "编号",
                "经度",
                "纬度",
                "0-14岁",
                "15-59岁",
                "60岁及以上",
                "户数"
            ]
        );
        assert_eq!(header.full_name(2), "坐标（高德）/纬度");
        assert_eq!(header.full_name(5), "年龄/60岁及以上");
        assert_eq!(
            (header.heading(6), header.full_name(6)),
            (None, "户数".to_owned())
        );
        assert!(header.is_repeated_by(&lower));
    }

    #[test]
    fn names_and_units_below_a_header_are_of_it_and_records_are_not() {
        let is_part =
            |cells: &[&str]| is_of_header(&row(cells), [0].into_iter(), [1, 2].into_iter());
        assert!(is_part(&["", "", "", "常住", "户籍"]));
        assert!(is_part(&["", "(°)", "度", "（人）"]));
        for record in [
            ["a", "", "", "常住"],
            ["", "9.5", "47.1", ""],
            ["", "", "", "12"],
            ["", "", "", ""],
            ["", "east", "north", "x"],
            ["", "", "", "#REF!"],
        ] {
            assert!(!is_part(&record), "{record:?}");
        }
    }

    #[test]
    fn notes_are_known_by_their_words() {
        for cells in [
            &["注：数据为2026年"][..],
            &["", "Source: census 2020"],
            &["填表人：张三"],
            &["※ 模型"],
            &["备注"],
        ] {
            assert!(is_note(&row(cells)), "{cells:?}");
        }
        for cells in [
            &["a"][..],
            &["注", "9.5"],
            &["柳巷"],
            &["noteworthy"],
            &[""],
        ] {
            assert!(!is_note(&row(cells)), "{cells:?}");
        }
    }
}
