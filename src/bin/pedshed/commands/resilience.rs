//! `pedshed resilience`: who depends on one station alone, and what closing a station or a piece of the streets costs.

use std::cmp::Reverse;
use std::time::Instant;

use pedshed::language::Language;
use pedshed::parallel;
use pedshed::report::{fit, pad_left, pad_right, visible};
use pedshed::resilience::{Loss, MapObject, PairLoss, StreetClosure, StreetClosures, StreetKind};
use pedshed::study::{Parts, ResilienceAnswer, ResilienceQuestion, StudyResult};
use pedshed::units::{People, Unit};

use crate::exit::Exit;
use crate::options::threads;
use crate::resilience_args::ResilienceArgs;
use crate::session::Session;
use crate::study::{map_outputs, run_watched, walked_study};
use crate::terminal::{say, say_in};
use crate::words::flagged;
use crate::written::print_written;

/// Rows of each ranking that are printed.
const LISTED: usize = 10;
/// Rows of each kind of street closures.
const LISTED_OF_A_KIND: usize = 5;
/// Columns for what something is called.
const NAME_WIDTH: usize = 34;

pub(crate) fn run(args: &ResilienceArgs, session: Session<'_>) -> anyhow::Result<Exit> {
    let threads = threads(&args.run)?;
    let mut question = ResilienceQuestion::default();
    question.pairs_among = args.pairs.into();
    let outputs = map_outputs(&args.map, "resilience", session.language)?;
    let directory = outputs.open_for(&args.out, &ResilienceAnswer::FILES)?;
    let mut study = walked_study(&args.city, &args.memory, outputs)?;
    study.layers.with_marks = true;
    parallel::with_threads(threads, || {
        let result = run_watched(&study, Parts::default(), &args.run, session)?;
        let begin = Instant::now();
        let answer = result.resilience(question, session.control())?;
        let ms = begin.elapsed().as_secs_f64() * 1e3;
        let files = result
            .write_resilience(question, &answer, directory)
            .map_err(flagged)?;
        if !args.run.quiet {
            print(&result, &answer, session.language);
            print_written(&files, &args.out, session.language);
        }
        if args.run.verbose {
            let name = pad_left(session.language.pick("closing", "逐一关闭"), 10);
            say_in!(
                session.language,
                "{name} {ms:>9.1} ms",
                "{name} {ms:>9.1} 毫秒"
            );
        }
        Ok(Exit::Done)
    })
    .map_err(pedshed::Error::from)?
}

fn print(result: &StudyResult<'_>, answer: &ResilienceAnswer, language: Language) {
    print_dependence(result, answer, language);
    print_stations(answer, language);
    print_pairs(answer, language);
    match &answer.streets {
        Some(streets) => print_streets(answer, streets, language),
        None => say_in!(
            language,
            "\n  streets are closed for walks of one way only, not there and back",
            "\n  往返步行不计算道路关闭，只计算单程"
        ),
    }
    say!("");
}

/// How many people have how many stations.
fn print_dependence(result: &StudyResult<'_>, answer: &ResilienceAnswer, language: Language) {
    let people = result.inputs.city().people();
    let by_count = answer.stations.by_count(&people);
    let [none, one, two, more] = by_count.map(|tally| language.people(tally.people));
    let cutoff = answer.stations.cutoff().in_words(language);
    say_in!(
        language,
        "people with a station within {cutoff}: {none} have none, {one} depend on one alone, {two} have two, {more} have more",
        "{cutoff}内的站点数：{none} 人没有，{one} 人只依赖一个，{two} 人有两个，{more} 人有三个及以上"
    );
}

fn print_heads(what: &str, unit: Unit, language: Language) {
    let added = match unit {
        Unit::Milliseconds => language.pick("person-min", "人·分钟"),
        Unit::Millimetres => language.pick("person-km", "人·公里"),
    };
    let heads = [
        language.pick("lose it", "失去服务"),
        language.pick("cut off", "完全断开"),
        language.pick("farther", "走更远"),
        added,
    ];
    let heads = heads.map(|head| pad_left(head, 12)).concat();
    say!("\n      {}{heads}", pad_right(what, NAME_WIDTH));
}

fn print_row(rank: usize, what: &str, loss: &Loss, unit: Unit, language: Language) {
    let people = [loss.lost, loss.cut_off, loss.farther];
    let people = people.map(|tally| language.people(tally.people));
    let added = language.whole(loss.person_units(unit).round() as u64);
    let cells = people.iter().chain([&added]);
    let cells: String = cells.map(|cell| pad_left(cell, 12)).collect();
    let what = pad_right(&fit(&visible(what), NAME_WIDTH), NAME_WIDTH);
    say!("{rank:>4}  {what}{cells}");
}

fn print_stations(answer: &ResilienceAnswer, language: Language) {
    let unit = answer.stations.cutoff().unit();
    print_heads(
        language.pick("a station closes", "关闭一个站点"),
        unit,
        language,
    );
    let rows = answer.station_rows();
    for row in rows.iter().take(LISTED) {
        let what = called(&row.record.id, row.record.name.as_deref());
        print_row(row.rank, &what, row.loss, unit, language);
    }
    print_more(rows.len(), LISTED, "station_closures.csv", language);
}

/// The worst pair, and the one whose two stations stand in for each other for most people.
fn print_pairs(answer: &ResilienceAnswer, language: Language) {
    let pairs = answer.stations.pairs();
    let Some(worst) = pairs.first() else {
        return;
    };
    let unit = answer.stations.cutoff().unit();
    let head = language.pick("two stations close", "同时关闭两个站点");
    print_heads(head, unit, language);
    print_pair(answer, 1, worst, language);
    let mut listed = 1;
    let together = (1..)
        .zip(pairs)
        .max_by_key(|(rank, pair)| (pair.together, Reverse(*rank)));
    if let Some((rank, pair)) = together.filter(|(_, pair)| pair.together > People::ZERO) {
        if rank > 1 {
            listed += 1;
            print_pair(answer, rank, pair, language);
        }
        let people = language.people(pair.together);
        say_in!(
            language,
            "      {people} people of pair {rank} lose it only because both are closed, the most of all pairs",
            "      第 {rank} 对中有 {people} 人只因两站同时关闭而失去服务，为各对之最"
        );
    }
    print_more(pairs.len(), listed, "station_pairs.csv", language);
}

fn print_pair(answer: &ResilienceAnswer, rank: usize, pair: &PairLoss, language: Language) {
    let unit = answer.stations.cutoff().unit();
    let [one, other] = pair.stations.map(|station| {
        let record = &answer.records[station.index()];
        called(&record.id, record.name.as_deref())
    });
    print_row(rank, &one, &pair.loss, unit, language);
    say!("      {}", fit(&visible(&format!("+ {other}")), NAME_WIDTH));
}

fn print_streets(answer: &ResilienceAnswer, streets: &StreetClosures, language: Language) {
    let unit = answer.stations.cutoff().unit();
    let counts = StreetKind::ALL.map(|kind| streets.count_of(kind));
    let [bridges, gates, crossings, lifts] = counts;
    let head = language.pick("streets close", "关闭道路设施");
    print_heads(head, unit, language);
    let rows = answer.street_rows();
    let mut listed = 0;
    for kind in StreetKind::ALL {
        let of_kind = rows.iter().filter(|row| row.closure.kind == kind);
        let hurting = of_kind.filter(|row| !row.loss.is_none());
        for row in hurting.take(LISTED_OF_A_KIND) {
            listed += 1;
            let what = format!("{} {}", kind_word(kind, language), told(row.closure));
            print_row(row.rank, &what, row.loss, unit, language);
        }
    }
    print_more(rows.len(), listed, "street_closures.csv", language);
    say_in!(
        language,
        "      closed one at a time: {bridges} bridges, {gates} gates, {crossings} crossings, {lifts} lifts",
        "      逐一关闭：桥梁 {bridges} 座、出入口 {gates} 处、过街处 {crossings} 处、电梯 {lifts} 部"
    );
    let bare = streets.bare_crossings();
    if bare > 0 {
        say_in!(
            language,
            "      {bare} more crossings have no way that leads across: there is nothing to close",
            "      另有 {bare} 处过街没有单独的过街道路：无可关闭"
        );
    }
}

fn kind_word(kind: StreetKind, language: Language) -> &'static str {
    match kind {
        StreetKind::Bridge => language.pick("bridge", "桥梁"),
        StreetKind::Gate => language.pick("gate", "出入口"),
        StreetKind::Crossing => language.pick("crossing", "过街处"),
        StreetKind::Lift => language.pick("lift", "电梯"),
        _ => kind.name(),
    }
}

fn print_more(count: usize, listed: usize, file: &str, language: Language) {
    if count > listed {
        let more = count - listed;
        say_in!(
            language,
            "      … and {more} more in {file}",
            "      … 另有 {more} 行，见 {file}"
        );
    }
}

/// What a bridge, gate, crossing or lift is called, with its number in the map.
fn told(closure: &StreetClosure) -> String {
    let id = match closure.object {
        MapObject::Record => closure.id.clone(),
        object => format!("{} {}", object.name(), closure.id),
    };
    called(&id, closure.name.as_deref())
}

/// An id with the name, where there is one.
fn called(id: &str, name: Option<&str>) -> String {
    match name {
        Some(name) if name != id => format!("{name} ({id})"),
        _ => id.to_owned(),
    }
}
