//! A small chart of shares: a line for each of some series.

use std::fmt::Write;

use super::super::escape::text;
use super::super::html::{Html, put};
use super::super::words::Words;

/// Width and height of the field.
const FIELD: (f64, f64) = (420.0, 120.0);
/// Where it begins.
const CORNER: (f64, f64) = (40.0, 12.0);
/// Names at the ends of lines keep this distance.
const ROOM: f64 = 13.0;
/// Classes of lines that differ in shade.
const SHADES: usize = 3;

/// Shares over something that ascends.
pub(super) struct Chart<'c> {
    pub(super) title: &'c str,
    /// The names of places on the axis.
    pub(super) ticks: Vec<(f64, String)>,
    /// Each with its name and its points: place on the axis, and share between 0 and 1.
    pub(super) lines: Vec<(String, Vec<(f64, f64)>)>,
    /// Where a mark stands across: what was chosen.
    pub(super) chosen: Option<f64>,
}

impl Chart<'_> {
    pub(super) fn write(&self, words: &Words, html: &mut Html) {
        let places = || {
            self.lines
                .iter()
                .flat_map(|(_, points)| points)
                .map(|(x, _)| *x)
        };
        let (Some(first), Some(last)) = (
            places().min_by(f64::total_cmp),
            places().max_by(f64::total_cmp),
        ) else {
            return;
        };
        let frame = Frame { first, last };
        let title = text(self.title).to_string();
        put!(
            html,
            "<figure class=\"curve small\"><figcaption><p>{title}</p></figcaption>\n<svg viewBox=\"0 0 520 156\" role=\"img\" aria-label=\"{title}\">\n"
        );
        write_grid(words, html);
        if let Some(chosen) = self.chosen.filter(|x| (first..=last).contains(x)) {
            let x = frame.at_x(chosen);
            put!(
                html,
                "<g class=\"mark decides\"><path d=\"M{x:.1} {BOTTOM}V{}\"/></g>\n",
                CORNER.1
            );
        }
        for (x, name) in &self.ticks {
            put!(
                html,
                "<text class=\"middle\" x=\"{:.1}\" y=\"{}\">{}</text>",
                frame.at_x(*x),
                BOTTOM + 15.0,
                text(name)
            );
        }
        self.write_lines(frame, html);
        put!(html, "</svg></figure>\n");
    }

    /// The lines, each with its name at its end.
    fn write_lines(&self, frame: Frame, html: &mut Html) {
        let ends = self.lines.iter().filter_map(|(_, points)| points.last());
        let labels = apart(&ends.map(|(_, share)| at_y(*share)).collect::<Vec<_>>());
        for (number, ((name, points), label)) in self.lines.iter().zip(labels).enumerate() {
            let mut line = String::new();
            for (position, (x, share)) in points.iter().enumerate() {
                let pen = if position == 0 { "M" } else { "L" };
                // Writing to a string cannot fail.
                let _ = write!(line, "{pen}{:.1} {:.1}", frame.at_x(*x), at_y(*share));
            }
            put!(
                html,
                "<path class=\"line l{}\" d=\"{line}\"/><text x=\"{}\" y=\"{:.1}\">{}</text>\n",
                number % SHADES,
                RIGHT + 6.0,
                label + 4.0,
                text(name)
            );
        }
    }
}

/// The marks of the shares up the side.
fn write_grid(words: &Words, html: &mut Html) {
    for quarter in 0..=4_u8 {
        let y = at_y(f64::from(quarter) / 4.0);
        put!(
            html,
            "<path class=\"grid\" d=\"M{} {y}H{RIGHT}\"/>",
            CORNER.0
        );
        if quarter % 2 == 0 {
            let percent = words.language.with_percent(&(25 * quarter).to_string());
            put!(
                html,
                "<text class=\"end\" x=\"{}\" y=\"{}\">{percent}</text>\n",
                CORNER.0 - 6.0,
                y + 3.5
            );
        }
    }
}

/// Where the field's places stand: from the first to the last across.
#[derive(Clone, Copy)]
struct Frame {
    first: f64,
    last: f64,
}

impl Frame {
    fn at_x(self, x: f64) -> f64 {
        let across = (self.last - self.first).max(f64::MIN_POSITIVE);
        CORNER.0 + FIELD.0 * (x - self.first) / across
    }
}

fn at_y(share: f64) -> f64 {
    CORNER.1 + FIELD.1 * (1.0 - share)
}

/// Where the field ends to the right, and below.
const RIGHT: f64 = CORNER.0 + FIELD.0;
const BOTTOM: f64 = CORNER.1 + FIELD.1;

/// Heights of labels that want to stand at these heights, moved down as far as it takes not to cover each other.
fn apart(wanted: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|one, other| wanted[*one].total_cmp(&wanted[*other]).then(one.cmp(other)));
    let mut heights = wanted.to_vec();
    let mut free_from = f64::MIN;
    for label in order {
        heights[label] = heights[label].max(free_from);
        free_from = heights[label] + ROOM;
    }
    heights
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_that_would_cover_each_other_are_moved_down() {
        assert_eq!(apart(&[50.0, 12.0, 14.0]), [50.0, 12.0, 25.0]);
        assert_eq!(apart(&[12.0, 12.0, 12.0]), [12.0, 25.0, 38.0]);
    }
}
