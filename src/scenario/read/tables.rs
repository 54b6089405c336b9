//! The tables of a file of edits, and what each of them asks.

use geo_types::{Coord, LineString, Polygon};
use serde::Deserialize;
#[cfg(feature = "geojson")]
use toml::{Table, Value};

use crate::planning::services::services_in;
use crate::scenario::edit::{Edit, GateChoice, Link, LinkKind, PeopleNumber, StreetChoice};
use crate::text::language::{Words, words};

/// Longitude and latitude.
type Pair = [f64; 2];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ScenarioFile {
    pub(super) name: Option<String>,
    pub(super) note: Option<String>,
    pub(super) cost: Option<Cell>,
    pub(super) mode: Option<String>,
    pub(super) year: Option<Cell>,
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
pub(super) enum Cell {
    Whole(i64),
    Decimal(f64),
    Text(String),
}

impl Cell {
    pub(super) fn text(self) -> String {
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
    services: Vec<ServicesTable>,
    hours: Vec<HoursTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AddTable {
    id: String,
    name: Option<String>,
    lon: f64,
    lat: f64,
    services: Option<ServiceList>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ServicesTable {
    id: String,
    add: Option<ServiceList>,
    remove: Option<ServiceList>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HoursTable {
    id: String,
    service: Option<String>,
    opening_hours: String,
}

/// Services: a list, or a text as in a cell of a table.
#[derive(Deserialize)]
#[serde(untagged)]
enum ServiceList {
    List(Vec<String>),
    Cell(String),
}

impl ServiceList {
    fn names(list: Option<&Self>) -> Vec<String> {
        match list {
            None => Vec::new(),
            Some(Self::List(names)) => names.iter().flat_map(|name| services_in(name)).collect(),
            Some(Self::Cell(cell)) => services_in(cell),
        }
    }
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
    step_free: Vec<StreetTable>,
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

/// A table that contradicts itself, or says too little.
pub(super) struct Wrong {
    pub(super) table: &'static str,
    pub(super) reason: Words,
}

fn wrong(table: &'static str, reason: Words) -> Wrong {
    Wrong { table, reason }
}

impl ScenarioFile {
    /// What it says of the whole, beside its edits.
    #[cfg(feature = "geojson")]
    pub(super) const MEMBERS: [&'static str; 5] = ["name", "note", "cost", "mode", "year"];

    /// The same of a table.
    ///
    /// # Errors
    /// What the parser says of a key that is none, and of a value of another type.
    #[cfg(feature = "geojson")]
    pub(super) fn from_table(table: Table) -> Result<Self, toml::de::Error> {
        Value::Table(table).try_into()
    }

    /// What is edited.
    pub(super) fn edits(&self) -> Result<Vec<Edit>, Wrong> {
        let mut edits = self.stations.edits();
        for table in &self.stations.services {
            edits.push(table.edit()?);
        }
        edits.extend(self.stations.hours.iter().map(HoursTable::edit));
        for table in &self.streets.close {
            edits.push(Edit::CloseStreets(table.choice("streets.close")?));
        }
        for table in &self.streets.open {
            edits.push(Edit::OpenStreets(table.choice("streets.open")?));
        }
        for table in &self.streets.step_free {
            edits.push(Edit::StepFree(table.choice("streets.step_free")?));
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
            services: ServiceList::names(table.services.as_ref()),
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

impl ServicesTable {
    fn edit(&self) -> Result<Edit, Wrong> {
        let [add, remove] = [&self.add, &self.remove].map(|list| ServiceList::names(list.as_ref()));
        if add.is_empty() && remove.is_empty() {
            return Err(wrong(
                "stations.services",
                words!(
                    "say which services it offers from now on (add), or no more (remove)",
                    "请用 add 说明新增的服务，或用 remove 说明不再提供的服务"
                ),
            ));
        }
        Ok(Edit::Services {
            id: self.id.clone(),
            add,
            remove,
        })
    }
}

impl HoursTable {
    fn edit(&self) -> Edit {
        Edit::Hours {
            id: self.id.clone(),
            service: self.service.clone(),
            opening_hours: self.opening_hours.clone(),
        }
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
