//! A page as it grows.

use std::fmt::{Arguments, Write};

/// Markup. What comes from data goes through [`super::escape::text`] first.
#[derive(Debug, Default)]
pub(super) struct Html(String);

impl Html {
    pub(super) fn put(&mut self, markup: Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = self.0.write_fmt(markup);
    }

    pub(super) fn into_text(self) -> String {
        self.0
    }
}

/// Adds formatted markup to a page.
macro_rules! put {
    ($html:expr, $($markup:tt)*) => {
        $html.put(format_args!($($markup)*))
    };
}

pub(super) use put;
