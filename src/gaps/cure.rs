//! What would help a gap, one measure at a time.

use geo_types::Coord;

use super::gap::Gap;
use crate::units::People;

/// What kind of measure a cure is, the smallest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
pub enum CureKind {
    /// Longer hours of a station that is closed at the time that is asked for.
    Opening,
    /// A gate in the wall of a compound, with a way through it where that is needed.
    Gate,
    /// A missing link: a path, a bridge, a crossing.
    Link,
    /// A station in the middle of the gap.
    Station,
}

impl CureKind {
    /// All, in the order in which they are listed.
    pub const ALL: [CureKind; 4] = [
        CureKind::Opening,
        CureKind::Gate,
        CureKind::Link,
        CureKind::Station,
    ];

    /// Its name in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            CureKind::Opening => "opening",
            CureKind::Gate => "gate",
            CureKind::Link => "link",
            CureKind::Station => "station",
        }
    }
}

/// A measure that would cover people of a gap.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Cure {
    /// What it is.
    pub kind: CureKind,
    /// Where: the gate, the link's end in the gap, or the station that opens longer or is new.
    pub place: Coord<f64>,
    /// How long the link is, or the way through the gate; 0 where there is none to build.
    pub metres: f64,
    /// The people of the gap who would be covered.
    pub gain: People,
}

impl Gap {
    /// What would help, the smallest measure first. A link that is the way through the gate is not told twice.
    #[must_use]
    pub fn cures(&self) -> Vec<Cure> {
        let opening = self.opening.map(|opening| Cure {
            kind: CureKind::Opening,
            place: opening.place,
            metres: 0.0,
            gain: opening.gain,
        });
        let gate = self.gate.map(|gate| Cure {
            kind: CureKind::Gate,
            place: gate.place,
            metres: gate.way.map_or(0.0, |way| way.metres),
            gain: gate.gain,
        });
        let link = self.link_beside_gate().map(|link| Cure {
            kind: CureKind::Link,
            place: link.from,
            metres: link.metres,
            gain: link.gain,
        });
        let station = self.station.map(|station| Cure {
            kind: CureKind::Station,
            place: station.place,
            metres: 0.0,
            gain: station.gain,
        });
        let cures = [opening, gate, link, station].into_iter().flatten();
        cures.filter(|cure| cure.gain > People::ZERO).collect()
    }
}
