//! `pedshed catchments`: the ground of each station, and who belongs to it.

use pedshed::language::Language;
use pedshed::parallel;
use pedshed::report::{fit, pad_left, pad_right, visible};
use pedshed::study::{CatchmentsAnswer, CatchmentsQuestion, Parts, StudyResult};
use pedshed::units::{People, Unit};

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
    let outputs = map_outputs(&args.map, "catchments", session.language);
    let directory = outputs.open_for(&args.out, &CatchmentsAnswer::FILES)?;
    let study = walked_study(&args.city, &args.memory, outputs)?;
    parallel::with_threads(threads, || {
        let result = run_watched(&study, Parts::default(), &args.run, session)?;
        let answer = result.catchments(question, session.control())?;
        let files = result
            .write_catchments(question, &answer, directory)
            .map_err(flagged)?;
        if !args.run.quiet {
            print(&result, &answer, session.language);
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
    ];
    let heads = heads.map(|head| pad_left(head, 12)).concat();
    say!(
        "  {}{heads}",
        pad_right(language.pick("station", "站点"), NAME_WIDTH)
    );
    let mut rows: Vec<_> = answer.records.iter().zip(catchments.list()).collect();
    rows.sort_by_key(|(_, catchment)| std::cmp::Reverse(catchment.load.people));
    for (record, catchment) in rows.iter().take(LISTED) {
        let name = record.name.as_deref().unwrap_or(&record.id);
        let name = pad_right(&fit(&visible(name), NAME_WIDTH), NAME_WIDTH);
        let mean = catchment.mean();
        let cells = [
            language.people(catchment.load.people),
            format!("{:.2}", catchment.area_m2 / 1e6),
            mean.map_or_else(|| "-".to_owned(), |mean| format!("{:.1}", mean / amount)),
        ];
        say!("  {name}{}", cells.map(|cell| pad_left(&cell, 12)).concat());
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
    let [capacity, most] = [balance.capacity, balance.most].map(|people| language.people(people));
    let over = balance.over;
    say_in!(
        language,
        "\n  balanced: at most {capacity} people each; the fullest has {most}, stations above that: {over}",
        "\n  均衡：每站至多 {capacity} 人；最多的站 {most} 人，超出的站点数：{over}"
    );
    say_in!(
        language,
        "  mean walk {walked} {unit}; the least there can be, if the people of one place may part, is {least}; to the nearest it is {nearest}",
        "  平均步行 {walked} {unit}；若同一处的人可分到不同站点，最少为 {least}；全部就近时为 {nearest}"
    );
}
