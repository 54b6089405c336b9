//! What carries a way: the ground, a bridge, or a tunnel below it.

use super::{Levels, Tags};
use crate::model::Structure;

/// Values that say no; exports to tables write `F` or `0`.
const NOT: &[&str] = &["no", "f", "false", "0", "n", "none"];
/// Tunnels with people beside them: passages through buildings, and pipes below a way.
const NO_TUNNELS: &[&str] = &["building_passage", "culvert"];

/// Whether a key is there and says something else than no.
pub(in crate::inputs) fn is_set(tags: Tags<'_>, key: &str) -> bool {
    tags.get(key).is_some() && !tags.is(key, NOT)
}

/// Whether all of a level or a list of them is below zero.
fn is_negative(tags: Tags<'_>, key: &str) -> bool {
    let levels = tags.get(key).and_then(Levels::parse);
    levels.is_some_and(|levels| levels.highest < 0.0)
}

/// A way is below ground where it is a tunnel, where its `location` says so, and where it is roofed (`covered`, `indoor`, a
/// corridor, a platform) on a negative `layer` or `level`. A negative `layer` alone only says what a way passes beneath, under
/// the open sky.
pub(in crate::inputs) fn structure(tags: Tags<'_>) -> Structure {
    let is_tunnel = is_set(tags, "tunnel") && !tags.is("tunnel", NO_TUNNELS);
    if is_tunnel || tags.is("location", &["underground"]) {
        return Structure::Underground;
    }
    let is_passage = tags.is("tunnel", NO_TUNNELS);
    let is_low = is_negative(tags, "level") || is_negative(tags, "layer");
    if is_low && !is_passage && is_roofed(tags) {
        return Structure::Underground;
    }
    if is_set(tags, "bridge") {
        Structure::Bridge
    } else {
        Structure::Ground
    }
}

fn is_roofed(tags: Tags<'_>) -> bool {
    let is_platform = is_negative(tags, "level")
        && (tags.is("railway", &["platform"])
            || tags.is("public_transport", &["platform"])
            || tags.is("highway", &["platform"]));
    let is_below_twice = is_negative(tags, "level") && is_negative(tags, "layer");
    is_set(tags, "covered")
        || is_set(tags, "indoor")
        || is_set(tags, "subway")
        || tags.is("highway", &["corridor"])
        || is_platform
        || is_below_twice
}
