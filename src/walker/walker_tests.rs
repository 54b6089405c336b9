use std::sync::atomic::AtomicUsize;

use super::*;
use crate::control::{Cancelled, Control};
use crate::geometry::Location;
use crate::model::{Resident, StreetsBuilder, WayKind};
use crate::search::Trip;
use crate::units::Cutoff;

/// Junctions of a street of 3 km, with somebody at each.
const JUNCTIONS: usize = 3_000;

fn street() -> Network {
    let at = |number: usize| Location {
        lon_e7: number as i32 * 90,
        lat_e7: 471_000_000,
    };
    let mut streets = StreetsBuilder::new((0..JUNCTIONS).map(at).collect());
    for number in 1..JUNCTIONS as u32 {
        // Every second one has another kind: a junction between them.
        let kind = [WayKind::Street, WayKind::Steps][number as usize % 2];
        streets.add_way(i64::from(number), &[number - 1, number], kind, None);
    }
    Network::build(&streets.finish(Vec::new())).expect("a street")
}

fn people() -> Vec<Resident> {
    let at = |number: usize| 9e-6 * number as f64;
    let numbers = 0..JUNCTIONS;
    numbers
        .map(|number| Resident::new(number.to_string(), at(number), 47.1))
        .collect()
}

/// How often a control is asked in some work, and what becomes of the work where it cancels half way.
fn asked<T>(work: impl Fn(Control<'_>) -> Result<T, WalkerError>) -> (usize, Option<WalkerError>) {
    const MANY: usize = 10_000_000;
    let left = AtomicUsize::new(MANY);
    assert!(work(Control::cancelled_after(&left)).is_ok());
    let times = MANY - left.into_inner();
    let half = AtomicUsize::new(times / 2);
    (times, work(Control::cancelled_after(&half)).err())
}

#[test]
fn snapping_asks_at_every_record_and_preparing_a_search_at_every_junction_whether_it_is_to_stop() {
    let walker = Walker::new(&street(), &Profile::adult(), WalkOptions::default());
    let (walker, people) = (walker.expect("a street"), people());
    let place = |control: Control<'_>| {
        Ok(Placed::new(
            &walker,
            &[],
            &people,
            Trip::ToStation,
            control,
        )?)
    };
    let stopped = Some(WalkerError::Cancelled(Cancelled));
    let (times, halfway) = asked(place);
    assert!(times >= JUNCTIONS, "{times}");
    assert_eq!(halfway, stopped);
    let (times, halfway) = asked(|control| {
        let placed = place(Control::default())?;
        placed.engine(Unit::Milliseconds, control).map(|_| ())
    });
    assert!(times >= JUNCTIONS, "{times}");
    assert_eq!(halfway, stopped);
}

#[test]
fn what_one_question_has_prepared_serves_the_next_and_other_stations_too() {
    let walker = Walker::new(&street(), &Profile::adult(), WalkOptions::default());
    let walker = walker.expect("a street");
    let control = Control::default();
    let placed = Placed::new(&walker, &[], &people(), Trip::ToStation, control);
    let placed = placed.expect("nobody cancels");
    placed.engine(Unit::Milliseconds, control).expect("times");
    // Cancelled at once where there is anything to prepare.
    let none = AtomicUsize::new(0);
    let cancelled = Control::cancelled_after(&none);
    let station = crate::model::Station::new("west", 0.0, 47.1);
    let other = placed
        .with_stations(&[station], control)
        .expect("nobody cancels");
    let engine = other
        .engine(Unit::Milliseconds, cancelled)
        .expect("it is there");
    let five = Cutoff::minutes(5.0).expect("a cutoff");
    let mut catchments = engine.catchments(five).expect("minutes");
    let around = catchments.around_station(crate::id::StationId(0));
    assert!(!around.expect("the only one").is_empty());
    assert!(other.engine(Unit::Millimetres, cancelled).is_err());
}
