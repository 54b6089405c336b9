//! What else stands in the records' columns: as text, row by row beside them, each distinct text once.

#[cfg(any(feature = "csv", feature = "excel"))]
use std::collections::BTreeMap;
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
    /// The ground that a building stands on, in square metres.
    Footprint,
    /// The storeys of a building above ground.
    Storeys,
}

impl Attribute {
    /// Every one.
    pub const ALL: [Attribute; 18] = [
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
        Attribute::Footprint,
        Attribute::Storeys,
    ];

    /// The names by which a column is recognised, in order of preference: in lower case, without spaces.
    #[must_use]
    #[allow(clippy::too_many_lines, reason = "a table of words")]
    pub const fn names(self) -> &'static [&'static str] {
        match self {
            Attribute::Tier => &[
                "tier",
                "level",
                "tier_level",
                "station_level",
                "层级",
                "级别",
                "等级",
                "站点层级",
                "站点级别",
                "阵地层级",
                "阵地级别",
                "中心级别",
                "中心层级",
                "所属层级",
                "服务层级",
                "设施级别",
                "设施层级",
                "层次",
                "站点等级",
                "阵地类型",
            ],
            Attribute::Kind => &[
                "kind",
                "type",
                "category",
                "facility_type",
                "设施类型",
                "类型",
                "类别",
                "设施类别",
                "站点类型",
                "站点类别",
                "场所类型",
                "设施种类",
                "种类",
            ],
            Attribute::Services => &[
                "services",
                "service",
                "functions",
                "function",
                "service_items",
                "rooms",
                "offers",
                "服务",
                "服务项目",
                "服务功能",
                "功能",
                "功能室",
                "服务内容",
                "服务事项",
                "主要功能",
                "主要服务功能",
                "功能设置",
                "功能用房",
                "功能分区",
                "功能室设置",
                "功能布局",
                "服务功能室",
                "服务类型",
                "设置功能",
                "提供服务",
                "服务清单",
                "用房功能",
                "具备功能",
            ],
            Attribute::Community => &[
                "community",
                "community_name",
                "社区",
                "社区名称",
                "所属社区",
                "村社区",
                "所在社区",
                "社区村",
                "村居",
                "所属村社区",
                "所属社区村",
                "所属村居",
                "所在村社区",
                "隶属社区",
                "所辖社区",
                "所属社区名称",
                "居委会",
                "所属居委会",
                "社区名",
                "village",
            ],
            Attribute::CommunityCode => &[
                "community_code",
                "community_id",
                "社区代码",
                "社区编码",
                "区划代码",
                "社区编号",
                "所属社区编码",
                "所属社区代码",
                "所属社区编号",
                "统计用区划代码",
                "行政区划代码",
            ],
            Attribute::Street => &[
                "street",
                "subdistrict",
                "street_name",
                "sub_district",
                "township",
                "街道",
                "街镇",
                "乡镇街道",
                "所属街道",
                "所在街道",
                "街道名称",
                "街道乡镇",
                "所属街镇",
                "所属乡镇街道",
                "所属街道乡镇",
                "镇街",
                "所属镇街",
                "隶属街道",
                "所在街镇",
                "所属街道名称",
                "乡镇",
                "街道办",
                "街道办事处",
                "所属街道办事处",
                "所属乡镇",
            ],
            Attribute::StreetCode => &[
                "street_code",
                "subdistrict_code",
                "街道代码",
                "街道编码",
                "街道编号",
                "乡镇街道代码",
                "街镇代码",
                "所属街道编码",
                "所属街道代码",
                "街镇编码",
            ],
            Attribute::Parent => &[
                "parent",
                "parent_id",
                "parent_code",
                "parent_station",
                "上级",
                "上级站点",
                "上级编号",
                "隶属",
                "上级站点编号",
                "上级站点编码",
                "上级编码",
                "上级单位",
                "上级阵地",
                "上级中心",
                "上级机构",
                "上级代码",
                "隶属站点",
                "隶属阵地",
                "所属上级",
                "归属站点",
                "主管站点",
                "上级服务中心",
                "上级党群服务中心",
                "上级阵地编号",
                "上级阵地编码",
                "父级",
                "父级编号",
            ],
            Attribute::Sign => &[
                "has_sign",
                "sign",
                "标识",
                "有标识",
                "统一标识",
                "是否有标识",
                "标识标牌",
                "有无标识",
                "有统一标识",
                "是否有统一标识",
                "标牌",
                "有标牌",
                "门牌标识",
            ],
            Attribute::Rules => &[
                "has_rules",
                "rules",
                "制度",
                "有制度",
                "是否有制度",
                "规章制度",
                "制度上墙",
                "有无制度",
                "有规章制度",
                "工作制度",
                "是否制度上墙",
            ],
            Attribute::Facilities => &[
                "has_facilities",
                "facilities",
                "设施",
                "有设施",
                "是否有设施",
                "设施设备",
                "有无设施",
                "服务设施",
                "设施齐全",
                "设施配备",
                "有设施设备",
                "设备设施",
            ],
            Attribute::FloorArea => &[
                "floor_area",
                "floor_area_m2",
                "area_m2",
                "gross_floor_area",
                "gfa",
                "建筑面积",
                "住宅面积",
                "面积",
                "总建筑面积",
                "住宅建筑面积",
                "场所面积",
                "使用面积",
                "站点面积",
                "用房面积",
                "阵地面积",
                "房屋面积",
                "楼栋建筑面积",
                "房屋建筑面积",
                "建筑总面积",
            ],
            Attribute::Opened => &[
                "opened",
                "opened_on",
                "open_date",
                "opening_date",
                "start_date",
                "开放日期",
                "启用日期",
                "建成日期",
                "建成时间",
                "启用时间",
                "开放时间",
                "投用时间",
                "投用日期",
                "投入使用时间",
                "投入使用日期",
                "建成年月",
                "启用年月",
                "建成投用时间",
                "建设时间",
                "成立时间",
                "揭牌时间",
                "建成年份",
                "建立时间",
                "开放年月",
                "投用年月",
                "设立时间",
                "成立日期",
            ],
            Attribute::Closed => &[
                "closed",
                "closed_on",
                "close_date",
                "closing_date",
                "end_date",
                "关闭日期",
                "停用日期",
                "停用时间",
                "关闭时间",
                "撤销时间",
                "撤销日期",
                "停用年月",
            ],
            Attribute::Building => &[
                "building",
                "building_id",
                "楼栋",
                "楼栋编号",
                "建筑编号",
                "楼栋号",
                "楼号",
                "幢号",
                "楼栋编码",
                "建筑编码",
                "楼幢",
                "楼幢号",
            ],
            Attribute::Dwellings => &[
                "dwellings",
                "households",
                "户数",
                "住宅套数",
                "总户数",
                "套数",
                "住户数",
                "居民户数",
            ],
            Attribute::Footprint => &[
                "footprint",
                "footprint_m2",
                "building_footprint",
                "基底面积",
                "建筑基底面积",
                "占地面积",
                "建筑占地面积",
                "基底",
                "投影面积",
            ],
            Attribute::Storeys => &[
                "storeys",
                "stories",
                "floors",
                "building:levels",
                "levels",
                "num_floors",
                "层数",
                "楼层数",
                "地上层数",
                "建筑层数",
                "总层数",
                "楼层",
                "总楼层",
            ],
        }
    }

    /// Whether its column holds names or codes, of which any text is one; a tier is neither, as few words mean one.
    #[cfg(any(
        feature = "excel",
        all(feature = "osm", feature = "geojson", feature = "csv")
    ))]
    pub(crate) const fn is_name_or_code(self) -> bool {
        matches!(
            self,
            Attribute::Kind
                | Attribute::Services
                | Attribute::Community
                | Attribute::CommunityCode
                | Attribute::Street
                | Attribute::StreetCode
                | Attribute::Parent
                | Attribute::Building
        )
    }

    /// Its name as a key: the first by which it is recognised.
    #[must_use]
    pub const fn key(self) -> &'static str {
        self.names()[0]
    }
}

/// One column: a text for each record, or none.
///
/// Equal texts are kept once, so that what is made of a text need be made once for each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
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
    /// let tiers = AttributeColumn::from_cells(["street", "grid", "", "grid"]);
    /// assert_eq!(tiers.get(3), Some("grid"));
    /// assert_eq!(tiers.get(2), None);
    /// assert_eq!(tiers.texts(), ["street", "grid"]);
    /// ```
    pub fn from_cells<'c>(cells: impl IntoIterator<Item = &'c str>) -> Self {
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
    pub(crate) fn not_understood(
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
    pub(crate) fn map<T: Clone>(&self, meaning: impl FnMut(&String) -> T) -> Vec<Option<T>> {
        let meanings: Vec<T> = self.texts.iter().map(meaning).collect();
        (0..self.len())
            .map(|row| Some(meanings[self.index(row)?].clone()))
            .collect()
    }
}

/// Makes a column row by row.
#[derive(Clone, Debug, Default)]
pub(crate) struct AttributeWriter {
    column: AttributeColumn,
    number: HashMap<String, u32>,
}

impl AttributeWriter {
    /// Adds a row. Spaces around a text are no part of it, and an empty one is none.
    pub(crate) fn push(&mut self, text: Option<&str>) {
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
    pub(crate) fn finish(self) -> AttributeColumn {
        self.column
    }
}

/// Columns beside the records of one layer, or of several that follow each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
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
    pub(crate) fn new(rows: usize, columns: Vec<(String, AttributeColumn)>) -> Self {
        let is_whole = |(_, column): &(String, AttributeColumn)| column.len() == rows;
        assert!(columns.iter().all(is_whole), "one cell for each row");
        Self { rows, columns }
    }

    /// No columns beside so many rows.
    #[must_use]
    pub(crate) fn none(rows: usize) -> Self {
        Self::new(rows, Vec::new())
    }

    /// The bytes of all texts that are kept; one that stands in several cells of a column is kept once.
    #[must_use]
    pub(crate) fn text_bytes(&self) -> usize {
        let texts = self.columns.iter().flat_map(|(_, column)| &column.texts);
        texts.map(String::len).sum()
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

    /// The keys of its columns, in their order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|(key, _)| key.as_str())
    }

    /// Puts a column in place of the one with this key, or beside the others.
    ///
    /// # Panics
    /// When there are more or fewer cells than rows.
    pub(crate) fn set(&mut self, key: &str, cells: impl Iterator<Item = String>) {
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

    /// Puts other texts into some rows of a column.
    #[cfg(any(feature = "csv", feature = "excel"))]
    pub(crate) fn replace(&mut self, key: &str, cells: &BTreeMap<usize, String>) {
        let Some(column) = self.named(key) else {
            return;
        };
        let text = |row: usize| match cells.get(&row) {
            Some(text) => text.clone(),
            None => column.get(row).unwrap_or_default().to_owned(),
        };
        let texts: Vec<String> = (0..column.len()).map(text).collect();
        self.set(key, texts.into_iter());
    }

    /// Leaves out the rows that are not to be kept.
    ///
    /// # Panics
    /// When it is not said of every row.
    pub(crate) fn retain(&mut self, keep: &[bool]) {
        assert_eq!(keep.len(), self.rows, "one word for each row");
        for (_, column) in &mut self.columns {
            let rows = (0..column.len()).filter(|row| keep[*row]);
            let mut writer = AttributeWriter::default();
            for row in rows {
                writer.push(column.get(row));
            }
            *column = writer.finish();
        }
        self.rows = keep.iter().filter(|keep| **keep).count();
    }

    /// Puts the rows of another layer behind these. A column that only one of them has is empty in the other's rows.
    pub(crate) fn append(&mut self, other: &Attributes) {
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
        let column = |cells: &[&str]| AttributeColumn::from_cells(cells.iter().copied());
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
        // "grid", "street" and "market" once each.
        assert_eq!(all.text_bytes(), 16);
    }

    #[test]
    fn cells_that_are_not_understood_are_told_from_blank_ones() {
        let column = AttributeColumn::from_cells(["grid", "", "gird", "grid", "gird", "?"]);
        let strange: Vec<_> = column.not_understood(|text| text == "grid").collect();
        assert_eq!(strange, [(2, "gird"), (4, "gird"), (5, "?")]);
    }

    #[test]
    fn a_meaning_is_worked_out_once_for_each_text() {
        let column = AttributeColumn::from_cells(["1", "2", "1", ""]);
        let mut asked = 0;
        let numbers = column.map(|text| {
            asked += 1;
            text.parse::<u32>().ok()
        });
        assert_eq!(numbers, [Some(Some(1)), Some(Some(2)), Some(Some(1)), None]);
        assert_eq!(asked, 2);
    }
}
