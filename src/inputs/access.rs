//! Where a person may walk: the tags of one way or barrier, judged as OpenStreetMap's foot routers do. Conflicts resolve
//! in this order: `foot`, `access`, the way's kind.
//!
//! # Source
//! The OpenStreetMap wiki's pages on `highway`, `access`, `foot`, `oneway:foot`, `barrier`, `conveying` and `sac_scale`,
//! and where the public engines (Valhalla, GraphHopper, OSRM, R5, OpenTripPlanner) differ, what most of them do.

#[cfg(feature = "osm")]
use crate::model::Crossing;
use crate::model::{FindingCode, Flow, WayKind};

/// The tags of an object: keys and values.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tags<'a>(pub(super) &'a [(&'a str, &'a str)]);

impl<'a> Tags<'a> {
    /// A tag's value. An empty one, as tables write what is not there, is none.
    pub(super) fn get(self, key: &str) -> Option<&'a str> {
        self.0
            .iter()
            .find(|(name, _)| *name == key)
            .map(|(_, value)| *value)
            .filter(|value| !value.is_empty())
    }

    fn is(self, key: &str, values: &[&str]) -> bool {
        self.get(key).is_some_and(|value| values.contains(&value))
    }
}

/// Why a way, or a place on it, is left out of the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum CutReason {
    /// A kind of way that is not for walking: motorways, race tracks, what is only planned.
    Kind,
    /// `foot` or `access` says no.
    Forbidden,
    /// `foot` or `access` says private: nobody walks through.
    Private,
    /// Harder than hiking (`sac_scale`).
    Alpine,
    /// A barrier on the way that lets nobody pass.
    Barrier,
    /// The extract lacks a vertex of the way.
    MissingVertex,
}

impl CutReason {
    /// Every reason, in the order of reports.
    pub const ALL: [CutReason; 6] = [
        CutReason::Kind,
        CutReason::Forbidden,
        CutReason::Private,
        CutReason::Alpine,
        CutReason::Barrier,
        CutReason::MissingVertex,
    ];

    /// The finding that counts it.
    pub(super) const fn finding(self) -> FindingCode {
        match self {
            CutReason::Private => FindingCode::PrivateWay,
            CutReason::Kind | CutReason::Forbidden | CutReason::Alpine => FindingCode::NotWalkable,
            CutReason::Barrier => FindingCode::BarrierCut,
            CutReason::MissingVertex => FindingCode::MissingVertex,
        }
    }

    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            CutReason::Kind => "not for walking",
            CutReason::Forbidden => "foot or access says no",
            CutReason::Private => "private",
            CutReason::Alpine => "harder than hiking",
            CutReason::Barrier => "cut by a barrier",
            CutReason::MissingVertex => "cut at a missing vertex",
        }
    }
}

/// What `foot` or `access` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Permission {
    Yes,
    No,
    Private,
}

/// `foot=use_sidepath` stays walkable: whether a footway runs beside the street is not in its own tags.
const ALLOWED: &[&str] = &[
    "yes",
    "designated",
    "permissive",
    "destination",
    "customers",
    "official",
    "public",
    "use_sidepath",
];
const FORBIDDEN: &[&str] = &["no"];
const PRIVATE: &[&str] = &[
    "private",
    "agricultural",
    "forestry",
    "military",
    "delivery",
    "residents",
    "employees",
    "permit",
];

fn permission(tags: Tags<'_>, key: &str) -> Option<Permission> {
    let value = tags.get(key)?;
    [
        (ALLOWED, Permission::Yes),
        (FORBIDDEN, Permission::No),
        (PRIVATE, Permission::Private),
    ]
    .into_iter()
    .find(|(values, _)| values.contains(&value))
    .map(|(_, permission)| permission)
}

const WALKABLE: &[&str] = &[
    "trunk",
    "trunk_link",
    "primary",
    "primary_link",
    "secondary",
    "secondary_link",
    "tertiary",
    "tertiary_link",
    "unclassified",
    "residential",
    "living_street",
    "service",
    "track",
    "road",
    "footway",
    "path",
    "pedestrian",
    "steps",
    "cycleway",
    "bridleway",
    "corridor",
    "elevator",
    "platform",
];
/// Kinds that are not for walking unless `foot` or a sidewalk says so.
const UNLESS_ALLOWED: &[&str] = &[
    "motorway",
    "motorway_link",
    "busway",
    "bus_guideway",
    "raceway",
];
const SIDEWALKS: &[&str] = &["left", "right", "both", "yes"];
/// What the scale calls a walk: up to T1, `hiking`.
const EASY_SAC: &[&str] = &["strolling", "hiking"];

/// Whether the tags are those of a way that could be walked at all; others are no business of the network.
pub(super) fn is_street(tags: Tags<'_>) -> bool {
    tags.get("highway").is_some() || is_platform_or_pier(tags)
}

fn is_platform_or_pier(tags: Tags<'_>) -> bool {
    tags.is("railway", &["platform"])
        || tags.is("public_transport", &["platform"])
        || tags.is("man_made", &["pier"])
}

/// Judges a way: its kind and flow, or why it is left out. A way is [`CutReason::Private`] only when nothing else closes
/// it: a motorway or a road under construction is no compound that somebody could live in.
pub(super) fn walkable(tags: Tags<'_>) -> Result<(WayKind, Flow), CutReason> {
    let foot = permission(tags, "foot");
    let permission = foot.or_else(|| permission(tags, "access"));
    let highway = tags.get("highway");
    if !kind_allows(tags, foot == Some(Permission::Yes)) {
        return Err(CutReason::Kind);
    }
    if permission == Some(Permission::No) {
        return Err(CutReason::Forbidden);
    }
    if tags
        .get("sac_scale")
        .is_some_and(|scale| !EASY_SAC.contains(&scale))
    {
        return Err(CutReason::Alpine);
    }
    if permission == Some(Permission::Private) {
        return Err(CutReason::Private);
    }
    let kind = if highway == Some("steps") {
        WayKind::Steps
    } else {
        WayKind::Street
    };
    Ok((kind, flow(tags)))
}

/// Whether the kind of way is for walking, by itself or because `foot` or a sidewalk says so.
fn kind_allows(tags: Tags<'_>, foot_allows: bool) -> bool {
    let invited = foot_allows || tags.is("sidewalk", SIDEWALKS);
    match tags.get("highway") {
        Some(kind) if UNLESS_ALLOWED.contains(&kind) => invited,
        Some(kind) => WALKABLE.contains(&kind) && (invited || !tags.is("motorroad", &["yes"])),
        None => true,
    }
}

/// `oneway` is for vehicles; `oneway:foot` and an escalator's direction are for walkers.
fn flow(tags: Tags<'_>) -> Flow {
    match (tags.get("oneway:foot"), tags.get("conveying")) {
        (Some("yes" | "1" | "true"), _) | (None, Some("forward")) => Flow::Forward,
        (Some("-1" | "reverse"), _) | (None, Some("backward")) => Flow::Backward,
        _ => Flow::Both,
    }
}

#[cfg(feature = "osm")]
const WALLS: &[&str] = &[
    "wall",
    "fence",
    "hedge",
    "debris",
    "jersey_barrier",
    "retaining_wall",
    "city_wall",
];

/// Whether a barrier on a way lets nobody pass. Only `foot` opens a wall or a locked gate: `access=yes` is often said of
/// what lies behind.
#[cfg(feature = "osm")]
pub(super) fn blocks(tags: Tags<'_>) -> bool {
    let Some(barrier) = tags.get("barrier") else {
        return false;
    };
    let shut = WALLS.contains(&barrier) || tags.is("locked", &["yes"]);
    match (permission(tags, "foot"), permission(tags, "access")) {
        (Some(foot), _) => foot != Permission::Yes,
        (None, Some(Permission::No | Permission::Private)) => true,
        (None, _) => shut,
    }
}

/// The crossing at a vertex.
#[cfg(feature = "osm")]
pub(super) fn crossing(tags: Tags<'_>) -> Option<Crossing> {
    let lights = tags.is("crossing", &["traffic_signals"]) || tags.is("crossing:signals", &["yes"]);
    match tags.get("highway") {
        Some("traffic_signals") => Some(Crossing::Signal),
        Some("crossing") if lights => Some(Crossing::Signal),
        Some("crossing") if !tags.is("crossing", &["no"]) => Some(Crossing::Marked),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use CutReason::{Alpine, Forbidden, Kind, Private};

    /// A way's tags and the verdict.
    type Case<'a> = (&'a [(&'a str, &'a str)], Result<(WayKind, Flow), CutReason>);

    const STREET: Result<(WayKind, Flow), CutReason> = Ok((WayKind::Street, Flow::Both));

    #[test]
    fn ways_are_judged_as_the_table_of_walking_rules_says() {
        let cases: &[Case<'_>] = &[
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
            (&[("highway", "steps")], Ok((WayKind::Steps, Flow::Both))),
            (
                &[("highway", "steps"), ("conveying", "backward")],
                Ok((WayKind::Steps, Flow::Backward)),
            ),
            (&[("highway", "construction")], Err(Kind)),
            (&[("highway", "proposed"), ("foot", "yes")], Err(Kind)),
            (&[("highway", "raceway")], Err(Kind)),
            (
                &[("highway", "service"), ("access", "private")],
                Err(Private),
            ),
            (
                &[("highway", "track"), ("access", "forestry")],
                Err(Private),
            ),
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
                Err(Private),
            ),
            (&[("highway", "service"), ("access", "customers")], STREET),
            (&[("highway", "footway"), ("oneway", "yes")], STREET),
            (
                &[("highway", "footway"), ("oneway:foot", "yes")],
                Ok((WayKind::Street, Flow::Forward)),
            ),
            (
                &[("highway", "footway"), ("oneway:foot", "-1")],
                Ok((WayKind::Street, Flow::Backward)),
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
            (&[("highway", "elevator")], STREET),
            (&[("railway", "platform")], STREET),
            (&[("man_made", "pier")], STREET),
            (&[("highway", "primary"), ("foot", "use_sidepath")], STREET),
        ];
        for (tags, expected) in cases {
            assert_eq!(walkable(Tags(tags)), *expected, "{tags:?}");
        }
    }

    #[cfg(feature = "osm")]
    #[test]
    fn gates_pass_and_walls_block_unless_a_tag_says_otherwise() {
        let blocks = |tags: &[(&str, &str)]| super::blocks(Tags(tags));
        assert!(!blocks(&[("barrier", "gate")]));
        assert!(!blocks(&[("barrier", "bollard")]));
        assert!(blocks(&[("barrier", "gate"), ("locked", "yes")]));
        assert!(blocks(&[("barrier", "gate"), ("access", "private")]));
        assert!(!blocks(&[
            ("barrier", "gate"),
            ("access", "private"),
            ("foot", "yes")
        ]));
        assert!(blocks(&[("barrier", "wall")]));
        assert!(!blocks(&[("barrier", "fence"), ("foot", "permissive")]));
        assert!(blocks(&[("barrier", "fence"), ("access", "yes")]));
        assert!(blocks(&[
            ("barrier", "gate"),
            ("locked", "yes"),
            ("access", "yes")
        ]));
        assert!(!blocks(&[
            ("barrier", "gate"),
            ("locked", "yes"),
            ("foot", "yes")
        ]));
        assert!(!blocks(&[("access", "no")]), "not a barrier");
    }

    #[cfg(feature = "osm")]
    #[test]
    fn crossings_with_lights_are_signals() {
        let crossing = |tags: &[(&str, &str)]| super::crossing(Tags(tags));
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
}
