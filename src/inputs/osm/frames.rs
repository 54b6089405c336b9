//! The frames of a PBF file: where each blob lies, what it holds, and its bytes unpacked to exactly the size it claims.
//!
//! The framing and the unpacking are checked here because `osmpbf` trusts a blob's claimed size and takes a file that
//! breaks off inside a frame's first bytes for a whole one; the blocks inside are parsed by `osmpbf`.
//!
//! # Source
//! <https://wiki.openstreetmap.org/wiki/PBF_Format>: big-endian header length below 64 KiB, blobs below 32 MiB.

use std::io::Read;
use std::ops::Range;

use flate2::bufread::ZlibDecoder;
use osmpbf::{BlobReader, PrimitiveBlock};

use crate::inputs::{InputError, Source};
use crate::parallel;

const MAX_HEADER_BYTES: usize = 64 * 1024;
const MAX_BLOB_BYTES: usize = 32 * 1024 * 1024;
/// What a reader must understand to read a file, as far as this one does.
const KNOWN_FEATURES: &[&str] = &["OsmSchema-V0.6", "DenseNodes"];

/// One blob of a file.
#[derive(Clone, Debug)]
struct Frame {
    /// Where its header begins.
    offset: usize,
    /// The bytes of the blob message.
    blob: Range<usize>,
}

/// An OpenStreetMap file whose frames are sound, ready to be swept.
#[derive(Debug)]
pub struct OsmFile<'a> {
    source: &'a Source,
    data: Vec<Frame>,
}

impl<'a> OsmFile<'a> {
    /// Walks the frames and reads the header block.
    ///
    /// # Errors
    /// [`InputError::Malformed`], naming blob and byte, for a file that breaks off, whose sizes are impossible, that does
    /// not begin with an `OSMHeader`, or that needs features that are not known here.
    pub fn open(source: &'a Source) -> Result<Self, InputError> {
        let mut data = Vec::new();
        let mut offset = 0;
        let mut number = 0;
        while offset < source.bytes().len() {
            let (kind, frame) = next_frame(source, offset, number)?;
            offset = frame.blob.end;
            match (number, kind.as_slice()) {
                (0, b"OSMHeader") => check_header(source, &frame)?,
                (0, _) => {
                    return Err(broken(
                        source,
                        0,
                        0,
                        "does not begin with an OSMHeader; is this an .osm.pbf?",
                    ));
                }
                (_, b"OSMData") => data.push(frame),
                // Blobs of unknown kinds are to be passed over.
                _ => {}
            }
            number += 1;
        }
        Ok(Self { source, data })
    }

    /// The file.
    #[must_use]
    pub fn source(&self) -> &'a Source {
        self.source
    }

    /// Decodes every data block, in parallel, and maps it; the results come in file order.
    ///
    /// # Errors
    /// [`InputError::Malformed`] for the first block that cannot be decoded.
    pub(super) fn map_blocks<R: Send>(
        &self,
        f: impl Fn(&PrimitiveBlock) -> R + Sync + Send,
    ) -> Result<Vec<R>, InputError> {
        let results = parallel::map_with(
            self.data.len(),
            1,
            || (),
            |(), index| {
                let frame = &self.data[index];
                decode(self.source, frame, index + 1).map(|block| f(&block))
            },
        );
        results.into_iter().collect()
    }
}

fn broken(source: &Source, number: usize, offset: usize, reason: impl Into<String>) -> InputError {
    source.malformed(format!("blob {} at byte {offset}", number + 1), reason)
}

/// Reads the frame at an offset: its kind and where its blob lies.
fn next_frame(
    source: &Source,
    offset: usize,
    number: usize,
) -> Result<(Vec<u8>, Frame), InputError> {
    let bytes = &source.bytes()[offset..];
    let truncated = || {
        broken(
            source,
            number,
            offset,
            "the file breaks off here; get it again",
        )
    };
    let length = bytes
        .first_chunk::<4>()
        .map(|length| u32::from_be_bytes(*length) as usize);
    let length = length.ok_or_else(truncated)?;
    if length > MAX_HEADER_BYTES {
        let reason = format!("a blob header of {length} bytes is impossible; is this an .osm.pbf?");
        return Err(broken(source, number, offset, reason));
    }
    let header = bytes.get(4..4 + length).ok_or_else(truncated)?;
    let unreadable = || broken(source, number, offset, "the blob header cannot be read");
    let (mut kind, mut size) = (None, None);
    for field in Fields(header) {
        match field.ok_or_else(unreadable)? {
            (1, Value::Bytes(name)) => kind = Some(name.to_vec()),
            (3, Value::Number(bytes)) => size = usize::try_from(bytes).ok(),
            _ => {}
        }
    }
    let (Some(kind), Some(size)) = (kind, size) else {
        return Err(unreadable());
    };
    if size > MAX_BLOB_BYTES {
        return Err(broken(
            source,
            number,
            offset,
            format!("a blob of {size} bytes is above the format's 32 MiB"),
        ));
    }
    let start = offset + 4 + length;
    if source.bytes().len() - start < size {
        return Err(truncated());
    }
    Ok((
        kind,
        Frame {
            offset,
            blob: start..start + size,
        },
    ))
}

/// Unpacks a blob to exactly the size that it claims.
fn unpack(source: &Source, frame: &Frame, number: usize) -> Result<Vec<u8>, InputError> {
    let error = |reason: String| broken(source, number, frame.offset, reason);
    let (mut raw, mut zlib, mut claimed) = (None, None, None);
    for field in Fields(&source.bytes()[frame.blob.clone()]) {
        match field.ok_or_else(|| error("the blob cannot be read".to_owned()))? {
            (1, Value::Bytes(bytes)) => raw = Some(bytes),
            (2, Value::Number(size)) => claimed = Some(size),
            (3, Value::Bytes(bytes)) => zlib = Some(bytes),
            (4..=7, Value::Bytes(_)) => {
                return Err(error(
                    "packed by another method than zlib; pack the file anew (osmium cat -f pbf)"
                        .into(),
                ));
            }
            _ => {}
        }
    }
    if let Some(raw) = raw {
        return Ok(raw.to_vec());
    }
    let (Some(zlib), Some(claimed)) = (zlib, claimed) else {
        return Err(error("the blob holds no data".to_owned()));
    };
    if claimed > MAX_BLOB_BYTES as u64 {
        return Err(error(format!(
            "claims to unpack to {claimed} bytes, above the format's 32 MiB"
        )));
    }
    let mut unpacked = Vec::new();
    let mut reader = ZlibDecoder::new(zlib).take(claimed + 1);
    reader
        .read_to_end(&mut unpacked)
        .map_err(|reason| error(format!("cannot be unpacked: {reason}")))?;
    if unpacked.len() as u64 == claimed {
        Ok(unpacked)
    } else {
        let found = if unpacked.len() as u64 > claimed {
            "more".into()
        } else {
            unpacked.len().to_string()
        };
        Err(error(format!(
            "claims to unpack to {claimed} bytes and unpacks to {found}"
        )))
    }
}

/// Rebuilds the frame around unpacked bytes and hands it to `osmpbf`.
fn parse<R>(
    kind: &str,
    data: &[u8],
    take: impl FnOnce(&osmpbf::Blob) -> osmpbf::Result<R>,
) -> Result<R, String> {
    let mut blob = Vec::with_capacity(data.len() + 16);
    push_field(&mut blob, 1, data);
    let mut header = Vec::new();
    push_field(&mut header, 1, kind.as_bytes());
    header.push(3 << 3);
    push_varint(&mut header, blob.len() as u64);
    let mut frame = (header.len() as u32).to_be_bytes().to_vec();
    frame.extend(header);
    frame.extend(blob);
    let blob = BlobReader::new(frame.as_slice()).next().ok_or("no blob")?;
    blob.and_then(|blob| take(&blob))
        .map_err(|reason| format!("cannot be read: {reason}"))
}

fn decode(source: &Source, frame: &Frame, number: usize) -> Result<PrimitiveBlock, InputError> {
    let data = unpack(source, frame, number)?;
    parse("OSMData", &data, osmpbf::Blob::to_primitiveblock)
        .map_err(|reason| broken(source, number, frame.offset, reason))
}

fn check_header(source: &Source, frame: &Frame) -> Result<(), InputError> {
    let data = unpack(source, frame, 0)?;
    let header = parse("OSMHeader", &data, osmpbf::Blob::to_headerblock);
    let header = header.map_err(|reason| broken(source, 0, frame.offset, reason))?;
    match header
        .required_features()
        .iter()
        .find(|feature| !KNOWN_FEATURES.contains(&feature.as_str()))
    {
        Some(feature) => {
            let reason = format!(
                "needs \"{feature}\", which is not read here; use an extract of current data"
            );
            Err(broken(source, 0, frame.offset, reason))
        }
        None => Ok(()),
    }
}

fn push_field(message: &mut Vec<u8>, field: u8, bytes: &[u8]) {
    message.push(field << 3 | 2);
    push_varint(message, bytes.len() as u64);
    message.extend_from_slice(bytes);
}

fn push_varint(message: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        message.push(number as u8 | 0x80);
        number >>= 7;
    }
    message.push(number as u8);
}

/// The fields of a protobuf message, `None` where it cannot be read further.
struct Fields<'a>(&'a [u8]);

enum Value<'a> {
    Number(u64),
    Bytes(&'a [u8]),
    Other,
}

impl<'a> Fields<'a> {
    fn varint(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.take(1)?[0];
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn field(&mut self) -> Option<(u64, Value<'a>)> {
        let key = self.varint()?;
        let value = match key & 7 {
            0 => Value::Number(self.varint()?),
            1 => self.take(8).map(|_| Value::Other)?,
            2 => {
                let length = usize::try_from(self.varint()?).ok()?;
                Value::Bytes(self.take(length)?)
            }
            5 => self.take(4).map(|_| Value::Other)?,
            _ => return None,
        };
        Some((key >> 3, value))
    }
}

impl<'a> Iterator for Fields<'a> {
    type Item = Option<(u64, Value<'a>)>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let field = self.field();
        if field.is_none() {
            self.0 = &[];
        }
        Some(field)
    }
}
