//! Drawn numbers for things in a row: each number once, and no table.

use super::chance::{Chance, Purpose};

const ROUNDS: usize = 6;

/// A drawn order of `0..count` that can be asked in both directions.
///
/// # Source
/// A Feistel network over the next even number of bits, walked on until it comes back into the range: Black and Rogaway,
/// *Ciphers with arbitrary finite domains* (2002).
#[derive(Clone, Copy, Debug)]
pub(super) struct Shuffle {
    count: u32,
    half_bits: u32,
    keys: [u64; ROUNDS],
}

impl Shuffle {
    pub(super) fn new(seed: u64, purpose: Purpose, count: u32) -> Self {
        let mut chance = Chance::new(seed, purpose, 0);
        let bits = u32::BITS - count.saturating_sub(1).leading_zeros();
        Self {
            count,
            half_bits: bits.div_ceil(2).max(1),
            keys: [0; ROUNDS].map(|_| chance.priority()),
        }
    }

    /// The number of the thing that stands at a position.
    pub(super) fn number(&self, position: u32) -> u32 {
        self.walk(position, false)
    }

    /// The position of the thing that has a number.
    pub(super) fn position(&self, number: u32) -> u32 {
        self.walk(number, true)
    }

    fn walk(&self, mut at: u32, is_back: bool) -> u32 {
        loop {
            let (mut high, mut low) = (at >> self.half_bits, at & self.mask());
            for index in 0..ROUNDS {
                if is_back {
                    let key = self.keys[ROUNDS - 1 - index];
                    (high, low) = (low ^ self.mixed(high, key), high);
                } else {
                    (high, low) = (low, high ^ self.mixed(low, self.keys[index]));
                }
            }
            at = high << self.half_bits | low;
            if at < self.count {
                return at;
            }
        }
    }

    fn mask(&self) -> u32 {
        (1 << self.half_bits) - 1
    }

    fn mixed(&self, half: u32, key: u64) -> u32 {
        let mixed = (u64::from(half) ^ key).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        ((mixed ^ (mixed >> 29)).wrapping_mul(0x94D0_49BB_1331_11EB) >> 32) as u32 & self.mask()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_is_given_once_and_leads_back() {
        for count in [1, 2, 3, 5, 16, 17, 1000, 65_537] {
            let shuffle = Shuffle::new(3, Purpose::Nodes, count);
            let mut numbers: Vec<u32> = (0..count).map(|at| shuffle.number(at)).collect();
            for (position, number) in (0..).zip(&numbers) {
                assert_eq!(shuffle.position(*number), position);
            }
            numbers.sort_unstable();
            assert!(numbers.into_iter().eq(0..count), "{count}");
        }
    }

    #[test]
    fn the_largest_count_fits() {
        let shuffle = Shuffle::new(3, Purpose::Nodes, u32::MAX);
        for position in [0, 1, u32::MAX - 1] {
            let number = shuffle.number(position);
            assert!(number < u32::MAX);
            assert_eq!(shuffle.position(number), position);
        }
    }

    #[test]
    fn neighbours_are_as_far_apart_as_strangers() {
        // Two numbers drawn below n are n / 3 apart on the average.
        let shuffle = Shuffle::new(1, Purpose::Nodes, 30_000);
        let apart = |at: u32| u64::from(shuffle.number(at).abs_diff(shuffle.number(at + 1)));
        let sum: u64 = (0..29_999).map(apart).sum();
        assert!(
            (9_800..10_200).contains(&(sum / 29_999)),
            "{}",
            sum / 29_999
        );
        let other = Shuffle::new(2, Purpose::Nodes, 30_000);
        assert_ne!(other.number(0), shuffle.number(0));
    }
}
