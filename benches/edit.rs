//! Edits of a city that is counted already: a station put anywhere, one that is dragged, one removed and put back, a street
//! closed and opened. What is counted is checked against a full run before and after.

use std::sync::{LazyLock, Mutex, MutexGuard};

use divan::Bencher;
use geo_types::Coord;
use pedshed::control::Control;
use pedshed::coverage::{Coverage, LiveCoverage, Tests};
use pedshed::id::{EdgeId, StationId};
use pedshed::model::{CityRecords, Station};
use pedshed::network::Network;
use pedshed::search::Trip;
use pedshed::units::Cutoff;
use pedshed::walker::{Placed, WalkOptions, Walker};

use crate::CITY;
use crate::city::STATIONS;
use crate::random::SplitMix64;

/// A city that is edited, and the stations as a full run would read them.
struct Edited {
    live: LiveCoverage,
    stations: Vec<Station>,
    random: SplitMix64,
}

static EDITED: LazyLock<Mutex<Edited>> = LazyLock::new(|| Mutex::new(Edited::new()));

fn edited() -> MutexGuard<'static, Edited> {
    EDITED.lock().expect("no bench has failed")
}

/// A place up to 25 m off a street.
fn place(network: &Network, random: &mut SplitMix64) -> Coord<f64> {
    let edge = EdgeId(random.below(network.edge_count() as i32) as u32);
    let mut place = network.place_at(edge, f64::from(random.below(1000)) / 1000.0);
    place.x += f64::from(random.below(400) - 200) * 1e-6;
    place.y += f64::from(random.below(400) - 200) * 1e-6;
    place
}

fn tests() -> Tests {
    let minutes = [5.0, 10.0, 15.0].map(|minutes| Cutoff::minutes(minutes).expect("a cutoff"));
    Tests::new(minutes).expect("cutoffs")
}

fn records() -> CityRecords<'static> {
    CityRecords {
        stations: &CITY.stations,
        residents: &CITY.residents,
        areas: &[],
    }
}

impl Edited {
    fn new() -> Self {
        let (city, placed) = (records(), CITY.placed());
        let control = Control::default();
        let live = LiveCoverage::new(&placed, city, tests(), control).expect("not cancelled");
        let mut edited = Self {
            live,
            stations: CITY.stations.clone(),
            random: SplitMix64::new(15),
        };
        for _ in 0..50 {
            let station = StationId(edited.random.below(STATIONS as i32) as u32);
            let place = place(&CITY.network, &mut edited.random);
            edited.move_station(station, place);
        }
        let edge = edited.next_edge();
        edited.live.close_edges(&[edge]).expect("its own edge");
        edited.agrees_with_a_full_run();
        edited.live.open_edges(&[edge]).expect("its own edge");
        edited.agrees_with_a_full_run();
        edited
    }

    fn next_edge(&mut self) -> EdgeId {
        EdgeId(self.random.below(CITY.network.edge_count() as i32) as u32)
    }

    fn move_station(&mut self, station: StationId, place: Coord<f64>) {
        let moved = self.live.move_station(station, &[place]);
        moved.expect("its own station");
        self.stations[station.index()].place = Ok(place);
    }

    fn agrees_with_a_full_run(&self) {
        let network = &CITY.network;
        let mut impedance = CITY.impedance.clone();
        for edge in self.live.closed_edges() {
            impedance.close(edge);
        }
        let (control, options) = (Control::default(), WalkOptions::default());
        let walker = Walker::with_costs(network, impedance, None, options);
        let walker = walker.expect("its own times");
        let city = CityRecords {
            stations: &self.stations,
            ..records()
        };
        let (stations, residents) = (city.stations, city.residents);
        let placed = Placed::new(&walker, stations, residents, Trip::ToStation, control);
        let placed = placed.expect("not cancelled");
        let full = Coverage::new(&placed, city, tests(), &[], control).expect("not cancelled");
        assert!(
            *self.live.coverage() == full,
            "an edit and a full run count alike"
        );
    }
}

#[divan::bench(sample_count = 1000, sample_size = 1)]
fn station_anywhere(bencher: Bencher<'_, '_>) {
    let mut edited = edited();
    let mut moves = SplitMix64::new(16);
    bencher
        .with_inputs(|| {
            let station = StationId(moves.below(STATIONS as i32) as u32);
            (station, place(&CITY.network, &mut moves))
        })
        .bench_local_values(|(station, place)| edited.move_station(station, place));
    edited.agrees_with_a_full_run();
}

/// The station with the most residents, 20 m at a time, as under a planner's hand.
#[divan::bench(sample_count = 1000, sample_size = 1)]
fn station_dragged(bencher: Bencher<'_, '_>) {
    let mut edited = edited();
    let stations = (0..STATIONS as u32).map(StationId);
    let largest = stations.max_by_key(|station| edited.live.row(*station).map_or(0, <[_]>::len));
    let station = largest.expect("a station");
    let start = edited.stations[station.index()].place.clone();
    let start = start.expect("a place");
    let mut steps = (1..=25).chain((0..25).rev()).cycle();
    bencher
        .with_inputs(|| Coord {
            x: start.x + 2.5e-4 * f64::from(steps.next().unwrap_or(0)),
            y: start.y,
        })
        .bench_local_values(|place| edited.move_station(station, place));
    edited.agrees_with_a_full_run();
}

#[divan::bench(sample_count = 1000, sample_size = 1)]
fn station_removed_and_put_back(bencher: Bencher<'_, '_>) {
    let mut edited = edited();
    let mut moves = SplitMix64::new(17);
    bencher
        .with_inputs(|| StationId(moves.below(STATIONS as i32) as u32))
        .bench_local_values(|station| {
            let removed = edited.live.remove_station(station);
            removed.expect("its own station");
            let place = edited.stations[station.index()].place.clone();
            edited.move_station(station, place.expect("a place"));
        });
    edited.agrees_with_a_full_run();
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn edge_closed_and_opened(bencher: Bencher<'_, '_>) {
    let mut edited = edited();
    bencher.bench_local(|| {
        let edge = edited.next_edge();
        let edited_edges = edited.live.close_edges(&[edge]);
        edited_edges.expect("its own edge");
        edited.live.open_edges(&[edge]).expect("its own edge");
    });
    edited.agrees_with_a_full_run();
}
