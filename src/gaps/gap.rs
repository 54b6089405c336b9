//! What a gap is.

use crate::units::OptionError;
use std::ops::RangeInclusive;

use geo_types::{Coord, MultiPolygon};

use crate::id::{CompoundId, ResidentId, StationId};
use crate::text::words::sentences;
use crate::units::{Cost, Cutoff, People};

/// Why the people of a gap are left out: the reason of most of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
#[non_exhaustive]
pub enum GapReason {
    /// The stations are further than the cutoff.
    TooFar,
    /// A street from which a station is near lies close by, and the walk to it is long: a bridge, a gate, a path is missing.
    LinkMissing,
    /// Their streets lead to no station.
    NoPath,
    /// Their streets are an island, cut off from the network.
    Island,
    /// Their streets are private ways that touch no public way.
    ClosedPocket,
    /// There is no street near them.
    OffNetwork,
    /// The wall of a compound is in the way: a gate in it would cover them.
    Wall,
    /// A station is near enough to the street door, and the stairs at home make the walk too long.
    Stairs,
    /// Stairs at home that the walker cannot take, and no lift that leads the whole way.
    StairsAtHome,
    /// Stations are near enough, and closed at the time that is asked for.
    StationsClosed,
}

impl GapReason {
    /// Its name in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            GapReason::TooFar => "too_far",
            GapReason::LinkMissing => "link_missing",
            GapReason::NoPath => "no_path",
            GapReason::Island => "island",
            GapReason::ClosedPocket => "pocket_without_gate",
            GapReason::OffNetwork => "off_network",
            GapReason::Wall => "behind_wall",
            GapReason::Stairs => "stairs",
            GapReason::StairsAtHome => "stairs_at_home",
            GapReason::StationsClosed => "stations_closed",
        }
    }
}

sentences!(GapReason {
    TooFar;
    LinkMissing;
    NoPath;
    Island;
    ClosedPocket;
    OffNetwork;
    Wall;
    Stairs;
    StairsAtHome;
    StationsClosed;
});

/// Two places that are near on the ground and far by foot.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct MissingLink {
    /// On a street of the gap.
    pub from: Coord<f64>,
    /// On a street from which a station is within the cutoff.
    pub to: Coord<f64>,
    /// The straight line between them, in metres.
    pub metres: f64,
    /// The people of the gap who would be covered if it could be walked.
    pub gain: People,
}

/// A place where people are left out.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Gap {
    /// Who lives there, ascending.
    pub residents: Vec<ResidentId>,
    /// How many they are.
    pub people: People,
    /// The home that is nearest to the middle of the people.
    pub centre: Coord<f64>,
    /// The ground within a few steps of their homes and the streets between; empty where it was not asked for.
    pub outline: MultiPolygon<f64>,
    /// By how much the walk of the middle person is over the cutoff; `None` where most have no walk at all.
    pub median_extra: Option<Cost>,
    /// The station that is nearest to most of them; `None` where they have no walk to any.
    pub nearest_station: Option<StationId>,
    /// Why they are left out.
    pub reason: GapReason,
    /// The link that would help most, where one would help at least half of the people.
    pub link: Option<MissingLink>,
    /// The gate in a compound's wall that would help most; the reason is [`GapReason::Wall`] where it helps at least half of the
    /// people, and no fewer than the link.
    pub gate: Option<NewGate>,
    /// The closed station that would help most if it were open, where a time is asked for; the reason is
    /// [`GapReason::StationsClosed`] where all that are closed would together cover at least half of the people.
    pub opening: Option<LongerOpening>,
    /// A station in their middle, where it would cover any of them; `None` for gaps of a group as well.
    pub station: Option<NewStation>,
    /// The name of the street on which most of them live.
    pub street: Option<String>,
}

impl Gap {
    /// The link that would help, unless it is the way through the gate that would.
    #[must_use]
    pub(crate) fn link_beside_gate(&self) -> Option<&MissingLink> {
        let way = self.gate.as_ref().and_then(|gate| gate.way);
        let is_way =
            |link: &&MissingLink| way.is_some_and(|way| way.from == link.from && way.to == link.to);
        self.link.as_ref().filter(|link| !is_way(link))
    }
}

/// The distances taken, in metres.
const METRES: RangeInclusive<f64> = 0.0..=10_000.0;

/// How gaps are put together.
///
/// ```
/// use pedshed::gaps::GapOptions;
/// let options = GapOptions::default().with_link_m(300.0)?.with_outlines(false);
/// assert_eq!((options.link_m(), options.missing_link_m()), (300.0, 100.0));
/// assert!(options.with_missing_link_m(f64::NAN).is_err());
/// # Ok::<(), pedshed::units::OptionError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(try_from = "UncheckedOptions")
)]
pub struct GapOptions {
    link_m: f64,
    missing_link_m: f64,
    with_outlines: bool,
}

impl Default for GapOptions {
    fn default() -> Self {
        Self {
            link_m: 150.0,
            missing_link_m: 100.0,
            with_outlines: true,
        }
    }
}

impl GapOptions {
    /// The most metres of walking between neighbours of one gap. Default: 150, about two houses in the country and a block
    /// in town.
    #[must_use]
    pub const fn link_m(&self) -> f64 {
        self.link_m
    }

    /// The longest straight line that can be a missing link, in metres. Default: 100: a wall, a railway, a river.
    #[must_use]
    pub const fn missing_link_m(&self) -> f64 {
        self.missing_link_m
    }

    /// The same with this many metres of walking between neighbours of one gap.
    ///
    /// # Errors
    /// When it is no number from 0 to 10,000.
    pub fn with_link_m(self, link_m: f64) -> Result<Self, OptionError> {
        let link_m = OptionError::check("link_m", link_m, &METRES)?;
        Ok(Self { link_m, ..self })
    }

    /// The same with missing links of at most this many metres.
    ///
    /// # Errors
    /// When it is no number from 0 to 10,000.
    pub fn with_missing_link_m(self, missing_link_m: f64) -> Result<Self, OptionError> {
        let missing_link_m = OptionError::check("missing_link_m", missing_link_m, &METRES)?;
        Ok(Self {
            missing_link_m,
            ..self
        })
    }

    /// Whether outlines are drawn.
    pub(super) const fn draws_outlines(&self) -> bool {
        self.with_outlines
    }

    /// Whether outlines are drawn; else they are empty. Default: yes.
    #[must_use]
    pub const fn with_outlines(self, with_outlines: bool) -> Self {
        Self {
            with_outlines,
            ..self
        }
    }
}

/// Options before their numbers were checked.
#[cfg(feature = "serde")]
#[derive(serde::Deserialize)]
struct UncheckedOptions {
    link_m: f64,
    missing_link_m: f64,
    with_outlines: bool,
}

#[cfg(feature = "serde")]
impl TryFrom<UncheckedOptions> for GapOptions {
    type Error = OptionError;

    fn try_from(unchecked: UncheckedOptions) -> Result<Self, OptionError> {
        Ok(Self::default()
            .with_link_m(unchecked.link_m)?
            .with_missing_link_m(unchecked.missing_link_m)?
            .with_outlines(unchecked.with_outlines))
    }
}

/// The gaps of a city, most people first; equally large ones in the order of their first residents.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Gaps {
    /// The cutoff that they are beyond.
    pub deciding: Cutoff,
    /// The gaps.
    pub list: Vec<Gap>,
}

/// A gate that would help.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct NewGate {
    /// In whose wall.
    pub compound: CompoundId,
    /// Where.
    pub place: Coord<f64>,
    /// The people of the gap who would be covered.
    pub gain: People,
    /// By how much the walk of the middle one of these would be shorter, as the costs of the deciding cutoff; `None` where
    /// most have no walk now.
    pub saved: Option<Cost>,
    /// The way through it, where it is for people who have a street inside; `None` where it is for those who have none, and
    /// who walk straight to it.
    pub way: Option<GateWay>,
}

/// A station that is closed at the time that is asked for, and would help if it were open.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct LongerOpening {
    /// Which.
    pub station: StationId,
    /// Where it is: its first entrance.
    pub place: Coord<f64>,
    /// The people of the gap who would be covered.
    pub gain: People,
    /// The people of other gaps who would be covered by it, too.
    pub elsewhere: People,
}

/// A station that would help.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct NewStation {
    /// Where: at the home that is nearest to the middle of the gap's people.
    pub place: Coord<f64>,
    /// The people of the gap who would be covered.
    pub gain: People,
    /// The people of other gaps who would be covered by it, too.
    pub elsewhere: People,
}

/// A straight way through a new gate, from a street inside the wall to one outside.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct GateWay {
    /// On the street inside.
    pub from: Coord<f64>,
    /// On the street outside.
    pub to: Coord<f64>,
    /// How long it is, in metres.
    pub metres: f64,
}
