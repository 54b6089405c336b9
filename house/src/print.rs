//! What the numbers look like.

use std::fmt::Write;

use crate::circles::{Arrow, Circle};
use crate::functions::Function;
use crate::held::Held;
use crate::house::{House, Measure};
use crate::sources::room_of;

/// How many of the longest functions are named.
const LONGEST: usize = 10;

/// One row for each measure, in columns.
pub(crate) fn table(measures: &[Measure], held: &Held) -> String {
    let mut rows = vec![["", "here", "aim", "met", "held"].map(str::to_owned)];
    rows.extend(measures.iter().map(|measure| cells(measure, held)));
    let widths =
        [0, 1, 2, 3, 4].map(|column| rows.iter().map(|row| row[column].len()).max().unwrap_or(0));
    let mut text = String::new();
    for row in rows {
        let [what, numbers @ ..] = &row;
        let _ = write!(text, "{what:<0$}", widths[0]);
        for (cell, width) in numbers.iter().zip(&widths[1..]) {
            let _ = write!(text, "  {cell:>width$}");
        }
        text.push('\n');
    }
    text
}

fn cells(measure: &Measure, held: &Held) -> [String; 5] {
    let share = |all: usize| {
        format!(
            " ({:.1} %)",
            100.0 * measure.value as f64 / all.max(1) as f64
        )
    };
    let aim = measure.aim.map_or("-", |aim| aim.shown);
    let met = measure.aim.map_or("-", |aim| {
        if measure.value <= aim.most {
            "yes"
        } else {
            "no"
        }
    });
    [
        measure.what.to_owned(),
        format!(
            "{}{}",
            measure.value,
            measure.of.map(share).unwrap_or_default()
        ),
        aim.to_owned(),
        met.to_owned(),
        held.of(measure).to_string(),
    ]
}

/// What was looked at and what was not, the longest functions and the circles.
pub(crate) fn details(house: &House, circles: &[Circle<'_>]) -> String {
    let tree = &house.tree;
    let macros: usize = tree
        .modules
        .iter()
        .map(|module| module.written_by_macros)
        .sum();
    let mut text = format!(
        "{} functions in {} files, without tests and without what {macros} calls of macros write\n\
         public: {}\n\nlongest functions:\n",
        tree.functions.len(),
        tree.files.len(),
        house.public_by_kind()
    );
    for function in house.longest().into_iter().take(LONGEST) {
        let _ = writeln!(
            text,
            "  {:>4}  {}",
            tree.length(function),
            place(house, function)
        );
    }
    let _ = writeln!(text, "\ncircles:");
    for circle in circles {
        text.push_str(&files(circle));
        text.extend(circle.example.iter().map(arrow));
    }
    text
}

/// Every function with tuples, every long file, every arrow of a circle.
pub(crate) fn lists(house: &House, circles: &[Circle<'_>]) -> String {
    let mut functions = house.with_tuples(2);
    functions.sort_by_key(|function| std::cmp::Reverse(function.tuple));
    let mut text = "\nfunctions that take tuples, with the parts of the tuple:\n".to_owned();
    for function in functions {
        let _ = writeln!(text, "  {:>4}  {}", function.tuple, place(house, function));
    }
    let _ = writeln!(text, "\nfiles over 500 lines of code:");
    for (file, lines) in house.long_files() {
        let _ = writeln!(text, "  {lines:>4}  src/{file}");
    }
    let _ = writeln!(text, "\nall arrows of the circles:");
    for circle in circles {
        text.push_str(&files(circle));
        text.extend(circle.arrows.iter().map(arrow));
    }
    text
}

/// The files of a circle, by their names within its room.
fn files(circle: &Circle<'_>) -> String {
    let room = circle.files.first().map_or("", |file| room_of(file));
    let prefix = format!("{room}/");
    let names = circle
        .files
        .iter()
        .map(|file| file.strip_prefix(&prefix).unwrap_or(file));
    let names: Vec<&str> = names.collect();
    format!("  {room}, {} files: {}\n", names.len(), names.join(", "))
}

fn place(house: &House, function: &Function) -> String {
    let file = &house.tree.files[function.file].name;
    format!("src/{file}:{} {}", function.line, function.name)
}

fn arrow(arrow: &Arrow<'_>) -> String {
    let Arrow { from, to, reason } = arrow;
    format!(
        "      src/{from}:{} -> {to} ({})\n",
        reason.line, reason.path
    )
}

/// What became worse, with what to do; empty if nothing did.
pub(crate) fn worse(measures: &[Measure], held: &Held) -> String {
    let mut text = String::new();
    for measure in measures
        .iter()
        .filter(|measure| measure.value > held.of(measure))
    {
        let _ = writeln!(
            text,
            "worse: {} is {}, and was {}",
            measure.name,
            measure.value,
            held.of(measure)
        );
    }
    if !text.is_empty() {
        text.push_str(
            "`cargo run --package house -- --list` says where. Mend it, or write the new number into house/held.txt \
             and the reason into the commit.\n",
        );
    }
    text
}

/// What became better: to be held from now on.
pub(crate) fn better(measures: &[Measure], held: &Held) -> String {
    let mut text = String::new();
    for measure in measures
        .iter()
        .filter(|measure| measure.value < held.of(measure))
    {
        let _ = writeln!(
            text,
            "better: write `{} {}` into house/held.txt",
            measure.name, measure.value
        );
    }
    text
}
