//! Points that a test has put on the streets itself, for a walker with costs of its own.

use pedshed::control::Control;
use pedshed::network::{Impedance, Network};
use pedshed::search::{TravelTimes, Trip};
use pedshed::snap::Snapped;
use pedshed::units::{Cutoff, Unit};
use pedshed::walker::{Placed, WalkOptions, Walker};

/// The points on the streets of somebody who pays these times.
pub(crate) fn placed(
    network: &Network,
    times: &Impedance,
    snapped: &Snapped,
    trip: Trip,
) -> Placed {
    let options = WalkOptions {
        snap: snapped.options(),
        ..WalkOptions::default()
    };
    let walker = Walker::with_costs(network, times.clone(), None, options);
    let walker = walker.expect("its own costs");
    Placed::from_snapped(&walker, snapped.clone(), trip).expect("its own streets")
}

/// Who is within a cutoff of which station, and everybody's nearest.
pub(crate) fn times(placed: &Placed, cutoff: Option<Cutoff>) -> TravelTimes {
    let control = Control::default();
    let engine = placed.engine(Unit::Milliseconds, control).expect("times");
    engine.travel_times(cutoff, control).expect("not cancelled")
}
