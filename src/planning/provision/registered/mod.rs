//! What the register says beside walking: who has a station at all, and what is wrong with the list.

mod problems;
#[cfg(feature = "report")]
mod table;

use self::problems::Listed;
pub use self::problems::{Problem, ProblemKind};
use crate::id::StationId;
use crate::model::Tier;
use crate::planning::register::{
    Audit, AuditCount, AuditRules, Community, Date, Proportion, Register, RegisteredStation, Sites,
    Street,
};
use crate::units::{Cost, People};

/// The register against the list of communities, with all that somebody has to work through.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct RegisterReport {
    /// The communities of the list.
    pub communities: Vec<Community>,
    /// Their streets.
    pub streets: Vec<Street>,
    /// By tier that has a station.
    pub tiers: Vec<RegisteredTier>,
    /// What is wrong, in the order of [`ProblemKind`], then of the records.
    pub problems: Vec<Problem>,
    /// What stations are held to, item by item.
    pub audit: Vec<AuditCount>,
    /// The stations that comply in everything, of those of which that is known.
    pub compliant: Proportion,
    /// The stations of which the register says too little to know.
    pub compliance_not_stated: u64,
    /// How many places there are: several stations may stand at one.
    pub places: usize,
    /// The walk from each station to the one above it, where a link leads up.
    pub steps_up: Vec<StepUp>,
    /// What was there at the end of every year, tier by tier.
    pub years: Vec<YearOfTier>,
}

/// One tier of the register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct RegisteredTier {
    /// The tier.
    pub tier: Tier,
    /// Its stations.
    pub stations: u64,
    /// 建有率: the communities (streets, of [`Tier::Street`]) that have one, of all.
    pub built: Proportion,
}

/// The walk from a station to the one above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct StepUp {
    /// The station.
    pub station: StationId,
    /// The one above it.
    pub parent: StationId,
    /// Milliseconds of walking; none where it is farther than was looked, or there is no way.
    pub cost: Option<Cost>,
}

/// A tier at the end of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct YearOfTier {
    /// The tier.
    pub tier: Tier,
    /// The last day of the year, or the day that was asked for.
    pub day: Date,
    /// Its stations on that day.
    pub stations: u64,
    /// The communities or streets that have one.
    pub built: Proportion,
    /// The people within its circle, where it has one.
    pub within: Option<People>,
}

impl RegisterReport {
    /// Holds stations against communities: `register` has matched the one with the others. Years and walks upwards are added by who can walk.
    #[must_use]
    pub fn new(
        register: &Register<'_>,
        communities: Vec<Community>,
        stations: &[RegisteredStation],
        rules: AuditRules,
        as_of: Option<Date>,
    ) -> Self {
        let tiers = tiers(register, stations, as_of);
        let sites = Sites::new(register);
        let audit = Audit::new(stations, rules);
        let list = Listed {
            register,
            communities: &communities,
            stations,
            tiers: &tiers.iter().map(|tier| tier.tier).collect::<Vec<_>>(),
        };
        let problems = list.problems(&sites, &audit, as_of);
        Self {
            streets: register.streets().to_vec(),
            years: as_of.map_or_else(Vec::new, |day| years(register, &tiers, day)),
            tiers,
            problems,
            audit: audit.counts().to_vec(),
            compliant: audit.share(),
            compliance_not_stated: audit.not_stated(),
            places: sites.places(),
            steps_up: Vec::new(),
            communities,
        }
    }
}

/// The tiers that have a station.
fn tiers(
    register: &Register<'_>,
    stations: &[RegisteredStation],
    as_of: Option<Date>,
) -> Vec<RegisteredTier> {
    let of_tier = |tier: Tier| {
        let there = stations.iter().filter(|station| station.tier == Some(tier));
        there.clone().next()?;
        let counted = there.filter(|station| station.counts(as_of));
        Some(RegisteredTier {
            tier,
            stations: counted.count() as u64,
            built: register.built(tier, as_of),
        })
    };
    Tier::ALL.into_iter().filter_map(of_tier).collect()
}

/// What there was at the end of every year up to a day.
fn years(register: &Register<'_>, tiers: &[RegisteredTier], day: Date) -> Vec<YearOfTier> {
    let of_tier = |tier: &RegisteredTier| {
        let tier = tier.tier;
        let ends = register.by_year(tier, day).into_iter();
        ends.map(move |end| YearOfTier {
            tier,
            day: end.day,
            stations: end.open,
            built: end.built,
            within: None,
        })
    };
    tiers.iter().flat_map(of_tier).collect()
}
