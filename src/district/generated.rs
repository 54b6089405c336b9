//! The generated district.

use super::ground::Ground;
use super::{
    Ages, Building, Community, Compound, DistrictOptions, Gate, Home, Map, Stairwell, StationSite,
    Subdistrict,
};

/// A generated district.
#[derive(Clone, Debug)]
pub struct District {
    /// What it was generated from.
    pub options: DistrictOptions,
    /// Streets, walls, gates, buildings and water.
    pub map: Map,
    /// The subdistricts; the preset's in the order of the register.
    pub subdistricts: Vec<Subdistrict>,
    /// The communities, by subdistrict; villages after the urban ones.
    pub communities: Vec<Community>,
    /// The walled compounds.
    pub compounds: Vec<Compound>,
    /// Their gates, by compound.
    pub gates: Vec<Gate>,
    /// The residential buildings.
    pub buildings: Vec<Building>,
    /// Their stairwells, by building.
    pub stairwells: Vec<Stairwell>,
    /// The residents' records, by stairwell and storey.
    pub homes: Vec<Home>,
    /// The stations, by tier.
    pub stations: Vec<StationSite>,
    pub(super) ground: Ground,
}

impl District {
    /// All people.
    #[must_use]
    pub fn people(&self) -> Ages {
        let communities = self.communities.iter();
        communities.fold(Ages::default(), |mut sum, community| {
            sum += community.people;
            sum
        })
    }
}
