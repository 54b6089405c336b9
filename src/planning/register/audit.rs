//! The columns by which a register is audited: the three haves, floor area, opened and closed.

use std::fmt;

use super::{Date, Proportion, RegisteredStation};
use crate::model::Tier;
use crate::text::language::{InLanguage, Language};

/// What is audited of a station.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub enum AuditItem {
    /// It has the common sign (有标识).
    Sign,
    /// It has rules (有制度).
    Rules,
    /// It has facilities (有设施).
    Facilities,
    /// Its floor area is that of the standard.
    FloorArea,
    /// Its opening is known, and it was not closed before.
    Dates,
}

impl AuditItem {
    /// Every item; the three haves first, in their order.
    pub const ALL: [AuditItem; 5] = [
        AuditItem::Sign,
        AuditItem::Rules,
        AuditItem::Facilities,
        AuditItem::FloorArea,
        AuditItem::Dates,
    ];

    /// In a few words.
    #[must_use]
    pub const fn title(self, language: Language) -> &'static str {
        let (en, zh) = match self {
            AuditItem::Sign => ("common sign", "有标识"),
            AuditItem::Rules => ("rules", "有制度"),
            AuditItem::Facilities => ("facilities", "有设施"),
            AuditItem::FloorArea => ("floor area", "建筑面积"),
            AuditItem::Dates => ("dates", "启用与停用日期"),
        };
        language.pick(en, zh)
    }
}

/// What a station is held to.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct AuditRules {
    /// The least floor area of a station of each tier, in the order of [`Tier::ALL`], inclusive; `None` asks for none.
    pub floor_area_m2: [Option<f64>; 3],
    /// Which of the three haves are asked for: sign, rules, facilities.
    pub haves: [bool; 3],
}

impl Default for AuditRules {
    /// All three haves, and no floor area.
    fn default() -> Self {
        Self {
            floor_area_m2: [None; 3],
            haves: [true; 3],
        }
    }
}

/// Why a station does not comply.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub enum Shortfall {
    /// It has none of it.
    Lacking,
    /// Too small.
    TooSmall {
        /// Its floor area.
        floor_area_m2: f64,
        /// The least.
        least_m2: f64,
    },
    /// Closed on or before its first day.
    ClosedBeforeOpened {
        /// Its first day.
        opened: Date,
        /// The first day without it.
        closed: Date,
    },
    /// The register does not say.
    NotStated,
}

impl fmt::Display for Shortfall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Shortfall::Lacking => f.write_str("lacking"),
            Shortfall::TooSmall {
                floor_area_m2,
                least_m2,
            } => write!(
                f,
                "{floor_area_m2} m², at least {least_m2} m² are asked for"
            ),
            Shortfall::ClosedBeforeOpened { opened, closed } => {
                write!(f, "closed on {closed}, opened on {opened}")
            }
            Shortfall::NotStated => f.write_str("not stated"),
        }
    }
}

impl InLanguage for Shortfall {
    fn zh(&self) -> String {
        match self {
            Shortfall::Lacking => "缺失".to_owned(),
            Shortfall::TooSmall {
                floor_area_m2,
                least_m2,
            } => format!("{floor_area_m2} 平方米，低于标准 {least_m2} 平方米"),
            Shortfall::ClosedBeforeOpened { opened, closed } => {
                format!("停用日期 {closed} 不晚于启用日期 {opened}")
            }
            Shortfall::NotStated => "未填写".to_owned(),
        }
    }
}

/// One item of one station that does not comply.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Failure {
    /// The station.
    pub station: u32,
    /// The item.
    pub item: AuditItem,
    /// Why.
    pub why: Shortfall,
}

/// One item over all stations that are held to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct AuditCount {
    /// The item.
    pub item: AuditItem,
    /// The stations that comply, of those that are held to it and of which the register says.
    pub complies: Proportion,
    /// Those that are held to it and of which the register does not say: neither yes nor no.
    pub not_stated: u64,
}

impl AuditCount {
    /// Whether any station is held to it.
    #[must_use]
    pub(crate) fn is_asked(&self) -> bool {
        self.complies.all + self.not_stated > 0
    }

    /// Whether the register says of any station.
    #[must_use]
    pub(crate) fn is_stated(&self) -> bool {
        self.complies.all > 0
    }
}

/// Which stations comply with the rules.
///
/// ```
/// use pedshed::model::Tier;
/// use pedshed::planning::register::{Audit, AuditItem, AuditRules, RegisteredStation, Shortfall};
/// let mut station = RegisteredStation::new("1", "察院后社区党群服务中心", Tier::Community);
/// station.haves = [Some(true), Some(true), Some(false)];
/// station.floor_area_m2 = Some(820.0);
/// let rules = AuditRules { floor_area_m2: [None, Some(800.0), None], ..AuditRules::default() };
/// let audit = Audit::new(&[station], rules);
/// let failed: Vec<_> = audit.failures().iter().map(|failure| (failure.item, failure.why)).collect();
/// assert_eq!(failed, [(AuditItem::Facilities, Shortfall::Lacking), (AuditItem::Dates, Shortfall::NotStated)]);
/// assert_eq!(audit.compliant(), [Some(false)]);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Audit {
    counts: [AuditCount; 5],
    failures: Vec<Failure>,
    compliant: Vec<Option<bool>>,
}

impl Audit {
    /// Audits every station. What is not stated is neither complied with nor failed, and what the register says of no
    /// station at all, as it has no such column, is asked of none.
    #[must_use]
    pub fn new(stations: &[RegisteredStation], rules: AuditRules) -> Self {
        let mut counts = AuditItem::ALL.map(|item| AuditCount {
            item,
            complies: Proportion::default(),
            not_stated: 0,
        });
        let mut failures = Vec::new();
        let mut fails = vec![false; stations.len()];
        let mut lacks = vec![[false; AuditItem::ALL.len()]; stations.len()];
        for (index, station) in (0u32..).zip(stations) {
            for (item, count) in counts.iter_mut().enumerate() {
                let Some(result) = check(station, count.item, rules) else {
                    continue;
                };
                let is_stated = result != Err(Shortfall::NotStated);
                count.complies.all += u64::from(is_stated);
                count.complies.met += u64::from(result.is_ok());
                if let Err(why) = result {
                    count.not_stated += u64::from(!is_stated);
                    fails[index as usize] |= is_stated;
                    lacks[index as usize][item] = !is_stated;
                    failures.push(Failure {
                        station: index,
                        item: count.item,
                        why,
                    });
                }
            }
        }
        let is_audited = counts.iter().any(AuditCount::is_stated);
        let lacks_any = |lacks: &[bool; AuditItem::ALL.len()]| {
            let mut each = lacks.iter().zip(&counts);
            each.any(|(lacks, count)| *lacks && count.is_stated())
        };
        let verdict = |(fails, lacks): (bool, &[bool; AuditItem::ALL.len()])| {
            if fails {
                Some(false)
            } else {
                (is_audited && !lacks_any(lacks)).then_some(true)
            }
        };
        Self {
            compliant: fails.into_iter().zip(&lacks).map(verdict).collect(),
            counts,
            failures,
        }
    }

    /// How many comply, item by item.
    #[must_use]
    pub fn counts(&self) -> &[AuditCount; 5] {
        &self.counts
    }

    /// What does not comply and why, station by station.
    #[must_use]
    pub fn failures(&self) -> &[Failure] {
        &self.failures
    }

    /// Which stations comply in everything that they are held to, and which fail in something; `None` where the register
    /// says too little of a station to know.
    #[must_use]
    pub fn compliant(&self) -> &[Option<bool>] {
        &self.compliant
    }

    /// The stations that comply in everything, of those of which that is known.
    #[must_use]
    pub fn share(&self) -> Proportion {
        Proportion::new(self.compliant.iter().copied().flatten())
    }

    /// The stations of which the register says too little to know whether they comply.
    #[must_use]
    pub fn not_stated(&self) -> u64 {
        self.compliant
            .iter()
            .filter(|known| known.is_none())
            .count() as u64
    }
}

/// Whether one item complies; `None` where the station is not held to it.
fn check(
    station: &RegisteredStation,
    item: AuditItem,
    rules: AuditRules,
) -> Option<Result<(), Shortfall>> {
    let has = |have: usize| {
        rules.haves[have].then(|| match station.haves[have] {
            Some(true) => Ok(()),
            Some(false) => Err(Shortfall::Lacking),
            None => Err(Shortfall::NotStated),
        })
    };
    Some(match item {
        AuditItem::Sign => has(0)?,
        AuditItem::Rules => has(1)?,
        AuditItem::Facilities => has(2)?,
        AuditItem::FloorArea => {
            let tier = Tier::ALL
                .iter()
                .position(|tier| Some(*tier) == station.tier)?;
            let least_m2 = rules.floor_area_m2[tier]?;
            match station.floor_area_m2.filter(|area| area.is_finite()) {
                Some(area) if area >= least_m2 => Ok(()),
                Some(floor_area_m2) => Err(Shortfall::TooSmall {
                    floor_area_m2,
                    least_m2,
                }),
                None => Err(Shortfall::NotStated),
            }
        }
        AuditItem::Dates => match (station.opened, station.closed) {
            (Some(opened), Some(closed)) if closed <= opened => {
                Err(Shortfall::ClosedBeforeOpened { opened, closed })
            }
            (Some(_), _) => Ok(()),
            (None, _) => Err(Shortfall::NotStated),
        },
    })
}
