//! Gaps: the places where people are left out, why, and how many they are.
//!
//! A place is a set of uncovered residents who live near each other on foot: each is within [`GapOptions::link_m`] of
//! walking from another one, along streets from which nobody is covered. So a covered street, a river or a wall parts two
//! places, and no circle does. A place that is wider than what one new station in its middle could serve is cut into such
//! parts.

mod gates;
mod left_out;
mod links;
mod place;
mod walk;
mod ways;

use std::fmt;
use std::ops::RangeInclusive;

use geo_types::{Coord, MultiPolygon};

use crate::control::{Cancelled, Control};
use crate::coverage::{Coverage, Status};
use crate::id::{ResidentId, StationId};
use crate::isochrone::Ground;
use crate::model::Resident;
use crate::parallel;
use crate::search::NearestStation;
use crate::text::language::InLanguage;
use crate::units::{Cost, Cutoff, OptionError, People, Unit};
pub use gates::{GateWay, NewGate};
use left_out::LeftOut;
pub use walk::GapWalk;
pub(crate) use walk::Walks;

/// Places per parallel task.
const PLACE_CHUNK: usize = 16;

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
        }
    }
}

impl fmt::Display for GapReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            GapReason::TooFar => "too far",
            GapReason::LinkMissing => "a link is missing",
            GapReason::NoPath => "no path to any station",
            GapReason::Island => "on an island of streets",
            GapReason::ClosedPocket => "private ways without a gate",
            GapReason::OffNetwork => "no street near",
            GapReason::Wall => "a wall is in the way",
        })
    }
}

impl InLanguage for GapReason {
    fn zh(&self) -> String {
        let words = match self {
            GapReason::TooFar => "超出范围",
            GapReason::LinkMissing => "缺少通道",
            GapReason::NoPath => "路网不连通",
            GapReason::Island => "位于孤立路段",
            GapReason::ClosedPocket => "封闭地块无出入口",
            GapReason::OffNetwork => "远离路网",
            GapReason::Wall => "围墙阻隔",
        };
        words.to_owned()
    }
}

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
    /// The name of the street on which most of them live.
    pub street: Option<String>,
}

impl Gap {
    /// The link that would help, unless it is the way through the gate that would.
    #[must_use]
    pub fn link_beside_gate(&self) -> Option<&MissingLink> {
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

/// Whose gaps are asked for, and how they are served.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Population<'a> {
    /// Where they live.
    pub(crate) residents: &'a [Resident],
    /// By record how many of them there are; everybody where there is no such list.
    pub(crate) part: Option<&'a [People]>,
    /// By record how it is served.
    pub(crate) statuses: &'a [Status],
    /// By record the nearest station, in the unit that decides.
    pub(crate) nearest: &'a [Option<NearestStation>],
    /// What decides.
    pub(crate) deciding: Cutoff,
}

impl<'a> Population<'a> {
    /// Everybody, as they were counted.
    pub(crate) fn all(residents: &'a [Resident], coverage: &'a Coverage) -> Self {
        let deciding = coverage.tests().deciding();
        Self {
            residents,
            part: None,
            statuses: coverage.statuses(),
            nearest: match deciding.unit() {
                Unit::Milliseconds => coverage.nearest(),
                Unit::Millimetres => coverage.nearest_by_metres(),
            },
            deciding,
        }
    }

    fn people(&self, resident: ResidentId) -> People {
        match self.part {
            Some(part) => part[resident.index()],
            None => self.residents[resident.index()].people,
        }
    }

    /// Whether a record is left out. One with none of a part's people is not.
    fn is_left_out(&self, resident: ResidentId) -> bool {
        let is_served = matches!(
            self.statuses[resident.index()],
            Status::Covered | Status::Invalid
        );
        let is_meant = |part: &[People]| part[resident.index()] > People::ZERO;
        !is_served && self.part.is_none_or(is_meant)
    }
}

impl Gaps {
    /// Finds the gaps of a city: `ground` in the unit of the deciding cutoff, with the walls in it, and the coverage that
    /// was counted on it.
    ///
    /// # Errors
    /// [`Cancelled`].
    ///
    /// # Panics
    /// When the deciding cutoff counts another unit than the impedance, or the parts are of different cities.
    ///
    /// # Complexity
    /// A few searches of the whole network and one short one per gap and per link that may be missing; for gates one lookup
    /// per place in a wall, and one sum per place and home behind it.
    pub fn find(
        ground: Ground<'_>,
        (residents, coverage): (&[Resident], &Coverage),
        options: GapOptions,
        control: Control<'_>,
    ) -> Result<Self, Cancelled> {
        let everybody = Population::all(residents, coverage);
        Self::find_among(ground, everybody, options, control)
    }

    /// The same of any people.
    pub(crate) fn find_among(
        ground: Ground<'_>,
        population: Population<'_>,
        options: GapOptions,
        control: Control<'_>,
    ) -> Result<Self, Cancelled> {
        let deciding = population.deciding;
        assert!(
            deciding.unit() == ground.impedance().unit(),
            "the deciding cutoff and the impedance count one unit"
        );
        control.check()?;
        let (reaches, snapper) = (ground.reaches(), ground.snapper());
        let left_out = LeftOut::of(ground, (&reaches, &snapper), population);
        let places = left_out.places(options, control)?;
        control.check()?;
        let links = left_out.missing_links(&places, options, control)?;
        let gates = match ground.walls() {
            Some(walls) => left_out.gates(&places, walls, options, control)?,
            None => vec![None; places.len()],
        };
        let all: Vec<_> = places.iter().zip(links.into_iter().zip(gates)).collect();
        let mut list = parallel::map(&all, PLACE_CHUNK, |(place, (link, gate))| {
            left_out.gap(place, (*link, *gate), options.with_outlines)
        });
        list.sort_by(|a, b| b.people.cmp(&a.people).then(a.residents.cmp(&b.residents)));
        Ok(Self { deciding, list })
    }
}
