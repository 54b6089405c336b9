//! What every verb is given beside its arguments.

use std::sync::atomic::AtomicBool;

use pedshed::control::Control;
use pedshed::language::Language;

/// A call of the command.
#[derive(Clone, Copy)]
pub(crate) struct Session<'a> {
    /// In which language to speak.
    pub(crate) language: Language,
    /// Raised when the user wants the work to stop.
    pub(crate) cancel: &'a AtomicBool,
}

impl<'a> Session<'a> {
    /// For work that looks at whether the user wants it to stop.
    pub(crate) fn control(self) -> Control<'a> {
        Control::default().with_cancel(self.cancel)
    }

    /// Between two steps.
    ///
    /// # Errors
    /// [`pedshed::Error::Cancelled`].
    pub(crate) fn check(self) -> Result<(), pedshed::Error> {
        self.control().check().map_err(pedshed::Error::from)
    }
}
