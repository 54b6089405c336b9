//! Findings: what is wrong or noteworthy about the inputs, counted, with an example, its effect and its cure.

use crate::text::language::{Language, Words, words};

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

            /// What was found, in a few words that follow its count.
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
        "条人口记录无法使用",
        "计为无效记录，不计入已覆盖", "更正这些记录";
    InvalidStation "invalid_station" Error "station records that cannot be used",
        "nobody can walk to them", "correct the records";
        "条站点记录无法使用",
        "无人能到达这些站点", "更正这些记录";
    Unlocated "unlocated" Error "records with an address and no coordinate",
        "they count as invalid", "find the coordinates of their addresses, or leave them out";
        "条记录只有地址、没有坐标",
        "计为无效记录", "补充坐标，或剔除这些记录";
    SeveralPlaces "several_places" Error "resident records of several points",
        "they count as invalid: their people cannot be shared among the points", "split them into single points, each with its own people; where all live at one place, keep that point alone";
        "条人口记录含多个点（MultiPoint）",
        "计为无效记录：无法确定人口在各点的分布", "拆分为单点，并分别填写人口；如实为同一处，只保留该点";
    StationOffNetwork "station_off_network" Error "stations with no usable street within the snapping distance",
        "they serve nobody", "check their coordinates, or raise ‹max_snap›; beside an island, lower ‹min_island› or join it in the map data";
        "个站点在最大接驳距离内没有可用道路",
        "这些站点不服务任何人", "核对坐标，或调大 ‹max_snap›；若邻近孤立路段，可调小 ‹min_island›，或在地图数据中将其接通";
    ResidentOffNetwork "resident_off_network" Warning "residents with no usable street within the snapping distance",
        "they count as off_network", "check their coordinates, or raise ‹max_snap›; beside an island, lower ‹min_island› or join it in the map data";
        "条人口记录在最大接驳距离内没有可用道路",
        "计为远离路网", "核对坐标，或调大 ‹max_snap›；若邻近孤立路段，可调小 ‹min_island›，或在地图数据中将其接通";
    ShiftedLayer "shifted_layer" Warning "layers that look shifted as Chinese maps are",
        "its points lie some 300 to 1,300 m from where they are", "name the system that is said with the option that is said";
        "个图层疑似存在坐标偏移（GCJ-02 或 BD-09）",
        "点位偏离实际位置约 300 至 1,300 米", "用所列参数指明所列坐标系";
    SeveralCoordinates "several_coordinates" Warning "tables with several pairs of coordinate columns",
        "one pair is read", "name the pair that is meant with ‹lon_column› and ‹lat_column›";
        "张表有多组坐标列",
        "只读取其中一组", "用 ‹lon_column› 和 ‹lat_column› 指明应采用的坐标列";
    Elsewhere "elsewhere" Warning "layers that lie elsewhere than the network but for a few records",
        "the records elsewhere serve nobody", "use a network that holds them, or cut the layer to the network's ground";
        "个图层除少数记录外都不在路网范围内",
        "范围外的记录不服务任何人", "使用覆盖这些记录的路网，或将图层裁剪到路网范围";
    SystemByName "system_by_name" Note "layers whose coordinate system is known by the name of a column",
        "their coordinates are converted from that system", "if it is another one, name it with the option of the layer";
        "个图层的坐标系由列名得知",
        "其坐标已按该坐标系转换", "如有误，请用该图层的坐标系参数指明";
    SystemsNotUsed "systems_not_used" Warning "tables with a column that says coordinate systems and was not used",
        "all records are read in one system: those in another lie some hundred metres off", "write one known system in every cell, split the table by that column, or name the system with the option of the layer";
        "张表的坐标系列未被采用",
        "全部记录按同一坐标系读取，其他坐标系的记录将偏离数百米", "每行填写同一已知坐标系，或按该列拆分，或用该图层的坐标系参数指明";
    SystemContradicted "system_contradicted" Warning "layers whose column says another coordinate system than was given",
        "the one that was given is used: if it is wrong, points lie some hundred metres off", "leave the option out, or correct the name of the column";
        "个图层的列名与所给坐标系不符",
        "按所给坐标系读取；如所给有误，点位将偏离数百米", "去掉该参数，或更正列名";
    NorthingFirst "northing_first" Warning "tables whose northing or latitude comes first, as Chinese surveyors write it",
        "the two are taken the other way round, as they then lie on the network", "name them with ‹lon_column› and ‹lat_column›";
        "张表的北坐标或纬度在前（测绘习惯）",
        "已按对调后的坐标读入，点位落在路网范围内", "用 ‹lon_column› 和 ‹lat_column› 指明坐标列";
    RepeatedSite "repeated_site" Warning "stations within 50 m of another one that may be the same site: of a similar name, or point and area",
        "each is counted as a station", "give them one id if they are one site";
        "个站点与 50 米内另一站点疑似同一场所（名称相近，或分别为点和面）",
        "各自按独立站点统计", "如为同一场所，请使用同一编号";
    NoAttributes "no_attributes" Warning "Shapefiles without the .dbf of their attributes",
        "nothing is known but places: every resident is one person", "put the .dbf beside the .shp";
        "个 Shapefile 缺少 .dbf 属性表",
        "只有位置，每条人口记录按 1 人计", "将 .dbf 与 .shp 放在一起";
    NoPopulation "no_population" Warning "layers without a column that was taken as population",
        "each of their records counts as one person", "if a column holds people, name it with ‹population_column›";
        "个图层没有可识别的人口列",
        "每条记录按 1 人计", "如有人口列，请用 ‹population_column› 指明";
    SeveralPopulations "several_populations" Warning "layers with several columns of population",
        "one of them is counted", "name the one that is meant with ‹population_column›";
        "个图层有多个人口列",
        "只采用其中一列", "用 ‹population_column› 指明应采用的列";
    BlankPopulation "blank_population" Warning "records whose population is blank",
        "each counts as one person", "fill in the numbers; where nobody lives, write 0";
        "条记录的人口为空",
        "每条按 1 人计", "补填人口数；无人居住的请填 0";
    SumOfOthers "sum_of_others" Warning "records with as many people as all others of their layer together",
        "they count beside the others: if one is their total, everybody counts twice", "delete the row of the total";
        "条记录的人口恰为同图层其余记录之和",
        "与其余记录一并计入；如为合计，则人口被重复计算", "删除合计行";
    DamagedText "damaged_text" Warning "records whose text was damaged before, by an encoding that was read wrongly",
        "names and ids may be wrong or collide", "export the data again, as UTF-8";
        "条记录的文字此前已因编码错误受损",
        "名称和编号可能有误或重复", "以 UTF-8 重新导出数据";
    AreaNotClosed "area_not_closed" Warning "areas whose boundary is not closed in the input",
        "they are left out, and their residents counted in no area", "use an extract that holds the whole boundary";
        "个分区的边界在输入数据中未闭合",
        "该分区未纳入统计", "使用包含完整边界的数据";
    InvalidArea "invalid_area" Error "area records that cannot be used",
        "their residents are counted in no area", "correct the records";
        "条分区记录无法使用",
        "其中居民不计入任何分区", "更正这些记录";
    ResidentOutsideAreas "resident_outside_areas" Note "residents in none of the areas",
        "they are in the totals, not in areas.csv", "check the areas' outlines";
        "条人口记录不在任何分区内",
        "计入总数，不计入分区表", "核对分区边界";
    OverlappingAreas "overlapping_areas" Note "residents in more than one area",
        "they count in each of their areas, so the areas' sums exceed the total", "nothing where areas nest, as districts do in a city; otherwise correct the outlines";
        "条人口记录同时位于多个分区",
        "在所属各分区均计入，分区合计大于总数", "若分区本身相互包含（如城市与区县）则无需处理；否则核对分区边界";
    InvalidLine "invalid_line" Warning "network features that are not lines on the earth",
        "they are not part of the network", "correct the features";
        "个路网要素不是有效线状要素",
        "未纳入路网", "更正这些要素";
    DegenerateLine "degenerate_line" Note "lines without length",
        "they are not part of the network", "delete them";
        "条线长度为零",
        "未纳入路网", "删除这些线";
    Dangle "dangle" Warning "line ends within 2 m of a line that they do not touch",
        "nobody walks across the gap", "join them with ‹join_tolerance› 2, or in the data";
        "处线端距另一条线不足 2 米而未相接",
        "此处不能通行", "用 ‹join_tolerance› 2 连接，或修改数据";
    Crossing "crossing" Note "places where lines cross or touch without a vertex in common",
        "nobody turns there", "if they meet on the level, give ‹node_crossings›";
        "处道路相交或相接而无公共节点",
        "此处不能转向", "如为平面相交，请加 ‹node_crossings›";
    JoinedEnd "joined_end" Note "line ends that were moved onto the line beside them",
        "people walk across", "give a smaller ‹join_tolerance› if that is wrong";
        "处线端已移接到相邻线上",
        "此处可以通行", "如有误，请减小 ‹join_tolerance›";
    JoinedAtAntimeridian "joined_at_antimeridian" Note "streets that are cut at the 180th meridian and go on at the same latitude on its other side",
        "people walk across", "nothing";
        "处道路在 180 度经线处断开，并在另一侧同纬度延续",
        "此处可以通行", "无需处理";
    NodedCrossing "noded_crossing" Note "places where crossing lines were given a junction",
        "people turn there", "leave ‹node_crossings› out if they are bridges";
        "处相交道路已生成交叉节点",
        "此处可以转向", "如为桥梁等立体交叉，请去掉 ‹node_crossings›";
    MissingVertex "missing_vertex" Note "ways cut where the extract lacks a vertex",
        "the way ends there", "use a larger extract where this is inside the study area";
        "处道路因数据缺少节点而截断",
        "道路在此中断", "如位于研究范围内，请使用更大范围的数据";
    Island "island" Warning "islands: short pieces of street cut off from the rest",
        "nothing snaps to them", "join them in the map data, or lower ‹min_island›";
        "处孤立路段：与主路网不连通的短小路段",
        "不作为接驳道路", "在地图数据中补充连接，或调小 ‹min_island›";
    Pocket "pocket" Note "pockets: connected private ways, such as gated compounds",
        "who lives or is served inside goes by the gates; nobody walks through", "see network info";
        "处内部道路组团，如封闭小区",
        "内部居民经出入口通行，外部不能穿行", "见 network info";
    ClosedPocket "closed_pocket" Warning "pockets without a gate: private ways that touch no public way",
        "nothing snaps to them", "map the gate: a vertex that the private way shares with a public one";
        "处内部道路组团没有出入口",
        "不作为接驳道路", "补绘出入口：内部道路与公共道路的公共节点";
    PrivateGate "private_gate" Note "private gates on public ways",
        "nobody walks through them; what lies behind is a pocket entered there", "see network info";
        "处公共道路上的内部门禁",
        "不能穿行，门后按内部道路组团处理", "见 network info";
    Sidepath "sidepath" Note "streets left out because footways join both their ends",
        "walkers and points use the footways", "see network info";
        "条道路两端均有人行道相连，未重复采用",
        "步行与接驳均使用人行道", "见 network info";
    InvalidCompound "invalid_compound" Error "compound records that cannot be used",
        "they have no walls", "correct the records";
        "条小区记录无法使用",
        "按没有围墙处理", "更正这些记录";
    StrayGate "stray_gate" Warning "gates that are not in the wall of a compound",
        "nobody leaves by them", "move them to the wall, within 30 m, or correct the id of their compound";
        "个出入口不在任何小区围墙上",
        "不作为出入口使用", "将其移到围墙上（30 米以内），或更正所属小区编号";
    GateShut "gate_shut" Note "gates of the map that are locked or closed to everybody on foot",
        "they are no gates: nobody leaves by them", "where that is wrong, correct locked, foot or access in the map data";
        "个地图出入口已上锁或禁止步行通行",
        "不作为出入口使用", "如与实际不符，请在地图数据中更正 locked、foot 或 access";
    TaggedClosed "tagged_closed" Warning "objects of the map with a tag that says they are closed, or until when they were open",
        "they are taken as open", "check them, and leave them out of the selector or correct the map data";
        "个地图要素带有停用标记或停用日期",
        "按正常开放处理", "请核对，并在选择式中排除或更正地图数据";
    CompoundWithoutGate "compound_without_gate" Warning "compounds without a gate",
        "their walls are taken as open: nobody is walled in", "add their gates";
        "个小区没有出入口",
        "其围墙按敞开处理", "补充出入口";
    NotWalkable "not_walkable" Note "ways that nobody may walk",
        "they are not part of the network", "see network info";
        "条道路禁止步行",
        "未纳入路网", "见 network info";
    OnBridge "on_bridge" Note "residents whose nearest street is a bridge",
        "their walk begins on the bridge, though they may live beside or below it", "check where they live, and draw the streets below where these are missing";
        "条人口记录的最近道路为桥梁",
        "步行从桥上起算，居民可能住在桥旁或桥下", "核对位置；如桥下道路缺失，请补绘";
    ClosedToWalker "closed_to_walker" Note "stretches of way that this walker cannot take",
        "who walks like this takes another way or has none", "choose another ‹profile›, or correct kerb, wheelchair, smoothness or the kind of way in the map data";
        "段道路该出行人群无法通行",
        "该人群须绕行或无路可达", "可更换 ‹profile›，或在地图数据中更正 kerb、wheelchair、smoothness 及道路类型";
    FerryNotTaken "ferry_not_taken" Note "ferries that are not taken",
        "nobody crosses by them: their timetables are not in the map", "where they count, give a profile with ferry_wait_s and ferry_kmh";
        "条轮渡未采用",
        "不能乘轮渡通行：地图数据不含班次", "如需计入，请使用带 ferry_wait_s 和 ferry_kmh 的出行人群";
    UnusedCondition "unused_condition" Note "ways and gates that are open or closed at times, by tags that are not used",
        "they count as their plain tags say, at every hour and in every season", "where that is wrong, correct foot or access in the map data";
        "处道路或出入口带有开放时间或限时条件，未予采用",
        "任何时刻和季节均按普通通行标签处理", "如与实际不符，请在地图数据中更正 foot 或 access";
    BarrierCut "barrier_cut" Note "barriers that cut a way",
        "nobody walks through them", "see network info";
        "处障碍物阻断道路",
        "此处不能通行", "见 network info";
    RepeatedStation "repeated_station" Note "station rows that repeat an id",
        "they are taken as entrances of one station", "give every station an id of its own if they are not";
        "条站点记录编号重复",
        "视为同一站点的多个出入口", "如非同一站点，请分别编号";
    FarEntrance "far_entrance" Warning "station rows more than 500 m from the first row with their id",
        "they are taken as entrances of one station", "give every station an id of its own, or name the column of the id with ‹id_column›";
        "条站点记录与同编号的首条记录相距超过 500 米",
        "视为同一站点的多个出入口", "请为各站点分别编号，或用 ‹id_column› 指明编号列";
    CutCode "cut_code" Warning "records whose id a spreadsheet has cut, such as 1.40106E+17",
        "ids cannot be told apart: stations with the same are kept apart by their rows, residents stay separate", "format the column as text and enter the codes again";
        "条记录的编号被电子表格截断（如 1.40106E+17）",
        "编号无法区分：编号相同的站点按行号分开，人口记录仍各自独立", "将该列设为文本格式后重新录入编号";
    RepeatedResident "repeated_resident" Warning "resident rows that repeat an id",
        "the rows stay separate records", "give every record an id of its own";
        "条人口记录编号重复",
        "仍按独立记录统计", "为每条记录单独编号";
    MissingId "missing_id" Note "rows without an id",
        "they are named by their row", "give every record an id";
        "条记录没有编号",
        "以行号代替编号", "为每条记录编号";
    SamePlace "same_place" Note "stations at the same place under different ids",
        "each is counted as a station", "give them one id if they are one site";
        "处不同编号的站点位于同一位置",
        "各自按独立站点统计", "如为同一场所，请使用同一编号";
    Encoding "encoding" Note "files that are not UTF-8",
        "none where their names look right", "name the encoding with ‹encoding› if they do not";
        "个文件不是 UTF-8 编码",
        "名称显示正常则无影响", "如名称乱码，请用 ‹encoding› 指明编码";
    HeaderRows "header_rows" Note "rows above the records beside the header: titles, headings, units",
        "they are no records", "none where the first record is read right";
        "行位于记录之前、表头之外：标题、多级表头或单位",
        "不作为记录", "如首条记录读取无误，可不处理";
    TotalRow "total_row" Note "rows that are no records: totals, notes, repeated titles and headers",
        "they are left out", "delete them; a row that is a place needs coordinates, and another name than a total";
        "行不是记录：合计行、表下注释、重复的标题或表头",
        "未计入", "删除这些行；如为有效记录，请补充坐标，并勿以“合计”等字样命名";
    RaggedRow "ragged_row" Warning "rows with fewer or more cells than the header",
        "cells that are missing count as blank, those behind the last column are not read", "correct the rows: a text that holds the separator stands in quotes";
        "行的单元格数与表头不一致",
        "缺少的单元格按空白处理，超出表头的单元格不读取", "更正这些行：含分隔符的文本需加引号";
    DeletedRecord "deleted_record" Note "records that were deleted and not yet removed from their file",
        "they are left out", "pack the table if they are meant";
        "条记录已标记删除但仍留在文件中",
        "未计入", "如确需删除，请压缩整理该表";
    MergedCell "merged_cell" Note "cells that are merged with one above",
        "what stands in the merged cell holds for each of its rows; numbers do not", "none where the cells are merged as they are meant";
        "个单元格与上方单元格合并",
        "合并单元格的内容用于其中每一行，数值除外", "合并范围无误则无需处理";
    HiddenRow "hidden_row" Warning "records in rows of a workbook that are hidden, by a filter or by hand",
        "they are read as the others are", "where they are not meant, delete them, or copy the rows that are seen into a sheet of their own";
        "条记录位于工作簿的隐藏行（筛选或手动隐藏）",
        "与其他行一样读取", "如不应计入，请删除这些行，或将可见行复制到新工作表";
    CodeAsShown "code_as_shown" Note "numbers that are read as codes with the zeros in front with which the workbook shows them",
        "000001 is the code, and not 1", "where other layers have the number, write the codes as text in each of them";
        "个数字按工作簿所显示的前导零读作编号",
        "编号为 000001，而不是 1", "如其他图层使用不带前导零的数字，请在各图层中统一将编号设为文本";
    UnreadSheet "unread_sheet" Note "sheets with a table that are not read",
        "only the first is", "name the sheet that is meant with ‹sheet›";
        "个含表格的工作表未读取",
        "只读取第一个工作表", "用 ‹sheet› 指明工作表";
    NotAHome "not_a_home" Note "buildings that are not homes",
        "nobody lives there", "see the README on homes from buildings";
        "栋建筑不是住宅",
        "按无人居住处理", "见 README 中由建筑推算居住人口的说明";
    BuildingWithoutShape "building_without_shape" Warning "buildings whose outline is not closed or not in the extract",
        "nobody lives there", "use an extract that holds them whole";
        "栋建筑轮廓未闭合或不在数据范围内",
        "按无人居住处理", "使用包含完整建筑的数据";
    StationNotOpen "station_not_open" Note "stations that are not open on the day that is asked for",
        "they serve nobody", "leave ‹as_of› out to count all";
        "个站点在所给日期未开放",
        "不服务任何人", "不给 ‹as_of› 则全部计入";
    CellNotUnderstood "cell_not_understood" Warning "cells that are filled and were not understood",
        "they count as not stated", "correct the cells";
        "个单元格有内容但无法理解",
        "按未填写处理", "更正这些单元格";
    UnitNotUnderstood "unit_not_understood" Warning "columns of people or floor area whose unit is not understood",
        "their numbers count as people or square metres", "correct the unit in the column's name: (人), (万人), (thousands), (m²), (亩), (ha)";
        "个人口或面积列的单位无法理解",
        "其数字按人或平方米计", "更正列名中的单位，如（人）、（万人）、（平方米）、（亩）、（公顷）";
    UnitAbove "unit_above" Note "columns of people or floor area whose unit stands above the table",
        "their numbers are counted in it", "where it is not theirs, write their own unit in their names: (人), (persons), (m²)";
        "个人口或面积列的单位取自表头上方的标题",
        "其数字按该单位计", "如不适用，请在列名中注明各列自己的单位，如（人）、（平方米）";
    PointsPartThousands "points_part_thousands" Warning "numbers of people whose points were taken to part thousands",
        "1.200 counts as 1,200 people", "if the points begin decimals, write one or two digits behind them";
        "个人口数中的点按千位分隔符读取",
        "如 1.200 按 1,200 人计", "如为小数点，请将小数改为一位或两位";
    TierNotUnderstood "tier_not_understood" Warning "stations whose tier is not understood",
        "they are counted in no tier, neither in the circles nor in the register", "write street, community or grid, or the words of a standard";
        "个站点的层级无法识别",
        "不计入任何层级，服务圈与台账均不含", "写作街道、社区、网格等，或标准中的用词";
    TierNotStated "tier_not_stated" Warning "stations whose tier is not stated, though others' is",
        "they are counted in no tier, neither in the circles nor in the register", "fill in their tier";
        "个站点未填写层级，而其他站点已填写",
        "不计入任何层级，服务圈与台账均不含", "补填层级";
    ParentNotAnId "parent_not_an_id" Warning "stations that name the one above them by what was not taken as the id",
        "their links upwards lead nowhere", "take the column of the ids that is named here";
        "个站点的上级填写的不是所采用的编号",
        "其上级关系无法对应", "按示例指明编号列";
    ServicesNotStated "services_not_stated" Warning "stations whose services are not stated, though others' are",
        "they count for no service, and none is held to be missing there", "fill in their services; write no where there are none";
        "个站点未填写服务功能，而其他站点已填写",
        "不计入任何服务，也不视为缺少服务", "补填服务功能；确无服务的请填“无”";
    ServiceNotListed "service_not_listed" Warning "services of stations that the standard does not list",
        "they count for none of its services", "write them as the standard does, or name them with ‹services›";
        "项站点服务不在标准所列之内",
        "不计入标准所列的任何服务", "按标准写法填写，或用 ‹services› 指定";
    HaveNotStated "have_not_stated" Warning "stations of which it is not stated whether they have a sign, rules or facilities, though others' is",
        "a blank is neither yes nor no: they count as not stated in the audit", "write yes or no in every row";
        "个站点未填写是否有标识、制度或设施，而其他站点已填写",
        "空白既不算有也不算无，核查中按未填写计", "逐行填写是或否";
    ClosingDate "closing_date" Warning "stations with a closing date, and no day that is asked for",
        "without a day none is left out because of a date: they serve, and count in the register", "give the day with ‹as_of›";
        "个站点有停用日期，但未指定统计日期",
        "未指定日期时不因日期剔除站点：照常服务，并计入名册统计", "用 ‹as_of› 指定日期";
    NoCommunity "no_community" Warning "residents whose community is not known, where only stations of the own community serve",
        "no station of a community or grid serves them", "fill in the names or codes of their communities, in every row";
        "条人口记录所属社区未知，而归属规则只计本社区站点",
        "没有社区级或网格级站点服务这些居民", "逐行补填所属社区名称或代码";
    GroupNotANumber "group_not_a_number" Warning "cells of a group's people that are no number",
        "they count nobody of the group", "correct the cells";
        "个人群人数单元格不是数字",
        "该人群按 0 人计", "更正这些单元格";
    BlankPeople "blank_people" Warning "cells of people that are blank",
        "of a community nobody knows the people then, and it has nobody allocated; in a group they count nobody", "fill in the numbers; where nobody lives, write 0";
        "个人口单元格为空",
        "社区人口为空时人口未知，不参与分配；人群人数为空时按 0 人计", "补填人口数；无人的请填0";
    RepeatedCommunity "repeated_community" Warning "rows of the register that say a community again",
        "the first row counts, the others are left out with their people", "leave them out of the register, or correct their codes";
        "行重复登记了同一社区",
        "只计首行，其余各行连同其人口不计", "从名册中删除重复行，或更正其代码";
    SharedCode "shared_code" Warning "communities of the register whose code another one has under another name",
        "neither is found by that code, only by name", "correct their codes";
        "个社区与另一名称不同的社区代码相同",
        "该代码无法对应到社区，只能按名称对应", "更正社区代码";
    InvalidCommunity "invalid_community" Error "communities whose people are not known",
        "nobody is allocated to their homes, which are invalid records", "correct or fill in the cells of their people";
        "个社区人口未知",
        "其住宅不分配人口，计为无效记录", "更正或补填其人口单元格";
    PeopleWithoutHomes "people_without_homes" Warning "communities with people and without a home to allocate them to",
        "their people are counted as not allocated", "add their homes, or correct the community of those that are theirs";
        "个社区有人口而没有住宅记录",
        "其人口计为未分配", "补充住宅记录，或更正住宅所属社区";
    HomeWithoutCommunity "home_without_community" Warning "homes in none of the communities whose people are allocated",
        "no people are allocated to them", "give their community, or check the communities' outlines";
        "处住宅不属于任何给定人口的社区",
        "不分配人口", "补充所属社区，或核对社区边界";
    NoFloorArea "no_floor_area" Warning "communities whose homes have no floor area, or too few of them",
        "their people are allocated by dwellings, by storeys or by footprint", "give the floor areas of homes";
        "个社区的住宅缺少建筑面积",
        "人口按户数、层数或基底面积分配", "补充住宅建筑面积";
    AllocatedByFootprint "allocated_by_footprint" Note "communities whose homes have no floor area, or too few of them, but footprints and storeys",
        "their people are allocated by footprint times storeys", "give the floor areas of homes where they are known";
        "个社区的住宅缺少建筑面积，但有基底面积和层数",
        "人口按基底面积乘以层数分配", "如有住宅建筑面积，请补充";
    AllocatedEqually "allocated_equally" Warning "communities of whose homes no size is known",
        "their people are allocated to all homes alike", "give the floor areas of homes, or their footprints and storeys";
        "个社区的住宅规模均未知",
        "人口平均分配到各住宅", "补充住宅建筑面积，或基底面积和层数";
    HomeByOutline "home_by_outline" Note "homes without the name or code of their community, which lie in the outline of one",
        "they are of that community", "give the homes a column of communities if it should be another";
        "处住宅未注明所属社区，按社区边界归入",
        "计入边界所在社区", "如应归入其他社区，请补充所属社区列";
    PeopleOnBuildings "people_on_buildings" Note "polygons with people whose people are put onto the buildings inside",
        "each total is kept; by floor area, else by footprint times storeys, else alike", "give homes with their own people where they are known";
        "个人口面要素的人口落到其中的建筑上",
        "各总数不变；按建筑面积，否则按基底面积乘以层数，否则平均分配", "如有分户人口，请直接给出";
    PeopleOnStreets "people_on_streets" Warning "polygons with people and without a home inside, whose people are put along the streets inside",
        "each total is kept, shared by the length of street", "give homes or buildings inside";
        "个人口面要素内没有住宅，人口落到其中的道路沿线",
        "各总数不变，按道路长度分配", "补充其中的住宅或建筑";
    PeopleAtPoint "people_at_point" Warning "polygons with people and without a home or a street inside, whose people are put at one point inside",
        "all of them walk from there", "give homes inside, or a network that covers the polygon";
        "个人口面要素内没有住宅和道路，人口落到其内部一点",
        "全部人口从该点出发", "补充其中的住宅，或使用覆盖该范围的路网";
    HomeOutsidePolygons "home_outside_polygons" Note "homes without people of their own in none of the polygons with people",
        "nobody lives there", "give polygons that cover them";
        "处未注明人口的住宅不在任何人口面要素内",
        "按无人居住处理", "补充覆盖它们的面要素";
    HomeWithoutSize "home_without_size" Note "homes of unknown size among others that are known",
        "each counts as the median home of its community", "give their size";
        "处住宅规模未知，同社区其他住宅已知",
        "按本社区住宅规模的中位数计", "补充住宅规模";
    LegCrosses "leg_crosses" Warning "residents whose straight leg to the street crosses a motorway, a railway, a river or other water",
        "it is walked all the same, so their walks may be longer than they are counted", "look at the first; draw the footpath or bridge that they use, or give walls with ‹compounds›";
        "条人口记录至道路的接驳直线穿越快速道路、铁路、河流或其他水域",
        "接驳段仍按直线计算，实际步行可能更远", "先核对示例；补绘实际使用的步道或桥梁，或用 ‹compounds› 给出围墙";
    StationLegCrosses "station_leg_crosses" Warning "station entrances whose straight leg to the street crosses a motorway, a railway, a river or other water",
        "it is walked all the same, so walks to them may be longer than they are counted", "look at the first; correct its place, or draw the footpath or bridge that leads there";
        "个站点出入口至道路的接驳直线穿越快速道路、铁路、河流或其他水域",
        "接驳段仍按直线计算，实际步行可能更远", "先核对示例；更正站点位置，或补绘通往站点的步道或桥梁";
    NearDataEdge "near_data_edge" Note "residents within one cutoff of where the data end",
        "stations and streets beyond it are not known: they may be covered, or have a shorter walk, and isochrones end there", "use data that reach one cutoff farther, with the stations there";
        "条人口记录距数据边缘不足一个阈值距离",
        "边缘以外的站点和道路未知：这些居民可能实际已覆盖或步行更近，等时圈也在此中断", "使用四周多出一个阈值距离的数据，并补充其中的站点";
    Unreachable "unreachable" Warning "residents with no path to any station",
        "they count as unreachable", "look at the islands and one-way ways near them";
        "条人口记录没有通往任何站点的路径",
        "计为路网不连通", "检查附近的孤立路段和单向道路";
}

/// One finding about one layer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Finding {
    /// What was found.
    pub code: FindingCode,
    /// What it is about, where a code is told of each of several things: the column of a layer.
    pub about: Option<Words>,
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

    /// What was found, in a few words that follow its count, and about what.
    #[must_use]
    pub fn title(&self, language: Language) -> String {
        let title = self.code.title(language);
        match &self.about {
            None => title.to_owned(),
            Some(about) => {
                let about = about.get(language);
                words!("{title}: {about}", "{title}：{about}")
                    .get(language)
                    .to_owned()
            }
        }
    }
}

impl FindingCode {
    /// Whether a row with it is no record of its layer: it was read, and left out.
    #[must_use]
    pub const fn leaves_out_a_row(self) -> bool {
        matches!(
            self,
            FindingCode::TotalRow
                | FindingCode::DeletedRecord
                | FindingCode::RepeatedCommunity
                | FindingCode::InvalidArea
                | FindingCode::AreaNotClosed
                | FindingCode::InvalidLine
                | FindingCode::DegenerateLine
                | FindingCode::InvalidCompound
        )
    }

    /// Whether every record is listed, and not only the first: findings that somebody has to work through.
    #[must_use]
    pub(crate) const fn is_listed(self) -> bool {
        matches!(
            self,
            FindingCode::Unlocated
                | FindingCode::RepeatedSite
                | FindingCode::SamePlace
                | FindingCode::CellNotUnderstood
                | FindingCode::InvalidCommunity
                | FindingCode::RepeatedCommunity
                | FindingCode::SharedCode
                | FindingCode::Elsewhere
                | FindingCode::ShiftedLayer
        )
    }
}

/// Findings in the order in which they were met: one per code, and of codes that are told of several things one for each.
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
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Findings(Vec<Finding>);

impl Findings {
    /// Counts one more; the first example of a code is kept.
    pub fn add(&mut self, code: FindingCode, example: impl FnOnce() -> Words) {
        self.add_many(code, 1, example);
    }

    /// Counts `count` more; the first example of a code is kept. Nothing is added for none.
    pub(crate) fn add_many(
        &mut self,
        code: FindingCode,
        count: u64,
        example: impl FnOnce() -> Words,
    ) {
        self.count_of((code, None), count, example);
    }

    /// Counts one more about one thing: a code has a finding for each.
    ///
    /// ```
    /// use pedshed::language::Words;
    /// use pedshed::model::{FindingCode, Findings};
    /// let mut findings = Findings::default();
    /// for column in ["tier", "opened", "tier"] {
    ///     findings.add_about(FindingCode::CellNotUnderstood, Words::same(column), || Words::same("?"));
    /// }
    /// let counts = findings.worst_first().into_iter().map(|finding| finding.count);
    /// assert_eq!(counts.collect::<Vec<_>>(), [2, 1]);
    /// ```
    pub fn add_about(&mut self, code: FindingCode, about: Words, example: impl FnOnce() -> Words) {
        self.count_of((code, Some(about)), 1, example);
    }

    fn count_of(
        &mut self,
        (code, about): (FindingCode, Option<Words>),
        count: u64,
        example: impl FnOnce() -> Words,
    ) {
        if count == 0 {
            return;
        }
        if let Some(known) = self.known(code, about.as_ref()) {
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
            about,
            count,
            example,
            list,
        });
    }

    fn known(&mut self, code: FindingCode, about: Option<&Words>) -> Option<&mut Finding> {
        let mut all = self.0.iter_mut();
        all.find(|known| known.code == code && known.about.as_ref() == about)
    }

    /// Adds all of another list.
    pub fn extend(&mut self, other: Findings) {
        for finding in other.0 {
            match self.known(finding.code, finding.about.as_ref()) {
                Some(known) => {
                    known.count += finding.count;
                    let room = Finding::MOST_LISTED - known.list.len();
                    known.list.extend(finding.list.into_iter().take(room));
                }
                None => self.0.push(finding),
            }
        }
    }

    /// The same under other codes.
    #[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
    pub(crate) fn under(self, code: impl Fn(FindingCode) -> FindingCode) -> Self {
        let mut own = Self::default();
        for finding in self.0 {
            own.extend(Self(vec![Finding {
                code: code(finding.code),
                ..finding
            }]));
        }
        own
    }

    /// Takes a finding back.
    #[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
    pub(crate) fn remove(&mut self, code: FindingCode) {
        self.0.retain(|finding| finding.code != code);
    }

    /// How many records one code touches.
    #[must_use]
    pub fn count(&self, code: FindingCode) -> u64 {
        let of_code = self.0.iter().filter(|finding| finding.code == code);
        of_code.map(|finding| finding.count).sum()
    }

    /// Of a list with each code, and each of what it is told of, once.
    #[cfg(feature = "prepared")]
    pub(crate) fn from_list(list: Vec<Finding>) -> Self {
        Self(list)
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
