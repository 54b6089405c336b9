//! Gates for those who have a street inside their compound: ways from that street through the wall to one outside.

use std::collections::BTreeMap;

use super::gap::{GapOptions, GateWay, NewGate};
use super::gates::{Weighed, is_better};
use super::left_out::{LeftOut, Place};
use super::links::{Candidate, Joins};
use crate::control::{Cancelled, Control, Stage};
use crate::id::{CompoundId, ResidentId};
use crate::parallel;
use crate::search::Reach;
use crate::snap::{Snap, Walls};
use crate::units::{Cutoff, People};

/// Ways per parallel task of where they meet their walls.
const WAY_CHUNK: usize = 64;
/// Places of people per parallel task.
const PLACE_CHUNK: usize = 4;

/// A way that could be, with the wall that it crosses.
struct Way {
    link: Candidate,
    /// As it would be, but for what is gained.
    gate: NewGate,
}

/// By compound where some of those who live in it join their streets, ascending.
type Inside = Vec<(CompoundId, Joins)>;

impl LeftOut<'_> {
    /// For each place the straight way that would cover most of those who have a street inside their compound: from a place
    /// on a street inside, through this one wall and no other, to the nearest covered public street outside. Of equals it is
    /// the one with the shorter walks, then the first. Ways begin where missing links may, inside, but from wherever no
    /// station is within the cutoff; they are no longer than a missing link.
    ///
    /// Those are counted who live in the compound, have a street inside, and would be covered by the walk along the streets
    /// to the way, over it, and on. Whoever lives elsewhere could only walk through the compound.
    ///
    /// # Complexity
    /// That of missing links, for the places inside compounds.
    pub(super) fn ways_out(
        &self,
        places: &[Place],
        walls: &Walls,
        options: GapOptions,
        control: Control<'_>,
    ) -> Result<Vec<Option<Weighed>>, Cancelled> {
        let inside = self.inside(places, walls);
        let joins = |place: usize, compound: CompoundId| {
            let inside: &Inside = &inside[place];
            let at = inside.binary_search_by_key(&compound, |(of, _)| *of);
            Some(&inside[at.ok()?].1)
        };
        let mut ways = self.ways(places, walls, options);
        ways.retain(|way| joins(way.link.place, way.gate.compound).is_some());
        let mut best: Vec<Option<Weighed>> = vec![None; places.len()];
        let most = |way: &Way| self.deciding.cost() - way.link.cost;
        let Some(bound) = ways.iter().map(most).max() else {
            return Ok(best);
        };
        let bound = Cutoff::from_long_cost(bound, self.deciding.unit());
        let begins: Vec<Snap> = ways.iter().map(|way| way.link.from).collect();
        let weigh = |index: usize, reach: &Reach<'_>| {
            let way: &Way = &ways[index];
            let joins = joins(way.link.place, way.gate.compound)?;
            Some(self.weigh(way, joins, reach))
        };
        let stage = Stage::Coverage;
        let weighed = self
            .reaches
            .map_places(&begins, bound, control, stage, weigh)?;
        for (way, weighed) in ways.iter().zip(weighed) {
            let best = &mut best[way.link.place];
            if let Some(weighed) = weighed
                && weighed.0.gain > People::ZERO
                && best.as_ref().is_none_or(|best| is_better(&weighed, best))
            {
                *best = Some(weighed);
            }
        }
        Ok(best)
    }

    /// The ways that could be.
    fn ways(&self, places: &[Place], walls: &Walls, options: GapOptions) -> Vec<Way> {
        let network = self.ground.network();
        let at = |snap: &Snap| network.place_at(snap.edge, snap.fraction);
        let is_inside = |snap: &Snap| !walls.around(at(snap)).is_empty();
        let points = self.far_points(places, &self.near.reach(), self.deciding, is_inside);
        let links = self.links_from(&points, options.missing_link_m(), |from| {
            let around = walls.around(from);
            move |to| {
                let met = walls.one_between(from, to);
                met.is_some_and(|(compound, _)| around.binary_search(&compound).is_ok())
            }
        });
        let way = |link: &Candidate| {
            let (from, to) = (at(&link.from), at(&link.to));
            let (compound, place) = walls.one_between(from, to)?;
            let way = GateWay {
                from,
                to,
                metres: link.to.leg_m,
            };
            let gate = NewGate {
                compound,
                place,
                gain: People::ZERO,
                saved: None,
                way: Some(way),
            };
            Some(Way { link: *link, gate })
        };
        let ways = parallel::map(&links, WAY_CHUNK, way);
        ways.into_iter().flatten().collect()
    }

    /// For each place those who live in a compound and have a street inside.
    fn inside(&self, places: &[Place], walls: &Walls) -> Vec<Inside> {
        let snapped = self.ground.snapped();
        parallel::map(places, PLACE_CHUNK, |place| {
            let mut inside: BTreeMap<CompoundId, Vec<ResidentId>> = BTreeMap::new();
            for member in &place.members {
                let has_street = snapped.residents()[member.index()].snap().is_some();
                if let Some(home) = self.home(*member)
                    && has_street
                    && snapped.gate_accesses(*member).next().is_none()
                {
                    for compound in walls.around(home) {
                        inside.entry(compound).or_default().push(*member);
                    }
                }
            }
            let inside = inside.into_iter();
            inside
                .map(|(compound, members)| (compound, self.joins(&members)))
                .collect()
        })
    }

    /// What a way gains.
    fn weigh(&self, way: &Way, joins: &Joins, reach: &Reach<'_>) -> Weighed {
        let walks = self.walks(joins, &way.link.from, reach).into_iter();
        let walks = walks.map(|(position, walk)| {
            (
                self.on_streets[position],
                walk.saturating_add(way.link.cost),
            )
        });
        let covered: Vec<_> = walks
            .filter(|(_, walk)| *walk <= self.deciding.cost())
            .collect();
        let (mut gain, mut walked) = (People::ZERO, 0u128);
        for (resident, walk) in &covered {
            let people = self.people(*resident);
            gain += people;
            walked += u128::from(people.thousandths()) * u128::from(*walk);
        }
        let gate = NewGate {
            gain,
            saved: self.saved(covered.into_iter()),
            ..way.gate
        };
        (gate, walked)
    }
}
