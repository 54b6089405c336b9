//! `pedshed site`: where to build.

use std::ffi::{OsStr, OsString};
use std::path::Path;
use std::time::Duration;

use pedshed::inputs::{DrawnCandidates, LayerKind, Request, Source, read_walks};
use pedshed::language::{InLanguage, Language};
use pedshed::parallel;
use pedshed::report::{
    InputFile, OutputDirectory, RunRecord, pad_left, readings_json, terminal_readings, visible,
};
use pedshed::scenario::read_measure;
use pedshed::siting::{Amount, Fairness, Goal, Money, Siting, Stopped};
use pedshed::study::{
    Outputs, Parts, SitingAnswer, SitingQuestion, Study, TierCircle, WalksCity, read_year_budget,
};
use pedshed::units::{Cutoff, Unit};

use crate::exit::{Exit, UsageError, usage};
use crate::layer_options::flag_of;
use crate::limits::{self, max_memory, refuse_files};
use crate::names::selector_in;
use crate::options::{in_range, options, threads};
use crate::reading::{check_walls, city, list_of, one_of};
use crate::run_args::FormatArg;
use crate::session::Session;
use crate::site_args::SiteArgs;
use crate::study::{dry, in_language, outputs_in, run_watched};
use crate::terminal::{complain, say, say_in, words};
use crate::words::flagged;
use crate::written::print_written;

/// Sites that are printed.
const LISTED: usize = 20;

pub(crate) fn run(args: &SiteArgs, session: Session<'_>) -> anyhow::Result<Exit> {
    let threads = threads(&args.run)?;
    let question = question(args)?;
    let mut outputs = outputs_in(&args.formats, args.out_crs.as_deref(), session.language);
    outputs.title.clone_from(&args.title);
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
    let tiers = tiers(&args.tier_circle)?;
    let circles = tiers.iter().map(|one| one.circle);
    let largest = circles.max_by_key(|circle| circle.cost());
    let cutoff = if let Some(circle) = largest {
        circle
    } else if goal.has_cutoff() {
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
    let weights = args.weight.iter().map(|text| text.parse());
    question.weights = weights.collect::<Result<_, _>>().map_err(usage("weight"))?;
    let years = args.year_budget.iter().map(|text| read_year_budget(text));
    question.years = years
        .collect::<Result<_, _>>()
        .map_err(usage("year-budget"))?;
    question.own_community = args.own_community;
    question.times = args.times;
    question.has_capacities = args.capacities;
    question.tiers = tiers;
    question.fairness = args.floor.as_deref().map(floor).transpose()?;
    let limit = in_range("time-limit", args.time_limit, 0.0, 1e6)?;
    question.time_limit = Some(Duration::from_secs_f64(limit));
    Ok(question)
}

/// The circles of tiers, each once and all in minutes or all in metres.
fn tiers(texts: &[String]) -> anyhow::Result<Vec<TierCircle>> {
    let tiers = texts.iter().map(|text| text.parse());
    let tiers: Vec<TierCircle> = tiers
        .collect::<Result<_, _>>()
        .map_err(usage("tier-circle"))?;
    for (place, one) in tiers.iter().enumerate() {
        let (tier, before) = (one.tier, &tiers[..place]);
        if before.iter().any(|other| other.tier == tier) {
            let message = words!(
                "--tier-circle: {tier} has two circles",
                "--tier-circle：{tier} 给出了两个服务圈"
            );
            return Err(UsageError::with_flag("tier-circle", message).into());
        }
        if before
            .iter()
            .any(|other| other.circle.unit() != one.circle.unit())
        {
            let message = words!(
                "--tier-circle: give all circles in minutes, or all in metres",
                "--tier-circle：所有服务圈应统一用分钟或统一用米"
            );
            return Err(UsageError::with_flag("tier-circle", message).into());
        }
    }
    Ok(tiers)
}

/// A floor under communities: a share, or `worst-first`.
fn floor(text: &str) -> anyhow::Result<Fairness> {
    if text == "worst-first" {
        return Ok(Fairness::WorstFirst);
    }
    let share = text.parse::<f64>().ok().map(Fairness::floor);
    if let Some(Ok(floor)) = share {
        return Ok(floor);
    }
    let message = words!(
        "--floor {text:?} is neither a share from 0 to 1 nor worst-first",
        "--floor {text:?} 既不是 0 到 1 的比例，也不是 worst-first"
    );
    Err(UsageError::with_flag("floor", message).into())
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
    if !args.tier_circle.is_empty() && !goal.has_cutoff() {
        let message = words!(
            "--tier-circle is for set-cover and max-coverage; {name} has no cutoff",
            "--tier-circle 只用于 set-cover 和 max-coverage；{name} 没有阈值"
        );
        return Err(UsageError::with_flag("tier-circle", message));
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
    let mut layers = request(args)?;
    question.add_columns(&mut layers);
    let files = args.measures.iter().map(|path| limits::open(path));
    let files: Vec<Source> = files.collect::<Result<_, _>>()?;
    let mut question = question.clone();
    question.measures = files.iter().map(read_measure).collect::<Result<_, _>>()?;
    let question = &question;
    let mut study = Study::new(layers, options(&args.walk)?);
    if !args.formats.contains(&FormatArg::Html) {
        study = dry(study);
    }
    study.max_memory = max_memory(Some(&args.memory))?;
    study.outputs = outputs;
    "site".clone_into(&mut study.outputs.command);
    let result = run_watched(&study, Parts::default(), &args.run, session)?;
    let answer = result.site(question, session.control())?;
    let files = result
        .write_siting(question, &answer, &files, directory)
        .map_err(flagged)?;
    Ok((answer, files))
}

/// What is read.
fn request(args: &SiteArgs) -> anyhow::Result<Request> {
    let network = args.network.as_deref().unwrap_or(Path::new(""));
    let (drawn, listed): (Vec<_>, Vec<_>) = args.candidates.iter().partition(|text| is_drawn(text));
    let listed: Vec<OsString> = listed.into_iter().cloned().collect();
    let layers = [&args.stations, &args.residents, &listed]
        .into_iter()
        .flatten();
    let layers = layers.chain(&args.areas);
    let layers = layers
        .chain(&args.compounds)
        .chain(&args.gates)
        .chain(&args.dwellings.stairwells);
    let limit = max_memory(Some(&args.memory))?;
    refuse_files(limit, network, layers.map(OsString::as_os_str))?;
    args.options.check_there(|kind| match kind {
        LayerKind::Stations => !args.stations.is_empty(),
        LayerKind::Candidates => !listed.is_empty(),
        LayerKind::Areas => args.areas.is_some(),
        LayerKind::Compounds => args.compounds.is_some(),
        LayerKind::Gates => args.gates.is_some(),
        LayerKind::Stairwells => args.dwellings.stairwells.is_some(),
        _ => true,
    })?;
    check_walls(args.compounds.is_some(), args.gates.is_some())?;
    let drawn = drawn.iter().filter_map(|text| text.to_str());
    let drawn = drawn.map(|text| text.parse().map_err(usage("candidates")));
    Ok(Request {
        stations: list_of(LayerKind::Stations, &args.stations, &args.options)?,
        residents: list_of(LayerKind::Residents, &args.residents, &args.options)?,
        areas: one_of(LayerKind::Areas, args.areas.as_ref(), &args.options)?,
        compounds: one_of(LayerKind::Compounds, args.compounds.as_ref(), &args.options)?,
        gates: one_of(LayerKind::Gates, args.gates.as_ref(), &args.options)?,
        stairwells: one_of(
            LayerKind::Stairwells,
            args.dwellings.stairwells.as_ref(),
            &args.options,
        )?,
        homes: args.dwellings.homes(),
        candidates: list_of(LayerKind::Candidates, &listed, &args.options)?,
        drawn_candidates: drawn.collect::<Result<_, _>>()?,
        ..city(network, &args.reading, &args.columns)?
    })
}

/// Whether candidates are drawn, and named in no file.
fn is_drawn(text: &OsStr) -> bool {
    text.to_str().is_some_and(DrawnCandidates::is_meant)
}

/// On walks that another tool made.
fn on_walks(
    args: &SiteArgs,
    path: &Path,
    question: &SitingQuestion,
    directory: OutputDirectory,
    session: Session<'_>,
) -> anyhow::Result<(SitingAnswer, Vec<String>)> {
    let lists = [
        (LayerKind::Candidates, &args.candidates),
        (LayerKind::Residents, &args.residents),
        (LayerKind::Stations, &args.stations),
    ];
    args.options.check_there(|kind| {
        let mut lists = lists.iter();
        lists.any(|(list, files)| *list == kind && !files.is_empty())
    })?;
    let source = limits::open(path)?;
    let mut known = WalksCity::new(read_walks(&source, session.control())?);
    let mut inputs = vec![InputFile::new("travel_times", &source)?];
    for (kind, files) in lists {
        for text in files {
            let source = list_file(kind, text)?;
            known.read_list(kind, &source, args.options.of(kind)?, question)?;
            inputs.push(InputFile::new(kind.key(), &source)?);
        }
    }
    if args.run.verbose {
        let readings = terminal_readings(&known.readings, session.language);
        complain!("{}", readings.trim_end());
    }
    let answer = known.site(question, session.control())?;
    let record = RunRecord {
        command: "site".to_owned(),
        parameters: question.parameters(),
        inputs,
        layers: readings_json(&known.readings),
        outputs: Vec::new(),
    };
    let options = in_language(session.language).options;
    let files = answer.write(directory, record, options).map_err(flagged)?;
    Ok((answer, files))
}

/// A list beside walks. There is no map to take it from.
fn list_file(kind: LayerKind, text: &OsStr) -> anyhow::Result<Source> {
    if selector_in(text).is_none() && !is_drawn(text) {
        return Ok(limits::open(Path::new(text))?);
    }
    let flag = flag_of(kind);
    let message = words!(
        "--{flag}: beside --travel-times a list is a file; there is no map to take it from",
        "--{flag}：与 --travel-times 同用时应为文件；没有可供选取的地图"
    );
    Err(UsageError::with_flag(flag, message).into())
}

fn print(answer: &SitingAnswer, language: Language) {
    let siting = &answer.siting;
    print_certificate(siting, language);
    print_floor(siting, language);
    print_recount(answer, language);
    print_tiers(answer, language);
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
    for row in answer.rows().into_iter().take(LISTED) {
        let own = |cell: &Option<String>, before: &str, after: &str| {
            let cell = cell.as_ref();
            cell.map_or_else(String::new, |cell| format!(" {before}{cell}{after}"))
        };
        let record = row.record;
        let (name, mode) = (own(&record.name, "", ""), own(&record.mode, "(", ")"));
        let year = own(
            &row.year
                .clone()
                .filter(|_| siting.schedule_proven.is_some()),
            "",
            "",
        );
        let numbers = [
            language.people(row.people),
            language.people(row.total_people),
            language.money(row.cost),
        ];
        let numbers = numbers.map(|text| pad_left(&text, 12)).concat();
        let site = format!("{}{name}{mode}{year}", record.id);
        say!("  {numbers}  {}", visible(&site));
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
        told(siting, siting.objective, language),
        told(siting, siting.bound, language),
    );
    let sites = if count == 1 { "site" } else { "sites" };
    say_in!(
        language,
        "{problem}: {count} new {sites}, {objective}",
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
    print_stopped(siting, language);
    let share = siting.standing.share_of(siting.people) * 100.0;
    if siting.goal.has_cutoff() && siting.standing.thousandths() > 0 {
        let standing = language.people(siting.standing);
        say_in!(
            language,
            "  the stations that stand cover {standing} people, {share:.1} %",
            "  现有站点覆盖 {standing} 人，占 {share:.1} %"
        );
    }
    if siting.schedule_proven == Some(false) {
        say_in!(
            language,
            "  the years: other years for these sites may serve people sooner",
            "  年份：调整这些站点的年份，或可更早服务居民"
        );
    }
    if siting.left_out.thousandths() > 0 && !siting.goal.has_cutoff() {
        let left = language.people(siting.left_out);
        say_in!(
            language,
            "  {left} people can walk to none of them",
            "  {left} 人走不到其中任何一处"
        );
    }
}

/// Why the search ended early, where it did.
fn print_stopped(siting: &Siting, language: Language) {
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
}

/// What a count on the streets gives, where that is another number of people: measures may meet.
fn print_recount(answer: &SitingAnswer, language: Language) {
    let Amount::People(people) = answer.siting.objective else {
        return;
    };
    if answer.siting.is_weighted {
        return;
    }
    if let Some(counted) = answer.recounted.filter(|counted| *counted != people) {
        let counted = language.people(counted);
        say_in!(
            language,
            "  counted again with all of it built: {counted} people are covered",
            "  全部建成后重新计算：覆盖 {counted} 人"
        );
    }
}

/// What each tier has before and after.
fn print_tiers(answer: &SitingAnswer, language: Language) {
    if !answer.tiers.is_empty() {
        say_in!(
            language,
            "  everybody counts once for each tier:",
            "  每人对每个层级各计一次："
        );
    }
    for row in &answer.tiers {
        let (tier, circle) = (row.tier.tier.in_language(language), row.tier.circle);
        let unit = match circle.unit() {
            Unit::Milliseconds => language.pick("min", "分钟"),
            Unit::Millimetres => language.pick("m", "米"),
        };
        let [before, after] = [row.before, row.after].map(|part| part.share_of(row.people) * 100.0);
        say_in!(
            language,
            "  {tier}, {circle} {unit}: {before:.1} % before, {after:.1} % after",
            "  {tier}，{circle} {unit}：建设前 {before:.1} %，建设后 {after:.1} %"
        );
    }
}

/// The floor that all communities stand on.
fn print_floor(siting: &Siting, language: Language) {
    let Some(floor) = siting.floor else {
        return;
    };
    let (share, bound) = (floor.share * 100.0, floor.bound * 100.0);
    say_in!(
        language,
        "  every community has at least {share:.1} % covered, or as much as all candidates together cover",
        "  每个社区至少覆盖 {share:.1} %，或达到全部候选点合计的覆盖"
    );
    if floor.bound > floor.share {
        say_in!(
            language,
            "  whether {bound:.1} % are possible is not known",
            "  能否达到 {bound:.1} % 尚不清楚"
        );
    }
}

fn told(siting: &Siting, amount: Amount, language: Language) -> String {
    let value = amount.as_f64();
    let words = match amount {
        Amount::People(people) if siting.is_weighted => {
            let people = language.people(people);
            words!(
                "{people} people within the cutoff, counted by weight",
                "阈值内 {people} 人（按权重计）"
            )
        }
        Amount::PeopleMilliseconds(_) if siting.is_weighted => words!(
            "{value:.0} people × seconds, counted by weight",
            "{value:.0} 人·秒（按权重计）"
        ),
        Amount::People(people) => {
            let people = language.people(people);
            words!("{people} people within the cutoff", "阈值内 {people} 人")
        }
        Amount::PeopleMilliseconds(_) => words!("{value:.0} people × seconds", "{value:.0} 人·秒"),
        Amount::Milliseconds(_) => words!("{value} s at most", "最远 {value} 秒"),
        Amount::Sites(count) => words!("{count} sites", "{count} 处"),
        Amount::Money(money) => {
            let money = language.money(money);
            words!("{money} in all", "共 {money}")
        }
    };
    words.in_language(language)
}
