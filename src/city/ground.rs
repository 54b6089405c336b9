//! The ground within a cutoff of any place, and the places where people are left out.

use geo_types::{Coord, MultiPolygon};

use super::City;
use crate::control::Control;
use crate::error::Error;
use crate::gaps::{GapOptions, Gaps};
use crate::isochrone::{Canvas, Ground};
use crate::units::Cutoff;

impl City {
    /// The ground within a cutoff of a place, longitude and latitude in degrees: where a resident would be within it. Empty where
    /// the place has no street within the snapping distance.
    ///
    /// Polygons are valid and wind as RFC 7946 says; see [`Isochrones::draw`](crate::isochrone::Isochrones::draw).
    ///
    /// # Errors
    /// [`WalkerError::OffTheEarth`](crate::walker::WalkerError::OffTheEarth); what
    /// [`Impedance::lengths`](crate::network::Impedance::lengths) refuses, where the cutoff counts metres.
    ///
    /// # Complexity
    /// O(s) for the s places of the lattice near reached streets: some milliseconds for a quarter of an hour. Who draws again and
    /// again over the same ground keeps a [`Canvas`], and samples it once.
    pub fn ground(
        &self,
        place: impl Into<Coord<f64>>,
        cutoff: Cutoff,
    ) -> Result<MultiPolygon<f64>, Error> {
        let entrances = self.entrances(place.into())?;
        let ground = Ground::new(self.placed(), cutoff.unit())?.with_water(&self.0.people.water);
        let canvas = Canvas::around_place(ground, &entrances, cutoff, Control::default())?;
        let mut drawn = canvas.pen(&[cutoff]).around(&entrances);
        Ok(drawn.pop().unwrap_or_else(|| MultiPolygon::new(Vec::new())))
    }
    /// The places where people are left out of a cutoff, why, and what would help.
    ///
    /// # Errors
    /// Those of [`coverage`](Self::coverage).
    ///
    /// # Complexity
    /// That of [`coverage`](Self::coverage) and of [`Gaps::find`].
    pub fn gaps(
        &self,
        cutoff: Cutoff,
        options: GapOptions,
        control: Control<'_>,
    ) -> Result<Gaps, Error> {
        let coverage = self.coverage(&[cutoff], control)?;
        let ground = Ground::new(self.placed(), cutoff.unit())?;
        Ok(Gaps::find(
            ground,
            self.residents(),
            &coverage,
            options,
            control,
        )?)
    }
}
