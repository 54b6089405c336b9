//! The week of a city whose network may be another at another hour.

use crate::analysis::{Analysis, analyse};
use crate::control::Control;
use crate::coverage::WeekCoverage;
use crate::error::Error;
use crate::hours::{OpenTimes, TimeOfWeek, WeekHours};
use crate::inputs::{NetworkState, Request, Timetable, network_at};
use crate::model::CityRecords;

/// A city and the hours of its stations.
pub(super) struct OverWeek<'a> {
    pub(super) city: CityRecords<'a>,
    /// With all stations, in the state of the network at `read_at`.
    pub(super) analysis: &'a Analysis,
    pub(super) times: &'a [OpenTimes],
    /// When the network was read, as far as its ways and gates are open at some hours only.
    pub(super) read_at: TimeOfWeek,
    pub(super) request: &'a Request,
    pub(super) timetable: &'a Timetable,
}

impl OverWeek<'_> {
    /// Who is covered when: one search for each state of the network, of which there is mostly one.
    pub(super) fn count(&self, control: Control<'_>) -> Result<WeekCoverage, Error> {
        let mut states: Vec<(WeekHours, WeekCoverage)> = Vec::new();
        for state in self.timetable.states(self.read_at.date()) {
            control.check()?;
            let week = self.as_in(&state, control)?;
            states.push((state.hours, week));
        }
        Ok(WeekCoverage::from_states(&states))
    }

    /// The week if the network were always in a state.
    fn as_in(&self, state: &NetworkState, control: Control<'_>) -> Result<WeekCoverage, Error> {
        if state.hours.is_open(self.read_at.minute()) {
            return Ok(self.of(self.analysis));
        }
        let network = network_at(self.request, state.at, control)?;
        let options = self.analysis.options.clone();
        let analysis = analyse(&network, self.city, options, control)?;
        Ok(self.of(&analysis))
    }

    fn of(&self, analysis: &Analysis) -> WeekCoverage {
        let cutoff = analysis.options.tests.deciding();
        let people = self.city.people();
        WeekCoverage::new(analysis.deciding_walks(), cutoff, self.times, &people)
    }
}
