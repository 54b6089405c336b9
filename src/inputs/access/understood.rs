//! Which values of the tags that are judged mean something: in tables anything may stand there.

use super::Levels;
use super::permission::says_something;
use super::way::{EASY_SAC, HARD_SAC, SIDEWALKS, UNLESS_ALLOWED, VERY_BAD, WALKABLE};

/// Kinds of ways and places that are for no walkers, and that people do map.
const NOT_WALKED: &[&str] = &[
    "bus_stop",
    "construction",
    "proposed",
    "planned",
    "disused",
    "abandoned",
    "razed",
    "demolished",
    "dismantled",
    "removed",
    "historic",
    "no",
    "none",
    "services",
    "rest_area",
    "escape",
    "crossing",
    "via_ferrata",
    "emergency_bay",
    "emergency_access_point",
    "traffic_island",
    "ladder",
    "virtual",
];
const YES_OR_NO: &[&str] = &[
    "yes", "no", "true", "false", "1", "0", "t", "f", "y", "n", "none",
];
/// One-way streets also as exports of maps have them: forwards, backwards, both.
const ONEWAY: &[&str] = &[
    "-1",
    "reverse",
    "reversible",
    "alternating",
    "b",
    "ft",
    "tf",
    "both",
];
const WHEELCHAIR: &[&str] = &["limited", "designated", "permissive", "bad", "unknown"];
const SMOOTH: &[&str] = &["excellent", "very_good", "good", "intermediate", "bad"];
const NO_SIDEWALK: &[&str] = &["no", "none", "separate", "mapped"];

/// Whether a value of a tag means something; values of tags that are not judged are whatever they are.
pub(in crate::inputs) fn is_understood(key: &str, value: &str) -> bool {
    let words = || value.split([';', ',', '|']).map(str::trim);
    let all_among = |lists: &[&[&str]]| {
        let is_known = |word: &str| {
            let mut known = lists.iter().copied().flatten();
            known.any(|known| known.eq_ignore_ascii_case(word))
        };
        words().all(is_known)
    };
    match key {
        "foot" | "access" | "foot:forward" | "foot:backward" | "foot:both_ways"
        | "access:forward" | "access:backward" | "access:both_ways" => {
            words().all(|word| says_something(key, word))
        }
        // As the rules take it: in lower case.
        "highway" => [WALKABLE, UNLESS_ALLOWED, NOT_WALKED]
            .iter()
            .any(|list| list.contains(&value)),
        "oneway" | "oneway:foot" => all_among(&[YES_OR_NO, ONEWAY]),
        "conveying" => all_among(&[YES_OR_NO, &["forward", "backward", "reversible"]]),
        "motorroad" | "impassable" => all_among(&[YES_OR_NO]),
        "sidewalk" | "sidewalk:left" | "sidewalk:right" | "sidewalk:both" => {
            all_among(&[SIDEWALKS, NO_SIDEWALK])
        }
        "sac_scale" => all_among(&[EASY_SAC, HARD_SAC, &["no"]]),
        "wheelchair" => all_among(&[YES_OR_NO, WHEELCHAIR]),
        "smoothness" => all_among(&[SMOOTH, VERY_BAD]),
        "layer" | "level" => Levels::parse(value).is_some(),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_mappers_write_is_understood_and_what_tables_leave_is_not() {
        for (key, value) in [
            ("foot", "yes;designated"),
            ("access", "unknown"),
            ("access", "customers"),
            ("highway", "footway"),
            ("highway", "construction"),
            // Exports of maps.
            ("oneway", "B"),
            ("oneway", "-1"),
            ("level", "0;1"),
            ("sidewalk", "left;right"),
            ("surface", "whatever"),
        ] {
            assert!(is_understood(key, value), "{key}={value}");
        }
        for (key, value) in [
            ("foot", "maybe"),
            ("foot", "yes;perhaps"),
            ("access", "-"),
            ("highway", "人行道"),
            ("highway", "Footway"),
            ("oneway", "maybe"),
            ("layer", "ground"),
            ("sac_scale", "T9"),
        ] {
            assert!(!is_understood(key, value), "{key}={value}");
        }
    }
}
