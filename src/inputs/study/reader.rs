//! Reads the layers beside the network.

use super::axes::{northing_is_first, turn};
use super::{Layer, LayerSource, nothing, take_attributes};
use crate::crs::{Converter, Crs};
use crate::geometry::Bounds;
use crate::inputs::convert;
use crate::inputs::osm::{self, HomeModel, HomesReport, OsmFile, Selector};
use crate::inputs::population::population_findings;
use crate::inputs::reading::{counts_of, crs_name};
use crate::inputs::{
    AreasRead, Columns, InputError, InputsError, Known, LayerCrs, LayerKind, LayerReading,
    PointRecords, Reading, Source, read_areas, read_points,
};
use crate::language::Words;
use crate::model::{Area, Attributes, FindingCode, Findings, Resident, Station};

/// Reads layers beside the network.
pub(super) struct Reader<'a> {
    pub(super) network: &'a Source,
    pub(super) osm: Option<&'a OsmFile<'a>>,
    /// What the network was made of, where it is a prepared one.
    pub(super) prepared_from: Option<String>,
    /// Where the network lies.
    pub(super) ground: Option<Bounds>,
    /// What [`read_tables`] read, as far as no layer has taken it.
    pub(super) tables: std::vec::IntoIter<Result<PointRecords, InputError>>,
    pub(super) findings: &'a mut Findings,
    pub(super) homes: Option<HomesReport>,
    /// How each layer was read.
    pub(super) readings: Vec<LayerReading>,
}

/// What one layer is read as, and where from.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub(super) kind: LayerKind,
    /// What it is called among others of its kind.
    pub(super) name: Option<&'a str>,
    pub(super) layer: &'a Layer,
}

impl<'a> Asked<'a> {
    pub(super) fn new(kind: LayerKind, layer: &'a Layer) -> Self {
        Self {
            kind,
            name: None,
            layer,
        }
    }

    /// That nothing of what it should hold was found in it.
    pub(super) fn nothing(self, wanted: Words, findings: &Findings) -> InputError {
        nothing(self.kind.words(), self.layer.name(), wanted, findings)
    }
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

    /// Keeps the record of how a layer was read.
    pub(super) fn note(
        &mut self,
        asked: Asked<'_>,
        crs: Option<Known<Crs>>,
        reading: Reading,
        records: usize,
        findings: &Findings,
    ) {
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
                .unwrap_or_else(|| Ok(PointRecords::default()))?,
        };
        let crs = match &layer.source {
            LayerSource::Osm(_) => LayerCrs::default(),
            LayerSource::File(_) => layer.crs.clone(),
        };
        let crs = crs.resolve(points.crs.as_ref());
        let converter = crs.value.converter()?;
        if matches!(asked.kind, LayerKind::Residents | LayerKind::Demand) {
            let said = population_findings(&layer.name(), &points);
            points.findings.extend(said);
        }
        self.take(asked, Some(crs), &mut points);
        if (points.axes_by_name || points.pair_in_cell)
            && northing_is_first(&points, &converter, self.ground)
        {
            turn(&mut points);
            self.findings
                .add(FindingCode::NorthingFirst, || Words::same(layer.name()));
        }
        Ok((points, converter))
    }

    /// Takes what was found and how it was read from a layer's records.
    pub(super) fn take(
        &mut self,
        asked: Asked<'_>,
        crs: Option<Known<Crs>>,
        points: &mut PointRecords,
    ) {
        let reading = std::mem::take(&mut points.reading);
        let findings = std::mem::take(&mut points.findings);
        self.note(asked, crs, reading, points.records.len(), &findings);
        self.findings.extend(findings);
    }

    /// The points of a layer, at least one of what is wanted there.
    fn some_points(
        &mut self,
        asked: Asked<'_>,
        wanted: Words,
    ) -> Result<(PointRecords, Converter), InputsError> {
        let (points, converter) = self.points(asked)?;
        if points.records.is_empty() {
            return Err(asked.nothing(wanted, self.findings).into());
        }
        Ok((points, converter))
    }

    pub(super) fn stations(
        &mut self,
        asked: Asked<'_>,
        first: usize,
    ) -> Result<(Vec<Station>, Attributes), InputsError> {
        let wanted = Words::new("station", "服务站点");
        let (mut points, converter) = self.some_points(asked, wanted)?;
        let attributes = take_attributes(&mut points);
        let stations = convert::stations(points, first, &converter, self.findings);
        Ok((stations, attributes))
    }

    pub(super) fn residents(
        &mut self,
        asked: Asked<'_>,
        first: usize,
        model: &HomeModel,
    ) -> Result<(Vec<Resident>, Attributes), InputsError> {
        let layer = asked.layer;
        if let LayerSource::Osm(selector) = &layer.source
            && selector.is_for_buildings()
        {
            let (homes, report, findings) = osm::read_homes(self.osm(selector)?, selector, model)?;
            if homes.is_empty() {
                let wanted = Words::new("home", "住宅");
                return Err(asked.nothing(wanted, &findings).into());
            }
            let reading = Reading {
                rows: report.buildings(),
                ..Reading::default()
            };
            let crs = Some(Known::OPENSTREETMAP);
            self.note(asked, crs, reading, homes.len(), &findings);
            self.findings.extend(findings);
            self.homes.get_or_insert_default().add(report);
            let attributes = Attributes::none(homes.len());
            return Ok((homes, attributes));
        }
        let wanted = Words::new("resident", "人口记录");
        let (mut points, converter) = self.some_points(asked, wanted)?;
        let attributes = take_attributes(&mut points);
        let residents = convert::residents(points, first, &converter, self.findings);
        Ok((residents, attributes))
    }

    /// The register of communities. Of polygons the names and people are taken, their shapes are those of an area layer.
    pub(super) fn communities(&mut self, layer: &Layer) -> Result<PointRecords, InputsError> {
        let asked = Asked::new(LayerKind::Communities, layer);
        let mut list = match &layer.source {
            LayerSource::Osm(selector) => osm::read_points(self.osm(selector)?, selector)?,
            LayerSource::File(source) => {
                let columns = Columns {
                    without_places: true,
                    ..layer.columns.clone()
                };
                read_points(source, &columns, layer.sheet.as_ref())?
            }
        };
        if list.records.is_empty() {
            let wanted = Words::new("community", "社区");
            return Err(asked.nothing(wanted, &list.findings).into());
        }
        // Their places are not used.
        self.take(asked, None, &mut list);
        Ok(list)
    }

    pub(super) fn polygons(&self, layer: &Layer) -> Result<AreasRead, InputsError> {
        Ok(match &layer.source {
            LayerSource::Osm(selector) => osm::read_areas(self.osm(selector)?, selector)?,
            LayerSource::File(source) => read_areas(source, &layer.columns, &layer.crs)?,
        })
    }

    pub(super) fn areas(&mut self, asked: Asked<'_>) -> Result<Vec<Area>, InputsError> {
        let AreasRead {
            areas,
            crs,
            reading,
            findings,
        } = self.polygons(asked.layer)?;
        if areas.is_empty() {
            let wanted = if findings.count(FindingCode::AreaNotClosed) > 0 {
                Words::new(
                    "area whose boundary is whole in the extract",
                    "边界在数据范围内完整的分区",
                )
            } else {
                Words::new("area", "分区")
            };
            return Err(asked.nothing(wanted, &findings).into());
        }
        self.note(asked, Some(crs), reading, areas.len(), &findings);
        self.findings.extend(findings);
        Ok(areas)
    }
}
