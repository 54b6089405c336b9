//! Tiers, groups and sensitivity as tables.

use std::io;

use serde_json::{Value, json};

use super::cell::{csv_writer, tenths, text};
use super::registered;
use super::shares::{people, percent, share};
use crate::coverage::{Status, Tests};
use crate::planning::equity::Distribution;
use crate::planning::provision::{
    DemandCoverage, GroupCoverage, Provision, Sensitivity, TierCoverage, Tiers,
};
use crate::units::{Cutoff, People, Unit};

fn limit(cutoff: Option<Cutoff>) -> String {
    cutoff.map_or_else(String::new, |cutoff| cutoff.value().to_string())
}

/// `tiers.csv`: a row per tier, then `every` (within the circle of each tier) and `any`.
pub(super) fn write_tiers(tiers: &Tiers, writer: impl io::Write) -> io::Result<()> {
    let mut csv = csv_writer(writer);
    csv.write_record([
        "tier",
        "clause",
        "stations",
        "minutes",
        "metres",
        "decides",
        "population",
        "within",
        "percent",
        "within_minutes_percent",
        "within_metres_percent",
        "within_straight_percent",
        "own_community_percent",
        "compliant_percent",
        "target_percent",
        "meets_target",
    ])?;
    for found in &tiers.list {
        let tier = &found.tier;
        let beside =
            |people: Option<People>| people.map_or_else(String::new, |p| percent(p, tiers.total));
        let decides = tier.deciding().map_or("", |cutoff| match cutoff.unit() {
            Unit::Milliseconds => "minutes",
            Unit::Millimetres => "metres",
        });
        let meets = found.meets_target(tiers.total);
        csv.write_record([
            text(&tier.key).as_ref(),
            text(&tier.clause).as_ref(),
            &tier.stations.len().to_string(),
            &limit(tier.minutes),
            &limit(tier.metres),
            decides,
            &tiers.total.to_string(),
            &found.within.to_string(),
            &percent(found.within, tiers.total),
            &beside(found.within_minutes),
            &beside(found.within_metres),
            &beside(found.within_straight),
            &beside(found.within_own),
            &beside(found.within_compliant),
            &tier
                .target
                .map_or_else(String::new, |target| format!("{:.2}", target * 100.0)),
            meets.map_or("", |meets| if meets { "yes" } else { "no" }),
        ])?;
    }
    for (key, within) in [("every", tiers.within_every), ("any", tiers.within_any)] {
        let (all, within_text) = (tiers.total.to_string(), within.to_string());
        let share = percent(within, tiers.total);
        let beside = [""; 7];
        let row = [key, "", "", "", "", "", &all, &within_text, &share];
        csv.write_record(row.iter().chain(&beside))?;
    }
    csv.flush()
}

/// `tiers_by_area.csv`: every tier rolled up to every level.
pub(super) fn write_tiers_by_area(tiers: &Tiers, writer: impl io::Write) -> io::Result<()> {
    let mut csv = csv_writer(writer);
    csv.write_record(["level", "area", "tier", "population", "within", "percent"])?;
    for (number, level) in tiers.levels.iter().enumerate() {
        for (unit, name) in level.units.iter().enumerate() {
            for found in &tiers.list {
                let (all, within) = found.rolled_up[number][unit];
                csv.write_record([
                    text(&level.key).as_ref(),
                    text(name).as_ref(),
                    text(&found.tier.key).as_ref(),
                    &all.to_string(),
                    &within.to_string(),
                    &percent(within, all),
                ])?;
            }
        }
    }
    csv.flush()
}

/// How a group's walks are spread, in the unit that decides.
pub(super) fn distribution(group: &GroupCoverage) -> Distribution {
    let costs: Vec<Option<u64>> = group
        .nearest
        .iter()
        .map(|nearest| Some(nearest.as_ref()?.cost))
        .collect();
    Distribution::new(&costs, &group.people)
}

/// `cohorts.csv`: a row per group.
pub(super) fn write_groups(
    groups: &[GroupCoverage],
    tests: &Tests,
    writer: impl io::Write,
) -> io::Result<()> {
    let mut csv = csv_writer(writer);
    let unit = match tests.deciding().unit() {
        Unit::Milliseconds => "seconds",
        Unit::Millimetres => "metres",
    };
    let mut header: Vec<String> = ["cohort", "profile", "population"]
        .map(String::from)
        .to_vec();
    header.extend(Status::ALL.map(|status| status.name().to_owned()));
    header.push("percent".into());
    header.extend(
        tests
            .cutoffs()
            .map(|cutoff| format!("within_{}_percent", cutoff.label())),
    );
    let spread = ["mean", "median", "p90", "worst_decile_mean"];
    header.extend(spread.map(|name| format!("{name}_{unit}")));
    header.extend(["gini", "palma"].map(String::from));
    csv.write_record(&header)?;
    for group in groups {
        let mut row = vec![
            text(&group.name).into_owned(),
            text(&group.profile).into_owned(),
            group.total.to_string(),
        ];
        row.extend(group.by_status.map(|people| people.to_string()));
        row.push(percent(
            group.by_status[Status::Covered as usize],
            group.total,
        ));
        row.extend(
            group
                .within
                .iter()
                .map(|people| percent(*people, group.total)),
        );
        let walks = distribution(group);
        let cost = |cost: Option<u64>| cost.map_or_else(String::new, tenths);
        let mean = |cost: Option<f64>| {
            cost.map_or_else(String::new, |cost| format!("{:.1}", cost / 1000.0))
        };
        row.extend([
            mean(walks.mean()),
            cost(walks.median()),
            cost(walks.percentile(90)),
            mean(walks.highest_mean(10)),
        ]);
        let index =
            |index: Option<f64>| index.map_or_else(String::new, |index| format!("{index:.4}"));
        row.extend([index(walks.gini()), index(walks.palma())]);
        csv.write_record(&row)?;
    }
    csv.flush()
}

/// `demand.csv`: a row per layer of further demand.
pub(super) fn write_demand(layers: &[DemandCoverage], writer: impl io::Write) -> io::Result<()> {
    let mut csv = csv_writer(writer);
    let mut header: Vec<String> = ["demand", "circle", "unit", "records", "people"]
        .map(String::from)
        .to_vec();
    header.extend(Status::ALL.map(|status| status.name().to_owned()));
    header.extend(["percent", "median", "worst_decile_mean", "gini"].map(String::from));
    csv.write_record(&header)?;
    for layer in layers {
        let found = &layer.coverage;
        let unit = match layer.circle.unit() {
            Unit::Milliseconds => "minutes",
            Unit::Millimetres => "metres",
        };
        let walks = distribution(found);
        let mut row = vec![
            text(&found.name).into_owned(),
            layer.circle.value().to_string(),
            unit.to_owned(),
            layer.records.to_string(),
            found.total.to_string(),
        ];
        row.extend(found.by_status.map(|people| people.to_string()));
        row.push(percent(
            found.by_status[Status::Covered as usize],
            found.total,
        ));
        row.push(walks.median().map_or_else(String::new, tenths));
        let worst = walks.highest_mean(10);
        row.push(worst.map_or_else(String::new, |cost| format!("{:.1}", cost / 1000.0)));
        row.push(
            walks
                .gini()
                .map_or_else(String::new, |gini| format!("{gini:.4}")),
        );
        csv.write_record(&row)?;
    }
    csv.flush()
}

/// `people_in_gaps.csv`: whose people live in each gap.
pub(super) fn write_people_in_gaps(
    gaps: &crate::gaps::Gaps,
    groups: &[GroupCoverage],
    writer: impl io::Write,
) -> io::Result<()> {
    let mut csv = csv_writer(writer);
    csv.write_record(["gap", "cohort", "people", "percent_of_cohort"])?;
    for (number, gap) in (1..).zip(&gaps.list) {
        for group in groups {
            let of_gap = gap.residents.iter();
            let people: People = of_gap.map(|resident| group.people[resident.index()]).sum();
            csv.write_record([
                &number.to_string(),
                text(&group.name).as_ref(),
                &people.to_string(),
                &percent(people, group.total),
            ])?;
        }
    }
    csv.flush()
}

/// `lorenz.csv`: for each group the share of all walking that each share of its people does, by tenths.
pub(super) fn write_lorenz(groups: &[GroupCoverage], writer: impl io::Write) -> io::Result<()> {
    let mut csv = csv_writer(writer);
    csv.write_record(["cohort", "people_percent", "walking_percent"])?;
    for group in groups {
        let walks = distribution(group);
        for part in (0..=100).step_by(10) {
            let Some(share) = walks.lorenz_at(part) else {
                continue;
            };
            let walking = format!("{:.2}", share * 100.0);
            csv.write_record([text(&group.name).as_ref(), &part.to_string(), &walking])?;
        }
    }
    csv.flush()
}

/// `sensitivity.csv`: people within each cutoff by speed, then by cutoff.
pub(super) fn write_sensitivity(found: &Sensitivity, writer: impl io::Write) -> io::Result<()> {
    let mut csv = csv_writer(writer);
    csv.write_record(["by", "value", "cutoff", "within", "percent"])?;
    for at in &found.by_speed {
        for (cutoff, within) in found.minutes.iter().zip(&at.within) {
            csv.write_record([
                "metres_per_second",
                &format!("{:.1}", at.metres_per_second),
                &cutoff.label(),
                &within.to_string(),
                &percent(*within, found.total),
            ])?;
        }
    }
    for at in &found.by_cutoff {
        let by = match at.cutoff.unit() {
            Unit::Milliseconds => "minutes",
            Unit::Millimetres => "metres",
        };
        csv.write_record([
            by,
            &at.cutoff.value().to_string(),
            &at.cutoff.label(),
            &at.within.to_string(),
            &percent(at.within, found.total),
        ])?;
    }
    csv.flush()
}

/// What `summary.json` says of them.
pub(super) fn summary(provision: &Provision) -> Value {
    let total = provision.tiers.total;
    let tier = |found: &TierCoverage| {
        json!({
            "tier": found.tier.key,
            "stations": found.tier.stations.len(),
            "within": people(found.within),
            "share": share(found.within, total),
            "within_straight_share": found.within_straight.map(|within| share(within, total)),
            "meets_target": found.meets_target(total),
        })
    };
    let group = |group: &GroupCoverage| {
        let covered = group.by_status[Status::Covered as usize];
        json!({
            "cohort": group.name,
            "profile": group.profile,
            "population": people(group.total),
            "covered": people(covered),
            "share": share(covered, group.total),
        })
    };
    let mut value = json!({});
    if !provision.tiers.list.is_empty() {
        value["tiers"] = provision.tiers.list.iter().map(tier).collect();
        value["every_tier"] = json!({
            "within": people(provision.tiers.within_every),
            "share": share(provision.tiers.within_every, total),
        });
    }
    if let Some(found) = &provision.register {
        value["register"] = registered::register_summary(found);
    }
    if let Some(found) = &provision.services {
        value["services"] = registered::services_summary(found);
    }
    if !provision.memberships.is_empty() {
        let each = provision.memberships.iter();
        value["membership"] = each.map(registered::membership_summary).collect();
    }
    if !provision.demand.is_empty() {
        let layer = |layer: &DemandCoverage| {
            let mut value = group(&layer.coverage);
            value["circle"] = layer.circle.label().into();
            value
        };
        value["demand"] = provision.demand.iter().map(layer).collect();
    }
    if !provision.groups.is_empty() {
        value["cohorts"] = provision.groups.iter().map(group).collect();
    }
    value
}
