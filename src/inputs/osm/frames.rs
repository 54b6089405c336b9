//! The frames of a PBF file: where each blob lies, what it holds, and its bytes unpacked to exactly the size it claims.
//!
//! # Source
//! <https://wiki.openstreetmap.org/wiki/PBF_Format>: big-endian header length below 64 KiB, blobs below 32 MiB.

use std::borrow::Cow;
use std::io;
use std::ops::Range;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use flate2::{Decompress, FlushDecompress, Status};
use geo_types::Coord;

use super::block::{self, Block, Kinds};
use super::fields::{Fields, Value, signed};
use crate::control::Control;
use crate::geometry::{Bounds, is_on_earth};
use crate::hours::TimeOfWeek;
use crate::inputs::{InputError, Source};
use crate::parallel;
use crate::text::language::{InLanguage, Words, words};

const MAX_HEADER_BYTES: usize = 64 * 1024;
const MAX_BLOB_BYTES: usize = 32 * 1024 * 1024;
/// What a reader must understand to read a file, as far as this one does.
const KNOWN_FEATURES: &[&str] = &["OsmSchema-V0.6", "DenseNodes"];
/// The most that the blobs of a file may claim to unpack to together: this much in any case, some hundredths of a second's
/// work, ...
const MAX_CLAIMED_BYTES: u64 = 16 * 1024 * 1024;
/// ... and in larger files this many times the file. Maps unpack to two to ten times their size; zlib goes to 1,000.
const MAX_CLAIMED_RATIO: u64 = 64;
/// How many unpacked bytes of a file are kept for the next sweep; what lies behind them in the file is unpacked anew. A
/// city's are below it.
const MAX_KEPT_BYTES: u64 = 256 * 1024 * 1024;

/// One blob of a file.
#[derive(Clone, Debug)]
struct Frame {
    /// Its number in the file, from 0.
    number: usize,
    /// Where its header begins.
    offset: usize,
    /// The bytes of the blob message.
    blob: Range<usize>,
    /// What it holds, once a sweep has seen it: later sweeps for other objects need not unpack it.
    kinds: OnceLock<Kinds>,
    /// Its unpacked bytes, where they are kept: then they are those of the first sweep.
    kept: Option<OnceLock<Vec<u8>>>,
}

/// What a file's header says of its data.
#[derive(Clone, Debug, Default)]
struct Header {
    origin: Option<String>,
    extent: Option<Bounds>,
}

/// An OpenStreetMap file whose frames are sound, ready to be swept.
#[derive(Debug)]
pub struct OsmFile<'a> {
    source: &'a Source,
    control: Control<'a>,
    /// When ways and gates are asked whether they are open.
    at: TimeOfWeek,
    header: Header,
    data: Vec<Frame>,
    /// What its blobs claim to unpack to, in bytes.
    claimed: u64,
}

impl<'a> OsmFile<'a> {
    /// Walks the frames and reads the header block.
    ///
    /// # Errors
    /// [`InputError::Empty`]; [`InputError::Malformed`], naming blob and byte, for a file that breaks off, whose sizes are impossible, that does
    /// not begin with an `OSMHeader`, or that needs features that are not known here.
    pub fn open(source: &'a Source) -> Result<Self, InputError> {
        source.check_not_empty(Words::new("OpenStreetMap data", "OpenStreetMap 数据"))?;
        let (mut data, mut header) = (Vec::new(), Header::default());
        let (mut offset, mut number, mut claimed) = (0, 0, 0);
        let bytes = source.bytes().len();
        let max_claimed = MAX_CLAIMED_BYTES.max(MAX_CLAIMED_RATIO * bytes as u64);
        while offset < bytes {
            let (kind, frame) = next_frame(source, offset, number)?;
            offset = frame.blob.end;
            match (number, kind.as_slice()) {
                (0, b"OSMHeader") => header = read_header(source, &frame)?,
                (0, _) => {
                    let reason = words!(
                        "does not begin with an OSMHeader; is this an .osm.pbf?",
                        "文件不以 OSMHeader 开头；这是 .osm.pbf 吗？"
                    );
                    return Err(broken(source, 0, 0, reason));
                }
                (_, b"OSMData") => {
                    let error = |reason| broken(source, number, frame.offset, reason);
                    let packing = packing(source, &frame).map_err(error)?;
                    claimed += packing.claimed();
                    if claimed > max_claimed {
                        return Err(error(words!(
                            "the blobs up to here claim to unpack to {claimed} bytes, more than {max_claimed}; no map is packed like that",
                            "至此各数据块声明解压后共 {claimed} 字节，超过 {max_claimed}；正常地图不会如此"
                        )));
                    }
                    let is_kept = packing.is_packed() && claimed <= MAX_KEPT_BYTES;
                    data.push(Frame {
                        kept: is_kept.then(OnceLock::new),
                        ..frame
                    });
                }
                // Blobs of unknown kinds are to be passed over.
                _ => {}
            }
            number += 1;
        }
        Ok(Self {
            source,
            control: Control::default(),
            at: TimeOfWeek::WEEKDAY,
            header,
            data,
            claimed,
        })
    }

    /// The same file, whose sweeps stop where their caller says so, as if it could not be read on.
    #[must_use]
    pub(crate) fn watched(self, control: Control<'a>) -> Self {
        Self { control, ..self }
    }

    /// The same file, whose ways and gates are asked at a time of the week whether they are open.
    #[must_use]
    pub(crate) fn asked_at(self, at: TimeOfWeek) -> Self {
        Self { at, ..self }
    }

    /// When its ways and gates are asked whether they are open.
    pub(super) fn at(&self) -> TimeOfWeek {
        self.at
    }

    /// What its blobs claim to unpack to, in bytes: no blob gives more.
    #[must_use]
    pub(crate) fn unpacked_bytes(&self) -> u64 {
        self.claimed
    }

    /// Where its data come from, where its header says so.
    #[must_use]
    pub(crate) fn origin(&self) -> Option<&str> {
        self.header.origin.as_deref()
    }

    /// The box that its data are of, where its header says so.
    #[must_use]
    pub(crate) fn extent(&self) -> Option<Bounds> {
        self.header.extent
    }

    /// The file.
    #[must_use]
    pub(crate) fn source(&self) -> &'a Source {
        self.source
    }

    /// Reads every block that holds objects of these kinds, in parallel, and maps it; the results come in file order.
    ///
    /// # Errors
    /// [`InputError::Malformed`] for the first block that cannot be read; [`InputError::Read`] where it is to stop.
    pub(super) fn map_blocks<R: Send>(
        &self,
        kinds: Kinds,
        f: impl Fn(&Block<'_>) -> R + Sync + Send,
    ) -> Result<Vec<R>, InputError> {
        // Blocks behind one that failed are passed over. The first that fails never is, so the error is always the same.
        let failed = AtomicUsize::new(usize::MAX);
        let results = parallel::map(&self.data, 1, |frame| {
            let go_on = self.control.check();
            go_on.map_err(|cancelled| self.source.unread(io::Error::other(cancelled)))?;
            let known = frame.kinds.get();
            let is_needless = known.is_some_and(|known| !known.meets(kinds));
            if is_needless || frame.number > failed.load(Ordering::Relaxed) {
                return Ok(None);
            }
            let result = with_block(self.source, frame, kinds, &f);
            if result.is_err() {
                failed.fetch_min(frame.number, Ordering::Relaxed);
            }
            result
        });
        results.into_iter().filter_map(Result::transpose).collect()
    }
}

fn broken(source: &Source, number: usize, offset: usize, reason: Words) -> InputError {
    let number = number + 1;
    let place = words!(
        "blob {number} at byte {offset}",
        "第 {number} 个数据块（自第 {offset} 字节起）"
    );
    source.malformed(place, reason)
}

/// What a blob's header says: which kind of blob, and its size. `None` where it cannot be read.
fn kind_and_size(header: &[u8]) -> Option<(Vec<u8>, usize)> {
    let (mut kind, mut size) = (None, None);
    for field in Fields(header) {
        match field? {
            (1, Value::Bytes(name)) => kind = Some(name.to_vec()),
            (3, Value::Number(bytes)) => size = usize::try_from(bytes).ok(),
            _ => {}
        }
    }
    kind.zip(size)
}

/// Reads the frame at an offset: its kind and where its blob lies.
fn next_frame(
    source: &Source,
    offset: usize,
    number: usize,
) -> Result<(Vec<u8>, Frame), InputError> {
    let bytes = &source.bytes()[offset..];
    let truncated = || {
        let reason = words!(
            "the file breaks off here; get it again",
            "文件在此处中断；请重新获取"
        );
        broken(source, number, offset, reason)
    };
    let length = bytes
        .first_chunk::<4>()
        .map(|length| u32::from_be_bytes(*length) as usize);
    let length = length.ok_or_else(truncated)?;
    if length >= MAX_HEADER_BYTES {
        let reason = words!(
            "a blob header of {length} bytes is impossible; is this an .osm.pbf?",
            "数据块头不可能有 {length} 字节；这是 .osm.pbf 吗？"
        );
        return Err(broken(source, number, offset, reason));
    }
    let header = bytes.get(4..4 + length).ok_or_else(truncated)?;
    let (kind, size) = kind_and_size(header).ok_or_else(|| {
        let reason = words!("the blob header cannot be read", "数据块头无法读取");
        broken(source, number, offset, reason)
    })?;
    if size > MAX_BLOB_BYTES {
        let reason = words!(
            "a blob of {size} bytes is above the format's 32 MiB",
            "数据块有 {size} 字节，超过格式上限 32 MiB"
        );
        return Err(broken(source, number, offset, reason));
    }
    let start = offset + 4 + length;
    if source.bytes().len() - start < size {
        return Err(truncated());
    }
    Ok((
        kind,
        Frame {
            number,
            offset,
            blob: start..start + size,
            kinds: OnceLock::new(),
            kept: None,
        },
    ))
}

/// How a blob's data is packed, and the size that it claims.
enum Packing<'a> {
    Raw(&'a [u8]),
    Zlib(&'a [u8], u64),
}

impl Packing<'_> {
    /// The size of the data, as claimed where it is packed.
    fn claimed(&self) -> u64 {
        match self {
            Packing::Raw(raw) => raw.len() as u64,
            Packing::Zlib(_, claimed) => *claimed,
        }
    }

    fn is_packed(&self) -> bool {
        matches!(self, Packing::Zlib(..))
    }
}

fn packing<'a>(source: &'a Source, frame: &Frame) -> Result<Packing<'a>, Words> {
    let (mut raw, mut zlib, mut claimed) = (None, None, None);
    for field in Fields(&source.bytes()[frame.blob.clone()]) {
        match field.ok_or_else(|| words!("the blob cannot be read", "数据块无法读取"))? {
            (1, Value::Bytes(bytes)) => raw = Some(bytes),
            (2, Value::Number(size)) => claimed = Some(size),
            (3, Value::Bytes(bytes)) => zlib = Some(bytes),
            (4..=7, Value::Bytes(_)) => {
                return Err(words!(
                    "packed by another method than zlib; pack the file anew (osmium cat -f pbf)",
                    "压缩方式不是 zlib；请重新打包（osmium cat -f pbf）"
                ));
            }
            _ => {}
        }
    }
    match (raw, zlib, claimed) {
        (Some(raw), _, Some(claimed)) if claimed != raw.len() as u64 => {
            Err(lie(claimed, &Words::same(raw.len().to_string())))
        }
        (Some(raw), ..) => Ok(Packing::Raw(raw)),
        (None, Some(_), Some(claimed)) if claimed > MAX_BLOB_BYTES as u64 => Err(words!(
            "claims to unpack to {claimed} bytes, above the format's 32 MiB",
            "声明解压后有 {claimed} 字节，超过格式上限 32 MiB"
        )),
        (None, Some(zlib), Some(claimed)) => Ok(Packing::Zlib(zlib, claimed)),
        _ => Err(words!("the blob holds no data", "数据块没有内容")),
    }
}

fn lie(claimed: u64, found: &Words) -> Words {
    let found_zh = found.zh();
    words!(
        "claims to unpack to {claimed} bytes and unpacks to {found}",
        "声明解压后有 {claimed} 字节，实际为 {found_zh}"
    )
}

/// Unpacks a blob to exactly the size that it claims, and never to more than a byte above it.
fn unpack<'a>(source: &'a Source, frame: &Frame) -> Result<Cow<'a, [u8]>, Words> {
    let (zlib, claimed) = match packing(source, frame)? {
        Packing::Raw(raw) => return Ok(Cow::Borrowed(raw)),
        Packing::Zlib(zlib, claimed) => (zlib, claimed),
    };
    // One byte more than claimed shows a lie.
    let mut data = vec![0; claimed as usize + 1];
    let mut stream = Decompress::new(true);
    let status = stream
        .decompress(zlib, &mut data, FlushDecompress::Finish)
        .map_err(|reason| words!("cannot be unpacked: {reason}", "无法解压（{reason}）"))?;
    let found = stream.total_out();
    if found > claimed {
        return Err(lie(claimed, &Words::new("more", "更多")));
    }
    if status != Status::StreamEnd {
        return Err(words!(
            "cannot be unpacked: the data break off",
            "无法解压（数据中断）"
        ));
    }
    if found < claimed {
        return Err(lie(claimed, &Words::same(found.to_string())));
    }
    data.truncate(found as usize);
    Ok(Cow::Owned(data))
}

/// Reads the block of a frame and maps it; `None` when it holds nothing of these kinds.
fn with_block<R>(
    source: &Source,
    frame: &Frame,
    kinds: Kinds,
    f: impl Fn(&Block<'_>) -> R,
) -> Result<Option<R>, InputError> {
    let read = |data: &[u8]| {
        let held = if let Some(held) = frame.kinds.get() {
            *held
        } else {
            let held = block::check(data)?;
            *frame.kinds.get_or_init(|| held)
        };
        Ok(held.meets(kinds).then(|| f(&Block::new(data))))
    };
    let result = match frame.kept.as_ref().and_then(OnceLock::get) {
        Some(kept) => read(kept),
        None => unpack(source, frame).and_then(|data| {
            let result = read(&data);
            if let (Some(kept), Cow::Owned(data)) = (&frame.kept, data) {
                kept.get_or_init(|| data);
            }
            result
        }),
    };
    result.map_err(|reason| broken(source, frame.number, frame.offset, reason))
}

/// Checks the header, and answers with what it says of the data.
fn read_header(source: &Source, frame: &Frame) -> Result<Header, InputError> {
    let unreadable = || words!("the header block cannot be read", "文件头内容无法读取");
    let read = || {
        let mut header = Header::default();
        for field in Fields(&unpack(source, frame)?) {
            let (field, Value::Bytes(text)) = field.ok_or_else(unreadable)? else {
                continue;
            };
            if field == 1 {
                header.extent = extent(text);
                continue;
            }
            match (field, std::str::from_utf8(text)) {
                (4, Ok(feature)) if KNOWN_FEATURES.contains(&feature) => {}
                (4, Ok(feature)) => {
                    return Err(words!(
                        "needs \"{feature}\", which is not read here; use an extract of current data",
                        "需要“{feature}”功能，本程序不支持；请使用现势数据的提取文件"
                    ));
                }
                (17, Ok(text)) => header.origin = Some(text.to_owned()),
                (4 | 17, Err(_)) => return Err(unreadable()),
                _ => {}
            }
        }
        Ok(header)
    };
    read().map_err(|reason: Words| broken(source, frame.number, frame.offset, reason))
}

/// A header's box, written as 10⁻⁹ degrees: left, right, top, bottom. `None` for one that is no box on the earth.
fn extent(message: &[u8]) -> Option<Bounds> {
    let mut sides = [None; 4];
    for field in Fields(message) {
        if let (field @ 1..=4, Value::Number(side)) = field? {
            sides[field as usize - 1] = Some(signed(side) as f64 / 1e9);
        }
    }
    let [left, right, top, bottom] = sides;
    let (min, max) = (
        Coord {
            x: left?,
            y: bottom?,
        },
        Coord { x: right?, y: top? },
    );
    let is_box = is_on_earth(min) && is_on_earth(max) && min.x < max.x && min.y < max.y;
    is_box.then_some(Bounds { min, max })
}

#[cfg(test)]
#[path = "frames_tests.rs"]
mod tests;
