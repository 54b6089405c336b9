//! A way: whether it is walked at all, how, and why not.

use super::permission::{Permission, Rights, permission};
use super::{CutReason, Levels, Tags, is_set};
use crate::model::{Access, Flow, Passage, WayKind, Wheels};

/// A way that may be walked, and what else its tags say of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::inputs) struct Walkable {
    /// How it may be walked.
    pub(in crate::inputs) passage: Passage,
    /// What it is to the streets beside it.
    pub(in crate::inputs) role: Role,
}

/// What a way is to the ways beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::inputs) enum Role {
    /// A street that is walked by itself.
    Street,
    /// A street whose walkers have a way of their own, where one is mapped that joins both its ends.
    WithSidepath,
    /// A way for walkers, such as a sidewalk.
    Footway,
}

pub(super) const WALKABLE: &[&str] = &[
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
pub(super) const UNLESS_ALLOWED: &[&str] = &[
    "motorway",
    "motorway_link",
    "busway",
    "bus_guideway",
    "raceway",
];
pub(super) const SIDEWALKS: &[&str] = &["left", "right", "both", "yes"];
/// What the scale calls a walk: up to T1, `hiking`.
pub(super) const EASY_SAC: &[&str] = &["strolling", "hiking", "t1"];
/// What it calls more than that. Any other value says nothing.
pub(super) const HARD_SAC: &[&str] = &[
    "mountain_hiking",
    "demanding_mountain_hiking",
    "alpine_hiking",
    "demanding_alpine_hiking",
    "difficult_alpine_hiking",
    "t2",
    "t3",
    "t4",
    "t5",
    "t6",
];

/// Kinds that are for walkers first: a sidewalk beside a street is one of these.
const FOOTWAYS: &[&str] = &["footway", "path", "pedestrian", "steps", "corridor"];

/// Keys of which every way that could be walked has one: see [`is_street`].
#[cfg(feature = "osm")]
pub(in crate::inputs) const STREET_KEYS: [&str; 6] = [
    "highway",
    "railway",
    "public_transport",
    "man_made",
    "route",
    "indoor",
];

/// Whether a key is one that the rules for ways look at: all others are left out before they do.
pub(in crate::inputs) fn is_way_key(key: &str) -> bool {
    matches!(
        key,
        "highway"
            | "railway"
            | "public_transport"
            | "man_made"
            | "route"
            | "indoor"
            | "foot"
            | "foot:forward"
            | "foot:backward"
            | "foot:both_ways"
            | "access"
            | "access:forward"
            | "access:backward"
            | "access:both_ways"
            | "oneway"
            | "oneway:foot"
            | "conveying"
            | "motorroad"
            | "sidewalk"
            | "sidewalk:left"
            | "sidewalk:right"
            | "sidewalk:both"
            | "sac_scale"
            | "impassable"
            | "status"
            | "level"
            | "layer"
            | "tunnel"
            | "bridge"
            | "covered"
            | "location"
            | "subway"
            | "wheelchair"
            | "ramp:wheelchair"
            | "smoothness"
    ) || CONDITIONS.contains(&key)
}

/// Whether the tags are those of a way that could be walked at all; others are no business of the network.
pub(in crate::inputs) fn is_street(tags: Tags<'_>) -> bool {
    tags.get("highway").is_some()
        || is_platform_or_pier(tags)
        || is_ferry(tags)
        || tags.is("indoor", &["corridor", "area"])
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
pub(in crate::inputs) fn walkable(tags: Tags<'_>) -> Result<Walkable, CutReason> {
    let rights = Rights::from_tags(tags);
    if !kind_allows(tags, rights.invites) {
        return Err(CutReason::Kind);
    }
    let (access, allowed) = rights.passage().ok_or(CutReason::Forbidden)?;
    let flow = allowed.and(flow(tags)).ok_or(CutReason::Forbidden)?;
    if is_too_hard(tags) {
        return Err(CutReason::Alpine);
    }
    if is_set(tags, "impassable") || tags.is("status", &["impassable"]) {
        return Err(CutReason::Impassable);
    }
    let kind = kind(tags);
    Ok(Walkable {
        passage: Passage {
            kind,
            flow,
            access,
            wheels: wheels(tags, kind),
        },
        role: role(tags, access),
    })
}

/// Of several grades the easiest counts.
fn is_too_hard(tags: Tags<'_>) -> bool {
    let Some(scale) = tags.get("sac_scale") else {
        return false;
    };
    let is_any = |grades: &[&str]| {
        let mut words = scale.split(';').map(str::trim);
        words.any(|word| grades.iter().any(|grade| grade.eq_ignore_ascii_case(word)))
    };
    is_any(HARD_SAC) && !is_any(EASY_SAC)
}

/// What the tags say of wheels beyond the kind of way.
fn wheels(tags: Tags<'_>, kind: WayKind) -> Wheels {
    let is_welcome = tags.is("wheelchair", &["yes", "designated"]);
    if kind == WayKind::Steps {
        let has_ramp = tags.is("ramp:wheelchair", &["yes", "separate"]);
        return if is_welcome || (has_ramp && !tags.is("wheelchair", &["no"])) {
            Wheels::Open
        } else {
            Wheels::AsKind
        };
    }
    if tags.is("wheelchair", &["no"]) {
        Wheels::Closed
    } else if is_welcome {
        Wheels::AsKind
    } else if tags.is("smoothness", &["bad"]) {
        Wheels::Bad
    } else if tags.is("smoothness", VERY_BAD) {
        Wheels::VeryBad
    } else {
        Wheels::AsKind
    }
}

/// Surfaces for no wheels but those of a vehicle made for them.
pub(super) const VERY_BAD: &[&str] = &["very_bad", "horrible", "very_horrible", "impassable"];

/// Keys that open or close a way or a gate at times: see [`HeldTags`](super::HeldTags).
const CONDITIONS: [&str; 8] = [
    "foot:conditional",
    "access:conditional",
    "foot:forward:conditional",
    "foot:backward:conditional",
    "oneway:foot:conditional",
    "locked:conditional",
    "opening_hours",
    "seasonal",
];

/// The first tag that opens or closes a way or a gate at times only.
pub(in crate::inputs) fn condition(tags: Tags<'_>) -> Option<(&'static str, &str)> {
    let always = ["no", "24/7"];
    let mut keys = CONDITIONS.into_iter();
    keys.find_map(|key| Some((key, tags.get(key).filter(|value| !always.contains(value))?)))
}

fn kind(tags: Tags<'_>) -> WayKind {
    match tags.get("highway") {
        // A street that a ferry runs on is water all the same.
        _ if is_ferry(tags) => WayKind::Ferry,
        Some("steps") => WayKind::Steps,
        Some("elevator") => WayKind::Lift {
            storeys: Levels::from_tags(tags).map_or(0, Levels::span).max(1),
        },
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
        // A platform that is drawn as the stop that it serves.
        Some("bus_stop") => is_platform_or_pier(tags),
        Some(kind) => WALKABLE.contains(&kind) && (invited || !tags.is("motorroad", &["yes"])),
        None => true,
    }
}

/// `oneway` is for vehicles; `oneway:foot` and an escalator's direction are for walkers. An escalator that does not name its
/// direction goes as its `oneway` says.
fn flow(tags: Tags<'_>) -> Flow {
    let oneway = |key| {
        if tags.is(key, &["yes", "1", "true"]) {
            Flow::Forward
        } else if tags.is(key, &["-1", "reverse"]) {
            Flow::Backward
        } else {
            Flow::Both
        }
    };
    if tags.get("oneway:foot").is_some() {
        oneway("oneway:foot")
    } else if tags.is("conveying", &["forward"]) {
        Flow::Forward
    } else if tags.is("conveying", &["backward"]) {
        Flow::Backward
    } else if is_set(tags, "conveying") {
        oneway("oneway")
    } else {
        Flow::Both
    }
}

#[cfg(test)]
#[path = "access_tests.rs"]
mod tests;
