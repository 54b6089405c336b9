//! One array of a network: of its own, or a view of a prepared file.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

/// What a column can hold.
#[cfg(not(feature = "prepared"))]
pub(crate) trait Entry: Copy {}

#[cfg(not(feature = "prepared"))]
impl<T: Copy> Entry for T {}

/// What a column can hold: plain numbers, of which every pattern of bits is one, so that the bytes of a file can be
/// looked at as entries. Which of them mean anything is checked when the file is opened.
#[cfg(feature = "prepared")]
pub(crate) trait Entry: bytemuck::Pod {}

#[cfg(feature = "prepared")]
impl<T: bytemuck::Pod> Entry for T {}

/// One array of a network, read like a slice. A clone shares the entries.
#[derive(Clone)]
pub(crate) enum Column<T> {
    /// Made here.
    Own(Arc<[T]>),
    /// These words of a file in memory, as so many entries: whole words are looked at as entries with less ado than bytes.
    #[cfg(feature = "prepared")]
    View(Arc<Buffer>, std::ops::Range<usize>, usize),
}

impl<T: Entry> Column<T> {
    /// The bytes that its entries take.
    pub(crate) fn bytes(&self) -> usize {
        size_of_val(&**self)
    }

    /// A view of some bytes of a file; `None` where they do not lie in it, or not as entries do.
    #[cfg(feature = "prepared")]
    pub(crate) fn view(buffer: &Arc<Buffer>, bytes: std::ops::Range<usize>) -> Option<Self> {
        let entries = bytes.len() / size_of::<T>();
        let is_whole = bytes.len() == entries * size_of::<T>();
        let lies_well = bytes.start.is_multiple_of(WORD) && align_of::<T>() <= WORD;
        let is_there = bytes.start <= bytes.end && bytes.end <= buffer.length;
        let words = bytes.start / WORD..bytes.end.div_ceil(WORD);
        (is_whole && lies_well && is_there)
            .then(|| Column::View(Arc::clone(buffer), words, entries))
    }

    /// Its entries as they lie in memory.
    #[cfg(feature = "prepared")]
    pub(crate) fn as_bytes(&self) -> &[u8] {
        bytemuck::cast_slice(self)
    }
}

impl<T> From<Vec<T>> for Column<T> {
    fn from(entries: Vec<T>) -> Self {
        Column::Own(entries.into())
    }
}

impl<T: Entry> Deref for Column<T> {
    type Target = [T];

    #[inline]
    fn deref(&self) -> &[T] {
        match self {
            Column::Own(entries) => entries,
            #[cfg(feature = "prepared")]
            Column::View(buffer, words, entries) => {
                &bytemuck::cast_slice(&buffer.words[words.clone()])[..*entries]
            }
        }
    }
}

impl<T: Entry + fmt::Debug> fmt::Debug for Column<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

#[cfg(feature = "serde")]
impl<T: Entry + serde::Serialize> serde::Serialize for Column<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

/// The bytes of a word.
#[cfg(feature = "prepared")]
const WORD: usize = size_of::<u64>();

/// The bytes of a file, beginning where any number may lie.
#[cfg(feature = "prepared")]
pub(crate) struct Buffer {
    words: Vec<u64>,
    length: usize,
}

#[cfg(feature = "prepared")]
impl Buffer {
    /// Reads what is there, `length` bytes as far as is known.
    pub(crate) fn read(mut from: impl std::io::Read, length: usize) -> std::io::Result<Self> {
        // One word more, where the end of the file shows.
        let count = length / WORD + 1;
        // Where there is no room this is an error, and no end of the program; zeros that nobody touched cost nothing.
        Vec::<u64>::new().try_reserve_exact(count)?;
        let mut words = vec![0; count];
        let mut filled = 0;
        loop {
            let bytes: &mut [u8] = bytemuck::cast_slice_mut(&mut words);
            if filled == bytes.len() {
                // The file is longer than was said.
                words.try_reserve_exact(words.len())?;
                words.resize(words.len() * 2, 0);
                continue;
            }
            match from.read(&mut bytes[filled..]) {
                Ok(0) => break,
                Ok(count) => filled += count,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        words.truncate(filled.div_ceil(WORD));
        Ok(Self {
            words,
            length: filled,
        })
    }

    /// A copy of bytes that lie anywhere.
    pub(crate) fn copy(bytes: &[u8]) -> Self {
        let mut words = vec![0; bytes.len().div_ceil(WORD)];
        bytemuck::cast_slice_mut(&mut words)[..bytes.len()].copy_from_slice(bytes);
        Self {
            words,
            length: bytes.len(),
        }
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &bytemuck::cast_slice(&self.words)[..self.length]
    }
}

#[cfg(feature = "prepared")]
impl fmt::Debug for Buffer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Buffer of {} bytes", self.length)
    }
}

#[cfg(all(test, feature = "prepared"))]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_whole_whatever_length_it_was_said_to_have() {
        let bytes: Vec<u8> = (0..=255).collect();
        for length in [0, 1, 100, 255, 256, 257, 1000] {
            let buffer = Buffer::read(&bytes[..], length).expect("bytes in memory");
            assert_eq!(buffer.bytes(), bytes);
        }
    }

    #[test]
    fn a_view_is_refused_outside_the_file_or_across_entries() {
        let buffer = Arc::new(Buffer::read(&[1u8, 0, 0, 0, 2, 0, 0, 0][..], 8).expect("bytes"));
        let view = |bytes| Column::<u32>::view(&buffer, bytes).map(|column| column.to_vec());
        assert_eq!(view(0..8), Some(vec![u32::from_le(1), u32::from_le(2)]));
        assert_eq!(view(8..8), Some(Vec::new()));
        assert_eq!(view(0..7), None, "not a whole number of entries");
        assert_eq!(view(2..6), None, "not where an entry can lie");
        assert_eq!(view(4..12), None, "beyond the end");
    }

    #[test]
    fn a_file_for_which_there_is_no_room_is_an_error() {
        let error = Buffer::read(&[0u8; 8][..], usize::MAX - 8).expect_err("no such room");
        assert_eq!(error.kind(), std::io::ErrorKind::OutOfMemory);
    }
}
