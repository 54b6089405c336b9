use std::sync::atomic::AtomicUsize;

use super::*;
use crate::geometry::Location;
use crate::model::{Profile, StreetsBuilder, WayKind};
use crate::network::Network;
use crate::snap::{SnapOptions, Snapped, Snapping};
use crate::units::Unit;
use crate::walker::{Placed, WalkOptions, Walker, WalkerError};

/// Vertices of the one street: 2 km, so many that there are hundreds to a cell of the lattice.
const VERTICES: usize = 20_000;

fn street() -> Network {
    let at = |number: usize| Location {
        lon_e7: number as i32 * 9,
        lat_e7: 471_000_000,
    };
    let places: Vec<Location> = (0..VERTICES).map(at).collect();
    let mut streets = StreetsBuilder::new(places);
    let all: Vec<u32> = (0..VERTICES as u32).collect();
    streets.add_way(1, &all, WayKind::Street, None);
    Network::build(&streets.finish(Vec::new())).expect("a street")
}

/// How often a control is asked in some work, and what becomes of the work where it cancels half way.
fn asked(
    work: impl Fn(Control<'_>) -> Result<(), WalkerError>,
) -> (usize, Result<(), WalkerError>) {
    const MANY: usize = 10_000_000;
    let left = AtomicUsize::new(MANY);
    assert_eq!(work(Control::cancelled_after(&left)), Ok(()));
    let times = MANY - left.into_inner();
    let half = AtomicUsize::new(times / 2);
    (times, work(Control::cancelled_after(&half)))
}

#[test]
fn sampling_asks_at_every_vertex_whether_it_is_to_stop() {
    let network = street();
    let options = WalkOptions {
        min_island_m: 0.0,
        ..WalkOptions::default()
    };
    let walker = Walker::new(&network, &Profile::plain(), options).expect("a short street");
    let middle = Snap::new(EdgeId(0), 0.5, 0.0);
    let rows = [Snapping::On(middle)];
    let snapped = Snapped::from_snappings(Vec::new(), &["s"], &rows, SnapOptions::default());
    let placed = Placed::from_snapped(&walker, snapped, Trip::ToStation).expect("its own street");
    let ground = Ground::new(&placed, Unit::Milliseconds).expect("times");
    let all = |control: Control<'_>| Ok(SampleGrid::new(ground, control).map(|_| ())?);
    let (times, halfway) = asked(all);
    assert!(times >= VERTICES, "{times}");
    assert_eq!(halfway, Err(Cancelled.into()));
    // Half of it is within reach, 667 m to either side: about every second vertex, and places beside.
    let five = [Cutoff::minutes(500.0 / 60.0).expect("a cutoff")];
    let near = |control: Control<'_>| Isochrones::draw(ground, &five, control).map(|_| ());
    let (times, halfway) = asked(near);
    assert!(times >= VERTICES / 2, "{times}");
    assert_eq!(halfway, Err(Cancelled.into()));
}
