//! Why a model district cannot be made.

use std::ops::RangeInclusive;

use crate::text::language::InLanguage;

/// Why there is no such district.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DistrictError {
    /// Too few or too many junctions.
    #[error(
        "a district of {junctions} junctions cannot be made; ask for {} to {}",
        .possible.start(),
        .possible.end()
    )]
    Junctions {
        /// What was asked for.
        junctions: u32,
        /// What can be made.
        possible: RangeInclusive<u32>,
    },
}

impl InLanguage for DistrictError {
    fn zh(&self) -> String {
        let DistrictError::Junctions {
            junctions,
            possible,
        } = self;
        let (least, most) = (possible.start(), possible.end());
        format!("无法生成含 {junctions} 个路口的城区；请取 {least} 至 {most}")
    }
}
