//! `pedshed gaps`: the places where people are left out, most people first, and why.

use std::sync::atomic::AtomicBool;

use pedshed::gaps::{Gap, GapOptions, GapReason, Gaps};
use pedshed::parallel;
use pedshed::report::OutputDirectory;
use pedshed::units::{COST_SCALE, Unit};

use super::coverage::{GAPS, GAPS_TABLE};
use crate::args::GapsArgs;
use crate::exit::Exit;
use crate::study::{Study, Wanted, in_range};
use crate::terminal::say;

/// Gaps that are printed.
const LISTED: usize = 20;

pub(crate) fn run(args: &GapsArgs, cancel: &AtomicBool) -> anyhow::Result<Exit> {
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
        let done = study.run(wanted, args.run.quiet, cancel)?;
        let Some(gaps) = &done.gaps else {
            return Ok(Exit::Failed);
        };
        if !args.run.quiet {
            print(gaps);
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
                say!("\nwritten: {GAPS_TABLE}, {GAPS}");
                say!("     in: {}", out.display());
            }
        }
        Ok(Exit::Done)
    })
    .map_err(pedshed::Error::from)?
}

fn print(gaps: &Gaps) {
    if gaps.list.is_empty() {
        say!("no gaps: everybody with a valid record is covered");
        return;
    }
    let unit = match gaps.deciding.unit() {
        Unit::Milliseconds => "min",
        Unit::Millimetres => "m",
    };
    say!("{} gaps, most people first", gaps.list.len());
    say!(
        "\n      {:>9}  {:>9}  {:<22} why",
        "people",
        format!("{unit} over"),
        "street"
    );
    for (number, gap) in (1..).zip(gaps.list.iter().take(LISTED)) {
        let street: String = gap
            .street
            .as_deref()
            .unwrap_or("-")
            .chars()
            .take(22)
            .collect();
        let (people, over) = (gap.people.to_string(), over(gap, gaps.deciding.unit()));
        say!(
            "{number:>4}  {people:>9}  {over:>9}  {street:<22} {}",
            why(gap)
        );
    }
    if gaps.list.len() > LISTED {
        say!("  … and {} more", gaps.list.len() - LISTED);
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

fn why(gap: &Gap) -> String {
    match (gap.reason, gap.link) {
        (GapReason::LinkMissing, Some(link)) => {
            format!("a link of {:.0} m would serve {}", link.metres, link.gain)
        }
        (GapReason::NoPath, _) => "no path to any station".to_owned(),
        (GapReason::Island, _) => "on an island of streets".to_owned(),
        (GapReason::ClosedPocket, _) => "private ways without a gate".to_owned(),
        (GapReason::OffNetwork, _) => "no street near".to_owned(),
        _ => "too far".to_owned(),
    }
}
