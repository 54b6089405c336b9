//! Links that may be missing: two places on streets that are near on the ground and far by foot.

use std::collections::BTreeMap;

use super::left_out::{LeftOut, Place};
use super::{GapOptions, MissingLink};
use crate::control::{Cancelled, Control, Stage};
use crate::id::{EdgeId, NodeId};
use crate::network::Direction;
use crate::parallel;
use crate::search::Reach;
use crate::snap::Snap;
use crate::units::{Cost, Cutoff, People};

/// A link is missing only where the walk is longer by this part of the cutoff than over the link: else it would save
/// little.
const FAR: f64 = 0.5;

/// Edges per parallel task.
pub(super) const EDGE_CHUNK: usize = 1024;
/// Points, and places, per parallel task.
const POINT_CHUNK: usize = 64;

/// A link that could be.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    /// The place that it begins in.
    place: usize,
    /// Where it begins.
    from: Snap,
    /// Where it ends, and how long it is.
    to: Snap,
    /// What it costs from its beginning to the nearest station.
    cost: Cost,
}

impl LeftOut<'_> {
    /// For each place the link that would cover most of its people, where that is at least half of them.
    ///
    /// # Complexity
    /// One lookup of the nearest covered street per far point of the places, and one bounded search per candidate.
    pub(super) fn missing_links(
        &self,
        places: &[Place],
        options: GapOptions,
        control: Control<'_>,
    ) -> Result<Vec<Option<MissingLink>>, Cancelled> {
        let candidates = self.candidates(places, options);
        let network = self.ground.network;
        let members: Vec<BTreeMap<EdgeId, Vec<usize>>> =
            places.iter().map(|place| self.by_edge(place)).collect();
        let begins: Vec<Snap> = candidates.iter().map(|candidate| candidate.from).collect();
        let gain = |index: usize, reach: &Reach<'_>| {
            let candidate: &Candidate = &candidates[index];
            self.gain(candidate, reach, &members[candidate.place])
        };
        let steps = (control, Stage::Coverage);
        let gains = self
            .reaches
            .map_places(&begins, self.deciding, steps, gain)?;
        let mut best: Vec<Option<(Candidate, People)>> = vec![None; places.len()];
        for (candidate, gain) in candidates.iter().zip(gains) {
            let best = &mut best[candidate.place];
            let is_better = best.is_none_or(|(known, most)| {
                gain > most || (gain == most && candidate.to.leg_m < known.to.leg_m)
            });
            if is_better {
                *best = Some((*candidate, gain));
            }
        }
        let links = best.into_iter().zip(places).map(|(best, place)| {
            let people: People = place.members.iter().map(|m| self.people(*m)).sum();
            let (candidate, gain) = best?;
            let helps = gain > People::ZERO && 2 * gain.thousandths() >= people.thousandths();
            helps.then(|| MissingLink {
                from: network.place_at(candidate.from.edge, candidate.from.fraction),
                to: network.place_at(candidate.to.edge, candidate.to.fraction),
                metres: candidate.to.leg_m,
                gain,
            })
        });
        Ok(links.collect())
    }

    /// The places on the streets of gaps that have a street with a station in reach nearby, and a long walk to it.
    fn candidates(&self, places: &[Place], options: GapOptions) -> Vec<Candidate> {
        let ground = self.ground;
        let cutoff = self.deciding.cost();
        let far = cutoff.saturating_add((f64::from(cutoff) * FAR) as Cost);
        let far = Cutoff::from_cost(far, self.deciding.unit());
        let points = self.far_points(places, far);
        self.reaches.from_any(self.deciding, |from_any| {
            let is_covered = covered_edges(ground.network.edge_count(), from_any, cutoff);
            let candidate = |(place, from): &(usize, Snap)| {
                let at = ground.network.place_at(from.edge, from.fraction);
                let accept = |edge: EdgeId| is_covered[edge.index()];
                let to = self.snapper.snap_to(at, options.missing_link_m, accept)?;
                let on = from_any.on(to.edge);
                let link = ground.impedance.leg(to.leg_m).saturating_mul(on.ways());
                let cost = on.cost(to.fraction)?.saturating_add(link);
                (cost <= cutoff).then_some(Candidate {
                    place: *place,
                    from: *from,
                    to,
                    cost,
                })
            };
            let candidates = parallel::map(&points, POINT_CHUNK, candidate);
            candidates.into_iter().flatten().collect()
        })
    }

    /// Where links could begin: junctions near homes, vertices of the streets between, where homes join their streets;
    /// those from which every station is further than a cutoff. Each with its place.
    fn far_points(&self, places: &[Place], cutoff: Cutoff) -> Vec<(usize, Snap)> {
        let on = |edge, fraction| Snap {
            edge,
            fraction,
            leg_m: 0.0,
        };
        self.reaches.from_any(cutoff, |from_any| {
            let is_far = |snap: &Snap| {
                let met = from_any.edges().binary_search(&snap.edge).is_ok();
                let cost = from_any.on(snap.edge).cost(snap.fraction);
                !met || cost.is_none_or(|cost| cost > cutoff.cost())
            };
            let points = |place: &Place| -> Vec<Snap> {
                let junctions = place.nodes.iter().filter_map(|node| self.at_node(*node));
                let stretches = place.links.iter();
                let vertices = stretches.flat_map(|stretch| {
                    let inner = self.ground.network.vertices_within(*stretch);
                    inner.into_iter().map(|at| on(stretch.edge, at))
                });
                let homes = place.members.iter().filter_map(|member| {
                    let position = self.on_streets.binary_search(member).ok()?;
                    let Snap { edge, fraction, .. } = self.snaps[position];
                    Some(on(edge, fraction))
                });
                junctions
                    .chain(vertices)
                    .chain(homes)
                    .filter(is_far)
                    .collect()
            };
            let points = parallel::map(places, POINT_CHUNK, points);
            let numbered = points.into_iter().enumerate();
            numbered
                .flat_map(|(number, points)| points.into_iter().map(move |at| (number, at)))
                .collect()
        })
    }

    /// A junction as a place on one of its edges.
    fn at_node(&self, node: NodeId) -> Option<Snap> {
        let arcs = self.ground.network.arcs_at(node).iter();
        let usable = arcs.filter(|arc| self.ground.impedance.is_usable(arc.edge));
        let arc = usable.min_by_key(|arc| arc.edge)?;
        Some(Snap {
            edge: arc.edge,
            fraction: match arc.direction {
                Direction::Forward => 0.0,
                Direction::Backward => 1.0,
            },
            leg_m: 0.0,
        })
    }

    /// The people who live on streets, by the edge: positions among those left out on streets.
    fn by_edge(&self, place: &Place) -> BTreeMap<EdgeId, Vec<usize>> {
        let mut by_edge: BTreeMap<EdgeId, Vec<usize>> = BTreeMap::new();
        for member in &place.members {
            if let Ok(position) = self.on_streets.binary_search(member) {
                let edge = self.snaps[position].edge;
                by_edge.entry(edge).or_default().push(position);
            }
        }
        by_edge
    }

    /// The people who would be covered over a link: those whose walk to its beginning leaves enough for the rest.
    fn gain(
        &self,
        candidate: &Candidate,
        reach: &Reach<'_>,
        members: &BTreeMap<EdgeId, Vec<usize>>,
    ) -> People {
        let leg_factor = self.ground.snapped.options().leg_factor;
        let mut gain = People::ZERO;
        for (edge, positions) in members {
            if reach.edges().binary_search(edge).is_err() {
                continue;
            }
            let on = reach.on(*edge);
            for position in positions {
                let snap = &self.snaps[*position];
                let leg = self.ground.impedance.leg(snap.leg_m * leg_factor);
                let walk = on.cost(snap.fraction).map(|cost| {
                    let legs = leg.saturating_mul(on.ways());
                    cost.saturating_add(legs).saturating_add(candidate.cost)
                });
                if walk.is_some_and(|walk| walk <= self.deciding.cost()) {
                    gain += self.people(self.on_streets[*position]);
                }
            }
        }
        gain
    }
}

/// The edges from which a station is within the cutoff at least in part.
fn covered_edges(edge_count: usize, from_any: &Reach<'_>, cutoff: Cost) -> Vec<bool> {
    let mut is_covered = vec![false; edge_count];
    let within = |edge: &EdgeId| from_any.on(*edge).is_within(cutoff);
    let within = parallel::map(from_any.edges(), EDGE_CHUNK, within);
    for (edge, within) in from_any.edges().iter().zip(within) {
        is_covered[edge.index()] = within;
    }
    is_covered
}
