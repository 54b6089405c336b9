//! Walls: compounds and the gates in them.

use geo_types::MultiPolygon;

use super::places::{Place, place};
use crate::id::GateId;

/// Ground with a wall around it, as most housing in Chinese cities is (小区): a straight leg does not cross its outline.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Compound {
    /// Its name in the input.
    pub id: String,
    /// Its ground, longitude and latitude; every ring of it is a wall.
    #[cfg_attr(feature = "serde", serde(deserialize_with = "super::stored::ground"))]
    pub shape: MultiPolygon<f64>,
}

/// A way through the wall of a compound.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Gate {
    /// Its name in the input.
    pub id: String,
    /// Where it is: on the wall or near it.
    #[cfg_attr(feature = "serde", serde(deserialize_with = "super::stored::place"))]
    pub place: Place,
    /// The id of its compound, where the input says so; else it is the one whose wall is nearest.
    pub compound: Option<String>,
    /// Where the record stands in its file.
    pub source: String,
}

/// The walls of a city. None by default: then every straight leg is walked as it is.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Compounds {
    /// The compounds.
    pub list: Vec<Compound>,
    /// The gates in their walls.
    pub gates: Vec<Gate>,
}

impl Compound {
    /// A compound with this ground.
    #[must_use]
    pub fn new(id: impl Into<String>, shape: impl Into<MultiPolygon<f64>>) -> Self {
        Self {
            id: id.into(),
            shape: shape.into(),
        }
    }
}

impl Gate {
    /// A gate in the wall that is nearest to it.
    #[must_use]
    pub fn new(id: impl Into<String>, lon: f64, lat: f64) -> Self {
        Self {
            id: id.into(),
            place: place(lon, lat),
            compound: None,
            source: String::new(),
        }
    }
}

impl Compounds {
    /// Whether there is no wall at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// One of the gates.
    ///
    /// # Panics
    /// When there is no such gate.
    #[must_use]
    pub fn gate(&self, gate: GateId) -> &Gate {
        &self.gates[gate.index()]
    }
}
