//! What was read as what: of every layer the file, format, encoding, sheet, header, coordinate system and columns, each with how
//! it was known, and how many rows there were. Nothing about a file is guessed without standing here.

#[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
use super::{Format, LayerKind};
use super::{Known, KnownBy};
#[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
use crate::crs::Crs;
#[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
use crate::model::{FindingCode, Findings};

/// A column or property and what it was taken as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenColumn {
    /// What it was taken as: `id`, `lon`, `population`, `tier`, …
    pub role: String,
    /// Its name in the file.
    pub column: String,
    /// How it was known: given, or by its name.
    pub by: KnownBy,
}

/// How the records of one file were read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// The encoding of its text; none where the format has no choice.
    pub encoding: Option<Known<String>>,
    /// The sheet of a workbook.
    pub sheet: Option<Known<String>>,
    /// The first and last row of the header, counted from 1; none where the format has no header.
    pub header: Option<(u64, u64)>,
    /// The columns that were taken, and as what.
    pub taken: Vec<TakenColumn>,
    /// The columns that were not, in the order of the file; at most 200.
    pub unused: Vec<String>,
    /// How many rows or features were looked at, those that are no records among them.
    pub rows: u64,
}

impl Reading {
    /// The most columns that are listed as not used.
    pub(crate) const MOST_UNUSED: usize = 200;

    /// Says which of a table's columns were taken.
    #[cfg(feature = "text")]
    pub(super) fn with_columns<'n>(
        mut self,
        taken: Vec<(usize, String, KnownBy)>,
        names: &(impl Iterator<Item = &'n str> + Clone),
    ) -> Self {
        let column = |at: usize| names.clone().nth(at).unwrap_or_default().trim().to_owned();
        self.unused = names
            .clone()
            .enumerate()
            .filter(|(at, name)| {
                !name.trim().is_empty() && taken.iter().all(|(column, ..)| column != at)
            })
            .map(|(_, name)| name.trim().to_owned())
            .take(Self::MOST_UNUSED)
            .collect();
        let taken = taken.into_iter().map(|(at, role, by)| TakenColumn {
            role,
            column: column(at),
            by,
        });
        self.taken = taken.collect();
        self
    }
}

/// The record of how one layer was read.
#[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LayerReading {
    /// Which layer.
    pub layer: LayerKind,
    /// What it is called among others of its kind: the name of a further demand.
    pub name: Option<String>,
    /// The file without folders, or the selector.
    pub source: String,
    /// The format of the file; none for objects of the network's file.
    pub format: Option<Format>,
    /// The coordinate system; none where there are no places.
    pub crs: Option<Known<String>>,
    /// How its file was read.
    pub reading: Reading,
    /// How many records came of it, those that cannot be used among them.
    pub records: u64,
    /// What was found while it was read, with the number of rows each touches.
    pub found: Vec<(FindingCode, u64)>,
}

#[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
impl LayerReading {
    /// Rows that are no records, by the reason.
    pub(crate) fn left_out(&self) -> impl Iterator<Item = (FindingCode, u64)> + '_ {
        let found = self.found.iter().copied();
        found.filter(|(code, _)| code.leaves_out_a_row())
    }
}

/// Findings as codes and counts, each code once.
#[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
pub(super) fn counts_of(findings: &Findings) -> Vec<(FindingCode, u64)> {
    let worst_first = findings.worst_first().into_iter();
    let mut codes: Vec<FindingCode> = worst_first.map(|finding| finding.code).collect();
    codes.dedup();
    let counts = codes.into_iter().map(|code| (code, findings.count(code)));
    counts.collect()
}

/// What a coordinate system is called.
#[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
pub(super) fn crs_name(crs: &Known<Crs>) -> Known<String> {
    Known::new(crs.value.to_string(), crs.by)
}
