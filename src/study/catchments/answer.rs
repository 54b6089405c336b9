//! The catchments of a study's stations.

use serde_json::Value;

use crate::catchments::{CELL_M, Catchments};
use crate::control::Control;
use crate::error::Error;
use crate::model::{Findings, Resident};
use crate::report::{CatchmentsReport, StationRecord};
use crate::study::StudyResult;
use crate::units::People;

/// The stations with their people and ground.
pub const CATCHMENTS_TABLE: &str = "catchments.csv";
/// To which station each resident belongs.
pub const CATCHMENT_RESIDENTS: &str = "catchment_residents.csv";
/// The ground of each station.
pub const CATCHMENTS_GEOJSON: &str = "catchments.geojson";

/// What is asked of catchments.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct CatchmentsQuestion {
    /// The side of the cells that the ground is drawn in, in metres.
    pub cell_m: f64,
    /// Whether stations are balanced.
    pub balanced: bool,
    /// How many people each may have then that has no capacity of its own, beside the stations as
    /// [`Attribute::Capacity`](crate::model::Attribute::Capacity) where it was kept when they were read
    /// ([`LayerSpec::keep`](crate::inputs::LayerSpec::keep)); as equal a share as can be where nothing is given.
    pub capacity: Option<People>,
}

impl Default for CatchmentsQuestion {
    fn default() -> Self {
        Self {
            cell_m: CELL_M,
            balanced: false,
            capacity: None,
        }
    }
}

/// The catchments of a study's stations.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct CatchmentsAnswer {
    /// Who belongs to which station, and on what ground.
    pub catchments: Catchments,
    /// What is known of each station.
    pub records: Vec<StationRecord>,
    /// What was found about their capacities.
    pub findings: Findings,
}

impl StudyResult<'_> {
    /// The ground of each station without overlap, and who belongs to it.
    ///
    /// # Errors
    /// [`Error::Cancelled`].
    ///
    /// # Complexity
    /// That of [`Catchments::new`].
    pub fn catchments(
        &self,
        question: CatchmentsQuestion,
        control: Control<'_>,
    ) -> Result<CatchmentsAnswer, Error> {
        let placed = self.analysis.placed();
        let unit = self.analysis.options.tests.deciding().unit();
        let city = self.inputs.city();
        let cell_m = question.cell_m;
        let mut findings = Findings::default();
        let catchments = if question.balanced {
            let (capacities, found) = self.capacities(question.capacity);
            findings = found;
            Catchments::balanced(placed, city, unit, cell_m, &capacities, control)
        } else {
            Catchments::new(placed, city, unit, cell_m, control)
        };
        Ok(CatchmentsAnswer {
            catchments: catchments?,
            records: self.station_records(),
            findings,
        })
    }
}

impl CatchmentsAnswer {
    pub(super) fn report<'a>(&'a self, residents: &'a [Resident]) -> CatchmentsReport<'a> {
        CatchmentsReport {
            residents,
            records: &self.records,
            catchments: &self.catchments,
        }
    }

    /// What `summary.json` says under `catchments`. `residents` are those of the study.
    #[must_use]
    pub fn json(&self, residents: &[Resident]) -> Value {
        self.report(residents).json()
    }
}
