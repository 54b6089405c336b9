//! Whose stations a resident may use: those of the own community alone, or any (区域联动). What it gains to open all counters
//! to all.

#[cfg(feature = "report")]
mod table;

use std::collections::BTreeMap;

use crate::id::{ResidentId, StationId};
use crate::search::NearestStation;
use crate::units::{Cost, People};

/// Whose stations count for a resident (归属规则).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MembershipRule {
    /// Any station of the tier.
    #[default]
    Any,
    /// For tiers of communities and grids only those of the resident's own community.
    Own,
}

/// The people of one community, under both rules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct CommunityMembers {
    /// All of them.
    pub people: People,
    /// Those within the cutoff of a station of their own community.
    pub own: People,
    /// Those within the cutoff of any station.
    pub any: People,
}

impl CommunityMembers {
    /// Counts people who are near a station of their own community or not, and near any or not.
    fn add(&mut self, people: People, [near_own, near_any]: [bool; 2]) {
        self.people += people;
        if near_own {
            self.own += people;
        }
        if near_any {
            self.any += people;
        }
    }
}

/// The people of one community whose nearest station, of any, is another's or their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Served {
    /// The community that they live in; `None` for none.
    pub home: Option<u32>,
    /// The community of the station; `None` for a station of none.
    pub serving: Option<u32>,
    /// How many they are.
    pub people: People,
}

/// Coverage by the stations of the own community, and by any.
///
/// ```
/// use pedshed::id::ResidentId;
/// use pedshed::planning::membership::Membership;
/// use pedshed::units::People;
/// // Two communities with a station each; the second resident, of the second, lives nearer to the first one's.
/// let rows = [vec![(ResidentId(0), 300), (ResidentId(1), 400)], vec![(ResidentId(1), 950)]];
/// let membership = Membership::new(
///     &[People::ONE; 2],
///     &[Some(0), Some(1)],
///     &[Some(0), Some(1)],
///     900,
///     |station| rows[station.index()].iter().copied(),
/// );
/// assert_eq!((membership.own(), membership.any()), (People::ONE, People::ONE + People::ONE));
/// assert_eq!(membership.gain(), People::ONE);
/// assert_eq!(membership.across(), People::ONE);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Membership {
    nearest_own: Vec<Option<NearestStation>>,
    nearest_any: Vec<Option<NearestStation>>,
    all: CommunityMembers,
    communities: Vec<CommunityMembers>,
    served: Vec<Served>,
}

impl Membership {
    /// Everybody's nearest station within the cutoff (inclusive), of the own community and of any; of equally near ones the
    /// first. `community_of` is one entry per resident, `community_of_station` one per station, and `row` gives the residents
    /// near a station with the costs of their walks. Who lives in no community has no station of an own one.
    ///
    /// # Panics
    /// When a row names a resident that is not there, or there are fewer communities of residents than people.
    ///
    /// # Complexity
    /// Linear in the entries of the rows, and n log n in the pairs of communities.
    #[must_use]
    pub fn new<R: IntoIterator<Item = (ResidentId, Cost)>>(
        people: &[People],
        community_of: &[Option<u32>],
        community_of_station: &[Option<u32>],
        cutoff: u64,
        row: impl Fn(StationId) -> R,
    ) -> Self {
        let mut nearest_own: Vec<Option<NearestStation>> = vec![None; people.len()];
        let mut nearest_any = nearest_own.clone();
        for (index, community) in (0u32..).zip(community_of_station) {
            let station = StationId(index);
            for (resident, cost) in row(station) {
                let cost = u64::from(cost);
                let resident = resident.index();
                if cost > cutoff {
                    continue;
                }
                keep_nearer(&mut nearest_any[resident], station, cost);
                if community.is_some() && *community == community_of[resident] {
                    keep_nearer(&mut nearest_own[resident], station, cost);
                }
            }
        }
        let mut all = CommunityMembers::default();
        let last = community_of.iter().flatten().max();
        let count = last.map_or(0, |last| *last as usize + 1);
        let mut communities = vec![CommunityMembers::default(); count];
        let mut served: BTreeMap<(Option<u32>, Option<u32>), People> = BTreeMap::new();
        for (resident, people) in people.iter().enumerate() {
            let home = community_of[resident];
            let of_home = home.map(|home| &mut communities[home as usize]);
            for sum in of_home.into_iter().chain([&mut all]) {
                let is_near = [&nearest_own, &nearest_any].map(|list| list[resident].is_some());
                sum.add(*people, is_near);
            }
            if let Some(nearest) = nearest_any[resident] {
                let serving = community_of_station[nearest.station.index()];
                *served.entry((home, serving)).or_default() += *people;
            }
        }
        let served = served.into_iter().map(|((home, serving), people)| Served {
            home,
            serving,
            people,
        });
        Self {
            nearest_own,
            nearest_any,
            all,
            communities,
            served: served.collect(),
        }
    }

    /// Every resident's nearest station of the own community within the cutoff.
    #[must_use]
    pub(crate) fn nearest_own(&self) -> &[Option<NearestStation>] {
        &self.nearest_own
    }

    /// Every resident's nearest station within the cutoff, of any community.
    #[must_use]
    pub fn nearest_any(&self) -> &[Option<NearestStation>] {
        &self.nearest_any
    }

    /// The people covered by stations of their own community.
    #[must_use]
    pub fn own(&self) -> People {
        self.all.own
    }

    /// The people covered by any station.
    #[must_use]
    pub fn any(&self) -> People {
        self.all.any
    }

    /// The people whom it covers to open all stations to all: never fewer than nobody, as the own ones are among them.
    #[must_use]
    pub fn gain(&self) -> People {
        self.all.any - self.all.own
    }

    /// The same as a share of all people; 0 of nobody.
    #[must_use]
    pub fn gain_share(&self) -> f64 {
        self.gain().share_of(self.all.people)
    }

    /// Community by community, up to the last in which anybody lives.
    #[must_use]
    pub fn communities(&self) -> &[CommunityMembers] {
        &self.communities
    }

    /// The table of communities by serving communities: the people within the cutoff of any station, by where they live and
    /// whose station is nearest; ascending, pairs without people left out.
    #[must_use]
    pub fn served(&self) -> &[Served] {
        &self.served
    }

    /// The people whose nearest station, within the cutoff, is another community's than their own: served across its border.
    #[must_use]
    pub fn across(&self) -> People {
        let across = self.served.iter().filter(|served| {
            served.home.is_some() && served.serving.is_some() && served.home != served.serving
        });
        across.map(|served| served.people).sum()
    }
}

/// Stations come ascending, so an equal cost leaves the first.
fn keep_nearer(nearest: &mut Option<NearestStation>, station: StationId, cost: u64) {
    if nearest.is_none_or(|known| cost < known.cost) {
        *nearest = Some(NearestStation { station, cost });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn whole(count: u64) -> People {
        People::from_thousandths(count * 1000)
    }

    fn of_rows(
        people: &[People],
        homes: &[Option<u32>],
        stations: &[Option<u32>],
        rows: &[Vec<(u32, Cost)>],
    ) -> Membership {
        Membership::new(people, homes, stations, 900, |station| {
            let row = rows[station.index()].iter();
            row.map(|(resident, cost)| (ResidentId(*resident), *cost))
        })
    }

    #[test]
    fn people_cross_borders_as_worked_out_by_hand() {
        // Residents of 5, 3, 2, 1 and 4 people in communities 0, 0, 1, none and 1; stations of 0, 1 and none.
        // Resident 0: station 0 at 800, station 1 at 200: own and across. 1: station 1 at 900, nothing of its own: gained.
        // 2: station 1 at 300, station 0 at 300: the first is nearest, 0's. 3: station 2. 4: station 1 at 901: too far.
        let people = [5, 3, 2, 1, 4].map(whole);
        let homes = [Some(0), Some(0), Some(1), None, Some(1)];
        let rows = [
            vec![(0, 800), (2, 300)],
            vec![(0, 200), (1, 900), (2, 300), (4, 901)],
            vec![(3, 10)],
        ];
        let found = of_rows(&people, &homes, &[Some(0), Some(1), None], &rows);
        assert_eq!((found.own(), found.any()), (whole(7), whole(11)));
        assert_eq!(found.gain(), whole(4));
        assert_eq!(found.gain_share(), 4.0 / 15.0);
        let table: Vec<_> = found
            .served()
            .iter()
            .map(|served| (served.home, served.serving, served.people))
            .collect();
        let expected = [
            (None, None, whole(1)),
            (Some(0), Some(1), whole(8)),
            (Some(1), Some(0), whole(2)),
        ];
        assert_eq!(table, expected);
        assert_eq!(found.across(), whole(10));
        let members = |people, own, any| CommunityMembers {
            people: whole(people),
            own: whole(own),
            any: whole(any),
        };
        assert_eq!(found.communities(), [members(8, 5, 8), members(6, 2, 2)]);
        let costs = found
            .nearest_own()
            .iter()
            .map(|nearest| nearest.map(|near| near.cost));
        assert_eq!(
            costs.collect::<Vec<_>>(),
            [Some(800), None, Some(300), None, None]
        );
        assert_eq!(
            found.nearest_any()[2].map(|near| near.station),
            Some(StationId(0))
        );
    }

    #[test]
    fn without_people_or_stations_nothing_is_gained() {
        let none = of_rows(&[], &[], &[], &[]);
        assert_eq!((none.gain(), none.gain_share()), (People::ZERO, 0.0));
        let alone = of_rows(&[whole(3)], &[Some(2)], &[], &[]);
        assert_eq!((alone.any(), alone.communities().len()), (People::ZERO, 3));
    }

    proptest! {
        #[test]
        fn opening_all_counters_never_lowers_coverage(
            residents in prop::collection::vec((0u64..9_000, prop::option::of(0u32..4)), 12),
            stations in prop::collection::vec(prop::option::of(0u32..4), 5),
            costs in prop::collection::vec(prop::option::weighted(0.5, 1u32..2_000), 60),
        ) {
            let people: Vec<People> = residents.iter().map(|resident| People::from_thousandths(resident.0)).collect();
            let homes: Vec<Option<u32>> = residents.iter().map(|resident| resident.1).collect();
            let rows: Vec<Vec<(u32, Cost)>> = costs.chunks(12)
                .map(|row| (0..).zip(row).filter_map(|(resident, cost)| Some((resident, (*cost)?))).collect())
                .collect();
            let found = of_rows(&people, &homes, &stations, &rows);
            prop_assert!(found.own() <= found.any());
            prop_assert!(found.communities().iter().all(|members| members.own <= members.any && members.any <= members.people));
            // Everybody who is covered stands in the table once.
            prop_assert_eq!(found.served().iter().map(|served| served.people).sum::<People>(), found.any());
            // Each rule as it is defined, resident by resident.
            let is_near = |resident: usize, station: usize| costs[station * 12 + resident].is_some_and(|cost| cost <= 900);
            let (mut own, mut any) = (People::ZERO, People::ZERO);
            for (resident, people) in people.iter().enumerate() {
                if (0..5).any(|station| is_near(resident, station)) {
                    any += *people;
                }
                if (0..5).any(|station| is_near(resident, station) && homes[resident].is_some() && stations[station] == homes[resident]) {
                    own += *people;
                }
            }
            prop_assert_eq!((found.own(), found.any()), (own, any));
        }
    }
}
