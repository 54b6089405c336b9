//! Lines as the path data of SVG: whole units of the map, each vertex relative to the one before, without what nobody sees.

use std::fmt::Write;

use geo::Simplify;
use geo_types::{Coord, LineString};

/// Path data under construction. Coordinates are units of the map; see [`super::ground::Ground`].
#[derive(Debug, Default)]
pub(super) struct PathData {
    text: String,
    /// Where the pen is.
    at: (i64, i64),
}

impl PathData {
    pub(super) fn into_text(self) -> String {
        self.text
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    fn number(&mut self, number: i64) {
        let follows_number = self.text.ends_with(|c: char| c.is_ascii_digit());
        if follows_number && number >= 0 {
            self.text.push(' ');
        }
        // Writing to a string cannot fail.
        let _ = write!(self.text, "{number}");
    }

    fn step(&mut self, to: (i64, i64)) {
        let (x, y) = (to.0 - self.at.0, to.1 - self.at.1);
        self.number(x);
        self.number(y);
        self.at = to;
    }

    fn start(&mut self, place: (i64, i64)) {
        self.text.push('m');
        self.step(place);
    }

    /// A line through places in units; nothing where they all round to one.
    pub(super) fn line(&mut self, places: impl IntoIterator<Item = Coord<f64>>) {
        self.run(places, false);
    }

    /// The outline of an area: closed, and nothing where it is smaller than a unit.
    pub(super) fn ring(&mut self, places: impl IntoIterator<Item = Coord<f64>>) {
        self.run(places, true);
    }

    fn run(&mut self, places: impl IntoIterator<Item = Coord<f64>>, closed: bool) {
        let mut rounded: Vec<(i64, i64)> = places.into_iter().map(whole).collect();
        rounded.dedup();
        if closed && rounded.first() == rounded.last() {
            rounded.pop();
        }
        let least = if closed { 3 } else { 2 };
        if rounded.len() < least {
            return;
        }
        let first = rounded[0];
        self.start(first);
        // After an m, more pairs are lines.
        for place in &rounded[1..] {
            self.step(*place);
        }
        if closed {
            self.text.push('z');
            self.at = first;
        }
    }

    /// A dot: a line without length, which round caps make visible.
    pub(super) fn dot(&mut self, place: Coord<f64>) {
        self.start(whole(place));
        self.text.push_str("h0");
    }

    /// An arc of a circle, clockwise as seen on the map from one place to another; `large` where it is more than half of it.
    pub(super) fn arc(&mut self, from: Coord<f64>, to: Coord<f64>, radius: f64, large: bool) {
        let (from, to) = (whole(from), whole(to));
        self.start(from);
        let radius = radius.round() as i64;
        let _ = write!(self.text, "a{radius} {radius} 0 {} 1", u8::from(large));
        self.text.push(' ');
        self.step(to);
    }

    /// A whole circle.
    pub(super) fn circle(&mut self, centre: Coord<f64>, radius: f64) {
        let (x, y) = whole(centre);
        let radius = radius.round() as i64;
        self.start((x - radius, y));
        let across = 2 * radius;
        let _ = write!(
            self.text,
            "a{radius} {radius} 0 1 1 {across} 0a{radius} {radius} 0 1 1-{across} 0z"
        );
    }
}

/// To the nearest unit.
fn whole(place: Coord<f64>) -> (i64, i64) {
    (place.x.round() as i64, place.y.round() as i64)
}

/// Vertices that are looked at together: of a line with as many bends as vertices each is compared with all of these.
const PIECE: usize = 512;

/// A line without the vertices that lie within a tolerance of it (Douglas and Peucker). A long one is taken piece by piece,
/// whose ends are kept.
pub(super) fn simplified(line: Vec<Coord<f64>>, tolerance: f64) -> Vec<Coord<f64>> {
    if line.len() <= PIECE + 1 {
        return simplified_at_once(line, tolerance);
    }
    let mut kept: Vec<Coord<f64>> = Vec::new();
    for start in (0..line.len() - 1).step_by(PIECE) {
        let end = (start + PIECE).min(line.len() - 1);
        // A piece begins where the one before it ended.
        kept.pop();
        kept.extend(simplified_at_once(line[start..=end].to_vec(), tolerance));
    }
    kept
}

fn simplified_at_once(line: Vec<Coord<f64>>, tolerance: f64) -> Vec<Coord<f64>> {
    if line.len() < 3 {
        return line;
    }
    LineString::new(line).simplify(tolerance).into_inner()
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo_types::coord;

    fn data(draw: impl FnOnce(&mut PathData)) -> String {
        let mut path = PathData::default();
        draw(&mut path);
        path.into_text()
    }

    #[test]
    fn a_line_is_whole_relative_steps() {
        let places = [(10.2, 20.0), (13.0, 15.6), (13.4, 15.9), (13.0, 30.0)];
        let places = places.map(|(x, y)| coord! { x: x, y: y });
        // The third place rounds to the second.
        assert_eq!(data(|path| path.line(places)), "m10 20 3-4 0 14");
    }

    #[test]
    fn lines_follow_each_other_from_where_the_pen_is() {
        let line = |x: f64| [coord! { x: x, y: 0.0 }, coord! { x: x + 1.0, y: 0.0 }];
        let two = data(|path| {
            path.line(line(5.0));
            path.line(line(2.0));
        });
        assert_eq!(two, "m5 0 1 0m-4 0 1 0");
    }

    #[test]
    fn what_is_smaller_than_a_unit_is_not_drawn() {
        let tiny =
            [(0.0, 0.0), (0.3, 0.0), (0.3, 0.3), (0.0, 0.0)].map(|(x, y)| coord! { x: x, y: y });
        assert_eq!(data(|path| path.ring(tiny)), "");
        assert_eq!(data(|path| path.line(tiny)), "");
    }

    #[test]
    fn after_a_ring_the_pen_is_at_its_start() {
        let square =
            [(0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 0.0)].map(|(x, y)| coord! { x: x, y: y });
        let text = data(|path| {
            path.ring(square);
            path.dot(coord! { x: 1.0, y: 2.0 });
        });
        assert_eq!(text, "m0 0 9 0 0 9zm1 2h0");
    }

    #[test]
    fn straight_lines_keep_only_their_ends() {
        let line = (0..100).map(|x| coord! { x: f64::from(x), y: f64::from(x % 2) * 0.4 });
        assert_eq!(simplified(line.collect(), 1.0).len(), 2);
        // Two pieces and the rest: their four ends.
        let long = (0..2 * PIECE + 100).map(|x| coord! { x: x as f64, y: 0.0 });
        let kept: Vec<f64> = simplified(long.collect(), 1.0)
            .iter()
            .map(|place| place.x)
            .collect();
        assert_eq!(kept, [0.0, 512.0, 1024.0, 1123.0]);
    }
}
