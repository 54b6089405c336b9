//! Why a walker cannot be had, or put to a question.

use crate::control::Cancelled;
use crate::network::NetworkError;
use crate::text::words::{Part, Said, sentence, sentences};
use crate::units::{OptionError, Unit};

/// Why a walker cannot be had, or put to a question.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum WalkerError {
    /// A way takes longer than a cost can say.
    Network(NetworkError),
    /// The caller said so.
    Cancelled(Cancelled),
    /// An option that cannot be meant.
    Option(OptionError),
    /// Costs, or points, of another network.
    OtherNetwork {
        /// For how many streets they are, or the street on which a point stands.
        streets: usize,
        /// How many the network has.
        of: usize,
    },
    /// Records that are not those that were placed.
    OtherCity,
    /// Points that were snapped in another way than the walker's are.
    OtherSnapping,
    /// Costs in the place of those of another unit.
    Unit {
        /// What is wanted.
        wanted: Unit,
    },
    /// A length of your own that is none, or longer than a cost can say.
    Length {
        /// Its index.
        edge: usize,
        /// What was given.
        metres: f64,
    },
    /// A place that is not on the earth.
    OffTheEarth {
        /// As given.
        lon: f64,
        /// As given.
        lat: f64,
    },
    /// A station that there is not.
    NoStation {
        /// Its index.
        station: usize,
        /// How many there are.
        of: usize,
    },
    /// An edge that there is not.
    NoEdge {
        /// Its index.
        edge: usize,
        /// How many there are.
        of: usize,
    },
}

sentences!(WalkerError {
    Network(error);
    Cancelled(error);
    Option(error);
    OtherNetwork { streets, of };
    OtherCity;
    OtherSnapping;
    Unit { wanted as said_unit };
    Length { edge, metres };
    OffTheEarth { lon, lat };
    NoStation { station, of };
    NoEdge { edge, of };
});

#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "the macro hands on a field by reference"
)]
fn said_unit(unit: &Unit) -> impl Part {
    Said(move |language| match unit {
        Unit::Milliseconds => sentence!(language, [Unit Milliseconds]),
        Unit::Millimetres => sentence!(language, [Unit Millimetres]),
    })
}

// By hand: what they say is the whole sentence, so they are no sources behind it.
macro_rules! wraps {
    ($($variant:ident($error:ty)),+) => {$(
        impl From<$error> for WalkerError {
            fn from(error: $error) -> Self {
                WalkerError::$variant(error)
            }
        }
    )+};
}

wraps!(
    Network(NetworkError),
    Cancelled(Cancelled),
    Option(OptionError)
);
