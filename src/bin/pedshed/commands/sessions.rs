//! `pedshed sessions`: who had a travelling session within reach, and who had none.

use pedshed::inputs::LayerKind;
use pedshed::language::Language;
use pedshed::parallel;
use pedshed::planning::register::{Date, DateError};
use pedshed::planning::sessions::SessionSums;
use pedshed::report::{pad_left, visible};
use pedshed::study::{Parts, SessionsAnswer, SessionsQuestion, Study};

use super::scenario::print_findings;
use crate::circle::groups_of_all;
use crate::exit::{Exit, usage};
use crate::options::threads;
use crate::reading::one_of;
use crate::session::Session;
use crate::sessions_args::SessionsArgs;
use crate::study::{city_study, dry, in_language, run_watched};
use crate::terminal::{say, say_in};
use crate::words::flagged;
use crate::written::print_written;

/// Areas that are printed.
const LISTED: usize = 10;

pub(crate) fn run(args: &SessionsArgs, session: Session<'_>) -> anyhow::Result<Exit> {
    let threads = threads(&args.run)?;
    let mut study = study(args, session.language)?;
    let question = question(args, &study)?;
    study.questions.plan.groups.clone_from(&question.groups);
    let directory = study.outputs.open_for(&args.out, &SessionsAnswer::FILES)?;
    parallel::with_threads(threads, || {
        let mut result = run_watched(&study, Parts::default(), &args.run, session)?;
        let answer = result.sessions(&question)?;
        let files = result
            .write_sessions(&question, &answer, directory)
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
    let mut study = dry(city_study(&args.layers, &args.walk, Some(&args.memory))?);
    let calendar = Some(&args.calendar);
    study.layers.calendar = one_of(LayerKind::Calendar, calendar, &args.calendar_options)?;
    if let Some(layer) = &mut study.layers.calendar {
        layer.keep(SessionsQuestion::COLUMNS);
    }
    study.outputs = in_language(language);
    "sessions".clone_into(&mut study.outputs.command);
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
    question.topic.clone_from(&args.topic);
    question.groups = groups_of_all(&args.group, &study.options.profile)?;
    Ok(question)
}

fn print(answer: &SessionsAnswer, language: Language) {
    let (sessions, others) = (answer.sessions.len(), answer.others);
    let not_read = answer.rows - sessions - others;
    say_in!(
        language,
        "{sessions} sessions count; {others} are of other days or topics, {not_read} cannot be counted.\n",
        "计入 {sessions} 个场次；{others} 个属于其他日期或主题，{not_read} 个无法计入。\n"
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
