//! `pedshed check`: every finding about the inputs, worst first.

use std::sync::atomic::AtomicBool;

use pedshed::inputs::osm::HomesReport;
use pedshed::model::Severity;
use pedshed::parallel;

use crate::args::CheckArgs;
use crate::exit::Exit;
use crate::study::{Done, Study};
use crate::terminal::say;

pub(crate) fn run(args: &CheckArgs, cancel: &AtomicBool) -> anyhow::Result<Exit> {
    let study = Study::new(&args.layers, &args.walk)?;
    let done = parallel::with_threads(args.run.threads, || study.run(args.run.quiet, cancel))
        .map_err(pedshed::Error::from)??;
    if !args.run.quiet {
        print_records(&done);
        print_findings(&done);
    }
    Ok(Exit::Done)
}

fn print_records(done: &Done) {
    let network = &done.analysis.network;
    say!(
        "network    {} ways, {} junctions, {} edges, {:.0} km",
        network.source().ways,
        network.node_count(),
        network.edge_count(),
        network.length_m() / 1000.0
    );
    say!(
        "stations   {} rows, {} stations",
        done.inputs.stations.len(),
        done.analysis.snapped.station_count()
    );
    say!(
        "residents  {} records, {} people",
        done.inputs.residents.len(),
        done.analysis.coverage.total().people
    );
    if !done.inputs.areas.is_empty() {
        say!("areas      {}", done.inputs.areas.len());
    }
    if let Some(homes) = &done.inputs.homes {
        print_homes(homes);
    }
    say!("");
}

fn print_homes(homes: &HomesReport) {
    say!(
        "homes      {} buildings, {} with storeys in the data",
        homes.homes,
        homes.with_storeys
    );
    say!(
        "           not homes: {} of another kind, {} of another use, {} too small,",
        homes.other_kind,
        homes.other_use,
        homes.too_small
    );
    say!(
        "           {} the size of a hall, {} without an outline",
        homes.too_large,
        homes.without_shape
    );
}

fn print_findings(done: &Done) {
    let findings = done.findings.worst_first();
    if findings.is_empty() {
        say!("nothing found");
    }
    for finding in findings {
        let severity = match finding.code.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        say!(
            "{severity}: {} {} [{}]",
            finding.count,
            finding.code.title(),
            finding.code.name()
        );
        say!("    e.g.    {}", finding.example);
        say!("    effect  {}", finding.code.effect());
        say!("    cure    {}", finding.code.cure());
    }
}
