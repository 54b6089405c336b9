//! What else stands in the records' columns: as text, row by row beside them, each distinct text once.

use std::collections::HashMap;

/// Columns that are known by their usual names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum Attribute {
    /// The tier of a station (层级).
    Tier,
    /// What a station is: a health station, a market (设施类型).
    Kind,
    /// The services that a station offers, in one cell.
    Services,
    /// The name of the community of a record.
    Community,
    /// The code of the community of a record.
    CommunityCode,
    /// The name of the subdistrict of a record (街道).
    Street,
    /// The code of the subdistrict of a record.
    StreetCode,
    /// The id of the station that a station belongs to.
    Parent,
    /// Whether a station has the common sign, the first of the three haves (三有).
    Sign,
    /// Whether it has the rules on the wall.
    Rules,
    /// Whether it has the facilities.
    Facilities,
    /// A floor area in square metres.
    FloorArea,
    /// When a station opened.
    Opened,
    /// When it closed.
    Closed,
    /// The building of a resident.
    Building,
    /// The dwellings of a record.
    Dwellings,
}

impl Attribute {
    /// Every one.
    pub const ALL: [Attribute; 16] = [
        Attribute::Tier,
        Attribute::Kind,
        Attribute::Services,
        Attribute::Community,
        Attribute::CommunityCode,
        Attribute::Street,
        Attribute::StreetCode,
        Attribute::Parent,
        Attribute::Sign,
        Attribute::Rules,
        Attribute::Facilities,
        Attribute::FloorArea,
        Attribute::Opened,
        Attribute::Closed,
        Attribute::Building,
        Attribute::Dwellings,
    ];

    /// The names by which a column is recognised, in order of preference: in lower case, without spaces.
    #[must_use]
    pub const fn names(self) -> &'static [&'static str] {
        match self {
            Attribute::Tier => &["tier", "level", "层级", "级别", "等级"],
            Attribute::Kind => &["kind", "type", "category", "设施类型", "类型", "类别"],
            Attribute::Services => &["services", "service", "服务", "服务项目", "功能", "功能室"],
            Attribute::Community => &[
                "community",
                "community_name",
                "社区",
                "社区名称",
                "所属社区",
                "村社区",
            ],
            Attribute::CommunityCode => &["community_code", "社区代码", "社区编码", "区划代码"],
            Attribute::Street => &[
                "street",
                "subdistrict",
                "街道",
                "街镇",
                "乡镇街道",
                "所属街道",
            ],
            Attribute::StreetCode => &["street_code", "街道代码", "街道编码"],
            Attribute::Parent => &[
                "parent",
                "parent_id",
                "上级",
                "上级站点",
                "上级编号",
                "隶属",
            ],
            Attribute::Sign => &["has_sign", "sign", "标识", "有标识"],
            Attribute::Rules => &["has_rules", "rules", "制度", "有制度"],
            Attribute::Facilities => &["has_facilities", "facilities", "设施", "有设施"],
            Attribute::FloorArea => &[
                "floor_area",
                "floor_area_m2",
                "area_m2",
                "建筑面积",
                "住宅面积",
                "面积",
            ],
            Attribute::Opened => &[
                "opened",
                "opened_on",
                "开放日期",
                "启用日期",
                "建成日期",
                "建成时间",
            ],
            Attribute::Closed => &["closed", "closed_on", "关闭日期", "停用日期"],
            Attribute::Building => &["building", "building_id", "楼栋", "楼栋编号", "建筑编号"],
            Attribute::Dwellings => &["dwellings", "households", "户数", "住宅套数"],
        }
    }

    /// Its name as a key: the first by which it is recognised.
    #[must_use]
    pub const fn key(self) -> &'static str {
        self.names()[0]
    }
}

/// One column: a text for each record, or none.
///
/// Equal texts are kept once, so that what is made of a text need be made once for each: see [`AttributeColumn::map`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct AttributeColumn {
    texts: Vec<String>,
    /// By row the number of its text, and one more; 0 for none.
    cells: Vec<u32>,
}

impl AttributeColumn {
    /// A column of these cells; spaces around a text are no part of it, and an empty one is none.
    ///
    /// ```
    /// use pedshed::model::AttributeColumn;
    /// let tiers = AttributeColumn::of(["street", "grid", "", "grid"]);
    /// assert_eq!(tiers.get(3), Some("grid"));
    /// assert_eq!(tiers.get(2), None);
    /// assert_eq!(tiers.texts(), ["street", "grid"]);
    /// ```
    pub fn of<'c>(cells: impl IntoIterator<Item = &'c str>) -> Self {
        let mut writer = AttributeWriter::default();
        for cell in cells {
            writer.push(Some(cell));
        }
        writer.finish()
    }

    /// The text of a row.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<&str> {
        let text = self.index(row)?;
        Some(&self.texts[text])
    }

    /// The number of a row's text among [`AttributeColumn::texts`].
    #[must_use]
    pub fn index(&self, row: usize) -> Option<usize> {
        let cell = *self.cells.get(row)?;
        (cell as usize).checked_sub(1)
    }

    /// The distinct texts, in the order in which they come first.
    #[must_use]
    pub fn texts(&self) -> &[String] {
        &self.texts
    }

    /// The number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// The rows whose text means nothing to who reads it, with the text; blank cells are not among them. Each distinct text is
    /// asked about once.
    pub fn not_understood(
        &self,
        mut is_understood: impl FnMut(&str) -> bool,
    ) -> impl Iterator<Item = (usize, &str)> {
        let texts = self.texts.iter();
        let strange: Vec<bool> = texts.map(|text| !is_understood(text)).collect();
        (0..self.len()).filter_map(move |row| {
            let text = self.index(row).filter(|text| strange[*text])?;
            Some((row, self.texts[text].as_str()))
        })
    }

    /// What each row's text means, worked out once for each distinct text.
    pub fn map<T: Clone>(&self, meaning: impl FnMut(&String) -> T) -> Vec<Option<T>> {
        let meanings: Vec<T> = self.texts.iter().map(meaning).collect();
        (0..self.len())
            .map(|row| Some(meanings[self.index(row)?].clone()))
            .collect()
    }
}

/// Makes a column row by row.
#[derive(Clone, Debug, Default)]
pub struct AttributeWriter {
    column: AttributeColumn,
    number: HashMap<String, u32>,
}

impl AttributeWriter {
    /// Adds a row. Spaces around a text are no part of it, and an empty one is none.
    pub fn push(&mut self, text: Option<&str>) {
        let text = text.map(str::trim).filter(|text| !text.is_empty());
        let cell = match text {
            None => 0,
            Some(text) => {
                if let Some(number) = self.number.get(text) {
                    *number
                } else {
                    self.column.texts.push(text.to_owned());
                    let number = self.column.texts.len() as u32;
                    self.number.insert(text.to_owned(), number);
                    number
                }
            }
        };
        self.column.cells.push(cell);
    }

    /// The column of the rows so far.
    #[must_use]
    pub fn finish(self) -> AttributeColumn {
        self.column
    }
}

/// Columns beside the records of one layer, or of several that follow each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Attributes {
    rows: usize,
    columns: Vec<(String, AttributeColumn)>,
}

impl Attributes {
    /// Columns by their keys, all of one length.
    ///
    /// # Panics
    /// When a column has another number of rows.
    #[must_use]
    pub fn new(rows: usize, columns: Vec<(String, AttributeColumn)>) -> Self {
        let is_whole = |(_, column): &(String, AttributeColumn)| column.len() == rows;
        assert!(columns.iter().all(is_whole), "one cell for each row");
        Self { rows, columns }
    }

    /// No columns beside so many rows.
    #[must_use]
    pub fn none(rows: usize) -> Self {
        Self::new(rows, Vec::new())
    }

    /// The number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// A column that is known by its usual names.
    #[must_use]
    pub fn of(&self, attribute: Attribute) -> Option<&AttributeColumn> {
        self.named(attribute.key())
    }

    /// A column that was asked for by its own name.
    #[must_use]
    pub fn named(&self, key: &str) -> Option<&AttributeColumn> {
        let mut columns = self.columns.iter();
        columns
            .find(|(own, _)| own == key)
            .map(|(_, column)| column)
    }

    /// Puts a column in place of the one with this key, or beside the others.
    ///
    /// # Panics
    /// When there are more or fewer cells than rows.
    pub fn set(&mut self, key: &str, cells: impl Iterator<Item = String>) {
        let mut writer = AttributeWriter::default();
        for cell in cells {
            writer.push(Some(&cell));
        }
        let column = writer.finish();
        assert_eq!(column.len(), self.rows, "one cell for each row");
        match self.columns.iter_mut().find(|(own, _)| own == key) {
            Some((_, known)) => *known = column,
            None => self.columns.push((key.to_owned(), column)),
        }
    }

    /// Puts the rows of another layer behind these. A column that only one of them has is empty in the other's rows.
    pub fn append(&mut self, other: &Attributes) {
        for (key, _) in &other.columns {
            if self.named(key).is_none() {
                let empty = AttributeColumn {
                    texts: Vec::new(),
                    cells: vec![0; self.rows],
                };
                self.columns.push((key.clone(), empty));
            }
        }
        for (key, column) in &mut self.columns {
            let mut writer = AttributeWriter {
                number: column.texts.iter().cloned().zip(1..).collect(),
                column: std::mem::take(column),
            };
            let more = other.named(key);
            for row in 0..other.rows {
                writer.push(more.and_then(|more| more.get(row)));
            }
            *column = writer.finish();
        }
        self.rows += other.rows;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layers_follow_each_other_and_what_one_lacks_is_empty() {
        let column = |cells: &[&str]| AttributeColumn::of(cells.iter().copied());
        let mut all = Attributes::new(2, vec![("tier".into(), column(&["grid", "street"]))]);
        let more = vec![
            ("tier".into(), column(&["street"])),
            ("kind".into(), column(&["market"])),
        ];
        all.append(&Attributes::new(1, more));
        let cells = |key: &str| {
            let column = all.named(key).expect("a column");
            (0..3).map(|row| column.get(row)).collect::<Vec<_>>()
        };
        assert_eq!(
            cells("tier"),
            [Some("grid"), Some("street"), Some("street")]
        );
        assert_eq!(cells("kind"), [None, None, Some("market")]);
        assert_eq!(
            all.of(Attribute::Tier).map(|tier| tier.texts().len()),
            Some(2)
        );
    }

    #[test]
    fn cells_that_are_not_understood_are_told_from_blank_ones() {
        let column = AttributeColumn::of(["grid", "", "gird", "grid", "gird", "?"]);
        let strange: Vec<_> = column.not_understood(|text| text == "grid").collect();
        assert_eq!(strange, [(2, "gird"), (4, "gird"), (5, "?")]);
    }

    #[test]
    fn a_meaning_is_worked_out_once_for_each_text() {
        let column = AttributeColumn::of(["1", "2", "1", ""]);
        let mut asked = 0;
        let numbers = column.map(|text| {
            asked += 1;
            text.parse::<u32>().ok()
        });
        assert_eq!(numbers, [Some(Some(1)), Some(Some(2)), Some(Some(1)), None]);
        assert_eq!(asked, 2);
    }
}
