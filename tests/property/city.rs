//! A city that a program holds against the steps by hand: every question is asked again of a run that was made for it alone, in
//! random towns with walls.

use geo_types::Coord;
use pedshed::control::Control;
use pedshed::coverage::{Coverage, LiveCoverage, Status, Tests};
use pedshed::id::{EdgeId, ResidentId, StationId};
use pedshed::model::{self, Compounds, Fault, Profile, Resident, Station};
use pedshed::network::{Impedance, Network};
use pedshed::search::Trip;
use pedshed::units::{Cost, Cutoff, People, Unit};
use pedshed::walker::{Placed, Walker};
use pedshed::{Analysis, City, analyse};
use proptest::prelude::*;

use super::edits::{Edit, Point, edits};
use super::walls::{TRIPS, Town, degrees, options, towns};

/// Points lie anywhere in tenths of the lattice, also outside it.
fn points() -> impl Strategy<Value = Point> {
    (-20..80, -20..80)
}

fn minutes(minutes: f64) -> Cutoff {
    Cutoff::minutes(minutes).expect("a cutoff")
}

/// The town as one city: people of one to nine by record, so that sums tell records apart.
struct Held {
    network: Network,
    stations: Vec<Station>,
    residents: Vec<Resident>,
    walls: Compounds,
    trip: Trip,
    city: City,
}

impl Held {
    fn new(town: &Town, trip: Trip, has_walls: bool) -> Option<Self> {
        let network = town.network()?;
        let walls = if has_walls {
            town.walls()
        } else {
            Compounds::default()
        };
        let people = |number: u64| People::from_thousandths(1000 * (1 + number % 9));
        let residents = town.residents().into_iter().zip(1..);
        let residents = residents.map(|(resident, number)| resident.with_people(people(number)));
        let (stations, residents) = (town.stations(), residents.collect::<Vec<_>>());
        let city = City::on(network.clone())
            .profile(Profile::plain())
            .trip(trip)
            .walk_options(options(trip, Compounds::default(), &[4.0]).walk())
            .walls(walls.clone())
            .stations(stations.clone())
            .residents(residents.clone())
            .build();
        Some(Self {
            city: city.expect("a city"),
            network,
            stations,
            residents,
            walls,
            trip,
        })
    }

    /// A run with these records alone.
    fn run(&self, stations: &[Station], residents: &[Resident], within: f64) -> Analysis {
        let records = model::CityRecords {
            stations,
            residents,
            areas: &[],
        };
        let options = options(self.trip, self.walls.clone(), &[within]);
        analyse(&self.network, records, options, Control::default()).expect("nobody cancels")
    }
}

/// What a run says of its one resident: the stations with the cost of the trip, the nearest first.
fn stations_by_cost(analysis: &Analysis) -> Vec<(u64, StationId)> {
    let stations = analysis.snapped().stations();
    let costs = stations.filter_map(|station| {
        let row = analysis.times.row(station).ok()?.first()?;
        Some((u64::from(row.1), station))
    });
    let mut costs: Vec<(u64, StationId)> = costs.collect();
    costs.sort_unstable();
    costs
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn who_is_within_is_the_row_of_a_station_that_stands_there(
        town in towns(),
        places in prop::collection::vec((points(), 1.0f64..9.0), 1..5),
        trip in prop::sample::select(&TRIPS[..]),
        has_walls in any::<bool>(),
    ) {
        let Some(held) = Held::new(&town, trip, has_walls) else { return Ok(()) };
        for (point, cutoff) in places {
            let at = degrees(point, 0.0);
            let mut found = held.city.within(at, minutes(cutoff)).expect("on the earth");
            found.sort_unstable();
            let alone = held.run(&[Station::new("there", at.x, at.y)], &held.residents, cutoff);
            prop_assert_eq!(Ok(found), alone.times.sorted_row(StationId(0)));
        }
    }

    #[test]
    fn the_nearest_stations_are_the_first_of_all_stations_by_what_they_cost(
        town in towns(),
        places in prop::collection::vec((points(), 1usize..6), 1..5),
        trip in prop::sample::select(&TRIPS[..]),
        has_walls in any::<bool>(),
    ) {
        let Some(held) = Held::new(&town, trip, has_walls) else { return Ok(()) };
        for (point, count) in places {
            let at = degrees(point, 0.0);
            let found = held.city.nearest(at, count).expect("on the earth");
            let found: Vec<(u64, StationId)> = found.iter().map(|near| (near.cost, near.station)).collect();
            let mut all = stations_by_cost(&held.run(&held.stations, &[Resident::new("here", at.x, at.y)], 600.0));
            all.truncate(count);
            prop_assert_eq!(found, all);
        }
    }

    #[test]
    fn a_union_of_rows_covers_whom_a_run_with_these_stations_covers(
        town in towns(),
        picks in prop::collection::vec(any::<u8>(), 1..5),
        within in 1.0f64..9.0,
        trip in prop::sample::select(&TRIPS[..]),
        has_walls in any::<bool>(),
    ) {
        let Some(held) = Held::new(&town, trip, has_walls) else { return Ok(()) };
        let times = held.city.times(minutes(within), Control::default()).expect("nobody cancels");
        for picks in picks {
            let ids = (0..held.stations.len()).filter(|station| picks >> (station % 8) & 1 == 1);
            let ids: Vec<StationId> = ids.map(StationId::new).collect();
            let some: Vec<Station> = ids.iter().map(|id| held.stations[id.index()].clone()).collect();
            let covered = times.coverage_of(&ids).expect("its own stations");
            let alone = held.run(&some, &held.residents, within).coverage;
            let tally = alone.with_status(Status::Covered);
            prop_assert_eq!((covered.people, covered.residents), (tally.people, tally.records));
            prop_assert_eq!(covered.share(), alone.share());
        }
    }

    #[test]
    fn the_ground_of_a_place_is_that_of_a_station_there_whether_it_was_sampled_before_or_not(
        town in towns(),
        places in prop::collection::vec((points(), 1.0f64..6.0), 1..4),
        trip in prop::sample::select(&TRIPS[..]),
        has_walls in any::<bool>(),
    ) {
        let Some(held) = Held::new(&town, trip, has_walls) else { return Ok(()) };
        let draw = |point: Point, within: f64| {
            held.city.ground(degrees(point, 0.0), minutes(within)).expect("on the earth")
        };
        let alone: Vec<_> = places.iter().map(|(point, within)| draw(*point, *within)).collect();
        for ((point, within), ground) in places.iter().zip(&alone) {
            let at = degrees(*point, 0.0);
            let there = held.run(&[Station::new("there", at.x, at.y)], &held.residents, *within);
            let drawn = there.isochrones(&[], Control::default()).expect("nobody cancels");
            prop_assert_eq!(&drawn[0].merged[0], ground);
        }
        held.city.sample_ground(Unit::Milliseconds, Control::default()).expect("nobody cancels");
        for ((point, within), ground) in places.iter().zip(&alone) {
            prop_assert_eq!(&draw(*point, *within), ground);
        }
    }

    #[test]
    fn the_arrays_are_the_rows_one_after_the_other(town in towns(), trip in prop::sample::select(&TRIPS[..])) {
        let Some(held) = Held::new(&town, trip, true) else { return Ok(()) };
        let times = held.city.times(minutes(4.0), Control::default()).expect("nobody cancels");
        let whole = held.run(&held.stations, &held.residents, 4.0);
        let (offsets, residents, costs) = times.csr();
        prop_assert_eq!(offsets.len(), held.stations.len() + 1);
        for station in whole.snapped().stations() {
            let row = offsets[station.index()]..offsets[station.index() + 1];
            let row: Vec<(ResidentId, Cost)> = residents[row.clone()].iter().copied().zip(costs[row].iter().copied()).collect();
            prop_assert_eq!(Ok(&row[..]), whole.times.row(station));
            prop_assert_eq!(times.row(station).expect("its own").collect::<Vec<_>>(), row);
        }
        prop_assert_eq!(times.nearest(), whole.times.nearest());
    }
}

/// What has become of a city behind walls, for a full run.
struct Edited<'h> {
    held: &'h Held,
    /// By station its entrances; none for one that is gone.
    stations: Vec<Vec<Coord<f64>>>,
    closed: Vec<EdgeId>,
}

impl<'h> Edited<'h> {
    fn new(held: &'h Held) -> Self {
        let places = held
            .stations
            .iter()
            .map(|station| station.place.clone().expect("a place"));
        Self {
            held,
            stations: places.map(|place| vec![place]).collect(),
            closed: Vec::new(),
        }
    }

    /// One row for each entrance; a station that is gone has one without a place.
    fn rows(&self) -> Vec<Station> {
        let mut rows = Vec::new();
        for (index, entrances) in self.stations.iter().enumerate() {
            let id = format!("s{index}");
            rows.extend(
                entrances
                    .iter()
                    .map(|at| Station::new(id.clone(), at.x, at.y)),
            );
            if entrances.is_empty() {
                let mut gone = Station::new(id, 0.0, 0.0);
                gone.place = Err(Fault::NoCoordinate);
                rows.push(gone);
            }
        }
        rows
    }

    fn apply(&mut self, live: &mut LiveCoverage, edit: &Edit) {
        let places = |points: &[Point]| -> Vec<Coord<f64>> {
            points.iter().map(|point| degrees(*point, 0.0)).collect()
        };
        let edge = |number: &usize| EdgeId::new(number % self.held.network.edge_count());
        match edit {
            Edit::Add(points) => {
                let id = live.add_station(&places(points));
                assert_eq!(id.index(), self.stations.len(), "ids go on");
                self.stations.push(places(points));
            }
            Edit::Move(station, points) => {
                let station = station % self.stations.len();
                let moved = live.move_station(StationId::new(station), &places(points));
                moved.expect("its own station");
                self.stations[station] = places(points);
            }
            Edit::Remove(station) => {
                let station = station % self.stations.len();
                live.remove_station(StationId::new(station))
                    .expect("its own station");
                self.stations[station].clear();
            }
            Edit::Close(numbers) => {
                let edges: Vec<EdgeId> = numbers.iter().map(edge).collect();
                live.close_edges(&edges).expect("its own edges");
                self.closed.extend(edges);
            }
            Edit::Open(numbers) => {
                let edges: Vec<EdgeId> = numbers.iter().map(edge).collect();
                live.open_edges(&edges).expect("its own edges");
                self.closed.retain(|edge| !edges.contains(edge));
            }
        }
    }

    /// A full run over what there is now.
    fn full(&self, tests: &Tests) -> (Placed, Coverage) {
        let Held {
            network,
            residents,
            walls,
            trip,
            ..
        } = self.held;
        let mut times = Impedance::times(network, &Profile::plain()).expect("costs fit");
        let mut lengths = Impedance::lengths(network, &Profile::plain()).expect("costs fit");
        for edge in &self.closed {
            times.close(*edge);
            lengths.close(*edge);
        }
        let walk = options(*trip, Compounds::default(), &[4.0]).walk();
        let walker = Walker::with_costs(network, times, Some(lengths), walk);
        let walker = walker.expect("its own costs").behind(walls);
        let (rows, control) = (self.rows(), Control::default());
        let placed =
            Placed::new(&walker, &rows, residents, *trip, control).expect("nobody cancels");
        let city = model::CityRecords {
            stations: &rows,
            residents,
            areas: &[],
        };
        let coverage = Coverage::new(&placed, city, tests.clone(), &[], control);
        let coverage = coverage.expect("nobody cancels");
        (placed, coverage)
    }

    fn agrees(&self, live: &LiveCoverage, after: &str) {
        let (placed, coverage) = self.full(live.coverage().tests());
        let (own, full) = (live.snapped(), placed.snapped());
        assert_eq!(own.residents(), full.residents(), "{after}");
        for resident in (0..self.held.residents.len()).map(ResidentId::new) {
            assert!(
                own.gate_accesses(resident).eq(full.gate_accesses(resident)),
                "{after}, {resident:?}"
            );
        }
        for station in full.stations() {
            assert!(
                own.station_snaps(station).eq(full.station_snaps(station)),
                "{after}, {station:?}"
            );
        }
        assert_eq!(live.coverage(), &coverage, "{after}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn fifty_edits_behind_walls_leave_what_a_full_run_counts(
        town in towns(),
        edits in prop::collection::vec(edits(points), 50..=50),
        trip in prop::sample::select(&TRIPS[..]),
    ) {
        let Some(held) = Held::new(&town, trip, true) else { return Ok(()) };
        let cutoffs = [minutes(1.0), minutes(5.0), Cutoff::metres(300.0).expect("a cutoff")];
        let mut live = held.city.live(&cutoffs, Control::default()).expect("walls or none");
        let mut edited = Edited::new(&held);
        edited.agrees(&live, "at first");
        for (number, edit) in edits.iter().enumerate() {
            edited.apply(&mut live, edit);
            edited.agrees(&live, &format!("after edit {number}, {edit:?}"));
        }
    }
}
