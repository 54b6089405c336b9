//! A siting problem that was made of a city, its answer, and its files.

use serde_json::{Value, json};

use super::homes::Homes;
use super::question::{Mode, SitingQuestion};
use super::sites::Sites;
use super::tiers::{TierCircle, TierRow, tier_rows, walks_by_tier};
use crate::control::Control;
use crate::error::Error;
use crate::model::{FindingCode, Findings};
use crate::report::{CommunityRow, SiteRecord, SiteRow, SitingReport, findings_json};
use crate::scenario::Edit;
use crate::siting::{Communities, Goal, ModeLimit, Problem, Reach, Site, Siting, SitingError};
use crate::study::scenario::ScenariosAnswer;
use crate::text::OptionNames;
use crate::text::language::{Language, Words, words};
use crate::units::People;

/// The chosen sites.
pub const SITES_TABLE: &str = "sites.csv";
/// What the first one, two, three sites bring.
pub const SITE_CURVE: &str = "site_curve.csv";
/// What each community has before and after.
pub const SITE_COMMUNITIES: &str = "site_communities.csv";
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
    /// What each community has before and after, where communities are known and a cutoff counts.
    pub communities: Vec<CommunityRow>,
    /// What each tier has before and after, where tiers are asked for and sites take as many as come.
    pub tiers: Vec<TierRow>,
    /// The city with the chosen sites built, beside the city as it is; `None` where the walks are those of a table.
    pub built: Option<ScenariosAnswer>,
    /// The people who are covered once all that was chosen is built, counted on the streets; `None` where the walks are those of a
    /// table, or the question is another than who is within the cutoff of any station.
    pub recounted: Option<People>,
    /// What was found about candidates and walks.
    pub findings: Findings,
    /// By site of the problem, what building it changes.
    pub(super) edits: Vec<Vec<Edit>>,
}

/// What a problem is made of.
pub(super) struct Parts<'a> {
    pub(super) sites: Sites,
    pub(super) people: Vec<People>,
    /// What the people count in the objective, where that is not one each.
    pub(super) weights: Option<Vec<People>>,
    pub(super) homes: Option<Homes<'a>>,
    pub(super) findings: Findings,
}

impl Parts<'_> {
    /// With everybody once for each tier, where tiers are asked for.
    fn by_tier(mut self, asked: &[TierCircle]) -> Self {
        if asked.is_empty() {
            return self;
        }
        let residents = self.people.len();
        for (walks, tiers) in self.sites.walks.iter_mut().zip(&self.sites.tiers) {
            *walks = walks_by_tier(walks, tiers, asked, residents);
        }
        let tiers = asked.len();
        Self {
            people: self.people.repeat(tiers),
            weights: self.weights.map(|weights| weights.repeat(tiers)),
            homes: self.homes.map(|homes| homes.repeated(residents, tiers)),
            ..self
        }
    }

    /// Solves the problem that is asked.
    pub(super) fn answer(
        self,
        question: &SitingQuestion,
        control: Control<'_>,
    ) -> Result<SitingAnswer, Error> {
        let asked = question.tiers.as_slice();
        let Self {
            sites:
                Sites {
                    list: sites,
                    records,
                    edits,
                    walks,
                    has_costs,
                    modes,
                    ..
                },
            people,
            weights,
            homes,
            mut findings,
        } = self.by_tier(asked);
        check_sites(question, &sites, has_costs, &findings)?;
        let homes = homes
            .map(|homes| homes.communities(people.len()))
            .transpose()?;
        if question.needs_communities() {
            let homes = homes.as_ref().ok_or(SitingError::NoCommunities)?;
            tell_homeless(homes, &people, &mut findings);
        }
        let reach = Reach::from_rows(people.len(), walks)?;
        let problem = question.problem(reach, people, sites, &modes)?;
        let problem = question.with_wishes(problem, weights, homes.as_ref())?;
        let siting = problem.solve(control, question.time_limit)?;
        tell_beyond_help(&siting, &mut findings);
        // Which of the people near a full site are served is nobody's to say.
        let is_told = question.goal.has_cutoff() && !problem.has_capacities();
        let communities = homes.filter(|_| is_told);
        Ok(SitingAnswer {
            communities: communities.map_or_else(Vec::new, |communities| {
                community_rows(&communities, &problem, &siting)
            }),
            tiers: if problem.has_capacities() {
                Vec::new()
            } else {
                tier_rows(asked, &problem, &siting)
            },
            problem,
            siting,
            records,
            edits,
            built: None,
            recounted: None,
            findings,
        })
    }
}

/// Counts the residents and communities that no choice helps, or not enough.
fn tell_beyond_help(siting: &Siting, findings: &mut Findings) {
    if siting.out_of_reach_records > 0 {
        let people = siting.out_of_reach;
        findings.add_many(FindingCode::OutOfReach, siting.out_of_reach_records, || {
            words!("{people} people together", "合计 {people} 人")
        });
    }
    if let Some(floor) = siting.floor.filter(|floor| floor.capped > 0) {
        let share = floor.share * 100.0;
        let capped = floor.capped as u64;
        findings.add_many(FindingCode::CommunityBelowFloor, capped, || {
            words!("a floor of {share:.1} %", "保底 {share:.1} %")
        });
    }
}

impl SitingQuestion {
    /// The problem, without weights, communities and a look at capacities.
    fn problem(
        &self,
        reach: Reach,
        people: Vec<People>,
        sites: Vec<Site>,
        modes: &[Mode],
    ) -> Result<Problem, SitingError> {
        let cutoff = self.cutoff.cost();
        let mut problem = match self.goal {
            Goal::SetCover => Problem::set_cover(reach, people, sites, cutoff),
            Goal::MaxCoverage => Problem::max_coverage(reach, people, sites, cutoff),
            Goal::PMedian => Problem::p_median(reach, people, sites),
            Goal::PCenter => Problem::p_center(reach, people, sites),
        }?;
        if let Some(count) = self.max_sites {
            problem = problem.with_max_sites(count);
        }
        if let Some(budget) = self.budget {
            problem = problem.with_budget(budget);
        }
        if let Some(share) = self.share {
            problem = problem.with_share(share)?;
        }
        problem = problem
            .with_times_covered(self.times)
            .with_years(self.years.clone());
        for limit in &self.modes {
            let mode = modes.iter().position(|mode| *mode == limit.mode);
            problem = problem.with_mode_limit(ModeLimit {
                // A mode that no site has is the problem's to refuse.
                mode: mode.unwrap_or(modes.len()) as u16,
                name: limit.mode.name().to_owned(),
                least: limit.least,
                most: limit.most,
            });
        }
        Ok(problem)
    }
}

impl SitingQuestion {
    /// The problem with its weights, floors and capacities.
    fn with_wishes(
        &self,
        mut problem: Problem,
        weights: Option<Vec<People>>,
        homes: Option<&Communities>,
    ) -> Result<Problem, SitingError> {
        if let Some(weights) = weights {
            problem = problem.with_weights(weights)?;
        }
        if self.has_capacities && !problem.has_capacities() {
            return Err(SitingError::NoCapacities);
        }
        match (homes, self.fairness) {
            (Some(homes), Some(fairness)) => problem.with_fairness(homes.clone(), fairness),
            _ => Ok(problem),
        }
    }
}

/// Counts the residents whose community is not known.
fn tell_homeless(homes: &Communities, people: &[People], findings: &mut Findings) {
    let homeless = (0..people.len()).filter(|&one| homes.of(one).is_none());
    let homeless: Vec<People> = homeless
        .map(|one| people[one])
        .filter(|one| *one > People::ZERO)
        .collect();
    if !homeless.is_empty() {
        let together: People = homeless.iter().copied().sum();
        findings.add_many(
            FindingCode::ResidentWithoutCommunity,
            homeless.len() as u64,
            || words!("{together} people together", "合计 {together} 人"),
        );
    }
}

/// What each community with people has before and after.
fn community_rows(
    communities: &Communities,
    problem: &Problem,
    siting: &Siting,
) -> Vec<CommunityRow> {
    let row = |name: &String| CommunityRow::new(name.clone());
    let mut rows: Vec<CommunityRow> = communities.names().iter().map(row).collect();
    let before = problem.covered_by(problem.standing());
    let chosen = siting.chosen.iter().map(|one| one.site);
    let after = problem.covered_by(problem.standing().chain(chosen));
    for (resident, &people) in problem.people().iter().enumerate() {
        if let Some(community) = communities.of(resident) {
            let row = &mut rows[community];
            row.people += people;
            row.before += if before[resident] {
                people
            } else {
                People::ZERO
            };
            row.after += if after[resident] {
                people
            } else {
                People::ZERO
            };
        }
    }
    rows.retain(|row| row.people > People::ZERO);
    rows
}

impl SitingAnswer {
    pub(super) fn report(&self) -> SitingReport<'_> {
        SitingReport {
            siting: &self.siting,
            problem: &self.problem,
            records: &self.records,
            communities: &self.communities,
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
        let mut said = self.report().json();
        said["recounted"] = json!(self.recounted.map(People::as_f64));
        let row = |row: &TierRow| {
            json!({
                "tier": row.tier.tier.name(),
                "circle": row.tier.circle.label(),
                "people": row.people.as_f64(),
                "covered_before": row.before.as_f64(),
                "covered_after": row.after.as_f64(),
            })
        };
        said["tiers"] = json!(self.tiers.iter().map(row).collect::<Vec<_>>());
        said
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

/// Refuses a question that cannot be asked of these sites.
fn check_sites(
    question: &SitingQuestion,
    sites: &[Site],
    has_costs: bool,
    findings: &Findings,
) -> Result<(), SitingError> {
    if let Some(error) = none_left(sites, findings) {
        return Err(error);
    }
    let has_budget = question.budget.is_some() || !question.years.is_empty();
    if has_budget && !has_costs {
        return Err(SitingError::NoCosts);
    }
    Ok(())
}

/// Why there is nothing to choose from, where candidates were given and each has something against it.
fn none_left(sites: &[Site], findings: &Findings) -> Option<SitingError> {
    let against = |code| {
        matches!(
            code,
            FindingCode::CandidateOffNetwork
                | FindingCode::CandidateWithoutCost
                | FindingCode::MeasureTakesAway
        )
    };
    let is_left = sites.iter().any(|site| !site.stands);
    let found = findings.worst_first();
    let found: Vec<_> = found.iter().filter(|one| against(one.code)).collect();
    if is_left || found.is_empty() {
        return None;
    }
    let said = |language: Language| {
        let each = found.iter().map(|one| {
            let (count, title) = (one.count, one.code.title(language));
            format!("{count} {title} ({})", one.example.get(language))
        });
        each.collect::<Vec<_>>().join("; ")
    };
    Some(SitingError::NoneLeft {
        given: found.iter().map(|one| one.count as usize).sum(),
        why: Words::new(said(Language::En), said(Language::Zh)),
    })
}
