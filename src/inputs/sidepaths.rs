//! Streets whose walkers have a way of their own: `sidewalk=separate`, `foot=use_sidepath`. The tag alone closes nothing:
//! half the sidewalks that it speaks of are not mapped, or touch the street at one end only. Such a street is left out
//! where footways lead from one of its ends to the other without much of a detour, and stays where they do not:
//! no longer than twice the street and 50 m. `sidewalk:right=separate` alone leaves the other side to walk on, so it never
//! gives way.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use super::access::Role;
use crate::geometry::{Location, geodesic_m};
use crate::parallel;

/// How long the footways beside a street may be: this many times the street ...
const DETOUR: f64 = 2.0;
/// ... and so many metres, for the steps to the kerb and around corners.
const KERB_M: f64 = 50.0;

/// A way as far as this is concerned: its vertices and its role.
#[derive(Clone, Copy, Debug)]
pub(super) struct Beside<'a> {
    pub(super) refs: &'a [u32],
    pub(super) role: Role,
}

/// For each way whether it is left out because footways join both its ends.
///
/// # Complexity
/// Linear in the footways' vertices where any way asks, and one bounded search for each that does.
pub(super) fn with_footways_beside(
    ways: &[Beside<'_>],
    place: impl Fn(u32) -> Option<Location> + Sync + Send,
) -> Vec<bool> {
    if !ways.iter().any(|way| way.role == Role::WithSidepath) {
        return vec![false; ways.len()];
    }
    let footways = Footways::new(ways);
    parallel::map(ways, 64, |way| {
        way.role == Role::WithSidepath && footways.join_ends(way.refs, &place)
    })
}

/// Millimetres between two vertices; `None` where one is missing.
fn millimetres(place: &impl Fn(u32) -> Option<Location>, from: u32, to: u32) -> Option<u64> {
    let metres = geodesic_m(place(from)?.degrees(), place(to)?.degrees());
    Some((metres * 1000.0).round() as u64)
}

/// The footways as a graph over vertices.
struct Footways {
    /// The neighbours of vertex `v` are `neighbours[first[v]..first[v + 1]]`.
    first: Vec<u32>,
    neighbours: Vec<u32>,
}

impl Footways {
    fn new(ways: &[Beside<'_>]) -> Self {
        let footways = || ways.iter().filter(|way| way.role == Role::Footway);
        let pairs = || footways().flat_map(|way| way.refs.windows(2));
        let steps = || pairs().flat_map(|pair| [(pair[0], pair[1]), (pair[1], pair[0])]);
        let vertices = steps().map(|(from, _)| from as usize + 1).max();
        // Counted, added up so that each vertex has its end, and filled from there back to its beginning.
        let mut first = vec![0; vertices.unwrap_or(0) + 1];
        for (from, _) in steps() {
            first[from as usize] += 1;
        }
        let mut sum = 0;
        for count in &mut first {
            sum += *count;
            *count = sum;
        }
        let mut neighbours = vec![0; sum as usize];
        for (from, to) in steps() {
            let at = &mut first[from as usize];
            *at -= 1;
            neighbours[*at as usize] = to;
        }
        Self { first, neighbours }
    }

    fn neighbours(&self, vertex: u32) -> &[u32] {
        let at = vertex as usize;
        match self.first.get(at..at + 2) {
            Some(ends) => &self.neighbours[ends[0] as usize..ends[1] as usize],
            None => &[],
        }
    }

    /// Whether footways lead from one end of a street to the other, no longer than the detour allows.
    fn join_ends(&self, refs: &[u32], place: &impl Fn(u32) -> Option<Location>) -> bool {
        let (Some(&from), Some(&to)) = (refs.first(), refs.last()) else {
            return false;
        };
        if from == to || self.neighbours(from).is_empty() || self.neighbours(to).is_empty() {
            return false;
        }
        let lengths = refs
            .windows(2)
            .map(|pair| millimetres(place, pair[0], pair[1]));
        let Some(length) = lengths.sum::<Option<u64>>() else {
            return false;
        };
        let limit = (length as f64 * DETOUR + KERB_M * 1000.0) as u64;
        self.shortest(from, to, limit, place).is_some()
    }

    /// Dijkstra's search, up to a limit in millimetres. Steps are measured as they are met: most footways are beside no
    /// street that asks.
    fn shortest(
        &self,
        from: u32,
        to: u32,
        limit: u64,
        place: &impl Fn(u32) -> Option<Location>,
    ) -> Option<u64> {
        let mut best = HashMap::from([(from, 0)]);
        let mut queue = BinaryHeap::from([Reverse((0, from))]);
        while let Some(Reverse((length, vertex))) = queue.pop() {
            if vertex == to {
                return Some(length);
            }
            if best.get(&vertex).is_some_and(|known| *known < length) {
                continue;
            }
            for next in self.neighbours(vertex) {
                let Some(step) = millimetres(place, vertex, *next) else {
                    continue;
                };
                let length = length + step;
                let known = best.entry(*next).or_insert(u64::MAX);
                if length <= limit && length < *known {
                    *known = length;
                    queue.push(Reverse((length, *next)));
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Vertices in a row about 111 m apart, and a second row 11 m north of it.
    fn place(vertex: u32) -> Location {
        let (row, column) = (vertex / 10, vertex % 10);
        Location {
            lon_e7: column as i32 * 10_000,
            lat_e7: row as i32 * 1_000,
        }
    }

    fn left_out(footways: &[&[u32]]) -> bool {
        let street = Beside {
            refs: &[0, 1, 2],
            role: Role::WithSidepath,
        };
        let footways = footways.iter().map(|refs| Beside {
            refs,
            role: Role::Footway,
        });
        let ways: Vec<_> = std::iter::once(street).chain(footways).collect();
        with_footways_beside(&ways, |vertex| Some(place(vertex)))[0]
    }

    #[test]
    fn a_street_is_left_out_only_where_footways_join_both_its_ends() {
        assert!(!left_out(&[]));
        assert!(!left_out(&[&[0, 10, 11, 12]]), "it touches one end");
        assert!(!left_out(&[&[10, 11, 12]]), "it touches none");
        assert!(left_out(&[&[0, 10, 11, 12, 2]]));
        assert!(left_out(&[&[12, 11], &[2, 12], &[0, 10, 11]]), "in pieces");
    }

    #[test]
    fn a_long_way_round_is_no_sidewalk() {
        // The street has 223 m, so 495 m are allowed. Along the row to vertex 13 and back: 11 + 334 + 111 + 11 m; to
        // vertex 14 and back: 11 + 445 + 223 + 11 m.
        assert!(left_out(&[&[0, 10, 13, 12, 2]]));
        assert!(!left_out(&[&[0, 10, 14, 12, 2]]));
    }

    #[test]
    fn a_ring_and_a_plain_street_stay() {
        let ring = Beside {
            refs: &[0, 1, 2, 0],
            role: Role::WithSidepath,
        };
        let street = Beside {
            refs: &[0, 2],
            role: Role::Street,
        };
        let footway = Beside {
            refs: &[0, 10, 12, 2],
            role: Role::Footway,
        };
        assert_eq!(
            with_footways_beside(&[ring, street, footway], |vertex| Some(place(vertex))),
            [false; 3]
        );
    }
}
