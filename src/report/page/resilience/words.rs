//! The words of this page, in English and Chinese side by side.

use crate::report::page::words::catalogue;
use crate::resilience::{MapObject, StreetKind};
use crate::text::language::{Language, counted, counted_people};
use crate::units::Unit;

catalogue! {
    kicker: "What breaks", "韧性评估";
    map_label: "Map of those who depend on one ⟦station⟧ alone, and of the closings that cost most", "唯一依赖人口与影响最大的关闭项分布图";
    none_within: "have none", "没有可达⟦站点⟧";
    one_within: "depend on one alone", "只依赖一处";
    two_within: "have two", "有两处";
    more_within: "have three or more", "有三处及以上";
    layer_ones: "Depend on one", "唯一依赖人口";
    layer_none: "Have none", "未覆盖人口";
    layer_shuts: "What closes", "关闭影响";
    legend_ones: "depends on one ⟦station⟧ alone", "只依赖一处⟦站点⟧";
    legend_none: "has none near", "未覆盖";
    legend_shapes: "⟦station⟧; street, bridge, gate: numbered as in the tables", "⟦站点⟧；道路设施（编号同各表）";
    legend_longer: "nobody near loses it, others walk farther", "范围内无人失去服务，其他人走更远";
    stations: "If a ⟦station⟧ closes", "关闭一处⟦站点⟧";
    stations_note: "Each is closed by itself. Those are listed first whose closing takes the service from most people.", "逐一关闭，按失去服务的人数由多到少排列。";
    pairs: "If two ⟦stations⟧ close together", "同时关闭两处⟦站点⟧";
    pairs_note: "Of the ⟦stations⟧ whose closing costs most, each two. “Both needed”: those who keep the service while one of the two stays.", "影响最大的⟦站点⟧两两同时关闭；“共同依赖”指任一处单独关闭时仍有服务的人。";
    streets: "If a bridge, gate, crossing or lift closes", "关闭一处桥梁、出入口、过街处或电梯";
    streets_none: "Closing any one of them makes nobody's walk longer.", "逐一关闭，均不影响任何人的步行。";
    streets_round: "There and back only ⟦stations⟧ are closed.", "往返步行只计算关闭⟦站点⟧。";
    rank: "No.", "编号";
    station: "⟦Station⟧", "⟦站点⟧";
    pair: "The two", "两处⟦站点⟧";
    street: "Place", "位置";
    lost: "Lose it", "失去服务";
    farther: "Walk farther", "走更远";
    together: "Both needed", "共同依赖";
    meaning: "“Lose it”: people who are within reach of a ⟦station⟧ now and would be of none. “Walk farther”: people whose nearest ⟦station⟧ would be farther, within reach or not.", "“失去服务”：原在范围内、关闭后任何⟦站点⟧都不在范围内的人口；“走更远”：到最近⟦站点⟧变远的人口，无论是否在范围内。";
}

impl Words {
    /// How many depend on one station alone: `within` is "within 15 minutes".
    pub(super) fn headline(&self, people: &str, share: &str, within: &str) -> String {
        match self.language {
            Language::En if people == "0" => {
                format!("Nobody depends on a single ⟦station⟧ {within}.")
            }
            Language::En => {
                let people = counted_people(people);
                format!(
                    "{people} ({share}) have a single ⟦station⟧ {within}. If it closes, they have none."
                )
            }
            Language::Zh if people == "0" => format!("{within}，没有人只依赖一处⟦站点⟧。"),
            Language::Zh => {
                format!("{people} 人（{share}）{within}只有一处⟦站点⟧；该处关闭即失去服务。")
            }
        }
    }

    /// The station that would be missed most; `name` is markup.
    pub(super) fn worst_station(&self, name: &str, lost: &str, farther: &str) -> String {
        match self.language {
            Language::En => format!(
                "The ⟦station⟧ that would be missed most is {name}: without it {} would have none near, and {farther} would walk farther.",
                counted_people(lost)
            ),
            Language::Zh => {
                format!("影响最大的⟦站点⟧是 {name}：关闭后 {lost} 人失去服务，{farther} 人走更远。")
            }
        }
    }

    /// The piece of the streets that would be missed most; `name` is markup.
    pub(super) fn worst_street(&self, name: &str, lost: &str, farther: &str) -> String {
        match self.language {
            Language::En => format!(
                "On the streets it is {name}: {} would lose the service, and {farther} would walk farther.",
                counted_people(lost)
            ),
            Language::Zh => {
                format!("道路设施中影响最大的是{name}：{lost} 人失去服务，{farther} 人走更远。")
            }
        }
    }

    /// The people within the cutoff of a station.
    pub(super) fn serves(&self, people: &str) -> String {
        match self.language {
            Language::En => format!("{} within reach", counted_people(people)),
            Language::Zh => format!("范围内 {people} 人"),
        }
    }

    /// Those who could walk to none at all.
    pub(super) fn cut_off(&self, people: &str) -> String {
        match self.language {
            Language::En => format!("{} cut off from all", counted_people(people)),
            Language::Zh => format!("{people} 人完全断开"),
        }
    }

    /// What is added to all walks.
    pub(super) const fn added(&self, unit: Unit) -> &'static str {
        match unit {
            Unit::Milliseconds => self.language.pick("Person-minutes more", "增加人·分钟"),
            Unit::Millimetres => self.language.pick("Person-km more", "增加人·公里"),
        }
    }

    pub(super) const fn kind(&self, kind: StreetKind) -> &'static str {
        match kind {
            StreetKind::Bridge => self.language.pick("bridge", "桥梁"),
            StreetKind::Gate => self.language.pick("gate", "出入口"),
            StreetKind::Crossing => self.language.pick("crossing", "过街处"),
            StreetKind::Lift => self.language.pick("lift", "电梯"),
        }
    }

    /// Of what an id of the map is.
    pub(super) const fn object(&self, object: MapObject) -> &'static str {
        match object {
            MapObject::Way => self.language.pick("way", "道路"),
            MapObject::Node | MapObject::Record => self.language.pick("node", "节点"),
        }
    }

    /// What is said besides, behind a name.
    pub(super) fn in_brackets(&self, what: &str) -> String {
        match self.language {
            Language::En => format!(" ({what})"),
            Language::Zh => format!("（{what}）"),
        }
    }

    /// From how many people who lose it on.
    pub(super) fn from(&self, people: &str) -> String {
        match self.language {
            Language::En => format!("{people} or more lose it"),
            Language::Zh => format!("失去服务 {people} 人及以上"),
        }
    }

    /// Fewer than these, and somebody.
    pub(super) fn fewer(&self, people: &str) -> String {
        match self.language {
            Language::En => format!("fewer than {people}"),
            Language::Zh => format!("少于 {people} 人"),
        }
    }

    /// How many there are beyond those in a table.
    pub(super) fn more(&self, count: &str, file: &str) -> String {
        match self.language {
            Language::En => format!("{count} more in {file}."),
            Language::Zh => format!("另有 {count} 项，见 {file}。"),
        }
    }

    /// How many were closed, by kind: bridges, gates, crossings, lifts.
    pub(super) fn closed(&self, [bridges, gates, crossings, lifts]: [String; 4]) -> String {
        match self.language {
            Language::En => format!(
                "Closed one at a time: {}, {}, {}, {}.",
                counted(bridges, "bridge", "bridges"),
                counted(gates, "gate", "gates"),
                counted(crossings, "crossing", "crossings"),
                counted(lifts, "lift", "lifts")
            ),
            Language::Zh => format!(
                "逐一关闭：桥梁 {bridges} 座、出入口 {gates} 处、过街处 {crossings} 处、电梯 {lifts} 部。"
            ),
        }
    }

    /// Crossings at which there is nothing to close.
    pub(super) fn bare(&self, count: &str) -> String {
        match self.language {
            Language::En => format!(
                "{} no way that leads across, and nothing to close.",
                counted(count, "more crossing has", "more crossings have")
            ),
            Language::Zh => format!("另有 {count} 处过街没有单独的过街道路，无可关闭。"),
        }
    }
}
