//! An edge cut into pieces along its length.

use geo_types::Coord;

use super::graph::Network;
use super::segments::on_segment;
use crate::id::EdgeId;

impl Network {
    /// The pieces of an edge between one cut and the next, as places: both ends and the vertices between. Cuts are fractions of
    /// its length, ascending; there is one piece fewer than cuts.
    ///
    /// # Complexity
    /// O(n) in the vertices of the edge and the cuts, where [`places_between`](Self::places_between) takes O(n) for each piece.
    #[must_use]
    pub(crate) fn pieces_between(&self, edge: EdgeId, cuts: &[f64]) -> Vec<Vec<Coord<f64>>> {
        let length_m = self.edge(edge).length_m;
        let mut cuts = cuts.iter().map(|cut| cut * length_m).peekable();
        let (mut pieces, mut piece) = (Vec::with_capacity(cuts.len()), Vec::new());
        let mut cut_at = |piece: &mut Vec<Coord<f64>>, place| {
            if !piece.is_empty() {
                piece.push(place);
                pieces.push(std::mem::take(piece));
            }
            piece.push(place);
        };
        let mut metres = 0.0;
        let shape = self.shape(edge);
        for (ends, segment_m) in shape.windows(2).zip(self.segment_lengths(edge)) {
            let end_m = metres + segment_m;
            while let Some(cut) = cuts.next_if(|cut| *cut <= end_m && segment_m > 0.0) {
                let part = ((cut - metres) / segment_m).clamp(0.0, 1.0);
                cut_at(&mut piece, on_segment([ends[0], ends[1]], part));
            }
            if cuts.peek().is_none() {
                break;
            }
            if !piece.is_empty() {
                piece.push(ends[1].degrees());
            }
            metres = end_m;
        }
        // Sums of segments may end a little before the whole.
        for _ in cuts {
            cut_at(&mut piece, shape[shape.len() - 1].degrees());
        }
        pieces
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Location;
    use crate::model::{StreetsBuilder, WayKind};

    /// A street along the equator with a vertex at 0°, 0.001°, 0.001° again, 0.003° and 0.004°.
    fn street() -> Network {
        let at = |lon_e7| Location { lon_e7, lat_e7: 0 };
        let places = [0, 10_000, 10_000, 30_000, 40_000].map(at).to_vec();
        let mut streets = StreetsBuilder::new(places);
        streets.add_way(1, &[0, 1, 2, 3, 4], WayKind::Street, None);
        Network::build(&streets.finish(Vec::new())).expect("a street")
    }

    fn pieces(cuts: &[f64]) -> Vec<Vec<i64>> {
        let pieces = street().pieces_between(EdgeId(0), cuts);
        let rounded = |place: &Coord<f64>| (place.x * 1e7).round() as i64;
        let piece = |piece: Vec<Coord<f64>>| {
            let mut places: Vec<i64> = piece.iter().map(rounded).collect();
            places.dedup();
            places
        };
        pieces.into_iter().map(piece).collect()
    }

    #[test]
    fn a_street_is_cut_where_its_fractions_are_and_keeps_its_vertices() {
        let halves = [vec![0, 10_000, 20_000], vec![20_000, 30_000, 40_000]];
        assert_eq!(pieces(&[0.0, 0.5, 1.0]), halves);
        // Two cuts inside one segment, and one that is a vertex.
        let inside = [vec![12_000, 16_000], vec![16_000, 30_000]];
        assert_eq!(pieces(&[0.3, 0.4, 0.75]), inside);
        assert_eq!(pieces(&[0.25, 0.25]), [vec![10_000]]);
        assert!(pieces(&[0.5]).is_empty() && pieces(&[]).is_empty());
    }

    #[test]
    fn every_piece_is_what_is_asked_for_alone() {
        let network = street();
        let cuts = [0.05, 0.1, 0.24, 0.26, 0.6, 0.95];
        let pieces = network.pieces_between(EdgeId(0), &cuts);
        assert_eq!(pieces.len(), 5);
        for (ends, piece) in cuts.windows(2).zip(pieces) {
            let alone = network.places_between(EdgeId(0), ends[0], ends[1]);
            assert_eq!(piece.len(), alone.len(), "{ends:?}");
            for (place, alone) in piece.iter().zip(alone) {
                assert!((place.x - alone.x).abs() < 1e-12, "{ends:?}");
            }
        }
    }
}
