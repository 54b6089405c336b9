//! Coverage by area: which area holds which resident, and how many of its people are covered.

use geo::coordinate_position::CoordPos;
use geo::{Area as _, BoundingRect, CoordinatePosition, Intersects};
use geo_types::{Coord, Point, Rect};

use super::{Coverage, Status};
use crate::id::ResidentId;
use crate::model::{Area, Resident};
use crate::parallel;
use crate::units::People;
use crate::walker::WalkerError;

/// Residents per parallel task.
const AREA_CHUNK: usize = 256;

/// One area's people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct AreaCoverage {
    /// Resident records in it.
    pub residents: u64,
    /// Their people.
    pub people: People,
    /// The people who are covered.
    pub covered: People,
}

/// The area that each place is said to be in: of those that hold it the smallest, of equal ones the first.
///
/// # Complexity
/// One point-in-polygon test per place and area whose bounding box holds it.
pub(crate) fn areas_at(areas: &[Area], places: &[Option<Coord<f64>>]) -> Vec<Option<u32>> {
    let grounds: Vec<Ground<'_>> = areas.iter().map(Ground::new).collect();
    parallel::map(places, AREA_CHUNK, |place| {
        Held::at((*place)?, &grounds).area
    })
}

/// All areas that each place counts in, by the rule of residents: ascending.
///
/// # Complexity
/// As [`areas_at`].
pub(crate) fn all_areas_at(areas: &[Area], places: &[Option<Coord<f64>>]) -> Vec<Vec<u32>> {
    let grounds: Vec<Ground<'_>> = areas.iter().map(Ground::new).collect();
    parallel::map(places, AREA_CHUNK, |place| {
        let held = place.map_or_else(Held::default, |place| Held::at(place, &grounds));
        let mut all: Vec<u32> = held.area.into_iter().chain(held.further).collect();
        all.sort_unstable();
        all
    })
}

/// Coverage by area, in the order of the areas.
///
/// Areas may nest and overlap: a resident counts in every area whose ground holds its place, and of those on whose border it
/// lies in the first. So where a city and its districts are areas, everybody counts in both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Areas {
    sums: Vec<AreaCoverage>,
    area_of: Vec<Option<u32>>,
    /// The other areas of residents in more than one, ascending by resident and area.
    further: Vec<(ResidentId, u32)>,
}

impl Areas {
    /// Sums people by area; a resident without a valid place is in none. The residents are those who were counted.
    ///
    /// # Errors
    /// [`WalkerError::OtherCity`] when there are more or fewer of them.
    ///
    /// # Complexity
    /// One point-in-polygon test per resident and area whose bounding box holds it.
    pub fn new(
        areas: &[Area],
        residents: &[Resident],
        coverage: &Coverage,
    ) -> Result<Self, WalkerError> {
        if residents.len() != coverage.statuses().len() {
            return Err(WalkerError::OtherCity);
        }
        Ok(Self::from_counted(areas, residents, coverage))
    }

    /// The same of as many residents as were counted.
    pub(crate) fn from_counted(
        areas: &[Area],
        residents: &[Resident],
        coverage: &Coverage,
    ) -> Self {
        let grounds: Vec<Ground<'_>> = areas.iter().map(Ground::new).collect();
        let mut found = Self {
            sums: vec![AreaCoverage::default(); areas.len()],
            area_of: Vec::with_capacity(residents.len()),
            further: Vec::new(),
        };
        let held = parallel::map(residents, AREA_CHUNK, |resident| {
            let place = resident.valid_place();
            place.map_or_else(Held::default, |place| Held::at(place, &grounds))
        });
        for ((id, held), status) in (0..).map(ResidentId).zip(held).zip(coverage.statuses()) {
            let people = residents[id.index()].people;
            found.area_of.push(held.area);
            let further = held.further.into_iter().map(|area| (id, area));
            found.further.extend(further);
            for area in found.areas_of(id).collect::<Vec<_>>() {
                let sum = &mut found.sums[area as usize];
                sum.residents += 1;
                sum.people += people;
                if *status == Status::Covered {
                    sum.covered += people;
                }
            }
        }
        found
    }

    /// Takes over that a resident is covered now, or no longer is.
    pub(super) fn set_covered(&mut self, resident: ResidentId, people: People, is_covered: bool) {
        for area in self.areas_of(resident).collect::<Vec<_>>() {
            let covered = &mut self.sums[area as usize].covered;
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
        &self.sums
    }

    /// The area that a resident is said to be in where one is asked, in input order: of those in which it counts the smallest,
    /// of equal ones the first.
    #[must_use]
    pub fn area_of(&self) -> &[Option<u32>] {
        &self.area_of
    }

    /// All areas in which a resident counts: the one that it is [said to be in](Self::area_of), then the others, ascending.
    ///
    /// None of a resident who is none of this coverage's.
    pub fn areas_of(&self, resident: ResidentId) -> impl Iterator<Item = u32> + '_ {
        let first = self.further.partition_point(|(other, _)| *other < resident);
        let further = self.further[first..].iter();
        let further = further.take_while(move |(other, _)| *other == resident);
        let area = self.area_of.get(resident.index()).copied().flatten();
        area.into_iter().chain(further.map(|(_, area)| *area))
    }

    /// The other areas of the residents who count in more than one, ascending by resident and area.
    #[must_use]
    pub fn further(&self) -> &[(ResidentId, u32)] {
        &self.further
    }

    /// The residents who count in more than one area, ascending.
    pub fn in_several(&self) -> impl Iterator<Item = ResidentId> + '_ {
        let by_resident = self.further.chunk_by(|one, next| one.0 == next.0);
        by_resident.map(|further| further[0].0)
    }
}

/// An area as it is asked for places.
struct Ground<'a> {
    area: &'a Area,
    bounds: Option<Rect<f64>>,
    size: f64,
}

impl<'a> Ground<'a> {
    fn new(area: &'a Area) -> Self {
        Self {
            area,
            bounds: area.shape.bounding_rect(),
            size: area.shape.unsigned_area(),
        }
    }

    fn position(&self, place: Coord<f64>) -> CoordPos {
        let is_near = |bounds: Rect<f64>| bounds.intersects(&Point::from(place));
        if self.bounds.is_some_and(is_near) {
            self.area.shape.coordinate_position(&place)
        } else {
            CoordPos::Outside
        }
    }
}

/// The areas that hold a place.
#[derive(Default)]
struct Held {
    /// The smallest.
    area: Option<u32>,
    /// The others, ascending.
    further: Vec<u32>,
}

impl Held {
    fn at(place: Coord<f64>, grounds: &[Ground<'_>]) -> Self {
        let mut held = Self::default();
        let mut is_on_border = false;
        for (area, ground) in (0..).zip(grounds) {
            match ground.position(place) {
                CoordPos::Outside => continue,
                CoordPos::OnBoundary if is_on_border => continue,
                CoordPos::OnBoundary => is_on_border = true,
                CoordPos::Inside => {}
            }
            let size = |area: u32| grounds[area as usize].size;
            match held.area {
                Some(known) if size(area) < size(known) => {
                    held.further.push(known);
                    held.area = Some(area);
                }
                Some(_) => held.further.push(area),
                None => held.area = Some(area),
            }
        }
        held.further.sort_unstable();
        held
    }
}

#[cfg(test)]
#[path = "areas_tests.rs"]
mod tests;
