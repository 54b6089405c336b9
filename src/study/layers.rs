//! The files for maps of a written set: which there are, and when.

use super::error::{StudyError, Unused};
use super::types::{OutputFormat, Outputs, StudyResult};
use crate::control::Control;
use crate::crs::WrittenSystem;
use crate::error::Error;
use crate::planning::provision::{TierGround, TierMap};
#[cfg(feature = "fgb")]
use crate::report::write_flatgeobuf;
#[cfg(feature = "gpkg")]
use crate::report::write_geopackage;
use crate::report::{
    LAYER_NAMES, Layer, LayersReport, OutputDirectory, ReportError, SHAPEFILE_PARTS, Shapefile,
    all_layers, write_fields, write_qml,
};

/// All layers in one file.
#[cfg(feature = "gpkg")]
const GEOPACKAGE: &str = "results.gpkg";
/// What the columns of Shapefiles are called.
const FIELDS: &str = "fields.csv";

impl Outputs {
    /// Whether files for maps are written that hold all columns.
    pub(super) fn has_layers(&self) -> bool {
        OutputFormat::OF_LAYERS
            .iter()
            .any(|format| self.has(*format))
    }

    /// Refuses a system where no file is written in it, and one that none can be written in.
    pub(super) fn check_system(&self) -> Result<(), StudyError> {
        if self.out_crs.is_some() && !self.has_layers() {
            return Err(StudyError::Unused(Unused::OutCrs));
        }
        self.system().map(drop)
    }

    /// The system of the files for maps.
    fn system(&self) -> Result<WrittenSystem, StudyError> {
        let system = self.out_crs.clone().unwrap_or_default().written();
        system.map_err(|error| StudyError::Failed(Error::Crs(error)))
    }

    /// The names of the files for maps that a run of these outputs may write.
    pub(super) fn layer_files(&self) -> Vec<String> {
        let mut names = Vec::new();
        #[cfg(feature = "gpkg")]
        if self.has(OutputFormat::GeoPackage) {
            names.push(GEOPACKAGE.to_owned());
        }
        let mut endings: Vec<&str> = Vec::new();
        #[cfg(feature = "fgb")]
        if self.has(OutputFormat::FlatGeobuf) {
            endings.push("fgb");
        }
        if self.has(OutputFormat::Shapefile) {
            endings.extend(SHAPEFILE_PARTS);
            names.push(FIELDS.to_owned());
        }
        if !endings.is_empty() {
            endings.push("qml");
        }
        for layer in LAYER_NAMES {
            names.extend(endings.iter().map(|ending| format!("{layer}.{ending}")));
        }
        names
    }
}

impl StudyResult<'_> {
    /// Draws what the stations of each tier reach, and where its circle leaves people out.
    pub(super) fn draw_tiers(&mut self, control: Control<'_>) -> Result<(), Error> {
        let Some(asked) = &self.provision else {
            return Ok(());
        };
        let map = TierMap {
            placed: self.analysis.placed(),
            residents: &self.inputs.residents,
            water: &self.inputs.surroundings.water,
            gaps: self.study.questions.gaps.with_outlines(true),
        };
        for tier in &asked.tiers.list {
            let ground = TierGround::new(&tier.tier, &asked.stations, map, control)?;
            self.tier_grounds.extend(ground);
        }
        Ok(())
    }

    /// Writes the files for maps that the outputs ask for, with one more layer where there is one.
    pub(super) fn stage_layers(
        &self,
        more: Option<Layer<'_>>,
        directory: &mut OutputDirectory,
        control: Control<'_>,
    ) -> Result<(), StudyError> {
        let outputs = &self.study.outputs;
        if !outputs.has_layers() {
            return Ok(());
        }
        let system = outputs.system()?;
        let report = self.layers();
        let mut layers = all_layers(&report);
        layers.extend(more);
        #[cfg(feature = "gpkg")]
        if outputs.has(OutputFormat::GeoPackage) {
            control.check()?;
            directory.stage_at(GEOPACKAGE, |path| {
                write_geopackage(path, &layers, &system, outputs.language)
            })?;
        }
        #[cfg(feature = "fgb")]
        if outputs.has(OutputFormat::FlatGeobuf) {
            for layer in &layers {
                control.check()?;
                let name = format!("{}.fgb", layer.name);
                directory.stage(&name, |writer| {
                    write_flatgeobuf(layer, &system, outputs.language, writer)
                })?;
            }
        }
        let mut files = Vec::new();
        if outputs.has(OutputFormat::Shapefile) {
            files = self.stage_shapefiles(&layers, &system, directory, control)?;
        }
        self.stage_looks(&layers, &files, directory)
    }

    fn layers(&self) -> LayersReport<'_> {
        LayersReport {
            report: self.report(),
            station_attributes: &self.inputs.station_attributes,
            resident_attributes: &self.inputs.resident_attributes,
            isochrones: &self.isochrones,
            streets: &self.streets,
            gaps: self.gaps.as_ref(),
            tiers: &self.tier_grounds,
        }
    }

    /// Writes a Shapefile for each layer, and what their columns are called.
    fn stage_shapefiles<'l, 'a>(
        &self,
        layers: &'l [Layer<'a>],
        system: &'l WrittenSystem,
        directory: &mut OutputDirectory,
        control: Control<'_>,
    ) -> Result<Vec<Shapefile<'l, 'a>>, StudyError> {
        let mut files = Vec::new();
        for layer in layers {
            control.check()?;
            let name = |part: &str| format!("{}.{part}", layer.name);
            let file = Shapefile::new(layer, system).map_err(|reason| ReportError::Write {
                path: directory.path().join(name("shp")),
                reason,
            })?;
            for part in SHAPEFILE_PARTS {
                directory.stage(&name(part), |writer| file.write(part, writer))?;
            }
            files.push(file);
        }
        let language = self.study.outputs.language;
        directory.stage(FIELDS, |writer| write_fields(&files, language, writer))?;
        Ok(files)
    }

    /// Writes how each layer looks, beside files that do not hold it.
    fn stage_looks(
        &self,
        layers: &[Layer<'_>],
        shapefiles: &[Shapefile<'_, '_>],
        directory: &mut OutputDirectory,
    ) -> Result<(), StudyError> {
        let outputs = &self.study.outputs;
        #[cfg(feature = "fgb")]
        let has_files = outputs.has(OutputFormat::FlatGeobuf) || !shapefiles.is_empty();
        #[cfg(not(feature = "fgb"))]
        let has_files = !shapefiles.is_empty();
        if !has_files {
            return Ok(());
        }
        for (number, layer) in layers.iter().enumerate() {
            let short = shapefiles.get(number).map(Shapefile::names);
            let look = write_qml(layer, &short.unwrap_or_default(), outputs.language);
            directory.stage(&format!("{}.qml", layer.name), |writer| {
                std::io::Write::write_all(writer, look.as_bytes())
            })?;
        }
        Ok(())
    }
}
