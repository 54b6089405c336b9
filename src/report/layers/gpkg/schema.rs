//! The tables of a `GeoPackage`.

use std::fmt::Write as _;

use rusqlite::{Connection, params};

use crate::crs::WrittenSystem;
use crate::report::layers::layer::{Extent, FieldKind, GeometryKind, Layer};
use crate::text::language::Language;

/// `GPKG`, by which the file is known.
const APPLICATION_ID: i32 = 0x4750_4B47;
/// 1.3: what the programs of 2020 and later read without a word.
const USER_VERSION: i32 = 10_300;
/// When the contents were changed: the format wants a time, and the same results are to be the same bytes.
const NO_TIME: &str = "1970-01-01T00:00:00.000Z";
/// The number of a system that is in no register.
const OWN_SYSTEM: i32 = 100_000;

/// The column of geometries.
const GEOMETRY: &str = "geom";

const TABLES: &str = "
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL PRIMARY KEY,
  organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL,
  definition TEXT NOT NULL,
  description TEXT
);
CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY,
  data_type TEXT NOT NULL,
  identifier TEXT UNIQUE,
  description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE,
  min_y DOUBLE,
  max_x DOUBLE,
  max_y DOUBLE,
  srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id)
);
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL,
  column_name TEXT NOT NULL,
  geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL,
  z TINYINT NOT NULL,
  m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id)
);
CREATE TABLE gpkg_extensions (
  table_name TEXT,
  column_name TEXT,
  extension_name TEXT NOT NULL,
  definition TEXT NOT NULL,
  scope TEXT NOT NULL,
  CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name)
);
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  f_table_catalog TEXT(256),
  f_table_schema TEXT(256),
  f_table_name TEXT(256),
  f_geometry_column TEXT(256),
  styleName TEXT(30),
  styleQML TEXT,
  styleSLD TEXT,
  useAsDefault BOOLEAN,
  description TEXT,
  owner TEXT(30),
  ui TEXT(30),
  update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now'))
);
";

/// By which number the package calls a system.
pub(super) fn srs_id(system: &WrittenSystem) -> i32 {
    system.epsg.unwrap_or(OWN_SYSTEM)
}

/// The tables that every package has, and the systems: the one that is used, WGS84, and the two that stand for not knowing.
pub(super) fn create(database: &Connection, system: &WrittenSystem) -> rusqlite::Result<()> {
    database.pragma_update(None, "application_id", APPLICATION_ID)?;
    database.pragma_update(None, "user_version", USER_VERSION)?;
    database.execute_batch(TABLES)?;
    let mut insert =
        database.prepare("INSERT INTO gpkg_spatial_ref_sys VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
    for (name, id, note) in [
        (
            "Undefined Cartesian SRS",
            -1,
            "undefined Cartesian coordinate reference system",
        ),
        (
            "Undefined geographic SRS",
            0,
            "undefined geographic coordinate reference system",
        ),
    ] {
        insert.execute(params![name, id, "NONE", id, "undefined", note])?;
    }
    let note = "longitude/latitude coordinates in decimal degrees on the WGS 84 spheroid";
    insert.execute(params![
        "WGS 84 geodetic",
        4326,
        "EPSG",
        4326,
        WrittenSystem::WGS84,
        note
    ])?;
    if !system.is_wgs84() {
        let (id, organization) = (
            srs_id(system),
            if system.epsg.is_some() {
                "EPSG"
            } else {
                "NONE"
            },
        );
        let nothing = None::<&str>;
        insert.execute(params![
            system.name,
            id,
            organization,
            id,
            system.wkt,
            nothing
        ])?;
    }
    database.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change) \
         VALUES ('layer_styles', 'attributes', 'layer_styles', '', ?1)",
        [NO_TIME],
    )?;
    Ok(())
}

/// The table of a layer and its index, both empty, and what the package says of them.
pub(super) fn create_layer(
    database: &Connection,
    layer: &Layer<'_>,
    srs_id: i32,
    language: Language,
) -> rusqlite::Result<()> {
    let (table, geometry) = (layer.name, kind(layer.geometry));
    let mut columns =
        format!("fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, {GEOMETRY} {geometry}");
    for field in &layer.fields {
        let kind = match field.kind {
            FieldKind::Text => "TEXT",
            FieldKind::Integer => "INTEGER",
            FieldKind::Real(_) => "REAL",
            FieldKind::Flag => "BOOLEAN",
        };
        let _ = write!(columns, ", {} {kind}", quoted(&field.name));
    }
    let index = index_of(layer);
    database.execute_batch(&format!(
        "CREATE TABLE {table} ({columns}); \
         CREATE VIRTUAL TABLE {index} USING rtree(id, minx, maxx, miny, maxy);"
    ))?;
    database.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change, srs_id) \
         VALUES (?1, 'features', ?1, ?2, ?3, ?4)",
        params![table, layer.title.get(language), NO_TIME, srs_id],
    )?;
    database.execute(
        "INSERT INTO gpkg_geometry_columns VALUES (?1, ?2, ?3, ?4, 0, 0)",
        params![table, GEOMETRY, geometry, srs_id],
    )?;
    database.execute(
        "INSERT INTO gpkg_extensions VALUES (?1, ?2, 'gpkg_rtree_index', \
         'http://www.geopackage.org/spec120/#extension_rtree', 'write-only')",
        params![table, GEOMETRY],
    )?;
    Ok(())
}

const fn kind(geometry: GeometryKind) -> &'static str {
    match geometry {
        GeometryKind::Point => "POINT",
        GeometryKind::MultiPoint => "MULTIPOINT",
        GeometryKind::MultiLineString => "MULTILINESTRING",
        GeometryKind::MultiPolygon => "MULTIPOLYGON",
    }
}

/// A name as SQL has it.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn index_of(layer: &Layer<'_>) -> String {
    format!("rtree_{}_{GEOMETRY}", layer.name)
}

/// How a row is put in: its number, its geometry, then its cells.
pub(super) fn insert(layer: &Layer<'_>) -> String {
    let cells = ", ?".repeat(layer.fields.len());
    format!("INSERT INTO {} VALUES (?, ?{cells})", layer.name)
}

pub(super) fn insert_into_index(layer: &Layer<'_>) -> String {
    format!("INSERT INTO {} VALUES (?, ?, ?, ?, ?)", index_of(layer))
}

/// The box around all rows, and what keeps the index right when somebody edits them.
pub(super) fn finish_layer(
    database: &Connection,
    layer: &Layer<'_>,
    extent: Option<Extent>,
) -> rusqlite::Result<()> {
    if let Some(extent) = extent {
        database.execute(
            "UPDATE gpkg_contents SET min_x = ?2, min_y = ?3, max_x = ?4, max_y = ?5 WHERE table_name = ?1",
            params![layer.name, extent.west, extent.south, extent.east, extent.north],
        )?;
    }
    database.execute_batch(&triggers(layer.name, &index_of(layer)))
}

/// As annex F.3 has them, word for word but for the names.
fn triggers(table: &str, index: &str) -> String {
    let is_there =
        |row: &str| format!("({row}.{GEOMETRY} NOTNULL AND NOT ST_IsEmpty({row}.{GEOMETRY}))");
    let is_nowhere = format!("(NEW.{GEOMETRY} ISNULL OR ST_IsEmpty(NEW.{GEOMETRY}))");
    let take = format!(
        "INSERT OR REPLACE INTO {index} VALUES (NEW.fid, ST_MinX(NEW.{GEOMETRY}), ST_MaxX(NEW.{GEOMETRY}), \
         ST_MinY(NEW.{GEOMETRY}), ST_MaxY(NEW.{GEOMETRY}));"
    );
    let new_is_there = is_there("NEW");
    let forget = format!("DELETE FROM {index} WHERE id = OLD.fid;");
    let forget_both = format!("DELETE FROM {index} WHERE id IN (OLD.fid, NEW.fid);");
    format!(
        "CREATE TRIGGER {index}_insert AFTER INSERT ON {table} WHEN {new_is_there} BEGIN {take} END;
         CREATE TRIGGER {index}_update1 AFTER UPDATE OF {GEOMETRY} ON {table}
           WHEN OLD.fid = NEW.fid AND {new_is_there} BEGIN {take} END;
         CREATE TRIGGER {index}_update2 AFTER UPDATE OF {GEOMETRY} ON {table}
           WHEN OLD.fid = NEW.fid AND {is_nowhere} BEGIN {forget} END;
         CREATE TRIGGER {index}_update3 AFTER UPDATE ON {table}
           WHEN OLD.fid != NEW.fid AND {new_is_there} BEGIN {forget} {take} END;
         CREATE TRIGGER {index}_update4 AFTER UPDATE ON {table}
           WHEN OLD.fid != NEW.fid AND {is_nowhere} BEGIN {forget_both} END;
         CREATE TRIGGER {index}_delete AFTER DELETE ON {table}
           WHEN OLD.{GEOMETRY} NOT NULL BEGIN {forget} END;"
    )
}

/// How the layer looks when it is opened.
pub(super) fn add_look(
    database: &Connection,
    layer: &Layer<'_>,
    look: &str,
    language: Language,
) -> rusqlite::Result<()> {
    database.execute(
        "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML, \
         styleSLD, useAsDefault, description, owner, ui, update_time) \
         VALUES ('', '', ?1, ?2, ?1, ?3, '', 1, ?4, '', NULL, ?5)",
        params![layer.name, GEOMETRY, look, layer.title.get(language), NO_TIME],
    )?;
    Ok(())
}
