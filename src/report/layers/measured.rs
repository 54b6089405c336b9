//! What some formats must know of all rows before they write the first.

use std::io;

use super::layer::{Cell, Extent, FieldKind, Layer, Rows, Shape};
use crate::crs::WrittenSystem;

/// What is known of a layer once its rows went by.
#[derive(Clone, Debug, Default)]
pub(super) struct Measured {
    pub(super) rows: u64,
    /// Of them, those that are nowhere.
    pub(super) nowhere: u64,
    pub(super) extent: Option<Extent>,
    /// How many bytes the geometries take in a `.shp`, with what stands before each.
    pub(super) shape_bytes: u64,
    /// By column, how many bytes the longest cell takes as text.
    pub(super) widths: Vec<usize>,
}

impl Measured {
    /// Lets the rows of a layer go by.
    ///
    /// # Errors
    /// Where a place has no coordinates in the system.
    pub(super) fn new(layer: &Layer<'_>, system: &WrittenSystem) -> io::Result<Self> {
        let mut taking = Taking {
            kinds: layer.fields.iter().map(|field| field.kind).collect(),
            text: String::new(),
            measured: Self {
                widths: vec![0; layer.fields.len()],
                ..Self::default()
            },
        };
        layer.give(system, &mut taking)?;
        Ok(taking.measured)
    }
}

struct Taking {
    kinds: Vec<FieldKind>,
    text: String,
    measured: Measured,
}

impl Rows for Taking {
    fn row(&mut self, cells: &[Cell<'_>], shape: Shape<'_>) -> io::Result<()> {
        let measured = &mut self.measured;
        measured.rows += 1;
        measured.shape_bytes += 8 + content_bytes(&shape);
        match shape.extent() {
            Some(extent) => measured.extent.get_or_insert(Extent::NOTHING).join(extent),
            None => measured.nowhere += 1,
        }
        let widths = measured.widths.iter_mut().zip(&self.kinds);
        for ((width, kind), cell) in widths.zip(cells) {
            self.text.clear();
            cell.write_text(*kind, &mut self.text);
            *width = (*width).max(self.text.len());
        }
        Ok(())
    }
}

/// How many bytes the content of a record takes in a `.shp`.
pub(super) fn content_bytes(shape: &Shape<'_>) -> u64 {
    let mut places = 0;
    shape.each(|_| places += 1);
    let with_parts = |parts: usize| 44 + 4 * parts as u64 + 16 * places;
    match shape {
        Shape::Nowhere => 4,
        Shape::Point(_) => 20,
        Shape::Points(_) => 40 + 16 * places,
        Shape::Lines(lines) => with_parts(lines.len()),
        Shape::Ground(ground) => {
            let rings = ground.0.iter().map(|polygon| 1 + polygon.interiors().len());
            with_parts(rings.sum())
        }
    }
}
