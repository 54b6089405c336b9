//! Where in a building somebody lives, and what leads down from there.

/// Where in a building somebody lives, as far as it is known. What is not known costs nothing and shuts nobody in.
///
/// ```
/// use pedshed::model::{Dwelling, Lift};
/// let fifth = Dwelling { storey: Some(5), lift: Some(Lift::None) };
/// assert_eq!(fifth.flights(), 4);
/// assert_eq!(Dwelling::default().flights(), 0);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Dwelling {
    /// The storey, counted as in China: 1 is the ground floor.
    pub storey: Option<u8>,
    /// The lift of the stairwell; `None` where nobody says whether there is one.
    pub lift: Option<Lift>,
}

/// Whether a stairwell has a lift, and where it stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum Lift {
    /// There is none.
    None,
    /// It stops level with the flats (平层入户).
    Level,
    /// It stops at the landings between storeys, as most lifts do that are added to old stairwells (半层入户): half a flight
    /// is left to walk.
    HalfLanding,
}

impl Lift {
    /// Its name in files: `none`, `level`, `half_landing`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Lift::None => "none",
            Lift::Level => "level",
            Lift::HalfLanding => "half_landing",
        }
    }
}

impl Dwelling {
    /// The flights of stairs between the flat and the street door: none on the first storey, or where the storey is not known.
    #[must_use]
    pub fn flights(self) -> u32 {
        u32::from(self.storey.unwrap_or(1).saturating_sub(1))
    }
}
