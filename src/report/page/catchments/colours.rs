//! Colours for grounds, so that no two that touch have the same.

use crate::id::StationId;

/// Colours that are used where they are enough; those behind are for the rest.
const USUAL: usize = 6;
/// Colours that there are.
const ALL: usize = 8;

/// The classes of a style sheet: the light scheme of Paul Tol's colours, which keep apart for those who see no red or no green.
pub(super) const CLASSES: [&str; ALL] = ["g0", "g1", "g2", "g3", "g4", "g5", "g6", "g7"];

/// A colour for each station by those whose ground touches its own. No two of them have the same, but where there are too few
/// colours; of the free ones a station has the one that fewest have.
///
/// # Source
/// Smallest-last order: Matula and Beck, *Smallest-last ordering and clustering and graph coloring algorithms* (1983). Grounds that
/// hang together make a planar map, for which it takes six colours at most.
///
/// # Complexity
/// O(n²) in the stations.
pub(super) fn colours(neighbours: &[Vec<StationId>]) -> Vec<usize> {
    let mut colours = vec![None; neighbours.len()];
    let mut used = [0_usize; ALL];
    for station in smallest_last(neighbours) {
        let mut taken = [0_usize; ALL];
        for neighbour in &neighbours[station] {
            if let Some(colour) = colours[neighbour.index()] {
                let colour: usize = colour;
                taken[colour] += 1;
            }
        }
        let best = (0..ALL).min_by_key(|colour| {
            let is_unusual = *colour >= USUAL;
            (taken[*colour], is_unusual, used[*colour], *colour)
        });
        let colour = best.unwrap_or(0);
        used[colour] += 1;
        colours[station] = Some(colour);
    }
    colours
        .into_iter()
        .map(|colour| colour.unwrap_or(0))
        .collect()
}

/// The stations so that each has few neighbours among those before it.
fn smallest_last(neighbours: &[Vec<StationId>]) -> Vec<usize> {
    let mut degrees: Vec<Option<usize>> = neighbours.iter().map(|all| Some(all.len())).collect();
    let mut order = Vec::with_capacity(neighbours.len());
    for _ in neighbours {
        let left = degrees.iter().enumerate();
        let left = left.filter_map(|(station, degree)| Some(((*degree)?, station)));
        let Some((_, station)) = left.min() else {
            break;
        };
        degrees[station] = None;
        order.push(station);
        for neighbour in &neighbours[station] {
            if let Some(degree) = &mut degrees[neighbour.index()] {
                *degree -= 1;
            }
        }
    }
    order.reverse();
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mutual(count: usize, pairs: &[[usize; 2]]) -> Vec<Vec<StationId>> {
        let mut neighbours = vec![Vec::new(); count];
        for [one, other] in pairs {
            neighbours[*one].push(StationId::new(*other));
            neighbours[*other].push(StationId::new(*one));
        }
        neighbours
    }

    #[test]
    fn no_two_that_touch_have_the_same_colour() {
        // A wheel: a hub and a rim of nine; and on its own one that touches nothing.
        let rim = (1..=9).map(|at| [at, at % 9 + 1]);
        let spokes = (1..=9).map(|at| [0, at]);
        let pairs: Vec<[usize; 2]> = rim.chain(spokes).collect();
        let colours = colours(&mutual(11, &pairs));
        for [one, other] in pairs {
            assert_ne!(colours[one], colours[other], "{one} and {other}");
        }
        assert!(colours.iter().all(|colour| *colour < USUAL), "{colours:?}");
    }

    #[test]
    fn a_few_stations_have_a_colour_each() {
        let mut colours = colours(&mutual(5, &[[0, 1], [3, 4]]));
        colours.sort_unstable();
        assert_eq!(colours, [0, 1, 2, 3, 4]);
        assert!(super::colours(&[]).is_empty());
    }

    #[test]
    fn where_all_touch_the_colours_do_what_they_can() {
        let pairs = (0..9).flat_map(|one| (one + 1..9).map(move |other| [one, other]));
        let pairs: Vec<[usize; 2]> = pairs.collect();
        let colours = colours(&mutual(9, &pairs));
        let same = pairs
            .iter()
            .filter(|[one, other]| colours[*one] == colours[*other]);
        assert_eq!(same.count(), 1);
    }
}
