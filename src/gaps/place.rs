//! What is said of a gap.

use std::collections::BTreeMap;

use geo_types::{Coord, MultiPolygon};

use super::gap::{Gap, GapReason, MissingLink, NewGate};
use super::left_out::{LeftOut, Place};
use crate::geometry::geodesic_m;
use crate::id::{ResidentId, StationId};
use crate::isochrone::ground_within;
use crate::units::{Cost, People};

/// How far the outline of a gap is from its homes and streets, in metres: a house and its garden.
const BESIDE_M: f64 = 40.0;

impl LeftOut<'_> {
    pub(super) fn gap(
        &self,
        place: &Place,
        link: Option<MissingLink>,
        gate: Option<NewGate>,
        with_outline: bool,
    ) -> Gap {
        let members = &place.members;
        let people: People = members.iter().map(|member| self.people(*member)).sum();
        let by_link = link.map(|link| link.gain);
        let is_walled = gate.is_some_and(|gate| {
            let helps = gate.gain.make_half_of(people);
            helps && by_link.is_none_or(|gain| gate.gain >= gain)
        });
        let reason = match link {
            _ if is_walled => GapReason::Wall,
            Some(_) => GapReason::LinkMissing,
            None => self
                .most(members, |member| Some(self.reason(member)))
                .unwrap_or(GapReason::TooFar),
        };
        let nearest = |member| Some(self.nearest(member)?.station);
        Gap {
            residents: members.clone(),
            people,
            centre: self.centre(members),
            outline: if with_outline {
                self.outline(place)
            } else {
                MultiPolygon::new(Vec::new())
            },
            median_extra: self.median_extra(members, people),
            nearest_station: self.most::<StationId>(members, nearest),
            reason,
            link,
            gate,
            opening: None,
            station: None,
            street: self.most(members, |member| self.street(member)),
        }
    }

    /// What holds for most of the people; of equals the smallest.
    fn most<T: Ord>(
        &self,
        members: &[ResidentId],
        of: impl Fn(ResidentId) -> Option<T>,
    ) -> Option<T> {
        let mut people: BTreeMap<T, (People, usize)> = BTreeMap::new();
        for member in members {
            if let Some(value) = of(*member) {
                let sum = people.entry(value).or_default();
                sum.0 += self.people(*member);
                sum.1 += 1;
            }
        }
        // The last of equals is taken: the smallest, from the end. Records decide where nobody is counted.
        let most = people.into_iter().rev().max_by_key(|(_, sum)| *sum);
        most.map(|(value, _)| value)
    }

    fn street(&self, member: ResidentId) -> Option<String> {
        let snap = self.ground.snapped().residents()[member.index()].snap()?;
        let name = self.ground.network().name_at(snap.edge, snap.fraction);
        name.map(str::to_owned)
    }

    /// The home that is nearest to the mean of all people's places.
    fn centre(&self, members: &[ResidentId]) -> Coord<f64> {
        let homes = || {
            let homes = members
                .iter()
                .filter_map(|member| Some((*member, self.home(*member)?)));
            homes.map(|(member, home)| (home, self.people(member)))
        };
        let Some((first, _)) = homes().next() else {
            return Coord { x: 0.0, y: 0.0 };
        };
        // Where nobody is counted, every home counts alike. Relative to one home, so that the antimeridian parts nobody.
        let counts_nobody = homes().all(|(_, people)| people == People::ZERO);
        let mut sum = (Coord { x: 0.0, y: 0.0 }, 0.0);
        for (home, people) in homes() {
            let weight = if counts_nobody { 1.0 } else { people.as_f64() };
            let mut apart = home - first;
            apart.x -= 360.0 * (apart.x / 360.0).round();
            sum = (sum.0 + apart * weight, sum.1 + weight);
        }
        let mean = first + sum.0 / sum.1;
        let from_mean = |home: Coord<f64>| geodesic_m(mean, home);
        let homes = homes().map(|(home, _)| home);
        homes
            .min_by(|a, b| from_mean(*a).total_cmp(&from_mean(*b)))
            .unwrap_or(first)
    }

    fn outline(&self, place: &Place) -> MultiPolygon<f64> {
        let network = self.ground.network();
        let streets = place.links.iter();
        let mut lines: Vec<Vec<Coord<f64>>> = streets
            .map(|stretch| network.places_between(stretch.edge, stretch.from, stretch.to))
            .collect();
        for member in &place.members {
            let mut line: Vec<Coord<f64>> = self.home(*member).into_iter().collect();
            // Who leaves by a gate lives far from the street.
            let leaves = self
                .ground
                .snapped()
                .gate_accesses(*member)
                .next()
                .is_some();
            if let Some(snap) = self.ground.snapped().residents()[member.index()].snap()
                && !leaves
            {
                line.push(network.place_at(snap.edge, snap.fraction));
            }
            lines.push(line);
        }
        ground_within(&lines, BESIDE_M)
    }

    /// How far over the cutoff the walk of the middle person is; who has no walk is further off than everybody.
    fn median_extra(&self, members: &[ResidentId], people: People) -> Option<Cost> {
        let over = |member: &ResidentId| {
            let cost = self.nearest(*member)?.cost;
            let over = cost.saturating_sub(u64::from(self.deciding.cost()));
            Some(Cost::try_from(over).unwrap_or(Cost::MAX))
        };
        let mut extras: Vec<(Option<Cost>, People)> = members
            .iter()
            .map(|member| (over(member), self.people(*member)))
            .collect();
        extras.sort_by_key(|(extra, _)| (extra.is_none(), *extra));
        if people == People::ZERO {
            return extras.get((extras.len() - 1) / 2)?.0;
        }
        let mut sum = People::ZERO;
        let middle = extras.iter().find(|(_, people_here)| {
            sum += *people_here;
            sum.make_half_of(people)
        });
        middle.and_then(|(extra, _)| *extra)
    }
}
