//! The ground within a cutoff of any place, and the places where people are left out.

use geo_types::{Coord, MultiPolygon};

use super::City;
use crate::control::Control;
use crate::error::Error;
use crate::gaps::{GapOptions, Gaps, Population};
use crate::isochrone::{Ground, SampleGrid};
use crate::units::{Cutoff, Unit};
use crate::walker::WalkerError;

impl City {
    /// The ground within a cutoff of a place, longitude and latitude in degrees: where a resident would be within it. Empty where
    /// the place has no street within the snapping distance.
    ///
    /// Polygons are valid and wind as RFC 7946 says; see [`SampleGrid::isochrones`].
    ///
    /// # Errors
    /// [`WalkerError::OffTheEarth`]; what
    /// [`Impedance::lengths`](crate::network::Impedance::lengths) refuses, where the cutoff counts metres.
    ///
    /// # Complexity
    /// O(s) for the s places of the lattice near reached streets: some milliseconds for a quarter of an hour. Where the ground was
    /// [sampled](Self::sample_ground) that of the search and of the outline.
    pub fn ground(
        &self,
        place: impl Into<Coord<f64>>,
        cutoff: Cutoff,
    ) -> Result<MultiPolygon<f64>, Error> {
        let entrances = self.entrances(place.into())?;
        let ground = Ground::new(self.placed(), cutoff.unit())?.with_water(&self.0.people.water);
        let control = Control::default();
        let sample_grid = match self.searches(cutoff.unit()).sampled.get() {
            Some(sampled) => SampleGrid::from_sampled(ground, sampled, control)?,
            None => SampleGrid::around_place(ground, &entrances, cutoff, control)?,
        };
        let mut contourer = sample_grid
            .contourer(&[cutoff])
            .map_err(WalkerError::from)?;
        let mut drawn = contourer.around(&entrances).map_err(WalkerError::from)?;
        Ok(drawn.pop().unwrap_or_else(|| MultiPolygon::new(Vec::new())))
    }
    /// Samples all of the ground for cutoffs of a unit, so that drawing [from a place](Self::ground) costs no more than its search
    /// and its outline from then on.
    ///
    /// # Errors
    /// [`Error::Cancelled`], and what [`Impedance::lengths`](crate::network::Impedance::lengths) refuses.
    ///
    /// # Complexity
    /// That of [`SampleGrid::new`]: seconds for a large city.
    pub fn sample_ground(&self, unit: Unit, control: Control<'_>) -> Result<(), Error> {
        let sampled = &self.searches(unit).sampled;
        if sampled.get().is_none() {
            let ground = Ground::new(self.placed(), unit)?.with_water(&self.0.people.water);
            let sample_grid = SampleGrid::new(ground, control)?;
            sampled.get_or_init(|| sample_grid.sampled());
        }
        Ok(())
    }

    /// The places where people are left out of a cutoff, why, and what would help.
    ///
    /// # Errors
    /// Those of [`coverage`](Self::coverage).
    ///
    /// # Complexity
    /// That of [`coverage`](Self::coverage), a few searches of the whole network, and one short one per gap and per link that may be
    /// missing.
    pub fn gaps(
        &self,
        cutoff: Cutoff,
        options: GapOptions,
        control: Control<'_>,
    ) -> Result<Gaps, Error> {
        let coverage = self.coverage(&[cutoff], control)?;
        let ground = Ground::new(self.placed(), cutoff.unit())?;
        let everybody = Population::all(self.residents(), &coverage);
        let gaps = Gaps::new(ground, everybody, options, control)?;
        Ok(gaps.with_new_stations(self.placed(), everybody, control)?)
    }
}
