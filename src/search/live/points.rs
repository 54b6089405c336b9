//! What an edit is told of a city, as it is at the moment.

use std::sync::Arc;

use crate::control::Control;
use crate::id::StationId;
use crate::network::{Impedance, Network};
use crate::search::Trip;
use crate::search::ready::{Prepared, Ready};
use crate::search::walk::Walk;
use crate::snap::{Snap, Snapped};

/// What all searches of a city share, as it is at the moment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Points<'a> {
    pub(crate) network: &'a Network,
    pub(crate) snapped: &'a Snapped,
}

/// A station's entrances on the network before and after an edit; none where it comes or goes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moved<'a> {
    pub(crate) station: StationId,
    pub(crate) from: &'a [Snap],
    pub(crate) to: &'a [Snap],
}

impl<'a> Points<'a> {
    pub(super) fn walk(self, ready: &Arc<Ready>, impedance: &'a Impedance) -> Walk<'a> {
        Walk::without_stations(Arc::clone(ready), self.network, impedance, self.snapped)
    }

    /// Prepares the searches of one walker's trips.
    pub(crate) fn prepare(self, impedance: &Impedance, trip: Trip) -> Prepared {
        let control = Control::default();
        let prepared = Prepared::new(self.network, impedance, self.snapped, trip, control);
        prepared.expect("nobody cancels an edit")
    }
}
