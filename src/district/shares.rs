//! Whole people: numbers shared out so that every sum is exact.

use super::chance::Chance;
use super::records::Ages;

/// Shares a whole number out in proportion to weights, by largest remainders (Hamilton's method); ties go to the smaller
/// index. Nobody gets anything where all weights are 0.
pub(super) fn largest_remainder(total: u32, weights: &[u64]) -> Vec<u32> {
    let caps = vec![u32::MAX; weights.len()];
    largest_remainder_within(total, weights, &caps)
}

/// The same, with at most so much for each. The caps must leave room for all of it where any weight is there.
pub(super) fn largest_remainder_within(total: u32, weights: &[u64], caps: &[u32]) -> Vec<u32> {
    let sum: u128 = weights.iter().map(|weight| u128::from(*weight)).sum();
    if sum == 0 {
        return vec![0; weights.len()];
    }
    let exact = |index: usize| u128::from(total) * u128::from(weights[index]);
    let mut shares: Vec<u32> = (0..weights.len())
        .map(|index| ((exact(index) / sum) as u32).min(caps[index]))
        .collect();
    let mut order: Vec<usize> = (0..weights.len()).filter(|i| weights[*i] > 0).collect();
    order.sort_by_key(|index| (std::cmp::Reverse(exact(*index) % sum), *index));
    let mut left = total - shares.iter().sum::<u32>();
    while left > 0 {
        let before = left;
        for &index in &order {
            if left > 0 && shares[index] < caps[index] {
                shares[index] += 1;
                left -= 1;
            }
        }
        if left == before {
            break; // no room: the caller's caps were too low
        }
    }
    shares
}

/// Shares in millionths: children 15.55 %, adults 68.34 %, 60 and more 16.11 % (Taiyuan, seventh national census of 2020,
/// communiqué of June 2021). Of the last, 55.83 % are 60-69, 30.61 % 70-79 and 13.56 % 80 and more: China's proportions in
/// the same census (147.40, 80.82 and 35.80 of 264.02 million), as Taiyuan's are not known here.
pub(super) const AGE_SHARES: [u64; 5] = [155_500, 683_400, 89_942, 49_313, 21_845];

/// Shares the ages of a whole district out to communities: some have more children, some more of the old, within 30 % of
/// the mean, and all sums are kept.
pub(super) fn ages_by_community(people: &[u32], chance: &mut Chance) -> Vec<Ages> {
    let total = people.iter().sum();
    let totals = largest_remainder(total, &AGE_SHARES);
    let mut ages = vec![Ages::default(); people.len()];
    let mut left = people.to_vec();
    for group in [0, 2, 3, 4] {
        let weights: Vec<u64> = people
            .iter()
            .map(|people| u64::from(*people) * u64::from(chance.among(70, 130)))
            .collect();
        let shares = largest_remainder_within(totals[group], &weights, &left);
        for ((ages, left), share) in ages.iter_mut().zip(&mut left).zip(shares) {
            ages.0[group] = share;
            *left -= share;
        }
    }
    for (ages, left) in ages.iter_mut().zip(left) {
        ages.0[1] = left;
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
    fn remainders_go_to_the_largest_and_sums_are_exact() {
        // 10 seats for 47, 16, 17, 20: 4.7, 1.6, 1.7, 2.0.
        assert_eq!(largest_remainder(10, &[47, 16, 17, 20]), [5, 1, 2, 2]);
        assert_eq!(largest_remainder(2, &[1, 1, 1]), [1, 1, 0]);
        assert_eq!(largest_remainder(5, &[0, 0]), [0, 0]);
        assert_eq!(
            largest_remainder_within(5, &[3, 1, 1], &[1, 9, 9]),
            [1, 2, 2]
        );
    }

    #[test]
    fn ages_add_up_by_community_and_by_group() {
        let mut chance = Chance::new(1, Purpose::Ages, 0);
        let people = [1, 0, 7, 5_000, 2, 731, 1];
        let ages = ages_by_community(&people, &mut chance);
        for (ages, people) in ages.iter().zip(people) {
            assert_eq!(ages.total(), people);
        }
        let totals = largest_remainder(people.iter().sum(), &AGE_SHARES);
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
