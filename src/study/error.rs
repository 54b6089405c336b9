//! Why a study cannot be run, as data. The words here name the fields of a [`Study`](super::Study); a front end that has flags
//! or buttons for them says it in its own.

use crate::allocation::AllocationError;
use crate::control::Cancelled;
use crate::error::Error;
use crate::inputs::{InputError, InputsError, LayerKind};
use crate::memory::TooMuchMemory;
use crate::model::Attribute;
use crate::report::ReportError;
use crate::text::language::{InLanguage, Language};
use crate::text::words::{sentence, sentences};

/// Something that was given and that nothing in the study looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unused {
    /// Stations of every tier, where no standard, services or register asks for them.
    EveryStation,
    /// People to be allocated, without a list of communities that has them.
    Allocate,
    /// Residential land, without a standard that counts it.
    Land,
    /// Membership of one's own community, without tiers.
    OwnMembership,
    /// Least floor areas, without a register or tiers.
    FloorAreas,
    /// What walks weigh, without a form of supply in which they weigh differently.
    Decay,
    /// A system of files for maps, where none are written.
    OutCrs,
    /// A time at which stations serve, beside questions that are asked of all hours.
    AtWithPlan,
}

/// Why no station is open or closed on the day that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NoDates {
    /// There is no column that says it; by these names it would be known.
    NoColumn(Vec<&'static str>),
    /// There is one, and all of it is blank.
    Blank,
    /// There is one, and nothing in it is a date; its first texts.
    NotUnderstood(Vec<String>),
}

/// Why nothing is known of opening hours.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NoHours {
    /// There is no column of them; by these names it would be known.
    NoColumn(Vec<&'static str>),
    /// There is one, and all of it is blank.
    Blank,
    /// There is one, and nothing in it is understood; its first texts.
    NotUnderstood(Vec<String>),
    /// So many ways and gates of a prepared network are open at some hours only, and it was made as at 10:00 on a Tuesday.
    Prepared(u64),
}

/// Why a study cannot be run.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StudyError {
    /// Something was given that no question looks at.
    #[error("{0}")]
    Unused(Unused),
    /// A column is named for what no question looks at.
    #[error("{}", unused_column(*.layer, *.role, Language::En))]
    UnusedColumn {
        /// The layer.
        layer: LayerKind,
        /// What the column was to be taken as.
        role: Attribute,
    },
    /// A day is asked for, and no station says when it opened or closed.
    #[error("{0}")]
    NoDates(NoDates),
    /// Opening hours are asked about, and no station has any that are understood.
    #[error("{0}")]
    NoHours(NoHours),
    /// A file is to be written that no study writes.
    #[error("no study writes a file named {0:?}")]
    NoSuchFile(String),
    /// The run is estimated to take more memory than it may.
    #[error(transparent)]
    Memory(#[from] TooMuchMemory),
    /// It fits together, and a step of it failed.
    #[error(transparent)]
    Failed(#[from] Error),
}

macro_rules! failed {
    ($($error:ty),*) => {$(
        impl From<$error> for StudyError {
            fn from(error: $error) -> Self {
                StudyError::Failed(error.into())
            }
        }
    )*};
}

failed!(
    AllocationError,
    Cancelled,
    InputError,
    InputsError,
    ReportError
);

fn unused_column(layer: LayerKind, role: Attribute, language: Language) -> String {
    let (layer, role) = (layer.key(), role.key());
    sentence!(language, [StudyError UnusedColumn] layer = layer, role = role)
}

sentences!(Unused {
    EveryStation;
    Allocate;
    Land;
    OwnMembership;
    FloorAreas;
    OutCrs;
    Decay;
    AtWithPlan;
});

sentences!(NoDates {
    NoColumn(names);
    Blank;
    NotUnderstood(first);
});

sentences!(NoHours {
    NoColumn(names);
    Blank;
    NotUnderstood(first);
    Prepared(count);
});

impl InLanguage for StudyError {
    fn zh(&self) -> String {
        match self {
            StudyError::Unused(unused) => unused.zh(),
            StudyError::UnusedColumn { layer, role } => unused_column(*layer, *role, Language::Zh),
            StudyError::NoDates(why) => why.zh(),
            StudyError::NoHours(why) => why.zh(),
            StudyError::NoSuchFile(name) => format!("没有名为 {name:?} 的输出文件"),
            StudyError::Memory(error) => error.zh(),
            StudyError::Failed(error) => error.zh(),
        }
    }
}
