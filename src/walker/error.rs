//! Why a walker cannot be had, or put to a question.

use crate::control::Cancelled;
use crate::id::UnknownId;
use crate::network::NetworkError;
use crate::search::SearchError;
use crate::text::language::InLanguage;
use crate::units::{OptionError, OtherUnit};

/// Why a walker cannot be had, or put to a question.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum WalkerError {
    /// A way takes longer than a cost can say.
    #[error(transparent)]
    Network(#[from] NetworkError),
    /// The caller said so.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
    /// An option that cannot be meant.
    #[error(transparent)]
    Option(#[from] OptionError),
    /// Costs, or points, of another network.
    #[error("what is given for {streets} streets is of another network: this one has {of}")]
    OtherNetwork {
        /// For how many streets they are, or the street on which a point stands.
        streets: usize,
        /// How many the network has.
        of: usize,
    },
    /// Records that are not those that were placed.
    #[error("these are not the stations and residents that were put on the streets")]
    OtherCity,
    /// Points that were snapped in another way than the walker's are.
    #[error("these points were snapped with other options than the walker's")]
    OtherSnapping,
    /// A cutoff, or costs, of another unit.
    #[error(transparent)]
    Unit(#[from] OtherUnit),
    /// A length of your own that is none, or longer than a cost can say.
    #[error("edge {edge} cannot be {metres} m long")]
    Length {
        /// Its index.
        edge: usize,
        /// What was given.
        metres: f64,
    },
    /// A place that is not on the earth.
    #[error("longitude {lon}, latitude {lat} is not on the earth")]
    OffTheEarth {
        /// As given.
        lon: f64,
        /// As given.
        lat: f64,
    },
    /// A search that cannot be meant.
    #[error(transparent)]
    Search(SearchError),
    /// A station, a resident or an edge that there is not.
    #[error(transparent)]
    Unknown(#[from] UnknownId),
}

impl InLanguage for WalkerError {
    fn zh(&self) -> String {
        match self {
            WalkerError::Network(error) => error.zh(),
            WalkerError::Cancelled(error) => error.zh(),
            WalkerError::Option(error) => error.zh(),
            WalkerError::OtherNetwork { streets, of } => {
                format!("所给数据对应 {streets} 条路段，属于另一路网：本路网有 {of} 条")
            }
            WalkerError::OtherCity => "这些站点和居民并非已匹配到路网的那些".to_owned(),
            WalkerError::OtherSnapping => "这些点的匹配选项与出行者的不同".to_owned(),
            WalkerError::Unit(error) => error.zh(),
            WalkerError::Search(error) => error.zh(),
            WalkerError::Length { edge, metres } => {
                format!("路段 {edge} 的长度不能为 {metres} 米")
            }
            WalkerError::OffTheEarth { lon, lat } => {
                format!("经度 {lon}、纬度 {lat} 不在地球上")
            }
            WalkerError::Unknown(error) => error.zh(),
        }
    }
}

impl From<SearchError> for WalkerError {
    fn from(error: SearchError) -> Self {
        match error {
            SearchError::Cancelled(error) => error.into(),
            SearchError::Unit(error) => error.into(),
            error @ SearchError::People { .. } => WalkerError::Search(error),
        }
    }
}
