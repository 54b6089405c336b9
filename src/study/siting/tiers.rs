//! Stations of several tiers chosen together, each with its own circle: a person counts once for each tier.

use std::fmt;
use std::str::FromStr;

use crate::id::ResidentId;
use crate::model::{Attribute, AttributeColumn, Attributes, Tier, TierReader};
use crate::siting::{Problem, Siting};
use crate::text::language::InLanguage;
use crate::units::{Cost, Cutoff, People, Unit};

/// What stands between the tiers of a cell that names several.
const BETWEEN: [char; 10] = ['+', ',', ';', '/', '|', '、', '，', '；', '／', '＋'];

/// The circle of one tier: `community=10min`, `grid=400m`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TierCircle {
    /// Of which stations.
    pub tier: Tier,
    /// Who is within it is covered by that tier.
    pub circle: Cutoff,
}

/// A text that is no circle of a tier.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "\"{text}\" is no circle of a tier; write community=10min or grid=400m, with street, community or grid"
)]
pub struct ParseTierCircleError {
    text: String,
}

impl InLanguage for ParseTierCircleError {
    fn zh(&self) -> String {
        let Self { text } = self;
        format!(
            "“{text}”不是层级服务圈；请写作 community=10min 或 grid=400m，层级为 street、community 或 grid"
        )
    }
}

impl FromStr for TierCircle {
    type Err = ParseTierCircleError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || ParseTierCircleError {
            text: text.to_owned(),
        };
        let (tier, circle) = text.split_once('=').ok_or_else(wrong)?;
        let tier = Tier::read(tier).filter(|tier| Tier::ALL.contains(tier));
        let circle = circle.trim();
        let number = |text: &str| text.trim().parse::<f64>().map_err(|_| wrong());
        let circle = match (circle.strip_suffix("min"), circle.strip_suffix('m')) {
            (Some(minutes), _) => Cutoff::minutes(number(minutes)?),
            (None, Some(metres)) => Cutoff::metres(number(metres)?),
            (None, None) => return Err(wrong()),
        };
        Ok(Self {
            tier: tier.ok_or_else(wrong)?,
            circle: circle.map_err(|_| wrong())?,
        })
    }
}

impl fmt::Display for TierCircle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.circle.unit() {
            Unit::Milliseconds => "min",
            Unit::Millimetres => "m",
        };
        write!(f, "{}={}{unit}", self.tier, self.circle)
    }
}

/// What a tier has before and after.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct TierRow {
    /// Which, and its circle.
    pub tier: TierCircle,
    /// All people.
    pub people: People,
    /// Those who are within the circle of a standing station of the tier.
    pub before: People,
    /// The same with the chosen sites.
    pub after: People,
}

/// Which of some tiers the rows of a list are of.
#[derive(Clone, Debug, Default)]
pub(super) struct TierCells {
    /// By row, the places of its tiers among those that are asked for.
    of_row: Vec<Vec<usize>>,
}

impl TierCells {
    pub(super) fn new(attributes: &Attributes, asked: &[TierCircle]) -> Self {
        let column = attributes.of(Attribute::Tier);
        let cell = |row: usize| column.and_then(|column| AttributeColumn::get(column, row));
        let cells = (0..attributes.rows()).map(|row| cell(row).unwrap_or(""));
        let cells: Vec<&str> = cells.collect();
        let reader = TierReader::from_cells(cells.iter().flat_map(|cell| cell.split(BETWEEN)));
        let of_cell = |cell: &&str| {
            let named: Vec<Option<Tier>> =
                cell.split(BETWEEN).map(|part| reader.read(part)).collect();
            let is_named = |one: &TierCircle| named.contains(&Some(one.tier));
            let places = asked.iter().enumerate().filter(|(_, one)| is_named(one));
            places.map(|(place, _)| place).collect()
        };
        Self {
            of_row: cells.iter().map(of_cell).collect(),
        }
    }

    /// Of which of the tiers a row is.
    pub(super) fn of(&self, row: usize) -> &[usize] {
        self.of_row.get(row).map_or(&[], Vec::as_slice)
    }
}

/// Whom a site serves as each of its tiers: residents come once for each tier, those of the first tier first.
pub(super) fn walks_by_tier(
    walks: &[(ResidentId, Cost)],
    served: &[usize],
    asked: &[TierCircle],
    residents: usize,
) -> Vec<(ResidentId, Cost)> {
    let of_tier = |&place: &usize| {
        let within = asked[place].circle.cost();
        let near = walks.iter().filter(move |(_, cost)| *cost <= within);
        near.map(move |&(resident, cost)| {
            (ResidentId::new(place * residents + resident.index()), cost)
        })
    };
    served.iter().flat_map(of_tier).collect()
}

/// What each tier has before and after.
pub(super) fn tier_rows(asked: &[TierCircle], problem: &Problem, siting: &Siting) -> Vec<TierRow> {
    let residents = problem.people().len() / asked.len().max(1);
    let before = problem.covered_by(problem.standing());
    let chosen = siting.chosen.iter().map(|one| one.site);
    let after = problem.covered_by(problem.standing().chain(chosen));
    let row = |(place, tier): (usize, &TierCircle)| {
        let range = place * residents..(place + 1) * residents;
        let people = &problem.people()[range.clone()];
        let covered = |is: &[bool]| -> People {
            let of_tier = people.iter().zip(&is[range.clone()]);
            of_tier
                .filter(|(_, is)| **is)
                .map(|(people, _)| *people)
                .sum()
        };
        TierRow {
            tier: *tier,
            people: people.iter().copied().sum(),
            before: covered(&before),
            after: covered(&after),
        }
    };
    asked.iter().enumerate().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn circles_of_tiers_are_read_in_english_and_chinese_and_others_are_refused() {
        let read = |text: &str| text.parse::<TierCircle>().map(|one| one.to_string());
        assert_eq!(read("community = 10min"), Ok("community=10min".to_owned()));
        assert_eq!(read("网格=400m"), Ok("grid=400m".to_owned()));
        for wrong in [
            "community",
            "community=10",
            "district=5min",
            "x=5min",
            "grid=-1m",
            "=5min",
        ] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_site_serves_each_of_its_tiers_within_that_tiers_circle() {
        let minutes = |minutes: f64| Cutoff::minutes(minutes).expect("a cutoff");
        let asked = [(Tier::Community, 10.0), (Tier::Grid, 5.0)].map(|(tier, circle)| TierCircle {
            tier,
            circle: minutes(circle),
        });
        // Three residents: 4, 8 and 12 minutes away.
        let walks = [4, 8, 12].map(|minutes| minutes * 60_000);
        let walks: Vec<(ResidentId, Cost)> = (0..).map(ResidentId).zip(walks).collect();
        let both = walks_by_tier(&walks, &[0, 1], &asked, 3);
        let who: Vec<u32> = both.iter().map(|(resident, _)| resident.0).collect();
        assert_eq!(who, [0, 1, 3]);
        assert_eq!(walks_by_tier(&walks, &[], &asked, 3), []);
    }
}
