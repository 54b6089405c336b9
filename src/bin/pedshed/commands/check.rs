//! `pedshed check`: every finding about the inputs, worst first.

use std::sync::atomic::AtomicBool;

use pedshed::inputs::Format;
use pedshed::inputs::osm::HomesReport;
use pedshed::model::Severity;
use pedshed::parallel;
use pedshed::report::findings_json;
use serde_json::{Value, json};

use crate::args::CheckArgs;
use crate::exit::Exit;
use crate::study::{Done, Study, Wanted};
use crate::terminal::say;

/// Records of one finding that are printed.
const LISTED: usize = 10;

pub(crate) fn run(args: &CheckArgs, cancel: &AtomicBool) -> anyhow::Result<Exit> {
    let mut study = Study::new(&args.layers, &args.walk)?;
    // An OpenStreetMap file says where its ways join; lines may be drawn carelessly.
    study.request.mending.look = study.request.network.format() != Some(Format::OsmPbf);
    let done = parallel::with_threads(args.run.threads, || {
        study.run(Wanted::default(), args.run.quiet, cancel)
    })
    .map_err(pedshed::Error::from)??;
    if args.json {
        say!("{}", serde_json::to_string_pretty(&as_json(&done))?);
    } else if !args.run.quiet {
        print_records(&done);
        print_findings(&done);
    }
    Ok(Exit::Done)
}

fn as_json(done: &Done) -> Value {
    let Done {
        inputs, analysis, ..
    } = done;
    let network = &analysis.network;
    json!({
        "network": {
            "ways": network.source().ways,
            "nodes": network.node_count(),
            "edges": network.edge_count(),
            "length_m": network.length_m().round(),
        },
        "stations": {
            "rows": inputs.stations.len(),
            "stations": analysis.snapped.station_count(),
        },
        "residents": {
            "records": inputs.residents.len(),
            "population": analysis.coverage.total().people.as_f64(),
        },
        "areas": inputs.areas.len(),
        "findings": findings_json(&done.findings),
    })
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
        if finding.list.len() > 1 {
            for record in finding.list.iter().take(LISTED) {
                say!("            {record}");
            }
            if finding.list.len() > LISTED {
                say!(
                    "            and {} more: --json lists them",
                    finding.list.len() - LISTED
                );
            }
        } else {
            say!("    e.g.    {}", finding.example);
        }
        say!("    effect  {}", finding.code.effect());
        say!("    cure    {}", finding.code.cure());
    }
}
