//! What a service-circle study says on a terminal of 80 columns, beside the summary.

use super::Report;
use super::columns::{fit, pad_left, pad_right};
use super::indicators::terminal_indicators;
use super::noun::{StationNoun, name_stations, stations_head};
use super::terminal::plain_spaces;
use crate::coverage::Status;
use crate::model::Tier;
use crate::planning::indicators::{Denominator, Share};
use crate::planning::provision::{
    GroupCoverage, Provision, RegisterReport, ServiceReport, SupplyReport, SupplyTotals, Tiers,
};
use crate::text::language::{Language, counted, counted_people};
use crate::units::{People, Unit};

/// The widest line.
const COLUMNS: usize = 80;
/// Problems of the register are counted here, not listed.
const NAME: usize = 26;

/// What was asked beside coverage as text, no line wider than 80 columns; empty where nothing was.
#[must_use]
pub fn terminal_provision(report: &Report<'_>, language: Language) -> String {
    let Some(provision) = report.provision else {
        return String::new();
    };
    let mut text = Text {
        lines: String::new(),
        language,
    };
    text.headline(report, provision);
    text.tiers(&provision.tiers, report.noun);
    text.groups(&provision.groups, report.coverage.tests().deciding().unit());
    if let Some(found) = &provision.register {
        text.register(found, report.noun);
    }
    for (key, membership) in &provision.memberships {
        let mut tiers = provision.tiers.list.iter().map(|found| &found.tier);
        let tier = tiers.find(|tier| tier.key == *key);
        let tier = tier.map_or(key.as_str(), |tier| tier.name.get(language));
        let (own, any) = (membership.own(), membership.any());
        let all = provision.tiers.total;
        let (own, any, gain) = (
            percent(own, all),
            percent(any, all),
            language.people(membership.gain()),
        );
        text.line(&match language {
            Language::En => format!(
                "{tier}: own community's {own} %, any {any} %; opening all to all gains {gain}"
            ),
            Language::Zh => {
                format!("{tier}：本社区站点 {own}%，任意站点 {any}%；全部开放可增 {gain} 人")
            }
        });
    }
    if let Some(found) = &provision.services {
        text.services(found, report.noun);
    }
    if let Some(found) = &provision.supply {
        text.supply(found, report.noun);
    }
    // The other denominators are in the table.
    let mut indicators = provision.clauses.indicators();
    indicators.retain(|row| row.denominator == Denominator::People);
    if !indicators.is_empty() {
        text.lines.push('\n');
        text.lines
            .push_str(&terminal_indicators(&indicators, language));
    }
    text.lines
}

/// A share as people are told it, below a head or before a sign that says what it is in.
fn percent(part: People, whole: People) -> String {
    Share::of_people(part, whole).told()
}

struct Text {
    lines: String,
    language: Language,
}

impl Text {
    fn line(&mut self, content: &str) {
        self.lines.push_str(fit(content, COLUMNS).trim_end());
        self.lines.push('\n');
    }

    fn title(&mut self, en: &'static str, zh: &'static str, columns: [(&str, &str); 4]) {
        self.lines.push('\n');
        let names = columns.map(|(en, zh)| {
            let name = match self.language {
                Language::En => en,
                Language::Zh => zh,
            };
            pad_left(name, 12)
        });
        let title = pad_right(self.language.pick(en, zh), NAME);
        self.line(&format!("  {title}{}", names.concat()));
    }

    fn row(&mut self, name: &str, cells: [String; 4]) {
        let name = pad_right(&fit(name, NAME - 1), NAME);
        let cells = cells.map(|cell| pad_left(&cell, 12));
        self.line(&format!("  {name}{}", cells.concat()));
    }

    /// Who has a centre, and who reaches one: by a straight line, on foot, and for the last group asked about.
    fn headline(&mut self, report: &Report<'_>, provision: &Provision) {
        let communities = provision.register.as_ref().and_then(|found| {
            let mut tiers = found.tiers.iter();
            tiers.find(|tier| tier.tier == Tier::Community)
        });
        if let Some(tier) = communities {
            let is_all = tier.built.met == tier.built.all;
            let [met, all] =
                [tier.built.met, tier.built.all].map(|count| self.language.whole(count));
            self.line(&match (self.language, is_all) {
                (Language::En, true) if tier.built.all == 1 => {
                    "The 1 community has a centre.".to_owned()
                }
                (Language::En, true) => format!("All {all} communities have a centre."),
                (Language::En, false) => {
                    let have = if tier.built.met == 1 { "has" } else { "have" };
                    format!("{met} of {all} communities {have} a centre.")
                }
                (Language::Zh, true) => format!("{all} 个社区全部建有服务中心，建有率 100%。"),
                (Language::Zh, false) => format!("{all} 个社区中 {met} 个建有服务中心。"),
            });
        }
        let coverage = report.coverage;
        let total = coverage.total().people;
        let mut parts = Vec::new();
        for circle in coverage.straight() {
            let radius = plain_spaces(&self.language.metres(circle.radius_m));
            let share = percent(circle.inside.people, total);
            parts.push(match self.language {
                Language::En => format!("by a straight line of {radius} {share} % are covered"),
                Language::Zh => format!("按 {radius}直线计算覆盖率 {share}%"),
            });
        }
        let share = percent(coverage.with_status(Status::Covered).people, total);
        let test = coverage.tests().deciding().in_words(self.language);
        parts.push(match self.language {
            Language::En => format!("on foot ({test}) {share} %"),
            Language::Zh => format!("按实际步行（{test}）{share}%"),
        });
        if let Some(last) = provision.groups.last() {
            let share = percent(last.by_status[Status::Covered as usize], last.total);
            let name = &last.name;
            parts.push(match self.language {
                Language::En => format!("of \"{name}\" {share} %"),
                Language::Zh => format!("其中“{name}”{share}%"),
            });
        }
        for part in parts {
            self.line(&format!("  {part}"));
        }
    }

    fn tiers(&mut self, tiers: &Tiers, noun: Option<&StationNoun>) {
        if tiers.list.is_empty() {
            return;
        }
        let stations = stations_head(noun, self.language);
        self.title(
            "tiers",
            "层级",
            [
                (&stations, &stations),
                ("circle", "服务圈"),
                ("on foot %", "步行 %"),
                ("straight %", "直线 %"),
            ],
        );
        for found in &tiers.list {
            let tier = &found.tier;
            let circle = tier.deciding().map_or_else(String::new, |cutoff| {
                plain_spaces(&self.language.cutoff(cutoff))
            });
            let straight = found.within_straight;
            self.row(
                tier.name.get(self.language),
                [
                    self.language.whole(tier.stations.len() as u64),
                    circle,
                    percent(found.within, tiers.total),
                    straight.map_or_else(String::new, |within| percent(within, tiers.total)),
                ],
            );
        }
        let every = percent(tiers.within_every, tiers.total);
        let name = self.language.pick("every tier's circle", "各层级同时覆盖");
        self.row(name, [String::new(), String::new(), every, String::new()]);
    }

    fn groups(&mut self, groups: &[GroupCoverage], unit: Unit) {
        if groups.is_empty() {
            return;
        }
        let middle = match unit {
            Unit::Milliseconds => ("median min", "中位 分钟"),
            Unit::Millimetres => ("median m", "中位 米"),
        };
        self.title(
            "groups",
            "人群",
            [
                ("people", "人数"),
                ("covered %", "覆盖率 %"),
                middle,
                ("Gini", "基尼系数"),
            ],
        );
        for group in groups {
            let walks = group.walks();
            let median = walks.median().map_or_else(String::new, |cost| match unit {
                Unit::Milliseconds => format!("{:.1}", cost as f64 / 60_000.0),
                Unit::Millimetres => format!("{:.0}", cost as f64 / 1000.0),
            });
            let covered = group.by_status[Status::Covered as usize];
            let gini = walks.gini();
            self.row(
                &group.name,
                [
                    self.language.people(group.total),
                    percent(covered, group.total),
                    median,
                    gini.map_or_else(String::new, |gini| format!("{gini:.3}")),
                ],
            );
        }
    }

    fn register(&mut self, found: &RegisterReport, noun: Option<&StationNoun>) {
        self.lines.push('\n');
        let counts = [
            found.problems.len() as u64,
            found.places as u64,
            found.compliant.met,
            found.compliant.all,
            found.compliance_not_stated,
        ];
        let [problems, places, complies, all, silent] =
            counts.map(|count| self.language.whole(count));
        let comply = match (found.compliant.met, found.compliant.all) {
            (1, 1) => "⟦station⟧ complies",
            (_, 1) => "⟦station⟧ comply",
            (1, _) => "⟦stations⟧ complies",
            _ => "⟦stations⟧ comply",
        };
        let complying = match (
            self.language,
            found.compliant.all,
            found.compliance_not_stated,
        ) {
            (Language::En, 0, _) => "whether ⟦stations⟧ comply is not stated".to_owned(),
            (Language::Zh, 0, _) => "达标情况未填写".to_owned(),
            (Language::En, _, 0) => format!("{complies} of {all} {comply}"),
            (Language::Zh, _, 0) => format!("{all} 个⟦站点⟧中 {complies} 个达标"),
            (Language::En, ..) => {
                format!("{complies} of {all} {comply}, of {silent} too little is stated")
            }
            (Language::Zh, ..) => {
                format!("{all} 个⟦站点⟧中 {complies} 个达标，另有 {silent} 个填写不全")
            }
        };
        let text = match self.language {
            Language::En => format!(
                "register: {} in register.csv; {}; {complying}",
                counted(problems, "problem", "problems"),
                counted(places, "place", "places")
            ),
            Language::Zh => format!(
                "名册核对：{problems} 个问题，见 register.csv；{places} 处场所；{complying}"
            ),
        };
        self.line(&name_stations(text, noun, false));
    }

    fn supply(&mut self, found: &SupplyReport, noun: Option<&StationNoun>) {
        self.room(&found.totals(), noun);
        self.title(
            "places per 1,000 people",
            "每千人供给",
            [
                ("mean", "平均"),
                ("median", "中位"),
                ("have none %", "无供给 %"),
                ("Gini", "基尼系数"),
            ],
        );
        let places = |value: Option<f64>| value.map_or_else(String::new, |v| format!("{v:.1}"));
        for of_method in &found.methods {
            let all = &of_method.all;
            let gini = all
                .gini
                .map_or_else(String::new, |gini| format!("{gini:.3}"));
            let none = percent(all.none, all.known);
            let cells = [places(all.mean), places(all.median), none, gini];
            self.row(of_method.method.name(), cells);
        }
    }

    /// How many people there is room for, and where there is too little.
    fn room(&mut self, totals: &SupplyTotals, noun: Option<&StationNoun>) {
        self.lines.push('\n');
        let counts = [
            totals.stations - totals.without_capacity,
            totals.stations,
            totals.overloaded,
        ];
        let [with, all, overloaded] = counts.map(|count| self.language.whole(count));
        let [capacity, overload] =
            [totals.capacity, totals.overload].map(|people| self.language.people(people));
        let room = match self.language {
            Language::En => {
                let of_all = counted(all, "⟦station⟧", "⟦stations⟧");
                let capacity = counted_people(capacity);
                format!("supply: room for {capacity} at {with} of {of_all}")
            }
            Language::Zh => {
                format!("供给：{all} 个⟦站点⟧中 {with} 个给出容量，共可服务 {capacity} 人")
            }
        };
        self.line(&name_stations(room, noun, false));
        let over = match (self.language, totals.overloaded) {
            (_, 0) => return,
            (Language::En, 1) => format!(
                "  1 ⟦station⟧ is too small for the people nearest to it: {overload} too many"
            ),
            (Language::En, _) => format!(
                "  {overloaded} ⟦stations⟧ are too small for the people nearest to them: {overload} too many"
            ),
            (Language::Zh, _) => {
                format!("  其中 {overloaded} 个容纳不下以其为最近站点的居民，超出 {overload} 人")
            }
        };
        self.line(&name_stations(over, noun, false));
    }

    fn services(&mut self, found: &ServiceReport, noun: Option<&StationNoun>) {
        let coverage = &found.coverage;
        let all: People = coverage.all_within.all.people;
        let within = percent(coverage.all_within.all.covered, all);
        let at_one = percent(coverage.all_at_one.all.covered, all);
        let (count, places) = (found.names.len(), found.places_with_all);
        self.line(&match self.language {
            Language::En => format!(
                "services: all {count} within reach {within} %; all at one of {} {at_one} %",
                counted(places, "place", "places")
            ),
            Language::Zh => format!(
                "服务功能：{count} 项均可达 {within}%；在 {places} 处之一可一次办齐 {at_one}%"
            ),
        });
        if found.not_stated > 0 {
            let count = found.not_stated;
            let text = match self.language {
                Language::En => {
                    let stations = counted(count, "⟦station⟧", "⟦stations⟧");
                    format!("services are not stated of {stations}")
                }
                Language::Zh => format!("{count} 个⟦站点⟧未填写服务功能"),
            };
            self.line(&name_stations(text, noun, false));
        }
        if let Some((service, without)) = coverage.missing_most() {
            let (name, without) = (
                &found.names[service as usize],
                self.language.people(without),
            );
            self.line(&match self.language {
                Language::En => {
                    let are = if without == "1" { "is" } else { "are" };
                    let without = counted_people(without);
                    format!("missing most: {name}, {without} {are} without")
                }
                Language::Zh => format!("最缺服务：{name}，{without} 人不可达"),
            });
        }
        if let Some((name, sums)) = found.least_in_week() {
            let share = percent(sums.people_minutes, sums.all_people_minutes);
            self.line(&match self.language {
                Language::En => format!("least over the week: {name}, {share} % of people-hours"),
                Language::Zh => format!("全周最少：{name}，人时占比 {share}%"),
            });
        }
    }
}
