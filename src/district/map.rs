//! The map that is drawn: nodes, ways, tags; and how many junctions a walker's network of it has.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::geometry::Location;

/// Keys and values of one object.
pub(super) type Tags = Vec<(&'static str, Cow<'static, str>)>;

/// Who walks a way, as far as junctions are concerned: where this changes along a way, the network has a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Walk {
    /// Nobody: carriageways, walls, buildings, water.
    Nobody,
    Public,
    Steps,
    Private,
}

/// One way, by the positions of its nodes and of its tags.
#[derive(Clone, Copy, Debug)]
struct Way {
    first_ref: u32,
    ref_count: u32,
    tags: u32,
}

/// What is known of a node besides its place.
#[derive(Clone, Copy, Debug, Default)]
struct Meeting {
    /// How many walked segments end here, at most 255.
    segments: u8,
    /// The passage of the first of them.
    first: u8,
    mixed: bool,
    crossing: bool,
    /// Whether any way goes there, also one that nobody walks.
    used: bool,
}

impl Meeting {
    /// Whether the network has a node here: where other than two segments meet, the passage changes, or walkers wait.
    fn is_junction(self) -> bool {
        self.segments > 0 && (self.segments != 2 || self.mixed || self.crossing)
    }
}

/// Nodes and ways over them, as an OpenStreetMap file holds them.
#[derive(Clone, Debug, Default)]
pub struct Map {
    nodes: Vec<Location>,
    meetings: Vec<Meeting>,
    /// The tags of nodes that have any, ascending by node.
    node_tags: Vec<(u32, u32)>,
    ways: Vec<Way>,
    refs: Vec<u32>,
    tag_sets: Vec<Tags>,
    known_tags: HashMap<Tags, u32>,
    junctions: u32,
}

impl Map {
    /// The number of nodes.
    #[must_use]
    pub fn node_count(&self) -> usize {
        self.nodes.len()
    }

    /// The number of ways.
    #[must_use]
    pub(crate) fn way_count(&self) -> usize {
        self.ways.len()
    }

    /// The number of junctions: nodes of a walker's network, where other than two walked segments meet, where the kind of
    /// way or its access changes, and at crossings.
    #[must_use]
    pub fn junctions(&self) -> u32 {
        self.junctions
    }

    /// The ways: nodes by their positions, keys and values.
    #[must_use = "iterators are lazy"]
    pub fn ways(
        &self,
    ) -> impl ExactSizeIterator<Item = (&[u32], &[(&'static str, Cow<'static, str>)])> {
        self.ways.iter().map(|way| {
            let refs = &self.refs[way.first_ref as usize..(way.first_ref + way.ref_count) as usize];
            (refs, self.tag_sets[way.tags as usize].as_slice())
        })
    }

    /// The places of the nodes.
    #[must_use]
    pub fn nodes(&self) -> &[Location] {
        &self.nodes
    }

    /// The nodes that have tags, ascending, with them.
    #[must_use = "iterators are lazy"]
    pub fn tagged_nodes(
        &self,
    ) -> impl ExactSizeIterator<Item = (u32, &[(&'static str, Cow<'static, str>)])> {
        let sets = &self.tag_sets;
        let tagged = self.node_tags.iter();
        tagged.map(|(node, tags)| (*node, sets[*tags as usize].as_slice()))
    }

    pub(super) fn tag_set(&self, tags: u32) -> &Tags {
        &self.tag_sets[tags as usize]
    }

    /// The tags of the nodes from `first` up to `end` that have any.
    pub(super) fn node_tags(&self, first: u32, end: u32) -> &[(u32, u32)] {
        let position = |node| self.node_tags.partition_point(|tagged| tagged.0 < node);
        &self.node_tags[position(first)..position(end)]
    }

    /// The nodes of a way, and the position of its tags.
    pub(super) fn way_at(&self, index: usize) -> (&[u32], u32) {
        let way = self.ways[index];
        let first = way.first_ref as usize;
        (&self.refs[first..first + way.ref_count as usize], way.tags)
    }

    pub(super) fn node(&mut self, place: Location) -> u32 {
        self.nodes.push(place);
        self.meetings.push(Meeting::default());
        self.nodes.len() as u32 - 1
    }

    /// A node with tags; it must be the newest that has any.
    pub(super) fn tagged_node(&mut self, place: Location, tags: Tags) -> u32 {
        let node = self.node(place);
        let tags = self.intern(tags);
        self.node_tags.push((node, tags));
        node
    }

    /// A node where walkers wait before crossing.
    pub(super) fn crossing(&mut self, place: Location, tags: Tags) -> u32 {
        let node = self.tagged_node(place, tags);
        self.meetings[node as usize].crossing = true;
        node
    }

    /// Whether any way goes to a node; what none goes to is not written.
    pub(super) fn is_used(&self, node: usize) -> bool {
        self.meetings[node].used
    }

    /// Whether a walked way goes to a node.
    pub(super) fn is_walked(&self, node: usize) -> bool {
        self.meetings[node].segments > 0
    }

    /// Whether walkers wait at a node.
    pub(super) fn is_crossing(&self, node: u32) -> bool {
        self.meetings[node as usize].crossing
    }

    pub(super) fn way(&mut self, refs: &[u32], walk: Walk, tags: Tags) {
        let first_ref = self.refs.len() as u32;
        self.refs.extend_from_slice(refs);
        for node in refs {
            self.meetings[*node as usize].used = true;
        }
        let tags = self.intern(tags);
        self.ways.push(Way {
            first_ref,
            ref_count: refs.len() as u32,
            tags,
        });
        if walk != Walk::Nobody {
            for pair in refs.windows(2) {
                self.meet(pair[0], walk);
                self.meet(pair[1], walk);
            }
        }
    }

    /// A closed way around these places.
    pub(super) fn ring(&mut self, places: impl IntoIterator<Item = Location>, tags: Tags) {
        let mut refs: Vec<u32> = places.into_iter().map(|place| self.node(place)).collect();
        refs.push(refs[0]);
        self.way(&refs, Walk::Nobody, tags);
    }

    fn meet(&mut self, node: u32, walk: Walk) {
        let meeting = &mut self.meetings[node as usize];
        let before = meeting.is_junction();
        if meeting.segments == 0 {
            meeting.first = walk as u8;
        }
        meeting.mixed |= meeting.first != walk as u8;
        meeting.segments = meeting.segments.saturating_add(1);
        match (before, meeting.is_junction()) {
            (false, true) => self.junctions += 1,
            (true, false) => self.junctions -= 1,
            _ => {}
        }
    }

    fn intern(&mut self, tags: Tags) -> u32 {
        if let Some(known) = self.known_tags.get(&tags) {
            return *known;
        }
        let position = self.tag_sets.len() as u32;
        self.tag_sets.push(tags.clone());
        self.known_tags.insert(tags, position);
        position
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(map: &mut Map, count: i32) -> Vec<u32> {
        let place = |lon_e7| Location { lon_e7, lat_e7: 0 };
        (0..count).map(|x| map.node(place(x * 1000))).collect()
    }

    #[test]
    fn ends_forks_changes_and_crossings_are_junctions() {
        let mut map = Map::default();
        let nodes = row(&mut map, 6);
        map.way(&nodes[..3], Walk::Public, Tags::new());
        assert_eq!(map.junctions(), 2, "two ends");
        map.way(&nodes[2..4], Walk::Public, Tags::new());
        assert_eq!(map.junctions(), 2, "the same way goes on");
        map.way(&nodes[3..5], Walk::Private, Tags::new());
        assert_eq!(map.junctions(), 3, "two ends and a change");
        map.way(&[nodes[1], nodes[5]], Walk::Public, Tags::new());
        assert_eq!(map.junctions(), 5, "a fork and its end");
        map.way(&[nodes[0], nodes[5]], Walk::Nobody, Tags::new());
        assert_eq!(map.junctions(), 5, "nobody walks there");
    }
}
