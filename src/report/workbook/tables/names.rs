//! What the tables of the written set are called as sheets, in the order in which the sheets stand.

/// A table as a sheet.
pub(super) struct TableName {
    /// The file.
    pub(super) file: &'static str,
    /// The sheet's tab and title in English and in Chinese.
    pub(super) words: [&'static str; 2],
}

const fn of(file: &'static str, en: &'static str, zh: &'static str) -> TableName {
    let words = [en, zh];
    TableName { file, words }
}

/// The tables that are sheets.
pub(super) const SHEETS: [TableName; 46] = [
    // What is to be done, by verb.
    of("sites.csv", "Measures", "措施清单"),
    of("site_curve.csv", "Gain by sites", "增设效益"),
    of("site_communities.csv", "Communities", "分社区变化"),
    of("scenarios.csv", "Scenarios", "情景对比"),
    of("scenario_hours.csv", "Hours of scenarios", "情景开放时间"),
    of("edits.csv", "Measures taken", "情景措施"),
    of("area_changes.csv", "Changes by area", "分区变化"),
    of("group_changes.csv", "Changes by group", "分人群变化"),
    of("lift_plan.csv", "Plan", "路线图"),
    of("lift_timetable.csv", "Timetable", "时间表"),
    of("lift_tasks.csv", "Tasks", "任务书"),
    of("lift_owners.csv", "Owners' shares", "业主分摊"),
    of("lift_progress.csv", "Progress", "进度"),
    of("lift_groups.csv", "Groups", "分人群效益"),
    of("sessions.csv", "Sessions", "宣讲日程"),
    of("next_sessions.csv", "Next sessions", "下一步场次"),
    of("session_weeks.csv", "Weeks", "分周进度"),
    of("session_areas.csv", "Areas", "分区覆盖"),
    of("session_groups.csv", "Groups", "分人群覆盖"),
    of("missed.csv", "Not reached", "未覆盖名单"),
    of("station_closures.csv", "Station closures", "站点停用影响"),
    of("station_pairs.csv", "Two closures", "两站同停影响"),
    of("street_closures.csv", "Street closures", "路段中断影响"),
    of("catchments.csv", "Catchments", "服务范围"),
    // What is asked beside coverage.
    of("tiers.csv", "Tiers", "分层级覆盖"),
    of("tiers_by_area.csv", "Tiers by area", "分区分层级"),
    of("indicators.csv", "Clauses", "标准条款"),
    of("services.csv", "Services", "服务项目"),
    of("service_times.csv", "Services by hours", "分时服务"),
    of("service_week.csv", "Services by the hour", "分周服务"),
    of("service_hours.csv", "Hours of services", "服务开放时间"),
    of("service_additions.csv", "Services to add", "可增服务"),
    of("register.csv", "Register", "名册核对"),
    of("register_by_year.csv", "Register by year", "历年建成"),
    of("steps_up.csv", "Upper tier", "上级站点"),
    of("membership.csv", "Membership", "社区归属"),
    of("cohorts.csv", "Groups", "分人群覆盖"),
    of("gaps_by_group.csv", "Gaps by group", "分人群盲区"),
    of("people_in_gaps.csv", "People in gaps", "盲区人群"),
    of("demand.csv", "Further demand", "其他需求"),
    of("sensitivity.csv", "Sensitivity", "敏感性分析"),
    of("supply.csv", "Supply", "供给与负荷"),
    of("access_areas.csv", "Supply by area", "分区供给"),
    of("access_groups.csv", "Supply by group", "分人群供给"),
    of("compounds.csv", "Compounds", "封闭小区"),
    of("hours.csv", "Hours of the week", "分时覆盖"),
];

/// The tables that a workbook leaves to their files: a row for each resident, pair or point of a curve, and the names of columns
/// in Shapefiles.
pub(super) const LEFT_OUT: [&str; 10] = [
    "residents.csv",
    "travel_times.csv",
    "changes.csv",
    "session_residents.csv",
    "catchment_residents.csv",
    "dependence.csv",
    "access.csv",
    "only_in_one.csv",
    "lorenz.csv",
    "fields.csv",
];

/// The tables whose rows stand on sheets that say more.
pub(super) const SHOWN_FULLER: [&str; 4] =
    ["areas.csv", "gaps.csv", "stations.csv", "station_hours.csv"];
