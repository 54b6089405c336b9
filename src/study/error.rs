//! Why a study cannot be run, as data. The words here name the fields of a [`Study`](super::Study); a front end that has flags
//! or buttons for them says it in its own.

use crate::allocation::AllocationError;
use crate::control::Cancelled;
use crate::error::Error;
use crate::inputs::{InputError, InputsError, LayerKind};
use crate::memory::TooMuchMemory;
use crate::model::Attribute;
use crate::report::ReportError;
use crate::text::language::InLanguage;

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

/// Why a study cannot be run.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StudyError {
    /// Something was given that no question looks at.
    #[error("{}", unused(*.0))]
    Unused(Unused),
    /// A column is named for what no question looks at.
    #[error(
        "the column that is named as {} of the {} is looked at by nothing that is asked; it is for standards, services, communities and the like",
        .role.key(),
        .layer.key()
    )]
    UnusedColumn {
        /// The layer.
        layer: LayerKind,
        /// What the column was to be taken as.
        role: Attribute,
    },
    /// A day is asked for, and no station says when it opened or closed.
    #[error("as_of reaches nothing: {}", no_dates(.0))]
    NoDates(NoDates),
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

fn unused(unused: Unused) -> &'static str {
    match unused {
        Unused::EveryStation => {
            "every_station is for tiers, services and the register; ask for standards, services or communities"
        }
        Unused::Allocate => {
            "allocate puts communities' people into homes; give the layer communities"
        }
        Unused::Land => "land is counted by the indicators of a standard; ask for one",
        Unused::OwnMembership => {
            "membership of one's own is for tiers of stations; ask for a standard with tiers"
        }
        Unused::FloorAreas => {
            "least floor areas are for the register and its tiers; give communities, or ask for a standard with tiers"
        }
    }
}

fn no_dates(why: &NoDates) -> String {
    match why {
        NoDates::NoColumn(names) => {
            let names = names.join(", ");
            format!("no station has a column that says when it opened or closed ({names})")
        }
        NoDates::Blank => {
            "the columns that say when stations opened or closed are blank".to_owned()
        }
        NoDates::NotUnderstood(first) => {
            let first = first.join(", ");
            format!(
                "no station says when it opened or closed in a way that is understood ({first}); write 2021-05-31, 2021-05 or 2021"
            )
        }
    }
}

impl InLanguage for StudyError {
    fn zh(&self) -> String {
        match self {
            StudyError::Unused(unused) => match unused {
                Unused::EveryStation => {
                    "every_station 用于层级、服务和名册统计；请给出标准、服务或社区"
                }
                Unused::Allocate => "allocate 将社区人口分配到住宅；请给出 communities 图层",
                Unused::Land => "land 由标准的指标统计；请给出标准",
                Unused::OwnMembership => "本社区归属规则用于分级站点；请给出含层级的标准",
                Unused::FloorAreas => {
                    "最小建筑面积用于名册和层级统计；请给出 communities 或含层级的标准"
                }
            }
            .to_owned(),
            StudyError::UnusedColumn { layer, role } => {
                let (layer, role) = (layer.key(), role.key());
                format!("{layer} 指定为 {role} 的列不被本次统计使用；它用于标准、服务、社区等")
            }
            StudyError::NoDates(why) => match why {
                NoDates::NoColumn(names) => {
                    let names = names.join("、");
                    format!("as_of 无效：站点没有开放或停用日期列（{names}）")
                }
                NoDates::Blank => "as_of 无效：站点的开放或停用日期列为空".to_owned(),
                NoDates::NotUnderstood(first) => {
                    let first = first.join("、");
                    format!(
                        "as_of 无效：站点的开放或停用日期均无法识别（{first}）；请写作 2021-05-31、2021-05 或 2021"
                    )
                }
            },
            StudyError::NoSuchFile(name) => format!("没有名为 {name:?} 的输出文件"),
            StudyError::Memory(error) => error.zh(),
            StudyError::Failed(error) => error.zh(),
        }
    }
}
