//! The crate's error: one variant per room, each wrapping that room's own.

#[cfg(feature = "district")]
mod district;
mod plan;
#[cfg(feature = "report")]
mod report;

#[cfg(feature = "district")]
pub use district::DistrictError;
pub use plan::PlanError;
#[cfg(feature = "report")]
pub use report::ReportError;

use crate::allocation::AllocationError;
use crate::control::Cancelled;
use crate::coverage::TestsError;
use crate::crs::CrsError;
use crate::inputs::{InputError, InputsError};
use crate::model::ProfileError;
use crate::network::NetworkError;
use crate::parallel::ThreadsError;
use crate::text::language::InLanguage;
use crate::units::{CutoffError, OptionError};
use crate::walker::WalkerError;

/// Anything that can keep an analysis from its answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// An input cannot be used.
    #[error("cannot read the inputs")]
    Input(#[source] Box<InputError>),
    /// A coordinate system cannot be used.
    #[error("cannot convert coordinates")]
    Crs(#[from] CrsError),
    /// The network cannot be built.
    #[error("cannot build the network")]
    Network(#[from] NetworkError),
    /// A cutoff is not one.
    #[error("cannot use the cutoff")]
    Cutoff(#[from] CutoffError),
    /// A number among the options makes no sense.
    #[error("cannot use the options")]
    Option(#[from] OptionError),
    /// The cutoffs make no test.
    #[error("cannot test coverage")]
    Tests(#[from] TestsError),
    /// A profile is no walker's.
    #[error("cannot use the profile")]
    Profile(#[from] ProfileError),
    /// People cannot be allocated to homes.
    #[error("cannot put the communities' people into homes")]
    Allocation(#[from] AllocationError),
    /// What is asked beside coverage is not there.
    #[error("cannot ask that of the stations")]
    Plan(#[source] Box<PlanError>),
    /// Threads cannot be started.
    #[error("cannot run in parallel")]
    Threads(#[from] ThreadsError),
    /// There is no such model district.
    #[cfg(feature = "district")]
    #[error("cannot make a model district")]
    District(#[from] DistrictError),
    /// A walker cannot be had, or a city put to a question.
    #[error("cannot ask that of this city")]
    Walker(#[source] WalkerError),
    /// The caller cancelled the run.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
    /// A result cannot be written.
    #[cfg(feature = "report")]
    #[error("cannot write the results")]
    Report(#[from] ReportError),
}

impl From<InputsError> for Error {
    fn from(error: InputsError) -> Self {
        match error {
            InputsError::Input(error) => error.into(),
            InputsError::Crs(error) => error.into(),
            InputsError::Network(error) => error.into(),
            InputsError::Option(error) => error.into(),
            InputsError::Cancelled(error) => error.into(),
        }
    }
}

impl From<WalkerError> for Error {
    fn from(error: WalkerError) -> Self {
        match error {
            WalkerError::Network(error) => error.into(),
            WalkerError::Cancelled(error) => error.into(),
            error => Error::Walker(error),
        }
    }
}

impl From<PlanError> for Error {
    fn from(error: PlanError) -> Self {
        Error::Plan(Box::new(error))
    }
}

impl From<InputError> for Error {
    fn from(error: InputError) -> Self {
        Error::Input(Box::new(error))
    }
}

impl InLanguage for Error {
    fn zh(&self) -> String {
        let words = match self {
            Error::Input(_) => "无法读取输入数据",
            Error::Crs(_) => "无法转换坐标",
            Error::Network(_) => "无法构建路网",
            Error::Cutoff(_) => "无法使用该阈值",
            Error::Option(_) => "无法使用该选项",
            Error::Tests(_) => "无法判定覆盖",
            Error::Profile(_) => "无法使用该出行人群",
            Error::Allocation(_) => "无法将社区人口分配到住宅",
            Error::Plan(_) => "无法对这些站点作此统计",
            Error::Threads(_) => "无法并行运行",
            #[cfg(feature = "district")]
            Error::District(_) => "无法生成模型城区",
            Error::Walker(_) => "无法对该城市作此操作",
            Error::Cancelled(cancelled) => return cancelled.zh(),
            #[cfg(feature = "report")]
            Error::Report(_) => "无法写出结果",
        };
        words.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_is_small_and_travels_between_threads() {
        fn travels<T: Send + Sync + 'static>() {}
        travels::<Error>();
        assert!(size_of::<Error>() <= 64, "{}", size_of::<Error>());
    }
}
