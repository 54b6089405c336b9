//! What a station in the middle of a gap would bring.

use super::Gaps;
use super::gap::{Gap, NewStation};
use super::population::Population;
use crate::control::Control;
use crate::id::ResidentId;
use crate::model::Station;
use crate::units::{Cost, People};
use crate::walker::{Placed, WalkerError};

impl Gaps {
    /// With what a station in the middle of each gap would bring, as a full run with that station would count it: exactly for one-way
    /// trips; there and back the two ways may be those of two stations, and then it is at least that.
    ///
    /// # Errors
    /// [`WalkerError::Cancelled`].
    ///
    /// # Complexity
    /// One search up to the cutoff for each gap.
    pub(crate) fn with_new_stations(
        mut self,
        placed: &Placed,
        population: Population<'_>,
        control: Control<'_>,
    ) -> Result<Self, WalkerError> {
        let centre = |(number, gap): (usize, &Gap)| {
            Station::new(number.to_string(), gap.centre.x, gap.centre.y)
        };
        let stations: Vec<Station> = self.list.iter().enumerate().map(centre).collect();
        if stations.is_empty() {
            return Ok(self);
        }
        let placed = placed.with_stations(&stations, control)?;
        let engine = placed.engine(self.deciding.unit(), control)?;
        let found = engine.map_catchments(self.deciding, control, |station, row| {
            let entrance = placed.snapped().entrances(station).iter().next()?;
            let number = entrance.row as usize;
            Some((number, gain(&self.list[number], row, population)?))
        })?;
        for (number, station) in found.into_iter().flatten() {
            self.list[number].station = Some(station);
        }
        Ok(self)
    }
}

/// Those who are left out and would be within the cutoff of a station in the middle of a gap; `None` where nobody of the gap would.
fn gain(gap: &Gap, row: &[(ResidentId, Cost)], population: Population<'_>) -> Option<NewStation> {
    let gained = row.iter().map(|(resident, _)| *resident);
    let gained = gained.filter(|resident| population.is_left_out(*resident));
    let (mut gain, mut elsewhere) = (People::ZERO, People::ZERO);
    for resident in gained {
        let is_here = gap.residents.binary_search(&resident).is_ok();
        *(if is_here { &mut gain } else { &mut elsewhere }) += population.people(resident);
    }
    (gain > People::ZERO).then_some(NewStation {
        place: gap.centre,
        gain,
        elsewhere,
    })
}
