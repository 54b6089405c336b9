//! Coverage by area: which area holds which resident, and how many of its people are covered.

use geo::{BoundingRect, Intersects};
use geo_types::{Point, Rect};

use super::{Coverage, Status};
use crate::id::ResidentId;
use crate::model::{Area, Resident};
use crate::parallel;
use crate::units::People;

/// Residents per parallel task.
const AREA_CHUNK: usize = 256;

/// One area's people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct AreaCoverage {
    /// Resident records in it.
    pub residents: u64,
    /// Their people.
    pub people: People,
    /// The people who are covered.
    pub covered: People,
}

/// Coverage by area, in the order of the areas.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Areas {
    areas: Vec<AreaCoverage>,
    area_of: Vec<Option<u32>>,
}

impl Areas {
    /// Sums people by area. A resident belongs to the first area that holds its place, borders included; a resident
    /// without a valid place to none.
    ///
    /// # Complexity
    /// One point-in-polygon test per resident and area whose bounding box holds it.
    #[must_use]
    pub fn of(areas: &[Area], residents: &[Resident], coverage: &Coverage) -> Self {
        let boxes: Vec<Option<Rect<f64>>> = areas
            .iter()
            .map(|area| area.shape.bounding_rect())
            .collect();
        let area_of = parallel::map(residents, AREA_CHUNK, |resident| {
            let place = Point::from(resident.valid_place()?);
            let holds = |(area, bounds): (&Area, &Option<Rect<f64>>)| {
                bounds.is_some_and(|bounds| bounds.intersects(&place))
                    && area.shape.intersects(&place)
            };
            areas
                .iter()
                .zip(&boxes)
                .position(holds)
                .map(|area| area as u32)
        });
        let mut sums = vec![AreaCoverage::default(); areas.len()];
        for ((resident, area), status) in residents.iter().zip(&area_of).zip(coverage.statuses()) {
            if let Some(area) = area {
                let sum = &mut sums[*area as usize];
                sum.residents += 1;
                sum.people += resident.people;
                if *status == Status::Covered {
                    sum.covered += resident.people;
                }
            }
        }
        Self {
            areas: sums,
            area_of,
        }
    }

    /// Takes over that a resident is covered now, or no longer is.
    pub(super) fn set_covered(&mut self, resident: ResidentId, people: People, is_covered: bool) {
        if let Some(area) = self.area_of[resident.index()] {
            let covered = &mut self.areas[area as usize].covered;
            *covered = if is_covered {
                *covered + people
            } else {
                *covered - people
            };
        }
    }

    /// One sum per area, in their order.
    #[must_use]
    pub fn sums(&self) -> &[AreaCoverage] {
        &self.areas
    }

    /// The area of every resident, in input order.
    #[must_use]
    pub fn area_of(&self) -> &[Option<u32>] {
        &self.area_of
    }
}
