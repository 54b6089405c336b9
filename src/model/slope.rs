//! How a walker's speed changes with the slope of the ground.

use std::ops::RangeInclusive;

use super::profile_error::ProfileError;

/// How speed changes with slope, and what is too steep. It is for streets: stairs, lifts and ferries have their own speeds.
///
/// ```
/// use pedshed::model::Slope;
/// let usual = Slope::tobler();
/// assert_eq!(usual.speed_factor(0.0), Some(1.0));
/// // Tobler: exp(-3.5 x 0.10) ten per cent up, exp(-3.5 x 0.00) ten per cent down.
/// assert!((usual.speed_factor(0.1).unwrap() - 0.7047).abs() < 1e-4);
/// assert!((usual.speed_factor(-0.1).unwrap() - 1.0).abs() < 1e-12);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(try_from = "StoredSlope")
)]
pub struct Slope {
    rule: SlopeRule,
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    steep: Option<Steep>,
}

/// The speed by slope.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "lowercase")
)]
pub enum SlopeRule {
    /// The same at every slope.
    None,
    /// Tobler's hiking function as a factor on the level speed: exp(−3.5 (|s + 0.05| − 0.05)) for a rise of s metres in one
    /// metre. It is fastest 5 % downhill.
    Tobler,
    /// A table, ascending by slope: evenly between its rows, and beyond the outer rows as at them.
    Table(Vec<SlopeFactor>),
}

/// A row of a table of slopes.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct SlopeFactor {
    /// The slope in per cent, downhill negative.
    pub percent: f64,
    /// The factor on the level speed.
    pub factor: f64,
}

/// What is steep for a walker, up or down alike.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Steep {
    /// Above this slope, in per cent, a way costs more.
    pub percent: f64,
    /// There: a further factor on the speed.
    pub factor: f64,
    /// Above this slope, in per cent, a way is closed; `None` where none is.
    pub closed_percent: Option<f64>,
}

impl Steep {
    /// Above 6 % at half the speed, above 8 % closed: 6 % is the most that DIN 18040 gives a ramp, and one in twelve (8.3 %) the
    /// most of most other rules. The half is a choice, for which there is no measured source.
    pub const WHEELCHAIR: Steep = Steep {
        percent: 6.0,
        factor: 0.5,
        closed_percent: Some(8.0),
    };
}

impl Slope {
    /// The steepest slope that is believed: that of the steepest street there is (Baldwin Street in Dunedin, 34.8 %). Where heights
    /// say more, it is the bank beside the street.
    pub(crate) const MOST: f64 = 0.35;
    /// The flattest and steepest slope taken in a table, in per cent.
    const PERCENT: RangeInclusive<f64> = -100.0..=100.0;
    /// The smallest and largest factor taken.
    const FACTOR: RangeInclusive<f64> = 0.02..=5.0;

    /// How fast somebody walks by slope, and what is steep for them.
    ///
    /// # Errors
    /// [`ProfileError`] for a slope beyond 100 %, a factor outside 0.02 to 5, a table without a row or one that does not ascend.
    pub fn new(rule: SlopeRule, steep: Option<Steep>) -> Result<Self, ProfileError> {
        if let SlopeRule::Table(rows) = &rule {
            check_table(rows)?;
        }
        if let Some(steep) = steep {
            let up = 0.0..=*Self::PERCENT.end();
            check("steep_percent", steep.percent, &up)?;
            check("steep_factor", steep.factor, &Self::FACTOR)?;
            let closed = steep.closed_percent.unwrap_or(*up.end());
            check("closed_percent", closed, &up)?;
        }
        Ok(Self { rule, steep })
    }

    /// The same speed at every slope, nothing is steep.
    #[must_use]
    pub fn none() -> Self {
        Self {
            rule: SlopeRule::None,
            steep: None,
        }
    }

    /// Tobler's hiking function, nothing is steep.
    ///
    /// # Source
    /// W. Tobler, *Three presentations on geographical analysis and modeling* (NCGIA 93-1, 1993), as R5, AccessMod and cityseer use
    /// it.
    #[must_use]
    pub fn tobler() -> Self {
        Self {
            rule: SlopeRule::Tobler,
            steep: None,
        }
    }

    /// The same rule with other steep ways.
    #[must_use]
    pub(crate) fn with_steep(self, steep: Option<Steep>) -> Self {
        Self { steep, ..self }
    }

    /// The speed by slope.
    #[must_use]
    pub fn rule(&self) -> &SlopeRule {
        &self.rule
    }

    /// What is steep.
    #[must_use]
    pub fn steep(&self) -> Option<Steep> {
        self.steep
    }

    /// The largest factor on the level speed at any slope.
    pub(crate) fn fastest(&self) -> f64 {
        match &self.rule {
            SlopeRule::None => 1.0,
            SlopeRule::Tobler => (3.5_f64 * 0.05).exp(),
            SlopeRule::Table(rows) => rows.iter().map(|row| row.factor).fold(1.0, f64::max),
        }
    }

    /// Whether heights change anything.
    pub(crate) fn matters(&self) -> bool {
        self.rule != SlopeRule::None || self.steep.is_some()
    }

    /// The factor on the level speed at a rise of so many metres in one metre; `None` where it is too steep.
    #[must_use]
    pub fn speed_factor(&self, rise: f64) -> Option<f64> {
        let rise = rise.clamp(-Self::MOST, Self::MOST);
        let percent = 100.0 * rise;
        let factor = match &self.rule {
            SlopeRule::None => 1.0,
            SlopeRule::Tobler => (-3.5 * ((rise + 0.05).abs() - 0.05)).exp(),
            SlopeRule::Table(rows) => factor_at(rows, percent),
        };
        let Some(steep) = self.steep else {
            return Some(factor);
        };
        let above = |limit: f64| percent.abs() > limit;
        if steep.closed_percent.is_some_and(above) {
            return None;
        }
        let slower = if above(steep.percent) {
            steep.factor
        } else {
            1.0
        };
        Some(factor * slower)
    }
}

/// A slope as it is stored, its numbers not checked.
#[cfg(feature = "serde")]
#[derive(serde::Deserialize)]
struct StoredSlope {
    rule: SlopeRule,
    #[serde(default)]
    steep: Option<Steep>,
}

#[cfg(feature = "serde")]
impl TryFrom<StoredSlope> for Slope {
    type Error = ProfileError;

    fn try_from(StoredSlope { rule, steep }: StoredSlope) -> Result<Self, ProfileError> {
        Self::new(rule, steep)
    }
}

fn check(field: &'static str, value: f64, range: &RangeInclusive<f64>) -> Result<(), ProfileError> {
    if range.contains(&value) {
        return Ok(());
    }
    Err(ProfileError {
        field,
        value,
        min: *range.start(),
        max: *range.end(),
    })
}

/// Refuses a table that is empty, has numbers that nobody means, or does not ascend.
fn check_table(rows: &[SlopeFactor]) -> Result<(), ProfileError> {
    check("slope_rows", rows.len() as f64, &(1.0..=1000.0))?;
    let mut above = Slope::PERCENT;
    for row in rows {
        check("slope_percent", row.percent, &above)?;
        check("slope_factor", row.factor, &Slope::FACTOR)?;
        // The next is above it.
        above = row.percent.next_up()..=*above.end();
    }
    Ok(())
}

/// The factor of a table at a slope.
fn factor_at(rows: &[SlopeFactor], percent: f64) -> f64 {
    let above = rows.partition_point(|row| row.percent <= percent);
    match (
        above.checked_sub(1).and_then(|at| rows.get(at)),
        rows.get(above),
    ) {
        (Some(low), Some(high)) => {
            let part = (percent - low.percent) / (high.percent - low.percent);
            low.factor + part * (high.factor - low.factor)
        }
        (Some(only), None) | (None, Some(only)) => only.factor,
        (None, None) => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(slope: &Slope, rise: f64, expected: f64) {
        let factor = slope.speed_factor(rise).expect("open");
        assert!((factor - expected).abs() < 5e-5, "{rise}: {factor}");
    }

    #[test]
    fn tobler_is_as_published() {
        // 6 exp(-3.5 |s + 0.05|) km/h over its 5.0366 km/h on the level.
        let speed = |rise: f64| 6.0 * (-3.5 * (rise + 0.05_f64).abs()).exp() / 5.036_743;
        let slope = Slope::tobler();
        for rise in [
            -0.3, -0.2, -0.1, -0.05, -0.01, 0.0, 0.01, 0.05, 0.1, 0.2, 0.3,
        ] {
            near(&slope, rise, speed(rise));
        }
        near(&slope, -0.05, 1.19125);
        near(&slope, 0.05, 0.83946);
        assert_eq!(slope.speed_factor(0.0), Some(1.0), "exactly");
    }

    #[test]
    fn a_bank_beside_a_street_is_no_steeper_than_the_steepest_street() {
        let slope = Slope::tobler();
        assert_eq!(slope.speed_factor(2.0), slope.speed_factor(0.35));
        assert_eq!(slope.speed_factor(-9.0), slope.speed_factor(-0.35));
    }

    #[test]
    fn a_table_is_even_between_its_rows_and_held_beyond_them() {
        let rows = [(-10.0, 1.2), (0.0, 1.0), (10.0, 0.5)];
        let rows = rows.map(|(percent, factor)| SlopeFactor { percent, factor });
        let slope = Slope::new(SlopeRule::Table(rows.to_vec()), None).expect("a table");
        for (rise, factor) in [
            (-0.2, 1.2),
            (-0.05, 1.1),
            (0.0, 1.0),
            (0.04, 0.8),
            (0.3, 0.5),
        ] {
            near(&slope, rise, factor);
        }
    }

    #[test]
    fn steep_ways_cost_or_close_up_and_down_alike() {
        let slope = Slope::none().with_steep(Some(Steep::WHEELCHAIR));
        let factors =
            [0.06, -0.06, 0.061, -0.079, 0.081, -0.2].map(|rise| slope.speed_factor(rise));
        let expected = [Some(1.0), Some(1.0), Some(0.5), Some(0.5), None, None];
        assert_eq!(factors, expected);
    }

    #[test]
    fn tables_that_nobody_means_are_refused() {
        let row = |percent, factor| SlopeFactor { percent, factor };
        for (rows, field) in [
            (vec![], "slope_rows"),
            (vec![row(5.0, 1.0), row(5.0, 1.0)], "slope_percent"),
            (vec![row(5.0, 1.0), row(-5.0, 1.0)], "slope_percent"),
            (vec![row(f64::NAN, 1.0)], "slope_percent"),
            (vec![row(0.0, 0.0)], "slope_factor"),
            (vec![row(0.0, f64::INFINITY)], "slope_factor"),
        ] {
            let error = Slope::new(SlopeRule::Table(rows), None).expect_err(field);
            assert_eq!(error.field, field);
        }
        let steep = Steep {
            closed_percent: Some(-1.0),
            ..Steep::WHEELCHAIR
        };
        let error = Slope::new(SlopeRule::Tobler, Some(steep)).expect_err("below nothing");
        assert_eq!(error.field, "closed_percent");
    }
}
