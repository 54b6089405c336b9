//! The file around the sections: its head, its table, its checksum.

use std::io::{self, Write};
use std::ops::Range;
use std::sync::Arc;

use super::{FORMAT, FORMAT_WITH_HEIGHTS, PreparedError};
use crate::network::column::{Buffer, Column, Entry};

const MAGIC: [u8; 8] = *b"pedshed\n";
const BYTE_ORDER: u32 = 0x0102_0304;
/// The bytes before the table.
const HEAD: usize = 32;
/// The bytes of the head before the checksum, which it covers as it does what follows it.
const BEFORE_CHECKSUM: usize = 24;
/// The bytes of a section's row in the table.
const ROW: usize = 32;
/// Sections begin at multiples of this, where any number may lie.
const ALIGNMENT: usize = 8;
/// The section of heights, which a file may lack.
pub(super) const HEIGHTS: &str = "heights";

/// What is to be written: every section by its name.
#[derive(Debug, Default)]
pub(crate) struct Sections<'a>(Vec<(&'static str, usize, std::borrow::Cow<'a, [u8]>)>);

impl<'a> Sections<'a> {
    /// Adds a column. A name has 8 bytes at most.
    pub(crate) fn column<T: Entry>(&mut self, name: &'static str, column: &'a Column<T>) {
        let bytes = column.as_bytes();
        self.0.push((name, size_of::<T>(), bytes.into()));
    }

    /// Adds bytes.
    pub(crate) fn bytes(&mut self, name: &'static str, bytes: Vec<u8>) {
        self.0.push((name, 1, bytes.into()));
    }

    fn format(&self) -> u32 {
        let has_heights = self.0.iter().any(|(name, ..)| *name == HEIGHTS);
        if has_heights {
            FORMAT_WITH_HEIGHTS
        } else {
            FORMAT
        }
    }

    /// Writes the file.
    ///
    /// # Errors
    /// What the writer says.
    pub(crate) fn write(&self, mut writer: impl Write) -> io::Result<()> {
        let table = HEAD + self.0.len() * ROW;
        let (mut rows, mut end) = (Vec::with_capacity(table), table);
        for (name, entry, bytes) in &self.0 {
            let mut padded = [0; 8];
            padded[..name.len()].copy_from_slice(name.as_bytes());
            rows.extend(padded);
            rows.extend((end as u64).to_ne_bytes());
            rows.extend((bytes.len() as u64).to_ne_bytes());
            rows.extend((*entry as u32).to_ne_bytes());
            rows.extend([0; 4]);
            end = (end + bytes.len()).next_multiple_of(ALIGNMENT);
        }
        let mut head = Vec::with_capacity(HEAD);
        head.extend(MAGIC);
        head.extend(self.format().to_ne_bytes());
        head.extend(BYTE_ORDER.to_ne_bytes());
        head.extend((end as u64).to_ne_bytes());
        let count = (self.0.len() as u32).to_ne_bytes();
        let padding =
            |length: usize| &[0; ALIGNMENT][..length.next_multiple_of(ALIGNMENT) - length];
        let mut checksum = crc32fast::Hasher::new();
        for part in [&head[..], &count, &rows] {
            checksum.update(part);
        }
        for (.., bytes) in &self.0 {
            checksum.update(bytes);
            checksum.update(padding(bytes.len()));
        }
        writer.write_all(&head)?;
        writer.write_all(&checksum.finalize().to_ne_bytes())?;
        writer.write_all(&count)?;
        writer.write_all(&rows)?;
        for (.., bytes) in &self.0 {
            writer.write_all(bytes)?;
            writer.write_all(padding(bytes.len()))?;
        }
        Ok(())
    }
}

/// A section of a file that was read.
#[derive(Clone, Debug)]
struct Row {
    name: [u8; 8],
    bytes: Range<usize>,
    entry: u32,
}

/// A whole file in memory whose checksum is right.
#[derive(Clone, Debug)]
pub(crate) struct Container {
    buffer: Arc<Buffer>,
    rows: Vec<Row>,
}

impl Container {
    /// Reads the head and the table, and checks the checksum.
    ///
    /// # Errors
    /// [`PreparedError`], all but what is wrong inside sections.
    pub(crate) fn open(buffer: Arc<Buffer>) -> Result<Self, PreparedError> {
        let bytes = buffer.bytes();
        if !bytes.starts_with(&MAGIC) {
            return Err(PreparedError::NotPrepared);
        }
        let short = PreparedError::Length {
            wanted: HEAD as u64,
            found: bytes.len() as u64,
        };
        let (Some(found), Some(order), Some(length), Some(checksum), Some(count)) = (
            u32_at(bytes, 8),
            u32_at(bytes, 12),
            u64_at(bytes, 16),
            u32_at(bytes, 24),
            u32_at(bytes, 28),
        ) else {
            return Err(short);
        };
        if order == BYTE_ORDER.swap_bytes() {
            return Err(PreparedError::ByteOrder);
        }
        if !(FORMAT..=FORMAT_WITH_HEIGHTS).contains(&found) {
            return Err(PreparedError::Version { found });
        }
        if length != bytes.len() as u64 {
            return Err(PreparedError::Length {
                wanted: length,
                found: bytes.len() as u64,
            });
        }
        let mut hasher = crc32fast::Hasher::new();
        hasher.update(&bytes[..BEFORE_CHECKSUM]);
        hasher.update(&bytes[BEFORE_CHECKSUM + 4..]);
        if order != BYTE_ORDER || hasher.finalize() != checksum {
            return Err(PreparedError::Checksum);
        }
        let rows = (0..count as usize).map(|row| read_row(bytes, row));
        let rows = rows.collect::<Option<Vec<Row>>>().ok_or_else(bad_table)?;
        let file = Self { buffer, rows };
        if file.has_heights() == (found == FORMAT_WITH_HEIGHTS) {
            Ok(file)
        } else {
            Err(bad_table())
        }
    }

    /// Whether it holds heights.
    pub(super) fn has_heights(&self) -> bool {
        self.row(HEIGHTS).is_some()
    }

    /// A section as a column.
    ///
    /// # Errors
    /// [`PreparedError::Inconsistent`] when it is missing or holds entries of another size.
    pub(crate) fn column<T: Entry>(&self, name: &'static str) -> Result<Column<T>, PreparedError> {
        let row = self.row(name).ok_or_else(bad_table)?;
        if row.entry as usize != size_of::<T>() {
            return Err(bad_table());
        }
        Column::view(&self.buffer, row.bytes.clone()).ok_or_else(bad_table)
    }

    /// How many entries a section has.
    ///
    /// # Errors
    /// [`PreparedError::Inconsistent`] when it is missing.
    pub(crate) fn count(&self, name: &'static str) -> Result<u64, PreparedError> {
        let row = self.row(name).ok_or_else(bad_table)?;
        Ok(row.bytes.len() as u64 / u64::from(row.entry.max(1)))
    }

    /// A section's bytes.
    ///
    /// # Errors
    /// [`PreparedError::Inconsistent`] when it is missing.
    pub(crate) fn bytes(&self, name: &'static str) -> Result<&[u8], PreparedError> {
        let row = self.row(name).ok_or_else(bad_table)?;
        self.buffer
            .bytes()
            .get(row.bytes.clone())
            .ok_or_else(bad_table)
    }

    fn row(&self, name: &str) -> Option<&Row> {
        let name = name.as_bytes();
        let is_it = |row: &&Row| {
            row.name.starts_with(name) && row.name[name.len()..].iter().all(|byte| *byte == 0)
        };
        self.rows.iter().find(is_it)
    }
}

fn bad_table() -> PreparedError {
    PreparedError::inconsistent("its table of sections", "章节表有误")
}

fn read_row(bytes: &[u8], row: usize) -> Option<Row> {
    let at = HEAD.checked_add(row.checked_mul(ROW)?)?;
    let name = bytes.get(at..at.checked_add(8)?)?.try_into().ok()?;
    let offset = usize::try_from(u64_at(bytes, at + 8)?).ok()?;
    let length = usize::try_from(u64_at(bytes, at + 16)?).ok()?;
    let range = offset..offset.checked_add(length)?;
    (range.end <= bytes.len()).then_some(Row {
        name,
        bytes: range,
        entry: u32_at(bytes, at + 24)?,
    })
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let number = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_ne_bytes(number.try_into().ok()?))
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    let number = bytes.get(at..at.checked_add(8)?)?;
    Some(u64::from_ne_bytes(number.try_into().ok()?))
}
