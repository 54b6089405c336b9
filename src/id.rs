//! Indices as types: a node is never an edge, a station never a resident. All are dense `u32` indices in a stated order.

use crate::text::language::InLanguage;

macro_rules! index_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        pub struct $name(pub u32);

        impl $name {
            /// From a position in the array that it indexes.
            ///
            /// # Panics
            /// Above `u32::MAX - 1`; the builders refuse inputs of that size before they make an index.
            #[must_use]
            pub fn new(index: usize) -> Self {
                assert!(index < u32::MAX as usize, "index {index} does not fit");
                Self(index as u32)
            }

            /// The position in the array that it indexes.
            #[must_use]
            pub const fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}

index_type!(
    /// A junction, dead end or crossing of a [`Network`](crate::network::Network), in the order of its nodes.
    NodeId
);
index_type!(
    /// A chain between two nodes of a [`Network`](crate::network::Network), in the order of its first segment in the input.
    EdgeId
);
index_type!(
    /// A station, in the order of its first row in the input.
    StationId
);
index_type!(
    /// A resident record, in input order.
    ResidentId
);
index_type!(
    /// A compound of [`Compounds`](crate::model::Compounds), in input order.
    CompoundId
);
index_type!(
    /// A gate of [`Compounds`](crate::model::Compounds), in input order.
    GateId
);
index_type!(
    /// A site of a [`siting::Problem`](crate::siting::Problem), in the order of its rows.
    SiteId
);

/// An id of something else: there is nothing of this number here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no {what} {index}: there are {of}")]
#[non_exhaustive]
pub struct UnknownId {
    /// Of what.
    pub what: Numbered,
    /// The number.
    pub index: usize,
    /// How many there are, numbered from 0.
    pub of: usize,
}

/// What has a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Numbered {
    /// By a [`StationId`].
    Station,
    /// By a [`ResidentId`].
    Resident,
    /// By an [`EdgeId`].
    Edge,
    /// By a [`NodeId`].
    Node,
}

impl std::fmt::Display for Numbered {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Numbered::Station => "station",
            Numbered::Resident => "resident",
            Numbered::Edge => "edge",
            Numbered::Node => "node",
        })
    }
}

impl UnknownId {
    /// Takes a number below this one.
    pub(crate) fn check(what: Numbered, index: usize, of: usize) -> Result<usize, Self> {
        if index < of {
            Ok(index)
        } else {
            Err(Self { what, index, of })
        }
    }
}

impl InLanguage for UnknownId {
    fn zh(&self) -> String {
        let Self { what, index, of } = self;
        let (name, counted) = match what {
            Numbered::Station => ("站点", "个"),
            Numbered::Resident => ("居民", "条"),
            Numbered::Edge => ("路段", "条"),
            Numbered::Node => ("节点", "个"),
        };
        format!("没有序号为 {index} 的{name}：共 {of} {counted}")
    }
}
