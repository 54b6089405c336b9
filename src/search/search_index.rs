//! What is prepared for the searches of one heading. It borrows nothing, so it can be kept while stations come and go.

use std::fmt;
use std::sync::{Arc, OnceLock};

use super::core::{CoreGraph, Hanging};
use super::graph::{Searched, Side, Ways};
use super::resident_index::{EdgeResidents, ResidentIndex};
use super::travel_times::Trip;
use crate::control::{Cancelled, Control};
use crate::id::{EdgeId, NodeId, ResidentId};
use crate::model::Access;
use crate::network::{Impedance, Network};
use crate::parallel;
use crate::snap::{Snap, Snapped};
use crate::units::{CLOSED, Cost};

/// Who walks to whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Heading {
    /// From the resident to the station.
    ToStation,
    /// From the station to the resident.
    ToResident,
}

impl Heading {
    /// The heading of a trip, and of its way back where that counts too.
    pub(super) fn from_trip(trip: Trip) -> (Self, Option<Self>) {
        match trip {
            Trip::ToStation => (Heading::ToStation, None),
            Trip::FromStation => (Heading::ToResident, None),
            Trip::RoundTrip => (Heading::ToStation, Some(Heading::ToResident)),
        }
    }

    /// A walker's ways as a search from stations walks them.
    pub(super) fn ways<'a>(self, network: &'a Network, impedance: &'a Impedance) -> Ways<'a> {
        let searched = match self {
            Heading::ToStation => Searched::FromDestination,
            Heading::ToResident => Searched::FromOrigin,
        };
        Ways {
            network,
            impedance,
            searched,
        }
    }
}

/// What is prepared for one walker's trips, of one network, one impedance and one set of residents; a clone shares it.
#[derive(Clone)]
pub(crate) struct Prepared {
    pub(super) there: Arc<SearchIndex>,
    pub(super) back: Option<Arc<SearchIndex>>,
}

impl fmt::Debug for Prepared {
    /// Without the arrays, which would fill screens wherever somebody prints what holds it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Prepared").finish_non_exhaustive()
    }
}

impl Prepared {
    /// The trips that it was prepared for.
    pub(super) fn trip(&self) -> Trip {
        match (self.there.heading, &self.back) {
            (_, Some(_)) => Trip::RoundTrip,
            (Heading::ToStation, None) => Trip::ToStation,
            (Heading::ToResident, None) => Trip::FromStation,
        }
    }

    /// Prepares the same trips for who stands at the other end of them: `turned` are the stations as residents. Round trips go
    /// over the same graphs.
    pub(crate) fn turned(
        &self,
        network: &Network,
        impedance: &Impedance,
        turned: &Snapped,
        control: Control<'_>,
    ) -> Result<Self, Cancelled> {
        let trip = match self.trip() {
            Trip::ToStation => Trip::FromStation,
            Trip::FromStation => Trip::ToStation,
            Trip::RoundTrip => return Ok(self.with_residents(network, impedance, turned)),
        };
        Self::new(network, impedance, turned, trip, control)
    }

    /// The same trips of other residents.
    pub(crate) fn with_residents(
        &self,
        network: &Network,
        impedance: &Impedance,
        snapped: &Snapped,
    ) -> Self {
        let on = |search_index: &SearchIndex| {
            Arc::new(search_index.with_residents(network, impedance, snapped))
        };
        Self {
            there: on(&self.there),
            back: self.back.as_deref().map(on),
        }
    }

    /// Prepares the trips; the stations among the snapped do not matter.
    ///
    /// # Errors
    /// [`Cancelled`].
    pub(crate) fn new(
        network: &Network,
        impedance: &Impedance,
        snapped: &Snapped,
        trip: Trip,
        control: Control<'_>,
    ) -> Result<Self, Cancelled> {
        let prepare = |heading: Heading| {
            let ways = heading.ways(network, impedance);
            Ok::<_, Cancelled>(Arc::new(SearchIndex::new(ways, snapped, heading, control)?))
        };
        let (there, back) = Heading::from_trip(trip);
        let (there, back) = parallel::join(|| prepare(there), || back.map(prepare).transpose());
        Ok(Self {
            there: there?,
            back: back?,
        })
    }
}

/// The graph and the residents beside it, for one heading.
#[derive(Debug)]
pub(super) struct SearchIndex {
    pub(super) heading: Heading,
    pub(super) graph: Arc<CoreGraph>,
    pub(super) homes: ResidentIndex,
    /// What hangs on the core, once a search for places has asked for it.
    hanging: OnceLock<Hanging>,
}

impl SearchIndex {
    /// Prepares one heading; the stations among the snapped do not matter.
    ///
    /// # Complexity
    /// O(n log n) in the junctions and in the residents.
    pub(super) fn new(
        ways: Ways<'_>,
        snapped: &Snapped,
        heading: Heading,
        control: Control<'_>,
    ) -> Result<Self, Cancelled> {
        let on_edges = || on_edges(snapped);
        let (graph, on_edges) = parallel::join(|| CoreGraph::new(ways, control), on_edges);
        let graph = Arc::new(graph?);
        control.check()?;
        Ok(Self::on(graph, &on_edges, ways, snapped, heading))
    }

    /// The same streets with the residents of another city beside them.
    pub(super) fn with_residents(
        &self,
        network: &Network,
        impedance: &Impedance,
        snapped: &Snapped,
    ) -> Self {
        let ways = self.heading.ways(network, impedance);
        let graph = Arc::clone(&self.graph);
        Self::on(graph, &on_edges(snapped), ways, snapped, self.heading)
    }

    fn on(
        graph: Arc<CoreGraph>,
        on_edges: &[(EdgeId, ResidentId)],
        ways: Ways<'_>,
        snapped: &Snapped,
        heading: Heading,
    ) -> Self {
        let Ways {
            network, impedance, ..
        } = ways;
        let away = heading == Heading::ToStation;
        let leg_factor = snapped.options().leg_factor();
        let accesses = EdgeResidents {
            graph: graph.as_ref(),
            ends: |edge| ends(network, edge),
            costs_at_ends_of: |resident: ResidentId| {
                let snap = snapped.home_snap(resident);
                snap.map_or([CLOSED; 2], |snap| {
                    let leg = snap.leg(impedance, leg_factor, away);
                    costs_at_ends_of(network, impedance, snap, leg, away)
                })
            },
        };
        let homes = ResidentIndex::new(on_edges, &accesses);
        Self {
            heading,
            graph,
            homes,
            hanging: OnceLock::new(),
        }
    }

    /// The junctions outside the core by those that they hang on.
    pub(super) fn hanging(&self) -> &Hanging {
        self.hanging.get_or_init(|| Hanging::new(&self.graph))
    }
}

/// The homes on the network, edge by edge.
fn on_edges(snapped: &Snapped) -> Vec<(EdgeId, ResidentId)> {
    let homes = snapped.homes_on_network();
    let mut on_edges: Vec<_> = homes.map(|(home, snap)| (snap.edge, home)).collect();
    parallel::sort_unstable(&mut on_edges);
    on_edges
}

/// An edge's nodes and the side that it is entered on.
fn ends(network: &Network, edge: EdgeId) -> ([NodeId; 2], Side) {
    let side = match network.access(edge) {
        Access::Public => Side::Public,
        Access::Private => Side::Far,
    };
    (network.ends(edge), side)
}

/// The costs between one place and its edge's tail and head, leg included, for a walk that starts (`away`) or ends there;
/// [`CLOSED`] where none leads.
pub(super) fn costs_at_ends_of(
    network: &Network,
    impedance: &Impedance,
    snap: &Snap,
    leg: Cost,
    away: bool,
) -> [Cost; 2] {
    let costs = impedance.end_costs(network, snap.edge, snap.fraction);
    let costs = if away { costs.to_ends } else { costs.from_ends };
    costs.map(|cost| cost.map_or(CLOSED, |cost| cost.saturating_add(leg)))
}
