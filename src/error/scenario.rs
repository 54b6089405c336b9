//! Why a scenario cannot be run.

use crate::model::ProfileError;
use crate::text::language::Language;
use crate::text::words::{Part, Said, sentence, sentences};

/// Why a scenario cannot be run.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ScenarioError {
    /// Two scenarios of one run are called alike.
    SameName(String),
    /// An edit that cannot be made.
    Edit {
        /// Of which scenario.
        scenario: String,
        /// Which one: the table that it stands in, and what it edits.
        edit: String,
        /// Why not.
        mistake: EditMistake,
    },
}

/// Why an edit cannot be made.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum EditMistake {
    /// There is no station of this id.
    NoStation {
        /// How many stations there are.
        of: usize,
        /// The id that is most like it.
        near: Option<String>,
    },
    /// There is a station of this id already.
    StationExists,
    /// A station is to offer a service, and not to offer it.
    OfferedAndNot,
    /// Opening hours that are not understood.
    Hours(String),
    /// The same station is edited by another edit of the scenario.
    Twice,
    /// A place that is not on the earth.
    OffTheEarth {
        /// As given.
        lon: f64,
        /// As given.
        lat: f64,
    },
    /// No street of this network is of this way.
    NoWay,
    /// No street is within the snapping distance of a place.
    NoStreet {
        /// The place.
        lon: f64,
        /// The place.
        lat: f64,
        /// That distance in metres.
        metres: f64,
    },
    /// No street has a part in the polygon.
    NothingWithin,
    /// A new way would join a street that the scenario closes.
    OntoClosed,
    /// A new way that begins where it ends.
    NoLength,
    /// There are no compounds, so there is no wall.
    NoWalls,
    /// There is no gate of this id, or none near the place.
    NoGate,
    /// No wall, or none of that compound, is within the distance of a gate.
    FarFromWall,
    /// There is no area of this id or name.
    NoArea {
        /// How many areas there are.
        of: usize,
        /// The name that is most like it.
        near: Option<String>,
    },
    /// A number of people for records that have nobody.
    Nobody,
    /// No number of people, or too many.
    People(f64),
    /// No speed of a walker.
    Speed(ProfileError),
}

#[allow(clippy::ref_option, reason = "the macro hands on a field by reference")]
fn said_near(near: &Option<String>) -> impl Part {
    Said(move |language: Language| match near {
        Some(name) => sentence!(language, [EditMistake Near] name = name),
        None => String::new(),
    })
}

sentences!(ScenarioError {
    SameName(name);
    Edit { scenario, edit, mistake };
});

sentences!(EditMistake {
    NoStation { of, near as said_near };
    StationExists;
    OfferedAndNot;
    Hours(text);
    Twice;
    OffTheEarth { lon, lat };
    NoWay;
    NoStreet { lon, lat, metres };
    NothingWithin;
    OntoClosed;
    NoLength;
    NoWalls;
    NoGate;
    FarFromWall;
    NoArea { of, near as said_near };
    Nobody;
    People(number);
    Speed(error);
});
