//! Invariants of the engine: on every small graph there is, and on random cities.

mod breaks;
mod circle;
mod city;
mod edits;
mod exhaustive;
mod hours;
mod invariants;
mod isochrones;
mod live;
mod pockets;
mod reaches;
mod service_hours;
mod slopes;
mod storeys;
mod walls;
