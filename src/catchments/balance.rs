//! Everybody to a station of their own, so that no station has more people than it can take and all together walk least.
//!
//! It begins with everybody at the nearest station. While a station has too many, some of its people go on to another, whose people may
//! go on in turn, to the nearest station in this sense that has room: the cheapest such chain each time. By prices of stations every
//! chain is found by one search that ends at the first room. What comes of it is the least walking where the people of one place may be
//! divided; records are not divided in the end, and what that costs is said.
//!
//! # Source
//! Successive shortest paths with node potentials: Edmonds and Karp, *Theoretical improvements in algorithmic efficiency for network
//! flow problems* (1972).

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use super::capacities::Capacities;
use crate::control::{Cancelled, Control};
use crate::id::{ResidentId, StationId, UnknownId};
use crate::search::{NearestStation, NearestStations};
use crate::units::People;
use crate::walker::WalkerError;

/// To how many of the nearest stations somebody may go.
pub const CHOICES: usize = 8;

/// How well catchments are balanced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Balance {
    /// How many people a station may have that says nothing itself: as asked, or the least that all of these can be kept to. `None`
    /// where each says it.
    pub capacity: Option<People>,
    /// The least sum of walks that keeps everybody's choice and the capacity, where people of one place may be divided: thousandths of
    /// people times milliseconds, or millimetres.
    pub bound: u128,
    /// The sum if everybody went to the nearest station.
    pub nearest: u128,
    /// The sum of the walks as they are.
    pub walked: u128,
    /// The stations that have more people than they may all the same: since records are not divided, or since everybody's nearest
    /// stations around are full.
    pub over: usize,
    /// The most people that a station has.
    pub most: People,
}

/// People who have the same stations to choose from, at the same walks.
#[derive(Clone)]
struct Group<'n> {
    choices: &'n [NearestStation],
    residents: Vec<ResidentId>,
    /// By choice, how many of them go there: thousandths.
    amounts: Vec<u64>,
}

/// Who may go on from one station to another: the cheapest first, with the price a head, the group and its choices there and here.
type Movers = BinaryHeap<Reverse<(i64, u32, u8, u8)>>;

struct Flow<'n> {
    groups: Vec<Group<'n>>,
    /// By station and next station.
    movers: Vec<BTreeMap<u32, Movers>>,
    loads: Vec<u64>,
    capacities: Vec<u64>,
    prices: Vec<i64>,
}

/// One step of a chain.
#[derive(Clone, Copy)]
struct Step {
    from: u32,
    group: u32,
    from_choice: u8,
    to_choice: u8,
}

/// Balanced choices of all residents, as positions among their nearest stations, and the least sum of walks.
pub(super) struct Balanced {
    /// By station.
    pub(super) capacities: Vec<People>,
    pub(super) residents: Vec<Option<NearestStation>>,
    pub(super) bound: u128,
}

/// What stations may have: their own, else what all others share.
#[derive(Clone, Copy)]
pub(super) struct Limits<'c> {
    /// Of those that have one.
    pub(super) own: &'c Capacities,
    /// Of the others.
    pub(super) others: Capacity,
    pub(super) stations: usize,
}

impl Limits<'_> {
    /// Whether a station has one of its own.
    fn is_own(&self, station: usize) -> bool {
        self.own.own(StationId::new(station)).is_some()
    }

    /// By station, where all others may have so many.
    fn with(&self, others: u64) -> Vec<u64> {
        let own = |station| self.own.own(StationId::new(station));
        let stations = 0..self.stations;
        stations
            .map(|station| own(station).map_or(others, People::thousandths))
            .collect()
    }
}

/// Balances residents among some stations: each has no more people than it may, or, where nothing is said of it, than the least that
/// all of these can be kept to, from an equal share on and to a hundredth.
///
/// # Complexity
/// One short search among the stations for each group of people that goes on; without a capacity about ten times that.
pub(super) fn balance(
    nearest: &NearestStations,
    people: &[People],
    limits: Limits<'_>,
    control: Control<'_>,
) -> Result<Balanced, WalkerError> {
    let groups = groups(nearest, people)?;
    let at = |others: u64| Flow::new(groups.clone(), limits.with(others));
    let has_others = (0..limits.stations).any(|station| !limits.is_own(station));
    let others = match limits.others {
        Capacity::Given(others) => others.thousandths(),
        Capacity::LeastFrom(_) if !has_others => 0,
        Capacity::LeastFrom(equal) => {
            let can_keep = |others: u64| {
                let mut flow = at(others);
                flow.relieve_all(|station| !limits.is_own(station), control)
            };
            least(can_keep, equal.thousandths(), &at(0).loads)?
        }
    };
    let mut flow = at(others);
    flow.relieve_all(|_| false, control)?;
    Ok(flow.settle(people))
}

/// The least capacity that stations can be kept to, from an equal share on and to a hundredth. `loads` are those of the nearest.
fn least(
    can_keep: impl Fn(u64) -> Result<bool, Cancelled>,
    equal: u64,
    loads: &[u64],
) -> Result<u64, Cancelled> {
    let most = loads.iter().copied().max().unwrap_or(0).max(equal);
    let (mut below, mut least) = (equal.saturating_sub(1), most);
    // Where other stations have less than comes to them, these may have to take more than the fullest.
    if !can_keep(most)? {
        (below, least) = (most, loads.iter().sum());
    }
    while least - below > (least / 100).max(1000) {
        // The equal share is looked at first: it may do.
        let middle = if below < equal {
            equal
        } else {
            below.midpoint(least)
        };
        if can_keep(middle)? {
            least = middle;
        } else {
            below = middle;
        }
    }
    Ok(least)
}

/// How many people a station may have.
#[derive(Clone, Copy, Debug)]
pub(super) enum Capacity {
    /// So many.
    Given(People),
    /// As few as all stations can be kept to, from so many on.
    LeastFrom(People),
}

/// Residents by what they have to choose from, in the order of their first.
fn groups<'n>(
    nearest: &'n NearestStations,
    people: &[People],
) -> Result<Vec<Group<'n>>, UnknownId> {
    let mut groups: Vec<Group<'n>> = Vec::new();
    let mut known: BTreeMap<Vec<(u64, StationId)>, usize> = BTreeMap::new();
    for (resident, people) in (0..).map(ResidentId::new).zip(people) {
        let choices = nearest.of(resident)?;
        if choices.is_empty() {
            continue;
        }
        let key = choices.iter().map(|choice| (choice.cost, choice.station));
        let at = *known.entry(key.collect()).or_insert_with(|| {
            groups.push(Group {
                choices,
                residents: Vec::new(),
                amounts: vec![0; choices.len()],
            });
            groups.len() - 1
        });
        groups[at].residents.push(resident);
        groups[at].amounts[0] += people.thousandths();
    }
    Ok(groups)
}

impl<'n> Flow<'n> {
    fn new(groups: Vec<Group<'n>>, capacities: Vec<u64>) -> Self {
        let stations = capacities.len();
        let mut flow = Self {
            movers: vec![BTreeMap::new(); stations],
            loads: vec![0; stations],
            prices: vec![0; stations],
            groups,
            capacities,
        };
        for group in 0..flow.groups.len() {
            let first = flow.groups[group].choices[0].station;
            flow.loads[first.index()] += flow.groups[group].amounts[0];
            flow.let_go(group, 0);
        }
        flow
    }

    /// Lets a group go on from one of its choices to every other.
    fn let_go(&mut self, group: usize, from_choice: usize) {
        let Group { choices, .. } = &self.groups[group];
        let from = choices[from_choice];
        for (to_choice, to) in choices.iter().enumerate() {
            if to_choice != from_choice {
                let price = to.cost as i64 - from.cost as i64;
                let movers = self.movers[from.station.index()]
                    .entry(to.station.0)
                    .or_default();
                movers.push(Reverse((
                    price,
                    group as u32,
                    from_choice as u8,
                    to_choice as u8,
                )));
            }
        }
    }

    /// The cheapest who may go on from a station to another.
    fn cheapest(&mut self, from: u32, to: u32) -> Option<(i64, Step)> {
        let movers = self.movers[from as usize].get_mut(&to)?;
        while let Some(Reverse((price, group, from_choice, to_choice))) = movers.peek().copied() {
            if self.groups[group as usize].amounts[from_choice as usize] > 0 {
                let step = Step {
                    from,
                    group,
                    from_choice,
                    to_choice,
                };
                return Some((price, step));
            }
            movers.pop();
        }
        None
    }

    /// Lets people go on from all stations that have too many; `false` as soon as that is not enough for one that must be kept. The others
    /// are seen to all the same.
    fn relieve_all(
        &mut self,
        must_be_kept: impl Fn(usize) -> bool,
        control: Control<'_>,
    ) -> Result<bool, Cancelled> {
        for station in 0..self.loads.len() {
            while self.loads[station] > self.capacities[station] {
                control.check()?;
                if !self.relieve(station as u32) {
                    if must_be_kept(station) {
                        return Ok(false);
                    }
                    break;
                }
            }
        }
        Ok(true)
    }

    /// Lets people of a station that has too many go on, by the cheapest chain to one that has room; `false` where there is none.
    fn relieve(&mut self, station: u32) -> bool {
        let mut known: BTreeMap<u32, (i64, Option<Step>)> = BTreeMap::from([(station, (0, None))]);
        let mut settled: Vec<(u32, i64)> = Vec::new();
        let mut is_settled: BTreeSet<u32> = BTreeSet::new();
        let mut heap = BinaryHeap::from([Reverse((0i64, station))]);
        while let Some(Reverse((cost, at))) = heap.pop() {
            if !is_settled.insert(at) {
                continue;
            }
            if self.loads[at as usize] < self.capacities[at as usize] {
                for (other, own) in settled {
                    self.prices[other as usize] += own - cost;
                }
                self.push(at, &known);
                return true;
            }
            settled.push((at, cost));
            let next: Vec<u32> = self.movers[at as usize].keys().copied().collect();
            for to in next {
                let Some((price, step)) = self.cheapest(at, to) else {
                    continue;
                };
                let reduced = price + self.prices[at as usize] - self.prices[to as usize];
                let offered = cost + reduced;
                if known.get(&to).is_none_or(|(known, _)| offered < *known) {
                    known.insert(to, (offered, Some(step)));
                    heap.push(Reverse((offered, to)));
                }
            }
        }
        false
    }

    /// Moves as many as the chain to a station takes.
    fn push(&mut self, end: u32, known: &BTreeMap<u32, (i64, Option<Step>)>) {
        let mut chain = Vec::new();
        let mut at = end;
        while let Some((_, Some(step))) = known.get(&at) {
            chain.push(*step);
            at = step.from;
        }
        let room = self.capacities[end as usize] - self.loads[end as usize];
        let excess = self.loads[at as usize] - self.capacities[at as usize];
        let amounts = chain
            .iter()
            .map(|step| self.groups[step.group as usize].amounts[step.from_choice as usize]);
        let amount = amounts.fold(room.min(excess), u64::min);
        for step in chain {
            let group = &mut self.groups[step.group as usize];
            group.amounts[step.from_choice as usize] -= amount;
            let is_new = group.amounts[step.to_choice as usize] == 0;
            group.amounts[step.to_choice as usize] += amount;
            if is_new {
                self.let_go(step.group as usize, step.to_choice as usize);
            }
        }
        self.loads[at as usize] -= amount;
        self.loads[end as usize] += amount;
    }

    /// Gives each record to one station: of its group's, to the one that is still to get most.
    fn settle(self, people: &[People]) -> Balanced {
        let mut residents = vec![None; people.len()];
        let mut bound = 0u128;
        let capacities = self.capacities.into_iter();
        let capacities = capacities.map(People::from_thousandths).collect();
        for group in self.groups {
            let walks = group.choices.iter().zip(&group.amounts);
            bound += walks
                .map(|(choice, amount)| u128::from(choice.cost) * u128::from(*amount))
                .sum::<u128>();
            let mut left: Vec<i64> = group.amounts.iter().map(|amount| *amount as i64).collect();
            for resident in group.residents {
                let most = (0..left.len()).max_by_key(|at| (left[*at], Reverse(*at)));
                if let Some(most) = most {
                    left[most] -= people[resident.index()].thousandths() as i64;
                    residents[resident.index()] = Some(group.choices[most]);
                }
            }
        }
        Balanced {
            capacities,
            residents,
            bound,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A group of one record with these walks to stations 0, 1, 2.
    fn group(walks: &[(u32, u64)]) -> Vec<NearestStation> {
        let mut list: Vec<NearestStation> = walks
            .iter()
            .map(|(station, cost)| NearestStation {
                station: StationId(*station),
                cost: *cost,
            })
            .collect();
        list.sort_by_key(|choice| (choice.cost, choice.station));
        list
    }

    /// The least sum of walks, by trying everything.
    fn least(groups: &[Vec<NearestStation>], mut rooms: Vec<usize>) -> Option<u64> {
        fn best(groups: &[Vec<NearestStation>], room: &mut [usize]) -> Option<u64> {
            let Some((first, rest)) = groups.split_first() else {
                return Some(0);
            };
            let mut least = None;
            for choice in first {
                let station = choice.station.index();
                if room[station] == 0 {
                    continue;
                }
                room[station] -= 1;
                let sum = best(rest, room).map(|sum| sum + choice.cost);
                room[station] += 1;
                least = least.into_iter().chain(sum).min();
            }
            least
        }
        best(groups, &mut rooms)
    }

    #[test]
    fn the_walks_are_least_on_small_cities() {
        let mut seed = 7u64;
        let mut next = |most: u64| {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % most
        };
        for _ in 0..300 {
            let stations = 2 + next(3) as usize;
            let capacity = 1 + next(3) as usize;
            let count = 1 + next((stations * capacity) as u64) as usize;
            let lists: Vec<Vec<NearestStation>> = (0..count)
                .map(|_| {
                    let walks: Vec<(u32, u64)> = (0..stations as u32)
                        .map(|station| (station, next(20)))
                        .collect();
                    group(&walks)
                })
                .collect();
            let groups = lists.iter().zip(0..).map(|(choices, resident)| {
                let mut amounts = vec![0; choices.len()];
                amounts[0] = 1000;
                Group {
                    choices,
                    residents: vec![ResidentId(resident)],
                    amounts,
                }
            });
            // One more here and one less there, as stations of their own capacity have.
            let rooms: Vec<usize> = (0..stations)
                .map(|station| capacity + station % 2)
                .collect();
            let capacities = rooms.iter().map(|room| *room as u64 * 1000);
            let mut flow = Flow::new(groups.collect(), capacities.collect());
            let is_kept = flow.relieve_all(|_| true, Control::default());
            assert!(is_kept.expect("nobody cancels"), "there is room");
            let balanced = flow.settle(&vec![People::ONE; count]);
            let sum = least(&lists, rooms).expect("room for all");
            assert_eq!(balanced.bound, u128::from(sum) * 1000);
            let walked = balanced.residents.iter().flatten();
            assert_eq!(walked.map(|choice| choice.cost).sum::<u64>(), sum);
        }
    }
}
