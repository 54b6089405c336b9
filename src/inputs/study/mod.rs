//! All layers of one study, read and checked against each other.

mod asked;
mod axes;
mod drawn;
mod ground;
mod heights;
mod inputs;
mod layer_spec;
mod parents;
mod point_layers;
mod polygon_layers;
pub(super) mod polygons;
mod read;
mod reader;
pub(super) mod register;
mod request;
mod streets;
mod tables;
mod used;

pub use drawn::{DrawnCandidates, ParseDrawnError};
pub use inputs::Inputs;
pub use layer_spec::{LayerSource, LayerSpec};
pub use request::Request;
#[cfg(feature = "hours")]
pub(crate) use streets::network_at;
pub use streets::read_network;
