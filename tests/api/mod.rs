//! The library as its users see it.

mod cells;
mod city;
mod contract;
mod ferries;
mod files;
mod gaps;
mod golden;
mod languages;
mod layer_settings;
mod lines;
mod osm;
mod people;
mod petgraph;
mod population;
mod resilience;
mod scenario;
mod sheets;
mod siting;
mod slopes;
mod stored;
mod structures;
mod study;
mod tables;
mod walking;
mod walls;
