//! Oracles: independent answers to the questions that the engine answers.

mod cities;
mod graphs;
mod reference;
