//! Asking about opening hours.

use super::found::{Looked, hours_findings};
use super::over_week::OverWeek;
use super::{HoursAnswer, HoursPlan, HoursRead, MomentCoverage, StationHours};
use crate::analysis::Analysis;
use crate::control::Control;
use crate::coverage::Status;
use crate::error::Error;
#[cfg(feature = "isochrone")]
use crate::gaps::ClosedStation;
use crate::hours::TimeOfWeek;
use crate::id::StationId;
use crate::inputs::{Inputs, Request};
use crate::model::{
    Attribute, AttributeColumn, CityRecords, Date, Fault, FindingCode, Findings, Station,
};
use crate::snap::Snapped;
use crate::text::language::{InLanguage, words};
use crate::units::{Cutoff, People};

/// What came of asking, and the stations as they are at the time that was asked for.
pub(crate) struct HoursAsked {
    pub(crate) answer: HoursAnswer,
    /// With those that are closed in no place; `None` where no time is asked for.
    pub(crate) stations: Option<Vec<Station>>,
    /// All stations as they are when they are open, where a time is asked for.
    pub(crate) all_open: Option<AllOpen>,
}

/// A city with all its stations open, beside one at a time when some are closed.
pub(crate) struct AllOpen {
    pub(crate) analysis: Analysis,
    /// The stations that are closed at that time, ascending.
    #[cfg(feature = "isochrone")]
    pub(crate) closed: Vec<ClosedStation>,
}

impl HoursPlan {
    /// Asks it of a city that was analysed with all its stations. Where a time is asked for, the analysis is then one of the
    /// stations that are open.
    pub(crate) fn ask(
        self,
        inputs: &mut Inputs,
        analysis: &mut Analysis,
        stations: &[Station],
        request: &Request,
        control: Control<'_>,
    ) -> Result<HoursAsked, Error> {
        let (hours, found) = hours_of_stations(inputs, analysis, self);
        inputs.findings.extend(found);
        let city = CityRecords {
            stations,
            ..inputs.city()
        };
        let times: Vec<_> = hours.iter().map(|one| one.times.clone()).collect();
        let people = city.people();
        let over_week = OverWeek {
            city,
            analysis,
            times: &[times],
            read_at: self.at.unwrap_or(TimeOfWeek::WEEKDAY),
            request,
            timetable: &inputs.timetable,
        };
        let mut week = None;
        if self.week {
            week = over_week.count(control)?.pop();
        }
        let mut answer = HoursAnswer {
            plan: self,
            stations: hours,
            moment: None,
            week,
        };
        let (mut at_that_time, mut all_open) = (None, None);
        if let Some(at) = self.at {
            let closing = Closing {
                at,
                hours: &answer.stations,
            };
            let (open, findings) = closing.stations(analysis, stations);
            inputs.findings.extend(findings);
            let city = CityRecords {
                stations: &open,
                ..inputs.city()
            };
            let of_open = analysis.with_open_stations(city, control)?;
            answer.moment = Some(closing.count(analysis, &of_open, &people));
            all_open = Some(AllOpen {
                #[cfg(feature = "isochrone")]
                closed: closing.closed(analysis, stations),
                analysis: std::mem::replace(analysis, of_open),
            });
            at_that_time = Some(open);
        }
        Ok(HoursAsked {
            answer,
            stations: at_that_time,
            all_open,
        })
    }
}

/// The hours of each station, and what is found out about them.
pub(crate) fn hours_of_stations(
    inputs: &Inputs,
    analysis: &Analysis,
    plan: HoursPlan,
) -> (Vec<StationHours>, Findings) {
    let column = inputs.station_attributes.of(Attribute::OpeningHours);
    let day = plan.at.and_then(TimeOfWeek::date);
    let hours = station_hours(column, analysis.snapped(), day);
    let findings = hours_findings(Looked::of_study(inputs), analysis, &hours, plan);
    (hours, findings)
}

/// The hours of each station by a column: those of its first row that says any.
pub(super) fn station_hours(
    column: Option<&AttributeColumn>,
    snapped: &Snapped,
    day: Option<Date>,
) -> Vec<StationHours> {
    let read = column.map(|column| column.map(|text| StationHours::read(Some(text), day)));
    let of_row = |row: usize| read.as_ref()?[row].clone();
    let of_station = |station: StationId| {
        let mut rows = snapped.rows_of(station).filter_map(of_row);
        let says = |hours: &StationHours| !matches!(hours.read, HoursRead::Blank);
        let first = rows.find(says);
        first.unwrap_or_else(|| StationHours::read(None, day))
    };
    snapped.stations().map(of_station).collect()
}

/// The stations that are closed at a time.
struct Closing<'a> {
    at: TimeOfWeek,
    hours: &'a [StationHours],
}

impl Closing<'_> {
    fn is_closed(&self, station: StationId) -> bool {
        !self.hours[station.index()]
            .times
            .possible
            .is_open(self.at.minute())
    }

    fn is_surely_open(&self, station: StationId) -> bool {
        self.hours[station.index()]
            .times
            .certain
            .is_open(self.at.minute())
    }

    /// The stations that are closed, where they are somewhere.
    #[cfg(feature = "isochrone")]
    fn closed(&self, analysis: &Analysis, stations: &[Station]) -> Vec<ClosedStation> {
        let snapped = analysis.snapped();
        let closed = snapped
            .stations()
            .filter(|station| self.is_closed(*station));
        let placed = closed.filter_map(|station| {
            let mut rows = snapped.rows_of(station).map(|row| &stations[row]);
            let place = rows.find_map(|row| row.place.as_ref().ok().copied())?;
            Some(ClosedStation { station, place })
        });
        placed.collect()
    }

    /// The rows of the stations, those of closed ones without a place.
    fn stations(&self, analysis: &Analysis, stations: &[Station]) -> (Vec<Station>, Findings) {
        let mut open = stations.to_vec();
        let mut findings = Findings::default();
        let snapped = analysis.snapped();
        let (at, at_zh) = (self.at.to_string(), self.at.zh());
        for station in snapped
            .stations()
            .filter(|station| self.is_closed(*station))
        {
            for row in snapped.rows_of(station) {
                if open[row].place.is_ok() {
                    open[row].place = Err(Fault::ClosedAt { time: at.clone() });
                }
            }
            let id = snapped.rows_of(station).next().map(|row| &stations[row].id);
            findings.add(FindingCode::StationClosed, || {
                let id = id.map_or("", String::as_str);
                words!("{id}: closed on {at}", "{id}：{at_zh} 不开放")
            });
        }
        (open, findings)
    }

    /// Who is covered then, and who would be.
    fn count(&self, all: &Analysis, open: &Analysis, people: &[People]) -> MomentCoverage {
        let stations = || all.snapped().stations();
        let closed = stations()
            .filter(|station| self.is_closed(*station))
            .count();
        let cutoff = open.options.tests.deciding();
        let covered = open.coverage.with_status(Status::Covered).people;
        let sure = self.surely_covered(open, cutoff, people);
        MomentCoverage {
            at: self.at,
            open: stations().count() - closed,
            closed,
            covered,
            not_sure: covered - sure,
            when_all_open: all.coverage.with_status(Status::Covered).people,
        }
    }

    /// The people within a cutoff of a station that is known to be open.
    fn surely_covered(&self, open: &Analysis, cutoff: Cutoff, people: &[People]) -> People {
        let walks = open.deciding_walks();
        let mut is_sure = vec![false; people.len()];
        let stations = open.snapped().stations();
        for station in stations.filter(|station| self.is_surely_open(*station)) {
            let row = walks.row_of(station).iter();
            for (resident, _) in row.filter(|(_, cost)| *cost <= cutoff.cost()) {
                is_sure[resident.index()] = true;
            }
        }
        let sure = people.iter().zip(is_sure).filter(|(_, is_sure)| *is_sure);
        sure.map(|(people, _)| *people).sum()
    }
}
