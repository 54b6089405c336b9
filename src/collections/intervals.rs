//! Runs of a line, each from one place on it to another.

/// Joins runs that touch; they come ascending.
pub(crate) fn join_touching<T: PartialOrd + Copy>(runs: &mut Vec<(T, T)>) {
    runs.dedup_by(|next, last| {
        let touches = next.0 <= last.1;
        if touches && next.1 > last.1 {
            last.1 = next.1;
        }
        touches
    });
}

#[cfg(test)]
mod tests {
    use super::join_touching;

    #[test]
    fn runs_that_touch_or_hold_each_other_become_one() {
        let mut runs = vec![(0, 4), (1, 2), (4, 6), (7, 8), (8, 9)];
        join_touching(&mut runs);
        assert_eq!(runs, [(0, 6), (7, 9)]);
    }
}
