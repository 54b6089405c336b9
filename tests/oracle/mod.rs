//! Oracles: independent answers to the questions that the engine answers.
//!
//! - [`reference`] answers the contract for lines, stations and residents by brute force;
//! - [`graphs`] solves abstract graphs exactly, and lists every small one;
//! - [`built`] makes a case what the engine takes;
//! - [`cities`] draws awkward towns from a seed;
//! - [`files`] writes a town as the command's input and reads the command's output back;
//! - [`compare`] holds the two answers against each other, value by value;
//! - [`command`] is where the command meets the reference.

pub(crate) mod built;
pub(crate) mod cities;
#[cfg(feature = "cli")]
mod command;
mod compare;
mod files;
pub(crate) mod graphs;
pub(crate) mod reference;
