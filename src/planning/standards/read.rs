//! Reading a standard: one that ships, or a file of one's own.

use std::path::Path;

use super::{Standard, StandardError, parse};
use crate::inputs::Source;

impl Standard {
    /// A standard that ships with the library.
    ///
    /// ```
    /// use pedshed::planning::standards::Standard;
    /// let standard = Standard::named("gb50180-2018").expect("it ships");
    /// assert!(standard.clauses.iter().any(|clause| clause.number == "2.0.2-800"));
    /// assert_eq!(Standard::named("iso"), None);
    /// ```
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        // All of them parse: a test reads each.
        parse::standard(name, Self::text(name)?).ok()
    }

    /// Reads a standard from a TOML file. Without an `id` it is called as the file.
    ///
    /// # Errors
    /// [`StandardError::Input`] when it is no UTF-8 text; [`StandardError::Wrong`], with the line and the field, when
    /// something in it is wrong.
    pub fn read(source: &Source) -> Result<Self, StandardError> {
        parse::standard(source.path(), &source.utf_8()?)
    }

    /// A standard by its name, or from a `.toml` file.
    ///
    /// # Errors
    /// [`StandardError::Unknown`] when it is neither; else those of [`Standard::read`].
    pub fn open(name_or_path: impl AsRef<Path>) -> Result<Self, StandardError> {
        let path = name_or_path.as_ref();
        if let Some(standard) = path.to_str().and_then(Self::named) {
            return Ok(standard);
        }
        if path.extension().is_none() && !path.is_file() {
            return Err(StandardError::Unknown(path.display().to_string()));
        }
        Self::read(&Source::open(path)?)
    }
}
