//! A set of indices that tells how many of its members come before one, in constant time.

/// Indices that are marked, with their ranks: a bit each and a count for every 64.
///
/// # Source
/// Counts before each word and a population count inside it: Jacobson, *Space-efficient static trees and graphs* (1989).
#[derive(Clone, Debug, Default)]
pub(crate) struct RankedBits {
    words: Vec<u64>,
    /// How many are marked before each word.
    before: Vec<u32>,
}

impl RankedBits {
    /// The members that `mark` is given; each may be given many times.
    pub(crate) fn new(len: usize, members: impl Iterator<Item = u32>) -> Self {
        let mut words = vec![0u64; len.div_ceil(64)];
        for index in members {
            words[index as usize / 64] |= 1 << (index % 64);
        }
        let mut count = 0;
        let before = words.iter().map(|word| {
            let before = count;
            count += word.count_ones();
            before
        });
        Self {
            before: before.collect(),
            words,
        }
    }

    /// How many members come before this one; `None` for what is no member.
    pub(crate) fn rank(&self, index: u32) -> Option<u32> {
        let (word, bit) = (index as usize / 64, index % 64);
        let bits = *self.words.get(word)?;
        let below = bits & ((1 << bit) - 1);
        (bits >> bit & 1 == 1).then(|| self.before[word] + below.count_ones())
    }

    /// The members, ascending.
    pub(crate) fn iter(&self) -> impl Iterator<Item = u32> {
        let words = self.words.iter().zip(0u32..);
        words.flat_map(|(&word, index)| {
            let rest = std::iter::successors(Some(word), |rest| Some(rest & rest.wrapping_sub(1)));
            rest.take_while(|rest| *rest != 0)
                .map(move |rest| index * 64 + rest.trailing_zeros())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_know_how_many_come_before_them() {
        let members = [130, 0, 63, 64, 130, 199];
        let marked = RankedBits::new(200, members.into_iter());
        assert_eq!(marked.iter().collect::<Vec<_>>(), [0, 63, 64, 130, 199]);
        let ranks = [0, 63, 64, 130, 199].map(|member| marked.rank(member));
        assert_eq!(ranks, [0, 1, 2, 3, 4].map(Some));
        for other in [1, 62, 65, 198, 200, 100_000] {
            assert_eq!(marked.rank(other), None);
        }
        assert_eq!(RankedBits::new(0, std::iter::empty()).rank(0), None);
    }
}
