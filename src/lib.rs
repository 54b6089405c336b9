//! Which residents of a city are within a 15-minute walk of a service station, who is left out, and why: exactly, and in
//! milliseconds.
//!
//! A *ped shed* is the area that people can walk to. Give this library streets, stations and residents, and it answers
//! with every resident's walking time to the nearest station, the stations within each cutoff, the people in each
//! station's circle, and for everybody who is left out the reason.
//!
//! # From streets to the answer
//! ```
//! use pedshed::prelude::*;
//!
//! // A street of 2.2 km on the equator; a clinic at its western end, people along it.
//! let city = City::from_edges(&[(0.0, 0.0), (0.02, 0.0)], &[(0, 1)])?
//!     .stations(vec![Station::new("clinic", 0.0, 0.0)])
//!     .residents(vec![Resident::new("near", 0.005, 0.0001), Resident::new("far", 0.015, 0.0)])
//!     .build()?;
//! let (quarter_hour, control) = (Cutoff::minutes(15.0)?, Control::default());
//!
//! assert_eq!(city.coverage(&[quarter_hour], control)?.share(), 0.5);
//! // 0.015° are 1,670 m, 20.9 minutes at 4.8 km/h; from the other home it is less than 15.
//! assert_eq!(city.nearest((0.015, 0.0), 1)?[0].cost / 60_000, 20);
//! assert_eq!(city.within((0.0, 0.0), quarter_hour)?.len(), 1);
//! // Where would a second clinic help? Stations are moved and added at once.
//! let mut live = city.live(&[quarter_hour], control)?;
//! live.add_station(&[(0.02, 0.0).into()]);
//! assert_eq!(live.coverage().share(), 1.0);
//! # Ok::<(), pedshed::Error>(())
//! ```
//! A [`City`] owns all that it needs, is cheap to clone, and answers on any number of threads. [`City`] reads files too (features
//! `osm`, `geojson` and `csv`): `City::open("porto.osm.pbf")`. Under it lie steps that each stand alone: a constructor borrows
//! only what is below it and returns an owned value to look at, keep, or go on from.
//! [`network::Network::build`] makes streets a graph, [`walker::Walker`] puts somebody's costs, islands and walls on it,
//! [`walker::Placed`] stations and residents, and [`search::Engine`] searches between them. [`analyse`] is these steps in one call
//! with all that they find out about the inputs on the way; `report` writes the files that the command writes.
//!
//! # By task
//! | you want to | take |
//! |--|--|
//! | read a city from files | `inputs::Inputs::read` with a `Request`, `read_with` to watch and to stop it (feature `osm` with `geojson` and `csv`) |
//! | hold a city in a program: who is within of a place, its nearest stations, from any thread | [`City`], [`City::within`], [`City::nearest`] |
//! | bring streets of your own | [`model::StreetsBuilder`], or [`City::from_edges`], [`network::Network::from_edges`] and [`City::on`] |
//! | bring costs or metres of your own | [`CityBuilder::own_costs`], [`CityBuilder::own_metres`], or [`walker::Walker::with_costs`] |
//! | try many choices of stations | [`City::times`], then [`CityTimes::coverage_of`]: microseconds each |
//! | know who is covered, and who is not and why | [`City::coverage`] and [`City::reason`], or [`analyse`] and [`Analysis::reason`] |
//! | compare walkers, or directions | one [`network::Impedance`] per [`model::Profile`] on one network; [`search::Trip`] |
//! | have the whole table of times | [`CityTimes::csr`] as arrays, or [`search::TravelTimes::row`], one row per station |
//! | show one walk | [`walker::Walker::route`] |
//! | draw the ground within a cutoff | `City::ground` of a place, `Analysis::isochrones` of all stations (feature `isochrone`) |
//! | draw it from any place at once, again and again | `isochrone::SampleGrid`, `isochrone::Contourer` |
//! | have the streets within a cutoff, cut where it is reached | `Analysis::reached_streets` |
//! | find the places where people are left out | `Analysis::gaps` |
//! | count the stairs and lifts at home, and know what they cost | [`model::Resident::with_dwelling`], then [`Analysis::stairs`] |
//! | know who is covered at which hour of the week, by opening hours | `hours::OpeningHours`, then [`coverage::WeekCoverage`]; of a study `study::Questions` |
//! | have walled compounds left by their gates, and know what the walls cost | [`CityBuilder::walls`], or [`Options::compounds`] and [`Analysis::wall_costs`] |
//! | ask from any place, for the nearest stations, or around every junction | [`search::Engine`] |
//! | sum by area | [`CityBuilder::areas`], then [`City::areas`] |
//! | walk up and down hills | [`network::Network::with_heights`], then [`model::Profile::with_slope`] where Tobler's rule is not yours |
//! | move stations and close streets, and have the new answer at once, behind walls too | [`City::live`], [`Analysis::live`] |
//! | distribute people, counted by community, over its homes | [`allocation::Allocation`] |
//! | know how evenly walks are spread over people: Gini, Palma, worst decile, every cutoff at once | [`planning::equity::Distribution`] |
//! | ask all of the service circle at once: tiers, groups, services, register, standards | `Plan::ask` (features `config`, and of `inputs::Inputs`) |
//! | hold what stations can take against the people around them: 2SFCA, E2SFCA, 3SFCA | [`planning::supply::FloatingCatchments`], over [`search::TravelTimes::row`] or rows of your own |
//! | judge by a planning standard, or one of your own | `planning::standards::Standard`, then `planning::indicators::Indicator` (feature `config`) |
//! | compare a register of facilities with the list of communities | [`planning::register::Register`], [`planning::register::Sites`], [`planning::register::ParentLinks`], [`planning::register::Audit`] |
//! | ask service by service: who has all of them, all at one place, which one is missing most | [`planning::services::ServiceCoverage`], [`planning::services::best_additions`] |
//! | know what would be gained if every community's stations were open to all | [`planning::membership::Membership`] |
//! | ask about places instead of residents | [`search::Reaches`] |
//! | ask what closing a station, a bridge, a gate, a crossing or a lift costs | [`City::station_closures`], [`City::street_closures`]; of a study `study::StudyResult::resilience` |
//! | part the ground between stations, without overlap | [`City::catchments`] |
//! | choose where to build: set cover, maximal coverage, p-median, p-center, with a certificate | [`siting::Problem`]; on a study's streets `study::StudyResult::site` |
//! | know who had a travelling session within reach, and where and when the next ones should be | [`planning::sessions::Attendance`], [`planning::sessions::Openings`]; of a study `study::StudyResult::sessions` |
//! | know what lifts in old houses would bring, and which come first | [`planning::lifts::LiftLimits`], [`planning::lifts::LiftPolicy`]; of a study `study::StudyResult::lifts` |
//! | run another graph algorithm | petgraph's traits on [`network::Network`] (feature `petgraph`) |
//! | run a whole study and write its files, with exporters and questions of your own | `study::Study` (features `report`, `osm`, `geojson`) |
//! | know how much memory a run will take | `memory::Load` |
//! | open a network in milliseconds | `inputs::NetworkRead::write_prepared`, once |
//! | show progress, or stop early | [`control::Control`] |
//!
//! The ground and the gaps of the street above, with the feature `isochrone`:
//! ```
//! # #[cfg(feature = "isochrone")] {
//! use geo::Contains;
//! use geo_types::coord;
//! use pedshed::control::Control;
//! use pedshed::gaps::GapOptions;
//! use pedshed::geometry::Location;
//! use pedshed::model::{CityRecords, Resident, Station, StreetsBuilder, WayKind};
//! use pedshed::network::Network;
//! use pedshed::{Options, analyse};
//!
//! let mut streets = StreetsBuilder::new([0, 200_000].map(|lon_e7| Location { lon_e7, lat_e7: 0 }).to_vec());
//! streets.add_way(1, &[0, 1], WayKind::Street, Some("Main Street"));
//! let residents = [Resident::new("near", 0.005, 0.0001), Resident::new("far", 0.015, 0.0)];
//! let network = Network::build(&streets.finish(Vec::new()))?;
//! let city = CityRecords {
//!     stations: &[Station::new("clinic", 0.0, 0.0)],
//!     residents: &residents,
//!     areas: &[],
//! };
//! let control = Control::default();
//! let analysis = analyse(&network, city, Options::minutes(&[5.0, 15.0])?, control)?;
//!
//! let isochrones = &analysis.isochrones(&[], control)?[0];
//! let within_15 = &isochrones.merged[1];
//! assert!(within_15.contains(&coord! { x: 0.010, y: 0.0 }));
//! assert!(!within_15.contains(&coord! { x: 0.012, y: 0.0 }));
//!
//! let gaps = analysis.gaps(&residents, GapOptions::default(), control)?;
//! assert_eq!(gaps.list[0].street.as_deref(), Some("Main Street"));
//! // 0.015° of the equator are 1,670 m: 1,252 s at 4.8 km/h, 352 s more than 15 minutes.
//! assert_eq!(gaps.list[0].median_extra.map(|milliseconds| milliseconds / 1000), Some(352));
//! # }
//! # Ok::<(), pedshed::Error>(())
//! ```
//!
//! # What a travel time is
//! Lengths are geodesics on the WGS84 ellipsoid. Each direction of an edge has an integer time in milliseconds, rounded
//! once; a point snaps to the nearest place on the nearest usable street, and the straight leg there is walked and
//! counted. All sums are integers and ties go to the smaller index, so the same input gives the same bytes on any number
//! of threads. A cutoff is inclusive.
//!
//! # Languages
//! Everything that people read is written in English and in Chinese: `Display` is English, [`language::InLanguage`] says the same
//! in another [`language::Language`], and [`message_in`] does so for any error of a chain. Names in files stay English.
//!
//! # Rooms
//! From the ground up; arrows point down, and a test (`tests/layers.rs`) keeps it so.
//!
//! | layer | room | what lives there |
//! |--|--|--|
//! | 10 | the command | arguments, messages, exit codes; uses only the public interface |
//! | 9 | `study`, [`City`], `memory`, [`message_in`] | a whole study from layers to files; a city that a program holds; what a run will take; errors in a language |
//! | 8 | `report`, `district` | one exporter per file; a folder that takes them whole; the generator of model cities |
//! | 7 | [`planning`], [`scenario`] | the questions of planners: standards, tiers, register, services, membership, groups, travelling sessions, lifts, supply, how evenly walks are spread; what if stations, streets, gates or people were others |
//! | 6 | [`analyse`], [`Error`] | the steps in order and what they find; the crate's error |
//! | 5 | [`walker`], [`coverage`], `isochrone`, `gaps`, [`resilience`], [`catchments`], [`siting`] | one walker on one network; who is covered, by whom, why not, also while stations and streets change; the ground within a cutoff; where people are left out; what breaks; whose ground is whose; where to build |
//! | 4 | [`search`] | the bounded search and its drivers; one walk step by step |
//! | 3 | [`snap`] | points onto streets: the segment index; walls and gates; the station tree |
//! | 2 | [`inputs`], [`network`] | one reader per format; the graph, impedances, islands |
//! | 1 | [`model`], [`geometry`], [`crs`], [`hours`], [`allocation`] | stations, residents, walkers, findings; the ellipsoid; coordinate systems; opening hours; people counted by community put into homes |
//! | 0 | [`units`], [`id`], [`parallel`], [`control`], [`language`] | people, cutoffs, costs; indices; threads; progress and cancellation; English and Chinese |
//!
//! # Features
//! | feature | adds |
//! |--|--|
//! | `parallel` | several threads, in the caller's rayon pool |
//! | `petgraph` | petgraph's visit traits on [`network::Network`], and a network from a petgraph graph |
//! | `serde` | the public types as serde data |
//! | `osm`, `geojson`, `shapefile`, `csv`, `excel` | readers of these formats |
//! | `text` | encodings beside UTF-8, for the readers of text, which turn it on |
//! | `hours` | opening hours in OpenStreetMap's grammar and as offices write them: `hours::OpeningHours` |
//! | `config` | walkers and planning standards from TOML files |
//! | `proj` | coordinate systems other than WGS84 |
//! | `elevation` | heights of the ground from SRTM's tiles and GeoTIFF: `inputs::Elevation`, for [`network::Network::with_heights`] |
//! | `prepared` | networks prepared once and opened in milliseconds: `inputs::NetworkRead::write_prepared` |
//! | `isochrone` | polygons of the ground within a cutoff, and the gaps beside it |
//! | `report` | the tables, `summary.json`, `run.json` and `report.html`; with `osm` and `geojson` whole studies |
//! | `gpkg`, `fgb` | layers for maps as one `GeoPackage`, and as `FlatGeobuf`; Shapefiles need `report` alone |
//! | `district` | the model district: cities to try things on, as input files |
//! | `cli` | the command `pedshed` |
//!
//! All are on by default. An embedding program takes `default-features = false`: the core needs no C compiler.
//!
//! # Glossary
//! | here | elsewhere |
//! |--|--|
//! | station | facility, amenity, service point |
//! | resident | demand point, client |
//! | cutoff | threshold, limit, service radius in minutes or metres |
//! | impedance | edge weight, cost, generalised cost |
//! | snap, leg | map matching, access and egress offset |
//! | island | disconnected component, orphan |
//! | walk, trip | path; which direction of it counts |
//! | catchment | what is within a cutoff of one station |
//! | group | cohort, part of the population |
//! | gate access | the way out of a walled compound by one of its gates, and from there to the street |
//! | search index, resident index | contracted graph; residents by the edges that they live on |
//! | scratch | a worker's reused memory |
//! | sample grid, contourer, bitmap | raster, isoline tracer, mask |

#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(
    not(feature = "cli"),
    allow(
        dead_code,
        unused_imports,
        reason = "what only other features use is looked at where all of them are on"
    )
)]

mod collections;
pub mod control;
pub mod geometry;
pub mod id;
pub mod parallel;
pub mod text;
pub mod units;

pub mod crs;
pub mod hours;
pub mod model;

pub mod allocation;
pub mod inputs;
pub mod network;
pub mod snap;

pub mod search;

pub mod catchments;
pub mod coverage;
#[cfg(feature = "isochrone")]
pub mod gaps;
#[cfg(feature = "isochrone")]
pub mod isochrone;
pub mod resilience;
pub mod siting;
pub mod walker;

mod analysis;
pub mod planning;
pub mod scenario;

mod error;

#[cfg(feature = "district")]
pub mod district;
#[cfg(feature = "report")]
pub mod report;

mod city;
#[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
pub mod memory;
mod message;
#[cfg(all(feature = "report", feature = "osm", feature = "geojson"))]
pub mod study;

pub use analysis::{Analysis, Options, analyse};
#[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
pub use city::CityFiles;
pub use city::{City, CityBuilder, CityTimes, Covered};
pub use error::Error;
pub use message::message_in;
#[cfg(all(
    feature = "osm",
    feature = "geojson",
    feature = "csv",
    feature = "config"
))]
pub use planning::{
    membership::MembershipRule,
    provision::{GroupPlan, Plan},
};
pub use text::language;

/// What nearly every program that holds a [`City`] names: the city, what is put into it, what is asked, and whom answers are about.
pub mod prelude {
    pub use crate::City;
    pub use crate::control::Control;
    pub use crate::id::{EdgeId, ResidentId, StationId};
    pub use crate::model::{Resident, Station};
    pub use crate::units::Cutoff;
}

/// The README's example, run as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;

/// The examples of the guide's page about the library, run as tests.
#[cfg(all(doctest, feature = "osm", feature = "geojson", feature = "csv"))]
#[doc = include_str!("../docs/src/library.md")]
pub struct Guide;
