//! What a district holds, as records.

use crate::geometry::Location;

use super::fitout::FitOut;

pub use super::names::CommunityKind;
pub use crate::model::Tier;

/// A subdistrict (街道, 镇).
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Subdistrict {
    /// Its code: of the register, or the model's own.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its people.
    pub people: u32,
    /// Its outline, closed.
    pub outline: Vec<Location>,
}

/// A community (社区) or a village (村).
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Community {
    /// Its code: of the register, or the model's own.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: CommunityKind,
    /// The position of its subdistrict.
    pub subdistrict: usize,
    /// Its people by age.
    pub people: Ages,
    /// Its dwellings.
    pub dwellings: u32,
    /// Its outline, closed.
    pub outline: Vec<Location>,
}

/// People by age: 0-14, 15-59, 60-69, 70-79, 80 and more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Ages(pub [u32; 5]);

impl Ages {
    /// All of them.
    #[must_use]
    pub fn total(self) -> u32 {
        self.0.iter().sum()
    }
}

impl std::ops::AddAssign for Ages {
    fn add_assign(&mut self, other: Self) {
        for (sum, more) in self.0.iter_mut().zip(other.0) {
            *sum += more;
        }
    }
}

/// A compound (小区): a walled piece of ground with gates.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Compound {
    /// Its wall, closed.
    pub wall: Vec<Location>,
    /// Whether its inner roads are mapped.
    pub is_mapped: bool,
    /// Whether people live there; otherwise it is a campus.
    pub has_homes: bool,
    /// The position of its community.
    pub community: u32,
}

/// A gate in a compound's wall.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Gate {
    /// Where it is.
    pub place: Location,
    /// The position of its compound.
    pub compound: u32,
}

/// A residential building.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Building {
    /// Its storeys.
    pub storeys: u8,
    /// Flats on one landing; 0 for a house, which is one dwelling on all its storeys.
    pub flats: u8,
    /// The position of its compound; none in open blocks and villages.
    pub compound: Option<u32>,
    /// The position of its community.
    pub community: u32,
}

impl Building {
    /// The dwellings behind one of its doors.
    #[must_use]
    pub(crate) fn dwellings_per_stairwell(&self) -> u32 {
        match self.flats {
            0 => 1,
            flats => u32::from(flats) * u32::from(self.storeys),
        }
    }
}

/// A stairwell (单元) of a building, by its door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Stairwell {
    /// Its door.
    pub door: Location,
    /// The position of its building.
    pub building: u32,
    /// Its number in the building, from 1.
    pub number: u8,
    /// Whether it has a lift.
    pub has_lift: bool,
}

/// One record of the residents: the people behind one stairwell's door, or those on one storey of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Home {
    /// The position of its stairwell.
    pub stairwell: u32,
    /// The storey, from 1; none where the record is the whole stairwell's.
    pub storey: Option<u8>,
    /// Its people.
    pub people: Ages,
}

/// A station.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct StationSite {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its tier.
    pub tier: Tier,
    /// Where it is.
    pub place: Location,
    /// The position of its subdistrict.
    pub subdistrict: usize,
    /// The position of its community; none of a subdistrict's own.
    pub community: Option<usize>,
    /// The position among the stations of the one that it belongs to: a grid's of its community's, which belongs to its
    /// subdistrict's. A grid of a village belongs to the subdistrict.
    pub parent: Option<usize>,
    /// What it is fitted out with.
    pub fit_out: FitOut,
}
