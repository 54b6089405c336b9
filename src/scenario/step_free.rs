//! Ways that wheels can take from then on.

use geo::{Distance, Euclidean};
use geo_types::{Coord, LineString, Point};

use super::applied::Applied;
use super::edit::{Edit, StreetChoice};
use super::editor::Editor;
use super::street_edits::{Piece, pieces_of};
use super::streets::{Meant, has_part_in};
use crate::error::EditMistake;
use crate::geometry::LocalMetres;
use crate::id::EdgeId;
use crate::network::Network;

impl Editor<'_> {
    /// Makes ways step-free. What of them counts as changed is what this walker could not take before and can then.
    pub(super) fn make_step_free(
        &mut self,
        edit: &Edit,
        choice: &StreetChoice,
    ) -> Result<Applied, EditMistake> {
        let network = self.analysis.network();
        let profile = &self.analysis.options.profile;
        let meant = self.meant_for_wheels(choice)?;
        let opens = |piece: &Piece| {
            let passage = network.passage(piece.0);
            let takes = |passage| profile.seconds_per_metre_on(passage).is_some();
            !takes(passage)
                && takes(passage.made_step_free())
                && !self.streets.step_free.contains(piece)
        };
        let pieces: Vec<Piece> = meant.pieces.iter().copied().filter(opens).collect();
        self.streets.step_free.extend(&pieces);
        Ok(Applied {
            changed: pieces.len() as u64,
            ..self.applied(edit, &meant.pieces, meant.metres)
        })
    }

    /// Of the ways that are not step-free those that are meant; of a way by its number all.
    fn meant_for_wheels(&self, choice: &StreetChoice) -> Result<Meant, EditMistake> {
        let network = self.analysis.network();
        let edges = network.edge_ids();
        let mut closed = edges.filter(|edge| !network.passage(*edge).is_step_free());
        match choice {
            StreetChoice::Way(_) => self.meant(choice),
            StreetChoice::At(place) => {
                let most_m = self.analysis.options.snap.max_snap_m();
                let measured = closed.map(|edge| (distance_m(network, edge, *place), edge));
                let nearest = measured.min_by(|one, other| one.0.total_cmp(&other.0));
                let nearest = nearest.filter(|(metres, _)| *metres <= most_m);
                let (metres, edge) = nearest.ok_or_else(|| self.no_street(*place))?;
                Ok(Meant {
                    pieces: pieces_of(network, edge),
                    metres: Some(metres),
                })
            }
            StreetChoice::Within(ground) => {
                let mut pieces = Vec::new();
                for edge in closed.by_ref() {
                    if has_part_in(network, edge, ground) {
                        pieces.extend(pieces_of(network, edge));
                    }
                }
                if pieces.is_empty() {
                    return Err(EditMistake::NothingWithin);
                }
                Ok(Meant {
                    pieces,
                    metres: None,
                })
            }
        }
    }
}

/// How far a place is from an edge.
fn distance_m(network: &Network, edge: EdgeId, place: Coord<f64>) -> f64 {
    let metres = LocalMetres::at(place.y);
    let shape = network.shape(edge).iter();
    let places = shape.map(|vertex| metres.vector(place, vertex.degrees()));
    let line: LineString<f64> = places.collect();
    Euclidean.distance(&Point::new(0.0, 0.0), &line)
}
