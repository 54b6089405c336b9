//! One binary for all integration tests: the public interface, oracles, properties, the command line, the layers.

mod api;
mod layers;
mod oracle;
