//! The words of this page, in English and Chinese side by side.

use crate::report::page::words::catalogue;
use crate::text::language::{Language, counted, counted_people};
use crate::units::Unit;

catalogue! {
    kicker: "Whose ground is whose", "服务范围划分";
    map_label: "Map of the ground of each ⟦station⟧", "各⟦站点⟧服务范围图";
    layer_grounds: "Grounds", "服务范围";
    layer_in: "People near", "范围内人口";
    layer_out: "People too far", "超出范围人口";
    legend_ground: "ground of a ⟦station⟧; neighbours differ in colour", "⟦站点⟧服务范围（相邻者颜色不同）";
    of_them: "⟦stations⟧", "⟦站点⟧";
    with_ground: "with ground of their own", "有服务范围";
    served: "people with a ⟦station⟧", "有归属⟦站点⟧的人口";
    mean_walk: "walk on average", "平均步行";
    longest_of: "the longest", "最远";
    without: "people without", "无归属⟦站点⟧的人口";
    no_path: "no path to any", "路网不连通";
    stations: "The ⟦stations⟧", "各⟦站点⟧";
    stations_note: "People whose ⟦station⟧ it is, their share of all who have one, its ground, and how far they walk on average.", "归属人口及其占比、服务范围面积、平均步行。";
    station: "⟦Station⟧", "⟦站点⟧";
    people: "People", "人口";
    share: "Share", "占比";
    area: "km²", "平方公里";
    load: "Of capacity", "负荷率";
    drawn: "How the ground was drawn", "范围如何划分";
    balanced: "Balanced", "均衡";
}

impl Words {
    /// The station that has most; `name` is markup.
    pub(super) fn headline(&self, name: &str, people: &str, share: &str) -> String {
        match self.language {
            Language::En => format!(
                "{name} has most: {}, {share} of all.",
                counted_people(people)
            ),
            Language::Zh => format!("{name} 归属人口最多：{people} 人，占 {share}。"),
        }
    }

    /// The station that has fewest; `name` is markup.
    pub(super) fn fewest(&self, name: &str, people: &str) -> String {
        match self.language {
            Language::En => format!("{name} has fewest: {}.", counted_people(people)),
            Language::Zh => format!("{name} 归属人口最少：{people} 人。"),
        }
    }

    /// What walks are measured in, as the head of a column.
    pub(super) const fn mean(&self, unit: Unit) -> &'static str {
        match unit {
            Unit::Milliseconds => self.language.pick("Mean min", "平均分钟"),
            Unit::Millimetres => self.language.pick("Mean m", "平均米"),
        }
    }

    /// A walk of so much.
    pub(super) fn walk(&self, amount: f64, unit: Unit) -> String {
        match (self.language, unit) {
            (Language::En, Unit::Milliseconds) => format!("{amount:.1}\u{a0}min"),
            (Language::En, Unit::Millimetres) => format!("{amount:.0}\u{a0}m"),
            (Language::Zh, Unit::Milliseconds) => format!("{amount:.1}\u{a0}分钟"),
            (Language::Zh, Unit::Millimetres) => format!("{amount:.0}\u{a0}米"),
        }
    }

    /// Of what the ground is made, and who stands on another's.
    pub(super) fn cells(&self, cell_m: f64, people: &str, records: &str) -> [String; 2] {
        match self.language {
            Language::En => [
                format!(
                    "The ground is taken in cells of {cell_m:.0}\u{a0}m, as far from a street as people may live. A cell belongs to the ⟦station⟧ of the people in it; without people, to the one that is nearest from its middle."
                ),
                format!(
                    "{} ({}) stand on the ground of another ⟦station⟧ than their own, since most of their cell have that one. Tables count them with their own.",
                    counted_people(people),
                    counted(records, "record", "records")
                ),
            ],
            Language::Zh => [
                format!(
                    "地面按边长 {cell_m:.0} 米的网格划分，距道路不超过最大接驳距离。网格归属其中居民的⟦站点⟧；无人居住的网格归属自其中心步行最近的⟦站点⟧。"
                ),
                format!(
                    "{people} 人（{records} 条记录）所在网格因多数人另有归属而划给另一⟦站点⟧；各表仍按其本人归属统计。"
                ),
            ],
        }
    }

    /// What the balance keeps to; `capacity` is that of stations that have none of their own.
    pub(super) fn balance(&self, has_own: bool, capacity: Option<&str>, over: &str) -> String {
        let own = self
            .language
            .pick("Each as many as it can take", "各处不超过其容量");
        let people = capacity.map(|capacity| match self.language {
            Language::En => counted_people(capacity),
            Language::Zh => format!("{capacity} 人"),
        });
        let kept = match (self.language, has_own, people) {
            (_, _, None) => own.to_owned(),
            (Language::En, true, Some(people)) => {
                format!("{own}, and {people} where nothing is said")
            }
            (Language::Zh, true, Some(people)) => format!("{own}，未注明者至多 {people}"),
            (Language::En, false, Some(people)) => format!("At most {people} each"),
            (Language::Zh, false, Some(people)) => format!("每处至多 {people}"),
        };
        match self.language {
            Language::En => format!("{kept}; ⟦stations⟧ above that: {over}."),
            Language::Zh => format!("{kept}；超出的⟦站点⟧数：{over}。"),
        }
    }

    /// The mean walk as it is, the least that there can be, and that to the nearest.
    pub(super) fn balanced_walks(&self, [walked, least, nearest]: [&str; 3]) -> String {
        match self.language {
            Language::En => format!(
                "The mean walk is {walked}. The least there can be, if the people of one place may part, is {least}; with everybody at the nearest it would be {nearest}."
            ),
            Language::Zh => format!(
                "平均步行 {walked}；若同一处的人可分到不同⟦站点⟧，最少为 {least}；全部就近时为 {nearest}。"
            ),
        }
    }
}
