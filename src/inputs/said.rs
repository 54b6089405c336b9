//! Coordinate systems that the names of columns say: 坐标（高德）, GCJ02经度, `lon_bd09`, `wgs84_lng`.

use super::ReadOptions;
use super::column_names::is_same;
use super::field::Field;
use crate::crs::Crs;
use crate::text::plain::{narrow, simplified};

/// What stands for a system in the name of a column, in narrow lower case; a longer mark before one that begins it.
const MARKS: &[(&str, Crs)] = &[
    ("gcj-02", Crs::Gcj02),
    ("gcj_02", Crs::Gcj02),
    ("gcj02ll", Crs::Gcj02),
    ("gcj02", Crs::Gcj02),
    ("gcj", Crs::Gcj02),
    ("国测局", Crs::Gcj02),
    ("火星", Crs::Gcj02),
    ("高德地图", Crs::Gcj02),
    ("高德", Crs::Gcj02),
    ("腾讯地图", Crs::Gcj02),
    ("腾讯", Crs::Gcj02),
    ("amap", Crs::Gcj02),
    ("bd-09", Crs::Bd09),
    ("bd_09", Crs::Bd09),
    ("bd09ll", Crs::Bd09),
    ("bd09", Crs::Bd09),
    ("百度地图", Crs::Bd09),
    ("百度", Crs::Bd09),
    ("baidu", Crs::Bd09),
    ("wgs-84", Crs::Wgs84),
    ("wgs_84", Crs::Wgs84),
    ("wgs1984", Crs::Wgs84),
    ("wgs84", Crs::Wgs84),
    ("wgs", Crs::Wgs84),
];

/// The systems in the order in which their columns are taken where a table has several, and nothing says which is meant: those
/// that need no conversion, those that nobody named, the shifted ones.
const PREFERRED: [Option<Crs>; 4] = [Some(Crs::Wgs84), None, Some(Crs::Gcj02), Some(Crs::Bd09)];

/// The system that the name of a column of coordinates says; `None` where it says none.
pub(super) fn system_said_by(header: &str) -> Option<Crs> {
    mark_in(&simplified(&narrow(header).to_lowercase())).map(|(_, crs)| crs.clone())
}

fn mark_in(lower: &str) -> Option<&'static (&'static str, Crs)> {
    // Baidu's metres are none of these degrees.
    if lower.contains("bd09mc") {
        return None;
    }
    MARKS.iter().find(|(mark, _)| lower.contains(mark))
}

/// The name without its system: what kind of coordinate it is.
fn without_system(header: &str) -> String {
    let lower = simplified(&narrow(header).to_lowercase());
    let Some((mark, _)) = mark_in(&lower) else {
        return header.to_owned();
    };
    let rest = lower.replacen(mark, "", 1);
    let rest = rest.replace("()", "").replace("[]", "");
    let rest =
        rest.trim_matches(|letter: char| !letter.is_alphanumeric() && !"()[]".contains(letter));
    match rest {
        // A column that is called by its system alone holds both coordinates.
        "" | "坐标系" => "坐标".to_owned(),
        rest => rest.to_owned(),
    }
}

/// The columns of coordinates of a table.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct PlaceNames {
    /// Longitude and latitude, or one column with both.
    pub(super) columns: (usize, Option<usize>),
    /// The system that their names say.
    pub(super) crs: Option<Crs>,
    /// The columns of other systems that were not taken.
    pub(super) others: Vec<usize>,
}

/// The columns of coordinates, told apart by the systems that their names say; `None` where no name says any. Those that the user
/// names are taken. Of several pairs that of the system that is given for the layer is taken, else the first of [`PREFERRED`].
pub(super) fn places_by_system(options: &ReadOptions, names: &[String]) -> Option<PlaceNames> {
    let said: Vec<Option<Crs>> = names.iter().map(|name| system_said_by(name)).collect();
    if said.iter().all(Option::is_none) {
        return None;
    }
    let is_general = |field| {
        let general = options.named_for_all(field);
        general.is_some_and(|general| names.iter().any(|name| is_same(general, name)))
    };
    let is_named = |field: &Field| options.is_named(*field) || is_general(*field);
    if [Field::Lon, Field::Lat, Field::LonLat].iter().any(is_named) {
        return named_by_user(options, names, &said);
    }
    let plain: Vec<String> = names.iter().map(|name| without_system(name)).collect();
    let given = options.own.crs.clone().map(Some);
    let systems = given.into_iter().chain(PREFERRED);
    let mut found: Vec<PlaceNames> = Vec::new();
    for system in systems {
        let own = |at: usize| said[at] == system;
        let place = find(options, &plain, own);
        let place = place.filter(|place| found.iter().all(|known| known.columns != *place));
        found.extend(place.map(|columns| PlaceNames {
            columns,
            crs: system,
            others: Vec::new(),
        }));
    }
    if found.is_empty() {
        // One of the two names says the system of both.
        let columns = find(options, &plain, |_| true)?;
        let crs = said[columns.0].clone();
        let crs = crs.or_else(|| columns.1.and_then(|lat| said[lat].clone()));
        found.push(PlaceNames {
            columns,
            crs,
            others: Vec::new(),
        });
    }
    // Two columns say more surely than one that they hold coordinates.
    let first = found.iter().position(|place| place.columns.1.is_some());
    let mut taken = found.remove(first.unwrap_or(0));
    taken.others = found.iter().map(|place| place.columns.0).collect();
    // Without a system in its name, and with no other to be told from, it is read as any table.
    (taken.crs.is_some() || !taken.others.is_empty()).then_some(taken)
}

/// The columns that the user names, where their own names say a system.
fn named_by_user(
    options: &ReadOptions,
    names: &[String],
    said: &[Option<Crs>],
) -> Option<PlaceNames> {
    let found = find(options, names, |_| true)?;
    Some(PlaceNames {
        columns: found,
        crs: Some(said[found.0].clone()?),
        others: Vec::new(),
    })
}

/// The columns of coordinates among those that `own` takes.
fn find(
    options: &ReadOptions,
    plain: &[String],
    own: impl Fn(usize) -> bool,
) -> Option<(usize, Option<usize>)> {
    let names = plain.iter().enumerate();
    let names: Vec<&str> = names
        .map(|(at, name)| if own(at) { name.as_str() } else { "" })
        .collect();
    let find = |field| options.find(field, &names.iter().copied()).ok().flatten();
    match (find(Field::Lon), find(Field::Lat)) {
        (Some(lon), Some(lat)) => Some((lon, Some(lat))),
        (None, None) => Some((find(Field::LonLat)?, None)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inputs::LayerSettings;

    #[test]
    fn a_name_says_its_system() {
        for (name, crs) in [
            ("坐标（高德）", Some(Crs::Gcj02)),
            ("高德坐标", Some(Crs::Gcj02)),
            ("火星坐标", Some(Crs::Gcj02)),
            ("GCJ02经度", Some(Crs::Gcj02)),
            ("gcj_lng", Some(Crs::Gcj02)),
            ("百度坐标", Some(Crs::Bd09)),
            ("lon_bd09", Some(Crs::Bd09)),
            ("纬度(ＢＤ－０９)", Some(Crs::Bd09)),
            ("wgs84_lng", Some(Crs::Wgs84)),
            ("WGS84", Some(Crs::Wgs84)),
            ("经度", None),
            ("location", None),
            ("x_bd09mc", None),
        ] {
            assert_eq!(system_said_by(name), crs, "{name}");
        }
    }

    fn taken(names: &[&str], given: Option<Crs>) -> Option<(usize, Option<usize>, Option<Crs>)> {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let own = LayerSettings {
            crs: given,
            ..LayerSettings::default()
        };
        let options = ReadOptions::default().with_own(own);
        let place = places_by_system(&options, &names)?;
        Some((place.columns.0, place.columns.1, place.crs))
    }

    #[test]
    fn of_several_pairs_that_of_wgs84_is_taken_unless_another_is_given() {
        let two = ["id", "gcj_lng", "gcj_lat", "wgs_lng", "wgs_lat"];
        assert_eq!(taken(&two, None), Some((3, Some(4), Some(Crs::Wgs84))));
        let gcj = Some((1, Some(2), Some(Crs::Gcj02)));
        assert_eq!(taken(&two, Some(Crs::Gcj02)), gcj);
        let unnamed = ["id", "lng", "lat", "wgs84_lng", "wgs84_lat"];
        assert_eq!(taken(&unnamed, None), Some((3, Some(4), Some(Crs::Wgs84))));
        let unnamed = ["id", "lng", "lat", "gcj02经度", "gcj02纬度"];
        assert_eq!(taken(&unnamed, None), Some((1, Some(2), None)));
    }

    #[test]
    fn one_column_or_one_of_two_names_may_say_it() {
        let gcj = Some(Crs::Gcj02);
        assert_eq!(
            taken(&["id", "坐标（高德）"], None),
            Some((1, None, gcj.clone()))
        );
        assert_eq!(
            taken(&["id", "高德坐标"], None),
            Some((1, None, gcj.clone()))
        );
        assert_eq!(
            taken(&["经度(GCJ02)", "纬度"], None),
            Some((0, Some(1), gcj))
        );
        assert_eq!(taken(&["WGS84"], None), Some((0, None, Some(Crs::Wgs84))));
        assert_eq!(taken(&["经度", "纬度"], None), None);
        assert_eq!(taken(&["百度名称", "经度", "纬度"], None), None);
    }
}
