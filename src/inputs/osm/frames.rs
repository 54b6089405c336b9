//! The frames of a PBF file: where each blob lies, what it holds, and its bytes unpacked to exactly the size it claims.
//!
//! The framing and the unpacking are checked here because `osmpbf` trusts a blob's claimed size and takes a file that
//! breaks off inside a frame's first bytes for a whole one. The blocks inside are parsed by `osmpbf`, after a look at what
//! it would not survive: a relation member of unknown type (it panics), and millions of empty objects (each takes two
//! bytes in the file and two hundred in memory).
//!
//! # Source
//! <https://wiki.openstreetmap.org/wiki/PBF_Format>: big-endian header length below 64 KiB, blobs below 32 MiB.

use std::io::Read;
use std::ops::Range;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use flate2::bufread::ZlibDecoder;
use osmpbf::{BlobReader, PrimitiveBlock};

use crate::inputs::{InputError, Source};
use crate::language::{InLanguage, Words, words};
use crate::parallel;

const MAX_HEADER_BYTES: usize = 64 * 1024;
const MAX_BLOB_BYTES: usize = 32 * 1024 * 1024;
/// What a reader must understand to read a file, as far as this one does.
const KNOWN_FEATURES: &[&str] = &["OsmSchema-V0.6", "DenseNodes"];
/// The most objects that are taken from one block, dense nodes not counted. Writers put 8,000 into one (the format's
/// recommendation); this many bound its memory to 100 MB.
const MAX_OBJECTS: usize = 400_000;
/// The most strings that are taken from one block: two new ones for each object and more.
const MAX_STRINGS: usize = 1_000_000;
/// The most numbers that are taken from one block: each takes a byte or more in the file and eight in memory. Ten for each
/// object and more.
const MAX_NUMBERS: usize = 10_000_000;
/// The most that the blobs of a file may claim to unpack to together: this much in any case, some hundredths of a second's
/// work, ...
const MAX_CLAIMED_BYTES: u64 = 16 * 1024 * 1024;
/// ... and in larger files this many times the file. Maps unpack to two to ten times their size; zlib goes to 1,000.
const MAX_CLAIMED_RATIO: u64 = 64;
/// The highest member type of a relation: 0 node, 1 way, 2 relation.
const MAX_MEMBER_TYPE: u64 = 2;

/// A set of kinds of objects.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Kinds(u8);

impl Kinds {
    pub(super) const NODES: Self = Self(1);
    pub(super) const WAYS: Self = Self(2);
    pub(super) const RELATIONS: Self = Self(4);

    fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }

    fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

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
}

/// An OpenStreetMap file whose frames are sound, ready to be swept.
#[derive(Debug)]
pub struct OsmFile<'a> {
    source: &'a Source,
    origin: Option<String>,
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
        let (mut data, mut origin) = (Vec::new(), None);
        let (mut offset, mut number, mut claimed) = (0, 0, 0);
        let bytes = source.bytes().len();
        let max_claimed = MAX_CLAIMED_BYTES.max(MAX_CLAIMED_RATIO * bytes as u64);
        while offset < bytes {
            let (kind, frame) = next_frame(source, offset, number)?;
            offset = frame.blob.end;
            match (number, kind.as_slice()) {
                (0, b"OSMHeader") => origin = read_header(source, &frame)?,
                (0, _) => {
                    let reason = words!(
                        "does not begin with an OSMHeader; is this an .osm.pbf?",
                        "文件不以 OSMHeader 开头；这是 .osm.pbf 吗？"
                    );
                    return Err(broken(source, 0, 0, reason));
                }
                (_, b"OSMData") => {
                    let error = |reason| broken(source, number, frame.offset, reason);
                    claimed += packing(source, &frame).map_err(error)?.claimed();
                    if claimed > max_claimed {
                        return Err(error(words!(
                            "the blobs up to here claim to unpack to {claimed} bytes, more than {max_claimed}; no map is packed like that",
                            "至此各数据块声明解压后共 {claimed} 字节，超过 {max_claimed}；正常地图不会如此"
                        )));
                    }
                    data.push(frame);
                }
                // Blobs of unknown kinds are to be passed over.
                _ => {}
            }
            number += 1;
        }
        Ok(Self {
            source,
            origin,
            data,
            claimed,
        })
    }

    /// What its blobs claim to unpack to, in bytes: no blob gives more.
    #[must_use]
    pub fn unpacked_bytes(&self) -> u64 {
        self.claimed
    }

    /// Where its data come from, where its header says so.
    #[must_use]
    pub fn origin(&self) -> Option<&str> {
        self.origin.as_deref()
    }

    /// The file.
    #[must_use]
    pub fn source(&self) -> &'a Source {
        self.source
    }

    /// Decodes every block that holds objects of these kinds, in parallel, and maps it; the results come in file order.
    ///
    /// # Errors
    /// [`InputError::Malformed`] for the first block that cannot be decoded.
    pub(super) fn map_blocks<R: Send>(
        &self,
        kinds: Kinds,
        f: impl Fn(&PrimitiveBlock) -> R + Sync + Send,
    ) -> Result<Vec<R>, InputError> {
        // Blocks behind one that failed are passed over. The first that fails never is, so the error is always the same.
        let failed = AtomicUsize::new(usize::MAX);
        let results = parallel::map(&self.data, 1, |frame| {
            let known = frame.kinds.get();
            let is_needless = known.is_some_and(|known| !known.meets(kinds));
            if is_needless || frame.number > failed.load(Ordering::Relaxed) {
                return Ok(None);
            }
            let block = decode(self.source, frame, kinds);
            if block.is_err() {
                failed.fetch_min(frame.number, Ordering::Relaxed);
            }
            block.map(|block| block.as_ref().map(&f))
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
    let unreadable = || {
        let reason = words!("the blob header cannot be read", "数据块头无法读取");
        broken(source, number, offset, reason)
    };
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

/// A blob's data, in a frame without packing for `osmpbf`.
struct Unpacked {
    frame: Vec<u8>,
    data: Range<usize>,
}

impl Unpacked {
    /// Unpacks a blob to exactly the size that it claims, and never to more than a byte above it.
    fn new(source: &Source, frame: &Frame, kind: &str) -> Result<Self, Words> {
        match packing(source, frame)? {
            Packing::Raw(raw) => {
                let mut unpacked = Self::with_room(kind, raw.len());
                unpacked.frame.extend_from_slice(raw);
                Ok(unpacked)
            }
            Packing::Zlib(zlib, claimed) => {
                let mut unpacked = Self::with_room(kind, claimed as usize);
                let found = ZlibDecoder::new(zlib)
                    .take(claimed + 1)
                    .read_to_end(&mut unpacked.frame)
                    .map_err(|reason| {
                        words!("cannot be unpacked: {reason}", "无法解压（{reason}）")
                    })?;
                match found as u64 {
                    found if found == claimed => Ok(unpacked),
                    found if found > claimed => Err(lie(claimed, &Words::new("more", "更多"))),
                    found => Err(lie(claimed, &Words::same(found.to_string()))),
                }
            }
        }
    }

    /// A frame up to the data, which is to follow.
    fn with_room(kind: &str, size: usize) -> Self {
        let mut blob = vec![field_key(1)];
        push_varint(&mut blob, size as u64);
        let mut header = vec![field_key(1)];
        push_varint(&mut header, kind.len() as u64);
        header.extend_from_slice(kind.as_bytes());
        header.push(3 << 3);
        push_varint(&mut header, (blob.len() + size) as u64);
        let start = 4 + header.len() + blob.len();
        // One byte more than claimed shows a lie without growing.
        let mut frame = Vec::with_capacity(start + size + 1);
        frame.extend((header.len() as u32).to_be_bytes());
        frame.extend(header);
        frame.extend(blob);
        Self {
            frame,
            data: start..start + size,
        }
    }

    fn data(&self) -> &[u8] {
        &self.frame[self.data.clone()]
    }

    /// Hands the frame to `osmpbf`.
    fn parse<R>(self, take: impl FnOnce(&osmpbf::Blob) -> osmpbf::Result<R>) -> Result<R, Words> {
        let blob = BlobReader::new(self.frame.as_slice())
            .next()
            .ok_or_else(|| words!("no blob", "没有数据块"))?;
        drop(self);
        blob.and_then(|blob| take(&blob))
            .map_err(|reason| words!("cannot be read: {reason}", "无法读取（{reason}）"))
    }
}

/// The block of a frame; `None` when it holds nothing of these kinds.
fn decode(
    source: &Source,
    frame: &Frame,
    kinds: Kinds,
) -> Result<Option<PrimitiveBlock>, InputError> {
    let block = || {
        let unpacked = Unpacked::new(source, frame, "OSMData")?;
        let held = if let Some(known) = frame.kinds.get() {
            *known
        } else {
            let held = inspect(unpacked.data())?;
            *frame.kinds.get_or_init(|| held)
        };
        held.meets(kinds)
            .then(|| unpacked.parse(osmpbf::Blob::to_primitiveblock))
            .transpose()
    };
    block().map_err(|reason| broken(source, frame.number, frame.offset, reason))
}

/// Looks over a block without parsing it: which kinds of objects it holds, and that it is safe to parse.
fn inspect(block: &[u8]) -> Result<Kinds, Words> {
    let unreadable = || words!("the block cannot be read", "数据块内容无法读取");
    let (mut kinds, mut objects, mut strings, mut numbers) = (Kinds::default(), 0, 0, 0);
    for field in Fields(block) {
        match field.ok_or_else(unreadable)? {
            (1, Value::Bytes(table)) => {
                strings += Fields(table).take(MAX_STRINGS + 1).count();
                check_count(strings, MAX_STRINGS, ("strings", "字符串"))?;
            }
            (2, Value::Bytes(group)) => {
                for field in Fields(group) {
                    let (kind, object) = field.ok_or_else(unreadable)?;
                    objects += 1;
                    check_count(objects, MAX_OBJECTS, ("objects", "对象"))?;
                    match (kind, object) {
                        (1 | 2, _) => kinds.add(Kinds::NODES),
                        (3, _) => kinds.add(Kinds::WAYS),
                        (4, Value::Bytes(relation)) => {
                            kinds.add(Kinds::RELATIONS);
                            check_member_types(relation)?;
                        }
                        _ => {}
                    }
                }
                // The last byte of a number, and no other, is below 0x80.
                numbers += group.iter().filter(|byte| **byte < 0x80).count();
                check_count(numbers, MAX_NUMBERS, ("numbers", "数值"))?;
            }
            // What is of no use here is kept by the parser all the same.
            _ => {
                objects += 1;
                check_count(objects, MAX_OBJECTS, ("objects", "对象"))?;
            }
        }
    }
    Ok(kinds)
}

fn check_count(count: usize, max: usize, (what, zh): (&str, &str)) -> Result<(), Words> {
    if count > max {
        return Err(words!(
            "holds more than {max} {what} in one block; pack the file anew (osmium cat -f pbf)",
            "一个数据块含有超过 {max} 个{zh}；请重新打包（osmium cat -f pbf）"
        ));
    }
    Ok(())
}

fn check_member_types(relation: &[u8]) -> Result<(), Words> {
    let unreadable = || words!("a relation cannot be read", "有关系无法读取");
    let unknown = |kind: u64| {
        words!(
            "a relation has a member of unknown type {kind}",
            "有关系的成员类型 {kind} 未知"
        )
    };
    for field in Fields(relation) {
        match field.ok_or_else(unreadable)? {
            (10, Value::Bytes(packed)) => {
                let mut types = Fields(packed);
                while !types.0.is_empty() {
                    let kind = types.varint().ok_or_else(unreadable)?;
                    if kind > MAX_MEMBER_TYPE {
                        return Err(unknown(kind));
                    }
                }
            }
            (10, Value::Number(kind)) if kind > MAX_MEMBER_TYPE => return Err(unknown(kind)),
            _ => {}
        }
    }
    Ok(())
}

/// Checks the header, and answers with the origin of the data that it names.
fn read_header(source: &Source, frame: &Frame) -> Result<Option<String>, InputError> {
    let read = || {
        let header =
            Unpacked::new(source, frame, "OSMHeader")?.parse(osmpbf::Blob::to_headerblock)?;
        let unknown = header
            .required_features()
            .iter()
            .find(|feature| !KNOWN_FEATURES.contains(&feature.as_str()));
        if let Some(feature) = unknown {
            return Err(words!(
                "needs \"{feature}\", which is not read here; use an extract of current data",
                "需要“{feature}”功能，本程序不支持；请使用现势数据的提取文件"
            ));
        }
        Ok(header.source().map(str::to_owned))
    };
    read().map_err(|reason: Words| broken(source, frame.number, frame.offset, reason))
}

/// The key of a field that holds bytes.
const fn field_key(field: u8) -> u8 {
    field << 3 | 2
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
        // There is no field 0: a block of zeros is none.
        (key >> 3 != 0).then_some((key >> 3, value))
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

#[cfg(test)]
#[path = "frames_tests.rs"]
mod tests;
