//! Rings from ways that share node ids, and multipolygons from rings.

use geo::{Area as _, Contains, InteriorPoint};
use geo_types::{Coord, LineString, MultiPolygon, Point, Polygon};

use super::objects::{Objects, Relation};

/// Joins ways end to end. Chains begin at the first unused way and take, at their end, the first unused way that touches
/// it, so the result depends on the order of the members only.
fn chains(mut ways: Vec<Vec<i64>>) -> Vec<Vec<i64>> {
    let mut chains = Vec::new();
    while !ways.is_empty() {
        let mut chain = ways.remove(0);
        // Grown at its end, then turned round and grown at its other end.
        for _ in 0..2 {
            while chain.first() != chain.last() || chain.len() < 2 {
                let Some(&end) = chain.last() else { break };
                let touches =
                    |way: &Vec<i64>| way.first() == Some(&end) || way.last() == Some(&end);
                let Some(next) = ways.iter().position(touches) else {
                    break;
                };
                let mut way = ways.remove(next);
                if way.first() != Some(&end) {
                    way.reverse();
                }
                chain.extend(way.into_iter().skip(1));
            }
            chain.reverse();
        }
        chains.push(chain);
    }
    chains
}

/// The closed rings of some member ways; `None` when the file lacks a member or a chain does not close.
fn rings(objects: &Objects, members: &[i64]) -> Option<Vec<LineString<f64>>> {
    let ways = members
        .iter()
        .map(|id| Some(objects.member(*id)?.refs.clone()))
        .collect::<Option<Vec<_>>>()?;
    let ring = |chain: &Vec<i64>| -> Option<LineString<f64>> {
        let closed = chain.len() > 3 && chain.first() == chain.last();
        let places = chain
            .iter()
            .map(|node| objects.place(*node))
            .collect::<Option<Vec<_>>>()?;
        closed.then(|| LineString::new(places))
    };
    chains(ways).iter().map(ring).collect()
}

/// Assembles a multipolygon or boundary relation; `None` when its rings are not whole in the file. Each hole goes to the
/// smallest outer ring that holds it.
pub(super) fn assemble(objects: &Objects, relation: &Relation) -> Option<MultiPolygon<f64>> {
    let members = |inner: bool| -> Vec<i64> {
        relation
            .ways
            .iter()
            .filter(|(_, is_inner)| *is_inner == inner)
            .map(|(way, _)| *way)
            .collect()
    };
    let outer = rings(objects, &members(false)).filter(|rings| !rings.is_empty())?;
    let inner = rings(objects, &members(true))?;
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
        let rings = chains(vec![
            vec![1, 2, 3],
            vec![5, 4, 3],
            vec![10, 11, 12, 10],
            vec![5, 6, 1],
        ]);
        assert_eq!(rings.len(), 2);
        assert!(rings.iter().all(|ring| ring.first() == ring.last()));
        assert_eq!(rings[0].len(), 7);
        assert_eq!(rings[1], [10, 11, 12, 10]);
    }

    #[test]
    fn a_chain_grows_at_both_ends() {
        let chains = chains(vec![vec![3, 4], vec![1, 2, 3], vec![4, 5]]);
        assert_eq!(chains.len(), 1);
        assert_eq!(chains[0].len(), 5);
    }
}
