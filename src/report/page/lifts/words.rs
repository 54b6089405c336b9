//! The words of this page, in English and Chinese side by side.

use crate::report::page::words::catalogue;
use crate::text::language::{Language, counted, counted_people};

catalogue! {
    kicker: "A programme of lifts", "加装电梯工作图";
    map_label: "Map of the stairwells, by whether they have a lift or may have one", "各单元加装电梯情况分布图";
    layer_built: "Lifts that run", "已有电梯";
    layer_way: "Being built", "在建";
    layer_may: "May have one", "可加装";
    layer_not: "May not", "不符合条件";
    layer_plan: "The plan", "加装计划";
    legend_plan: "planned, numbered as in the table", "计划加装（编号同下表）";
    strip: "Where the programme stands", "工作进度";
    built: "with a lift", "已有电梯";
    way: "being built", "在建";
    planned: "planned", "计划加装";
    may: "may have one", "可加装";
    not: "may not", "不符合条件";
    all: "stairwells", "单元";
    saved: "person-minutes saved a day", "每日节省（人·分钟）";
    saved_note: "one way down and one way up for everybody behind them", "其内每人每日上下各一次";
    newly: "people newly covered", "新增覆盖人口";
    freed: "can leave home for the first time", "可首次出户";
    step_free: "people without a step to their flats", "无障碍到家人口";
    short_step_free: "Step-free", "无障碍到家";
    short_newly: "Covered", "新增覆盖";
    today: "today", "现状";
    timetable: "Timetable", "时间表";
    timetable_note: "Lifts begun in each quarter, and what is paid for them.", "各季度开工的电梯及其资金。";
    quarter: "Quarter", "季度";
    begun: "Begun", "开工";
    finished: "Finished", "建成";
    public: "Public money", "财政补贴";
    owners: "Owners", "业主分摊";
    plan: "Which come first", "路线图";
    worth: "What each would bring", "各单元加装效益";
    rank: "Rank", "序号";
    stairwell: "Stairwell", "单元";
    minutes: "Min a day", "每日分钟";
    cost: "Cost", "造价";
    policy: "By which policy", "依据的政策";
    unchecked: "Unchecked:", "未经核对：";
    groups: "Whom it helps", "受益人群";
    group: "Group", "人群";
    everybody: "everybody", "全部居民";
}

impl Words {
    /// The answer in a sentence.
    pub(super) fn headline(&self, lifts: &str, step_free: &str, newly: &str) -> String {
        match self.language {
            Language::En => format!(
                "{} would let {} reach home without a step.<span>{} would be newly covered.</span>",
                counted(lifts, "lift", "lifts"),
                counted_people(step_free),
                counted_people(newly)
            ),
            Language::Zh => format!(
                "加装 {lifts} 部电梯，{step_free} 人可无障碍到家。<span>新增覆盖 {newly} 人。</span>"
            ),
        }
    }

    /// The same where none are chosen.
    pub(super) fn headline_without(&self, may: &str, all: &str) -> String {
        match self.language {
            Language::En => format!("{may} of {all} stairwells may have a lift."),
            Language::Zh => format!("{all} 个单元中，{may} 个可以加装电梯。"),
        }
    }

    /// Who pays what of each lift.
    pub(super) fn pays(&self, name: &str, amount: &str) -> String {
        match self.language {
            Language::En => format!("{name} pays {amount} of each lift, capped at its cost"),
            Language::Zh => format!("{name}每部补贴 {amount}，以造价为限"),
        }
    }

    /// How good the choice is.
    pub(super) fn proof(&self, gap: Option<&str>) -> String {
        match (self.language, gap) {
            (Language::En, None) => {
                "No other choice within the limits is worth more: proven.".to_owned()
            }
            (Language::Zh, None) => "已证明在限定条件内没有更优的方案。".to_owned(),
            (Language::En, Some(gap)) => {
                format!(
                    "No other choice within the limits is worth more than {gap} above this one."
                )
            }
            (Language::Zh, Some(gap)) => format!("在限定条件内，任何方案至多再优 {gap}。"),
        }
    }

    /// Where the other rows are.
    pub(super) fn more(&self, count: &str) -> String {
        match self.language {
            Language::En => format!("{count} more in lift_plan.csv"),
            Language::Zh => format!("另有 {count} 个，见 lift_plan.csv"),
        }
    }
}
