//! `pedshed sessions`: who had a travelling session within reach, who had none, and where the next ones should be.

use std::time::Duration;

use pedshed::inputs::{LayerKind, Source};
use pedshed::language::Language;
use pedshed::parallel;
use pedshed::planning::register::{Date, DateError};
use pedshed::planning::sessions::{Lecturer, Openings, SessionSums};
use pedshed::report::{pad_left, visible};
use pedshed::study::{
    NextAnswer, NextSessions, Parts, SessionsAnswer, SessionsQuestion, Study, read_lecturers,
};
use pedshed::units::People;

use super::scenario::print_findings;
use crate::circle::groups_of_all;
use crate::exit::{Exit, UsageError, usage};
use crate::limits;
use crate::names::selector_in;
use crate::options::{in_range, threads};
use crate::reading::{list_of, one_of};
use crate::session::Session;
use crate::sessions_args::SessionsArgs;
use crate::study::{city_study, map_outputs, run_watched};
use crate::terminal::{say, say_in, words};
use crate::words::flagged;
use crate::written::print_written;

/// When sessions can be where nothing is said.
const SLOTS: [&str; 2] = ["9:00-11:00", "15:00-17:00"];

/// Areas and sessions that are printed.
const LISTED: usize = 10;

pub(crate) fn run(args: &SessionsArgs, session: Session<'_>) -> anyhow::Result<Exit> {
    let threads = threads(&args.run)?;
    let mut study = study(args, session.language)?;
    let mut question = question(args, &study)?;
    let lecturers = args.lecturers.as_deref().map(limits::open).transpose()?;
    question.next = next(args, lecturers.as_ref())?;
    study.questions.plan.groups.clone_from(&question.groups);
    let directory = study.outputs.open_for(&args.out, &SessionsAnswer::FILES)?;
    parallel::with_threads(threads, || {
        let mut result = run_watched(&study, Parts::default(), &args.run, session)?;
        let answer = result.sessions(&question, session.control())?;
        let files = result
            .write_sessions(&question, &answer, lecturers.as_ref(), directory)
            .map_err(flagged)?;
        if !args.run.quiet {
            print(&answer, session.language);
            print_written(&files, &args.out, session.language);
        }
        Ok(Exit::Done)
    })
    .map_err(pedshed::Error::from)?
}

fn study(args: &SessionsArgs, language: Language) -> anyhow::Result<Study> {
    let mut study = city_study(&args.layers, &args.walk, Some(&args.memory))?;
    if selector_in(&args.calendar).is_some() {
        let message = words!(
            "--calendar: a calendar is a file; the map says nothing of sessions",
            "--calendar：日程应为文件；地图中没有场次"
        );
        return Err(UsageError::with_flag("calendar", message).into());
    }
    let (calendar, options) = (Some(&args.calendar), &args.session_options);
    options.check_there(|kind| kind != LayerKind::Candidates || !args.candidates.is_empty())?;
    study.layers.calendar = one_of(LayerKind::Calendar, calendar, options)?;
    study.layers.candidates = list_of(LayerKind::Candidates, &args.candidates, options)?;
    study.outputs = map_outputs(&args.map, "sessions", language)?;
    Ok(study)
}

fn question(args: &SessionsArgs, study: &Study) -> anyhow::Result<SessionsQuestion> {
    let day = |flag, text: &Option<String>, read: fn(&str) -> Result<Date, DateError>| {
        let day = text.as_deref().map(read);
        day.transpose().map_err(usage(flag))
    };
    let mut question = SessionsQuestion::default();
    question.from = day("from", &args.from, Date::first_of)?;
    question.to = day("to", &args.to, Date::last_of)?;
    in_order("to", question.from, question.to)?;
    question.topic.clone_from(&args.topic);
    question.groups = groups_of_all(&args.group, &study.options.profile)?;
    Ok(question)
}

/// Refuses a last day before the first.
fn in_order(flag: &'static str, from: Option<Date>, to: Option<Date>) -> Result<(), UsageError> {
    match (from, to) {
        (Some(from), Some(to)) if to < from => {
            let message = words!(
                "--{flag}: {to} is before the first day, {from}",
                "--{flag}：{to} 早于第一天 {from}"
            );
            Err(UsageError::with_flag(flag, message))
        }
        _ => Ok(()),
    }
}

/// What is asked of the next sessions.
fn next(args: &SessionsArgs, lecturers: Option<&Source>) -> anyhow::Result<Option<NextSessions>> {
    let (Some(most), Some(from), Some(to)) = (args.next, &args.next_from, &args.next_to) else {
        return Ok(None);
    };
    let openings = Openings {
        from: Date::first_of(from).map_err(usage("next-from"))?,
        to: Date::last_of(to).map_err(usage("next-to"))?,
        slots: if args.slot.is_empty() {
            SLOTS.iter().filter_map(|slot| slot.parse().ok()).collect()
        } else {
            args.slot.clone()
        },
        lecturers: match lecturers {
            Some(file) => read_lecturers(file)?,
            None => vec![Lecturer::new("")],
        },
    };
    in_order("next-to", Some(openings.from), Some(openings.to))?;
    let limit = in_range("time-limit", args.time_limit, 0.0, 1e6)?;
    let mut next = NextSessions::new(usize::from(most), openings);
    next.time_limit = Some(Duration::from_secs_f64(limit));
    Ok(Some(next))
}

/// The sessions that are proposed, and how good their places are.
fn print_next(answer: &SessionsAnswer, next: &NextAnswer, language: Language) {
    let (sessions, openings) = (next.sessions.len(), next.openings);
    let reached: People = next.people.iter().copied().sum();
    let missed = answer.sums[0].missed();
    let (people, of) = (language.people(reached), language.people(missed));
    say_in!(
        language,
        "\n{sessions} sessions reach {people} of the {of} people who have had none; there are openings for {openings}.",
        "\n拟增 {sessions} 场（时段够排 {openings} 场），可覆盖尚无场次的 {of} 人中的 {people} 人。"
    );
    let gap = next.siting.gap() * 100.0;
    if next.siting.proven {
        say_in!(
            language,
            "No other places reach more: proven.",
            "已证明没有更好的地点组合。"
        );
    } else {
        say_in!(
            language,
            "No other places reach more than {gap:.2} % above that.",
            "任何地点组合至多再多 {gap:.2} %。"
        );
    }
    let twice = next.twice_a_day;
    if twice > People::ZERO {
        let twice = language.people(twice);
        say_in!(
            language,
            "{twice} people have two on one day: there are too few openings on different days.",
            "可用时段的日期不足，{twice} 人会在同一天有两场。"
        );
    }
    for (session, people) in next.sessions.iter().zip(&next.people).take(LISTED) {
        let place = &answer.records[session.station.index()];
        let name = visible(place.name.as_deref().unwrap_or(&place.id));
        let people = pad_left(&language.people(*people), 12);
        let team = visible(session.team.as_deref().unwrap_or_default());
        say!("{people}  {}  {name}  {team}", session.begins);
    }
    if sessions > LISTED {
        let more = sessions - LISTED;
        say_in!(
            language,
            "  … and {more} more in next_sessions.csv",
            "  … 另有 {more} 个，见 next_sessions.csv"
        );
    }
}

fn print(answer: &SessionsAnswer, language: Language) {
    let (sessions, others) = (answer.sessions.len(), answer.others);
    let not_read = answer.rows - sessions - others;
    say_in!(
        language,
        "{sessions} sessions count. Of other days or topics: {others}; not to be counted: {not_read}.\n",
        "计入 {sessions} 个场次；属于其他日期或主题 {others} 个，无法计入 {not_read} 个。\n"
    );
    let heads = [
        ("people", "人口"),
        ("had one", "有场次"),
        ("had none", "无场次"),
        ("share", "覆盖率"),
        ("mean", "人均场次"),
    ];
    let heads = heads.map(|(en, zh)| pad_left(language.pick(en, zh), 12));
    say!("{}", heads.concat());
    for (number, sums) in answer.sums.iter().enumerate() {
        let everybody = language.pick("everybody", "全部居民");
        print_row(
            if number == 0 { everybody } else { &sums.name },
            sums,
            language,
        );
    }
    let mut areas: Vec<&SessionSums> = answer.areas.iter().collect();
    areas.sort_by_key(|area| std::cmp::Reverse(area.missed()));
    for area in areas.iter().take(LISTED) {
        print_row(&area.name, area, language);
    }
    if areas.len() > LISTED {
        let more = areas.len() - LISTED;
        say_in!(
            language,
            "  … and {more} more areas in session_areas.csv",
            "  … 另有 {more} 个分区，见 session_areas.csv"
        );
    }
    if let Some(next) = &answer.next {
        print_next(answer, next, language);
    }
    print_findings(&answer.findings, language);
    say!("");
}

fn print_row(name: &str, sums: &SessionSums, language: Language) {
    let cells = [
        language.people(sums.people),
        language.people(sums.had),
        language.people(sums.missed()),
        format!("{:.2} %", sums.had.share_of(sums.people) * 100.0),
        format!("{:.2}", sums.mean()),
    ];
    let cells = cells.map(|cell| pad_left(&cell, 12)).concat();
    say!("{cells}  {}", visible(name));
}
