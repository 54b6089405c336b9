//! Areas: administrative boundaries put together from relations, and closed ways.

use geo_types::MultiPolygon;

use super::Selector;
use super::block::Kinds;
use super::frames::OsmFile;
use super::objects::{Objects, OwnedTags, value};
use super::rings::{assemble, closed_way};
use crate::inputs::{AreasRead, InputError, Known, Reading};
use crate::model::{Area, FindingCode, Findings};
use crate::text::language::words;

/// Reads the areas that a selector matches: relations, then closed ways, ascending by id.
///
/// A boundary that the extract cuts is left out and named: closed by a guess, it would claim people of its neighbours.
///
/// # Errors
/// [`InputError::Malformed`] naming the blob.
pub fn read_areas(file: &OsmFile<'_>, selector: &Selector) -> Result<AreasRead, InputError> {
    let objects = Objects::collect(file, Kinds::WAYS_AND_RELATIONS, &selector.keys(), |tags| {
        selector.matches(tags)
    })?;
    let mut findings = Findings::default();
    let mut areas = Vec::new();
    for relation in &objects.relations {
        let id = format!("relation/{}", relation.id);
        let name = name(&relation.tags, &id);
        match assemble(&objects, relation) {
            Some(shape) => areas.push(Area { id, name, shape }),
            None => findings.add(FindingCode::AreaNotClosed, || {
                words!("{name} ({id})", "{name}（{id}）")
            }),
        }
    }
    // The pieces of a boundary carry its tags too; only closed ways of their own are areas.
    for way in objects.ways.iter().filter(|way| !objects.is_member(way.id)) {
        if let Some(polygon) = closed_way(&objects, &way.refs) {
            let id = format!("way/{}", way.id);
            areas.push(Area {
                name: name(&way.tags, &id),
                id,
                shape: MultiPolygon(vec![polygon]),
            });
        }
    }
    let looked_at = areas.len() as u64 + findings.count(FindingCode::AreaNotClosed);
    Ok(AreasRead {
        areas,
        crs: Known::OPENSTREETMAP,
        reading: Reading {
            rows: looked_at,
            ..Reading::default()
        },
        lost: Vec::new(),
        findings,
    })
}

fn name(tags: &OwnedTags, id: &str) -> String {
    value(tags, "name").unwrap_or(id).to_owned()
}

#[cfg(test)]
mod tests {
    use geo::Intersects;
    use geo_types::Point;

    use super::*;
    use crate::inputs::Source;
    use crate::inputs::osm::pbf::{self, Block};

    const TAGS: &[(&str, &str)] = &[("type", "boundary"), ("boundary", "administrative")];

    /// The shape of a relation of these ways, whose nodes `10 x + y` lie at (x, y) in 0.1°.
    fn shape(members: &[(&[i64], &str)]) -> Option<MultiPolygon<f64>> {
        let mut block = Block::default();
        for node in 0..100 {
            block.node(node, node / 10 * 1_000_000, node % 10 * 1_000_000, &[]);
        }
        let mut roles = Vec::new();
        for ((refs, role), way) in members.iter().zip(1..) {
            // The same nodes are the same way.
            let first = members.iter().position(|(other, _)| other == refs);
            let first = first.map_or(way, |first| first as i64 + 1);
            if first == way {
                block.way(way, refs, &[]);
            }
            roles.push((first, *role));
        }
        block.relation(1, &roles, TAGS);
        let source = Source::from_bytes("areas.osm.pbf", pbf::file(&block));
        let file = OsmFile::open(&source).expect("sound frames");
        let selector = "osm:boundary".parse().expect("a selector");
        let mut read = read_areas(&file, &selector).expect("sound blocks");
        read.areas.pop().map(|area| area.shape)
    }

    /// Which of these places, in 0.1°, lie in it.
    fn holds<const N: usize>(shape: &MultiPolygon<f64>, places: [(f64, f64); N]) -> [bool; N] {
        places.map(|(x, y)| shape.intersects(&Point::new(x / 10.0, y / 10.0)))
    }

    const OUTER: (&[i64], &str) = (&[0, 90, 99, 9, 0], "outer");

    #[test]
    fn enclaves_that_touch_are_both_holes() {
        // The second begins on the first, the third on the outer ring.
        let inner: [(&[i64], &str); 3] = [
            (&[22, 42, 44, 24, 22], "inner"),
            (&[42, 62, 64, 44, 42], "inner"),
            (&[60, 80, 71, 60], "inner"),
        ];
        let shape = shape(&[OUTER, inner[0], inner[1], inner[2]]).expect("a closed boundary");
        let places = [(3.0, 3.0), (5.0, 3.0), (7.0, 0.5), (1.0, 1.0), (7.0, 5.0)];
        assert_eq!(holds(&shape, places), [false, false, false, true, true]);
    }

    #[test]
    fn enclaves_that_touch_at_two_nodes_leave_the_ground_between_them() {
        // Two bows from 41 to 47, each of two ways; between them a lens that is ground. In every order of the ways.
        let bows: [&[i64]; 4] = [&[41, 14, 47], &[41, 34, 47], &[41, 54, 47], &[41, 74, 47]];
        let orders = [
            [0, 1, 2, 3],
            [0, 3, 1, 2],
            [0, 2, 1, 3],
            [2, 0, 3, 1],
            [1, 2, 3, 0],
        ];
        for order in orders {
            let inner = order.map(|bow| (bows[bow], "inner"));
            let shape = shape(&[OUTER, inner[0], inner[1], inner[2], inner[3]]);
            let places = [(2.2, 4.0), (5.8, 4.0), (4.0, 4.0), (0.5, 4.0)];
            let held = holds(&shape.expect("closed"), places);
            assert_eq!(held, [false, false, true, true], "{order:?}");
        }
    }

    #[test]
    fn enclaves_that_share_a_way_may_list_it_twice() {
        let inner: [(&[i64], &str); 3] = [
            (&[42, 22, 24, 44], "inner"),
            (&[42, 44], "inner"),
            (&[42, 62, 64, 44], "inner"),
        ];
        // Once: the two enclaves are one hole with a way across it.
        let mut members = vec![OUTER, inner[0], inner[1], inner[2], inner[1]];
        let shape = shape(&members).expect("closed");
        assert_eq!(
            holds(&shape, [(3.0, 3.0), (5.0, 3.0), (7.0, 7.0)]),
            [false, false, true]
        );
        members.truncate(4);
        assert!(
            super::tests::shape(&members).is_none(),
            "a way is left over"
        );
    }

    #[test]
    fn an_island_in_an_enclave_may_touch_it_and_wrong_roles_do_no_harm() {
        let island: &[i64] = &[22, 32, 33, 22];
        let enclave: &[i64] = &[22, 62, 66, 26, 22];
        let places = [(2.8, 2.4), (5.0, 5.0), (1.0, 1.0)];
        for role in ["outer", "inner", ""] {
            let shape = shape(&[(island, role), (enclave, "inner"), OUTER]).expect("closed");
            assert_eq!(holds(&shape, places), [true, false, true], "{role}");
        }
        let split = [
            (&[0, 90][..], "outer"),
            (&[90, 99, 9][..], "inner"),
            (&[9, 0][..], "outer"),
            (enclave, "inner"),
        ];
        let shape = shape(&split).expect("closed");
        assert_eq!(holds(&shape, places), [false, false, true]);
    }
}
