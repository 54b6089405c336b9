//! Arrays as `.npy` files, `NumPy`'s own format, so that the scripts beside this program read them without parsing.

use std::fs;
use std::io;
use std::path::Path;

/// What an array may hold.
pub(crate) trait Number: Copy {
    /// `NumPy`'s name of the type, little-endian.
    const TYPE: &'static str;
    /// How many bytes one takes.
    const SIZE: usize;
    fn write(self, bytes: &mut Vec<u8>);
    fn read(bytes: &[u8]) -> Self;
}

macro_rules! number {
    ($type:ty, $name:literal) => {
        impl Number for $type {
            const TYPE: &'static str = $name;
            const SIZE: usize = size_of::<$type>();
            fn write(self, bytes: &mut Vec<u8>) {
                bytes.extend_from_slice(&self.to_le_bytes());
            }
            fn read(bytes: &[u8]) -> Self {
                Self::from_le_bytes(bytes.try_into().expect("as many bytes as it takes"))
            }
        }
    };
}

number!(u32, "<u4");
number!(u64, "<u8");
number!(i64, "<i8");
number!(f64, "<f8");

const MAGIC: &[u8] = b"\x93NUMPY\x01\x00";
/// The header's length is padded so that the numbers begin at a multiple of it.
const ALIGNMENT: usize = 64;

/// Writes a one-dimensional array.
pub(crate) fn write<T: Number>(
    path: &Path,
    numbers: impl ExactSizeIterator<Item = T>,
) -> io::Result<()> {
    let count = numbers.len();
    let mut header = format!(
        "{{'descr': '{}', 'fortran_order': False, 'shape': ({count},), }}",
        T::TYPE
    );
    let unpadded = MAGIC.len() + 2 + header.len() + 1;
    header.push_str(&" ".repeat(unpadded.next_multiple_of(ALIGNMENT) - unpadded));
    header.push('\n');
    let mut bytes = Vec::with_capacity(unpadded + ALIGNMENT + count * T::SIZE);
    bytes.extend_from_slice(MAGIC);
    bytes.extend_from_slice(&(header.len() as u16).to_le_bytes());
    bytes.extend_from_slice(header.as_bytes());
    for number in numbers {
        number.write(&mut bytes);
    }
    fs::write(path, bytes)
}

/// Reads what [`write`] wrote.
pub(crate) fn read<T: Number>(path: &Path) -> io::Result<Vec<T>> {
    let bytes = fs::read(path)?;
    let wrong = || io::Error::other(format!("{} is no array of {}", path.display(), T::TYPE));
    let rest = bytes.strip_prefix(MAGIC).ok_or_else(wrong)?;
    let (length, rest) = rest.split_at_checked(2).ok_or_else(wrong)?;
    let length = usize::from(u16::from_le_bytes([length[0], length[1]]));
    let (header, numbers) = rest.split_at_checked(length).ok_or_else(wrong)?;
    if !String::from_utf8_lossy(header).contains(T::TYPE) {
        return Err(wrong());
    }
    Ok(numbers.chunks_exact(T::SIZE).map(T::read).collect())
}
