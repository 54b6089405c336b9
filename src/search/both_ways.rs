//! Everybody's nearest station there and back.
//!
//! Both ways must be to the same station, which no search from all stations at once knows. But the nearest station on the way
//! there and the nearest on the way back together are the least that a round trip can cost: where they are one station,
//! it is the answer. Only who has two has to be searched for (`from_residents`).

use super::travel_times::NearestStation;
use crate::units::CLOSED;

/// The longest round trip that is known.
const LONGEST: u64 = CLOSED as u64 - 1;

/// The nearest station of every resident on each way.
#[derive(Clone, Copy)]
pub(super) struct OneWays<'a> {
    pub(super) there: &'a [Option<NearestStation>],
    pub(super) back: &'a [Option<NearestStation>],
}

impl OneWays<'_> {
    /// Both stations of a resident; `None` without a way there, or back.
    pub(super) fn of(&self, resident: usize) -> Option<(NearestStation, NearestStation)> {
        self.there[resident].zip(self.back[resident])
    }

    /// The least that the longest round trip of those costs who know none.
    pub(super) fn furthest_of(&self, known: &[Option<NearestStation>]) -> u64 {
        let unknown = (0..known.len()).filter(|resident| known[*resident].is_none());
        let ways = unknown.filter_map(|resident| self.of(resident));
        ways.map(|(there, back)| there.cost + back.cost)
            .max()
            .unwrap_or(0)
    }

    /// Adds the nearest stations of those who have none yet and have one station on both ways. Of equally near ones both
    /// ways have the first, so that it is the first of the sum too.
    pub(super) fn add_where_they_agree(&self, known: &mut [Option<NearestStation>]) {
        for (resident, known) in known.iter_mut().enumerate() {
            let Some((there, back)) = self.of(resident).filter(|_| known.is_none()) else {
                continue;
            };
            if there.station == back.station {
                let (cost, station) = (there.cost + back.cost, there.station);
                *known = (cost <= LONGEST).then_some(NearestStation { station, cost });
            }
        }
    }
}
