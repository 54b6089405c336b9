//! Cells that somebody looks at and that are not understood: whoever reads them tells of them here, so that each column of each
//! layer has one finding with its number of such cells and the first of them.

use super::LayerKind;
#[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
use super::{LayerReading, LostCell, PointRecords, cells};
#[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
use crate::model::Attribute;
use crate::model::{FindingCode, Findings};
use crate::text::language::{Language, place_zh, words};

/// A column of a layer whose cells are looked at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LookedAt<'a> {
    kind: LayerKind,
    /// What the column is called in its file.
    name: &'a str,
}

impl<'a> LookedAt<'a> {
    pub(super) fn new(kind: LayerKind, name: &'a str) -> Self {
        Self { kind, name }
    }

    /// The column that was taken as a role in the file of the record at `source`; called by its role where none was.
    #[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
    pub(crate) fn taken(
        readings: &'a [LayerReading],
        (kind, role): (LayerKind, &'a str),
        source: &str,
    ) -> Self {
        let taken = Self::taken_if(readings, (kind, role), source);
        taken.unwrap_or_else(|| Self::new(kind, role))
    }

    /// The column that was taken as a role in the file of the record at `source`, where one was.
    #[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
    pub(super) fn taken_if(
        readings: &'a [LayerReading],
        (kind, role): (LayerKind, &'a str),
        source: &str,
    ) -> Option<Self> {
        let is_of = |reading: &&LayerReading| {
            let rest = source.strip_prefix(reading.source.as_str());
            rest.is_some_and(|rest| rest.starts_with(' '))
        };
        let of_layer = readings.iter().filter(|reading| reading.layer == kind);
        let name = of_layer.filter(is_of).find_map(|reading| {
            let mut taken = reading.reading.taken.iter();
            taken.find(|taken| taken.role == role)
        });
        name.map(|taken| Self::new(kind, taken.column.as_str()))
    }

    /// What the column is called in its file.
    #[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
    pub(super) fn name(&self) -> &'a str {
        self.name
    }

    /// Counts a cell of it that is filled and means nothing to who reads it.
    pub(crate) fn tell(
        &self,
        findings: &mut Findings,
        code: FindingCode,
        source: &str,
        text: &str,
    ) {
        let (name, layer, layer_zh) = (
            self.name,
            self.kind.word(Language::En),
            self.kind.word(Language::Zh),
        );
        let about = words!("{layer}, column {name}", "{layer_zh}“{name}”列");
        findings.add_about(code, about, || {
            let zh = place_zh(source);
            words!(
                "{source}, column {name}: \"{text}\"",
                "{zh}，“{name}”列：“{text}”"
            )
        });
    }
}

/// Counts cells of a column that are filled and not understood, by row and text; `at` gives the column and the place of a row.
#[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
pub(crate) fn tell_column<'a, 't>(
    findings: &mut Findings,
    cells: impl Iterator<Item = (usize, &'t str)>,
    at: impl Fn(usize) -> (LookedAt<'a>, &'a str),
) {
    for (row, text) in cells {
        let (looked_at, source) = at(row);
        looked_at.tell(findings, FindingCode::CellNotUnderstood, source, text);
    }
}

/// Tells of names and codes whose values are lost: an error of a spreadsheet is nobody's community. They become blank.
#[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
pub(super) fn tell_lost(kind: LayerKind, points: &mut PointRecords) -> Findings {
    let mut findings = of_lost(kind, std::mem::take(&mut points.lost));
    let attributes = Attribute::ALL.into_iter();
    for attribute in attributes.filter(|attribute| attribute.is_name_or_code()) {
        let Some(column) = points.attributes.of(attribute) else {
            continue;
        };
        if !column.texts().iter().any(|text| cells::is_lost(text)) {
            continue;
        }
        let mut taken = points.reading.taken.iter();
        let taken = taken.find(|taken| taken.role == attribute.key());
        let name = taken.map_or(attribute.key(), |taken| taken.column.as_str());
        let is_whole = |text: &str| !cells::is_lost(text);
        tell_column(&mut findings, column.not_understood(is_whole), |row| {
            (
                LookedAt::new(kind, name),
                points.records[row].source.as_str(),
            )
        });
        let rows = 0..column.len();
        let whole = rows.map(|row| column.get(row).filter(|text| is_whole(text)));
        let whole: Vec<String> = whole
            .map(|text| text.unwrap_or_default().to_owned())
            .collect();
        points.attributes.set(attribute.key(), whole.into_iter());
    }
    findings
}

/// Tells of ids and names whose values are lost.
#[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
pub(super) fn of_lost(kind: LayerKind, lost: Vec<LostCell>) -> Findings {
    let mut findings = Findings::default();
    for LostCell {
        column,
        source,
        text,
    } in lost
    {
        let looked_at = LookedAt::new(kind, &column);
        looked_at.tell(
            &mut findings,
            FindingCode::CellNotUnderstood,
            &source,
            &text,
        );
    }
    findings
}
