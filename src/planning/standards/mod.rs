//! Standards as data: which facility must be how near, by which measure, and what was checked.
//!
//! A [`Standard`] is a TOML file of clauses. Those that ship with the library have names; a file of one's own has the same
//! form and is read by the same parser, which refuses a wrong field with its line.
//!
//! ```
//! use pedshed::inputs::Source;
//! use pedshed::planning::standards::{By, Measure, Standard};
//!
//! let text = r#"
//! id = "ours"
//! name = { en = "Our rule", zh = "本地规定" }
//! source = "the city's plan of 2026"
//!
//! [[facility]]
//! key = "clinic"
//! name = { en = "clinic", zh = "门诊部" }
//! words = ["诊所"]
//!
//! [[clause]]
//! number = "3.1"
//! facility = "clinic"
//! meaning = { en = "a clinic within 800 m", zh = "800 米内有门诊部" }
//! measure = "network"
//! metres = 800
//! minutes = 12
//! decides = "metres"
//! target = 0.85
//! source = "page 7"
//! checked = true
//! "#;
//! let standard = Standard::read(&Source::from_bytes("ours.toml", text.as_bytes()))?;
//! let clause = &standard.clauses[0];
//! assert_eq!((clause.measure, clause.decides), (Measure::Network, By::Metres));
//! assert!(clause.serves(None, &["诊所"]) && !clause.serves(None, &["school"]));
//!
//! let wrong = text.replace("minutes = 12", "minuts = 12");
//! let error = Standard::read(&Source::from_bytes("ours.toml", wrong.into_bytes())).unwrap_err();
//! assert!(error.to_string().starts_with("ours.toml: line 17: clause 3.1: minuts: "));
//! # Ok::<(), pedshed::planning::standards::StandardError>(())
//! ```

mod audit;
mod error;
mod fields;
mod measure;
mod parse;
mod read;
mod shipped;
mod standard;
mod target;
mod term;

pub use audit::{FloorArea, NoFloorArea, StationAudit};
pub use error::{Mistake, StandardError};
pub use measure::{By, Measure};
pub use standard::{Clause, Standard};
pub use target::Target;
pub use term::Term;
pub(crate) use term::is_any;
