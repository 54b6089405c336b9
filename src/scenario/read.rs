//! Scenarios from TOML files. A key that is none is refused with its line, and with those that there are.

use geo_types::{Coord, LineString, Polygon};
use serde::Deserialize;

use super::edit::{
    Edit, GateChoice, Link, LinkKind, Measure, PeopleNumber, Scenario, StreetChoice,
};
use crate::inputs::{InputError, Source, toml_error};
use crate::text::language::{Words, words};

/// Longitude and latitude.
type Pair = [f64; 2];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ScenarioFile {
    name: Option<String>,
    note: Option<String>,
    cost: Option<Cell>,
    mode: Option<String>,
    year: Option<Cell>,
    #[serde(default)]
    stations: StationTables,
    #[serde(default)]
    streets: StreetTables,
    #[serde(default)]
    gates: GateTables,
    #[serde(default)]
    population: Vec<PeopleTable>,
    walking: Option<WalkingTable>,
}

/// What may be a number or a text.
#[derive(Deserialize)]
#[serde(untagged)]
enum Cell {
    Whole(i64),
    Decimal(f64),
    Text(String),
}

impl Cell {
    fn text(self) -> String {
        match self {
            Self::Whole(number) => number.to_string(),
            Self::Decimal(number) => number.to_string(),
            Self::Text(text) => text,
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct StationTables {
    add: Vec<AddTable>,
    r#move: Vec<MoveTable>,
    close: Vec<CloseTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AddTable {
    id: String,
    name: Option<String>,
    lon: f64,
    lat: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MoveTable {
    id: String,
    lon: f64,
    lat: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CloseTable {
    id: String,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct StreetTables {
    close: Vec<StreetTable>,
    open: Vec<StreetTable>,
    draw: Vec<LinkTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StreetTable {
    way: Option<i64>,
    lon: Option<f64>,
    lat: Option<f64>,
    within: Option<Vec<Pair>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LinkTable {
    name: Option<String>,
    from: Pair,
    #[serde(default)]
    via: Vec<Pair>,
    to: Pair,
    kind: Option<String>,
    step_free: Option<bool>,
    #[serde(default)]
    bridge: bool,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct GateTables {
    open: Vec<OpenGateTable>,
    close: Vec<CloseGateTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OpenGateTable {
    id: Option<String>,
    lon: f64,
    lat: f64,
    compound: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CloseGateTable {
    id: Option<String>,
    lon: Option<f64>,
    lat: Option<f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PeopleTable {
    area: Option<String>,
    factor: Option<f64>,
    people: Option<f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WalkingTable {
    speed_kmh: f64,
}

/// Reads a scenario. Without a name it is called as the file.
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
/// [`InputError::Empty`]; [`InputError::Malformed`] for what is no TOML, a key that is none, a value of another type, each with
/// its line; also for a file without an edit.
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
    let text = source.utf_8()?;
    let file: ScenarioFile =
        toml::from_str(&text).map_err(|error| toml_error(source, &text, &error))?;
    let edits = file.edits();
    let edits = edits.map_err(|wrong| source.malformed(Words::same(wrong.table), wrong.reason))?;
    if edits.is_empty() {
        let reason = words!(
            "there is no edit in it, such as [[stations.move]]",
            "文件中没有任何修改，例如 [[stations.move]]"
        );
        return Err(source.malformed(Words::new("scenario", "情景"), reason));
    }
    let name = source.name();
    let stem = name.strip_suffix(".toml").unwrap_or(name).to_owned();
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

/// A table that contradicts itself, or says too little.
struct Wrong {
    table: &'static str,
    reason: Words,
}

fn wrong(table: &'static str, reason: Words) -> Wrong {
    Wrong { table, reason }
}

impl ScenarioFile {
    fn edits(&self) -> Result<Vec<Edit>, Wrong> {
        let mut edits = self.stations.edits();
        for table in &self.streets.close {
            edits.push(Edit::CloseStreets(table.choice("streets.close")?));
        }
        for table in &self.streets.open {
            edits.push(Edit::OpenStreets(table.choice("streets.open")?));
        }
        for table in &self.streets.draw {
            edits.push(Edit::DrawLink(table.link()?));
        }
        edits.extend(self.gates.open.iter().map(OpenGateTable::edit));
        for table in &self.gates.close {
            edits.push(Edit::CloseGate(table.choice()?));
        }
        for table in &self.population {
            edits.push(table.edit()?);
        }
        edits.extend(
            self.walking
                .iter()
                .map(|table| Edit::Speed(table.speed_kmh)),
        );
        Ok(edits)
    }
}

impl StationTables {
    fn edits(&self) -> Vec<Edit> {
        let place = |x, y| Coord { x, y };
        let added = self.add.iter().map(|table| Edit::AddStation {
            id: table.id.clone(),
            name: table.name.clone(),
            place: place(table.lon, table.lat),
        });
        let moved = self.r#move.iter().map(|table| Edit::MoveStation {
            id: table.id.clone(),
            place: place(table.lon, table.lat),
        });
        let closed = self.close.iter().map(|table| Edit::CloseStation {
            id: table.id.clone(),
        });
        added.chain(moved).chain(closed).collect()
    }
}

impl StreetTable {
    fn choice(&self, table: &'static str) -> Result<StreetChoice, Wrong> {
        let Self {
            way,
            lon,
            lat,
            within,
            ..
        } = self;
        match (way, lon, lat, within) {
            (Some(way), None, None, None) => Ok(StreetChoice::Way(*way)),
            (None, Some(x), Some(y), None) => Ok(StreetChoice::At(Coord { x: *x, y: *y })),
            (None, None, None, Some(corners)) if corners.len() >= 3 => {
                let ring: LineString<f64> = corners.iter().map(place).collect();
                Ok(StreetChoice::Within(Polygon::new(ring, Vec::new())))
            }
            _ => Err(wrong(
                table,
                words!(
                    "say which streets by one of these: way, lon and lat, or within with three corners or more",
                    "请用以下之一指明道路：way；lon 和 lat；或至少三个角点的 within"
                ),
            )),
        }
    }
}

impl LinkTable {
    fn link(&self) -> Result<Link, Wrong> {
        let kind = self.kind.as_deref().unwrap_or("footway");
        let known = LinkKind::ALL.iter().find(|(name, _)| *name == kind);
        let Some((_, kind)) = known else {
            let names = LinkKind::ALL.map(|(name, _)| name);
            let (en, zh) = (names.join(", "), names.join("、"));
            return Err(wrong(
                "streets.draw",
                words!(
                    "there is no kind {kind:?}; there is {en}",
                    "没有 {kind:?} 这种 kind；可用的有：{zh}"
                ),
            ));
        };
        let ends = [&self.from].into_iter().chain(&self.via).chain([&self.to]);
        Ok(Link {
            name: self.name.clone(),
            places: ends.map(place).collect(),
            kind: *kind,
            step_free: self.step_free,
            is_bridge: self.bridge,
        })
    }
}

impl OpenGateTable {
    fn edit(&self) -> Edit {
        Edit::OpenGate {
            id: self.id.clone(),
            place: Coord {
                x: self.lon,
                y: self.lat,
            },
            compound: self.compound.clone(),
        }
    }
}

impl CloseGateTable {
    fn choice(&self) -> Result<GateChoice, Wrong> {
        match (&self.id, self.lon, self.lat) {
            (Some(id), None, None) => Ok(GateChoice::Id(id.clone())),
            (None, Some(x), Some(y)) => Ok(GateChoice::At(Coord { x, y })),
            _ => Err(wrong(
                "gates.close",
                words!(
                    "say which gate by its id, or by lon and lat",
                    "请用 id，或 lon 和 lat 指明出入口"
                ),
            )),
        }
    }
}

impl PeopleTable {
    fn edit(&self) -> Result<Edit, Wrong> {
        let number = match (self.factor, self.people) {
            (Some(factor), None) => PeopleNumber::Factor(factor),
            (None, Some(people)) => PeopleNumber::Total(people),
            _ => {
                return Err(wrong(
                    "population",
                    words!(
                        "give factor or people, one of them",
                        "请给出 factor 或 people 之一"
                    ),
                ));
            }
        };
        Ok(Edit::People {
            area: self.area.clone(),
            number,
        })
    }
}

fn place(pair: &Pair) -> Coord<f64> {
    let [x, y] = *pair;
    Coord { x, y }
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
        assert_eq!(all.len(), 10, "every kind of edit is shown: {all:?}");
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
