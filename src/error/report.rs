//! Why results cannot be written.

use std::io;
use std::path::PathBuf;

use crate::text::language::InLanguage;

/// Why a result cannot be written. Nothing of the set is left behind then.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReportError {
    /// The output folder cannot be made or used.
    #[error("{path}: cannot be used as the output folder")]
    Directory {
        /// The folder.
        path: PathBuf,
        /// What the operating system said.
        #[source]
        reason: io::Error,
    },
    /// Another run writes there.
    #[error("{path}: {}", busy(*.process))]
    Busy {
        /// The folder, or the file.
        path: PathBuf,
        /// The number of the process, where it is known.
        process: Option<u32>,
    },
    /// A folder, or something else that is no file, has the name of a file.
    #[error(
        "{path}: is no file (but a folder or a device), and a file of this name is to be written; move or rename it"
    )]
    Taken {
        /// The folder.
        path: PathBuf,
    },
    /// A file cannot be written whole.
    #[error("{path}: cannot be written; check the space on the disk and the rights to the folder")]
    Write {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        #[source]
        reason: io::Error,
    },
}

/// Who is writing, and what to do.
fn busy(process: Option<u32>) -> String {
    let who = process.map_or_else(
        || "another run".to_owned(),
        |process| format!("another run (process {process})"),
    );
    format!("{who} is writing here; wait until it ends, or write somewhere else")
}

impl InLanguage for ReportError {
    fn zh(&self) -> String {
        match self {
            ReportError::Directory { path, .. } => {
                format!("{}：不能用作输出文件夹", path.display())
            }
            ReportError::Busy { path, process } => {
                let who = process.map_or_else(
                    || "另一次运行".to_owned(),
                    |process| format!("另一次运行（进程 {process}）"),
                );
                let path = path.display();
                format!("{path}：{who}正在写入；请等它结束，或另选输出位置")
            }
            ReportError::Taken { path } => {
                let path = path.display();
                format!("{path}：不是文件（而是文件夹或设备），而这里要写入同名文件；请移走或改名")
            }
            ReportError::Write { path, .. } => {
                format!("{}：无法写入；请检查磁盘空间和文件夹权限", path.display())
            }
        }
    }
}
