//! What the register says beside walking: who has a station at all, and what is wrong with the list.

use crate::id::StationId;
use crate::model::Tier;
use crate::planning::register::{
    Audit, AuditCount, AuditRules, Community, Date, Matched, ParentLinks, Presence, Proportion,
    Register, RegisteredStation, Shortfall, Sites, Street,
};
use crate::text::language::{InLanguage, Words, words};
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

/// What can be wrong in a register.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
pub enum ProblemKind {
    /// A community, or street, without a station.
    Missing,
    /// A community, or street, with several centres.
    Duplicate,
    /// A station whose community is not sure: names that are nearly the same.
    ToReview,
    /// A station that is of no community.
    Unmatched,
    /// A station that stands in another community than it is registered under.
    WrongCommunity,
    /// Stations that are one site.
    SameSite,
    /// A station whose link upwards leads nowhere.
    Link,
    /// A station that does not comply.
    Audit,
    /// A station of whose tier the register does not say, or not so that it is understood.
    Tier,
}

impl ProblemKind {
    /// Its name in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            ProblemKind::Missing => "missing",
            ProblemKind::Duplicate => "duplicate",
            ProblemKind::ToReview => "to_review",
            ProblemKind::Unmatched => "unmatched",
            ProblemKind::WrongCommunity => "wrong_community",
            ProblemKind::SameSite => "same_site",
            ProblemKind::Link => "link",
            ProblemKind::Audit => "audit",
            ProblemKind::Tier => "tier",
        }
    }
}

/// One thing to be worked through.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Problem {
    /// What it is.
    pub kind: ProblemKind,
    /// The tier that it is about; `None` where that is not known.
    pub tier: Option<Tier>,
    /// The id of the station, where it is one's.
    pub station: Option<String>,
    /// The name of the community or street, or of the station.
    pub name: String,
    /// What is wrong.
    pub what: Words,
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
        let mut problems = Vec::new();
        let mut tiers = Vec::new();
        for tier in Tier::ALL {
            let of_tier = || {
                stations
                    .iter()
                    .filter(move |station| station.tier == Some(tier))
            };
            if of_tier().next().is_none() {
                continue;
            }
            tiers.push(RegisteredTier {
                tier,
                stations: of_tier().filter(|station| station.counts(as_of)).count() as u64,
                built: register.built(tier, as_of),
            });
            problems.extend(presence(register, &communities, (stations, tier), as_of));
        }
        problems.extend(unsure(register, &communities, stations));
        problems.extend(wrong_places(register, &communities, stations));
        let sites = Sites::new(register);
        problems.extend(sites.pairs().iter().map(|pair| {
            let (first, second) = (
                &stations[pair.first as usize],
                &stations[pair.second as usize],
            );
            let because = pair.because();
            let (other, because_zh) = (&first.name, because.zh());
            let what = words!(
                "one site with {other}: {because}",
                "与“{other}”为同一场所：{because_zh}"
            );
            problem(ProblemKind::SameSite, second, what)
        }));
        let links = ParentLinks::new(stations);
        problems.extend(links.faults().iter().map(|(station, fault)| {
            let zh = fault.zh();
            let what = words!("{fault}", "{zh}");
            problem(ProblemKind::Link, &stations[*station as usize], what)
        }));
        let audit = Audit::new(stations, rules);
        problems.extend(audit.failures().iter().filter_map(|failure| {
            // What the register does not say at all is counted, not listed for each station.
            if failure.why == Shortfall::NotStated {
                return None;
            }
            let [title, title_zh] =
                crate::text::language::Language::ALL.map(|l| failure.item.title(l));
            let why = failure.why;
            let why_zh = why.zh();
            let what = words!("{title}: {why}", "{title_zh}：{why_zh}");
            Some(problem(
                ProblemKind::Audit,
                &stations[failure.station as usize],
                what,
            ))
        }));
        problems.extend(unknown_tiers(stations));
        problems.sort_by_key(|problem| problem.kind);
        let years = as_of.map_or_else(Vec::new, |day| {
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
        });
        Self {
            streets: register.streets().to_vec(),
            tiers,
            problems,
            audit: audit.counts().to_vec(),
            compliant: audit.share(),
            compliance_not_stated: audit.not_stated(),
            places: sites.places(),
            steps_up: Vec::new(),
            years,
            communities,
        }
    }
}

fn problem(kind: ProblemKind, station: &RegisteredStation, what: Words) -> Problem {
    Problem {
        kind,
        tier: station.tier,
        station: Some(station.id.clone()),
        name: station.name.clone(),
        what,
    }
}

/// The name of a community, or of a street.
fn unit_name<'a>(
    register: &'a Register<'_>,
    communities: &'a [Community],
    tier: Option<Tier>,
    unit: u32,
) -> &'a str {
    match tier {
        Some(Tier::Street) => &register.streets()[unit as usize].name,
        _ => &communities[unit as usize].name,
    }
}

/// The stations that are in no tier's count, as the register does not say theirs.
fn unknown_tiers(stations: &[RegisteredStation]) -> impl Iterator<Item = Problem> {
    let unknown = stations.iter().filter(|station| station.tier.is_none());
    unknown.map(|station| {
        let what = match &station.unread_tier {
            Some(cell) => words!(
                "its tier \"{cell}\" is not understood; it is counted in no tier",
                "层级“{cell}”无法识别，未计入任何层级"
            ),
            None => Words::new(
                "its tier is not stated; it is counted in no tier",
                "未填写层级，未计入任何层级",
            ),
        };
        problem(ProblemKind::Tier, station, what)
    })
}

fn presence(
    register: &Register<'_>,
    communities: &[Community],
    (stations, tier): (&[RegisteredStation], Tier),
    as_of: Option<Date>,
) -> Vec<Problem> {
    let has = register.has(tier, as_of).into_iter().zip(0u32..);
    let of_unit = has.filter_map(|(has, unit)| {
        let (kind, what) = match has.presence(tier) {
            Presence::Missing => (
                ProblemKind::Missing,
                Words::new("has no station of this tier", "缺少该层级站点"),
            ),
            Presence::Duplicate => {
                let names = has
                    .stations
                    .iter()
                    .map(|at| stations[*at as usize].name.as_str());
                let names = names.collect::<Vec<_>>();
                let (en, zh) = (names.join("; "), names.join("；"));
                (
                    ProblemKind::Duplicate,
                    words!("has several: {en}", "重复设置：{zh}"),
                )
            }
            Presence::ToReview => (
                ProblemKind::Missing,
                Words::new(
                    "has none for sure; stations with nearly its name are to be reviewed",
                    "没有可确认的站点，名称相近者待核对",
                ),
            ),
            Presence::Present => return None,
        };
        Some(Problem {
            kind,
            tier: Some(tier),
            station: None,
            name: unit_name(register, communities, Some(tier), unit).to_owned(),
            what,
        })
    });
    of_unit.collect()
}

fn unsure(
    register: &Register<'_>,
    communities: &[Community],
    stations: &[RegisteredStation],
) -> Vec<Problem> {
    let each = stations.iter().zip(register.matches());
    let unsure = each.filter_map(|(station, matched)| match matched {
        Matched::Code(_) | Matched::Name(_) => None,
        // That of the whole district.
        Matched::None if station.tier == Some(Tier::District) => None,
        Matched::None => {
            let what = Words::new("is of no community of the list", "不属于名单中任何社区");
            Some(problem(ProblemKind::Unmatched, station, what))
        }
        Matched::ToReview(candidates) => {
            let names = candidates.iter().map(|candidate| {
                let name = unit_name(register, communities, station.tier, candidate.unit);
                let (whole, tenths) = (candidate.per_mille / 10, candidate.per_mille % 10);
                let en = format!("{name} ({whole}.{tenths} %)");
                (en, format!("{name}（{whole}.{tenths}%）"))
            });
            let (en, zh): (Vec<String>, Vec<String>) = names.unzip();
            let (en, zh) = (en.join("; "), zh.join("；"));
            let what = words!("may be of {en}", "可能属于{zh}");
            Some(problem(ProblemKind::ToReview, station, what))
        }
    });
    let mut problems: Vec<Problem> = unsure.collect();
    problems.extend(register.disagreements().iter().map(|(station, other)| {
        let station = &stations[*station as usize];
        let other = unit_name(register, communities, station.tier, *other);
        let what = words!(
            "its code is another community's than its name: {other}",
            "代码与名称不一致，名称指向：{other}"
        );
        problem(ProblemKind::ToReview, station, what)
    }));
    problems
}

fn wrong_places(
    register: &Register<'_>,
    communities: &[Community],
    stations: &[RegisteredStation],
) -> Vec<Problem> {
    let wrong = register.wrong_communities();
    wrong
        .into_iter()
        .map(|wrong| {
            let station = &stations[wrong.station as usize];
            let name = |unit| unit_name(register, communities, station.tier, unit);
            let (registered, ground) = (name(wrong.registered), name(wrong.stands_in));
            let what = words!(
                "is registered under {registered} and stands in {ground}",
                "登记在 {registered}，实际位于 {ground}"
            );
            problem(ProblemKind::WrongCommunity, station, what)
        })
        .collect()
}
