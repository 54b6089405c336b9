//! The indicator table: what share of the people, buildings, residential land or area is within each clause of a standard.
//!
//! Everything here counts in integers and knows nothing of how distances were found: it is given weights, and for each
//! unit whether it is within. A unit is what a denominator counts: a resident record, a building, a piece of land.
//!
//! ```
//! use pedshed::planning::indicators::{Denominator, Indicator, Reach, Units, Verdict, Within};
//! use pedshed::planning::standards::Standard;
//!
//! let standard = Standard::named("shanghai-2016").expect("it ships");
//! // Three homes of 2.5, 4 and 1 people, of whom the first two are within 15 minutes.
//! let people = Units { denominator: Denominator::People, weights: &[2500, 4000, 1000] };
//! let within = Within { minutes: Some(&[true, true, false]), ..Within::default() };
//! let clause = &standard.clauses[0];
//! let rows = Indicator::from_clause(&standard, clause, people, Reach::Within(within));
//!
//! // 6.5 of 7.5 people are 86.666… %, and the target of 2025 is 85 %.
//! let row = &rows[0];
//! assert_eq!(row.share().expect("it is counted").percent().to_string(), "86.67");
//! assert_eq!((row.decides(), row.verdict), (true, Verdict::Pass));
//! ```
//!
//! # Source
//! Population coverage 人口覆盖率, building coverage 建筑覆盖率 and residential-land coverage 居住用地覆盖率 are what is within over
//! all; 建有率 is the communities that have a facility over all, 完整社区覆盖率 those that meet the whole standard over all.

mod buildings;
mod share;

pub use buildings::Buildings;
pub use share::{Percent, Share};

use crate::planning::standards::{By, Clause, Measure, Standard};
use crate::text::language::Language;
use crate::units::{Cutoff, People};

/// What an indicator counts (统计口径). It is a choice, and is always said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum Denominator {
    /// People; a weight is in thousandths of a person, as in [`People`].
    People,
    /// Buildings; a weight is usually 1.
    Buildings,
    /// Residential land; a weight is in square metres.
    ResidentialLand,
    /// Ground of any use; a weight is in square metres.
    Area,
}

/// The units that a denominator counts, and what each weighs.
#[derive(Clone, Copy, Debug)]
pub struct Units<'a> {
    /// What is counted.
    pub denominator: Denominator,
    /// What each unit weighs, in the denominator's integers; none where the study has nothing of the kind.
    pub weights: &'a [u64],
}

/// Which units are within the limits of one clause, in the order of the weights. What was not looked at is `None`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Within<'a> {
    /// Within the clause's metres as the crow flies.
    pub straight: Option<&'a [bool]>,
    /// Within the clause's metres of walking.
    pub metres: Option<&'a [bool]>,
    /// Within the clause's minutes of walking.
    pub minutes: Option<&'a [bool]>,
}

/// What is known about one clause.
#[derive(Clone, Copy, Debug)]
pub enum Reach<'a> {
    /// The study has no station that the clause is about.
    NoStations,
    /// There are such stations, and these units are within.
    Within(Within<'a>),
}

/// One row of the indicator table.
#[derive(Clone, Copy, Debug)]
pub struct Indicator<'a> {
    /// The standard.
    pub standard: &'a Standard,
    /// Its clause, with meaning, target, source, and whether it is checked.
    pub clause: &'a Clause,
    /// What is counted.
    pub denominator: Denominator,
    /// How this row measures.
    pub measure: Measure,
    /// In which unit.
    pub by: By,
    /// The clause's limit in this unit.
    pub limit: Cutoff,
    /// The weight of what is within; none where that is not known.
    pub within: Option<u64>,
    /// The weight of all.
    pub all: u64,
    /// What comes of it.
    pub verdict: Verdict,
}

/// What comes of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// The row decides, and the target is reached.
    Pass,
    /// The row decides, and the target is missed.
    Fail,
    /// The row decides, and the clause sets no target.
    NoTarget,
    /// Another row of the clause decides; this one stands beside it.
    Beside,
    /// There is nothing to judge by.
    NoData(Lack),
}

/// What is lacking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lack {
    /// No station is of the facility and tier of the clause.
    Stations,
    /// Nothing is counted: no such units were given, or they weigh nothing.
    Units,
    /// It was not looked at which units are within.
    Measurement,
}

impl Denominator {
    /// Every denominator.
    pub const ALL: [Denominator; 4] = [
        Denominator::People,
        Denominator::Buildings,
        Denominator::ResidentialLand,
        Denominator::Area,
    ];

    /// Its name in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Denominator::People => "people",
            Denominator::Buildings => "buildings",
            Denominator::ResidentialLand => "residential_land",
            Denominator::Area => "area",
        }
    }

    /// Its name for people.
    #[must_use]
    pub(crate) const fn word(self, language: Language) -> &'static str {
        match self {
            Denominator::People => language.pick("people", "人口"),
            Denominator::Buildings => language.pick("buildings", "建筑"),
            Denominator::ResidentialLand => language.pick("residential land", "居住用地"),
            Denominator::Area => language.pick("area", "面积"),
        }
    }

    /// A weight as files give it: people with their fraction, buildings, square metres.
    #[must_use]
    pub(crate) fn amount(self, weight: u64) -> String {
        match self {
            Denominator::People => People::from_thousandths(weight).to_string(),
            _ => weight.to_string(),
        }
    }
}

/// The rows that a clause can have, in the order of the table.
const ROWS: [(Measure, By); 3] = [
    (Measure::Straight, By::Metres),
    (Measure::Network, By::Metres),
    (Measure::Network, By::Minutes),
];

impl<'a> Indicator<'a> {
    /// The rows of a clause for one denominator: straight metres, metres of walking, minutes of walking, as far as the
    /// clause has such a limit. One of them decides. There is a row also where nothing is known, and it says why.
    ///
    /// The verdict is that of the exact numbers: a share of 84.996 % misses a target of 85 %, though it is shown as 85.00.
    ///
    /// # Panics
    /// When there are more or fewer units than weights.
    #[must_use]
    pub fn from_clause(
        standard: &'a Standard,
        clause: &'a Clause,
        units: Units<'_>,
        reach: Reach<'_>,
    ) -> Vec<Self> {
        let rows = ROWS.into_iter().filter_map(|(measure, by)| {
            let limit = clause.limit(by)?;
            let within = match reach {
                Reach::NoStations => Err(Lack::Stations),
                Reach::Within(within) => within.of(measure, by).ok_or(Lack::Measurement),
            };
            let share = within.map(|within| Share::new(units.weights, within));
            let decides = clause.measure == measure && clause.decides == by;
            Some(Self {
                standard,
                clause,
                denominator: units.denominator,
                measure,
                by,
                limit,
                within: share.ok().map(|share| share.within),
                all: share::sum(units.weights),
                verdict: verdict(clause, share, decides),
            })
        });
        rows.collect()
    }

    /// Whether this is the row by which the clause is judged.
    #[must_use]
    pub fn decides(&self) -> bool {
        self.clause.measure == self.measure && self.clause.decides == self.by
    }

    /// What is within, where that is known, of all.
    #[must_use]
    pub fn share(&self) -> Option<Share> {
        let share = Share {
            within: self.within?,
            all: self.all,
        };
        (self.all > 0).then_some(share)
    }
}

impl<'a> Within<'a> {
    fn of(self, measure: Measure, by: By) -> Option<&'a [bool]> {
        match (measure, by) {
            (Measure::Straight, By::Metres) => self.straight,
            (Measure::Network, By::Metres) => self.metres,
            (Measure::Network, By::Minutes) => self.minutes,
            (Measure::Straight, By::Minutes) => None,
        }
    }
}

fn verdict(clause: &Clause, share: Result<Share, Lack>, decides: bool) -> Verdict {
    match (share, clause.target) {
        (Err(lack), _) => Verdict::NoData(lack),
        (Ok(Share { all: 0, .. }), _) => Verdict::NoData(Lack::Units),
        _ if !decides => Verdict::Beside,
        (Ok(_), None) => Verdict::NoTarget,
        (Ok(share), Some(target)) if share.reaches(target) => Verdict::Pass,
        (Ok(_), Some(_)) => Verdict::Fail,
    }
}

impl Verdict {
    /// Its name in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Verdict::Pass => "pass",
            Verdict::Fail => "fail",
            Verdict::NoTarget => "no_target",
            Verdict::Beside => "beside",
            Verdict::NoData(Lack::Stations) => "no_stations",
            Verdict::NoData(Lack::Units) => "nothing_counted",
            Verdict::NoData(Lack::Measurement) => "not_measured",
        }
    }

    /// Its name for people.
    #[must_use]
    pub(crate) const fn word(self, language: Language) -> &'static str {
        match self {
            Verdict::Pass => language.pick("pass", "达标"),
            Verdict::Fail => language.pick("fail", "未达标"),
            Verdict::NoTarget => language.pick("no target", "无目标值"),
            Verdict::Beside => language.pick("beside", "并列"),
            Verdict::NoData(Lack::Stations) => language.pick("no stations", "无站点数据"),
            Verdict::NoData(Lack::Units) => language.pick("nothing counted", "无统计对象"),
            Verdict::NoData(Lack::Measurement) => language.pick("not measured", "未量算"),
        }
    }
}

#[cfg(test)]
#[path = "indicators_tests.rs"]
mod tests;
