//! The words of ours that stand in tables, as people read them.

use crate::text::language::Language;

/// Word, English, Chinese. What stands here is one thing in every column.
const CODES: [(&str, &str, &str); 76] = [
    ("covered", "covered", "已覆盖"),
    ("beyond", "beyond the cutoff", "超出范围"),
    ("unreachable", "no path", "路网不连通"),
    ("off_network", "no street near", "远离路网"),
    ("invalid", "invalid", "无效记录"),
    ("ok", "in use", "正常"),
    ("closed", "closed", "不开放"),
    ("too_far", "too far", "超出范围"),
    ("link_missing", "a link is missing", "缺少通道"),
    ("no_path", "no path", "路网不连通"),
    ("island", "on an island of streets", "位于孤立路段"),
    (
        "pocket_without_gate",
        "private ways without a gate",
        "封闭地块无出入口",
    ),
    ("behind_wall", "a wall is in the way", "围墙阻隔"),
    (
        "stairs",
        "too far because of the stairs at home",
        "因上下楼而超出范围",
    ),
    ("stairs_at_home", "stairs at home, no lift", "楼上无电梯"),
    (
        "stations_closed",
        "the stations near are closed then",
        "附近站点此时不开放",
    ),
    ("opening", "longer opening", "延长开放时间"),
    ("gate", "gate", "出入口"),
    ("link", "link", "通道"),
    ("station", "station", "站点"),
    ("yes", "yes", "是"),
    ("no", "no", "否"),
    ("true", "yes", "是"),
    ("false", "no", "否"),
    ("people", "people", "人口"),
    ("buildings", "buildings", "建筑"),
    ("residential_land", "residential land", "居住用地"),
    ("area", "area", "面积"),
    ("network", "walked", "步行路网"),
    ("straight", "straight", "直线"),
    ("metres", "metres", "米"),
    ("minutes", "minutes", "分钟"),
    ("pass", "pass", "达标"),
    ("fail", "fail", "未达标"),
    ("no_target", "no target", "无目标值"),
    ("beside", "beside", "并列"),
    ("no_stations", "no stations", "无站点数据"),
    ("nothing_counted", "nothing counted", "无统计对象"),
    ("not_measured", "not measured", "未量算"),
    ("street", "sub-district", "街道"),
    ("community", "community", "社区"),
    ("every", "every tier", "各层级均覆盖"),
    ("any", "any tier", "任一层级"),
    ("missing", "missing", "缺少站点"),
    ("duplicate", "duplicate", "重复登记"),
    ("to_review", "to review", "待核实"),
    ("unmatched", "unmatched", "未匹配"),
    ("wrong_community", "wrong community", "社区不符"),
    ("same_site", "same site", "同址"),
    ("audit", "audit", "达标核查"),
    ("tier", "tier", "层级"),
    ("adult", "adult", "成年人"),
    ("elder", "elder", "老年人"),
    ("child", "child", "儿童"),
    ("wheelchair", "wheelchair user", "轮椅使用者"),
    ("plain", "plain", "简化人群"),
    ("built", "built", "已加装"),
    ("under_way", "under way", "施工中"),
    ("ready", "ready", "条件具备"),
    ("open", "open", "待落实"),
    ("refused", "refused", "不符合"),
    ("level", "level with the flat", "平层入户"),
    ("half_landing", "at half landings", "半层停靠"),
    ("Mo", "Monday", "星期一"),
    ("Tu", "Tuesday", "星期二"),
    ("We", "Wednesday", "星期三"),
    ("Th", "Thursday", "星期四"),
    ("Fr", "Friday", "星期五"),
    ("Sa", "Saturday", "星期六"),
    ("Su", "Sunday", "星期日"),
    ("newly_covered", "newly covered", "新覆盖"),
    ("no_longer_covered", "no longer covered", "不再覆盖"),
    ("nearer", "nearer", "距离缩短"),
    ("farther", "farther", "距离增加"),
    ("other_station", "another station", "改由其他站点服务"),
    ("otherwise", "otherwise", "其他变化"),
];

/// A word as people read it; one that is none of ours as it is.
pub(in crate::report::workbook) fn told(code: &str, language: Language) -> &str {
    let known = CODES.iter().find(|(known, ..)| *known == code);
    match (known, language) {
        (Some((_, en, _)), Language::En) => en,
        (Some((_, _, zh)), Language::Zh) => zh,
        (None, _) => code,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coverage::{StationStatus, Status};
    use crate::gaps::{CureKind, GapReason};
    use crate::planning::indicators::{Denominator, Lack, Verdict};
    use crate::planning::lifts::LiftStatus;
    use crate::text::language::{InLanguage, is_chinese};

    #[test]
    fn every_word_of_ours_is_told_in_chinese() {
        use GapReason::{
            ClosedPocket, Island, LinkMissing, NoPath, OffNetwork, Stairs, StairsAtHome,
            StationsClosed, TooFar, Wall,
        };
        let reasons = [
            TooFar,
            LinkMissing,
            NoPath,
            Island,
            ClosedPocket,
            OffNetwork,
            Wall,
            Stairs,
            StairsAtHome,
            StationsClosed,
        ];
        let lacks = [Lack::Stations, Lack::Units, Lack::Measurement];
        let verdicts = lacks.map(Verdict::NoData).into_iter();
        let verdicts = verdicts.chain([
            Verdict::Pass,
            Verdict::Fail,
            Verdict::NoTarget,
            Verdict::Beside,
        ]);
        let stations = [
            StationStatus::Ok,
            StationStatus::OffNetwork,
            StationStatus::Invalid,
            StationStatus::Closed,
        ];
        let words = reasons.map(GapReason::name).into_iter();
        let words = words
            .chain(Status::ALL.map(Status::name))
            .chain(stations.map(StationStatus::name))
            .chain(CureKind::ALL.map(CureKind::name))
            .chain(Denominator::ALL.map(Denominator::name))
            .chain(LiftStatus::ALL.map(LiftStatus::name))
            .chain(verdicts.map(Verdict::name));
        for reason in reasons.into_iter().filter(|reason| *reason != NoPath) {
            for language in Language::ALL {
                assert_eq!(told(reason.name(), language), reason.in_language(language));
            }
        }
        for word in words {
            assert!(is_chinese(told(word, Language::Zh)), "{word}");
            assert!(!told(word, Language::En).contains('_'), "{word}");
        }
        assert_eq!(told("grid", Language::Zh), "grid");
    }

    #[test]
    fn no_word_stands_there_twice() {
        let mut words: Vec<&str> = CODES.iter().map(|(word, ..)| *word).collect();
        words.sort_unstable();
        let all = words.len();
        words.dedup();
        assert_eq!(words.len(), all);
    }
}
