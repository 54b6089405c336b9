//! What a district is generated from.

use std::ops::RangeInclusive;

/// Which district.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum Size {
    /// The preset `yingze`.
    Yingze,
    /// A town without a name that has about so many junctions; stations and people in the preset's proportions.
    Junctions(u32),
}

/// What one record of the residents is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum HomeRecords {
    /// One storey of one stairwell.
    Storey,
    /// One stairwell.
    Stairwell,
}

/// What to generate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct DistrictOptions {
    /// Another seed gives another city of the same kind.
    pub seed: u64,
    /// Which district.
    pub size: Size,
    /// Whether there are heights: hills in the east, as an elevation model and at the nodes (`ele`).
    pub slopes: bool,
    /// What one record of the residents is.
    pub homes: HomeRecords,
    /// Whether the file's nodes and ways have drawn ids and stand in their order, so that what is near in the file is not
    /// near on the ground, as in a file that many hands have drawn.
    pub shuffled: bool,
}

impl DistrictOptions {
    /// How many junctions may be asked for. Memory and files grow in proportion: a million take 0.3 GB each.
    pub(crate) const JUNCTIONS: RangeInclusive<u32> = 1_000..=20_000_000;

    /// The preset `yingze` with seed 1, one record for each storey, without heights.
    #[must_use]
    pub const fn yingze() -> Self {
        Self {
            seed: 1,
            size: Size::Yingze,
            slopes: false,
            homes: HomeRecords::Storey,
            shuffled: false,
        }
    }

    /// A town of about so many junctions with seed 1, one record for each stairwell, without heights.
    #[must_use]
    pub const fn junctions(junctions: u32) -> Self {
        Self {
            size: Size::Junctions(junctions),
            homes: HomeRecords::Stairwell,
            ..Self::yingze()
        }
    }

    /// The same with another seed.
    #[must_use]
    pub const fn with_seed(self, seed: u64) -> Self {
        Self { seed, ..self }
    }

    /// The same with drawn ids.
    #[must_use]
    pub const fn with_drawn_ids(self) -> Self {
        Self {
            shuffled: true,
            ..self
        }
    }

    /// The same with heights.
    #[must_use]
    pub const fn with_slopes(self) -> Self {
        Self {
            slopes: true,
            ..self
        }
    }
}
