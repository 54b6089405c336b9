//! What columns say of the sizes of homes.

use super::cells::size;
use super::unread::{LookedAt, tell_column};
use super::{LayerKind, LayerReading};
use crate::allocation::HomeSize;
use crate::model::{Attribute, AttributeColumn, Attributes, Findings, Resident};

/// The columns of sizes, in the order in which they are told.
const SIZES: [Attribute; 4] = [
    Attribute::FloorArea,
    Attribute::Footprint,
    Attribute::Dwellings,
    Attribute::Storeys,
];

/// The columns of sizes beside residents.
#[derive(Clone, Copy)]
pub(super) struct SizeColumns<'a> {
    columns: [Option<&'a AttributeColumn>; SIZES.len()],
}

impl<'a> SizeColumns<'a> {
    pub(super) fn new(attributes: &'a Attributes) -> Self {
        Self {
            columns: SIZES.map(|attribute| attributes.of(attribute)),
        }
    }

    /// The size of a home, as far as its cells say it.
    pub(super) fn home(&self, row: usize, community: Option<u32>) -> HomeSize {
        let sizes = self.columns.map(|column| size(column?.get(row)?));
        let [floor_area_m2, footprint_m2, dwellings, storeys] = sizes;
        HomeSize {
            community,
            floor_area_m2,
            footprint_m2,
            dwellings: dwellings.map(|count| count as u32),
            storeys,
        }
    }

    /// Cells of homes that are filled and are no size.
    pub(super) fn not_understood(
        &self,
        residents: &[Resident],
        readings: &[LayerReading],
        is_home: impl Fn(usize) -> bool,
    ) -> Findings {
        let mut findings = Findings::default();
        for (attribute, column) in SIZES.into_iter().zip(self.columns) {
            let Some(column) = column else { continue };
            let of = (LayerKind::Residents, attribute.key());
            let cells = column.not_understood(|text| size(text).is_some());
            let cells = cells.filter(|(row, _)| is_home(*row));
            tell_column(&mut findings, cells, |row| {
                let source = residents[row].source.as_str();
                (LookedAt::taken(readings, of, source), source)
            });
        }
        findings
    }
}
