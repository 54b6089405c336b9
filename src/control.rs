//! Progress, cancellation and timings: how a long run talks to its caller.

use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::text::language::InLanguage;
use crate::text::words::sentences;

/// The steps of an analysis, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum Stage {
    /// Reading the inputs.
    Read,
    /// Building the network and its impedances.
    Network,
    /// Snapping residents and stations to streets.
    Snap,
    /// One bounded search per station.
    Search,
    /// Who is covered, by whom.
    Coverage,
    /// The ground within a cutoff.
    Isochrones,
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Stage::Read => "read",
            Stage::Network => "network",
            Stage::Snap => "snap",
            Stage::Search => "search",
            Stage::Coverage => "coverage",
            Stage::Isochrones => "isochrones",
        })
    }
}

impl Stage {
    /// Every step, in order.
    pub const ALL: [Stage; 6] = [
        Stage::Read,
        Stage::Network,
        Stage::Snap,
        Stage::Search,
        Stage::Coverage,
        Stage::Isochrones,
    ];
}

impl InLanguage for Stage {
    fn zh(&self) -> String {
        let words = match self {
            Stage::Read => "读取数据",
            Stage::Network => "构建路网",
            Stage::Snap => "匹配到路网",
            Stage::Search => "搜索路径",
            Stage::Coverage => "统计覆盖",
            Stage::Isochrones => "绘制等时圈",
        };
        words.to_owned()
    }
}

/// How long each step took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Timings {
    /// Reading the inputs, where the caller has measured it.
    pub read: Duration,
    /// Building the network and its impedances.
    pub network: Duration,
    /// Snapping.
    pub snap: Duration,
    /// Searching.
    pub search: Duration,
    /// Counting.
    pub coverage: Duration,
    /// Drawing isochrones, where the caller has asked for them and measured it.
    pub isochrones: Duration,
}

/// The run was cancelled by its caller; nothing of it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Cancelled;

sentences!(struct Cancelled);

/// A progress callback: stage, steps done, steps in all. It is called from worker threads.
type Progress<'a> = &'a (dyn Fn(Stage, usize, usize) + Sync);

/// A clock: how long ago it was at a moment that stays the same.
type Clock<'a> = &'a (dyn Fn() -> Duration + Sync);

/// A progress callback, a cancellation flag and a clock, all optional. The default has none, and takes the time from the
/// system; WebAssembly in a browser has no such clock, and without one of the caller's all [`Timings`] are zero there.
#[derive(Clone, Copy, Default)]
pub struct Control<'a> {
    progress: Option<Progress<'a>>,
    cancel: Option<&'a AtomicBool>,
    clock: Option<Clock<'a>>,
    /// In tests, so many times may it be asked before the flag is up.
    #[cfg(test)]
    asked: Option<&'a AtomicUsize>,
}

impl fmt::Debug for Control<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Control")
            .field("progress", &self.progress.is_some())
            .field("cancel", &self.cancel)
            .field("clock", &self.clock.is_some())
            .finish()
    }
}

impl<'a> Control<'a> {
    /// Calls `progress(stage, done, total)` as the work goes on, from worker threads.
    #[must_use]
    pub fn with_progress(mut self, progress: Progress<'a>) -> Self {
        self.progress = Some(progress);
        self
    }

    /// Stops with [`Cancelled`] soon after the flag becomes true.
    #[must_use]
    pub fn with_cancel(mut self, cancel: &'a AtomicBool) -> Self {
        self.cancel = Some(cancel);
        self
    }

    /// Takes the time from `clock` instead of the system: the time that has passed since some moment, always the same one.
    ///
    /// ```
    /// use std::time::{Duration, Instant};
    /// use pedshed::control::Control;
    /// # fn milliseconds_of_the_page() -> f64 { 1234.5 }
    /// let clock = || Duration::from_secs_f64(milliseconds_of_the_page() / 1000.0);
    /// let control = Control::default().with_clock(&clock);
    /// ```
    #[must_use]
    pub fn with_clock(mut self, clock: Clock<'a>) -> Self {
        self.clock = Some(clock);
        self
    }

    /// Begins to measure.
    pub(crate) fn stopwatch(&self) -> Stopwatch<'a> {
        match self.clock {
            Some(clock) => Stopwatch::Callers {
                clock,
                since: clock(),
            },
            None => Stopwatch::system(),
        }
    }

    /// Cancels when it was asked so many times.
    #[cfg(all(test, any(feature = "osm", feature = "isochrone")))]
    pub(crate) fn cancelled_after(times: &'a AtomicUsize) -> Self {
        Self {
            asked: Some(times),
            ..Self::default()
        }
    }

    #[cfg(test)]
    fn is_asked_too_often(&self) -> bool {
        let one_less = |left: usize| left.checked_sub(1);
        let (set, get) = (Ordering::Relaxed, Ordering::Relaxed);
        self.asked
            .is_some_and(|left| left.fetch_update(set, get, one_less).is_err())
    }

    /// Reports a step.
    pub fn report(&self, stage: Stage, done: usize, total: usize) {
        if let Some(progress) = self.progress {
            progress(stage, done, total);
        }
    }

    /// # Errors
    /// [`Cancelled`] when the flag is up.
    pub fn check(&self) -> Result<(), Cancelled> {
        #[cfg(test)]
        if self.is_asked_too_often() {
            return Err(Cancelled);
        }
        if self
            .cancel
            .is_some_and(|cancel| cancel.load(Ordering::Relaxed))
        {
            Err(Cancelled)
        } else {
            Ok(())
        }
    }
}

/// How long each of several steps takes, one after the other.
pub(crate) enum Stopwatch<'a> {
    /// By the caller's clock.
    Callers {
        /// It.
        clock: Clock<'a>,
        /// What it said when the step began.
        since: Duration,
    },
    /// By the system's, where it has one.
    Systems(Option<Instant>),
}

impl Stopwatch<'_> {
    /// By the system's clock. On WebAssembly without a system asking for the time would end the program.
    fn system() -> Self {
        let has_clock = !cfg!(all(target_family = "wasm", target_os = "unknown"));
        Self::Systems(has_clock.then(Instant::now))
    }

    /// How long it is since the last lap, or since the beginning.
    pub(crate) fn lap(&mut self) -> Duration {
        match self {
            Self::Callers { clock, since } => {
                let now = clock();
                // A page's clock may be set back.
                now.saturating_sub(std::mem::replace(since, now))
            }
            Self::Systems(None) => Duration::ZERO,
            Self::Systems(Some(since)) => {
                let lap = since.elapsed();
                *since += lap;
                lap
            }
        }
    }
}

/// Counts the steps of one stage across threads.
pub(crate) struct Steps<'a> {
    control: Control<'a>,
    stage: Stage,
    done: AtomicUsize,
    total: usize,
}

impl<'a> Steps<'a> {
    pub(crate) fn new(control: Control<'a>, stage: Stage, total: usize) -> Self {
        control.report(stage, 0, total);
        Self {
            control,
            stage,
            done: AtomicUsize::new(0),
            total,
        }
    }

    /// What it reports to.
    #[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
    pub(crate) fn control(&self) -> Control<'a> {
        self.control
    }

    /// One more is done; says whether to stop.
    pub(crate) fn step(&self) -> Result<(), Cancelled> {
        self.control.check()?;
        if self.control.progress.is_some() {
            let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
            self.control.report(self.stage, done, self.total);
        }
        Ok(())
    }
}
