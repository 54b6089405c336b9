//! Where a person may walk: the tags of one way or barrier, judged as OpenStreetMap's foot routers do. Conflicts resolve
//! in this order: `foot`, `access`, the way's kind.
//!
//! # Source
//! The OpenStreetMap wiki's pages on `highway`, `access`, `foot`, `oneway:foot`, `barrier`, `conveying` and `sac_scale`,
//! and where the public engines (Valhalla, GraphHopper, OSRM, R5, OpenTripPlanner) differ, what most of them do.

use crate::language::Language;
#[cfg(feature = "osm")]
use crate::model::Crossing;
use crate::model::{Access, FindingCode, Flow, Passage, WayKind};

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
    /// Harder than hiking (`sac_scale`).
    Alpine,
    /// A footway of its own joins both ends of the street: `sidewalk=separate`, `foot=use_sidepath`.
    Sidepath,
    /// A barrier on the way that lets nobody pass.
    Barrier,
    /// A private gate on the way: what has no other way to the rest of the network is a pocket entered there.
    PrivateGate,
    /// The extract lacks a vertex of the way.
    MissingVertex,
}

impl CutReason {
    /// Every reason, in the order of reports.
    pub const ALL: [CutReason; 7] = [
        CutReason::Kind,
        CutReason::Forbidden,
        CutReason::Alpine,
        CutReason::Sidepath,
        CutReason::Barrier,
        CutReason::PrivateGate,
        CutReason::MissingVertex,
    ];

    /// The finding that counts it.
    pub(super) const fn finding(self) -> FindingCode {
        match self {
            CutReason::Kind | CutReason::Forbidden | CutReason::Alpine => FindingCode::NotWalkable,
            CutReason::Sidepath => FindingCode::Sidepath,
            CutReason::Barrier => FindingCode::BarrierCut,
            CutReason::PrivateGate => FindingCode::PrivateGate,
            CutReason::MissingVertex => FindingCode::MissingVertex,
        }
    }

    /// In words.
    #[must_use]
    pub const fn words(self, language: Language) -> &'static str {
        let (en, zh) = match self {
            CutReason::Kind => ("not for walking", "不供步行的道路"),
            CutReason::Forbidden => ("foot or access says no", "禁止步行或通行"),
            CutReason::Alpine => ("harder than hiking", "难度超过徒步"),
            CutReason::Sidepath => ("beside a footway of its own", "旁有独立步道"),
            CutReason::Barrier => ("cut by a barrier", "被障碍物阻断"),
            CutReason::PrivateGate => ("cut by a private gate", "被私有门禁阻断"),
            CutReason::MissingVertex => ("cut at a missing vertex", "因缺失节点而截断"),
        };
        language.pick(en, zh)
    }
}

/// A way that may be walked, and what else its tags say of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Walkable {
    /// How it may be walked.
    pub(super) passage: Passage,
    /// What it is to the streets beside it.
    pub(super) role: Role,
}

/// What a way is to the ways beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A street that is walked by itself.
    Street,
    /// A street whose walkers have a way of their own, where one is mapped that joins both its ends.
    WithSidepath,
    /// A way for walkers, such as a sidewalk.
    Footway,
}

/// What `foot` or `access` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Permission {
    Yes,
    No,
    Private,
}

/// With `foot=use_sidepath` a street stays walkable unless a footway joins both its ends; see [`Role::WithSidepath`].
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

/// Kinds that are for walkers first: a sidewalk beside a street is one of these.
const FOOTWAYS: &[&str] = &["footway", "path", "pedestrian", "steps", "corridor"];

/// Keys of which every way that could be walked has one: see [`is_street`].
#[cfg(feature = "osm")]
pub(super) const STREET_KEYS: [&str; 5] = [
    "highway",
    "railway",
    "public_transport",
    "man_made",
    "route",
];

/// Keys of which every node that matters to walkers has one: see [`barrier`], [`crossing`] and [`is_lift`].
#[cfg(feature = "osm")]
pub(super) const NODE_KEYS: [&str; 2] = ["barrier", "highway"];

/// Whether the tags are those of a way that could be walked at all; others are no business of the network.
pub(super) fn is_street(tags: Tags<'_>) -> bool {
    tags.get("highway").is_some() || is_platform_or_pier(tags) || is_ferry(tags)
}

fn is_platform_or_pier(tags: Tags<'_>) -> bool {
    tags.is("railway", &["platform"])
        || tags.is("public_transport", &["platform"])
        || tags.is("man_made", &["pier"])
}

fn is_ferry(tags: Tags<'_>) -> bool {
    tags.is("route", &["ferry"])
}

/// Judges a way: how it may be walked, or why it is left out. Only what nothing else closes is private: a motorway or a
/// road under construction is no compound that somebody could live in.
pub(super) fn walkable(tags: Tags<'_>) -> Result<Walkable, CutReason> {
    let foot = permission(tags, "foot");
    let permission = foot.or_else(|| permission(tags, "access"));
    if !kind_allows(tags, foot == Some(Permission::Yes)) {
        return Err(CutReason::Kind);
    }
    if permission == Some(Permission::No) {
        return Err(CutReason::Forbidden);
    }
    let too_hard = |scale| !EASY_SAC.contains(&scale);
    if tags.get("sac_scale").is_some_and(too_hard) {
        return Err(CutReason::Alpine);
    }
    let access = match permission {
        Some(Permission::Private) => Access::Private,
        _ => Access::Public,
    };
    Ok(Walkable {
        passage: Passage {
            kind: kind(tags),
            flow: flow(tags),
            access,
        },
        role: role(tags, access),
    })
}

fn kind(tags: Tags<'_>) -> WayKind {
    match tags.get("highway") {
        Some("steps") => WayKind::Steps,
        Some("elevator") => WayKind::Lift {
            storeys: Levels::of(tags).map_or(0, Levels::span).max(1),
        },
        None if is_ferry(tags) => WayKind::Ferry,
        _ => WayKind::Street,
    }
}

fn role(tags: Tags<'_>, access: Access) -> Role {
    let separate = |key: &str| tags.is(key, &["separate"]);
    let none = |key: &str| tags.is(key, &["no", "none"]);
    let (left, right) = ("sidewalk:left", "sidewalk:right");
    let both_separate = separate("sidewalk")
        || separate("sidewalk:both")
        || (separate(left) && (separate(right) || none(right)))
        || (separate(right) && none(left));
    // `foot=yes` and the like are said of the carriageway itself.
    let sent_beside = tags.is("foot", &["use_sidepath"])
        || (both_separate && permission(tags, "foot") != Some(Permission::Yes));
    let for_walkers = tags.is("highway", FOOTWAYS)
        || (tags.is("highway", &["cycleway"]) && tags.is("foot", &["yes", "designated"]));
    match (for_walkers, sent_beside) {
        (true, _) if access == Access::Public => Role::Footway,
        (false, true) => Role::WithSidepath,
        _ => Role::Street,
    }
}

/// The storeys that a way or a lift belongs to (`level`, or `layer` where there is none), lowest and highest.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Levels {
    lowest: f64,
    highest: f64,
}

impl Levels {
    /// The levels in the tags: `2`, `0;1;2`, `-1-3`, `0.5`. What is no number is passed over.
    pub(super) fn of(tags: Tags<'_>) -> Option<Self> {
        let text = tags.get("level").or_else(|| tags.get("layer"))?;
        let ends = text.split(';').flat_map(|part| {
            let part = part.trim();
            // A range; the first character may be the sign of a cellar.
            let dash = part.char_indices().skip(1).find(|(_, c)| *c == '-');
            match dash {
                Some((at, _)) => [part.get(..at), part.get(at + 1..)],
                None => [Some(part), None],
            }
        });
        let numbers = ends.flatten().filter_map(|end| end.trim().parse().ok());
        numbers.filter(|level: &f64| level.abs() <= MAX_LEVEL).fold(
            None,
            |levels: Option<Self>, level| {
                let (lowest, highest) = levels.map_or((level, level), |l| (l.lowest, l.highest));
                Some(Self {
                    lowest: lowest.min(level),
                    highest: highest.max(level),
                })
            },
        )
    }

    /// How many storeys it spans, halves rounded up.
    pub(super) fn span(self) -> u16 {
        (self.highest - self.lowest).round() as u16
    }

    /// The level, where it is only one.
    #[cfg(feature = "osm")]
    pub(super) fn single(self) -> Option<f64> {
        (self.lowest == self.highest).then_some(self.lowest)
    }
}

/// The highest level taken at its word; no building has more storeys.
const MAX_LEVEL: f64 = 200.0;

/// Whether the kind of way is for walking, by itself or because `foot` or a sidewalk says so.
fn kind_allows(tags: Tags<'_>, foot_allows: bool) -> bool {
    let sidewalk = |key| tags.is(key, SIDEWALKS);
    let invited = foot_allows
        || [
            "sidewalk",
            "sidewalk:left",
            "sidewalk:right",
            "sidewalk:both",
        ]
        .into_iter()
        .any(sidewalk);
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

/// What a barrier on a way does to walkers.
#[cfg(feature = "osm")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Barrier {
    /// There is none, or everybody passes.
    #[default]
    Open,
    /// Who lives or is served behind it passes.
    Private,
    /// Nobody passes.
    Shut,
}

/// Judges a barrier. Only `foot` opens a wall or a locked gate: `access=yes` is often said of what lies behind. Who may
/// pass a private gate has its key.
#[cfg(feature = "osm")]
pub(super) fn barrier(tags: Tags<'_>) -> Barrier {
    let Some(kind) = tags.get("barrier") else {
        return Barrier::Open;
    };
    let wall = WALLS.contains(&kind);
    match (permission(tags, "foot"), permission(tags, "access")) {
        (Some(Permission::Yes), _) => Barrier::Open,
        (Some(Permission::No), _) | (None, Some(Permission::No)) => Barrier::Shut,
        (Some(Permission::Private), _) | (None, Some(Permission::Private)) if !wall => {
            Barrier::Private
        }
        _ if wall || tags.is("locked", &["yes"]) => Barrier::Shut,
        _ => Barrier::Open,
    }
}

/// Whether a node is a lift.
#[cfg(feature = "osm")]
pub(super) fn is_lift(tags: Tags<'_>) -> bool {
    tags.is("highway", &["elevator"])
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
                let Passage { kind, flow, access } = walkable.passage;
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
        let span = |level: &str| Levels::of(Tags(&[("level", level)])).map(Levels::span);
        assert_eq!(span("2"), Some(0));
        assert_eq!(span("0;1;2"), Some(2));
        assert_eq!(span("-2;3"), Some(5));
        assert_eq!(span("-1-3"), Some(4));
        assert_eq!(span("0-18"), Some(18));
        assert_eq!(span("0;0.5"), Some(1), "half a storey is a ride too");
        assert_eq!(span("ground"), None);
        assert_eq!(span("1e300;NaN;inf"), None);
        assert_eq!(
            Levels::of(Tags(&[("layer", "1")])).map(Levels::span),
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
            (&[fence, ("access", "yes")], Shut),
            (&[gate, locked, ("access", "yes")], Shut),
            (&[gate, locked, ("foot", "yes")], Open),
            (&[("access", "no")], Open),
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
        assert!(tags.contains(&("foot", "no")) && !is_street(Tags(&tags)));
        assert_eq!(barrier(Tags(&tags)), Barrier::Open);
        assert_eq!(super::crossing(Tags(&tags)), None);
        assert!(!is_lift(Tags(&tags)));
        for (tags, _) in CASES.iter().filter(|(tags, _)| is_street(Tags(tags))) {
            assert!(tags.iter().any(|(key, _)| STREET_KEYS.contains(key)));
        }
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
