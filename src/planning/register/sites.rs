//! One site that was registered several times: as a centre, a committee, a mediation room.

use std::collections::BTreeMap;

use geo_types::Coord;

use super::{Matched, Register, RegisteredStation};
use crate::geometry::{geodesic_m, is_on_earth};
use crate::id::StationId;
use crate::model::Tier;
use crate::network::Union;
use crate::snap::{StationTree, leave_crowds};
use crate::text::language::{Words, words};
use crate::text::names::{Naming, PlaceName};

/// Two stations nearer to each other than this are one site, whatever their names.
const SITE_M: f64 = 30.0;
/// Two of one name within this are one site: coordinates of one building that were taken at two of its doors, or drawn.
const NAME_M: f64 = 200.0;

/// Two stations that are one site.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct SameSite {
    /// The first of them, by position.
    pub first: u32,
    /// The other.
    pub second: u32,
    /// Whether their plain names are the same.
    pub is_same_name: bool,
    /// How far apart they are, in metres, where both have a place.
    pub apart_m: Option<f64>,
}

impl SameSite {
    /// Why they are taken for one.
    #[must_use]
    pub fn because(&self) -> Words {
        match (self.is_same_name, self.apart_m) {
            (true, Some(metres)) => words!(
                "one name, {metres:.0} m apart",
                "名称相同，相距 {metres:.0} 米"
            ),
            (false, Some(metres)) => words!("{metres:.0} m apart", "相距 {metres:.0} 米"),
            (_, None) => words!("one name", "名称相同"),
        }
    }
}

/// The sites of a register: a place counts once, however many stations it is registered as.
///
/// ```
/// use geo_types::coord;
/// use pedshed::model::Tier;
/// use pedshed::planning::register::{Register, RegisteredStation, Sites};
/// let at = |id: &str, name: &str, lon: f64| RegisteredStation {
///     place: Some(coord! { x: lon, y: 37.86 }),
///     ..RegisteredStation::new(id, name, Tier::Community)
/// };
/// // The second is the committee of the first, 18 m away; the third is another place.
/// let stations = [
///     at("1", "柳巷社区党群服务中心", 112.56),
///     at("2", "柳巷社区居委会", 112.5602),
///     at("3", "文庙社区居委会", 112.57),
/// ];
/// let sites = Sites::new(&Register::new(&[], &stations));
/// assert_eq!(sites.place_of(), [0, 0, 1]);
/// assert_eq!(sites.pairs().len(), 1);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Sites {
    pairs: Vec<SameSite>,
    place_of: Vec<u32>,
    places: usize,
}

impl Sites {
    /// Finds the stations that are one site: within 30 m of each other; or of one plain name and within 200 m; or, where one
    /// of them has no place, of one plain name in one community. Of more than 32 at one place each further one is paired with
    /// the first alone.
    ///
    /// # Complexity
    /// One search of an R-tree per station.
    #[must_use]
    pub fn new(register: &Register<'_>) -> Self {
        let stations = register.stations;
        let names: Vec<PlaceName> = stations
            .iter()
            .map(|station| PlaceName::read(&station.name, Naming::Communities))
            .collect();
        let names: Vec<&str> = names.iter().map(PlaceName::own).collect();
        let mut pairs = near_each_other(stations, &names);
        pairs.extend(without_place(stations, &names, register.matches()));
        pairs.sort_by_key(|pair| (pair.first, pair.second));
        let (place_of, places) = places(stations.len(), &pairs);
        Self {
            pairs,
            place_of,
            places,
        }
    }

    /// The pairs of stations that are one site, ascending.
    #[must_use]
    pub fn pairs(&self) -> &[SameSite] {
        &self.pairs
    }

    /// The place of every station, numbered from 0 in the order of their first stations.
    #[must_use]
    pub fn place_of(&self) -> &[u32] {
        &self.place_of
    }

    /// How many places there are.
    #[must_use]
    pub fn places(&self) -> usize {
        self.places
    }
}

fn place(station: &RegisteredStation) -> Option<Coord<f64>> {
    station.place.filter(|place| is_on_earth(*place))
}

fn near_each_other(stations: &[RegisteredStation], names: &[&str]) -> Vec<SameSite> {
    let name = |station: StationId| names[station.index()];
    let placed = (0u32..).zip(stations);
    let placed = placed.filter_map(|(index, station)| Some((StationId(index), place(station)?)));
    let mut pairs = Vec::new();
    let placed = leave_crowds(placed, |first, further| {
        pairs.push(SameSite {
            first: first.0,
            second: further.0,
            is_same_name: is_one_name(name(first), name(further)),
            apart_m: Some(0.0),
        });
    });
    let tree = StationTree::new(placed.iter().copied());
    for (first, here) in placed {
        for other in tree.stations_within(here, NAME_M) {
            let Some(there) = place(&stations[other.index()]).filter(|_| other > first) else {
                continue;
            };
            let metres = geodesic_m(here, there);
            let is_same_name = is_one_name(name(first), name(other));
            if metres <= SITE_M || is_same_name {
                pairs.push(SameSite {
                    first: first.0,
                    second: other.0,
                    is_same_name,
                    apart_m: Some(metres),
                });
            }
        }
    }
    pairs
}

fn is_one_name(one: &str, other: &str) -> bool {
    !one.is_empty() && one == other
}

/// Stations of which one has no place: each with the first of its name and community.
fn without_place(
    stations: &[RegisteredStation],
    names: &[&str],
    matches: &[Matched],
) -> Vec<SameSite> {
    let mut groups: BTreeMap<(bool, u32, &str), Vec<u32>> = BTreeMap::new();
    for (index, (name, matched)) in (0u32..).zip(names.iter().zip(matches)) {
        if let Some(unit) = matched.sure().filter(|_| !name.is_empty()) {
            let is_streets = stations[index as usize].tier == Some(Tier::Street);
            groups
                .entry((is_streets, unit, name))
                .or_default()
                .push(index);
        }
    }
    let mut pairs = Vec::new();
    for group in groups.values() {
        // One with a place, where there is one: those without are at it.
        let is_placed = |index: &&u32| place(&stations[**index as usize]).is_some();
        let Some(anchor) = group.iter().find(is_placed).or(group.first()) else {
            continue;
        };
        for index in group
            .iter()
            .filter(|index| *index != anchor && !is_placed(index))
        {
            pairs.push(SameSite {
                first: *anchor.min(index),
                second: *anchor.max(index),
                is_same_name: true,
                apart_m: None,
            });
        }
    }
    pairs
}

/// Joins pairs to places, numbered in the order of their first stations.
fn places(stations: usize, pairs: &[SameSite]) -> (Vec<u32>, usize) {
    let mut union = Union::new(stations);
    for pair in pairs {
        union.join(pair.first, pair.second);
    }
    let mut place_of: Vec<u32> = Vec::with_capacity(stations);
    let mut count = 0;
    for station in 0..stations as u32 {
        let root = union.root(station);
        // A root is the smallest of its place, so it has its number before the others.
        let known = place_of.get(root as usize).copied();
        place_of.push(known.unwrap_or(count));
        count += u32::from(known.is_none());
    }
    (place_of, count as usize)
}
