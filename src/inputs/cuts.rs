//! What was left out of the network, by reason.

use super::access::CutReason;
use crate::geometry::{Location, geodesic_m};
use crate::text::language::Words;

/// What one reason cost the network.
#[derive(Clone, Debug, PartialEq)]
pub struct Cut {
    /// Why.
    pub reason: CutReason,
    /// How many ways, or places where a way was cut.
    pub count: u64,
    /// The length of the ways that were left out whole, in metres.
    pub length_m: f64,
    /// The first of them.
    pub example: Words,
    /// The lines of the ways that were left out whole, in input order: who lives beside them can be counted.
    pub lines: Vec<Vec<Location>>,
}

/// What was left out of the network, in the order of [`CutReason::ALL`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CutReport(Vec<Cut>);

impl CutReport {
    /// Counts a way that was left out whole, with its lines.
    pub(super) fn add_way(
        &mut self,
        reason: CutReason,
        lines: Vec<Vec<Location>>,
        example: impl FnOnce() -> Words,
    ) {
        let cut = self.cut(reason, example);
        cut.count += 1;
        cut.length_m += lines.iter().map(|line| length_m(line)).sum::<f64>();
        cut.lines.extend(lines);
    }

    /// Counts a place where a way was cut.
    #[cfg(feature = "osm")]
    pub(super) fn add_place(&mut self, reason: CutReason, example: impl FnOnce() -> Words) {
        self.cut(reason, example).count += 1;
    }

    fn cut(&mut self, reason: CutReason, example: impl FnOnce() -> Words) -> &mut Cut {
        let position = self.0.partition_point(|cut| cut.reason < reason);
        if self.0.get(position).is_none_or(|cut| cut.reason != reason) {
            let new = Cut {
                reason,
                count: 0,
                length_m: 0.0,
                example: example(),
                lines: Vec::new(),
            };
            self.0.insert(position, new);
        }
        &mut self.0[position]
    }

    /// The report of a list in the order of its reasons.
    #[cfg(feature = "prepared")]
    pub(super) fn from_list(list: Vec<Cut>) -> Self {
        Self(list)
    }

    /// The reasons that cut something.
    #[must_use]
    pub fn list(&self) -> &[Cut] {
        &self.0
    }
}

fn length_m(line: &[Location]) -> f64 {
    line.windows(2)
        .map(|pair| geodesic_m(pair[0].degrees(), pair[1].degrees()))
        .sum()
}
