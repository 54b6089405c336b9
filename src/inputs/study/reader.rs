//! Reads the layers beside the network.

use geo::{CoordsIter, MapCoords};
use geo_types::{Coord, MultiPolygon};

use super::LayerSource;
use super::asked::{AskedLayer, nothing, without_rows};
use super::axes::{northing_is_first, turn};
use super::ground::{ReadIn, check_points, check_polygons, crs_option};
use super::parents::OthersOfKinds;
use crate::control::{Cancelled, Steps};
use crate::crs::{Converter, Crs, PlacedLayer};
use crate::geometry::Bounds;
use crate::inputs::formats::converter_of;
use crate::inputs::osm::{self, HomesReport, OsmFile, Selector};
use crate::inputs::outlines::inner_point;
use crate::inputs::population::population_findings;
use crate::inputs::reading::{counts_of, crs_name};
use crate::inputs::unread::tell_lost;
use crate::inputs::{
    InputError, InputsError, Known, KnownBy, LayerKind, LayerReading, PointRecords, Reading,
    Source, TakenColumn,
};
use crate::model::{Area, Fault, FindingCode, Findings};
use crate::text::language::{Words, words};

/// So many places of a layer are kept to look for a shift in.
const MOST_PLACED: usize = 5000;

/// An outline in WGS84.
pub(super) fn on_earth(
    outline: &MultiPolygon<f64>,
    converter: &Converter,
) -> Result<MultiPolygon<f64>, Fault> {
    outline.try_map_coords(|at| converter.place(at.x, at.y))
}

/// Some of many, evenly, or all.
fn some_of<T>(all: &[T]) -> impl Iterator<Item = &T> {
    all.iter().step_by(all.len().div_ceil(MOST_PLACED).max(1))
}

/// Reads layers beside the network.
pub(super) struct Reader<'a> {
    pub(super) network: &'a Source,
    pub(super) osm: Option<&'a OsmFile<'a>>,
    /// What the network was made of, where it is a prepared one.
    pub(super) prepared_from: Option<String>,
    /// Where the network lies.
    pub(super) ground: Option<Bounds>,
    /// What `read_tables` read, as far as no layer has taken it.
    pub(super) tables: std::vec::IntoIter<Result<PointRecords, InputError>>,
    pub(super) findings: Findings,
    pub(super) homes: Option<HomesReport>,
    /// How each layer was read.
    pub(super) readings: Vec<LayerReading>,
    /// Where the records of each file lie.
    pub(super) placed: Vec<PlacedLayer>,
    /// The columns beside the ids of stations.
    pub(super) others: OthersOfKinds,
    /// What was found of the people of further demand, which stays when those of residents are replaced.
    pub(super) people_of_demand: Findings,
    /// The layers that are read, one after the other.
    pub(super) steps: &'a Steps<'a>,
}

impl Reader<'_> {
    pub(super) fn osm(&self, selector: &Selector) -> Result<&OsmFile<'_>, InputError> {
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

    /// That nothing of what a layer should hold was found in it: what there is instead, and for a selector what is written
    /// nearly so.
    pub(super) fn nothing(
        &self,
        asked: AskedLayer<'_>,
        wanted: Words,
        findings: &Findings,
    ) -> Result<InputError, InputError> {
        let mut error = nothing(asked.kind.words(), asked.spec.name(), wanted, findings);
        if let (LayerSource::Osm(selector), InputError::NothingFound { instead, .. }) =
            (&asked.spec.source, &mut error)
        {
            let near = osm::near(self.osm(selector)?, selector)?;
            if near != Words::same("") {
                *instead = near;
            }
        }
        Ok(error)
    }

    /// The same of a file, which may have a header and nothing below it.
    pub(super) fn no_row(
        &self,
        asked: AskedLayer<'_>,
        wanted: Words,
        findings: &Findings,
        reading: &Reading,
    ) -> Result<InputsError, InputError> {
        let mut error = self.nothing(asked, wanted, findings)?;
        if let Some(why) = without_rows(reading)
            && let InputError::NothingFound { instead, .. } = &mut error
        {
            *instead = why;
        }
        Ok(error.into())
    }

    /// Keeps the record of how a layer was read: a step that is done.
    pub(super) fn note(
        &mut self,
        asked: AskedLayer<'_>,
        crs: Option<&Known<Crs>>,
        reading: Reading,
        records: usize,
        findings: &Findings,
    ) -> Result<(), Cancelled> {
        let (source, format) = match &asked.spec.source {
            LayerSource::File(source) => (source.name().to_owned(), source.format()),
            LayerSource::Osm(selector) => (selector.to_string(), None),
        };
        self.readings.push(LayerReading {
            layer: asked.kind,
            name: asked.name.map(str::to_owned),
            source,
            format,
            crs: crs.map(crs_name),
            reading,
            records: records as u64,
            found: counts_of(findings),
        });
        self.steps.step()
    }

    /// The records of a layer of points or of a list.
    pub(super) fn records(&mut self, asked: AskedLayer<'_>) -> Result<PointRecords, InputError> {
        match &asked.spec.source {
            LayerSource::Osm(selector) if asked.kind == LayerKind::Gates => {
                osm::read_gates(self.osm(selector)?, selector)
            }
            LayerSource::Osm(selector) => {
                osm::read_stations(self.osm(selector)?, selector, &asked.options())
            }
            // One for each file, in this order: there is always a next.
            LayerSource::File(_) => self
                .tables
                .next()
                .unwrap_or_else(|| Ok(PointRecords::default()))
                .map_err(|error| asked.named(error)),
        }
    }

    /// The records of a layer and what makes them WGS84.
    pub(super) fn points(
        &mut self,
        asked: AskedLayer<'_>,
    ) -> Result<(PointRecords, Converter), InputsError> {
        let mut points = self.records(asked)?;
        if asked.kind == LayerKind::Candidates {
            put_inside(&mut points);
        }
        let crs = asked.options().crs(points.crs.as_ref());
        let converter = converter_of(&crs, &asked.spec.name())?;
        if matches!(asked.kind, LayerKind::Residents | LayerKind::Demand) {
            let said = population_findings(&asked.spec.name(), &points);
            if asked.kind == LayerKind::Demand {
                self.people_of_demand.extend(said.clone());
            }
            points.findings.extend(said);
        }
        self.say_system(asked, &points, &crs);
        self.take(asked, Some(&crs), &mut points)?;
        self.check_places(asked, &mut points, &crs.value, &converter)?;
        Ok((points, converter))
    }

    /// Says where the name of a column tells the coordinate system, or another one than was given.
    fn say_system(&mut self, asked: AskedLayer<'_>, points: &PointRecords, crs: &Known<Crs>) {
        let said = points.crs.as_ref();
        let Some(said) = said.filter(|said| said.by == KnownBy::Name) else {
            return;
        };
        let mut taken = points.reading.taken.iter();
        let of_place = |column: &&TakenColumn| matches!(column.role.as_str(), "lon" | "lon_lat");
        let column = taken.find(of_place);
        let column = column.map_or("", |column| column.column.as_str());
        let (name, said, crs) = (asked.spec.name(), &said.value, &crs.value);
        let code = match (said == crs, said) {
            (true, Crs::Wgs84) if asked.general.crs.is_none() => return,
            (true, _) => FindingCode::SystemByName,
            (false, _) => FindingCode::SystemContradicted,
        };
        self.findings.add(code, || {
            words!(
                "{name}: read as {crs}, and its column {column} says {said}",
                "{name}：按 {crs} 读取；列“{column}”表明为 {said}"
            )
        });
    }

    /// Turns the coordinates of a layer whose northing stands first, and looks whether it lies where the network does.
    fn check_places(
        &mut self,
        asked: AskedLayer<'_>,
        points: &mut PointRecords,
        crs: &Crs,
        converter: &Converter,
    ) -> Result<(), InputsError> {
        // Polygons with people are put onto places inside them later.
        if asked.kind == LayerKind::Residents && !points.outlines.is_empty() {
            let outlines = points.outlines.iter();
            let areas = outlines.filter_map(|(row, outline)| {
                Some(Area {
                    id: row.to_string(),
                    name: String::new(),
                    shape: on_earth(outline, converter).ok()?,
                })
            });
            let areas: Vec<Area> = areas.collect();
            return self.check_shapes(asked, &areas, crs);
        }
        if (points.axes_by_name || points.pair_in_cell)
            && northing_is_first(points, converter, self.ground)
        {
            turn(points);
            let name = || Words::same(asked.spec.name());
            self.findings.add(FindingCode::NorthingFirst, name);
        }
        let read = ReadIn {
            crs,
            converter,
            axes_by_name: points.axes_by_name,
        };
        if let Some(elsewhere) = check_points(asked, &points.records, read, self.ground)? {
            self.findings.add(FindingCode::Elsewhere, || elsewhere);
        }
        let records = some_of(&points.records);
        let pairs = records.filter_map(|record| record.xy.as_ref().ok());
        let places = pairs.filter_map(|(x, y)| converter.place(*x, *y).ok());
        self.place(asked, crs, places.collect());
        Ok(())
    }

    /// Looks whether polygons lie where the network does.
    pub(super) fn check_shapes(
        &mut self,
        asked: AskedLayer<'_>,
        areas: &[Area],
        crs: &Crs,
    ) -> Result<(), InputsError> {
        let read = ReadIn {
            crs,
            converter: &crs.converter()?,
            axes_by_name: false,
        };
        if let Some(elsewhere) = check_polygons(asked, areas, read, self.ground)? {
            self.findings.add(FindingCode::Elsewhere, || elsewhere);
        }
        let corners: Vec<Coord<f64>> = areas
            .iter()
            .flat_map(|area| area.shape.coords_iter())
            .collect();
        self.place(asked, crs, some_of(&corners).copied().collect());
        Ok(())
    }

    /// Keeps where the records of a file lie.
    fn place(&mut self, asked: AskedLayer<'_>, crs: &Crs, places: Vec<Coord<f64>>) {
        if let LayerSource::File(source) = &asked.spec.source {
            self.placed.push(PlacedLayer {
                name: source.name().to_owned(),
                option: crs_option(asked.kind),
                crs: crs.clone(),
                places,
            });
        }
    }

    /// Takes what was found and how it was read from a layer's records.
    pub(super) fn take(
        &mut self,
        asked: AskedLayer<'_>,
        crs: Option<&Known<Crs>>,
        points: &mut PointRecords,
    ) -> Result<(), Cancelled> {
        let lost = tell_lost(asked.kind, points);
        let reading = std::mem::take(&mut points.reading);
        let mut findings = std::mem::take(&mut points.findings);
        findings.extend(lost);
        self.note(asked, crs, reading, points.records.len(), &findings)?;
        self.findings.extend(findings);
        Ok(())
    }

    /// The points of a layer, at least one of what is wanted there.
    pub(super) fn some_points(
        &mut self,
        asked: AskedLayer<'_>,
        wanted: Words,
    ) -> Result<(PointRecords, Converter), InputsError> {
        // What was found in other layers says nothing about this one.
        let before = std::mem::take(&mut self.findings);
        let read = self.points(asked);
        let own = std::mem::replace(&mut self.findings, before);
        self.findings.extend(own.clone());
        let (points, converter) = read?;
        if !points.records.is_empty() {
            return Ok((points, converter));
        }
        let reading = self.readings.last().map(|read| read.reading.clone());
        Err(self.no_row(asked, wanted, &own, &reading.unwrap_or_default())?)
    }
}

/// Puts places that are drawn as polygons inside them: squares, compounds.
fn put_inside(points: &mut PointRecords) {
    for (row, outline) in std::mem::take(&mut points.outlines) {
        if let Some(place) = inner_point(&outline) {
            points.records[row as usize].xy = Ok((place.x, place.y));
        }
    }
}
