//! `pedshed gaps`: the places where people are left out, most people first, and why.

use pedshed::gaps::{Gap, GapOptions, GapReason, Gaps};
use pedshed::language::{Language, Words};
use pedshed::parallel;
use pedshed::report::{OutputDirectory, fit, pad_left, pad_right};
use pedshed::units::{COST_SCALE, Unit};

use super::coverage::{GAPS, GAPS_TABLE, print_written};
use crate::Session;
use crate::args::GapsArgs;
use crate::exit::Exit;
use crate::study::{Study, Wanted, in_range};
use crate::terminal::{say, say_in, words};

/// Gaps that are printed.
const LISTED: usize = 20;
/// The width of a street's name.
const STREET: usize = 22;

pub(crate) fn run(args: &GapsArgs, session: Session<'_>) -> anyhow::Result<Exit> {
    let mut study = Study::new(&args.layers, &args.walk)?;
    study.gap_options = GapOptions {
        link_m: in_range("--gap-link", args.gap_link, 0.0, 10_000.0)?,
        missing_link_m: in_range("--missing-link", args.missing_link, 0.0, 10_000.0)?,
    };
    let wanted = Wanted {
        gaps: true,
        ..Wanted::default()
    };
    parallel::with_threads(args.run.threads, || {
        let done = study.run(wanted, args.run.quiet, session)?;
        let Some(gaps) = &done.gaps else {
            return Ok(Exit::Failed);
        };
        if !args.run.quiet {
            print(gaps, session.language);
        }
        if let Some(out) = &args.out {
            let report = done
                .analysis
                .report(done.inputs.city(), &done.findings, done.read);
            let mut directory = OutputDirectory::open(out)?;
            directory.stage(GAPS_TABLE, |writer| report.write_gaps(gaps, writer))?;
            directory.stage(GAPS, |writer| report.write_gaps_geojson(gaps, writer))?;
            directory.commit()?;
            if !args.run.quiet {
                say!("");
                let files = [GAPS_TABLE, GAPS].map(str::to_owned);
                print_written(&files, out, session.language);
            }
        }
        Ok(Exit::Done)
    })
    .map_err(pedshed::Error::from)?
}

fn print(gaps: &Gaps, language: Language) {
    if gaps.list.is_empty() {
        say_in!(
            language,
            "no gaps: everybody with a valid record is covered",
            "没有覆盖盲区：有效记录全部已覆盖"
        );
        return;
    }
    let unit = gaps.deciding.unit();
    let count = gaps.list.len();
    say_in!(
        language,
        "{count} gaps, most people first\n",
        "{count} 处覆盖盲区，人数多者在前\n"
    );
    row(
        "",
        match (language, unit) {
            (Language::En, Unit::Milliseconds) => ["people", "min over", "street", "why"],
            (Language::En, Unit::Millimetres) => ["people", "m over", "street", "why"],
            (Language::Zh, Unit::Milliseconds) => ["人数", "超时/分", "道路", "原因"],
            (Language::Zh, Unit::Millimetres) => ["人数", "超距/米", "道路", "原因"],
        },
    );
    for (number, gap) in (1..).zip(gaps.list.iter().take(LISTED)) {
        let street = fit(gap.street.as_deref().unwrap_or("-"), STREET);
        let why = why(gap);
        row(
            &format!("{number}"),
            [
                &gap.people.to_string(),
                &over(gap, unit),
                &street,
                why.get(language),
            ],
        );
    }
    if let Some(more @ 1..) = count.checked_sub(LISTED) {
        say_in!(language, "  … and {more} more", "  … 另有 {more} 处");
    }
}

fn row(number: &str, [people, over, street, why]: [&str; 4]) {
    say!(
        "{number:>4}  {}  {}  {} {why}",
        pad_left(people, 9),
        pad_left(over, 9),
        pad_right(street, STREET)
    );
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

fn why(gap: &Gap) -> Words {
    match (gap.reason, gap.link) {
        (GapReason::LinkMissing, Some(link)) => {
            let (metres, gain) = (link.metres, link.gain);
            words!(
                "a link of {metres:.0} m would serve {gain}",
                "补建 {metres:.0} 米连接可覆盖 {gain} 人"
            )
        }
        (GapReason::NoPath, _) => words!("no path to any station", "没有路径通往任何站点"),
        (GapReason::Island, _) => words!("on an island of streets", "位于孤立路段"),
        (GapReason::ClosedPocket, _) => words!("private ways without a gate", "私有道路没有出入口"),
        (GapReason::OffNetwork, _) => words!("no street near", "附近没有道路"),
        _ => words!("too far", "距离过远"),
    }
}
