//! `summary.json`: the totals, the shares, the network, the findings and where the time went.

use std::io;
use std::time::Duration;

use serde_json::{Map, Value, json};

use super::Report;
use crate::coverage::{Coverage, Status, Tally};
use crate::model::{Finding, Findings};
use crate::network::HeightMetres;
use crate::planning::shares::{people, share};
use crate::text::OptionNames;
use crate::text::language::Language;

/// The version of the file's schema; it rises when a key changes its meaning or goes.
const SCHEMA: u32 = 1;

pub(super) fn write(
    report: &Report<'_>,
    mut writer: impl io::Write,
    write: Duration,
) -> io::Result<()> {
    let coverage = report.coverage;
    let mut summary = json!({
        "schema": SCHEMA,
        "version": env!("CARGO_PKG_VERSION"),
        "decided_by": coverage.tests().deciding().label(),
        "residents": tallies(coverage, |tally| Value::from(tally.records)),
        "population": tallies(coverage, |tally| people(tally.people)),
        "shares": shares(coverage),
        "straight_line": straight(coverage),
        "stations": stations(coverage),
        "network": network(report),
        "findings": findings_json(report.findings, report.options),
        "timings_ms": timings(report, write),
    });
    if let Some(costs) = report.wall_costs {
        summary["walls"] = super::compounds::summary(report, costs);
    }
    if let Some(stairs) = report.stairs {
        summary["stairs"] = json!({
            "covered": people(stairs.covered),
            "covered_at_street_level": people(stairs.covered_at_street),
            "stairs_at_home": people(stairs.shut_in.people),
        });
    }
    if let Some(metres) = report.network.height_metres() {
        summary["heights"] = heights(metres);
    }
    if let Some(hours) = report.hours {
        summary["hours"] = super::hours::summary(hours);
    }
    if let Some(note) = report.note {
        summary["note"] = note.into();
    }
    if let Some(provision) = report.provision {
        summary["provision"] = provision.summary();
    }
    serde_json::to_writer_pretty(&mut writer, &summary)?;
    writer.write_all(b"\n")?;
    writer.flush()
}

/// Total, by status and within each cutoff.
fn tallies(coverage: &Coverage, value: impl Fn(Tally) -> Value) -> Value {
    let mut map = Map::new();
    map.insert("total".into(), value(coverage.total()));
    for status in Status::ALL {
        map.insert(status.name().into(), value(coverage.with_status(status)));
    }
    for (cutoff, tally) in coverage.tests().cutoffs().zip(coverage.by_cutoff()) {
        map.insert(format!("within_{}", cutoff.label()), value(*tally));
    }
    Value::Object(map)
}

fn shares(coverage: &Coverage) -> Value {
    let total = coverage.total().people;
    let mut map = Map::new();
    for status in Status::ALL {
        map.insert(
            status.name().into(),
            share(coverage.with_status(status).people, total),
        );
    }
    for (cutoff, tally) in coverage.tests().cutoffs().zip(coverage.by_cutoff()) {
        map.insert(
            format!("within_{}", cutoff.label()),
            share(tally.people, total),
        );
    }
    Value::Object(map)
}

fn straight(coverage: &Coverage) -> Value {
    let total = coverage.total().people;
    let circle = |circle: &crate::coverage::StraightCircle| {
        json!({
            "radius_m": circle.radius_m,
            "residents": circle.inside.records,
            "population": people(circle.inside.people),
            "share": share(circle.inside.people, total),
        })
    };
    coverage.straight().iter().map(circle).collect()
}

fn stations(coverage: &Coverage) -> Value {
    use crate::coverage::StationStatus::{Closed, Invalid, OffNetwork, Ok};
    let mut map = Map::new();
    map.insert("total".into(), Value::from(coverage.stations().len()));
    for status in [Ok, OffNetwork, Invalid, Closed] {
        let count = coverage
            .stations()
            .iter()
            .filter(|station| station.status == status)
            .count();
        if count > 0 || status != Closed {
            map.insert(status.name().into(), Value::from(count));
        }
    }
    Value::Object(map)
}

fn network(report: &Report<'_>) -> Value {
    let network = report.network;
    let islands = report.islands;
    let pockets = islands.pockets();
    json!({
        "ways": network.source().ways,
        "street_vertices": network.source().vertices,
        "nodes": network.node_count(),
        "edges": network.edge_count(),
        "length_m": network.length_m().round(),
        "pieces": islands.piece_count(),
        "islands": islands.list().len(),
        "islands_length_m": islands.length_m().round(),
        "pockets": pockets.list().len(),
        "pockets_length_m": pockets.length_m().round(),
    })
}

/// How far heights are known, and how they were made.
fn heights(metres: HeightMetres) -> Value {
    let km = |metres: f64| metres.round() / 1000.0;
    json!({
        "known_km": km(metres.known_m),
        "unknown_km": km(metres.unknown_m),
        "filled_km": km(metres.filled_m),
        "bridges_and_tunnels_km": km(metres.carried_m),
        "beyond_streets_km": km(metres.steepest_m),
        "sampled_every_m": HeightMetres::SPACING_M,
        "smoothed_over_m": HeightMetres::MOST_SMOOTHED_M,
    })
}

/// Findings as JSON, worst first: code, severity, count, what it is, about what where it is told of several things, an example, its effect and its cure; for those that
/// somebody has to work through, all records as `list`. `options` says what options are called there.
#[must_use]
pub fn findings_json(findings: &Findings, options: OptionNames) -> Value {
    let spell = |text: &str| options.spell(text);
    let one = |finding: &&Finding| {
        let mut one = json!({
            "code": finding.code.name(),
            "severity": finding.code.severity(),
            "count": finding.count,
            "what": spell(finding.code.title(Language::En)),
            "example": spell(finding.example.get(Language::En)),
            "effect": spell(finding.code.effect(Language::En)),
            "cure": spell(finding.code.cure(Language::En)),
        });
        if let Some(about) = &finding.about {
            one["about"] = about.get(Language::En).into();
        }
        if finding.code.is_listed() {
            let list = finding.list.iter();
            one["list"] = list.map(|one| spell(one.get(Language::En))).collect();
        }
        one
    };
    findings.worst_first().iter().map(one).collect()
}

fn timings(report: &Report<'_>, write: Duration) -> Value {
    let timings = report.timings;
    let ms = |duration: Duration| (duration.as_secs_f64() * 1e4).round() / 10.0;
    let total = timings.read
        + timings.network
        + timings.snap
        + timings.search
        + timings.coverage
        + timings.isochrones
        + write;
    json!({
        "read": ms(timings.read),
        "network": ms(timings.network),
        "snap": ms(timings.snap),
        "search": ms(timings.search),
        "coverage": ms(timings.coverage),
        "isochrones": ms(timings.isochrones),
        "write": ms(write),
        "total": ms(total),
    })
}
