//! The objects that a layer selects, with their tags and all that is needed to draw them.

use geo_types::Coord;
use osmpbf::{PrimitiveBlock, RelMemberType};

use super::frames::{Kinds, OsmFile};
use crate::geometry::{Location, is_on_earth};
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

/// The tags behind indices into a block's string table; a pair that is not UTF-8 or not in the table is left out.
pub(super) fn tags(
    block: &PrimitiveBlock,
    indices: impl Iterator<Item = (usize, usize)>,
) -> Vec<(&str, &str)> {
    let text = |index: usize| std::str::from_utf8(block.raw_stringtable().get(index)?).ok();
    indices
        .filter_map(|(key, value)| Some((text(key)?, text(value)?)))
        .collect()
}

fn signed(index: i32) -> usize {
    usize::try_from(index).unwrap_or(usize::MAX)
}

pub(super) fn unsigned(pair: (u32, u32)) -> (usize, usize) {
    (pair.0 as usize, pair.1 as usize)
}

/// A location from 10⁻⁹ degrees; `None` off the earth.
pub(super) fn location(nano_lon: i64, nano_lat: i64) -> Option<Location> {
    let place = Coord {
        x: nano_lon as f64 / 1e9,
        y: nano_lat as f64 / 1e9,
    };
    let e7 = |nano: i64| i32::try_from(nano / 100).ok();
    is_on_earth(place).then_some(())?;
    Some(Location {
        lon_e7: e7(nano_lon)?,
        lat_e7: e7(nano_lat)?,
    })
}

/// A node as a sweep sees it.
pub(super) struct SeenNode<'b> {
    pub(super) id: i64,
    pub(super) location: Option<Location>,
    pub(super) tags: Vec<(&'b str, &'b str)>,
}

/// Visits the nodes of a block, dense or not.
pub(super) fn each_node(block: &PrimitiveBlock, mut visit: impl FnMut(SeenNode<'_>)) {
    for group in block.groups() {
        for node in group.dense_nodes() {
            let raw = node
                .raw_tags()
                .map(|(key, value)| (signed(key), signed(value)));
            let location = location(node.nano_lon(), node.nano_lat());
            visit(SeenNode {
                id: node.id(),
                location,
                tags: tags(block, raw),
            });
        }
        for node in group.nodes() {
            let location = location(node.nano_lon(), node.nano_lat());
            visit(SeenNode {
                id: node.id(),
                location,
                tags: tags(block, node.raw_tags().map(unsigned)),
            });
        }
    }
}

/// Finds ids in an ascending list. Most files are sorted, so it looks next to the last one that it found first.
pub(super) struct Finder<'a> {
    ids: &'a [i64],
    next: usize,
}

impl<'a> Finder<'a> {
    pub(super) fn new(ids: &'a [i64]) -> Self {
        Self { ids, next: 0 }
    }

    /// The position of an id in the list.
    pub(super) fn find(&mut self, id: i64) -> Option<usize> {
        let follows = self.next > 0 && self.ids[self.next - 1] < id;
        if follows && self.ids.get(self.next).is_none_or(|next| *next >= id) {
            let found = self.ids.get(self.next) == Some(&id);
            self.next += usize::from(found);
            return found.then(|| self.next - 1);
        }
        let position = self.ids.binary_search(&id);
        self.next = position.map_or_else(|after| after, |at| at + 1);
        position.ok()
    }
}

/// A selected node.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) id: i64,
    pub(super) location: Option<Location>,
    pub(super) name: Option<String>,
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

fn owned(tags: &[(&str, &str)]) -> OwnedTags {
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
    /// Sweeps the file for the objects whose tags `select` accepts.
    pub(super) fn collect(
        file: &OsmFile<'_>,
        select: impl Fn(&[(&str, &str)]) -> bool + Sync + Send,
    ) -> Result<Self, InputError> {
        let swept = file.map_blocks(Kinds::RELATIONS, |block| relations(block, &select))?;
        let relations = sorted(swept, |relation| relation.id);
        let mut wanted: Vec<i64> = relations
            .iter()
            .flat_map(|r| r.ways.iter().map(|(way, _)| *way))
            .collect();
        wanted.sort_unstable();
        let swept = file.map_blocks(Kinds::WAYS, |block| ways(block, &select, &wanted))?;
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
        let swept = file.map_blocks(Kinds::NODES, |block| nodes(block, &select, &ids))?;
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

/// The selected nodes of a block, and the locations of the wanted ones by their position among the ids.
fn nodes(
    block: &PrimitiveBlock,
    select: &impl Fn(&[(&str, &str)]) -> bool,
    ids: &[i64],
) -> (Vec<Node>, Vec<(usize, Location)>) {
    let (mut selected, mut found) = (Vec::new(), Vec::new());
    let mut finder = Finder::new(ids);
    each_node(block, |node| {
        let SeenNode { id, location, tags } = node;
        if !tags.is_empty() && select(&tags) {
            let name = tags.iter().find(|(key, _)| *key == "name");
            let name = name.map(|(_, name)| (*name).to_owned());
            selected.push(Node { id, location, name });
        }
        if let (Some(position), Some(location)) = (finder.find(id), location) {
            found.push((position, location));
        }
    });
    (selected, found)
}

fn relations(block: &PrimitiveBlock, select: &impl Fn(&[(&str, &str)]) -> bool) -> Vec<Relation> {
    let mut found = Vec::new();
    for relation in block.groups().flat_map(|group| group.relations()) {
        let tags = tags(block, relation.raw_tags().map(unsigned));
        let is_area = tags
            .iter()
            .any(|tag| matches!(*tag, ("type", "multipolygon" | "boundary")));
        if is_area && select(&tags) {
            let ways = relation
                .members()
                .filter(|member| member.member_type == RelMemberType::Way);
            let ways = ways
                .map(|way| (way.member_id, way.role().is_ok_and(|role| role == "inner")))
                .collect();
            found.push(Relation {
                id: relation.id(),
                tags: owned(&tags),
                ways,
            });
        }
    }
    found
}

fn ways(
    block: &PrimitiveBlock,
    select: &impl Fn(&[(&str, &str)]) -> bool,
    wanted: &[i64],
) -> (Vec<Way>, Vec<Way>) {
    let (mut selected, mut members) = (Vec::new(), Vec::new());
    for way in block.groups().flat_map(|group| group.ways()) {
        let tags = tags(block, way.raw_tags().map(unsigned));
        let refs = || way.refs().collect();
        if select(&tags) {
            selected.push(Way {
                id: way.id(),
                tags: owned(&tags),
                refs: refs(),
            });
        }
        if wanted.binary_search(&way.id()).is_ok() {
            members.push(Way {
                id: way.id(),
                tags: OwnedTags::new(),
                refs: refs(),
            });
        }
    }
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
