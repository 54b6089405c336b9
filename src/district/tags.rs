//! What the drawn things are called in OpenStreetMap's keys and values.

use std::borrow::Cow;

use super::LABEL;
use super::map::Tags;
use super::plan::Divide;

/// One key and its value.
type Tag = (&'static str, Cow<'static, str>);

pub(super) const BRIDGE: [Tag; 2] = [
    ("bridge", Cow::Borrowed("yes")),
    ("layer", Cow::Borrowed("1")),
];
pub(super) const TUNNEL: [Tag; 2] = [
    ("tunnel", Cow::Borrowed("yes")),
    ("layer", Cow::Borrowed("-1")),
];

/// Tags of our own words; every object says that it is a model.
fn of(pairs: &[(&'static str, &'static str)]) -> Tags {
    let mut tags: Tags = pairs
        .iter()
        .map(|(key, value)| (*key, Cow::Borrowed(*value)))
        .collect();
    tags.push(("source", Cow::Borrowed(LABEL)));
    tags
}

fn named(pairs: &[(&'static str, &'static str)], name: String) -> Tags {
    let mut tags = of(pairs);
    tags.push(("name", Cow::Owned(name)));
    tags
}

/// The node in the middle of a crossing: lights on main roads, stripes on the others.
pub(super) fn crossing(lights: bool) -> Tags {
    let kind = if lights { "traffic_signals" } else { "marked" };
    of(&[("highway", "crossing"), ("crossing", kind)])
}

pub(super) fn crosswalk() -> Tags {
    of(&[("highway", "footway"), ("footway", "crossing")])
}

pub(super) fn bridge(highway: &'static str) -> Tags {
    let mut tags = of(&[("highway", highway)]);
    tags.extend(BRIDGE);
    tags
}

pub(super) fn underpass(highway: &'static str) -> Tags {
    let mut tags = of(&[("highway", highway)]);
    tags.extend(TUNNEL);
    tags
}

pub(super) fn steps() -> Tags {
    of(&[("highway", "steps")])
}

/// Where people walk beside a dividing line.
pub(super) fn bank(divide: Divide, name: String) -> Tags {
    match divide {
        Divide::Primary | Divide::Secondary => {
            named(&[("highway", "footway"), ("footway", "sidewalk")], name)
        }
        Divide::River | Divide::Channel => named(&[("highway", "footway")], name),
        Divide::Railway => named(&[("highway", "service")], name),
    }
}

/// The carriageway between two sidewalks, closed to walkers.
pub(super) fn carriageway(divide: Divide, name: &str) -> Tags {
    let kind = match divide {
        Divide::Primary => "primary",
        _ => "secondary",
    };
    let pairs = [("highway", kind), ("foot", "no"), ("sidewalk", "separate")];
    named(&pairs, name.to_owned())
}

pub(super) fn rail() -> Tags {
    of(&[("railway", "rail")])
}

pub(super) fn water() -> Tags {
    of(&[("natural", "water"), ("water", "river")])
}

/// A street inside a superblock.
pub(super) fn lane() -> Tags {
    of(&[("highway", "residential")])
}

/// A road between villages.
pub(super) fn country_road() -> Tags {
    of(&[("highway", "tertiary")])
}

/// The few metres from a street to the gate of a compound.
pub(super) fn gate_way() -> Tags {
    of(&[("highway", "service")])
}

pub(super) fn gate() -> Tags {
    of(&[("barrier", "gate")])
}

/// A road inside a compound.
pub(super) fn inner_road() -> Tags {
    of(&[("highway", "service"), ("access", "private")])
}

/// A lane of the open old town, or a path through a park.
pub(super) fn footway() -> Tags {
    of(&[("highway", "footway")])
}

/// The wall around a compound.
pub(super) fn compound(landuse: &'static str) -> Tags {
    of(&[("landuse", landuse), ("barrier", "wall")])
}

pub(super) fn park() -> Tags {
    of(&[("leisure", "park")])
}

/// A building with its storeys.
pub(super) fn building(kind: &'static str, storeys: u32) -> Tags {
    let mut tags = of(&[("building", kind)]);
    tags.push(("building:levels", Cow::Owned(storeys.to_string())));
    tags
}
