//! `hours.csv` and `station_hours.csv`: who is covered in each hour of the week, and how the hours of stations were read.

use std::io;

use serde_json::{Map, Value, json};

use super::Report;
use crate::coverage::WeekCoverage;
use crate::hours::{DAYS, TimeOfWeek};
use crate::planning::hours::{HoursAnswer, MomentCoverage};
use crate::planning::shares::{people, people_hours, percent, share};
use crate::text::table::TableWriter;
use crate::units::Thousandths;

/// The words for how a cell was read, in the order in which they are told.
const KINDS: [&str; 4] = ["osm", "office", "not_understood", "blank"];

/// Writes the 168 hours of the week; nothing where they were not asked for.
pub(super) fn write_week(report: &Report<'_>, writer: &mut dyn io::Write) -> io::Result<()> {
    let mut table = TableWriter::new(writer);
    table.row([
        "day",
        "hour",
        "stations_open",
        "covered_population",
        "percent",
        "surely_covered_population",
    ])?;
    let week = report.hours.and_then(|hours| hours.week.as_ref());
    for (week, hour) in week
        .into_iter()
        .flat_map(|week| (0..168).map(move |hour| (week, hour)))
    {
        let sums = week.hour(hour);
        table.row([
            DAYS[usize::from(hour / 24)].to_owned(),
            (hour % 24).to_string(),
            Thousandths(sums.station_thousandths()).to_string(),
            sums.people().to_string(),
            percent(sums.people_minutes, sums.all_people_minutes),
            sums.sure_people().to_string(),
        ])?;
    }
    table.finish()
}

/// Writes a row for each station, in the order of their first rows.
pub(super) fn write_stations(report: &Report<'_>, writer: &mut dyn io::Write) -> io::Result<()> {
    let mut table = TableWriter::new(writer);
    table.row(["id", "kind", "written", "opening_hours", "open_minutes"])?;
    let hours = report.hours.map_or(&[][..], |hours| &hours.stations);
    for (id, station) in report.snapped.stations().zip(hours) {
        let read = station.hours();
        let minutes = read.map(|_| station.times.certain.minutes().to_string());
        table.row([
            report.station_id(id),
            station.kind(),
            station.written.as_deref().unwrap_or_default(),
            read.map_or("", |hours| hours.in_osm_grammar()),
            minutes.as_deref().unwrap_or_default(),
        ])?;
    }
    table.finish()
}

/// What `summary.json` says of opening hours.
pub(super) fn summary(hours: &HoursAnswer) -> Value {
    let mut map = Map::new();
    let count = |kind: &str| {
        hours
            .stations
            .iter()
            .filter(|one| one.kind() == kind)
            .count()
    };
    let kinds = KINDS.map(|kind| (kind.to_owned(), Value::from(count(kind))));
    map.insert(
        "stations".into(),
        Value::Object(kinds.into_iter().collect()),
    );
    if let Some(moment) = &hours.moment {
        map.insert("at".into(), moment_json(moment));
    }
    if let Some(week) = &hours.week {
        map.insert("week".into(), week_json(week));
    }
    Value::Object(map)
}

fn moment_json(moment: &MomentCoverage) -> Value {
    json!({
        "time": moment.at.to_string(),
        "open": moment.open,
        "closed": moment.closed,
        "covered": people(moment.covered),
        "not_sure": people(moment.not_sure),
        "when_all_open": people(moment.when_all_open),
    })
}

fn week_json(week: &WeekCoverage) -> Value {
    let sums = week.week();
    let mut json = json!({
        "people_hours": people(people_hours(sums.people_minutes)),
        "share": share(sums.people_minutes, sums.all_people_minutes),
        "sure_people_hours": people(people_hours(sums.sure_people_minutes)),
    });
    for (name, time) in TimeOfWeek::NAMED {
        let then = week.at(time.minute());
        json[name] = json!({
            "time": time.to_string(),
            "open": then.open,
            "covered": people(then.covered),
            "share": share(then.covered, week.total()),
        });
    }
    json
}
