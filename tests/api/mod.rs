//! The library as its users see it.

mod contract;
mod golden;
mod osm;
mod petgraph;
