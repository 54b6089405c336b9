//! A siting problem that was made of a city, its answer, and its files.

use serde_json::{Value, json};

use super::question::SitingQuestion;
use super::sites::Sites;
use crate::control::Control;
use crate::error::Error;
use crate::model::{FindingCode, Findings};
use crate::report::{SiteRecord, SiteRow, SitingReport, findings_json};
use crate::siting::{Goal, ModeLimit, Problem, Reach, Siting, SitingError};
use crate::text::OptionNames;
use crate::text::language::words;
use crate::units::People;

/// The chosen sites.
pub const SITES_TABLE: &str = "sites.csv";
/// What the first one, two, three sites bring.
pub const SITE_CURVE: &str = "site_curve.csv";
/// The chosen sites as points.
pub const SITES_GEOJSON: &str = "sites.geojson";
/// The version of the schema of `summary.json` where sites were chosen without a city.
const SCHEMA: u32 = 1;

/// Where to build: the problem, the choice, and what was found on the way.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SitingAnswer {
    /// The problem.
    pub problem: Problem,
    /// The choice.
    pub siting: Siting,
    /// What is known of each site of the problem.
    pub records: Vec<SiteRecord>,
    /// What was found about candidates and walks.
    pub findings: Findings,
}

/// What a problem is made of.
pub(super) struct Parts {
    pub(super) sites: Sites,
    pub(super) people: Vec<People>,
    pub(super) findings: Findings,
}

impl Parts {
    /// Solves the problem that is asked.
    pub(super) fn answer(
        self,
        question: &SitingQuestion,
        control: Control<'_>,
    ) -> Result<SitingAnswer, Error> {
        let Self {
            sites:
                Sites {
                    list: sites,
                    records,
                    walks,
                    has_costs,
                    modes,
                },
            people,
            mut findings,
        } = self;
        if question.budget.is_some() && !has_costs {
            return Err(SitingError::NoCosts.into());
        }
        let cutoff = question.cutoff.cost();
        let reach = Reach::from_rows(people.len(), walks)?;
        let mut problem = match question.goal {
            Goal::SetCover => Problem::set_cover(reach, people, sites, cutoff),
            Goal::MaxCoverage => Problem::max_coverage(reach, people, sites, cutoff),
            Goal::PMedian => Problem::p_median(reach, people, sites),
            Goal::PCenter => Problem::p_center(reach, people, sites),
        }?;
        if let Some(count) = question.max_sites {
            problem = problem.with_max_sites(count);
        }
        if let Some(budget) = question.budget {
            problem = problem.with_budget(budget);
        }
        if let Some(share) = question.share {
            problem = problem.with_share(share).map_err(SitingError::from)?;
        }
        for limit in &question.modes {
            let mode = modes.iter().position(|mode| *mode == limit.mode);
            problem = problem.with_mode_limit(ModeLimit {
                // A mode that no site has is the problem's to refuse.
                mode: mode.unwrap_or(modes.len()) as u16,
                name: limit.mode.name().to_owned(),
                least: limit.least,
                most: limit.most,
            });
        }
        let siting = problem.solve(control, question.time_limit)?;
        if siting.out_of_reach_records > 0 {
            let people = siting.out_of_reach;
            findings.add_many(FindingCode::OutOfReach, siting.out_of_reach_records, || {
                words!("{people} people together", "合计 {people} 人")
            });
        }
        Ok(SitingAnswer {
            problem,
            siting,
            records,
            findings,
        })
    }
}

impl SitingAnswer {
    pub(super) fn report(&self) -> SitingReport<'_> {
        SitingReport {
            siting: &self.siting,
            problem: &self.problem,
            records: &self.records,
        }
    }

    /// The chosen sites in order, with the sums up to each.
    #[must_use]
    pub fn rows(&self) -> Vec<SiteRow<'_>> {
        self.report().rows().collect()
    }

    /// Whether the place of any chosen site is known, so that there is something to draw.
    #[must_use]
    pub fn has_places(&self) -> bool {
        let mut chosen = self.siting.chosen.iter();
        chosen.any(|one| self.records[one.site.index()].place.is_some())
    }

    /// What `summary.json` says under `siting`.
    #[must_use]
    pub fn json(&self) -> Value {
        self.report().json()
    }

    /// `summary.json` of the choice, with what was found.
    pub(super) fn summary(&self, findings: &Findings, options: OptionNames) -> Value {
        json!({
            "schema": SCHEMA,
            "version": env!("CARGO_PKG_VERSION"),
            "siting": self.json(),
            "findings": findings_json(findings, options),
        })
    }
}
