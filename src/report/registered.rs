//! The register, services and memberships as tables.

use std::io;

use serde_json::{Value, json};

use super::Report;
use super::cell::{csv_writer, tenths, text};
use super::shares::{people, percent, proportion, share};
use crate::id::StationId;
use crate::model::Tier;
use crate::planning::membership::Membership;
use crate::planning::provision::{AskedStation, RegisterReport, ServiceReport};
use crate::planning::services::ByArea;
use crate::text::language::Language;
use crate::units::{People, Unit};

/// `register.csv`: everything that somebody has to work through, one row each.
pub(super) fn write_register(
    found: &RegisterReport,
    language: Language,
    writer: impl io::Write,
) -> io::Result<()> {
    let mut csv = csv_writer(writer);
    csv.write_record(["problem", "tier", "station", "name", "what"])?;
    for problem in &found.problems {
        csv.write_record([
            problem.kind.name(),
            problem.tier.map_or("", Tier::name),
            text(problem.station.as_deref().unwrap_or_default()).as_ref(),
            text(&problem.name).as_ref(),
            text(problem.what.get(language)).as_ref(),
        ])?;
    }
    csv.flush()
}

/// `register_by_year.csv`: stations, 建有率 and people within the circle at the end of every year.
pub(super) fn write_years(
    found: &RegisterReport,
    total: People,
    writer: impl io::Write,
) -> io::Result<()> {
    let mut csv = csv_writer(writer);
    csv.write_record([
        "tier",
        "day",
        "stations",
        "have_one",
        "of",
        "built_percent",
        "within",
        "within_percent",
    ])?;
    for year in &found.years {
        csv.write_record([
            year.tier.name(),
            &year.day.to_string(),
            &year.stations.to_string(),
            &year.built.met.to_string(),
            &year.built.all.to_string(),
            &proportion(year.built),
            &year
                .within
                .map_or_else(String::new, |within| within.to_string()),
            &year
                .within
                .map_or_else(String::new, |within| percent(within, total)),
        ])?;
    }
    csv.flush()
}

/// `steps_up.csv`: the walk from each station to the one above it.
pub(super) fn write_steps_up(
    stations: &[AskedStation],
    found: &RegisterReport,
    writer: impl io::Write,
) -> io::Result<()> {
    let mut csv = csv_writer(writer);
    csv.write_record(["station", "parent", "seconds"])?;
    for step in &found.steps_up {
        csv.write_record([
            text(&stations[step.station.index()].id).as_ref(),
            text(&stations[step.parent.index()].id).as_ref(),
            &step
                .cost
                .map_or_else(String::new, |cost| tenths(u64::from(cost))),
        ])?;
    }
    csv.flush()
}

/// `services.csv`: service by area, then all services, and all at one place.
pub(super) fn write_services(
    report: &Report<'_>,
    found: &ServiceReport,
    writer: impl io::Write,
) -> io::Result<()> {
    let mut csv = csv_writer(writer);
    csv.write_record([
        "service",
        "stations",
        "area",
        "population",
        "within",
        "percent",
    ])?;
    let coverage = &found.coverage;
    let services = found.names.iter().zip(&coverage.services);
    let each = services
        .zip(&found.stations)
        .map(|((name, by_area), stations)| (name.as_str(), stations.to_string(), by_area));
    let together = [
        ("all within", String::new(), &coverage.all_within),
        (
            "all at one place",
            found.places_with_all.to_string(),
            &coverage.all_at_one,
        ),
    ];
    for (name, stations, by_area) in each.chain(together) {
        let named = report.city.areas.iter().map(|area| area.name.as_str());
        let rows = named.zip(&by_area.areas).chain([("", &by_area.all)]);
        for (area, sums) in rows {
            csv.write_record([
                text(name).as_ref(),
                &stations,
                text(area).as_ref(),
                &sums.people.to_string(),
                &sums.covered.to_string(),
                &percent(sums.covered, sums.people),
            ])?;
        }
    }
    csv.flush()
}

/// `service_additions.csv`: for each station the service whose addition there covers most people anew.
pub(super) fn write_additions(
    stations: &[AskedStation],
    found: &ServiceReport,
    writer: impl io::Write,
) -> io::Result<()> {
    let mut csv = csv_writer(writer);
    csv.write_record(["station", "service", "newly_within"])?;
    for (station, addition) in (0u32..).map(StationId).zip(&found.additions) {
        let Some(addition) = addition else { continue };
        csv.write_record([
            text(&stations[station.index()].id).as_ref(),
            text(&found.names[addition.service as usize]).as_ref(),
            &addition.people.to_string(),
        ])?;
    }
    csv.flush()
}

/// `membership.csv`: who lives in which community and is served by which, tier by tier.
pub(super) fn write_memberships(
    memberships: &[(String, Membership)],
    names: &[String],
    writer: impl io::Write,
) -> io::Result<()> {
    let mut csv = csv_writer(writer);
    csv.write_record(["tier", "community", "serving_community", "people"])?;
    let name =
        |community: Option<u32>| community.map_or("", |index| names[index as usize].as_str());
    for (tier, membership) in memberships {
        for served in membership.served() {
            csv.write_record([
                text(tier).as_ref(),
                text(name(served.home)).as_ref(),
                text(name(served.serving)).as_ref(),
                &served.people.to_string(),
            ])?;
        }
    }
    csv.flush()
}

/// What `summary.json` says of the register.
pub(super) fn register_summary(found: &RegisterReport) -> Value {
    let tiers = found.tiers.iter().map(|tier| {
        json!({
            "tier": tier.tier.name(),
            "stations": tier.stations,
            "have_one": tier.built.met,
            "of": tier.built.all,
            "built_share": tier.built.share(),
        })
    });
    let audit = found.audit.iter().map(|count| {
        json!({
            "item": count.item.title(Language::En),
            "complies": (count.is_stated() || !count.is_asked()).then_some(count.complies.met),
            "of": count.complies.all,
            "not_stated": count.not_stated,
        })
    });
    json!({
        "tiers": tiers.collect::<Vec<_>>(),
        "problems": found.problems.len(),
        "places": found.places,
        "complies": (found.compliant.all > 0).then_some(found.compliant.met),
        "of": found.compliant.all,
        "not_stated": found.compliance_not_stated,
        "audit": audit.collect::<Vec<_>>(),
    })
}

/// What `summary.json` says of the services.
pub(super) fn services_summary(found: &ServiceReport) -> Value {
    let coverage = &found.coverage;
    let all = coverage.all_within.all.people;
    let within = |by_area: &ByArea| {
        json!({
            "within": people(by_area.all.covered),
            "share": share(by_area.all.covered, all),
        })
    };
    let services = found.names.iter().zip(&coverage.services);
    let services = services.map(|(name, by_area)| {
        let mut one = within(by_area);
        one["service"] = name.as_str().into();
        one
    });
    // Cost times people: hours, or kilometres.
    let (unit, per_unit) = match found.cutoff.unit() {
        Unit::Milliseconds => ("hours", 3_600_000.0),
        Unit::Millimetres => ("kilometres", 1_000_000.0),
    };
    let missing = coverage.missing_most().map(|(service, without)| {
        json!({
            "service": found.names[service as usize],
            "without": people(without),
        })
    });
    json!({
        "cutoff": found.cutoff.label(),
        "services": services.collect::<Vec<_>>(),
        "all_within": within(&coverage.all_within),
        "all_at_one_place": within(&coverage.all_at_one),
        "places_with_all": found.places_with_all,
        "not_stated": found.not_stated,
        "missing_most": missing,
        "one_place_saves": {
            "trips": coverage.saved.trips(),
            unit: (coverage.saved.cost() / per_unit * 10.0).round() / 10.0,
            "people_compared": people(coverage.saved.people),
        },
    })
}

/// What `summary.json` says of own and other communities' stations.
pub(super) fn membership_summary((tier, membership): &(String, Membership)) -> Value {
    json!({
        "tier": tier,
        "own": people(membership.own()),
        "any": people(membership.any()),
        "gain": people(membership.gain()),
        "across": people(membership.across()),
    })
}
