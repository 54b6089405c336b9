//! Prepared network files: a network as it lies in memory, read in one piece and looked at where it is.
//!
//! ```text
//! "pedshed\n"      8 bytes
//! format           u32   of this layout
//! byte order       u32   0x01020304 in the writer's order, which is that of all numbers
//! file length      u64
//! checksum         u32   CRC-32 of everything else
//! sections         u32   how many
//! each section     name of 8 bytes, padded with zeros; offset u64; length u64 (both in bytes); entry size u32; 0u32
//! the sections     each beginning at a multiple of 8, in the order of the table
//! ```
//! The checksum finds damage, not malice: CRC-32 runs at more than 10 GB a second on today's processors, so that it is a
//! millisecond of an opening, where SHA-256 would be fifty; and whatever the checksum says, every index in the file is
//! looked at before it is used, so a file that was made to harm gives an error as well.

mod check;
mod columns;
mod container;

pub(crate) use container::{Container, Sections};

use crate::text::language::Words;
use crate::text::words::sentences;

/// The version of the layout and of what the sections mean. It changes whenever either does: a prepared file is made
/// again from its source, never converted.
pub(crate) const FORMAT: u32 = 2;

/// The version of a file that holds heights as well: who does not know of them would walk its hills as a plain.
const FORMAT_WITH_HEIGHTS: u32 = 3;

/// Why a prepared network file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PreparedError {
    /// The file does not begin as one.
    NotPrepared,
    /// Another layout.
    Version {
        /// The file's.
        found: u32,
    },
    /// Made on a machine with the bytes of numbers in the other order.
    ByteOrder,
    /// Shorter or longer than it says.
    Length {
        /// As long as it says.
        wanted: u64,
        /// As long as it is.
        found: u64,
    },
    /// The checksum is not that of the bytes.
    Checksum,
    /// The contents contradict each other.
    Inconsistent {
        /// What is wrong.
        what: Words,
    },
}

impl PreparedError {
    /// A file whose contents contradict each other.
    pub(crate) fn inconsistent(en: &'static str, zh: &'static str) -> Self {
        PreparedError::Inconsistent {
            what: Words::new(en, zh),
        }
    }
}

sentences!(PreparedError {
    NotPrepared;
    Version { found } with wanted = FORMAT;
    ByteOrder;
    Length { wanted, found };
    Checksum;
    Inconsistent { what };
});
