//! The walls as one snapper meets them: which streets are seen from where, and by which gates a place is left.

use std::sync::Arc;

use super::index::Segment;
use super::joined::Snap;
use super::walls::{Stand, Walls};

/// The walls as one snapper meets them: with the gates on its streets.
#[derive(Debug)]
pub(super) struct Behind<'a> {
    pub(super) walls: &'a Walls,
    pub(super) streets: Arc<WalledStreets>,
}

/// What walls and one walker's streets have to do with each other.
#[derive(Debug, Default)]
pub(super) struct WalledStreets {
    /// By gate of the walls.
    pub(super) snaps: Vec<Option<Snap>>,
    /// By compound the streets in it, ascending.
    pub(super) inner: Vec<Vec<Segment>>,
}

impl<'a> Behind<'a> {
    /// Over what is known of the same walls and streets.
    pub(super) fn new(walls: &'a Walls, streets: Arc<WalledStreets>) -> Self {
        Self { walls, streets }
    }

    /// What it can be made of again.
    pub(super) fn walled(&self) -> Arc<WalledStreets> {
        Arc::clone(&self.streets)
    }

    /// The streets that somebody in a compound may see; `None` where these may be any: outside, and for who stands at a wall,
    /// on either side of it.
    pub(super) fn streets_around(&self, place: &Stand) -> Option<&[Segment]> {
        let compounds = place.around.iter();
        let inner = compounds.map(|compound| self.streets.inner[compound.index()].as_slice());
        let fewest = inner.min_by_key(|streets| streets.len())?;
        (!self.walls.is_beside(place.at)).then_some(fewest)
    }
}
