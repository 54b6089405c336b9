//! Drawn numbers: the same on every machine for a seed.

use rand_pcg::Pcg32;
use rand_pcg::rand_core::Rng;

/// What numbers are drawn for. Each purpose has a sequence of its own, so that a change to one leaves the others.
#[derive(Clone, Copy, Debug)]
pub(super) enum Purpose {
    Lines = 1,
    Crossings,
    Blocks,
    Parcels,
    Priorities,
    Villages,
    People,
    Ages,
    Lifts,
    Stations,
    Ground,
    Nodes,
    Ways,
    FitOut,
    Flats,
    Programme,
    Sessions,
    Hours,
}

/// A sequence of drawn numbers (PCG32, whose stream its authors promise to keep: <https://docs.rs/rand_pcg>). Everything
/// above the generator's integers is done here, in arithmetic that every machine does alike.
#[derive(Debug)]
pub(super) struct Chance(Pcg32);

impl Chance {
    /// The sequence of one purpose, and of one thing among those that it is drawn for.
    pub(super) fn new(seed: u64, purpose: Purpose, index: u64) -> Self {
        // Neighbouring seeds must not give neighbouring states: SplitMix64's finaliser (Steele, Lea, Flood 2014).
        let mut state = seed.wrapping_add(0x9E37_79B9_7F4A_7C15_u64.wrapping_mul(purpose as u64));
        state = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        state = (state ^ (state >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        Self(Pcg32::new(state ^ (state >> 31), index))
    }

    /// A whole number below `count`; 0 where there is none. Its bias is below `count` in 2³².
    pub(super) fn below(&mut self, count: u32) -> u32 {
        ((u64::from(self.0.next_u32()) * u64::from(count)) >> 32) as u32
    }

    /// A whole number from `least` to `most`, both included.
    pub(super) fn among(&mut self, least: u32, most: u32) -> u32 {
        least + self.below(most - least + 1)
    }

    /// A number from `least` up to `most`.
    pub(super) fn between(&mut self, least: f64, most: f64) -> f64 {
        least + (most - least) * f64::from(self.0.next_u32()) / 4_294_967_296.0
    }

    /// True with this probability.
    pub(super) fn is(&mut self, probability: f64) -> bool {
        self.between(0.0, 1.0) < probability
    }

    /// A number for sorting at random.
    pub(super) fn priority(&mut self) -> u64 {
        self.0.next_u64()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(seed: u64, purpose: Purpose, index: u64) -> Vec<u32> {
        let mut chance = Chance::new(seed, purpose, index);
        (0..4).map(|_| chance.below(1_000_000)).collect()
    }

    #[test]
    fn a_seed_a_purpose_and_an_index_have_each_their_own_sequence() {
        let base = first(1, Purpose::Lines, 0);
        assert_eq!(base, first(1, Purpose::Lines, 0));
        assert_ne!(base, first(2, Purpose::Lines, 0));
        assert_ne!(base, first(1, Purpose::Blocks, 0));
        assert_ne!(base, first(1, Purpose::Lines, 1));
    }

    #[test]
    fn numbers_stay_in_their_range_and_reach_both_ends() {
        let mut chance = Chance::new(7, Purpose::People, 0);
        let drawn: Vec<u32> = (0..1000).map(|_| chance.among(3, 6)).collect();
        assert_eq!(drawn.iter().min(), Some(&3));
        assert_eq!(drawn.iter().max(), Some(&6));
        assert!((0..1000).all(|_| (1.5..2.5).contains(&chance.between(1.5, 2.5))));
        assert_eq!(chance.below(0), 0);
    }
}
