//! Embedding: your own graph with your own costs, no files. Who is within ten minutes of the depot?

#![allow(clippy::print_stdout, reason = "an example shows its answer")]

use geo_types::coord;
use pedshed::control::Control;
use pedshed::id::StationId;
use pedshed::model::WayKind;
use pedshed::network::{Direction, Impedance, Network};
use pedshed::search::Trip;
use pedshed::snap::{Snap, SnapOptions, Snapped, Snapping};
use pedshed::units::{CLOSED, Cutoff, Unit};
use pedshed::walker::{Placed, WalkOptions, Walker};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // A ring road of four junctions; the last edge is closed clockwise.
    let junctions = [
        coord! { x: 9.50, y: 47.10 },
        coord! { x: 9.51, y: 47.10 },
        coord! { x: 9.51, y: 47.11 },
        coord! { x: 9.50, y: 47.11 },
    ];
    let both = |from, to| (from, to, WayKind::Street);
    let network = Network::from_edges(
        &junctions,
        &[both(0, 1), both(1, 2), both(2, 3), both(3, 0)],
    )?;

    // Minutes that your own model says, in milliseconds.
    let minutes = [4, 3, 5, 2];
    let impedance =
        Impedance::from_costs(&network, Unit::Milliseconds, 750.0, |edge, direction| {
            if edge.index() == 3 && direction == Direction::Backward {
                CLOSED
            } else {
                minutes[edge.index()] * 60_000
            }
        });

    // The depot at junction 0, people at junctions 1, 2 and 3: each on an edge by its fraction from tail to head.
    let at = |edge, fraction| Snapping::On(Snap::new(pedshed::id::EdgeId(edge), fraction, 0.0));
    let people = vec![at(0, 1.0), at(1, 1.0), at(2, 1.0)];
    let snapped =
        Snapped::from_snappings(people, &["depot"], &[at(0, 0.0)], SnapOptions::default());

    let cutoff = Cutoff::minutes(10.0)?;
    let walker = Walker::with_costs(&network, impedance, None, WalkOptions::default())?;
    for (name, trip) in [
        ("to the depot", Trip::ToStation),
        ("from the depot", Trip::FromStation),
    ] {
        let control = Control::default();
        let placed = Placed::from_snapped(&walker, snapped.clone(), trip)?;
        let engine = placed.engine(Unit::Milliseconds, control)?;
        let times = engine.travel_times(Some(cutoff), control)?;
        println!("{name}:");
        for (resident, cost) in times.sorted_row(StationId(0))? {
            println!("  junction {}: {} min", resident.0 + 1, cost / 60_000);
        }
    }
    Ok(())
}
