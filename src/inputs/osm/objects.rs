//! The objects that a layer selects, with their tags and all that is needed to draw them.

use geo_types::Coord;

use super::block::{Block, Kinds, Marks, Pair};
use super::frames::OsmFile;
use crate::geometry::Location;
use crate::inputs::InputError;

/// An object's tags, kept.
pub(super) type OwnedTags = Vec<(String, String)>;

/// Borrows kept tags.
pub(super) fn borrowed(tags: &OwnedTags) -> Vec<(&str, &str)> {
    tags.iter()
        .map(|(key, value)| (key.as_str(), value.as_str()))
        .collect()
}

/// The value of a kept tag.
pub(super) fn value<'t>(tags: &'t OwnedTags, key: &str) -> Option<&'t str> {
    tags.iter()
        .find(|(name, _)| name == key)
        .map(|(_, value)| value.as_str())
}

/// Finds ids in an ascending list. Most are asked for in ascending order, so it looks on from the last one, in steps that
/// double.
pub(super) struct Finder<'a> {
    ids: &'a [i64],
    /// How many ids are below the last one that was asked for.
    below: usize,
}

impl<'a> Finder<'a> {
    pub(super) fn new(ids: &'a [i64]) -> Self {
        Self { ids, below: 0 }
    }

    /// The position of an id in the list.
    #[inline]
    pub(super) fn find(&mut self, id: i64) -> Option<usize> {
        if self.below > 0 && self.ids[self.below - 1] >= id {
            self.below = self.ids[..self.below].partition_point(|below| *below < id);
        } else {
            self.look_on(id);
        }
        (self.ids.get(self.below) == Some(&id)).then_some(self.below)
    }

    #[inline]
    fn look_on(&mut self, id: i64) {
        let rest = &self.ids[self.below..];
        let mut end = 1;
        while rest.get(end - 1).is_some_and(|below| *below < id) {
            end *= 2;
        }
        let steps = &rest[end / 2..end.min(rest.len())];
        self.below += end / 2 + steps.partition_point(|below| *below < id);
    }
}

/// A selected node.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) id: i64,
    pub(super) location: Option<Location>,
    pub(super) tags: OwnedTags,
}

/// A selected way; its refs are node ids.
#[derive(Debug)]
pub(super) struct Way {
    pub(super) id: i64,
    pub(super) tags: OwnedTags,
    pub(super) refs: Vec<i64>,
}

/// A selected relation with its member ways in order: id, and whether the role is `inner`.
#[derive(Debug)]
pub(super) struct Relation {
    pub(super) id: i64,
    pub(super) tags: OwnedTags,
    pub(super) ways: Vec<(i64, bool)>,
}

impl Relation {
    /// Its inner member ways, or all others.
    pub(super) fn members(&self, inner: bool) -> impl Iterator<Item = i64> + '_ {
        let ways = self
            .ways
            .iter()
            .filter(move |(_, is_inner)| *is_inner == inner);
        ways.map(|(way, _)| *way)
    }
}

/// Everything that a layer selects, each list ascending by id, each object once.
#[derive(Debug)]
pub(super) struct Objects {
    pub(super) nodes: Vec<Node>,
    pub(super) ways: Vec<Way>,
    pub(super) relations: Vec<Relation>,
    /// The ways that the relations are made of.
    members: Vec<Way>,
    ids: Vec<i64>,
    locations: Vec<Option<Location>>,
}

/// Keeps tags.
pub(super) fn owned(tags: &[(&str, &str)]) -> OwnedTags {
    tags.iter()
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
        .collect()
}

fn sorted<T>(blocks: Vec<Vec<T>>, id: impl Fn(&T) -> i64) -> Vec<T> {
    let mut all: Vec<T> = blocks.into_iter().flatten().collect();
    all.sort_by_key(&id);
    all.dedup_by_key(|one| id(one));
    all
}

impl Objects {
    /// Sweeps the file for the objects of some kinds whose tags `select` accepts, which it does only with one of these keys.
    pub(super) fn collect(
        file: &OsmFile<'_>,
        kinds: Kinds,
        keys: &[&str],
        select: impl Fn(&[(&str, &str)]) -> bool + Sync + Send,
    ) -> Result<Self, InputError> {
        let select_of = |kind: Kinds, block: &Block<'_>| Select {
            marks: block.marks(if kinds.meets(kind) { keys } else { &[] }),
            accepts: &select,
        };
        let swept = file.map_blocks(Kinds::RELATIONS, |block| {
            relations(block, &select_of(Kinds::RELATIONS, block))
        })?;
        let relations = sorted(swept, |relation| relation.id);
        let mut wanted: Vec<i64> = relations
            .iter()
            .flat_map(|r| r.ways.iter().map(|(way, _)| *way))
            .collect();
        wanted.sort_unstable();
        let swept = file.map_blocks(Kinds::WAYS, |block| {
            ways(block, &select_of(Kinds::WAYS, block), &wanted)
        })?;
        let (selected, members): (Vec<_>, Vec<_>) = swept.into_iter().unzip();
        let (selected, members) = (
            sorted(selected, |way| way.id),
            sorted(members, |way| way.id),
        );
        let mut ids: Vec<i64> = selected
            .iter()
            .chain(&members)
            .flat_map(|way| &way.refs)
            .copied()
            .collect();
        ids.sort_unstable();
        ids.dedup();
        let swept = file.map_blocks(Kinds::NODES, |block| {
            nodes(block, &select_of(Kinds::NODES, block), &ids)
        })?;
        let (selected_nodes, found): (Vec<_>, Vec<_>) = swept.into_iter().unzip();
        let nodes = sorted(selected_nodes, |node| node.id);
        let mut locations = vec![None; ids.len()];
        for (position, location) in found.into_iter().flatten() {
            // Of several versions of a node the first counts.
            locations[position].get_or_insert(location);
        }
        Ok(Self {
            nodes,
            ways: selected,
            relations,
            members,
            ids,
            locations,
        })
    }

    /// Where a node is, in degrees.
    pub(super) fn place(&self, node: i64) -> Option<Coord<f64>> {
        let position = self.ids.binary_search(&node).ok()?;
        self.locations[position].map(Location::degrees)
    }

    /// Whether a way is part of a selected relation.
    pub(super) fn is_member(&self, way: i64) -> bool {
        self.member(way).is_some()
    }

    /// A relation's member way; `None` when the file lacks it.
    pub(super) fn member(&self, way: i64) -> Option<&Way> {
        let position = self
            .members
            .binary_search_by_key(&way, |member| member.id)
            .ok()?;
        self.members.get(position)
    }
}

/// What is selected of a block.
struct Select<'s, F> {
    /// Strings that are keys of which an object needs one.
    marks: Marks,
    accepts: &'s F,
}

impl<F: Fn(&[(&str, &str)]) -> bool> Select<'_, F> {
    /// The tags of an object, where it is selected.
    fn tags<'b>(&self, block: &Block<'b>, pairs: &[Pair]) -> Option<Vec<(&'b str, &'b str)>> {
        let may_be = self.marks.any(pairs);
        let tags = may_be.then(|| block.tags(pairs))?;
        (self.accepts)(&tags).then_some(tags)
    }
}

/// The selected nodes of a block, and the locations of the wanted ones by their position among the ids.
fn nodes(
    block: &Block<'_>,
    select: &Select<'_, impl Fn(&[(&str, &str)]) -> bool>,
    ids: &[i64],
) -> (Vec<Node>, Vec<(usize, Location)>) {
    let (mut selected, mut found) = (Vec::new(), Vec::new());
    let mut finder = Finder::new(ids);
    block.each_node(|node| {
        if let Some(tags) = select.tags(block, node.pairs) {
            selected.push(Node {
                id: node.id,
                location: node.location(),
                tags: owned(&tags),
            });
        }
        if let Some(position) = finder.find(node.id)
            && let Some(location) = node.location()
        {
            found.push((position, location));
        }
    });
    (selected, found)
}

fn relations(
    block: &Block<'_>,
    select: &Select<'_, impl Fn(&[(&str, &str)]) -> bool>,
) -> Vec<Relation> {
    let mut found = Vec::new();
    block.each_relation(|relation| {
        let Some(tags) = select.tags(block, relation.pairs) else {
            return;
        };
        let mut tag = tags.iter();
        if tag.any(|tag| matches!(*tag, ("type", "multipolygon" | "boundary"))) {
            let is_inner = |role| block.string(role) == Some("inner");
            let ways = relation.ways().map(|(way, role)| (way, is_inner(role)));
            found.push(Relation {
                id: relation.id,
                tags: owned(&tags),
                ways: ways.collect(),
            });
        }
    });
    found
}

fn ways(
    block: &Block<'_>,
    select: &Select<'_, impl Fn(&[(&str, &str)]) -> bool>,
    wanted: &[i64],
) -> (Vec<Way>, Vec<Way>) {
    let (mut selected, mut members) = (Vec::new(), Vec::new());
    block.each_way(|way| {
        let refs = || way.refs().collect();
        if let Some(tags) = select.tags(block, way.pairs) {
            selected.push(Way {
                id: way.id,
                tags: owned(&tags),
                refs: refs(),
            });
        }
        if wanted.binary_search(&way.id).is_ok() {
            members.push(Way {
                id: way.id,
                tags: OwnedTags::new(),
                refs: refs(),
            });
        }
    });
    (selected, members)
}

#[cfg(test)]
mod tests {
    use super::Finder;

    #[test]
    fn ids_are_found_in_any_order() {
        let ids = [-3, 1, 2, 5, 9];
        let found = |asked: &[i64]| {
            let mut finder = Finder::new(&ids);
            asked.iter().map(|id| finder.find(*id)).collect::<Vec<_>>()
        };
        assert_eq!(found(&ids), [0, 1, 2, 3, 4].map(Some));
        assert_eq!(
            found(&[1, 1, 2, 3, 4, 5, 6, 9, 10, -3, -9, 2, 9]),
            [
                Some(1),
                Some(1),
                Some(2),
                None,
                None,
                Some(3),
                None,
                Some(4),
                None,
                Some(0),
                None,
                Some(2),
                Some(4)
            ]
        );
        assert_eq!(Finder::new(&[]).find(1), None);
    }
}
