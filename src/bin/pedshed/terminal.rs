//! Lines for people. A reader that has gone away (`pedshed … | head`) is no error of ours; a disk that is full is one, which the
//! command ends with. What data would make a terminal do is shown and not done.

use std::fmt;
use std::io::{self, Write};
use std::sync::Mutex;

use pedshed::report::{is_obeyed, visible};

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

/// Why standard output took no more, where that is an error: the first reason.
static FAILED: Mutex<Option<io::Error>> = Mutex::new(None);

fn to_stdout_as_it_is(text: &str) {
    if let Err(reason) = writeln!(io::stdout().lock(), "{text}") {
        note(reason);
    }
}

/// Keeps why standard output took no more.
pub(crate) fn note(reason: io::Error) {
    if reason.kind() != io::ErrorKind::BrokenPipe
        && let Ok(mut failed) = FAILED.lock()
    {
        failed.get_or_insert(reason);
    }
}

/// What kept lines from standard output, once all are written: a full disk, and no reader that has gone away.
pub(crate) fn failure() -> Option<io::Error> {
    if let Err(reason) = io::stdout().flush() {
        note(reason);
    }
    FAILED.lock().ok()?.take()
}

/// Prints lines for people: what a terminal would obey is shown, but for the ends of lines.
pub(crate) fn to_stdout(lines: fmt::Arguments<'_>) {
    to_stdout_as_it_is(&shown(lines));
}

pub(crate) fn to_stderr(lines: fmt::Arguments<'_>) {
    let _ = writeln!(io::stderr().lock(), "{}", shown(lines));
}

fn shown(lines: fmt::Arguments<'_>) -> String {
    let text = lines.to_string();
    let lines = text.split('\n').map(visible);
    lines.collect::<Vec<_>>().join("\n")
}

/// Prints JSON for programs. What a terminal would obey is escaped as JSON does it, so its value is the same.
pub(crate) fn say_json(value: &impl serde::Serialize) -> serde_json::Result<()> {
    let text = serde_json::to_string_pretty(value)?;
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        // Line ends stand between the values alone: in texts they are escaped already.
        if letter != '\n' && is_obeyed(letter) {
            // All of them are below U+10000.
            let code = format!("\\u{:04x}", u32::from(letter));
            escaped.push_str(&code);
        } else {
            escaped.push(letter);
        }
    }
    to_stdout_as_it_is(&escaped);
    Ok(())
}
