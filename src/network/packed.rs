//! Passages and crossings as single bytes.

use crate::model::{Access, Crossing, Flow, Passage, WayKind, Wheels};

/// In a passage's byte: two bits of kind, two of flow, one of access, two of wheels.
const FLOW_SHIFT: u8 = 2;
const PRIVATE: u8 = 1 << 4;
const WHEELS_SHIFT: u8 = 5;
/// The edge's last vertex is stored as the next edge's first.
const SHARES_LAST: u8 = 1 << 7;

/// What one byte says about an edge: its passage but for a lift's storeys, and whether it shares a vertex.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(transparent)]
#[cfg_attr(feature = "prepared", derive(bytemuck::Pod, bytemuck::Zeroable))]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub(super) struct PassageByte(u8);

impl PassageByte {
    pub(super) fn new(passage: Passage) -> Self {
        let kind = match passage.kind {
            WayKind::Street => 0,
            WayKind::Steps => 1,
            WayKind::Lift { .. } => 2,
            WayKind::Ferry => 3,
        };
        let flow = match passage.flow {
            Flow::Both => 0,
            Flow::Forward => 1,
            Flow::Backward => 2,
        };
        let access = match passage.access {
            Access::Public => 0,
            Access::Private => PRIVATE,
        };
        // Steps are closed to wheels, and all else open, without saying so: what is said differs from the kind or adds to it.
        let is_steps = passage.kind == WayKind::Steps;
        let wheels = match passage.wheels {
            Wheels::Open if is_steps => 1,
            Wheels::Closed if !is_steps => 1,
            Wheels::AsKind | Wheels::Open | Wheels::Closed => 0,
            Wheels::Bad => 2,
            Wheels::VeryBad => 3,
        };
        Self(kind | flow << FLOW_SHIFT | access | wheels << WHEELS_SHIFT)
    }

    /// The same of an edge that shares its last vertex.
    pub(super) fn sharing_last(self) -> Self {
        Self(self.0 | SHARES_LAST)
    }

    /// The passage; `storeys` is asked where it is a lift.
    pub(super) fn passage(self, storeys: impl FnOnce() -> u16) -> Passage {
        Passage {
            kind: match self.0 & 0b11 {
                0 => WayKind::Street,
                1 => WayKind::Steps,
                2 => WayKind::Lift { storeys: storeys() },
                _ => WayKind::Ferry,
            },
            flow: match self.0 >> FLOW_SHIFT & 0b11 {
                0 => Flow::Both,
                1 => Flow::Forward,
                _ => Flow::Backward,
            },
            access: self.access(),
            wheels: match self.0 >> WHEELS_SHIFT & 0b11 {
                0 => Wheels::AsKind,
                1 if self.0 & 0b11 == 1 => Wheels::Open,
                1 => Wheels::Closed,
                2 => Wheels::Bad,
                _ => Wheels::VeryBad,
            },
        }
    }

    pub(super) fn access(self) -> Access {
        if self.0 & PRIVATE == 0 {
            Access::Public
        } else {
            Access::Private
        }
    }

    #[cfg(feature = "prepared")]
    pub(super) fn is_lift(self) -> bool {
        self.0 & 0b11 == 2
    }

    pub(super) fn shares_last(self) -> bool {
        self.0 & SHARES_LAST != 0
    }

    /// Whether the byte is one that [`new`](Self::new) makes.
    #[cfg(feature = "prepared")]
    pub(super) fn is_known(self) -> bool {
        self.0 >> FLOW_SHIFT & 0b11 != 0b11
    }
}

/// What one byte says about a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(transparent)]
#[cfg_attr(feature = "prepared", derive(bytemuck::Pod, bytemuck::Zeroable))]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub(super) struct CrossingByte(u8);

impl CrossingByte {
    /// One for each value.
    pub(super) const COUNT: usize = 3;

    pub(super) fn new(crossing: Option<Crossing>) -> Self {
        Self(match crossing {
            None => 0,
            Some(Crossing::Signal) => 1,
            Some(Crossing::Marked) => 2,
        })
    }

    pub(super) fn crossing(self) -> Option<Crossing> {
        match self.0 {
            0 => None,
            1 => Some(Crossing::Signal),
            _ => Some(Crossing::Marked),
        }
    }

    /// Its position in a table with an entry for each value.
    pub(super) fn index(self) -> usize {
        usize::from(self.0)
    }

    /// Whether the byte is one that [`new`](Self::new) makes.
    #[cfg(feature = "prepared")]
    pub(super) fn is_known(self) -> bool {
        self.index() < Self::COUNT
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_passage_comes_back_from_its_byte() {
        let kinds = [
            WayKind::Street,
            WayKind::Steps,
            WayKind::Lift { storeys: 900 },
            WayKind::Ferry,
        ];
        for kind in kinds {
            for flow in [Flow::Both, Flow::Forward, Flow::Backward] {
                for access in [Access::Public, Access::Private] {
                    let other = match kind {
                        WayKind::Steps => Wheels::Open,
                        _ => Wheels::Closed,
                    };
                    for wheels in [Wheels::AsKind, other, Wheels::Bad, Wheels::VeryBad] {
                        comes_back(Passage {
                            kind,
                            flow,
                            access,
                            wheels,
                        });
                    }
                }
            }
        }
    }

    fn comes_back(passage: Passage) {
        let byte = PassageByte::new(passage);
        assert!(!byte.shares_last() && byte.sharing_last().shares_last());
        for byte in [byte, byte.sharing_last()] {
            assert_eq!(byte.passage(|| 900), passage);
            #[cfg(feature = "prepared")]
            assert!(byte.is_known());
        }
    }

    #[test]
    fn what_the_kind_of_way_says_of_wheels_anyway_is_not_said_again() {
        for (kind, wheels) in [
            (WayKind::Steps, Wheels::Closed),
            (WayKind::Street, Wheels::Open),
        ] {
            let plain = Passage::from(kind);
            let byte = PassageByte::new(Passage { wheels, ..plain });
            assert_eq!(byte.passage(|| 0), plain);
        }
    }

    #[cfg(feature = "prepared")]
    #[test]
    fn a_byte_that_says_nothing_known_is_told() {
        // 4 kinds × 3 flows × 2 accesses × 4 of wheels × 2.
        let known = (0..=u8::MAX).filter(|byte| PassageByte(*byte).is_known());
        assert_eq!(known.count(), 192);
        let known = (0..=u8::MAX).filter(|byte| CrossingByte(*byte).is_known());
        assert_eq!(known.count(), 3);
    }

    #[test]
    fn every_crossing_comes_back_from_its_byte() {
        for crossing in [None, Some(Crossing::Signal), Some(Crossing::Marked)] {
            assert_eq!(CrossingByte::new(crossing).crossing(), crossing);
        }
    }
}
