//! What goes on from an analysis: live edits, what walls cost, isochrones and gaps.

#[cfg(feature = "isochrone")]
use geo_types::Polygon;

use super::Analysis;
use crate::control::Control;
use crate::coverage::{LiveCoverage, WallCosts};
use crate::error::Error;
#[cfg(feature = "isochrone")]
use crate::gaps::{ClosedStations, GapOptions, GapWalk, Gaps, Population, Walks};
#[cfg(feature = "isochrone")]
use crate::isochrone::{Ground, Isochrones, ReachedStreets};
use crate::model::CityRecords;
#[cfg(feature = "isochrone")]
use crate::model::Resident;
#[cfg(feature = "isochrone")]
use crate::units::{Cutoff, Unit};
use crate::walker::Placed;
#[cfg(feature = "isochrone")]
use crate::walker::WalkerError;

impl Analysis {
    /// The same city as one that can be edited: it is searched and counted once more, and `city` must be the one that was
    /// analysed.
    ///
    /// ```
    /// use geo_types::coord;
    /// use pedshed::control::Control;
    /// use pedshed::geometry::Location;
    /// use pedshed::id::StationId;
    /// use pedshed::model::{CityRecords, Resident, Station, StreetsBuilder, WayKind};
    /// use pedshed::network::Network;
    /// use pedshed::{Options, analyse};
    ///
    /// let street = |lon_e7| Location { lon_e7, lat_e7: 0 };
    /// let mut streets = StreetsBuilder::new(vec![street(0), street(200_000)]);
    /// streets.add_way(1, &[0, 1], WayKind::Street, None);
    /// let network = Network::build(&streets.finish(Vec::new()))?;
    /// let city = CityRecords {
    ///     stations: &[Station::new("clinic", 0.0, 0.0)],
    ///     residents: &[Resident::new("near", 0.005, 0.0), Resident::new("far", 0.015, 0.0)],
    ///     areas: &[],
    /// };
    /// let analysis = analyse(&network, city, Options::minutes(&[15.0])?, Control::default())?;
    /// let mut live = analysis.live(city, Control::default())?;
    /// live.move_station(StationId(0), &[coord! { x: 0.01, y: 0.0 }])?;
    /// assert_eq!(live.coverage().share(), 1.0);
    /// # Ok::<(), pedshed::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Cancelled`], and what [`Impedance::lengths`](crate::network::Impedance::lengths) refuses.
    pub fn live(&self, city: CityRecords<'_>, control: Control<'_>) -> Result<LiveCoverage, Error> {
        let tests = self.options.tests.clone();
        Ok(LiveCoverage::new(&self.placed, city, tests, control)?)
    }
}

impl Analysis {
    /// What the walls cost: who is covered as it is, and with all walls open. `None` where there are no compounds. `city`
    /// must be the one that was analysed.
    ///
    /// # Errors
    /// [`Error::Cancelled`], and what [`Impedance::lengths`](crate::network::Impedance::lengths) refuses.
    ///
    /// # Complexity
    /// Everybody is snapped once more, and one sweep finds their nearest stations.
    pub fn wall_costs(
        &self,
        city: CityRecords<'_>,
        control: Control<'_>,
    ) -> Result<Option<WallCosts>, Error> {
        let Some(walls) = self.placed.walker().walls() else {
            return Ok(None);
        };
        self.placed.has(city)?;
        let walker = self.placed.walker().without_walls();
        let trip = self.options.trip;
        let open = Placed::new(&walker, city.stations, city.residents, trip, control)?;
        let unit = self.options.tests.deciding().unit();
        let times = open.travel_times(city, unit, None, control)?;
        Ok(Some(WallCosts::new(
            city.residents,
            walls,
            self.snapped(),
            &self.coverage,
            open.snapped(),
            times.nearest(),
        )))
    }
}

#[cfg(feature = "isochrone")]
impl Analysis {
    /// The ground within each cutoff, of every station and of all together: of the minutes, then of the metres where
    /// metres are asked. `water` is left out of it.
    ///
    /// Behind walls a place is within where a resident there would be, who leaves by the gates.
    ///
    /// # Errors
    /// [`Error::Cancelled`].
    pub fn isochrones(
        &self,
        water: &[Polygon<f64>],
        control: Control<'_>,
    ) -> Result<Vec<Isochrones>, Error> {
        self.on_ground(water, |ground, cutoffs| {
            Isochrones::draw(ground, cutoffs, control)
        })
    }

    /// The streets within each cutoff, cut exactly where it is reached; in the same order.
    ///
    /// # Errors
    /// [`Error::Cancelled`].
    pub fn reached_streets(&self, control: Control<'_>) -> Result<Vec<ReachedStreets>, Error> {
        self.on_ground(&[], |ground, cutoffs| {
            ReachedStreets::new(ground, cutoffs, control)
        })
    }

    /// Where people are left out, and why, and behind walls the gates that would help; `residents` are those that were
    /// analysed.
    ///
    /// # Errors
    /// [`Error::Cancelled`].
    pub fn gaps(
        &self,
        residents: &[Resident],
        options: GapOptions,
        control: Control<'_>,
    ) -> Result<Gaps, Error> {
        self.placed.has_residents(residents)?;
        let ground = Ground::new(&self.placed, self.options.tests.deciding().unit())?;
        let everybody = Population::all(residents, &self.coverage);
        let gaps = Gaps::new(ground, everybody, options, control)?;
        Ok(gaps.with_new_stations(&self.placed, everybody, control)?)
    }

    /// These gaps of its own with what the stations that are closed now would bring if they were open.
    ///
    /// # Errors
    /// [`Error::Cancelled`].
    pub(crate) fn gaps_with_openings(
        &self,
        residents: &[Resident],
        gaps: Gaps,
        closed: ClosedStations<'_>,
        control: Control<'_>,
    ) -> Result<Gaps, Error> {
        let everybody = Population::all(residents, &self.coverage);
        Ok(gaps.with_longer_openings(closed, everybody, control)?)
    }

    /// For each of the first `most` gaps the walk of its middle resident to the station that is nearest to them, or from
    /// it where that is what counts; `None` where they have none. `city` is the one that was analysed.
    ///
    /// # Errors
    /// What [`Impedance::lengths`](crate::network::Impedance::lengths) refuses, where metres decide.
    pub fn gap_walks(
        &self,
        city: CityRecords<'_>,
        gaps: &Gaps,
        most: usize,
    ) -> Result<Vec<Option<GapWalk>>, Error> {
        self.placed.has(city)?;
        let unit = self.options.tests.deciding().unit();
        let nearest = match unit {
            Unit::Milliseconds => self.coverage.nearest(),
            Unit::Millimetres => self.coverage.nearest_by_metres(),
        };
        let walks = Walks {
            ground: Ground::new(&self.placed, unit)?,
            city,
            nearest,
        };
        Ok(walks.of(&gaps.list[..gaps.list.len().min(most)]))
    }

    /// What `look` finds for the minutes and for the metres, where they are asked.
    fn on_ground<T>(
        &self,
        water: &[Polygon<f64>],
        look: impl for<'g> Fn(Ground<'g>, &[Cutoff]) -> Result<T, WalkerError>,
    ) -> Result<Vec<T>, Error> {
        let tests = &self.options.tests;
        let by_unit = [
            (Unit::Milliseconds, tests.minutes()),
            (Unit::Millimetres, tests.metres()),
        ];
        let mut found = Vec::new();
        for (unit, cutoffs) in by_unit {
            if !cutoffs.is_empty() {
                let ground = Ground::new(&self.placed, unit)?.with_water(water);
                found.push(look(ground, cutoffs)?);
            }
        }
        Ok(found)
    }
}
