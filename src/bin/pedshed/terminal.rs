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

pub(crate) use {complain, say};

pub(crate) fn to_stdout(line: fmt::Arguments<'_>) {
    let _ = writeln!(io::stdout().lock(), "{line}");
}

pub(crate) fn to_stderr(line: fmt::Arguments<'_>) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}
