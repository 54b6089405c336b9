//! The library as its users see it.

mod golden;
mod osm;
mod petgraph;
