//! What a standard holds stations themselves to.

use std::fmt;
use std::str::FromStr;

use crate::text::language::Words;

/// The `[audit]` table of a standard.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct StationAudit {
    /// The least floor area of a station of each tier, in the order of [`Tier::ALL`](crate::model::Tier::ALL), inclusive; `None` asks for none.
    pub min_floor_area: [Option<FloorArea>; 3],
    /// Which of the three haves (三有) are asked for, in the order of [`StationAudit::HAVES`].
    pub haves: [bool; 3],
    /// Where the numbers were had from.
    pub source: Words,
    /// Whether they were read in a source, and are not only what is generally known.
    pub is_checked: bool,
}

impl StationAudit {
    /// The names of the three haves in files.
    pub const HAVES: [&'static str; 3] = ["sign", "rules", "facilities"];
}

/// A floor area, exactly, to the hundredth of a square metre.
///
/// ```
/// use pedshed::planning::standards::FloorArea;
/// let area: FloorArea = "50.5".parse().expect("an area");
/// assert_eq!((area.m2(), area.to_string()), (50.5, "50.5".to_owned()));
/// assert!("0".parse::<FloorArea>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct FloorArea(u32);

/// A text that is no floor area above 0 and up to a million square metres with at most two decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a floor area above 0 and up to 1,000,000 m² with at most two decimals")]
pub struct NoFloorArea;

impl FloorArea {
    /// In square metres.
    #[must_use]
    pub fn m2(self) -> f64 {
        f64::from(self.0) / 100.0
    }
}

impl FromStr for FloorArea {
    type Err = NoFloorArea;

    fn from_str(text: &str) -> Result<Self, NoFloorArea> {
        let plain = text.replace('_', "");
        let (whole, decimals) = plain.split_once('.').unwrap_or((&plain, ""));
        let decimals = decimals.trim_end_matches('0');
        let is_plain = |digits: &str| digits.bytes().all(|digit| digit.is_ascii_digit());
        if whole.is_empty() || decimals.len() > 2 || !is_plain(whole) || !is_plain(decimals) {
            return Err(NoFloorArea);
        }
        let whole: u32 = whole.parse().map_err(|_| NoFloorArea)?;
        let decimals: u32 = format!("{decimals:0<2}").parse().map_err(|_| NoFloorArea)?;
        match u64::from(whole) * 100 + u64::from(decimals) {
            hundredths @ 1..=100_000_000 => Ok(Self(hundredths as u32)),
            _ => Err(NoFloorArea),
        }
    }
}

impl fmt::Display for FloorArea {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.m2())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_are_read_to_the_hundredth_and_nothing_else_is() {
        for (text, m2) in [
            ("800", 800.0),
            ("1_200", 1200.0),
            ("50.50", 50.5),
            ("0.01", 0.01),
            ("1000000", 1e6),
        ] {
            assert_eq!(
                text.parse::<FloorArea>().map(FloorArea::m2),
                Ok(m2),
                "{text}"
            );
        }
        for text in [
            "0",
            "",
            ".5",
            "-1",
            "+1",
            "1e3",
            "inf",
            "0.001",
            "1000000.01",
            "99999999999",
            "800 m²",
        ] {
            assert_eq!(text.parse::<FloorArea>(), Err(NoFloorArea), "{text}");
        }
    }
}
