//! The strip of the programme: how many stairwells stand where, and how many lifts are begun in each quarter.

use super::Lifts;
use crate::report::page::bars::{self, Bar};
use crate::report::page::html::{Html, put};

/// Its width in units of the drawing.
const WIDTH: f64 = 1000.0;
const HEIGHT: f64 = 26.0;

impl Lifts<'_> {
    pub(super) fn strip(&self, html: &mut Html) {
        let (words, language) = (self.words, self.page.language);
        let progress = self.known.progress();
        let [built, way, ready, open, refused] = progress.by_status;
        let parts = [
            ("lb", built, words.built),
            ("lw", way, words.way),
            ("lp", progress.planned, words.planned),
            ("lm", ready + open - progress.planned, words.may),
            ("ln", refused, words.not),
        ];
        put!(
            html,
            "<section id=\"strip\"><h2>{}</h2>\n<svg class=\"strip\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{}\">\n",
            words.strip,
            words.strip
        );
        let all = progress.stairwells.max(1) as f64;
        let mut x = 0.0;
        for (class, count, what) in parts {
            let width = WIDTH * count as f64 / all;
            if count > 0 {
                put!(
                    html,
                    "<rect class=\"{class}\" x=\"{x:.1}\" width=\"{width:.1}\" height=\"{HEIGHT}\"><title>{what} {count}</title></rect>\n"
                );
            }
            x += width;
        }
        put!(html, "</svg>\n<ul class=\"keys\">");
        for (class, count, what) in parts {
            let count = language.whole(count as u64);
            put!(
                html,
                "<li><span class=\"{class}\"></span>{what} <b>{count}</b></li>"
            );
        }
        put!(html, "</ul></section>\n");
        self.timetable(html);
    }

    fn timetable(&self, html: &mut Html) {
        let rows = self.known.quarters();
        if rows.is_empty() {
            return;
        }
        let words = self.words;
        put!(
            html,
            "<section id=\"timetable\"><h2>{}</h2><p>{}</p>\n",
            words.timetable,
            words.timetable_note
        );
        let bars = rows.iter().map(|row| Bar {
            name: row.quarter.to_string(),
            value: row.begun as f64,
            shown: row.begun.to_string(),
        });
        bars::write(words.timetable, &bars.collect::<Vec<_>>(), html);
        put!(html, "<table><thead><tr>");
        let heads = [
            (words.quarter, false),
            (words.begun, true),
            (words.finished, true),
            (words.public, true),
            (words.owners, true),
        ];
        crate::report::page::tables::heads(&heads, html);
        put!(html, "</tr></thead><tbody>\n");
        let whole = |count: usize| self.page.language.whole(count as u64);
        for row in &rows {
            let money = [row.public(), row.owners].map(|money| self.money(money));
            put!(
                html,
                "<tr><td>{}</td><td class=\"r\">{}</td><td class=\"r\">{}</td><td class=\"r\">{}</td><td class=\"r\">{}</td></tr>\n",
                row.quarter,
                whole(row.begun),
                whole(row.finished),
                money[0],
                money[1]
            );
        }
        put!(html, "</tbody></table></section>\n");
    }
}
