//! All layers of one study, read and checked against each other.

mod asked;
mod axes;
mod compounds;
mod ground;
mod inputs;
mod parents;
pub(super) mod polygons;
mod read;
mod reader;
pub(super) mod register;
mod request;
mod streets;
mod tables;
mod used;

pub use inputs::Inputs;
pub use request::{Layer, LayerSource, Request};
pub use streets::read_network;
