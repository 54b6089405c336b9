//! What is found out about opening hours: what is not known, what contradicts itself, what asks for more than is known.

use super::{HoursPlan, HoursRead, StationHours};
use crate::analysis::Analysis;
use crate::hours::{OpenTimes, OpeningHours};
use crate::inputs::{Inputs, LayerKind, LayerReading, LookedAt, tell_column};
use crate::model::{Attribute, AttributeColumn, Attributes, Date, FindingCode, Findings, Station};
use crate::text::language::{Words, words};

/// The stations whose hours are looked at, with what stands beside them.
#[derive(Clone, Copy)]
pub(super) struct Looked<'a> {
    pub(super) layer: LayerKind,
    pub(super) stations: &'a [Station],
    pub(super) attributes: &'a Attributes,
    pub(super) readings: &'a [LayerReading],
}

impl<'a> Looked<'a> {
    /// Those of the study.
    pub(super) fn of_study(inputs: &'a Inputs) -> Self {
        Self {
            layer: LayerKind::Stations,
            stations: &inputs.stations,
            attributes: &inputs.station_attributes,
            readings: &inputs.readings,
        }
    }
}

/// Everything that is found out about the hours of stations. Where no station has any, there is nothing to find.
pub(super) fn hours_findings(
    looked: Looked<'_>,
    analysis: &Analysis,
    hours: &[StationHours],
    plan: HoursPlan,
) -> Findings {
    let mut findings = Findings::default();
    let column = looked.attributes.of(Attribute::OpeningHours);
    let Some(column) = column.filter(|column| !column.texts().is_empty()) else {
        return findings;
    };
    not_understood(looked, column, &mut findings);
    let has_date = plan.at.is_some_and(|at| at.date().is_some());
    let snapped = analysis.snapped();
    for (station, hours) in snapped.stations().zip(hours) {
        let rows = || snapped.rows_of(station);
        let id = || {
            rows()
                .next()
                .map_or("", |row| looked.stations[row].id.as_str())
        };
        let mut tell = |code: FindingCode| {
            let id = id();
            let text = hours.written.as_deref().unwrap_or_default();
            findings.add(code, || match text {
                "" => Words::same(id),
                text => words!("{id}: \"{text}\"", "{id}：“{text}”"),
            });
        };
        if let HoursRead::Understood(read) = &hours.read {
            for code in told_of(read, &hours.times, has_date) {
                tell(code);
            }
        } else {
            tell(FindingCode::HoursNotKnown);
        }
        if contradict(column, rows()) {
            tell(FindingCode::HoursContradict);
        }
    }
    findings
}

/// What is told of hours that are understood: what they ask for beyond the day of the week and the time, and that they are never.
pub(super) fn told_of(
    read: &OpeningHours,
    times: &OpenTimes,
    has_date: bool,
) -> impl Iterator<Item = FindingCode> {
    let beyond = if read.asks_for_sun() || read.asks_for_date() && !has_date {
        Some(FindingCode::HoursByDate)
    } else {
        read.asks_for_holidays()
            .then_some(FindingCode::HoursOnHolidays)
    };
    let is_never = times.possible.spans().is_empty();
    let never = is_never.then_some(FindingCode::NeverOpen);
    beyond.into_iter().chain(never)
}

/// The cells that are neither hours nor a day, row by row.
fn not_understood(looked: Looked<'_>, column: &AttributeColumn, findings: &mut Findings) {
    let is_understood = |text: &str| {
        let read = StationHours::read(Some(text), None).read;
        !matches!(read, HoursRead::NotUnderstood)
    };
    tell_column(findings, column.not_understood(is_understood), |row| {
        let of = (looked.layer, Attribute::OpeningHours.key());
        let source = looked.stations[row].source.as_str();
        (LookedAt::taken(looked.readings, of, source), source)
    });
}

/// Whether the rows of a station say different hours.
pub(super) fn contradict(column: &AttributeColumn, rows: impl Iterator<Item = usize>) -> bool {
    let texts = rows.filter_map(|row| column.get(row));
    let hours = texts.filter(|text| Date::first_of(text).is_err());
    let times = hours.map(|text| StationHours::read(Some(text), None));
    let mut known = times.filter_map(|one| Some(one.hours()?.in_osm_grammar().to_owned()));
    let first = known.next();
    known.any(|other| Some(other) != first)
}
