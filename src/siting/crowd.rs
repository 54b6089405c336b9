//! Who is served where sites take only so many people at once.
//!
//! A choice of sites serves as many as can be sent to them, each within the cutoff and nobody's room given twice: a maximum flow
//! from people to sites. The people of one record may go to several sites. The number served is monotone and submodular in the set of sites, as
//! coverage without capacities is, so that the site that adds most each time is never below 1 − 1/e of the best.

use std::collections::VecDeque;

use super::Problem;
use super::divisor::common_divisor;
use crate::id::SiteId;
use crate::units::People;

/// A choice, and what no choice is better than.
pub(super) struct Choice {
    pub(super) chosen: Option<Vec<u32>>,
    pub(super) bound: Option<i64>,
}

/// What it costs to serve so many.
#[cfg_attr(
    not(feature = "solver"),
    expect(dead_code, reason = "only an integer program looks at it")
)]
#[derive(Clone, Copy)]
pub(super) struct Least<'a> {
    pub(super) prices: &'a [i64],
    pub(super) wanted: i64,
}

/// Residents with the same sites within the cutoff, and how many people each site takes.
#[derive(Clone, Debug)]
pub(super) struct Crowd {
    groups: Vec<Group>,
    /// By site of the problem: the groups near it, with the site's place in the group's list.
    near: Vec<Vec<Entry>>,
    /// By site of the problem: how many it takes, in the unit.
    rooms: Vec<i64>,
    /// All amounts are multiples of this many thousandths.
    unit: u64,
}

/// Residents with the same sites.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Group {
    /// Sites of the problem within the cutoff, in their order.
    pub(super) sites: Vec<u32>,
    /// Their people, in the unit.
    pub(super) people: i64,
}

/// A group that is near a site.
#[derive(Clone, Copy, Debug)]
struct Entry {
    group: u32,
    /// Which of the group's sites it is.
    place: u32,
}

impl Crowd {
    pub(super) fn new(problem: &Problem) -> Self {
        let capacities = problem.sites.iter().filter_map(|site| site.capacity);
        let amounts = problem.people.iter().copied().chain(capacities);
        let unit = common_divisor(amounts.map(People::thousandths));
        let whole = |people: People| (people.thousandths() / unit) as i64;
        let all: People = problem.people.iter().copied().sum();
        let rooms = problem
            .sites
            .iter()
            .map(|site| site.capacity.map_or(whole(all), whole));
        let groups = groups(problem, whole);
        let mut near = vec![Vec::new(); problem.sites.len()];
        for (group, one) in (0..).zip(&groups) {
            for (place, &site) in (0..).zip(&one.sites) {
                near[site as usize].push(Entry { group, place });
            }
        }
        Self {
            rooms: rooms.collect(),
            groups,
            near,
            unit,
        }
    }

    pub(super) fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// How many a site takes, in the unit.
    #[cfg(feature = "solver")]
    pub(super) fn room(&self, site: usize) -> i64 {
        self.rooms[site]
    }

    /// The number of people that an amount stands for.
    pub(super) fn people(&self, amount: i64) -> People {
        People::from_thousandths(amount as u64 * self.unit)
    }

    /// How many units people are, rounded up: a share of people may lie between two.
    pub(super) fn amount(&self, thousandths: u64) -> i64 {
        thousandths.div_ceil(self.unit) as i64
    }

    /// How many some sites serve together.
    ///
    /// # Complexity
    /// A search over the groups for each step of the flow, of which there are few where most rooms are large.
    pub(super) fn served(&self, sites: impl IntoIterator<Item = SiteId>) -> i64 {
        let mut flow = Flow::new(self);
        for site in sites {
            flow.open(site);
        }
        flow.served
    }
}

/// Residents by their sites within the cutoff; those without any are none.
fn groups(problem: &Problem, whole: impl Fn(People) -> i64) -> Vec<Group> {
    let mut groups: Vec<Group> = problem
        .people
        .iter()
        .map(|&people| Group {
            sites: Vec::new(),
            people: whole(people),
        })
        .collect();
    for site in (0..problem.sites.len() as u32).map(SiteId) {
        for &(resident, cost) in problem.reach.row(site) {
            if cost <= problem.cutoff {
                groups[resident.index()].sites.push(site.0);
            }
        }
    }
    groups.retain(|group| group.people > 0 && !group.sites.is_empty());
    groups.sort_unstable();
    groups.dedup_by(|next, first| {
        let is_same = next.sites == first.sites;
        first.people += if is_same { next.people } else { 0 };
        is_same
    });
    groups
}

/// People on their way to sites, as many as there can be.
#[derive(Clone, Debug)]
pub(super) struct Flow<'c> {
    crowd: &'c Crowd,
    /// By site: the room that is left; nothing where it is not open.
    room: Vec<i64>,
    /// By group: who goes nowhere yet.
    waiting: Vec<i64>,
    /// By group and place: how many go there.
    going: Vec<Vec<i64>>,
    /// How many are served.
    pub(super) served: i64,
}

impl<'c> Flow<'c> {
    pub(super) fn new(crowd: &'c Crowd) -> Self {
        Self {
            room: vec![0; crowd.rooms.len()],
            waiting: crowd.groups.iter().map(|group| group.people).collect(),
            going: crowd
                .groups
                .iter()
                .map(|group| vec![0; group.sites.len()])
                .collect(),
            served: 0,
            crowd,
        }
    }

    /// Opens a site: who waits near it goes there, then others make room for those who wait elsewhere.
    pub(super) fn open(&mut self, site: SiteId) {
        let site = site.index();
        self.room[site] = self.crowd.rooms[site];
        for at in 0..self.crowd.near[site].len() {
            let entry = self.crowd.near[site][at];
            let amount = self.waiting[entry.group as usize].min(self.room[site]);
            self.send(entry, site, amount);
        }
        while self.room[site] > 0 && self.make_room(site) {}
    }

    /// How many more would be served if a site opened.
    pub(super) fn gain(&self, site: SiteId) -> i64 {
        let mut with = self.clone();
        with.open(site);
        with.served - self.served
    }

    /// Those who wait go to a site.
    fn send(&mut self, entry: Entry, site: usize, amount: i64) {
        self.waiting[entry.group as usize] -= amount;
        self.going[entry.group as usize][entry.place as usize] += amount;
        self.room[site] -= amount;
        self.served += amount;
    }

    /// Lets people move towards an open site along the shortest chain, so that somebody who waits is served at its other end. `false`
    /// where there is no such chain.
    fn make_room(&mut self, target: usize) -> bool {
        // By site on the way: the group that would leave it, its place there, and where it would go.
        let mut moves: Vec<Option<Move>> = vec![None; self.room.len()];
        let mut is_seen = vec![false; self.crowd.groups.len()];
        let mut queue = VecDeque::from([target]);
        while let Some(site) = queue.pop_front() {
            for &entry in &self.crowd.near[site] {
                let group = entry.group as usize;
                if std::mem::replace(&mut is_seen[group], true) {
                    continue;
                }
                if self.waiting[group] > 0 {
                    self.shift(entry, site, target, &moves);
                    return true;
                }
                for (place, &from) in (0..).zip(&self.crowd.groups[group].sites) {
                    let from = from as usize;
                    let is_new = from != target && moves[from].is_none();
                    if is_new && self.going[group][place as usize] > 0 {
                        moves[from] = Some(Move {
                            from: Entry {
                                group: entry.group,
                                place,
                            },
                            to: entry,
                            site,
                        });
                        queue.push_back(from);
                    }
                }
            }
        }
        false
    }

    /// Sends those who wait to a site, whose people move on to the next, until the target.
    fn shift(&mut self, waiting: Entry, first: usize, target: usize, moves: &[Option<Move>]) {
        let mut amount = self.waiting[waiting.group as usize].min(self.room[target]);
        let chain = || std::iter::successors(moves[first], |step| moves[step.site]);
        for step in chain() {
            amount = amount.min(self.going[step.from.group as usize][step.from.place as usize]);
        }
        for step in chain() {
            self.going[step.from.group as usize][step.from.place as usize] -= amount;
            self.going[step.to.group as usize][step.to.place as usize] += amount;
        }
        self.waiting[waiting.group as usize] -= amount;
        self.going[waiting.group as usize][waiting.place as usize] += amount;
        self.room[target] -= amount;
        self.served += amount;
    }
}

/// People of a group who go to another site than before.
#[derive(Clone, Copy, Debug)]
struct Move {
    from: Entry,
    to: Entry,
    /// Where they go.
    site: usize,
}
