//! Why a resident is not covered, in words.

use std::fmt;

use super::status::Status;
use crate::model::{Fault, Resident};
use crate::search::NearestStation;
use crate::snap::Snapping;
use crate::text::language::InLanguage;
use crate::units::{COST_SCALE, Cutoff, Unit};

/// Why a resident is not covered.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Reason {
    /// The nearest station is further than the cutoff.
    TooFar {
        /// By this much: milliseconds or millimetres, as the cutoff.
        over: u64,
        /// The cutoff.
        cutoff: Cutoff,
    },
    /// No path leads to any station.
    NoPath,
    /// The nearest usable street is this far, beyond the snapping distance.
    StreetTooFar {
        /// In metres.
        metres: f64,
    },
    /// The nearest street belongs to an island, and nothing else is near enough.
    Island {
        /// In metres.
        metres: f64,
    },
    /// The nearest street is behind a wall, and no gate leads to a street.
    BehindWall {
        /// In metres.
        metres: f64,
    },
    /// There is no usable street at all.
    NoStreet,
    /// The record is invalid.
    Invalid(Fault),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reason::TooFar { over, cutoff } => {
                let over = *over as f64 / COST_SCALE;
                match cutoff.unit() {
                    Unit::Milliseconds => write!(f, "{over:.1} s over {cutoff} min"),
                    Unit::Millimetres => write!(f, "{over:.1} m over {cutoff} m"),
                }
            }
            Reason::NoPath => f.write_str("no path to any station"),
            Reason::StreetTooFar { metres } => write!(f, "nearest street {metres:.0} m away"),
            Reason::Island { metres } => {
                write!(f, "nearest street, {metres:.0} m away, is on an island")
            }
            Reason::BehindWall { metres } => {
                write!(f, "nearest street, {metres:.0} m away, is behind a wall")
            }
            Reason::NoStreet => f.write_str("no usable street"),
            Reason::Invalid(fault) => fault.fmt(f),
        }
    }
}

impl InLanguage for Reason {
    fn zh(&self) -> String {
        match self {
            Reason::TooFar { over, cutoff } => {
                let over = *over as f64 / COST_SCALE;
                match cutoff.unit() {
                    Unit::Milliseconds => format!("超出 {cutoff} 分钟阈值 {over:.1} 秒"),
                    Unit::Millimetres => format!("超出 {cutoff} 米阈值 {over:.1} 米"),
                }
            }
            Reason::NoPath => "没有路径通往任何站点".to_owned(),
            Reason::StreetTooFar { metres } => format!("最近道路在 {metres:.0} 米外"),
            Reason::Island { metres } => format!("最近道路在 {metres:.0} 米外，属孤立路段"),
            Reason::BehindWall { metres } => format!("最近道路在 {metres:.0} 米外，隔有围墙"),
            Reason::NoStreet => "没有可用道路".to_owned(),
            Reason::Invalid(fault) => fault.zh(),
        }
    }
}

pub(super) fn reason(
    status: Status,
    resident: &Resident,
    snapping: &Snapping,
    nearest: Option<NearestStation>,
    deciding: Cutoff,
) -> Option<Reason> {
    match (status, snapping) {
        (Status::Covered, _) => None,
        (Status::Beyond, _) => {
            let cost = nearest.map_or(0, |nearest| nearest.cost);
            Some(Reason::TooFar {
                over: cost.saturating_sub(u64::from(deciding.cost())),
                cutoff: deciding,
            })
        }
        (Status::Unreachable, _) => Some(Reason::NoPath),
        (Status::Invalid, _) => Some(Reason::Invalid(
            resident.fault().cloned().unwrap_or(Fault::NoCoordinate),
        )),
        (Status::OffNetwork, Snapping::OffNetwork(Some(near))) if near.in_island => {
            Some(Reason::Island {
                metres: near.metres,
            })
        }
        (Status::OffNetwork, Snapping::OffNetwork(Some(near))) if near.behind_wall => {
            Some(Reason::BehindWall {
                metres: near.metres,
            })
        }
        (Status::OffNetwork, Snapping::OffNetwork(Some(near))) => Some(Reason::StreetTooFar {
            metres: near.metres,
        }),
        (Status::OffNetwork, _) => Some(Reason::NoStreet),
    }
}
