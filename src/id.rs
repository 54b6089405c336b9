//! Indices as types: a node is never an edge, a station never a resident. All are dense `u32` indices in a stated order.

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
