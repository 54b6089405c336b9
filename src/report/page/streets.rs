//! Streets in classes of importance, for the map alone. The network knows no classes, but names tell: a street that goes on
//! under one name for a kilometre is one by which people find their way.

use std::fmt::Write;

use geo_types::Coord;

use super::ground::Ground;
use super::path::{PathData, simplified};
use crate::id::{EdgeId, NodeId};
use crate::network::{Network, Union};

/// From this length on a street of one name is a main one.
const MAIN_M: f64 = 1200.0;
/// Streets are drawn in squares of this size, so that a browser passes over those that are not in view.
const SQUARE: f64 = 3000.0;
/// Vertices that are within so many units of the line without them are left out: half a pixel when zoomed in.
const TOLERANCE: f64 = 2.0;

/// How important a street is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    /// No name, or a private way: a path, a drive.
    Path,
    /// A name.
    Street,
    /// A name for a long way.
    Main,
}

impl Class {
    /// From below to above.
    const ALL: [Class; 3] = [Class::Path, Class::Street, Class::Main];

    const fn css(self) -> &'static str {
        match self {
            Class::Path => "st p",
            Class::Street => "st s",
            Class::Main => "st m",
        }
    }
}

/// The streets as paths, the less important below.
pub(super) fn paths(network: &Network, ground: &Ground) -> String {
    let classes = classes(network);
    let mut pieces: Vec<(Class, i64, i64, EdgeId)> = network
        .edges()
        .filter_map(|(edge, _)| {
            let first = ground.place(network.shape(edge)[0].degrees());
            let square = |at: f64| (at / SQUARE).floor() as i64;
            let near = ground.holds(first, SQUARE);
            near.then(|| {
                (
                    classes[edge.index()],
                    square(first.y),
                    square(first.x),
                    edge,
                )
            })
        })
        .collect();
    pieces.sort_unstable();
    let mut html = String::new();
    for class in Class::ALL {
        // Writing to a string cannot fail.
        let _ = write!(html, "<g class=\"{}\">", class.css());
        let of_class = pieces.iter().filter(|piece| piece.0 == class);
        let of_class: Vec<_> = of_class.collect();
        for square in of_class.chunk_by(|one, other| (one.1, one.2) == (other.1, other.2)) {
            let mut path = PathData::default();
            for (.., edge) in square {
                path.line(shape(network, ground, *edge));
            }
            if !path.is_empty() {
                let _ = write!(html, "<path d=\"{}\"/>", path.into_text());
            }
        }
        html.push_str("</g>\n");
    }
    html
}

fn shape(network: &Network, ground: &Ground, edge: EdgeId) -> Vec<Coord<f64>> {
    let places = network.shape(edge).iter();
    simplified(
        places
            .map(|vertex| ground.place(vertex.degrees()))
            .collect(),
        TOLERANCE,
    )
}

/// The class of every edge.
fn classes(network: &Network) -> Vec<Class> {
    let runs = Runs::new(network);
    let is_named = |id: EdgeId| network.ways_along(id).iter().any(|way| way.name.is_some());
    let class = |(id, _): (EdgeId, _)| match is_named(id) {
        true if runs.length_m(id) >= MAIN_M => Class::Main,
        true => Class::Street,
        false => Class::Path,
    };
    network.edges().map(class).collect()
}

/// Main streets by name: how long they go on, and the middle of their longest piece. Of one name the longest counts; ascending
/// by name.
pub(super) fn main_names(network: &Network) -> Vec<(&str, f64, Coord<f64>)> {
    let runs = Runs::new(network);
    let mut pieces: Vec<(&str, f64, f64, EdgeId)> = network
        .edges()
        .filter_map(|(id, edge)| {
            Some((
                network.name_at(id, 0.5)?,
                runs.length_m(id),
                edge.length_m,
                id,
            ))
        })
        .filter(|(_, length_m, ..)| *length_m >= MAIN_M)
        .collect();
    pieces.sort_by(|one, other| {
        let by_length = other.1.total_cmp(&one.1).then(other.2.total_cmp(&one.2));
        one.0.cmp(other.0).then(by_length).then(one.3.cmp(&other.3))
    });
    pieces.dedup_by_key(|piece| piece.0);
    let middle = |edge: EdgeId| {
        let shape = network.shape(edge);
        let half = (shape.len() - 1) / 2;
        let (one, other) = (shape[half].degrees(), shape[half + 1].degrees());
        (one + other) / 2.0
    };
    let named = pieces.into_iter();
    named
        .map(|(name, length_m, _, edge)| (name, length_m, middle(edge)))
        .collect()
}

/// Edges of one name that hang together.
struct Runs {
    /// The length of the run that each edge stands for, by root.
    length_m: Vec<f64>,
    root: Vec<u32>,
}

impl Runs {
    fn new(network: &Network) -> Self {
        let mut ends: Vec<(&str, NodeId, EdgeId)> = Vec::new();
        for (id, edge) in network.edges() {
            let ways = network.ways_along(id);
            let at_ends = [(ways.first(), edge.tail), (ways.last(), edge.head)];
            let named = at_ends.map(|(way, end)| Some((way?.name?, end, id)));
            ends.extend(named.into_iter().flatten());
        }
        ends.sort_unstable();
        let mut runs = Union::new(network.edge_count());
        for pair in ends.windows(2) {
            if (pair[0].0, pair[0].1) == (pair[1].0, pair[1].1) {
                runs.join(pair[0].2.0, pair[1].2.0);
            }
        }
        let mut length_m = vec![0.0; network.edge_count()];
        let mut root = vec![0; network.edge_count()];
        for (id, edge) in network.edges() {
            root[id.index()] = runs.root(id.0);
            length_m[root[id.index()] as usize] += edge.length_m;
        }
        Self { length_m, root }
    }

    /// How long the street of an edge goes on under its name.
    fn length_m(&self, edge: EdgeId) -> f64 {
        self.length_m[self.root[edge.index()] as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Location;
    use crate::model::{StreetsBuilder, WayKind};

    #[test]
    fn a_street_that_goes_on_under_one_name_is_a_main_one() {
        // On the equator 0.005 degrees are 556.6 m: three of them in a row, one elsewhere, and a side way without a name.
        let places = [0, 50_000, 100_000, 150_000, 900_000, 950_000, 70_000];
        let vertices = places.map(|lon_e7| Location { lon_e7, lat_e7: 0 });
        let mut builder = StreetsBuilder::new(vertices.to_vec());
        let high_street = Some("High Street");
        builder.add_way(1, &[0, 1], WayKind::Street, high_street);
        builder.add_way(2, &[1, 2], WayKind::Steps, high_street);
        builder.add_way(3, &[2, 3], WayKind::Street, high_street);
        builder.add_way(4, &[4, 5], WayKind::Street, high_street);
        builder.add_way(5, &[1, 6], WayKind::Street, None);
        let network = Network::build(&builder.finish(Vec::new())).expect("a network");
        let mut of_way: Vec<(i64, Class)> = network
            .edges()
            .zip(classes(&network))
            .map(|((_, edge), class)| (edge.way, class))
            .collect();
        of_way.sort_unstable_by_key(|(way, _)| *way);
        let (main, street, path) = (Class::Main, Class::Street, Class::Path);
        assert_eq!(
            of_way,
            [(1, main), (2, main), (3, main), (4, street), (5, path)]
        );
    }
}
