//! Scenarios as data: a name, and what is edited.

use std::fmt;

use geo_types::{Coord, Polygon};

/// What if: a named list of edits to a city. Each begins from the city as it is, and not from another scenario.
///
/// ```
/// use geo_types::coord;
/// use pedshed::scenario::{Edit, Scenario};
/// let post = Edit::MoveStation { id: "post".into(), place: coord! { x: 9.52, y: 47.14 } };
/// let scenario = Scenario::new("the post moves", vec![post]);
/// assert_eq!(scenario.edits[0].to_string(), "stations.move post");
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Scenario {
    /// What it is called; no two of one run are called alike.
    pub name: String,
    /// What people say of it.
    pub note: Option<String>,
    /// What is edited. The order matters to nothing but the record.
    pub edits: Vec<Edit>,
}

impl Scenario {
    /// A scenario of these edits.
    #[must_use]
    pub fn new(name: impl Into<String>, edits: Vec<Edit>) -> Self {
        Self {
            name: name.into(),
            note: None,
            edits,
        }
    }
}

/// A scenario that may be chosen: what it costs, and how it would be had, as the file says it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Measure {
    /// What it does.
    pub scenario: Scenario,
    /// What it costs, in the unit of all costs.
    pub cost: Option<String>,
    /// How it would be had.
    pub mode: Option<String>,
    /// From which year on.
    pub year: Option<String>,
}

impl Measure {
    /// A measure of which only is known what it does.
    #[must_use]
    pub fn new(scenario: Scenario) -> Self {
        Self {
            scenario,
            cost: None,
            mode: None,
            year: None,
        }
    }
}

/// One edit. Places are longitude and latitude in degrees.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Edit {
    /// A station more.
    AddStation {
        /// Its id, which no other station has.
        id: String,
        /// What it is called.
        name: Option<String>,
        /// Where it is.
        place: Coord<f64>,
        /// What it offers; where nothing is said, the service that is asked about.
        services: Vec<String>,
    },
    /// A station elsewhere: all its entrances become one.
    MoveStation {
        /// Which one.
        id: String,
        /// Where to.
        place: Coord<f64>,
    },
    /// A station less.
    CloseStation {
        /// Which one.
        id: String,
    },
    /// What a station offers, and what no more. Who is covered changes where one of these services is
    /// [asked about](crate::scenario::AskedService).
    Services {
        /// Which station.
        id: String,
        /// What it offers from now on.
        add: Vec<String>,
        /// What it offers no more.
        remove: Vec<String>,
    },
    /// Other opening hours. Who is covered when changes where hours are asked about.
    Hours {
        /// Of which station, which may be one that the scenario adds.
        id: String,
        /// Of which of its services; of the station where none is said.
        service: Option<String>,
        /// When it is open from now on, in OpenStreetMap's grammar or as offices write it.
        opening_hours: String,
    },
    /// Streets that nobody walks any more: as if they were not on the map.
    CloseStreets(StreetChoice),
    /// Streets that this scenario closes with others and that stay open, and private ones that everybody may walk.
    OpenStreets(StreetChoice),
    /// Ways that are made step-free: wheels can take them. A place means the nearest one that is not.
    StepFree(StreetChoice),
    /// A way more.
    DrawLink(Link),
    /// A gate more, in the wall that is nearest or in that of a compound.
    OpenGate {
        /// Its id; without one its number.
        id: Option<String>,
        /// Where it is.
        place: Coord<f64>,
        /// The compound whose wall it is in; else the nearest.
        compound: Option<String>,
    },
    /// A gate less.
    CloseGate(GateChoice),
    /// Other numbers of people.
    People {
        /// Of whom: the id or name of an area; of everybody where there is none.
        area: Option<String>,
        /// How many.
        number: PeopleNumber,
    },
    /// Another speed on the level, in km/h.
    Speed(f64),
}

/// Which streets.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum StreetChoice {
    /// All pieces of a way of the source: an OpenStreetMap way, or a line by its number.
    Way(i64),
    /// The street that is nearest to a place, from junction to junction.
    At(Coord<f64>),
    /// All streets of which any part is inside, each from junction to junction.
    Within(Polygon<f64>),
}

/// Which gate.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum GateChoice {
    /// The one of this id.
    Id(String),
    /// The one that is nearest to a place.
    At(Coord<f64>),
}

/// How many people there are.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum PeopleNumber {
    /// So many times as many in each record.
    Factor(f64),
    /// So many in all, each record in its proportion.
    Total(f64),
}

/// A way that is drawn from a place to another. It joins the network at the street that is nearest to each of its ends.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Link {
    /// What it is called.
    pub name: Option<String>,
    /// Its vertices, two or more.
    pub places: Vec<Coord<f64>>,
    /// What kind of way it is.
    pub kind: LinkKind,
    /// Whether wheelchairs can take it; where nothing is said, as its kind has it.
    pub step_free: Option<bool>,
    /// Whether it is a bridge, which alone can be told of it: it takes no time, and nobody is refused.
    pub is_bridge: bool,
}

impl Link {
    /// A footway between two places.
    #[must_use]
    pub fn footway(from: Coord<f64>, to: Coord<f64>) -> Self {
        Self {
            name: None,
            places: vec![from, to],
            kind: LinkKind::Footway,
            step_free: None,
            is_bridge: false,
        }
    }
}

/// What kind of way a link is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum LinkKind {
    /// On the level.
    #[default]
    Footway,
    /// Stairs.
    Steps,
    /// A marked crossing, halfway.
    Crossing,
    /// A crossing with traffic lights, halfway.
    Signals,
}

impl LinkKind {
    /// By the names of files.
    pub const ALL: [(&'static str, Self); 4] = [
        ("footway", Self::Footway),
        ("steps", Self::Steps),
        ("crossing", Self::Crossing),
        ("signals", Self::Signals),
    ];
}

impl Edit {
    /// The table of a scenario's file that it stands in.
    #[must_use]
    pub const fn table(&self) -> &'static str {
        match self {
            Edit::AddStation { .. } => "stations.add",
            Edit::MoveStation { .. } => "stations.move",
            Edit::CloseStation { .. } => "stations.close",
            Edit::Services { .. } => "stations.services",
            Edit::Hours { .. } => "stations.hours",
            Edit::CloseStreets(_) => "streets.close",
            Edit::OpenStreets(_) => "streets.open",
            Edit::StepFree(_) => "streets.step_free",
            Edit::DrawLink(_) => "streets.draw",
            Edit::OpenGate { .. } => "gates.open",
            Edit::CloseGate(_) => "gates.close",
            Edit::People { .. } => "population",
            Edit::Speed(_) => "walking",
        }
    }

    /// What is edited, as it was asked: an id, a way, a place.
    #[must_use]
    pub fn target(&self) -> String {
        match self {
            Edit::Hours {
                id,
                service: Some(service),
                ..
            } => format!("{id}, {service}"),
            Edit::AddStation { id, .. }
            | Edit::MoveStation { id, .. }
            | Edit::CloseStation { id }
            | Edit::Services { id, .. }
            | Edit::Hours { id, .. }
            | Edit::CloseGate(GateChoice::Id(id))
            | Edit::OpenGate { id: Some(id), .. } => id.clone(),
            Edit::CloseStreets(choice) | Edit::OpenStreets(choice) | Edit::StepFree(choice) => {
                choice.to_string()
            }
            Edit::DrawLink(link) => link.name.clone().unwrap_or_else(|| ends(&link.places)),
            Edit::CloseGate(GateChoice::At(place)) | Edit::OpenGate { place, .. } => said(*place),
            Edit::People { area, .. } => area.clone().unwrap_or_default(),
            Edit::Speed(kmh) => kmh.to_string(),
        }
    }
}

impl fmt::Display for Edit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (table, target) = (self.table(), self.target());
        write!(f, "{}", format!("{table} {target}").trim_end())
    }
}

impl fmt::Display for StreetChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StreetChoice::Way(way) => write!(f, "way {way}"),
            StreetChoice::At(place) => f.write_str(&said(*place)),
            StreetChoice::Within(ground) => {
                let corners = ground.exterior().0.len().saturating_sub(1);
                write!(f, "polygon of {corners} corners")
            }
        }
    }
}

fn said(place: Coord<f64>) -> String {
    format!("{},{}", place.x, place.y)
}

fn ends(places: &[Coord<f64>]) -> String {
    let ends = places.first().zip(places.last());
    ends.map_or_else(String::new, |(from, to)| {
        format!("{} – {}", said(*from), said(*to))
    })
}
