//! A siting problem: what is wanted, of which candidates, within which limits.

use super::{Money, Reach, SitingError};
use crate::id::SiteId;
use crate::units::{Cost, OptionError, People};

/// What is wanted, by the names of the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Goal {
    /// LSCP (Toregas 1971): the fewest sites, or the least money, that cover everybody whom a candidate can cover, or a share.
    SetCover,
    /// MCLP (Church and `ReVelle` 1974): the most people covered by so many sites, or for so much money.
    MaxCoverage,
    /// p-median (Hakimi 1964): the least time that all people together walk to their nearest site.
    PMedian,
    /// p-center (Hakimi 1964): the least time that nobody's walk is beyond.
    PCenter,
}

impl Goal {
    /// All, in the order in which they are listed.
    pub const ALL: [Goal; 4] = [
        Goal::SetCover,
        Goal::MaxCoverage,
        Goal::PMedian,
        Goal::PCenter,
    ];

    /// Its name: `set-cover`, `max-coverage`, `p-median`, `p-center`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Goal::SetCover => "set-cover",
            Goal::MaxCoverage => "max-coverage",
            Goal::PMedian => "p-median",
            Goal::PCenter => "p-center",
        }
    }

    /// Whether it is about who is within a cutoff.
    #[must_use]
    pub const fn has_cutoff(self) -> bool {
        matches!(self, Goal::SetCover | Goal::MaxCoverage)
    }
}

/// A site that stands, or may be built.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Site {
    /// Whether it is there already: it counts, costs nothing, and is no choice.
    pub stands: bool,
    /// What building it costs.
    pub cost: Money,
    /// How the site would be had, as a number of the problem's own, such as its place in a list of modes.
    pub mode: u16,
}

/// At least and at most so many sites of one mode.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModeLimit {
    /// The mode, as in [`Site::mode`].
    pub mode: u16,
    /// What people call it.
    pub name: String,
    /// How many there have to be.
    pub least: usize,
    /// How many there may be.
    pub most: usize,
}

/// A siting problem. Make it with the constructor of its goal, then give it limits.
///
/// # Example
/// Two sites of three, at the third, the second and the fourth of five homes that are a minute apart; a site serves who walks at
/// most a minute.
/// ```
/// use pedshed::control::Control;
/// use pedshed::id::{ResidentId, SiteId};
/// use pedshed::siting::{Amount, Problem, Reach, Site};
/// use pedshed::units::People;
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let walk = |home: u32, site: u32| (ResidentId(home), 60_000 * home.abs_diff(site));
/// let reach = Reach::from_rows(5, [2, 1, 3].map(|site| (0..5).map(move |home| walk(home, site))))?;
/// let problem = Problem::max_coverage(reach, vec![People::ONE; 5], vec![Site::default(); 3], 60_000)?.with_max_sites(2);
/// let siting = problem.solve(Control::default(), None)?;
/// assert_eq!(siting.objective, Amount::People(People::from_thousandths(5_000)));
/// assert!(siting.proven);
/// let sites: Vec<SiteId> = siting.chosen.iter().map(|one| one.site).collect();
/// assert_eq!(sites, [SiteId(1), SiteId(2)]);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Problem {
    pub(super) goal: Goal,
    pub(super) reach: Reach,
    pub(super) weights: Vec<People>,
    pub(super) sites: Vec<Site>,
    pub(super) cutoff: Cost,
    pub(super) max_sites: Option<usize>,
    pub(super) budget: Option<Money>,
    pub(super) share: Option<f64>,
    pub(super) mode_limits: Vec<ModeLimit>,
}

impl Problem {
    fn new(
        goal: Goal,
        reach: Reach,
        weights: Vec<People>,
        sites: Vec<Site>,
        cutoff: Cost,
    ) -> Result<Self, SitingError> {
        let counts = [
            ("residents", weights.len(), reach.resident_count()),
            ("sites", sites.len(), reach.site_count()),
        ];
        if let Some((what, given, wanted)) = counts
            .into_iter()
            .find(|(_, given, wanted)| given != wanted)
        {
            return Err(SitingError::Count {
                what,
                given,
                wanted,
            });
        }
        if sites.iter().all(|site| site.stands) {
            return Err(SitingError::NoCandidates);
        }
        Ok(Self {
            goal,
            reach,
            weights,
            sites,
            cutoff,
            max_sites: None,
            budget: None,
            share: None,
            mode_limits: Vec::new(),
        })
    }

    /// The least money that covers everybody whom a candidate can cover within a cutoff; the fewest sites where none costs
    /// anything. `weights` are the people of each resident record.
    ///
    /// # Errors
    /// [`SitingError::Count`], [`SitingError::NoCandidates`].
    pub fn set_cover(
        reach: Reach,
        weights: Vec<People>,
        sites: Vec<Site>,
        cutoff: Cost,
    ) -> Result<Self, SitingError> {
        Self::new(Goal::SetCover, reach, weights, sites, cutoff)
    }

    /// The most people within a cutoff.
    ///
    /// # Errors
    /// As [`set_cover`](Self::set_cover).
    pub fn max_coverage(
        reach: Reach,
        weights: Vec<People>,
        sites: Vec<Site>,
        cutoff: Cost,
    ) -> Result<Self, SitingError> {
        Self::new(Goal::MaxCoverage, reach, weights, sites, cutoff)
    }

    /// The least time that all people together walk. Who can walk to none of the sites does not count.
    ///
    /// # Errors
    /// As [`set_cover`](Self::set_cover).
    pub fn p_median(
        reach: Reach,
        weights: Vec<People>,
        sites: Vec<Site>,
    ) -> Result<Self, SitingError> {
        Self::new(Goal::PMedian, reach, weights, sites, Cost::MAX)
    }

    /// The least time that nobody's walk is beyond. Who can walk to none of the sites does not count.
    ///
    /// # Errors
    /// As [`set_cover`](Self::set_cover).
    pub fn p_center(
        reach: Reach,
        weights: Vec<People>,
        sites: Vec<Site>,
    ) -> Result<Self, SitingError> {
        Self::new(Goal::PCenter, reach, weights, sites, Cost::MAX)
    }

    /// With at most so many sites beside those that stand.
    #[must_use]
    pub fn with_max_sites(self, sites: usize) -> Self {
        Self {
            max_sites: Some(sites),
            ..self
        }
    }

    /// With at most so much money.
    #[must_use]
    pub fn with_budget(self, budget: Money) -> Self {
        Self {
            budget: Some(budget),
            ..self
        }
    }

    /// For a set cover: with this share of all people instead of everybody.
    ///
    /// # Errors
    /// When it is no number from 0 to 1.
    pub fn with_share(self, share: f64) -> Result<Self, OptionError> {
        OptionError::check("share", share, &(0.0..=1.0))?;
        Ok(Self {
            share: Some(share),
            ..self
        })
    }

    /// With a limit for sites of one mode; a second for the same mode holds as well.
    #[must_use]
    pub fn with_mode_limit(mut self, limit: ModeLimit) -> Self {
        self.mode_limits.push(limit);
        self
    }

    /// What is wanted.
    #[must_use]
    pub const fn goal(&self) -> Goal {
        self.goal
    }

    /// Who walks where.
    #[must_use]
    pub const fn reach(&self) -> &Reach {
        &self.reach
    }

    /// The sites, as they were given.
    #[must_use]
    pub fn sites(&self) -> &[Site] {
        &self.sites
    }

    /// The sites that may be built.
    pub(super) fn candidates(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.sites.len()).filter(|&site| !self.sites[site].stands)
    }

    /// The sites that stand.
    pub(super) fn standing(&self) -> impl Iterator<Item = SiteId> + '_ {
        let standing = (0..self.sites.len()).filter(|&site| self.sites[site].stands);
        standing.map(SiteId::new)
    }

    /// What is refused before anything is solved.
    pub(super) fn check(&self) -> Result<(), SitingError> {
        let candidates = self.candidates().count();
        let has_count = self.max_sites.is_some() || self.budget.is_some();
        let goal = self.goal.name();
        if self.goal != Goal::SetCover && !has_count {
            return Err(SitingError::NoCount { goal });
        }
        if let Some(sites) = self
            .max_sites
            .filter(|&sites| sites > candidates || sites == 0)
        {
            return Err(SitingError::TooFew { sites, candidates });
        }
        if let Some(budget) = self.budget {
            let cheapest = self.candidates().map(|site| self.sites[site].cost).min();
            if let Some(cheapest) = cheapest.filter(|&cheapest| cheapest > budget) {
                return Err(SitingError::Budget { budget, cheapest });
            }
        }
        for limit in &self.mode_limits {
            let of_mode = self
                .candidates()
                .filter(|&site| self.sites[site].mode == limit.mode);
            let candidates = of_mode.count();
            // A limit for a mode that no candidate has is a mistake, whichever way it limits.
            if limit.least > candidates || candidates == 0 {
                return Err(SitingError::Mode {
                    mode: limit.name.clone(),
                    least: limit.least.max(1),
                    candidates,
                });
            }
        }
        Ok(())
    }
}
