//! `pedshed lifts`: what lifts would bring to whom, which are built first, and who pays.

use std::time::Duration;

use pedshed::inputs::Source;
use pedshed::language::Language;
use pedshed::parallel;
use pedshed::planning::lifts::{
    LiftBenefit, LiftChoice, LiftGoal, LiftLimits, LiftPolicy, LiftSeason, LiftStairwell,
    LiftStatus,
};
use pedshed::report::{pad_left, visible};
use pedshed::siting::Money;
use pedshed::study::{LiftsAnswer, LiftsQuestion, Parts, Study};

use super::scenario::print_findings;
use crate::circle::groups_of_all;
use crate::exit::{Exit, UsageError};
use crate::lifts_args::LiftsArgs;
use crate::limits;
use crate::options::{in_range, threads};
use crate::session::Session;
use crate::study::{city_study, map_outputs, run_watched};
use crate::terminal::{say, say_in, words};
use crate::words::flagged;
use crate::written::print_written;

/// Stairwells that are printed.
const LISTED: usize = 10;

pub(crate) fn run(args: &LiftsArgs, session: Session<'_>) -> anyhow::Result<Exit> {
    let threads = threads(&args.run)?;
    let policy_file = policy_file(args)?;
    let mut study = city_study(&args.layers, &args.walk, Some(&args.memory))?;
    let question = question(args, &study, policy_file.as_ref())?;
    question.keep_columns(&mut study.layers);
    study.outputs = map_outputs(&args.map, "lifts", session.language)?;
    let directory = study.outputs.open_for(&args.out, &LiftsAnswer::FILES)?;
    parallel::with_threads(threads, || {
        let mut result = run_watched(&study, Parts::default(), &args.run, session)?;
        let answer = result.lifts(&question, session.control())?;
        let files = result
            .write_lifts(&question, &answer, policy_file.as_ref(), directory)
            .map_err(flagged)?;
        if !args.run.quiet {
            print(&question, &answer, session.language);
            print_written(&files, &args.out, session.language);
        }
        Ok(Exit::Done)
    })
    .map_err(pedshed::Error::from)?
}

/// The file of a policy of one's own.
fn policy_file(args: &LiftsArgs) -> anyhow::Result<Option<Source>> {
    let name = args.policy.to_str().unwrap_or_default();
    if LiftPolicy::NAMES.contains(&name) {
        return Ok(None);
    }
    if args.policy.extension().is_none() && !args.policy.is_file() {
        let shipped = LiftPolicy::NAMES.join(", ");
        let message = words!(
            "--policy: there is no policy {name:?}; there is {shipped}, or give a .toml file",
            "--policy：没有名为“{name}”的政策；可用 {shipped}，或给出 .toml 文件"
        );
        return Err(UsageError::with_flag("policy", message).into());
    }
    Ok(Some(limits::open(&args.policy)?))
}

fn question(
    args: &LiftsArgs,
    study: &Study,
    policy_file: Option<&Source>,
) -> anyhow::Result<LiftsQuestion> {
    let policy = match policy_file {
        Some(file) => LiftPolicy::read(file)?,
        None => LiftPolicy::open(&args.policy)?,
    };
    let mut question = LiftsQuestion::new(policy);
    question.goal = args.goal.into();
    question.groups = groups_of_all(&args.group, &study.options.profile)?;
    question.counted = counted(args, &question)?;
    question.entry = args.entry.into();
    question.ready_only = args.ready_only;
    question.limits = limits(args);
    let limit = in_range("time-limit", args.time_limit, 0.0, 1e6)?;
    question.time_limit = Some(Duration::from_secs_f64(limit));
    Ok(question)
}

/// The group that alone counts.
fn counted(args: &LiftsArgs, question: &LiftsQuestion) -> Result<Option<usize>, UsageError> {
    let Some(name) = &args.count_group else {
        return Ok(None);
    };
    let mut groups = question.groups.iter();
    let place = groups.position(|group| group.name == *name);
    place.map(Some).ok_or_else(|| {
        let names: Vec<&str> = question
            .groups
            .iter()
            .map(|one| one.name.as_str())
            .collect();
        let names = names.join(", ");
        let message = words!(
            "--count-group: there is no group {name:?}; there is {names}",
            "--count-group：没有名为“{name}”的人群；现有 {names}"
        );
        UsageError::with_flag("count-group", message)
    })
}

/// How many are built; nothing is chosen where no limit is given.
fn limits(args: &LiftsArgs) -> Option<LiftLimits> {
    let season = args
        .from
        .zip(args.quarters)
        .map(|(from, quarters)| LiftSeason {
            from,
            quarters: quarters.into(),
            most: args.lifts_a_quarter.map(|most| most as usize),
            budget: args.budget_a_quarter,
        });
    let mut limits = LiftLimits::default();
    limits.most = args.lifts.map(|most| most as usize);
    limits.budget = args.budget;
    limits.season = season;
    (limits != LiftLimits::default()).then_some(limits)
}

fn print(question: &LiftsQuestion, answer: &LiftsAnswer, language: Language) {
    let whole = |count: usize| language.whole(count as u64);
    let counts = LiftStatus::ALL.map(|status| whole(answer.with_status(status).count()));
    let [built, under_way, ready, open, refused] = counts;
    let all = whole(answer.stairwells.len());
    let policy = question.policy.name.get(language);
    say_in!(
        language,
        "Stairwells: {all}. With a lift: {built}, being built: {under_way}. By “{policy}”: ready {ready}, open {open} (something is not known or not yet met), refused {refused}.",
        "单元 {all} 个：已有电梯 {built} 个，在建 {under_way} 个。按“{policy}”：条件齐备 {ready} 个，尚有不明或未满足的条件 {open} 个，不符合 {refused} 个。"
    );
    print_people(answer, language);
    match &answer.choice {
        Some(choice) => print_plan(question, answer, choice, language),
        None => say_in!(
            language,
            "Nothing is chosen: say how many with --lifts, --budget, or --from and --quarters.\n",
            "未作选择：请用 --lifts、--budget 或 --from 与 --quarters 给出数量。\n"
        ),
    }
    print_best(question, answer, language);
    for unchecked in &question.policy.unchecked {
        let what = unchecked.get(language);
        say_in!(language, "Unchecked: {what}", "未经核对：{what}");
    }
    print_findings(&answer.findings, language);
    say!("");
}

/// The people of whom nothing is said.
fn print_people(answer: &LiftsAnswer, language: Language) {
    let elsewhere = language.people(answer.elsewhere);
    let people = language.people(answer.people);
    let not_known = answer.stairwells.iter().map(|one| one.not_known).sum();
    let not_known = language.people(not_known);
    say_in!(
        language,
        "People: {people}. Behind no stairwell of the table: {elsewhere}. Not known whether a lift would help: {not_known}.\n",
        "人口 {people} 人：不在表中单元内 {elsewhere} 人，是否受益不明 {not_known} 人。\n"
    );
}

fn print_plan(
    question: &LiftsQuestion,
    answer: &LiftsAnswer,
    choice: &LiftChoice,
    language: Language,
) {
    let planned = || {
        answer
            .planned
            .iter()
            .map(|&place| &answer.stairwells[place])
    };
    let lifts = answer.planned.len();
    let money = |of: fn(&LiftStairwell) -> Money| {
        let sum: Money = planned().map(of).sum();
        language.whole(sum.as_f64().round() as u64)
    };
    let cost = money(|one| one.funding.cost);
    let (public, owners) = (
        money(|one| one.funding.public()),
        money(|one| one.funding.owners),
    );
    say_in!(
        language,
        "Lifts planned: {lifts}, for {cost}: {public} of public money, {owners} from the owners.",
        "计划加装 {lifts} 部，总造价 {cost}：财政补贴 {public}，业主分摊 {owners}。"
    );
    let gap = choice.bound as f64 / (choice.gain as f64).max(1.0) - 1.0;
    let gap = gap * 100.0;
    if choice.proven {
        say_in!(
            language,
            "No other choice is worth more: proven.",
            "已证明没有更优的方案。"
        );
    } else {
        say_in!(
            language,
            "No other choice is worth more than {gap:.2} % above that.",
            "任何方案至多再优 {gap:.2} %。"
        );
    }
    let heads = [
        ("newly covered", "新增覆盖"),
        ("min a day", "每日分钟"),
        ("freed", "可出户"),
        ("step-free", "无障碍"),
    ];
    let heads = heads.map(|(en, zh)| pad_left(language.pick(en, zh), 15));
    say!("\n{}", heads.concat());
    let names = question.groups.iter().map(|group| group.name.as_str());
    let everybody = language.pick("everybody", "全部居民");
    for (place, name) in std::iter::once(everybody).chain(names).enumerate() {
        let mut sum = LiftBenefit::default();
        planned().for_each(|one| sum += one.benefits[place]);
        say!("{}  {}", cells(&sum, language), visible(name));
    }
    say!("");
}

fn cells(benefit: &LiftBenefit, language: Language) -> String {
    let cells = [
        language.people(benefit.newly_covered),
        language.whole(benefit.person_minutes().round() as u64),
        language.people(benefit.freed),
        language.people(benefit.step_free),
    ];
    cells.map(|cell| pad_left(&cell, 15)).concat()
}

/// The stairwells of the plan, or those that are worth most where there is none.
fn print_best(question: &LiftsQuestion, answer: &LiftsAnswer, language: Language) {
    let counted = question.counted.map_or(0, |group| group + 1);
    let mut best: Vec<&LiftStairwell> = if answer.choice.is_some() {
        answer
            .planned
            .iter()
            .map(|&place| &answer.stairwells[place])
            .collect()
    } else {
        let may = |one: &&LiftStairwell| one.standing.status.may_be_chosen();
        answer.stairwells.iter().filter(may).collect()
    };
    if answer.choice.is_none() {
        let goal: LiftGoal = question.goal;
        best.sort_by_key(|one| std::cmp::Reverse(goal.worth(&one.benefits[counted])));
    }
    for stairwell in best.iter().take(LISTED) {
        let begins = stairwell.planned.and_then(|one| one.begins);
        let begins = begins.map_or_else(String::new, |quarter| format!("  {quarter}"));
        let (building, id) = (visible(&stairwell.building), visible(&stairwell.id));
        let community = visible(stairwell.community.as_deref().unwrap_or_default());
        let cells = cells(&stairwell.benefits[counted], language);
        let community = if community.is_empty() {
            String::new()
        } else {
            format!("  {community}")
        };
        say!("{cells}{begins}  {building} {id}{community}");
    }
    if best.len() > LISTED {
        let more = best.len() - LISTED;
        say_in!(
            language,
            "  … and {more} more in lift_plan.csv",
            "  … 另有 {more} 个，见 lift_plan.csv"
        );
    }
    say!("");
}
