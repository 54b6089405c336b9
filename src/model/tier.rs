//! The tiers of a service network.

use std::fmt;

use crate::language::InLanguage;
use crate::plain::letters;

/// The tier (层级) of a station, the highest first.
///
/// ```
/// use pedshed::model::Tier;
/// assert!(Tier::Street < Tier::Community); // a street's centre stands above a community's
/// assert_eq!(Tier::read("社区级"), Some(Tier::Community));
/// assert_eq!(Tier::read("小区（网格）级"), Some(Tier::Grid));
/// assert_eq!(Tier::read("district"), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Tier {
    /// Of a subdistrict or town (街镇级).
    Street,
    /// Of a community (社区级).
    Community,
    /// Of a neighbourhood or grid (小区、网格级).
    Grid,
}

impl Tier {
    /// Every tier, the highest first.
    pub const ALL: [Tier; 3] = [Tier::Street, Tier::Community, Tier::Grid];

    /// As it stands in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Tier::Street => "street",
            Tier::Community => "community",
            Tier::Grid => "grid",
        }
    }

    /// The tier that a cell names, in English or Chinese.
    #[must_use]
    pub fn read(cell: &str) -> Option<Self> {
        let plain = letters(cell);
        match plain.strip_suffix('级').unwrap_or(&plain) {
            "street" | "subdistrict" | "town" | "街道" | "街镇" | "乡镇" | "镇" | "镇街" => {
                Some(Tier::Street)
            }
            "community" | "社区" => Some(Tier::Community),
            "grid" | "neighbourhood" | "neighborhood" | "compound" | "网格" | "小区"
            | "小区网格" => Some(Tier::Grid),
            _ => None,
        }
    }
}

impl fmt::Display for Tier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl InLanguage for Tier {
    fn zh(&self) -> String {
        let text = match self {
            Tier::Street => "街镇级",
            Tier::Community => "社区级",
            Tier::Grid => "小区（网格）级",
        };
        text.to_owned()
    }
}
