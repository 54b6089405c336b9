//! How long the records of a file are, before any of them is read.

use std::io::{self, Read};

use crate::inputs::{Format, Request, Source};

/// What a byte of a record takes while it is read, and a vertex.
pub(super) const RECORD_BYTE: f64 = 4.0;
pub(super) const RECORD_VERTEX: f64 = 110.0;
/// Bytes that are looked at together.
const CHUNK_BYTES: usize = 1 << 16;
/// What stands before the first record of a Shapefile, and before each.
const SHAPEFILE_HEADER: u64 = 100;
const RECORD_HEADER: usize = 8;
/// A vertex in a Shapefile: two numbers.
const VERTEX_BYTES: u64 = 16;

/// A row or feature: its bytes, and about how many vertices it has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) bytes: u64,
    pub(super) vertices: u64,
}

impl Record {
    /// The one that takes more memory while it is read.
    fn heavier(self, other: Self) -> Self {
        let weight = |record: Self| {
            record.bytes as f64 * RECORD_BYTE + record.vertices as f64 * RECORD_VERTEX
        };
        if weight(other) > weight(self) {
            other
        } else {
            self
        }
    }
}

/// The record of a request's files that takes most memory while it is read: it is there as a whole.
pub(super) fn heaviest_record(request: &Request) -> Record {
    // A file that cannot be read is refused when it is read.
    let of_file = |source: &Source| heaviest(source).unwrap_or_default();
    // What a vertex of the network takes is counted with the network.
    let of_network = Record {
        vertices: 0,
        ..of_file(&request.network.source)
    };
    request
        .files()
        .map(of_file)
        .fold(of_network, Record::heavier)
}

fn heaviest(source: &Source) -> io::Result<Record> {
    match source.format() {
        Some(Format::GeoJson) => {
            let mut features = Features::default();
            each_chunk(source, |bytes| features.look(bytes))?;
            Ok(features.heaviest())
        }
        Some(Format::Csv) => {
            let mut rows = Rows::default();
            each_chunk(source, |bytes| rows.look(bytes))?;
            let bytes = rows.longest.max(rows.row);
            Ok(Record { bytes, vertices: 0 })
        }
        Some(Format::Shapefile) => of_shapefile(source),
        _ => Ok(Record::default()),
    }
}

fn each_chunk(source: &Source, mut look: impl FnMut(&[u8])) -> io::Result<()> {
    let mut text = source.reader()?;
    let mut chunk = vec![0; CHUNK_BYTES];
    loop {
        let count = text.read(&mut chunk)?;
        if count == 0 {
            return Ok(());
        }
        look(&chunk[..count]);
    }
}

/// Every record of a Shapefile says how long it is, in units of two bytes.
fn of_shapefile(source: &Source) -> io::Result<Record> {
    let mut bytes = source.reader()?;
    skip(&mut bytes, SHAPEFILE_HEADER)?;
    let mut longest = 0;
    loop {
        let mut header = [0; RECORD_HEADER];
        match bytes.read_exact(&mut header) {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => break,
            read => read?,
        }
        let [_, _, _, _, a, b, c, d] = header;
        let length = 2 * u64::from(u32::from_be_bytes([a, b, c, d]));
        longest = longest.max(skip(&mut bytes, length)?);
    }
    Ok(Record {
        bytes: 0,
        vertices: longest / VERTEX_BYTES,
    })
}

/// Passes over so many bytes, or those that are left, and says how many they were.
fn skip(bytes: &mut impl Read, count: u64) -> io::Result<u64> {
    io::copy(&mut bytes.take(count), &mut io::sink())
}

/// Looks for where the objects of a GeoJSON text begin and end, without reading what stands in them.
#[derive(Default)]
struct Features {
    /// Brackets and braces that are open.
    depth: u32,
    /// Whether what is open at the second level is a list.
    is_list: bool,
    is_text: bool,
    is_escaped: bool,
    /// What is open at the outermost level, and in a list of the outermost object.
    whole: Record,
    element: Record,
    heaviest_whole: Record,
    heaviest_element: Record,
}

impl Features {
    /// A feature is an element of a list in a collection; else it is the whole text, or one of its lines.
    fn heaviest(&self) -> Record {
        if self.heaviest_element == Record::default() {
            self.heaviest_whole
        } else {
            self.heaviest_element
        }
    }

    fn look(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.whole.bytes += 1;
            self.element.bytes += 1;
            if self.is_text {
                match byte {
                    _ if self.is_escaped => self.is_escaped = false,
                    b'\\' => self.is_escaped = true,
                    b'"' => self.is_text = false,
                    _ => {}
                }
                continue;
            }
            match byte {
                b'"' => self.is_text = true,
                b'{' | b'[' => self.open(byte),
                b'}' | b']' => self.close(byte),
                _ => {}
            }
        }
    }

    fn open(&mut self, byte: u8) {
        let begun = Record {
            bytes: 1,
            vertices: 0,
        };
        match (self.depth, byte) {
            (0, _) => self.whole = begun,
            (1, _) => self.is_list = byte == b'[',
            (2, b'{') => self.element = begun,
            _ => {}
        }
        if byte == b'[' {
            // A vertex is a list.
            self.whole.vertices += 1;
            self.element.vertices += 1;
        }
        self.depth = self.depth.saturating_add(1);
    }

    fn close(&mut self, byte: u8) {
        self.depth = self.depth.saturating_sub(1);
        match (self.depth, byte) {
            (0, _) => self.heaviest_whole = self.heaviest_whole.heavier(self.whole),
            (2, b'}') if self.is_list => {
                self.heaviest_element = self.heaviest_element.heavier(self.element);
            }
            _ => {}
        }
    }
}

/// Looks for where the rows of a table end: at a line end outside of quotes, which open at the beginning of a cell.
#[derive(Default)]
struct Rows {
    at: At,
    row: u64,
    longest: u64,
}

/// Where in a row the next byte stands.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum At {
    #[default]
    CellStart,
    Cell,
    Quoted,
    /// Behind a quote in quotes: the end of the cell, or one of two that are a character.
    Quote,
}

impl Rows {
    fn look(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.row += 1;
            self.at = match (self.at, byte) {
                (At::Quoted, b'"') => At::Quote,
                (At::Quoted, _) | (At::CellStart | At::Quote, b'"') => At::Quoted,
                (_, b'\n') => {
                    self.longest = self.longest.max(self.row);
                    self.row = 0;
                    At::CellStart
                }
                (_, b',' | b';' | b'\t') => At::CellStart,
                _ => At::Cell,
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str, bytes: impl Into<Vec<u8>>) -> Record {
        heaviest(&Source::from_bytes(name, bytes.into())).expect("bytes in memory")
    }

    #[test]
    fn the_longest_feature_is_found_in_any_kind_of_file() {
        let long = r#"{"type":"Feature","properties":{"inner":{"a":1},"note":"a ] } \" \\"},"geometry":{"type":"LineString","coordinates":[[1,2],[3,4]]}}"#;
        let short = r#"{"type":"Feature","geometry":null}"#;
        let list = format!(
            r#"{{"name":["{{"],"type":"FeatureCollection","features":[{short}, {long},{short}]}}"#
        );
        let lines = format!("{short}\n{long}\n{short}");
        // Its list of coordinates, and two vertices in it.
        let expected = Record {
            bytes: long.len() as u64,
            vertices: 3,
        };
        for text in [list, lines, long.to_owned()] {
            assert_eq!(of("homes.geojson", text), expected);
        }
    }

    #[test]
    fn a_row_goes_on_behind_a_line_end_in_quotes_and_behind_no_other() {
        let longest = |text: &str| of("homes.csv", text).bytes;
        assert_eq!(longest("id,note\na,b\n"), 8);
        // The row has 15 bytes and its end.
        assert_eq!(longest("id,note\na,\"b\nc \"\"d\"\"\ne\"\n\n"), 16);
        // A quote inside a cell is a character.
        assert_eq!(longest("id,note\n5\" pipe,x\n6\" pipe,y\n"), 10);
        assert_eq!(longest("id\nthe last"), 8);
    }

    #[test]
    fn the_longest_record_of_a_shapefile_is_what_its_header_says() {
        let mut bytes = vec![0; 100];
        for words in [10u32, 40, 20] {
            bytes.extend([0, 0, 0, 1]);
            bytes.extend(words.to_be_bytes());
            bytes.extend(vec![0; 2 * words as usize]);
        }
        // 80 bytes are five pairs of numbers.
        let expected = Record {
            bytes: 0,
            vertices: 5,
        };
        assert_eq!(of("a.shp", bytes.clone()), expected);
        // One that claims more than there is has what there is: 16 bytes.
        let claims = [&[0; 104][..], &[0xff; 4], &[0; 16]].concat();
        assert_eq!(of("a.shp", claims).vertices, 1);
    }
}
