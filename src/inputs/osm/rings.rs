//! Rings from ways that share node ids, and multipolygons from rings.

use geo::{Area as _, Contains, InteriorPoint};
use geo_types::{Coord, LineString, MultiPolygon, Point, Polygon};

use super::objects::{Objects, Relation};
use crate::geometry::geodesic_m;

/// How much of a chain's length a gap may be for a straight line to close it: a fifth. A boundary cut by the border of an
/// extract has short gaps where it leaves and comes back; one of which hardly a piece is there must not become an area.
const LARGEST_GAP: f64 = 0.2;

/// A relation's ground, and what was wrong with it.
#[derive(Debug)]
pub(super) struct Assembled {
    pub(super) shape: MultiPolygon<f64>,
    /// Metres of gaps that were closed by straight lines.
    pub(super) closed_m: f64,
    /// Member ways that the file lacks or that could not be closed.
    pub(super) lost: usize,
}

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

fn length_m(line: &[Coord<f64>]) -> f64 {
    line.windows(2)
        .map(|pair| geodesic_m(pair[0], pair[1]))
        .sum()
}

/// Joins chains that do not close, each end to the nearest open end of the next, until what is left of gaps is short
/// against what is there.
fn close(mut open: Vec<Vec<Coord<f64>>>) -> (Option<LineString<f64>>, f64) {
    let Some(mut ring) = open.pop() else {
        return (None, 0.0);
    };
    let mut gaps_m = 0.0;
    while let Some(end) = ring.last().copied() {
        let gap = |line: &[Coord<f64>]| {
            let to = |place: Option<&Coord<f64>>| {
                place.map_or(f64::INFINITY, |place| geodesic_m(end, *place))
            };
            (to(line.first()), to(line.last()))
        };
        let distances = open
            .iter()
            .enumerate()
            .map(|(index, line)| (gap(line).0.min(gap(line).1), index));
        let Some((gap_m, next)) = distances.min_by(|a, b| a.0.total_cmp(&b.0)) else {
            break;
        };
        let mut line = open.remove(next);
        if gap(&line).1 < gap(&line).0 {
            line.reverse();
        }
        gaps_m += gap_m;
        ring.extend(line);
    }
    if let (Some(first), Some(last)) = (ring.first().copied(), ring.last().copied()) {
        gaps_m += geodesic_m(first, last);
        ring.push(first);
    }
    if ring.len() < 4 || gaps_m > LARGEST_GAP * length_m(&ring) {
        return (None, 0.0);
    }
    (Some(LineString::new(ring)), gaps_m)
}

/// Closed rings of some member ways; open chains are closed together by straight lines where little is missing.
fn rings(objects: &Objects, members: &[i64]) -> (Vec<LineString<f64>>, f64, usize) {
    let found: Vec<Vec<i64>> = members
        .iter()
        .filter_map(|id| Some(objects.member(*id)?.refs.clone()))
        .collect();
    let mut lost = members.len() - found.len();
    let place = |chain: &Vec<i64>| {
        chain
            .iter()
            .filter_map(|node| objects.place(*node))
            .collect::<Vec<_>>()
    };
    let (closed, open): (Vec<_>, Vec<_>) = chains(found)
        .into_iter()
        .partition(|chain| chain.len() > 3 && chain.first() == chain.last());
    let mut rings: Vec<LineString<f64>> = closed.iter().map(place).map(LineString::new).collect();
    let open: Vec<_> = open
        .iter()
        .map(place)
        .filter(|line| line.len() > 1)
        .collect();
    let open_count = open.len();
    let (ring, closed_m) = close(open);
    match ring {
        Some(ring) => rings.push(ring),
        None => lost += open_count,
    }
    (
        rings.into_iter().filter(|ring| ring.0.len() > 3).collect(),
        closed_m,
        lost,
    )
}

/// Assembles a multipolygon or boundary relation. Each hole goes to the smallest outer ring that holds it.
pub(super) fn assemble(objects: &Objects, relation: &Relation) -> Assembled {
    let members = |inner: bool| -> Vec<i64> {
        relation
            .ways
            .iter()
            .filter(|(_, is_inner)| *is_inner == inner)
            .map(|(way, _)| *way)
            .collect()
    };
    let (outer, outer_m, outer_lost) = rings(objects, &members(false));
    let (inner, inner_m, inner_lost) = rings(objects, &members(true));
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
    Assembled {
        shape: MultiPolygon(polygons),
        closed_m: outer_m + inner_m,
        lost: outer_lost + inner_lost,
    }
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

    #[test]
    fn a_short_gap_is_closed_by_a_straight_line_and_a_long_one_is_not() {
        let at = |x: f64, y: f64| Coord {
            x: x / 100.0,
            y: y / 100.0,
        };
        // Three sides and most of the fourth of a square of about 1.1 km.
        let (ring, gap_m) = close(vec![vec![
            at(0.0, 0.0),
            at(1.0, 0.0),
            at(1.0, 1.0),
            at(0.0, 1.0),
            at(0.0, 0.1),
        ]]);
        assert!(ring.is_some_and(|ring| ring.is_closed()));
        assert!((gap_m - 110.574).abs() < 0.1, "{gap_m}");
        assert!(
            close(vec![vec![at(0.0, 0.0), at(1.0, 0.0), at(1.0, 0.5)]])
                .0
                .is_none()
        );
    }
}
