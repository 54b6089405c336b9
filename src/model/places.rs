//! Stations, residents and areas as records: every row that was read is kept, also the invalid ones.

use geo_types::{Coord, MultiPolygon};

use super::dwelling::Dwelling;
use crate::geometry::is_on_earth;
use crate::text::language::Words;
use crate::text::words::{Part, Said, sentence, sentences};
use crate::units::{ParsePeopleError, People};

/// Why a record is invalid.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum Fault {
    /// No coordinate at all: an empty cell, a row with too few fields, a null geometry.
    NoCoordinate,
    /// No coordinate, but an address that a geocoder could find.
    Unlocated {
        /// The address.
        address: String,
    },
    /// A station that is not there on the day that is asked for.
    NotOpen {
        /// The day.
        day: String,
    },
    /// A station that is closed at the time that is asked for.
    ClosedAt {
        /// The time.
        time: String,
    },
    /// A cell that should hold a number.
    NotANumber {
        /// The column.
        field: String,
        /// What stands there.
        text: String,
    },
    /// Not a longitude and latitude in degrees.
    OffTheEarth {
        /// As read.
        lon: f64,
        /// As read.
        lat: f64,
    },
    /// People at several points: a geometry of more than one place.
    SeveralPlaces {
        /// How many points there are.
        count: usize,
    },
    /// A population that is no number of people.
    Population {
        /// What is wrong with it.
        reason: ParsePeopleError,
    },
    /// A home of a community whose people are allocated and cannot be read.
    OfCommunity {
        /// What the community is called.
        community: String,
    },
    /// A geometry of another kind than the layer needs.
    Geometry {
        /// The geometry's kind.
        found: Words,
        /// The kind that the layer needs.
        wanted: Words,
    },
}

sentences!(Fault {
    NoCoordinate;
    Unlocated { address };
    NotOpen { day };
    ClosedAt { time };
    NotANumber { field as said_field, text };
    OffTheEarth { lon, lat };
    SeveralPlaces { count };
    Population { reason };
    OfCommunity { community };
    Geometry { found, wanted };
});

/// A field of a place in words; other columns keep their names.
fn said_field(field: &str) -> impl Part {
    Said(move |language| match field {
        "longitude" => sentence!(language, [Fault Longitude]),
        "latitude" => sentence!(language, [Fault Latitude]),
        "coordinate" => sentence!(language, [Fault Coordinate]),
        other => other.to_owned(),
    })
}

/// A WGS84 place, or why there is none.
pub type Place = Result<Coord<f64>, Fault>;

/// Checks a longitude and latitude.
pub(crate) fn place(lon: f64, lat: f64) -> Place {
    let place = Coord { x: lon, y: lat };
    if is_on_earth(place) {
        Ok(place)
    } else {
        Err(Fault::OffTheEarth { lon, lat })
    }
}

/// One row of the station layer: a place that serves (location science says *facility*). Rows with the same id are
/// entrances of one station.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Station {
    /// The station's name in the input; rows that share it are entrances of one station.
    pub id: String,
    /// What it is called, where the input says so.
    pub name: Option<String>,
    /// Where it is.
    #[cfg_attr(feature = "serde", serde(deserialize_with = "super::stored::place"))]
    pub place: Place,
    /// Where the record stands in its file: line of a CSV, number of a feature, id of an OSM object.
    pub source: String,
}

/// One record of the resident layer: people at a place (location science says *demand point*).
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Resident {
    /// The record's name in the input; a repeated id is a finding, and the records stay separate.
    pub id: String,
    /// Where they live, or why the record is invalid.
    #[cfg_attr(feature = "serde", serde(deserialize_with = "super::stored::place"))]
    pub place: Place,
    /// How many they are; a record without a number counts one.
    pub people: People,
    /// Why `people` cannot be trusted: the record is invalid and counts nobody.
    pub people_fault: Option<Fault>,
    /// Where in their building they live: the stairs or the lift there are part of every walk.
    #[cfg_attr(feature = "serde", serde(default))]
    pub dwelling: Dwelling,
    /// Where the record stands in its file.
    pub source: String,
}

/// An administrative or planning area.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Area {
    /// The area's id in the input.
    pub id: String,
    /// The area's name, as shown in tables.
    pub name: String,
    /// Its ground, longitude and latitude.
    #[cfg_attr(feature = "serde", serde(deserialize_with = "super::stored::ground"))]
    pub shape: MultiPolygon<f64>,
}

impl Station {
    /// A station with one entrance.
    #[must_use]
    pub fn new(id: impl Into<String>, lon: f64, lat: f64) -> Self {
        Self {
            id: id.into(),
            name: None,
            place: place(lon, lat),
            source: String::new(),
        }
    }
}

impl Resident {
    /// A record of one person.
    #[must_use]
    pub fn new(id: impl Into<String>, lon: f64, lat: f64) -> Self {
        Self {
            id: id.into(),
            place: place(lon, lat),
            people: People::ONE,
            people_fault: None,
            dwelling: Dwelling::default(),
            source: String::new(),
        }
    }

    /// The same record with this many people.
    #[must_use]
    pub fn with_people(mut self, people: People) -> Self {
        self.people = people;
        self
    }

    /// The same record of people who live there in their building.
    #[must_use]
    pub fn with_dwelling(mut self, dwelling: Dwelling) -> Self {
        self.dwelling = dwelling;
        self
    }

    /// Why the record is invalid: no place, or no number of people.
    #[must_use]
    pub fn fault(&self) -> Option<&Fault> {
        self.place.as_ref().err().or(self.people_fault.as_ref())
    }

    /// The place of a valid record.
    #[must_use]
    pub fn valid_place(&self) -> Option<Coord<f64>> {
        if self.people_fault.is_some() {
            None
        } else {
            self.place.as_ref().ok().copied()
        }
    }
}

/// The city to analyse beside its network: validated records, longitude and latitude.
#[derive(Clone, Copy, Debug)]
pub struct CityRecords<'a> {
    /// Where services are.
    pub stations: &'a [Station],
    /// Where people live.
    pub residents: &'a [Resident],
    /// What to sum by; may be empty.
    pub areas: &'a [Area],
}

impl CityRecords<'_> {
    /// The people of each resident record, in input order.
    #[must_use]
    pub fn people(&self) -> Vec<People> {
        let residents = self.residents.iter();
        residents.map(|resident| resident.people).collect()
    }
}
