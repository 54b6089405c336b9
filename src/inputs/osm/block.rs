//! A block of a PBF file, read in place: its strings, nodes, ways and relations, straight from the unpacked bytes.
//!
//! All of a block is [checked](check) before anything is taken from it, so what walks over it afterwards cannot fail.
//! Nothing is built for an object that nobody asks for.
//!
//! # Source
//! <https://github.com/openstreetmap/OSM-binary/blob/master/osmpbf/osmformat.proto>

use geo_types::Coord;

use super::fields::{Fields, Numbers, Value, is_sound_run, signed};
use crate::geometry::{Location, is_on_earth};
use crate::text::language::{Words, words};

/// The most objects that are taken from one block, dense nodes not counted. Writers put 8,000 into one (the format's
/// recommendation); this many are still looked through in some hundredths of a second.
const MAX_OBJECTS: usize = 400_000;
/// The most strings that are taken from one block: two new ones for each object and more.
const MAX_STRINGS: usize = 1_000_000;
/// The most numbers that are taken from one block: ten for each object and more.
const MAX_NUMBERS: usize = 10_000_000;
/// The highest member type of a relation: 0 node, 1 way, 2 relation.
const MAX_MEMBER_TYPE: u64 = 2;
const WAY_MEMBER: u64 = 1;

/// A set of kinds of objects.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Kinds(pub(super) u8);

impl Kinds {
    pub(super) const NODES: Self = Self(1);
    pub(super) const WAYS: Self = Self(2);
    pub(super) const RELATIONS: Self = Self(4);
    /// What may have an outline.
    pub(super) const WAYS_AND_RELATIONS: Self = Self(6);
    pub(super) const ALL: Self = Self(7);

    fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }

    pub(super) fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// A key and a value, as positions in the table of strings.
pub(super) type Pair = (u32, u32);

/// A block to walk over.
#[derive(Debug)]
pub(super) struct Block<'a> {
    /// `None` for what is not UTF-8.
    strings: Vec<Option<&'a str>>,
    groups: Vec<&'a [u8]>,
    grid: Grid,
}

/// How a block writes places.
#[derive(Clone, Copy, Debug)]
struct Grid {
    granularity: i64,
    lon_offset: i64,
    lat_offset: i64,
}

impl Default for Grid {
    /// What the format says of a block that does not.
    fn default() -> Self {
        Self {
            granularity: 100,
            lon_offset: 0,
            lat_offset: 0,
        }
    }
}

/// A node, dense or not.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node<'b> {
    pub(super) id: i64,
    pub(super) pairs: &'b [Pair],
    grid: Grid,
    lon: i64,
    lat: i64,
}

impl Node<'_> {
    /// Where it is; `None` off the earth. Numbers that overflow, as no map's do, wrap.
    pub(super) fn location(&self) -> Option<Location> {
        let Grid {
            granularity,
            lon_offset,
            lat_offset,
        } = self.grid;
        let nano = |offset: i64, at: i64| offset.wrapping_add(granularity.wrapping_mul(at));
        location(nano(lon_offset, self.lon), nano(lat_offset, self.lat))
    }
}

/// A location from 10⁻⁹ degrees; `None` off the earth.
fn location(nano_lon: i64, nano_lat: i64) -> Option<Location> {
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

/// A way.
#[derive(Clone, Copy, Debug)]
pub(super) struct Way<'b> {
    pub(super) id: i64,
    pub(super) pairs: &'b [Pair],
    message: &'b [u8],
}

impl<'b> Way<'b> {
    /// The ids of its nodes.
    pub(super) fn refs(&self) -> impl Iterator<Item = i64> + use<'b> {
        sums(Numbers::new(self.message, 8))
    }
}

/// A relation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Relation<'b> {
    pub(super) id: i64,
    pub(super) pairs: &'b [Pair],
    message: &'b [u8],
}

impl<'b> Relation<'b> {
    /// Its member ways in order: their ids, and their roles as positions in the table of strings.
    pub(super) fn ways(&self) -> impl Iterator<Item = (i64, u32)> + use<'b> {
        let roles = Numbers::new(self.message, 8).map(|role| role as u32);
        let members = sums(Numbers::new(self.message, 9)).zip(roles);
        members
            .zip(Numbers::new(self.message, 10))
            .filter(|(_, kind)| *kind == WAY_MEMBER)
            .map(|(member, _)| member)
    }
}

/// The numbers whose differences these are.
fn sums(differences: Numbers<'_>) -> impl Iterator<Item = i64> + use<'_> {
    differences.scan(0_i64, |sum, difference| {
        *sum = sum.wrapping_add(signed(difference));
        Some(*sum)
    })
}

/// The last number of a field that stands once in a message.
fn number(message: &[u8], field: u64) -> Option<u64> {
    Numbers::new(message, field).last()
}

impl<'a> Block<'a> {
    /// The block in these bytes, which have been [checked](check); what cannot be read is passed over.
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        let mut block = Self {
            strings: Vec::new(),
            groups: Vec::new(),
            grid: Grid::default(),
        };
        let mut table: &[u8] = &[];
        for field in Fields(bytes).flatten() {
            match field {
                // Of two tables, which no writer makes, the second replaces the first, as parsers have it.
                (1, Value::Bytes(bytes)) => table = bytes,
                (2, Value::Bytes(group)) => block.groups.push(group),
                (17, Value::Number(granularity)) => {
                    block.grid.granularity = i64::from(granularity as i32);
                }
                (19, Value::Number(offset)) => block.grid.lat_offset = offset as i64,
                (20, Value::Number(offset)) => block.grid.lon_offset = offset as i64,
                _ => {}
            }
        }
        block.strings = objects(table, 1)
            .map(|string| std::str::from_utf8(string).ok())
            .collect();
        block
    }

    /// A string of the table; `None` where it is not there or not UTF-8.
    pub(super) fn string(&self, index: u32) -> Option<&'a str> {
        *self.strings.get(index as usize)?
    }

    /// Where the value of a key stands in the table; tags of which half is no string are passed over.
    pub(super) fn value(&self, pairs: &[Pair], key: &str) -> Option<u32> {
        let mut values = pairs
            .iter()
            .filter(|(name, _)| self.string(*name) == Some(key));
        let value = values.find(|(_, value)| self.string(*value).is_some());
        value.map(|(_, value)| *value)
    }

    /// How many strings the table has.
    pub(super) fn string_count(&self) -> usize {
        self.strings.len()
    }

    /// The tags behind pairs; one of which half is no string is left out.
    pub(super) fn tags(&self, pairs: &[Pair]) -> Vec<(&'a str, &'a str)> {
        let tag = |(key, value): &Pair| Some((self.string(*key)?, self.string(*value)?));
        pairs.iter().filter_map(tag).collect()
    }

    /// Which strings of the table are among these keys: objects without any need no closer look.
    pub(super) fn marks(&self, keys: &[&str]) -> Marks {
        self.marks_where(|string| keys.contains(&string))
    }

    /// Which strings of the table are keys of some kind.
    pub(super) fn marks_where(&self, is_key: impl Fn(&str) -> bool) -> Marks {
        let strings = self.strings.iter();
        Marks(strings.map(|string| string.is_some_and(&is_key)).collect())
    }

    /// Visits the nodes: of each group first the dense ones.
    pub(super) fn each_node(&self, mut visit: impl FnMut(Node<'_>)) {
        let mut pairs = Vec::new();
        for group in &self.groups {
            // Of two dense messages, which no writer makes, the second replaces the first, as parsers have it.
            if let Some(dense) = objects(group, 2).last() {
                self.each_dense_node(dense, &mut pairs, &mut visit);
            }
            for message in objects(group, 1) {
                take_pairs(message, &mut pairs);
                let at = |field| signed(number(message, field).unwrap_or_default());
                visit(Node {
                    id: at(1),
                    pairs: &pairs,
                    grid: self.grid,
                    lon: at(9),
                    lat: at(8),
                });
            }
        }
    }

    fn each_dense_node(
        &self,
        dense: &[u8],
        pairs: &mut Vec<Pair>,
        visit: &mut impl FnMut(Node<'_>),
    ) {
        let [ids, lats, lons] = [1, 8, 9].map(|field| sums(Numbers::new(dense, field)));
        let mut tags = Numbers::new(dense, 10);
        for ((id, lat), lon) in ids.zip(lats).zip(lons) {
            pairs.clear();
            // Pairs up to a zero.
            while let Some(key) = tags.next().map(|key| key as u32).filter(|key| *key != 0) {
                let Some(value) = tags.next() else { break };
                pairs.push((key, value as u32));
            }
            visit(Node {
                id,
                pairs,
                grid: self.grid,
                lon,
                lat,
            });
        }
    }

    /// Visits the ways.
    pub(super) fn each_way(&self, mut visit: impl FnMut(Way<'_>)) {
        self.each_tagged(3, |id, pairs, message| visit(Way { id, pairs, message }));
    }

    /// Visits the relations.
    pub(super) fn each_relation(&self, mut visit: impl FnMut(Relation<'_>)) {
        self.each_tagged(4, |id, pairs, message| {
            visit(Relation { id, pairs, message });
        });
    }

    fn each_tagged(&self, kind: u64, mut visit: impl FnMut(i64, &[Pair], &[u8])) {
        let mut pairs = Vec::new();
        for message in self.groups.iter().flat_map(|group| objects(group, kind)) {
            take_pairs(message, &mut pairs);
            let id = number(message, 1).unwrap_or_default() as i64;
            visit(id, &pairs, message);
        }
    }
}

/// Which strings of a block are among some keys.
#[derive(Debug)]
pub(super) struct Marks(Vec<bool>);

impl Marks {
    /// Whether an object has any of the keys.
    pub(super) fn any(&self, pairs: &[Pair]) -> bool {
        pairs.iter().any(|(key, _)| self.has(*key))
    }

    /// Whether a key is one of them.
    pub(super) fn has(&self, key: u32) -> bool {
        self.0.get(key as usize) == Some(&true)
    }
}

/// The messages of one kind in a group.
fn objects(group: &[u8], kind: u64) -> impl Iterator<Item = &[u8]> {
    Fields(group).filter_map(move |field| match field? {
        (found, Value::Bytes(message)) if found == kind => Some(message),
        _ => None,
    })
}

/// The tags of a node, way or relation.
fn take_pairs(message: &[u8], pairs: &mut Vec<Pair>) {
    pairs.clear();
    let [keys, values] = [2, 3].map(|field| Numbers::new(message, field));
    pairs.extend(
        keys.zip(values)
            .map(|(key, value)| (key as u32, value as u32)),
    );
}

fn unreadable() -> Words {
    words!("the block cannot be read", "数据块内容无法读取")
}

/// Checks a whole block, and answers with the kinds of objects in it.
///
/// # Errors
/// The reason why it cannot be used.
pub(super) fn check(block: &[u8]) -> Result<Kinds, Words> {
    let (mut kinds, mut count) = (Kinds::default(), Count::default());
    let mut has_table = false;
    for field in Fields(block) {
        match field.ok_or_else(unreadable)? {
            (1, Value::Bytes(table)) => {
                has_table = true;
                count.strings(table)?;
            }
            (2, Value::Bytes(group)) => kinds.add(check_group(group, &mut count)?),
            _ => count.object()?,
        }
    }
    let is_whole = has_table || kinds == Kinds::default();
    is_whole.then_some(kinds).ok_or_else(unreadable)
}

/// What a block holds so far: a hostile one may hold millions of empty objects, each of two bytes.
#[derive(Debug, Default)]
struct Count {
    objects: usize,
    strings: usize,
    numbers: usize,
}

impl Count {
    fn object(&mut self) -> Result<(), Words> {
        self.objects += 1;
        check_count(self.objects, MAX_OBJECTS, ("objects", "对象"))
    }

    fn strings(&mut self, table: &[u8]) -> Result<(), Words> {
        for field in Fields(table) {
            field.ok_or_else(unreadable)?;
            self.strings += 1;
            check_count(self.strings, MAX_STRINGS, ("strings", "字符串"))?;
        }
        Ok(())
    }

    fn group(&mut self, group: &[u8]) -> Result<(), Words> {
        for field in Fields(group) {
            field.ok_or_else(unreadable)?;
            self.object()?;
        }
        // The last byte of a number, and no other, is below 0x80. Counted in short runs, so that the count of each fits a
        // byte and many are counted at once.
        let ends = |run: &[u8]| run.iter().map(|byte| u8::from(*byte < 0x80)).sum::<u8>();
        let runs = group.chunks(usize::from(u8::MAX));
        self.numbers += runs.map(|run| usize::from(ends(run))).sum::<usize>();
        check_count(self.numbers, MAX_NUMBERS, ("numbers", "数值"))
    }
}

fn check_count(count: usize, max: usize, (what, zh): (&str, &str)) -> Result<(), Words> {
    if count > max {
        return Err(words!(
            "holds more than {max} {what} in one block; pack the file anew (osmium cat -f pbf)",
            "一个数据块含有超过 {max} 个{zh}；请重新打包（osmium cat -f pbf）"
        ));
    }
    Ok(())
}

/// The kinds of objects in a group whose objects can all be read.
fn check_group(group: &[u8], count: &mut Count) -> Result<Kinds, Words> {
    // Counted first: what holds too much is said to, whatever it holds.
    count.group(group)?;
    let mut kinds = Kinds::default();
    for field in Fields(group).flatten() {
        let (kind, message, needed, arrays) = match field {
            (1, Value::Bytes(node)) => (Kinds::NODES, node, set(&[1, 8, 9]), set(&[2, 3])),
            (2, Value::Bytes(dense)) => (Kinds::NODES, dense, 0, set(&[1, 8, 9, 10])),
            (3, Value::Bytes(way)) => (Kinds::WAYS, way, set(&[1]), set(&[2, 3, 8])),
            (4, Value::Bytes(relation)) => {
                let arrays = set(&[2, 3, 8, 9, 10]);
                (Kinds::RELATIONS, relation, set(&[1]), arrays)
            }
            _ => continue,
        };
        kinds.add(kind);
        check_object(message, needed, arrays)?;
        if kind == Kinds::RELATIONS {
            check_member_types(message)?;
        }
    }
    Ok(kinds)
}

/// A set of fields of which the numbers are below 64, as all that matter are.
const fn set(fields: &[u64]) -> u64 {
    let (mut set, mut at) = (0, 0);
    while at < fields.len() {
        set |= 1 << fields[at];
        at += 1;
    }
    set
}

/// Checks that a message has the numbers that it needs and that its arrays can be read.
fn check_object(message: &[u8], needed: u64, arrays: u64) -> Result<(), Words> {
    let mut missing = needed;
    for field in Fields(message) {
        let (field, value) = field.ok_or_else(unreadable)?;
        let field = if field < 64 { 1 << field } else { 0 };
        match value {
            Value::Number(_) => missing &= !field,
            Value::Bytes(run) if arrays & field != 0 && !is_sound_run(run) => {
                return Err(unreadable());
            }
            _ => {}
        }
    }
    (missing == 0).then_some(()).ok_or_else(unreadable)
}

fn check_member_types(relation: &[u8]) -> Result<(), Words> {
    match Numbers::new(relation, 10).find(|kind| *kind > MAX_MEMBER_TYPE) {
        None => Ok(()),
        Some(kind) => Err(words!(
            "a relation has a member of unknown type {kind}",
            "有关系的成员类型 {kind} 未知"
        )),
    }
}

#[cfg(test)]
#[path = "block_tests.rs"]
mod tests;
