//! What measures and chosen sites change, on the streets of the study.

use std::collections::BTreeSet;

use super::answer::SitingAnswer;
use super::question::SitingQuestion;
use super::sites::{Rules, Sites};
use crate::control::Control;
use crate::coverage::Status;
use crate::error::Error;
use crate::id::ResidentId;
use crate::model::{FindingCode, Findings, Station};
use crate::scenario::{Edit, Scenario, ScenarioAnswer, ScenarioBase};
use crate::siting::SitingError;
use crate::study::StudyResult;
use crate::study::scenario::{ScenariosAnswer, ScenariosQuestion};
use crate::text::language::{Language, words};
use crate::units::{Cost, People};

impl StudyResult<'_> {
    /// Adds the measures of a question to its candidates: each by whom it covers by itself, counted on the streets.
    pub(super) fn add_measures(
        &self,
        rules: Rules<'_>,
        sites: &mut Sites,
        findings: &mut Findings,
        control: Control<'_>,
    ) -> Result<(), Error> {
        let question = rules.question;
        if question.measures.is_empty() {
            return Ok(());
        }
        check_measures(question)?;
        let mut base = ScenarioBase::new(&self.analysis, self.inputs.city())?;
        for measure in &question.measures {
            let found = base.count(&measure.scenario, control)?;
            findings.extend(found.findings.clone());
            let lost = found.comparison.sums.lost;
            if lost > People::ZERO {
                let name = &measure.scenario.name;
                findings.add(FindingCode::MeasureTakesAway, || {
                    words!("{name}: {lost} people", "{name}：{lost} 人")
                });
                continue;
            }
            let covers = newly_covered(&found, question.cutoff.cost());
            sites.add_measure(measure, covers, rules, findings);
        }
        Ok(())
    }

    /// The city with the chosen sites built and the chosen measures taken, beside the city as it is.
    pub(super) fn built(
        &self,
        answer: &SitingAnswer,
        is_drawn: bool,
        control: Control<'_>,
    ) -> Result<ScenariosAnswer, Error> {
        let stations = self.inputs.stations.iter();
        let mut used: BTreeSet<String> = stations.map(|one| one.id.clone()).collect();
        let chosen = answer.siting.chosen.iter();
        let edits = chosen.flat_map(|one| answer.edits[one.site.index()].iter().cloned());
        let mut edits: Vec<Edit> = edits.collect();
        // A candidate may be called as a station is, or have several entrances: none of that makes two of them one.
        for edit in &mut edits {
            if let Edit::AddStation { id, .. } = edit {
                *id = free_id(id, &used);
                used.insert(id.clone());
            }
        }
        let language = self.study.outputs.language;
        let name = match language {
            Language::En => "Built",
            Language::Zh => "建成后",
        };
        let mut question = ScenariosQuestion::new(vec![Scenario::new(name, edits)]);
        question.is_drawn = is_drawn;
        self.play(&question, Vec::new(), control)
    }
}

/// An id that is free: with a number where others are called so.
fn free_id(id: &str, used: &BTreeSet<String>) -> String {
    let mut free = id.to_owned();
    let mut number = 1;
    while used.contains(&free) {
        number += 1;
        free = format!("{id} ({number})");
    }
    free
}

/// What the rows of a candidate add to the city.
pub(super) fn additions<'a>(rows: impl Iterator<Item = &'a Station>) -> Vec<Edit> {
    let add = |row: &Station| {
        let place = row.place.as_ref().ok().copied()?;
        Some(Edit::AddStation {
            id: row.id.clone(),
            name: row.name.clone(),
            place,
            services: Vec::new(),
        })
    };
    rows.filter_map(add).collect()
}

fn check_measures(question: &SitingQuestion) -> Result<(), SitingError> {
    if !question.goal.has_cutoff() {
        return Err(SitingError::NotFor {
            goal: question.goal.name(),
            what: "measures",
            instead: "max-coverage or set-cover",
        });
    }
    if !question.is_coverage() {
        return Err(SitingError::MeasuresOfCoverage);
    }
    Ok(())
}

/// Who is covered by a measure and was not before.
fn newly_covered(found: &ScenarioAnswer, cutoff: Cost) -> Vec<(ResidentId, Cost)> {
    let changes = found.comparison.changes.iter();
    let newly = changes.filter(|change| {
        change.before.status != Status::Covered && change.after.status == Status::Covered
    });
    newly.map(|change| (change.resident, cutoff)).collect()
}
