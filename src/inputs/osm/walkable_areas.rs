//! Walkable areas mapped as multipolygons: plazas, platforms, piers. What such a relation says of its ground holds for the
//! ways of its rings, along which people walk.

use super::block::Kinds;
use super::frames::OsmFile;
use super::objects::{OwnedTags, borrowed, owned};
use crate::inputs::InputError;
use crate::inputs::access::{self, CutReason, Tags, Walkable};
use crate::model::Access;

/// The ways of the rings of walkable areas.
#[derive(Default)]
pub(super) struct RingWays {
    /// Each with the positions of its areas, ascending by both.
    ways: Vec<(i64, u32)>,
    /// The areas' tags, in file order.
    areas: Vec<OwnedTags>,
}

impl RingWays {
    /// Reads the relations.
    ///
    /// # Errors
    /// [`InputError::Malformed`] naming the blob.
    pub(super) fn read(file: &OsmFile<'_>) -> Result<Self, InputError> {
        let blocks = file.map_blocks(Kinds::RELATIONS, |block| {
            let marks = block.marks(&access::STREET_KEYS);
            let mut found: Vec<(OwnedTags, Vec<i64>)> = Vec::new();
            block.each_relation(|relation| {
                if !marks.any(relation.pairs) {
                    return;
                }
                let tags = block.tags(relation.pairs);
                let is_area = tags.contains(&("type", "multipolygon"));
                if is_area && access::is_street(Tags(&tags)) {
                    let members = relation.ways().map(|(way, _)| way);
                    found.push((owned(&tags), members.collect()));
                }
            });
            found
        })?;
        let mut rings = Self::default();
        for (area, (tags, members)) in (0..).zip(blocks.into_iter().flatten()) {
            rings.areas.push(tags);
            rings
                .ways
                .extend(members.into_iter().map(|way| (way, area)));
        }
        rings.ways.sort_unstable();
        rings.ways.dedup();
        Ok(rings)
    }

    /// What the areas around a way, if any, say of it; `own` are its own tags, which do not make it a street. Of several
    /// areas the one that lets most people in counts, of equal ones the first.
    pub(super) fn tags<'t>(
        &'t self,
        way: i64,
        own: impl FnOnce() -> Vec<(&'t str, &'t str)>,
    ) -> Option<Vec<(&'t str, &'t str)>> {
        let first = self.ways.partition_point(|(before, _)| *before < way);
        let areas = self.ways[first..].iter();
        let mut areas = areas.take_while(|(id, _)| *id == way).peekable();
        areas.peek()?;
        let own = own();
        let said = areas.map(|(_, area)| merged(&own, &self.areas[*area as usize]));
        said.min_by_key(|tags| rank(access::walkable(Tags(tags))))
    }
}

/// The tags of an area, and of a ring way what it says itself: who may walk there, on which level. What kind of thing the
/// way is apart from that (a platform's edge, a house in a square) is not said of the ground beside it.
fn merged<'t>(own: &[(&'t str, &'t str)], area: &'t OwnedTags) -> Vec<(&'t str, &'t str)> {
    let is_of_area = |key: &str| key == "name" || access::STREET_KEYS.contains(&key);
    let area = borrowed(area);
    let has = |tags: &[(&str, &str)], key: &str| tags.iter().any(|(name, _)| *name == key);
    let kept = own
        .iter()
        .filter(|(key, _)| !(is_of_area(key) && (*key != "name" || has(&area, key))))
        .copied();
    let mut tags: Vec<_> = kept.collect();
    let added = area.into_iter().filter(|(key, _)| !has(&tags, key));
    let added: Vec<_> = added.collect();
    tags.extend(added);
    tags
}

/// The lower, the more people may walk there.
fn rank(verdict: Result<Walkable, CutReason>) -> u8 {
    match verdict.map(|walkable| walkable.passage.access) {
        Ok(Access::Public) => 0,
        Ok(Access::Private) => 1,
        Err(_) => 2,
    }
}
