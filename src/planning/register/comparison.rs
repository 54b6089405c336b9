//! The register matched with the list of communities, and what that says.

use super::community::streets;
use super::{Community, Date, Has, Matched, Proportion, RegisteredStation, Street, matching};
use crate::model::Tier;
use crate::text::plain::letters;

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
/// let register = Register::new(&communities, &stations);
/// assert_eq!(register.matches(), [Matched::Name(0)]);
/// assert_eq!(register.built(Tier::Community, None).share(), 0.5); // 1 of 2
/// let has = register.has(Tier::Community, None);
/// assert_eq!(has[1].presence(Tier::Community), Presence::Missing);
/// ```
#[derive(Clone, Debug)]
pub struct Register<'a> {
    pub(super) stations: &'a [RegisteredStation],
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
    pub fn new(communities: &[Community], stations: &'a [RegisteredStation]) -> Self {
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
    pub(crate) fn disagreements(&self) -> &[(u32, u32)] {
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
        Proportion::new(has.iter().map(|has| !has.stations.is_empty()))
    }

    /// The stations that stand in another community than they are registered under; a street's in another street.
    #[must_use]
    pub(crate) fn wrong_communities(&self) -> Vec<WrongCommunity> {
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
        let complete = Proportion::new(lacking.iter().map(Vec::is_empty));
        Completeness { lacking, complete }
    }

    /// The stations that are open and the communities that have one, at the end of every year from the first opening of the
    /// tier on, and on the day that is asked for. Stations without an opening are there from the beginning. Nothing where no
    /// opening is known up to that day.
    #[must_use]
    pub(crate) fn by_year(&self, tier: Tier, as_of: Date) -> Vec<YearEnd> {
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

#[cfg(test)]
#[path = "register_tests.rs"]
mod tests;
