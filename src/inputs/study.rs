//! All layers of one study, read and checked against each other.

mod compounds;

use std::time::{Duration, Instant};

use geo::CoordsIter;
use geo_types::{Coord, Polygon};

use super::convert;
use super::osm::{HomeModel, HomesReport, OsmFile, Selector};
use super::{
    Columns, CutReport, Format, InputError, InputsError, LayerCrs, Mending, PointRecords, Source,
    StreetsRead, osm, read_areas, read_lines, read_points,
};
use crate::crs::Converter;
use crate::geometry::Bounds;
use crate::language::{InLanguage, Language, Words, words};
use crate::model::{
    Area, Attributes, City, Compounds, Fault, FindingCode, Findings, LayerSpan, Place, Resident,
    Station,
};
use crate::network::Network;
use crate::parallel;

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
    pub crs: LayerCrs,
    /// The sheet of a spreadsheet; without it the first one with a header.
    pub sheet: Option<String>,
}

impl Layer {
    /// A layer in the system that its file says, or WGS84, with columns of the usual names.
    #[must_use]
    pub fn new(source: LayerSource) -> Self {
        Self {
            source,
            columns: Columns::default(),
            crs: LayerCrs::default(),
            sheet: None,
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
    /// The street network: `.osm.pbf`, lines in `.geojson` or `.shp`, or a prepared `.pedshed`.
    pub network: Source,
    /// Its coordinate system, for lines.
    pub network_crs: LayerCrs,
    /// How carelessly drawn lines are joined; an OpenStreetMap file says where its ways join.
    pub mending: Mending,
    /// Station layers, one after the other.
    pub stations: Vec<Layer>,
    /// Resident layers, one after the other.
    pub residents: Vec<Layer>,
    /// The area layer.
    pub areas: Option<Layer>,
    /// Stations of every tier, one layer after the other, where [`Request::stations`] are those of some alone.
    pub every_station: Vec<Layer>,
    /// Further demand, each a layer of its own: workers, members; what it is called and where it is read from.
    pub demand: Vec<(String, Layer)>,
    /// Residential land: polygons.
    pub land: Option<Layer>,
    /// The register of communities: a list, with or without places.
    pub communities: Option<Layer>,
    /// The layer of compounds: polygons whose outlines are walls.
    pub compounds: Option<Layer>,
    /// The gates in these walls: points. Their column `compound` (所属小区, 小区编号, 小区) says whose they are, or that
    /// which `columns.name` names; without one they belong to the nearest wall.
    pub gates: Option<Layer>,
    /// How buildings become homes.
    pub homes: HomeModel,
    /// Whether to read the network file's rivers and lakes, which isochrones leave out; lines have none.
    pub with_water: bool,
}

impl Request {
    /// A request for the streets of a file alone, in the system that it says or WGS84; layers are added to it.
    #[must_use]
    pub fn new(network: Source) -> Self {
        Self {
            network,
            network_crs: LayerCrs::default(),
            mending: Mending::default(),
            stations: Vec::new(),
            residents: Vec::new(),
            areas: None,
            every_station: Vec::new(),
            demand: Vec::new(),
            land: None,
            communities: None,
            compounds: None,
            gates: None,
            homes: HomeModel::default(),
            with_water: false,
        }
    }

    /// Every layer, in the order in which they stand here.
    pub fn layers(&self) -> impl Iterator<Item = &Layer> {
        let points = self.stations.iter().chain(&self.residents);
        points
            .chain(&self.areas)
            .chain(&self.every_station)
            .chain(self.demand.iter().map(|(_, layer)| layer))
            .chain(&self.land)
            .chain(&self.communities)
            .chain(&self.compounds)
            .chain(&self.gates)
    }
}

/// A city as read: validated records, and what was found.
#[derive(Clone, Debug)]
pub struct Inputs {
    /// The streets as a graph.
    pub network: Network,
    /// How long building it took; nothing for a prepared one.
    pub building: Duration,
    /// What was left out of the network.
    pub cuts: CutReport,
    /// Every row of the station layers.
    pub stations: Vec<Station>,
    /// What was kept beside the stations, row by row.
    pub station_attributes: Attributes,
    /// Every record of the resident layers.
    pub residents: Vec<Resident>,
    /// What was kept beside the residents, record by record.
    pub resident_attributes: Attributes,
    /// The stations of every tier, where they were asked for beside those of the study, and what was kept beside them.
    pub every_station: Option<(Vec<Station>, Attributes)>,
    /// Further demand: what it is called, and its records.
    pub demand: Vec<(String, Vec<Resident>)>,
    /// Residential land; none without a layer of it.
    pub land: Vec<Area>,
    /// The register of communities, where one was asked for: names, people and what was kept beside them.
    pub communities: Option<PointRecords>,
    /// The areas; none without an area layer.
    pub areas: Vec<Area>,
    /// The walls and the gates in them; none without a layer of them.
    pub compounds: Compounds,
    /// Where the network's data come from, where its file says so.
    pub origin: Option<String>,
    /// What the network was made of, where it is a prepared one.
    #[cfg(feature = "prepared")]
    pub provenance: Option<super::Provenance>,
    /// Rivers and lakes, where they were asked for.
    pub water: Vec<Polygon<f64>>,
    /// Which rows came from which layer.
    pub layers: Vec<LayerSpan>,
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
        let (read, tables) = parallel::join(
            || read_and_build(request, osm.as_ref()),
            || read_tables(request),
        );
        let (read, building) = read?;
        let ground = read.network.bounds();
        let prepared_from = prepared_from(&read);
        let mut findings = read.findings;
        let mut reader = Reader {
            network: &request.network,
            osm: osm.as_ref(),
            prepared_from,
            ground,
            tables: tables.into_iter(),
            findings: &mut findings,
            homes: None,
        };
        let mut layers = Vec::new();
        let mut span = |layer: &Layer, is_stations, start: usize, count: usize| {
            layers.push(LayerSpan {
                name: layer.name(),
                is_stations,
                rows: start..start + count,
            });
        };
        let mut stations = Vec::new();
        let mut station_attributes = Attributes::default();
        for layer in &request.stations {
            let (read, attributes) = reader.stations(layer, stations.len() + 1)?;
            station_attributes.append(&attributes);
            let places = read.iter().map(|s: &Station| swappable(&s.place));
            check_axes(ground, stations_layer, layer, places)?;
            span(layer, true, stations.len(), read.len());
            stations.extend(read);
        }
        let mut residents = Vec::new();
        let mut resident_attributes = Attributes::default();
        for layer in &request.residents {
            let (read, attributes) =
                reader.residents(layer, residents.len() + 1, &request.homes)?;
            resident_attributes.append(&attributes);
            let places = read.iter().map(|r: &Resident| swappable(&r.place));
            check_axes(ground, residents_layer, layer, places)?;
            span(layer, false, residents.len(), read.len());
            residents.extend(read);
        }
        let mut every = (Vec::new(), Attributes::default());
        for layer in &request.every_station {
            let (read, attributes) = reader.stations(layer, every.0.len() + 1)?;
            every.0.extend(read);
            every.1.append(&attributes);
        }
        let mut demand = Vec::with_capacity(request.demand.len());
        for (name, layer) in &request.demand {
            let (read, _) = reader.residents(layer, 1, &request.homes)?;
            demand.push((name.clone(), read));
        }
        let every_station = (!request.every_station.is_empty()).then_some(every);
        let mut areas = Vec::new();
        if let Some(layer) = &request.areas {
            areas = reader.areas(layer)?;
            let corners = areas.iter().flat_map(|area| area.shape.coords_iter());
            check_axes(ground, areas_layer, layer, corners.map(Some))?;
        }
        let land = match &request.land {
            Some(layer) => reader.areas(layer)?,
            None => Vec::new(),
        };
        let communities = match &request.communities {
            Some(layer) => Some(reader.communities(layer)?),
            None => None,
        };
        let compounds = reader.compounds(request.compounds.as_ref(), request.gates.as_ref())?;
        let homes = reader.homes;
        findings.extend(convert::station_findings(&stations));
        findings.extend(convert::resident_findings(&residents));
        Ok(Self {
            network: read.network,
            building,
            cuts: read.cuts,
            stations,
            station_attributes,
            residents,
            resident_attributes,
            every_station,
            demand,
            land,
            communities,
            areas,
            compounds,
            origin: read.origin,
            #[cfg(feature = "prepared")]
            provenance: read.provenance,
            water: read.water,
            layers,
            homes,
            findings,
        })
    }

    /// The records, ready for the analysis.
    #[must_use]
    pub fn city(&self) -> City<'_> {
        City {
            stations: &self.stations,
            residents: &self.residents,
            areas: &self.areas,
        }
    }
}

/// A network as read and built, or opened, and what was found on the way.
#[derive(Clone, Debug)]
pub struct NetworkRead {
    /// The streets as a graph.
    pub network: Network,
    /// What was left out of it, by reason.
    pub cuts: CutReport,
    /// What was found.
    pub findings: Findings,
    /// Where the data come from, where the file says so.
    pub origin: Option<String>,
    /// Rivers and lakes, where they were asked for.
    pub water: Vec<Polygon<f64>>,
    /// What a prepared network was made of.
    #[cfg(feature = "prepared")]
    pub provenance: Option<super::Provenance>,
}

/// Reads the network of a request alone.
///
/// # Errors
/// As [`Inputs::read`].
pub fn read_network(request: &Request) -> Result<NetworkRead, InputsError> {
    let osm = open_osm(&request.network)?;
    Ok(read_and_build(request, osm.as_ref())?.0)
}

/// The network of a request, and how long building it took.
fn read_and_build(
    request: &Request,
    osm: Option<&OsmFile<'_>>,
) -> Result<(NetworkRead, Duration), InputsError> {
    #[cfg(feature = "prepared")]
    if request.network.format() == Some(Format::Prepared) {
        let read = super::prepared::read_prepared(&request.network, request.with_water)?;
        return Ok((read, Duration::ZERO));
    }
    let StreetsRead {
        streets,
        cuts,
        findings,
    } = read_streets(request, osm)?;
    let start = Instant::now();
    let network = Network::build(&streets)?;
    let building = start.elapsed();
    let water = match osm.filter(|_| request.with_water) {
        Some(file) => osm::read_water(file)?,
        None => Vec::new(),
    };
    let read = NetworkRead {
        network,
        cuts,
        findings,
        origin: osm.and_then(OsmFile::origin).map(str::to_owned),
        water,
        #[cfg(feature = "prepared")]
        provenance: None,
    };
    Ok((read, building))
}

/// The names of the files that a prepared network was made of.
fn prepared_from(read: &NetworkRead) -> Option<String> {
    #[cfg(feature = "prepared")]
    if let Some(provenance) = &read.provenance {
        let names = provenance.files.iter().map(|file| file.name.as_str());
        return Some(names.collect::<Vec<_>>().join(", "));
    }
    let _ = read;
    None
}

fn open_osm(network: &Source) -> Result<Option<OsmFile<'_>>, InputError> {
    (network.format() == Some(Format::OsmPbf))
        .then(|| OsmFile::open(network))
        .transpose()
}

fn read_streets(request: &Request, osm: Option<&OsmFile<'_>>) -> Result<StreetsRead, InputsError> {
    let read = match osm {
        Some(file) => osm::read_streets(file)?,
        None => read_lines(&request.network, &request.network_crs, request.mending)?,
    };
    if read.streets.ways.is_empty() {
        let name = request.network.path().to_owned();
        return Err(nothing(
            network_layer(),
            name,
            Words::new("walkable way", "可步行道路"),
            &read.findings,
        )
        .into());
    }
    Ok(read)
}

/// Reads the point files of a request: stations, then residents, in the order of their layers.
fn read_tables(request: &Request) -> Vec<Result<PointRecords, InputError>> {
    // A column of people that is named for the residents need not be with the stations.
    let of_station = |layer: &Layer| Columns {
        population: None,
        ..layer.columns.clone()
    };
    let stations = request.stations.iter().map(|s| (s, of_station(s)));
    let residents = request.residents.iter().map(|r| (r, r.columns.clone()));
    let every = request.every_station.iter().map(|s| (s, of_station(s)));
    let demand = request.demand.iter();
    let demand = demand.map(|(_, layer)| (layer, layer.columns.clone()));
    let files: Vec<(&Source, Columns, Option<&str>)> = stations
        .chain(residents)
        .chain(every)
        .chain(demand)
        .filter_map(|(layer, columns)| match &layer.source {
            LayerSource::File(source) => Some((source, columns, layer.sheet.as_deref())),
            LayerSource::Osm(_) => None,
        })
        .collect();
    parallel::map(&files, 1, |(source, columns, sheet)| {
        read_points(source, columns, *sheet)
    })
}

fn network_layer() -> Words {
    Words::new("network", "路网")
}

fn stations_layer() -> Words {
    Words::new("stations", "服务站点")
}

fn residents_layer() -> Words {
    Words::new("residents", "居民")
}

fn communities_layer() -> Words {
    Words::new("communities", "社区")
}

/// What was kept beside some records; where the format has no columns, nothing beside each of them.
fn take_attributes(points: &mut PointRecords) -> Attributes {
    let attributes = std::mem::take(&mut points.attributes);
    if attributes.rows() == points.records.len() {
        attributes
    } else {
        Attributes::none(points.records.len())
    }
}

fn areas_layer() -> Words {
    Words::new("areas", "分区")
}

fn nothing(layer: Words, source_name: String, wanted: Words, findings: &Findings) -> InputError {
    let worst = findings.worst_first();
    let instead = worst.first().map(|worst| {
        let (count, example, example_zh) = (worst.count, &worst.example, worst.example.zh());
        let [title, title_zh] = Language::ALL.map(|language| worst.code.title(language));
        words!(
            ", but {count} {title} ({example})",
            "；但有 {count} {title_zh}（{example_zh}）"
        )
    });
    InputError::NothingFound {
        layer,
        source_name,
        wanted,
        instead: instead.unwrap_or_else(|| Words::same("")),
    }
}

/// Reads layers beside the network.
struct Reader<'a> {
    network: &'a Source,
    osm: Option<&'a OsmFile<'a>>,
    /// What the network was made of, where it is a prepared one.
    prepared_from: Option<String>,
    /// Where the network lies.
    ground: Option<Bounds>,
    /// What [`read_tables`] read, as far as no layer has taken it.
    tables: std::vec::IntoIter<Result<PointRecords, InputError>>,
    findings: &'a mut Findings,
    homes: Option<HomesReport>,
}

impl Reader<'_> {
    fn osm(&self, selector: &Selector) -> Result<&OsmFile<'_>, InputError> {
        self.osm.ok_or_else(|| {
            let (text, file) = (selector.to_string(), self.network.path().to_owned());
            match self.prepared_from.clone() {
                Some(original) => InputError::SelectorOfPrepared {
                    text,
                    file,
                    original,
                },
                None => InputError::SelectorNeedsOsm { text, file },
            }
        })
    }

    /// The records of a layer and what makes them WGS84.
    fn points(&mut self, layer: &Layer) -> Result<(PointRecords, Converter), InputsError> {
        let mut points = match &layer.source {
            LayerSource::Osm(selector) => osm::read_points(self.osm(selector)?, selector)?,
            // One for each layer of a file, in this order: there is always a next.
            LayerSource::File(_) => self
                .tables
                .next()
                .unwrap_or_else(|| Ok(PointRecords::default()))?,
        };
        let crs = match &layer.source {
            LayerSource::Osm(_) => LayerCrs::default(),
            LayerSource::File(_) => layer.crs.clone(),
        };
        let converter = crs.resolve(points.crs.as_ref()).converter()?;
        self.findings.extend(std::mem::take(&mut points.findings));
        if points.axes_by_name && northing_is_first(&points, &converter, self.ground) {
            turn(&mut points);
            self.findings
                .add(FindingCode::NorthingFirst, || Words::same(layer.name()));
        }
        Ok((points, converter))
    }

    fn stations(
        &mut self,
        layer: &Layer,
        first: usize,
    ) -> Result<(Vec<Station>, Attributes), InputsError> {
        let (mut points, converter) = self.points(layer)?;
        if points.records.is_empty() {
            return Err(nothing(
                stations_layer(),
                layer.name(),
                Words::new("station", "服务站点"),
                self.findings,
            )
            .into());
        }
        let attributes = take_attributes(&mut points);
        let stations = convert::stations(points, first, &converter, self.findings);
        Ok((stations, attributes))
    }

    fn residents(
        &mut self,
        layer: &Layer,
        first: usize,
        model: &HomeModel,
    ) -> Result<(Vec<Resident>, Attributes), InputsError> {
        if let LayerSource::Osm(selector) = &layer.source
            && selector.is_for_buildings()
        {
            let (homes, report, findings) = osm::read_homes(self.osm(selector)?, selector, model)?;
            if homes.is_empty() {
                return Err(nothing(
                    residents_layer(),
                    layer.name(),
                    Words::new("home", "住宅"),
                    &findings,
                )
                .into());
            }
            self.findings.extend(findings);
            self.homes.get_or_insert_default().add(report);
            let attributes = Attributes::none(homes.len());
            return Ok((homes, attributes));
        }
        let (mut points, converter) = self.points(layer)?;
        if points.records.is_empty() {
            return Err(nothing(
                residents_layer(),
                layer.name(),
                Words::new("resident", "人口记录"),
                self.findings,
            )
            .into());
        }
        let attributes = take_attributes(&mut points);
        let residents = convert::residents(points, first, &converter, self.findings);
        Ok((residents, attributes))
    }

    /// The register of communities. Of polygons the names and people are taken, their shapes are those of an area layer.
    fn communities(&mut self, layer: &Layer) -> Result<PointRecords, InputsError> {
        let mut list = match &layer.source {
            LayerSource::Osm(selector) => osm::read_points(self.osm(selector)?, selector)?,
            LayerSource::File(source) => {
                let columns = Columns {
                    without_places: true,
                    ..layer.columns.clone()
                };
                read_points(source, &columns, layer.sheet.as_deref())?
            }
        };
        if list.records.is_empty() {
            let wanted = Words::new("community", "社区");
            return Err(nothing(communities_layer(), layer.name(), wanted, &list.findings).into());
        }
        self.findings.extend(std::mem::take(&mut list.findings));
        Ok(list)
    }

    fn polygons(&self, layer: &Layer) -> Result<(Vec<Area>, Findings), InputsError> {
        Ok(match &layer.source {
            LayerSource::Osm(selector) => osm::read_areas(self.osm(selector)?, selector)?,
            LayerSource::File(source) => read_areas(source, &layer.columns, &layer.crs)?,
        })
    }

    fn areas(&mut self, layer: &Layer) -> Result<Vec<Area>, InputsError> {
        let (areas, findings) = self.polygons(layer)?;
        if areas.is_empty() {
            let wanted = if findings.count(FindingCode::AreaNotClosed) > 0 {
                Words::new(
                    "area whose boundary is whole in the extract",
                    "边界在数据范围内完整的分区",
                )
            } else {
                Words::new("area", "分区")
            };
            return Err(nothing(areas_layer(), layer.name(), wanted, &findings).into());
        }
        self.findings.extend(findings);
        Ok(areas)
    }
}

/// Beyond this a number is no degree: the coordinates are metres.
const MOST_DEGREES: f64 = 360.0;

/// Whether the columns of a table in metres are the other way round than their names say: hardly a record lies on the
/// network's ground as they are, and most do when they are turned.
fn northing_is_first(points: &PointRecords, converter: &Converter, ground: Option<Bounds>) -> bool {
    let Some(ground) = ground else { return false };
    let xy = || {
        points
            .records
            .iter()
            .filter_map(|record| record.xy.as_ref().ok())
    };
    let in_metres = |(x, y): &&(f64, f64)| x.abs() > MOST_DEGREES && y.abs() > MOST_DEGREES;
    let count = xy().filter(in_metres).count();
    let on_ground = |x: f64, y: f64| {
        converter
            .place(x, y)
            .is_ok_and(|place| ground.contains(place))
    };
    let as_given = xy().filter(|(x, y)| on_ground(*x, *y)).count();
    let turned = xy().filter(|(x, y)| on_ground(*y, *x)).count();
    count > 0 && 2 * turned > count && as_given as f64 <= CHANCE * count as f64
}

fn turn(points: &mut PointRecords) {
    for record in &mut points.records {
        if let Ok((x, y)) = &mut record.xy {
            std::mem::swap(x, y);
        }
    }
}

/// As many of a layer's places meet the network by chance, at most, where longitude and latitude are swapped.
const CHANCE: f64 = 0.05;

/// Longitude and latitude are swapped where a layer's box misses the network's and would meet it the other way round, or,
/// so that a few wild records hide nothing, where most places would lie on the network's ground the other way round and
/// hardly any do as given.
fn check_axes(
    ground: Option<Bounds>,
    layer: fn() -> Words,
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
            layer: layer(),
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
