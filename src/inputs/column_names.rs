//! Names of columns: what varies in them, and what they may be the name of.

use super::field::Field;
use crate::model::Attribute;
use crate::text::plain::{narrow, simplified};

/// Column names for a message: the first ones, each cut where it is long.
pub(super) fn listed<'n>(names: impl Iterator<Item = &'n str>) -> String {
    const MOST_NAMES: usize = 30;
    const MOST_LETTERS: usize = 40;
    let mut text = String::new();
    let mut left_out = 0;
    for (position, name) in names.enumerate() {
        if position >= MOST_NAMES {
            left_out += 1;
            continue;
        }
        if position > 0 {
            text.push_str(", ");
        }
        let mut letters = name.trim().chars();
        text.extend(letters.by_ref().take(MOST_LETTERS));
        if letters.next().is_some() {
            text.push('…');
        }
    }
    match left_out {
        0 => text,
        _ => format!("{text} and {left_out} more"),
    }
}

/// A column's name without what varies: in narrow lower case and simplified characters, without spaces and without
/// a unit in brackets.
pub(super) fn plain(name: &str) -> String {
    if name.len() > LONGEST_NAME_BYTES {
        return String::new();
    }
    let narrow = simplified(&narrow(name).to_lowercase());
    let bare = match narrow.split_once(['(', '[']) {
        Some((bare, unit)) if !bare.is_empty() && unit.ends_with([')', ']']) => bare,
        _ => &narrow,
    };
    bare.chars()
        .filter(|letter| !letter.is_whitespace())
        .collect()
}

/// Whether a column has the name that was given for it, whole or as a Shapefile cuts it.
pub(super) fn is_same(given: &str, column: &str) -> bool {
    let (given, column) = (given.trim().to_lowercase(), column.trim().to_lowercase());
    given == column || is_cut(&column, &given)
}

/// The position of a column by the name that was given for it.
pub(super) fn position_of<'n>(
    given: &str,
    names: &(impl Iterator<Item = &'n str> + Clone),
) -> Option<usize> {
    let wanted = given.trim().to_lowercase();
    let exact = |name: &str| name.trim().to_lowercase() == wanted;
    let whole = names.clone().position(exact);
    whole.or_else(|| names.clone().position(|name| is_same(given, name)))
}

/// A longer text names no column, with or without a unit: it is looked at for every field.
const LONGEST_NAME_BYTES: usize = 4096;

/// The bytes of a name in a Shapefile.
const NAME_BYTES: usize = 10;

/// Whether a name is what a Shapefile leaves of a longer one: its first ten bytes, without a piece of a character. One that
/// is whole by itself is not: `community` is no cut `community_code`, nor `building` the number of a building's levels.
pub(super) fn is_cut(name: &str, whole: &str) -> bool {
    (NAME_BYTES - 2..=NAME_BYTES).contains(&name.len())
        && whole.len() > NAME_BYTES
        && whole.starts_with(name)
        && !is_whole(name)
}

/// Whether a name is one by which a column is recognised.
fn is_whole(name: &str) -> bool {
    let mut attributes = Attribute::ALL.iter();
    attributes.any(|attribute| attribute.names().contains(&name))
        || Field::ALL.iter().any(|field| field.names().contains(&name))
}

/// Whether a name may be that of a place's coordinates, and as well of something else: an address, a kind of geometry.
pub(super) fn is_doubtful_pair(name: &str) -> bool {
    let plain = plain(name);
    let doubtful = [
        "位置",
        "地理位置",
        "定位",
        "点位",
        "position",
        "point",
        "shape",
        "gps",
        "coord",
    ];
    let is_single = plain.starts_with(['x', 'y', '横', '纵', '东', '北']);
    doubtful.contains(&plain.as_str()) || is_single
}

/// The name of a longitude or latitude with which a column's name begins or ends, and what else it says: the system, in
/// `gcj_lng` and `经度_wgs84`.
pub(super) fn coordinate_of(name: &str) -> Option<(Field, String)> {
    const LON: [&str; 4] = ["longitude", "lng", "lon", "经度"];
    const LAT: [&str; 3] = ["latitude", "lat", "纬度"];
    let plain: String = plain(name)
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .collect();
    let rest = |word: &str| {
        plain
            .strip_suffix(word)
            .or_else(|| plain.strip_prefix(word))
    };
    let of = |field: Field, words: &[&str]| {
        let rest = words.iter().find_map(|word| rest(word))?;
        Some((field, rest.to_owned()))
    };
    of(Field::Lon, &LON).or_else(|| of(Field::Lat, &LAT))
}

/// Names of columns that number the rows of a table: an id where nothing better is there.
pub(super) const RUNNING: &[&str] = &[
    "序号", "no", "no.", "nr", "nr.", "#", "fid", "objectid", "oid", "gid", "index", "idx", "行",
    "行号", "row", "项次",
];

/// Whether a column's name says that it only numbers the rows.
pub(super) fn is_running_number(name: &str) -> bool {
    RUNNING.contains(&plain(name).as_str())
}

/// Whether a name is that of the code of something else: a community, a street, the station above.
pub(super) fn is_of_other(name: &str) -> bool {
    const OTHERS: [Attribute; 4] = [
        Attribute::CommunityCode,
        Attribute::StreetCode,
        Attribute::Parent,
        Attribute::Building,
    ];
    let mut names = OTHERS.iter().flat_map(|other| other.names());
    names.any(|other| *other == name)
        || name.contains("社区")
        || name.contains("街道")
        || name.contains("上级")
}
