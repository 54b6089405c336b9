//! The gate that would help most: for each gap with people behind a wall, the place in the wall from which most of them would
//! be covered.

use std::collections::BTreeMap;

use geo_types::Coord;

use super::gap::{GapOptions, NewGate};
use super::left_out::{LeftOut, Place};
use crate::control::{Cancelled, Control};
use crate::geometry::LocalMetres;
use crate::id::{CompoundId, ResidentId};
use crate::parallel;
use crate::search::Reach;
use crate::snap::Walls;
use crate::units::{Cost, People};

/// How far apart places for a gate are looked at along a wall, at most, in metres.
const STEP_M: f64 = 20.0;
/// Places of people per parallel task.
const PLACE_CHUNK: usize = 4;

/// A gate, with the people-weighted sum of the walks by it, in thousandths of people.
pub(super) type Weighed = (NewGate, u128);

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
    /// What the trip costs inside their building.
    indoors: Cost,
}

/// What is asked for each gap.
struct Finder<'a> {
    left_out: &'a LeftOut<'a>,
    walls: &'a Walls,
    bound: Cost,
    candidates: BTreeMap<CompoundId, Vec<Candidate>>,
}

impl LeftOut<'_> {
    /// For each place the gate that would cover most of its people, in the wall of a compound where some of them live. There
    /// are two kinds, and the better one is taken, which covers more people, and of equals has the shorter walks:
    ///
    /// - for those who have no street inside, and leave by gates or cannot leave, a place in the wall: they walk straight to
    ///   it. Places are looked at every 20 m along a wall, at its corners, and where it is nearest to the streets that these
    ///   lead to. What is gained is what an analysis with this gate would find: exactly for one-way trips; there and back the
    ///   two ways may be those of two stations;
    /// - for those who have a street inside, [a way through the wall](Self::ways_out).
    ///
    /// A gate that helps both is counted for the one kind that gains more by it.
    ///
    /// # Complexity
    /// One search from all stations, one lookup per place, and one sum per place and home behind the wall; that of the ways.
    pub(super) fn gates(
        &self,
        places: &[Place],
        walls: &Walls,
        options: GapOptions,
        control: Control<'_>,
    ) -> Result<Vec<Option<NewGate>>, Cancelled> {
        control.check()?;
        let straight = self.straight_gates(places, walls);
        control.check()?;
        let ways = self.ways_out(places, walls, options, control)?;
        let better = |(one, other): (Option<Weighed>, Option<Weighed>)| {
            let gates = one.into_iter().chain(other);
            let best = gates.reduce(|one, other| if is_better(&other, &one) { other } else { one });
            best.map(|(gate, _)| gate)
        };
        Ok(straight.into_iter().zip(ways).map(better).collect())
    }

    /// For each place the gate that covers most of those who would walk straight to it.
    fn straight_gates(&self, places: &[Place], walls: &Walls) -> Vec<Option<Weighed>> {
        let mut finder = Finder {
            left_out: self,
            walls,
            bound: self.deciding.cost(),
            candidates: BTreeMap::new(),
        };
        let homes = parallel::map(places, PLACE_CHUNK, |place| finder.homes(place));
        let walled = homes
            .iter()
            .flat_map(|by_compound| by_compound.keys().copied());
        let mut compounds: Vec<CompoundId> = walled.collect();
        compounds.sort_unstable();
        compounds.dedup();
        if compounds.is_empty() {
            return vec![None; places.len()];
        }
        let reach = self.near.reach();
        let candidates = parallel::map(&compounds, 1, |compound| {
            finder.candidates_in(*compound, &reach)
        });
        finder.candidates = compounds.into_iter().zip(candidates).collect();
        parallel::map(&homes, PLACE_CHUNK, |homes| finder.best(homes))
    }

    /// By how much the walk of the middle one of some people would be shorter, given what it would cost; `None` where most
    /// have no walk now.
    pub(super) fn saved(&self, walks: impl Iterator<Item = (ResidentId, Cost)>) -> Option<Cost> {
        let saved = walks.map(|(resident, cost)| {
            let now = self.nearest(resident).map(|nearest| nearest.cost);
            let saved = now.map(|now| now.saturating_sub(u64::from(cost)));
            (saved, self.people(resident))
        });
        let mut saved: Vec<(Option<u64>, People)> = saved.collect();
        saved.sort_by_key(|(saved, _)| (saved.is_none(), *saved));
        let gain: People = saved.iter().map(|(_, people)| *people).sum();
        let mut sum = People::ZERO;
        let middle = saved.into_iter().find(|(_, people)| {
            sum += *people;
            sum.make_half_of(gain)
        });
        let saved = middle.and_then(|(saved, _)| saved);
        saved.map(|saved| Cost::try_from(saved).unwrap_or(Cost::MAX))
    }
}

/// Whether a gate covers more people, or as many with shorter walks.
pub(super) fn is_better((one, one_walked): &Weighed, (other, other_walked): &Weighed) -> bool {
    one.gain > other.gain || (one.gain == other.gain && one_walked < other_walked)
}

impl Finder<'_> {
    /// The people of a place who leave compounds by gates, or cannot leave: by compound, then by where they live and how high up.
    fn homes(&self, place: &Place) -> BTreeMap<CompoundId, Vec<Home>> {
        let mut by_place: BTreeMap<([u64; 2], Cost), Vec<ResidentId>> = BTreeMap::new();
        for member in &place.members {
            let snapped = self.left_out.ground.snapped();
            let has_street = snapped.residents()[member.index()].snap().is_some();
            let leaves = snapped.gate_accesses(*member).next().is_some();
            // No gate helps who cannot get down to the street.
            let gets_down = snapped.ways().of(*member).is_some();
            if let Some(home) = self.left_out.home(*member)
                && (leaves || !has_street)
                && gets_down
            {
                let place = [home.x, home.y].map(f64::to_bits);
                let key = (place, self.left_out.indoors(*member));
                by_place.entry(key).or_default().push(*member);
            }
        }
        let mut homes: BTreeMap<CompoundId, Vec<Home>> = BTreeMap::new();
        for (([x, y], indoors), members) in by_place {
            let place = Coord {
                x: f64::from_bits(x),
                y: f64::from_bits(y),
            };
            let of = |member: &ResidentId| self.left_out.people(*member);
            for compound in self.walls.around(place) {
                homes.entry(compound).or_default().push(Home {
                    place,
                    people: members.iter().map(of).sum(),
                    members: members.clone(),
                    indoors,
                });
            }
        }
        homes
    }

    /// The places in a wall that lead to a street from which a station is near.
    fn candidates_in(&self, compound: CompoundId, reach: &Reach<'_>) -> Vec<Candidate> {
        let LeftOut {
            ground, snapper, ..
        } = self.left_out;
        let candidate = |place: Coord<f64>| {
            let snap = snapper.street_in_sight(place)?;
            let on = reach.on(snap.edge);
            let cost = on.cost(snap.fraction).filter(|cost| *cost <= self.bound)?;
            let street = ground.network().place_at(snap.edge, snap.fraction);
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
    fn best(&self, homes: &BTreeMap<CompoundId, Vec<Home>>) -> Option<Weighed> {
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
        let (gain, walked, compound, candidate) = best?;
        let covered = self.covered(compound, &homes[&compound], candidate);
        let walks = covered.flat_map(|(home, cost)| {
            let members = home.members.iter();
            members.map(move |member| (*member, cost))
        });
        let gate = NewGate {
            compound,
            place: candidate.place,
            gain,
            saved: self.left_out.saved(walks),
            way: None,
        };
        Some((gate, walked))
    }

    /// The homes that would be covered by a gate, with the cost of their walks.
    fn covered<'h>(
        &'h self,
        compound: CompoundId,
        homes: &'h [Home],
        candidate: &'h Candidate,
    ) -> impl Iterator<Item = (&'h Home, Cost)> {
        let ground = self.left_out.ground;
        let leg_factor = ground.snapped().options().leg_factor();
        homes.iter().filter_map(move |home| {
            let (east, north) = LocalMetres::at(home.place.y).vector(home.place, candidate.place);
            let leg_m = east.hypot(north) + candidate.leg_m;
            let leg = ground.impedance().leg(leg_m * leg_factor);
            let cost = candidate
                .cost
                .saturating_add(leg.saturating_mul(candidate.ways))
                .saturating_add(home.indoors);
            let is_covered =
                cost <= self.bound && self.walls.leads_to(home.place, candidate.place, compound);
            is_covered.then_some((home, cost))
        })
    }
}
