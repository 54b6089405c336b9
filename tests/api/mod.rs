//! The library as its users see it.

mod contract;
mod files;
mod golden;
mod languages;
mod osm;
mod petgraph;
