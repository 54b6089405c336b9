//! `service_times.csv`, `service_week.csv` and `service_hours.csv`: what opening hours leave of services.

use std::io;

use serde_json::{Map, Value, json};

use super::{ServiceReport, ServiceTimes};
use crate::coverage::WeekCoverage;
use crate::hours::{DAYS, TimeOfWeek};
use crate::planning::answer::{Table, TableContext};
use crate::planning::shares::{people, people_hours, percent, share};
use crate::text::table::TableWriter;
use crate::units::Thousandths;

/// Service by service.
pub(super) const TIMES: Table<ServiceReport> = Table {
    file_name: "service_times.csv",
    is_there: |found| !found.times.is_empty(),
    write: write_times,
};

/// Service by service and hour by hour.
pub(super) const WEEK: Table<ServiceReport> = Table {
    file_name: "service_week.csv",
    is_there: |found| found.times.iter().any(|times| times.week.is_some()),
    write: write_week,
};

/// The hours that services have of their own.
pub(super) const OWN: Table<ServiceReport> = Table {
    file_name: "service_hours.csv",
    is_there: |found| found.times.iter().any(|times| !times.own.is_empty()),
    write: write_own,
};

impl ServiceReport {
    /// Its services with what hours leave of them.
    fn by_times(&self) -> impl Iterator<Item = (&str, &ServiceTimes)> {
        self.names.iter().map(String::as_str).zip(&self.times)
    }
}

fn write_times(
    found: &ServiceReport,
    _: TableContext<'_>,
    table: &mut TableWriter<'_>,
) -> io::Result<()> {
    table.row([
        "service",
        "stations",
        "population",
        "open_at",
        "within_at",
        "surely_within_at",
        "within_when_all_open",
        "people_hours",
        "percent_of_week",
        "sure_people_hours",
    ])?;
    let all = found.coverage.all_within.all.people;
    for (name, times) in found.by_times() {
        let moment = times.moment.as_ref();
        let sums = times.week.as_ref().map(WeekCoverage::week);
        let cells = [
            moment.map(|moment| moment.open.to_string()),
            moment.map(|moment| moment.within.to_string()),
            moment.map(|moment| moment.surely_within.to_string()),
            moment.map(|moment| moment.when_all_open.to_string()),
            sums.map(|sums| people_hours(sums.people_minutes).to_string()),
            sums.map(|sums| percent(sums.people_minutes, sums.all_people_minutes)),
            sums.map(|sums| people_hours(sums.sure_people_minutes).to_string()),
        ];
        let cells = cells.into_iter().map(Option::unwrap_or_default);
        let first = [name.to_owned(), times.stations.to_string(), all.to_string()];
        table.row(first.into_iter().chain(cells))?;
    }
    Ok(())
}

fn write_week(
    found: &ServiceReport,
    _: TableContext<'_>,
    table: &mut TableWriter<'_>,
) -> io::Result<()> {
    table.row([
        "service",
        "day",
        "hour",
        "stations_open",
        "within",
        "percent",
        "surely_within",
    ])?;
    for (name, times) in found.by_times() {
        let Some(week) = &times.week else { continue };
        for hour in 0..168_u16 {
            let sums = week.hour(hour);
            table.row([
                name,
                DAYS[usize::from(hour / 24)],
                &(hour % 24).to_string(),
                &Thousandths(sums.station_thousandths()).to_string(),
                &sums.people().to_string(),
                &percent(sums.people_minutes, sums.all_people_minutes),
                &sums.sure_people().to_string(),
            ])?;
        }
    }
    Ok(())
}

fn write_own(
    found: &ServiceReport,
    context: TableContext<'_>,
    table: &mut TableWriter<'_>,
) -> io::Result<()> {
    table.row([
        "service",
        "station",
        "kind",
        "written",
        "opening_hours",
        "open_minutes",
    ])?;
    for (name, times) in found.by_times() {
        for own in &times.own {
            let minutes = own.open_minutes.map(|minutes| minutes.to_string());
            table.row([
                name,
                &context.stations[own.station.index()].id,
                own.kind,
                &own.written,
                own.in_osm_grammar.as_deref().unwrap_or_default(),
                minutes.as_deref().unwrap_or_default(),
            ])?;
        }
    }
    Ok(())
}

/// What `summary.json` says of the hours of one service.
pub(super) fn put_summary(times: &ServiceTimes, one: &mut Map<String, Value>) {
    if let Some(moment) = &times.moment {
        let at = json!({
            "time": moment.at.to_string(),
            "stations": times.stations,
            "open": moment.open,
            "within": people(moment.within),
            "not_sure": people(moment.within - moment.surely_within),
            "when_all_open": people(moment.when_all_open),
        });
        one.insert("at".into(), at);
    }
    if let Some(week) = &times.week {
        let sums = week.week();
        let mut json = json!({
            "people_hours": people(people_hours(sums.people_minutes)),
            "share": share(sums.people_minutes, sums.all_people_minutes),
            "sure_people_hours": people(people_hours(sums.sure_people_minutes)),
        });
        for (name, time) in TimeOfWeek::NAMED {
            let then = week.at(time.minute());
            json[name] = json!({ "open": then.open, "within": people(then.covered) });
        }
        one.insert("week".into(), json);
    }
}
