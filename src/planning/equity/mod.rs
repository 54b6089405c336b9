//! How evenly what people get is spread over them: means, percentiles, the Lorenz curve, Gini, Palma, and who is within any
//! cutoff. Everything is counted in integers; only the last division is rounded.

use crate::units::People;

/// Values with more people than this many thousandths (a hundred billion people) are beyond what [`Distribution::gini`] holds.
const MOST_THOUSANDTHS: u64 = 100_000_000_000_000;

/// How a value is spread over people: walking time in milliseconds, metres in millimetres, or a supply in any integer unit.
///
/// People without a value (without any path) are counted apart: they are in no mean, percentile, curve or index, and they are
/// in the denominator of [`Distribution::share_within`].
///
/// ```
/// use pedshed::planning::equity::Distribution;
/// use pedshed::units::People;
/// // Two homes of 3 people and 1 person, 5 and 9 minutes away, and 1 person without a path.
/// let people = [3000, 1000, 1000].map(People::from_thousandths);
/// let walks = Distribution::new(&[Some(300_000), Some(540_000), None], &people);
/// assert_eq!(walks.mean(), Some(360_000.0)); // (3 · 5 + 9) / 4 = 6 minutes
/// assert_eq!(walks.median(), Some(300_000));
/// assert_eq!(walks.without(), People::ONE);
/// assert_eq!(walks.share_within(300_000), 0.6); // 3 of 5
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Distribution {
    /// Ascending by value, each value once, none without people.
    steps: Vec<Step>,
    without: People,
}

/// One value of a [`Distribution`], with everybody who has no more than it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Step {
    /// The value.
    pub value: u64,
    /// The people whose value it is.
    pub people: People,
    /// The people with this value or a smaller one.
    pub people_up_to: People,
    /// Their values added up, in units of the value times thousandths of a person.
    pub total_up_to: u128,
}

/// A point of a Lorenz curve.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct LorenzPoint {
    /// The share of the people, those with the least first.
    pub people: f64,
    /// The share of the whole that is theirs.
    pub total: f64,
}

impl Distribution {
    /// The distribution of a value over people: one entry each per resident record; `None` for who has no value. Entries
    /// beyond the shorter slice are left out, and records of nobody count nothing.
    ///
    /// # Complexity
    /// One sort.
    #[must_use]
    pub fn new(values: &[Option<u64>], people: &[People]) -> Self {
        let mut without = People::ZERO;
        let mut pairs = Vec::with_capacity(values.len());
        for (value, people) in values.iter().zip(people) {
            match value {
                Some(value) if *people > People::ZERO => pairs.push((*value, *people)),
                Some(_) => {}
                None => without += *people,
            }
        }
        pairs.sort_unstable();
        let mut steps: Vec<Step> = Vec::new();
        for (value, people) in pairs {
            let total = u128::from(value) * u128::from(people.thousandths());
            match steps.last_mut() {
                Some(step) if step.value == value => {
                    step.people += people;
                    step.people_up_to += people;
                    step.total_up_to += total;
                }
                last => {
                    let (people_before, total_before) = last.map_or((People::ZERO, 0), |step| {
                        (step.people_up_to, step.total_up_to)
                    });
                    steps.push(Step {
                        value,
                        people,
                        people_up_to: people_before + people,
                        total_up_to: total_before + total,
                    });
                }
            }
        }
        Self { steps, without }
    }

    /// The values, ascending, with the people who have no more: the coverage of every cutoff at once.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The people with a value.
    #[must_use]
    pub fn people(&self) -> People {
        self.steps
            .last()
            .map_or(People::ZERO, |step| step.people_up_to)
    }

    /// The people without one: those who have no path to any station.
    #[must_use]
    pub fn without(&self) -> People {
        self.without
    }

    /// All values added up, in units of the value times thousandths of a person.
    #[must_use]
    pub fn total(&self) -> u128 {
        self.steps.last().map_or(0, |step| step.total_up_to)
    }

    /// The mean of the people; `None` of nobody.
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        ratio(self.total(), u128::from(self.people().thousandths()))
    }

    /// The smallest value that at least `percent` of the people do not exceed: the inverse of the weighted distribution
    /// function, without interpolation (type 1 of Hyndman and Fan, *Sample Quantiles in Statistical Packages*, 1996). 0
    /// gives the smallest value, 100 and more the largest; `None` of nobody.
    ///
    /// ```
    /// use pedshed::planning::equity::Distribution;
    /// use pedshed::units::People;
    /// let walks = Distribution::new(&[1, 2, 3, 4].map(Some), &[People::ONE; 4]);
    /// assert_eq!(walks.percentile(50), Some(2)); // two of four have 2 or less
    /// assert_eq!(walks.percentile(51), Some(3));
    /// ```
    #[must_use]
    pub fn percentile(&self, percent: u32) -> Option<u64> {
        let wanted = u128::from(percent.min(100)) * u128::from(self.people().thousandths());
        let index = self
            .steps
            .partition_point(|step| u128::from(step.people_up_to.thousandths()) * 100 < wanted);
        self.steps.get(index).map(|step| step.value)
    }

    /// The 50th [percentile](Distribution::percentile).
    #[must_use]
    pub fn median(&self) -> Option<u64> {
        self.percentile(50)
    }

    /// A hundred times what the people with the least have, up to `percent` of all people: a person on the border counts with
    /// the part that is inside.
    fn lowest_hundredfold(&self, percent: u32) -> u128 {
        let wanted = u128::from(percent.min(100)) * u128::from(self.people().thousandths());
        let index = self
            .steps
            .partition_point(|step| u128::from(step.people_up_to.thousandths()) * 100 <= wanted);
        let (people, total) = match index.checked_sub(1) {
            Some(last) => (self.steps[last].people_up_to, self.steps[last].total_up_to),
            None => (People::ZERO, 0),
        };
        let part = wanted - u128::from(people.thousandths()) * 100;
        let border = self
            .steps
            .get(index)
            .map_or(0, |step| u128::from(step.value));
        total * 100 + part * border
    }

    /// The same of the people with the most.
    fn highest_hundredfold(&self, percent: u32) -> u128 {
        self.total() * 100 - self.lowest_hundredfold(100 - percent.min(100))
    }

    /// The mean of the `percent` of the people who have the least; a person on the border counts in part. `None` of nobody and
    /// of 0 percent.
    ///
    /// Of a supply, these are the worst off.
    #[must_use]
    pub fn lowest_mean(&self, percent: u32) -> Option<f64> {
        let people = u128::from(percent.min(100)) * u128::from(self.people().thousandths());
        ratio(self.lowest_hundredfold(percent), people)
    }

    /// The mean of the `percent` of the people who have the most; a person on the border counts in part. `None` of nobody and
    /// of 0 percent.
    ///
    /// Of walking times, these are the worst off: `highest_mean(10)` is the **worst decile**.
    ///
    /// ```
    /// use pedshed::planning::equity::Distribution;
    /// use pedshed::units::People;
    /// // 15 people: the worst-off tenth is a person and a half, at 30 and (the half) at 20 minutes.
    /// let people = [13, 1, 1].map(|count| People::from_thousandths(count * 1000));
    /// let minutes = Distribution::new(&[Some(5), Some(20), Some(30)], &people);
    /// assert_eq!(minutes.highest_mean(10), Some((30.0 + 0.5 * 20.0) / 1.5));
    /// ```
    #[must_use]
    pub fn highest_mean(&self, percent: u32) -> Option<f64> {
        let people = u128::from(percent.min(100)) * u128::from(self.people().thousandths());
        ratio(self.highest_hundredfold(percent), people)
    }

    /// The Palma ratio: what the tenth of the people with the most have in all, over what the four tenths with the least
    /// have; persons on the borders count in part. Of minutes: the minutes of the worst-off 10 % over those of the best-off
    /// 40 %; equal walks give 0.25. `None` where the four tenths have nothing.
    ///
    /// # Source
    /// Cobham, Sumner: *Is It All About the Tails? The Palma Measure of Income Inequality* (2013).
    #[must_use]
    pub fn palma(&self) -> Option<f64> {
        ratio(self.highest_hundredfold(10), self.lowest_hundredfold(40))
    }

    /// The Lorenz curve: from nobody to everybody, one point for every value, those with the least first. Straight lines join
    /// the points. Empty where there is nothing to share.
    #[must_use]
    pub fn lorenz(&self) -> Vec<LorenzPoint> {
        if self.total() == 0 {
            return Vec::new();
        }
        let start = LorenzPoint {
            people: 0.0,
            total: 0.0,
        };
        let points = self.steps.iter().map(|step| LorenzPoint {
            people: step.people_up_to.share_of(self.people()),
            total: step.total_up_to as f64 / self.total() as f64,
        });
        std::iter::once(start).chain(points).collect()
    }

    /// The Lorenz curve at one place: the share of the whole that the `percent` of the people with the least have. `None`
    /// where there is nothing to share.
    #[must_use]
    pub fn lorenz_at(&self, percent: u32) -> Option<f64> {
        ratio(self.lowest_hundredfold(percent), self.total() * 100)
    }

    /// The Gini coefficient: the mean difference between two people, over twice the mean; 0 where all have the same, nearly 1
    /// where one has everything. Each person is taken as one of the whole population (no correction for a sample). `None`
    /// where there is nothing to share, and of more than a hundred billion people.
    ///
    /// # Formula
    /// Σᵢ Σⱼ wᵢ wⱼ |xᵢ − xⱼ| / (2 W S), with W = Σ wᵢ people and S = Σ wᵢ xᵢ; over ascending values that is
    /// Σₖ wₖ xₖ (2 Wₖ₋₁ + wₖ) / (W S) − 1, where Wₖ₋₁ are the people before k.
    ///
    /// ```
    /// use pedshed::planning::equity::Distribution;
    /// use pedshed::units::People;
    /// // One of four has everything: 1 − 1/4.
    /// let supply = Distribution::new(&[0, 0, 0, 8].map(Some), &[People::ONE; 4]);
    /// assert_eq!(supply.gini(), Some(0.75));
    /// ```
    #[must_use]
    pub fn gini(&self) -> Option<f64> {
        let all = self.people().thousandths();
        if all > MOST_THOUSANDTHS {
            return None;
        }
        // At most W · S on either side, and S is at most W times the largest value.
        let whole = u128::from(all).checked_mul(self.total())?;
        let mut sum: u128 = 0;
        for step in &self.steps {
            let (people, up_to) = (step.people.thousandths(), step.people_up_to.thousandths());
            let total = u128::from(people) * u128::from(step.value);
            // Wₖ₋₁ + Wₖ is 2 Wₖ₋₁ + wₖ.
            let twice_below = u128::from(up_to - people) + u128::from(up_to);
            sum = sum.checked_add(total.checked_mul(twice_below)?)?;
        }
        ratio(sum.checked_sub(whole)?, whole)
    }

    /// The people within a cutoff, inclusive.
    #[must_use]
    pub fn within(&self, cutoff: u64) -> People {
        let index = self.steps.partition_point(|step| step.value <= cutoff);
        match index.checked_sub(1) {
            Some(last) => self.steps[last].people_up_to,
            None => People::ZERO,
        }
    }

    /// The share of all people, those without a value included, who are within a cutoff, inclusive: the coverage as a step
    /// function of the cutoff. 0 of nobody.
    #[must_use]
    pub fn share_within(&self, cutoff: u64) -> f64 {
        self.within(cutoff).share_of(self.people() + self.without)
    }

    /// The people within each of several cutoffs, in their order: sensitivity from one search. A speed asks for the metres
    /// that it makes of the minutes.
    ///
    /// ```
    /// use pedshed::planning::equity::Distribution;
    /// use pedshed::units::People;
    /// let metres = Distribution::new(&[Some(700_000), Some(950_000), None], &[People::ONE; 3]);
    /// // 15 minutes at 0.8, 1.0 and 1.2 m/s are 720, 900 and 1080 m.
    /// let people = metres.curve(&[720_000, 900_000, 1_080_000]);
    /// assert_eq!(people, [1, 1, 2].map(|count| People::from_thousandths(count * 1000)));
    /// ```
    #[must_use]
    pub fn curve(&self, cutoffs: &[u64]) -> Vec<People> {
        cutoffs.iter().map(|cutoff| self.within(*cutoff)).collect()
    }
}

/// A ratio of integers; `None` over nothing.
fn ratio(part: u128, whole: u128) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

#[cfg(test)]
#[path = "equity_tests.rs"]
mod tests;
