//! Serial and rayon twins of map: the only room that knows `rayon`. Results come in input order whatever the number
//! of threads, so the callers are deterministic by construction.
//!
//! With the feature `parallel` the work runs in the caller's rayon pool (the global one unless the call is made inside
//! [`with_threads`] or the caller's own `ThreadPool::install`).

use crate::text::words::sentences;

/// The number of threads that a `map` may use now.
#[must_use]
pub fn threads() -> usize {
    twin::threads()
}

/// Runs `work` with at most `threads` threads (0: as many as the machine has).
///
/// # Errors
/// When the threads cannot be started.
pub fn with_threads<R: Send>(
    threads: usize,
    work: impl FnOnce() -> R + Send,
) -> Result<R, ThreadsError> {
    twin::with_threads(threads, work)
}

/// The operating system did not give the threads asked for.
#[derive(Debug, thiserror::Error)]
pub struct ThreadsError {
    threads: usize,
    reason: String,
}

sentences!(struct ThreadsError { threads, reason });

/// Does two things, at the same time where there are threads for both.
///
/// ```
/// let (sum, product) = pedshed::parallel::join(|| 2 + 3, || 2 * 3);
/// assert_eq!((sum, product), (5, 6));
/// ```
pub fn join<A: Send, B: Send>(
    one: impl FnOnce() -> A + Send,
    other: impl FnOnce() -> B + Send,
) -> (A, B) {
    twin::join(one, other)
}

/// Maps the indices `0..len` to a vector in that order, `chunk` of them in one task or somewhat more. `init` makes a worker's
/// scratch: once per worker, however many tasks it takes.
pub(crate) fn map_with<S, R, I, F>(len: usize, chunk: usize, init: I, f: F) -> Vec<R>
where
    S: Send,
    R: Send,
    I: Fn() -> S + Sync + Send,
    F: Fn(&mut S, usize) -> R + Sync + Send,
{
    twin::map_with(len, chunk.max(1), init, f)
}

/// Maps a slice to a vector in the same order.
pub fn map<T, R, F>(items: &[T], chunk: usize, f: F) -> Vec<R>
where
    T: Sync,
    R: Send,
    F: Fn(&T) -> R + Sync + Send,
{
    map_with(items.len(), chunk, || (), |(), index| f(&items[index]))
}

/// Sorts; equal items are alike, so their order tells nothing of the number of threads.
pub(crate) fn sort_unstable<T: Ord + Send>(items: &mut [T]) {
    twin::sort_unstable(items);
}

/// Does something with each item, in no order.
pub(crate) fn each_mut<T: Send>(items: &mut [T], work: impl Fn(&mut T) + Sync + Send) {
    twin::each_mut(items, work);
}

#[cfg(feature = "parallel")]
mod twin {
    use super::ThreadsError;
    use rayon::prelude::*;
    use std::sync::{Mutex, PoisonError};

    /// A worker's scratch for one task, taken from those that tasks before have left and left to the next.
    struct Lent<'p, S> {
        left: &'p Mutex<Vec<S>>,
        scratch: Option<S>,
    }

    impl<'p, S> Lent<'p, S> {
        fn take(left: &'p Mutex<Vec<S>>) -> Self {
            // Poisoned only by a panic, and that ends the whole map.
            let scratch = left.lock().unwrap_or_else(PoisonError::into_inner).pop();
            Self { left, scratch }
        }
    }

    impl<S> Drop for Lent<'_, S> {
        fn drop(&mut self) {
            if let Some(scratch) = self.scratch.take() {
                let left = self.left.lock();
                left.unwrap_or_else(PoisonError::into_inner).push(scratch);
            }
        }
    }

    pub(super) fn threads() -> usize {
        rayon::current_num_threads()
    }

    pub(super) fn with_threads<R: Send>(
        threads: usize,
        work: impl FnOnce() -> R + Send,
    ) -> Result<R, ThreadsError> {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .map_err(|reason| ThreadsError {
                threads,
                reason: reason.to_string(),
            })?;
        Ok(pool.install(work))
    }

    pub(super) fn join<A: Send, B: Send>(
        one: impl FnOnce() -> A + Send,
        other: impl FnOnce() -> B + Send,
    ) -> (A, B) {
        rayon::join(one, other)
    }

    pub(super) fn map_with<S, R, I, F>(len: usize, chunk: usize, init: I, f: F) -> Vec<R>
    where
        S: Send,
        R: Send,
        I: Fn() -> S + Sync + Send,
        F: Fn(&mut S, usize) -> R + Sync + Send,
    {
        let left = Mutex::new(Vec::new());
        (0..len)
            .into_par_iter()
            .with_min_len(chunk)
            // Where the work lies at one end, as a map's large blocks do, one task with half of all would hold it all.
            .with_max_len(2 * chunk - 1)
            .map_init(
                || Lent::take(&left),
                |lent, index| f(lent.scratch.get_or_insert_with(&init), index),
            )
            .collect()
    }

    pub(super) fn sort_unstable<T: Ord + Send>(items: &mut [T]) {
        items.par_sort_unstable();
    }

    pub(super) fn each_mut<T: Send>(items: &mut [T], work: impl Fn(&mut T) + Sync + Send) {
        items.par_iter_mut().for_each(work);
    }
}

#[cfg(not(feature = "parallel"))]
mod twin {
    use super::ThreadsError;

    pub(super) fn threads() -> usize {
        1
    }

    #[expect(clippy::unnecessary_wraps, reason = "its twin with threads can fail")]
    pub(super) fn with_threads<R: Send>(
        _threads: usize,
        work: impl FnOnce() -> R + Send,
    ) -> Result<R, ThreadsError> {
        Ok(work())
    }

    pub(super) fn join<A: Send, B: Send>(
        one: impl FnOnce() -> A + Send,
        other: impl FnOnce() -> B + Send,
    ) -> (A, B) {
        (one(), other())
    }

    pub(super) fn map_with<S, R, I, F>(len: usize, _chunk: usize, init: I, f: F) -> Vec<R>
    where
        R: Send,
        I: Fn() -> S + Sync + Send,
        F: Fn(&mut S, usize) -> R + Sync + Send,
    {
        let mut scratch = init();
        (0..len).map(|index| f(&mut scratch, index)).collect()
    }

    pub(super) fn sort_unstable<T: Ord + Send>(items: &mut [T]) {
        items.sort_unstable();
    }

    pub(super) fn each_mut<T: Send>(items: &mut [T], work: impl Fn(&mut T) + Sync + Send) {
        items.iter_mut().for_each(work);
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn results_come_in_input_order() {
        let squares = super::map_with(1000, 7, || 0u64, |_, index| index * index);
        assert!(
            squares
                .iter()
                .enumerate()
                .all(|(index, square)| *square == index * index)
        );
    }
}
