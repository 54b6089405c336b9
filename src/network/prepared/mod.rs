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

use crate::text::language::{InLanguage, Words};

/// The version of the layout and of what the sections mean. It changes whenever either does: a prepared file is made
/// again from its source, never converted.
pub(crate) const FORMAT: u32 = 2;

/// Why a prepared network file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PreparedError {
    /// The file does not begin as one.
    #[error("is no prepared network; make one with: pedshed network build")]
    NotPrepared,
    /// Another layout.
    #[error("is of format {found}, and this program reads {wanted}; make it again with: pedshed network build", wanted = FORMAT)]
    Version {
        /// The file's.
        found: u32,
    },
    /// Made on a machine with the bytes of numbers in the other order.
    #[error(
        "was made on a machine of the other byte order; make it again on this one with: pedshed network build"
    )]
    ByteOrder,
    /// Shorter or longer than it says.
    #[error(
        "has {found} bytes, and should have {wanted}; copy it again, or make it again with: pedshed network build"
    )]
    Length {
        /// As long as it says.
        wanted: u64,
        /// As long as it is.
        found: u64,
    },
    /// The checksum is not that of the bytes.
    #[error(
        "is damaged: its checksum is wrong; copy it again, or make it again with: pedshed network build"
    )]
    Checksum,
    /// The contents contradict each other.
    #[error("contradicts itself: {what}; make it again with: pedshed network build")]
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

impl InLanguage for PreparedError {
    fn zh(&self) -> String {
        match self {
            PreparedError::NotPrepared => {
                "不是预处理路网文件；请用 pedshed network build 生成".to_owned()
            }
            PreparedError::Version { found } => format!(
                "格式版本为 {found}，本程序读取 {FORMAT}；请用 pedshed network build 重新生成"
            ),
            PreparedError::ByteOrder => {
                "由字节序相反的机器生成；请在本机用 pedshed network build 重新生成".to_owned()
            }
            PreparedError::Length { wanted, found } => format!(
                "文件为 {found} 字节，应为 {wanted} 字节；请重新复制，或用 pedshed network build 重新生成"
            ),
            PreparedError::Checksum => {
                "文件已损坏：校验和不符；请重新复制，或用 pedshed network build 重新生成".to_owned()
            }
            PreparedError::Inconsistent { what } => format!(
                "内容自相矛盾：{}；请用 pedshed network build 重新生成",
                what.zh()
            ),
        }
    }
}
