//! Reads the layers beside the network.

use geo::{CoordsIter, MapCoords};
use geo_types::{Coord, MultiPolygon};

use super::asked::{Asked, nothing, without_rows};
use super::axes::{northing_is_first, turn};
use super::ground::{ReadIn, check_points, check_polygons, crs_option};
use super::parents::OthersOfKinds;
use super::polygons::{self, Outlined};
use super::register::each_once;
use super::{Layer, LayerSource};
use crate::control::{Cancelled, Steps};
use crate::crs::{Converter, Crs, PlacedLayer};
use crate::geometry::Bounds;
use crate::inputs::convert;
use crate::inputs::formats::{converter_of, read_areas_of, read_points_of};
use crate::inputs::osm::{self, HomeModel, Homes, HomesReport, OsmFile, Selector};
use crate::inputs::population::population_findings;
use crate::inputs::reading::{counts_of, crs_name};
use crate::inputs::unread::{of_lost, tell_lost};
use crate::inputs::watched::Watched;
use crate::inputs::{
    AreasRead, Columns, InputError, InputsError, KeptColumn, Known, KnownBy, LayerCrs, LayerKind,
    LayerReading, PointRecord, PointRecords, Reading, Source, TakenColumn,
};
use crate::model::{Area, Attribute, Attributes, Fault, FindingCode, Findings, Resident, Station};
use crate::text::language::{Words, words};

/// So many places of a layer are kept to look for a shift in.
const MOST_PLACED: usize = 5000;
/// The homes of a network's file.
const BUILDINGS: &str = "osm:building";

/// The resident records of one layer.
pub(super) struct ResidentsRead {
    pub(super) residents: Vec<Resident>,
    /// What was kept beside them.
    pub(super) attributes: Attributes,
    /// Those that are polygons: by position, with their outlines.
    pub(super) outlines: Vec<Outlined>,
    /// Whether they are homes whose people are not known, or only estimated.
    pub(super) are_homes: bool,
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

/// The polygons of a layer with people. Without a number of people they are no residents: nobody knows how many live there.
fn outlines(
    layer: &Layer,
    points: &mut PointRecords,
    converter: &Converter,
) -> Result<Vec<Outlined>, InputError> {
    let raw = std::mem::take(&mut points.outlines);
    let says =
        |(row, _): &(u32, MultiPolygon<f64>)| points.records[*row as usize].people != Ok(None);
    if !raw.is_empty() && !raw.iter().any(says) {
        return Err(InputError::PolygonsWithoutPeople { file: layer.name() });
    }
    let mut outlined = Vec::with_capacity(raw.len());
    for (row, outline) in raw {
        match on_earth(&outline, converter) {
            Ok(outline) => outlined.push((row as usize, outline)),
            Err(fault) => points.records[row as usize].xy = Err(fault),
        }
    }
    Ok(outlined)
}

fn on_earth(
    outline: &MultiPolygon<f64>,
    converter: &Converter,
) -> Result<MultiPolygon<f64>, Fault> {
    outline.try_map_coords(|at| converter.place(at.x, at.y))
}

/// The names of polygons are those of communities, where no column says otherwise.
fn name_communities(attributes: &mut Attributes, points: &PointRecords) {
    let named = [Attribute::Community, Attribute::CommunityCode];
    if named.iter().any(|attribute| {
        attributes
            .of(*attribute)
            .is_some_and(|column| !column.texts().is_empty())
    }) {
        return;
    }
    let names = points.records.iter().map(|record| &record.name);
    let ids = points.records.iter().map(|record| &record.id);
    let texts = |texts: Vec<&Option<String>>| -> Vec<String> {
        texts
            .into_iter()
            .map(|text| text.clone().unwrap_or_default())
            .collect()
    };
    attributes.set(
        Attribute::Community.key(),
        texts(names.collect()).into_iter(),
    );
    attributes.set(
        Attribute::CommunityCode.key(),
        texts(ids.collect()).into_iter(),
    );
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
    pub(super) findings: &'a mut Findings,
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
    /// A file whose reading stops when that of all layers does.
    pub(super) fn watched<'s>(&'s self, source: &'s Source) -> Watched<'s> {
        Watched::new(source, self.steps.control())
    }

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
        asked: Asked<'_>,
        wanted: Words,
        findings: &Findings,
    ) -> Result<InputError, InputError> {
        let mut error = nothing(asked.kind.words(), asked.layer.name(), wanted, findings);
        if let (LayerSource::Osm(selector), InputError::NothingFound { instead, .. }) =
            (&asked.layer.source, &mut error)
        {
            let near = osm::near(self.osm(selector)?, selector)?;
            if near != Words::same("") {
                *instead = near;
            }
        }
        Ok(error)
    }

    /// Keeps the record of how a layer was read: a step that is done.
    pub(super) fn note(
        &mut self,
        asked: Asked<'_>,
        crs: Option<&Known<Crs>>,
        reading: Reading,
        records: usize,
        findings: &Findings,
    ) -> Result<(), Cancelled> {
        let (source, format) = match &asked.layer.source {
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

    /// The records of a layer and what makes them WGS84.
    pub(super) fn points(
        &mut self,
        asked: Asked<'_>,
    ) -> Result<(PointRecords, Converter), InputsError> {
        let layer = asked.layer;
        let mut points = match &layer.source {
            LayerSource::Osm(selector) => osm::read_points(self.osm(selector)?, selector)?,
            // One for each layer of a file, in this order: there is always a next.
            LayerSource::File(_) => self
                .tables
                .next()
                .unwrap_or_else(|| Ok(PointRecords::default()))
                .map_err(|error| asked.named(error))?,
        };
        let crs = match &layer.source {
            LayerSource::Osm(_) => LayerCrs::default(),
            LayerSource::File(_) => layer.crs.clone(),
        };
        let crs = crs.resolve(points.crs.as_ref());
        let converter = converter_of(&crs, &layer.name())?;
        if matches!(asked.kind, LayerKind::Residents | LayerKind::Demand) {
            let said = population_findings(&layer.name(), &points);
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
    pub(super) fn say_system(&mut self, asked: Asked<'_>, points: &PointRecords, crs: &Known<Crs>) {
        let said = points.crs.as_ref();
        let Some(said) = said.filter(|said| said.by == KnownBy::Name) else {
            return;
        };
        let mut taken = points.reading.taken.iter();
        let of_place = |column: &&TakenColumn| matches!(column.role.as_str(), "lon" | "lon_lat");
        let column = taken.find(of_place);
        let column = column.map_or("", |column| column.column.as_str());
        let (name, said, crs) = (asked.layer.name(), &said.value, &crs.value);
        let code = match (said == crs, said) {
            (true, Crs::Wgs84) if asked.layer.crs.default.is_none() => return,
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
    pub(super) fn check_places(
        &mut self,
        asked: Asked<'_>,
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
            let name = || Words::same(asked.layer.name());
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
        asked: Asked<'_>,
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
    fn place(&mut self, asked: Asked<'_>, crs: &Crs, places: Vec<Coord<f64>>) {
        if let LayerSource::File(source) = &asked.layer.source {
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
        asked: Asked<'_>,
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
    fn some_points(
        &mut self,
        asked: Asked<'_>,
        wanted: Words,
    ) -> Result<(PointRecords, Converter), InputsError> {
        // What was found in other layers says nothing about this one.
        let before = std::mem::take(self.findings);
        let read = self.points(asked);
        let own = std::mem::replace(self.findings, before);
        self.findings.extend(own.clone());
        let (points, converter) = read?;
        if !points.records.is_empty() {
            return Ok((points, converter));
        }
        let mut error = self.nothing(asked, wanted, &own)?;
        let reading = self.readings.last();
        if let Some(why) = reading.and_then(|read| without_rows(&read.reading))
            && let InputError::NothingFound { instead, .. } = &mut error
        {
            *instead = why;
        }
        Err(error.into())
    }

    pub(super) fn stations(
        &mut self,
        asked: Asked<'_>,
        first: usize,
    ) -> Result<(Vec<Station>, Attributes), InputsError> {
        let wanted = Words::new("station", "站点");
        let (mut points, converter) = self.some_points(asked, wanted)?;
        let attributes = take_attributes(&mut points);
        let others = std::mem::take(&mut points.others);
        self.others.entry(asked.kind).or_default().append(others);
        let stations = convert::stations(points, first, &converter, self.findings);
        Ok((stations, attributes))
    }

    /// The buildings of the network's file as homes, where it knows any.
    pub(super) fn buildings(&self, model: &HomeModel) -> Result<Option<Homes>, InputError> {
        let (Some(file), Ok(selector)) = (self.osm, BUILDINGS.parse::<Selector>()) else {
            return Ok(None);
        };
        let homes = osm::read_homes(file, &selector, model)?;
        Ok((!homes.residents.is_empty()).then_some(homes))
    }

    pub(super) fn residents(
        &mut self,
        asked: Asked<'_>,
        first: usize,
        model: &HomeModel,
    ) -> Result<ResidentsRead, InputsError> {
        let layer = asked.layer;
        if let LayerSource::Osm(selector) = &layer.source
            && selector.is_for_buildings()
        {
            let Homes {
                residents,
                sizes,
                report,
                findings,
            } = osm::read_homes(self.osm(selector)?, selector, model)?;
            if residents.is_empty() {
                let wanted = Words::new("home", "住宅");
                return Err(self.nothing(asked, wanted, &findings)?.into());
            }
            let reading = Reading {
                rows: report.buildings(),
                ..Reading::default()
            };
            let crs = Some(Known::OPENSTREETMAP);
            self.note(asked, crs.as_ref(), reading, residents.len(), &findings)?;
            self.findings.extend(findings);
            self.homes.get_or_insert_default().add(report);
            let kept = KeptColumn::Known(Attribute::Footprint);
            let attributes = if layer.columns.kept.contains(&kept) {
                polygons::columns_of(&sizes)
            } else {
                Attributes::none(residents.len())
            };
            return Ok(ResidentsRead {
                residents,
                attributes,
                outlines: Vec::new(),
                are_homes: true,
            });
        }
        let wanted = Words::new("resident", "人口记录");
        let (mut points, converter) = self.some_points(asked, wanted)?;
        let mut attributes = take_attributes(&mut points);
        let outlines = outlines(layer, &mut points, &converter)?;
        if !outlines.is_empty() {
            name_communities(&mut attributes, &points);
        }
        let says_people = |record: &PointRecord| record.people != Ok(None);
        let are_homes = outlines.is_empty() && !points.records.iter().any(says_people);
        let residents = convert::residents(points, first, &converter, self.findings);
        Ok(ResidentsRead {
            residents,
            attributes,
            outlines,
            are_homes,
        })
    }

    /// The register of communities: names and people, and of polygons the outlines.
    /// Their outlines are made WGS84.
    pub(super) fn communities(&mut self, layer: &Layer) -> Result<PointRecords, InputsError> {
        let asked = Asked::new(LayerKind::Communities, layer);
        let mut list = match &layer.source {
            LayerSource::Osm(selector) => osm::read_points(self.osm(selector)?, selector)?,
            LayerSource::File(source) => {
                let columns = Columns {
                    without_places: true,
                    ..layer.columns.clone()
                };
                read_points_of(self.watched(source), &columns, layer.sheet.as_ref())
                    .map_err(|error| asked.named(error))?
            }
        };
        if list.records.is_empty() {
            let wanted = Words::new("community", "社区");
            let mut error = self.nothing(asked, wanted, &list.findings)?;
            if let Some(why) = without_rows(&list.reading)
                && let InputError::NothingFound { instead, .. } = &mut error
            {
                *instead = why;
            }
            return Err(error.into());
        }
        let repeated = each_once(&mut list);
        list.findings.extend(repeated);
        let crs = match &layer.source {
            LayerSource::Osm(_) => LayerCrs::default(),
            LayerSource::File(_) => layer.crs.clone(),
        };
        let mut of_outlines = None;
        if !list.outlines.is_empty() {
            let crs = crs.resolve(list.crs.as_ref());
            let converter = converter_of(&crs, &layer.name())?;
            of_outlines = Some(crs);
            let outlines = std::mem::take(&mut list.outlines).into_iter();
            let outlines = outlines
                .filter_map(|(row, outline)| Some((row, on_earth(&outline, &converter).ok()?)));
            list.outlines = outlines.collect();
        }
        // The places of points are not used.
        self.take(asked, of_outlines.as_ref(), &mut list)?;
        Ok(list)
    }

    pub(super) fn polygons(&self, asked: Asked<'_>) -> Result<AreasRead, InputsError> {
        let layer = asked.layer;
        let read = match &layer.source {
            LayerSource::Osm(selector) => osm::read_areas(self.osm(selector)?, selector)?,
            LayerSource::File(source) => {
                return read_areas_of(self.watched(source), &layer.columns, &layer.crs).map_err(
                    |error| match error {
                        InputsError::Input(error) => asked.named(error).into(),
                        error => error,
                    },
                );
            }
        };
        Ok(read)
    }

    pub(super) fn areas(&mut self, asked: Asked<'_>) -> Result<Vec<Area>, InputsError> {
        let AreasRead {
            areas,
            crs,
            reading,
            lost,
            mut findings,
        } = self.polygons(asked)?;
        findings.extend(of_lost(asked.kind, lost));
        self.check_shapes(asked, &areas, &crs.value)?;
        if areas.is_empty() {
            let wanted = if findings.count(FindingCode::AreaNotClosed) > 0 {
                Words::new(
                    "area whose boundary is whole in the extract",
                    "边界在数据范围内完整的分区",
                )
            } else {
                Words::new("area", "分区")
            };
            return Err(self.nothing(asked, wanted, &findings)?.into());
        }
        self.note(asked, Some(&crs), reading, areas.len(), &findings)?;
        self.findings.extend(findings);
        Ok(areas)
    }
}
