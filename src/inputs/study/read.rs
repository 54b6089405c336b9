//! Reads the layers of a request and checks them against each other.

use std::collections::BTreeSet;
use std::time::Duration;

use super::parents::{OthersOfKinds, parent_findings};
use super::point_layers::ResidentsRead;
use super::polygons::{self, Outlined};
use super::reader::Reader;
use super::streets::{open_osm, prepared_from, read_and_build};
use super::tables::read_tables;
use super::used::{check_usable, check_used};
use super::{Inputs, LayerSpec, Request};
use crate::control::{Control, Stage, Steps};
use crate::crs::PlacedLayer;
use crate::inputs::convert;
use crate::inputs::dwellings::{self, Stairwells};
use crate::inputs::osm::{HomeModel, Homes, HomesReport};
use crate::inputs::{InputError, InputsError, LayerKind, LayerReading, NetworkRead, PointRecords};
use crate::model::{Area, Attributes, Compound, Compounds, Findings, Resident, Station};
use crate::network::Network;
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
        check_usable(request)?;
        let steps = Steps::new(control, Stage::Read, 1 + request.layers().count());
        let osm = open_osm(request, control)?;
        let (read, tables) = parallel::join(
            || read_and_build(request, osm.as_ref(), control),
            || read_tables(request, control),
        );
        let (read, building) = read?;
        let tables = tables?;
        steps.step()?;
        let mut reader = Reader {
            network: &request.network.source,
            osm: osm.as_ref(),
            prepared_from: prepared_from(&read),
            ground: read.network.bounds(),
            tables: tables.into_iter(),
            findings: read.findings.clone(),
            homes: None,
            readings: vec![read.layer_reading(&request.network.source)],
            placed: Vec::new(),
            others: OthersOfKinds::default(),
            people_of_demand: Findings::default(),
            steps: &steps,
        };
        let mut layers = LayersRead::read(&mut reader, request)?;
        control.check()?;
        let mut readings = ReadingsOf::of(reader);
        layers.draw(request, &read.network);
        control.check()?;
        layers.settle(request, &read.network, &mut readings);
        layers.look(&mut readings);
        check_used(request, &readings.layers)?;
        Ok(layers.into_inputs(read, building, readings))
    }
}

/// What the reader of the layers leaves behind.
struct ReadingsOf {
    homes: Option<HomesReport>,
    layers: Vec<LayerReading>,
    placed: Vec<PlacedLayer>,
    others: OthersOfKinds,
    people_of_demand: Findings,
    findings: Findings,
}

impl ReadingsOf {
    fn of(reader: Reader<'_>) -> Self {
        Self {
            homes: reader.homes,
            layers: reader.readings,
            placed: reader.placed,
            others: reader.others,
            people_of_demand: reader.people_of_demand,
            findings: reader.findings,
        }
    }
}

/// The records of all layers beside the network.
struct LayersRead {
    stations: StationsRead,
    people: PeopleRead,
    /// The homes that the network's file knows, where people are to be put into them.
    buildings: Option<Homes>,
    every_station: Option<StationsRead>,
    candidates: Option<StationsRead>,
    demand: Vec<(String, Vec<Resident>)>,
    areas: Vec<Area>,
    land: Vec<Area>,
    communities: Option<PointRecords>,
    compounds: Compounds,
    calendar: Option<PointRecords>,
    stairwells: Option<Stairwells>,
}

impl LayersRead {
    fn read(reader: &mut Reader<'_>, request: &Request) -> Result<Self, InputsError> {
        let stations = read_stations(reader, request, LayerKind::Stations)?;
        let mut people = read_people(reader, request)?;
        let stairwells = people.house(reader, request)?;
        let buildings = people.buildings(reader, &request.homes)?;
        let every_station = read_stations(reader, request, LayerKind::AllStations)?;
        let demand = read_demand(reader, request)?;
        let areas = read_areas(reader, request, LayerKind::Areas)?;
        let land = read_areas(reader, request, LayerKind::Land)?;
        let mut communities = request.asked_of(LayerKind::Communities);
        let communities = communities.next().map(|asked| reader.communities(asked));
        let communities = communities.transpose()?;
        let compounds = read_compounds(reader, request)?;
        let candidates = read_stations(reader, request, LayerKind::Candidates)?;
        let mut calendar = request.asked_of(LayerKind::Calendar);
        let calendar = calendar.next().map(|asked| reader.calendar(asked));
        let calendar = calendar.transpose()?;
        Ok(Self {
            stations,
            people,
            buildings,
            every_station: (!request.every_station.is_empty()).then_some(every_station),
            demand,
            areas,
            land,
            communities,
            compounds,
            candidates: asks_candidates(request).then_some(candidates),
            calendar,
            stairwells,
        })
    }

    /// Adds the candidates that are drawn on the streets to those that were read.
    fn draw(&mut self, request: &Request, network: &Network) {
        let Some(candidates) = &mut self.candidates else {
            return;
        };
        for drawn in &request.drawn_candidates {
            let stations = drawn.draw(network);
            candidates
                .attributes
                .append(&Attributes::none(stations.len()));
            candidates.list.extend(stations);
        }
    }

    /// Puts people who are given by polygon onto places inside.
    fn settle(&mut self, request: &Request, network: &Network, read: &mut ReadingsOf) {
        let grounds = polygons::Grounds {
            outlined: &self.people.outlined,
            is_home: &self.people.is_home,
            buildings: self.buildings.take(),
            network,
            groups: &request.group_columns(),
            readings: &read.layers,
        };
        grounds.settle(&mut polygons::Records {
            residents: &mut self.people.residents,
            attributes: &mut self.people.attributes,
            findings: &mut read.findings,
        });
    }

    /// What is found about stations and residents once all are read.
    fn look(&self, read: &mut ReadingsOf) {
        let own = (LayerKind::Stations, Some(&self.stations));
        let every = (LayerKind::AllStations, self.every_station.as_ref());
        for (kind, stations) in [own, every] {
            let Some(StationsRead { list, attributes }) = stations else {
                continue;
            };
            let of_parents = parent_findings(kind, (list, attributes), &read.others, &read.layers);
            read.findings.extend(of_parents);
        }
        let stations = convert::station_findings(&self.stations.list);
        read.findings.extend(stations);
        let residents = convert::resident_findings(&self.people.residents);
        read.findings.extend(residents);
    }

    fn into_inputs(self, network: NetworkRead, building: Duration, read: ReadingsOf) -> Inputs {
        let (every, candidates) = (self.every_station, self.candidates);
        Inputs {
            network: network.network,
            network_crs: network.crs.value,
            building,
            cuts: network.cuts,
            stations: self.stations.list,
            station_attributes: self.stations.attributes,
            residents: self.people.residents,
            resident_attributes: self.people.attributes,
            every_station: every.map(|every| (every.list, every.attributes)),
            candidates: candidates.map(|read| (read.list, read.attributes)),
            demand: self.demand,
            land: self.land,
            communities: self.communities,
            calendar: self.calendar,
            stairwells: self.stairwells,
            areas: self.areas,
            compounds: self.compounds,
            origin: network.origin,
            #[cfg(feature = "prepared")]
            provenance: network.provenance,
            surroundings: network.surroundings,
            marks: network.marks,
            timetable: network.timetable,
            placed: read.placed,
            homes: read.homes,
            readings: read.layers,
            findings: read.findings,
            people_of_demand: read.people_of_demand,
            told_groups: BTreeSet::new(),
        }
    }
}

/// Whether candidates are asked for, from layers or on the streets.
fn asks_candidates(request: &Request) -> bool {
    !request.candidates.is_empty() || !request.drawn_candidates.is_empty()
}

/// The rows of all layers of stations of one kind.
#[derive(Default)]
struct StationsRead {
    list: Vec<Station>,
    attributes: Attributes,
}

fn read_stations(
    reader: &mut Reader<'_>,
    request: &Request,
    kind: LayerKind,
) -> Result<StationsRead, InputsError> {
    let mut all = StationsRead::default();
    for asked in request.asked_of(kind) {
        let (read, attributes) = reader.stations(asked, all.list.len() + 1)?;
        all.list.extend(read);
        all.attributes.append(&attributes);
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
    /// Says where in their buildings they live, and gives the table of stairwells. The columns that say it are kept where they are
    /// asked for.
    fn house(
        &mut self,
        reader: &mut Reader<'_>,
        request: &Request,
    ) -> Result<Option<Stairwells>, InputsError> {
        let asked = request.asked_of(LayerKind::Stairwells).next();
        let stairwells = asked.map(|asked| reader.stairwells(asked)).transpose()?;
        let findings = dwellings::house(
            &mut self.residents,
            &self.attributes,
            stairwells.as_ref(),
            &reader.readings,
        )?;
        reader.findings.extend(findings);
        for attribute in dwellings::OF_DWELLINGS {
            let is_asked = |spec: &LayerSpec| {
                let mut kept = spec.kept.iter();
                kept.any(|kept| kept.key() == attribute.key())
            };
            if !request.residents.iter().any(is_asked) {
                self.attributes.forget(attribute.key());
            }
        }
        Ok(stairwells)
    }

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
    for asked in request.asked_of(LayerKind::Residents) {
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
        all.residents.extend(residents);
    }
    Ok(all)
}

/// The polygons of a layer of this kind; none without one.
fn read_areas(
    reader: &mut Reader<'_>,
    request: &Request,
    kind: LayerKind,
) -> Result<Vec<Area>, InputsError> {
    let asked = request.asked_of(kind).next();
    let areas = asked.map(|asked| reader.areas(asked)).transpose()?;
    Ok(areas.unwrap_or_default())
}

/// The walls, and the gates in them.
fn read_compounds(reader: &mut Reader<'_>, request: &Request) -> Result<Compounds, InputsError> {
    let walled = read_areas(reader, request, LayerKind::Compounds)?.into_iter();
    let gates = request.asked_of(LayerKind::Gates).next();
    let gates = gates.map(|asked| reader.gates(asked)).transpose()?;
    Ok(Compounds {
        list: walled
            .map(|area| Compound::new(area.id, area.shape))
            .collect(),
        gates: gates.unwrap_or_default(),
    })
}

/// Further demand by its names.
fn read_demand(
    reader: &mut Reader<'_>,
    request: &Request,
) -> Result<Vec<(String, Vec<Resident>)>, InputsError> {
    let read = request.asked_of(LayerKind::Demand).map(|asked| {
        let name = asked.name.unwrap_or_default().to_owned();
        let read = reader.residents(asked, 1, &request.homes)?;
        Ok((name, read.residents))
    });
    read.collect()
}

#[cfg(test)]
#[path = "study_tests.rs"]
mod tests;
