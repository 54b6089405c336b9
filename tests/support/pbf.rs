//! A writer of small PBF files, with knobs to lie. It shares no code with the reader.

/// Tags of an object.
pub(crate) type Tags<'a> = &'a [(&'a str, &'a str)];

/// What goes into one block.
#[derive(Debug, Default)]
pub(crate) struct Block {
    strings: Vec<String>,
    nodes: Vec<Vec<u8>>,
    ways: Vec<Vec<u8>>,
    relations: Vec<Vec<u8>>,
}

pub(crate) fn varint(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

pub(crate) fn zigzag(number: i64) -> u64 {
    ((number << 1) ^ (number >> 63)) as u64
}

pub(crate) fn number(message: &mut Vec<u8>, field: u64, value: u64) {
    varint(message, field << 3);
    varint(message, value);
}

pub(crate) fn bytes(message: &mut Vec<u8>, field: u64, value: &[u8]) {
    varint(message, field << 3 | 2);
    varint(message, value.len() as u64);
    message.extend_from_slice(value);
}

pub(crate) fn packed(message: &mut Vec<u8>, field: u64, values: impl IntoIterator<Item = u64>) {
    let mut run = Vec::new();
    for value in values {
        varint(&mut run, value);
    }
    bytes(message, field, &run);
}

fn deltas(values: &[i64]) -> Vec<u64> {
    let mut last = 0;
    values
        .iter()
        .map(|value| {
            let delta = zigzag(value.wrapping_sub(last));
            last = *value;
            delta
        })
        .collect()
}

impl Block {
    fn string(&mut self, text: &str) -> u64 {
        if let Some(index) = self.strings.iter().position(|known| known == text) {
            return index as u64 + 1;
        }
        self.strings.push(text.to_owned());
        self.strings.len() as u64
    }

    fn object(&mut self, id: u64, tags: Tags<'_>) -> Vec<u8> {
        let mut message = Vec::new();
        number(&mut message, 1, id);
        let keys: Vec<u64> = tags.iter().map(|(key, _)| self.string(key)).collect();
        let values: Vec<u64> = tags.iter().map(|(_, value)| self.string(value)).collect();
        packed(&mut message, 2, keys);
        packed(&mut message, 3, values);
        message
    }

    /// A node at a place in 10⁻⁷ degrees.
    pub(crate) fn node(&mut self, id: i64, lon_e7: i64, lat_e7: i64, tags: Tags<'_>) {
        let mut message = self.object(zigzag(id), tags);
        number(&mut message, 8, zigzag(lat_e7));
        number(&mut message, 9, zigzag(lon_e7));
        self.nodes.push(message);
    }

    pub(crate) fn way(&mut self, id: i64, refs: &[i64], tags: Tags<'_>) {
        let mut message = self.object(id as u64, tags);
        packed(&mut message, 8, deltas(refs));
        self.ways.push(message);
    }

    /// A relation with one member of a type that there is not.
    pub(crate) fn impossible_relation(&mut self, id: i64) {
        let mut message = self.object(
            id as u64,
            &[("type", "multipolygon"), ("amenity", "school")],
        );
        packed(&mut message, 8, [0]);
        packed(&mut message, 9, deltas(&[1]));
        packed(&mut message, 10, [77]);
        self.relations.push(message);
    }

    /// A relation of ways and their roles.
    pub(crate) fn relation(&mut self, id: i64, members: &[(i64, &str)], tags: Tags<'_>) {
        let mut message = self.object(id as u64, tags);
        let roles: Vec<u64> = members.iter().map(|(_, role)| self.string(role)).collect();
        packed(&mut message, 8, roles);
        packed(
            &mut message,
            9,
            deltas(&members.iter().map(|(way, _)| *way).collect::<Vec<_>>()),
        );
        packed(&mut message, 10, members.iter().map(|_| 1));
        self.relations.push(message);
    }

    pub(crate) fn message(&self) -> Vec<u8> {
        let mut table = Vec::new();
        bytes(&mut table, 1, b"");
        for string in &self.strings {
            bytes(&mut table, 1, string.as_bytes());
        }
        let mut block = Vec::new();
        bytes(&mut block, 1, &table);
        for (field, objects) in [(1, &self.nodes), (3, &self.ways), (4, &self.relations)] {
            let mut group = Vec::new();
            for object in objects {
                bytes(&mut group, field, object);
            }
            bytes(&mut block, 2, &group);
        }
        block
    }
}

/// A frame around the bytes of a blob message.
pub(crate) fn frame(kind: &str, blob: &[u8]) -> Vec<u8> {
    let mut header = Vec::new();
    bytes(&mut header, 1, kind.as_bytes());
    number(&mut header, 3, blob.len() as u64);
    let mut frame = (header.len() as u32).to_be_bytes().to_vec();
    frame.extend(header);
    frame.extend_from_slice(blob);
    frame
}

/// A blob message with unpacked data.
pub(crate) fn raw_blob(data: &[u8]) -> Vec<u8> {
    let mut blob = Vec::new();
    bytes(&mut blob, 1, data);
    blob
}

/// A blob message whose data claims to unpack to `claimed` bytes. The zlib stream holds stored blocks, uncompressed.
pub(crate) fn zlib_blob(data: &[u8], claimed: u64) -> Vec<u8> {
    let mut stream = vec![0x78, 0x01];
    let mut chunks = data.chunks(0xffff).peekable();
    while let Some(chunk) = chunks.next() {
        let length = chunk.len() as u16;
        stream.push(u8::from(chunks.peek().is_none()));
        stream.extend(length.to_le_bytes());
        stream.extend((!length).to_le_bytes());
        stream.extend_from_slice(chunk);
    }
    let (mut a, mut b) = (1u32, 0u32);
    for byte in data {
        a = (a + u32::from(*byte)) % 65_521;
        b = (b + a) % 65_521;
    }
    stream.extend((b << 16 | a).to_be_bytes());
    let mut blob = Vec::new();
    number(&mut blob, 2, claimed);
    bytes(&mut blob, 3, &stream);
    blob
}

/// The header frame, with features that a reader must know.
pub(crate) fn header(features: &[&str]) -> Vec<u8> {
    let mut block = Vec::new();
    for feature in features {
        bytes(&mut block, 4, feature.as_bytes());
    }
    frame("OSMHeader", &raw_blob(&block))
}

/// A whole file of one block.
pub(crate) fn file(block: &Block) -> Vec<u8> {
    let mut file = header(&["OsmSchema-V0.6"]);
    let message = block.message();
    file.extend(frame("OSMData", &zlib_blob(&message, message.len() as u64)));
    file
}

/// A whole file whose block lies by `lie` bytes about its size.
pub(crate) fn lying_file(block: &Block, lie: i64) -> Vec<u8> {
    let mut file = header(&["OsmSchema-V0.6"]);
    let message = block.message();
    file.extend(frame(
        "OSMData",
        &zlib_blob(
            &message,
            message.len().wrapping_add_signed(lie as isize) as u64,
        ),
    ));
    file
}
