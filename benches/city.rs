//! The city that is measured: Porto where its extract lies beside the project, the Liechtenstein of `data/` elsewhere, with
//! stations and residents drawn on its streets from one seed.

use std::path::Path;

use pedshed::control::Control;
use pedshed::id::{EdgeId, NodeId};
use pedshed::inputs::{Inputs, Request, Source};
use pedshed::model::{Access, Profile, Resident, Station};
use pedshed::network::{Impedance, Network};
use pedshed::search::{Engine, Trip};
use pedshed::snap::{Snap, SnapOptions, Snapped, Snapping};
use pedshed::units::{CLOSED, Cutoff, Unit};
use pedshed::walker::{Placed, WalkOptions, Walker};

use crate::random::SplitMix64;

/// Stations, as in the tables of BENCHMARKS.md.
pub(crate) const STATIONS: usize = 1000;
/// Residents, likewise.
pub(crate) const RESIDENTS: usize = 20_000;
/// 15 minutes in milliseconds.
pub(crate) const BOUND: u32 = 900_000;

/// The extract that is read.
pub(crate) fn path() -> &'static Path {
    let porto = Path::new("../shared/data/porto.osm.pbf");
    if porto.exists() {
        porto
    } else {
        Path::new("data/liechtenstein-2013-08-03.osm.pbf")
    }
}

pub(crate) struct RealCity {
    pub(crate) network: Network,
    pub(crate) impedance: Impedance,
    /// The same without private ways, which carry nobody through: rivals know no pockets.
    pub(crate) public: Impedance,
    pub(crate) walker: Walker,
    /// Junctions with stations, for searches from junction to junction.
    pub(crate) sources: Vec<NodeId>,
    pub(crate) stations: Vec<Station>,
    pub(crate) residents: Vec<Resident>,
}

impl RealCity {
    pub(crate) fn read() -> Self {
        let source = Source::open(path()).expect("the extract is there");
        let inputs = Inputs::read(&Request::new(source)).expect("a city");
        let network = inputs.network;
        let impedance = Impedance::times(&network, &Profile::plain()).expect("costs fit");
        let price = impedance.leg_cost_per_metre();
        let public =
            Impedance::from_costs(&network, Unit::Milliseconds, price, |edge, direction| {
                let is_public = network.edge(edge).passage.access == Access::Public;
                let cost = impedance.cost(edge, direction).filter(|_| is_public);
                cost.unwrap_or(CLOSED)
            });
        let walker = walker(&network, &impedance);
        let mut random = SplitMix64::new(7);
        let mut edge = || loop {
            let edge = EdgeId(random.below(network.edge_count() as i32) as u32);
            if public.is_usable(edge) {
                break edge;
            }
        };
        let sources = (0..STATIONS).map(|_| network.edge(edge()).tail).collect();
        let mut place = |index: usize| {
            let place = network.place_at(edge(), 0.3 + 0.4 * (index % 7) as f64 / 7.0);
            (place.x, place.y + 0.0001)
        };
        let stations = (0..STATIONS).map(|index| {
            let (lon, lat) = place(index);
            Station::new(format!("s{index}"), lon, lat)
        });
        let stations = stations.collect();
        let residents = (0..RESIDENTS).map(|index| {
            let (lon, lat) = place(index);
            Resident::new(format!("r{index}"), lon, lat)
        });
        Self {
            residents: residents.collect(),
            stations,
            sources,
            walker,
            impedance,
            public,
            network,
        }
    }

    /// Stations and residents on the streets.
    pub(crate) fn placed(&self) -> Placed {
        let (stations, residents) = (&self.stations, &self.residents);
        let (trip, control) = (Trip::ToStation, Control::default());
        let placed = Placed::new(&self.walker, stations, residents, trip, control);
        placed.expect("not cancelled")
    }

    /// A station at each source, and a resident at every junction or nowhere.
    pub(crate) fn at_junctions(&self, with_residents: bool) -> Placed {
        let mut at = vec![Snapping::Invalid; self.network.node_count()];
        let usable = |(id, _): &(EdgeId, _)| self.public.is_usable(*id);
        for (id, edge) in self.network.edges().filter(usable) {
            for (node, fraction) in [(edge.tail, 0.0), (edge.head, 1.0)] {
                let leg_m = 0.0;
                at[node.index()] = Snapping::On(Snap::new(id, fraction, leg_m));
            }
        }
        let stations: Vec<Snapping> = self.sources.iter().map(|node| at[node.index()]).collect();
        let ids: Vec<String> = (0..stations.len()).map(|id| id.to_string()).collect();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let residents = if with_residents { at } else { Vec::new() };
        let snapped = Snapped::from_snappings(residents, &ids, &stations, SnapOptions::default());
        let walker = walker(&self.network, &self.public);
        let placed = Placed::from_snapped(&walker, snapped, Trip::FromStation);
        placed.expect("its own streets")
    }
}

fn walker(network: &Network, times: &Impedance) -> Walker {
    let walker = Walker::with_costs(network, times.clone(), None, WalkOptions::default());
    walker.expect("its own times")
}

/// The searches by minutes.
pub(crate) fn engine(placed: &Placed) -> Engine<'_> {
    let engine = placed.engine(Unit::Milliseconds, Control::default());
    engine.expect("not cancelled")
}

pub(crate) fn quarter_hour() -> Cutoff {
    Cutoff::minutes(15.0).expect("a cutoff")
}
