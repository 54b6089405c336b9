//! What is asked of a siting problem, in the words of people.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use super::tiers::TierCircle;
use crate::inputs::{KeptColumn, LayerKind, Request};
use crate::model::Attribute;
use crate::scenario::Measure;
use crate::siting::{Fairness, Goal, Money, YearBudget};
use crate::text::language::InLanguage;
use crate::text::plain::letters;
use crate::units::{Cutoff, People};

/// What is asked of a siting problem.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SitingQuestion {
    /// What is wanted.
    pub goal: Goal,
    /// Within which walk a site covers somebody; for p-median and p-center the longest walk that is looked at.
    pub cutoff: Cutoff,
    /// At most so many new sites.
    pub max_sites: Option<usize>,
    /// At most so much money.
    pub budget: Option<Money>,
    /// For a set cover: which share of all people is enough.
    pub share: Option<f64>,
    /// How many sites of which modes.
    pub modes: Vec<ModeText>,
    /// Groups of people who count more, or less, than others in the objective.
    pub weights: Vec<GroupWeight>,
    /// Whether a site serves its own community alone.
    pub own_community: bool,
    /// How many sites it takes to cover somebody.
    pub times: u32,
    /// Whether sites take only as many people as their column of capacities says.
    pub has_capacities: bool,
    /// The circles of tiers, each once; none where every site is of one kind. A person counts once for each tier.
    pub tiers: Vec<TierCircle>,
    /// A floor under the share that each community has covered.
    pub fairness: Option<Fairness>,
    /// The budgets of several years.
    pub years: Vec<YearBudget>,
    /// Measures beside candidate sites: gates, links, other edits, each with its cost. On streets alone.
    pub measures: Vec<Measure>,
    /// How long to look for a proof.
    pub time_limit: Option<Duration>,
}

impl SitingQuestion {
    /// A question without limits.
    #[must_use]
    pub fn new(goal: Goal, cutoff: Cutoff) -> Self {
        Self {
            goal,
            cutoff,
            max_sites: None,
            budget: None,
            share: None,
            modes: Vec::new(),
            weights: Vec::new(),
            own_community: false,
            times: 1,
            has_capacities: false,
            tiers: Vec::new(),
            fairness: None,
            years: Vec::new(),
            measures: Vec::new(),
            time_limit: None,
        }
    }

    /// Whether it is asked of what community residents and sites are.
    pub(super) fn needs_communities(&self) -> bool {
        self.own_community || self.fairness.is_some()
    }

    /// Whether what is counted of it is what coverage counts: who has a site of any community within the cutoff.
    pub(super) fn is_coverage(&self) -> bool {
        self.goal.has_cutoff()
            && self.times == 1
            && !self.own_community
            && !self.has_capacities
            && self.tiers.is_empty()
    }

    /// The columns of the residents that it looks at beside the usual ones.
    fn resident_columns(&self) -> impl Iterator<Item = KeptColumn> + '_ {
        let known = LayerKind::Residents.attributes().iter().copied();
        let named = self.weights.iter().map(|weight| weight.column.clone());
        known
            .map(KeptColumn::Known)
            .chain(named.map(KeptColumn::Named))
    }

    /// Adds to layers the columns that the question looks at.
    pub fn add_columns(&self, layers: &mut Request) {
        for layer in &mut layers.residents {
            layer.kept.extend(self.resident_columns());
        }
        for layer in &mut layers.stations {
            layer.keep(&self.columns_of(&OF_STANDING));
        }
        for layer in &mut layers.candidates {
            layer.keep(&self.columns_of(LayerKind::Candidates.attributes()));
        }
    }

    /// Those of some columns of sites that count: capacities and tiers only where they are asked for.
    fn columns_of(&self, all: &[Attribute]) -> Vec<Attribute> {
        let all = all.iter().copied();
        let is_asked = |one: &Attribute| match one {
            Attribute::Capacity => self.has_capacities,
            Attribute::Tier => !self.tiers.is_empty(),
            _ => true,
        };
        all.filter(is_asked).collect()
    }

    /// The columns that it looks at beside the records of a list.
    pub(super) fn kept_of(&self, kind: LayerKind) -> Vec<KeptColumn> {
        let of_sites = |all| self.columns_of(all).into_iter().map(KeptColumn::Known);
        match kind {
            LayerKind::Residents => self.resident_columns().collect(),
            LayerKind::Candidates => of_sites(kind.attributes()).collect(),
            _ => of_sites(&OF_STANDING).collect(),
        }
    }
}

/// What may count of stations that stand.
const OF_STANDING: [Attribute; 4] = [
    Attribute::Tier,
    Attribute::Community,
    Attribute::CommunityCode,
    Attribute::Capacity,
];

/// How much the people of a group count in the objective, where everybody else counts 1: `over_70=2`. Who is of several groups
/// counts for each of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupWeight {
    /// The column of the residents that counts the group's people.
    pub column: String,
    /// What each of them counts, in thousandths.
    pub thousandths: u64,
}

impl GroupWeight {
    /// What people count of whom so many are of the group; `so_far` is what they count without it.
    pub(super) fn weigh(&self, so_far: People, group: People) -> People {
        let own = u128::from(group.thousandths());
        let more = (own * u128::from(self.thousandths) + 500) / 1000;
        let all = (u128::from(so_far.thousandths()) + more).saturating_sub(own);
        People::from_thousandths(u64::try_from(all).unwrap_or(u64::MAX))
    }
}

/// A text that is no weight of a group.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "\"{text}\" is no weight of a group; write over_70=2, with the residents' column and a number up to 1000"
)]
pub struct ParseWeightError {
    text: String,
}

impl InLanguage for ParseWeightError {
    fn zh(&self) -> String {
        let Self { text } = self;
        format!("“{text}”不是人群权重；请写作 over_70=2，即人口表的列名和不超过 1000 的数")
    }
}

impl FromStr for GroupWeight {
    type Err = ParseWeightError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || ParseWeightError {
            text: text.to_owned(),
        };
        let (column, number) = text.rsplit_once('=').ok_or_else(wrong)?;
        let number: Money = number.trim().parse().map_err(|_| wrong())?;
        let column = column.trim();
        if column.is_empty() || number.thousandths() > 1_000_000 {
            return Err(wrong());
        }
        Ok(Self {
            column: column.to_owned(),
            thousandths: number.thousandths(),
        })
    }
}

impl fmt::Display for GroupWeight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            column,
            thousandths,
        } = self;
        write!(f, "{column}={}", Money::from_thousandths(*thousandths))
    }
}

/// A text that is no budget of a year.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{text}\" is no budget of a year; write 2027=350")]
pub struct ParseYearError {
    text: String,
}

impl InLanguage for ParseYearError {
    fn zh(&self) -> String {
        let Self { text } = self;
        format!("“{text}”不是年度预算；请写作 2027=350")
    }
}

/// Reads the budget of a year: `2027=350`.
///
/// # Errors
/// When the text is none.
pub fn read_year_budget(text: &str) -> Result<YearBudget, ParseYearError> {
    let wrong = || ParseYearError {
        text: text.to_owned(),
    };
    let (year, budget) = text.split_once('=').ok_or_else(wrong)?;
    Ok(YearBudget {
        year: read_year(year).ok_or_else(wrong)?,
        budget: budget.trim().parse().map_err(|_| wrong())?,
    })
}

/// The year that a cell says: 2027, 2027年, a day such as 2027-03-01.
pub(super) fn read_year(text: &str) -> Option<i32> {
    let text = text.trim();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &text[digits..];
    let is_year = digits == 4 && (rest.is_empty() || rest.starts_with(['年', '-', '/', '.']));
    is_year.then(|| text[..digits].parse().ok()).flatten()
}

/// How a site would be had. Cells that say one of the usual modes in English or Chinese are that mode; others are modes of their own.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Mode(String);

/// The usual modes, with what cells call them.
const USUAL: [(&str, &[&str]); 4] = [
    (
        "new",
        &["new", "newbuild", "build", "新建", "自建", "独立新建"],
    ),
    (
        "shared",
        &["shared", "share", "联建", "共建", "合建", "共享"],
    ),
    (
        "developer",
        &[
            "developer",
            "developerprovided",
            "配建",
            "代建",
            "开发商配建",
        ],
    ),
    (
        "leased",
        &["leased", "lease", "rent", "rented", "租赁", "租用", "租借"],
    ),
];

impl Mode {
    /// The mode that a cell says.
    #[must_use]
    pub fn read(cell: &str) -> Self {
        let plain = letters(cell);
        let usual = USUAL
            .iter()
            .find(|(_, names)| names.contains(&plain.as_str()));
        Self(usual.map_or_else(|| cell.trim().to_owned(), |(name, _)| (*name).to_owned()))
    }

    /// Its name: `new`, `shared`, `developer`, `leased`, or the cell's own words.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0
    }
}

/// A limit on sites of one mode: `shared>=2`, `leased<=1`, `new=3`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModeText {
    /// The mode.
    pub mode: Mode,
    /// At least so many.
    pub least: usize,
    /// At most so many.
    pub most: usize,
}

/// A text that is no limit on a mode.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{text}\" is no limit on a mode; write shared>=2, leased<=1 or new=3")]
pub struct ParseModeError {
    text: String,
}

impl InLanguage for ParseModeError {
    fn zh(&self) -> String {
        let Self { text } = self;
        format!("“{text}”不是方式限制；请写作 shared>=2、leased<=1 或 new=3")
    }
}

impl FromStr for ModeText {
    type Err = ParseModeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || ParseModeError {
            text: text.to_owned(),
        };
        let text = text.replace('≥', ">=").replace('≤', "<=");
        let at = text.find(['<', '>', '=']).ok_or_else(wrong)?;
        let (mode, rest) = text.split_at(at);
        let number = rest.trim_start_matches(['<', '>', '=']);
        let sign = &rest[..rest.len() - number.len()];
        let number: usize = number.trim().parse().map_err(|_| wrong())?;
        let (least, most) = match sign {
            ">=" => (number, usize::MAX),
            "<=" => (0, number),
            "=" | "==" => (number, number),
            _ => return Err(wrong()),
        };
        if mode.trim().is_empty() {
            return Err(wrong());
        }
        Ok(Self {
            mode: Mode::read(mode),
            least,
            most,
        })
    }
}

impl fmt::Display for ModeText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mode = self.mode.name();
        match (self.least, self.most) {
            (least, usize::MAX) => write!(f, "{mode}>={least}"),
            (0, most) => write!(f, "{mode}<={most}"),
            (least, most) if least == most => write!(f, "{mode}={least}"),
            (least, most) => write!(f, "{least}<={mode}<={most}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_and_years_are_read_and_others_are_refused() {
        let weight: GroupWeight = "over_70 = 2.5".parse().expect("a weight");
        assert_eq!(weight.to_string(), "over_70=2.5");
        // Ten people, four of the group: six count 1, four count 2.5.
        let (all, group) = (
            People::from_thousandths(10_000),
            People::from_thousandths(4_000),
        );
        assert_eq!(weight.weigh(all, group), People::from_thousandths(16_000));
        for wrong in ["over_70", "=2", "over_70=-1", "over_70=two", "over_70=1001"] {
            assert!(wrong.parse::<GroupWeight>().is_err(), "{wrong}");
        }
        let year = read_year_budget("2027=350").expect("a budget");
        assert_eq!(
            (year.year, year.budget),
            (2027, Money::from_thousandths(350_000))
        );
        for wrong in ["2027", "27=3", "2027=", "x=1", "20270=1"] {
            assert!(read_year_budget(wrong).is_err(), "{wrong}");
        }
        let cells = ["2027", "2027年", "2027-03-01", "by 2027", "", "20"];
        let years = cells.map(read_year);
        assert_eq!(
            years,
            [Some(2027), Some(2027), Some(2027), None, None, None]
        );
    }

    #[test]
    fn limits_on_modes_are_read_in_english_and_chinese() {
        let read = |text: &str| {
            text.parse::<ModeText>()
                .map(|limit| (limit.mode.0, limit.least, limit.most))
        };
        assert_eq!(read("shared>=2"), Ok(("shared".to_owned(), 2, usize::MAX)));
        assert_eq!(read("联建≥2"), Ok(("shared".to_owned(), 2, usize::MAX)));
        assert_eq!(read("Leased <= 1"), Ok(("leased".to_owned(), 0, 1)));
        assert_eq!(read("pop-up=3"), Ok(("pop-up".to_owned(), 3, 3)));
        for wrong in ["shared", ">=2", "shared>2", "shared>=two", "shared>=-1"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
