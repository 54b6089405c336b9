//! Rings from ways that share node ids, and multipolygons from rings.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use geo::InteriorPoint;
use geo_types::{Coord, LineString, MultiPolygon, Polygon};

use super::objects::{Objects, Relation};
use crate::inputs::nesting::polygons;

/// Joins ways end to end. Chains begin at the first unused way and take, at their end, an unused way that touches it: where
/// several do, the one that `turn` puts first, of equal ones the first, so that the result depends on the order of the
/// members only. `turn` is asked for the node at the end, the node before it and the node behind it.
///
/// # Complexity
/// O(n log n) in the ways: large boundaries have thousands.
fn chains(ways: &[&[i64]], turn: impl Fn(i64, i64, i64) -> f64) -> Vec<Vec<i64>> {
    let mut loose = LooseEnds::new(ways);
    let mut chains = Vec::new();
    while let Some(first) = loose.take_first() {
        let mut chain = ways[first].to_vec();
        // Grown at its end, then turned round and grown at its other end.
        for _ in 0..2 {
            while chain.first() != chain.last() || chain.len() < 2 {
                let Some(next) = loose.take_behind(&chain, &turn) else {
                    break;
                };
                let way = ways[next];
                if way.first() == chain.last() {
                    chain.extend(&way[1..]);
                } else {
                    chain.extend(way.iter().rev().skip(1));
                }
            }
            chain.reverse();
        }
        chains.push(chain);
    }
    chains
}

/// The ways that no chain has taken yet, by the nodes at their ends.
struct LooseEnds<'w> {
    ways: &'w [&'w [i64]],
    taken: Vec<bool>,
    first: usize,
    at: BTreeMap<i64, VecDeque<usize>>,
}

impl<'w> LooseEnds<'w> {
    fn new(ways: &'w [&'w [i64]]) -> Self {
        let mut at: BTreeMap<i64, VecDeque<usize>> = BTreeMap::new();
        for (index, way) in ways.iter().enumerate() {
            for end in [way.first(), way.last()].into_iter().flatten() {
                at.entry(*end).or_default().push_back(index);
            }
        }
        Self {
            ways,
            taken: vec![false; ways.len()],
            first: 0,
            at,
        }
    }

    /// Takes the first way that is left.
    fn take_first(&mut self) -> Option<usize> {
        let left = self.taken.get(self.first..)?;
        let way = self.first + left.iter().position(|taken| !taken)?;
        self.first = way + 1;
        self.taken[way] = true;
        Some(way)
    }

    /// Takes a way that is left at the end of a chain. Where rings touch, several are: taken by their turn, they make rings
    /// that do not cross.
    fn take_behind(
        &mut self,
        chain: &[i64],
        turn: &impl Fn(i64, i64, i64) -> f64,
    ) -> Option<usize> {
        let node = *chain.last()?;
        let here = self.at.get_mut(&node)?;
        while here.front().is_some_and(|way| self.taken[*way]) {
            here.pop_front();
        }
        let left = here.iter().copied().take(MOST_AT_A_NODE);
        let left = left.filter(|way| !self.taken[*way]);
        let before = chain.iter().rev().nth(1).copied();
        let angle = |way: usize| {
            let way = self.ways[way];
            let behind = if way.first() == Some(&node) {
                way.get(1)
            } else {
                way.iter().rev().nth(1)
            };
            let known = before.zip(behind.copied());
            known.map_or(0.0, |(before, behind)| turn(before, node, behind))
        };
        let way = left.min_by(|a, b| angle(*a).total_cmp(&angle(*b)))?;
        self.taken[way] = true;
        Some(way)
    }
}

/// So many ways at one node are compared by their turn; no boundary has more.
const MOST_AT_A_NODE: usize = 16;

/// The closed rings of some ways; `None` when a chain does not close or a node is not in the file.
fn rings(objects: &Objects, ways: &[&[i64]]) -> Option<Vec<LineString<f64>>> {
    let turn = |before: i64, node: i64, behind: i64| {
        let [before, node, behind] = [before, node, behind].map(|node| objects.place(node));
        let (Some(before), Some(node), Some(behind)) = (before, node, behind) else {
            return 0.0;
        };
        let (back, on) = (before - node, behind - node);
        let angle = on.y.atan2(on.x) - back.y.atan2(back.x);
        // From the way back, turning left.
        angle.rem_euclid(std::f64::consts::TAU)
    };
    let ring = |chain: &Vec<i64>| -> Option<LineString<f64>> {
        let closed = chain.len() > 3 && chain.first() == chain.last();
        let places = chain
            .iter()
            .map(|node| objects.place(*node))
            .collect::<Option<Vec<_>>>()?;
        closed.then(|| LineString::new(places))
    };
    chains(ways, turn).iter().map(ring).collect()
}

/// Assembles a multipolygon or boundary relation; `None` when its rings are not whole in the file.
///
/// Its rings are those of its outer ways and those of its inner ways; where these do not close, a way may be listed once for
/// each of two rings that share it, or have the wrong role. What is ground and what is a hole is decided by which ring lies
/// in which. Otherwise a way that is listed twice counts once.
pub(super) fn assemble(objects: &Objects, relation: &Relation) -> Option<MultiPolygon<f64>> {
    let refs = |way: i64| Some(objects.member(way)?.refs.as_slice());
    let listed = |is_inner: bool, once: bool| -> Option<Vec<&[i64]>> {
        let mut seen = BTreeSet::new();
        let members = relation.members(is_inner);
        let members = members.filter(|way| seen.insert(*way) || !once);
        members.map(refs).collect()
    };
    let by_role = |once: bool| {
        let outer = rings(objects, &listed(false, once)?).filter(|rings| !rings.is_empty())?;
        let inner = rings(objects, &listed(true, once)?)?;
        Some([outer, inner].concat())
    };
    let all = || {
        let ways = [listed(false, true)?, listed(true, true)?].concat();
        rings(objects, &ways).filter(|rings| !rings.is_empty())
    };
    let rings = by_role(true).or_else(|| by_role(false)).or_else(all)?;
    Some(MultiPolygon(polygons(rings)))
}

/// The polygon of a closed way; `None` for one that is open or not all in the file.
pub(super) fn closed_way(objects: &Objects, refs: &[i64]) -> Option<Polygon<f64>> {
    if refs.len() < 4 || refs.first() != refs.last() {
        return None;
    }
    let ring = refs
        .iter()
        .map(|node| objects.place(*node))
        .collect::<Option<Vec<_>>>()?;
    Some(Polygon::new(LineString::new(ring), Vec::new()))
}

/// A place inside a shape that stands for it.
pub(super) fn interior(shape: &MultiPolygon<f64>) -> Option<Coord<f64>> {
    shape.interior_point().map(Coord::from)
}

#[cfg(test)]
mod tests {
    /// Chains of ways at places that are not known.
    fn chains(ways: &[&[i64]]) -> Vec<Vec<i64>> {
        super::chains(ways, |_, _, _| 0.0)
    }

    #[test]
    fn ways_join_end_to_end_whatever_their_order_and_direction() {
        let rings = chains(&[&[1, 2, 3], &[5, 4, 3], &[10, 11, 12, 10], &[5, 6, 1]]);
        assert_eq!(rings.len(), 2);
        assert!(rings.iter().all(|ring| ring.first() == ring.last()));
        assert_eq!(rings[0].len(), 7);
        assert_eq!(rings[1], [10, 11, 12, 10]);
    }

    #[test]
    fn a_chain_grows_at_both_ends() {
        assert_eq!(chains(&[&[3, 4], &[1, 2, 3], &[4, 5]]), [[1, 2, 3, 4, 5]]);
    }

    #[test]
    fn rings_that_touch_at_a_node_stay_two() {
        let rings = chains(&[&[1, 2, 3], &[3, 1], &[3, 4, 5], &[5, 3]]);
        assert_eq!(rings, [vec![1, 2, 3, 1], vec![3, 4, 5, 3]]);
    }

    #[test]
    fn ways_without_nodes_and_many_ways_at_one_node_come_to_an_end() {
        let star: Vec<[i64; 2]> = (1..=50_000).map(|leaf| [0, leaf]).collect();
        let mut ways: Vec<&[i64]> = star.iter().map(<[i64; 2]>::as_slice).collect();
        ways.push(&[]);
        assert_eq!(chains(&ways).len(), 25_001, "two leaves to a chain");
    }

    #[test]
    fn where_rings_touch_the_turn_decides() {
        // Two arcs between 1 and 9 to the west of them and two to the east; of those left at 9 the nearest by its turn.
        let ways: [&[i64]; 4] = [&[1, 2, 9], &[1, 6, 9], &[1, 8, 9], &[1, 4, 9]];
        let rings = super::chains(&ways, |_, _, behind| behind as f64);
        assert_eq!(rings, [[1, 2, 9, 4, 1], [1, 6, 9, 8, 1]]);
    }
}
