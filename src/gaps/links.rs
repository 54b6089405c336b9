//! Links that may be missing: two places on streets that are near on the ground and far by foot.

use std::collections::{BTreeMap, BTreeSet};

use geo_types::Coord;

use super::gap::{GapOptions, MissingLink};
use super::left_out::{LeftOut, Place, far};
use crate::control::{Cancelled, Control, Stage};
use crate::id::{EdgeId, NodeId, ResidentId};
use crate::model::Access;
use crate::network::Direction;
use crate::parallel;
use crate::search::{Reach, Trip};
use crate::snap::Snap;
use crate::units::{Cost, Cutoff, People};

/// Points, and places, per parallel task.
const POINT_CHUNK: usize = 64;

/// A link that could be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    /// The place that it begins in.
    pub(super) place: usize,
    /// Where it begins.
    pub(super) from: Snap,
    /// Where it ends, and how long it is.
    pub(super) to: Snap,
    /// What it costs from its beginning to the nearest station.
    pub(super) cost: Cost,
}

/// Where people join their streets, by the edge: who of those left out on streets, by position, at which place.
pub(super) type Joins = BTreeMap<EdgeId, Vec<(usize, Snap)>>;

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
        let network = self.ground.network();
        let joins = places.iter().map(|place| self.joins(&place.members));
        let members: Vec<Joins> = joins.collect();
        let begins: Vec<Snap> = candidates.iter().map(|candidate| candidate.from).collect();
        let gain = |index: usize, reach: &Reach<'_>| {
            let candidate: &Candidate = &candidates[index];
            self.gain(candidate, reach, &members[candidate.place])
        };
        let (deciding, stage) = (self.deciding, Stage::Coverage);
        let gains = self
            .reaches
            .map_places(&begins, deciding, control, stage, gain)?;
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
            let helps = gain > People::ZERO && gain.make_half_of(people);
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
        let points = self.far_points(places, &self.far.reach(), far(self.deciding), |_| true);
        self.links_from(&points, options.missing_link_m(), |_| |_| true)
    }

    /// The links from some points to the nearest place on a public street that is covered, if only in part, within some
    /// metres, where that covers: among the places that are meant for a link from there.
    pub(super) fn links_from<M: Fn(Coord<f64>) -> bool>(
        &self,
        points: &[(usize, Snap)],
        limit_m: f64,
        meant: impl Fn(Coord<f64>) -> M + Sync + Send,
    ) -> Vec<Candidate> {
        let ground = self.ground;
        let network = ground.network();
        let cutoff = self.deciding.cost();
        let near = self.near.reach();
        let mut may_be_covered = vec![false; network.edge_count()];
        for edge in near.edges() {
            // Who comes in by a link into a pocket could not walk on.
            may_be_covered[edge.index()] = network.access(*edge) == Access::Public;
        }
        let streets = self.snapper.some(|edge| may_be_covered[edge.index()]);
        let candidate = |(place, from): &(usize, Snap)| {
            let at = network.place_at(from.edge, from.fraction);
            let is_covered = |edge: EdgeId| near.on(edge).is_within(cutoff);
            let to = streets.snap(at, limit_m, is_covered, meant(at))?;
            let on = near.on(to.edge);
            let link = ground.impedance().leg(to.leg_m).saturating_mul(on.ways());
            let cost = on.cost(to.fraction)?.saturating_add(link);
            (cost <= cutoff).then_some(Candidate {
                place: *place,
                from: *from,
                to,
                cost,
            })
        };
        let candidates = parallel::map(points, POINT_CHUNK, candidate);
        candidates.into_iter().flatten().collect()
    }

    /// Where links could begin: junctions near homes, vertices of the streets between, where homes join their streets;
    /// those from which every station is further than the cutoff of a search from any, and which are meant. Each with its
    /// place.
    pub(super) fn far_points(
        &self,
        places: &[Place],
        from_any: &Reach<'_>,
        cutoff: Cutoff,
        is_meant: impl Fn(&Snap) -> bool + Sync + Send,
    ) -> Vec<(usize, Snap)> {
        let on = |edge, fraction| Snap::new(edge, fraction, 0.0);
        let is_far = |snap: &Snap| {
            let met = from_any.edges().binary_search(&snap.edge).is_ok();
            let cost = from_any.on(snap.edge).cost(snap.fraction);
            !met || cost.is_none_or(|cost| cost > cutoff.cost())
        };
        let points = |place: &Place| -> Vec<Snap> {
            let junctions = place.nodes.iter().filter_map(|node| self.at_node(*node));
            let stretches = place.links.iter();
            let vertices = stretches.flat_map(|stretch| {
                let inner = self.ground.network().vertices_within(*stretch);
                inner.into_iter().map(|at| on(stretch.edge, at))
            });
            let snapped = self.ground.snapped();
            let snaps = place
                .members
                .iter()
                .flat_map(|member| snapped.resident_snaps(*member));
            let homes = snaps.map(|snap| on(snap.edge, snap.fraction));
            // Many homes join their street at one place.
            let mut seen = BTreeSet::new();
            let mut is_new = |snap: &Snap| seen.insert((snap.edge, snap.fraction.to_bits()));
            junctions
                .chain(vertices)
                .chain(homes)
                .filter(|snap| is_new(snap) && is_far(snap) && is_meant(snap))
                .collect()
        };
        let points = parallel::map(places, POINT_CHUNK, points);
        let numbered = points.into_iter().enumerate();
        numbered
            .flat_map(|(number, points)| points.into_iter().map(move |at| (number, at)))
            .collect()
    }

    /// A junction as a place on one of its edges.
    fn at_node(&self, node: NodeId) -> Option<Snap> {
        let arcs = self.ground.network().arcs_at(node).iter();
        let usable = arcs.filter(|arc| self.ground.impedance().is_usable(arc.edge));
        // A junction of a pocket with public ways is on these.
        let is_private = |edge: EdgeId| self.ground.network().access(edge) == Access::Private;
        let arc = usable.min_by_key(|arc| (is_private(arc.edge), arc.edge))?;
        let fraction = match arc.direction {
            Direction::Forward => 0.0,
            Direction::Backward => 1.0,
        };
        Some(Snap::new(arc.edge, fraction, 0.0))
    }

    /// Where some of those left out join their streets, by every gate access that they have.
    pub(super) fn joins(&self, members: &[ResidentId]) -> Joins {
        let mut joins = Joins::new();
        for member in members {
            if let Ok(position) = self.on_streets.binary_search(member) {
                for snap in self.ground.snapped().resident_snaps(*member) {
                    joins.entry(snap.edge).or_default().push((position, *snap));
                }
            }
        }
        joins
    }

    /// The walks to the place where a search began and a link does, by positions among those left out on streets: each by
    /// their best gate access, there and back by the best for each way. A link that begins in a pocket is for those who join it
    /// there: nobody else walks through the pocket.
    pub(super) fn walks(
        &self,
        joins: &Joins,
        from: &Snap,
        reach: &Reach<'_>,
    ) -> Vec<(usize, Cost)> {
        let pockets = self.ground.placed().islands().pockets();
        let pocket_of = |edge: EdgeId| pockets.pocket_of(self.ground.network(), edge);
        let pocket = pocket_of(from.edge);
        let leg_factor = self.ground.snapped().options().leg_factor();
        let leaves = self.ground.placed().trip() != Trip::FromStation;
        let mut by_access: Vec<(usize, [Option<Cost>; 2])> = Vec::new();
        for (edge, joins) in joins {
            let is_met = reach.edges().binary_search(edge).is_ok();
            if !is_met || pocket.is_some_and(|pocket| pocket_of(*edge) != Some(pocket)) {
                continue;
            }
            let on = reach.on(*edge);
            let has_back = on.ways() > 1;
            for (position, snap) in joins {
                let leg = |leaves| snap.leg(self.ground.impedance(), leg_factor, leaves);
                let [there, back] = on.each_way(snap.fraction);
                let back_leg = if has_back { leg(!leaves) } else { 0 };
                let ways = [(there, leg(leaves)), (back, back_leg)];
                let ways = ways.map(|(cost, leg)| Some(cost?.saturating_add(leg)));
                by_access.push((*position, ways));
            }
        }
        by_access.sort_unstable_by_key(|(position, _)| *position);
        let by_home = by_access.chunk_by(|one, other| one.0 == other.0);
        let walks = by_home.filter_map(|accesses| {
            let best = |way: usize| accesses.iter().filter_map(|(_, ways)| ways[way]).min();
            Some((accesses[0].0, best(0)?.saturating_add(best(1)?)))
        });
        walks.collect()
    }

    /// The people who would be covered over a link: those whose walk to its beginning leaves enough for the rest.
    fn gain(&self, candidate: &Candidate, reach: &Reach<'_>, members: &Joins) -> People {
        let walks = self.walks(members, &candidate.from, reach).into_iter();
        let bound = self.deciding.cost();
        let covered = walks.filter(|(_, walk)| walk.saturating_add(candidate.cost) <= bound);
        covered
            .map(|(position, _)| self.people(self.on_streets[position]))
            .sum()
    }
}
