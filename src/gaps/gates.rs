//! The gate that would help most: for each gap with people behind a wall, the place in the wall from which most of them would
//! be covered.

use std::collections::BTreeMap;

use geo_types::Coord;

use super::{Gap, Gaps};
use crate::control::{Cancelled, Control};
use crate::geometry::LocalMetres;
use crate::id::{CompoundId, ResidentId};
use crate::isochrone::Ground;
use crate::model::Resident;
use crate::parallel;
use crate::search::{Reach, Reaches, Trip};
use crate::snap::{Snapper, Walls};
use crate::units::{Cost, People};

/// How far apart places for a gate are looked at along a wall, at most, in metres.
const STEP_M: f64 = 20.0;
/// Gaps per parallel task.
const GAP_CHUNK: usize = 4;

/// A gate that would help.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct NewGate {
    /// In whose wall.
    pub compound: CompoundId,
    /// Where.
    pub place: Coord<f64>,
    /// The people of the gap who would be covered.
    pub gain: People,
    /// By how much the walk of the middle one of these would be shorter, as the costs of the deciding cutoff; `None` where
    /// most have no walk now.
    pub saved: Option<Cost>,
}

/// A place in a wall, with a street that it would lead to.
struct Candidate {
    place: Coord<f64>,
    /// The straight way from there to the street, in metres.
    leg_m: f64,
    /// What it costs from the street to the nearest station.
    cost: Cost,
    /// How many ways a trip has.
    ways: u32,
}

/// People who live at one place.
struct Home {
    place: Coord<f64>,
    members: Vec<ResidentId>,
    people: People,
}

/// What is asked for each gap.
struct Finder<'a> {
    ground: Ground<'a>,
    residents: &'a [Resident],
    walls: &'a Walls,
    bound: Cost,
    candidates: BTreeMap<CompoundId, Vec<Candidate>>,
}

impl Gaps {
    /// Finds for each gap the gate that would cover most of its people: in the wall of a compound where some of them leave by
    /// gates, or cannot leave. Those who have a street inside would need a way to the new gate and are not counted: see
    /// [`Gap::link`].
    ///
    /// Places are looked at every 20 m along a wall, at its corners, and where it is nearest to the streets that these
    /// lead to. The gain of a place is what an analysis with this gate would find: exactly for one-way trips; there and back
    /// the two ways may be those of two stations.
    ///
    /// # Errors
    /// [`Cancelled`].
    ///
    /// # Panics
    /// When the parts are of different cities.
    ///
    /// # Complexity
    /// One search from all stations, one lookup per place, and one sum per place and home behind the wall.
    pub fn find_gates(
        &mut self,
        ground: Ground<'_>,
        (residents, walls): (&[Resident], &Walls),
        (trip, nearest): (Trip, &[Option<crate::search::NearestStation>]),
        control: Control<'_>,
    ) -> Result<(), Cancelled> {
        control.check()?;
        let mut finder = Finder {
            ground,
            residents,
            walls,
            bound: self.deciding.cost(),
            candidates: BTreeMap::new(),
        };
        let homes = parallel::map(&self.list, GAP_CHUNK, |gap| finder.homes(gap));
        let walled = homes
            .iter()
            .flat_map(|by_compound| by_compound.keys().copied());
        let mut compounds: Vec<CompoundId> = walled.collect();
        compounds.sort_unstable();
        compounds.dedup();
        if compounds.is_empty() {
            return Ok(());
        }
        let reaches = Reaches::new(ground.network, ground.impedance, ground.snapped, trip);
        let options = ground.snapped.options();
        let snapper = Snapper::new(ground.network, ground.impedance, ground.islands, options);
        let snapper = snapper.behind(walls);
        let candidates = reaches.from_any(self.deciding, |reach| {
            parallel::map(&compounds, 1, |compound| {
                finder.candidates_in(*compound, &snapper, reach)
            })
        });
        control.check()?;
        finder.candidates = compounds.into_iter().zip(candidates).collect();
        let gates = parallel::map(&homes, GAP_CHUNK, |homes| finder.best(homes, nearest));
        for (gap, gate) in self.list.iter_mut().zip(gates) {
            gap.gate = gate;
        }
        Ok(())
    }
}

impl Finder<'_> {
    /// The people of a gap who leave compounds by gates, or cannot leave: by compound, then by their places.
    fn homes(&self, gap: &Gap) -> BTreeMap<CompoundId, Vec<Home>> {
        let mut by_place: BTreeMap<[u64; 2], Vec<ResidentId>> = BTreeMap::new();
        for member in &gap.residents {
            let snapped = self.ground.snapped;
            let has_street = snapped.residents()[member.index()].snap().is_some();
            let leaves = snapped.doors(*member).next().is_some();
            if let Some(place) = self.residents[member.index()].valid_place()
                && (leaves || !has_street)
            {
                let key = [place.x, place.y].map(f64::to_bits);
                by_place.entry(key).or_default().push(*member);
            }
        }
        let mut homes: BTreeMap<CompoundId, Vec<Home>> = BTreeMap::new();
        for ([x, y], members) in by_place {
            let place = Coord {
                x: f64::from_bits(x),
                y: f64::from_bits(y),
            };
            let of = |member: &ResidentId| self.residents[member.index()].people;
            for compound in self.walls.around(place) {
                homes.entry(compound).or_default().push(Home {
                    place,
                    people: members.iter().map(of).sum(),
                    members: members.clone(),
                });
            }
        }
        homes
    }

    /// The places in a wall that lead to a street from which a station is near.
    fn candidates_in(
        &self,
        compound: CompoundId,
        snapper: &Snapper<'_>,
        reach: &Reach<'_>,
    ) -> Vec<Candidate> {
        let candidate = |place: Coord<f64>| {
            let snap = snapper.street_in_sight(place)?;
            let on = reach.on(snap.edge);
            let cost = on.cost(snap.fraction).filter(|cost| *cost <= self.bound)?;
            let street = self.ground.network.place_at(snap.edge, snap.fraction);
            let candidate = Candidate {
                place,
                leg_m: snap.leg_m,
                cost,
                ways: on.ways(),
            };
            Some((candidate, street))
        };
        let mut candidates = Vec::new();
        for place in self.walls.along(compound, STEP_M) {
            if let Some((found, street)) = candidate(place) {
                candidates.push(found);
                let beside = self.walls.nearest_on(compound, street);
                candidates.extend(beside.and_then(candidate).map(|(found, _)| found));
            }
        }
        candidates
    }

    /// The place that covers most people; of equals the one from which their walks are shortest, then the first.
    fn best(
        &self,
        homes: &BTreeMap<CompoundId, Vec<Home>>,
        nearest: &[Option<crate::search::NearestStation>],
    ) -> Option<NewGate> {
        let mut best: Option<(People, u128, CompoundId, &Candidate)> = None;
        for (compound, homes) in homes {
            for candidate in &self.candidates[compound] {
                let covered = self.covered(*compound, homes, candidate);
                let (mut gain, mut walked) = (People::ZERO, 0u128);
                for (home, cost) in covered {
                    gain += home.people;
                    walked += u128::from(home.people.thousandths()) * u128::from(cost);
                }
                let is_better = best.as_ref().is_none_or(|(most, least, ..)| {
                    gain > *most || (gain == *most && walked < *least)
                });
                if gain > People::ZERO && is_better {
                    best = Some((gain, walked, *compound, candidate));
                }
            }
        }
        let (gain, _, compound, candidate) = best?;
        let covered = self.covered(compound, &homes[&compound], candidate);
        let mut saved: Vec<(Option<u64>, People)> = covered
            .flat_map(|(home, cost)| {
                home.members.iter().map(move |member| {
                    let now = nearest[member.index()].map(|nearest| nearest.cost);
                    let saved = now.map(|now| now.saturating_sub(u64::from(cost)));
                    (saved, self.residents[member.index()].people)
                })
            })
            .collect();
        saved.sort_by_key(|(saved, _)| (saved.is_none(), *saved));
        let mut sum = People::ZERO;
        let middle = saved.into_iter().find(|(_, people)| {
            sum += *people;
            2 * sum.thousandths() >= gain.thousandths()
        });
        let saved = middle.and_then(|(saved, _)| saved);
        Some(NewGate {
            compound,
            place: candidate.place,
            gain,
            saved: saved.map(|saved| Cost::try_from(saved).unwrap_or(Cost::MAX)),
        })
    }

    /// The homes that would be covered by a gate, with the cost of their walks.
    fn covered<'h>(
        &'h self,
        compound: CompoundId,
        homes: &'h [Home],
        candidate: &'h Candidate,
    ) -> impl Iterator<Item = (&'h Home, Cost)> {
        let leg_factor = self.ground.snapped.options().leg_factor;
        homes.iter().filter_map(move |home| {
            let (east, north) = LocalMetres::at(home.place.y).vector(home.place, candidate.place);
            let leg_m = east.hypot(north) + candidate.leg_m;
            let leg = self.ground.impedance.leg(leg_m * leg_factor);
            let cost = candidate
                .cost
                .saturating_add(leg.saturating_mul(candidate.ways));
            let is_covered =
                cost <= self.bound && self.walls.leads_to(home.place, candidate.place, compound);
            is_covered.then_some((home, cost))
        })
    }
}
