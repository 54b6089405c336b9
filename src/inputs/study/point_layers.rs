//! Layers of points and lists: stations, residents, the register of communities, gates.

use geo_types::MultiPolygon;

use super::asked::AskedLayer;
use super::polygons::{self, Outlined};
use super::reader::{Reader, on_earth};
use super::register::each_once;
use super::{LayerSource, LayerSpec};
use crate::crs::Converter;
use crate::inputs::convert;
use crate::inputs::dwellings::Stairwells;
use crate::inputs::field::Field;
use crate::inputs::formats::converter_of;
use crate::inputs::osm::{self, HomeModel, Homes, Selector};
use crate::inputs::{
    InputError, InputsError, KeptColumn, Known, PointRecord, PointRecords, Reading,
};
use crate::model::{Attribute, Attributes, Gate, Resident, Station};
use crate::text::language::Words;

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
    layer: &LayerSpec,
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

impl Reader<'_> {
    pub(super) fn stations(
        &mut self,
        asked: AskedLayer<'_>,
        first: usize,
    ) -> Result<(Vec<Station>, Attributes), InputsError> {
        let wanted = Words::new("station", "站点");
        let (mut points, converter) = self.some_points(asked, wanted)?;
        let attributes = take_attributes(&mut points);
        let others = std::mem::take(&mut points.others);
        self.others.entry(asked.kind).or_default().append(others);
        let stations = convert::stations(points, first, &converter, &mut self.findings);
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
        asked: AskedLayer<'_>,
        first: usize,
        model: &HomeModel,
    ) -> Result<ResidentsRead, InputsError> {
        if let LayerSource::Osm(selector) = &asked.spec.source
            && selector.is_for_buildings()
        {
            return self.homes(asked, selector, model);
        }
        let wanted = Words::new("resident", "人口记录");
        let (mut points, converter) = self.some_points(asked, wanted)?;
        let mut attributes = take_attributes(&mut points);
        let outlines = outlines(asked.spec, &mut points, &converter)?;
        if !outlines.is_empty() {
            name_communities(&mut attributes, &points);
        }
        let says_people = |record: &PointRecord| record.people != Ok(None);
        let are_homes = outlines.is_empty() && !points.records.iter().any(says_people);
        let residents = convert::residents(points, first, &converter, &mut self.findings);
        Ok(ResidentsRead {
            residents,
            attributes,
            outlines,
            are_homes,
        })
    }

    /// The buildings of the network's file as residents.
    fn homes(
        &mut self,
        asked: AskedLayer<'_>,
        selector: &Selector,
        model: &HomeModel,
    ) -> Result<ResidentsRead, InputsError> {
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
        let attributes = if asked.spec.kept.contains(&kept) {
            polygons::columns_of(&sizes)
        } else {
            Attributes::none(residents.len())
        };
        Ok(ResidentsRead {
            residents,
            attributes,
            outlines: Vec::new(),
            are_homes: true,
        })
    }

    /// The register of communities: names and people, and of polygons the outlines, which are made WGS84.
    pub(super) fn communities(
        &mut self,
        asked: AskedLayer<'_>,
    ) -> Result<PointRecords, InputsError> {
        let mut list = self.records(asked)?;
        if list.records.is_empty() {
            let wanted = Words::new("community", "社区");
            return Err(self.no_row(asked, wanted, &list.findings, &list.reading)?);
        }
        let repeated = each_once(&mut list);
        list.findings.extend(repeated);
        // The places of points are not used.
        let mut crs = None;
        if !list.outlines.is_empty() {
            let of_outlines = asked.options().crs(list.crs.as_ref());
            let converter = converter_of(&of_outlines, &asked.spec.name())?;
            let outlines = std::mem::take(&mut list.outlines).into_iter();
            let outlines = outlines
                .filter_map(|(row, outline)| Some((row, on_earth(&outline, &converter).ok()?)));
            list.outlines = outlines.collect();
            crs = Some(of_outlines);
        }
        self.take(asked, crs.as_ref(), &mut list)?;
        Ok(list)
    }

    /// The calendar of sessions, in which a place stands as often as it has sessions.
    pub(super) fn calendar(&mut self, asked: AskedLayer<'_>) -> Result<PointRecords, InputsError> {
        self.list(asked, Words::new("session", "场次"))
    }

    /// The table of stairwells, and what it says of them.
    pub(super) fn stairwells(&mut self, asked: AskedLayer<'_>) -> Result<Stairwells, InputsError> {
        let table = self.list(asked, Words::new("stairwell", "单元"))?;
        let (stairwells, findings) = Stairwells::new(table, &self.readings)?;
        self.findings.extend(findings);
        Ok(stairwells)
    }

    /// The rows of a list whose records have no places.
    fn list(&mut self, asked: AskedLayer<'_>, row: Words) -> Result<PointRecords, InputsError> {
        let mut list = self.records(asked)?;
        if list.records.is_empty() {
            return Err(self.no_row(asked, row, &list.findings, &list.reading)?);
        }
        self.take(asked, None, &mut list)?;
        Ok(list)
    }

    /// The gates in walls, and whose each of them is where a column says so.
    pub(super) fn gates(&mut self, asked: AskedLayer<'_>) -> Result<Vec<Gate>, InputsError> {
        let (points, converter) = self.points(asked)?;
        let taken = self.readings.iter().rev().take(1);
        let mut taken = taken.flat_map(|read| &read.reading.taken);
        let names_compound = taken.any(|column| column.role == Field::COMPOUND);
        let gate = |(number, record): (usize, PointRecord)| Gate {
            id: record.id.unwrap_or_else(|| number.to_string()),
            place: record.xy.and_then(|(x, y)| converter.place(x, y)),
            compound: record.name.filter(|_| names_compound),
            source: record.source,
        };
        Ok((1..).zip(points.records).map(gate).collect())
    }
}
