//! `pedshed site`: where to build.

use std::ffi::OsString;
use std::path::Path;
use std::time::Duration;

use pedshed::inputs::{
    InputError, KeptColumn, LayerKind, PointRecords, ReadOptions, Request, read_points, read_walks,
};
use pedshed::language::{InLanguage, Language};
use pedshed::model::Attribute;
use pedshed::parallel;
use pedshed::report::{InputFile, OutputDirectory, RunRecord, pad_left, visible};
use pedshed::siting::{Amount, Goal, Money, Siting, Stopped};
use pedshed::study::{
    DrawnCandidates, Outputs, Parts, SitingAnswer, SitingQuestion, Study, WalksCity,
};
use pedshed::units::{Cutoff, People};

use crate::exit::{Exit, UsageError, usage};
use crate::layer_options::flag_of;
use crate::limits::{self, max_memory, refuse_files};
use crate::names::selector_in;
use crate::options::{in_range, options, threads};
use crate::reading::{city, list_of, one_of};
use crate::session::Session;
use crate::site_args::SiteArgs;
use crate::study::{dry, in_language};
use crate::terminal::{complain, say, say_in, words};
use crate::words::flagged;
use crate::written::print_written;

/// Sites that are printed.
const LISTED: usize = 20;

pub(crate) fn run(args: &SiteArgs, session: Session<'_>) -> anyhow::Result<Exit> {
    let threads = threads(&args.run)?;
    let question = question(args)?;
    let outputs = in_language(session.language);
    let directory = outputs.open_for(&args.out, &SitingAnswer::FILES)?;
    parallel::with_threads(threads, || {
        let (answer, files) = match &args.travel_times {
            Some(walks) => on_walks(args, walks, &question, directory, session)?,
            None => on_streets(args, &question, outputs, directory, session)?,
        };
        if !args.run.quiet {
            print(&answer, session.language);
            print_written(&files, &args.out, session.language);
        }
        Ok(Exit::Done)
    })
    .map_err(pedshed::Error::from)?
}

/// What is asked, from the arguments.
fn question(args: &SiteArgs) -> anyhow::Result<SitingQuestion> {
    let goal = Goal::from(args.problem);
    check_uses(args, goal)?;
    let walk = options(&args.walk)?;
    let deciding = walk.tests.deciding();
    let cutoff = if goal.has_cutoff() {
        deciding
    } else {
        Cutoff::minutes(args.reach.unwrap_or(60.0)).map_err(usage("reach"))?
    };
    let mut question = SitingQuestion::new(goal, cutoff);
    question.max_sites = args.sites;
    let budget = args.budget.as_deref().map(str::parse::<Money>);
    question.budget = budget.transpose().map_err(usage("budget"))?;
    question.share = args
        .share
        .map(|share| in_range("share", share, 0.0, 1.0))
        .transpose()?;
    let modes = args.mode_limit.iter().map(|text| text.parse());
    question.modes = modes
        .collect::<Result<_, _>>()
        .map_err(usage("mode-limit"))?;
    let limit = in_range("time-limit", args.time_limit, 0.0, 1e6)?;
    question.time_limit = Some(Duration::from_secs_f64(limit));
    Ok(question)
}

/// Refuses what the problem has no use for.
fn check_uses(args: &SiteArgs, goal: Goal) -> Result<(), UsageError> {
    let name = goal.name();
    if args.share.is_some() && goal != Goal::SetCover {
        let message = words!(
            "--share is for set-cover; {name} serves as many as it can",
            "--share 只用于 set-cover；{name} 总是服务尽可能多的人"
        );
        return Err(UsageError::with_flag("share", message));
    }
    if args.reach.is_some() && goal.has_cutoff() {
        let message = words!(
            "--reach is for p-median and p-center; {name} counts who is within --minutes or --metres",
            "--reach 只用于 p-median 和 p-center；{name} 按 --minutes 或 --metres 判定"
        );
        return Err(UsageError::with_flag("reach", message));
    }
    if !goal.has_cutoff() && (args.walk.minutes.is_some() || !args.walk.metres.is_empty()) {
        let flag = if args.walk.minutes.is_some() {
            "minutes"
        } else {
            "metres"
        };
        let message = words!(
            "--{flag} is for set-cover and max-coverage; {name} has no cutoff",
            "--{flag} 只用于 set-cover 和 max-coverage；{name} 没有阈值"
        );
        return Err(UsageError::with_flag(flag, message));
    }
    Ok(())
}

/// On the streets of a network.
fn on_streets(
    args: &SiteArgs,
    question: &SitingQuestion,
    outputs: Outputs,
    directory: OutputDirectory,
    session: Session<'_>,
) -> anyhow::Result<(SitingAnswer, Vec<String>)> {
    let mut drawn = Vec::new();
    let mut listed = Vec::new();
    for text in &args.candidates {
        match text.to_str().filter(|text| DrawnCandidates::is_meant(text)) {
            Some(text) => drawn.push(
                text.parse::<DrawnCandidates>()
                    .map_err(usage("candidates"))?,
            ),
            None => listed.push(text.clone()),
        }
    }
    let study = study(args, &listed, outputs)?;
    let read = study.read(session.control()).map_err(flagged)?;
    let mut read = read;
    for drawn in drawn {
        read.inputs.draw_candidates(drawn, session.control())?;
    }
    let result = read
        .analyse(Parts::default(), session.control())
        .map_err(flagged)?;
    let answer = result.site(question, session.control())?;
    let files = result
        .write_siting(question, &answer, directory)
        .map_err(flagged)?;
    Ok((answer, files))
}

fn study(args: &SiteArgs, candidates: &[OsString], outputs: Outputs) -> anyhow::Result<Study> {
    let network = args.network.as_deref().unwrap_or(Path::new(""));
    let max_memory = max_memory(Some(&args.memory))?;
    let layers = [&args.stations, &args.residents].into_iter().flatten();
    let layers = layers
        .chain(candidates)
        .chain(&args.compounds)
        .chain(&args.gates);
    refuse_files(max_memory, network, layers.map(OsString::as_os_str))?;
    args.options.check_there(|kind| match kind {
        LayerKind::Stations => !args.stations.is_empty(),
        LayerKind::Candidates => !candidates.is_empty(),
        LayerKind::Compounds => args.compounds.is_some(),
        LayerKind::Gates => args.gates.is_some(),
        _ => true,
    })?;
    let mut kept = list_of(LayerKind::Candidates, candidates, &args.options)?;
    for layer in &mut kept {
        layer.keep(&COLUMNS);
    }
    let request = Request {
        stations: list_of(LayerKind::Stations, &args.stations, &args.options)?,
        residents: list_of(LayerKind::Residents, &args.residents, &args.options)?,
        compounds: one_of(LayerKind::Compounds, args.compounds.as_ref(), &args.options)?,
        gates: one_of(LayerKind::Gates, args.gates.as_ref(), &args.options)?,
        candidates: kept,
        ..city(network, &args.reading, &args.columns)?
    };
    let mut study = dry(Study::new(request, options(&args.walk)?));
    study.max_memory = max_memory;
    study.outputs = outputs;
    "site".clone_into(&mut study.outputs.command);
    let drawn = args
        .candidates
        .iter()
        .filter(|text| !candidates.contains(text));
    let drawn: Vec<String> = drawn
        .map(|text| text.to_string_lossy().into_owned())
        .collect();
    if !drawn.is_empty() {
        study
            .outputs
            .parameters
            .insert("drawn_candidates".to_owned(), drawn.into());
    }
    Ok(study)
}

/// What is read beside candidates.
const COLUMNS: [Attribute; 3] = [Attribute::Cost, Attribute::Mode, Attribute::Year];

/// On walks that another tool made.
fn on_walks(
    args: &SiteArgs,
    path: &Path,
    question: &SitingQuestion,
    directory: OutputDirectory,
    session: Session<'_>,
) -> anyhow::Result<(SitingAnswer, Vec<String>)> {
    args.options.check_there(|kind| match kind {
        LayerKind::Stations => !args.stations.is_empty(),
        LayerKind::Residents => !args.residents.is_empty(),
        LayerKind::Candidates => !args.candidates.is_empty(),
        _ => false,
    })?;
    let source = limits::open(path)?;
    let mut known = WalksCity::new(read_walks(&source, session.control())?);
    let mut inputs = vec![InputFile::new("travel_times", &source)?];
    let mut read = |kind: LayerKind, files: &[OsString]| read_list(args, kind, files, &mut inputs);
    known.candidates = read(LayerKind::Candidates, &args.candidates)?;
    known.residents = read(LayerKind::Residents, &args.residents)?;
    known.standing = read(LayerKind::Stations, &args.stations)?;
    let answer = known.site(question, session.control())?;
    let record = RunRecord {
        command: "site".to_owned(),
        parameters: question.parameters(),
        inputs,
        layers: Vec::new(),
        outputs: Vec::new(),
    };
    let options = in_language(session.language).options;
    let files = answer.write(directory, record, options).map_err(flagged)?;
    Ok((answer, files))
}

/// Lists beside walks, joined to them by ids. Places are read where the list has some.
fn read_list(
    args: &SiteArgs,
    kind: LayerKind,
    files: &[OsString],
    inputs: &mut Vec<InputFile>,
) -> anyhow::Result<Vec<PointRecords>> {
    let mut all = Vec::new();
    for text in files {
        let flag = flag_of(kind);
        if selector_in(text).is_some() || text.to_str().is_some_and(DrawnCandidates::is_meant) {
            let message = words!(
                "--{flag}: beside --travel-times a list is a file; there is no map to take it from",
                "--{flag}：与 --travel-times 同用时应为文件；没有可供选取的地图"
            );
            return Err(UsageError::with_flag(flag, message).into());
        }
        let source = limits::open(Path::new(text))?;
        let options = ReadOptions::of(kind)
            .with_own(args.options.of(kind)?)
            .keeping(COLUMNS.map(KeptColumn::Known));
        let read = match read_points(&source, &options) {
            Err(InputError::Column { .. }) => read_points(&source, &options.as_list()),
            read => read,
        }?;
        inputs.push(InputFile::new(kind.key(), &source)?);
        all.push(read);
    }
    Ok(all)
}

fn print(answer: &SitingAnswer, language: Language) {
    let siting = &answer.siting;
    print_certificate(siting, language);
    for finding in answer.findings.worst_first() {
        let (count, title) = (finding.count, finding.code.title(language));
        let effect = finding.code.effect(language);
        say_in!(
            language,
            "  {count} {title}: {effect}",
            "  {count} {title}：{effect}"
        );
    }
    say!("");
    let heads = [("people", "人口"), ("in all", "累计"), ("cost", "费用")];
    let heads = heads.map(|(en, zh)| pad_left(language.pick(en, zh), 12));
    say!("  {}  {}", heads.concat(), language.pick("site", "站点"));
    let mut sum = if siting.goal.has_cutoff() {
        siting.standing
    } else {
        People::ZERO
    };
    for one in siting.chosen.iter().take(LISTED) {
        sum += one.people;
        let record = &answer.records[one.site.index()];
        let cost = answer.problem.sites()[one.site.index()].cost;
        let name = record
            .name
            .as_ref()
            .map_or(String::new(), |name| format!(" {name}"));
        let mode = record
            .mode
            .as_ref()
            .map_or(String::new(), |mode| format!(" ({mode})"));
        let numbers = [one.people.to_string(), sum.to_string(), cost.to_string()]
            .map(|text| pad_left(&text, 12));
        say!(
            "  {}  {}",
            numbers.concat(),
            visible(&format!("{}{name}{mode}", record.id))
        );
    }
    if siting.chosen.len() > LISTED {
        let more = siting.chosen.len() - LISTED;
        say_in!(
            language,
            "  … and {more} more in sites.csv",
            "  … 另有 {more} 处，见 sites.csv"
        );
    }
    say!("");
}

/// What was reached, and how good it is.
fn print_certificate(siting: &Siting, language: Language) {
    let count = siting.chosen.len();
    let (problem, objective, bound) = (
        siting.goal.name(),
        told(siting.objective, language),
        told(siting.bound, language),
    );
    say_in!(
        language,
        "{problem}: {count} new sites, {objective}",
        "{problem}：新建 {count} 处，{objective}"
    );
    let gap = siting.gap() * 100.0;
    if siting.proven {
        say_in!(
            language,
            "  proven: no choice within the limits is better",
            "  已证明：限制之内没有更好的方案"
        );
    } else {
        say_in!(
            language,
            "  not proven: the best may be {bound}, {gap:.2} % away",
            "  未证明：最优可能为 {bound}，相差 {gap:.2} %"
        );
    }
    match siting.stopped {
        Some(Stopped::TimeLimit) => match language {
            Language::En => complain!(
                "the time limit was up: this is the best so far; --time-limit gives it longer"
            ),
            Language::Zh => complain!("已到时间限制：以上为目前最好的方案；可用 --time-limit 延长"),
        },
        Some(Stopped::Cancelled) => match language {
            Language::En => complain!("interrupted: this is the best so far"),
            Language::Zh => complain!("已中断：以上为目前最好的方案"),
        },
        None => {}
    }
    let share = siting.standing.share_of(siting.people) * 100.0;
    if siting.goal.has_cutoff() && siting.standing.thousandths() > 0 {
        let standing = siting.standing;
        say_in!(
            language,
            "  the stations that stand cover {standing} people, {share:.1} %",
            "  现有站点覆盖 {standing} 人，占 {share:.1} %"
        );
    }
    if siting.left_out.thousandths() > 0 && !siting.goal.has_cutoff() {
        let left = siting.left_out;
        say_in!(
            language,
            "  {left} people can walk to none of them",
            "  {left} 人走不到其中任何一处"
        );
    }
}

fn told(amount: Amount, language: Language) -> String {
    let value = amount.as_f64();
    let words = match amount {
        Amount::People(people) => words!("{people} people within the cutoff", "阈值内 {people} 人"),
        Amount::PeopleMilliseconds(_) => words!("{value:.0} people × seconds", "{value:.0} 人·秒"),
        Amount::Milliseconds(_) => words!("{value} s at most", "最远 {value} 秒"),
        Amount::Sites(count) => words!("{count} sites", "{count} 处"),
        Amount::Money(money) => words!("{money} in all", "共 {money}"),
    };
    words.in_language(language)
}
