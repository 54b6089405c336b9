//! A `GeoPackage` with all layers: a database of `SQLite` that is a map, too, since the look of each layer stands in it.
//!
//! # Source
//! OGC 12-128r18, `GeoPackage` Encoding Standard 1.3.1, with its extension for spatial indexes (annex F.3); the table of looks is
//! the one that QGIS reads and writes.

mod schema;

use std::io;
use std::path::Path;

use rusqlite::{Connection, OpenFlags, Statement};

use super::layer::{Cell, Extent, Layer, Rows, Shape};
use super::{qml, wkb};
use crate::crs::WrittenSystem;
use crate::text::language::Language;

/// Writes all layers into the empty file of this path. The same layers give the same bytes.
///
/// # Errors
/// What `SQLite` says of the disk, and what a layer says of a place without coordinates.
pub(crate) fn write(
    path: &Path,
    layers: &[Layer<'_>],
    system: &WrittenSystem,
    language: Language,
) -> io::Result<()> {
    let srs_id = schema::srs_id(system);
    let mut database = open(path).map_err(failed)?;
    let transaction = database.transaction().map_err(failed)?;
    schema::create(&transaction, system).map_err(failed)?;
    for layer in layers {
        schema::create_layer(&transaction, layer, srs_id, language).map_err(failed)?;
        let mut rows = TableRows::new(&transaction, layer, srs_id).map_err(failed)?;
        layer.give(system, &mut rows)?;
        let extent = rows.extent;
        drop(rows);
        schema::finish_layer(&transaction, layer, extent).map_err(failed)?;
        let look = qml::write(layer, &[], language);
        schema::add_look(&transaction, layer, &look, language).map_err(failed)?;
    }
    transaction.commit().map_err(failed)?;
    database.close().map_err(|(_, error)| failed(error))
}

/// The file is nobody's before it is whole, and whoever writes it sees to it that it reaches the disk: nothing is kept to go back to.
fn open(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
    let database = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    database.execute_batch(
        "PRAGMA page_size = 4096; PRAGMA encoding = 'UTF-8'; PRAGMA journal_mode = OFF;
         PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -65536;",
    )?;
    Ok(database)
}

fn failed(error: rusqlite::Error) -> io::Error {
    io::Error::other(error)
}

/// Puts rows into the table of a layer and into its index.
struct TableRows<'c> {
    insert: Statement<'c>,
    index: Statement<'c>,
    srs_id: i32,
    /// The number of the last row.
    fid: i64,
    extent: Option<Extent>,
    blob: Vec<u8>,
}

impl<'c> TableRows<'c> {
    fn new(database: &'c Connection, layer: &Layer<'_>, srs_id: i32) -> rusqlite::Result<Self> {
        Ok(Self {
            insert: database.prepare(&schema::insert(layer))?,
            index: database.prepare(&schema::insert_into_index(layer))?,
            srs_id,
            fid: 0,
            extent: None,
            blob: Vec::new(),
        })
    }

    fn bind(&mut self, cells: &[Cell<'_>]) -> rusqlite::Result<()> {
        let insert = &mut self.insert;
        insert.raw_bind_parameter(1, self.fid)?;
        for (place, cell) in (3..).zip(cells) {
            match cell {
                Cell::Empty => insert.raw_bind_parameter(place, None::<i64>)?,
                Cell::Text(text) => insert.raw_bind_parameter(place, text.as_ref())?,
                Cell::Integer(number) => insert.raw_bind_parameter(place, *number)?,
                Cell::Real(number) => insert.raw_bind_parameter(place, *number)?,
                Cell::Flag(flag) => insert.raw_bind_parameter(place, *flag)?,
            }
        }
        Ok(())
    }

    fn add_to_index(&mut self, extent: Extent) -> rusqlite::Result<()> {
        let index = &mut self.index;
        index.raw_bind_parameter(1, self.fid)?;
        let sides = [extent.west, extent.east, extent.south, extent.north];
        for (place, side) in (2..).zip(sides) {
            index.raw_bind_parameter(place, side)?;
        }
        index.raw_execute()?;
        Ok(())
    }

    fn add(&mut self, cells: &[Cell<'_>], shape: &Shape<'_>) -> rusqlite::Result<()> {
        self.fid += 1;
        let extent = shape.extent();
        self.bind(cells)?;
        match extent {
            None => self.insert.raw_bind_parameter(2, None::<i64>)?,
            Some(extent) => {
                wkb::write(&mut self.blob, shape, extent, self.srs_id);
                self.insert.raw_bind_parameter(2, self.blob.as_slice())?;
            }
        }
        self.insert.raw_execute()?;
        if let Some(extent) = extent {
            self.add_to_index(extent)?;
            self.extent.get_or_insert(Extent::NOTHING).join(extent);
        }
        Ok(())
    }
}

impl Rows for TableRows<'_> {
    fn row(&mut self, cells: &[Cell<'_>], shape: Shape<'_>) -> io::Result<()> {
        self.add(cells, &shape).map_err(failed)
    }
}
