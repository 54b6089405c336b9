//! What stations offer: coverage service by service, all services at one place, and the service that is missing most.
//!
//! A place may hold several stations and a station offer several services (the two halls and four rooms of a centre, 二厅四室,
//! or any list); the walks come from searches over the stations that offer a service, so nothing here looks at streets.

#[cfg(all(
    feature = "osm",
    feature = "geojson",
    feature = "csv",
    feature = "config"
))]
mod cells;

#[cfg(all(
    feature = "osm",
    feature = "geojson",
    feature = "csv",
    feature = "config"
))]
pub(crate) use cells::{offered_in, services_of};

use std::collections::{BTreeMap, BTreeSet};

use crate::coverage::AreaCoverage;
use crate::id::{ResidentId, StationId};
use crate::text::plain::{letters, narrow};
use crate::units::{Cost, People};

/// The services that a cell names, each once, in its order: parted by `;`, `,`, `、`, `|`, `/` or a line break, wide or narrow.
///
/// ```
/// use pedshed::planning::services::services_in;
/// let rooms = services_in("一站式服务大厅、党建议事厅；图书阅览室 / 文体活动室，图书阅览室");
/// assert_eq!(rooms, ["一站式服务大厅", "党建议事厅", "图书阅览室", "文体活动室"]);
/// assert!(services_in(" ; ").is_empty());
/// ```
#[must_use]
pub fn services_in(cell: &str) -> Vec<String> {
    let mut services: Vec<String> = Vec::new();
    let mut known = BTreeSet::new();
    for part in cell.split([';', '；', '、', ',', '，', '|', '｜', '/', '／', '\n', '\r']) {
        let service = narrow(part);
        let plain = letters(&service);
        if !plain.is_empty() && known.insert(plain) {
            services.push(service);
        }
    }
    services
}

/// Which station offers what. Names that differ only in width, case, spaces and punctuation are one service.
///
/// ```
/// use pedshed::planning::services::{Offers, services_in};
/// let offers = Offers::new(&["服务大厅、阅览室", "阅览室", ""].map(services_in));
/// assert_eq!(offers.names(), ["服务大厅", "阅览室"]);
/// assert_eq!(offers.stations_with(1), [0, 1]);
/// // Three stations at two places: the second and the third stand at one.
/// assert_eq!(offers.places_with_all(&[0, 1, 1]), [0]);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Offers {
    names: Vec<String>,
    by_station: Vec<Vec<u32>>,
    /// The stations of which nothing is said, ascending.
    not_stated: Vec<u32>,
    /// By station the services that it offers at other times than the one that is asked for; nothing where no time is.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    at_other_times: Vec<Vec<u32>>,
}

impl Offers {
    /// One list of services for each station; services are numbered in the order in which they are first named.
    #[must_use]
    pub fn new(lists: &[Vec<String>]) -> Self {
        let lists: Vec<Option<&[String]>> = lists.iter().map(|list| Some(&list[..])).collect();
        Self::stated(&lists)
    }

    /// The same where `None` is a station of which nobody says what it offers: that is not "nothing".
    ///
    /// ```
    /// use pedshed::planning::services::Offers;
    /// let hall = ["hall".to_owned()];
    /// let offers = Offers::stated(&[Some(&hall[..]), None, Some(&[])]);
    /// assert_eq!(offers.not_stated(), [1]);
    /// ```
    #[must_use]
    pub fn stated(lists: &[Option<&[String]>]) -> Self {
        let mut known: BTreeMap<String, u32> = BTreeMap::new();
        let mut names: Vec<String> = Vec::new();
        let by_station = lists.iter().map(|list| {
            let services = list.unwrap_or_default().iter().map(|name| {
                *known.entry(letters(name)).or_insert_with(|| {
                    names.push(name.clone());
                    names.len() as u32 - 1
                })
            });
            let mut services: Vec<u32> = services.collect();
            services.sort_unstable();
            services.dedup();
            services
        });
        Self {
            by_station: by_station.collect(),
            names,
            at_other_times: Vec::new(),
            not_stated: (0..)
                .zip(lists)
                .filter_map(|(station, list)| list.is_none().then_some(station))
                .collect(),
        }
    }

    /// The same at a time at which some of the services are closed at some stations, by station and service: nobody gets those, and
    /// nobody needs to add them there.
    #[cfg(feature = "hours")]
    #[must_use]
    pub(crate) fn without_closed(self, is_closed: impl Fn(usize, usize) -> bool) -> Self {
        let parted = self.by_station.into_iter().enumerate();
        let parted = parted.map(|(station, services)| -> (Vec<u32>, Vec<u32>) {
            let is_closed = |service: &u32| is_closed(station, *service as usize);
            services
                .into_iter()
                .partition(|service| !is_closed(service))
        });
        let (by_station, at_other_times) = parted.unzip();
        Self {
            by_station,
            at_other_times,
            ..self
        }
    }

    /// Whether a station offers a service, now or at other times.
    fn ever_offers(&self, station: u32, service: u32) -> bool {
        let lists = [&self.by_station, &self.at_other_times];
        let mut own = lists.iter().filter_map(|list| list.get(station as usize));
        own.any(|services| services.binary_search(&service).is_ok())
    }

    /// The services, as they are first written.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// What each station offers, ascending.
    #[must_use]
    pub fn by_station(&self) -> &[Vec<u32>] {
        &self.by_station
    }

    /// The stations of which nobody says what they offer, ascending.
    #[must_use]
    pub fn not_stated(&self) -> &[u32] {
        &self.not_stated
    }

    /// The stations that offer a service, ascending: those of its search.
    #[must_use]
    pub fn stations_with(&self, service: u32) -> Vec<u32> {
        let stations = (0u32..).zip(&self.by_station);
        stations
            .filter(|(_, services)| services.binary_search(&service).is_ok())
            .map(|(station, _)| station)
            .collect()
    }

    /// The places whose stations offer every service between them, ascending. One place index for each station.
    #[must_use]
    pub fn places_with_all(&self, place_of: &[u32]) -> Vec<u32> {
        let mut at: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (place, services) in place_of.iter().zip(&self.by_station) {
            at.entry(*place).or_default().extend(services);
        }
        let has_all = |services: &mut Vec<u32>| {
            services.sort_unstable();
            services.dedup();
            services.len() == self.names.len()
        };
        at.into_iter()
            .filter_map(|(place, mut services)| has_all(&mut services).then_some(place))
            .collect()
    }
}

/// The nearest place of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Near {
    /// The place.
    pub place: u32,
    /// The cost of the walk there, legs included.
    pub cost: u64,
}

/// Who lives where, and how far from what.
#[derive(Clone, Copy, Debug)]
pub struct Walks<'a> {
    /// The people of every resident record.
    pub people: &'a [People],
    /// Their areas.
    pub area_of: &'a [Option<u32>],
    /// The other areas of those who count in several: [`Areas::further`](crate::coverage::Areas::further).
    pub further: &'a [(ResidentId, u32)],
    /// How many areas there are.
    pub areas: usize,
    /// For each service every resident's nearest place that offers it; `None` without a path to any.
    pub nearest: &'a [Vec<Option<Near>>],
    /// Every resident's nearest place that offers all services.
    pub nearest_with_all: &'a [Option<Near>],
    /// The most that a walk may cost, inclusive.
    pub cutoff: u64,
}

impl Walks<'_> {
    fn is_within(&self, near: Option<Near>) -> bool {
        near.is_some_and(|near| near.cost <= self.cutoff)
    }
}

/// People by area who are covered, in one respect.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ByArea {
    /// Area by area, in their order.
    pub areas: Vec<AreaCoverage>,
    /// Everybody, also those in no area.
    pub all: AreaCoverage,
}

impl ByArea {
    fn new(walks: &Walks<'_>, is_covered: impl Fn(usize) -> bool) -> Self {
        let mut sums = Self {
            areas: vec![AreaCoverage::default(); walks.areas],
            all: AreaCoverage::default(),
        };
        let count = |sum: &mut AreaCoverage, resident: usize| {
            let people = walks.people[resident];
            sum.residents += 1;
            sum.people += people;
            if is_covered(resident) {
                sum.covered += people;
            }
        };
        for (resident, area) in walks.area_of.iter().enumerate() {
            count(&mut sums.all, resident);
            if let Some(sum) = area.and_then(|area| sums.areas.get_mut(area as usize)) {
                count(sum, resident);
            }
        }
        for (resident, area) in walks.further {
            if let Some(sum) = sums.areas.get_mut(*area as usize) {
                count(sum, resident.index());
            }
        }
        sums
    }

    /// The people who are not covered.
    #[must_use]
    pub(crate) fn left_out(&self) -> People {
        self.all.people - self.all.covered
    }
}

/// What one place with all services saves those who need all of them.
///
/// Without it they make a round trip to the nearest place of every service; services whose nearest place is the same are one
/// trip. With it they make one round trip, to the nearest place that offers all. A round trip is counted as twice the walk
/// there. Who has no path to one of the services, or to a place with all, is not compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Saved {
    /// The people who can be compared: each makes one trip with one place.
    pub people: People,
    /// Those of them for whom the one trip is the shorter.
    pub shorter: People,
    /// Those who cannot be compared.
    pub not_compared: People,
    /// Their trips without one place, in thousandths of a person's trip.
    pub trips_before: u128,
    /// What these trips cost, in the cost's unit times thousandths of a person.
    pub cost_before: u128,
    /// What the one trip costs.
    pub cost_after: u128,
}

impl Saved {
    /// The trips saved: people times trips. Never below 0, as nobody makes less than one.
    #[must_use]
    pub fn trips(&self) -> f64 {
        (self.trips_before - u128::from(self.people.thousandths())) as f64 / 1000.0
    }

    /// The walking saved: people times cost (milliseconds, or millimetres). Below 0 where places with all services are so far
    /// away that several short trips are less.
    #[must_use]
    pub fn cost(&self) -> f64 {
        (self.cost_before as f64 - self.cost_after as f64) / 1000.0
    }
}

/// Coverage service by service.
///
/// ```
/// use pedshed::planning::services::{Near, ServiceCoverage, Walks};
/// use pedshed::units::People;
/// let near = |place, minutes: u64| Some(Near { place, cost: minutes * 60_000 });
/// // Two people. A library at place 0, a hall at place 1, and place 2 that has both.
/// let walks = Walks {
///     people: &[People::ONE; 2],
///     area_of: &[Some(0), None],
///     further: &[],
///     areas: 1,
///     nearest: &[vec![near(0, 4), near(2, 20)], vec![near(1, 10), near(2, 20)]],
///     nearest_with_all: &[near(2, 11), near(2, 20)],
///     cutoff: 15 * 60_000,
/// };
/// let coverage = ServiceCoverage::new(&walks);
/// assert_eq!(coverage.all_within.all.covered, People::ONE);
/// assert_eq!(coverage.services[0].areas[0].covered, People::ONE);
/// // The first makes two trips of 8 and 20 minutes, or one of 22; the second has one trip of 40 either way.
/// assert_eq!(coverage.saved.trips(), 1.0);
/// assert_eq!(coverage.saved.cost(), 6.0 * 60_000.0);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ServiceCoverage {
    /// The people within the cutoff of each service.
    pub services: Vec<ByArea>,
    /// The people within the cutoff of every service, wherever it is.
    pub all_within: ByArea,
    /// The people within the cutoff of one place that offers all.
    pub all_at_one: ByArea,
    /// What one place saves.
    pub saved: Saved,
}

impl ServiceCoverage {
    /// Counts people, service by service and area by area.
    ///
    /// # Panics
    /// When a service or the places with all have fewer entries than there are people.
    ///
    /// # Complexity
    /// Residents times services.
    #[must_use]
    pub fn new(walks: &Walks<'_>) -> Self {
        let of_service = |nearest: &Vec<Option<Near>>| {
            ByArea::new(walks, |resident| walks.is_within(nearest[resident]))
        };
        let has_all = |resident: usize| {
            let mut services = walks.nearest.iter();
            services.all(|nearest| walks.is_within(nearest[resident]))
        };
        Self {
            services: walks.nearest.iter().map(of_service).collect(),
            all_within: ByArea::new(walks, has_all),
            all_at_one: ByArea::new(walks, |resident| {
                walks.is_within(walks.nearest_with_all[resident])
            }),
            saved: saved(walks),
        }
    }

    /// The service that most people are without, and how many they are; of equals the first. `None` where nobody is without
    /// any.
    #[must_use]
    pub(crate) fn missing_most(&self) -> Option<(u32, People)> {
        let left_out = (0u32..).zip(self.services.iter().map(ByArea::left_out));
        left_out
            .filter(|(_, people)| *people > People::ZERO)
            .max_by_key(|(service, people)| (*people, std::cmp::Reverse(*service)))
    }
}

fn saved(walks: &Walks<'_>) -> Saved {
    let mut saved = Saved::default();
    let mut trips: Vec<(u32, u64)> = Vec::new();
    for (resident, people) in walks.people.iter().enumerate() {
        trips.clear();
        let nearest = walks.nearest.iter().filter_map(|nearest| nearest[resident]);
        trips.extend(nearest.map(|near| (near.place, near.cost)));
        let has_all = trips.len() == walks.nearest.len() && !trips.is_empty();
        let (true, Some(one)) = (has_all, walks.nearest_with_all[resident]) else {
            saved.not_compared += *people;
            continue;
        };
        // One trip to a place: by its best cost, should services tell different ones.
        trips.sort_unstable();
        trips.dedup_by_key(|trip| trip.0);
        let weight = u128::from(people.thousandths());
        let before: u128 = trips.iter().map(|(_, cost)| 2 * u128::from(*cost)).sum();
        let after = 2 * u128::from(one.cost);
        saved.people += *people;
        saved.trips_before += weight * trips.len() as u128;
        saved.cost_before += weight * before;
        saved.cost_after += weight * after;
        if after < before {
            saved.shorter += *people;
        }
    }
    saved
}

/// The service that a station should add.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Addition {
    /// The service.
    pub service: u32,
    /// The people who have none of it within the cutoff and would have.
    pub people: People,
}

/// For each station the service that it does not offer and whose addition there covers most people anew, of equals the first;
/// `None` where no addition covers anybody, or nobody says what the station offers. `row` gives the residents near a station with the costs of their walks.
///
/// ```
/// use pedshed::id::ResidentId;
/// use pedshed::planning::services::{Addition, Near, Offers, Walks, best_additions, services_in};
/// use pedshed::units::People;
/// let offers = Offers::new(&["hall", "library"].map(services_in));
/// let near = |place, cost| Some(Near { place, cost });
/// let walks = Walks {
///     people: &[People::ONE; 2],
///     area_of: &[None; 2],
///     further: &[],
///     areas: 0,
///     // Both reach the hall (station 0), only the second the library.
///     nearest: &[vec![near(0, 300), near(0, 500)], vec![near(1, 2_000), near(1, 800)]],
///     nearest_with_all: &[None; 2],
///     cutoff: 900,
/// };
/// let rows = [vec![(ResidentId(0), 300), (ResidentId(1), 500)], vec![(ResidentId(1), 800)]];
/// let additions = best_additions(&offers, &walks, |station| rows[station.index()].iter().copied());
/// assert_eq!(additions, [Some(Addition { service: 1, people: People::ONE }), None]);
/// ```
///
/// # Panics
/// When a service has fewer entries than there are people, or a row names a resident that is not there.
///
/// # Complexity
/// Entries of the rows times services.
#[must_use]
pub fn best_additions<R: IntoIterator<Item = (ResidentId, Cost)>>(
    offers: &Offers,
    walks: &Walks<'_>,
    row: impl Fn(StationId) -> R,
) -> Vec<Option<Addition>> {
    let stations = 0..offers.by_station.len() as u32;
    let best = stations.map(|station| {
        if offers.not_stated.binary_search(&station).is_ok() {
            return None;
        }
        let mut gains = vec![People::ZERO; walks.nearest.len()];
        for (resident, cost) in row(StationId(station)) {
            if u64::from(cost) > walks.cutoff {
                continue;
            }
            for (gain, nearest) in gains.iter_mut().zip(walks.nearest) {
                if !walks.is_within(nearest[resident.index()]) {
                    *gain += walks.people[resident.index()];
                }
            }
        }
        let gains = (0u32..).zip(gains);
        let useful = gains.filter(|(service, people)| {
            *people > People::ZERO && !offers.ever_offers(station, *service)
        });
        let best = useful.max_by_key(|(service, people)| (*people, std::cmp::Reverse(*service)));
        best.map(|(service, people)| Addition { service, people })
    });
    best.collect()
}

#[cfg(test)]
#[path = "services_tests.rs"]
mod tests;
