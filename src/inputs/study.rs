//! All layers of one study, read and checked against each other.

use geo::CoordsIter;
use geo_types::Coord;

use super::convert;
use super::osm::{HomeModel, HomesReport, OsmFile, Selector};
use super::{
    Columns, CutReport, Format, InputError, PointRecords, Source, StreetsRead, csv, geojson, osm,
};
use crate::crs::{Crs, CrsError};
use crate::geometry::{Bounds, Location};
use crate::model::{Area, City, Fault, FindingCode, Findings, Place, Resident, Station, Streets};

/// Where a layer comes from.
#[derive(Clone, Debug)]
pub enum LayerSource {
    /// A file of its own.
    File(Source),
    /// Objects of the network's OpenStreetMap file.
    Osm(Selector),
}

/// A layer to be read.
#[derive(Clone, Debug)]
pub struct Layer {
    /// Where it comes from.
    pub source: LayerSource,
    /// Columns that the user names.
    pub columns: Columns,
    /// Its coordinate system.
    pub crs: Crs,
}

impl Layer {
    /// A layer in WGS84 with columns of the usual names.
    #[must_use]
    pub fn new(source: LayerSource) -> Self {
        Self {
            source,
            columns: Columns::default(),
            crs: Crs::Wgs84,
        }
    }

    /// What it comes from, in words.
    fn name(&self) -> String {
        match &self.source {
            LayerSource::File(source) => source.path().to_owned(),
            LayerSource::Osm(selector) => selector.to_string(),
        }
    }
}

/// What to read.
#[derive(Clone, Debug)]
pub struct Request {
    /// The street network: `.osm.pbf` or `.geojson`.
    pub network: Source,
    /// Its coordinate system, for GeoJSON.
    pub network_crs: Crs,
    /// Station layers, one after the other.
    pub stations: Vec<Layer>,
    /// Resident layers, one after the other.
    pub residents: Vec<Layer>,
    /// The area layer.
    pub areas: Option<Layer>,
    /// How buildings become homes.
    pub homes: HomeModel,
}

/// A city as read: validated records, and what was found.
#[derive(Clone, Debug)]
pub struct Inputs {
    /// The walkable ways.
    pub streets: Streets,
    /// What was left out of the network.
    pub cuts: CutReport,
    /// Every row of the station layers.
    pub stations: Vec<Station>,
    /// Every record of the resident layers.
    pub residents: Vec<Resident>,
    /// The areas; none without an area layer.
    pub areas: Vec<Area>,
    /// What became of the buildings, where residents are homes.
    pub homes: Option<HomesReport>,
    /// What was found.
    pub findings: Findings,
}

impl Inputs {
    /// Reads every layer and checks them against each other.
    ///
    /// # Errors
    /// [`InputsError::Input`] when a file cannot be used, holds nothing of what is needed, or has longitude and latitude
    /// swapped; [`InputsError::Crs`] when a coordinate system is unknown.
    pub fn read(request: &Request) -> Result<Self, InputsError> {
        let osm = open_osm(&request.network)?;
        let network = read_streets(&request.network, osm.as_ref(), &request.network_crs)?;
        let ground = Bounds::around(network.streets.vertices_in_use().map(Location::degrees));
        let mut findings = network.findings;
        let mut reader = Reader {
            network: &request.network,
            osm: osm.as_ref(),
            findings: &mut findings,
            homes: None,
        };
        let mut stations = Vec::new();
        for layer in &request.stations {
            let read = reader.stations(layer, stations.len() + 1)?;
            check_axes(
                ground,
                "stations",
                layer,
                read.iter().map(|s| swappable(&s.place)),
            )?;
            stations.extend(read);
        }
        let mut residents = Vec::new();
        for layer in &request.residents {
            let read = reader.residents(layer, residents.len() + 1, &request.homes)?;
            check_axes(
                ground,
                "residents",
                layer,
                read.iter().map(|r| swappable(&r.place)),
            )?;
            residents.extend(read);
        }
        let mut areas = Vec::new();
        if let Some(layer) = &request.areas {
            areas = reader.areas(layer)?;
            let corners = areas.iter().flat_map(|area| area.shape.coords_iter());
            check_axes(ground, "areas", layer, corners.map(Some))?;
        }
        let homes = reader.homes;
        findings.extend(convert::station_findings(&stations));
        findings.extend(convert::resident_findings(&residents));
        Ok(Self {
            streets: network.streets,
            cuts: network.cuts,
            stations,
            residents,
            areas,
            homes,
            findings,
        })
    }

    /// The records, ready for the analysis.
    #[must_use]
    pub fn city(&self) -> City<'_> {
        City {
            streets: &self.streets,
            stations: &self.stations,
            residents: &self.residents,
            areas: &self.areas,
        }
    }
}

/// Why inputs cannot be read: a file, or a coordinate system.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InputsError {
    /// A file cannot be used.
    #[error(transparent)]
    Input(#[from] InputError),
    /// A coordinate system cannot be used.
    #[error(transparent)]
    Crs(#[from] CrsError),
}

/// Reads a network file alone.
///
/// # Errors
/// As [`Inputs::read`].
pub fn read_network(network: &Source, crs: &Crs) -> Result<StreetsRead, InputsError> {
    let osm = open_osm(network)?;
    read_streets(network, osm.as_ref(), crs)
}

fn open_osm(network: &Source) -> Result<Option<OsmFile<'_>>, InputError> {
    (network.format() == Some(Format::OsmPbf))
        .then(|| OsmFile::open(network))
        .transpose()
}

fn read_streets(
    network: &Source,
    osm: Option<&OsmFile<'_>>,
    crs: &Crs,
) -> Result<StreetsRead, InputsError> {
    let read = match (osm, network.format()) {
        (Some(file), _) => osm::read_streets(file)?,
        (None, Some(Format::GeoJson)) => geojson::read_streets(network, crs, &crs.converter()?)?,
        _ => return Err(unread(network, "an .osm.pbf or a .geojson of lines").into()),
    };
    if read.streets.ways.is_empty() {
        return Err(nothing("network", network.path().to_owned(), "walkable way").into());
    }
    Ok(read)
}

fn unread(source: &Source, wanted: &'static str) -> InputError {
    InputError::Format {
        file: source.path().to_owned(),
        wanted,
    }
}

fn nothing(layer: &'static str, source_name: String, wanted: &'static str) -> InputError {
    InputError::NothingFound {
        layer,
        source_name,
        wanted,
    }
}

/// Reads layers beside the network.
struct Reader<'a> {
    network: &'a Source,
    osm: Option<&'a OsmFile<'a>>,
    findings: &'a mut Findings,
    homes: Option<HomesReport>,
}

impl Reader<'_> {
    fn osm(&self, selector: &Selector) -> Result<&OsmFile<'_>, InputError> {
        self.osm.ok_or_else(|| InputError::SelectorNeedsOsm {
            text: selector.to_string(),
            file: self.network.path().to_owned(),
        })
    }

    fn points(&self, layer: &Layer, columns: &Columns) -> Result<PointRecords, InputError> {
        match &layer.source {
            LayerSource::Osm(selector) => osm::read_points(self.osm(selector)?, selector),
            LayerSource::File(source) => match source.format() {
                Some(Format::Csv) => csv::read_points(source, columns),
                Some(Format::GeoJson) => geojson::read_points(source, columns, &layer.crs),
                _ => Err(unread(source, "a .csv, a .geojson, or osm:key=value")),
            },
        }
    }

    fn stations(&mut self, layer: &Layer, first: usize) -> Result<Vec<Station>, InputsError> {
        // A column of people that is named for the residents need not be here.
        let columns = Columns {
            population: None,
            ..layer.columns.clone()
        };
        let points = self.points(layer, &columns)?;
        if points.records.is_empty() {
            return Err(nothing("stations", layer.name(), "station").into());
        }
        Ok(convert::stations(
            &points,
            first,
            &layer.crs.converter()?,
            self.findings,
        ))
    }

    fn residents(
        &mut self,
        layer: &Layer,
        first: usize,
        model: &HomeModel,
    ) -> Result<Vec<Resident>, InputsError> {
        if let LayerSource::Osm(selector) = &layer.source
            && selector.is_for_buildings()
        {
            let (homes, report, findings) = osm::read_homes(self.osm(selector)?, selector, model)?;
            self.findings.extend(findings);
            self.homes.get_or_insert_default().add(report);
            if homes.is_empty() {
                return Err(nothing("residents", layer.name(), "home").into());
            }
            return Ok(homes);
        }
        let points = self.points(layer, &layer.columns)?;
        if points.records.is_empty() {
            return Err(nothing("residents", layer.name(), "resident").into());
        }
        Ok(convert::residents(
            &points,
            first,
            &layer.crs.converter()?,
            self.findings,
        ))
    }

    fn areas(&mut self, layer: &Layer) -> Result<Vec<Area>, InputsError> {
        let (areas, findings) = match &layer.source {
            LayerSource::Osm(selector) => osm::read_areas(self.osm(selector)?, selector)?,
            LayerSource::File(source) if source.format() == Some(Format::GeoJson) => {
                geojson::read_areas(source, &layer.columns, &layer.crs, &layer.crs.converter()?)?
            }
            LayerSource::File(source) => {
                return Err(unread(source, "a .geojson, or osm:key=value").into());
            }
        };
        if areas.is_empty() {
            let wanted = if findings.count(FindingCode::AreaNotClosed) > 0 {
                "area whose boundary is whole in the extract"
            } else {
                "area"
            };
            return Err(nothing("areas", layer.name(), wanted).into());
        }
        self.findings.extend(findings);
        Ok(areas)
    }
}

/// As many of a layer's places meet the network by chance, at most, where longitude and latitude are swapped.
const CHANCE: f64 = 0.05;

/// Longitude and latitude are swapped where a layer's box misses the network's and would meet it the other way round, or,
/// so that a few wild records hide nothing, where most places would lie on the network's ground the other way round and
/// hardly any do as given.
fn check_axes(
    ground: Option<Bounds>,
    layer: &'static str,
    from: &Layer,
    places: impl Iterator<Item = Option<Coord<f64>>>,
) -> Result<(), InputError> {
    let Some(ground) = ground else { return Ok(()) };
    let places: Vec<Coord<f64>> = places.flatten().collect();
    let Some(bounds) = Bounds::around(places.iter().copied()) else {
        return Ok(());
    };
    let turned = |place: &Coord<f64>| Coord {
        x: place.y,
        y: place.x,
    };
    let boxes_say_so = !bounds.meets(&ground) && bounds.swapped().meets(&ground);
    let as_given = places.iter().filter(|at| ground.contains(**at)).count();
    let swapped = places
        .iter()
        .filter(|at| ground.contains(turned(at)))
        .count();
    let most_say_so = 2 * swapped > places.len() && as_given as f64 <= CHANCE * places.len() as f64;
    if boxes_say_so || most_say_so {
        return Err(InputError::Swapped {
            layer,
            source_name: from.name(),
        });
    }
    Ok(())
}

/// A record's coordinate as it stands in the file: a longitude in the place of a latitude may be off the earth.
fn swappable(place: &Place) -> Option<Coord<f64>> {
    match place {
        Ok(place) => Some(*place),
        Err(Fault::OffTheEarth { lon, lat }) if lon.abs() <= 90.0 && lat.abs() <= 180.0 => {
            Some(Coord { x: *lon, y: *lat })
        }
        Err(_) => None,
    }
}

#[cfg(test)]
#[path = "study_tests.rs"]
mod tests;
