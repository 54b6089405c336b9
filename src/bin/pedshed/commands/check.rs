//! `pedshed check`: every finding about the inputs, worst first.

use std::sync::atomic::AtomicBool;

use anyhow::Context;
use pedshed::inputs::osm::HomesReport;
use pedshed::model::Severity;
use pedshed::parallel;

use crate::args::CheckArgs;
use crate::exit::Exit;
use crate::study::{Done, Study};

pub(crate) fn run(args: &CheckArgs, cancel: &AtomicBool) -> anyhow::Result<Exit> {
    let study = Study::new(&args.layers, &args.walk)?;
    let done = parallel::with_threads(args.run.threads, || study.run(args.run.quiet, cancel))
        .context("threads")??;
    if !args.run.quiet {
        print_records(&done);
        print_findings(&done);
    }
    let errors = done
        .findings
        .worst_first()
        .iter()
        .any(|finding| finding.code.severity() == Severity::Error);
    Ok(if errors { Exit::Failed } else { Exit::Done })
}

fn print_records(done: &Done) {
    let network = &done.analysis.network;
    println!(
        "network    {} ways, {} junctions, {} edges, {:.0} km",
        network.source().ways,
        network.node_count(),
        network.edge_count(),
        network.length_m() / 1000.0
    );
    println!(
        "stations   {} rows, {} stations",
        done.inputs.stations.len(),
        done.analysis.snapped.station_count()
    );
    println!(
        "residents  {} records, {} people",
        done.inputs.residents.len(),
        done.analysis.coverage.total().people
    );
    if !done.inputs.areas.is_empty() {
        println!("areas      {}", done.inputs.areas.len());
    }
    if let Some(homes) = &done.inputs.homes {
        print_homes(homes);
    }
    println!();
}

fn print_homes(homes: &HomesReport) {
    println!(
        "homes      {} buildings, {} with storeys in the data",
        homes.homes, homes.with_storeys
    );
    println!(
        "           not homes: {} of another kind, {} of another use, {} too small,",
        homes.other_kind, homes.other_use, homes.too_small
    );
    println!(
        "           {} the size of a hall, {} without an outline",
        homes.too_large, homes.without_shape
    );
}

fn print_findings(done: &Done) {
    let findings = done.findings.worst_first();
    if findings.is_empty() {
        println!("nothing found");
    }
    for finding in findings {
        let severity = match finding.code.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        println!(
            "{severity}: {} {} [{}]",
            finding.count,
            finding.code.title(),
            finding.code.name()
        );
        println!("    e.g.    {}", finding.example);
        println!("    effect  {}", finding.code.effect());
        println!("    cure    {}", finding.code.cure());
    }
}
