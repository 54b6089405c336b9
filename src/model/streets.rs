//! Streets as read: ways over shared vertices, before they become a network.

use std::collections::HashMap;

use crate::geometry::Location;

/// What kind of way it is, as far as walking times care. Names follow the OpenStreetMap key `highway`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum WayKind {
    /// A street or path on the level: walked at the level speed.
    #[default]
    Street,
    /// Stairs, escalators among them.
    Steps,
    /// A lift between storeys: a wait for it, and a time per storey.
    Lift {
        /// How many storeys it goes up or down.
        storeys: u16,
    },
    /// A ferry that takes people on foot: a wait for it, and its own speed. Closed to all but the profiles that open it.
    Ferry,
}

/// Who may walk a way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "lowercase")
)]
pub enum Access {
    /// Everybody.
    #[default]
    Public,
    /// Who lives or is served beside it, but nobody walks through: a way of a gated compound or a campus. Connected
    /// private ways make a pocket.
    Private,
}

/// In which directions a way may be walked, seen along its vertices.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Flow {
    /// Both directions: nearly every way.
    #[default]
    Both,
    /// Only along the vertices (`oneway:foot=yes`).
    Forward,
    /// Only against them (`oneway:foot=-1`).
    Backward,
}

impl Flow {
    /// The same way seen from its other end.
    #[must_use]
    pub(crate) const fn reversed(self) -> Self {
        match self {
            Flow::Both => Flow::Both,
            Flow::Forward => Flow::Backward,
            Flow::Backward => Flow::Forward,
        }
    }

    /// The directions that both leave open; `None` where there is none.
    #[must_use]
    pub(crate) const fn and(self, other: Self) -> Option<Self> {
        match (self, other) {
            (Flow::Both, flow) | (flow, Flow::Both) => Some(flow),
            (Flow::Forward, Flow::Forward) => Some(Flow::Forward),
            (Flow::Backward, Flow::Backward) => Some(Flow::Backward),
            _ => None,
        }
    }
}

/// What is known of a way for those who cannot take steps: wheelchairs, prams.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum Wheels {
    /// As the kind of way has it: steps are closed to them, all else is open.
    #[default]
    AsKind,
    /// Open though the way is steps: there is a ramp.
    Open,
    /// Closed though the way is none (`wheelchair=no`).
    Closed,
    /// On a bad surface (`smoothness=bad`).
    Bad,
    /// On a very bad one, or worse.
    VeryBad,
}

/// What carries a way. All of them carry walkers; nothing snaps to one that is below ground.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "lowercase")
)]
pub enum Structure {
    /// The ground.
    #[default]
    Ground,
    /// A bridge.
    Bridge,
    /// A tunnel, or a storey below ground.
    Underground,
}

/// How a way may be walked: its kind, its directions, by whom, and with what. A [`WayKind`] alone is public both ways.
///
/// ```
/// use pedshed::model::{Access, Flow, Passage, WayKind};
/// let inner_road = Passage { access: Access::Private, ..Passage::from(WayKind::Street) };
/// assert_eq!(inner_road.flow, Flow::Both);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Passage {
    /// What kind of way it is.
    pub kind: WayKind,
    /// In which directions it may be walked.
    pub flow: Flow,
    /// Who may walk it.
    pub access: Access,
    /// What is known for those who cannot take steps.
    #[cfg_attr(feature = "serde", serde(default))]
    pub wheels: Wheels,
}

impl From<WayKind> for Passage {
    fn from(kind: WayKind) -> Self {
        Self {
            kind,
            ..Self::default()
        }
    }
}

impl From<(WayKind, Flow)> for Passage {
    fn from((kind, flow): (WayKind, Flow)) -> Self {
        Self {
            flow,
            ..Self::from(kind)
        }
    }
}

impl Passage {
    /// Whether who cannot take steps finds none here, nor a bad surface.
    #[must_use]
    pub(crate) const fn is_step_free(self) -> bool {
        match self.wheels {
            Wheels::AsKind => !matches!(self.kind, WayKind::Steps),
            Wheels::Open => true,
            Wheels::Closed | Wheels::Bad | Wheels::VeryBad => false,
        }
    }

    /// The same way once it is.
    #[must_use]
    pub(crate) const fn made_step_free(self) -> Self {
        let wheels = match self.kind {
            WayKind::Steps => Wheels::Open,
            _ => Wheels::AsKind,
        };
        Self { wheels, ..self }
    }

    /// The same way seen from its other end.
    #[must_use]
    pub(crate) const fn reversed(self) -> Self {
        Self {
            flow: self.flow.reversed(),
            ..self
        }
    }
}

/// A vertex where a walker waits before crossing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Crossing {
    /// With traffic lights.
    Signal,
    /// Any other marked crossing.
    Marked,
}

/// One way: a run of vertices with one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Way {
    /// The way's number in its source: OSM way id, or number of the feature (from 1).
    pub id: i64,
    /// Position of its first vertex in [`Streets::refs`].
    pub first_ref: u32,
    /// How many refs it has, at least two.
    pub ref_count: u32,
    /// How it may be walked.
    pub passage: Passage,
    /// What carries it.
    #[cfg_attr(feature = "serde", serde(default))]
    pub structure: Structure,
    /// Position of its name in [`Streets::names`].
    pub name: Option<u32>,
}

/// The walkable ways of a city over shared vertices: what every network reader produces and the network is built from.
/// Ways join where they share a vertex, nowhere else.
#[derive(Clone, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Streets {
    /// Every vertex once.
    pub vertices: Vec<Location>,
    /// The ways' vertices, one way after the other.
    pub refs: Vec<u32>,
    /// The ways, in input order.
    pub ways: Vec<Way>,
    /// Vertices with a crossing, ascending.
    pub crossings: Vec<(u32, Crossing)>,
    /// The ways' names, each once.
    pub names: Vec<String>,
}

impl Streets {
    /// The places of all vertices that a way uses, way by way.
    pub fn vertices_in_use(&self) -> impl Iterator<Item = Location> + '_ {
        self.refs
            .iter()
            .filter_map(|vertex| self.vertices.get(*vertex as usize).copied())
    }

    /// The vertices of one way; none of a way of other streets.
    #[must_use]
    pub fn refs_of(&self, way: &Way) -> &[u32] {
        let first = way.first_ref as usize;
        let refs = first..first.saturating_add(way.ref_count as usize);
        self.refs.get(refs).unwrap_or_default()
    }
}

/// Gathers ways into [`Streets`]; each name is kept once.
#[derive(Debug, Default)]
pub struct StreetsBuilder {
    streets: Streets,
    names: HashMap<String, u32>,
}

impl StreetsBuilder {
    /// Streets over these vertices.
    #[must_use]
    pub fn new(vertices: Vec<Location>) -> Self {
        Self {
            streets: Streets {
                vertices,
                ..Streets::default()
            },
            names: HashMap::new(),
        }
    }

    /// Adds a vertex that no earlier way can share and returns its index.
    pub fn add_vertex(&mut self, location: Location) -> u32 {
        self.streets.vertices.push(location);
        self.streets.vertices.len() as u32 - 1
    }

    /// Adds a way on the ground; one of fewer than two refs is left out, and the answer is `false`.
    pub fn add_way(
        &mut self,
        id: i64,
        refs: &[u32],
        passage: impl Into<Passage>,
        name: Option<&str>,
    ) -> bool {
        self.add_way_on(Structure::Ground, id, refs, passage, name)
    }

    /// The same of a way on the ground, on a bridge or below ground.
    pub fn add_way_on(
        &mut self,
        structure: Structure,
        id: i64,
        refs: &[u32],
        passage: impl Into<Passage>,
        name: Option<&str>,
    ) -> bool {
        if refs.len() < 2 {
            return false;
        }
        let name = name.map(|name| self.intern(name));
        self.streets.ways.push(Way {
            id,
            first_ref: self.streets.refs.len() as u32,
            ref_count: refs.len() as u32,
            passage: passage.into(),
            structure,
            name,
        });
        self.streets.refs.extend_from_slice(refs);
        true
    }

    fn intern(&mut self, name: &str) -> u32 {
        if let Some(&index) = self.names.get(name) {
            return index;
        }
        let index = self.streets.names.len() as u32;
        self.streets.names.push(name.to_owned());
        self.names.insert(name.to_owned(), index);
        index
    }

    /// The streets, with their crossings (in any order; a signal outweighs a marked crossing at the same vertex).
    #[must_use]
    pub fn finish(mut self, mut crossings: Vec<(u32, Crossing)>) -> Streets {
        crossings.sort_unstable();
        crossings.dedup_by_key(|(vertex, _)| *vertex);
        self.streets.crossings = crossings;
        self.streets
    }
}
