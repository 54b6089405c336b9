//! What the stations that are closed at a time would bring if they were open.

use geo_types::Coord;

use super::Gaps;
use super::gap::{Gap, GapReason, LongerOpening};
use super::population::Population;
use crate::control::{Cancelled, Control};
use crate::id::{ResidentId, StationId};
use crate::search::TravelTimes;
use crate::units::People;

/// A station that is closed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ClosedStation {
    pub(crate) station: StationId,
    /// Its first entrance.
    pub(crate) place: Coord<f64>,
}

/// The stations that are closed, and who walks to them when they are open.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ClosedStations<'a> {
    /// Ascending.
    pub(crate) list: &'a [ClosedStation],
    /// The walks to all stations, open or closed, in the unit that decides.
    pub(crate) walks: &'a TravelTimes,
}

impl Gaps {
    /// With the closed station of each gap that would help most, as a run at a time when it is open would count it: exactly for one-way
    /// trips; there and back the two ways may be those of two stations, and then it is at least that.
    ///
    /// # Errors
    /// [`Cancelled`].
    ///
    /// # Complexity
    /// Linear in the walks to closed stations.
    pub(crate) fn with_longer_openings(
        mut self,
        closed: ClosedStations<'_>,
        population: Population<'_>,
        control: Control<'_>,
    ) -> Result<Self, Cancelled> {
        let mut gap_of = vec![None; population.residents.len()];
        for (number, gap) in self.list.iter().enumerate() {
            for resident in &gap.residents {
                gap_of[resident.index()] = Some(number);
            }
        }
        let mut is_near = vec![false; gap_of.len()];
        let mut gains = vec![People::ZERO; self.list.len()];
        for one in closed.list {
            control.check()?;
            gains.fill(People::ZERO);
            let row = closed.walks.row_of(one.station).iter();
            for (resident, _) in row.filter(|(_, cost)| *cost <= self.deciding.cost()) {
                if let Some(number) = gap_of[resident.index()] {
                    gains[number] += population.people(*resident);
                    is_near[resident.index()] = true;
                }
            }
            self.take_better(*one, &gains);
        }
        for gap in &mut self.list {
            if is_mostly_near(gap, &is_near, population) {
                gap.reason = GapReason::StationsClosed;
            }
        }
        Ok(self)
    }

    /// Takes a station as the cure by opening of the gaps to which it brings more than those before it.
    fn take_better(&mut self, one: ClosedStation, gains: &[People]) {
        let all: People = gains.iter().copied().sum();
        for (gap, &gain) in self.list.iter_mut().zip(gains) {
            let best = gap.opening.map_or(People::ZERO, |opening| opening.gain);
            if gain > best {
                gap.opening = Some(LongerOpening {
                    station: one.station,
                    place: one.place,
                    gain,
                    elsewhere: all - gain,
                });
            }
        }
    }
}

/// Whether at least half of the people of a gap, and anybody, would be covered if all stations were open.
fn is_mostly_near(gap: &Gap, is_near: &[bool], population: Population<'_>) -> bool {
    let near = gap.residents.iter().copied();
    let near = near.filter(|resident: &ResidentId| is_near[resident.index()]);
    let near: People = near.map(|resident| population.people(resident)).sum();
    near > People::ZERO && near.make_half_of(gap.people)
}
