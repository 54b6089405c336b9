//! Residents with several ways onto the network: the gates of their compound. For a search each of them is a *home*: those of
//! the residents themselves come first, in input order, and behind them the further ones.

use super::joined::{Entrance, Snap, Snapping};
use crate::id::{GateId, ResidentId};

/// A way out of a compound, by one of its gates.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct GateAccess {
    /// The gate.
    pub gate: GateId,
    /// Where the gate joins the network. Its leg is that to the gate and from there to the street.
    pub snap: Snap,
}

/// Who leaves by gates.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub(super) struct GateAccesses {
    /// Ascending by resident, the shortest leg first, which is also the resident's own snap.
    pub(super) list: Vec<(ResidentId, GateAccess)>,
    /// The positions of those behind a resident's first.
    pub(super) further: Vec<u32>,
    /// By resident, whether they have further gate accesses; empty where nobody has.
    pub(super) has_several: Vec<bool>,
}

impl GateAccesses {
    /// From the gate accesses of some residents, ascending.
    pub(super) fn new(by_resident: Vec<(u32, Vec<GateAccess>)>, residents: usize) -> Self {
        let mut accesses = Self::default();
        for (resident, own) in by_resident {
            let resident = ResidentId(resident);
            let first = accesses.list.len();
            accesses
                .list
                .extend(own.into_iter().map(|access| (resident, access)));
            if accesses.list.len() > first + 1 {
                accesses.has_several.resize(residents, false);
                accesses.has_several[resident.index()] = true;
                accesses
                    .further
                    .extend(first as u32 + 1..accesses.list.len() as u32);
            }
        }
        accesses
    }
}

/// The entrances that one row of the station layer makes: one for each gate access, else one.
pub(super) fn entrances_of(
    snappings: &[Snapping],
    accesses: Vec<(u32, Vec<GateAccess>)>,
) -> Vec<Entrance> {
    let mut accesses = accesses.into_iter().peekable();
    let mut entrances = Vec::with_capacity(snappings.len());
    for (row, &snapping) in (0..).zip(snappings) {
        match accesses.next_if(|(of, _)| *of == row) {
            Some((_, accesses)) => {
                entrances.extend(accesses.into_iter().map(|access| Entrance {
                    row,
                    snapping: Snapping::On(access.snap),
                    gate: Some(access.gate),
                }));
            }
            None => entrances.push(Entrance {
                row,
                snapping,
                gate: None,
            }),
        }
    }
    entrances
}
