//! A city that a program holds: what belongs to it stays with it, and what does not is refused.

use std::sync::atomic::AtomicBool;
use std::thread;

use geo_types::{Rect, coord};
use pedshed::gaps::GapOptions;
use pedshed::id::{Numbered, UnknownId};
use pedshed::inputs::{Inputs, InputsError, Request, Source, read_network};
use pedshed::isochrone::{Ground, SampleGrid};
use pedshed::model::{self, Compound, Compounds, Gate, Profile, WayKind};
use pedshed::network::{Direction, Impedance, Network};
use pedshed::prelude::*;
use pedshed::search::Trip;
use pedshed::snap::{Snap, SnapOptions, Snapped, Snapping, Walls};
use pedshed::units::{People, Unit};
use pedshed::walker::{Placed, WalkOptions, Walker, WalkerError};
use pedshed::{CityBuilder, Error, Options, analyse};

use crate::support::liechtenstein;

/// Metres of 0.001° of longitude on the equator.
const THOUSANDTH_M: f64 = 111.319_5;

/// A street of 2.2 km on the equator, a clinic at its western end, and two homes.
fn street<'a>() -> CityBuilder<'a> {
    City::from_edges(&[(0.0, 0.0), (0.01, 0.0), (0.02, 0.0)], &[(0, 1), (1, 2)])
        .expect("a street")
        .profile(Profile::plain())
        .stations(vec![Station::new("clinic", 0.0, 0.0)])
        .residents(vec![
            Resident::new("near", 0.005, 0.0001),
            Resident::new("far", 0.015, 0.0),
        ])
}

fn minutes(minutes: f64) -> Cutoff {
    Cutoff::minutes(minutes).expect("a cutoff")
}

#[test]
fn a_city_is_cloned_and_sent_and_eight_threads_get_the_answers_of_one() {
    fn travels<T: Clone + Send + Sync + 'static>(_: &T) {}
    let city = street().build().expect("a city");
    travels(&city);
    let ask = |city: &City, turn: usize| {
        let place = (0.002 * (turn % 9) as f64, 0.0);
        let cutoff = minutes(1.0 + (turn % 5) as f64 * 4.0);
        let within = city.within(place, cutoff).expect("on the earth");
        (
            within,
            city.nearest(place, 1 + turn % 3).expect("on the earth"),
        )
    };
    let alone: Vec<_> = (0..200).map(|turn| ask(&city, turn)).collect();
    let threads = [(); 8].map(|()| {
        let city = city.clone();
        thread::spawn(move || (0..200).map(|turn| ask(&city, turn)).collect::<Vec<_>>())
    });
    for thread in threads {
        assert_eq!(thread.join().expect("no thread fails"), alone);
    }
}

#[test]
fn the_walls_of_a_city_belong_to_it() {
    // Around the near home, between it and the street, with a gate 22 m further east.
    let ground = Rect::new(
        coord! { x: 0.0047, y: 0.00005 },
        coord! { x: 0.0053, y: 0.0004 },
    );
    let walls = Compounds {
        list: vec![Compound::new("garden", ground.to_polygon())],
        gates: vec![Gate::new("south", 0.0052, 0.00005)],
    };
    let (open, walled) = (street(), street().walls(walls.clone()));
    let [open, walled] = [open, walled].map(|city| city.build().expect("a city"));
    let leg = |city: &City| {
        city.placed().snapped().residents()[0]
            .snap()
            .map(|snap| snap.leg_m)
    };
    assert!((leg(&open).expect("a street") - 11.06).abs() < 0.1);
    // 22.26 m east and 5.53 m south to the gate, and 5.53 m on to the street.
    assert!((leg(&walled).expect("a gate") - 28.47).abs() < 0.1);
    // Read from files it has those of its files, without a word more.
    let streets = Request::new(Source::open(&liechtenstein()).expect("an extract"));
    let mut inputs = Inputs::read(&streets).expect("streets");
    inputs.compounds = walls;
    let city = City::from_inputs(inputs).build().expect("a city");
    assert_eq!(
        city.placed().walker().walls().map(Walls::compound_count),
        Some(1)
    );
}

#[test]
fn ids_that_a_city_does_not_have_are_refused() {
    let city = street().build().expect("a city");
    let control = Control::default();
    let no_station = |error: Error| {
        matches!(
            error,
            Error::Walker(WalkerError::Unknown(UnknownId {
                what: Numbered::Station,
                index: 7,
                of: 1,
                ..
            }))
        )
    };
    let times = city.times(minutes(15.0), control).expect("nobody cancels");
    assert!(no_station(
        times
            .coverage_of(&[StationId(0), StationId(7)])
            .expect_err("no such")
    ));
    assert!(times.row(StationId(7)).is_err_and(no_station));
    let mut live = city
        .live(&[minutes(15.0)], control)
        .expect("nobody cancels");
    let before = live.coverage().clone();
    let there = [coord! { x: 0.015, y: 0.0 }];
    assert!(live.move_station(StationId(7), &there).is_err());
    assert!(live.remove_station(StationId(7)).is_err());
    let no_edge = |error: WalkerError| {
        let unknown =
            matches!(&error, WalkerError::Unknown(unknown) if unknown.what == Numbered::Edge);
        unknown && error.to_string() == "there is no edge 2: there are 2"
    };
    let closed = live.close_edges(&[EdgeId(0), EdgeId(2)]);
    assert!(closed.is_err_and(no_edge));
    assert!(live.open_edges(&[EdgeId(2)]).is_err_and(no_edge));
    assert_eq!(live.coverage(), &before);
}

#[test]
fn what_is_of_another_network_is_refused() {
    let ends = [coord! { x: 0.0, y: 0.0 }, coord! { x: 0.01, y: 0.0 }];
    let one = Network::from_edges(&ends, &[(0, 1, WayKind::Street)]).expect("a street");
    let city = street().build().expect("a city");
    let (two, options) = (city.network(), WalkOptions::default());
    let times = Impedance::times(&one, &Profile::plain()).expect("a street");
    let walker = Walker::with_costs(two, times.clone(), None, options);
    let refused = Some(WalkerError::OtherNetwork { streets: 1, of: 2 });
    assert_eq!(walker.err(), refused);
    let lengths = Impedance::lengths(&one, &Profile::plain()).expect("a street");
    let walker = Walker::with_costs(&one, lengths, None, options);
    assert!(matches!(walker, Err(WalkerError::Unit(other)) if other.wanted == Unit::Milliseconds));
    let stray = Snap::new(EdgeId(1), 0.5, 0.0);
    let homes = vec![Snapping::On(stray)];
    let snapped = Snapped::from_snappings(homes, &[], &[], SnapOptions::default());
    let walker = Walker::with_costs(&one, times, None, options).expect("its own times");
    let placed = Placed::from_snapped(&walker, snapped, Trip::ToStation);
    assert_eq!(
        placed.err(),
        Some(WalkerError::OtherNetwork { streets: 1, of: 1 })
    );
}

#[test]
fn records_that_are_not_those_of_an_analysis_are_refused() {
    let city = street().build().expect("a city");
    let stations = [Station::new("clinic", 0.0, 0.0)];
    let residents = city.residents();
    let records = |stations, residents| model::CityRecords {
        stations,
        residents,
        areas: &[],
    };
    let own = records(&stations[..], residents);
    let (options, control) = (
        Options::minutes(&[15.0]).expect("a cutoff"),
        Control::default(),
    );
    let analysis = analyse(city.network(), own, options, control).expect("nobody cancels");
    // As many, and one of them elsewhere, or with other people.
    let mut moved = residents.to_vec();
    moved[1] = Resident::new("far", 0.0151, 0.0);
    let mut more = residents.to_vec();
    more[1].people = People::from_thousandths(2000);
    let others = [&residents[..1], &moved, &more];
    let is_refused = |error: Error| matches!(error, Error::Walker(WalkerError::OtherCity));
    for other in others {
        let gaps = analysis.gaps(other, GapOptions::default(), control);
        assert!(gaps.is_err_and(is_refused));
        assert!(
            analysis
                .live(records(&stations, other), control)
                .is_err_and(is_refused)
        );
    }
    let elsewhere = [Station::new("clinic", 0.001, 0.0)];
    for other in [&elsewhere[..], &[]] {
        assert!(
            analysis
                .live(records(other, residents), control)
                .is_err_and(is_refused)
        );
    }
    let gaps = analysis.gaps(residents, GapOptions::default(), control);
    let held = city.gaps(minutes(15.0), GapOptions::default(), control);
    assert_eq!(
        held.expect("nobody cancels").list.len(),
        gaps.expect("its own").list.len()
    );
}

#[test]
fn an_engine_refuses_cutoffs_of_another_unit_and_ids_and_people_of_another_city() {
    let city = street().build().expect("a city");
    let control = Control::default();
    let engine = city.placed().engine(Unit::Milliseconds, control);
    let engine = engine.expect("times");
    let metres = Cutoff::metres(800.0).expect("a cutoff");
    assert!(engine.catchments(metres).is_err());
    assert!(engine.travel_times(Some(metres), control).is_err());
    assert!(engine.map_catchments(metres, control, |_, _| ()).is_err());
    let one = [People::ONE];
    let heat = |cutoff, people: &[People]| {
        let around = engine.people_around_junctions(cutoff, people, control);
        around.is_ok()
    };
    let everybody = [People::ONE; 2];
    assert!(!heat(metres, &everybody) && !heat(minutes(15.0), &one));
    assert!(heat(minutes(15.0), &everybody));
    let mut catchments = engine.catchments(minutes(15.0)).expect("minutes");
    assert!(catchments.around_station(StationId(1)).is_err());
    let stray = Snap::new(EdgeId(2), 0.5, 0.0);
    assert!(catchments.around(&[stray]).is_err());
    let walker = city.placed().walker();
    assert!(walker.route(Unit::Milliseconds, &[stray], &[]).is_err());
    let times = engine.travel_times(Some(minutes(15.0)), control);
    let times = times.expect("minutes");
    assert!(times.row(StationId(1)).is_err() && times.sorted_row(StationId(1)).is_err());
    let nearest = engine.nearest_stations(1, control).expect("nobody cancels");
    assert!(nearest.of(ResidentId(2)).is_err());
    assert_eq!(nearest.of(ResidentId(1)).map(<[_]>::len), Ok(1));
}

#[test]
fn coverage_has_no_answer_for_ids_and_records_of_another_city() {
    let city = street().build().expect("a city");
    let control = Control::default();
    let coverage = city.coverage(&[minutes(15.0)], control);
    let coverage = coverage.expect("nobody cancels");
    let no_resident = coverage.within(ResidentId(2)).expect_err("two residents");
    assert_eq!(
        no_resident.to_string(),
        "there is no resident 2: there are 2"
    );
    assert!(coverage.catchments(StationId(1)).is_err());
    assert!(city.reason(&coverage, ResidentId(2)).is_err());
    assert!(
        city.reason(&coverage, ResidentId(1))
            .is_ok_and(|reason| reason.is_some())
    );
    let live = city
        .live(&[minutes(15.0)], control)
        .expect("nobody cancels");
    assert!(live.row(StationId(0)).is_ok() && live.row(StationId(1)).is_err());
    let alone = City::from_edges(&[(0.0, 0.0), (0.02, 0.0)], &[(0, 1)]);
    let alone = alone.expect("a street").build().expect("a city");
    assert!(matches!(
        alone.areas(&coverage),
        Err(WalkerError::OtherCity)
    ));
    assert!(
        city.areas(&coverage)
            .is_ok_and(|areas| areas.sums().is_empty())
    );
}

#[test]
fn a_drawing_refuses_cutoffs_of_another_unit_and_ids_of_another_city() {
    let city = street().build().expect("a city");
    let (control, minutes) = (Control::default(), [minutes(5.0)]);
    let ground = Ground::new(city.placed(), Unit::Millimetres).expect("lengths");
    let grid = SampleGrid::new(ground, control).expect("nobody cancels");
    assert!(grid.contourer(&minutes).is_err());
    assert!(grid.by_station(&minutes, control).is_err());
    assert!(grid.isochrones(&minutes, control).is_err());
    let metres = [Cutoff::metres(300.0).expect("a cutoff")];
    let mut contourer = grid.contourer(&metres).expect("metres");
    assert!(contourer.around_station(StationId(0)).is_ok());
    assert!(contourer.around_station(StationId(1)).is_err());
}

#[test]
fn a_tolerance_that_is_no_length_is_refused_before_anything_is_read() {
    let mut request = Request::new(Source::open(&liechtenstein()).expect("an extract"));
    for tolerance_m in [f64::NAN, -1.0, 100.5] {
        request.mending.join_tolerance_m = tolerance_m;
        let read = Inputs::read(&request).map(|_| ());
        let refused =
            matches!(&read, Err(InputsError::Option(error)) if error.option == "join_tolerance_m");
        assert!(refused, "{tolerance_m}: {read:?}");
        assert!(read_network(&request).is_err());
    }
    request.mending.join_tolerance_m = 100.0;
    assert!(read_network(&request).is_ok());
}

#[test]
fn options_and_lengths_that_cannot_be_meant_are_refused() {
    let with = |max_snap_m: f64, leg_factor: f64, min_island_m: f64| {
        let snap = SnapOptions::default().with_max_snap_m(max_snap_m);
        let snap = snap.and_then(|snap| snap.with_leg_factor(leg_factor));
        let is_built = |snap| {
            let options = WalkOptions {
                snap,
                min_island_m,
                ..WalkOptions::default()
            };
            street().walk_options(options).build().is_ok()
        };
        snap.is_ok_and(is_built)
    };
    assert!(with(200.0, 1.0, 300.0) && with(0.0, 1.4, 0.0));
    for number in [f64::NAN, -3.0, f64::INFINITY] {
        assert!(!with(number, 1.0, 300.0), "{number}");
        assert!(!with(200.0, number, 300.0), "{number}");
        assert!(!with(200.0, 1.0, number), "{number}");
    }
    assert!(!with(200.0, 0.0, 300.0), "legs cost something");
    for metres in [f64::NAN, -1.0, f64::INFINITY, 5e6] {
        let own = |edge: EdgeId, _: Direction| Some(if edge.0 == 1 { metres } else { 100.0 });
        let built = street().own_metres(own).build();
        let is_said = matches!(
            built,
            Err(Error::Walker(WalkerError::Length { edge: 1, .. }))
        );
        assert!(is_said, "{metres}");
    }
    let city = street().build().expect("a city");
    for place in [(f64::NAN, 0.0), (181.0, 0.0), (0.0, -91.0)] {
        assert!(city.within(place, minutes(5.0)).is_err());
        assert!(city.nearest(place, 1).is_err());
    }
}

#[test]
fn where_no_street_is_near_nobody_is_within_and_no_station_is_near() {
    let city = street().build().expect("a city");
    let far = (0.01, 0.01);
    assert!(
        city.within(far, minutes(60.0))
            .expect("on the earth")
            .is_empty()
    );
    assert!(city.nearest(far, 3).expect("on the earth").is_empty());
}

#[test]
fn building_stops_when_the_caller_says_so() {
    let cancel = AtomicBool::new(true);
    let control = Control::default().with_cancel(&cancel);
    assert!(matches!(
        street().watched(control).build(),
        Err(Error::Cancelled(_))
    ));
    let city = street().build().expect("a city");
    assert!(matches!(
        city.times(minutes(5.0), control),
        Err(Error::Cancelled(_))
    ));
    assert!(matches!(
        city.live(&[minutes(5.0)], control),
        Err(Error::Cancelled(_))
    ));
}

#[test]
fn metres_of_ones_own_are_walked_and_counted() {
    // Each half of the street is said to be 500 m long, and 1,000 m against its direction.
    let own = |_: EdgeId, direction: Direction| match direction {
        Direction::Forward => Some(500.0),
        Direction::Backward => Some(1000.0),
    };
    let city = street().own_metres(own).build().expect("a city");
    // From the far home, a half and a quarter of the street to the clinic: at 0.75 s a metre.
    let nearest = city.nearest((0.015, 0.0), 1).expect("on the earth");
    assert_eq!(nearest[0].cost, 1_125_000);
    let metres = city
        .nearest_in(Unit::Millimetres, (0.015, 0.0), 1)
        .expect("on the earth");
    assert_eq!(metres[0].cost, 1_500_000);
    let times = city.times(
        Cutoff::metres(1500.0).expect("a cutoff"),
        Control::default(),
    );
    assert_eq!(times.expect("nobody cancels").csr().0, [0, 2]);
    // Costs alone: the length is that of the ground.
    let costs = |edge: EdgeId, _: Direction| (edge.0 == 0).then_some(60_000);
    let city = street().own_costs(costs).build().expect("a city");
    assert_eq!(
        city.nearest((0.005, 0.0), 1).expect("on the earth")[0].cost,
        30_000
    );
    let metres = city
        .nearest_in(Unit::Millimetres, (0.005, 0.0), 1)
        .expect("on the earth");
    assert!((metres[0].cost as f64 / 1000.0 - 5.0 * THOUSANDTH_M).abs() < 0.01);
    assert!(
        city.nearest((0.015, 0.0), 1)
            .expect("on the earth")
            .is_empty(),
        "its half is closed"
    );
}
