//! Reads the layers beside the network.

use super::axes::{northing_is_first, turn};
use super::{
    Layer, LayerSource, areas_layer, communities_layer, nothing, residents_layer, stations_layer,
    take_attributes,
};
use crate::crs::Converter;
use crate::geometry::Bounds;
use crate::inputs::convert;
use crate::inputs::osm::{self, HomeModel, HomesReport, OsmFile, Selector};
use crate::inputs::{
    Columns, InputError, InputsError, LayerCrs, PointRecords, Source, read_areas, read_points,
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

    /// The records of a layer and what makes them WGS84.
    pub(super) fn points(
        &mut self,
        layer: &Layer,
    ) -> Result<(PointRecords, Converter), InputsError> {
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

    /// The points of a layer, at least one: of which layer, and what was wanted there.
    fn some_points(
        &mut self,
        layer: &Layer,
        (of, wanted): (Words, Words),
    ) -> Result<(PointRecords, Converter), InputsError> {
        let (points, converter) = self.points(layer)?;
        if points.records.is_empty() {
            return Err(nothing(of, layer.name(), wanted, self.findings).into());
        }
        Ok((points, converter))
    }

    pub(super) fn stations(
        &mut self,
        layer: &Layer,
        first: usize,
    ) -> Result<(Vec<Station>, Attributes), InputsError> {
        let wanted = Words::new("station", "服务站点");
        let (mut points, converter) = self.some_points(layer, (stations_layer(), wanted))?;
        let attributes = take_attributes(&mut points);
        let stations = convert::stations(points, first, &converter, self.findings);
        Ok((stations, attributes))
    }

    pub(super) fn residents(
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
        let wanted = Words::new("resident", "人口记录");
        let (mut points, converter) = self.some_points(layer, (residents_layer(), wanted))?;
        let attributes = take_attributes(&mut points);
        let residents = convert::residents(points, first, &converter, self.findings);
        Ok((residents, attributes))
    }

    /// The register of communities. Of polygons the names and people are taken, their shapes are those of an area layer.
    pub(super) fn communities(&mut self, layer: &Layer) -> Result<PointRecords, InputsError> {
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

    pub(super) fn polygons(&self, layer: &Layer) -> Result<(Vec<Area>, Findings), InputsError> {
        Ok(match &layer.source {
            LayerSource::Osm(selector) => osm::read_areas(self.osm(selector)?, selector)?,
            LayerSource::File(source) => read_areas(source, &layer.columns, &layer.crs)?,
        })
    }

    pub(super) fn areas(&mut self, layer: &Layer) -> Result<Vec<Area>, InputsError> {
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
