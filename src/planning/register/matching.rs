//! Which community a station is of: by code, by name, or by names that are nearly the same, which are only listed.

use super::{Community, RegisteredStation, Street};
use crate::model::Tier;
use crate::text::names::{Code, Listed, Naming, PlaceName, Places};

/// How a station was matched with a community (with a street, of a street's own station).
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub enum Matched {
    /// By its code.
    Code(u32),
    /// By its name: plain and the same, and of one community only.
    Name(u32),
    /// Not for sure: the communities whose names are nearly the same, or the same in several streets, the nearest first.
    ToReview(Vec<Candidate>),
    /// With none.
    None,
}

/// A community, or street, that a station may be of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Candidate {
    /// The community's, or street's, position.
    pub unit: u32,
    /// How alike the names are, in thousandths.
    pub per_mille: u16,
}

impl Matched {
    /// The community, or street, where there is no doubt.
    #[must_use]
    pub fn sure(&self) -> Option<u32> {
        match self {
            Matched::Code(unit) | Matched::Name(unit) => Some(*unit),
            Matched::ToReview(_) | Matched::None => None,
        }
    }
}

/// Names from here on may be slips of each other: one of three characters is another, two of four are swapped. In thousandths
/// of the Jaro-Winkler similarity (Winkler 1990), which weighs a common beginning.
const ALIKE_PER_MILLE: u16 = 750;
/// A longer text is no slip of a name; comparing two takes time with the product of their lengths.
const LONGEST_NAME_BYTES: usize = 300;
/// So many candidates are listed for a station.
const MOST_CANDIDATES: usize = 3;

/// Matches all stations; also those whose words name another community than their code.
pub(super) fn all(
    communities: &[Community],
    streets: &[Street],
    stations: &[RegisteredStation],
) -> (Vec<Matched>, Vec<(u32, u32)>) {
    let listed = communities.iter().map(|community| Listed {
        code: &community.code,
        name: &community.name,
        street: &community.street_name,
    });
    let of_communities = Places::new(listed, Naming::Communities);
    let listed = streets.iter().map(|street| Listed {
        code: &street.code,
        name: &street.name,
        street: "",
    });
    let of_streets = Places::new(listed, Naming::Streets);
    let mut disagreements = Vec::new();
    let matches = (0u32..).zip(stations).map(|(index, station)| {
        let places = match station.tier {
            // The whole district's is of no community and of no street.
            Some(Tier::District) => return Matched::None,
            Some(Tier::Street) => &of_streets,
            Some(Tier::Community | Tier::Grid) | None => &of_communities,
        };
        let names = station_names(station, places);
        let by_name = by_name(places, &names);
        let Some(by_code) = by_code(places, station) else {
            return by_name.unwrap_or_else(|| nearest(places, &names));
        };
        if let Some(Matched::Name(named)) = by_name
            && named != by_code
        {
            disagreements.push((index, named));
        }
        Matched::Code(by_code)
    });
    let matches = matches.collect();
    (matches, disagreements)
}

/// The names under which a station may be found, the surest first: what it says of its community, then its own.
fn station_names(station: &RegisteredStation, places: &Places) -> Vec<PlaceName> {
    let said = station.community_name.as_deref().unwrap_or_default();
    let names = [said, &station.name];
    names
        .iter()
        .flat_map(|name| places.variants(name))
        .collect()
}

fn by_code(places: &Places, station: &RegisteredStation) -> Option<u32> {
    let code = Code::read(station.community_code.as_deref()?);
    let code = match station.tier {
        // A street's station may carry the code of the community that it stands in.
        Some(Tier::Street) => code.street().or(code.whole())?,
        _ => code.whole()?,
    };
    places.coded(code)
}

/// By the first of its names that is one; `None` where none is.
fn by_name(places: &Places, names: &[PlaceName]) -> Option<Matched> {
    match places.named(names).as_slice() {
        [] => None,
        [unit] => Some(Matched::Name(*unit)),
        several => {
            let candidates = several.iter().map(|unit| Candidate {
                unit: *unit,
                per_mille: 1000,
            });
            Some(Matched::ToReview(candidates.collect()))
        }
    }
}

/// The units whose names are nearly one of these.
fn nearest(places: &Places, names: &[PlaceName]) -> Matched {
    let is_name = |text: &str| text.len() <= LONGEST_NAME_BYTES;
    let mut candidates: Vec<Candidate> = (0u32..)
        .zip(places.short_names())
        .filter(|(_, short)| is_name(short))
        .filter_map(|(unit, short)| {
            let alike = names
                .iter()
                .filter(|name| is_name(name.own()))
                .map(|name| per_mille(name.own(), short))
                .max()?;
            (alike >= ALIKE_PER_MILLE).then_some(Candidate {
                unit,
                per_mille: alike,
            })
        })
        .collect();
    candidates.sort_by_key(|candidate| (std::cmp::Reverse(candidate.per_mille), candidate.unit));
    candidates.truncate(MOST_CANDIDATES);
    if candidates.is_empty() {
        Matched::None
    } else {
        Matched::ToReview(candidates)
    }
}

/// How alike two names are, from 0 to 1000.
fn per_mille(one: &str, other: &str) -> u16 {
    (strsim::jaro_winkler(one, other) * 1000.0).round() as u16
}
