//! A city from files, for who needs no more of a layer than where it is.

use std::path::Path;

use super::{City, CityBuilder};
use crate::control::Control;
use crate::error::Error;
use crate::inputs::{Inputs, LayerSpec, Request, Source};

/// The files of a city, which are read at once: [`City::open`] names the first. Layers of which more is to be said are those of a
/// [`Request`], and of [`City::from_inputs`].
#[derive(Clone, Debug)]
pub struct CityFiles(Request);

impl City {
    /// A city on the streets of a file: `.osm.pbf`, lines in `.geojson` or `.shp`, or a prepared `.pedshed`.
    ///
    /// # Errors
    /// When the file cannot be opened.
    ///
    /// # Example
    /// ```no_run
    /// use pedshed::prelude::*;
    /// let city = City::open("porto.osm.pbf")?
    ///     .stations("osm:amenity=pharmacy")?
    ///     .residents("osm:building")?
    ///     .read(Control::default())?
    ///     .build()?;
    /// # Ok::<(), pedshed::Error>(())
    /// ```
    pub fn open(network: impl AsRef<Path>) -> Result<CityFiles, Error> {
        Ok(CityFiles(Request::new(Source::open(network.as_ref())?)))
    }
}

impl CityFiles {
    /// Adds stations from a file, or of the objects of the network's OpenStreetMap file that a selector names:
    /// `osm:amenity=post_office`.
    ///
    /// # Errors
    /// When the file cannot be opened, or the selector is none.
    pub fn stations(mut self, layer: &str) -> Result<Self, Error> {
        self.0.stations.push(layer_of(layer)?);
        Ok(self)
    }

    /// Adds residents in the same way; `osm:building` makes homes of buildings.
    ///
    /// # Errors
    /// When the file cannot be opened, or the selector is none.
    pub fn residents(mut self, layer: &str) -> Result<Self, Error> {
        self.0.residents.push(layer_of(layer)?);
        Ok(self)
    }

    /// Walls in the same way: compounds, and the gates in them.
    ///
    /// # Errors
    /// When a file cannot be opened, or a selector is none.
    pub fn walls(mut self, compounds: &str, gates: &str) -> Result<Self, Error> {
        self.0.compounds = Some(layer_of(compounds)?);
        self.0.gates = Some(layer_of(gates)?);
        Ok(self)
    }

    /// Reads them all. Records that cannot be used count as invalid; what was found besides is for who reads
    /// [`Inputs`] and goes on with [`City::from_inputs`].
    ///
    /// # Errors
    /// What [`Inputs::read_with`] refuses.
    pub fn read<'a>(&self, control: Control<'a>) -> Result<CityBuilder<'a>, Error> {
        let inputs = Inputs::read_with(&self.0, control)?;
        Ok(City::from_inputs(inputs).watched(control))
    }
}

fn layer_of(layer: &str) -> Result<LayerSpec, Error> {
    Ok(if layer.starts_with("osm:") {
        LayerSpec::selected(layer)?
    } else {
        LayerSpec::open(Path::new(layer))?
    })
}
