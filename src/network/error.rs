//! Why a network cannot be built.

use crate::id::EdgeId;
use crate::text::language::{InLanguage, Words};

/// A network that cannot be built.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum NetworkError {
    /// Nothing to walk on.
    #[error(
        "the network has no walkable way; check that the file holds streets and covers the study area"
    )]
    Empty,
    /// An index would not fit 32 bits.
    #[error("{count} {what} are more than a network holds ({max})", max = u32::MAX - 1)]
    TooLarge {
        /// Of what.
        what: Words,
        /// How many.
        count: usize,
    },
    /// A way refers to a vertex that is not there.
    #[error("way {way} refers to vertex {vertex} of {vertices}")]
    UnknownVertex {
        /// The way's number.
        way: i64,
        /// The vertex it names.
        vertex: u32,
        /// How many there are.
        vertices: usize,
    },
    /// A way's vertices are not among the refs.
    #[error("way {way} is made of refs {first} to {last}, and there are {refs}")]
    UnknownRefs {
        /// The way's number.
        way: i64,
        /// Its first ref.
        first: u32,
        /// The one behind its last.
        last: u64,
        /// How many there are.
        refs: usize,
    },
    /// A way refers to a name that is not there.
    #[error("way {way} refers to name {name} of {names}")]
    UnknownName {
        /// The way's number.
        way: i64,
        /// The name's position.
        name: u32,
        /// How many there are.
        names: usize,
    },
    /// An edge refers to a node that is not there.
    #[error("edge {index} refers to node {node} of {nodes}")]
    UnknownNode {
        /// The edge's position in the list.
        index: usize,
        /// The node it names.
        node: u32,
        /// How many there are.
        nodes: usize,
    },
    /// A coordinate off the earth.
    #[error("node {node}: longitude {lon}, latitude {lat} is not on the earth")]
    OffTheEarth {
        /// The position of the node, or of the vertex, in the list.
        node: usize,
        /// As given.
        lon: f64,
        /// As given.
        lat: f64,
    },
    /// A walk along one edge that takes longer than a cost can say (49 days, 4,294 km).
    #[error("edge {edge:?} (way {way}) costs more than {max}", max = u32::MAX - 1)]
    CostTooLarge {
        /// The edge.
        edge: EdgeId,
        /// Its first way.
        way: i64,
    },
}

impl InLanguage for NetworkError {
    fn zh(&self) -> String {
        match self {
            NetworkError::Empty => {
                "路网中没有可步行的道路；请确认文件包含道路并覆盖研究范围".to_owned()
            }
            NetworkError::TooLarge { what, count } => {
                format!("{count} 个{}，超过路网上限 {}", what.zh(), u32::MAX - 1)
            }
            NetworkError::UnknownVertex {
                way,
                vertex,
                vertices,
            } => format!("道路 {way} 引用折点 {vertex}，而折点共 {vertices} 个"),
            NetworkError::UnknownRefs {
                way,
                first,
                last,
                refs,
            } => format!("道路 {way} 取折点引用 {first} 至 {last}，而引用共 {refs} 个"),
            NetworkError::UnknownName { way, name, names } => {
                format!("道路 {way} 引用名称 {name}，而名称共 {names} 个")
            }
            NetworkError::UnknownNode { index, node, nodes } => {
                format!("路段 {index} 引用节点 {node}，而节点共 {nodes} 个")
            }
            NetworkError::OffTheEarth { node, lon, lat } => {
                format!("节点 {node}：经度 {lon}、纬度 {lat} 不在地球上")
            }
            NetworkError::CostTooLarge { edge, way } => format!(
                "路段 {}（道路 {way}）的通行成本超过 {}",
                edge.0,
                u32::MAX - 1
            ),
        }
    }
}

/// Whether a network can number so many things; what they are in English and Chinese.
pub(super) fn fits((en, zh): (&str, &str), count: usize) -> Result<(), NetworkError> {
    if count >= u32::MAX as usize {
        Err(NetworkError::TooLarge {
            what: Words::new(en, zh),
            count,
        })
    } else {
        Ok(())
    }
}
