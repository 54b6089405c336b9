//! The words of this page, in English and Chinese side by side.

use crate::report::page::words::catalogue;
use crate::text::language::{Language, counted, counted_people};

catalogue! {
    kicker: "Travelling sessions", "流动场次";
    map_label: "Map of the people who had a session within their walk, week by week", "各周服务圈内有场次的居民分布图";
    whole: "Whole period", "全部时段";
    layer_had: "Had a session", "有场次";
    layer_none: "Had none", "无场次";
    legend_had: "people who had one within their walk", "服务圈内有场次的居民";
    legend_none: "people who had none in the whole period", "全部时段内无场次的居民";
    legend_held: "a place with a session", "举办场次的地点";
    had: "people had one", "有场次的人口";
    none: "people had none", "无场次的人口";
    online: "for them there is the online channel", "可走线上渠道";
    per_seat: "people for each seat", "每席位对应人口";
    seats: "seats", "席位";
    mean: "sessions a person on average", "人均场次";
    places: "places", "个地点";
    weeks: "Week by week", "分周情况";
    weeks_note: "The share of all people who had at least one session within their walk, by the week's Monday.", "各周（以周一日期表示）服务圈内至少有一个场次的人口占比。";
    sessions: "The sessions", "各场次";
    when: "When", "时间";
    place: "Place", "地点";
    topic: "Topic", "主题";
    people: "People", "可达人口";
    first_time: "First time", "首次覆盖";
    areas: "By area", "分区情况";
    area: "Area", "分区";
    all: "All", "总人口";
    share: "Had one", "覆盖率";
    next: "The next ones", "建议场次";
    team: "Who", "讲师";
    added: "More people", "新增人口";
}

impl Words {
    /// The answer in a sentence.
    pub(super) fn headline(&self, had: &str, all: &str, share: &str, sessions: &str) -> String {
        match self.language {
            Language::En => format!(
                "{had} of {} had a session within their walk: {share}.<span>There were {}.</span>",
                counted_people(all),
                counted(sessions, "session", "sessions")
            ),
            Language::Zh => {
                format!(
                    "{all} 人中，{had} 人在服务圈内有场次，占 {share}。<span>共 {sessions} 个场次。</span>"
                )
            }
        }
    }

    /// Where the other rows are.
    pub(super) fn more(&self, count: &str, file: &str) -> String {
        match self.language {
            Language::En => format!("{count} more in {file}"),
            Language::Zh => format!("另有 {count} 个，见 {file}"),
        }
    }

    /// How good the proposed places are.
    pub(super) fn proof(&self, gap: Option<&str>) -> String {
        match (self.language, gap) {
            (Language::En, None) => {
                "No other places reach more people who have had none: proven.".to_owned()
            }
            (Language::Zh, None) => "已证明没有更好的地点组合。".to_owned(),
            (Language::En, Some(gap)) => {
                format!("No other places reach more than {gap} above this.")
            }
            (Language::Zh, Some(gap)) => format!("任何地点组合至多再多 {gap}。"),
        }
    }
}
