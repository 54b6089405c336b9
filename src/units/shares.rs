//! Whole things shared out so that every sum is exact: largest remainders.

use std::cmp::Reverse;

/// Shares a whole number out in proportion to weights, by largest remainders (Hamilton's method); ties go to the smaller
/// index. Every share is within one of its exact quota. Nobody gets anything where all weights are 0.
///
/// # Complexity
/// One sort.
#[must_use]
pub(crate) fn largest_remainder(total: u64, weights: &[u64]) -> Vec<u64> {
    largest_remainder_within(total, weights, &vec![u64::MAX; weights.len()])
}

/// The same, with at most so much for each: what a cap keeps from one goes to the others with a weight and room, one each in
/// the order of their remainders, round after round. What finds no room at all is not shared out.
///
/// # Panics
/// When there are fewer caps than weights.
#[must_use]
pub(crate) fn largest_remainder_within(total: u64, weights: &[u64], caps: &[u64]) -> Vec<u64> {
    let sum: u128 = weights.iter().map(|weight| u128::from(*weight)).sum();
    if sum == 0 {
        return vec![0; weights.len()];
    }
    let exact = |index: usize| u128::from(total) * u128::from(weights[index]);
    // A quota is at most the total, so it fits.
    let mut shares: Vec<u64> = (0..weights.len())
        .map(|index| ((exact(index) / sum) as u64).min(caps[index]))
        .collect();
    let mut order: Vec<usize> = (0..weights.len()).filter(|i| weights[*i] > 0).collect();
    order.sort_by_key(|index| (Reverse(exact(*index) % sum), *index));
    let mut left = total - shares.iter().sum::<u64>();
    while left > 0 {
        order.retain(|index| shares[*index] < caps[*index]);
        let Some(room) = order
            .iter()
            .map(|index| caps[*index] - shares[*index])
            .min()
        else {
            break;
        };
        // As many whole rounds at once as there is room for in each, so that a large rest takes no longer than a small one.
        let rounds = room.min(left / order.len() as u64);
        if rounds > 0 {
            for index in &order {
                shares[*index] += rounds;
            }
            left -= rounds * order.len() as u64;
        } else {
            for index in order.iter().take(left as usize) {
                shares[*index] += 1;
            }
            left = 0;
        }
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn who_has_no_room_leaves_a_remainder_to_the_others() {
        // Quotas 3, 1 and 1; the first may have one only, so two are left for the others.
        let within = largest_remainder_within(5, &[3, 1, 1], &[1, 9, 9]);
        assert_eq!(within, [1, 2, 2]);
    }

    #[test]
    fn remainders_go_to_the_largest_and_sums_are_exact() {
        assert_eq!(largest_remainder(10, &[47, 16, 17, 20]), [5, 1, 2, 2]);
        assert_eq!(largest_remainder(2, &[1, 1, 1]), [1, 1, 0]);
        assert_eq!(largest_remainder(5, &[0, 0]), [0, 0]);
        assert_eq!(largest_remainder(0, &[3, 1]), [0, 0]);
    }

    #[test]
    fn the_largest_numbers_overflow_nothing() {
        // With M = 2⁶⁴ − 1 the quotas M² / (2M + 1) end in a quarter, and M / (2M + 1) is nearly a half: the rest is its.
        let shares = largest_remainder(u64::MAX, &[u64::MAX, u64::MAX, 1]);
        assert_eq!(shares, [u64::MAX / 2, u64::MAX / 2, 1]);
        // A rest of nearly all, in few rounds: what the first may not have.
        let capped = largest_remainder_within(u64::MAX, &[u64::MAX, 1, 1], &[0, 7, u64::MAX]);
        assert_eq!(capped, [0, 7, u64::MAX - 7]);
    }

    #[test]
    fn what_has_no_room_is_not_shared_out() {
        assert_eq!(
            largest_remainder_within(9, &[1, 1, 0], &[2, 3, 9]),
            [2, 3, 0]
        );
    }

    /// The rounds as they are described, one by one.
    fn one_by_one(total: u64, weights: &[u64], caps: &[u64]) -> Vec<u64> {
        let sum: u64 = weights.iter().sum();
        if sum == 0 {
            return vec![0; weights.len()];
        }
        let mut shares: Vec<u64> = weights
            .iter()
            .zip(caps)
            .map(|(weight, cap)| (total * weight / sum).min(*cap))
            .collect();
        let mut order: Vec<usize> = (0..weights.len())
            .filter(|index| weights[*index] > 0)
            .collect();
        order.sort_by_key(|index| Reverse(total * weights[*index] % sum));
        let mut left = total - shares.iter().sum::<u64>();
        loop {
            let before = left;
            for &index in &order {
                if left > 0 && shares[index] < caps[index] {
                    shares[index] += 1;
                    left -= 1;
                }
            }
            if left == 0 || left == before {
                return shares;
            }
        }
    }

    proptest! {
        #[test]
        fn shares_are_whole_near_their_quota_and_add_up(
            total in 0u64..2_000, weights in prop::collection::vec(0u64..50, 0..12),
            caps in prop::collection::vec(0u64..400, 12),
        ) {
            let shares = largest_remainder(total, &weights);
            let sum: u64 = weights.iter().sum();
            prop_assert_eq!(shares.iter().sum::<u64>(), if sum == 0 { 0 } else { total });
            for (share, weight) in shares.iter().zip(&weights) {
                // Within one of total · weight / sum.
                prop_assert!((share * sum).abs_diff(total * weight) < sum.max(1));
            }
            let within = largest_remainder_within(total, &weights, &caps);
            prop_assert_eq!(within, one_by_one(total, &weights, &caps));
        }
    }
}
