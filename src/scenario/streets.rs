//! Streets that are closed, opened and drawn.

use geo::{BoundingRect, Intersects};
use geo_types::{Coord, LineString, Polygon};

use super::applied::Applied;
use super::edit::{Edit, Link, LinkKind, StreetChoice};
use super::editor::{Editor, away, called};
use super::street_edits::{Piece, pieces_of};
use crate::error::EditMistake;
use crate::geometry::Location;
use crate::id::EdgeId;
use crate::model::{Access, Crossing, Passage, Structure, WayKind, Wheels};
use crate::network::{Network, NewWay};
use crate::snap::{Snap, Snapping};
use crate::text::language::{InLanguage, Words, words};

/// So many streets are named; of further ones there is the number.
const NAMED: usize = 3;

/// Pieces that are meant, and how far they are from the place that was given.
pub(super) struct Meant {
    pub(super) pieces: Vec<Piece>,
    pub(super) metres: Option<f64>,
}

impl Editor<'_> {
    pub(super) fn close_streets(
        &mut self,
        edit: &Edit,
        choice: &StreetChoice,
    ) -> Result<Applied, EditMistake> {
        let meant = self.meant(choice)?;
        let times = self.analysis.impedance();
        let closes =
            |piece: &Piece| times.is_usable(piece.0) && !self.streets.closed.contains(piece);
        let pieces: Vec<Piece> = meant.pieces.iter().copied().filter(closes).collect();
        self.streets.closed.extend(&meant.pieces);
        Ok(self.applied(edit, &pieces, meant.metres))
    }

    pub(super) fn open_streets(
        &mut self,
        edit: &Edit,
        choice: &StreetChoice,
    ) -> Result<Applied, EditMistake> {
        let meant = self.meant(choice)?;
        let network = self.analysis.network();
        let mut pieces = Vec::new();
        for piece in meant.pieces {
            let is_private = network.access(piece.0) == Access::Private;
            let is_reopened = self.streets.closed.remove(&piece);
            if is_reopened || (is_private && self.streets.public.insert(piece)) {
                pieces.push(piece);
            }
        }
        Ok(self.applied(edit, &pieces, meant.metres))
    }

    /// The pieces of street that are meant.
    pub(super) fn meant(&self, choice: &StreetChoice) -> Result<Meant, EditMistake> {
        let network = self.analysis.network();
        let all = |mut takes: Box<dyn FnMut(EdgeId) -> bool + '_>| -> Vec<Piece> {
            let edges = network.edge_ids().filter(|edge| takes(*edge));
            edges.flat_map(|edge| pieces_of(network, edge)).collect()
        };
        match choice {
            StreetChoice::Way(way) => {
                let mut pieces = all(Box::new(|_| true));
                pieces.retain(|(_, of)| of == way);
                let meant = Meant {
                    pieces,
                    metres: None,
                };
                some(meant, EditMistake::NoWay)
            }
            StreetChoice::At(place) => {
                let Snapping::On(snap) = self.snap(*place) else {
                    return Err(self.no_street(*place));
                };
                Ok(Meant {
                    pieces: pieces_of(network, snap.edge),
                    metres: Some(snap.leg_m),
                })
            }
            StreetChoice::Within(ground) => {
                let times = self.analysis.impedance();
                let takes = |edge| times.is_usable(edge) && has_part_in(network, edge, ground);
                let meant = Meant {
                    pieces: all(Box::new(takes)),
                    metres: None,
                };
                some(meant, EditMistake::NothingWithin)
            }
        }
    }

    /// What an edit of these pieces has changed.
    pub(super) fn applied(&self, edit: &Edit, pieces: &[Piece], metres: Option<f64>) -> Applied {
        let network = self.analysis.network();
        let (mut length_m, mut shapes) = (0.0, Vec::new());
        let mut names: Vec<Words> = Vec::new();
        for (edge, way) in pieces {
            let stretches = network.ways_along(*edge).into_iter();
            for stretch in stretches.filter(|stretch| stretch.way == *way) {
                let (from, to) = (stretch.from, stretch.to);
                length_m += network.edge_length_m(*edge) * (to - from);
                shapes.push(network.places_between(*edge, from, to));
                let name = called(network, *edge, f64::midpoint(from, to));
                if !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        let mut found = told(length_m, &names);
        if let Some(metres) = metres {
            found = away(&found, metres);
        }
        Applied {
            shapes,
            ..Applied::new(edit, pieces.len() as u64, found).away(metres)
        }
    }

    pub(super) fn draw(&mut self, edit: &Edit, link: &Link) -> Result<Applied, EditMistake> {
        let (Some(from), Some(to)) = (link.places.first(), link.places.last()) else {
            return Err(EditMistake::NoLength);
        };
        let network = self.analysis.network();
        let mut ends = Vec::new();
        for place in [from, to] {
            let Snapping::On(snap) = self.snap(*place) else {
                return Err(self.no_street(*place));
            };
            let piece = (snap.edge, network.way_at(snap.edge, snap.fraction));
            if self.streets.closed.contains(&piece) {
                return Err(EditMistake::OntoClosed);
            }
            ends.push(snap);
        }
        let joins = [ends[0], ends[1]];
        let at = |snap: &Snap| network.place_at(snap.edge, snap.fraction);
        let line = line_of(link, joins.map(|snap| at(&snap)));
        if line.len() < 2 {
            return Err(EditMistake::NoLength);
        }
        let streets = joins.map(|snap| away(&self.street_at(&snap), snap.leg_m));
        self.streets.links.push(way_of(link, joins, &line));
        let length_m: f64 = line
            .windows(2)
            .map(|pair| crate::geometry::geodesic_m(pair[0], pair[1]))
            .sum();
        let ([one, other], [one_zh, other_zh]) = (&streets, [0, 1].map(|end| streets[end].zh()));
        let found = words!(
            "{length_m:.0} m from {one} to {other}",
            "{length_m:.0} 米，自 {one_zh} 至 {other_zh}"
        );
        let farthest = joins[0].leg_m.max(joins[1].leg_m);
        Ok(Applied {
            shapes: vec![line],
            ..Applied::new(edit, 1, found).away(Some(farthest))
        })
    }
}

/// What is meant, where there is something.
fn some(meant: Meant, none: EditMistake) -> Result<Meant, EditMistake> {
    if meant.pieces.is_empty() {
        Err(none)
    } else {
        Ok(meant)
    }
}

pub(super) fn has_part_in(network: &Network, edge: EdgeId, ground: &Polygon<f64>) -> bool {
    let places = network.shape(edge).iter().map(|vertex| vertex.degrees());
    let line: LineString<f64> = places.collect();
    let boxes = [line.bounding_rect(), ground.bounding_rect()];
    let [Some(one), Some(other)] = boxes else {
        return false;
    };
    one.intersects(&other) && ground.intersects(&line)
}

/// A few streets by name, and how long they are together.
fn told(length_m: f64, names: &[Words]) -> Words {
    if names.is_empty() {
        return Words::new("nothing that is walked", "没有可步行的道路");
    }
    let named = |join: &str, name: &dyn Fn(&Words) -> String| {
        let names: Vec<String> = names.iter().take(NAMED).map(name).collect();
        names.join(join)
    };
    let (en, zh) = (
        named(", ", &ToString::to_string),
        named("、", &InLanguage::zh),
    );
    match names.len().saturating_sub(NAMED) {
        0 => words!("{length_m:.0} m of {en}", "{length_m:.0} 米：{zh}"),
        more => words!(
            "{length_m:.0} m of {en} and {more} more",
            "{length_m:.0} 米：{zh} 等，另有 {more} 条"
        ),
    }
}

/// The places of a link from where it joins one street to where it joins the other, each once.
fn line_of(link: &Link, joins: [Coord<f64>; 2]) -> Vec<Coord<f64>> {
    let [first, last] = joins;
    let places = [first].into_iter().chain(link.places.iter().copied());
    let mut line: Vec<Coord<f64>> = places.chain([last]).collect();
    let location = |place: &Coord<f64>| Location::from_degrees(*place);
    line.dedup_by(|one, other| location(one) == location(other));
    line
}

/// A link as a way of the network.
fn way_of(link: &Link, joins: [Snap; 2], line: &[Coord<f64>]) -> NewWay {
    let between = &line[1..line.len() - 1];
    let mut between: Vec<Location> = between
        .iter()
        .filter_map(|place| Location::from_degrees(*place))
        .collect();
    let crossing = match link.kind {
        LinkKind::Crossing => Some(Crossing::Marked),
        LinkKind::Signals => Some(Crossing::Signal),
        LinkKind::Footway | LinkKind::Steps => None,
    };
    let crossing = crossing.and_then(|crossing| {
        // Halfway, on the longest straight piece of it.
        let longest = longest_piece(line);
        let middle = (line[longest] + line[longest + 1]) / 2.0;
        between.insert(longest, Location::from_degrees(middle)?);
        Some((longest, crossing))
    });
    let is_steps = link.kind == LinkKind::Steps;
    let wheels = match link.step_free {
        Some(true) if is_steps => Wheels::Open,
        Some(false) if !is_steps => Wheels::Closed,
        _ => Wheels::AsKind,
    };
    let kind = if is_steps {
        WayKind::Steps
    } else {
        WayKind::Street
    };
    let structure = if link.is_bridge {
        Structure::Bridge
    } else {
        Structure::Ground
    };
    NewWay {
        ends: joins.map(|snap| (snap.edge, snap.fraction)),
        between,
        crossing,
        passage: Passage {
            wheels,
            ..Passage::from(kind)
        },
        structure,
        name: link.name.clone(),
    }
}

/// The first of the longest pieces between one place and the next.
fn longest_piece(line: &[Coord<f64>]) -> usize {
    let pieces = line
        .windows(2)
        .map(|pair| crate::geometry::geodesic_m(pair[0], pair[1]));
    let mut longest = (0, 0.0);
    for (at, metres) in pieces.enumerate() {
        if metres > longest.1 {
            longest = (at, metres);
        }
    }
    longest.0
}
