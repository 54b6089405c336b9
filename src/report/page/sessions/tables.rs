//! The tables: the sessions, those that are proposed, and the areas.

use std::cmp::Reverse;

use super::{Held, LISTED};
use crate::planning::sessions::{Session, SessionSums};
use crate::report::page::escape::{Name, text};
use crate::report::page::html::{Html, put};
use crate::report::page::tables::{heads, people_cell};
use crate::units::People;

impl Held<'_> {
    /// The sessions by time.
    pub(super) fn sessions(&self, html: &mut Html) {
        let (words, of_page) = (self.words, self.page.words());
        let mut order: Vec<usize> = (0..self.known.sessions.len()).collect();
        order.sort_by_key(|&at| (self.known.sessions[at].begins, at));
        open(
            "sessions",
            words.sessions,
            &[
                (words.when, false),
                (words.place, false),
                (words.topic, false),
                (words.people, true),
                (words.first_time, true),
                (words.per_seat, true),
            ],
            html,
        );
        for &at in order.iter().take(LISTED) {
            let (session, reached) = (
                &self.known.sessions[at],
                self.known.attendance.reached()[at],
            );
            put!(
                html,
                "<tr><td>{}</td><td>{}</td><td>{}</td>{}{}<td class=\"r\">{}</td></tr>\n",
                session.begins,
                Name(self.place(session)),
                text(session.topic.as_deref().unwrap_or_default()),
                people_cell(of_page, reached.people),
                people_cell(of_page, reached.new_people),
                per_seat(session, reached.people.as_f64())
            );
        }
        self.close(order.len(), "sessions.csv", html);
    }

    fn place(&self, session: &Session) -> &str {
        let record = &self.known.records[session.station.index()];
        record.name.as_deref().unwrap_or(&record.id)
    }

    /// Those that are proposed.
    pub(super) fn next(&self, html: &mut Html) {
        let Some(next) = self.known.next else {
            return;
        };
        let (words, of_page) = (self.words, self.page.words());
        open(
            "next",
            words.next,
            &[
                (words.when, false),
                (words.place, false),
                (words.team, false),
                (words.added, true),
            ],
            html,
        );
        for (session, people) in next.sessions.iter().zip(next.people).take(LISTED) {
            put!(
                html,
                "<tr><td>{}</td><td>{}</td><td>{}</td>{}</tr>\n",
                session.begins,
                Name(self.place(session)),
                text(session.team.as_deref().unwrap_or_default()),
                people_cell(of_page, *people)
            );
        }
        let gap = format!("{:.2}\u{a0}%", next.siting.gap() * 100.0);
        let gap = (!next.siting.proven).then_some(gap.as_str());
        put!(
            html,
            "</tbody></table></div>\n<p>{}</p></section>\n",
            words.proof(gap)
        );
    }

    /// The areas, the one with most people who had none first.
    pub(super) fn areas(&self, html: &mut Html) {
        if self.known.areas.is_empty() {
            return;
        }
        let (words, of_page) = (self.words, self.page.words());
        open(
            "areas",
            words.areas,
            &[
                (words.area, false),
                (words.all, true),
                (words.none, true),
                (words.share, true),
            ],
            html,
        );
        let mut areas: Vec<&SessionSums> = self.known.areas.iter().collect();
        areas.sort_by_key(|area| Reverse(area.missed()));
        for area in areas.iter().take(LISTED) {
            put!(
                html,
                "<tr><td>{}</td>{}{}<td class=\"r\" data-v=\"{:.6}\">{}</td></tr>\n",
                Name(&area.name),
                people_cell(of_page, area.people),
                people_cell(of_page, area.missed()),
                area.had.share_of(area.people),
                self.page.language.percent(area.had, area.people)
            );
        }
        self.close(areas.len(), "session_areas.csv", html);
    }

    fn close(&self, count: usize, file: &str, html: &mut Html) {
        put!(html, "</tbody></table></div>\n");
        if count > LISTED {
            let more = self.page.language.whole((count - LISTED) as u64);
            put!(
                html,
                "<p class=\"rest-of\">{}</p>\n",
                self.words.more(&more, file)
            );
        }
        put!(html, "</section>\n");
    }
}

/// The people for each seat of a session; more than one is too many.
fn per_seat(session: &Session, people: f64) -> String {
    let seats = session.seats.map(People::as_f64);
    let Some(seats) = seats.filter(|seats| *seats > 0.0) else {
        return "–".to_owned();
    };
    let class = if people > seats { "over" } else { "" };
    format!("<span class=\"{class}\">{:.1}</span>", people / seats)
}

/// A section with a table that can be sorted.
fn open(id: &str, title: &str, columns: &[(&str, bool)], html: &mut Html) {
    put!(
        html,
        "<section id=\"{id}\"><h2>{title}</h2>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{title}\"><table class=\"sortable\"><thead><tr>"
    );
    heads(columns, html);
    put!(html, "</tr></thead><tbody>\n");
}
