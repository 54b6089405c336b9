//! Point records as they stand in a file.

use geo_types::MultiPolygon;

#[cfg(feature = "text")]
use super::OtherColumns;
use super::{Known, Reading};
use crate::crs::Crs;
use crate::model::{Attributes, Fault, Findings};
use crate::units::People;

/// A row or feature that should be a point.
#[derive(Clone, Debug, PartialEq)]
pub struct PointRecord {
    /// The id, where the record has one.
    pub id: Option<String>,
    /// The name, where the record has one.
    pub name: Option<String>,
    /// Easting or longitude, and northing or latitude, in the layer's own system.
    pub xy: Result<(f64, f64), Fault>,
    /// The number of people, where the record says it.
    pub people: Result<Option<People>, Fault>,
    /// Where the record stands: file and line, feature or object.
    pub source: String,
}

/// A cell of ids or names whose value is lost: an error of a spreadsheet, asterisks, what is no text. The record has none then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LostCell {
    /// The column.
    pub column: String,
    /// Where the record stands.
    pub source: String,
    /// What stands there.
    pub text: String,
}

/// Which column of a layer was taken as the number of people, and which others may be meant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PopulationRead {
    /// The column that was taken, as its header names it.
    pub column: Option<String>,
    /// Others that look like people: beside the one that was taken by their name, without one also by their numbers.
    pub others: Vec<String>,
    /// Every column of the layer.
    pub columns: Vec<String>,
}

/// The point records of one layer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PointRecords {
    /// The records in file order.
    pub records: Vec<PointRecord>,
    /// Whether the layer has ids at all. Without, records are named by their number, and that is no finding.
    pub has_ids: bool,
    /// The coordinate system that the file itself says it is in.
    pub crs: Option<Known<Crs>>,
    /// Whether the order of the two coordinates is only by the names of their columns, which in China mean either.
    pub axes_by_name: bool,
    /// Whether both coordinates stand in one cell, whose order nothing says.
    pub pair_in_cell: bool,
    /// The columns that were asked for beside them, one row for each record; none where the format has no columns.
    pub attributes: Attributes,
    /// What was read as what.
    pub reading: Reading,
    /// Which column was taken as the number of people.
    pub population: PopulationRead,
    /// The records that are polygons, by position, with their outlines in the layer's own system.
    pub outlines: Vec<(u32, MultiPolygon<f64>)>,
    /// Cells of ids and names whose value is lost.
    pub lost: Vec<LostCell>,
    /// The columns beside the id, of layers that name their parents.
    #[cfg(feature = "text")]
    pub others: OtherColumns,
    /// What was found while reading.
    pub findings: Findings,
}
