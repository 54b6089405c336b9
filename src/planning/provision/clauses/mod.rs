//! The clauses of standards, measured: which people, buildings and land are within each.

#[cfg(feature = "report")]
pub(super) mod table;

use super::{Nearest, StationGroup, Survey};
use crate::control::{Cancelled, Control};
use crate::id::ResidentId;
use crate::planning::indicators::{Buildings, Denominator, Indicator, Reach, Units, Within};
use crate::planning::standards::{Clause, Standard};
use crate::units::Cutoff;

/// Things that a denominator counts: residents as people or buildings, or samples of land.
#[derive(Debug)]
pub struct Counted<'s, 'a> {
    /// What is counted.
    pub denominator: Denominator,
    /// The city whose records they are.
    pub survey: &'s Survey<'a>,
    /// What each weighs.
    pub weights: Vec<u64>,
    /// The buildings of the records, where these are counted.
    pub buildings: Option<Buildings>,
}

/// Which units of one denominator are within one clause's limits; `None` of what was not looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
struct Inside {
    straight: Option<Vec<bool>>,
    metres: Option<Vec<bool>>,
    minutes: Option<Vec<bool>>,
}

/// One denominator over all clauses.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
struct Measured {
    denominator: Denominator,
    weights: Vec<u64>,
    /// By standard, then clause; `None` where no station is one that the clause is about.
    clauses: Vec<Vec<Option<Inside>>>,
}

/// All clauses of the standards asked, measured in every denominator that the study has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Clauses {
    /// The standards.
    pub standards: Vec<Standard>,
    measured: Vec<Measured>,
}

impl Clauses {
    /// Measures every clause; `stations_of` are the stations that a clause is about.
    ///
    /// # Errors
    /// [`Cancelled`].
    ///
    /// # Complexity
    /// Two sweeps of the network for each group of stations that some clause is about, in each denominator.
    pub fn measure(
        standards: &[Standard],
        counted: Vec<Counted<'_, '_>>,
        stations_of: impl Fn(&Clause) -> StationGroup,
        control: Control<'_>,
    ) -> Result<Self, Cancelled> {
        // The same for every denominator, and not cheap: names are compared in two languages.
        let groups: Vec<Vec<StationGroup>> = standards
            .iter()
            .map(|standard| standard.clauses.iter().map(&stations_of).collect())
            .collect();
        let mut measured = Vec::with_capacity(counted.len());
        for counted in counted {
            let mut known: Vec<(StationGroup, Nearest)> = Vec::new();
            let mut clauses = Vec::with_capacity(standards.len());
            for (standard, groups) in standards.iter().zip(&groups) {
                let mut of_standard = Vec::with_capacity(standard.clauses.len());
                for (clause, group) in standard.clauses.iter().zip(groups) {
                    if group.is_empty() {
                        of_standard.push(None);
                        continue;
                    }
                    if !known.iter().any(|(other, _)| other == group) {
                        let nearest = counted.survey.nearest(group, control)?;
                        known.push((group.clone(), nearest));
                    }
                    let nearest = known.iter().find(|(other, _)| other == group);
                    // It was put there, if it was not there already.
                    of_standard.push(
                        nearest.map(|(group, nearest)| counted.within(clause, group, nearest)),
                    );
                }
                clauses.push(of_standard);
            }
            measured.push(Measured {
                denominator: counted.denominator,
                weights: counted.weights,
                clauses,
            });
        }
        Ok(Self {
            standards: standards.to_vec(),
            measured,
        })
    }

    /// The rows of the indicator table: by standard, clause, denominator, then measure.
    #[must_use]
    pub fn indicators(&self) -> Vec<Indicator<'_>> {
        let mut rows = Vec::new();
        for (number, standard) in self.standards.iter().enumerate() {
            for (position, clause) in standard.clauses.iter().enumerate() {
                for measured in &self.measured {
                    let units = Units {
                        denominator: measured.denominator,
                        weights: &measured.weights,
                    };
                    let reach = match &measured.clauses[number][position] {
                        None => Reach::NoStations,
                        Some(units) => Reach::Within(Within {
                            straight: units.straight.as_deref(),
                            metres: units.metres.as_deref(),
                            minutes: units.minutes.as_deref(),
                        }),
                    };
                    rows.extend(Indicator::from_clause(standard, clause, units, reach));
                }
            }
        }
        rows
    }
}

impl Counted<'_, '_> {
    fn within(&self, clause: &Clause, group: &StationGroup, nearest: &Nearest) -> Inside {
        let of_units = |records: Vec<bool>| match &self.buildings {
            Some(buildings) => buildings.within(&records),
            None => records,
        };
        let walked = |cutoff: Cutoff| {
            let records = 0..nearest.times.len() as u32;
            let within = records.map(|record| nearest.is_within(ResidentId(record), cutoff));
            of_units(within.collect())
        };
        Inside {
            straight: clause
                .metres
                .map(|metres| of_units(self.survey.straight(group, metres.value()))),
            metres: clause.metres.map(walked),
            minutes: clause.minutes.map(walked),
        }
    }
}
