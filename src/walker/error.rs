//! Why a walker cannot be had, or put to a question.

use crate::control::Cancelled;
use crate::network::NetworkError;
use crate::text::language::InLanguage;
use crate::units::{OptionError, Unit};

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
    /// Costs in the place of those of another unit.
    #[error("{} are wanted", match .wanted { Unit::Milliseconds => "milliseconds", Unit::Millimetres => "millimetres" })]
    Unit {
        /// What is wanted.
        wanted: Unit,
    },
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
    /// A station that there is not.
    #[error("there is no station {station}: there are {of}")]
    NoStation {
        /// Its index.
        station: usize,
        /// How many there are.
        of: usize,
    },
    /// An edge that there is not.
    #[error("there is no edge {edge}: there are {of}")]
    NoEdge {
        /// Its index.
        edge: usize,
        /// How many there are.
        of: usize,
    },
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
            WalkerError::Unit { wanted } => match wanted {
                Unit::Milliseconds => "应以毫秒计".to_owned(),
                Unit::Millimetres => "应以毫米计".to_owned(),
            },
            WalkerError::Length { edge, metres } => {
                format!("路段 {edge} 的长度不能为 {metres} 米")
            }
            WalkerError::OffTheEarth { lon, lat } => {
                format!("经度 {lon}、纬度 {lat} 不在地球上")
            }
            WalkerError::NoStation { station, of } => {
                format!("没有序号为 {station} 的站点：共 {of} 个")
            }
            WalkerError::NoEdge { edge, of } => {
                format!("没有序号为 {edge} 的路段：共 {of} 条")
            }
        }
    }
}
