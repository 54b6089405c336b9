//! A problem on the streets of a study: its stations stand, its candidates may be built, walks are those of its walker.

use super::answer::{Parts, SitingAnswer};
use super::question::SitingQuestion;
use super::sites::{Beside, Sites};
use crate::control::Control;
use crate::error::Error;
use crate::id::{ResidentId, StationId};
use crate::model::{CityRecords, FindingCode, Findings, Resident, Station};
use crate::siting::{Reach, SitingError};
use crate::study::StudyResult;
use crate::text::language::Words;
use crate::units::{Cost, People};
use crate::walker::{Placed, WalkerError};

impl StudyResult<'_> {
    /// Where to build beside the stations of the study, among the candidates that were read with it.
    ///
    /// # Errors
    /// [`Error::Siting`]: what the problem cannot mean, such as no candidates; [`Error::Cancelled`].
    ///
    /// # Complexity
    /// One search for each candidate, then that of [`Problem::solve`](crate::siting::Problem::solve).
    pub fn site(
        &self,
        question: &SitingQuestion,
        control: Control<'_>,
    ) -> Result<SitingAnswer, Error> {
        let (candidates, attributes) = self
            .inputs
            .candidates
            .as_ref()
            .ok_or(SitingError::NoCandidates)?;
        let placed = self.analysis.placed();
        let walked = |placed: &Placed, stations: &[Station]| {
            let city = CityRecords {
                stations,
                ..self.inputs.city()
            };
            placed.travel_times(city, question.cutoff.unit(), Some(question.cutoff), control)
        };
        let mut made = Made {
            sites: Sites::new(),
            rows: Vec::new(),
        };
        let standing = walked(placed, &self.inputs.stations)?;
        for station in placed.snapped().stations() {
            let row = first_row(placed, station);
            made.sites.add_standing(&self.inputs.stations[row]);
            made.rows
                .push(standing.row(station).map_err(WalkerError::from)?.to_vec());
        }
        let placed = placed.with_stations(candidates, control)?;
        let times = walked(&placed, candidates)?;
        let beside = Beside::new(attributes);
        let mut findings = Findings::default();
        for station in placed.snapped().stations() {
            let row = first_row(&placed, station);
            let candidate = &candidates[row];
            if placed.snapped().station_snaps(station).next().is_none() {
                findings.add(FindingCode::CandidateOffNetwork, || {
                    Words::same(candidate.id.as_str())
                });
            } else if made
                .sites
                .add_candidate(candidate, row, &beside, &mut findings)
            {
                made.rows
                    .push(times.row(station).map_err(WalkerError::from)?.to_vec());
            }
        }
        let parts = Parts {
            sites: made.sites,
            reach: Reach::from_rows(self.inputs.residents.len(), made.rows)?,
            people: self.people_with_places(),
            has_costs: beside.has_costs(),
            findings,
        };
        parts.answer(question, control)
    }

    /// The people of each resident record; nobody where it has no place.
    fn people_with_places(&self) -> Vec<People> {
        let people =
            |record: &Resident| record.valid_place().map_or(People::ZERO, |_| record.people);
        self.inputs.residents.iter().map(people).collect()
    }
}

/// Sites and their walks, in the same order.
struct Made {
    sites: Sites,
    rows: Vec<Vec<(ResidentId, Cost)>>,
}

/// The first row of a station's entrances.
fn first_row(placed: &Placed, station: StationId) -> usize {
    let entrances = placed.snapped().entrances(station).iter();
    let rows = entrances.map(|entrance| entrance.row as usize);
    rows.min().unwrap_or(0)
}
