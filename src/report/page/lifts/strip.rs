//! The strip of the programme: how many stairwells stand where, and how many lifts are begun in each quarter.

use super::Lifts;
use crate::report::lifts::QuarterRow;
use crate::report::page::escape::text;
use crate::report::page::html::{Html, put};

/// Its width in units of the drawing.
const WIDTH: f64 = 1000.0;
const HEIGHT: f64 = 26.0;
/// The tallest bar of a quarter.
const BAR: f64 = 90.0;
/// Quarters whose names have room.
const NAMED: usize = 16;

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
            "<section id=\"strip\"><h2>{}</h2>\n<svg class=\"strip\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"{}\">\n",
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
        self.bars(&rows, html);
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

    /// A bar for each quarter.
    fn bars(&self, rows: &[QuarterRow], html: &mut Html) {
        let most = rows.iter().map(|row| row.begun).max().unwrap_or(0).max(1) as f64;
        let step = WIDTH / rows.len() as f64;
        let height = BAR + 40.0;
        put!(
            html,
            "<svg class=\"strip\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\"{}\">\n",
            self.words.timetable
        );
        let every = rows.len().div_ceil(NAMED);
        for (place, row) in rows.iter().enumerate() {
            let tall = BAR * row.begun as f64 / most;
            let (x, y) = (place as f64 * step, 20.0 + BAR - tall);
            let middle = x + step / 2.0;
            put!(
                html,
                "<rect class=\"bar\" x=\"{:.1}\" y=\"{y:.1}\" width=\"{:.1}\" height=\"{tall:.1}\"/>\n",
                x + step * 0.12,
                step * 0.76
            );
            if row.begun > 0 {
                put!(
                    html,
                    "<text x=\"{middle:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>\n",
                    y - 5.0,
                    row.begun
                );
            }
            if place % every == 0 {
                put!(
                    html,
                    "<text class=\"small\" x=\"{middle:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>\n",
                    BAR + 36.0,
                    text(row.quarter)
                );
            }
        }
        put!(html, "</svg>\n");
    }
}
