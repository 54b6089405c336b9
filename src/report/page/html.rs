//! A page as it grows.

use std::fmt::{Arguments, Write};

/// Adds formatted markup to a page.
macro_rules! put {
    ($html:expr, $($markup:tt)*) => {
        $html.put(format_args!($($markup)*))
    };
}

/// Markup. What comes from data goes through [`super::escape::text`] first.
#[derive(Debug, Default)]
pub(super) struct Html(String);

impl Html {
    pub(super) fn put(&mut self, markup: Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = self.0.write_fmt(markup);
    }

    /// Adds a mark and what it means to a legend.
    pub(super) fn legend_item(&mut self, class: &str, drawing: &str, what: &str) {
        put!(
            self,
            "<li class=\"{class}\"><svg viewBox=\"0 0 20 14\" aria-hidden=\"true\">{drawing}</svg>{what}</li>\n"
        );
    }

    /// Adds what was written elsewhere.
    pub(super) fn append(&mut self, other: &Self) {
        self.0.push_str(&other.0);
    }

    pub(super) fn into_text(self) -> String {
        self.0
    }
}

pub(super) use put;
