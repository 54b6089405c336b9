//! What is timed of pedshed, in one small place: each function is one work that the peers do too.

use std::path::Path;

use geo_types::{Coord, MultiPolygon};
use pedshed::control::Control;
use pedshed::id::ResidentId;
use pedshed::inputs::{Request, Source, read_network};
use pedshed::isochrone::{Ground, SampleGrid};
use pedshed::model::{Profile, WayKind};
use pedshed::network::{Direction, Impedance, Network};
use pedshed::search::{Engine, NearestStation, Trip};
use pedshed::snap::{Snap, SnapOptions, Snapped, Snapping};
use pedshed::units::{Cost, Cutoff, People, Unit};
use pedshed::walker::{Placed, WalkOptions, Walker};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// The walk that all are asked about, in minutes: 1,200 m at the plain profile's 4.8 km/h.
const MINUTES: f64 = 15.0;

pub(crate) fn cutoff() -> Cutoff {
    Cutoff::minutes(MINUTES).expect("a cutoff")
}

/// A city from its file, as one walker without delays sees it.
pub(crate) struct City {
    pub(crate) network: Network,
    pub(crate) impedance: Impedance,
}

impl City {
    /// From an OpenStreetMap file to a network ready to be asked.
    pub(crate) fn load(pbf: &Path) -> Result<Self> {
        let network = read_network(&Request::new(Source::open(pbf)?))?.network;
        let impedance = Impedance::times(&network, &Profile::plain())?;
        Ok(Self { network, impedance })
    }
}

/// The ground of a city with stations at junctions, ready for isochrones.
pub(crate) struct SampledCity(Placed);

impl SampledCity {
    pub(crate) fn new(city: &City, stations: &[u32]) -> Result<Self> {
        let junctions = at_junctions(&city.network);
        let walker = walker(&city.network, city.impedance.clone())?;
        let snapped = snapped(&junctions, stations, &[]);
        Ok(Self(Placed::from_snapped(
            &walker,
            snapped,
            Trip::FromStation,
        )?))
    }

    /// What is made once and drawn on then.
    pub(crate) fn sample_grid(&self) -> SampleGrid<'_> {
        let ground = Ground::new(&self.0, Unit::Milliseconds).expect("times");
        SampleGrid::new(ground, Control::default()).expect("nobody cancels")
    }
}

/// The ground within the cutoff of each station.
pub(crate) fn isochrones(sample_grid: &SampleGrid<'_>) -> Result<Vec<MultiPolygon<f64>>> {
    let drawn = sample_grid.by_station(&[cutoff()], Control::default())?;
    Ok(drawn.into_iter().flatten().collect())
}

/// The network that the graph engines get, in arrays: junctions and edges with a cost each way.
pub(crate) struct Arrays {
    pub(crate) places: Vec<Coord<f64>>,
    pub(crate) ends: Vec<[u32; 2]>,
    /// Along and against each edge, `CLOSED` where it may not be walked.
    pub(crate) costs: Vec<[Cost; 2]>,
}

/// The graph made of the arrays, ready to be asked.
pub(crate) struct Graph {
    walker: Walker,
    junctions: Vec<Snapping>,
}

impl Graph {
    /// What the graph engines call building their network. Every way carries everybody through, as in their graphs.
    pub(crate) fn new(arrays: &Arrays) -> Result<Self> {
        let edges: Vec<(u32, u32, WayKind)> = arrays
            .ends
            .iter()
            .map(|&[tail, head]| (tail, head, WayKind::Street))
            .collect();
        let network = Network::from_edges(&arrays.places, &edges)?;
        let cost = |edge: pedshed::id::EdgeId, direction| {
            let [along, against] = arrays.costs[edge.index()];
            match direction {
                Direction::Forward => along,
                Direction::Backward => against,
            }
        };
        let impedance = Impedance::from_costs(&network, Unit::Milliseconds, 1.0, cost);
        let junctions = at_junctions(&network);
        Ok(Self {
            walker: walker(&network, impedance)?,
            junctions,
        })
    }

    /// Everybody at a junction: the stations and the residents, or a resident at every one.
    pub(crate) fn placed(&self, stations: &[u32], residents: Option<&[u32]>) -> Result<Placed> {
        let homes = residents.map(|residents| self.at(residents));
        let homes = homes.as_ref().unwrap_or(&self.junctions);
        let snapped = snapped(&self.junctions, stations, homes);
        let placed = Placed::from_snapped(&self.walker, snapped, Trip::FromStation)?;
        Ok(placed)
    }

    fn at(&self, junctions: &[u32]) -> Vec<Snapping> {
        let snap = |junction: &u32| self.junctions[*junction as usize];
        junctions.iter().map(snap).collect()
    }
}

/// A walker for whom no street is an island.
fn walker(network: &Network, times: Impedance) -> Result<Walker> {
    let options = WalkOptions {
        min_island_m: 0.0,
        ..WalkOptions::default()
    };
    Ok(Walker::with_costs(network, times, None, options)?)
}

/// What is made once and asked then.
pub(crate) fn engine_of(placed: &Placed) -> Result<Engine<'_>> {
    Ok(placed.engine(Unit::Milliseconds, Control::default())?)
}

/// One row of a table: who is within, and at what cost.
pub(crate) type Row = Vec<(ResidentId, Cost)>;

/// The residents within the cutoff of each station with their costs.
pub(crate) fn rows(engine: &Engine<'_>) -> Result<Vec<Row>> {
    Ok(engine.map_catchments(cutoff(), Control::default(), |_, row| row.to_vec())?)
}

/// Each resident's nearest station at any distance.
pub(crate) fn nearest(engine: &Engine<'_>) -> Result<Vec<Option<NearestStation>>> {
    let times = engine.travel_times(None, Control::default())?;
    Ok(times.nearest().to_vec())
}

/// How many residents are within a cutoff of every junction.
pub(crate) fn accessibility(engine: &Engine<'_>, cutoff: Cutoff) -> Result<Vec<u32>> {
    let everybody = vec![People::ONE; engine.snapped().residents().len()];
    let people = engine.people_around_junctions(cutoff, &everybody, Control::default())?;
    let one = People::ONE.thousandths();
    Ok(people
        .iter()
        .map(|people| (people.thousandths() / one) as u32)
        .collect())
}

/// Somebody who stands at each junction.
fn at_junctions(network: &Network) -> Vec<Snapping> {
    let mut snaps = vec![Snapping::Invalid; network.node_count()];
    for (edge, ends) in network.edges() {
        for (node, fraction) in [(ends.tail, 0.0), (ends.head, 1.0)] {
            snaps[node.index()] = Snapping::On(Snap::new(edge, fraction, 0.0));
        }
    }
    snaps
}

fn snapped(junctions: &[Snapping], stations: &[u32], residents: &[Snapping]) -> Snapped {
    let ids: Vec<String> = (0..stations.len()).map(|id| id.to_string()).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let rows: Vec<Snapping> = stations
        .iter()
        .map(|station| junctions[*station as usize])
        .collect();
    Snapped::from_snappings(residents.to_vec(), &ids, &rows, SnapOptions::default())
}
