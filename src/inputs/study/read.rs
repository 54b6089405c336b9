//! Reads the layers of a request and checks them against each other.

use std::collections::BTreeSet;

use geo::CoordsIter;

use super::asked::Asked;
use super::axes::{check_axes, swappable};
use super::parents::{OthersOfKinds, parent_findings};
use super::polygons::{self, Outlined};
use super::reader::{Reader, ResidentsRead};
use super::streets::{open_osm, prepared_from, read_and_build};
use super::tables::read_tables;
use super::used::check_used;
use super::{Inputs, Layer, Request};
use crate::control::{Control, Stage, Steps};
use crate::inputs::convert;
use crate::inputs::osm::{HomeModel, Homes};
use crate::inputs::{InputError, InputsError, LayerKind, LayerReading};
use crate::model::{Area, Attributes, Findings, Resident, Station};
use crate::parallel;

impl Inputs {
    /// Reads every layer and checks them against each other.
    ///
    /// # Errors
    /// [`InputsError::Input`] when a file cannot be used, holds nothing of what is needed, or has longitude and latitude
    /// swapped; [`InputsError::Crs`] when a coordinate system is unknown.
    pub fn read(request: &Request) -> Result<Self, InputsError> {
        Self::read_with(request, Control::default())
    }

    /// The same with progress, and stopping when the caller's option is raised: every piece of a file that is read and every record
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

#[cfg(test)]
#[path = "study_tests.rs"]
mod tests;
