//! The outline of plain circles together: of each circle the arcs that no other circle holds.

use std::f64::consts::{PI, TAU};

use geo_types::Coord;

use super::path::PathData;

/// Draws the outline of the union of circles of one radius.
///
/// # Complexity
/// One look at every pair of circles that may meet: centres are sorted by x.
pub(super) fn outline(path: &mut PathData, centres: &[Coord<f64>], radius: f64) {
    let mut sorted = centres.to_vec();
    sorted.sort_by(|a, b| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)));
    sorted.dedup();
    for (index, centre) in sorted.iter().enumerate() {
        let near = |other: &&Coord<f64>| (other.x - centre.x).abs() < 2.0 * radius;
        let before = sorted[..index].iter().rev().take_while(near);
        let after = sorted[index + 1..].iter().take_while(near);
        let hidden = before
            .chain(after)
            .filter_map(|other| hidden_arc(*centre, *other, radius));
        for (from, to) in visible_arcs(hidden.collect()) {
            if to - from >= TAU {
                path.circle(*centre, radius);
            } else {
                let at = |angle: f64| Coord {
                    x: centre.x + radius * angle.cos(),
                    y: centre.y + radius * angle.sin(),
                };
                path.arc(at(from), at(to), radius, to - from > PI);
            }
        }
    }
}

/// The angles between which a circle lies inside another one of its size: from, and to, which may be beyond a full turn.
fn hidden_arc(centre: Coord<f64>, other: Coord<f64>, radius: f64) -> Option<(f64, f64)> {
    let (x, y) = (other.x - centre.x, other.y - centre.y);
    let half = (x.hypot(y) / (2.0 * radius)).min(1.0).acos();
    let middle = y.atan2(x).rem_euclid(TAU);
    (half > 0.0).then(|| {
        let from = (middle - half).rem_euclid(TAU);
        (from, from + 2.0 * half)
    })
}

/// What is left of a full turn, as arcs that begin within the turn and may end beyond it.
fn visible_arcs(mut hidden: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    if hidden.is_empty() {
        return vec![(0.0, TAU)];
    }
    hidden.sort_by(|a, b| a.0.total_cmp(&b.0));
    let start = hidden[0].0;
    let mut visible = Vec::new();
    let mut end = start;
    // Once round: an arc that passes the end of the turn hides the beginning of the next one, too.
    let again = hidden.iter().map(|(from, to)| (from + TAU, to + TAU));
    for (from, to) in hidden.iter().copied().chain(again) {
        if from > end && end < start + TAU {
            visible.push((end, from));
        }
        end = end.max(to);
    }
    // The first gap of the second turn repeats a gap of the first, unless an arc reached over.
    visible.retain(|(from, _)| *from < start + TAU);
    visible
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo_types::coord;

    fn drawn(centres: &[Coord<f64>]) -> String {
        let mut path = PathData::default();
        outline(&mut path, centres, 100.0);
        path.into_text()
    }

    #[test]
    fn a_circle_alone_is_whole() {
        let text = drawn(&[coord! { x: 0.0, y: 0.0 }]);
        assert_eq!(text, "m-100 0a100 100 0 1 1 200 0a100 100 0 1 1-200 0z");
    }

    #[test]
    fn two_circles_that_meet_lose_the_arcs_inside_each_other() {
        // 100 apart: each hides a third of the other, from -60 to 60 degrees.
        let text = drawn(&[coord! { x: 0.0, y: 0.0 }, coord! { x: 100.0, y: 0.0 }]);
        assert_eq!(text, "m50 87a100 100 0 1 1 0-174m0 0a100 100 0 1 1 0 174");
    }

    #[test]
    fn the_visible_arcs_and_the_hidden_ones_make_a_turn() {
        let hidden = vec![(0.5, 1.5), (1.0, 2.0), (5.0, 7.0)];
        // 7.0 is 0.717 beyond the turn, inside the first arc.
        assert_eq!(visible_arcs(hidden), [(2.0, 5.0)]);
        assert!(visible_arcs(vec![(0.0, 4.0), (3.0, 7.0)]).is_empty());
        assert_eq!(visible_arcs(vec![(6.0, 7.0)]), [(7.0, 6.0 + TAU)]);
    }

    #[test]
    fn a_circle_far_away_stays_whole() {
        let text = drawn(&[coord! { x: 0.0, y: 0.0 }, coord! { x: 300.0, y: 0.0 }]);
        assert_eq!(text.matches('z').count(), 2, "{text}");
    }
}
