//! How much memory a run takes, told before it is taken.
//!
//! The peak of a run is about linear in what it holds:
//!
//! | for each | bytes | what takes them |
//! |--|--|--|
//! | run | 16 million | the program, threads, what a search has at hand |
//! | byte of a map, a spreadsheet, a Shapefile or a pipe | 1 | they stay in memory to the end; tables and GeoJSON are read as streams and do not |
//! | byte that the blobs of a map unpack to | 2 | blocks as they are read, and what is kept of them meanwhile |
//! | byte of the longest record of a table or a vector file | 4 | its text, and what is parsed of it: a record is read as a whole |
//! | vertex in that record, where it is no line of the network | 110 | what is parsed of it |
//! | byte of an id, a name or a cell that is kept | 1.1 | the text |
//! | byte of the names of streets | 5 | they are there several times while the network is built |
//! | vertex of an area, of land, of a compound or of water | 40 | its shape, and what finds who lives in it |
//! | vertex of the network | 24 | its shape, and what gaps lay over it |
//! | junction | 100 | arcs, the search's own graph, what gaps search from |
//! | edge | 55 | its columns, its cost, the index that points snap by |
//! | height that is sampled along a street | 20 | itself, twice while it is read, and what has passed of the street there and back |
//! | station | 2,500 | the record and its rows |
//! | resident | 700 | the record, where it snaps, what becomes of it |
//! | pair of a station and a resident that are near enough on foot | 18 | the table of times, twice while it is put in order; of those that are near enough in a straight line as many as some searches find |
//! | run that draws | 8 million | the lattice of the ground, pens, `report.html` |
//! | metre of street that is drawn on | 23 | the places that are sampled beside it, and what they are sorted from |
//! | junction, there and back | 30 more | the graph of the way back |
//! | such a metre, there and back | 13 more | the way back of the same places |
//! | outline: a station at a cutoff | 10,000 | its polygon |
//! | gate, and compound | 1,200 | the walls, what they part |
//! | resident in a compound, for each of its gates | 250 | their ways out, each of which is searched |
//! | way from ground in a compound to a gate: 100 m² of it and each of its gates, where the ground is drawn | 50 | the places behind walls, which have a way by each gate |
//!
//! Measured on two threads, in MB (the peak as `/usr/bin/time -f %M` says it, in thousands of KiB):
//!
//! | run | the peak | the estimate |
//! |--|--|--|
//! | Liechtenstein: schools and homes of the map, tables alone | 22 | 23 |
//! | the same with the page | 27 | 43 |
//! | Helsinki's centre: restaurants and homes of the map, with the page | 27 | 39 |
//! | Porto: 16 stations and 20,000 homes drawn at random in a box, tables alone | 59 | 67 |
//! | the same with the page | 66 | 105 |
//! | Porto: 1,000 and 20,000, drawn likewise, tables alone | 59 | 72 |
//! | the same with the page | 120 | 187 |
//! | the same there and back | 138 | 221 |
//! | Porto: 6,000 and 200,000, drawn likewise, tables alone | 218 | 354 |
//! | the demo's model of Yingze: a service circle with the page | 226 | 248 |
//!
//! The constants leave every estimate above its peak and at most at twice that, or at 24 million bytes more where a run is
//! small. `tests/cli/memory_loads.rs` looks whether they do.
//!
//! Before anything is read, texts, corners and names are not known; once the inputs are read they are, and the estimate is made
//! again. Until then a run may have more in memory than it is allowed, by just these.

mod held;
mod near;
mod records;
mod sampled;
mod size;

use std::io::Read as _;
use std::path::Path;

use geo::{Area as _, BoundingRect as _};

use crate::analysis::Options;
use crate::geometry::LocalMetres;
use crate::id::CompoundId;
use crate::inputs::osm::OsmFile;
#[cfg(feature = "prepared")]
use crate::inputs::prepared_size;
use crate::inputs::{Format, Inputs, LayerSpec, Request, Source};
use crate::model::{Compounds, Resident, Station};
use crate::network::Network;
use crate::search::Trip;
use crate::snap::Walls;
use held::{shape_vertices, text_bytes};
use near::{metres_within, pairs_within};
use records::{RECORD_BYTE, RECORD_VERTEX, Record, heaviest_record};
use sampled::share_on_foot;
pub use size::{MemorySize, MemorySizeError, TooMuchMemory};

const RUN: f64 = 16e6;
const TEXT_BYTE: f64 = 1.1;
const NAME_BYTE: f64 = 5.0;
const SHAPE_VERTEX: f64 = 40.0;
const UNPACKED_BYTE: f64 = 2.0;
const WALLED: f64 = 1_200.0;
const GATE_ACCESS: f64 = 250.0;
const WAY_BY_GATE: f64 = 50.0;
/// The ground of a place of the lattice.
const CELL_M2: f64 = 100.0;
const VERTEX: f64 = 24.0;
const JUNCTION: f64 = 100.0;
const EDGE: f64 = 55.0;
const HEIGHT: f64 = 20.0;
const STATION: f64 = 2_500.0;
const RESIDENT: f64 = 700.0;
/// So many pairs take little whoever they are.
const FEW_PAIRS: u64 = 500_000;
const PAIR: f64 = 18.0;
const DRAWING: f64 = 8e6;
const DRAWN_METRE: f64 = 23.0;
const BACK_JUNCTION: f64 = 30.0;
const BACK_DRAWN_METRE: f64 = 13.0;
const OUTLINE: f64 = 10_000.0;

/// What a run holds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Load {
    /// Bytes of the input files that stay in memory.
    pub file_bytes: u64,
    /// Bytes that the blobs of a map unpack to; none where the network is no map.
    pub unpacked_bytes: u64,
    /// Bytes of the longest record in a table or a vector file: it is read as a whole.
    pub record_bytes: u64,
    /// Vertices in that record.
    pub record_vertices: u64,
    /// Bytes of ids, names and the cells that are kept beside the records.
    pub text_bytes: u64,
    /// Bytes of the names of streets.
    pub name_bytes: u64,
    /// Vertices of areas, land, compounds, water and lines that nobody walks across.
    pub shape_vertices: u64,
    /// Vertices of the network, both ends of every edge among them.
    pub vertices: u64,
    /// Its junctions.
    pub junctions: u64,
    /// Its edges.
    pub edges: u64,
    /// Heights that are sampled along its streets; none where it has none.
    pub heights: u64,
    /// Rows of the station layers.
    pub stations: u64,
    /// Records of the resident layers.
    pub residents: u64,
    /// Pairs of a station and a resident that are near enough for the largest cutoff: about as many as are on foot.
    pub pairs: u64,
    /// Metres of street on whose ground isochrones are drawn; none where nothing is drawn.
    pub drawn_m: u64,
    /// Whether walks count there and back, which takes the graph and the places twice.
    pub is_round_trip: bool,
    /// Their outlines: stations times cutoffs.
    pub outlines: u64,
    /// Compounds and gates.
    pub walls: u64,
    /// Residents in compounds, each as often as their compound has gates.
    pub accesses: u64,
    /// Places of ground in compounds, each as often as its compound has gates.
    pub ways_by_gates: u64,
}

impl Load {
    /// What files take as soon as they are opened, before any of them is.
    #[must_use]
    pub fn from_paths<'p>(paths: impl IntoIterator<Item = &'p Path>) -> Self {
        let bytes = paths.into_iter().map(Source::size_to_hold);
        Self {
            file_bytes: bytes.sum(),
            ..Self::default()
        }
    }

    /// A first look at files of which nothing is read yet: what a map's blobs claim to unpack to, the table of a prepared
    /// network, the size of other files. What cannot be seen from there is guessed, and pairs are not counted.
    #[must_use]
    pub fn from_request(request: &Request) -> Self {
        let mut load = Self::from_files(request);
        let network = &request.network.source;
        match network.format() {
            Some(Format::OsmPbf) => load.guess_map(),
            #[cfg(feature = "prepared")]
            Some(Format::Prepared) => {
                let [junctions, edges, vertices] = prepared_size(network);
                (load.junctions, load.edges, load.vertices) = (junctions, edges, vertices);
            }
            _ => load.guess_lines(network.size()),
        }
        let rows = |layer: &LayerSpec| layer.file().map_or(0, guessed_rows);
        let stations = request.stations.iter().chain(&request.every_station);
        let stations = stations.chain(&request.candidates);
        load.stations = stations.map(rows).sum();
        let demand = request.demand.iter().map(|(_, layer)| layer);
        load.residents = request.residents.iter().chain(demand).map(rows).sum();
        load
    }

    /// What the inputs hold once they are read. The pairs are those of stations and residents that are near enough in a
    /// straight line, of minutes and of metres, each of which has a table; where these are many, the share of them that is near
    /// enough on foot is looked for by some searches.
    #[must_use]
    pub fn from_inputs(request: &Request, inputs: &Inputs, options: &Options) -> Self {
        let every = inputs.every_station.as_ref();
        let every: &[Station] = every.map_or(&[], |(stations, _)| stations);
        let candidates = inputs.candidates.as_ref();
        let candidates: &[Station] = candidates.map_or(&[], |(stations, _)| stations);
        let pairs = |reach_m| {
            let of = |stations| pairs_within(stations, &inputs.residents, reach_m);
            of(&inputs.stations) + of(every) + of(candidates)
        };
        let reaches_m: Vec<f64> = reaches_m(options).collect();
        let straight: u64 = reaches_m.iter().copied().map(pairs).sum();
        let share = if straight > FEW_PAIRS {
            share_on_foot(inputs, options, &reaches_m)
        } else {
            1.0
        };
        let demand = inputs.demand.iter().map(|(_, layer)| layer.len());
        let compounds = &inputs.compounds;
        let walls = (!compounds.is_empty()).then(|| Walls::new(compounds));
        let walls = walls.as_ref();
        Self {
            text_bytes: text_bytes(inputs),
            shape_vertices: shape_vertices(inputs),
            walls: (compounds.list.len() + compounds.gates.len()) as u64,
            accesses: walls.map_or(0, |walls| gate_accesses(walls, &inputs.residents)),
            ways_by_gates: walls.map_or(0, |walls| ways_by_gates(walls, compounds)),
            stations: (inputs.stations.len() + every.len()) as u64,
            residents: (inputs.residents.len() + demand.sum::<usize>()) as u64,
            pairs: (straight as f64 * share) as u64,
            is_round_trip: options.trip == Trip::RoundTrip,
            ..Self::from_files(request).with_network(&inputs.network)
        }
    }

    /// The same load with this network.
    #[must_use]
    pub fn with_network(self, network: &Network) -> Self {
        Self {
            vertices: network.vertices().len() as u64,
            junctions: network.node_count() as u64,
            edges: network.edge_count() as u64,
            name_bytes: network.name_bytes() as u64,
            heights: network.height_count() as u64,
            ..self
        }
    }

    /// The same load where the ground within the cutoffs is drawn too, of stations that may stand anywhere.
    #[must_use]
    pub fn with_drawing(self, network: &Network, options: &Options) -> Self {
        let cutoffs = options.tests.minutes().len() + options.tests.metres().len();
        Self {
            drawn_m: network.length_m() as u64,
            outlines: self.stations * cutoffs as u64,
            ..self
        }
    }

    /// The same load where the ground of these stations is drawn: beside streets that are near enough to one in a straight
    /// line.
    #[must_use]
    pub fn with_drawing_around(
        self,
        stations: &[Station],
        network: &Network,
        options: &Options,
    ) -> Self {
        let reach_m = reaches_m(options).fold(0.0, f64::max);
        let cutoffs = options.tests.minutes().len() + options.tests.metres().len();
        Self {
            drawn_m: metres_within(stations, network, reach_m),
            outlines: (stations.len() * cutoffs) as u64,
            ..self
        }
    }

    fn from_files(request: &Request) -> Self {
        let with_companions = |source: &Source| {
            let companions = source.companions().iter();
            source.held_size() + companions.map(Source::held_size).sum::<u64>()
        };
        let network = &request.network.source;
        let files = request.files().chain(&request.elevation);
        let files = files.map(with_companions);
        let Record { bytes, vertices } = heaviest_record(request);
        Self {
            record_bytes: bytes,
            record_vertices: vertices,
            file_bytes: with_companions(network) + files.sum::<u64>(),
            unpacked_bytes: match network.format() {
                // One that cannot be opened is refused when it is read.
                Some(Format::OsmPbf) => {
                    OsmFile::open(network).map_or(0, |file| file.unpacked_bytes())
                }
                _ => 0,
            },
            ..Self::default()
        }
    }

    /// As many of each as the maps of Porto, Helsinki and Liechtenstein have at most for what they unpack to.
    fn guess_map(&mut self) {
        self.vertices = self.unpacked_bytes / 16;
        self.junctions = self.unpacked_bytes / 80;
        self.edges = self.unpacked_bytes / 60;
    }

    /// A line of two vertices takes some 100 bytes in any text.
    fn guess_lines(&mut self, bytes: u64) {
        self.vertices = bytes / 40;
        self.junctions = bytes / 100;
        self.edges = bytes / 100;
    }

    /// The most memory that a coverage run with this load takes at a time, in bytes: the formula of this [module](self).
    #[must_use]
    pub fn peak(&self) -> MemorySize {
        let bytes = RUN
            + self.file_bytes as f64
            + self.unpacked_bytes as f64 * UNPACKED_BYTE
            + self.record_bytes as f64 * RECORD_BYTE
            + self.record_vertices as f64 * RECORD_VERTEX
            + self.text_bytes as f64 * TEXT_BYTE
            + self.name_bytes as f64 * NAME_BYTE
            + self.shape_vertices as f64 * SHAPE_VERTEX
            + self.vertices as f64 * VERTEX
            + self.junctions as f64 * JUNCTION
            + self.edges as f64 * EDGE
            + self.heights as f64 * HEIGHT
            + self.stations as f64 * STATION
            + self.residents as f64 * RESIDENT
            + self.pairs as f64 * PAIR
            + if self.drawn_m > 0 { DRAWING } else { 0.0 }
            + self.drawn_m as f64 * DRAWN_METRE
            + self.outlines as f64 * OUTLINE
            + self.walls as f64 * WALLED
            + self.accesses as f64 * GATE_ACCESS
            + if self.drawn_m > 0 {
                self.ways_by_gates as f64 * WAY_BY_GATE
            } else {
                0.0
            };
        MemorySize((bytes + self.way_back()) as u64)
    }

    /// What the way back takes, where it counts.
    fn way_back(&self) -> f64 {
        if self.is_round_trip {
            self.junctions as f64 * BACK_JUNCTION + self.drawn_m as f64 * BACK_DRAWN_METRE
        } else {
            0.0
        }
    }
}

/// The places of the lattice in compounds, each as often as its compound has gates.
fn ways_by_gates(walls: &Walls, compounds: &Compounds) -> u64 {
    let list = (0..).map(CompoundId).zip(&compounds.list);
    let ways = list.map(|(id, compound)| {
        let latitude = compound.shape.bounding_rect().map_or(0.0, |b| b.center().y);
        let metres = LocalMetres::at(latitude);
        let m2 = compound.shape.unsigned_area() * metres.east_m * metres.north_m;
        (m2 / CELL_M2) as u64 * walls.gates_of(id).len() as u64
    });
    ways.sum()
}

/// The residents in compounds, each as often as their compound has gates.
fn gate_accesses(walls: &Walls, residents: &[Resident]) -> u64 {
    let compounds = residents
        .iter()
        .filter_map(|resident| walls.compound_of(resident.valid_place()?));
    let gates = compounds.map(|compound| walls.gates_of(compound).len() as u64);
    gates.sum()
}

/// About as many records as a file has: of text, as many as there are for each byte of its beginning.
fn guessed_rows(source: &Source) -> u64 {
    /// So much of a file is looked at.
    const BEGINNING: u64 = 1 << 16;
    let mark: &[u8] = match source.format() {
        Some(Format::Csv) => b"\n",
        Some(Format::GeoJson) => b"\"Feature\"",
        _ => b"",
    };
    let mut beginning = Vec::new();
    if !mark.is_empty() {
        // One that cannot be read is refused when it is read.
        let read = source
            .reader()
            .and_then(|bytes| bytes.take(BEGINNING).read_to_end(&mut beginning));
        if read.is_err() {
            return 0;
        }
    }
    let is_mark = |bytes: &&[u8]| *bytes == mark;
    let marks = beginning.windows(mark.len().max(1)).filter(is_mark).count() as u64;
    if marks == 0 {
        return source.size() / row_bytes(source.format());
    }
    source.size() * marks / beginning.len() as u64
}

/// So many bytes, at most, does a record take in a file of this format.
fn row_bytes(format: Option<Format>) -> u64 {
    match format {
        // Packed; and a GeoJSON point is a whole object.
        Some(Format::Excel) => 20,
        Some(Format::GeoJson) => 100,
        Some(Format::Shapefile) => 28,
        _ => 30,
    }
}

/// How far the longest walks lead, in metres: of minutes, and of metres.
fn reaches_m(options: &Options) -> impl Iterator<Item = f64> {
    let (minutes, metres) = (options.tests.minutes(), options.tests.metres());
    let speed_m_s = options.profile.level_kmh() / 3.6;
    let walked = minutes
        .last()
        .map(|longest| longest.value() * 60.0 * speed_m_s);
    let straight = metres.last().map(|longest| longest.value());
    // There and back is twice the way.
    let part = if options.trip == Trip::RoundTrip {
        0.5
    } else {
        1.0
    };
    let reaches = walked.into_iter().chain(straight);
    reaches.map(move |reach_m| reach_m * part)
}

#[cfg(test)]
#[path = "memory_tests.rs"]
mod tests;
