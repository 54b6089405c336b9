//! `pedshed catchments`: the ground of each station, and who belongs to it.

use std::cmp::Reverse;

use pedshed::catchments::Catchments;
use pedshed::language::Language;
use pedshed::model::Attribute;
use pedshed::parallel;
use pedshed::prelude::StationId;
use pedshed::report::{fit, pad_left, pad_right, visible};
use pedshed::study::{CatchmentsAnswer, CatchmentsQuestion, Parts, StudyResult};
use pedshed::units::{People, Unit};

use super::scenario::print_findings;
use crate::exit::{Exit, usage};
use crate::options::{in_range, threads};
use crate::resilience_args::CatchmentsArgs;
use crate::session::Session;
use crate::study::{map_outputs, run_watched, walked_study};
use crate::terminal::{say, say_in};
use crate::words::flagged;
use crate::written::print_written;

/// Stations that are printed.
const LISTED: usize = 10;
/// Columns for what a station is called.
const NAME_WIDTH: usize = 34;

pub(crate) fn run(args: &CatchmentsArgs, session: Session<'_>) -> anyhow::Result<Exit> {
    let threads = threads(&args.run)?;
    let mut question = CatchmentsQuestion::default();
    question.cell_m = in_range("cell", args.cell, 5.0, 1000.0)?;
    question.balanced = args.balance;
    let capacity = args.capacity.as_deref().map(str::parse::<People>);
    question.capacity = capacity.transpose().map_err(usage("capacity"))?;
    let outputs = map_outputs(&args.map, "catchments", session.language)?;
    let directory = outputs.open_for(&args.out, &CatchmentsAnswer::FILES)?;
    let mut study = walked_study(&args.city, &args.memory, outputs)?;
    if args.balance {
        for layer in &mut study.layers.stations {
            layer.keep(&[Attribute::Capacity]);
        }
    }
    parallel::with_threads(threads, || {
        let result = run_watched(&study, Parts::default(), &args.run, session)?;
        let answer = result.catchments(question, session.control())?;
        let files = result
            .write_catchments(question, &answer, directory)
            .map_err(flagged)?;
        if !args.run.quiet {
            print(&result, &answer, session.language);
            print_findings(&answer.findings, session.language);
            print_written(&files, &args.out, session.language);
        }
        Ok(Exit::Done)
    })
    .map_err(pedshed::Error::from)?
}

fn print(result: &StudyResult<'_>, answer: &CatchmentsAnswer, language: Language) {
    let catchments = &answer.catchments;
    let (mean_head, amount) = match catchments.unit() {
        Unit::Milliseconds => (language.pick("mean min", "平均分钟"), 60_000.0),
        Unit::Millimetres => (language.pick("mean m", "平均米"), 1000.0),
    };
    let heads = [
        language.pick("people", "人口"),
        language.pick("km²", "平方公里"),
        mean_head,
        language.pick("load", "负荷率"),
    ];
    let is_balanced = catchments.balance().is_some();
    let shown = if is_balanced { heads.len() } else { 3 };
    let heads = heads.map(|head| pad_left(head, 12))[..shown].concat();
    say!(
        "  {}{heads}",
        pad_right(language.pick("station", "站点"), NAME_WIDTH)
    );
    let mut rows: Vec<StationId> = (0..answer.records.len()).map(StationId::new).collect();
    let people_of = |station: StationId| catchments.list()[station.index()].load.people;
    rows.sort_by_key(|station| Reverse(people_of(*station)));
    for station in rows.iter().take(LISTED) {
        let record = &answer.records[station.index()];
        let catchment = &catchments.list()[station.index()];
        let name = record.name.as_deref().unwrap_or(&record.id);
        let name = pad_right(&fit(&visible(name), NAME_WIDTH), NAME_WIDTH);
        let mean = catchment.mean();
        let cells = [
            language.people(catchment.load.people),
            format!("{:.2}", catchment.area_m2 / 1e6),
            mean.map_or_else(|| "-".to_owned(), |mean| format!("{:.1}", mean / amount)),
            of_capacity(catchment.load.people, catchments.capacity_of(*station)),
        ];
        let cells: [String; 4] = cells.map(|cell: String| pad_left(&cell, 12));
        say!("  {name}{}", cells[..shown].concat());
    }
    if rows.len() > LISTED {
        let more = rows.len() - LISTED;
        say_in!(
            language,
            "  … and {more} more in catchments.csv",
            "  … 另有 {more} 个站点，见 catchments.csv"
        );
    }
    print_balance(answer, language);
    let outside = catchments.outside_of(&result.inputs.city().people());
    let (records, people) = (outside.records, language.people(outside.people));
    let cell = catchments.cell_m();
    say_in!(
        language,
        "\n  cells of {cell:.0} m; {people} people ({records} records) stand on the ground of another station than their own\n",
        "\n  网格边长 {cell:.0} 米；{people} 人（{records} 条记录）所在网格属于另一站点\n"
    );
}

/// How many people stations may have: their own, and all others.
fn kept(catchments: &Catchments, language: Language) -> String {
    let common = catchments.balance().and_then(|balance| balance.capacity);
    let mut stations = (0..catchments.list().len()).map(StationId::new);
    let has_own = stations.any(|station| catchments.capacity_of(station) != common);
    let own = language.pick("each as many as it can take", "各站不超过其容量");
    match (language, common.map(|people| language.people(people))) {
        (_, None) => own.to_owned(),
        (Language::En, Some(people)) if has_own => {
            format!("{own}, and {people} people where nothing is said")
        }
        (Language::Zh, Some(people)) if has_own => format!("{own}，未注明者至多 {people} 人"),
        (Language::En, Some(people)) => format!("at most {people} people each"),
        (Language::Zh, Some(people)) => format!("每站至多 {people} 人"),
    }
}

/// How much of what a station can take it has.
fn of_capacity(people: People, capacity: Option<People>) -> String {
    match capacity {
        Some(capacity) if capacity > People::ZERO => {
            format!("{:.1} %", people.share_of(capacity) * 100.0)
        }
        _ => "-".to_owned(),
    }
}

/// How good the balance is.
fn print_balance(answer: &CatchmentsAnswer, language: Language) {
    let catchments = &answer.catchments;
    let Some(balance) = catchments.balance() else {
        return;
    };
    let served: People = catchments.list().iter().map(|one| one.load.people).sum();
    let (unit, amount) = match catchments.unit() {
        Unit::Milliseconds => (language.pick("minutes", "分钟"), 60_000.0),
        Unit::Millimetres => (language.pick("metres", "米"), 1000.0),
    };
    let mean = |walked: u128| {
        let mean = walked as f64 / served.thousandths().max(1) as f64 / amount;
        format!("{mean:.3}")
    };
    let sums = [balance.nearest, balance.bound, balance.walked].map(mean);
    let [nearest, least, walked] = sums;
    let most = language.people(balance.most);
    let over = balance.over;
    let kept = kept(catchments, language);
    say_in!(
        language,
        "\n  balanced: {kept}; the fullest has {most}, stations above that: {over}",
        "\n  均衡：{kept}；最多的站 {most} 人，超出的站点数：{over}"
    );
    say_in!(
        language,
        "  mean walk {walked} {unit}; the least there can be, if the people of one place may part, is {least}; to the nearest it is {nearest}",
        "  平均步行 {walked} {unit}；若同一处的人可分到不同站点，最少为 {least}；全部就近时为 {nearest}"
    );
}
