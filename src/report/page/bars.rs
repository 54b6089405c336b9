//! A small chart of bars, one beside the other: quarters, weeks.

use super::escape::text;
use super::html::{Html, put};

/// The width of the drawing.
const WIDTH: f64 = 440.0;
/// The tallest bar.
const TALLEST: f64 = 70.0;
/// Room above the bars for their numbers.
const ABOVE: f64 = 16.0;
/// Room below for their names.
const BELOW: f64 = 18.0;
/// So many names have room.
const NAMED: usize = 8;

/// One bar.
pub(super) struct Bar {
    /// What stands below it.
    pub(super) name: String,
    pub(super) value: f64,
    /// What stands above it; markup.
    pub(super) shown: String,
}

/// Bars as an SVG; the tallest one fills the height. `label` is for those who do not see it.
pub(super) fn write(label: &str, bars: &[Bar], html: &mut Html) {
    let most = bars.iter().map(|bar| bar.value).fold(0.0, f64::max);
    let step = WIDTH / bars.len().max(1) as f64;
    let ground = ABOVE + TALLEST;
    put!(
        html,
        "<svg class=\"bars\" viewBox=\"0 0 {WIDTH} {}\" role=\"img\" aria-label=\"{label}\">\n",
        ground + BELOW
    );
    let every = bars.len().div_ceil(NAMED).max(1);
    for (place, bar) in bars.iter().enumerate() {
        let tall = if most > 0.0 {
            TALLEST * bar.value / most
        } else {
            0.0
        };
        let (left, top) = (place as f64 * step, ground - tall);
        let middle = left + step / 2.0;
        // A bar is no wider than its name needs.
        let wide = (step * 0.76).min(48.0);
        put!(
            html,
            "<rect x=\"{:.1}\" y=\"{top:.1}\" width=\"{wide:.1}\" height=\"{tall:.1}\"/>",
            middle - wide / 2.0
        );
        put!(
            html,
            "<text x=\"{middle:.1}\" y=\"{:.1}\">{}</text>",
            top - 4.0,
            bar.shown
        );
        if place % every == 0 {
            put!(
                html,
                "<text class=\"name\" x=\"{middle:.1}\" y=\"{:.1}\">{}</text>",
                ground + 14.0,
                text(&bar.name)
            );
        }
    }
    put!(html, "\n</svg>\n");
}
