//! `sites.csv`, `sites.geojson`, `site_curve.csv`, and what `summary.json` says of a choice of sites.

use std::io;

use geo_types::Coord;
use serde_json::{Value, json};

use super::geometry::{Collection, Geometry, rounded};
use crate::siting::{Amount, Money, Problem, Siting, Stopped};
use crate::text::table::TableWriter;
use crate::units::People;

/// What people know of a site beside what the problem knows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SiteRecord {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: Option<String>,
    /// Where it is, where that is known.
    pub place: Option<Coord<f64>>,
    /// How it would be had: new build, shared, leased.
    pub mode: Option<String>,
    /// From which year on it may serve.
    pub year: Option<String>,
}

/// What a community has before and after.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CommunityRow {
    /// What it is called.
    pub name: String,
    /// Its people.
    pub people: People,
    /// Those whom standing sites cover.
    pub before: People,
    /// Those who are covered with the chosen sites.
    pub after: People,
}

impl CommunityRow {
    pub(crate) fn new(name: String) -> Self {
        Self {
            name,
            ..Self::default()
        }
    }
}

/// A choice of sites, as files.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SitingReport<'a> {
    /// What was chosen.
    pub(crate) siting: &'a Siting,
    /// Of what.
    pub(crate) problem: &'a Problem,
    /// By site of the problem.
    pub(crate) records: &'a [SiteRecord],
    /// What each community has before and after.
    pub(crate) communities: &'a [CommunityRow],
}

/// One chosen site with the sums up to it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SiteRow<'a> {
    /// Its place in the order, from 1.
    pub order: usize,
    /// What is known of it.
    pub record: &'a SiteRecord,
    /// What it costs.
    pub cost: Money,
    /// The people whom it adds: [`ChosenSite::people`](crate::siting::ChosenSite::people).
    pub people: People,
    /// The people who would have no other: [`ChosenSite::alone`](crate::siting::ChosenSite::alone).
    pub alone: People,
    /// How many people it takes, where that counts.
    pub capacity: Option<People>,
    /// The year in which it is built, where the problem has years; else that from which on it may serve.
    pub year: Option<String>,
    /// What all up to it cost.
    pub total_cost: Money,
    /// The people of all up to it, and of those that stand where a cutoff counts.
    pub total_people: People,
}

const HEADER: [&str; 14] = [
    "order",
    "id",
    "name",
    "lon",
    "lat",
    "mode",
    "year",
    "cost",
    "people",
    "cumulative_people",
    "cumulative_share",
    "people_per_cost",
    "people_alone",
    "capacity",
];

impl<'a> SitingReport<'a> {
    /// The sites in the order in which they are built. The sums begin with the people whom standing sites cover; where no cutoff
    /// counts, they are of those whose nearest site is among the chosen.
    pub(crate) fn rows(self) -> impl Iterator<Item = SiteRow<'a>> {
        let first = if self.problem.goal().has_cutoff() {
            self.siting.standing
        } else {
            People::ZERO
        };
        let start = (Money::ZERO, first);
        let chosen = self.siting.chosen.iter().enumerate();
        chosen.scan(start, move |(total_cost, total_people), (place, one)| {
            let cost = self.problem.sites()[one.site.index()].cost;
            *total_cost = *total_cost + cost;
            *total_people += one.people;
            Some(SiteRow {
                order: place + 1,
                record: &self.records[one.site.index()],
                cost,
                people: one.people,
                alone: one.alone,
                capacity: self.problem.sites()[one.site.index()].capacity,
                year: match one.year {
                    Some(year) => Some(year.to_string()),
                    None => self.records[one.site.index()].year.clone(),
                },
                total_cost: *total_cost,
                total_people: *total_people,
            })
        })
    }

    fn share(&self, people: People) -> String {
        format!("{:.6}", people.share_of(self.siting.people))
    }

    /// Writes `sites.csv`: a row for each chosen site, in the order in which each adds most to those before it. `people` are those
    /// whom it covers beyond them and beyond what stands, where a cutoff counts, else those whose nearest site it is;
    /// `people_alone` those who would have no other site within the cutoff.
    ///
    /// # Errors
    /// What the writer says.
    pub(crate) fn write_sites(&self, writer: &mut dyn io::Write) -> io::Result<()> {
        let mut table = TableWriter::new(writer);
        table.row(HEADER)?;
        for row in self.rows() {
            let degrees = |pick: fn(&Coord<f64>) -> f64| {
                let place = row.record.place.as_ref();
                place.map_or_else(String::new, |place| format!("{:.7}", pick(place)))
            };
            let own = |cell: &Option<String>| cell.clone().unwrap_or_default();
            table.row([
                row.order.to_string(),
                row.record.id.clone(),
                own(&row.record.name),
                degrees(|place| place.x),
                degrees(|place| place.y),
                own(&row.record.mode),
                own(&row.year),
                row.cost.to_string(),
                row.people.to_string(),
                row.total_people.to_string(),
                self.share(row.total_people),
                per_cost(row.people, row.cost),
                row.alone.to_string(),
                row.capacity
                    .map_or_else(String::new, |most| most.to_string()),
            ])?;
        }
        table.finish()
    }

    /// Writes `site_curve.csv`: what the first one, two, three sites bring, and cost. The row of no site is what stands already.
    ///
    /// # Errors
    /// What the writer says.
    pub(crate) fn write_curve(&self, writer: &mut dyn io::Write) -> io::Result<()> {
        let mut table = TableWriter::new(writer);
        table.row(["sites", "cost", "people", "share"])?;
        if self.problem.goal().has_cutoff() {
            let standing = self.siting.standing;
            table.row(["0", "0", &standing.to_string(), &self.share(standing)])?;
        }
        for row in self.rows() {
            table.row([
                row.order.to_string(),
                row.total_cost.to_string(),
                row.total_people.to_string(),
                self.share(row.total_people),
            ])?;
        }
        table.finish()
    }

    /// Writes `site_communities.csv`: what each community with people has covered before and after.
    ///
    /// # Errors
    /// What the writer says.
    pub(crate) fn write_communities(&self, writer: &mut dyn io::Write) -> io::Result<()> {
        let mut table = TableWriter::new(writer);
        table.row([
            "community",
            "people",
            "covered_before",
            "covered_after",
            "share_before",
            "share_after",
        ])?;
        for row in self.communities {
            let share = |covered: People| format!("{:.6}", covered.share_of(row.people));
            table.row([
                row.name.clone(),
                row.people.to_string(),
                row.before.to_string(),
                row.after.to_string(),
                share(row.before),
                share(row.after),
            ])?;
        }
        table.finish()
    }

    /// Writes `sites.geojson`: a point for each chosen site whose place is known, with the properties of `sites.csv`.
    ///
    /// # Errors
    /// What the writer says.
    pub(crate) fn write_geojson(&self, writer: impl io::Write) -> io::Result<()> {
        let mut collection = Collection::begin(writer, None)?;
        for row in self.rows() {
            let Some(place) = row.record.place else {
                continue;
            };
            let properties = json!({
                "order": row.order,
                "id": row.record.id,
                "name": row.record.name,
                "mode": row.record.mode,
                "year": row.year,
                "cost": row.cost.as_f64(),
                "people": row.people.as_f64(),
                "cumulative_people": row.total_people.as_f64(),
                "cumulative_share": row.total_people.share_of(self.siting.people),
                "people_alone": row.alone.as_f64(),
                "capacity": row.capacity.map(People::as_f64),
            });
            collection.write(
                &properties,
                &Geometry {
                    kind: "Point",
                    coordinates: rounded(place),
                },
            )?;
        }
        collection.end()
    }

    /// What `summary.json` says under `siting`: the certificate first. `gap` is in percent of the objective; people are a number of
    /// people, `objective` and `bound` people, people times seconds, seconds, sites or money.
    pub(crate) fn json(&self) -> Value {
        let siting = self.siting;
        let people = |people: People| number(people.as_f64());
        json!({
            "problem": siting.goal.name(),
            "objective": number(siting.objective.as_f64()),
            "objective_unit": unit(siting),
            "bound": number(siting.bound.as_f64()),
            "gap": siting.gap() * 100.0,
            "proven": siting.proven,
            "stopped": siting.stopped.map(|stopped| match stopped {
                Stopped::TimeLimit => "time_limit",
                Stopped::Cancelled => "interrupted",
            }),
            "sites": siting.chosen.len(),
            "cost": number(siting.cost.as_f64()),
            "people": {
                "total": people(siting.people),
                "standing": people(siting.standing),
                "out_of_reach": people(siting.out_of_reach),
                "left_out": people(siting.left_out),
            },
            "out_of_reach_records": siting.out_of_reach_records,
            "candidates": {
                "total": self.problem.sites().iter().filter(|site| !site.stands).count(),
                "dominated": siting.dominated,
            },
            "standing_sites": self.problem.sites().iter().filter(|site| site.stands).count(),
            "clients": siting.clients,
            "floor": siting.floor.map(|floor| json!({
                "share": floor.share,
                "bound": floor.bound,
                "capped_communities": floor.capped,
            })),
            "schedule_proven": siting.schedule_proven,
        })
    }
}

/// Whole numbers without a decimal point.
fn number(value: f64) -> Value {
    if value.fract() == 0.0 && value.abs() < 9e15 {
        Value::from(value as i64)
    } else {
        Value::from(value)
    }
}

fn unit(siting: &Siting) -> &'static str {
    match siting.objective {
        Amount::People(_) if siting.is_weighted => "weighted_people",
        Amount::People(_) => "people",
        Amount::PeopleMilliseconds(_) if siting.is_weighted => "weighted_people_seconds",
        Amount::PeopleMilliseconds(_) => "people_seconds",
        Amount::Milliseconds(_) => "seconds",
        Amount::Sites(_) => "sites",
        Amount::Money(_) => "cost",
    }
}

/// So many people for each unit of money; empty where it costs nothing.
pub(super) fn per_cost(people: People, cost: Money) -> String {
    if cost == Money::ZERO {
        String::new()
    } else {
        format!("{:.3}", people.as_f64() / cost.as_f64())
    }
}
