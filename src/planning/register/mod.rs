//! The register of facilities against the list of communities: what is missing, double, in the wrong place or not by the
//! rules. 建有率 (who has a centre at all) is one indicator; who reaches one on foot is another, and
//! [`coverage`](crate::coverage) answers that.

mod audit;
mod date;
mod links;
mod matching;
mod sites;

use geo_types::Coord;

use crate::model::Tier;
use crate::text::language::{InLanguage, Language};
use crate::text::names::{Naming, PlaceName};
use crate::text::plain::letters;

pub use audit::{Audit, AuditCount, AuditItem, AuditRules, Failure, Shortfall};
pub use date::{Date, DateError};
pub use links::{LinkFault, ParentLinks};
pub use matching::{Candidate, Matched};
pub use sites::{SameSite, Sites};

/// A community of the list: the lowest official division.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Community {
    /// Its code, of 12 digits; may be empty.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The code of its street or town; may be empty.
    pub street_code: String,
    /// The name of its street or town.
    pub street_name: String,
}

/// A station as a register holds it.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct RegisteredStation {
    /// Its row in the register.
    pub row: u32,
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its tier; `None` where the register does not say, or not so that it is understood.
    pub tier: Option<Tier>,
    /// What the register says of its tier, where that is not understood.
    pub unread_tier: Option<String>,
    /// The code of its community, or of its street.
    pub community_code: Option<String>,
    /// The name of its community, or of its street.
    pub community_name: Option<String>,
    /// The id of the station above it.
    pub parent: Option<String>,
    /// What it is: service station, kindergarten, pharmacy, …
    pub kinds: Vec<String>,
    /// Its first day.
    pub opened: Option<Date>,
    /// The first day on which it is no longer there.
    pub closed: Option<Date>,
    /// Its floor area.
    pub floor_area_m2: Option<f64>,
    /// The three haves (三有): a common sign, rules, facilities.
    pub haves: [Option<bool>; 3],
    /// Where it stands: longitude and latitude.
    pub place: Option<Coord<f64>>,
    /// The position of the community in whose ground it stands, by point in polygon.
    pub stands_in: Option<u32>,
}

impl RegisteredStation {
    /// A station of which nothing but its name, and perhaps its tier, is known.
    #[must_use]
    pub fn new(
        id: impl Into<String>,
        name: impl Into<String>,
        tier: impl Into<Option<Tier>>,
    ) -> Self {
        Self {
            row: 0,
            id: id.into(),
            name: name.into(),
            tier: tier.into(),
            unread_tier: None,
            community_code: None,
            community_name: None,
            parent: None,
            kinds: Vec::new(),
            opened: None,
            closed: None,
            floor_area_m2: None,
            haves: [None; 3],
            place: None,
            stands_in: None,
        }
    }

    /// Whether it is there on a day: on its first and after, before the day that it is closed. A station without an opening
    /// has always been there.
    ///
    /// ```
    /// use pedshed::model::Tier;
    /// use pedshed::planning::register::{Date, RegisteredStation};
    /// let mut station = RegisteredStation::new("s1", "察院后社区党群服务中心", Tier::Community);
    /// station.opened = Some(Date::new(2020, 5, 1)?);
    /// assert!(station.open_on(Date::new(2020, 5, 1)?));
    /// assert!(!station.open_on(Date::new(2020, 4, 30)?));
    /// # Ok::<(), pedshed::planning::register::DateError>(())
    /// ```
    #[must_use]
    pub fn open_on(&self, day: Date) -> bool {
        is_open(self.opened, self.closed, day)
    }

    /// Whether it counts: open on the day. Where no day is asked for, every station does, as in coverage.
    #[must_use]
    pub fn counts(&self, as_of: Option<Date>) -> bool {
        as_of.is_none_or(|day| self.open_on(day))
    }
}

/// Whether what opened and closed on these days is there on another: on its first and after, before the day that it is closed.
#[must_use]
pub fn is_open(opened: Option<Date>, closed: Option<Date>, day: Date) -> bool {
    opened.is_none_or(|opened| opened <= day) && closed.is_none_or(|closed| day < closed)
}

/// So many of so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Proportion {
    /// Those that do.
    pub met: u64,
    /// All.
    pub all: u64,
}

impl Proportion {
    fn of(met: impl IntoIterator<Item = bool>) -> Self {
        met.into_iter().fold(Self::default(), |sum, met| Self {
            met: sum.met + u64::from(met),
            all: sum.all + 1,
        })
    }

    /// As a share; 0 of none.
    #[must_use]
    pub fn share(self) -> f64 {
        if self.all == 0 {
            0.0
        } else {
            self.met as f64 / self.all as f64
        }
    }
}

/// A street or town, as the communities name it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Street {
    /// Its code; may be empty.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// Whether a street or community has the station that it should have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub enum Presence {
    /// It has one.
    Present,
    /// It has several of a tier of which one is enough.
    Duplicate,
    /// It has none for sure, and names that are nearly its own are to be looked at.
    ToReview,
    /// It has none.
    Missing,
}

impl Presence {
    /// In a word.
    #[must_use]
    pub const fn word(self, language: Language) -> &'static str {
        let (en, zh) = match self {
            Presence::Present => ("present", "已建"),
            Presence::Duplicate => ("several", "重复"),
            Presence::ToReview => ("to review", "待核对"),
            Presence::Missing => ("missing", "缺失"),
        };
        language.pick(en, zh)
    }
}

impl std::fmt::Display for Presence {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.word(Language::En))
    }
}

impl InLanguage for Presence {
    fn zh(&self) -> String {
        self.word(Language::Zh).to_owned()
    }
}

/// The stations of one tier that a street or community has, by position, ascending.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Has {
    /// Those that are matched for sure.
    pub stations: Vec<u32>,
    /// Those whose names are nearly its own.
    pub to_review: Vec<u32>,
}

impl Has {
    /// Whether that is enough, for a tier. Several grid stations are as it should be.
    #[must_use]
    pub fn presence(&self, tier: Tier) -> Presence {
        match (self.stations.len(), self.to_review.len()) {
            (0, 0) => Presence::Missing,
            (0, _) => Presence::ToReview,
            (1, _) => Presence::Present,
            _ if tier == Tier::Grid => Presence::Present,
            _ => Presence::Duplicate,
        }
    }
}

/// A station that stands in another community, or street, than it is registered under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct WrongCommunity {
    /// The station.
    pub station: u32,
    /// The community that it is registered under; the street, of a street's station.
    pub registered: u32,
    /// The one in whose ground it stands.
    pub stands_in: u32,
}

/// What a whole community (完整社区) must have one of.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Requirement {
    /// The kind of station.
    pub kind: String,
    /// Its least floor area, inclusive.
    pub floor_area_m2: Option<f64>,
}

/// The communities by the whole standard.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Completeness {
    /// For each community the positions of the requirements that it does not meet.
    pub lacking: Vec<Vec<u32>>,
    /// 完整社区覆盖率: the communities that meet all, of all.
    pub complete: Proportion,
}

/// What there was at the end of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct YearEnd {
    /// The last day of the year; of the last year the day that was asked for.
    pub day: Date,
    /// The stations of the tier that are open on it.
    pub open: u64,
    /// The streets or communities that have one.
    pub built: Proportion,
}

/// The register, matched with the list of communities.
///
/// ```
/// use pedshed::model::Tier;
/// use pedshed::planning::register::{Community, Matched, Presence, Register, RegisteredStation};
/// let community = |name: &str| Community {
///     name: name.into(),
///     street_name: "柳巷街道".into(),
///     ..Community::default()
/// };
/// let communities = ["察院后社区居委会", "宁化府社区居委会"].map(community);
/// let stations = [RegisteredStation::new("1", "察院后社区党群服务中心", Tier::Community)];
/// let register = Register::of(&communities, &stations);
/// assert_eq!(register.matches(), [Matched::Name(0)]);
/// assert_eq!(register.built(Tier::Community, None).share(), 0.5); // 1 of 2
/// let has = register.has(Tier::Community, None);
/// assert_eq!(has[1].presence(Tier::Community), Presence::Missing);
/// ```
#[derive(Clone, Debug)]
pub struct Register<'a> {
    stations: &'a [RegisteredStation],
    community_count: usize,
    streets: Vec<Street>,
    street_of: Vec<u32>,
    matches: Vec<Matched>,
    /// The community or street of the station's own words, where they name another one than its code.
    disagreements: Vec<(u32, u32)>,
}

impl<'a> Register<'a> {
    /// Matches every station with its community, or, of a street's own, with its street: by code first, then by the plain
    /// name, and for what is left it lists the names that are nearly the same.
    ///
    /// # Complexity
    /// Linear, and one comparison of names for every community and station that neither its code nor its name places.
    #[must_use]
    pub fn of(communities: &[Community], stations: &'a [RegisteredStation]) -> Self {
        let (streets, street_of) = streets(communities);
        let (matches, disagreements) = matching::all(communities, &streets, stations);
        Self {
            stations,
            community_count: communities.len(),
            streets,
            street_of,
            matches,
            disagreements,
        }
    }

    /// The streets of the communities, in the order in which they are first named.
    #[must_use]
    pub fn streets(&self) -> &[Street] {
        &self.streets
    }

    /// The street of every community.
    #[must_use]
    pub fn street_of(&self) -> &[u32] {
        &self.street_of
    }

    /// How every station was matched, in their order: with a community, or, of [`Tier::Street`], with a street.
    #[must_use]
    pub fn matches(&self) -> &[Matched] {
        &self.matches
    }

    /// The stations whose code places them in one community and whose words name another, which is the second number: to be
    /// looked at. They count where the code places them.
    #[must_use]
    pub fn disagreements(&self) -> &[(u32, u32)] {
        &self.disagreements
    }

    /// The stations of a tier that each community has (each street, of [`Tier::Street`]; nobody asks it of
    /// [`Tier::District`]), of those that are open on a day; without a day, of all.
    #[must_use]
    pub fn has(&self, tier: Tier, as_of: Option<Date>) -> Vec<Has> {
        let count = match tier {
            // The list is of one district.
            Tier::District => 0,
            Tier::Street => self.streets.len(),
            Tier::Community | Tier::Grid => self.community_count,
        };
        let mut has = vec![Has::default(); count];
        for (index, (station, matched)) in (0u32..).zip(self.stations.iter().zip(&self.matches)) {
            if station.tier != Some(tier) || !station.counts(as_of) {
                continue;
            }
            match matched {
                Matched::Code(unit) | Matched::Name(unit) => {
                    has[*unit as usize].stations.push(index);
                }
                Matched::ToReview(candidates) => {
                    for candidate in candidates {
                        has[candidate.unit as usize].to_review.push(index);
                    }
                }
                Matched::None => {}
            }
        }
        has
    }

    /// 建有率: the communities (streets, of [`Tier::Street`]) that have a station of the tier, of all. What is to be reviewed
    /// does not count.
    #[must_use]
    pub fn built(&self, tier: Tier, as_of: Option<Date>) -> Proportion {
        let has = self.has(tier, as_of);
        Proportion::of(has.iter().map(|has| !has.stations.is_empty()))
    }

    /// The stations that stand in another community than they are registered under; a street's in another street.
    #[must_use]
    pub fn wrong_communities(&self) -> Vec<WrongCommunity> {
        let mut wrong = Vec::new();
        for (index, (station, matched)) in (0u32..).zip(self.stations.iter().zip(&self.matches)) {
            let Some((registered, ground)) = matched.sure().zip(station.stands_in) else {
                continue;
            };
            let stands_in = match station.tier {
                Some(Tier::District) => None,
                Some(Tier::Street) => self.street_of.get(ground as usize).copied(),
                Some(Tier::Community | Tier::Grid) | None => Some(ground),
            };
            if let Some(stands_in) = stands_in.filter(|stands_in| *stands_in != registered) {
                wrong.push(WrongCommunity {
                    station: index,
                    registered,
                    stands_in,
                });
            }
        }
        wrong
    }

    /// Which communities meet a whole standard: for each requirement one open station of that kind that is surely theirs, large
    /// enough where an area is asked. A station of several kinds meets several requirements; one of unknown area none that asks
    /// for an area.
    #[must_use]
    pub fn completeness(&self, requirements: &[Requirement], as_of: Option<Date>) -> Completeness {
        let wanted: Vec<String> = requirements
            .iter()
            .map(|required| letters(&required.kind))
            .collect();
        let mut met = vec![vec![false; requirements.len()]; self.community_count];
        for (station, matched) in self.stations.iter().zip(&self.matches) {
            let is_of_community = station.tier != Some(Tier::Street);
            let Some(community) = matched.sure().filter(|_| is_of_community) else {
                continue;
            };
            if !station.counts(as_of) {
                continue;
            }
            let kinds: Vec<String> = station.kinds.iter().map(|kind| letters(kind)).collect();
            for (index, required) in requirements.iter().enumerate() {
                let is_large = required
                    .floor_area_m2
                    .is_none_or(|least| station.floor_area_m2.is_some_and(|area| area >= least));
                if is_large && kinds.contains(&wanted[index]) {
                    met[community as usize][index] = true;
                }
            }
        }
        let lacking: Vec<Vec<u32>> = met
            .iter()
            .map(|met| {
                (0u32..)
                    .zip(met)
                    .filter(|(_, met)| !**met)
                    .map(|(index, _)| index)
                    .collect()
            })
            .collect();
        let complete = Proportion::of(lacking.iter().map(Vec::is_empty));
        Completeness { lacking, complete }
    }

    /// The stations that are open and the communities that have one, at the end of every year from the first opening of the
    /// tier on, and on the day that is asked for. Stations without an opening are there from the beginning. Nothing where no
    /// opening is known up to that day.
    #[must_use]
    pub fn by_year(&self, tier: Tier, as_of: Date) -> Vec<YearEnd> {
        let of_tier = || {
            self.stations
                .iter()
                .filter(|station| station.tier == Some(tier))
        };
        let Some(first) = of_tier().filter_map(|station| station.opened).min() else {
            return Vec::new();
        };
        let ends = std::iter::successors(Some(first.end_of_year()), |end| Some(end.next_year()));
        let whole_years = ends.take_while(|end| *end < as_of);
        let last = (first <= as_of).then_some(as_of);
        let days = whole_years.chain(last);
        days.map(|day| YearEnd {
            day,
            open: of_tier().filter(|station| station.open_on(day)).count() as u64,
            built: self.built(tier, Some(day)),
        })
        .collect()
    }
}

/// The streets that communities name, and which each is in. A street is known by its code, without one by its name.
fn streets(communities: &[Community]) -> (Vec<Street>, Vec<u32>) {
    let mut streets: Vec<Street> = Vec::new();
    let mut known = std::collections::BTreeMap::new();
    let street_of = communities.iter().map(|community| {
        let code = matching::street_code(community);
        let key = code.clone().unwrap_or_else(|| {
            PlaceName::read(&community.street_name, Naming::Streets)
                .own()
                .to_owned()
        });
        *known.entry((code.is_some(), key)).or_insert_with(|| {
            streets.push(Street {
                code: code.unwrap_or_default(),
                name: community.street_name.clone(),
            });
            streets.len() as u32 - 1
        })
    });
    let street_of = street_of.collect();
    (streets, street_of)
}

#[cfg(test)]
#[path = "register_tests.rs"]
mod tests;
