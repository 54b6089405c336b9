//! The row of choices, and the facts of each.

use super::super::Page;
use super::super::escape::text;
use super::super::html::{Html, put};
use super::facts;
use super::views::View;
use crate::report::Report;

/// The inputs, which come before all that they switch, then the buttons and the facts of each choice.
pub(in super::super) fn choices(
    report: &Report<'_>,
    page: &Page<'_>,
    views: &[View<'_>],
    html: &mut Html,
) {
    if views.is_empty() {
        return;
    }
    let words = page.words();
    let everything = words.either("Overall", "总体").to_owned();
    let labels = views.iter().map(|view| (view.number, view.label(words)));
    let labels: Vec<(usize, String)> = std::iter::once((0, everything)).chain(labels).collect();
    for (number, _) in &labels {
        let checked = if *number == 0 { " checked=\"\"" } else { "" };
        put!(
            html,
            "<input type=\"radio\" name=\"view\" id=\"view-{number}\"{checked}/>\n"
        );
    }
    let name = words.either("What the map shows", "图示内容");
    put!(
        html,
        "<div class=\"views\" role=\"group\" aria-label=\"{name}\">\n"
    );
    for (number, label) in &labels {
        put!(
            html,
            "<label for=\"view-{number}\">{}</label>\n",
            text(label)
        );
    }
    put!(html, "</div>\n");
    facts::write(report, words, views, html);
}
