//! Lines for people. A reader that has gone away (`pedshed … | head`) is no error of ours, so failed writes are let go.

use std::fmt;
use std::io::{self, Write};

/// Prints a line to standard output.
macro_rules! say {
    ($($argument:tt)*) => { $crate::terminal::to_stdout(format_args!($($argument)*)) };
}

/// Prints a line to standard error.
macro_rules! complain {
    ($($argument:tt)*) => { $crate::terminal::to_stderr(format_args!($($argument)*)) };
}

/// Prints one of two lines to standard output: the English, or the Chinese.
macro_rules! say_in {
    ($language:expr, $en:literal, $zh:literal $(,)?) => {
        match $language {
            ::pedshed::language::Language::En => $crate::terminal::say!($en),
            ::pedshed::language::Language::Zh => $crate::terminal::say!($zh),
        }
    };
}

/// Makes the library's `Words` of two format strings.
macro_rules! words {
    ($en:literal, $zh:literal $(,)?) => {
        ::pedshed::language::Words::new(
            ::std::fmt::format(format_args!($en)),
            ::std::fmt::format(format_args!($zh)),
        )
    };
}

pub(crate) use {complain, say, say_in, words};

pub(crate) fn to_stdout(line: fmt::Arguments<'_>) {
    let _ = writeln!(io::stdout().lock(), "{line}");
}

pub(crate) fn to_stderr(line: fmt::Arguments<'_>) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}
