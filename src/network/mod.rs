//! The walking network: an immutable graph of junctions and the chains between them, with geometry and kinds of ways and
//! **no times**. Times come from an [`Impedance`], a network seen by one walker.

mod along;
mod arcs;
mod build;
mod chains;
mod column;
mod direction;
mod edit;
mod error;
mod ferries;
mod graph;
mod height_samples;
mod heights;
mod impedance;
mod islands;
mod packed;
#[cfg(feature = "petgraph")]
mod petgraph;
mod pockets;
#[cfg(feature = "prepared")]
mod prepared;
mod refs;
mod segments;
mod slopes;
mod structures;
mod union;

#[cfg(feature = "petgraph")]
pub use self::petgraph::{Arc, Arcs, Neighbors};
pub use direction::Direction;
pub(crate) use edit::{Fate, NewWay, Opened};
pub use error::NetworkError;
pub use ferries::Ferries;
pub use graph::{Edge, Network, SourceCounts, Stretch, WayStretch};
pub use height_samples::HeightMetres;
pub use impedance::{EndCosts, Impedance};
pub use islands::{Island, Islands};
pub use pockets::{Pocket, Pockets};
#[cfg(feature = "prepared")]
pub use prepared::PreparedError;

#[cfg(feature = "prepared")]
pub(crate) use column::Buffer;
#[cfg(feature = "prepared")]
pub(crate) use prepared::{Container, Sections};
pub(crate) use slopes::Bends;
pub(crate) use union::Union;
