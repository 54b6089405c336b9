//! Errors of every room in a language.

use crate::allocation::AllocationError;
use crate::control::Cancelled;
use crate::coverage::TestsError;
use crate::crs::CrsError;
use crate::error::{Error, PlanError};
use crate::inputs::{InputError, InputsError};
use crate::model::ProfileError;
use crate::network::NetworkError;
use crate::parallel::ThreadsError;
use crate::text::OptionNames;
use crate::text::language::{InLanguage, Language};
use crate::units::{CutoffError, OptionError};
use crate::walker::WalkerError;

/// One error of a chain in this language, without its source. Errors that are not this crate's say it in their own words,
/// but for the usual ones of the operating system. `options` says what options are called there.
///
/// ```
/// use pedshed::language::Language;
/// use pedshed::text::OptionNames;
/// let error = pedshed::coverage::TestsError::None;
/// assert_eq!(pedshed::message_in(&error, Language::Zh, OptionNames::Keys), "没有给出阈值；请给出分钟或米数");
/// ```
#[must_use]
pub fn message_in(
    error: &(dyn std::error::Error + 'static),
    language: Language,
    options: OptionNames,
) -> String {
    options.spell(&marked_message(error, language))
}

/// The same with options between their marks.
fn marked_message(error: &(dyn std::error::Error + 'static), language: Language) -> String {
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
        crate::error::ScenarioError,
        Box<crate::error::ScenarioError>,
        crate::siting::SitingError,
        crate::siting::ParseMoneyError,
        crate::search::SearchError,
        crate::id::UnknownId,
        crate::units::OtherUnit,
        crate::model::Fault,
        crate::units::ParsePeopleError,
        crate::text::language::UnknownLanguage,
    );
    #[cfg(feature = "report")]
    of!(crate::report::ReportError);
    #[cfg(feature = "district")]
    of!(crate::district::DistrictError);
    #[cfg(feature = "text")]
    of!(crate::inputs::UnknownEncoding);
    #[cfg(feature = "config")]
    of!(crate::planning::standards::StandardError);
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
