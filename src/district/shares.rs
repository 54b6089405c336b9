//! Whole people: numbers shared out so that every sum is exact.

use super::chance::Chance;
use super::records::Ages;
use crate::units::shares;

/// [`largest_remainder`](shares::largest_remainder) of a number of people.
pub(super) fn people_by(total: u32, weights: &[u64]) -> Vec<u32> {
    // No share is above the total.
    let shares = shares::largest_remainder(u64::from(total), weights);
    shares.into_iter().map(|share| share as u32).collect()
}

/// Shares in millionths: children 15.55 %, adults 68.34 %, 60 and more 16.11 % (Taiyuan, seventh national census of 2020,
/// communiqué of June 2021). Of the last, 55.83 % are 60-69, 30.61 % 70-79 and 13.56 % 80 and more: China's proportions in
/// the same census (147.40, 80.82 and 35.80 of 264.02 million), as Taiyuan's are not known here.
pub(super) const AGE_SHARES: [u64; 5] = [155_500, 683_400, 89_942, 49_313, 21_845];

/// Shares the ages of a whole district out to communities: some have more children, some more of the old, within 30 % of
/// the mean, and all sums are kept.
pub(super) fn ages_by_community(people: &[u32], chance: &mut Chance) -> Vec<Ages> {
    let total = people.iter().sum();
    let totals = people_by(total, &AGE_SHARES);
    let mut ages = vec![Ages::default(); people.len()];
    let mut left: Vec<u64> = people.iter().copied().map(u64::from).collect();
    for group in [0, 2, 3, 4] {
        let weights: Vec<u64> = people
            .iter()
            .map(|people| u64::from(*people) * u64::from(chance.among(70, 130)))
            .collect();
        let shares = shares::largest_remainder_within(u64::from(totals[group]), &weights, &left);
        for ((ages, left), share) in ages.iter_mut().zip(&mut left).zip(shares) {
            ages.0[group] = share as u32;
            *left -= share;
        }
    }
    for (ages, left) in ages.iter_mut().zip(left) {
        ages.0[1] = left as u32;
    }
    ages
}

/// Takes people of drawn ages out of those who are left, as from a shuffled pack: when all are taken, the sums are exact.
pub(super) fn deal(count: u32, left: &mut Ages, chance: &mut Chance) -> Ages {
    let mut dealt = Ages::default();
    for _ in 0..count {
        let mut drawn = chance.below(left.total());
        for (left, dealt) in left.0.iter_mut().zip(&mut dealt.0) {
            if drawn < *left {
                *left -= 1;
                *dealt += 1;
                break;
            }
            drawn -= *left;
        }
    }
    dealt
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::district::chance::Purpose;

    #[test]
    fn ages_add_up_by_community_and_by_group() {
        let mut chance = Chance::new(1, Purpose::Ages, 0);
        let people = [1, 0, 7, 5_000, 2, 731, 1];
        let ages = ages_by_community(&people, &mut chance);
        for (ages, people) in ages.iter().zip(people) {
            assert_eq!(ages.total(), people);
        }
        let totals = people_by(people.iter().sum(), &AGE_SHARES);
        for (group, total) in totals.into_iter().enumerate() {
            let sum: u32 = ages.iter().map(|ages| ages.0[group]).sum();
            assert_eq!(sum, total);
        }
    }

    #[test]
    fn dealing_everybody_leaves_nobody() {
        let mut chance = Chance::new(1, Purpose::Ages, 0);
        let mut left = Ages([3, 10, 2, 0, 1]);
        let mut sum = Ages::default();
        for count in [5, 1, 0, 10] {
            let dealt = deal(count, &mut left, &mut chance);
            assert_eq!(dealt.total(), count);
            sum += dealt;
        }
        assert_eq!((sum, left), (Ages([3, 10, 2, 0, 1]), Ages::default()));
    }
}
