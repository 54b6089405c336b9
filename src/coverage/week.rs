//! Who is covered when: the stations within the cutoff of everybody, and when these are open.

use std::collections::HashMap;

use crate::hours::{OpenTimes, WEEK, WeekHours};
use crate::id::StationId;
use crate::search::TravelTimes;
use crate::units::{Cutoff, People};

/// How many people are within the cutoff of a station that is open, minute by minute of a week.
///
/// The week is parted where a station opens or closes, so that every figure is exact: who is covered for half an hour counts for
/// half an hour.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct WeekCoverage {
    stretches: Vec<Stretch>,
    total: People,
}

/// A stretch of the week in which no station opens or closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Stretch {
    /// Its first minute of the week.
    pub begins: u16,
    /// The minute after its last.
    pub ends: u16,
    /// The stations that are not known to be closed.
    pub open: u32,
    /// The people who are covered by them.
    pub covered: People,
    /// The people who are covered by stations that are known to be open.
    pub surely_covered: People,
}

/// What holds over some minutes of the week, added up minute by minute.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct MinuteSums {
    /// How many minutes.
    pub minutes: u16,
    /// Stations times minutes.
    pub station_minutes: u64,
    /// People times minutes, of those who are covered; 60 of them are a people-hour.
    pub people_minutes: People,
    /// The same of those who are covered by stations that are known to be open.
    pub sure_people_minutes: People,
    /// The same of all people.
    pub all_people_minutes: People,
}

impl WeekCoverage {
    /// Counts the people of each resident record within a cutoff of a station that is open: `walks` go at least as far as the
    /// cutoff, and `times` are those of each station.
    ///
    /// # Panics
    /// When there are more or fewer times than stations, or people than residents.
    ///
    /// # Complexity
    /// One step for each pair of a station and a resident, and one for each stretch of the week and set of stations with the same
    /// times that somebody has within the cutoff.
    #[must_use]
    pub fn new(
        walks: &TravelTimes,
        cutoff: Cutoff,
        times: &[OpenTimes],
        people: &[People],
    ) -> Self {
        assert_eq!(times.len(), walks.station_count(), "times of each station");
        assert_eq!(
            people.len(),
            walks.nearest().len(),
            "people of each resident"
        );
        let ends = changes(times);
        let mut unions = Unions::new(times, &ends);
        let mut of_resident = vec![Unions::NONE; people.len()];
        for station in 0..times.len() {
            for (resident, cost) in walks.row_of(StationId(station as u32)) {
                if *cost <= cutoff.cost() {
                    let own = &mut of_resident[resident.index()];
                    *own = unions.with_station(*own, station);
                }
            }
        }
        let mut people_of = vec![People::ZERO; unions.list.len()];
        for (union, people) in of_resident.iter().zip(people) {
            people_of[*union as usize] += *people;
        }
        let stretch = |(index, span): (usize, &[u16])| {
            let covered = |is_open: &dyn Fn(&Union) -> bool| {
                let unions = unions.list.iter().zip(&people_of);
                unions
                    .filter(|(union, _)| is_open(union))
                    .map(|(_, people)| *people)
                    .sum()
            };
            let begins = span[0];
            let open = times.iter().filter(|times| times.possible.is_open(begins));
            Stretch {
                begins,
                ends: span[1],
                open: open.count() as u32,
                covered: covered(&|union| union.possible[index]),
                surely_covered: covered(&|union| union.certain[index]),
            }
        };
        Self {
            stretches: ends.windows(2).enumerate().map(stretch).collect(),
            total: people.iter().copied().sum(),
        }
    }

    /// The week of a network that goes through several states: each with the times at which it is so, and the week as it would be if it
    /// were always so. The times together are all of the week.
    #[must_use]
    pub(crate) fn from_states(states: &[(WeekHours, Self)]) -> Self {
        let mut stretches = Vec::new();
        for (hours, week) in states {
            for [begins, ends] in hours.spans() {
                for stretch in &week.stretches {
                    let (begins, ends) = (stretch.begins.max(*begins), stretch.ends.min(*ends));
                    if begins < ends {
                        stretches.push(Stretch {
                            begins,
                            ends,
                            ..*stretch
                        });
                    }
                }
            }
        }
        stretches.sort_unstable_by_key(|stretch| stretch.begins);
        let total = states.first().map_or(People::ZERO, |(_, week)| week.total);
        Self { stretches, total }
    }

    /// The stretches of the week, in order.
    #[must_use]
    pub fn stretches(&self) -> &[Stretch] {
        &self.stretches
    }

    /// All people, covered or not.
    #[must_use]
    pub fn total(&self) -> People {
        self.total
    }

    /// The stretch that a minute of the week is in.
    ///
    /// # Panics
    /// For a minute after the week.
    #[must_use]
    pub fn at(&self, minute: u16) -> Stretch {
        let after = self
            .stretches
            .partition_point(|stretch| stretch.begins <= minute);
        assert!(minute < WEEK, "a minute of the week");
        // The first stretch begins with the week.
        self.stretches[after - 1]
    }

    /// What holds from a minute of the week to before another.
    #[must_use]
    pub fn over(&self, begins: u16, ends: u16) -> MinuteSums {
        let mut sums = MinuteSums::default();
        let first = self
            .stretches
            .partition_point(|stretch| stretch.ends <= begins);
        for stretch in &self.stretches[first..] {
            let (from, to) = (stretch.begins.max(begins), stretch.ends.min(ends));
            if from >= to {
                break;
            }
            sums.add(stretch, to - from, self.total);
        }
        sums
    }

    /// What holds over the whole week.
    #[must_use]
    pub fn week(&self) -> MinuteSums {
        self.over(0, WEEK)
    }

    /// What holds in an hour of the week, 0 to 167.
    #[must_use]
    pub fn hour(&self, hour: u16) -> MinuteSums {
        self.over(hour * 60, hour * 60 + 60)
    }
}

impl MinuteSums {
    fn add(&mut self, stretch: &Stretch, minutes: u16, total: People) {
        let times = |people: People| {
            People::from_thousandths(people.thousandths().saturating_mul(u64::from(minutes)))
        };
        self.minutes += minutes;
        self.station_minutes += u64::from(stretch.open) * u64::from(minutes);
        self.people_minutes += times(stretch.covered);
        self.sure_people_minutes += times(stretch.surely_covered);
        self.all_people_minutes += times(total);
    }

    /// The people who are covered on average, rounded to the nearest thousandth.
    #[must_use]
    pub fn people(self) -> People {
        self.average(self.people_minutes)
    }

    /// The same by stations that are known to be open.
    #[must_use]
    pub fn sure_people(self) -> People {
        self.average(self.sure_people_minutes)
    }

    /// The stations that are open on average, in thousandths.
    #[must_use]
    pub fn station_thousandths(self) -> u64 {
        rounded(self.station_minutes * 1000, u64::from(self.minutes.max(1)))
    }

    fn average(self, people_minutes: People) -> People {
        let minutes = u64::from(self.minutes.max(1));
        People::from_thousandths(rounded(people_minutes.thousandths(), minutes))
    }
}

/// A quotient rounded half up.
fn rounded(number: u64, by: u64) -> u64 {
    number / by + u64::from(number % by >= by.div_ceil(2))
}

/// The minutes of the week at which some station opens or closes, with its first and the one after its last.
fn changes(times: &[OpenTimes]) -> Vec<u16> {
    let hours = times
        .iter()
        .flat_map(|times| [&times.certain, &times.possible]);
    let ends = hours.flat_map(|hours| hours.spans().iter().flatten().copied());
    let mut changes: Vec<u16> = ends.chain([0, WEEK]).collect();
    changes.sort_unstable();
    changes.dedup();
    changes
}

/// In which stretches of the week one of some stations is open.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Union {
    certain: Vec<bool>,
    possible: Vec<bool>,
}

impl Union {
    fn with(&self, other: &Union) -> Union {
        let either = |one: &[bool], two: &[bool]| {
            let both = one.iter().zip(two);
            both.map(|(one, two)| *one || *two).collect()
        };
        Union {
            certain: either(&self.certain, &other.certain),
            possible: either(&self.possible, &other.possible),
        }
    }
}

/// The sets of times that the stations near somebody have together, each once. They are numbered as they are met: what comes of
/// them is summed, and so does not depend on the order.
struct Unions {
    list: Vec<Union>,
    numbers: HashMap<Union, u32>,
    /// By station the number of its own times.
    of_station: Vec<u32>,
    /// What comes of a union and the times of a station.
    known: HashMap<[u32; 2], u32>,
}

impl Unions {
    /// Of no station.
    const NONE: u32 = 0;

    fn new(times: &[OpenTimes], changes: &[u16]) -> Self {
        let begins = &changes[..changes.len() - 1];
        let open = |hours: &WeekHours| begins.iter().map(|at| hours.is_open(*at)).collect();
        let mut unions = Self {
            list: Vec::new(),
            numbers: HashMap::new(),
            of_station: Vec::new(),
            known: HashMap::new(),
        };
        let never = vec![false; begins.len()];
        unions.number(Union {
            certain: never.clone(),
            possible: never,
        });
        let mut of_times: HashMap<&OpenTimes, u32> = HashMap::new();
        for station in times {
            let number = *of_times.entry(station).or_insert_with(|| {
                unions.number(Union {
                    certain: open(&station.certain),
                    possible: open(&station.possible),
                })
            });
            unions.of_station.push(number);
        }
        unions
    }

    fn number(&mut self, union: Union) -> u32 {
        if let Some(number) = self.numbers.get(&union) {
            return *number;
        }
        let number = self.list.len() as u32;
        self.list.push(union.clone());
        self.numbers.insert(union, number);
        number
    }

    /// The union of one and the times of a station.
    fn with_station(&mut self, union: u32, station: usize) -> u32 {
        let own = self.of_station[station];
        if union == own {
            return own;
        }
        if let Some(number) = self.known.get(&[union, own]) {
            return *number;
        }
        let both = self.list[union as usize].with(&self.list[own as usize]);
        let number = self.number(both);
        self.known.insert([union, own], number);
        number
    }
}
