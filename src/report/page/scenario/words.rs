//! The words of this page, in English and Chinese side by side.

use crate::scenario::ChangeSums;
use crate::siting::Siting;
use crate::text::language::Language;

macro_rules! catalogue {
    ($($name:ident: $english:literal, $chinese:literal;)*) => {
        /// The words of one language.
        pub(super) struct Words {
            pub(super) language: Language,
            $(pub(super) $name: &'static str,)*
        }

        impl Words {
    /// How good the choice is.
    pub(super) fn certificate(&self, siting: &Siting) -> String {
        let (count, gap) = (siting.chosen.len(), siting.gap() * 100.0);
        let problem = siting.goal.name();
        let sites = self.language.pick("sites", "处");
        let proof = match (self.language, siting.proven) {
            (Language::En, true) => "No choice within the limits is better: that is proven.".to_owned(),
            (Language::En, false) => format!("The best may be {gap:.2} % better: that is the bound."),
            (Language::Zh, true) => "已证明：限制之内没有更好的方案。".to_owned(),
            (Language::Zh, false) => format!("最优方案至多再好 {gap:.2} %，这是已知的界限。"),
        };
        match self.language {
            Language::En => format!("{problem}: {count} {sites}. {proof}"),
            Language::Zh => format!("{problem}：{count} {sites}。{proof}"),
        }
    }

            pub(super) const fn of(language: Language) -> &'static Self {
                match language {
                    Language::En => &Self { language: Language::En, $($name: $english,)* },
                    Language::Zh => &Self { language: Language::Zh, $($name: $chinese,)* },
                }
            }
        }
    };
}

catalogue! {
    kicker: "What if", "情景对比";
    kicker_of_plan: "Where to build", "选址方案";
    scenario: "Scenario", "情景";
    as_it_is: "As it is", "现状";
    covered: "Covered", "已覆盖";
    share: "Share", "覆盖率";
    share_before: "Before", "原覆盖率";
    share_after: "After", "现覆盖率";
    gained: "Gained", "新增";
    lost: "Lost", "失去";
    median: "Median walk", "中位步行";
    people_hours: "People-hours a week", "每周人时";
    more: "More", "增减";
    newly_covered: "newly covered", "新增覆盖";
    no_longer_covered: "no longer covered", "不再覆盖";
    by_area: "By area", "分区变化";
    by_group: "By group", "分人群变化";
    plan: "The choice", "方案";
    site: "Site", "站点";
    year: "Year", "年份";
    cost: "Cost", "费用";
    people_more: "People more", "新增人口";
    by_sites: "People covered by number of sites", "覆盖率随站点数量的变化";
    by_money: "People covered by money spent", "覆盖率随投入费用的变化";
    nothing: "(this changes nothing)", "（没有变化）";
}

impl Words {
    /// The scenario that covers most people, beside the city as it is.
    pub(super) fn headline(&self, name: &str, sums: &ChangeSums) -> String {
        let [gained, lost] = [sums.gained, sums.lost].map(|people| self.language.people(people));
        let [before, after] = [
            (sums.covered_before, sums.people_before),
            (sums.covered_after, sums.people_after),
        ]
        .map(|(part, whole)| self.language.percent(part, whole));
        match self.language {
            Language::En => format!(
                "{name}: {after} of people are covered, {before} as it is. {gained} gain, {lost} lose."
            ),
            Language::Zh => {
                format!("{name}：覆盖率 {after}，现状 {before}。新增 {gained} 人，失去 {lost} 人。")
            }
        }
    }

    /// Minutes with one decimal.
    pub(super) fn minutes(&self, milliseconds: u64) -> String {
        let minutes = milliseconds as f64 / 60_000.0;
        match self.language {
            Language::En => format!("{minutes:.1}\u{a0}min"),
            Language::Zh => format!("{minutes:.1}\u{a0}分钟"),
        }
    }

    /// What an edit of a table does.
    pub(super) fn edit(&self, table: &str) -> &'static str {
        let (en, zh) = match table {
            "stations.add" => ("New station", "新增站点"),
            "stations.move" => ("Moved station", "迁移站点"),
            "stations.close" => ("Closed station", "关闭站点"),
            "streets.close" => ("Closed street", "关闭道路"),
            "streets.open" => ("Opened street", "开放道路"),
            "streets.step_free" => ("Made step-free", "无障碍改造"),
            "streets.draw" => ("New way", "新增道路"),
            "gates.open" => ("New gate", "新增出入口"),
            "gates.close" => ("Closed gate", "关闭出入口"),
            "population" => ("People", "人口"),
            _ => ("Walking speed, km/h", "步行速度（公里每小时）"),
        };
        self.language.pick(en, zh)
    }
}
