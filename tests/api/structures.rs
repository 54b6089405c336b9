//! Bridges and ways below ground: both carry walkers, and nobody stands beside a tunnel.

use pedshed::control::Control;
use pedshed::inputs::{Inputs, Provenance, Request, Source, read_network};
use pedshed::model::{CityRecords, FindingCode, Findings, Resident, Station, Structure};
use pedshed::units::People;
use pedshed::{Analysis, Options, analyse};

use crate::support::pbf::{self, Block, Tags};

/// Five nodes in a row, 0.001° apart at the equator, where that is 111.3 m; the way between the second and the fourth has
/// `tags`. A side street leads north from each end, so that the row between them is one chain.
fn request(tags: Tags<'_>) -> Request {
    let mut block = Block::default();
    for id in 1..=5 {
        block.node(id, id * 10_000, 0, &[]);
    }
    for (id, below) in [(6, 1), (7, 1), (8, 5), (9, 5)] {
        block.node(
            id,
            below * 10_000,
            [10_000, -10_000][(id % 2) as usize],
            &[],
        );
        block.way(id, &[below, id], &[("highway", "residential")]);
    }
    block.way(1, &[1, 2], &[("highway", "footway")]);
    block.way(2, &[2, 3, 4], tags);
    block.way(3, &[4, 5], &[("highway", "footway")]);
    Request::new(Source::from_bytes("row.osm.pbf", pbf::file(&block)))
}

fn row(tags: Tags<'_>) -> Inputs {
    Inputs::read(&request(tags)).expect("a sound file")
}

/// A home 3 m north of the middle of the row and a station at its east end.
fn run(inputs: &Inputs) -> Analysis {
    let stations = [Station::new("s", 0.005, 0.0)];
    let residents =
        [Resident::new("h", 0.003, 0.000_03).with_people(People::from_thousandths(2500))];
    let city = CityRecords {
        stations: &stations,
        residents: &residents,
        areas: &[],
    };
    let options = Options::minutes(&[15.0]).expect("a cutoff");
    analyse(&inputs.network, city, options, Control::default()).expect("streets")
}

fn leg_m(analysis: &Analysis) -> f64 {
    let snap = analysis.snapped().residents()[0].snap();
    snap.expect("on the network").leg_m
}

const FOOTWAY: (&str, &str) = ("highway", "footway");

/// Tags of a way, and what carries it.
const STRUCTURES: &[(Tags<'_>, Structure)] = &[
    (&[FOOTWAY], Structure::Ground),
    (&[FOOTWAY, ("tunnel", "yes")], Structure::Underground),
    (
        &[FOOTWAY, ("tunnel", "Yes "), ("layer", "-1")],
        Structure::Underground,
    ),
    (
        &[FOOTWAY, ("tunnel", "avalanche_protector")],
        Structure::Underground,
    ),
    (&[FOOTWAY, ("tunnel", "no")], Structure::Ground),
    (
        &[FOOTWAY, ("tunnel", "building_passage")],
        Structure::Ground,
    ),
    (
        &[
            FOOTWAY,
            ("tunnel", "building_passage"),
            ("layer", "-1"),
            ("covered", "yes"),
        ],
        Structure::Ground,
    ),
    (
        &[FOOTWAY, ("tunnel", "culvert"), ("layer", "-1")],
        Structure::Ground,
    ),
    (&[FOOTWAY, ("layer", "-1")], Structure::Ground),
    (
        &[FOOTWAY, ("layer", "-1"), ("covered", "yes")],
        Structure::Underground,
    ),
    (&[FOOTWAY, ("covered", "yes")], Structure::Ground),
    (
        &[FOOTWAY, ("location", "underground")],
        Structure::Underground,
    ),
    (
        &[FOOTWAY, ("level", "-1"), ("indoor", "yes")],
        Structure::Underground,
    ),
    (
        &[FOOTWAY, ("level", "-2;-1"), ("indoor", "yes")],
        Structure::Underground,
    ),
    (
        &[FOOTWAY, ("level", "-1;0"), ("indoor", "yes")],
        Structure::Ground,
    ),
    (
        &[FOOTWAY, ("level", "1"), ("indoor", "yes")],
        Structure::Ground,
    ),
    (
        &[("highway", "corridor"), ("level", "-1")],
        Structure::Underground,
    ),
    (
        &[("indoor", "corridor"), ("level", "-1")],
        Structure::Underground,
    ),
    (
        &[("railway", "platform"), ("level", "-2")],
        Structure::Underground,
    ),
    (
        &[("railway", "platform"), ("level", "0")],
        Structure::Ground,
    ),
    (&[FOOTWAY, ("bridge", "yes")], Structure::Bridge),
    (
        &[FOOTWAY, ("bridge", "viaduct"), ("layer", "1")],
        Structure::Bridge,
    ),
    (&[FOOTWAY, ("bridge", "no")], Structure::Ground),
    (
        &[FOOTWAY, ("bridge", "yes"), ("tunnel", "yes")],
        Structure::Underground,
    ),
];

#[test]
fn a_home_stands_beside_the_next_street_where_the_nearest_is_below_ground() {
    for (tags, structure) in STRUCTURES {
        let analysis = run(&row(tags));
        // 3 m and a little from the way itself; 111.3 m from where it comes up.
        let expected = match structure {
            Structure::Underground => 111.4,
            _ => 3.3,
        };
        let found = leg_m(&analysis);
        assert!((found - expected).abs() < 0.1, "{tags:?}: {found}");
    }
}

#[test]
fn a_tunnel_carries_walkers_in_the_time_of_the_street_that_it_is() {
    let network = |tags| row(tags).network;
    let (street, tunnel) = (network(&[FOOTWAY]), network(&[FOOTWAY, ("tunnel", "yes")]));
    assert_eq!(
        street.edge_count(),
        tunnel.edge_count(),
        "it splits no chain"
    );
    assert_eq!(street.length_m().to_bits(), tunnel.length_m().to_bits());
    assert_eq!(street.below_ground_m(), 0.0);
    assert!((tunnel.below_ground_m() - 222.64).abs() < 0.01);
    let (row, _) = tunnel
        .edges()
        .find(|(_, edge)| edge.length_m > 400.0)
        .expect("the row");
    let at = |fraction| tunnel.structure_at(row, fraction);
    assert_eq!(
        [0.0, 0.2, 0.25, 0.75, 0.8, 1.0].map(at),
        [Structure::Ground; 6]
    );
    assert_eq!([0.3, 0.5, 0.7].map(at), [Structure::Underground; 3]);
}

#[test]
fn who_stands_on_a_bridge_is_counted_with_their_people() {
    let count = |tags: Tags<'_>| run(&row(tags)).findings.count(FindingCode::OnBridge);
    assert_eq!(count(&[FOOTWAY]), 0);
    assert_eq!(count(&[FOOTWAY, ("tunnel", "yes")]), 0);
    assert_eq!(count(&[FOOTWAY, ("bridge", "yes")]), 1);
    let findings: Findings = run(&row(&[FOOTWAY, ("bridge", "yes")])).findings;
    let found = findings.worst_first();
    let found = found
        .iter()
        .find(|finding| finding.code == FindingCode::OnBridge);
    let example = found.expect("the finding").example.to_string();
    assert!(example.contains("2.5 people"), "{example}");
}

#[test]
fn a_prepared_network_keeps_its_bridges_and_tunnels() {
    for (tags, structure) in STRUCTURES {
        let read = row(tags);
        let mut bytes = Vec::new();
        let network = read_network(&request(tags)).expect("a sound file");
        let written = network.write_prepared(&Provenance::default(), &mut bytes);
        written.expect("memory has room");
        let again = Source::from_bytes("row.pedshed", bytes);
        let again = Inputs::read(&Request::new(again)).expect("what was written");
        assert_eq!(
            again.network.below_ground_m(),
            read.network.below_ground_m()
        );
        let [one, other] = [&read, &again].map(|inputs| leg_m(&run(inputs)).to_bits());
        assert_eq!(one, other, "{structure:?}");
    }
}
