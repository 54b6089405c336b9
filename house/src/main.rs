//! Counts how the source of pedshed is built, and beside each number says what it should be: lines of functions, functions
//! that take tuples, circles between files, public items. It reads `src` as text and compiles nothing.
//!
//! Left out: what is compiled for tests alone, and what macros write. A path is followed by the names in the source, so
//! methods and fields, whose types are not written where they are used, make no arrow from file to file.

mod circles;
mod error;
mod functions;
mod held;
mod house;
mod lines;
mod module;
mod names;
mod paths;
mod print;
mod public;
mod sources;
mod survey;
#[cfg(test)]
mod tests;
mod tests_only;
mod tree;

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use crate::error::Error;
use crate::held::Held;
use crate::house::House;

const USAGE: &str = "usage: cargo run --package house -- [--check] [--list]

  --check  fail if a number is worse than the one in house/held.txt
  --list   name every function with tuples, every long file and every arrow of a circle
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let Some(unknown) = arguments
        .iter()
        .find(|argument| !["--check", "--list"].contains(&argument.as_str()))
    {
        eprint_all(&format!(
            "house: `{unknown}` is no flag of this program\n{USAGE}"
        ));
        return ExitCode::from(2);
    }
    let has = |flag: &str| arguments.iter().any(|argument| argument == flag);
    match report(has("--list")) {
        Ok(Report { text, worse }) => {
            print_all(&text);
            eprint_all(&worse);
            ExitCode::from(u8::from(has("--check") && !worse.is_empty()))
        }
        Err(reason) => {
            eprint_all(&format!("house: {reason}\n"));
            ExitCode::FAILURE
        }
    }
}

struct Report {
    text: String,
    /// Empty if nothing is.
    worse: String,
}

fn report(with_lists: bool) -> Result<Report, Error> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let house = House::new(&sources::read(&here.join("../src"))?)?;
    let circles = house.circles();
    let measures = house.measures(&circles);
    let path = here.join("held.txt");
    let held = std::fs::read_to_string(&path).map_err(|reason| Error::Read {
        path: path.display().to_string(),
        reason,
    })?;
    let held = Held::new(&held, &measures)?;

    let mut text = print::table(&measures, &held);
    text.push_str(&print::details(&house, &circles));
    if with_lists {
        text.push_str(&print::lists(&house, &circles));
    }
    text.push_str(&print::better(&measures, &held));
    Ok(Report {
        text,
        worse: print::worse(&measures, &held),
    })
}

/// A reader that has seen enough, like `head`, is no error.
fn print_all(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}

fn eprint_all(text: &str) {
    let _ = std::io::stderr().write_all(text.as_bytes());
}
