//! What the columns of tables are called for people, and what they hold.

use super::super::sheet::ColumnKind;

/// What the cells of a column are as text of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CellKind {
    /// Names, ids, sentences: text.
    Text,
    /// A word of ours, which is told in the reader's language.
    Code,
    /// A tier by its name in files.
    Tier,
    /// A number, in groups of three digits.
    Number,
    /// A number as it is: degrees, years.
    Plain,
    /// A share between 0 and 1.
    Share,
    /// A share in per cent.
    Percent,
}

impl CellKind {
    /// How a column of such cells stands.
    pub(super) const fn column(self) -> ColumnKind {
        match self {
            CellKind::Text | CellKind::Code | CellKind::Tier => ColumnKind::Text,
            CellKind::Number | CellKind::Plain => ColumnKind::Number,
            CellKind::Share | CellKind::Percent => ColumnKind::Share,
        }
    }
}

/// A column that is known.
#[derive(Clone, Copy, Debug)]
pub(super) struct ColumnName {
    pub(super) key: &'static str,
    pub(super) kind: CellKind,
    pub(super) words: [&'static str; 2],
}

macro_rules! columns {
    ($($kind:ident { $($key:literal: $en:literal, $zh:literal;)* })*) => {
        /// All that are known.
        pub(super) static COLUMNS: &[ColumnName] = &[$($(
            ColumnName { key: $key, kind: CellKind::$kind, words: [$en, $zh] },
        )*)*];
    };
}

columns! {
    Text {
        "id": "Id", "编号";
        "name": "Name", "名称";
        "other_id": "Other id", "另一编号";
        "other_name": "Other name", "另一名称";
        "area": "Area", "分区";
        "community": "Community", "社区";
        "serving_community": "Served by community", "服务社区";
        "street": "Street", "街道或道路";
        "building": "Building", "楼栋";
        "stairwell": "Stairwell", "单元";
        "station": "Station", "站点";
        "parent": "Station above", "上级站点";
        "service": "Service", "服务项目";
        "cohort": "Group", "人群";
        "group": "Group", "人群";
        "gate_compound": "Compound of the gate", "出入口所在小区";
        "nearest_station": "Nearest station", "最近站点";
        "standard": "Standard", "标准";
        "clause": "Clause", "条款";
        "meaning": "Meaning", "条款内容";
        "facility": "Facility", "设施";
        "source": "Source", "出处";
        "what": "Finding", "问题说明";
        "scenario": "Scenario", "情景";
        "target": "Target", "对象";
        "found": "Found", "匹配说明";
        "object": "Object", "对象";
        "mode": "Mode", "建设方式";
        "cure_mode": "Mode", "建设方式";
        "cure_responsible": "Responsible", "责任层级";
        "cure_deadline": "Deadline", "完成时限";
        "responsible": "Responsible", "责任单位";
        "missing": "Still to come", "待落实事项";
        "against": "Against it", "不符合事项";
        "topic": "Topic", "主题";
        "team": "Team", "团队";
        "begins": "Begins", "开始";
        "ends": "Ends", "结束";
        "runs": "Runs from", "投用";
        "next": "Next session", "下一场";
        "monday": "Week from", "周起始日";
        "quarter": "Quarter", "季度";
        "demand": "Demand", "需求";
        "circle": "Circle", "服务圈";
    }
    Tier {
        "tier": "Tier", "层级";
    }
    Code {
        "status": "Status", "状态";
        "status_before": "Status before", "原状态";
        "reason": "Cause", "成因";
        "cure": "Cure", "措施";
        "decides": "Decides", "判定依据";
        "denominator": "Counted", "统计口径";
        "measure": "Measured", "量算方式";
        "by": "Unit", "计量单位";
        "verdict": "Verdict", "结论";
        "checked": "Checked", "已核对原文";
        "meets_target": "Meets target", "是否达标";
        "level": "Level", "级别";
        "problem": "Problem", "问题类型";
        "profile": "Walker", "出行人群";
        "edit": "Measure", "措施";
        "kind": "Kind", "类型";
        "entry": "Lift stops", "停靠方式";
        "stage": "Stage", "阶段";
        "next_stage": "Next stage", "下一阶段";
        "unit": "Unit", "计量单位";
        "day": "Day", "日期";
    }
    Plain {
        "lon": "Longitude", "经度";
        "lat": "Latitude", "纬度";
        "link_from_lon": "Link from, longitude", "通道起点经度";
        "link_from_lat": "Link from, latitude", "通道起点纬度";
        "link_to_lon": "Link to, longitude", "通道终点经度";
        "link_to_lat": "Link to, latitude", "通道终点纬度";
        "year": "Year", "年度";
        "hour": "Hour", "时";
    }
    Share {
        "share": "Share", "比例";
        "share_before": "Share before", "原比例";
        "share_after": "Share after", "实施后比例";
        "cumulative_share": "Share so far", "累计比例";
        "share_of_week": "Share of the week", "全周占比";
    }
    Percent {
        "percent": "Share", "比例";
        "percent_of_week": "Share of the week", "全周占比";
        "within_minutes_percent": "By minutes", "按时间覆盖率";
        "within_metres_percent": "By metres", "按路程覆盖率";
        "within_straight_percent": "By straight line", "按直线覆盖率";
        "own_community_percent": "In own community", "本社区站点覆盖率";
        "compliant_percent": "By stations that comply", "达标站点覆盖率";
        "target_percent": "Target", "目标值";
        "built_percent": "Built", "建有率";
        "within_percent": "Covered", "覆盖率";
        "percent_of_cohort": "Of the group", "占该人群比例";
    }
    Number {
        "gap": "Gap", "盲区编号";
        "rank": "Order", "顺序";
        "order": "Order", "顺序";
        "records": "Records", "记录数";
        "residents": "Records", "记录数";
        "people": "People", "人口";
        "population": "People", "人口";
        "population_before": "People before", "原人口";
        "covered": "Covered", "已覆盖人口";
        "covered_before": "Covered before", "原覆盖人口";
        "covered_after": "Covered after", "实施后覆盖人口";
        "covered_population": "Covered", "已覆盖人口";
        "covered_population_walls_open": "Covered without walls", "围墙敞开时覆盖人口";
        "surely_covered_population": "Surely covered", "确定覆盖人口";
        "beyond": "Beyond the cutoff", "超出范围";
        "unreachable": "No path", "路网不连通";
        "off_network": "No street near", "远离路网";
        "invalid": "Invalid", "无效记录";
        "within": "Within", "范围内";
        "all": "All", "总量";
        "limit": "Limit", "阈值";
        "value": "Value", "取值";
        "cutoff": "Cutoff", "阈值";
        "minutes": "Minutes", "分钟";
        "metres": "Metres", "米";
        "seconds": "Seconds", "秒";
        "stations": "Stations", "站点数";
        "have_one": "Have one", "已建有";
        "of": "Of", "应有";
        "newly_within": "Newly within", "可新增覆盖";
        "gates": "Gates", "出入口数";
        "median_extra_seconds": "Too far, seconds", "超出秒数";
        "median_extra_metres": "Too far, metres", "超出米数";
        "median_extra_leg_m": "Way to the gate, more metres", "绕行出入口米数";
        "link_metres": "Link, metres", "通道长度（米）";
        "link_gain": "Covered by the link", "打通可覆盖";
        "mean_seconds": "Mean, seconds", "平均步行秒数";
        "median_seconds": "Median, seconds", "中位步行秒数";
        "p90_seconds": "90 % within, seconds", "90%人口步行秒数";
        "worst_decile_mean_seconds": "Worst tenth, seconds", "最远一成平均秒数";
        "mean_metres": "Mean, metres", "平均步行米数";
        "median_metres": "Median, metres", "中位步行米数";
        "p90_metres": "90 % within, metres", "90%人口步行米数";
        "worst_decile_mean_metres": "Worst tenth, metres", "最远一成平均米数";
        "longest_seconds": "Longest, seconds", "最远步行秒数";
        "longest_metres": "Longest, metres", "最远步行米数";
        "gini": "Gini", "基尼系数";
        "palma": "Palma", "帕尔马比";
        "cost": "Cost", "费用";
        "cure_cost": "Cost", "费用";
        "cure_gain": "Covered by the cure", "可新增覆盖";
        "cure_people_per_cost": "People for one of cost", "单位费用受益人口";
        "people_per_cost": "People for one of cost", "单位费用受益人口";
        "public": "Public money", "财政资金";
        "owners": "Owners' money", "业主出资";
        "province": "Province", "省级补助";
        "city": "City", "市级补助";
        "district": "District", "区级补助";
        "amount": "Amount", "应出金额";
        "amount_a_household": "Amount a household", "每户金额";
        "households": "Households", "户数";
        "storey": "Storey", "楼层";
        "storeys": "Storeys", "层数";
        "cumulative_people": "People so far", "累计人口";
        "people_alone": "People if alone", "单独实施受益人口";
        "capacity": "Capacity", "服务能力";
        "sites": "Sites", "站点数";
        "gained": "Gained", "新增覆盖";
        "lost": "Lost", "失去覆盖";
        "newly_covered": "Newly covered", "新覆盖人口";
        "no_longer_covered": "No longer covered", "不再覆盖人口";
        "nearer": "Nearer", "距离缩短人口";
        "farther": "Farther", "距离增加人口";
        "changed_residents": "Records that change", "变化记录数";
        "mean_minutes": "Mean minutes", "平均分钟";
        "median_minutes": "Median minutes", "中位分钟";
        "changed": "Changed", "变动数";
        "distance_m": "Distance, metres", "距离（米）";
        "people_above_first_storey": "People above the first storey", "二层及以上人口";
        "person_minutes_a_day": "Minutes saved a day, all people", "每日节省（人·分钟）";
        "freed": "Can go out again", "恢复出行人口";
        "step_free": "Step-free home", "可无障碍到家";
        "step_free_with_plan": "Step-free with the plan", "实施后可无障碍到家";
        "not_known": "Not known", "情况不明人口";
        "lifts": "Lifts", "电梯数";
        "begun": "Begun", "开工";
        "finished": "Finished", "完工";
        "stairwells": "Stairwells", "单元数";
        "built": "Built", "已加装";
        "under_way": "Under way", "施工中";
        "ready": "Ready", "条件具备";
        "open": "Open", "待落实";
        "refused": "Refused", "不符合";
        "planned": "Planned", "列入计划";
        "seats": "Seats", "席位";
        "people_per_seat": "People per seat", "每席人口";
        "first_time_people": "For the first time", "首次覆盖人口";
        "sessions": "Sessions", "场次";
        "had_a_session": "Had a session", "已有场次覆盖";
        "had_none": "Had none", "无场次覆盖";
        "mean_sessions": "Mean sessions", "人均场次";
        "records_lost": "Records lost", "失去覆盖记录";
        "people_lost": "People lost", "失去覆盖人口";
        "people_lost_together": "People lost together", "合计失去覆盖人口";
        "people_cut_off": "Cut off", "无路可达人口";
        "people_farther": "Farther", "距离增加人口";
        "person_minutes_added": "Minutes more, all people", "增加（人·分钟）";
        "person_km_added": "Kilometres more, all people", "增加（人·公里）";
        "nearest_population": "Nearest people", "就近人口";
        "load": "Load", "负荷";
        "overload": "Overload", "超负荷";
        "within_population": "People within", "范围内人口";
        "stations_open": "Stations open", "开放站点数";
        "open_at": "Stations open then", "所问时刻开放站点数";
        "within_at": "Within then", "所问时刻范围内人口";
        "surely_within_at": "Surely within then", "其中开放时间确知的人口";
        "within_when_all_open": "Within if all were open", "全部开放时范围内人口";
        "surely_within": "Surely within", "开放时间确知的范围内人口";
        "people_hours": "People-hours", "全周人时";
        "sure_people_hours": "Sure people-hours", "开放时间确知的人时";
        "more_people_hours": "People-hours more", "增加人时";
        "more_sure_people_hours": "Sure people-hours more", "增加确知人时";
        "covered_at": "Covered then", "所问时刻覆盖人口";
        "surely_covered_at": "Surely covered then", "其中开放时间确知的覆盖人口";
        "more_covered_at": "More covered then", "所问时刻增加覆盖人口";
        "open_minutes": "Minutes open a week", "每周开放分钟";
        "population_known": "People with supply known", "供给已知人口";
        "population_unknown": "People with supply unknown", "供给未知人口";
        "population_with_none": "People without supply", "无供给人口";
        "population_understated": "People with more than known", "供给偏低估人口";
        "capacity_per_thousand": "Capacity per thousand", "千人服务能力";
        "mean_per_thousand": "Mean per thousand", "千人平均";
        "p10_per_thousand": "Least tenth per thousand", "千人最低一成";
        "median_per_thousand": "Median per thousand", "千人中位";
        "p90_per_thousand": "Most tenth per thousand", "千人最高一成";
    }
}
