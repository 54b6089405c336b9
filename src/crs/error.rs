//! What is no coordinate system of this build.

use crate::text::language::InLanguage;

/// Why a coordinate system cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CrsError {
    /// Not a system that PROJ knows.
    #[error(
        "\"{text}\" is not a coordinate system that PROJ knows ({reason}); write EPSG:4547, GCJ-02, BD-09, WKT or a PROJ string"
    )]
    Unknown {
        /// What was given.
        text: String,
        /// What PROJ said.
        reason: String,
    },
    /// This build has no PROJ.
    #[error(
        "{text} needs the feature `proj`, which this build does not have; convert the layer to WGS84 first"
    )]
    NoProj {
        /// What was given.
        text: String,
    },
}

impl InLanguage for CrsError {
    fn zh(&self) -> String {
        match self {
            CrsError::Unknown { text, reason } => format!(
                "PROJ 不认识坐标系“{text}”（{reason}）；请写成 EPSG:4547、GCJ-02、BD-09、WKT 或 PROJ 字符串"
            ),
            CrsError::NoProj { text } => format!(
                "坐标系 {text} 需要 `proj` 功能，本程序构建时未包含；请先将图层转换为 WGS84"
            ),
        }
    }
}
