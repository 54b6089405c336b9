//! The contract of a travel time, computed the slow and obvious way, sharing no code with the engine.
//!
//! Every vertex is a node, nothing is contracted, every point looks at every segment, and every station gets a textbook
//! search over the whole graph, in `f64`. The engine works in integer milliseconds per edge, so where the two could
//! honestly differ (a time within [`CLOSE_S`] of a cutoff, two stations within it of each other) the answer says so, by
//! a range or a list instead of one value; everywhere else it is one value.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use geo::{Distance, Geodesic, Point};

/// Times closer to each other or to a cutoff than this are too close to call: rounding to milliseconds per edge adds
/// up to some hundredths of a second on a long path, and the files hold one decimal.
pub(crate) const CLOSE_S: f64 = 0.15;

/// The same for lengths, which the engine keeps in millimetres per edge.
pub(crate) const CLOSE_M: f64 = 0.2;

/// Snap distances closer than this to each other or to the limit depend on the last digits of the coordinates: a
/// vertex may be kept as it was written or as it was rounded for joining, 8 mm apart at most.
const SNAP_DOUBT_M: f64 = 0.01;

/// A point snapped this close to a vertex is at the vertex. It matters where ways are one-way only: who stands on a
/// junction may leave by any street, whichever of them was found nearest.
const AT_VERTEX_M: f64 = 0.001;

/// WGS84: the semi-major axis in metres and the flattening (NIMA TR8350.2, table 3.1).
const SEMI_MAJOR_M: f64 = 6_378_137.0;
const FLATTENING: f64 = 1.0 / 298.257_223_563;

/// One line of the network: its vertices as [longitude, latitude].
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) points: Vec<[f64; 2]>,
    /// Walkable only from the first vertex towards the last.
    pub(crate) one_way: bool,
}

/// One station record; records with the same id are entrances of one station.
#[derive(Clone, Debug)]
pub(crate) struct Station {
    pub(crate) id: String,
    pub(crate) lon: f64,
    pub(crate) lat: f64,
}

/// One resident record; a repeated id is a record of its own.
#[derive(Clone, Debug)]
pub(crate) struct Resident {
    pub(crate) id: String,
    pub(crate) lon: f64,
    pub(crate) lat: f64,
    /// People in thousandths; absent means one person.
    pub(crate) population: Option<u64>,
}

impl Resident {
    /// People in thousandths.
    pub(crate) fn people(&self) -> u64 {
        self.population.unwrap_or(1000)
    }
}

/// What is asked about: the lines, the station records and the resident records, each in input order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Case {
    pub(crate) lines: Vec<Line>,
    pub(crate) stations: Vec<Station>,
    pub(crate) residents: Vec<Resident>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    ToStation,
    FromStation,
    RoundTrip,
}

/// How it is asked, with the command's defaults.
#[derive(Clone, Debug)]
pub(crate) struct Parameters {
    pub(crate) speed_kmh: f64,
    pub(crate) minutes: Vec<u32>,
    pub(crate) metres: Vec<u32>,
    pub(crate) max_snap: f64,
    pub(crate) leg_factor: f64,
    pub(crate) min_island: f64,
    pub(crate) direction: Direction,
    /// Metres decide who is covered, as they do where metres are asked for and minutes are not.
    pub(crate) metres_decide: bool,
}

impl Default for Parameters {
    fn default() -> Self {
        Self {
            speed_kmh: 4.8,
            minutes: vec![5, 10, 15],
            metres: Vec::new(),
            max_snap: 200.0,
            leg_factor: 1.0,
            min_island: 300.0,
            direction: Direction::ToStation,
            metres_decide: false,
        }
    }
}

/// How a resident record ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    Covered,
    Beyond,
    Unreachable,
    OffNetwork,
    Invalid,
}

impl Status {
    pub(crate) const ALL: [Self; 5] = [
        Self::Covered,
        Self::Beyond,
        Self::Unreachable,
        Self::OffNetwork,
        Self::Invalid,
    ];

    /// As the files spell it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Covered => "covered",
            Self::Beyond => "beyond",
            Self::Unreachable => "unreachable",
            Self::OffNetwork => "off_network",
            Self::Invalid => "invalid",
        }
    }
}

/// How a station ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StationStatus {
    Ok,
    OffNetwork,
    Invalid,
}

impl StationStatus {
    /// As the files spell it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::OffNetwork => "off_network",
            Self::Invalid => "invalid",
        }
    }
}

/// A whole number that may depend on decisions too close to call: every value from `low` to `high` is right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Range {
    pub(crate) low: u64,
    pub(crate) high: u64,
}

impl Range {
    pub(crate) fn contains(self, value: u64) -> bool {
        self.low <= value && value <= self.high
    }

    /// Counts `amount` if the decision is yes, and only as possible if it is too close to call.
    fn add(&mut self, amount: u64, decision: Decision) {
        if decision == Decision::Yes {
            self.low += amount;
        }
        if decision != Decision::No {
            self.high += amount;
        }
    }
}

/// Whether a cost is within a cutoff.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Decision {
    Yes,
    No,
    TooClose,
}

impl Decision {
    fn new(cost: Option<f64>, cutoff: f64, close: f64) -> Self {
        match cost {
            Some(cost) if (cost - cutoff).abs() < close => Self::TooClose,
            Some(cost) if cost <= cutoff => Self::Yes,
            _ => Self::No,
        }
    }

    /// Yes where any is yes.
    fn any(decisions: impl Iterator<Item = Self>) -> Self {
        decisions.fold(Self::No, |so_far, next| match (so_far, next) {
            (Self::Yes, _) | (_, Self::Yes) => Self::Yes,
            (Self::TooClose, _) | (_, Self::TooClose) => Self::TooClose,
            _ => Self::No,
        })
    }

    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Yes, Self::Yes) => Self::Yes,
            _ => Self::TooClose,
        }
    }

    fn not(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
            Self::TooClose => Self::TooClose,
        }
    }
}

/// What became of one resident record.
#[derive(Clone, Debug)]
pub(crate) struct ResidentAnswer {
    /// The right status; two of them where the deciding test is too close to call.
    pub(crate) status: Vec<Status>,
    /// Metres of the leg, where it snapped.
    pub(crate) snap_m: Option<f64>,
    /// Seconds to the nearest station at any distance.
    pub(crate) seconds: Option<f64>,
    /// Indices (into [`Answer::stations`]) of the stations that may be called nearest; empty when none is reachable.
    pub(crate) nearest: Vec<usize>,
    /// Per minute cutoff, the number of stations within it.
    pub(crate) within_minutes: Vec<Range>,
    /// Metres to the station nearest by metres.
    pub(crate) metres: Option<f64>,
    /// Per metre cutoff, the number of stations within it.
    pub(crate) within_metres: Vec<Range>,
    /// Seconds to every station.
    pub(crate) seconds_to: Vec<Option<f64>>,
    /// Metres to every station.
    pub(crate) metres_to: Vec<Option<f64>>,
}

/// Who is within one cutoff of one station.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Catchment {
    pub(crate) residents: Range,
    /// People in thousandths.
    pub(crate) population: Range,
    /// People in thousandths whom no other station reaches within the cutoff.
    pub(crate) exclusive_population: Range,
}

/// What became of one station, in the order in which the ids first appear.
#[derive(Clone, Debug)]
pub(crate) struct StationAnswer {
    pub(crate) id: String,
    pub(crate) status: StationStatus,
    /// The leg of every entrance that snapped.
    pub(crate) snaps_m: Vec<f64>,
    pub(crate) by_minutes: Vec<Catchment>,
    pub(crate) by_metres: Vec<Catchment>,
}

/// Sums over all resident records, in the order of [`Status::ALL`] and of the cutoffs; people in thousandths.
#[derive(Clone, Debug, Default)]
pub(crate) struct Totals {
    pub(crate) people: u64,
    pub(crate) records_by_status: [Range; 5],
    pub(crate) people_by_status: [Range; 5],
    pub(crate) people_within_minutes: Vec<Range>,
    pub(crate) people_within_metres: Vec<Range>,
}

/// The whole answer.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) residents: Vec<ResidentAnswer>,
    pub(crate) stations: Vec<StationAnswer>,
    pub(crate) totals: Totals,
    /// Points whose snap hangs on the last digits of floating point: a case with any of them decides nothing.
    pub(crate) doubts: Vec<String>,
}

/// Answers the case by brute force.
///
/// # Panics
/// If a line has an impossible coordinate: the reference is for valid networks.
pub(crate) fn answer(case: &Case, parameters: &Parameters) -> Answer {
    let network = Network::new(&case.lines, parameters.min_island);
    let mut doubts = network.doubts.clone();
    let mut snap = |what: &str, id: &str, lon: f64, lat: f64| {
        let snap = network.snap(lon, lat, parameters.max_snap);
        if let Some(doubt) = snap.doubt {
            doubts.push(format!("{what} {id} ({lon}, {lat}): {doubt}"));
        }
        snap.place
    };
    let homes: Vec<Option<Place>> = case
        .residents
        .iter()
        .map(|resident| snap("resident", &resident.id, resident.lon, resident.lat))
        .collect();
    let stations = SnappedStation::group(&case.stations, |row| {
        snap("station", &row.id, row.lon, row.lat)
    });

    let way_s_per_m = 3.6 / parameters.speed_kmh;
    let seconds = Price {
        way: way_s_per_m,
        leg: way_s_per_m * parameters.leg_factor,
    };
    // Metres are an impedance like any other, so the factor lengthens their legs too.
    let metres = Price {
        way: 1.0,
        leg: parameters.leg_factor,
    };
    let seconds = network.costs(&homes, &stations, seconds, parameters.direction);
    let metres = network.costs(&homes, &stations, metres, parameters.direction);

    let residents: Vec<ResidentAnswer> = case
        .residents
        .iter()
        .zip(&homes)
        .zip(seconds.into_iter().zip(metres))
        .map(|((resident, home), (seconds_to, metres_to))| {
            resident_answer(
                resident, *home, &stations, parameters, seconds_to, metres_to,
            )
        })
        .collect();
    let stations = stations
        .into_iter()
        .enumerate()
        .map(|(index, station)| StationAnswer {
            by_minutes: parameters
                .minutes
                .iter()
                .map(|&minutes| catchment(case, &residents, index, Cutoff::Minutes(minutes)))
                .collect(),
            by_metres: parameters
                .metres
                .iter()
                .map(|&metres| catchment(case, &residents, index, Cutoff::Metres(metres)))
                .collect(),
            status: station.status,
            snaps_m: station.entrances.iter().map(|place| place.leg_m).collect(),
            id: station.id,
        })
        .collect();
    Answer {
        totals: totals(case, &residents, parameters),
        residents,
        stations,
        doubts,
    }
}

/// One of the questions asked about a pair.
#[derive(Clone, Copy, Debug)]
enum Cutoff {
    Minutes(u32),
    Metres(u32),
}

impl Cutoff {
    fn decide(self, resident: &ResidentAnswer, station: usize) -> Decision {
        match self {
            Self::Minutes(minutes) => within_minutes(resident.seconds_to[station], minutes),
            Self::Metres(metres) => within_metres(resident.metres_to[station], metres),
        }
    }

    fn decide_each(self, resident: &ResidentAnswer) -> impl Iterator<Item = Decision> {
        (0..resident.seconds_to.len()).map(move |station| self.decide(resident, station))
    }
}

/// Whether a time is within a cutoff, inclusive.
pub(crate) fn within_minutes(seconds: Option<f64>, minutes: u32) -> Decision {
    Decision::new(seconds, 60.0 * f64::from(minutes), CLOSE_S)
}

/// Whether a length is within a cutoff, inclusive.
pub(crate) fn within_metres(length: Option<f64>, metres: u32) -> Decision {
    Decision::new(length, f64::from(metres), CLOSE_M)
}

fn resident_answer(
    resident: &Resident,
    home: Option<Place>,
    stations: &[SnappedStation],
    parameters: &Parameters,
    seconds_to: Vec<Option<f64>>,
    metres_to: Vec<Option<f64>>,
) -> ResidentAnswer {
    let count = |decisions: &mut dyn Iterator<Item = Decision>| {
        let mut range = Range::default();
        for decision in decisions {
            range.add(1, decision);
        }
        range
    };
    let seconds = smallest(&seconds_to);
    let mut answer = ResidentAnswer {
        status: Vec::new(),
        snap_m: home.map(|place| place.leg_m),
        seconds,
        nearest: nearest(&seconds_to, stations),
        within_minutes: Vec::new(),
        metres: smallest(&metres_to),
        within_metres: Vec::new(),
        seconds_to,
        metres_to,
    };
    answer.within_minutes = parameters
        .minutes
        .iter()
        .map(|&minutes| count(&mut Cutoff::Minutes(minutes).decide_each(&answer)))
        .collect();
    answer.within_metres = parameters
        .metres
        .iter()
        .map(|&metres| count(&mut Cutoff::Metres(metres).decide_each(&answer)))
        .collect();
    answer.status = if !is_valid(resident.lon, resident.lat) {
        vec![Status::Invalid]
    } else if home.is_none() {
        vec![Status::OffNetwork]
    } else if seconds.is_none() {
        vec![Status::Unreachable]
    } else {
        let deciding = if parameters.metres_decide {
            within_metres(answer.metres, largest(&parameters.metres))
        } else {
            within_minutes(answer.seconds, largest(&parameters.minutes))
        };
        match deciding {
            Decision::Yes => vec![Status::Covered],
            Decision::No => vec![Status::Beyond],
            Decision::TooClose => vec![Status::Covered, Status::Beyond],
        }
    };
    answer
}

fn largest(cutoffs: &[u32]) -> u32 {
    *cutoffs
        .iter()
        .max()
        .expect("a case needs a cutoff to decide by")
}

fn smallest(costs: &[Option<f64>]) -> Option<f64> {
    costs.iter().copied().flatten().min_by(f64::total_cmp)
}

/// The stations that may be called nearest: those too close to the best to tell apart. Stations with the very same
/// entrances are equal to the millisecond in any engine, so of those only the first may be named.
fn nearest(seconds: &[Option<f64>], stations: &[SnappedStation]) -> Vec<usize> {
    let Some(best) = smallest(seconds) else {
        return Vec::new();
    };
    let candidates: Vec<usize> = (0..stations.len())
        .filter(|&station| seconds[station].is_some_and(|time| time - best < CLOSE_S))
        .collect();
    let has_earlier_twin = |station: usize| {
        (0..station).any(|earlier| stations[earlier].sites == stations[station].sites)
    };
    candidates
        .into_iter()
        .filter(|&station| !has_earlier_twin(station))
        .collect()
}

fn catchment(
    case: &Case,
    residents: &[ResidentAnswer],
    station: usize,
    cutoff: Cutoff,
) -> Catchment {
    let mut catchment = Catchment::default();
    for (record, resident) in case.residents.iter().zip(residents) {
        let served = cutoff.decide(resident, station);
        let by_another = Decision::any(
            cutoff
                .decide_each(resident)
                .enumerate()
                .filter(|&(other, _)| other != station)
                .map(|(_, decision)| decision),
        );
        catchment.residents.add(1, served);
        catchment.population.add(record.people(), served);
        catchment
            .exclusive_population
            .add(record.people(), served.and(by_another.not()));
    }
    catchment
}

fn totals(case: &Case, residents: &[ResidentAnswer], parameters: &Parameters) -> Totals {
    let within = |cutoff: Cutoff| {
        let mut people = Range::default();
        for (record, resident) in case.residents.iter().zip(residents) {
            people.add(record.people(), Decision::any(cutoff.decide_each(resident)));
        }
        people
    };
    let mut totals = Totals {
        people: case.residents.iter().map(Resident::people).sum(),
        people_within_minutes: parameters
            .minutes
            .iter()
            .map(|&minutes| within(Cutoff::Minutes(minutes)))
            .collect(),
        people_within_metres: parameters
            .metres
            .iter()
            .map(|&metres| within(Cutoff::Metres(metres)))
            .collect(),
        ..Totals::default()
    };
    for (record, resident) in case.residents.iter().zip(residents) {
        for (index, status) in Status::ALL.iter().enumerate() {
            let decision = match (resident.status.contains(status), resident.status.len()) {
                (true, 1) => Decision::Yes,
                (true, _) => Decision::TooClose,
                (false, _) => Decision::No,
            };
            totals.records_by_status[index].add(1, decision);
            totals.people_by_status[index].add(record.people(), decision);
        }
    }
    totals
}

/// Whether a coordinate is one on earth.
pub(crate) fn is_valid(lon: f64, lat: f64) -> bool {
    lon.is_finite() && lat.is_finite() && lon.abs() <= 180.0 && lat.abs() <= 90.0
}

/// Metres per degree of longitude and of latitude at a latitude: the radius of the parallel and of the meridian.
pub(crate) fn metres_per_degree(lat: f64) -> [f64; 2] {
    let eccentricity_2 = FLATTENING * (2.0 - FLATTENING);
    let (sin, cos) = lat.to_radians().sin_cos();
    let root = (1.0 - eccentricity_2 * sin * sin).sqrt();
    let prime_vertical = SEMI_MAJOR_M / root;
    let meridional = SEMI_MAJOR_M * (1.0 - eccentricity_2) / (root * root * root);
    [(prime_vertical * cos).to_radians(), meridional.to_radians()]
}

/// A point on the network, and the straight leg to it.
#[derive(Clone, Copy, Debug)]
struct Place {
    segment: usize,
    /// From 0 at the first end of the segment to 1 at the second.
    fraction: f64,
    leg_m: f64,
}

/// Where a point snapped, and why that should not be relied on.
#[derive(Clone, Debug)]
pub(crate) struct Snap {
    place: Option<Place>,
    pub(crate) doubt: Option<&'static str>,
}

impl Snap {
    pub(crate) fn leg_m(&self) -> Option<f64> {
        self.place.map(|place| place.leg_m)
    }
}

/// A station with the entrances that snapped.
struct SnappedStation {
    id: String,
    status: StationStatus,
    entrances: Vec<Place>,
    /// The coordinates of all its records, bit for bit.
    sites: Vec<[u64; 2]>,
}

impl SnappedStation {
    fn group(rows: &[Station], mut snap: impl FnMut(&Station) -> Option<Place>) -> Vec<Self> {
        let mut stations: Vec<Self> = Vec::new();
        for row in rows {
            let index = stations
                .iter()
                .position(|station| station.id == row.id)
                .unwrap_or_else(|| {
                    stations.push(Self {
                        id: row.id.clone(),
                        status: StationStatus::Invalid,
                        entrances: Vec::new(),
                        sites: Vec::new(),
                    });
                    stations.len() - 1
                });
            let station = &mut stations[index];
            station.sites.push([row.lon.to_bits(), row.lat.to_bits()]);
            // The best record decides: one entrance that works makes a station, one that is on earth a valid one.
            if let Some(place) = snap(row) {
                station.entrances.push(place);
                station.status = StationStatus::Ok;
            } else if station.status == StationStatus::Invalid && is_valid(row.lon, row.lat) {
                station.status = StationStatus::OffNetwork;
            }
        }
        stations
    }
}

/// What a metre costs, on a way and on a leg.
#[derive(Clone, Copy)]
struct Price {
    way: f64,
    leg: f64,
}

/// A straight piece between two neighbouring vertices that are not one node.
#[derive(Debug)]
struct Segment {
    nodes: [usize; 2],
    points: [[f64; 2]; 2],
    length_m: f64,
    one_way: bool,
    usable: bool,
}

impl Segment {
    /// Whether both are the same straight piece: two nodes have only one straight piece between them, whatever the
    /// number of lines that run along it and their sense.
    fn is_twin(&self, other: &Self) -> bool {
        self.nodes == other.nodes || self.nodes == [other.nodes[1], other.nodes[0]]
    }

    fn may_be_walked_as(&self, other: &Self) -> bool {
        self.one_way == other.one_way && (!self.one_way || self.nodes == other.nodes)
    }
}

/// The full vertex graph.
#[derive(Debug)]
pub(crate) struct Network {
    segments: Vec<Segment>,
    /// Per node, the nodes that can be walked to, and the metres.
    out: Vec<Vec<(usize, f64)>>,
    /// Per node, the nodes that it can be walked to from, and the metres.
    back: Vec<Vec<(usize, f64)>>,
    doubts: Vec<String>,
}

impl Network {
    /// Joins the lines where their vertices coincide, and marks the pieces shorter than `min_island` metres.
    pub(crate) fn new(lines: &[Line], min_island: f64) -> Self {
        let mut node_at: HashMap<[u64; 2], usize> = HashMap::new();
        let mut segments = Vec::new();
        for line in lines {
            for pair in line.points.windows(2) {
                let points = [pair[0], pair[1]];
                assert!(
                    points.iter().all(|&[lon, lat]| is_valid(lon, lat)),
                    "{points:?}"
                );
                let nodes = points.map(|point| {
                    let next = node_at.len();
                    *node_at.entry(key(point)).or_insert(next)
                });
                // A repeated vertex is no street: nobody can be on it who is not at its neighbours' end.
                if nodes[0] != nodes[1] {
                    segments.push(Segment {
                        nodes,
                        points,
                        length_m: geodesic_m(points[0], points[1]),
                        one_way: line.one_way,
                        usable: true,
                    });
                }
            }
        }
        let mut network = Self {
            out: vec![Vec::new(); node_at.len()],
            back: vec![Vec::new(); node_at.len()],
            segments,
            doubts: Vec::new(),
        };
        for segment in &network.segments {
            let [from, to] = segment.nodes;
            network.out[from].push((to, segment.length_m));
            network.back[to].push((from, segment.length_m));
            if !segment.one_way {
                network.out[to].push((from, segment.length_m));
                network.back[from].push((to, segment.length_m));
            }
        }
        network.mark_islands(min_island);
        network
    }

    fn mark_islands(&mut self, min_island: f64) {
        // Spread the smallest node number over every piece until nothing changes: slow, and impossible to get wrong.
        let mut piece: Vec<usize> = (0..self.out.len()).collect();
        let mut changed = true;
        while changed {
            changed = false;
            for segment in &self.segments {
                let [one, other] = segment.nodes;
                let smaller = piece[one].min(piece[other]);
                changed |= piece[one] != smaller || piece[other] != smaller;
                piece[one] = smaller;
                piece[other] = smaller;
            }
        }
        let mut lengths = vec![0.0; self.out.len()];
        for segment in &self.segments {
            lengths[piece[segment.nodes[0]]] += segment.length_m;
        }
        for segment in &mut self.segments {
            segment.usable = lengths[piece[segment.nodes[0]]] >= min_island;
        }
        for &length in &lengths {
            if length > 0.0 && (length - min_island).abs() < SNAP_DOUBT_M {
                self.doubts
                    .push(format!("a piece of {length} m against min_island"));
            }
        }
    }

    /// The nearest point of the nearest usable segment, by looking at all of them.
    pub(crate) fn snap(&self, lon: f64, lat: f64, max_snap: f64) -> Snap {
        if !is_valid(lon, lat) {
            return Snap {
                place: None,
                doubt: None,
            };
        }
        let candidates: Vec<Place> = self
            .segments
            .iter()
            .enumerate()
            .filter(|(_, segment)| segment.usable)
            .map(|(index, segment)| {
                let (fraction, leg_m) = nearest_on_segment([lon, lat], segment.points);
                Place {
                    segment: index,
                    fraction,
                    leg_m,
                }
            })
            .collect();
        // `min_by` keeps the first of equals: the smaller segment.
        let best = candidates
            .iter()
            .copied()
            .min_by(|one, other| one.leg_m.total_cmp(&other.leg_m));
        let doubt = best.and_then(|best| {
            let is_rival = |other: &&Place| {
                other.leg_m - best.leg_m < SNAP_DOUBT_M && !self.is_same_place(&best, other)
            };
            if (best.leg_m - max_snap).abs() < SNAP_DOUBT_M && best.leg_m > 0.0 {
                Some("its leg is too close to the longest allowed")
            } else if best.leg_m <= max_snap && candidates.iter().any(|other| is_rival(&other)) {
                Some("two places on the network are equally near")
            } else {
                None
            }
        });
        Snap {
            place: best.filter(|place| place.leg_m <= max_snap),
            doubt,
        }
    }

    /// Whether it makes no difference which of the two a point snaps to.
    fn is_same_place(&self, one: &Place, other: &Place) -> bool {
        let (first, second) = (&self.segments[one.segment], &self.segments[other.segment]);
        if one.segment == other.segment || (first.is_twin(second) && first.may_be_walked_as(second))
        {
            return true;
        }
        // At or so near the same node that the way between the two is nothing. On one-way ways a step off the node
        // is a step too far, so both must be at it.
        let near_m = if first.one_way || second.one_way {
            AT_VERTEX_M
        } else {
            SNAP_DOUBT_M
        };
        (0..2).any(|end| {
            (0..2).any(|other_end| {
                first.nodes[end] == second.nodes[other_end]
                    && self.to_ends(one)[end] <= near_m
                    && self.to_ends(other)[other_end] <= near_m
            })
        })
    }

    /// Metres along the segment to its two ends.
    fn to_ends(&self, place: &Place) -> [f64; 2] {
        let length = self.segments[place.segment].length_m;
        [place.fraction * length, (1.0 - place.fraction) * length]
    }

    /// The nodes that one gets to from the place (or, not `leaving`, gets to the place from), with the metres.
    fn ends(&self, place: &Place, leaving: bool) -> Vec<(usize, f64)> {
        let segment = &self.segments[place.segment];
        (0..2)
            .map(|end| (end, self.to_ends(place)[end]))
            .filter(|&(end, metres)| {
                // Forward means leaving by the second end, arriving by the first.
                let is_forward = (end == 1) == leaving;
                is_forward || !segment.one_way || metres <= AT_VERTEX_M
            })
            .map(|(end, metres)| (segment.nodes[end], metres))
            .collect()
    }

    /// Metres from one place straight along the segment to another, where both lie on one and its sense allows it.
    fn straight_along(&self, from: &Place, to: &Place) -> Option<f64> {
        let (segment, other) = (&self.segments[from.segment], &self.segments[to.segment]);
        if !segment.is_twin(other) {
            return None;
        }
        let to_fraction = if segment.nodes == other.nodes {
            to.fraction
        } else {
            1.0 - to.fraction
        };
        let metres = (to_fraction - from.fraction) * segment.length_m;
        (metres >= -AT_VERTEX_M || !segment.one_way).then_some(metres.abs())
    }

    /// What it costs every home to get to every station, or from it, or there and back.
    fn costs(
        &self,
        homes: &[Option<Place>],
        stations: &[SnappedStation],
        price: Price,
        direction: Direction,
    ) -> Vec<Vec<Option<f64>>> {
        let mut costs = vec![vec![None; stations.len()]; homes.len()];
        for (index, station) in stations.iter().enumerate() {
            // A station is one thing: who comes in by one entrance may leave by another.
            let to = self.costs_one_way(homes, &station.entrances, price, true);
            let from = self.costs_one_way(homes, &station.entrances, price, false);
            for (home, (to, from)) in to.into_iter().zip(from).enumerate() {
                costs[home][index] = match direction {
                    Direction::ToStation => to,
                    Direction::FromStation => from,
                    Direction::RoundTrip => to.zip(from).map(|(to, from)| to + from),
                };
            }
        }
        costs
    }

    fn costs_one_way(
        &self,
        homes: &[Option<Place>],
        entrances: &[Place],
        price: Price,
        to_station: bool,
    ) -> Vec<Option<f64>> {
        // To a station the search runs backwards from it, against the arcs.
        let arcs = if to_station { &self.back } else { &self.out };
        let seeds: Vec<(usize, f64)> = entrances
            .iter()
            .flat_map(|entrance| {
                self.ends(entrance, !to_station)
                    .into_iter()
                    .map(|(node, metres)| (node, entrance.leg_m * price.leg + metres * price.way))
            })
            .collect();
        let at_node = dijkstra(arcs, &seeds, price.way);
        homes
            .iter()
            .map(|home| {
                let home = home.as_ref()?;
                let by_nodes = self
                    .ends(home, to_station)
                    .into_iter()
                    .filter_map(|(node, metres)| Some(at_node[node]? + metres * price.way));
                let straight = entrances.iter().filter_map(|entrance| {
                    let metres = if to_station {
                        self.straight_along(home, entrance)
                    } else {
                        self.straight_along(entrance, home)
                    };
                    Some(entrance.leg_m * price.leg + metres? * price.way)
                });
                let way = by_nodes.chain(straight).min_by(f64::total_cmp)?;
                Some(home.leg_m * price.leg + way)
            })
            .collect()
    }
}

/// The node that a vertex belongs to: its coordinates rounded to 1e-7 degrees.
fn key(point: [f64; 2]) -> [u64; 2] {
    // Adding zero makes the two zeros one.
    point.map(|degrees| ((degrees * 1e7).round() + 0.0).to_bits())
}

fn geodesic_m(from: [f64; 2], to: [f64; 2]) -> f64 {
    Geodesic.distance(Point::from(from), Point::from(to))
}

/// The fraction along the segment of its point nearest to `point`, and the metres to it, east and north of `point`.
fn nearest_on_segment(point: [f64; 2], ends: [[f64; 2]; 2]) -> (f64, f64) {
    let scale = metres_per_degree(point[1]);
    let [[x1, y1], [x2, y2]] =
        ends.map(|[lon, lat]| [(lon - point[0]) * scale[0], (lat - point[1]) * scale[1]]);
    let (dx, dy) = (x2 - x1, y2 - y1);
    let length_2 = dx * dx + dy * dy;
    let fraction = if length_2 > 0.0 {
        (-(x1 * dx + y1 * dy) / length_2).clamp(0.0, 1.0)
    } else {
        0.0
    };
    // Where the second end is nearest, measure to it: adding up to it would lose the last digits.
    let leg = if fraction < 1.0 {
        (x1 + fraction * dx).hypot(y1 + fraction * dy)
    } else {
        x2.hypot(y2)
    };
    (fraction, leg)
}

/// The textbook search, over the whole graph.
fn dijkstra(
    arcs: &[Vec<(usize, f64)>],
    seeds: &[(usize, f64)],
    per_metre: f64,
) -> Vec<Option<f64>> {
    let mut best: Vec<Option<f64>> = vec![None; arcs.len()];
    // The bits of floats that are not negative sort as the floats do.
    let mut queue: BinaryHeap<Reverse<(u64, usize)>> = seeds
        .iter()
        .map(|&(node, cost)| Reverse((cost.to_bits(), node)))
        .collect();
    while let Some(Reverse((cost, node))) = queue.pop() {
        if best[node].is_some() {
            continue;
        }
        let cost = f64::from_bits(cost);
        best[node] = Some(cost);
        for &(next, metres) in &arcs[node] {
            if best[next].is_none() {
                queue.push(Reverse(((cost + metres * per_metre).to_bits(), next)));
            }
        }
    }
    best
}

#[cfg(test)]
#[path = "reference_tests.rs"]
mod tests;
