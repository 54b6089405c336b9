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
    /// One or several times of each station: what they are open for.
    pub(super) times: &'a [Vec<OpenTimes>],
    /// When the network was read, as far as its ways and gates are open at some hours only.
    pub(super) read_at: TimeOfWeek,
    pub(super) request: &'a Request,
    pub(super) timetable: &'a Timetable,
}

impl OverWeek<'_> {
    /// Who is covered when, by each of the times: one search for each state of the network, of which there is mostly one.
    pub(super) fn count(&self, control: Control<'_>) -> Result<Vec<WeekCoverage>, Error> {
        let mut states: Vec<Vec<(WeekHours, WeekCoverage)>> = vec![Vec::new(); self.times.len()];
        for state in self.timetable.states(self.read_at.date()) {
            control.check()?;
            let weeks = self.as_in(&state, control)?;
            for (states, week) in states.iter_mut().zip(weeks) {
                states.push((state.hours.clone(), week));
            }
        }
        let weeks = states
            .iter()
            .map(|states| WeekCoverage::from_states(states));
        Ok(weeks.collect())
    }

    /// The weeks if the network were always in a state.
    fn as_in(
        &self,
        state: &NetworkState,
        control: Control<'_>,
    ) -> Result<Vec<WeekCoverage>, Error> {
        if state.hours.is_open(self.read_at.minute()) {
            return Ok(self.of(self.analysis));
        }
        let network = network_at(self.request, state.at, control)?;
        let options = self.analysis.options.clone();
        let analysis = analyse(&network, self.city, options, control)?;
        Ok(self.of(&analysis))
    }

    fn of(&self, analysis: &Analysis) -> Vec<WeekCoverage> {
        let cutoff = analysis.options.tests.deciding();
        let people = self.city.people();
        let walks = analysis.deciding_walks();
        let of_times = |times: &Vec<OpenTimes>| WeekCoverage::new(walks, cutoff, times, &people);
        self.times.iter().map(of_times).collect()
    }
}
