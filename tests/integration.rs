//! One binary for all integration tests: the public interface, oracles, properties, the command line, the layers.

mod api;
mod cli;
mod layers;
mod oracle;
mod property;
mod support;
