//! The summary for a terminal of 80 columns.

use std::fmt::Write;

use super::Report;
use crate::coverage::{Status, Tally};
use crate::model::Severity;
use crate::units::{Cutoff, People, Unit};

/// The widest line of the summary.
const COLUMNS: usize = 80;
/// Findings that are shown in full; the others are counted.
const SHOWN_FINDINGS: usize = 6;

/// The summary as text, no line wider than 80 columns.
#[must_use]
pub fn terminal_summary(report: &Report<'_>) -> String {
    let mut text = String::new();
    headline(&mut text, report);
    circles(&mut text, report);
    statuses(&mut text, report);
    areas(&mut text, report);
    findings(&mut text, report);
    text
}

/// Adds a line, cut to the width.
fn line(text: &mut String, content: &str) {
    if content.chars().nth(COLUMNS).is_none() {
        text.push_str(content);
    } else {
        text.extend(content.chars().take(COLUMNS - 1));
        text.push('…');
    }
    text.push('\n');
}

fn headline(text: &mut String, report: &Report<'_>) {
    let coverage = report.coverage;
    let total = coverage.total().people;
    let test = cutoff_words(coverage.tests().deciding());
    let covered = coverage.with_status(Status::Covered).people;
    line(
        text,
        &format!(
            "{} of {} people are within {test}: {}",
            whole(covered),
            whole(total),
            percent(covered, total)
        ),
    );
    for circle in coverage.straight() {
        let claim = percent(circle.inside.people, total);
        line(
            text,
            &format!("A plain {} m circle would claim {claim}", circle.radius_m),
        );
    }
    text.push('\n');
}

fn cutoff_words(cutoff: Cutoff) -> String {
    match cutoff.unit() {
        Unit::Milliseconds => format!("{cutoff} minutes' walk"),
        Unit::Millimetres => format!("{cutoff} m of walking"),
    }
}

/// People to the nearest whole one, with thin thousands.
fn whole(people: People) -> String {
    let digits = ((people.thousandths() + 500) / 1000).to_string();
    let mut grouped = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

fn percent(part: People, total: People) -> String {
    format!("{:.1} %", part.share_of(total) * 100.0)
}

fn tally_row(text: &mut String, name: &str, tally: Tally, total: People) {
    let row = format!(
        "  {name:<24}{:>10}{:>14}{:>10}",
        tally.records,
        whole(tally.people),
        percent(tally.people, total)
    );
    line(text, &row);
}

fn circles(text: &mut String, report: &Report<'_>) {
    let coverage = report.coverage;
    line(
        text,
        &format!(
            "  {:<24}{:>10}{:>14}{:>10}",
            "within", "records", "people", "share"
        ),
    );
    for (cutoff, tally) in coverage.tests().cutoffs().zip(coverage.by_cutoff()) {
        tally_row(text, &cutoff_words(cutoff), *tally, coverage.total().people);
    }
    text.push('\n');
}

fn statuses(text: &mut String, report: &Report<'_>) {
    let coverage = report.coverage;
    line(text, "  residents");
    for status in Status::ALL {
        tally_row(
            text,
            status.name(),
            coverage.with_status(status),
            coverage.total().people,
        );
    }
    text.push('\n');
}

fn areas(text: &mut String, report: &Report<'_>) {
    let sums = report.areas.sums();
    if sums.is_empty() {
        return;
    }
    let mut order: Vec<usize> = (0..sums.len()).collect();
    order.sort_by_key(|&area| {
        (
            std::cmp::Reverse(sums[area].people - sums[area].covered),
            area,
        )
    });
    line(
        text,
        &format!(
            "  {:<24}{:>10}{:>14}{:>10}",
            "areas, most left out first", "people", "left out", "share"
        ),
    );
    for &area in order.iter().take(12) {
        let sum = sums[area];
        let name: String = report.city.areas[area].name.chars().take(23).collect();
        let left_out = whole(sum.people - sum.covered);
        let row = format!(
            "  {name:<24}{:>10}{left_out:>14}{:>10}",
            whole(sum.people),
            percent(sum.covered, sum.people)
        );
        line(text, &row);
    }
    if order.len() > 12 {
        line(
            text,
            &format!("  … and {} more in areas.csv", order.len() - 12),
        );
    }
    text.push('\n');
}

fn findings(text: &mut String, report: &Report<'_>) {
    let findings = report.findings.worst_first();
    let split = findings.partition_point(|finding| finding.code.severity() < Severity::Note);
    let (shown, notes) = findings.split_at(split);
    if shown.is_empty() && notes.is_empty() {
        return;
    }
    line(text, "  findings");
    for finding in shown.iter().take(SHOWN_FINDINGS) {
        line(
            text,
            &format!("  {:>8}  {}", finding.count, finding.code.title()),
        );
        line(text, &format!("            e.g. {}", finding.example));
    }
    let rest = shown.len().saturating_sub(SHOWN_FINDINGS) + notes.len();
    if rest > 0 {
        let mut more = String::new();
        let kinds = if rest == 1 { "kind" } else { "kinds" };
        let _ = write!(
            more,
            "  {rest} more {kinds} of findings: see summary.json or `pedshed check`"
        );
        line(text, &more);
    }
    text.push('\n');
}
