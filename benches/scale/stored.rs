//! A model in a file between two processes: the one that generates it leaves its memory behind, so that what is measured is
//! the engine's own.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::Path;

use pedshed::geometry::Location;
use pedshed::model::{Access, Crossing, Passage, Streets, Structure, Way, WayKind};

/// What is stored: words of 32 bits in rows, each with its length before it.
pub(crate) struct Stored {
    pub(crate) streets: Streets,
    pub(crate) stations: Vec<Location>,
    pub(crate) residents: Vec<Location>,
}

impl Stored {
    pub(crate) fn write(&self, path: &Path) -> io::Result<()> {
        let mut file = BufWriter::new(File::create(path)?);
        let streets = &self.streets;
        for places in [&streets.vertices, &self.stations, &self.residents] {
            let words = places
                .iter()
                .flat_map(|place| [place.lon_e7 as u32, place.lat_e7 as u32]);
            write_row(&mut file, places.len() * 2, words)?;
        }
        write_row(&mut file, streets.refs.len(), streets.refs.iter().copied())?;
        let way = |way: &Way| {
            [
                way.id as u32,
                way.first_ref,
                way.ref_count,
                code(way.passage),
            ]
        };
        write_row(
            &mut file,
            streets.ways.len() * 4,
            streets.ways.iter().flat_map(way),
        )?;
        let crossing =
            |(vertex, kind): &(u32, Crossing)| [*vertex, u32::from(*kind == Crossing::Signal)];
        let crossings = streets.crossings.iter().flat_map(crossing);
        write_row(&mut file, streets.crossings.len() * 2, crossings)?;
        file.flush()
    }

    pub(crate) fn read(path: &Path) -> io::Result<Self> {
        let file = &mut BufReader::new(File::open(path)?);
        let place = |[lon, lat]: [u32; 2]| Location {
            lon_e7: lon as i32,
            lat_e7: lat as i32,
        };
        let vertices = read_row(file, place)?;
        let stations = read_row(file, place)?;
        let residents = read_row(file, place)?;
        let refs = read_row(file, |[vertex]| vertex)?;
        let ways = read_row(file, |[id, first_ref, ref_count, code]| Way {
            id: i64::from(id),
            first_ref,
            ref_count,
            passage: passage(code),
            structure: Structure::Ground,
            name: None,
        })?;
        let crossings = read_row(file, |[vertex, is_signal]| {
            let kind = if is_signal == 1 {
                Crossing::Signal
            } else {
                Crossing::Marked
            };
            (vertex, kind)
        })?;
        let streets = Streets {
            vertices,
            refs,
            ways,
            crossings,
            names: Vec::new(),
        };
        Ok(Self {
            streets,
            stations,
            residents,
        })
    }
}

fn code(passage: Passage) -> u32 {
    u32::from(passage.kind == WayKind::Steps) | u32::from(passage.access == Access::Private) << 1
}

fn passage(code: u32) -> Passage {
    let kind = if code & 1 == 1 {
        WayKind::Steps
    } else {
        WayKind::Street
    };
    let mut passage = Passage::from(kind);
    if code & 2 == 2 {
        passage.access = Access::Private;
    }
    passage
}

fn write_row(
    file: &mut impl Write,
    count: usize,
    words: impl Iterator<Item = u32>,
) -> io::Result<()> {
    file.write_all(&(count as u64).to_le_bytes())?;
    for word in words {
        file.write_all(&word.to_le_bytes())?;
    }
    Ok(())
}

fn read_row<const WORDS: usize, T>(
    file: &mut impl Read,
    make: impl Fn([u32; WORDS]) -> T,
) -> io::Result<Vec<T>> {
    let mut count = [0; 8];
    file.read_exact(&mut count)?;
    let count = u64::from_le_bytes(count) as usize / WORDS;
    let mut row = Vec::with_capacity(count);
    let mut bytes = [[0; 4]; WORDS];
    for _ in 0..count {
        for word in &mut bytes {
            file.read_exact(word)?;
        }
        row.push(make(bytes.map(u32::from_le_bytes)));
    }
    Ok(row)
}
