//! A layer as a Shapefile: geometries (`.shp`), where each begins (`.shx`), cells (`.dbf`), the system (`.prj`) and the encoding
//! (`.cpg`).
//!
//! Written by ourselves: the crate that reads Shapefiles cannot write a row that is nowhere among others, and puts today's date into
//! the file.

mod dbf;
mod names;
mod shp;

use std::io::{self, Write};

use super::layer::{FieldKind, Layer};
use super::measured::Measured;
use crate::crs::WrittenSystem;
use crate::text::language::Language;
use crate::text::table::TableWriter;

/// The endings of the files that make one Shapefile.
pub(crate) const SHAPEFILE_PARTS: [&str; 5] = ["shp", "shx", "dbf", "prj", "cpg"];

/// A layer that is written as a Shapefile.
pub(crate) struct Shapefile<'l, 'a> {
    layer: &'l Layer<'a>,
    system: &'l WrittenSystem,
    measured: Measured,
    /// Its columns as they are called there.
    names: Vec<String>,
    columns: Vec<dbf::Column>,
}

impl<'l, 'a> Shapefile<'l, 'a> {
    /// Looks at all rows.
    ///
    /// # Errors
    /// What the layer says of a place without coordinates; and where it is too large for the format.
    pub(crate) fn new(layer: &'l Layer<'a>, system: &'l WrittenSystem) -> io::Result<Self> {
        let measured = Measured::new(layer, system)?;
        let names = names::short_names(layer.fields.iter().map(|field| field.name.as_str()));
        let widths = measured.widths.iter();
        let columns = layer.fields.iter().zip(&names).zip(widths);
        let columns =
            columns.map(|((field, name), width)| dbf::Column::new(name, field.kind, *width));
        let columns: Vec<dbf::Column> = columns.collect();
        let bytes = measured
            .shape_bytes
            .max(dbf::bytes(&columns, measured.rows));
        if bytes > shp::MOST_BYTES {
            let name = layer.name;
            let reason = format!(
                "{name} takes {bytes} bytes, and a Shapefile holds 2 GB; take a GeoPackage"
            );
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, reason));
        }
        Ok(Self {
            layer,
            system,
            measured,
            names,
            columns,
        })
    }

    /// Its columns as they are called there.
    pub(crate) fn names(&self) -> Vec<&str> {
        self.names.iter().map(String::as_str).collect()
    }

    /// Writes the file with one of the [endings](SHAPEFILE_PARTS).
    ///
    /// # Errors
    /// What the writer says.
    pub(crate) fn write(&self, part: &str, writer: &mut dyn Write) -> io::Result<()> {
        match part {
            "shp" => shp::write(self.layer, self.system, &self.measured, writer),
            "shx" => shp::write_index(self.layer, self.system, &self.measured, writer),
            "dbf" => dbf::write(
                self.layer,
                self.system,
                self.measured.rows,
                &self.columns,
                writer,
            ),
            "prj" => writer.write_all(self.system.esri_wkt.as_bytes()),
            _ => writer.write_all(b"UTF-8"),
        }
    }
}

/// Writes `fields.csv`: a row for each column of each Shapefile, with what it is called there and everywhere else, its name for
/// people, its kind, and how many bytes the longest cell has and the Shapefile holds: longer ones are cut.
///
/// # Errors
/// What the writer says.
pub(crate) fn write_fields(
    files: &[Shapefile<'_, '_>],
    language: Language,
    writer: &mut dyn Write,
) -> io::Result<()> {
    let mut table = TableWriter::new(writer);
    table.row([
        "layer",
        "field",
        "column",
        "title",
        "kind",
        "longest_bytes",
        "held_bytes",
    ])?;
    for file in files {
        let of_file = file.layer.fields.iter().zip(&file.columns);
        for ((field, column), longest) in of_file.zip(&file.measured.widths) {
            let kind = match field.kind {
                FieldKind::Text => "text",
                FieldKind::Integer => "integer",
                FieldKind::Real(_) => "real",
                FieldKind::Flag => "flag",
            };
            table.row([
                file.layer.name,
                column.name(),
                &field.name,
                field.title.get(language),
                kind,
                &longest.to_string(),
                &column.width().to_string(),
            ])?;
        }
    }
    table.finish()
}
