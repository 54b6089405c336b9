//! What only the page of a study says.

use super::super::words::Words;
use crate::hours::TimeOfWeek;
use crate::planning::indicators::Denominator;
use crate::planning::register::Proportion;
use crate::planning::shares::percent;
use crate::text::language::{InLanguage, Language, counted, counted_people};
use crate::units::{Cutoff, People};

impl Words {
    /// A share in percent with two decimals, as in the tables; a dash over nobody.
    pub(super) fn share(&self, part: People, whole: People) -> String {
        match percent(part, whole) {
            nothing if nothing.is_empty() => "–".to_owned(),
            number => self.language.with_percent(&number),
        }
    }

    /// The short names of what is counted about a group's walks.
    pub(super) const fn median_walk(&self) -> &'static str {
        self.either("median walk", "步行中位值")
    }

    pub(super) const fn worst_tenth(&self) -> &'static str {
        self.either("mean walk of the worst tenth", "最远一成人口平均步行")
    }

    pub(super) const fn gini(&self) -> &'static str {
        self.either("Gini index of walks", "步行基尼系数")
    }

    /// The headline of a tier; `tier` is markup.
    pub(super) fn tier_headline(&self, share: &str, tier: &str, cutoff: Cutoff) -> String {
        let within = self.within(cutoff);
        match self.language {
            Language::En => {
                format!("{share} of people are {within} of a ⟦station⟧ of the tier {tier}.")
            }
            Language::Zh => format!("{share} 的居民{within}可达{tier}⟦站点⟧。"),
        }
    }

    /// The headline of a group; `group` is markup.
    pub(super) fn group_headline(&self, share: &str, group: &str, cutoff: Cutoff) -> String {
        let within = self.within(cutoff);
        match self.language {
            Language::En => format!("{share} of the group {group} are {within} of a ⟦station⟧."),
            Language::Zh => format!("“{group}”人群中 {share} {within}可达⟦站点⟧。"),
        }
    }

    /// The title of the list of who is left out by a tier or of a group.
    pub(super) fn left_out_by(&self, name: &str) -> String {
        match self.language {
            Language::En => format!("Where people are left out: {name}"),
            Language::Zh => format!("未覆盖人口分布：{name}"),
        }
    }

    pub(super) fn count_stations(&self, stations: &str) -> String {
        match self.language {
            Language::En if stations == "1" => "1 ⟦station⟧".to_owned(),
            Language::En => format!("{stations} ⟦stations⟧"),
            Language::Zh => format!("{stations} 个⟦站点⟧"),
        }
    }

    /// So many of the stations of every tier are the study's.
    pub(super) fn stations_of(&self, stations: &str, every: &str) -> String {
        match self.language {
            Language::En => format!("{stations} ⟦stations⟧ of {every} of every tier"),
            Language::Zh => format!("评估⟦站点⟧ {stations} 个（各层级共 {every} 个）"),
        }
    }

    pub(super) fn on_foot(&self, cutoff: &str) -> String {
        match self.language {
            Language::En => format!("within {cutoff} on foot"),
            Language::Zh => format!("步行 {cutoff}内"),
        }
    }

    pub(super) fn in_a_straight_line(&self, metres: &str) -> String {
        match self.language {
            Language::En => format!("within {metres} in a straight line"),
            Language::Zh => format!("直线 {metres}内"),
        }
    }

    pub(super) fn against_target(&self, target: &str) -> String {
        match self.language {
            Language::En => format!("against a target of {target}"),
            Language::Zh => format!("目标 {target}"),
        }
    }

    /// What the register says, before anybody has walked.
    pub(super) fn have_a_centre(&self, met: &str, all: &str) -> String {
        match self.language {
            Language::En if met == "1" => {
                let all = counted(all, "community", "communities");
                format!("1 of {all} has a ⟦station⟧ of its own.")
            }
            Language::En => format!("{met} of {all} communities have a ⟦station⟧ of their own."),
            Language::Zh => format!("{all} 个社区中 {met} 个已建有⟦站点⟧。"),
        }
    }

    /// The sentence about one group; `group` is markup.
    pub(super) fn of_group(&self, group: &str, share: &str) -> String {
        match self.language {
            Language::En => format!("For the group {group} it is {share} on foot."),
            Language::Zh => format!("其中“{group}”人群步行覆盖率为 {share}。"),
        }
    }

    /// What a group's figure is; `group` is markup.
    pub(super) fn figure_group(&self, group: &str, cutoff: &str) -> String {
        match self.language {
            Language::En => format!("of {group} within {cutoff} on foot"),
            Language::Zh => format!("{group}步行 {cutoff}人口覆盖率"),
        }
    }

    pub(super) fn minutes(&self, minutes: f64) -> String {
        match self.language {
            Language::En => format!("{minutes:.1}\u{a0}min"),
            Language::Zh => format!("{minutes:.1} 分钟"),
        }
    }

    /// One resident's walk; `station` is markup.
    pub(super) fn walk_to(&self, cost: &str, station: &str) -> String {
        match self.language {
            Language::En => format!("one walk: {cost}, {station}"),
            Language::Zh => format!("实例：{cost}，{station}"),
        }
    }

    /// `station` is markup.
    pub(super) fn open_longer(&self, station: &str) -> String {
        match self.language {
            Language::En => format!("longer opening of {station}"),
            Language::Zh => format!("延长“{station}”开放时间"),
        }
    }

    pub(super) fn open_link(&self, metres: &str) -> String {
        match self.language {
            Language::En => format!("a path of {metres}"),
            Language::Zh => format!("打通 {metres}通道"),
        }
    }

    /// `compound` is markup; the way leads through the gate, from the street inside to the one outside.
    pub(super) fn open_gate(&self, compound: &str, way_metres: Option<&str>) -> String {
        match (self.language, way_metres) {
            (Language::En, None) => format!("a gate in the wall of {compound}"),
            (Language::En, Some(metres)) => {
                format!("a gate in the wall of {compound}, with {metres} of path through it")
            }
            (Language::Zh, None) => format!("在“{compound}”围墙增设出入口"),
            (Language::Zh, Some(metres)) => {
                format!("在“{compound}”围墙增设出入口，并修建 {metres}通道")
            }
        }
    }

    /// `compound` is markup.
    pub(super) fn behind_wall(&self, compound: &str) -> String {
        match self.language {
            Language::En => format!("the wall of {compound} is in the way"),
            Language::Zh => format!("“{compound}”围墙阻隔"),
        }
    }

    pub(super) fn indicators_of(&self, standard: &str) -> String {
        match self.language {
            Language::En => format!("Indicators: {standard}"),
            Language::Zh => format!("指标表：{standard}"),
        }
    }

    /// What is counted, and how much there is of it; land in hectares.
    pub(super) fn denominator(&self, name: &str, denominator: Denominator, all: u64) -> String {
        let amount = match denominator {
            Denominator::People => self.language.people(People::from_thousandths(all)),
            Denominator::Buildings => self.language.whole(all),
            Denominator::ResidentialLand | Denominator::Area => {
                let hectares = self.language.whole((all + 5000) / 10_000);
                match self.language {
                    Language::En => format!("{hectares}\u{a0}ha"),
                    Language::Zh => format!("{hectares} 公顷"),
                }
            }
        };
        format!("{name} {amount}")
    }

    /// Communities, or streets, that have a station of a tier.
    pub(super) fn have_one(&self, met: &str, all: &str) -> String {
        match self.language {
            Language::En => format!("{met} of {all}"),
            Language::Zh => format!("{met}/{all}"),
        }
    }

    /// What the register comes to.
    pub(super) fn register_note(
        &self,
        places: &str,
        (complies, not_stated): (Proportion, u64),
    ) -> String {
        let [complying, all, silent] =
            [complies.met, complies.all, not_stated].map(|count| self.language.whole(count));
        let mut note = match self.language {
            Language::En => format!(
                "Who has a ⟦station⟧ at all is not who can walk to one. The ⟦stations⟧ stand at {}; ",
                counted(places, "place", "places")
            ),
            Language::Zh => format!("建有率不等于步行覆盖率。⟦站点⟧共 {places} 处场所；"),
        };
        let complying = match (self.language, complies.all) {
            (Language::En, 0) => {
                "the register says of none whether it complies with what stations are held to."
                    .to_owned()
            }
            (Language::Zh, 0) => "台账未填写达标情况。".to_owned(),
            (Language::En, _) => {
                let (comply, them) = if complies.met == 1 {
                    ("complies", "it")
                } else {
                    ("comply", "them")
                };
                format!(
                    "{complying} of {all} {comply} in everything that the register states of {them}"
                )
            }
            (Language::Zh, _) => format!("{all} 个⟦站点⟧中 {complying} 个已填写各项均达标"),
        };
        note.push_str(&complying);
        if complies.all > 0 {
            let end = match (self.language, not_stated) {
                (Language::En, 0) => ".".to_owned(),
                (Language::Zh, 0) => "。".to_owned(),
                (Language::En, _) => format!("; of {silent} more it says too little."),
                (Language::Zh, _) => format!("；另有 {silent} 个⟦站点⟧填写不全，未作判断。"),
            };
            note.push_str(&end);
        }
        note
    }

    /// Of how many stations something is not stated.
    pub(super) fn not_stated(&self, count: &str) -> String {
        match self.language {
            Language::En => format!("{count} not stated"),
            Language::Zh => format!("{count} 个未填写"),
        }
    }

    pub(super) fn more_in_file(&self, count: &str, file: &str) -> String {
        match self.language {
            Language::En if count == "1" => format!("1 more is in {file}."),
            Language::En => format!("{count} more are in {file}."),
            Language::Zh => format!("另有 {count} 项，见 {file}。"),
        }
    }

    /// Which service is missing most, and for how many.
    pub(super) fn missing_most(&self, service: &str, people: &str) -> String {
        match self.language {
            Language::En => {
                format!(" Missing most: {service}, for {}.", counted_people(people))
            }
            Language::Zh => format!("最缺：{service}，涉及 {people} 人。"),
        }
    }

    /// What a station could add.
    pub(super) fn services_note(&self, cutoff: &str) -> String {
        match self.language {
            Language::En => format!("People with a place that offers it within {cutoff} on foot."),
            Language::Zh => format!("步行 {cutoff}内可获得各项服务的人口。"),
        }
    }

    /// At which time.
    pub(super) fn at_time(&self, at: TimeOfWeek) -> String {
        match self.language {
            Language::En => format!(" As at {at}."),
            Language::Zh => format!("时刻：{}。", at.zh()),
        }
    }

    /// Of how many stations nobody says what they offer.
    pub(super) fn services_not_stated(&self, count: u64) -> String {
        let whole = self.language.whole(count);
        match self.language {
            Language::En if count == 1 => {
                " What 1 ⟦station⟧ offers is not stated: it counts for no service here, and none is held to be missing there.".to_owned()
            }
            Language::En => format!(
                " What {whole} ⟦stations⟧ offer is not stated: they count for no service here, and none is held to be missing there."
            ),
            Language::Zh => {
                format!("另有 {whole} 个⟦站点⟧未填写服务功能：不计入任何服务，也不视为缺少服务。")
            }
        }
    }

    pub(super) fn counted_in_all(&self, denominators: &str) -> String {
        match self.language {
            Language::En => format!("Shares are of all: {denominators}."),
            Language::Zh => format!("统计口径（分母）：{denominators}。"),
        }
    }

    pub(super) fn clauses_without_stations(&self, count: &str) -> String {
        match self.language {
            Language::En if count == "1" => {
                "1 clause asks for no ⟦station⟧ of this study".to_owned()
            }
            Language::En => format!("{count} clauses ask for no ⟦station⟧ of this study"),
            Language::Zh => format!("本次研究中无对应⟦站点⟧的条款：{count} 项"),
        }
    }
}
