//! Nodes on ways: what a gate, a door, a kerb or a plain node with `access` does to walkers there.

use super::permission::{Permission, permission};
use super::{Tags, condition};
use crate::model::Crossing;

/// Keys of which every node that matters to walkers has one.
pub(in crate::inputs) const NODE_KEYS: [&str; 7] = [
    "barrier",
    "highway",
    "access",
    "foot",
    "kerb",
    "wheelchair",
    "entrance",
];

/// What is built along a line and not to be passed.
const WALLS: &[&str] = &[
    "wall",
    "fence",
    "hedge",
    "debris",
    "jersey_barrier",
    "retaining_wall",
    "city_wall",
];

/// Barriers that walkers step over or squeeze through, and wheels do not.
const STEPS: &[&str] = &[
    "stile",
    "horse_stile",
    "kissing_gate",
    "turnstile",
    "full-height_turnstile",
    "log",
    "step",
    "guard_rail",
    "cable_barrier",
    "ditch",
];

/// Kerbs that wheels pass: all others are taken as raised.
const LOW_KERBS: &[&str] = &["flush", "lowered", "no"];

/// Of a node with one of these, `access` and `wheelchair` speak of what stands beside the way and not of the way.
const BESIDE: &[&str] = &[
    "shop",
    "tourism",
    "office",
    "leisure",
    "craft",
    "healthcare",
    "public_transport",
];
const STOPS: &[&str] = &["tram_stop", "stop", "halt", "station", "platform"];

/// What a barrier on a way does to walkers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::inputs) enum Barrier {
    /// There is none, or everybody passes.
    #[default]
    Open,
    /// Walkers pass, and wheels do not.
    Steps,
    /// Who lives or is served behind it passes.
    Private,
    /// Nobody passes.
    Shut,
}

/// Judges a node on a way, whatever it is. Who may pass a private gate has its key. A locked gate is opened by `foot`
/// alone: `access=yes` is often said of what lies behind it.
pub(in crate::inputs) fn barrier(tags: Tags<'_>) -> Barrier {
    let kind = tags.get("barrier");
    if kind.is_none() && is_beside(tags) {
        return Barrier::Open;
    }
    let is_wall = tags.is("barrier", WALLS);
    let is_locked = kind.is_some() && tags.is("locked", &["yes"]);
    let access = permission(tags, "access");
    // Without a barrier `foot` speaks for itself: what it says that nobody knows closes nothing.
    let access = access.filter(|_| kind.is_some() || tags.get("foot").is_none());
    match (permission(tags, "foot"), access) {
        (Some(Permission::Yes), _) => open(tags),
        (Some(Permission::No), _) | (None, Some(Permission::No)) => Barrier::Shut,
        (Some(Permission::Private), _) | (None, Some(Permission::Private)) if !is_wall => {
            Barrier::Private
        }
        (None, Some(Permission::Yes)) if !is_locked => open(tags),
        _ if is_wall || is_locked => Barrier::Shut,
        _ => open(tags),
    }
}

/// The first tag that opens or closes a gate or a door at times only.
pub(in crate::inputs) fn node_condition(tags: Tags<'_>) -> Option<(&'static str, &str)> {
    if tags.get("barrier").is_none() && is_beside(tags) {
        return None;
    }
    condition(tags)
}

/// Open to walkers; to wheels too unless it is a step.
fn open(tags: Tags<'_>) -> Barrier {
    if tags.is("wheelchair", &["yes", "designated"]) {
        return Barrier::Open;
    }
    let is_kerb = tags.is("barrier", &["kerb"]) || tags.is("kerb", &["raised", "yes"]);
    let is_step = (is_kerb && !tags.is("kerb", LOW_KERBS))
        || tags.is("barrier", STEPS)
        || tags.is("wheelchair", &["no"]);
    if is_step {
        Barrier::Steps
    } else {
        Barrier::Open
    }
}

/// Whether the tags are of something beside the way: a shop, a stop, an amenity other than the way into a car park.
fn is_beside(tags: Tags<'_>) -> bool {
    let is_amenity = tags.get("amenity").is_some() && !tags.is("amenity", &["parking_entrance"]);
    let is_stop = tags.is("highway", &["bus_stop", "platform"]) || tags.is("railway", STOPS);
    is_amenity || is_stop || BESIDE.iter().any(|key| tags.get(key).is_some())
}

/// Whether a node is a lift.
pub(in crate::inputs) fn is_lift(tags: Tags<'_>) -> bool {
    tags.is("highway", &["elevator"])
}

/// The crossing at a vertex.
pub(in crate::inputs) fn crossing(tags: Tags<'_>) -> Option<Crossing> {
    let lights = tags.is("crossing", &["traffic_signals"]) || tags.is("crossing:signals", &["yes"]);
    match tags.get("highway") {
        Some("traffic_signals") => Some(Crossing::Signal),
        Some("crossing") if lights => Some(Crossing::Signal),
        Some("crossing") if !tags.is("crossing", &["no"]) => Some(Crossing::Marked),
        _ => None,
    }
}
