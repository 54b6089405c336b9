//! Layers of polygons: areas, land, compounds.

use super::LayerSource;
use super::asked::AskedLayer;
use super::reader::Reader;
use crate::inputs::formats::read_areas_watched;
use crate::inputs::unread::of_lost;
use crate::inputs::{AreasRead, InputsError, LayerKind, osm};
use crate::model::{Area, FindingCode, Findings};
use crate::text::language::Words;

impl Reader<'_> {
    /// The polygons of a layer, at least one.
    pub(super) fn areas(&mut self, asked: AskedLayer<'_>) -> Result<Vec<Area>, InputsError> {
        let AreasRead {
            areas,
            crs,
            reading,
            lost,
            mut findings,
        } = self.read_areas(asked)?;
        findings.extend(of_lost(asked.kind, lost));
        self.check_shapes(asked, &areas, &crs.value)?;
        if areas.is_empty() {
            let wanted = wanted(asked.kind, &findings);
            return Err(self.nothing(asked, wanted, &findings)?.into());
        }
        let findings = match asked.kind {
            LayerKind::Compounds => findings.under(of_compounds),
            _ => findings,
        };
        self.note(asked, Some(&crs), reading, areas.len(), &findings)?;
        self.findings.extend(findings);
        Ok(areas)
    }

    fn read_areas(&self, asked: AskedLayer<'_>) -> Result<AreasRead, InputsError> {
        match &asked.spec.source {
            LayerSource::Osm(selector) => Ok(osm::read_areas(self.osm(selector)?, selector)?),
            LayerSource::File(source) => {
                let read = read_areas_watched(source, &asked.options(), self.steps.control());
                read.map_err(|error| asked.named_too(error))
            }
        }
    }
}

/// What a layer of polygons should hold.
fn wanted(kind: LayerKind, findings: &Findings) -> Words {
    if kind == LayerKind::Compounds {
        Words::new("polygon", "面")
    } else if findings.count(FindingCode::AreaNotClosed) > 0 {
        Words::new(
            "area whose boundary is whole in the extract",
            "边界在数据范围内完整的分区",
        )
    } else {
        Words::new("area", "分区")
    }
}

/// What was found about areas, said of compounds.
fn of_compounds(code: FindingCode) -> FindingCode {
    match code {
        FindingCode::InvalidArea | FindingCode::AreaNotClosed => FindingCode::InvalidCompound,
        code => code,
    }
}
