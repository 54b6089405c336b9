//! The crate's error: one variant per room, each wrapping that room's own.

use crate::allocation::AllocationError;
use crate::control::Cancelled;
use crate::coverage::TestsError;
use crate::crs::CrsError;
use crate::inputs::{InputError, InputsError};
use crate::language::{InLanguage, Language};
use crate::model::ProfileError;
use crate::network::NetworkError;
use crate::parallel::ThreadsError;
use crate::provision::PlanError;
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
    District(#[from] crate::district::DistrictError),
    /// A walker cannot be had, or put to a question.
    #[error("cannot walk so")]
    Walker(#[source] WalkerError),
    /// The caller cancelled the run.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
    /// A result cannot be written.
    #[cfg(feature = "report")]
    #[error("cannot write the results")]
    Report(#[from] crate::report::ReportError),
}

impl From<InputsError> for Error {
    fn from(error: InputsError) -> Self {
        match error {
            InputsError::Input(error) => error.into(),
            InputsError::Crs(error) => error.into(),
            InputsError::Network(error) => error.into(),
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
            Error::Walker(_) => "无法如此步行",
            Error::Cancelled(cancelled) => return cancelled.zh(),
            #[cfg(feature = "report")]
            Error::Report(_) => "无法写出结果",
        };
        words.to_owned()
    }
}

/// One error of a chain in this language, without its source. Errors that are not this crate's say it in their own words,
/// but for the usual ones of the operating system.
///
/// ```
/// use pedshed::language::Language;
/// let error = pedshed::coverage::TestsError::None;
/// assert_eq!(pedshed::message_in(&error, Language::Zh), "没有给出阈值；请给出分钟或米数");
/// ```
#[must_use]
pub fn message_in(error: &(dyn std::error::Error + 'static), language: Language) -> String {
    macro_rules! of {
        ($($error:ty),* $(,)?) => {
            $(if let Some(error) = error.downcast_ref::<$error>() {
                return error.in_language(language);
            })*
        };
    }
    of!(
        Error,
        InputError,
        Box<InputError>,
        InputsError,
        CrsError,
        NetworkError,
        CutoffError,
        OptionError,
        TestsError,
        ProfileError,
        ThreadsError,
        Cancelled,
        AllocationError,
        PlanError,
        Box<PlanError>,
        WalkerError,
        crate::model::Fault,
        crate::units::ParsePeopleError,
        crate::language::UnknownLanguage,
    );
    #[cfg(feature = "report")]
    of!(crate::report::ReportError);
    #[cfg(feature = "district")]
    of!(crate::district::DistrictError);
    #[cfg(feature = "text")]
    of!(crate::inputs::UnknownEncoding);
    #[cfg(feature = "config")]
    of!(crate::standards::StandardError);
    match error.downcast_ref::<std::io::Error>() {
        Some(error) if language == Language::Zh => system_zh(error),
        _ => error.to_string(),
    }
}

/// What the operating system says, in Chinese where it is one of the usual things.
fn system_zh(error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    let words = match error.kind() {
        ErrorKind::NotFound => "文件不存在",
        ErrorKind::PermissionDenied => "没有访问权限",
        ErrorKind::AlreadyExists => "已存在同名文件",
        ErrorKind::IsADirectory => "这是文件夹；请指定其中的文件",
        ErrorKind::NotADirectory => "路径中有一级不是文件夹",
        ErrorKind::StorageFull => "磁盘空间不足",
        ErrorKind::FileTooLarge => "文件超过允许的大小",
        ErrorKind::ReadOnlyFilesystem => "文件系统只读",
        _ => return format!("操作系统提示：{error}"),
    };
    words.to_owned()
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
