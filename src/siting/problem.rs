//! A siting problem: what is wanted, of which candidates, within which limits.

use super::{Communities, Fairness, Money, Reach, SitingError, YearBudget};
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
    /// How many people it takes at once; `None` for as many as come. For the problems with a cutoff, where the people of one record may
    /// go to several sites.
    pub capacity: Option<People>,
    /// The first year in which it may be built; `None` for any. It counts where the problem [has years](Problem::with_years).
    pub ready: Option<i32>,
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
    /// By resident record, the people who are counted.
    pub(super) people: Vec<People>,
    /// By resident record, what they count in the objective.
    pub(super) weights: Vec<People>,
    pub(super) sites: Vec<Site>,
    pub(super) cutoff: Cost,
    pub(super) max_sites: Option<usize>,
    pub(super) budget: Option<Money>,
    pub(super) share: Option<f64>,
    pub(super) mode_limits: Vec<ModeLimit>,
    pub(super) times: u32,
    pub(super) fairness: Option<(Communities, Fairness)>,
    pub(super) years: Vec<YearBudget>,
}

impl Problem {
    fn new(
        goal: Goal,
        reach: Reach,
        people: Vec<People>,
        sites: Vec<Site>,
        cutoff: Cost,
    ) -> Result<Self, SitingError> {
        let counts = [
            ("residents", people.len(), reach.resident_count()),
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
            weights: people.clone(),
            people,
            sites,
            cutoff,
            max_sites: None,
            budget: None,
            share: None,
            mode_limits: Vec::new(),
            times: 1,
            fairness: None,
            years: Vec::new(),
        })
    }

    /// The least money that covers everybody whom a candidate can cover within a cutoff; the fewest sites where none costs
    /// anything. `people` are those of each resident record.
    ///
    /// # Errors
    /// [`SitingError::Count`], [`SitingError::NoCandidates`].
    pub fn set_cover(
        reach: Reach,
        people: Vec<People>,
        sites: Vec<Site>,
        cutoff: Cost,
    ) -> Result<Self, SitingError> {
        Self::new(Goal::SetCover, reach, people, sites, cutoff)
    }

    /// The most people within a cutoff.
    ///
    /// # Errors
    /// As [`set_cover`](Self::set_cover).
    pub fn max_coverage(
        reach: Reach,
        people: Vec<People>,
        sites: Vec<Site>,
        cutoff: Cost,
    ) -> Result<Self, SitingError> {
        Self::new(Goal::MaxCoverage, reach, people, sites, cutoff)
    }

    /// The least time that all people together walk. Who can walk to none of the sites does not count.
    ///
    /// # Errors
    /// As [`set_cover`](Self::set_cover).
    pub fn p_median(
        reach: Reach,
        people: Vec<People>,
        sites: Vec<Site>,
    ) -> Result<Self, SitingError> {
        Self::new(Goal::PMedian, reach, people, sites, Cost::MAX)
    }

    /// The least time that nobody's walk is beyond. Who can walk to none of the sites does not count.
    ///
    /// # Errors
    /// As [`set_cover`](Self::set_cover).
    pub fn p_center(
        reach: Reach,
        people: Vec<People>,
        sites: Vec<Site>,
    ) -> Result<Self, SitingError> {
        Self::new(Goal::PCenter, reach, people, sites, Cost::MAX)
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

    /// With other weights of the residents in the objective than their people, one for each record: old people count double, say.
    /// What a choice tells of people is told of people all the same.
    ///
    /// # Errors
    /// [`SitingError::Count`].
    pub fn with_weights(mut self, weights: Vec<People>) -> Result<Self, SitingError> {
        if weights.len() != self.people.len() {
            return Err(SitingError::Count {
                what: "weights",
                given: weights.len(),
                wanted: self.people.len(),
            });
        }
        self.weights = weights;
        Ok(self)
    }

    /// For the most people: who has fewer than so many sites within the cutoff, those that stand among them, is not covered
    /// (backup coverage: Hogan and `ReVelle` 1986). Once is enough without this.
    #[must_use]
    pub fn with_times_covered(self, times: u32) -> Self {
        Self {
            times: times.max(1),
            ..self
        }
    }

    /// For the most people: with a floor under the share that each community has covered.
    ///
    /// # Errors
    /// [`SitingError::Count`], where the communities are those of other residents.
    pub fn with_fairness(
        mut self,
        communities: Communities,
        fairness: Fairness,
    ) -> Result<Self, SitingError> {
        if communities.resident_count() != self.people.len() {
            return Err(SitingError::Count {
                what: "residents with communities",
                given: communities.resident_count(),
                wanted: self.people.len(),
            });
        }
        self.fairness = Some((communities, fairness));
        Ok(self)
    }

    /// For the most people: with a budget for each of several years, in their order. What is not spent stays for the years that
    /// follow, a site is built in a year in which it [is ready](Site::ready), and nothing that is built is torn down. The people
    /// covered in the end come first; then those covered sooner.
    #[must_use]
    pub fn with_years(mut self, mut years: Vec<YearBudget>) -> Self {
        years.sort_by_key(|one| one.year);
        self.years = years;
        self
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

    /// The sites that may be built: those that are not there, and that are ready in time.
    pub(super) fn candidates(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.sites.len()).filter(|&site| !self.sites[site].stands && self.is_in_time(site))
    }

    fn is_in_time(&self, site: usize) -> bool {
        let last = self.years.last().map(|last| last.year);
        last.is_none_or(|last| self.sites[site].ready.is_none_or(|ready| ready <= last))
    }

    /// Whether it takes an integer program: more than one site for everybody, or floors under communities.
    pub(super) fn needs_program(&self) -> bool {
        self.times > 1 || self.fairness.is_some()
    }

    /// Whether any site takes only so many people.
    pub(crate) fn has_capacities(&self) -> bool {
        self.sites.iter().any(|site| site.capacity.is_some())
    }

    /// Whether the weights are others than the people.
    pub(super) fn is_weighted(&self) -> bool {
        self.weights != self.people
    }

    /// All the money there is: the budget, and that of all years.
    pub(super) fn money(&self) -> Option<Money> {
        let of_years = self.years.iter().map(|one| one.budget);
        let of_years = (!self.years.is_empty()).then(|| of_years.sum::<Money>());
        of_years.into_iter().chain(self.budget).min()
    }

    /// By resident, whether so many of these sites as it takes are within the cutoff.
    ///
    /// # Complexity
    /// Linear in the walks to these sites.
    pub(crate) fn covered_by(&self, sites: impl IntoIterator<Item = SiteId>) -> Vec<bool> {
        let mut counts = vec![0; self.people.len()];
        for site in sites {
            for (resident, cost) in self.reach.row(site) {
                counts[resident.index()] += u32::from(*cost <= self.cutoff);
            }
        }
        counts
            .into_iter()
            .map(|count| count >= self.times)
            .collect()
    }

    /// The people of each resident record.
    #[must_use]
    pub fn people(&self) -> &[People] {
        &self.people
    }

    /// The sites that stand.
    pub(crate) fn standing(&self) -> impl Iterator<Item = SiteId> + '_ {
        let standing = (0..self.sites.len()).filter(|&site| self.sites[site].stands);
        standing.map(SiteId::new)
    }

    /// What is refused before anything is solved.
    pub(super) fn check(&self) -> Result<(), SitingError> {
        self.check_uses()?;
        let candidates = self.candidates().count();
        if candidates == 0 {
            return Err(SitingError::NoCandidates);
        }
        let money = self.money();
        let has_count = self.max_sites.is_some() || money.is_some();
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
        if let Some(budget) = money {
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

    /// What the goal has no use for.
    fn check_uses(&self) -> Result<(), SitingError> {
        let covers = self.goal.has_cutoff();
        let most = self.goal == Goal::MaxCoverage;
        let sums = most || self.goal == Goal::PMedian;
        self.check_use(
            "weights",
            !self.is_weighted() || sums,
            "max-coverage or p-median",
        )?;
        self.check_use(
            "times",
            self.times == 1 || covers,
            "max-coverage or set-cover",
        )?;
        self.check_use(
            "a floor",
            self.fairness.is_none() || covers,
            "max-coverage or set-cover",
        )?;
        self.check_use("years", self.years.is_empty() || most, "max-coverage")?;
        self.check_capacities()
    }

    /// Who is served where sites take only so many is not told by counting sites.
    fn check_capacities(&self) -> Result<(), SitingError> {
        if !self.has_capacities() {
            return Ok(());
        }
        self.check_use(
            "capacities",
            self.goal.has_cutoff(),
            "max-coverage or set-cover",
        )?;
        let beside = [
            ("weights", self.is_weighted()),
            ("several sites for everybody", self.times > 1),
            ("a floor", self.fairness.is_some()),
        ];
        match beside.into_iter().find(|(_, is_given)| *is_given) {
            Some((what, _)) => Err(SitingError::NotWithCapacities { what }),
            None => Ok(()),
        }
    }

    fn check_use(
        &self,
        what: &'static str,
        fits: bool,
        instead: &'static str,
    ) -> Result<(), SitingError> {
        let goal = self.goal.name();
        let refused = SitingError::NotFor {
            goal,
            what,
            instead,
        };
        if fits { Ok(()) } else { Err(refused) }
    }
}
