//! `pedshed gaps`: the places where people are left out, most people first, and why.

use pedshed::gaps::{Gap, GapOptions, Gaps, LongerOpening, MissingLink, NewGate};
use pedshed::language::{InLanguage, Language, counted};
use pedshed::parallel;
use pedshed::report::{fit, pad_left, pad_right, visible};
use pedshed::study::{GAPS_GEOJSON, GAPS_TABLE, GapsPart, Parts, StudyResult};
use pedshed::units::{COST_SCALE, Unit};

use crate::args::GapsArgs;
use crate::circle::add_cure_prices;
use crate::exit::Exit;
use crate::options::{outside, threads};
use crate::session::Session;
use crate::study::{city_study, dry, in_language, run_watched};
use crate::terminal::{say, say_in};
use crate::words::flagged;
use crate::written::print_written;

/// The files that are written.
const FILES: [&str; 2] = [GAPS_TABLE, GAPS_GEOJSON];
/// Gaps that are printed.
const LISTED: usize = 20;

pub(crate) fn run(args: &GapsArgs, session: Session<'_>) -> anyhow::Result<Exit> {
    let threads = threads(&args.run)?;
    let outputs = in_language(session.language);
    let out = args.out.as_deref();
    let directory = out.map(|out| outputs.open_for(out, &FILES)).transpose()?;
    let mut study = dry(city_study(&args.layers, &args.walk, Some(&args.memory))?);
    study.outputs = outputs;
    study.questions.gaps = GapOptions::default()
        .with_link_m(args.gap_link)
        .map_err(outside("gap-link"))?
        .with_missing_link_m(args.missing_link)
        .map_err(outside("missing-link"))?;
    add_cure_prices(&mut study.questions, args.cure_prices.as_deref())?;
    let parts = Parts {
        gaps: GapsPart::Drawn,
        ..Parts::default()
    };
    parallel::with_threads(threads, || {
        let result = run_watched(&study, parts, &args.run, session)?;
        let Some(gaps) = &result.gaps else {
            return Ok(Exit::Failed);
        };
        if !args.run.quiet {
            print(gaps, &result, session.language);
        }
        if let Some(directory) = directory {
            let out = &directory.path().to_path_buf();
            let files = result.write_files(directory, &FILES).map_err(flagged)?;
            if !args.run.quiet {
                say!("");
                print_written(&files, out, session.language);
            }
        }
        Ok(Exit::Done)
    })
    .map_err(pedshed::Error::from)?
}

fn print(gaps: &Gaps, result: &StudyResult<'_>, language: Language) {
    let count = gaps.list.len();
    if count == 0 {
        say_in!(
            language,
            "no gaps: everybody with a valid record is covered",
            "无覆盖盲区：有效记录均已覆盖"
        );
        return;
    }
    let gaps_counted = counted(count, "gap", "gaps");
    say_in!(
        language,
        "{gaps_counted}, most people first\n",
        "{count} 处覆盖盲区，按人口从多到少\n"
    );
    print_rows(gaps, result, LISTED, language);
    if count > LISTED {
        let more = count - LISTED;
        say_in!(language, "  … and {more} more", "  … 另有 {more} 处");
    }
}

/// The worst gaps of a study that has other things to say too.
pub(super) fn print_worst(gaps: &Gaps, result: &StudyResult<'_>, language: Language) {
    const WORST: usize = 5;
    if gaps.list.is_empty() {
        return;
    }
    say_in!(
        language,
        "\n  the worst gaps, with cause or cure",
        "\n  最大的覆盖盲区及成因、对策"
    );
    print_rows(gaps, result, WORST, language);
}

/// The first gaps as a table.
fn print_rows(gaps: &Gaps, result: &StudyResult<'_>, most: usize, language: Language) {
    let over_head = match gaps.deciding.unit() {
        Unit::Milliseconds => language.pick("min over", "超时/分钟"),
        Unit::Millimetres => language.pick("m over", "超距/米"),
    };
    say!(
        "      {}  {}  {} {}",
        pad_left(language.pick("people", "人口"), 9),
        pad_left(over_head, 9),
        pad_right(language.pick("street", "道路"), 22),
        language.pick("why", "原因")
    );
    for (number, gap) in (1..).zip(gaps.list.iter().take(most)) {
        let street = pad_right(&fit(gap.street.as_deref().unwrap_or("-"), 22), 22);
        let people = language.people(gap.people);
        let over = over(gap, gaps.deciding.unit());
        say!(
            "{number:>4}  {people:>9}  {over:>9}  {street} {}",
            visible(&why(gap, result, language))
        );
    }
}

/// By how much the middle person is over the cutoff.
fn over(gap: &Gap, unit: Unit) -> String {
    let Some(extra) = gap.median_extra else {
        return "-".to_owned();
    };
    let extra = f64::from(extra) / COST_SCALE;
    match unit {
        Unit::Milliseconds => format!("{:.1}", extra / 60.0),
        Unit::Millimetres => format!("{extra:.0}"),
    }
}

/// The cure that covers more people, where there is one, else the reason.
fn why(gap: &Gap, result: &StudyResult<'_>, language: Language) -> String {
    let by_link = gap.link.map(|link| link.gain);
    let by_gate = gap.gate.map(|gate| gate.gain);
    let opening = gap.opening;
    if let Some(opening) = opening.filter(|one| Some(one.gain) >= by_link.max(by_gate)) {
        return longer_opening(opening, result, language);
    }
    let gate = gap.gate.filter(|gate| Some(gate.gain) >= by_link);
    if let Some(NewGate {
        compound,
        gain,
        way,
        ..
    }) = gate
    {
        let id = &result.inputs.compounds.list[compound.index()].id;
        let gain = language.people(gain);
        return match (language, way) {
            (Language::En, None) => format!("a gate in the wall of {id} would serve {gain}"),
            (Language::En, Some(way)) => format!(
                "a gate in the wall of {id}, with {:.1} m of path through it, would serve {gain}",
                way.metres
            ),
            (Language::Zh, None) => format!("在“{id}”围墙增设出入口可覆盖 {gain} 人"),
            (Language::Zh, Some(way)) => format!(
                "在“{id}”围墙增设出入口并修建 {:.1} 米通道可覆盖 {gain} 人",
                way.metres
            ),
        };
    }
    if let Some(MissingLink { metres, gain, .. }) = gap.link {
        let gain = language.people(gain);
        return match language {
            Language::En => format!("a link of {metres:.0} m would serve {gain}"),
            Language::Zh => format!("缺少通道：{metres:.0} 米连通可覆盖 {gain} 人"),
        };
    }
    gap.reason.in_language(language)
}

/// What longer opening of a closed station would do.
fn longer_opening(opening: LongerOpening, result: &StudyResult<'_>, language: Language) -> String {
    let first = result.analysis.snapped().entrances(opening.station)[0].row;
    let row = &result.inputs.stations[first as usize];
    let station = row.name.as_deref().unwrap_or(&row.id);
    let gain = language.people(opening.gain);
    match language {
        Language::En => format!("{station}, if it were open, would serve {gain}"),
        Language::Zh => format!("“{station}”此时开放可覆盖 {gain} 人"),
    }
}
