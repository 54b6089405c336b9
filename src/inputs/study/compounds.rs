//! Compounds and their gates.

use geo::CoordsIter;

use super::asked::Asked;
use super::axes::{check_axes, swappable};
use super::reader::Reader;
use super::{Layer, LayerSource};
use crate::control::Control;
use crate::inputs::formats::{converter_of, read_points_of};
use crate::inputs::unread::of_lost;
use crate::inputs::watched::Watched;
use crate::inputs::{
    AreasRead, Columns, InputError, InputsError, KnownBy, LayerCrs, LayerKind, PointRecords, osm,
};
use crate::model::{Compound, Compounds, FindingCode, Gate};
use crate::text::language::Words;

/// The columns that may say whose gate it is, in order of preference.
const OF_COMPOUND: [&str; 5] = ["compound", "所属小区", "小区编号", "小区", "compound_id"];

impl Reader<'_> {
    /// The compounds of a request and the gates in their walls.
    pub(super) fn compounds(
        &mut self,
        compounds: Option<&Layer>,
        gates: Option<&Layer>,
    ) -> Result<Compounds, InputsError> {
        let mut read = Compounds::default();
        if let Some(layer) = compounds {
            let asked = Asked::new(LayerKind::Compounds, layer);
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
                let wanted = Words::new("polygon", "面");
                return Err(self.nothing(asked, wanted, &findings)?.into());
            }
            let findings = findings.under(of_compounds);
            self.note(asked, Some(&crs), reading, areas.len(), &findings)?;
            self.findings.extend(findings);
            let corners = areas.iter().flat_map(|area| area.shape.coords_iter());
            check_axes(self.ground, LayerKind::Compounds, layer, corners.map(Some))?;
            let compounds = areas.into_iter();
            read.list = compounds
                .map(|area| Compound::new(area.id, area.shape))
                .collect();
        }
        if let Some(layer) = gates {
            read.gates = self.gates(layer)?;
            let places = read.gates.iter().map(|gate| swappable(&gate.place));
            check_axes(self.ground, LayerKind::Gates, layer, places)?;
        }
        Ok(read)
    }

    fn gates(&mut self, layer: &Layer) -> Result<Vec<Gate>, InputsError> {
        let (mut points, names_compound, crs) = match &layer.source {
            LayerSource::Osm(selector) => (
                osm::read_gates(self.osm(selector)?, selector)?,
                false,
                LayerCrs::default(),
            ),
            LayerSource::File(_) => {
                let asked = Asked::new(LayerKind::Gates, layer);
                let records =
                    gate_records(layer, self.steps.control()).map_err(|error| asked.named(error));
                let (mut points, names_compound) = records?;
                if names_compound {
                    tell_compound(&mut points, layer.columns.name.is_some());
                }
                (points, names_compound, layer.crs.clone())
            }
        };
        let crs = crs.resolve(points.crs.as_ref());
        let converter = converter_of(&crs, &layer.name())?;
        let asked = Asked::new(LayerKind::Gates, layer);
        self.say_system(asked, &points, &crs);
        self.take(asked, Some(&crs), &mut points)?;
        self.check_places(asked, &mut points, &crs.value, &converter)?;
        let numbered = (1..).zip(points.records);
        let gate = |(number, record): (usize, crate::inputs::PointRecord)| Gate {
            id: record.id.unwrap_or_else(|| number.to_string()),
            place: record.xy.and_then(|(x, y)| converter.place(x, y)),
            compound: record.name.filter(|_| names_compound),
            source: record.source,
        };
        Ok(numbered.map(gate).collect())
    }
}

/// Tells the column of the compounds, which was read in the place of the name, by what it is.
fn tell_compound(points: &mut PointRecords, is_given: bool) {
    let taken = &mut points.reading.taken;
    for column in taken.iter_mut().filter(|taken| taken.role == "name") {
        "compound".clone_into(&mut column.role);
        if !is_given {
            column.by = KnownBy::Name;
        }
    }
}

/// The records of a file, and whether their names are those of compounds: it is read in the place of the name, by whichever
/// of its usual columns is there.
fn gate_records(layer: &Layer, control: Control<'_>) -> Result<(PointRecords, bool), InputError> {
    let LayerSource::File(source) = &layer.source else {
        return Ok((PointRecords::default(), false));
    };
    let (source, sheet) = (Watched::new(source, control), layer.sheet.as_ref());
    let with_name = |name: Option<&str>| Columns {
        name: name.map(str::to_owned),
        population: None,
        system: layer.crs.own.clone(),
        ..layer.columns.clone()
    };
    if let Some(named) = &layer.columns.name {
        return Ok((
            read_points_of(source, &with_name(Some(named)), sheet)?,
            true,
        ));
    }
    for name in OF_COMPOUND {
        match read_points_of(source, &with_name(Some(name)), sheet) {
            Err(InputError::Column {
                option: "‹name_column›",
                ..
            }) => {}
            read => return Ok((read?, true)),
        }
    }
    Ok((read_points_of(source, &with_name(None), sheet)?, false))
}

/// What was found about areas, said of compounds.
fn of_compounds(code: FindingCode) -> FindingCode {
    match code {
        FindingCode::InvalidArea | FindingCode::AreaNotClosed => FindingCode::InvalidCompound,
        code => code,
    }
}
