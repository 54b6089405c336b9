//! The library as its users see it.

mod cells;
mod contract;
mod ferries;
mod files;
mod gaps;
mod golden;
mod languages;
mod osm;
mod petgraph;
mod population;
mod structures;
mod tables;
mod walking;
mod walls;
