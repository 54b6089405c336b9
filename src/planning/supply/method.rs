//! The forms of floating catchments.

/// A form of floating catchments. `w` are the weights of a [`Decay`](super::Decay), `P` people, `S` what a station can take.
///
/// # Source
/// Luo, Wang: *Measures of Spatial Accessibility to Health Care in a GIS Environment* (2003); Luo, Qi: *An Enhanced Two-Step
/// Floating Catchment Area (E2SFCA) Method* (2009); Wan, Zou, Sternberg: *A Three-Step Floating Catchment Area Method* (2012).
/// Each is the definition that the package `access` of `PySAL` computes from the same walks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub enum SupplyMethod {
    /// 2SFCA: `Rⱼ = Sⱼ / Σᵢ Pᵢ` and `Aᵢ = Σⱼ Rⱼ`, over all within the cutoff alike.
    TwoStep,
    /// E2SFCA: `Rⱼ = Sⱼ / Σᵢ Pᵢ wᵢⱼ` and `Aᵢ = Σⱼ Rⱼ wᵢⱼ`.
    EnhancedTwoStep,
    /// 3SFCA: everybody chooses between the stations within the cutoff, `gᵢⱼ = wᵢⱼ / Σⱼ wᵢⱼ`; then `Rⱼ = Sⱼ / Σᵢ Pᵢ gᵢⱼ wᵢⱼ` and
    /// `Aᵢ = Σⱼ Rⱼ gᵢⱼ wᵢⱼ`.
    ThreeStep,
}

impl SupplyMethod {
    /// All of them, from the plainest.
    pub const ALL: [Self; 3] = [Self::TwoStep, Self::EnhancedTwoStep, Self::ThreeStep];

    /// Its name in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::TwoStep => "2sfca",
            Self::EnhancedTwoStep => "e2sfca",
            Self::ThreeStep => "3sfca",
        }
    }

    /// Whether a longer walk weighs less.
    pub(crate) const fn has_decay(self) -> bool {
        !matches!(self, Self::TwoStep)
    }
}
