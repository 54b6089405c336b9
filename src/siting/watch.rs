//! When to stop.

use std::cell::{Cell, RefCell};
use std::time::Duration;

use crate::control::{Control, Stopwatch};

/// Why a search ended before it had proved its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// The time limit was up.
    TimeLimit,
    /// The caller said so.
    Cancelled,
}

/// Looks at the time and at the caller's wish.
pub(super) struct Watch<'c> {
    control: Control<'c>,
    limit: Option<Duration>,
    stopwatch: RefCell<Stopwatch<'c>>,
    spent: Cell<Duration>,
    stopped: Cell<Option<Stopped>>,
}

impl<'c> Watch<'c> {
    pub(super) fn new(control: Control<'c>, limit: Option<Duration>) -> Self {
        Self {
            control,
            limit,
            stopwatch: RefCell::new(control.stopwatch()),
            spent: Cell::new(Duration::ZERO),
            stopped: Cell::new(None),
        }
    }

    pub(super) fn is_over(&self) -> bool {
        if self.stopped.get().is_some() {
            return true;
        }
        if self.control.check().is_err() {
            self.stopped.set(Some(Stopped::Cancelled));
        }
        let lap = self.stopwatch.borrow_mut().lap();
        self.spent.set(self.spent.get() + lap);
        if self.limit.is_some_and(|limit| self.spent.get() >= limit) {
            self.stopped.set(Some(Stopped::TimeLimit));
        }
        self.stopped.get().is_some()
    }

    /// How much of the time limit is left.
    pub(super) fn left(&self) -> Option<Duration> {
        let limit = self.limit?;
        Some(limit.saturating_sub(self.spent.get()))
    }

    pub(super) fn stopped(&self) -> Option<Stopped> {
        self.stopped.get()
    }
}
