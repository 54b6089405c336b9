//! Rings from ways that share node ids, and multipolygons from rings.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use geo::{Area as _, Contains, InteriorPoint};
use geo_types::{Coord, LineString, MultiPolygon, Point, Polygon};

use super::objects::{Objects, Relation};

/// Joins ways end to end. Chains begin at the first unused way and take, at their end, the first unused way that touches
/// it, so the result depends on the order of the members only.
///
/// # Complexity
/// O(n log n) in the ways: large boundaries have thousands.
fn chains(ways: &[&[i64]]) -> Vec<Vec<i64>> {
    let mut loose = LooseEnds::new(ways);
    let mut chains = Vec::new();
    while let Some(first) = loose.take_first() {
        let mut chain = ways[first].to_vec();
        // Grown at its end, then turned round and grown at its other end.
        for _ in 0..2 {
            while chain.first() != chain.last() || chain.len() < 2 {
                let Some((end, next)) = chain
                    .last()
                    .and_then(|end| Some((*end, loose.take_at(*end)?)))
                else {
                    break;
                };
                let way = ways[next];
                if way.first() == Some(&end) {
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
struct LooseEnds {
    taken: Vec<bool>,
    first: usize,
    at: BTreeMap<i64, VecDeque<usize>>,
}

impl LooseEnds {
    fn new(ways: &[&[i64]]) -> Self {
        let mut at: BTreeMap<i64, VecDeque<usize>> = BTreeMap::new();
        for (index, way) in ways.iter().enumerate() {
            for end in [way.first(), way.last()].into_iter().flatten() {
                at.entry(*end).or_default().push_back(index);
            }
        }
        Self {
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

    /// Takes the first way that is left at a node.
    fn take_at(&mut self, node: i64) -> Option<usize> {
        let here = self.at.get_mut(&node)?;
        let way = std::iter::from_fn(|| here.pop_front()).find(|way| !self.taken[*way])?;
        self.taken[way] = true;
        Some(way)
    }
}

/// The closed rings of some member ways; `None` when the file lacks a member or a chain does not close. A way that is
/// listed twice counts once.
fn rings(objects: &Objects, members: impl Iterator<Item = i64>) -> Option<Vec<LineString<f64>>> {
    let mut seen = BTreeSet::new();
    let ways = members
        .filter(|id| seen.insert(*id))
        .map(|id| Some(objects.member(id)?.refs.as_slice()))
        .collect::<Option<Vec<_>>>()?;
    let ring = |chain: &Vec<i64>| -> Option<LineString<f64>> {
        let closed = chain.len() > 3 && chain.first() == chain.last();
        let places = chain
            .iter()
            .map(|node| objects.place(*node))
            .collect::<Option<Vec<_>>>()?;
        closed.then(|| LineString::new(places))
    };
    chains(&ways).iter().map(ring).collect()
}

/// Assembles a multipolygon or boundary relation; `None` when its rings are not whole in the file. Each hole goes to the
/// smallest outer ring that holds it.
pub(super) fn assemble(objects: &Objects, relation: &Relation) -> Option<MultiPolygon<f64>> {
    let outer = rings(objects, relation.members(false)).filter(|rings| !rings.is_empty())?;
    let inner = rings(objects, relation.members(true))?;
    let mut polygons: Vec<Polygon<f64>> = outer
        .into_iter()
        .map(|ring| Polygon::new(ring, Vec::new()))
        .collect();
    for hole in inner {
        let Some(at) = hole.0.first().map(|at| Point::from(*at)) else {
            continue;
        };
        let holders = polygons
            .iter()
            .enumerate()
            .filter(|(_, polygon)| polygon.contains(&at));
        let smallest = holders.min_by(|a, b| a.1.unsigned_area().total_cmp(&b.1.unsigned_area()));
        if let Some((holder, _)) = smallest {
            polygons[holder].interiors_push(hole);
        }
    }
    Some(MultiPolygon(polygons))
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
    use super::*;

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
}
