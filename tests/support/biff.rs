//! Old workbooks, record by record: \[MS-XLS\] in a compound file.

use std::io::{Cursor, Read, Write};

use cfb::{CompoundFile, Version};

pub(crate) const WORKBOOK: &str = "/Workbook";

/// A compound file of these streams.
pub(crate) fn compound(version: Version, streams: &[(&str, &[u8])]) -> Vec<u8> {
    let file = Cursor::new(Vec::new());
    let mut file = CompoundFile::create_with_version(version, file).expect("a file");
    for (name, bytes) in streams {
        let mut stream = file.create_stream(name).expect("a stream");
        stream.write_all(bytes).expect("its bytes");
    }
    file.flush().expect("a file in memory");
    file.into_inner().into_inner()
}

/// The records of a workbook.
pub(crate) fn records_of(workbook: &[u8]) -> Vec<u8> {
    let mut file = CompoundFile::open(Cursor::new(workbook)).expect("a compound file");
    let mut bytes = Vec::new();
    let mut stream = file.open_stream(WORKBOOK).expect("its workbook");
    stream.read_to_end(&mut bytes).expect("its records");
    bytes
}

/// Where the bodies of the records of a kind begin.
pub(crate) fn bodies(stream: &[u8], kind: u16) -> Vec<usize> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some([a, b, c, d]) = stream.get(at..at + 4).and_then(|head| head.first_chunk()) {
        if u16::from_le_bytes([*a, *b]) == kind {
            found.push(at + 4);
        }
        at += 4 + usize::from(u16::from_le_bytes([*c, *d]));
    }
    found
}

/// A cell to write.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    Text(String),
    Number(f64),
}

fn record(kind: u16, body: &[u8]) -> Vec<u8> {
    let length = (body.len() as u16).to_le_bytes();
    [&kind.to_le_bytes()[..], &length, body].concat()
}

/// A text as its length in characters, and UTF-16.
fn text(text: &str) -> Vec<u8> {
    let letters: Vec<u16> = text.encode_utf16().collect();
    let mut bytes = (letters.len() as u16).to_le_bytes().to_vec();
    bytes.push(1);
    bytes.extend(letters.iter().flat_map(|letter| letter.to_le_bytes()));
    bytes
}

/// How a sheet looks beside its cells.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Looks<'a> {
    /// The rows that are hidden, from 0.
    pub(crate) hidden: &'a [u16],
    /// Cells that are merged: first and last row, first and last column.
    pub(crate) merged: &'a [[u16; 4]],
    /// The format of every number.
    pub(crate) format: Option<&'a str>,
}

impl Looks<'_> {
    fn globals(&self) -> Vec<u8> {
        let Some(code) = self.format else {
            return Vec::new();
        };
        let mut format = 164u16.to_le_bytes().to_vec();
        format.extend((code.len() as u16).to_le_bytes());
        format.push(0);
        format.extend(code.as_bytes());
        let mut stream = record(0x041E, &format);
        // Cells are of kind 15.
        for kind in 0..16u16 {
            let number = if kind == 15 { 164u16 } else { 0 };
            let mut body = vec![0; 20];
            body[2..4].copy_from_slice(&number.to_le_bytes());
            stream.extend(record(0x00E0, &body));
        }
        stream
    }

    fn of_sheet(&self) -> Vec<u8> {
        let mut stream = Vec::new();
        for row in self.hidden {
            let mut body = vec![0; 16];
            body[..2].copy_from_slice(&row.to_le_bytes());
            body[12] = 0x20;
            stream.extend(record(0x0208, &body));
        }
        if !self.merged.is_empty() {
            let mut body = (self.merged.len() as u16).to_le_bytes().to_vec();
            body.extend(self.merged.iter().flatten().flat_map(|at| at.to_le_bytes()));
            stream.extend(record(0x00E5, &body));
        }
        stream
    }
}

fn sheet(rows: &[Vec<Cell>], looks: Looks<'_>) -> Vec<u8> {
    let mut stream = record(0x0809, &[0, 6, 0x10, 0, 0, 0, 0, 0]);
    stream.extend(looks.of_sheet());
    for (row, cells) in (0u16..).zip(rows) {
        for (column, cell) in (0u16..).zip(cells) {
            let mut body = [row, column, 15].map(u16::to_le_bytes).concat();
            let kind = match cell {
                Cell::Text(words) => {
                    body.extend(text(words));
                    0x0204
                }
                Cell::Number(number) => {
                    body.extend(number.to_le_bytes());
                    0x0203
                }
            };
            stream.extend(record(kind, &body));
        }
    }
    stream.extend(record(0x000A, &[]));
    stream
}

/// A workbook of one sheet.
pub(crate) fn xls(rows: &[Vec<Cell>]) -> Vec<u8> {
    xls_that_looks(rows, Looks::default())
}

/// A workbook of one sheet that looks so.
pub(crate) fn xls_that_looks(rows: &[Vec<Cell>], looks: Looks<'_>) -> Vec<u8> {
    let globals = |position: usize| {
        let mut listed = (position as u32).to_le_bytes().to_vec();
        listed.extend([0, 0, 1, 0, b'S']);
        [
            record(0x0809, &[0, 6, 5, 0, 0, 0, 0, 0]),
            record(0x0042, &1200u16.to_le_bytes()),
            looks.globals(),
            record(0x0085, &listed),
            record(0x000A, &[]),
        ]
        .concat()
    };
    let stream = [globals(globals(0).len()), sheet(rows, looks)].concat();
    compound(Version::V3, &[(WORKBOOK, &stream)])
}
