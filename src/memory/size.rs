//! Numbers of bytes, as people write and read them.

use std::fmt;
use std::str::FromStr;

use crate::text::words::{plain_parts, sentences};

/// A number of bytes.
///
/// ```
/// use pedshed::memory::MemorySize;
/// let size: MemorySize = "1.5GB".parse()?;
/// assert_eq!((size, size.to_string()), (MemorySize(1_500_000_000), "1.5 GB".to_owned()));
/// assert_eq!("512MiB".parse(), Ok(MemorySize(512 << 20)));
/// # Ok::<(), pedshed::memory::MemorySizeError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MemorySize(pub u64);

/// A text that is no number of bytes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct MemorySizeError(pub String);

sentences!(struct MemorySizeError(text));

/// Units, the longest names first.
const UNITS: [(&str, f64); 9] = [
    ("KiB", 1024.0),
    ("MiB", 1_048_576.0),
    ("GiB", 1_073_741_824.0),
    ("kB", 1e3),
    ("KB", 1e3),
    ("MB", 1e6),
    ("GB", 1e9),
    ("TB", 1e12),
    ("B", 1.0),
];

impl FromStr for MemorySize {
    type Err = MemorySizeError;

    fn from_str(text: &str) -> Result<Self, MemorySizeError> {
        let wrong = || MemorySizeError(text.to_owned());
        let unit = UNITS.iter().find_map(|(name, bytes)| {
            let number = text.trim().strip_suffix(name)?;
            Some((number, *bytes))
        });
        let (number, unit) = unit.ok_or_else(wrong)?;
        let number: f64 = number.trim().parse().map_err(|_| wrong())?;
        let bytes = number * unit;
        if (1.0..1e18).contains(&bytes) {
            Ok(Self(bytes.round() as u64))
        } else {
            Err(wrong())
        }
    }
}

impl fmt::Display for MemorySize {
    /// In MB, from a thousand on in GB.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let megabytes = self.0 as f64 / 1e6;
        if megabytes < 1000.0 {
            write!(f, "{megabytes:.0} MB")
        } else {
            write!(f, "{:.1} GB", megabytes / 1000.0)
        }
    }
}

/// A run that would not fit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct TooMuchMemory {
    /// What it takes.
    pub estimate: MemorySize,
    /// What is allowed.
    pub limit: MemorySize,
}

sentences!(struct TooMuchMemory { estimate, limit });

plain_parts!(MemorySize);

impl MemorySize {
    /// Refuses a run that takes more than this.
    ///
    /// # Errors
    /// [`TooMuchMemory`].
    pub fn allows(self, estimate: MemorySize) -> Result<(), TooMuchMemory> {
        if estimate <= self {
            Ok(())
        } else {
            Err(TooMuchMemory {
                estimate,
                limit: self,
            })
        }
    }
}
