//! What is wrong in a register, all that somebody has to work through.

use crate::model::Tier;
use crate::planning::register::{
    Audit, Community, Date, Matched, ParentLinks, Presence, Register, RegisteredStation, Shortfall,
    Sites,
};
use crate::text::language::{InLanguage, Language, Words, words};

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

/// The register and what it is held against.
pub(super) struct Listed<'a> {
    pub(super) register: &'a Register<'a>,
    pub(super) communities: &'a [Community],
    pub(super) stations: &'a [RegisteredStation],
    /// The tiers that have a station.
    pub(super) tiers: &'a [Tier],
}

impl Listed<'_> {
    /// All that is wrong, in the order of [`ProblemKind`], then of the records.
    pub(super) fn problems(
        &self,
        sites: &Sites,
        audit: &Audit,
        as_of: Option<Date>,
    ) -> Vec<Problem> {
        let tiers = self.tiers.iter();
        let mut problems: Vec<Problem> =
            tiers.flat_map(|tier| self.presence(*tier, as_of)).collect();
        problems.extend(self.unsure());
        problems.extend(self.wrong_places());
        problems.extend(same_sites(sites, self.stations));
        problems.extend(broken_links(self.stations));
        problems.extend(shortfalls(audit, self.stations));
        problems.extend(unknown_tiers(self.stations));
        problems.sort_by_key(|problem| problem.kind);
        problems
    }
}

impl<'a> Listed<'a> {
    /// The name of a community, or of a street.
    fn unit_name(&self, tier: Option<Tier>, unit: u32) -> &'a str {
        match tier {
            Some(Tier::Street) => &self.register.streets()[unit as usize].name,
            _ => &self.communities[unit as usize].name,
        }
    }

    /// The communities, or streets, that have no station of a tier, or several.
    fn presence(&self, tier: Tier, as_of: Option<Date>) -> Vec<Problem> {
        let has = self.register.has(tier, as_of).into_iter().zip(0u32..);
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
                        .map(|at| self.stations[*at as usize].name.as_str());
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
                name: self.unit_name(Some(tier), unit).to_owned(),
                what,
            })
        });
        of_unit.collect()
    }

    /// The stations whose community is not sure.
    fn unsure(&self) -> Vec<Problem> {
        let each = self.stations.iter().zip(self.register.matches());
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
                    let name = self.unit_name(station.tier, candidate.unit);
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
        problems.extend(
            self.register
                .disagreements()
                .iter()
                .map(|(station, other)| {
                    let station = &self.stations[*station as usize];
                    let other = self.unit_name(station.tier, *other);
                    let what = words!(
                        "its code is another community's than its name: {other}",
                        "代码与名称不一致，名称指向：{other}"
                    );
                    problem(ProblemKind::ToReview, station, what)
                }),
        );
        problems
    }

    /// The stations that stand in another community than their own.
    fn wrong_places(&self) -> Vec<Problem> {
        let wrong = self.register.wrong_communities();
        wrong
            .into_iter()
            .map(|wrong| {
                let station = &self.stations[wrong.station as usize];
                let name = |unit| self.unit_name(station.tier, unit);
                let (registered, ground) = (name(wrong.registered), name(wrong.stands_in));
                let what = words!(
                    "is registered under {registered} and stands in {ground}",
                    "登记在 {registered}，实际位于 {ground}"
                );
                problem(ProblemKind::WrongCommunity, station, what)
            })
            .collect()
    }
}

/// The stations that are one site with another.
fn same_sites<'a>(
    sites: &'a Sites,
    stations: &'a [RegisteredStation],
) -> impl Iterator<Item = Problem> + 'a {
    sites.pairs().iter().map(|pair| {
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
    })
}

/// The stations whose link upwards leads nowhere.
fn broken_links(stations: &[RegisteredStation]) -> Vec<Problem> {
    let links = ParentLinks::new(stations);
    let broken = links.faults().iter().map(|(station, fault)| {
        let zh = fault.zh();
        let what = words!("{fault}", "{zh}");
        problem(ProblemKind::Link, &stations[*station as usize], what)
    });
    broken.collect()
}

/// The stations that do not comply. What the register does not say at all is counted, not listed for each station.
fn shortfalls<'a>(
    audit: &'a Audit,
    stations: &'a [RegisteredStation],
) -> impl Iterator<Item = Problem> + 'a {
    let failures = audit.failures().iter();
    let stated = failures.filter(|failure| failure.why != Shortfall::NotStated);
    stated.map(|failure| {
        let [title, title_zh] = Language::ALL.map(|language| failure.item.title(language));
        let why = failure.why;
        let why_zh = why.zh();
        let what = words!("{title}: {why}", "{title_zh}：{why_zh}");
        problem(
            ProblemKind::Audit,
            &stations[failure.station as usize],
            what,
        )
    })
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

fn problem(kind: ProblemKind, station: &RegisteredStation, what: Words) -> Problem {
    Problem {
        kind,
        tier: station.tier,
        station: Some(station.id.clone()),
        name: station.name.clone(),
        what,
    }
}
