//! The sampled ground: every place of the lattice beside streets, snapped once for all stations.

use std::ops::Range;

use super::block::{Sampled, sample_block};
use super::by_gates::ByGates;
use super::ground::Ground;
use super::lattice::{BLOCK, Blocks, Cell, Lattice};
use super::tiles::Tiles;
use super::water::Water;
use crate::control::{Cancelled, Control};
use crate::id::EdgeId;
use crate::parallel;
use crate::search::{AtEnds, EdgeReach, Reach, Reaches, Trip};
use crate::snap::{Snap, Snapper};
use crate::units::{CLOSED, Cost};

/// Streets are looked along in pieces of at most so many metres, as what is left for a leg shrinks along them.
const PIECE_M: f64 = 60.0;
/// Blocks per parallel task.
const BLOCK_CHUNK: usize = 64;
/// Edges per parallel task.
const EDGE_CHUNK: usize = 256;

/// The samples of one edge in one block.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Patch {
    pub(super) block: u32,
    /// The number of its first sample; one follows for each cell, in the order of bits.
    first: u32,
    pub(super) cells: u64,
}

impl Patch {
    /// Its cells' bits, each with the number of its sample.
    #[inline]
    pub(super) fn numbers(self) -> impl Iterator<Item = (u32, usize)> {
        let mut rest = self.cells;
        let numbers = self.first as usize..self.first as usize + self.len();
        numbers.map(move |number| {
            let bit = rest.trailing_zeros();
            rest &= rest - 1;
            (bit, number)
        })
    }

    /// The same for some of its cells.
    #[inline]
    pub(super) fn numbers_of(self, cells: u64) -> impl Iterator<Item = (u32, usize)> {
        let mut rest = cells;
        std::iter::from_fn(move || {
            let bit = (rest != 0).then(|| rest.trailing_zeros())?;
            rest &= rest - 1;
            let before = self.cells & ((1 << bit) - 1);
            Some((bit, self.first as usize + before.count_ones() as usize))
        })
    }

    fn len(self) -> usize {
        self.cells.count_ones() as usize
    }
}

/// All samples, edge by edge and block by block.
#[derive(Debug)]
pub(super) struct Samples {
    pub(super) tiles: Tiles,
    /// The patches of edge `e` are `patches[start[e] .. start[e + 1]]`.
    start: Vec<u32>,
    patches: Vec<Patch>,
    /// By sample.
    fractions: Vec<f32>,
    there: Heading,
    back: Option<Heading>,
    /// Where both headings count, the cells with several ways onto the streets.
    pub(super) by_gates: ByGates,
}

/// What samples cost as far as the ends of their edges, legs included, for one way of a trip.
#[derive(Debug, Default)]
struct Heading {
    /// By sample: as far as the tail and the head, [`CLOSED`] where no walk leads.
    at_ends: Vec<[Cost; 2]>,
    /// By edge.
    spans: Vec<Span>,
}

/// The least and the most that the samples of an edge cost.
#[derive(Clone, Copy, Debug)]
struct Span {
    least: [Cost; 2],
    most: [Cost; 2],
    /// Of both ends together.
    most_sum: Cost,
}

impl Span {
    fn new(at_ends: &[[Cost; 2]]) -> Self {
        let nothing = Self {
            least: [CLOSED; 2],
            most: [0; 2],
            most_sum: 0,
        };
        at_ends.iter().fold(nothing, |span, at_ends| Self {
            least: [0, 1].map(|end| span.least[end].min(at_ends[end])),
            most: [0, 1].map(|end| span.most[end].max(at_ends[end])),
            most_sum: span.most_sum.max(at_ends[0].saturating_add(at_ends[1])),
        })
    }

    /// What any sample costs at least, and at most, where the ends have these labels.
    fn bounds(&self, labels: [Cost; 2]) -> (Cost, Cost) {
        let least = by_ends(labels, self.least);
        let most = by_ends(labels, self.most);
        // The smaller of two is no more than half their sum.
        let sum = [labels[0], labels[1], self.most_sum];
        let half = if sum.contains(&CLOSED) {
            CLOSED
        } else {
            (sum.map(u64::from).into_iter().sum::<u64>() / 2).min(u64::from(CLOSED)) as Cost
        };
        (least, most.min(half))
    }
}

/// The cost by way of the cheaper end.
#[inline]
fn by_ends(labels: [Cost; 2], at_ends: [Cost; 2]) -> Cost {
    let by = |end: usize| labels[end].saturating_add(at_ends[end]);
    by(0).min(by(1))
}

impl Samples {
    /// Samples blocks of the lattice.
    pub(super) fn take(
        ground: Ground<'_>,
        snapper: &Snapper<'_>,
        lattice: Lattice,
        blocks: &Blocks,
        reaches: &Reaches<'_>,
        control: Control<'_>,
    ) -> Result<Self, Cancelled> {
        let corners = blocks.corners();
        let water = Water::on(lattice, ground.water, rows_of(&corners));
        let is_round_trip = reaches.is_round_trip();
        let sampled = parallel::map(&corners, BLOCK_CHUNK, |corner| {
            control.check()?;
            Ok(sample_block(ground, lattice, *corner, snapper, &water))
        });
        let sampled = sampled.into_iter().collect::<Result<Vec<_>, _>>()?;
        let (mut all, legs) = Self::by_edge(ground.network().edge_count(), &sampled);
        if is_round_trip {
            all.by_gates = by_gates(&all.tiles, &sampled);
        }
        drop(sampled);
        let way = |of: fn(AtEnds) -> Option<[Cost; 2]>| {
            all.way(control, |snap, leg| {
                let at_ends = of(reaches.costs_at_ends(snap))?;
                Some(at_ends.map(|at_end| at_end.saturating_add(legs[leg])))
            })
        };
        let (there, back) = (
            way(|at_ends| Some(at_ends.there))?,
            way(|at_ends| at_ends.back)?,
        );
        (all.there, all.back) = (there.unwrap_or_default(), back);
        Ok(all)
    }

    /// Sorts the patches by edge (a counting sort, stable). Also gives each sample's leg.
    fn by_edge(edge_count: usize, sampled: &[Sampled]) -> (Self, Vec<Cost>) {
        let taken = sampled.iter().filter(|block| !block.patches.is_empty());
        let tiles = Tiles::new(taken.map(|block| block.corner));
        let mut start = vec![0u32; edge_count + 1];
        let mut first = vec![0u32; edge_count + 1];
        for (edge, cells) in sampled.iter().flat_map(|block| &block.patches) {
            start[edge.index() + 1] += 1;
            first[edge.index() + 1] += cells.count_ones();
        }
        for edge in 1..start.len() {
            start[edge] += start[edge - 1];
            first[edge] += first[edge - 1];
        }
        let sample_count = first[edge_count] as usize;
        let mut legs = vec![0; sample_count];
        let mut all = Self {
            tiles,
            patches: vec![Patch::default(); start[edge_count] as usize],
            fractions: vec![0.0; sample_count],
            start: start.clone(),
            there: Heading::default(),
            back: None,
            by_gates: ByGates::default(),
        };
        for block in sampled {
            let (number, _) = all.tiles.block(block.corner);
            let mut samples = block.samples.iter();
            for &(edge, cells) in &block.patches {
                let (patch, first) = (&mut start[edge.index()], &mut first[edge.index()]);
                let patch_here = Patch {
                    block: number,
                    first: *first,
                    cells,
                };
                for ((_, number), sample) in patch_here.numbers().zip(samples.by_ref()) {
                    all.fractions[number] = sample.fraction;
                    legs[number] = sample.leg;
                }
                all.patches[*patch as usize] = patch_here;
                *patch += 1;
                *first += cells.count_ones();
            }
        }
        (all, legs)
    }

    /// What `gate at_ends` says of every sample: of its place and its number.
    fn way(
        &self,
        control: Control<'_>,
        at_ends: impl Fn(&Snap, usize) -> Option<[Cost; 2]> + Sync + Send,
    ) -> Result<Option<Heading>, Cancelled> {
        let edge_count = self.start.len() - 1;
        let by_edge = parallel::map_with(
            edge_count,
            EDGE_CHUNK,
            || (),
            |(), edge| {
                let edge = EdgeId(edge as u32);
                control.check()?;
                let numbers = self.numbers(edge);
                let at_ends = numbers.map(|number| at_ends(&self.snap(edge, number), number));
                Ok(at_ends.collect::<Option<Vec<_>>>())
            },
        );
        let by_edge = by_edge.into_iter().collect::<Result<Option<Vec<_>>, _>>()?;
        Ok(by_edge.map(|by_edge| Heading {
            spans: by_edge.iter().map(|at_ends| Span::new(at_ends)).collect(),
            at_ends: by_edge.concat(),
        }))
    }

    /// The place of a sample on its edge, without its leg.
    fn snap(&self, edge: EdgeId, number: usize) -> Snap {
        Snap::new(edge, f64::from(self.fractions[number]), 0.0)
    }

    pub(super) fn len(&self) -> usize {
        self.fractions.len()
    }

    /// The samples that snap to an edge, block by block.
    pub(super) fn on(&self, edge: EdgeId) -> &[Patch] {
        let range = self.start[edge.index()] as usize..self.start[edge.index() + 1] as usize;
        &self.patches[range]
    }

    /// Their numbers.
    pub(super) fn numbers(&self, edge: EdgeId) -> Range<usize> {
        match self.on(edge) {
            [] => 0..0,
            [first, .., last] => first.first as usize..last.first as usize + last.len(),
            [only] => only.first as usize..only.first as usize + only.len(),
        }
    }

    /// What any sample of an edge costs at least, and at most, where its ends have these labels.
    pub(super) fn bounds(&self, edge: EdgeId, labels: AtEnds) -> (Cost, Cost) {
        let (least, most) = self.there.spans[edge.index()].bounds(labels.there);
        let Some((way, labels)) = self.back.as_ref().zip(labels.back) else {
            return (least, most);
        };
        let back = way.spans[edge.index()].bounds(labels);
        (least.saturating_add(back.0), most.saturating_add(back.1))
    }

    /// What a trip between a sample and the station costs, where the ends of its edge have these labels.
    #[inline]
    pub(super) fn cost(&self, number: usize, labels: &AtEnds) -> Cost {
        let there = by_ends(labels.there, self.there.at_ends[number]);
        match (&self.back, labels.back) {
            (Some(way), Some(labels)) => there.saturating_add(by_ends(labels, way.at_ends[number])),
            _ => there,
        }
    }

    /// The same where a station stands on the edge.
    pub(super) fn cost_beside(
        &self,
        edge: EdgeId,
        number: usize,
        reaches: &Reaches<'_>,
        on: &EdgeReach<'_>,
    ) -> Cost {
        let snap = self.snap(edge, number);
        let [with, without] = [
            self.there.at_ends[number],
            reaches.costs_at_ends(&snap).there,
        ];
        let leg = |end: usize| (with[end] != CLOSED).then(|| with[end] - without[end]);
        let leg = leg(0).or_else(|| leg(1)).unwrap_or(CLOSED);
        let cost = on.cost(snap.fraction).unwrap_or(CLOSED);
        cost.saturating_add(leg.saturating_mul(on.ways()))
    }
}

/// The cells of all blocks that have several ways onto the streets.
fn by_gates(tiles: &Tiles, sampled: &[Sampled]) -> ByGates {
    let cells = sampled.iter().filter(|block| !block.patches.is_empty());
    ByGates::new(cells.flat_map(|block| {
        let (number, _) = tiles.block(block.corner);
        let cells = block.by_gates.iter();
        cells.map(move |(bit, ways)| ((number, *bit), ways.clone()))
    }))
}

/// The blocks within a leg's reach of every street that may be snapped to.
pub(super) fn beside_all(
    ground: Ground<'_>,
    lattice: Lattice,
    snapper: &Snapper<'_>,
    control: Control<'_>,
) -> Result<Blocks, Cancelled> {
    let (network, impedance) = (ground.network(), ground.impedance());
    let islands = ground.placed().islands();
    let mut blocks = Blocks::none(lattice);
    let reach_m = ground.snapped().options().max_snap_m();
    for edge in network.edge_ids() {
        if impedance.is_usable(edge) && !islands.contains(network, edge) {
            for pair in network.shape(edge).windows(2) {
                control.check()?;
                blocks.take(pair[0].degrees(), pair[1].degrees(), reach_m);
            }
        }
    }
    for (gate, _) in snapper.gates() {
        let walls = ground.walls().into_iter();
        let furthest_m = walls.map(|walls| walls.furthest_m(gate.compound, gate.place));
        for reach_m in furthest_m {
            blocks.take(gate.place, gate.place, reach_m);
        }
    }
    Ok(blocks)
}

/// The blocks within a leg's reach of the streets that were reached, also by gates.
pub(super) fn beside(
    ground: Ground<'_>,
    snapper: &Snapper<'_>,
    lattice: Lattice,
    from_any: &Reach<'_>,
    cutoff: Cost,
    control: Control<'_>,
) -> Result<Blocks, Cancelled> {
    let network = ground.network();
    let mut blocks = Blocks::none(lattice);
    for edge in from_any.edges() {
        let on = from_any.on(*edge);
        let at_station = on.has_station().then(|| on.least()).flatten();
        for (from, to) in on.within(cutoff) {
            let metres = (to - from) * network.edge(*edge).length_m;
            let pieces = (metres / PIECE_M).ceil().max(1.0);
            let at = |piece: f64| from + (to - from) * piece / pieces;
            let cuts: Vec<f64> = (0..=pieces as u32).map(|piece| at(piece.into())).collect();
            let places = network.pieces_between(*edge, &cuts);
            for (ends, places) in cuts.windows(2).zip(&places) {
                // The least of straight lines: nowhere between is it less than at an end, but at a station.
                let costs = [ends[0], ends[1]].map(|at| on.cost(at).unwrap_or(cutoff));
                let least = at_station.unwrap_or(costs[0].min(costs[1]));
                let reach_m = leg_reach_m(ground, cutoff.saturating_sub(least));
                for pair in places.windows(2) {
                    control.check()?;
                    blocks.take(pair[0], pair[1], reach_m);
                }
            }
        }
    }
    for (gate, snap) in snapper.gates() {
        let [there, back] = from_any.on(snap.edge).each_way(snap.fraction);
        // There and back the one way may be by this gate alone.
        let cost = if ground.placed().trip() == Trip::RoundTrip {
            there.into_iter().chain(back).min()
        } else {
            there
        };
        let Some(cost) = cost.filter(|cost| *cost <= cutoff) else {
            continue;
        };
        // However long the way inside is, it counts; the way from the gate on is part of it.
        let inside_m = leg_m(ground, cutoff - cost) - snap.leg_m;
        if let Some(walls) = ground.walls().filter(|_| inside_m >= 0.0) {
            let furthest_m = walls.furthest_m(gate.compound, gate.place);
            blocks.take(gate.place, gate.place, furthest_m.min(inside_m));
        }
    }
    Ok(blocks)
}

/// The first and last row of some blocks.
fn rows_of(corners: &[Cell]) -> (i32, i32) {
    let rows = || corners.iter().map(|corner| corner.row);
    let first = rows().min().unwrap_or(0);
    (first, rows().max().map_or(first, |last| last + BLOCK - 1))
}

/// How long a leg may be for so much cost.
fn leg_m(ground: Ground<'_>, cost: Cost) -> f64 {
    // Half a unit of rounding at the leg and at the part of the edge.
    let leg_factor = ground.snapped().options().leg_factor();
    (f64::from(cost) + 1.0) / (ground.impedance().leg_cost_per_metre() * leg_factor)
}

/// The same of a leg to a street in sight.
fn leg_reach_m(ground: Ground<'_>, cost: Cost) -> f64 {
    leg_m(ground, cost).min(ground.snapped().options().max_snap_m())
}
