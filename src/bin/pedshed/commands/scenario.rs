//! `pedshed scenario`: what if?

use std::cmp::Ordering;

use pedshed::coverage::WeekCoverage;
use pedshed::inputs::{KeptColumn, Source};
use pedshed::language::{InLanguage, Language};
use pedshed::model::{Attribute, Findings};
use pedshed::parallel;
use pedshed::report::{pad_left, visible};
use pedshed::scenario::{
    ChangeSums, Comparison, DRAWN_EXAMPLES, EXAMPLES, Outcome, ScenarioAnswer, read_scenario,
};
use pedshed::study::{
    OfferedService, Parts, ScenarioHours, ScenariosAnswer, ScenariosQuestion, Study,
};
use pedshed::text::OptionNames;
use pedshed::units::People;

use crate::args::FormatArg;
use crate::circle::groups_of_all;
use crate::exit::Exit;
use crate::limits;
use crate::options::threads;
use crate::scenario_args::{ExampleArg, Given, ScenarioArgs};
use crate::session::Session;
use crate::study::{city_study, dry, in_language, page_formats, run_watched};
use crate::terminal::{say, say_in};
use crate::words::flagged;
use crate::written::print_written;

pub(crate) fn run(args: ScenarioArgs, session: Session<'_>) -> anyhow::Result<Exit> {
    let language = session.language;
    if let Some(form) = args.example {
        let examples = match form {
            ExampleArg::Toml => EXAMPLES,
            ExampleArg::Geojson => DRAWN_EXAMPLES,
        };
        let example = examples.iter().find(|(known, _)| *known == language);
        let text = example.map_or("", |(_, text)| text);
        say!("{}", text.trim_end());
        return Ok(Exit::Done);
    }
    let args = Given::from(args);
    let threads = threads(&args.run)?;
    let mut outputs = in_language(language);
    outputs.formats = page_formats(&args.formats)?;
    outputs.title.clone_from(&args.title);
    let directory = outputs.open_for(&args.out, &ScenariosAnswer::FILES)?;
    let files = args.edits.iter().map(|path| limits::open(path));
    let files: Vec<Source> = files.collect::<Result<_, _>>()?;
    let scenarios = files.iter().map(read_scenario);
    let mut question = ScenariosQuestion::new(scenarios.collect::<Result<_, _>>()?);
    question.hours = args.hours.plan()?;
    let mut study = study(&args, question.asks_hours())?;
    question.is_drawn = args.formats.contains(&FormatArg::Html);
    question.service.clone_from(&args.service);
    question.groups.clone_from(&study.questions.plan.groups);
    study.outputs = outputs;
    "scenario".clone_into(&mut study.outputs.command);
    parallel::with_threads(threads, || {
        let mut result = run_watched(&study, Parts::default(), &args.run, session)?;
        let answer = result.scenarios(&question, session.control())?;
        let written = result
            .write_scenarios(&question, &answer, &files, directory)
            .map_err(flagged)?;
        if !args.run.quiet {
            print(&answer, language);
            print_written(&written, &args.out, language);
        }
        Ok(Exit::Done)
    })
    .map_err(pedshed::Error::from)?
}

/// The city as it is, with the columns of groups.
fn study(args: &Given, asks_hours: bool) -> anyhow::Result<Study> {
    let mut study = city_study(&args.layers, &args.walk, Some(&args.memory))?;
    if !args.formats.contains(&FormatArg::Html) {
        study = dry(study);
    }
    study.questions.plan.groups = groups_of_all(&args.group, &study.options.profile)?;
    if args.service.is_some() {
        for layer in &mut study.layers.stations {
            layer.keep(&[Attribute::Services]);
        }
    }
    if asks_hours {
        for layer in &mut study.layers.stations {
            layer.keep(&[Attribute::OpeningHours]);
            if args.service.is_some() {
                let of_services = KeptColumn::OfServices(Attribute::OpeningHours);
                layer.kept.push(of_services);
            }
        }
    }
    Ok(study)
}

fn print(answer: &ScenariosAnswer, language: Language) {
    if let Some(service) = &answer.service {
        print_service(service, language);
    }
    let mut as_it_is = ChangeSums::default();
    for resident in &answer.base.residents {
        as_it_is.add(resident, resident);
    }
    print_heads(language);
    print_row(ScenariosQuestion::BASE, &as_it_is, &answer.base, language);
    for one in &answer.scenarios {
        let ScenarioAnswer {
            scenario,
            comparison,
            outcome,
            ..
        } = one;
        print_row(&scenario.name, &comparison.sums, outcome, language);
    }
    if let Some(hours) = &answer.hours {
        say!("");
        print_week(ScenariosQuestion::BASE, hours, &hours.base, language);
        for (one, week) in answer.scenarios.iter().zip(&hours.scenarios) {
            print_week(&one.scenario.name, hours, week, language);
        }
    }
    for one in &answer.scenarios {
        say!("");
        say!("{}", visible(&one.scenario.name));
        for applied in &one.applied {
            let edit = format!("{} {}", applied.table, applied.target);
            let (edit, found) = (visible(edit.trim_end()), applied.found.get(language));
            let found = visible(found);
            say_in!(language, "  {edit}: {found}", "  {edit}：{found}");
        }
    }
    print_findings(&answer.findings, language);
    say!("");
}

/// The people-hours of the week, and who is covered at the time that is asked for.
fn print_week(name: &str, hours: &ScenarioHours, week: &WeekCoverage, language: Language) {
    let [was, is] = [&hours.base, week].map(|week| week.week().people_minutes);
    let people_hours = in_hours(is, language);
    let gain = more(was, is, in_hours, language);
    let name = visible(name);
    say_in!(
        language,
        "{name}: {people_hours} people-hours over the week{gain}",
        "{name}：全周 {people_hours} 人时{gain}"
    );
    if let Some(at) = hours.plan.at {
        let [was, is] = [&hours.base, week].map(|week| week.at(at.minute()).covered);
        let people = |people: People, language: Language| language.people(people);
        let covered = people(is, language);
        let gain = more(was, is, people, language);
        let at_zh = at.zh();
        say_in!(
            language,
            "  {at}: {covered} people covered{gain}",
            "  {at_zh}：覆盖 {covered} 人{gain}"
        );
    }
}

/// People-minutes as people-hours.
fn in_hours(people_minutes: People, language: Language) -> String {
    let thousandths = people_minutes.thousandths().saturating_add(30) / 60;
    language.people(People::from_thousandths(thousandths))
}

/// How many more or fewer, in words; nothing where they are as many.
fn more(
    was: People,
    is: People,
    said: impl Fn(People, Language) -> String,
    language: Language,
) -> String {
    match is.cmp(&was) {
        Ordering::Equal => String::new(),
        Ordering::Greater => {
            let more = said(is - was, language);
            match language {
                Language::En => format!(", {more} more"),
                Language::Zh => format!("，增加 {more}"),
            }
        }
        Ordering::Less => {
            let fewer = said(was - is, language);
            match language {
                Language::En => format!(", {fewer} fewer"),
                Language::Zh => format!("，减少 {fewer}"),
            }
        }
    }
}

/// Which stations count.
fn print_service(service: &OfferedService, language: Language) {
    let name = visible(&service.name);
    let (offering, all) = (service.offering, service.offering + service.others);
    say_in!(
        language,
        "Only stations that offer {name} count: {offering} of {all}.\n",
        "只计提供“{name}”的站点：{all} 个中的 {offering} 个。\n"
    );
}

/// What stands above the rows of scenarios.
pub(super) fn print_heads(language: Language) {
    let heads = [
        ("covered", "已覆盖"),
        ("share", "覆盖率"),
        ("gained", "新增"),
        ("lost", "失去"),
        ("nearer", "更近"),
        ("farther", "更远"),
        ("median", "中位"),
    ];
    let heads = heads.map(|(en, zh)| pad_left(language.pick(en, zh), 10));
    let scenario = language.pick("scenario", "情景");
    say!("{}  {scenario}", heads.concat());
}

/// A scenario in a row.
pub(super) fn print_row(name: &str, sums: &ChangeSums, outcome: &Outcome, language: Language) {
    let share = sums.covered_after.share_of(sums.people_after) * 100.0;
    let median = outcome.walks().map_or_else(String::new, |walks| {
        let minutes = walks.median_ms as f64 / 60_000.0;
        let unit = language.pick(" min", " 分钟");
        format!("{minutes:.1}{unit}")
    });
    let cells = [
        language.people(sums.covered_after),
        format!("{share:.2} %"),
        language.people(sums.gained),
        language.people(sums.lost),
        language.people(sums.nearer.people),
        language.people(sums.farther.people),
        median,
    ];
    let cells = cells.map(|cell| pad_left(&cell, 10)).concat();
    say!("{cells}  {}", visible(name));
}

/// What was found about edits or folders.
pub(super) fn print_findings(findings: &Findings, language: Language) {
    for finding in findings.worst_first() {
        let (count, title) = (finding.count, finding.code.title(language));
        let effect = OptionNames::Flags.spell(finding.code.effect(language));
        let example = visible(finding.example.get(language)).into_owned();
        say_in!(
            language,
            "  {count} {title} ({example}): {effect}",
            "  {count} {title}（{example}）：{effect}"
        );
    }
}

/// Two outcomes in two rows.
pub(super) fn print_two(
    names: [&str; 2],
    outcomes: [&Outcome; 2],
    comparison: &Comparison,
    language: Language,
) {
    let mut before = ChangeSums::default();
    for resident in &outcomes[0].residents {
        before.add(resident, resident);
    }
    print_heads(language);
    print_row(names[0], &before, outcomes[0], language);
    print_row(names[1], &comparison.sums, outcomes[1], language);
}
