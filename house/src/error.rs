//! What can go wrong, and what to do about it.

use std::fmt;

/// Why there are no numbers.
#[derive(Debug)]
pub(crate) enum Error {
    /// A file or folder cannot be read.
    Read {
        path: String,
        reason: std::io::Error,
    },
    /// A file is no Rust that this program's parser knows.
    Parse {
        file: String,
        line: usize,
        reason: String,
    },
    /// A module is declared and has no file.
    NoFile { declared_in: String, module: String },
    /// No `lib.rs` or `main.rs` to begin with.
    NoRoot,
    /// A line of the held numbers is not a name and a number, or names nothing that is counted.
    HeldLine { line: usize, text: String },
    /// Something is counted that the held numbers do not have.
    NotHeld { name: &'static str, value: usize },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read { path, reason } => write!(f, "{path} cannot be read: {reason}"),
            Self::Parse { file, line, reason } => write!(
                f,
                "src/{file}:{line}: {reason}; if the compiler takes it, syn in house/Cargo.toml is too old"
            ),
            Self::NoFile {
                declared_in,
                module,
            } => write!(
                f,
                "src/{declared_in} declares `mod {module}`, and there is no file of it"
            ),
            Self::NoRoot => write!(f, "src has neither lib.rs nor main.rs"),
            Self::HeldLine { line, text } => write!(
                f,
                "house/held.txt:{line}: `{text}` is not the name of something counted and its number"
            ),
            Self::NotHeld { name, value } => {
                write!(
                    f,
                    "house/held.txt has no `{name}`: add the line `{name} {value}`"
                )
            }
        }
    }
}
