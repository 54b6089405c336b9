//! Findings: what is wrong or noteworthy about the inputs, counted, with an example, its effect and its cure.

use crate::language::{Language, Words};

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "lowercase")
)]
pub enum Severity {
    /// Records do not take part in the answer.
    Error,
    /// The answer may be off.
    Warning,
    /// Worth knowing.
    Note,
}

impl Severity {
    /// In a word.
    #[must_use]
    pub const fn word(self, language: Language) -> &'static str {
        let (en, zh) = match self {
            Severity::Error => ("error", "错误"),
            Severity::Warning => ("warning", "警告"),
            Severity::Note => ("note", "提示"),
        };
        language.pick(en, zh)
    }
}

macro_rules! finding_codes {
    ($(
        $variant:ident $code:literal $severity:ident
        $title:literal, $effect:literal, $cure:literal;
        $title_zh:literal, $effect_zh:literal, $cure_zh:literal;
    )*) => {
        /// What was found. Each code has a stable name, a severity, an effect on the answer and a cure.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[non_exhaustive]
        pub enum FindingCode {
            $(#[doc = $title] $variant,)*
        }

        impl FindingCode {
            /// Every code.
            pub const ALL: &'static [FindingCode] = &[$(FindingCode::$variant),*];

            /// The stable name in `summary.json`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(FindingCode::$variant => $code,)* }
            }

            /// How much it matters.
            #[must_use]
            pub const fn severity(self) -> Severity {
                match self { $(FindingCode::$variant => Severity::$severity,)* }
            }

            /// What was found, in a few words.
            #[must_use]
            pub const fn title(self, language: Language) -> &'static str {
                match self { $(FindingCode::$variant => language.pick($title, $title_zh),)* }
            }

            /// What it does to the answer.
            #[must_use]
            pub const fn effect(self, language: Language) -> &'static str {
                match self { $(FindingCode::$variant => language.pick($effect, $effect_zh),)* }
            }

            /// What to do about it.
            #[must_use]
            pub const fn cure(self, language: Language) -> &'static str {
                match self { $(FindingCode::$variant => language.pick($cure, $cure_zh),)* }
            }
        }
    };
}

finding_codes! {
    InvalidResident "invalid_resident" Error "resident records that cannot be used",
        "they count as invalid, not as covered", "correct the records";
        "无法使用的居民记录",
        "计为无效记录，不计入已覆盖", "更正这些记录";
    InvalidStation "invalid_station" Error "station records that cannot be used",
        "nobody can walk to them", "correct the records";
        "无法使用的站点记录",
        "没有人能步行到达", "更正这些记录";
    Unlocated "unlocated" Error "records with an address and no coordinate",
        "they count as invalid", "find the coordinates of their addresses, or leave them out";
        "只有地址、没有坐标的记录",
        "计为无效记录", "为其地址补充坐标，或将其剔除";
    StationOffNetwork "station_off_network" Error "stations with no usable street within the snapping distance",
        "they serve nobody", "check their coordinates, or raise --max-snap; beside an island, lower --min-island or join it in the map data";
        "匹配距离内没有可用道路的站点",
        "不服务任何人", "核对坐标，或增大 --max-snap；若邻近孤立路段，可减小 --min-island 或在地图数据中将其接通";
    ResidentOffNetwork "resident_off_network" Warning "residents with no usable street within the snapping distance",
        "they count as off_network", "check their coordinates, or raise --max-snap; beside an island, lower --min-island or join it in the map data";
        "匹配距离内没有可用道路的居民记录",
        "计为远离路网", "核对坐标，或增大 --max-snap；若邻近孤立路段，可减小 --min-island 或在地图数据中将其接通";
    ShiftedLayer "shifted_layer" Warning "layers that look shifted as Chinese maps are",
        "points lie up to 700 m from where they are", "name the layer's system: --stations-crs or --residents-crs GCJ-02 or BD-09";
        "疑似采用国内加偏坐标的图层",
        "点位偏移可达 700 米", "指明图层的坐标系：--stations-crs 或 --residents-crs，取 GCJ-02 或 BD-09";
    NorthingFirst "northing_first" Warning "tables whose x is the northing, as Chinese surveyors write it",
        "the two columns are taken the other way round, as they then lie on the network", "name them with --lon-column and --lat-column";
        "x 列为北坐标的表格（测绘习惯）",
        "两列已对调读取，对调后落在路网范围内", "用 --lon-column 和 --lat-column 指明";
    RepeatedSite "repeated_site" Warning "stations within 50 m of another one with a similar name",
        "each is counted as a station", "give them one id if they are one site";
        "50 米内有名称相近站点的站点",
        "各按一个站点计算", "若为同一处，请使用同一编号";
    NoAttributes "no_attributes" Warning "Shapefiles without the .dbf of their attributes",
        "nothing is known but places: every resident is one person", "put the .dbf beside the .shp";
        "缺少 .dbf 属性表的 Shapefile",
        "只有位置：每条居民记录按一人计", "将 .dbf 与 .shp 放在一起";
    DamagedText "damaged_text" Warning "records whose text was damaged before, by an encoding that was read wrongly",
        "names and ids may be wrong or collide", "export the data again, as UTF-8";
        "文字曾因编码误读而损坏的记录",
        "名称和编号可能有误或重复", "以 UTF-8 重新导出数据";
    AreaNotClosed "area_not_closed" Warning "areas whose boundary is not closed in the input",
        "they are left out, and their residents counted in no area", "use an extract that holds the whole boundary";
        "边界未闭合的分区",
        "予以剔除，其居民不计入任何分区", "使用包含完整边界的数据";
    InvalidArea "invalid_area" Error "area records that cannot be used",
        "their residents are counted in no area", "correct the records";
        "无法使用的分区记录",
        "其居民不计入任何分区", "更正这些记录";
    ResidentOutsideAreas "resident_outside_areas" Note "residents in none of the areas",
        "they are in the totals, not in areas.csv", "check the areas' outlines";
        "不在任何分区内的居民记录",
        "计入总数，不计入 areas.csv", "核对分区边界";
    InvalidLine "invalid_line" Warning "network features that are not lines on the earth",
        "they are not part of the network", "correct the features";
        "不是有效线要素的路网要素",
        "不纳入路网", "更正这些要素";
    DegenerateLine "degenerate_line" Note "lines without length",
        "they are not part of the network", "delete them";
        "长度为零的线",
        "不纳入路网", "删除这些线";
    Dangle "dangle" Warning "line ends within 2 m of a line that they do not touch",
        "nobody walks across the gap", "join them with --join-tolerance 2, or in the data";
        "距他线不足 2 米而未相接的线端点",
        "间隙处不能通行", "用 --join-tolerance 2 接合，或在数据中接通";
    Crossing "crossing" Note "places where lines cross or touch without a vertex in common",
        "nobody turns there", "if they meet on the level, give --node-crossings";
        "线相交或相接而没有公共折点之处",
        "此处不能转向", "若为平面相交，请加 --node-crossings";
    JoinedEnd "joined_end" Note "line ends that were moved onto the line beside them",
        "people walk across", "give a smaller --join-tolerance if that is wrong";
        "已移接到邻近线上的线端点",
        "此处可以通行", "若不应接合，请减小 --join-tolerance";
    NodedCrossing "noded_crossing" Note "places where crossing lines were given a junction",
        "people turn there", "leave --node-crossings out if they are bridges";
        "已增设交点的线相交处",
        "此处可以转向", "若为立体交叉，请去掉 --node-crossings";
    MissingVertex "missing_vertex" Note "ways cut where the extract lacks a vertex",
        "the way ends there", "use a larger extract where this is inside the study area";
        "因提取文件缺少节点而截断的道路",
        "道路在该处终止", "若位于研究范围内，请使用更大范围的数据";
    Island "island" Warning "islands: short pieces of street cut off from the rest",
        "nothing snaps to them", "join them in the map data, or lower --min-island";
        "孤立路段：与其余路网不相连的短路段",
        "不匹配任何点", "在地图数据中将其接通，或减小 --min-island";
    Pocket "pocket" Note "pockets: connected private ways, such as gated compounds",
        "who lives or is served inside goes by the gates; nobody walks through", "see network info";
        "封闭片区：相连的私有道路，如封闭小区",
        "内部居民和站点经出入口通行，外人不能穿行", "详见 network info";
    ClosedPocket "closed_pocket" Warning "pockets without a gate: private ways that touch no public way",
        "nothing snaps to them", "map the gate: a vertex that the private way shares with a public one";
        "没有出入口的封闭片区：与公共道路不相接的私有道路",
        "不匹配任何点", "在地图中补绘出入口：私有道路与公共道路的共用节点";
    PrivateGate "private_gate" Note "private gates on public ways",
        "nobody walks through them; what lies behind is a pocket entered there", "see network info";
        "公共道路上的私有门禁",
        "不能穿行；其后的道路作为封闭片区由此进入", "详见 network info";
    Sidepath "sidepath" Note "streets left out because footways join both their ends",
        "walkers and points use the footways", "see network info";
        "两端均有步道相接而剔除的道路",
        "行人和点位改用步道", "详见 network info";
    NotWalkable "not_walkable" Note "ways that nobody may walk",
        "they are not part of the network", "see network info";
        "不供步行的道路",
        "不纳入路网", "详见 network info";
    BarrierCut "barrier_cut" Note "barriers that cut a way",
        "nobody walks through them", "see network info";
        "阻断道路的障碍物",
        "不能穿行", "详见 network info";
    RepeatedStation "repeated_station" Note "station rows that repeat an id",
        "they are taken as entrances of one station", "give every station an id of its own if they are not";
        "编号重复的站点记录",
        "视为同一站点的多个出入口", "若不是同一站点，请分别编号";
    RepeatedResident "repeated_resident" Warning "resident rows that repeat an id",
        "the rows stay separate records", "give every record an id of its own";
        "编号重复的居民记录",
        "各记录分别计算", "请分别编号";
    MissingId "missing_id" Note "rows without an id",
        "they are named by their row", "give every record an id";
        "没有编号的记录",
        "以行号命名", "为每条记录编号";
    SamePlace "same_place" Note "stations at the same place under different ids",
        "each is counted as a station", "give them one id if they are one site";
        "位置相同而编号不同的站点",
        "各按一个站点计算", "若为同一处，请使用同一编号";
    Encoding "encoding" Note "files that are not UTF-8",
        "none where their names look right", "name the encoding with --encoding if they do not";
        "不是 UTF-8 编码的文件",
        "名称显示正常即无影响", "若显示异常，请用 --encoding 指定编码";
    TotalRow "total_row" Note "rows that are no records: totals and repeated headers",
        "they are left out", "delete them, or give them coordinates if they are places";
        "不是记录的行：合计行和重复的表头",
        "予以剔除", "请删除；若确为地点，请补充坐标";
    DeletedRecord "deleted_record" Note "records that were deleted and not yet removed from their file",
        "they are left out", "pack the table if they are meant";
        "已标记删除而仍留在文件中的记录",
        "予以剔除", "若确需使用，请整理该表";
    UnreadSheet "unread_sheet" Note "sheets with a table that are not read",
        "only the first is", "name the sheet that is meant with --sheet";
        "含有表格而未读取的工作表",
        "只读取第一个", "用 --sheet 指定工作表";
    NotAHome "not_a_home" Note "buildings that are not homes",
        "nobody lives there", "see the README on homes from buildings";
        "不是住宅的建筑",
        "不计居民", "见 README 中由建筑推算住宅的说明";
    BuildingWithoutShape "building_without_shape" Warning "buildings whose outline is not closed or not in the extract",
        "nobody lives there", "use an extract that holds them whole";
        "轮廓未闭合或不在数据范围内的建筑",
        "不计居民", "使用包含完整建筑的数据";
    Unreachable "unreachable" Warning "residents with no path to any station",
        "they count as unreachable", "look at the islands and one-way ways near them";
        "没有路径通往任何站点的居民记录",
        "计为路网不连通", "检查其附近的孤立路段和单行道路";
}

/// One finding about one layer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Finding {
    /// What was found.
    pub code: FindingCode,
    /// How many records it touches.
    pub count: u64,
    /// The first of them: where it stands and what is wrong.
    pub example: Words,
    /// All of them, for the codes that are [listed](FindingCode::is_listed), up to [`Finding::MOST_LISTED`].
    pub list: Vec<Words>,
}

impl Finding {
    /// The most records that a finding lists.
    pub const MOST_LISTED: usize = 1000;
}

impl FindingCode {
    /// Whether every record is listed, and not only the first: findings that somebody has to work through.
    #[must_use]
    pub const fn is_listed(self) -> bool {
        matches!(
            self,
            FindingCode::Unlocated | FindingCode::RepeatedSite | FindingCode::SamePlace
        )
    }
}

/// Findings in the order in which they were met, one per code.
///
/// ```
/// use pedshed::language::Words;
/// use pedshed::model::{FindingCode, Findings};
/// let mut findings = Findings::default();
/// findings.add(FindingCode::MissingId, || Words::place("homes.csv line 7"));
/// findings.add(FindingCode::InvalidResident, || Words::place("homes.csv line 9"));
/// findings.add(FindingCode::MissingId, || Words::place("homes.csv line 12"));
/// assert_eq!(findings.count(FindingCode::MissingId), 2);
/// assert_eq!(findings.worst_first()[0].code, FindingCode::InvalidResident);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Findings(Vec<Finding>);

impl Findings {
    /// Counts one more; the first example of a code is kept.
    pub fn add(&mut self, code: FindingCode, example: impl FnOnce() -> Words) {
        self.add_many(code, 1, example);
    }

    /// Counts `count` more; the first example of a code is kept. Nothing is added for none.
    pub fn add_many(&mut self, code: FindingCode, count: u64, example: impl FnOnce() -> Words) {
        if count == 0 {
            return;
        }
        if let Some(known) = self.0.iter_mut().find(|known| known.code == code) {
            known.count += count;
            if code.is_listed() && known.list.len() < Finding::MOST_LISTED {
                known.list.push(example());
            }
            return;
        }
        let example = example();
        let list = if code.is_listed() {
            vec![example.clone()]
        } else {
            Vec::new()
        };
        self.0.push(Finding {
            code,
            count,
            example,
            list,
        });
    }

    /// Adds all of another list.
    pub fn extend(&mut self, other: Findings) {
        for finding in other.0 {
            match self.0.iter_mut().find(|known| known.code == finding.code) {
                Some(known) => {
                    known.count += finding.count;
                    let room = Finding::MOST_LISTED - known.list.len();
                    known.list.extend(finding.list.into_iter().take(room));
                }
                None => self.0.push(finding),
            }
        }
    }

    /// How many records one code touches.
    #[must_use]
    pub fn count(&self, code: FindingCode) -> u64 {
        self.0
            .iter()
            .find(|finding| finding.code == code)
            .map_or(0, |finding| finding.count)
    }

    /// Worst first, then in the order of the codes.
    #[must_use]
    pub fn worst_first(&self) -> Vec<&Finding> {
        let mut findings: Vec<_> = self.0.iter().collect();
        findings.sort_by_key(|finding| (finding.code.severity(), finding.code));
        findings
    }

    /// Whether there is nothing to say.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
