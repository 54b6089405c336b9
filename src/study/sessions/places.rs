//! Where sessions are held and can be: the stations of the study, and after them its candidates, such as squares and compounds.

use crate::control::Control;
use crate::error::Error;
use crate::id::{ResidentId, StationId};
use crate::model::{FindingCode, Findings, Station};
use crate::report::StationRecord;
use crate::search::TravelTimes;
use crate::study::StudyResult;
use crate::study::stations::record_of;
use crate::text::language::Words;
use crate::units::{Cost, Cutoff};

/// The places of a study, each by its number: first the stations, then the candidates.
pub(super) struct Places<'a> {
    cutoff: Cutoff,
    /// What is known of each.
    pub(super) records: Vec<StationRecord>,
    to_stations: &'a TravelTimes,
    to_candidates: Option<TravelTimes>,
    /// How many are stations.
    stations: usize,
}

impl<'a> Places<'a> {
    /// Candidates that are on no street are found, and reach nobody.
    ///
    /// # Errors
    /// [`Error::Cancelled`].
    ///
    /// # Complexity
    /// One search for each candidate.
    pub(super) fn new(
        result: &'a StudyResult<'_>,
        findings: &mut Findings,
        control: Control<'_>,
    ) -> Result<Self, Error> {
        let records = result.station_records();
        let mut places = Self {
            cutoff: result.analysis.options.tests.deciding(),
            stations: records.len(),
            records,
            to_stations: result.analysis.deciding_walks(),
            to_candidates: None,
        };
        if let Some((candidates, _)) = &result.inputs.candidates {
            places.add(result, candidates, findings, control)?;
        }
        Ok(places)
    }

    fn add(
        &mut self,
        result: &StudyResult<'_>,
        candidates: &[Station],
        findings: &mut Findings,
        control: Control<'_>,
    ) -> Result<(), Error> {
        let placed = result
            .analysis
            .placed()
            .with_stations(candidates, control)?;
        let snapped = placed.snapped();
        for candidate in snapped.stations() {
            let record = record_of(snapped, candidate, candidates);
            if snapped.station_snaps(candidate).next().is_none() {
                let id = Words::same(record.id.as_str());
                findings.add(FindingCode::CandidateOffNetwork, || id);
            }
            self.records.push(record);
        }
        let walks = result.walks(&placed, candidates, self.cutoff, control)?;
        self.to_candidates = Some(walks);
        Ok(())
    }

    /// The number of each place.
    pub(super) fn numbers(&self) -> impl Iterator<Item = StationId> {
        (0..self.records.len()).map(StationId::new)
    }

    /// The residents within the deciding cutoff of a place, with their walks.
    pub(super) fn walks_to(&self, place: StationId) -> Vec<(ResidentId, Cost)> {
        let row = match (
            place.index().checked_sub(self.stations),
            &self.to_candidates,
        ) {
            (Some(candidate), Some(walks)) => walks.row_of(StationId::new(candidate)),
            _ => self.to_stations.row_of(place),
        };
        let within = row.iter().filter(|(_, cost)| *cost <= self.cutoff.cost());
        within.copied().collect()
    }

    /// The residents within the deciding cutoff of a place.
    pub(super) fn within(&self, place: StationId) -> Vec<ResidentId> {
        let walks = self.walks_to(place).into_iter();
        walks.map(|(resident, _)| resident).collect()
    }
}
