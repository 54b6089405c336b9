//! The rules, tag by tag.

use super::*;
#[cfg(feature = "osm")]
use crate::inputs::access::{Barrier, NODE_KEYS, barrier, is_lift};
#[cfg(feature = "osm")]
use crate::model::Crossing;
use CutReason::{Alpine, Forbidden, Kind};

/// A way's tags and the verdict.
type Case<'a> = (&'a [(&'a str, &'a str)], Verdict);
type Verdict = Result<(WayKind, Flow, Access), CutReason>;

const STREET: Verdict = Ok((WayKind::Street, Flow::Both, Access::Public));
const PRIVATE: Verdict = Ok((WayKind::Street, Flow::Both, Access::Private));

const CASES: &[Case<'_>] = &[
    (&[("highway", "residential")], STREET),
    (&[("highway", "motorway")], Err(Kind)),
    (&[("highway", "motorway"), ("foot", "yes")], STREET),
    (
        &[("highway", "motorway_link"), ("sidewalk", "right")],
        STREET,
    ),
    (&[("highway", "trunk")], STREET),
    (&[("highway", "trunk"), ("motorroad", "yes")], Err(Kind)),
    (
        &[
            ("highway", "trunk"),
            ("motorroad", "yes"),
            ("foot", "designated"),
        ],
        STREET,
    ),
    (&[("highway", "trunk"), ("foot", "no")], Err(Forbidden)),
    (&[("highway", "cycleway")], STREET),
    (&[("highway", "cycleway"), ("foot", "no")], Err(Forbidden)),
    (&[("highway", "bridleway")], STREET),
    (
        &[("highway", "steps")],
        Ok((WayKind::Steps, Flow::Both, Access::Public)),
    ),
    (
        &[("highway", "steps"), ("conveying", "backward")],
        Ok((WayKind::Steps, Flow::Backward, Access::Public)),
    ),
    (&[("highway", "construction")], Err(Kind)),
    (&[("highway", "proposed"), ("foot", "yes")], Err(Kind)),
    (&[("highway", "raceway")], Err(Kind)),
    (&[("highway", "service"), ("access", "private")], PRIVATE),
    (&[("highway", "track"), ("access", "forestry")], PRIVATE),
    (
        &[("highway", "service"), ("access", "no"), ("foot", "yes")],
        STREET,
    ),
    (
        &[
            ("highway", "service"),
            ("access", "yes"),
            ("foot", "private"),
        ],
        PRIVATE,
    ),
    (&[("highway", "service"), ("access", "customers")], STREET),
    (&[("highway", "footway"), ("oneway", "yes")], STREET),
    (
        &[("highway", "footway"), ("oneway:foot", "yes")],
        Ok((WayKind::Street, Flow::Forward, Access::Public)),
    ),
    (
        &[("highway", "footway"), ("oneway:foot", "-1")],
        Ok((WayKind::Street, Flow::Backward, Access::Public)),
    ),
    (&[("highway", "path"), ("sac_scale", "hiking")], STREET),
    (
        &[("highway", "path"), ("sac_scale", "mountain_hiking")],
        Err(Alpine),
    ),
    (&[("highway", "motorway"), ("access", "private")], Err(Kind)),
    (
        &[("highway", "construction"), ("access", "private")],
        Err(Kind),
    ),
    (
        &[
            ("highway", "path"),
            ("access", "private"),
            ("sac_scale", "alpine_hiking"),
        ],
        Err(Alpine),
    ),
    (&[("highway", "via_ferrata"), ("foot", "yes")], Err(Kind)),
    (
        &[("highway", "pedestrian"), ("area", "yes"), ("foot", "")],
        STREET,
    ),
    (&[("highway", "corridor")], STREET),
    (
        &[("highway", "elevator"), ("level", "-1;0;3")],
        Ok((WayKind::Lift { storeys: 4 }, Flow::Both, Access::Public)),
    ),
    (
        &[("highway", "elevator")],
        Ok((WayKind::Lift { storeys: 1 }, Flow::Both, Access::Public)),
    ),
    (
        &[("route", "ferry")],
        Ok((WayKind::Ferry, Flow::Both, Access::Public)),
    ),
    (&[("route", "ferry"), ("foot", "no")], Err(Forbidden)),
    (&[("highway", "motorway"), ("sidewalk:left", "yes")], STREET),
    (&[("highway", "busway")], Err(Kind)),
    (&[("highway", "busway"), ("sidewalk", "both")], STREET),
    (&[("highway", "abandoned"), ("foot", "yes")], Err(Kind)),
    (
        &[("highway", "steps"), ("access", "private")],
        Ok((WayKind::Steps, Flow::Both, Access::Private)),
    ),
    (&[("railway", "platform")], STREET),
    (&[("man_made", "pier")], STREET),
    (&[("highway", "primary"), ("foot", "use_sidepath")], STREET),
];

#[test]
fn ways_are_judged_as_the_table_of_walking_rules_says() {
    for (tags, expected) in CASES {
        let verdict = walkable(Tags(tags)).map(|walkable| {
            let Passage {
                kind, flow, access, ..
            } = walkable.passage;
            (kind, flow, access)
        });
        assert_eq!(verdict, *expected, "{tags:?}");
    }
}

#[test]
fn a_street_is_sent_to_its_sidepath_by_its_tags_and_a_footway_is_one() {
    let role = |tags: &[(&str, &str)]| walkable(Tags(tags)).expect("walkable").role;
    let road = ("highway", "secondary");
    assert_eq!(role(&[road]), Role::Street);
    assert_eq!(role(&[road, ("sidewalk", "separate")]), Role::WithSidepath);
    assert_eq!(role(&[road, ("foot", "use_sidepath")]), Role::WithSidepath);
    assert_eq!(
        role(&[road, ("sidewalk:both", "separate")]),
        Role::WithSidepath
    );
    assert_eq!(
        role(&[
            road,
            ("sidewalk:left", "separate"),
            ("sidewalk:right", "no")
        ]),
        Role::WithSidepath
    );
    assert_eq!(role(&[road, ("sidewalk:left", "separate")]), Role::Street);
    assert_eq!(
        role(&[road, ("sidewalk", "separate"), ("foot", "yes")]),
        Role::Street
    );
    assert_eq!(role(&[("highway", "footway")]), Role::Footway);
    assert_eq!(
        role(&[("highway", "footway"), ("access", "private")]),
        Role::Street
    );
    assert_eq!(role(&[("highway", "cycleway")]), Role::Street);
    assert_eq!(
        role(&[("highway", "cycleway"), ("foot", "designated")]),
        Role::Footway
    );
}

#[test]
fn levels_are_read_as_they_are_written() {
    let span = |level: &str| Levels::from_tags(Tags(&[("level", level)])).map(Levels::span);
    assert_eq!(span("2"), Some(0));
    assert_eq!(span("0;1;2"), Some(2));
    assert_eq!(span("-2;3"), Some(5));
    assert_eq!(span("-1-3"), Some(4));
    assert_eq!(span("0-18"), Some(18));
    assert_eq!(span("0;0.5"), Some(1), "half a storey is a ride too");
    assert_eq!(span("ground"), None);
    assert_eq!(span("1e300;NaN;inf"), None);
    assert_eq!(
        Levels::from_tags(Tags(&[("layer", "1")])).map(Levels::span),
        Some(0)
    );
}

#[cfg(feature = "osm")]
#[test]
fn gates_pass_and_walls_block_unless_a_tag_says_otherwise() {
    use Barrier::{Open, Private, Shut};
    let gate = ("barrier", "gate");
    let locked = ("locked", "yes");
    let fence = ("barrier", "fence");
    let cases: &[(&[(&str, &str)], Barrier)] = &[
        (&[gate], Open),
        (&[("barrier", "bollard")], Open),
        (&[("barrier", "entrance")], Open),
        (&[gate, locked], Shut),
        (&[gate, ("access", "private")], Private),
        (&[gate, ("foot", "private")], Private),
        (&[gate, ("access", "private"), locked], Private),
        (&[gate, ("access", "private"), ("foot", "yes")], Open),
        (&[gate, ("access", "no")], Shut),
        (&[gate, ("foot", "no"), ("access", "private")], Shut),
        (&[("barrier", "wall")], Shut),
        (&[("barrier", "wall"), ("access", "private")], Shut),
        (&[fence, ("foot", "permissive")], Open),
        (&[fence, ("access", "yes")], Open),
        (&[fence, ("access", "unknown")], Shut),
        (&[gate, locked, ("access", "yes")], Shut),
        (&[gate, locked, ("foot", "yes")], Open),
        (&[("access", "no")], Shut),
        (&[("entrance", "home"), ("access", "private")], Private),
        (&[("amenity", "bench"), ("access", "no")], Open),
    ];
    for (tags, expected) in cases {
        assert_eq!(barrier(Tags(tags)), *expected, "{tags:?}");
    }
}

#[cfg(feature = "osm")]
#[test]
fn without_its_keys_a_way_is_no_street_and_a_node_is_nothing() {
    // Every rule's key and value, but for those keys.
    let others = CASES.iter().flat_map(|(tags, _)| *tags).copied();
    let others = others.chain([("crossing", "traffic_signals"), ("locked", "yes")]);
    let is_other = |(key, _): &(&str, &str)| !STREET_KEYS.contains(key);
    let tags: Vec<_> = others.filter(is_other).collect();
    let is_no_nodes = |(key, _): &(&str, &str)| !NODE_KEYS.contains(key);
    let node_tags: Vec<_> = tags.iter().copied().filter(is_no_nodes).collect();
    assert!(tags.contains(&("foot", "no")) && !is_street(Tags(&tags)));
    assert_eq!(barrier(Tags(&node_tags)), Barrier::Open);
    assert_eq!(crate::inputs::access::crossing(Tags(&node_tags)), None);
    assert!(!is_lift(Tags(&node_tags)));
    for (tags, _) in CASES.iter().filter(|(tags, _)| is_street(Tags(tags))) {
        assert!(tags.iter().any(|(key, _)| STREET_KEYS.contains(key)));
    }
}

#[cfg(feature = "osm")]
#[test]
fn crossings_with_lights_are_signals() {
    let crossing = |tags: &[(&str, &str)]| crate::inputs::access::crossing(Tags(tags));
    assert_eq!(crossing(&[("highway", "crossing")]), Some(Crossing::Marked));
    assert_eq!(
        crossing(&[("highway", "crossing"), ("crossing", "traffic_signals")]),
        Some(Crossing::Signal)
    );
    assert_eq!(
        crossing(&[("highway", "traffic_signals")]),
        Some(Crossing::Signal)
    );
    assert_eq!(
        crossing(&[("highway", "crossing"), ("crossing", "no")]),
        None
    );
    assert_eq!(crossing(&[("highway", "bus_stop")]), None);
}
