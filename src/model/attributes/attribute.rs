//! Columns that are known, and the names by which they are.

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
    /// When it is open in a week.
    OpeningHours,
    /// The building of a resident.
    Building,
    /// The dwellings of a record.
    Dwellings,
    /// The ground that a building stands on, in square metres.
    Footprint,
    /// The storeys of a building above ground.
    Storeys,
    /// How many people a station or candidate site takes.
    Capacity,
    /// What building a candidate site costs.
    Cost,
    /// How a candidate site would be had: new build, shared, developer-provided, leased.
    Mode,
    /// From which year on a candidate site may serve.
    Year,
    /// The day of a session.
    Date,
    /// From when till when a session lasts, in one cell.
    Time,
    /// When a session begins.
    Start,
    /// When it ends.
    End,
    /// What it is about.
    Topic,
    /// Who holds it.
    Team,
    /// The days of the week on which a lecturer can come.
    Weekdays,
    /// How many sessions a lecturer holds in a week at most.
    MostPerWeek,
    /// How far the lift of a stairwell has come (阶段).
    Stage,
    /// Who is responsible for it.
    Responsible,
    /// Whether the title of a house is clear (产权).
    Title,
    /// Whether its structure is sound.
    Structure,
    /// Whether it is to be demolished.
    Demolition,
    /// The share of its owners who have voted on a lift.
    VotingHouseholds,
    /// The share of its area whose owners have.
    VotingArea,
    /// The share of those who have voted that agree.
    AgreeingHouseholds,
    /// The share of the area of these whose owners agree.
    AgreeingArea,
    /// The storey that a resident lives on; 1 is the ground floor.
    Storey,
    /// The stairwell of a resident (单元).
    Stairwell,
    /// Whether a stairwell has a lift.
    Lift,
    /// Where the lift of a stairwell stops: level with the flats, or half a flight away.
    Entry,
}

impl Attribute {
    /// Every one.
    pub const ALL: [Attribute; 44] = [
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
        Attribute::OpeningHours,
        Attribute::Building,
        Attribute::Dwellings,
        Attribute::Footprint,
        Attribute::Storeys,
        Attribute::Capacity,
        Attribute::Cost,
        Attribute::Mode,
        Attribute::Year,
        Attribute::Date,
        Attribute::Time,
        Attribute::Start,
        Attribute::End,
        Attribute::Topic,
        Attribute::Team,
        Attribute::Weekdays,
        Attribute::MostPerWeek,
        Attribute::Stage,
        Attribute::Responsible,
        Attribute::Title,
        Attribute::Structure,
        Attribute::Demolition,
        Attribute::VotingHouseholds,
        Attribute::VotingArea,
        Attribute::AgreeingHouseholds,
        Attribute::AgreeingArea,
        Attribute::Storey,
        Attribute::Stairwell,
        Attribute::Lift,
        Attribute::Entry,
    ];

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
                | Attribute::Topic
                | Attribute::Team
                | Attribute::Stairwell
                | Attribute::Stage
                | Attribute::Responsible
        )
    }

    /// Its name as a key: the first by which it is recognised.
    #[must_use]
    pub const fn key(self) -> &'static str {
        self.names()[0]
    }
}

macro_rules! names {
    ($($attribute:ident: $($name:literal)*;)*) => {
        impl Attribute {
            /// The names by which a column is recognised, in order of preference: in lower case, without spaces.
            #[must_use]
            pub const fn names(self) -> &'static [&'static str] {
                match self {
                    $(Attribute::$attribute => &[$($name),*],)*
                }
            }
        }
    };
}

names! {
    Tier:
        "tier" "level" "tier_level" "station_level" "层级" "级别" "等级" "站点层级" "站点级别" "阵地层级" "阵地级别"
        "中心级别" "中心层级" "所属层级" "服务层级" "设施级别" "设施层级" "层次" "站点等级" "阵地类型";
    Kind:
        "kind" "type" "category" "facility_type" "设施类型" "类型" "类别" "设施类别" "站点类型" "站点类别" "场所类型"
        "设施种类" "种类";
    Services:
        "services" "service" "functions" "function" "service_items" "rooms" "offers" "服务" "服务项目" "服务功能" "功能"
        "功能室" "服务内容" "服务事项" "主要功能" "主要服务功能" "功能设置" "功能用房" "功能分区" "功能室设置"
        "功能布局" "服务功能室" "服务类型" "设置功能" "提供服务" "服务清单" "用房功能" "具备功能";
    Community:
        "community" "community_name" "社区" "社区名称" "所属社区" "村社区" "所在社区" "社区村" "村居" "所属村社区"
        "所属社区村" "所属村居" "所在村社区" "隶属社区" "所辖社区" "所属社区名称" "居委会" "所属居委会" "社区名"
        "village";
    CommunityCode:
        "community_code" "community_id" "社区代码" "社区编码" "区划代码" "社区编号" "所属社区编码" "所属社区代码"
        "所属社区编号" "统计用区划代码" "行政区划代码";
    Street:
        "street" "subdistrict" "street_name" "sub_district" "township" "街道" "街镇" "乡镇街道" "所属街道" "所在街道"
        "街道名称" "街道乡镇" "所属街镇" "所属乡镇街道" "所属街道乡镇" "镇街" "所属镇街" "隶属街道" "所在街镇"
        "所属街道名称" "乡镇" "街道办" "街道办事处" "所属街道办事处" "所属乡镇";
    StreetCode:
        "street_code" "subdistrict_code" "街道代码" "街道编码" "街道编号" "乡镇街道代码" "街镇代码" "所属街道编码"
        "所属街道代码" "街镇编码";
    Parent:
        "parent" "parent_id" "parent_code" "parent_station" "上级" "上级站点" "上级编号" "隶属" "上级站点编号"
        "上级站点编码" "上级编码" "上级单位" "上级阵地" "上级中心" "上级机构" "上级代码" "隶属站点" "隶属阵地"
        "所属上级" "归属站点" "主管站点" "上级服务中心" "上级党群服务中心" "上级阵地编号" "上级阵地编码" "父级"
        "父级编号";
    Sign:
        "has_sign" "sign" "标识" "有标识" "统一标识" "是否有标识" "标识标牌" "有无标识" "有统一标识" "是否有统一标识"
        "标牌" "有标牌" "门牌标识";
    Rules:
        "has_rules" "rules" "制度" "有制度" "是否有制度" "规章制度" "制度上墙" "有无制度" "有规章制度" "工作制度"
        "是否制度上墙";
    Facilities:
        "has_facilities" "facilities" "设施" "有设施" "是否有设施" "设施设备" "有无设施" "服务设施" "设施齐全"
        "设施配备" "有设施设备" "设备设施";
    FloorArea:
        "floor_area" "floor_area_m2" "area_m2" "gross_floor_area" "gfa" "建筑面积" "住宅面积" "面积" "总建筑面积"
        "住宅建筑面积" "场所面积" "使用面积" "站点面积" "用房面积" "阵地面积" "房屋面积" "楼栋建筑面积" "房屋建筑面积"
        "建筑总面积";
    Opened:
        "opened" "opened_on" "open_date" "opening_date" "start_date" "开放日期" "启用日期" "建成日期" "建成时间"
        "启用时间" "开放时间" "投用时间" "投用日期" "投入使用时间" "投入使用日期" "建成年月" "启用年月" "建成投用时间"
        "建设时间" "成立时间" "揭牌时间" "建成年份" "建立时间" "开放年月" "投用年月" "设立时间" "成立日期";
    Closed:
        "closed" "closed_on" "close_date" "closing_date" "end_date" "关闭日期" "停用日期" "停用时间" "关闭时间"
        "撤销时间" "撤销日期" "停用年月";
    OpeningHours:
        "opening_hours" "hours" "open_hours" "business_hours" "office_hours" "service_hours" "营业时间" "办公时间" "服务时间"
        "开放时段" "接待时间" "工作时间" "对外开放时间" "每周开放时间" "开放时间";
    Building:
        "building" "building_id" "楼栋" "楼栋编号" "建筑编号" "楼栋号" "楼号" "幢号" "楼栋编码" "建筑编码" "楼幢"
        "楼幢号";
    Dwellings:
        "dwellings" "households" "户数" "住宅套数" "总户数" "套数" "住户数" "居民户数";
    Footprint:
        "footprint" "footprint_m2" "building_footprint" "基底面积" "建筑基底面积" "占地面积" "建筑占地面积" "基底"
        "投影面积";
    Storeys:
        "storeys" "stories" "floors" "building:levels" "levels" "num_floors" "层数" "楼层数" "地上层数" "建筑层数"
        "总层数" "楼层" "总楼层";
    Capacity:
        "capacity" "people_capacity" "max_people" "容量" "可服务人数" "服务人数上限" "服务容量" "设计服务人口" "服务能力"
        "承载人数" "可容纳人数" "seats" "席位" "座位" "座位数" "名额" "席位数";
    Cost:
        "cost" "price" "investment" "费用" "造价" "投资" "建设费用" "建设成本" "投资额" "总投资" "概算" "估算投资" "预算"
        "成本" "金额";
    Mode:
        "mode" "build_mode" "how" "方式" "建设方式" "供给方式" "建设模式" "模式" "获取方式" "来源方式";
    Year:
        "year" "ready" "ready_year" "available" "available_from" "年份" "年度" "可用年份" "建成年度" "计划年度" "启用年份"
        "实施年度";
    Date:
        "date" "day" "session_date" "日期" "活动日期" "场次日期" "宣讲日期" "时间日期";
    Time:
        "time" "time_range" "when" "时间" "时段" "活动时间" "宣讲时间" "起止时间" "时间段";
    Start:
        "start" "start_time" "begins" "begin" "from" "开始" "开始时间" "起始时间" "开始时刻";
    End:
        "end" "end_time" "ends" "until" "结束" "结束时间" "终止时间" "结束时刻";
    Topic:
        "topic" "subject" "theme" "主题" "课题" "活动主题" "宣讲主题" "活动内容" "宣讲内容";
    Team:
        "team" "lecturer" "speaker" "host" "讲师" "主讲人" "主讲" "宣讲员" "宣讲团" "宣讲队" "团队" "讲师团";
    Weekdays:
        "weekdays" "days" "available_days" "星期" "可讲日" "可用日" "可安排日" "可授课日";
    MostPerWeek:
        "most_per_week" "per_week" "max_per_week" "每周最多" "每周场次" "每周上限" "周上限";
    Stage:
        "stage" "phase" "阶段" "当前阶段" "所处阶段" "办理阶段" "进度" "进展" "加装阶段";
    Responsible:
        "responsible" "responsible_party" "责任人" "责任单位" "牵头单位" "负责人" "责任主体" "包联责任人";
    Title:
        "title" "clear_title" "产权" "产权清晰" "产权情况" "产权是否清晰";
    Structure:
        "structure" "sound_structure" "结构安全" "结构" "结构情况" "结构是否安全" "房屋安全";
    Demolition:
        "demolition" "to_be_demolished" "拆迁" "征收" "拆迁征收" "列入拆迁" "列入征收" "是否列入拆迁" "是否列入征收"
        "是否列入拆迁征收范围" "拆除计划";
    VotingHouseholds:
        "voting_households" "参与表决户数比例" "参与表决户数占比" "参与表决人数占比" "表决户数占比";
    VotingArea:
        "voting_area" "参与表决面积比例" "参与表决面积占比" "表决面积占比";
    AgreeingHouseholds:
        "agreeing_households" "同意户数比例" "同意户数占比" "同意人数占比" "同意比例" "同意率";
    AgreeingArea:
        "agreeing_area" "同意面积比例" "同意面积占比";
    Storey:
        "storey" "story" "floor" "level" "storey_no" "floor_no" "所在楼层" "居住楼层" "所在层" "楼层" "层";
    Stairwell:
        "stairwell" "staircase" "stairwell_id" "单元" "单元号" "单元编号" "单元编码" "所在单元" "楼道" "楼道号";
    Lift:
        "lift" "elevator" "has_lift" "has_elevator" "电梯" "有无电梯" "是否有电梯" "有电梯" "电梯情况" "是否加装电梯";
    Entry:
        "entry" "lift_entry" "入户方式" "电梯入户方式" "停靠方式" "电梯停靠方式" "停层方式";
}
