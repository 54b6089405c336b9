//! Why a resident is not covered, in words.

use super::status::Status;
use crate::model::{Fault, Resident};
use crate::search::NearestStation;
use crate::snap::Snapping;
use crate::text::language::{InLanguage, Language};
use crate::text::words::{sentence, shown_in_english};
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
    /// Every station within the cutoff is closed at the time that is asked for.
    StationsClosed,
    /// Stairs at home that the walker cannot take, and no lift that leads the whole way.
    StairsAtHome,
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

impl InLanguage for Reason {
    fn zh(&self) -> String {
        self.in_language(Language::Zh)
    }

    fn in_language(&self, language: Language) -> String {
        match self {
            Reason::TooFar { over, cutoff } => {
                let over = *over as f64 / COST_SCALE;
                match cutoff.unit() {
                    Unit::Milliseconds => {
                        sentence!(language, [Reason OverMinutes] over = &over, cutoff = cutoff)
                    }
                    Unit::Millimetres => {
                        sentence!(language, [Reason OverMetres] over = &over, cutoff = cutoff)
                    }
                }
            }
            Reason::NoPath => sentence!(language, [Reason NoPath]),
            Reason::StationsClosed => sentence!(language, [Reason StationsClosed]),
            Reason::StairsAtHome => sentence!(language, [Reason StairsAtHome]),
            Reason::StreetTooFar { metres } => {
                sentence!(language, [Reason StreetTooFar] metres = metres)
            }
            Reason::Island { metres } => sentence!(language, [Reason Island] metres = metres),
            Reason::BehindWall { metres } => {
                sentence!(language, [Reason BehindWall] metres = metres)
            }
            Reason::NoStreet => sentence!(language, [Reason NoStreet]),
            Reason::Invalid(fault) => fault.in_language(language),
        }
    }
}

shown_in_english!(Reason);

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
        (Status::Unreachable, Snapping::ShutIn(_)) => Some(Reason::StairsAtHome),
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
