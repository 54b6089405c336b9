//! The page's words, each in English and Chinese side by side; terms of planning offices.

use crate::coverage::Status;
use crate::gaps::GapReason;
use crate::model::{Profile, Severity};
use crate::search::Trip;
use crate::text::language::{InLanguage, Language, counted, counted_people};
use crate::units::{Cutoff, Unit};

macro_rules! catalogue {
    ($($name:ident: $english:literal, $chinese:literal;)*) => {
        /// The words of one language.
        #[derive(Debug)]
        pub(super) struct Words {
            pub(super) language: Language,
            $(pub(super) $name: &'static str,)*
        }

        impl Words {
            pub(super) const fn of(language: Language) -> &'static Self {
                match language {
                    Language::En => &Self { language: Language::En, $($name: $english,)* },
                    Language::Zh => &Self { language: Language::Zh, $($name: $chinese,)* },
                }
            }
        }
    };
}

pub(super) use catalogue;

catalogue! {
    default_title: "Who can walk to a ⟦station⟧", "⟦站点⟧步行覆盖评估";
    kicker: "Walking coverage report", "步行服务圈覆盖评估报告";
    left_out: "people left out", "未覆盖人口";
    in_circle_beyond: "live inside that circle, yet too far on foot", "直线圈内、步行超出范围的人口";
    curve: "People by distance on foot", "步行可达人口累计曲线";
    curve_note: "Share of all people whose nearest ⟦station⟧ is within so much walking.", "最近⟦站点⟧在相应步行范围内的人口占总人口的比例。";
    map: "Map", "覆盖分析图";
    map_label: "Map of the walking circles, the ⟦stations⟧ and the people left out", "步行服务圈、⟦站点⟧与未覆盖人口分布图";
    map_keys: "Arrow keys move the map, plus and minus zoom, 0 shows all.", "方向键平移，+ 与 − 缩放，0 显示全图。";
    walking: "Walked", "步行服务圈";
    straight: "Straight", "直线缓冲圈";
    both: "Both", "两者叠加";
    layer_out: "People left out", "未覆盖人口";
    layer_in: "People covered", "已覆盖人口";
    layer_gaps: "Gaps", "覆盖盲区";
    layer_stations: "⟦Stations⟧", "⟦站点⟧";
    layer_streets: "Streets", "路网";
    layer_areas: "Areas", "分区界线";
    layer_names: "Names", "名称";
    legend: "Legend", "图例";
    legend_station: "⟦station⟧", "⟦站点⟧";
    legend_out: "person left out", "未覆盖人口";
    legend_claimed: "inside the straight circle, too far on foot", "直线圈内、步行超出范围";
    legend_gap: "gap, numbered as in the table", "覆盖盲区（编号同台账）";
    legend_water: "water", "水域";
    legend_area: "area", "分区界线";
    zoom_in: "Zoom in", "放大";
    zoom_out: "Zoom out", "缩小";
    zoom_all: "Show all", "全图";
    north: "N", "北";
    gaps: "Where people are left out", "覆盖盲区问题台账";
    no_gaps: "Nobody is left out in a place that could be named.", "未发现成片的覆盖盲区。";
    gap_number: "No.", "编号";
    place: "Place", "位置";
    people: "People", "人口";
    too_far_min: "Minutes too far", "超出分钟";
    too_far_m: "Metres too far", "超出米数";
    nearest: "nearest:", "最近：";
    why: "Why", "成因";
    unnamed_place: "unnamed street", "无名道路";
    near_place: "near", "邻近";
    areas: "By area", "分区覆盖情况";
    area: "Area", "分区";
    covered: "Covered", "已覆盖";
    left: "Left out", "未覆盖";
    share: "Share", "覆盖率";
    stations: "⟦Stations⟧", "⟦站点⟧";
    station: "⟦Station⟧", "⟦站点⟧";
    stations_note: "People within each cutoff, and those who have only this ⟦station⟧.", "各阈值内的服务人口；“唯一依赖”指仅有该⟦站点⟧可达的人口。";
    only_here: "Only this one", "唯一依赖";
    off_network: "off the network", "远离路网";
    invalid_place: "no place", "无有效坐标";
    week: "The week", "全周开放覆盖";
    closed_then: "closed then", "此时不开放";
    counted: "Who is counted", "统计口径";
    counted_note: "Every record ends in exactly one row; shares are of all people read.", "每条记录只归入一类；比例以读入的全部人口为分母。";
    status: "Status", "状态";
    records: "Records", "记录数";
    total: "Total", "合计";
    findings: "Findings about the data", "数据检查意见";
    no_findings: "Nothing to remark.", "未发现问题。";
    effect: "Effect", "影响";
    cure: "Cure", "处理建议";
    example: "For example", "示例";
    method: "Method", "计算方法";
    walker: "Walker", "出行人群";
    speed: "On the level", "平路步速";
    steps: "On stairs", "台阶步速";
    no_steps: "not usable", "不可通行";
    signal: "Wait at a signal", "信号灯路口等候";
    crossing: "Wait at another crossing", "其他人行横道等候";
    lift: "Lift", "电梯";
    direction: "Direction", "出行方向";
    cutoffs: "Cutoffs", "阈值";
    decides: "Decides", "判定标准";
    snap: "Farthest street", "最大接驳距离";
    leg_factor: "Straight legs count", "接驳段系数";
    islands: "Islands shorter than", "孤立路段下限";
    circle_radius: "Straight circle", "直线缓冲圈半径";
    network: "Network", "路网规模";
    inputs: "Inputs", "输入数据与校验";
    inputs_note: "The same files give the same page, byte for byte. SHA-256 of each:", "相同输入得到逐字节相同的报告。各文件 SHA-256 校验值：";
    bytes: "Bytes", "字节";
    made_with: "Made with", "生成工具";
    map_data: "Map data", "地图数据";
    osm: "© OpenStreetMap contributors", "© OpenStreetMap 贡献者";
    osm_licence: "Open Database License 1.0", "开放数据库许可 ODbL 1.0";
    full_list: "The full lists are in the tables beside this page.", "完整清单见随附数据表。";
    layer_network: "network", "路网";
    layer_stations_file: "⟦stations⟧", "⟦站点⟧";
    layer_residents_file: "residents", "人口";
    layer_areas_file: "areas", "分区";
    layer_all_stations: "⟦stations⟧ of every tier", "全部层级⟦站点⟧";
    layer_communities: "communities", "社区名册";
    layer_compounds: "compounds", "小区";
    layer_gates: "gates", "出入口";
    layer_land: "residential land", "居住用地";
    layer_demand: "further demand", "其他需求";
    layer_study: "study file", "研究文件";
    layer_standard: "standard", "标准";
}

impl Words {
    /// One of two texts, for words that stand in one place only.
    pub(super) const fn either(
        &self,
        english: &'static str,
        chinese: &'static str,
    ) -> &'static str {
        match self.language {
            Language::En => english,
            Language::Zh => chinese,
        }
    }

    /// The default title, of the city that the network's file is named after.
    pub(super) fn study_of(&self, name: &str) -> String {
        let title = self.default_title;
        match self.language {
            Language::En => format!("{title}: {name}"),
            Language::Zh => format!("{title}：{name}"),
        }
    }

    /// "can walk to a service station within 15 minutes": what the covered can do.
    fn covered_can(&self, trip: Trip, cutoff: Cutoff) -> String {
        let within = self.within(cutoff);
        match (self.language, trip) {
            (Language::En, Trip::ToStation) => {
                format!("can walk to a ⟦station⟧ {within}")
            }
            (Language::En, Trip::FromStation) => {
                format!("can be reached on foot from a ⟦station⟧ {within}")
            }
            (Language::En, Trip::RoundTrip) => {
                format!("can walk to a ⟦station⟧ and back {within}")
            }
            (Language::Zh, Trip::ToStation) => format!("的居民{within}可达⟦站点⟧"),
            (Language::Zh, Trip::FromStation) => format!("的居民可由⟦站点⟧{within}到达"),
            (Language::Zh, Trip::RoundTrip) => format!("的居民{within}可往返⟦站点⟧"),
        }
    }

    /// "within 15 minutes", "on at most 1,000 m of walking".
    pub(super) fn within(&self, cutoff: Cutoff) -> String {
        let value = self.language.cutoff(cutoff);
        match (self.language, cutoff.unit()) {
            (Language::En, Unit::Milliseconds) => {
                format!("within {}", counted(cutoff, "minute", "minutes"))
            }
            (Language::En, Unit::Millimetres) => format!("within {value} of walking"),
            (Language::Zh, _) => format!("步行 {value}内"),
        }
    }

    /// The first sentence: what the walk says.
    pub(super) fn headline(&self, share: &str, trip: Trip, cutoff: Cutoff) -> String {
        let can = self.covered_can(trip, cutoff);
        match self.language {
            Language::En => format!("{share} of people {can}."),
            Language::Zh => format!("{share} {can}。"),
        }
    }

    /// The second sentence: what a plain circle would have claimed.
    pub(super) fn claim(&self, radius_m: f64, share: &str) -> String {
        let metres = self.language.metres(radius_m);
        match self.language {
            Language::En => format!("A plain {metres} circle would have claimed {share}."),
            Language::Zh => format!("若按 {metres}直线缓冲圈估算，则为 {share}。"),
        }
    }

    pub(super) fn figure_walked(&self, cutoff: Cutoff) -> String {
        match self.language {
            Language::En => format!("{} on foot", self.within(cutoff)),
            Language::Zh => format!("步行 {}人口覆盖率", self.language.cutoff(cutoff)),
        }
    }

    pub(super) fn figure_straight(&self, radius_m: f64) -> String {
        let metres = self.language.metres(radius_m);
        match self.language {
            Language::En => format!("inside a plain {metres} circle"),
            Language::Zh => format!("{metres}直线缓冲圈人口覆盖率"),
        }
    }

    pub(super) fn of_people(&self, people: &str) -> String {
        match self.language {
            Language::En => format!("of {}", counted_people(people)),
            Language::Zh => format!("总人口 {people} 人"),
        }
    }

    pub(super) fn count_people(&self, people: &str) -> String {
        match self.language {
            Language::En => counted_people(people),
            Language::Zh => format!("{people} 人"),
        }
    }

    pub(super) fn more_gaps(&self, gaps: &str, people: &str) -> String {
        match self.language {
            Language::En => {
                let gaps = counted(gaps, "smaller gap", "smaller gaps");
                format!("{gaps} with {}", counted_people(people))
            }
            Language::Zh => format!("其余 {gaps} 处较小盲区，共 {people} 人"),
        }
    }

    pub(super) fn other_gaps(&self, gaps: &str, people: &str) -> String {
        match self.language {
            Language::En if gaps == "1" => format!(
                "1 more, the smallest, with {}: it is in gaps.csv.",
                counted_people(people)
            ),
            Language::En => format!(
                "{gaps} more, the smallest, with {} together: they are in gaps.csv.",
                counted_people(people)
            ),
            Language::Zh => {
                format!("另有 {gaps} 处零星盲区，共 {people} 人，详见 gaps.csv。")
            }
        }
    }

    pub(super) const fn status(&self, status: Status) -> &'static str {
        match status {
            Status::Covered => self.either("covered", "已覆盖"),
            Status::Beyond => self.either("beyond the cutoff", "超出范围"),
            Status::Unreachable => self.either("no path to a ⟦station⟧", "路网不连通"),
            Status::OffNetwork => self.either("no street near", "远离路网"),
            Status::Invalid => self.either("invalid record", "无效记录"),
        }
    }

    pub(super) fn reason(&self, reason: GapReason) -> String {
        reason.in_language(self.language)
    }

    /// What longer opening would do; `station` is markup.
    pub(super) fn longer_opening(&self, station: &str, gain: &str) -> String {
        match self.language {
            Language::En => format!(
                "{station}, if it were open, would cover {}",
                counted_people(gain)
            ),
            Language::Zh => format!("“{station}”此时开放可新增覆盖 {gain} 人"),
        }
    }

    /// What a missing link would do.
    pub(super) fn link(&self, metres: &str, gain: &str) -> String {
        match self.language {
            Language::En => format!("{metres} of path would cover {}", counted_people(gain)),
            Language::Zh => format!("打通 {metres}可新增覆盖 {gain} 人"),
        }
    }

    /// How many walls there are, and what they cost.
    pub(super) fn walls(&self, compounds: &str, gates: &str, open: &str) -> String {
        match self.language {
            Language::En => {
                let compounds = counted(compounds, "compound", "compounds");
                let gates = counted(gates, "gate", "gates");
                format!("{compounds}, {gates}; {open} covered with all walls open")
            }
            Language::Zh => {
                format!("{compounds} 个小区、{gates} 个出入口；围墙全部敞开时覆盖率 {open}")
            }
        }
    }

    pub(super) fn stairs(
        &self,
        [up, down]: &[String; 2],
        at_street: &str,
        shut_in: &str,
    ) -> String {
        match self.language {
            Language::En => {
                format!(
                    "{up} a storey up, {down} down; {at_street} covered from the street door, {shut_in} shut in"
                )
            }
            Language::Zh => {
                format!(
                    "每层上楼 {up}、下楼 {down}；从楼门口起算的覆盖率 {at_street}，无法出门 {shut_in} 人"
                )
            }
        }
    }

    /// What another gate would do, with the way that it needs.
    pub(super) fn gate(&self, compound: &str, gain: &str, way_metres: Option<&str>) -> String {
        match (self.language, way_metres) {
            (Language::En, None) => {
                let gain = counted_people(gain);
                format!("a gate in the wall of {compound} would cover {gain}")
            }
            (Language::En, Some(metres)) => format!(
                "a gate in the wall of {compound}, with {metres} of path through it, would cover {}",
                counted_people(gain)
            ),
            (Language::Zh, None) => format!("在“{compound}”围墙增设出入口可新增覆盖 {gain} 人"),
            (Language::Zh, Some(metres)) => {
                format!("在“{compound}”围墙增设出入口并修建 {metres}通道，可新增覆盖 {gain} 人")
            }
        }
    }

    pub(super) const fn severity(&self, severity: Severity) -> &'static str {
        match severity {
            Severity::Error => self.either("error", "错误"),
            Severity::Warning => self.either("warning", "警告"),
            Severity::Note => self.either("note", "提示"),
        }
    }

    pub(super) const fn trip(&self, trip: Trip) -> &'static str {
        match trip {
            Trip::ToStation => self.either("from home to the ⟦station⟧", "由居住地至⟦站点⟧"),
            Trip::FromStation => self.either("from the ⟦station⟧ to the home", "由⟦站点⟧至居住地"),
            Trip::RoundTrip => self.either("there and back", "往返"),
        }
    }

    /// A named profile; the name of another one is data.
    pub(super) fn profile(&self, profile: &Profile) -> String {
        self.profile_name(profile.name())
    }

    /// See [`Words::profile`].
    pub(super) fn profile_name(&self, name: &str) -> String {
        let known = match name {
            "adult" => self.either("adult", "成年人"),
            "elder" => self.either("elder", "老年人"),
            "child" => self.either("child", "儿童"),
            "wheelchair" => self.either("wheelchair user", "轮椅使用者"),
            "plain" => self.either(
                "plain (no waits, stairs as streets)",
                "简化人群（不计等候，台阶按平路）",
            ),
            name => return name.to_owned(),
        };
        known.to_owned()
    }

    pub(super) fn seconds(&self, seconds: f64) -> String {
        match self.language {
            Language::En => format!("{seconds}\u{a0}s"),
            Language::Zh => format!("{seconds} 秒"),
        }
    }

    pub(super) fn kmh(&self, kmh: f64) -> String {
        let kmh = (kmh * 100.0).round() / 100.0;
        match self.language {
            Language::En => format!("{kmh}\u{a0}km/h"),
            Language::Zh => format!("{kmh} 公里/小时"),
        }
    }

    pub(super) fn lift_times(&self, wait_s: f64, storey_s: f64) -> String {
        let (wait, storey) = (self.seconds(wait_s), self.seconds(storey_s));
        match self.language {
            Language::En => format!("{wait}, and {storey} per storey"),
            Language::Zh => format!("等候 {wait}，每层 {storey}"),
        }
    }

    pub(super) fn network_size(&self, km: &str, nodes: &str, edges: &str) -> String {
        match self.language {
            Language::En => {
                let nodes = counted(nodes, "junction", "junctions");
                format!("{km}\u{a0}km, {nodes}, {}", counted(edges, "edge", "edges"))
            }
            Language::Zh => format!("{km} 公里，{nodes} 个节点，{edges} 条路段"),
        }
    }

    /// What a travel time is, in four sentences.
    pub(super) fn contract(&self, cutoff: Cutoff, max_snap_m: f64) -> [String; 4] {
        let snap = self.language.metres(max_snap_m);
        match self.language {
            Language::En => [
                format!("A walk follows the streets, and every part of it counts: the straight leg from the point to the nearest usable street, at most {snap}, the way along the streets, and the leg to the ⟦station⟧."),
                "Each direction of a street takes a whole number of milliseconds: its length on the WGS84 ellipsoid over the walker's speed, and the waits at crossings and lifts.".to_owned(),
                format!("Who reaches a ⟦station⟧ {} is covered, and a walk of exactly so much is within; everybody else has a reason.", self.within(cutoff)),
                "People are counted by these walks, never by the shapes on the map, which are drawn from the same walks every 10 m or finer.".to_owned(),
            ],
            Language::Zh => [
                format!("步行沿路网计算，全程计时：居住点到最近可通行道路的接驳段（不超过 {snap}）、路网路径，以及到⟦站点⟧的接驳段。"),
                "每条路段每个方向的通行时间取整数毫秒，等于路段在 WGS84 椭球面上的长度除以步速，另加过街与电梯等候时间。".to_owned(),
                format!("{}可达任一⟦站点⟧者计为已覆盖，恰好等于阈值者计入；未覆盖者逐一给出原因。", self.within(cutoff)),
                "人口一律按上述步行结果统计，不按图上图形统计；图上服务圈由同样的步行计算以不大于 10 米的间距取样绘制。".to_owned(),
            ],
        }
    }

    pub(super) fn input_layer<'t>(&self, layer: &'t str) -> &'t str {
        match layer {
            "network" => self.layer_network,
            "stations" => self.layer_stations_file,
            "residents" => self.layer_residents_file,
            "areas" => self.layer_areas_file,
            "all_stations" => self.layer_all_stations,
            "communities" => self.layer_communities,
            "compounds" => self.layer_compounds,
            "gates" => self.layer_gates,
            "land" => self.layer_land,
            "demand" => self.layer_demand,
            "study" => self.layer_study,
            "standard" => self.layer_standard,
            other => other,
        }
    }
}
