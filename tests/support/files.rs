//! Files in the formats of GIS and spreadsheets, drawn for tests.

use std::io::{Cursor, Write};

use encoding_rs::Encoding;
use rust_xlsxwriter::Workbook;
use shapefile::ShapeWriter;
use shapefile::record::EsriShape;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A column of an attribute table: name, type (`C`, `N`), width.
pub(crate) type DbfField<'a> = (&'a str, u8, u8);

/// An attribute table: dBASE III with its text in an encoding. Names longer than ten bytes are cut, as GIS cut them.
pub(crate) fn dbf(
    encoding: &'static Encoding,
    fields: &[DbfField<'_>],
    rows: &[&[&str]],
) -> Vec<u8> {
    let widths: usize = fields.iter().map(|(_, _, width)| usize::from(*width)).sum();
    let header = 32 + 32 * fields.len() + 1;
    let mut bytes = vec![0x03, 124, 1, 1];
    bytes.extend((rows.len() as u32).to_le_bytes());
    bytes.extend((header as u16).to_le_bytes());
    bytes.extend((widths as u16 + 1).to_le_bytes());
    bytes.resize(32, 0);
    for (name, kind, width) in fields {
        let (name, ..) = encoding.encode(name);
        let mut field = [0; 32];
        let length = name.len().min(10);
        field[..length].copy_from_slice(&name[..length]);
        field[11] = *kind;
        field[16] = *width;
        bytes.extend(field);
    }
    bytes.push(0x0D);
    for row in rows {
        bytes.push(b' ');
        for (cell, (_, kind, width)) in row.iter().zip(fields) {
            let (text, ..) = encoding.encode(cell);
            let width = usize::from(*width);
            assert!(text.len() <= width, "{cell} is wider than {width}");
            let padding = vec![b' '; width - text.len()];
            if *kind == b'C' {
                bytes.extend(&*text);
                bytes.extend(padding);
            } else {
                bytes.extend(padding);
                bytes.extend(&*text);
            }
        }
    }
    bytes.push(0x1A);
    bytes
}

/// A Shapefile's main file.
pub(crate) fn shp<S: EsriShape>(shapes: &[S]) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    let mut writer = ShapeWriter::new(&mut file);
    for shape in shapes {
        writer.write_shape(shape).expect("a shape");
    }
    writer.finalize().expect("a file in memory");
    drop(writer);
    file.into_inner()
}

/// A spreadsheet of one sheet; cells that are numbers are written as such, those that begin with an apostrophe as text.
pub(crate) fn xlsx(rows: &[&[&str]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(*cells) {
            let written = match (cell.strip_prefix('\''), cell.parse::<f64>()) {
                (Some(text), _) => sheet.write_string(row, column, text),
                (None, Ok(number)) => sheet.write_number(row, column, number),
                (None, Err(_)) => sheet.write_string(row, column, *cell),
            };
            written.expect("a cell");
        }
    }
    book.save_to_buffer().expect("a workbook in memory")
}

/// A packed file of the entries given.
pub(crate) fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in entries {
        writer.start_file(*name, options).expect("an entry");
        writer.write_all(bytes).expect("its bytes");
    }
    writer.finish().expect("a file in memory").into_inner()
}

pub(crate) const TYPES: &str = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#;
pub(crate) const ROOT: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
pub(crate) const BOOK: &str = r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
pub(crate) const RELATIONS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;

/// A workbook of one sheet whose rows are XML.
pub(crate) fn book(rows: &str) -> Vec<u8> {
    let sheet = format!(
        r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
    );
    book_of(&sheet)
}

pub(crate) fn book_of(sheet: &str) -> Vec<u8> {
    zip(&[
        ("_rels/.rels", ROOT.as_bytes()),
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("xl/workbook.xml", BOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}
