//! A problem on the streets of a study: its stations stand, its candidates may be built, walks are those of its walker.

use std::borrow::Cow;

use super::answer::{Parts, SitingAnswer};
use super::built::additions;
use super::homes::Homes;
use super::question::SitingQuestion;
use super::sites::{Beside, Row, Rules, Sites};
use super::weights::weighed;
use crate::control::Control;
use crate::error::Error;
use crate::id::StationId;
use crate::model::{Attributes, CityRecords, FindingCode, Findings, Resident, Station};
use crate::search::TravelTimes;
use crate::siting::SitingError;
use crate::study::StudyResult;
use crate::study::types::OutputFormat;
use crate::text::language::Words;
use crate::units::{Cutoff, People};
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
        let mut answer = self.choose(question, control)?;
        // The city with the sites built is counted by one circle.
        if !question.tiers.is_empty() {
            return Ok(answer);
        }
        let is_drawn = self.study.outputs.has(OutputFormat::Html);
        // What was found so far is worth more than nothing where somebody stops the search: it is written without the recount.
        match self.built(&answer, is_drawn, control) {
            Ok(built) => {
                let counted = built.scenarios.first().filter(|_| question.is_coverage());
                answer.recounted = counted.map(|one| one.comparison.sums.covered_after);
                answer.findings.extend(built.findings.clone());
                answer.built = Some(built);
            }
            Err(Error::Cancelled(_)) => {}
            Err(error) => return Err(error),
        }
        Ok(answer)
    }

    fn choose(
        &self,
        question: &SitingQuestion,
        control: Control<'_>,
    ) -> Result<SitingAnswer, Error> {
        let none = (Vec::new(), Attributes::none(0));
        let (candidates, attributes) = match &self.inputs.candidates {
            Some(candidates) => candidates,
            None if question.measures.is_empty() => return Err(SitingError::NoCandidates.into()),
            None => &none,
        };
        let mut findings = Findings::default();
        let inputs = &self.inputs;
        let homes = Homes::from_areas(&inputs.areas, &inputs.residents)
            .or_else(|| Homes::from_columns(&inputs.resident_attributes));
        let rules = Rules {
            question,
            homes: homes.as_ref(),
        };
        let mut sites = Sites::new();
        self.add_standing(rules, &mut sites, &mut findings, control)?;
        self.add_candidates(
            candidates,
            attributes,
            rules,
            &mut sites,
            &mut findings,
            control,
        )?;
        self.add_measures(rules, &mut sites, &mut findings, control)?;
        let people = self.people_with_places();
        let weights = weighed(&people, &question.weights, |group| {
            inputs.counted_in(&group.column, &mut findings)
        });
        let parts = Parts {
            sites,
            people,
            weights,
            homes,
            findings,
        };
        parts.answer(question, control)
    }

    fn add_standing(
        &self,
        rules: Rules<'_>,
        sites: &mut Sites,
        findings: &mut Findings,
        control: Control<'_>,
    ) -> Result<(), Error> {
        let inputs = &self.inputs;
        let placed = self.analysis.placed();
        let beside = Beside::new(&inputs.station_attributes, rules.question);
        let standing = self.standing_walks(rules.question.cutoff, control)?;
        for station in placed.snapped().stations() {
            let number = first_row(placed, station);
            let row = Row {
                station: &inputs.stations[number],
                number,
                beside: &beside,
                edits: &[],
                walks: standing.row(station).map_err(WalkerError::from)?,
            };
            sites.add_standing(row, rules, findings);
        }
        Ok(())
    }

    fn add_candidates(
        &self,
        candidates: &[Station],
        attributes: &Attributes,
        rules: Rules<'_>,
        sites: &mut Sites,
        findings: &mut Findings,
        control: Control<'_>,
    ) -> Result<(), Error> {
        let placed = self.analysis.placed().with_stations(candidates, control)?;
        let times = self.walks(&placed, candidates, rules.question.cutoff, control)?;
        let beside = Beside::new(attributes, rules.question);
        for station in placed.snapped().stations() {
            let number = first_row(&placed, station);
            let candidate = &candidates[number];
            if placed.snapped().station_snaps(station).next().is_none() {
                findings.add(FindingCode::CandidateOffNetwork, || {
                    Words::same(candidate.id.as_str())
                });
                continue;
            }
            let row = Row {
                station: candidate,
                number,
                beside: &beside,
                edits: &additions(rows_of(&placed, station, candidates)),
                walks: times.row(station).map_err(WalkerError::from)?,
            };
            sites.add_candidate(row, rules, findings);
        }
        Ok(())
    }

    /// The walks to the stations that stand: those of the study, where it has them up to this cutoff.
    fn standing_walks(
        &self,
        cutoff: Cutoff,
        control: Control<'_>,
    ) -> Result<Cow<'_, TravelTimes>, Error> {
        let tables = [Some(&self.analysis.times), self.analysis.lengths.as_ref()];
        let mut tables = tables.into_iter().flatten();
        if let Some(table) = tables.find(|table| table.cutoff() == Some(cutoff)) {
            return Ok(Cow::Borrowed(table));
        }
        let placed = self.analysis.placed();
        let walks = self.walks(placed, &self.inputs.stations, cutoff, control)?;
        Ok(Cow::Owned(walks))
    }

    /// The walks to stations that were placed.
    pub(in crate::study) fn walks(
        &self,
        placed: &Placed,
        stations: &[Station],
        cutoff: Cutoff,
        control: Control<'_>,
    ) -> Result<TravelTimes, Error> {
        let city = CityRecords {
            stations,
            ..self.inputs.city()
        };
        Ok(placed.travel_times(city, cutoff.unit(), Some(cutoff), control)?)
    }

    /// The people of each resident record; nobody where it has no place.
    fn people_with_places(&self) -> Vec<People> {
        let people =
            |record: &Resident| record.valid_place().map_or(People::ZERO, |_| record.people);
        self.inputs.residents.iter().map(people).collect()
    }
}

/// The rows of a station's entrances.
fn rows_of<'a>(
    placed: &Placed,
    station: StationId,
    list: &'a [Station],
) -> impl Iterator<Item = &'a Station> {
    let mut rows: Vec<usize> = placed
        .snapped()
        .entrances(station)
        .iter()
        .map(|entrance| entrance.row as usize)
        .collect();
    rows.sort_unstable();
    rows.dedup();
    rows.into_iter().map(|row| &list[row])
}

/// The first row of a station's entrances.
fn first_row(placed: &Placed, station: StationId) -> usize {
    let entrances = placed.snapped().entrances(station).iter();
    let rows = entrances.map(|entrance| entrance.row as usize);
    rows.min().unwrap_or(0)
}
