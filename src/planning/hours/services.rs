//! Hours of services: their own where a station says any for them, else those of the station.

use super::ask::station_hours;
use super::found::{Looked, contradict, hours_findings, told_of};
use super::over_week::OverWeek;
use super::{HoursPlan, HoursRead, StationHours};
use crate::analysis::Analysis;
use crate::control::Control;
use crate::coverage::WeekCoverage;
use crate::error::Error;
use crate::hours::{OpenTimes, TimeOfWeek, WeekHours};
use crate::id::StationId;
use crate::inputs::{Inputs, LayerKind, LookedAt, Request, tell_column};
use crate::model::{Attribute, FindingCode, Findings, ServiceColumn};
use crate::planning::provision::{OwnHours, ServiceMoment, ServiceTimes};
use crate::planning::service_circle::{ServiceHours, ServiceHoursQuestion, ServicesAsked};
use crate::planning::services::Offers;
use crate::text::language::words;
use crate::text::plain::letters;

/// What a study asks of the hours of its services.
pub(crate) struct HoursOfServices<'a> {
    pub(crate) plan: HoursPlan,
    /// By which the network is read again where it is another at other hours.
    pub(crate) request: &'a Request,
}

impl ServiceHoursQuestion for HoursOfServices<'_> {
    fn ask(&self, asked: ServicesAsked<'_>, control: Control<'_>) -> Result<ServiceHours, Error> {
        let offered = Offered::new(self.plan, asked);
        let times: Vec<Vec<OpenTimes>> = (0..offered.own.len())
            .map(|service| offered.times(service))
            .collect();
        let mut found: Vec<ServiceTimes> = (0..offered.own.len())
            .map(|service| offered.written(service))
            .collect();
        let mut closed = Vec::new();
        if let Some(at) = self.plan.at {
            for (service, (found, times)) in found.iter_mut().zip(&times).enumerate() {
                found.moment = Some(offered.moment(service, at, times));
                let is_closed = |times: &OpenTimes| !times.possible.is_open(at.minute());
                closed.push(times.iter().map(is_closed).collect());
            }
        }
        if self.plan.week {
            let over_week = OverWeek {
                city: asked.city,
                analysis: asked.analysis,
                times: &times,
                read_at: self.plan.at.unwrap_or(TimeOfWeek::WEEKDAY),
                request: self.request,
                timetable: &asked.inputs.timetable,
            };
            for (found, week) in found.iter_mut().zip(over_week.count(control)?) {
                found.week = Some(week);
            }
        }
        Ok(ServiceHours {
            times: found,
            closed,
            findings: offered.findings(),
        })
    }

    fn at_that_time(&self, offers: Offers, hours: &ServiceHours) -> Offers {
        if hours.closed.is_empty() {
            return offers;
        }
        offers.without_closed(|station, service| hours.closed[service][station])
    }
}

/// By station the hours that a service has of its own there, and the cells that are not understood.
pub(crate) fn own_hours_of(
    inputs: &Inputs,
    analysis: &Analysis,
    plan: HoursPlan,
    service: &str,
) -> (Vec<Option<StationHours>>, Findings) {
    let snapped = analysis.snapped();
    let mut findings = Findings::default();
    let mut columns = inputs
        .station_attributes
        .of_services(Attribute::OpeningHours);
    let column = columns.find(|column| letters(column.service) == letters(service));
    if let Some(column) = column {
        let strange = column.column.not_understood(is_understood);
        tell_column(&mut findings, strange, |row| {
            let source = inputs.stations[row].source.as_str();
            let of = (LayerKind::Stations, column.key);
            (LookedAt::taken(&inputs.readings, of, source), source)
        });
    }
    let day = plan.at.and_then(TimeOfWeek::date);
    let hours = station_hours(column.map(|column| column.column), snapped, day);
    let own = hours
        .into_iter()
        .map(|hours| says_any(&hours).then_some(hours));
    (own.collect(), findings)
}

/// Whether a cell says hours that are understood.
fn is_understood(cell: &str) -> bool {
    let read = StationHours::read(Some(cell), None).read;
    matches!(read, HoursRead::Understood(_))
}

/// The services with their hours.
struct Offered<'a> {
    plan: HoursPlan,
    asked: ServicesAsked<'a>,
    /// By station.
    stations: Vec<StationHours>,
    /// By service and station what stands in its own column.
    own: Vec<Vec<StationHours>>,
    /// By service the column of its own.
    columns: Vec<Option<ServiceColumn<'a>>>,
}

impl<'a> Offered<'a> {
    fn new(plan: HoursPlan, asked: ServicesAsked<'a>) -> Self {
        let day = plan.at.and_then(TimeOfWeek::date);
        let snapped = asked.analysis.snapped();
        let attributes = asked.attributes;
        let names = asked.offers.names().iter();
        let column_of = |name: &String| {
            let mut columns = attributes.of_services(Attribute::OpeningHours);
            columns.find(|column| asked.is_same(column.service, name))
        };
        let columns: Vec<Option<ServiceColumn<'_>>> = names.map(column_of).collect();
        let hours = |column| station_hours(column, snapped, day);
        let own = columns
            .iter()
            .map(|column| hours(column.map(|column| column.column)));
        Self {
            plan,
            asked,
            stations: hours(attributes.of(Attribute::OpeningHours)),
            own: own.collect(),
            columns,
        }
    }

    /// The stations that offer a service, at whatever time.
    fn stations_with(&self, service: usize) -> impl Iterator<Item = StationId> + use<> {
        let stations = self.asked.offers.stations_with(service as u32);
        stations.into_iter().map(StationId)
    }

    /// The hours of a service at a station: its own, or those of the station.
    fn hours(&self, service: usize, station: StationId) -> &StationHours {
        let own = &self.own[service][station.index()];
        if says_any(own) {
            own
        } else {
            &self.stations[station.index()]
        }
    }

    /// By station when it offers a service: never where it does not at all.
    fn times(&self, service: usize) -> Vec<OpenTimes> {
        let mut times = vec![OpenTimes::known(WeekHours::never()); self.stations.len()];
        for station in self.stations_with(service) {
            times[station.index()] = self.hours(service, station).times.clone();
        }
        times
    }

    /// What is written of the hours of a service.
    fn written(&self, service: usize) -> ServiceTimes {
        let own = |station: StationId| {
            let hours = &self.own[service][station.index()];
            let read = hours.hours();
            says_any(hours).then(|| OwnHours {
                station,
                kind: hours.kind(),
                written: hours.written.clone().unwrap_or_default(),
                in_osm_grammar: read.map(|read| read.in_osm_grammar().to_owned()),
                open_minutes: read.map(|_| hours.times.certain.minutes()),
            })
        };
        ServiceTimes {
            stations: self.stations_with(service).count(),
            own: self.stations_with(service).filter_map(own).collect(),
            ..ServiceTimes::default()
        }
    }

    /// Who has a service at a time.
    fn moment(&self, service: usize, at: TimeOfWeek, times: &[OpenTimes]) -> ServiceMoment {
        let analysis = self.asked.analysis;
        let (walks, cutoff) = (analysis.deciding_walks(), analysis.options.tests.deciding());
        let people = self.asked.city.people();
        let week = |times: &[OpenTimes]| WeekCoverage::new(walks, cutoff, times, &people);
        let now = week(times).at(at.minute());
        let mut always = vec![OpenTimes::known(WeekHours::never()); times.len()];
        for station in self.stations_with(service) {
            always[station.index()] = OpenTimes::known(WeekHours::always());
        }
        ServiceMoment {
            at,
            open: now.open,
            within: now.covered,
            surely_within: now.surely_covered,
            when_all_open: week(&always).at(at.minute()).covered,
        }
    }

    /// What is found out about the hours of services.
    fn findings(&self) -> Findings {
        let mut findings = Findings::default();
        self.cells(&mut findings);
        // Those of the study's stations are told where these are asked about.
        if self.asked.layer() == LayerKind::AllStations {
            let looked = Looked {
                layer: LayerKind::AllStations,
                stations: self.asked.city.stations,
                attributes: self.asked.attributes,
                readings: &self.asked.inputs.readings,
            };
            let (analysis, stations) = (self.asked.analysis, &self.stations);
            findings.extend(hours_findings(looked, analysis, stations, self.plan));
        }
        let has_date = self.plan.at.is_some_and(|at| at.date().is_some());
        for (service, name) in self.asked.offers.names().iter().enumerate() {
            for station in self.stations_with(service) {
                let hours = &self.own[service][station.index()];
                let Some(read) = hours.hours() else { continue };
                let mut codes: Vec<FindingCode> = told_of(read, &hours.times, has_date).collect();
                if self.is_outside(service, station) {
                    codes.push(FindingCode::ServiceHoursOutside);
                }
                let mut rows = self.asked.analysis.snapped().rows_of(station);
                let column = self.columns[service];
                if column.is_some_and(|column| contradict(column.column, rows.clone())) {
                    codes.push(FindingCode::HoursContradict);
                }
                let id = rows
                    .next()
                    .map_or("", |row| self.asked.city.stations[row].id.as_str());
                let text = hours.written.as_deref().unwrap_or_default();
                for code in codes {
                    findings.add(code, || {
                        words!("{id}, {name}: \"{text}\"", "{id}，{name}：“{text}”")
                    });
                }
            }
        }
        findings
    }

    /// Whether a service is open at a time at which its station is known to be closed.
    fn is_outside(&self, service: usize, station: StationId) -> bool {
        let of_station = &self.stations[station.index()].times.possible;
        let own = self.own[service][station.index()].times.certain.spans();
        let is_inside = |[begins, ends]: &[u16; 2]| {
            let mut stretches = of_station.spans().iter();
            stretches.any(|[from, to]| from <= begins && ends <= to)
        };
        !own.iter().all(is_inside)
    }

    /// The cells that are not understood, and those of services that the station does not offer.
    fn cells(&self, findings: &mut Findings) {
        let asked = self.asked;
        let said = asked.said();
        let readings = &asked.inputs.readings;
        let source = |row: usize| asked.city.stations[row].source.as_str();
        for column in asked.attributes.of_services(Attribute::OpeningHours) {
            let of = (asked.layer(), column.key);
            let at = |row: usize| (LookedAt::taken(readings, of, source(row)), source(row));
            let is_offered = |row: usize| {
                let offered = said[row].as_ref();
                offered.is_some_and(|offered| {
                    let mut offered = offered.iter();
                    offered.any(|name| asked.is_same(name, column.service))
                })
            };
            for row in 0..column.column.len() {
                if let Some(text) = column.column.get(row)
                    && !is_offered(row)
                {
                    let (looked_at, source) = at(row);
                    looked_at.tell(findings, FindingCode::HoursOfNoService, source, text);
                }
            }
            let strange = column.column.not_understood(is_understood);
            tell_column(findings, strange.filter(|(row, _)| is_offered(*row)), at);
        }
    }
}

/// Whether a cell says any hours, understood or not.
fn says_any(hours: &StationHours) -> bool {
    !matches!(hours.read, HoursRead::Blank)
}
