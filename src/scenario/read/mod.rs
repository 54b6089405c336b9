//! Scenarios from files: tables in TOML, or features of GeoJSON, each of which is such a table. A key that is none is refused with where
//! it stands, and with those that there are.

#[cfg(feature = "geojson")]
mod features;
mod tables;

use self::tables::{Cell, ScenarioFile};
use super::edit::{Edit, Measure, Scenario};
#[cfg(feature = "geojson")]
use crate::inputs::Format;
use crate::inputs::{InputError, Source, toml_error};
use crate::text::language::{Words, words};

/// How the names of files of edits end.
const ENDINGS: [&str; 3] = [".toml", ".geojson", ".json"];

/// Reads a scenario. Without a name it is called as the file. A file whose name ends with `.geojson` or `.json` is a collection of
/// features, each of which is an edit: the property `edit` names its table, the geometry says where, the other properties are its keys.
///
/// ```
/// use pedshed::inputs::Source;
/// use pedshed::scenario::{Edit, read_scenario};
/// let text = "name = 'one less'\n[[stations.close]]\nid = 'post'\n";
/// let scenario = read_scenario(&Source::from_bytes("one.toml", text.as_bytes()))?;
/// assert_eq!(scenario.edits, [Edit::CloseStation { id: "post".into() }]);
/// # Ok::<(), pedshed::inputs::InputError>(())
/// ```
///
/// # Errors
/// [`InputError::Empty`]; [`InputError::Malformed`] for what is no TOML or GeoJSON, a key that is none, a value of another type, a
/// geometry that is not the edit's, each with its line or the number of its feature; also for a file without an edit.
pub fn read_scenario(source: &Source) -> Result<Scenario, InputError> {
    let measure = read_measure(source)?;
    let keys = [
        ("cost", measure.cost),
        ("mode", measure.mode),
        ("year", measure.year),
    ];
    if let Some((key, _)) = keys.into_iter().find(|(_, value)| value.is_some()) {
        let reason = words!(
            "a scenario has none; it is for the measures among which pedshed site chooses",
            "情景没有这一项；它用于 pedshed site 所选的措施"
        );
        return Err(source.malformed(Words::same(key), reason));
    }
    Ok(measure.scenario)
}

/// Reads a measure: a scenario with what it costs, how it would be had, and from which year on.
///
/// ```
/// use pedshed::inputs::Source;
/// use pedshed::scenario::read_measure;
/// let text = "cost = 12.5\nmode = 'shared'\n[[gates.open]]\nlon = 9.5\nlat = 47.1\n";
/// let measure = read_measure(&Source::from_bytes("gate.toml", text.as_bytes()))?;
/// assert_eq!((measure.scenario.name.as_str(), measure.cost.as_deref()), ("gate", Some("12.5")));
/// # Ok::<(), pedshed::inputs::InputError>(())
/// ```
///
/// # Errors
/// As [`read_scenario`].
pub fn read_measure(source: &Source) -> Result<Measure, InputError> {
    source.check_not_empty(Words::new("edits", "修改内容"))?;
    let (file, edits) = read_file(source)?;
    if edits.is_empty() {
        let reason = words!(
            "there is no edit in it, such as stations.move",
            "文件中没有任何修改，例如 stations.move"
        );
        return Err(source.malformed(Words::new("scenario", "情景"), reason));
    }
    let name = source.name();
    let mut endings = ENDINGS.iter();
    let stem = endings.find_map(|ending| name.strip_suffix(ending));
    let stem = stem.unwrap_or(name).to_owned();
    Ok(Measure {
        scenario: Scenario {
            name: file.name.unwrap_or(stem),
            note: file.note,
            edits,
        },
        cost: file.cost.map(Cell::text),
        mode: file.mode,
        year: file.year.map(Cell::text),
    })
}

/// What a file says of the whole, and its edits.
fn read_file(source: &Source) -> Result<(ScenarioFile, Vec<Edit>), InputError> {
    #[cfg(feature = "geojson")]
    if source.format() == Some(Format::GeoJson) {
        return features::read(source);
    }
    let text = source.utf_8()?;
    let file: ScenarioFile =
        toml::from_str(&text).map_err(|error| toml_error(source, &text, &error))?;
    let edits = file.edits();
    let edits = edits.map_err(|wrong| source.malformed(Words::same(wrong.table), wrong.reason))?;
    Ok((file, edits))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::language::InLanguage;

    fn read(text: &str) -> Result<Scenario, InputError> {
        read_scenario(&Source::from_bytes("plan.toml", text.as_bytes().to_vec()))
    }

    #[test]
    fn the_examples_are_read_and_ask_the_same() {
        let read = |text: &str| read(text).expect("an example").edits;
        let [en, zh] = crate::scenario::EXAMPLES.map(|(_, text)| read(text));
        let tables = |edits: &[Edit]| edits.iter().map(Edit::table).collect::<Vec<_>>();
        assert_eq!(tables(&en), tables(&zh));
        let mut all = tables(&en);
        all.dedup();
        assert_eq!(all.len(), 13, "every kind of edit is shown: {all:?}");
    }

    #[cfg(feature = "geojson")]
    #[test]
    fn the_drawn_examples_ask_what_the_others_ask() {
        for ((_, drawn), (_, written)) in crate::scenario::DRAWN_EXAMPLES
            .iter()
            .zip(crate::scenario::EXAMPLES)
        {
            let drawn = Source::from_bytes("plan.geojson", drawn.as_bytes().to_vec());
            let drawn = read_scenario(&drawn).expect("an example");
            let written = read(written).expect("an example");
            assert_eq!((drawn.name, drawn.note), (written.name, written.note));
            // Both in the order of the file of tables.
            assert_eq!(drawn.edits, written.edits);
        }
    }

    #[cfg(feature = "geojson")]
    #[test]
    fn mistakes_in_features_are_named_with_their_number() {
        let point = r#"{"type":"Point","coordinates":[9.5,47.1,460]}"#;
        let line = r#"{"type":"LineString","coordinates":[[9.5,47.1],[9.6,47.1]]}"#;
        for (properties, geometry, expected) in [
            (
                r#"{"edit":"stations.ad","id":"a"}"#,
                point,
                "feature 1: there is no edit \"stations.ad\"; there is stations.add",
            ),
            (r#"{"id":"a"}"#, point, "feature 1: it has no property edit"),
            (
                r#"{"edit":"stations.add","id":"a","lan":3}"#,
                point,
                "feature 1 (stations.add): there is no lan here; there is id, name, lon, lat",
            ),
            (
                r#"{"edit":"stations.add","name":"a"}"#,
                point,
                "id is missing",
            ),
            (
                r#"{"edit":"stations.add","id":7}"#,
                point,
                "a text in quotes is needed here",
            ),
            (
                r#"{"edit":"stations.add","id":"a","tags":[1]}"#,
                point,
                "tags is a list or an object",
            ),
            (
                r#"{"edit":"stations.add","id":"a"}"#,
                line,
                "its geometry is LineString; a Point is needed",
            ),
            (
                r#"{"edit":"stations.add","id":"a"}"#,
                "null",
                "its geometry is null; a Point is needed",
            ),
            (
                r#"{"edit":"stations.close","id":"a"}"#,
                point,
                "its geometry is Point; null is needed",
            ),
            (
                r#"{"edit":"streets.draw"}"#,
                point,
                "a LineString is needed",
            ),
            (
                r#"{"edit":"streets.close","way":3}"#,
                point,
                "say which streets by one of these",
            ),
            (
                r#"{"edit":"streets.close"}"#,
                "null",
                "say which streets by one of these",
            ),
            (
                r#"{"edit":"gates.close","lon":9.5,"lat":47.1}"#,
                "null",
                "lat is no property here",
            ),
            (
                r#"{"edit":"population","factor":2,"people":3}"#,
                "null",
                "one of them",
            ),
        ] {
            let text = format!(
                r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{properties},"geometry":{geometry}}}]}}"#
            );
            let drawn = |text: &str| {
                read_scenario(&Source::from_bytes(
                    "plan.geojson",
                    text.as_bytes().to_vec(),
                ))
            };
            let error = drawn(&text).expect_err(&text);
            assert!(error.to_string().contains(expected), "{error}");
            assert!(
                crate::text::language::is_chinese(&error.zh()),
                "{}",
                error.zh()
            );
        }
    }

    #[cfg(feature = "geojson")]
    #[test]
    fn what_stands_beside_features_is_of_the_whole() {
        let whole = |members: &str| {
            let text = format!(
                r#"{{"type":"FeatureCollection",{members}"features":[{{"type":"Feature","properties":{{"edit":"stations.close","id":"a","name":null}},"geometry":null}}]}}"#
            );
            read_scenario(&Source::from_bytes("plan.geojson", text.into_bytes()))
        };
        let found = whole("").expect("a scenario");
        assert_eq!((found.name.as_str(), found.edits.len()), ("plan", 1));
        let crs84 = r#""name":"x","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}},"#;
        assert_eq!(whole(crs84).expect("a scenario").name, "x");
        for (members, expected) in [
            (
                r#""nam":"x","#,
                "there is no nam beside the features; there is name, note",
            ),
            (
                r#""crs":{"type":"name","properties":{"name":"EPSG:3857"}},"#,
                "longitude and latitude",
            ),
            (r#""cost":3,"#, "it is for the measures"),
            ("3,", "line 1"),
        ] {
            let error = whole(members).expect_err(members).to_string();
            assert!(error.contains(expected), "{error}");
        }
    }

    #[test]
    fn a_scenario_is_called_as_its_file_where_it_has_no_name() {
        let scenario = read("[[stations.close]]\nid = 'a'\n").expect("a scenario");
        assert_eq!(scenario.name, "plan");
    }

    #[test]
    fn mistakes_are_named_with_their_line_or_table() {
        for (text, expected) in [
            ("name = 'x'\n[[station.add]]\nid = 'a'", "line 2"),
            (
                "[[stations.add]]\nid = 'a'\nlan = 3",
                "there is no lan here; there is id, name, lon, lat",
            ),
            ("[[stations.move]]\nid = 'a'\nlon = 9", "lat is missing"),
            (
                "[[streets.close]]\nway = 3\nlon = 9.0\nlat = 47.0",
                "streets.close",
            ),
            (
                "[[streets.close]]\nwithin = [[9.0, 47.0], [9.1, 47.0]]",
                "three corners",
            ),
            (
                "[[streets.draw]]\nfrom = [9, 47]\nto = [9, 48]\nkind = 'bridge'",
                "there is footway, steps",
            ),
            (
                "[[gates.close]]\nid = 'g'\nlon = 9.0\nlat = 47.0",
                "gates.close",
            ),
            ("[[population]]\nfactor = 2\npeople = 3", "one of them"),
            ("name = 'nothing'", "there is no edit in it"),
        ] {
            let error = read(text).expect_err(text).to_string();
            assert!(
                error.starts_with("plan.toml") && error.contains(expected),
                "{error}"
            );
            let zh = read(text).expect_err(text).zh();
            assert!(crate::text::language::is_chinese(&zh), "{zh}");
        }
    }
}
