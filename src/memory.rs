//! How much memory a run takes, told before it is taken.
//!
//! The peak of a run is about linear in what it holds:
//!
//! | for each | bytes | what takes them |
//! |--|--|--|
//! | run | 18 million | the program, threads, what a search has at hand |
//! | byte of an input file | 1 | files stay in memory to the end, for their checksums |
//! | byte that the blobs of a map unpack to | 2 | blocks as they are read, and what is kept of them meanwhile |
//! | vertex of the network | 12 | its shape |
//! | junction | 50 | arcs, and the search's own graph |
//! | edge | 55 | its columns, its cost, the index that points snap by |
//! | station | 2,500 | the record and its rows |
//! | resident | 1,060 | the record, where it snaps, what becomes of it |
//! | pair of a station and a resident within the largest cutoff | 16 | the table of times |
//! | run that draws | 14 million | the lattice of the ground, `report.html` |
//! | metre of street that is drawn on | 14 | the places that are sampled beside it |
//! | outline: a station at a cutoff | 31,000 | its polygon |
//!
//! Measured on two threads, in MB:
//!
//! | run | the peak | the estimate |
//! |--|--|--|
//! | Liechtenstein: 16 stations and 3,262 homes of the map | 28 | 54 |
//! | the same with 100 stations and 20,000 records of tables | 74 | 81 |
//! | Helsinki's centre: 100 and 20,000 | 53 | 69 |
//! | Porto: 100 and 20,000 | 173 | 231 |
//! | the same with 1,000 and 200,000, also by metres | 360 | 576 |
//! | the model of Yingze: 950 and 97,147 | 175 | 338 |
//! | a model district of 100,000 junctions: 1,089 and 154,152 | 365 | 502 |
//! | the same with 9,391 stations, tables alone | 253 | 470 |
//!
//! The constants are the smallest that leave a tenth above the peak in every one of these; a run with little in it comes
//! out at up to twice its peak.

use std::fmt;
use std::str::FromStr;

use crate::analysis::Options;
use crate::geometry::LocalMetres;
use crate::inputs::osm::OsmFile;
#[cfg(feature = "prepared")]
use crate::inputs::prepared_size;
use crate::inputs::{Format, Inputs, LayerSource, Request, Source};
use crate::language::{InLanguage, Words};
use crate::model::{Resident, Station};
use crate::network::Network;
use crate::search::Trip;

const RUN: f64 = 18e6;
const UNPACKED_BYTE: f64 = 2.0;
const VERTEX: f64 = 12.0;
const JUNCTION: f64 = 50.0;
const EDGE: f64 = 55.0;
const STATION: f64 = 2_500.0;
const RESIDENT: f64 = 1_060.0;
const PAIR: f64 = 16.0;
const DRAWING: f64 = 14e6;
const DRAWN_METRE: f64 = 14.0;
const OUTLINE: f64 = 31_000.0;

/// What a run holds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Load {
    /// Bytes of the input files.
    pub file_bytes: u64,
    /// Bytes that the blobs of a map unpack to; none where the network is no map.
    pub unpacked_bytes: u64,
    /// Vertices of the network, both ends of every edge among them.
    pub vertices: u64,
    /// Its junctions.
    pub junctions: u64,
    /// Its edges.
    pub edges: u64,
    /// Rows of the station layers.
    pub stations: u64,
    /// Records of the resident layers.
    pub residents: u64,
    /// Pairs of a station and a resident within the largest cutoff.
    pub pairs: u64,
    /// Metres of street on whose ground isochrones are drawn; none where nothing is drawn.
    pub drawn_m: u64,
    /// Their outlines: stations times cutoffs.
    pub outlines: u64,
}

impl Load {
    /// A first look at files of which nothing is read yet: what a map's blobs claim to unpack to, the table of a prepared
    /// network, the size of other files. What cannot be seen from there is guessed, and pairs are not counted.
    #[must_use]
    pub fn of_request(request: &Request) -> Self {
        let mut load = Self::of_files(request);
        let network = &request.network;
        match network.format() {
            Some(Format::OsmPbf) => load.guess_map(),
            #[cfg(feature = "prepared")]
            Some(Format::Prepared) => {
                let [junctions, edges, vertices] = prepared_size(network);
                (load.junctions, load.edges, load.vertices) = (junctions, edges, vertices);
            }
            _ => load.guess_lines(network.size()),
        }
        let rows = |layer: &LayerSource| match layer {
            LayerSource::File(source) => source.size() / row_bytes(source.format()),
            LayerSource::Osm(_) => 0,
        };
        load.stations = request
            .stations
            .iter()
            .map(|layer| rows(&layer.source))
            .sum();
        load.residents = request
            .residents
            .iter()
            .map(|layer| rows(&layer.source))
            .sum();
        load
    }

    /// What the inputs hold once they are read. The pairs are those of stations and residents that are near enough in a
    /// straight line: of minutes and of metres, each of which has a table.
    #[must_use]
    pub fn of_inputs(request: &Request, inputs: &Inputs, options: &Options) -> Self {
        let (minutes, metres) = (options.tests.minutes(), options.tests.metres());
        let walked = minutes
            .last()
            .map(|longest| longest.value() * 60.0 * options.profile.level_kmh() / 3.6);
        let reaches = walked
            .into_iter()
            .chain(metres.last().map(|longest| longest.value()));
        // There and back is twice the way.
        let part = if options.trip == Trip::RoundTrip {
            0.5
        } else {
            1.0
        };
        let pairs = |reach_m| pairs_within(&inputs.stations, &inputs.residents, reach_m);
        Self {
            stations: inputs.stations.len() as u64,
            residents: inputs.residents.len() as u64,
            pairs: reaches.map(|reach_m| pairs(reach_m * part)).sum(),
            ..Self::of_files(request).with_network(&inputs.network)
        }
    }

    /// The same load with this network.
    #[must_use]
    pub fn with_network(self, network: &Network) -> Self {
        Self {
            vertices: network.vertices().len() as u64,
            junctions: network.node_count() as u64,
            edges: network.edge_count() as u64,
            ..self
        }
    }

    /// The same load where the ground within the cutoffs is drawn too.
    #[must_use]
    pub fn with_drawing(self, network: &Network, options: &Options) -> Self {
        let cutoffs = options.tests.minutes().len() + options.tests.metres().len();
        Self {
            drawn_m: network.length_m() as u64,
            outlines: self.stations * cutoffs as u64,
            ..self
        }
    }

    fn of_files(request: &Request) -> Self {
        let with_companions = |source: &Source| {
            let companions = source.companions().iter();
            source.size() + companions.map(Source::size).sum::<u64>()
        };
        let layers = request.stations.iter().chain(&request.residents);
        let files = layers
            .chain(&request.areas)
            .map(|layer| match &layer.source {
                LayerSource::File(source) => with_companions(source),
                LayerSource::Osm(_) => 0,
            });
        Self {
            file_bytes: with_companions(&request.network) + files.sum::<u64>(),
            unpacked_bytes: match request.network.format() {
                // One that cannot be opened is refused when it is read.
                Some(Format::OsmPbf) => {
                    OsmFile::open(&request.network).map_or(0, |file| file.unpacked_bytes())
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
            + self.vertices as f64 * VERTEX
            + self.junctions as f64 * JUNCTION
            + self.edges as f64 * EDGE
            + self.stations as f64 * STATION
            + self.residents as f64 * RESIDENT
            + self.pairs as f64 * PAIR
            + if self.drawn_m > 0 { DRAWING } else { 0.0 }
            + self.drawn_m as f64 * DRAWN_METRE
            + self.outlines as f64 * OUTLINE;
        MemorySize(bytes as u64)
    }
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

/// How many pairs of a station and a resident are within some metres, at least: counted by the squares of a grid.
fn pairs_within(stations: &[Station], residents: &[Resident], reach_m: f64) -> u64 {
    /// Squares across the reach.
    const ACROSS: f64 = 8.0;
    let side_m = (reach_m / ACROSS).max(1.0);
    let middle = |latitude: f64| LocalMetres::at(latitude);
    let places = || residents.iter().filter_map(Resident::valid_place);
    // One scale for all: where meridians are nearest to each other squares are the narrowest, and none is missed.
    let narrowest = places().map(|place| place.y.abs()).fold(0.0, f64::max);
    let east_m = middle(narrowest.min(89.0)).east_m;
    let north_m = middle(0.0).north_m;
    let square = |place: geo_types::Coord<f64>| {
        (
            (place.x * east_m / side_m).floor() as i64,
            (place.y * north_m / side_m).floor() as i64,
        )
    };
    let mut squares: Vec<(i64, i64)> = places().map(square).collect();
    squares.sort_unstable();
    let steps = ACROSS as i64 + 1;
    let in_column = |column: i64, low: i64, high: i64| {
        let from = squares.partition_point(|square| *square < (column, low));
        let to = squares.partition_point(|square| *square <= (column, high));
        (to - from) as u64
    };
    let near = |station: &Station| -> u64 {
        let Ok(place) = station.place else { return 0 };
        let (column, row) = square(place);
        (-steps..=steps)
            .map(|step| {
                // The circle, a square wider on every side.
                let aside = (step.abs() - 1).max(0) as f64;
                let half = ((ACROSS + 1.0).powi(2) - aside * aside)
                    .max(0.0)
                    .sqrt()
                    .ceil() as i64
                    + 1;
                in_column(column + step, row - half, row + half)
            })
            .sum()
    };
    stations.iter().map(near).sum()
}

/// A number of bytes.
///
/// ```
/// use pedshed::memory::MemorySize;
/// let size: MemorySize = "1.5GB".parse()?;
/// assert_eq!((size, size.to_string()), (MemorySize(1_500_000_000), "1.5 GB".to_owned()));
/// assert_eq!("512MiB".parse(), Ok(MemorySize(512 << 20)));
/// # Ok::<(), pedshed::memory::MemorySizeError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MemorySize(pub u64);

/// A text that is no number of bytes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is no size of memory; write a number with MB or GB, such as 500MB or 8GB")]
pub struct MemorySizeError(pub String);

impl InLanguage for MemorySizeError {
    fn zh(&self) -> String {
        format!(
            "“{}”不是内存大小；请写数字加 MB 或 GB，如 500MB 或 8GB",
            self.0
        )
    }
}

/// Units, the longest names first.
const UNITS: [(&str, f64); 9] = [
    ("KiB", 1024.0),
    ("MiB", 1_048_576.0),
    ("GiB", 1_073_741_824.0),
    ("kB", 1e3),
    ("KB", 1e3),
    ("MB", 1e6),
    ("GB", 1e9),
    ("TB", 1e12),
    ("B", 1.0),
];

impl FromStr for MemorySize {
    type Err = MemorySizeError;

    fn from_str(text: &str) -> Result<Self, MemorySizeError> {
        let wrong = || MemorySizeError(text.to_owned());
        let unit = UNITS.iter().find_map(|(name, bytes)| {
            let number = text.trim().strip_suffix(name)?;
            Some((number, *bytes))
        });
        let (number, unit) = unit.ok_or_else(wrong)?;
        let number: f64 = number.trim().parse().map_err(|_| wrong())?;
        let bytes = number * unit;
        if (1.0..1e18).contains(&bytes) {
            Ok(Self(bytes.round() as u64))
        } else {
            Err(wrong())
        }
    }
}

impl fmt::Display for MemorySize {
    /// In MB, from a thousand on in GB.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let megabytes = self.0 as f64 / 1e6;
        if megabytes < 1000.0 {
            write!(f, "{megabytes:.0} MB")
        } else {
            write!(f, "{:.1} GB", megabytes / 1000.0)
        }
    }
}

/// A run that would not fit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the run takes about {estimate} of memory, and --max-memory allows {limit}; allow more, use a smaller extract, fewer stations or smaller cutoffs, or prepare the network on another machine (pedshed network build)"
)]
pub struct TooMuchMemory {
    /// What it takes.
    pub estimate: MemorySize,
    /// What is allowed.
    pub limit: MemorySize,
}

impl InLanguage for TooMuchMemory {
    fn zh(&self) -> String {
        let Self { estimate, limit } = self;
        format!(
            "运行约需 {estimate} 内存，而 --max-memory 只允许 {limit}；请调大上限，缩小地图范围，减少站点或阈值，或在其他机器上预处理路网（pedshed network build）"
        )
    }
}

impl MemorySize {
    /// Refuses a run that takes more than this.
    ///
    /// # Errors
    /// [`TooMuchMemory`].
    pub fn allows(self, estimate: MemorySize) -> Result<(), TooMuchMemory> {
        if estimate <= self {
            Ok(())
        } else {
            Err(TooMuchMemory {
                estimate,
                limit: self,
            })
        }
    }
}

impl From<TooMuchMemory> for Words {
    fn from(error: TooMuchMemory) -> Self {
        Words::new(error.to_string(), error.zh())
    }
}

#[cfg(test)]
#[path = "memory_tests.rs"]
mod tests;
