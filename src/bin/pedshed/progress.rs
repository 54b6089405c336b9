//! Progress on standard error: a bar on a terminal, a line per stage elsewhere, nothing when quiet.

use std::io::IsTerminal;
use std::sync::Mutex;

use crate::terminal::complain;
use indicatif::{ProgressBar, ProgressStyle};
use pedshed::control::Stage;
use pedshed::language::{InLanguage, Language};

/// Shows how far the work is.
pub(crate) struct Progress(Kind, Language);

enum Kind {
    Quiet,
    Bar(ProgressBar),
    Lines(Mutex<Option<Stage>>),
}

impl Progress {
    pub(crate) fn new(quiet: bool, language: Language) -> Self {
        let kind = if quiet {
            Kind::Quiet
        } else if std::io::stderr().is_terminal() {
            let bar = ProgressBar::new(0);
            if let Ok(style) = ProgressStyle::with_template("{msg:>10} [{bar:40}] {pos}/{len}") {
                bar.set_style(style.progress_chars("=> "));
            }
            Kind::Bar(bar)
        } else {
            Kind::Lines(Mutex::new(None))
        };
        Self(kind, language)
    }

    /// Takes a report of the library.
    pub(crate) fn show(&self, stage: Stage, done: usize, total: usize) {
        match &self.0 {
            Kind::Quiet => {}
            Kind::Bar(bar) => {
                if done == 0 {
                    bar.set_message(stage.in_language(self.1));
                    bar.set_length(total as u64);
                }
                bar.set_position(done as u64);
            }
            Kind::Lines(last) => {
                let mut last = last
                    .lock()
                    .unwrap_or_else(std::sync::PoisonError::into_inner);
                if *last != Some(stage) {
                    *last = Some(stage);
                    complain!("{} …", stage.in_language(self.1));
                }
            }
        }
    }

    /// Clears the bar.
    pub(crate) fn finish(&self) {
        if let Kind::Bar(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}
