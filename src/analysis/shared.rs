//! What the steps of an analysis prepare and those that go on from it use again: the index of the streets, and the engines.

use std::fmt;
use std::sync::{Arc, OnceLock};

use super::Analysis;
use crate::error::Error;
use crate::network::Impedance;
use crate::search::{Engine, Prepared};
use crate::snap::{SegmentTree, Snapper, Walls};
use crate::units::Unit;

/// Each part is made when it is first asked for, which in [`analyse`](super::analyse) is on the way; of an analysis that was
/// saved and read again nothing is there yet. A clone shares what is there.
#[derive(Clone, Default)]
pub(super) struct Shared {
    pub(super) tree: OnceLock<Arc<SegmentTree>>,
    pub(super) walls: OnceLock<Arc<Walls>>,
    pub(super) times: OnceLock<Prepared>,
    pub(super) lengths: OnceLock<Arc<Lengths>>,
}

/// The graph in millimetres with what is prepared on it.
pub(super) struct Lengths {
    pub(super) impedance: Impedance,
    pub(super) prepared: Prepared,
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shared").finish_non_exhaustive()
    }
}

impl Analysis {
    /// The graph in a unit, with what is prepared on it.
    pub(super) fn prepared(&self, unit: Unit) -> Result<(&Impedance, &Prepared), Error> {
        let prepare = |impedance| {
            Engine::new(&self.network, impedance, &self.snapped, self.options.trip).prepared()
        };
        match unit {
            Unit::Milliseconds => {
                let times = self.shared.times.get_or_init(|| prepare(&self.impedance));
                Ok((&self.impedance, times))
            }
            Unit::Millimetres => {
                let lengths = if let Some(lengths) = self.shared.lengths.get() {
                    lengths
                } else {
                    let impedance = Impedance::lengths(&self.network, &self.options.profile)?;
                    let prepared = prepare(&impedance);
                    let made = Arc::new(Lengths {
                        impedance,
                        prepared,
                    });
                    self.shared.lengths.get_or_init(|| made)
                };
                Ok((&lengths.impedance, &lengths.prepared))
            }
        }
    }

    /// The graph in millimetres, for the profile of the analysis.
    #[cfg(all(
        feature = "osm",
        feature = "geojson",
        feature = "csv",
        feature = "config"
    ))]
    pub(crate) fn lengths_impedance(&self) -> Result<&Impedance, Error> {
        Ok(self.prepared(Unit::Millimetres)?.0)
    }

    /// The engine in a unit.
    #[cfg(any(
        feature = "isochrone",
        all(
            feature = "osm",
            feature = "geojson",
            feature = "csv",
            feature = "config"
        )
    ))]
    pub(crate) fn engine(&self, unit: Unit) -> Result<Engine<'_>, Error> {
        let (impedance, prepared) = self.prepared(unit)?;
        let prepared = prepared.clone();
        Ok(Engine::over(
            prepared,
            &self.network,
            impedance,
            &self.snapped,
        ))
    }

    /// The walls of the city, where it has any.
    pub(super) fn walls(&self) -> Option<&Walls> {
        let compounds = &self.options.compounds;
        let make = || Arc::new(Walls::of(compounds));
        (!compounds.is_empty()).then(|| &**self.shared.walls.get_or_init(make))
    }

    /// The index of the streets that may be snapped to.
    pub(super) fn tree(&self) -> &Arc<SegmentTree> {
        self.shared.tree.get_or_init(|| {
            let options = self.options.snap;
            let snapper = Snapper::new(&self.network, &self.impedance, &self.islands, options);
            Arc::clone(snapper.tree())
        })
    }

    /// Snaps as everybody was snapped.
    pub(super) fn snapper_behind(&self) -> Snapper<'_> {
        match self.walls() {
            Some(walls) => self.snapper().behind(walls),
            None => self.snapper(),
        }
    }

    /// The same where walls are not seen.
    pub(super) fn snapper(&self) -> Snapper<'_> {
        let options = self.options.snap;
        Snapper::over(self.tree(), &self.network, None, &self.islands, options)
    }
}
