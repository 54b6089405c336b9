//! What the stairs and lifts at home cost: who is covered, and who would be if everybody lived at the street door.

use super::Coverage;
use super::status::{Status, Tally};
use crate::control::Control;
use crate::id::ResidentId;
use crate::model::CityRecords;
use crate::search::NearestStation;
use crate::snap::Snapping;
use crate::units::{People, Unit};
use crate::walker::{Placed, WalkerError};

/// What the stairs and lifts at home cost, by the deciding cutoff.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct StairsCost {
    /// The people who are covered.
    pub covered: People,
    /// The people who would be if everybody lived at the street door.
    pub covered_at_street: People,
    /// The records and the people shut in: stairs at home that the walker cannot take.
    pub shut_in: Tally,
}

impl StairsCost {
    /// Counts it; `None` where no storey is known, or none counts.
    ///
    /// # Errors
    /// Those of [`Placed::engine`].
    ///
    /// # Complexity
    /// Linear in the residents; where anybody is shut in, everybody is snapped once more, and one sweep is made.
    pub(crate) fn new(
        placed: &Placed,
        city: CityRecords<'_>,
        coverage: &Coverage,
        control: Control<'_>,
    ) -> Result<Option<Self>, WalkerError> {
        if !placed.counts_storeys(city.residents) {
            return Ok(None);
        }
        let mut cost = Self {
            covered: coverage.with_status(Status::Covered).people,
            covered_at_street: People::ZERO,
            shut_in: Tally::default(),
        };
        let snappings = placed.snapped().residents().iter();
        for (snapping, resident) in snappings.zip(city.residents) {
            if matches!(snapping, Snapping::ShutIn(_)) {
                cost.shut_in.add(resident.people);
            }
        }
        let cutoff = coverage.tests().deciding().cost();
        from_street_door(placed, city, coverage, control, |resident, nearest| {
            if nearest.is_some_and(|nearest| nearest.cost <= u64::from(cutoff)) {
                cost.covered_at_street += city.residents[resident.index()].people;
            }
        })?;
        Ok(Some(cost))
    }
}

/// Tells everybody's nearest station from the street door, in the unit that decides, one resident after the other.
///
/// # Errors
/// Those of [`Placed::engine`].
///
/// # Complexity
/// Linear in the residents; where anybody is shut in, everybody is snapped once more, and one sweep is made.
pub(crate) fn from_street_door(
    placed: &Placed,
    city: CityRecords<'_>,
    coverage: &Coverage,
    control: Control<'_>,
    mut tell: impl FnMut(ResidentId, Option<NearestStation>),
) -> Result<(), WalkerError> {
    let residents = (0..).map(ResidentId);
    let mut snappings = placed.snapped().residents().iter();
    if snappings.any(|snapping| matches!(snapping, Snapping::ShutIn(_))) {
        let at_street = placed.at_street_level(city, control)?;
        let unit = coverage.tests().deciding().unit();
        let times = at_street.travel_times(city, unit, None, control)?;
        let nearest = residents.zip(times.nearest().iter().copied());
        nearest.for_each(|(resident, nearest)| tell(resident, nearest));
    } else {
        let nearest = residents.zip(at_street_door(placed, coverage));
        nearest.for_each(|(resident, nearest)| tell(resident, nearest));
    }
    Ok(())
}

/// Everybody's nearest station from the street door, where nobody is shut in: the way inside the building is the same to every
/// station.
fn at_street_door<'a>(
    placed: &'a Placed,
    coverage: &'a Coverage,
) -> impl Iterator<Item = Option<NearestStation>> + 'a {
    let unit = coverage.tests().deciding().unit();
    let nearest = match unit {
        Unit::Milliseconds => coverage.nearest(),
        Unit::Millimetres => coverage.nearest_by_metres(),
    };
    let numbered = (0..).map(ResidentId).zip(nearest);
    numbered.map(move |(resident, nearest)| {
        let indoors = u64::from(placed.indoors(resident, unit));
        nearest.map(|NearestStation { station, cost }| NearestStation {
            station,
            cost: cost.saturating_sub(indoors),
        })
    })
}
