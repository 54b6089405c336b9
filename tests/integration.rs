//! One binary for all integration tests: the public interface, oracles, properties, the command line, the layers.

#![allow(clippy::print_stdout, reason = "a test that is skipped says so")]

mod api;
mod cli;
mod district;
mod guide;
mod hostile;
mod layers;
mod oracle;
mod property;
mod reads;
mod support;
