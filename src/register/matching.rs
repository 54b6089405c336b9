//! Which community a station is of: by code, by name, or by names that are nearly the same, which are only listed.

use std::collections::BTreeMap;

use super::names::{Code, names_of, own_name, without_street};
use super::{Community, RegisteredStation, Street};
use crate::model::Tier;
use crate::plain::letters;

/// How a station was matched with a community (with a street, of a street's own station).
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
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
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
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
/// So many candidates are listed for a station.
const MOST_CANDIDATES: usize = 3;

/// What stations are matched with: communities, or streets.
struct Units {
    /// `None` where two have one code.
    by_code: BTreeMap<String, Option<u32>>,
    by_name: BTreeMap<String, Vec<u32>>,
    /// The names to compare with, of each: without the street.
    short: Vec<String>,
    /// The names of streets that may stand before a name.
    streets: Vec<String>,
}

impl Units {
    /// Of codes, names, and the names of the streets before them.
    fn of<'a>(units: impl Iterator<Item = (Option<String>, &'a str, &'a str)>) -> Self {
        let mut by_code = BTreeMap::new();
        let mut by_name: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        let (mut short, mut streets) = (Vec::new(), Vec::new());
        for (index, (code, name, street)) in (0u32..).zip(units) {
            if let Some(code) = code {
                let known = by_code.entry(code);
                known
                    .and_modify(|known| *known = None)
                    .or_insert(Some(index));
            }
            let (own, street) = (own_name(name), letters(street));
            let brief = without_street(&own, std::slice::from_ref(&street));
            let mut names = vec![format!("{street}{brief}"), own, brief.clone()];
            names.sort_unstable();
            names.dedup();
            for name in names
                .into_iter()
                .filter(|name| !name.is_empty() && *name != street)
            {
                by_name.entry(name).or_default().push(index);
            }
            short.push(brief);
            streets.push(street);
        }
        streets.sort_unstable();
        streets.dedup();
        Self {
            by_code,
            by_name,
            short,
            streets,
        }
    }

    fn named(&self, name: &str) -> &[u32] {
        self.by_name.get(name).map_or(&[], Vec::as_slice)
    }
}

/// The code of a community's street: given, or the beginning of its own.
pub(super) fn street_code(community: &Community) -> Option<String> {
    let given = Code::read(&community.street_code);
    let own = Code::read(&community.code);
    given.whole().or(own.street()).map(str::to_owned)
}

/// Matches all stations; also those whose words name another community than their code.
pub(super) fn all(
    communities: &[Community],
    streets: &[Street],
    stations: &[RegisteredStation],
) -> (Vec<Matched>, Vec<(u32, u32)>) {
    let of_communities = Units::of(communities.iter().map(|community| {
        let code = Code::read(&community.code);
        let code = code.whole().map(str::to_owned);
        (
            code,
            community.name.as_str(),
            community.street_name.as_str(),
        )
    }));
    let of_streets = Units::of(streets.iter().map(|street| {
        let code = (!street.code.is_empty()).then(|| street.code.clone());
        (code, street.name.as_str(), "")
    }));
    let mut disagreements = Vec::new();
    let matches = (0u32..).zip(stations).map(|(index, station)| {
        let units = match station.tier {
            Tier::Street => &of_streets,
            Tier::Community | Tier::Grid => &of_communities,
        };
        let names = station_names(station, &units.streets);
        let by_name = by_name(units, &names);
        let Some(by_code) = by_code(units, station) else {
            return by_name.unwrap_or_else(|| nearest(units, &names));
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

/// The plain names under which a station may be found, the surest first: what it says of its community, then its own.
fn station_names(station: &RegisteredStation, streets: &[String]) -> Vec<String> {
    let said = station.community_name.as_deref().unwrap_or_default();
    let names: Vec<String> = match station.tier {
        Tier::Street => [said, &station.name].map(own_name).to_vec(),
        Tier::Community | Tier::Grid => [said, &station.name]
            .iter()
            .flat_map(|name| names_of(name, streets))
            .collect(),
    };
    names.into_iter().filter(|name| !name.is_empty()).collect()
}

fn by_code(units: &Units, station: &RegisteredStation) -> Option<u32> {
    let code = Code::read(station.community_code.as_deref()?);
    let code = match station.tier {
        // A street's station may carry the code of the community that it stands in.
        Tier::Street => code.street().or(code.whole())?,
        Tier::Community | Tier::Grid => code.whole()?,
    };
    units.by_code.get(code).copied().flatten()
}

/// By the first of its names that is one; `None` where none is.
fn by_name(units: &Units, names: &[String]) -> Option<Matched> {
    let mut found = names.iter().map(|name| units.named(name));
    Some(match found.find(|units| !units.is_empty())? {
        [unit] => Matched::Name(*unit),
        several => {
            let candidates = several.iter().map(|unit| Candidate {
                unit: *unit,
                per_mille: 1000,
            });
            Matched::ToReview(candidates.collect())
        }
    })
}

/// The units whose names are nearly one of these.
fn nearest(units: &Units, names: &[String]) -> Matched {
    let mut candidates: Vec<Candidate> = (0u32..)
        .zip(&units.short)
        .filter_map(|(unit, short)| {
            let alike = names.iter().map(|name| per_mille(name, short)).max()?;
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
