//! The week of scenarios: when stations are open, as the city is and as each scenario has it.

use std::collections::BTreeMap;

use crate::analysis::{Analysis, analyse};
use crate::control::Control;
use crate::coverage::WeekCoverage;
use crate::error::{EditMistake, Error, PlanError};
use crate::hours::{OpenTimes, OpeningHours, TimeOfWeek, WeekHours};
use crate::inputs::{Format, network_at};
use crate::model::{CityRecords, FindingCode, Findings};
use crate::planning::hours::{HoursPlan, StationHours, hours_of_stations, own_hours_of};
use crate::scenario::{AskedService, Edit, HoursChange, KnownHours, Scenario, ScenarioBase};
use crate::study::StudyResult;
use crate::text::language::{Words, words};
use crate::text::plain::letters;
use crate::units::{People, Thousandths};

/// The week as the city is, and as each scenario has it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ScenarioHours {
    /// What was asked.
    pub plan: HoursPlan,
    /// Who is covered when, as the city is.
    pub base: WeekCoverage,
    /// The same of each scenario.
    pub scenarios: Vec<WeekCoverage>,
}

/// When the stations of a study are open, by their ids.
#[derive(Clone, Debug)]
pub(super) struct BaseHours {
    pub(super) plan: HoursPlan,
    /// The service that is asked about.
    service: Option<String>,
    by_id: BTreeMap<String, KnownTimes>,
    pub(super) findings: Findings,
}

/// When a station is open.
#[derive(Clone, Debug)]
struct KnownTimes {
    station: OpenTimes,
    /// The hours of the service that is asked about, where it has its own there.
    own: Option<OpenTimes>,
}

impl KnownTimes {
    fn times(&self) -> &OpenTimes {
        self.own.as_ref().unwrap_or(&self.station)
    }
}

impl BaseHours {
    /// The hours of the stations of a study, or of a service that they offer.
    ///
    /// # Errors
    /// [`PlanError::HoursOfPrepared`].
    pub(super) fn new(
        result: &StudyResult<'_>,
        plan: HoursPlan,
        service: Option<&str>,
    ) -> Result<Self, PlanError> {
        let inputs = &result.inputs;
        let count = inputs.findings.count(FindingCode::OpenAtTimes);
        let network = &result.study.layers.network.source;
        if count > 0 && network.format() == Some(Format::Prepared) {
            return Err(PlanError::HoursOfPrepared { count });
        }
        let (stations, mut findings) = hours_of_stations(inputs, &result.analysis, plan);
        let mut own = vec![None; stations.len()];
        if let Some(service) = service {
            let (hours, found) = own_hours_of(inputs, &result.analysis, plan, service);
            own = hours;
            findings.extend(found);
        }
        let snapped = result.analysis.snapped();
        let ids = snapped.stations().map(|station| {
            let row = snapped.rows_of(station).next();
            row.map_or_else(String::new, |row| inputs.stations[row].id.clone())
        });
        let times = stations.into_iter().zip(own);
        let times = times.map(|(station, own)| KnownTimes {
            station: station.times,
            own: own.map(|own: StationHours| own.times),
        });
        Ok(Self {
            plan,
            service: service.map(str::to_owned),
            by_id: ids.zip(times).collect(),
            findings,
        })
    }

    /// Whether hours are of what is asked about: of the service where one is, of stations where none is.
    fn is_asked(&self, service: Option<&str>) -> bool {
        self.service.as_deref().map(letters) == service.map(letters)
    }

    /// When the stations of these ids are open, as the city is or as a scenario has it.
    fn times(&self, ids: &[String], scenario: Option<&Scenario>) -> Vec<OpenTimes> {
        let edits = scenario.map_or(&[][..], |scenario| &scenario.edits);
        let edited = |id: &str, is_it: &dyn Fn(Option<&str>) -> bool| {
            let text = edits.iter().find_map(|edit| match edit {
                Edit::Hours {
                    id: own,
                    service,
                    opening_hours,
                } if own == id && is_it(service.as_deref()) => Some(opening_hours),
                _ => None,
            })?;
            self.read(text)
        };
        let times = |id: &String| {
            let known = self.by_id.get(id);
            let of_asked = edited(id, &|service| self.is_asked(service));
            let own = || known.and_then(|known| known.own.clone());
            let of_station = || edited(id, &|service| service.is_none());
            let times = of_asked.or_else(own).or_else(of_station);
            let as_before = || known.map(|known| known.station.clone());
            times.or_else(as_before).unwrap_or_else(OpenTimes::unknown)
        };
        ids.iter().map(times).collect()
    }

    fn read(&self, text: &str) -> Option<OpenTimes> {
        let day = self.plan.at.and_then(TimeOfWeek::date);
        Some(OpeningHours::read(text).ok()?.open_times(day))
    }
}

impl KnownHours for BaseHours {
    fn change(
        &self,
        id: &str,
        service: Option<&str>,
        opening_hours: &str,
    ) -> Result<HoursChange, EditMistake> {
        let mistake = || EditMistake::Hours(opening_hours.to_owned());
        let then = self.read(opening_hours).ok_or_else(mistake)?;
        let known = self.by_id.get(id);
        let nothing = |found| HoursChange {
            is_other: false,
            found,
        };
        match (&self.service, service) {
            (None, Some(_)) => {
                return Ok(nothing(Words::new(
                    "no service is asked about",
                    "未指定服务",
                )));
            }
            (Some(asked), Some(_)) if !self.is_asked(service) => {
                return Ok(nothing(words!(
                    "{asked} is asked about",
                    "所问的是“{asked}”"
                )));
            }
            (Some(asked), None) if known.is_some_and(|known| known.own.is_some()) => {
                return Ok(nothing(words!(
                    "{asked} has hours of its own there",
                    "该处“{asked}”另有开放时间"
                )));
            }
            _ => {}
        }
        let before = known.map_or_else(OpenTimes::unknown, |known| known.times().clone());
        if before == then {
            return Ok(nothing(Words::new(
                "it is open at these times as it is",
                "现已在这些时段开放",
            )));
        }
        Ok(HoursChange {
            is_other: true,
            found: found(&before, &then),
        })
    }
}

/// For how many hours of a week something is open, before and then.
fn found(before: &OpenTimes, then: &OpenTimes) -> Words {
    let hours = |hours: &WeekHours| Thousandths((u64::from(hours.minutes()) * 1000 + 30) / 60);
    let after = hours(&then.certain);
    if *then == OpenTimes::unknown() {
        return Words::new(
            "these hours ask for more than the time of the week",
            "仅凭星期和时刻无法判定该开放时间",
        );
    }
    if *before == OpenTimes::unknown() {
        return words!(
            "open for {after} hours a week; before it is not known when",
            "每周开放 {after} 小时，原开放时间不详"
        );
    }
    let before = hours(&before.certain);
    words!(
        "open for {after} hours a week, before for {before}",
        "每周开放 {after} 小时，原为 {before} 小时"
    )
}

/// What the week of scenarios is counted of.
pub(super) struct WeekOf<'a> {
    pub(super) hours: &'a BaseHours,
    pub(super) scenarios: &'a [Scenario],
    /// With the stations that count.
    pub(super) city: CityRecords<'a>,
    pub(super) service: Option<AskedService<'a>>,
}

impl StudyResult<'_> {
    /// The week as the city is and as each scenario has it: of each state of the network, of which there is mostly one. `analysis`
    /// is that of the city, in the state at which it was read.
    pub(super) fn scenario_hours(
        &self,
        of: &WeekOf<'_>,
        analysis: &Analysis,
        control: Control<'_>,
    ) -> Result<ScenarioHours, Error> {
        let request = &self.study.layers;
        let mut states: Vec<Vec<(WeekHours, WeekCoverage)>> =
            vec![Vec::new(); of.scenarios.len() + 1];
        let day = of.hours.plan.at.and_then(TimeOfWeek::date);
        for state in self.inputs.timetable.states(day) {
            control.check()?;
            let weeks = if state.hours.is_open(request.at.minute()) {
                of.weeks(analysis, control)?
            } else {
                let network = network_at(request, state.at, control)?;
                let options = analysis.options.clone();
                of.weeks(&analyse(&network, of.city, options, control)?, control)?
            };
            for (states, week) in states.iter_mut().zip(weeks) {
                states.push((state.hours.clone(), week));
            }
        }
        let mut weeks = states
            .iter()
            .map(|states| WeekCoverage::from_states(states));
        let base = weeks
            .next()
            .unwrap_or_else(|| WeekCoverage::from_states(&[]));
        Ok(ScenarioHours {
            plan: of.hours.plan,
            base,
            scenarios: weeks.collect(),
        })
    }
}

impl WeekOf<'_> {
    /// The week as the city is, then as each scenario has it, if the network were always as it is here.
    fn weeks(&self, analysis: &Analysis, control: Control<'_>) -> Result<Vec<WeekCoverage>, Error> {
        let mut base = ScenarioBase::new(analysis, self.city)?.with_hours(self.hours);
        if let Some(service) = self.service {
            base = base.with_service(service);
        }
        let people = self.city.people();
        let ids = &base.outcome().stations;
        let mut weeks = vec![week(analysis, &self.hours.times(ids, None), &people)];
        for scenario in self.scenarios {
            control.check()?;
            let mut edits = scenario.edits.iter();
            if edits.all(|edit| matches!(edit, Edit::Hours { .. })) {
                // The same walks: one search for all of them.
                weeks.push(week(
                    analysis,
                    &self.hours.times(ids, Some(scenario)),
                    &people,
                ));
                continue;
            }
            let found = base.analyse(scenario, control)?;
            let ids = &found.answer.outcome.stations;
            let times = self.hours.times(ids, Some(scenario));
            let residents = found.residents.as_ref().map(|residents| {
                let people = residents.iter().map(|resident| resident.people);
                people.collect::<Vec<People>>()
            });
            let people = residents.as_ref().unwrap_or(&people);
            weeks.push(week(&found.analysis, &times, people));
        }
        Ok(weeks)
    }
}

fn week(analysis: &Analysis, times: &[OpenTimes], people: &[People]) -> WeekCoverage {
    let cutoff = analysis.options.tests.deciding();
    WeekCoverage::new(analysis.deciding_walks(), cutoff, times, people)
}
