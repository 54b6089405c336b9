//! One walker on one network, made once and lent everywhere: what snapping, searching, drawing and editing share.
//!
//! A [`Walker`] is a network with what one profile pays on it, the islands and the walls between; [`Placed`] are the stations and
//! residents of a city on that walker's streets. Both are cheap to clone, own what they need, and index or prepare each thing
//! once, when it is first asked for.

mod error;
mod placed;

pub use error::WalkerError;
pub use placed::Placed;

use std::fmt;
use std::ops::RangeInclusive;
use std::sync::{Arc, OnceLock};

use crate::id::{Numbered, UnknownId};
use crate::model::{Compounds, Profile, Resident};
use crate::network::{Impedance, Islands, Network, NetworkError};
use crate::search::Route;
use crate::snap::{HomeWays, Snap, SnapIndex, SnapOptions, Snapper, Walls};
use crate::units::{OptionError, OtherUnit, Unit};

/// The minima of an island's length taken, in metres: up to more than all streets of a country.
const ISLAND_METRES: RangeInclusive<f64> = 0.0..=1e9;

/// How a walker's points join the streets, and whether residents leave their flats before.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WalkOptions {
    /// How points snap to streets.
    pub snap: SnapOptions,
    /// Connected pieces of streets shorter than this many metres are islands, to which nothing snaps. Default: 300, about two
    /// blocks.
    pub min_island_m: f64,
    /// Whether everybody is taken to live at the street door, whatever their storey: no stairs and no lift at home. Default: no.
    pub street_level: bool,
}

impl WalkOptions {
    /// The default minimum of an island's length in metres.
    pub const MIN_ISLAND_M: f64 = 300.0;

    /// What is not checked by its type.
    ///
    /// # Errors
    /// When the minimum of an island's length is no number from 0 to 1,000,000,000.
    pub(crate) fn check(&self) -> Result<(), OptionError> {
        OptionError::check("min_island_m", self.min_island_m, &ISLAND_METRES)?;
        Ok(())
    }
}

impl Default for WalkOptions {
    fn default() -> Self {
        Self {
            snap: SnapOptions::default(),
            min_island_m: Self::MIN_ISLAND_M,
            street_level: false,
        }
    }
}

/// One walker on one network: what is paid, what is an island, which walls stand between. A clone shares all of it.
///
/// ```
/// use geo_types::coord;
/// use pedshed::model::{Profile, WayKind};
/// use pedshed::network::Network;
/// use pedshed::walker::{WalkOptions, Walker};
/// let ends = [coord! { x: 9.50, y: 47.1 }, coord! { x: 9.51, y: 47.1 }];
/// let network = Network::from_edges(&ends, &[(0, 1, WayKind::Street)])?;
/// let walker = Walker::new(&network, &Profile::adult(), WalkOptions::default())?;
/// let beside = walker.snapper().snap(coord! { x: 9.505, y: 47.1001 });
/// assert!(beside.snap().is_some_and(|snap| (snap.fraction - 0.5).abs() < 1e-6));
/// # Ok::<(), pedshed::network::NetworkError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Walker {
    network: Network,
    options: WalkOptions,
    streets: Arc<Streets>,
    walled: Option<Arc<Walled>>,
}

/// The streets as the walker meets them, whatever walls there are.
struct Streets {
    times: Impedance,
    lengths: OnceLock<Impedance>,
    /// None of somebody with costs of their own.
    profile: Option<Profile>,
    islands: Islands,
    index: OnceLock<SnapIndex>,
}

impl fmt::Debug for Streets {
    /// Without the arrays, which would fill screens wherever somebody prints what holds them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Streets").finish_non_exhaustive()
    }
}

/// Walls, and the streets behind them.
#[derive(Debug)]
struct Walled {
    walls: Arc<Walls>,
    index: OnceLock<SnapIndex>,
}

impl Walled {
    fn new(walls: Arc<Walls>) -> Arc<Self> {
        let index = OnceLock::new();
        Arc::new(Self { walls, index })
    }
}

impl Walker {
    /// Somebody of a profile on a network.
    ///
    /// # Errors
    /// What [`Impedance::times`] refuses.
    ///
    /// # Complexity
    /// Linear in the streets.
    pub fn new(
        network: &Network,
        profile: &Profile,
        options: WalkOptions,
    ) -> Result<Self, NetworkError> {
        let times = Impedance::times(network, profile)?;
        let lengths = OnceLock::new();
        Ok(Self::paying(
            network,
            times,
            lengths,
            Some(profile),
            options,
        ))
    }

    /// Somebody with costs of your own: milliseconds, and millimetres where you know them. Else a street is as long as it lies
    /// on the ground, wherever it takes a time. Stairs and lifts at home cost nothing: put them into
    /// [`Snap::indoors`] where you know them.
    ///
    /// # Errors
    /// [`WalkerError::OtherNetwork`] where an impedance is of another number of streets, [`WalkerError::Unit`] where one counts
    /// something else.
    pub fn with_costs(
        network: &Network,
        times: Impedance,
        lengths: Option<Impedance>,
        options: WalkOptions,
    ) -> Result<Self, WalkerError> {
        let units = [Unit::Milliseconds, Unit::Millimetres];
        for (impedance, unit) in [Some(&times), lengths.as_ref()].into_iter().zip(units) {
            let Some(impedance) = impedance else { continue };
            OtherUnit::check(impedance.unit(), unit)?;
            if impedance.edge_count() != network.edge_count() {
                return Err(WalkerError::OtherNetwork {
                    streets: impedance.edge_count(),
                    of: network.edge_count(),
                });
            }
        }
        let lengths = lengths.map_or_else(OnceLock::new, OnceLock::from);
        Ok(Self::paying(network, times, lengths, None, options))
    }

    fn paying(
        network: &Network,
        times: Impedance,
        lengths: OnceLock<Impedance>,
        profile: Option<&Profile>,
        options: WalkOptions,
    ) -> Self {
        let islands = Islands::new(network, &times, options.min_island_m);
        Self {
            // A clone shares the columns.
            network: network.clone(),
            options,
            streets: Arc::new(Streets {
                times,
                lengths,
                profile: profile.cloned(),
                islands,
                index: OnceLock::new(),
            }),
            walled: None,
        }
    }

    /// The same with walls that no straight leg crosses; without a compound, with none.
    #[must_use]
    pub fn behind(mut self, compounds: &Compounds) -> Self {
        let walls = (!compounds.is_empty()).then(|| Arc::new(Walls::new(compounds)));
        self.walled = walls.map(Walled::new);
        self
    }

    /// The same where every wall is open. It shares the streets' index.
    pub(crate) fn without_walls(&self) -> Self {
        Self {
            walled: None,
            ..self.clone()
        }
    }

    /// The same where everybody lives at the street door. It shares the streets.
    pub(crate) fn at_street_level(&self) -> Self {
        let options = WalkOptions {
            street_level: true,
            ..self.options
        };
        Self {
            options,
            ..self.clone()
        }
    }

    /// How these residents leave their flats. Somebody with costs of their own pays nothing there.
    pub(crate) fn home_ways(&self, residents: &[Resident]) -> HomeWays {
        match self.profile() {
            Some(profile) if !self.options.street_level => HomeWays::new(residents, profile),
            _ => HomeWays::default(),
        }
    }

    /// Somebody of another profile on the same network, behind the same walls.
    ///
    /// # Errors
    /// What [`Impedance::times`] refuses.
    pub(crate) fn with_profile(&self, profile: &Profile) -> Result<Self, NetworkError> {
        let walls = self.walled.as_ref().map(|walled| Arc::clone(&walled.walls));
        Ok(Self {
            walled: walls.map(Walled::new),
            ..Self::new(&self.network, profile, self.options)?
        })
    }

    /// The streets.
    #[must_use]
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// Who walks; `None` of somebody with costs of their own.
    pub(crate) fn profile(&self) -> Option<&Profile> {
        self.streets.profile.as_ref()
    }

    /// How points join the streets.
    #[must_use]
    pub fn options(&self) -> WalkOptions {
        self.options
    }

    /// What nothing snaps to.
    #[must_use]
    pub fn islands(&self) -> &Islands {
        &self.streets.islands
    }

    /// The walls that no straight leg crosses, where there are any.
    #[must_use]
    pub fn walls(&self) -> Option<&Walls> {
        self.walled.as_ref().map(|walled| &*walled.walls)
    }

    /// What is paid in milliseconds.
    #[must_use]
    pub fn times(&self) -> &Impedance {
        &self.streets.times
    }

    /// What is paid in a unit. Lengths are measured when they are first asked for.
    ///
    /// # Errors
    /// What [`Impedance::lengths`] refuses.
    pub fn impedance(&self, unit: Unit) -> Result<&Impedance, NetworkError> {
        let Streets {
            times,
            lengths,
            profile,
            ..
        } = &*self.streets;
        if unit == Unit::Milliseconds {
            return Ok(times);
        }
        if let Some(lengths) = lengths.get() {
            return Ok(lengths);
        }
        let measured = match profile {
            Some(profile) => Impedance::lengths(&self.network, profile)?,
            None => Impedance::lengths_where_open(&self.network, times),
        };
        Ok(lengths.get_or_init(|| measured))
    }

    /// The cheapest walk from any of some places to any of others, at any distance; `None` without a path. Equal walks go to the
    /// smaller destination.
    ///
    /// ```
    /// use geo_types::coord;
    /// use pedshed::id::EdgeId;
    /// use pedshed::model::{Profile, WayKind};
    /// use pedshed::network::Network;
    /// use pedshed::snap::Snap;
    /// use pedshed::units::Unit;
    /// use pedshed::walker::{WalkOptions, Walker};
    /// let ends = [9.50, 9.51, 9.52].map(|x| coord! { x: x, y: 47.1 });
    /// let street = |a, b| (a, b, WayKind::Street);
    /// let network = Network::from_edges(&ends, &[street(0, 1), street(1, 2)])?;
    /// let walker = Walker::new(&network, &Profile::plain(), WalkOptions::default())?;
    /// let at = |edge, fraction| Snap::new(EdgeId(edge), fraction, 10.0);
    /// let route = walker.route(Unit::Milliseconds, &[at(0, 0.5)], &[at(1, 0.5)])?.expect("a path");
    /// // Two halves of 759 m and two legs of 10 m at 0.75 s a metre.
    /// assert_eq!(route.steps.len(), 2);
    /// assert_eq!(route.cost() / 1000, 584);
    /// # Ok::<(), pedshed::walker::WalkerError>(())
    /// ```
    ///
    /// # Errors
    /// [`WalkerError::Unknown`] where a place is on an edge that there is not; what [`Impedance::lengths`] refuses.
    ///
    /// # Complexity
    /// One search over the origins' side of the network.
    pub fn route(
        &self,
        unit: Unit,
        origins: &[Snap],
        destinations: &[Snap],
    ) -> Result<Option<Route>, WalkerError> {
        let of = self.network.edge_count();
        for place in origins.iter().chain(destinations) {
            UnknownId::check(Numbered::Edge, place.edge.index(), of)?;
        }
        let (network, impedance) = (&self.network, self.impedance(unit)?);
        let leg_factor = self.options.snap.leg_factor();
        Ok(Route::new(
            network,
            impedance,
            leg_factor,
            origins,
            destinations,
        ))
    }

    /// Snaps points to the walker's streets, behind the walls where there are any.
    ///
    /// # Complexity
    /// The first one indexes the streets, O(n log n) in their segments; further ones cost nothing.
    #[must_use]
    pub fn snapper(&self) -> Snapper<'_> {
        let Some(walled) = &self.walled else {
            return self.open_snapper();
        };
        let make = || self.open_snapper().behind(&walled.walls).kept();
        self.over(walled.index.get_or_init(make), Some(&walled.walls))
    }

    /// The same where walls are not seen.
    pub(crate) fn open_snapper(&self) -> Snapper<'_> {
        let Streets { times, islands, .. } = &*self.streets;
        let make = || Snapper::new(&self.network, times, islands, self.options.snap).kept();
        self.over(self.streets.index.get_or_init(make), None)
    }

    fn over<'a>(&'a self, index: &SnapIndex, walls: Option<&'a Walls>) -> Snapper<'a> {
        let options = self.options.snap;
        Snapper::from_index(index, &self.network, &self.streets.islands, walls, options)
    }

    /// Whether stairs can be used: who pays costs of their own is not asked.
    pub(crate) fn takes_stairs(&self) -> bool {
        let profile = self.profile();
        profile.is_none_or(|profile| profile.pace().steps_factor.is_some())
    }

    /// Whether another walker of this network uses the same streets, so that everybody joins them at the same places.
    pub(crate) fn uses_streets_of(&self, other: &Self) -> bool {
        let (own, others) = (self.times(), other.times());
        let mut edges = self.network.edge_ids();
        edges.all(|edge| own.is_usable(edge) == others.is_usable(edge))
    }
}

#[cfg(all(test, feature = "isochrone"))]
#[path = "walker_tests.rs"]
mod tests;
