//! Why a walker cannot be had, or put to a question.

use crate::control::Cancelled;
use crate::id::UnknownId;
use crate::network::NetworkError;
use crate::search::SearchError;
use crate::text::words::sentences;
use crate::units::{OptionError, OtherUnit};

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
    /// A cutoff, or costs, of another unit.
    Unit(OtherUnit),
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
    /// A trip there and back, where walks of one way are asked about.
    OneWayOnly,
    /// A search that cannot be meant.
    Search(SearchError),
    /// A station, a resident or an edge that there is not.
    Unknown(UnknownId),
}

sentences!(WalkerError {
    Network(error);
    Cancelled(error);
    Option(error);
    OtherNetwork { streets, of };
    OtherCity;
    OtherSnapping;
    Unit(error);
    Length { edge, metres };
    OffTheEarth { lon, lat };
    OneWayOnly;
    Search(error);
    Unknown(error);
});

impl From<SearchError> for WalkerError {
    fn from(error: SearchError) -> Self {
        match error {
            SearchError::Cancelled(error) => error.into(),
            SearchError::Unit(error) => error.into(),
            error @ SearchError::People { .. } => WalkerError::Search(error),
        }
    }
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
    Option(OptionError),
    Unit(OtherUnit),
    Unknown(UnknownId)
);
