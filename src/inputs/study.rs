//! All layers of one study, read and checked against each other.

mod asked;
mod axes;
mod compounds;
mod ground;
mod parents;
pub(super) mod polygons;
mod reader;
pub(super) mod register;
mod streets;
mod used;

pub use streets::{NetworkRead, read_network};

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use geo::CoordsIter;

use super::convert;
use super::osm::{HomeModel, Homes, HomesReport, Selector};
use super::watched::Watched;
use super::{
    Columns, CutReport, InputError, InputsError, KeptColumn, Known, LayerCrs, LayerKind,
    LayerReading, Mending, PointRecords, Source, read_points_of,
};
use crate::control::{Cancelled, Control, Stage, Steps};
use crate::crs::{Crs, PlacedLayer};
use crate::model::{Area, Attributes, City, Compounds, Findings, Resident, Station, Surroundings};
use crate::network::Network;
use crate::parallel;
use crate::text::language::{InLanguage, Language, Words, words};
use asked::Asked;
use axes::{check_axes, swappable};
use parents::{OthersOfKinds, parent_findings};
use polygons::Outlined;
use reader::{Reader, ResidentsRead};
use streets::{open_osm, prepared_from, read_and_build};
use used::check_used;

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
    /// The sheet of a workbook: one that is named for this layer must be there, one that is named for all is taken where there
    /// is one. Without it the first one with a header is.
    pub sheet: Option<Known<String>>,
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

    /// A layer of a file of its own.
    ///
    /// # Errors
    /// As [`Source::open`].
    pub fn open(path: &Path) -> Result<Self, InputError> {
        Ok(Self::new(LayerSource::File(Source::open(path)?)))
    }

    /// A layer of objects of the network's OpenStreetMap file, which the text selects: `osm:amenity=pharmacy`.
    ///
    /// # Errors
    /// When the text is no selector.
    ///
    /// ```
    /// use pedshed::inputs::Layer;
    /// assert!(Layer::selected("osm:building").is_ok());
    /// assert!(Layer::selected("osm:").is_err());
    /// ```
    pub fn selected(selector: &str) -> Result<Self, InputError> {
        Ok(Self::new(LayerSource::Osm(selector.parse()?)))
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
    /// For lines: OpenStreetMap's tag, and the property that holds it where it has another name.
    pub network_columns: Vec<(String, String)>,
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
    /// Whether to read the network file's water, which isochrones leave out, and the lines that nobody walks across; lines
    /// have none.
    pub with_water: bool,
}

impl Request {
    /// A request for the streets of a file alone, in the system that it says or WGS84; layers are added to it.
    #[must_use]
    pub fn new(network: Source) -> Self {
        Self {
            network,
            network_crs: LayerCrs::default(),
            network_columns: Vec::new(),
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

    /// The columns of the residents that are named beside the usual ones: those that count groups of people.
    fn group_columns(&self) -> Vec<String> {
        let kept = self.residents.iter().flat_map(|layer| &layer.columns.kept);
        let mut names: Vec<String> = Vec::new();
        for column in kept {
            if let KeptColumn::Named(name) = column
                && !names.contains(name)
            {
                names.push(name.clone());
            }
        }
        names
    }

    /// Every layer beside the network, in the order in which they are read.
    fn in_reading_order(&self) -> impl Iterator<Item = (LayerKind, &Layer)> {
        let of = |kind| move |layer| (kind, layer);
        let points = self.stations.iter().map(of(LayerKind::Stations));
        let demand = self.demand.iter().map(|(_, layer)| layer);
        points
            .chain(self.residents.iter().map(of(LayerKind::Residents)))
            .chain(self.every_station.iter().map(of(LayerKind::AllStations)))
            .chain(demand.map(of(LayerKind::Demand)))
            .chain(self.areas.iter().map(of(LayerKind::Areas)))
            .chain(self.land.iter().map(of(LayerKind::Land)))
            .chain(self.communities.iter().map(of(LayerKind::Communities)))
            .chain(self.compounds.iter().map(of(LayerKind::Compounds)))
            .chain(self.gates.iter().map(of(LayerKind::Gates)))
    }

    /// The layers of one kind; the network is none of them.
    pub fn of_kind(&self, kind: LayerKind) -> impl Iterator<Item = &Layer> {
        let (list, one): (&[Layer], Option<&Layer>) = match kind {
            LayerKind::Network | LayerKind::Demand => (&[], None),
            LayerKind::Stations => (&self.stations, None),
            LayerKind::Residents => (&self.residents, None),
            LayerKind::AllStations => (&self.every_station, None),
            LayerKind::Areas => (&[], self.areas.as_ref()),
            LayerKind::Land => (&[], self.land.as_ref()),
            LayerKind::Communities => (&[], self.communities.as_ref()),
            LayerKind::Compounds => (&[], self.compounds.as_ref()),
            LayerKind::Gates => (&[], self.gates.as_ref()),
        };
        let demand: &[(String, Layer)] = match kind {
            LayerKind::Demand => &self.demand,
            _ => &[],
        };
        let demand = demand.iter().map(|(_, layer)| layer);
        list.iter().chain(one).chain(demand)
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
    /// What lies around the streets; water and obstacles where they were asked for.
    pub surroundings: Surroundings,
    /// Where the records of each file lie.
    pub placed: Vec<PlacedLayer>,
    /// What became of the buildings, where residents are homes.
    pub homes: Option<HomesReport>,
    /// How each layer was read: the network, then the others in the order of the request.
    pub readings: Vec<LayerReading>,
    /// What was found.
    pub findings: Findings,
    /// What was found of the people of further demand.
    pub(super) people_of_demand: Findings,
    /// The columns of groups whose cells were told of.
    pub(super) told_groups: BTreeSet<String>,
}

impl Inputs {
    /// Reads every layer and checks them against each other.
    ///
    /// # Errors
    /// [`InputsError::Input`] when a file cannot be used, holds nothing of what is needed, or has longitude and latitude
    /// swapped; [`InputsError::Crs`] when a coordinate system is unknown.
    pub fn read(request: &Request) -> Result<Self, InputsError> {
        Self::read_with(request, Control::default())
    }

    /// The same with progress, and stopping when the caller's flag is raised: every piece of a file that is read and every record
    /// looks at it. A step of [`Stage::Read`] is a file.
    ///
    /// # Errors
    /// As [`Inputs::read`], and [`InputsError::Cancelled`].
    pub fn read_with(request: &Request, control: Control<'_>) -> Result<Self, InputsError> {
        let read = Self::read_watched(request, control);
        // A reader that was stopped says that its file cannot be read on.
        read.map_err(|error| match control.check() {
            Ok(()) => error,
            Err(cancelled) => cancelled.into(),
        })
    }

    fn read_watched(request: &Request, control: Control<'_>) -> Result<Self, InputsError> {
        control.check()?;
        let steps = Steps::new(control, Stage::Read, 1 + request.layers().count());
        let osm = open_osm(&request.network, control)?;
        let (read, tables) = parallel::join(
            || read_and_build(request, osm.as_ref(), control),
            || read_tables(request, control),
        );
        let (read, building) = read?;
        let tables = tables?;
        steps.step()?;
        let ground = read.network.bounds();
        let prepared_from = prepared_from(&read);
        let readings = vec![read.layer_reading(&request.network)];
        let mut findings = read.findings;
        let mut reader = Reader {
            network: &request.network,
            osm: osm.as_ref(),
            prepared_from,
            ground,
            tables: tables.into_iter(),
            findings: &mut findings,
            homes: None,
            readings,
            placed: Vec::new(),
            others: OthersOfKinds::default(),
            people_of_demand: Findings::default(),
            steps: &steps,
        };
        let StationsRead {
            stations,
            attributes: station_attributes,
        } = read_stations(&mut reader, &request.stations)?;
        let mut people = read_people(&mut reader, request)?;
        let buildings = people.buildings(&reader, &request.homes)?;
        let every_station = read_every_station(&mut reader, &request.every_station)?;
        let demand = read_demand(&mut reader, request)?;
        let areas = read_area_layer(&mut reader, request.areas.as_ref())?;
        let land = request.land.as_ref();
        let land = land.map(|layer| reader.areas(Asked::new(LayerKind::Land, layer)));
        let land = land.transpose()?.unwrap_or_default();
        let communities = request.communities.as_ref();
        let communities = communities.map(|layer| reader.communities(layer));
        let communities = communities.transpose()?;
        let compounds = reader.compounds(request.compounds.as_ref(), request.gates.as_ref())?;
        control.check()?;
        let Reader {
            homes,
            readings,
            placed,
            others,
            people_of_demand,
            ..
        } = reader;
        let grounds = polygons::Grounds {
            outlined: &people.outlined,
            is_home: &people.is_home,
            buildings,
            network: &read.network,
            groups: &request.group_columns(),
            readings: &readings,
        };
        grounds.settle(&mut polygons::Records {
            residents: &mut people.residents,
            attributes: &mut people.attributes,
            findings: &mut findings,
        });
        let own = (stations.as_slice(), &station_attributes);
        let of_parents = parents_of_all(own, every_station.as_ref(), &others, &readings);
        findings.extend(of_parents);
        findings.extend(convert::station_findings(&stations));
        findings.extend(convert::resident_findings(&people.residents));
        check_used(request, &readings)?;
        Ok(Self {
            network: read.network,
            building,
            cuts: read.cuts,
            stations,
            station_attributes,
            residents: people.residents,
            resident_attributes: people.attributes,
            every_station,
            demand,
            land,
            communities,
            areas,
            compounds,
            origin: read.origin,
            #[cfg(feature = "prepared")]
            provenance: read.provenance,
            surroundings: read.surroundings,
            placed,
            homes,
            readings,
            findings,
            people_of_demand,
            told_groups: BTreeSet::new(),
        })
    }

    /// The system that the network was read in.
    #[must_use]
    pub fn network_crs(&self) -> Crs {
        let mut readings = self.readings.iter();
        let network = readings.find(|reading| reading.layer == LayerKind::Network);
        let crs = network.and_then(|reading| reading.crs.as_ref());
        crs.map_or(Crs::Wgs84, |crs| Crs::parse(&crs.value))
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

/// What is found about the parents of the stations, and of those of every tier.
fn parents_of_all(
    own: (&[Station], &Attributes),
    every: Option<&(Vec<Station>, Attributes)>,
    others: &OthersOfKinds,
    readings: &[LayerReading],
) -> Findings {
    let mut findings = parent_findings(LayerKind::Stations, own, others, readings);
    if let Some((every, attributes)) = every {
        let every = (every.as_slice(), attributes);
        findings.extend(parent_findings(
            LayerKind::AllStations,
            every,
            others,
            readings,
        ));
    }
    findings
}

/// The rows of all layers of stations.
#[derive(Default)]
struct StationsRead {
    stations: Vec<Station>,
    attributes: Attributes,
}

fn read_stations(reader: &mut Reader<'_>, layers: &[Layer]) -> Result<StationsRead, InputsError> {
    let mut all = StationsRead::default();
    for layer in layers {
        let asked = Asked::new(LayerKind::Stations, layer);
        let first = all.stations.len();
        let (read, attributes) = reader.stations(asked, first + 1)?;
        all.attributes.append(&attributes);
        let places = read.iter().map(|station| swappable(&station.place));
        check_axes(reader.ground, LayerKind::Stations, layer, places)?;
        all.stations.extend(read);
    }
    Ok(all)
}

/// The records of all layers of residents.
#[derive(Default)]
struct PeopleRead {
    residents: Vec<Resident>,
    attributes: Attributes,
    /// Those that are polygons, by record.
    outlined: Vec<Outlined>,
    /// Whether each is a home whose people are not known, or only estimated.
    is_home: Vec<bool>,
}

impl PeopleRead {
    /// The homes that the network's file knows, where people are given by polygon and no layer gives homes.
    fn buildings(
        &self,
        reader: &Reader<'_>,
        model: &HomeModel,
    ) -> Result<Option<Homes>, InputError> {
        if self.outlined.is_empty() || self.is_home.contains(&true) {
            return Ok(None);
        }
        reader.buildings(model)
    }
}

fn read_people(reader: &mut Reader<'_>, request: &Request) -> Result<PeopleRead, InputsError> {
    let mut all = PeopleRead::default();
    for layer in &request.residents {
        let asked = Asked::new(LayerKind::Residents, layer);
        let first = all.residents.len();
        let ResidentsRead {
            residents,
            attributes,
            outlines,
            are_homes,
        } = reader.residents(asked, first + 1, &request.homes)?;
        let rows = outlines.into_iter();
        let rows = rows.map(|(row, outline)| (first + row, outline));
        all.outlined.extend(rows);
        all.is_home.resize(first + residents.len(), are_homes);
        all.attributes.append(&attributes);
        let places = residents.iter().map(|resident| swappable(&resident.place));
        check_axes(reader.ground, LayerKind::Residents, layer, places)?;
        all.residents.extend(residents);
    }
    Ok(all)
}

/// The areas; none without a layer of them.
fn read_area_layer(
    reader: &mut Reader<'_>,
    layer: Option<&Layer>,
) -> Result<Vec<Area>, InputsError> {
    let Some(layer) = layer else {
        return Ok(Vec::new());
    };
    let areas = reader.areas(Asked::new(LayerKind::Areas, layer))?;
    let corners = areas.iter().flat_map(|area| area.shape.coords_iter());
    check_axes(reader.ground, LayerKind::Areas, layer, corners.map(Some))?;
    Ok(areas)
}

/// The stations of every tier, and what was kept beside them; none where they are not asked for.
fn read_every_station(
    reader: &mut Reader<'_>,
    layers: &[Layer],
) -> Result<Option<(Vec<Station>, Attributes)>, InputsError> {
    let mut every = (Vec::new(), Attributes::default());
    for layer in layers {
        let asked = Asked::new(LayerKind::AllStations, layer);
        let (read, attributes) = reader.stations(asked, every.0.len() + 1)?;
        every.0.extend(read);
        every.1.append(&attributes);
    }
    Ok((!layers.is_empty()).then_some(every))
}

/// Further demand by its names.
fn read_demand(
    reader: &mut Reader<'_>,
    request: &Request,
) -> Result<Vec<(String, Vec<Resident>)>, InputsError> {
    let read = request.demand.iter().map(|(name, layer)| {
        let asked = Asked {
            name: Some(name),
            ..Asked::new(LayerKind::Demand, layer)
        };
        let read = reader.residents(asked, 1, &request.homes)?;
        Ok((name.clone(), read.residents))
    });
    read.collect()
}

/// Reads the point files of a request: stations, then residents, in the order of their layers.
///
/// # Errors
/// [`Cancelled`], and none of the files is read on; what is wrong with a file stands in its place.
fn read_tables(
    request: &Request,
    control: Control<'_>,
) -> Result<Vec<Result<PointRecords, InputError>>, Cancelled> {
    // A column of people that is named for the residents need not be with the stations.
    let of_station = |layer: &Layer| Columns {
        population: None,
        entrances: true,
        ..layer.columns.clone()
    };
    let stations = request.stations.iter().map(|s| (s, of_station(s)));
    let of_people = |layer: &Layer| Columns {
        without_names: true,
        ..layer.columns.clone()
    };
    let residents = request.residents.iter().map(|r| (r, of_people(r)));
    let every = request.every_station.iter().map(|s| (s, of_station(s)));
    let demand = request.demand.iter();
    let demand = demand.map(|(_, layer)| (layer, of_people(layer)));
    let files: Vec<(&Source, Columns, Option<&Known<String>>)> = stations
        .chain(residents)
        .chain(every)
        .chain(demand)
        .filter_map(|(layer, columns)| match &layer.source {
            LayerSource::File(source) => {
                let columns = Columns {
                    system: layer.crs.own.clone(),
                    ..columns
                };
                Some((source, columns, layer.sheet.as_ref()))
            }
            LayerSource::Osm(_) => None,
        })
        .collect();
    let read = parallel::map(&files, 1, |(source, columns, sheet)| {
        control.check()?;
        let source = Watched::new(source, control);
        Ok(read_points_of(source, columns, *sheet))
    });
    read.into_iter().collect()
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

#[cfg(test)]
#[path = "study_tests.rs"]
mod tests;
