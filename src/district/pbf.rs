//! Writes a map as OpenStreetMap's PBF.
//!
//! # Source
//! <https://wiki.openstreetmap.org/wiki/PBF_Format>: frames of a header and a blob, 8,000 objects in a block, dense nodes,
//! a string table for each block. The messages are few and flat, so they are written by hand; coordinates are in units of
//! 100 nanodegrees, the format's default.

use std::collections::HashMap;
use std::io::{self, Write};
use std::ops::Range;

use flate2::Compression;
use flate2::write::ZlibEncoder;

use super::chance::Purpose;
use super::ground::Ground;
use super::map::Map;
use super::shuffle::Shuffle;
use super::{District, DistrictOptions, LABEL};
use crate::geometry::Location;
use crate::parallel;

/// Objects in a block: what the format's description recommends.
const BLOCK: usize = 8_000;
/// Ids begin here: far above OpenStreetMap's (about 10¹⁰), so that none is taken for one of its objects.
const FIRST_ID: i64 = 1_000_000_000_000;

/// Blocks that are packed at the same time: what is packed waits in memory until it is written.
const BATCH: usize = 64;

/// In which order nodes and ways are numbered.
struct Numbers {
    nodes: Option<Shuffle>,
    ways: Option<Shuffle>,
}

impl Numbers {
    fn new(district: &District) -> Self {
        let DistrictOptions { seed, shuffled, .. } = district.options;
        let map = &district.map;
        let drawn = |purpose, count| shuffled.then(|| Shuffle::new(seed, purpose, count as u32));
        Self {
            nodes: drawn(Purpose::Nodes, map.node_count()),
            ways: drawn(Purpose::Ways, map.way_count()),
        }
    }
}

/// The position of what has a number.
fn position(order: Option<&Shuffle>, number: usize) -> usize {
    order.map_or(number, |order| order.position(number as u32) as usize)
}

/// The id of a node.
fn node_id(order: Option<&Shuffle>, node: u32) -> i64 {
    FIRST_ID + i64::from(order.map_or(node, |order| order.number(node)))
}

/// Writes the map of a district.
pub(super) fn write(district: &District, mut writer: impl Write) -> io::Result<()> {
    let map = &district.map;
    // Not packed, so that the label can be seen in the file.
    let mut raw = Vec::new();
    bytes_field(&mut raw, 1, &header(map));
    writer.write_all(&frame("OSMHeader", &raw))?;
    let ground = district.options.slopes.then_some(&district.ground);
    let numbers = Numbers::new(district);
    write_blocks(&mut writer, map.node_count(), |range| {
        node_block(map, ground, numbers.nodes.as_ref(), range)
    })?;
    write_blocks(&mut writer, map.way_count(), |range| {
        way_block(map, &numbers, range)
    })?;
    writer.flush()
}

fn write_blocks(
    writer: &mut impl Write,
    count: usize,
    block: impl Fn(&Range<usize>) -> Vec<u8> + Sync + Send,
) -> io::Result<()> {
    for batch in blocks(count).chunks(BATCH) {
        for frame in parallel::map(batch, 1, |range| packed_frame(&block(range))) {
            writer.write_all(&frame?)?;
        }
    }
    Ok(())
}

fn blocks(count: usize) -> Vec<Range<usize>> {
    let starts = (0..count).step_by(BLOCK);
    starts
        .map(|start| start..(start + BLOCK).min(count))
        .collect()
}

/// A base-128 number.
fn varint(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// A number of either sign, small ones short.
fn zigzag(number: i64) -> u64 {
    ((number << 1) ^ (number >> 63)) as u64
}

fn number_field(bytes: &mut Vec<u8>, field: u64, number: u64) {
    varint(bytes, field << 3);
    varint(bytes, number);
}

fn bytes_field(bytes: &mut Vec<u8>, field: u64, value: &[u8]) {
    varint(bytes, field << 3 | 2);
    varint(bytes, value.len() as u64);
    bytes.extend_from_slice(value);
}

fn packed_field(bytes: &mut Vec<u8>, field: u64, numbers: impl Iterator<Item = u64>) {
    let mut packed = Vec::new();
    for number in numbers {
        varint(&mut packed, number);
    }
    if !packed.is_empty() {
        bytes_field(bytes, field, &packed);
    }
}

/// Each number less the one before it.
fn deltas(numbers: impl Iterator<Item = i64>) -> impl Iterator<Item = u64> {
    numbers.scan(0, |before, number| {
        let delta = number - *before;
        *before = number;
        Some(zigzag(delta))
    })
}

/// A frame of data around a block, which is packed with zlib.
fn packed_frame(block: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(4));
    encoder.write_all(block)?;
    let packed = encoder.finish()?;
    let mut blob = Vec::with_capacity(packed.len() + 16);
    number_field(&mut blob, 2, block.len() as u64);
    bytes_field(&mut blob, 3, &packed);
    Ok(frame("OSMData", &blob))
}

/// A frame around the bytes of a blob.
fn frame(kind: &str, blob: &[u8]) -> Vec<u8> {
    let mut header = Vec::new();
    bytes_field(&mut header, 1, kind.as_bytes());
    number_field(&mut header, 3, blob.len() as u64);
    let mut frame = (header.len() as u32).to_be_bytes().to_vec();
    frame.extend(header);
    frame.extend_from_slice(blob);
    frame
}

fn header(map: &Map) -> Vec<u8> {
    let mut bounds = Vec::new();
    let (lons, lats) = (
        || map.nodes().iter().map(|node| node.lon_e7),
        || map.nodes().iter().map(|node| node.lat_e7),
    );
    let ends = [lons().min(), lons().max(), lats().max(), lats().min()];
    for (field, end) in (1..).zip(ends) {
        number_field(
            &mut bounds,
            field,
            zigzag(i64::from(end.unwrap_or(0)) * 100),
        );
    }
    let mut block = Vec::new();
    bytes_field(&mut block, 1, &bounds);
    for feature in ["OsmSchema-V0.6", "DenseNodes"] {
        bytes_field(&mut block, 4, feature.as_bytes());
    }
    bytes_field(&mut block, 5, b"Sort.Type_then_ID");
    let program = format!("pedshed {}: {LABEL}", env!("CARGO_PKG_VERSION"));
    bytes_field(&mut block, 16, program.as_bytes());
    bytes_field(&mut block, 17, LABEL.as_bytes());
    block
}

/// The strings of one block, each once; the first is empty, as the format wants it.
#[derive(Default)]
struct Strings<'a> {
    list: Vec<&'a str>,
    positions: HashMap<&'a str, u64>,
}

impl<'a> Strings<'a> {
    fn position(&mut self, text: &'a str) -> u64 {
        let list = &mut self.list;
        *self.positions.entry(text).or_insert_with(|| {
            list.push(text);
            list.len() as u64
        })
    }

    /// The block of this table and one group.
    fn block(&self, group: &[u8]) -> Vec<u8> {
        let mut table = Vec::new();
        bytes_field(&mut table, 1, b"");
        for text in &self.list {
            bytes_field(&mut table, 1, text.as_bytes());
        }
        let mut block = Vec::with_capacity(table.len() + group.len() + 16);
        bytes_field(&mut block, 1, &table);
        bytes_field(&mut block, 2, group);
        block
    }
}

/// Metres with one decimal.
fn metres(decimetres: i32) -> String {
    format!("{}.{}", decimetres / 10, decimetres % 10)
}

fn node_block(
    map: &Map,
    ground: Option<&Ground>,
    order: Option<&Shuffle>,
    range: &Range<usize>,
) -> Vec<u8> {
    let of_range = range
        .clone()
        .map(|number| (number, position(order, number)));
    // Number and node.
    let used: Vec<(usize, usize)> = of_range.filter(|(_, node)| map.is_used(*node)).collect();
    let place = |node: usize| -> Location { map.nodes()[node] };
    let heights: Vec<String> = match ground {
        Some(ground) => used
            .iter()
            .map(|(_, node)| {
                let height = map.is_walked(*node).then(|| ground.height_dm(place(*node)));
                height.map_or_else(String::new, metres)
            })
            .collect(),
        None => Vec::new(),
    };
    let mut strings = Strings::default();
    let mut key_values = Vec::new();
    for (position, (_, node)) in used.iter().enumerate() {
        for (_, tags) in map.node_tags(*node as u32, *node as u32 + 1) {
            for (key, value) in map.tag_set(*tags) {
                key_values.push(strings.position(key));
                key_values.push(strings.position(value));
            }
        }
        if let Some(height) = heights.get(position).filter(|height| !height.is_empty()) {
            key_values.push(strings.position("ele"));
            key_values.push(strings.position(height));
        }
        key_values.push(0);
    }
    let mut dense = Vec::new();
    let ids = used.iter().map(|(number, _)| FIRST_ID + *number as i64);
    packed_field(&mut dense, 1, deltas(ids));
    let places = || used.iter().map(|(_, node)| place(*node));
    packed_field(
        &mut dense,
        8,
        deltas(places().map(|place| i64::from(place.lat_e7))),
    );
    packed_field(
        &mut dense,
        9,
        deltas(places().map(|place| i64::from(place.lon_e7))),
    );
    if !strings.list.is_empty() {
        packed_field(&mut dense, 10, key_values.into_iter());
    }
    let mut group = Vec::new();
    bytes_field(&mut group, 2, &dense);
    strings.block(&group)
}

fn way_block(map: &Map, numbers: &Numbers, range: &Range<usize>) -> Vec<u8> {
    let mut strings = Strings::default();
    // The keys and values of tags that were met in this block.
    let mut known: HashMap<u32, [Vec<u64>; 2]> = HashMap::new();
    let mut group = Vec::new();
    let mut message = Vec::new();
    for index in range.clone() {
        let (refs, tags) = map.way_at(position(numbers.ways.as_ref(), index));
        let [keys, values] = known.entry(tags).or_insert_with(|| {
            let pairs = map.tag_set(tags);
            let keys = pairs.iter().map(|(key, _)| strings.position(key)).collect();
            let values = pairs.iter().map(|(_, value)| strings.position(value));
            [keys, values.collect()]
        });
        message.clear();
        number_field(&mut message, 1, (FIRST_ID + index as i64) as u64);
        packed_field(&mut message, 2, keys.iter().copied());
        packed_field(&mut message, 3, values.iter().copied());
        packed_field(
            &mut message,
            8,
            deltas(
                refs.iter()
                    .map(|node| node_id(numbers.nodes.as_ref(), *node)),
            ),
        );
        bytes_field(&mut group, 3, &message);
    }
    strings.block(&group)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_protocol_buffers_write_them() {
        let bytes = |number| {
            let mut bytes = Vec::new();
            varint(&mut bytes, number);
            bytes
        };
        assert_eq!(bytes(1), [1]);
        assert_eq!(
            bytes(150),
            [0x96, 0x01],
            "the example of the encoding's description"
        );
        assert_eq!([0, -1, 1, -2].map(zigzag), [0, 1, 2, 3]);
        assert_eq!(metres(8123), "812.3");
    }
}
