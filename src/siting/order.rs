//! In which order sites are built, and whom each serves.

use super::crowd::{Crowd, Flow};
use super::years::{Covered, Due, scheduled};
use super::{ChosenSite, Money, Problem};
use crate::id::SiteId;
use crate::units::{Cost, People};

/// Sites in order, and who is served by them and by those that stand.
pub(super) struct Ordered {
    pub(super) sites: Vec<ChosenSite>,
    pub(super) served: People,
    /// Where there are years: whether no others cover more people sooner.
    pub(super) schedule_proven: Option<bool>,
}

/// Sites that open one after another.
trait Opening {
    /// What a site would add, and what it would add on the way there, where that takes more than one site.
    fn gain(&self, site: SiteId) -> (u128, u128);

    fn open(&mut self, site: SiteId);

    /// The people who are served so far.
    fn served(&self) -> People;

    /// The people who would not be served without this site, or, where no cutoff counts, those whose nearest site it is.
    fn alone(&self, site: SiteId) -> People;
}

/// Year by year, and each time the site comes next that adds most: what people within the cutoff count, or where there is none the
/// time that is saved.
/// `crowd` says who is served where sites take only so many.
pub(super) fn ordered(problem: &Problem, chosen: &[SiteId], crowd: Option<&Crowd>) -> Ordered {
    let mut chosen = chosen.to_vec();
    chosen.sort_unstable();
    let chosen = chosen.as_slice();
    if let Some(crowd) = crowd {
        let covered = CrowdOf {
            crowd,
            problem,
            chosen,
        };
        let (years, schedule_proven) = years_of(problem, chosen, || covered);
        in_order(
            problem,
            chosen,
            Crowding::new(crowd),
            &years,
            schedule_proven,
        )
    } else {
        let covered = || Weighed::new(problem, chosen);
        let (years, schedule_proven) = years_of(problem, chosen, covered);
        in_order(
            problem,
            chosen,
            Nearest::new(problem),
            &years,
            schedule_proven,
        )
    }
}

fn in_order(
    problem: &Problem,
    chosen: &[SiteId],
    mut opening: impl Opening,
    years: &[Option<i32>],
    schedule_proven: Option<bool>,
) -> Ordered {
    for site in problem.standing() {
        opening.open(site);
    }
    let mut left: Vec<(Option<i32>, SiteId)> =
        years.iter().copied().zip(chosen.iter().copied()).collect();
    let mut sites = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let year = left.iter().map(|one| one.0).min().unwrap_or_default();
        let gains = left.iter().map(|&(its, site)| {
            let gain = (its == year).then(|| opening.gain(site));
            (gain, site)
        });
        let best = gains
            .enumerate()
            .max_by_key(|&(place, (gain, _))| (gain, std::cmp::Reverse(place)));
        let place = best.map_or(0, |(place, _)| place);
        let (_, site) = left.remove(place);
        let before = opening.served();
        opening.open(site);
        sites.push(ChosenSite {
            site,
            people: opening.served() - before,
            alone: People::ZERO,
            year,
        });
    }
    for one in &mut sites {
        one.alone = opening.alone(one.site);
        if !problem.goal.has_cutoff() {
            one.people = one.alone;
        }
    }
    Ordered {
        served: opening.served(),
        sites,
        schedule_proven,
    }
}

/// The year of each chosen site, where there are years.
fn years_of<C: Covered>(
    problem: &Problem,
    chosen: &[SiteId],
    covered: impl FnOnce() -> C,
) -> (Vec<Option<i32>>, Option<bool>) {
    if problem.years.is_empty() {
        return (vec![None; chosen.len()], None);
    }
    let due = chosen.iter().map(|site| {
        let site = &problem.sites[site.index()];
        let mut years = problem.years.iter();
        let first = years.position(|one| site.ready.is_none_or(|ready| ready <= one.year));
        Due {
            cost: site.cost,
            ready: first.unwrap_or(problem.years.len() - 1),
        }
    });
    let due: Vec<Due> = due.collect();
    let budgets: Vec<Money> = problem.years.iter().map(|one| one.budget).collect();
    let schedule = scheduled(&due, &budgets, &covered());
    let year = |&place: &usize| Some(problem.years[place].year);
    (
        schedule.year_of.iter().map(year).collect(),
        Some(schedule.proven),
    )
}

/// What sets of the chosen sites cover beyond those that stand: residents with equal sites are one.
struct Weighed {
    groups: Vec<Group>,
}

/// Residents with equal sites.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Group {
    /// How many sites they need beyond those that stand.
    needs: u32,
    /// Which of the chosen are within the cutoff.
    near: Vec<usize>,
    weight: i64,
}

impl Weighed {
    fn new(problem: &Problem, chosen: &[SiteId]) -> Self {
        let mut groups: Vec<Group> = problem
            .weights
            .iter()
            .map(|weight| Group {
                needs: problem.times,
                near: Vec::new(),
                weight: weight.thousandths() as i64,
            })
            .collect();
        for site in problem.standing() {
            for (resident, _) in Nearest::row(problem, site) {
                let needs = &mut groups[resident].needs;
                *needs = needs.saturating_sub(1);
            }
        }
        for (place, &site) in chosen.iter().enumerate() {
            for (resident, _) in Nearest::row(problem, site) {
                groups[resident].near.push(place);
            }
        }
        groups.retain(|group| group.needs > 0 && group.near.len() >= group.needs as usize);
        groups.sort_unstable();
        groups.dedup_by(|next, first| {
            let is_same = next.needs == first.needs && next.near == first.near;
            first.weight += if is_same { next.weight } else { 0 };
            is_same
        });
        Self { groups }
    }
}

impl Covered for Weighed {
    fn weight(&self, sites: &[bool]) -> i64 {
        let covered = self.groups.iter().filter(|group| {
            let near = group.near.iter().filter(|&&site| sites[site]);
            near.count() >= group.needs as usize
        });
        covered.map(|group| group.weight).sum()
    }
}

/// By resident: the nearest site so far, and how many there are within the cutoff.
struct Nearest<'p> {
    problem: &'p Problem,
    site: Vec<Option<(Cost, SiteId)>>,
    count: Vec<u32>,
    /// What the walk of somebody without a site counts: as much as the longest.
    longest: u64,
    /// The people who have as many sites as they need.
    served: People,
}

impl<'p> Nearest<'p> {
    fn new(problem: &'p Problem) -> Self {
        let residents = problem.people.len();
        let rows = (0..problem.sites.len()).flat_map(|site| problem.reach.row(SiteId::new(site)));
        Self {
            site: vec![None; residents],
            count: vec![0; residents],
            longest: rows.map(|(_, cost)| u64::from(*cost)).max().unwrap_or(0) + 1,
            served: People::ZERO,
            problem,
        }
    }

    fn row(problem: &Problem, site: SiteId) -> impl Iterator<Item = (usize, Cost)> + '_ {
        let row = problem.reach.row(site).iter();
        row.filter(|(_, cost)| *cost <= problem.cutoff)
            .map(|&(resident, cost)| (resident.index(), cost))
    }
}

impl Opening for Nearest<'_> {
    fn gain(&self, site: SiteId) -> (u128, u128) {
        let problem = self.problem;
        let mut gain = (0, 0);
        for (resident, cost) in Self::row(problem, site) {
            let weight = u128::from(problem.weights[resident].thousandths());
            if problem.goal.has_cutoff() {
                let missing = problem.times.saturating_sub(self.count[resident]);
                gain.0 += if missing == 1 { weight } else { 0 };
                gain.1 += if missing > 1 { weight } else { 0 };
            } else {
                let now = self.site[resident].map_or(self.longest, |(cost, _)| u64::from(cost));
                gain.0 += weight * u128::from(now.saturating_sub(u64::from(cost)));
            }
        }
        gain
    }

    fn open(&mut self, site: SiteId) {
        for (resident, cost) in Self::row(self.problem, site) {
            self.count[resident] += 1;
            if self.count[resident] == self.problem.times {
                self.served += self.problem.people[resident];
            }
            let nearest = &mut self.site[resident];
            // Of equally near ones the one that stands, then the first.
            if nearest.is_none_or(|(before, _)| cost < before) {
                *nearest = Some((cost, site));
            }
        }
    }

    fn served(&self) -> People {
        self.served
    }

    fn alone(&self, site: SiteId) -> People {
        let has_cutoff = self.problem.goal.has_cutoff();
        let alone = Self::row(self.problem, site).filter(|&(resident, _)| {
            if has_cutoff {
                self.count[resident] == self.problem.times
            } else {
                self.site[resident].is_some_and(|(_, nearest)| nearest == site)
            }
        });
        alone
            .map(|(resident, _)| self.problem.people[resident])
            .sum()
    }
}

/// Who is served where sites take only so many.
struct Crowding<'c> {
    crowd: &'c Crowd,
    flow: Flow<'c>,
    open: Vec<SiteId>,
}

impl<'c> Crowding<'c> {
    fn new(crowd: &'c Crowd) -> Self {
        Self {
            flow: Flow::new(crowd),
            open: Vec::new(),
            crowd,
        }
    }
}

impl Opening for Crowding<'_> {
    fn gain(&self, site: SiteId) -> (u128, u128) {
        (self.flow.gain(site) as u128, 0)
    }

    fn open(&mut self, site: SiteId) {
        self.flow.open(site);
        self.open.push(site);
    }

    fn served(&self) -> People {
        self.crowd.people(self.flow.served)
    }

    fn alone(&self, site: SiteId) -> People {
        let others = self.open.iter().copied().filter(|&one| one != site);
        self.served() - self.crowd.people(self.crowd.served(others))
    }
}

/// What sets of the chosen sites serve where sites take only so many.
struct CrowdOf<'a> {
    crowd: &'a Crowd,
    problem: &'a Problem,
    chosen: &'a [SiteId],
}

impl Covered for CrowdOf<'_> {
    fn weight(&self, sites: &[bool]) -> i64 {
        let chosen = self.chosen.iter().zip(sites).filter(|(_, is)| **is);
        let chosen = chosen.map(|(site, _)| *site);
        self.crowd.served(self.problem.standing().chain(chosen))
    }
}
