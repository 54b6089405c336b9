//! Cost against size as a small SVG: both axes by powers of ten, a flat line is what is hoped for.

use std::fmt::Write;

use crate::Row;

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 420.0;
const LEFT: f64 = 60.0;
const RIGHT: f64 = 230.0;
const TOP: f64 = 40.0;
const BOTTOM: f64 = 50.0;

/// One line of the plot.
struct Series {
    name: &'static str,
    colour: &'static str,
    value: fn(&Row) -> f64,
}

const SERIES: [Series; 5] = [
    Series {
        name: "peak bytes per junction",
        colour: "#6b4c9a",
        value: Row::bytes_per_junction,
    },
    Series {
        name: "search, µs per station",
        colour: "#c0392b",
        value: Row::micros_per_station,
    },
    Series {
        name: "snap, ns per junction",
        colour: "#2471a3",
        value: |row| row.snap * 1e9 / row.junctions as f64,
    },
    Series {
        name: "engine set-up, ns per junction",
        colour: "#1e8449",
        value: |row| row.engine * 1e9 / row.junctions as f64,
    },
    Series {
        name: "nearest, ns per junction",
        colour: "#b9770e",
        value: |row| row.nearest * 1e9 / row.junctions as f64,
    },
];

/// A range of whole powers of ten around some numbers.
fn decades(values: impl Iterator<Item = f64>) -> (i32, i32) {
    let logs: Vec<f64> = values
        .filter(|value| *value > 0.0)
        .map(f64::log10)
        .collect();
    let low = logs.iter().copied().fold(f64::MAX, f64::min).floor() as i32;
    let high = logs.iter().copied().fold(f64::MIN, f64::max).ceil() as i32;
    (low, high.max(low + 1))
}

/// Draws all series over the junctions.
pub(crate) fn draw(rows: &[Row]) -> String {
    let (x0, x1) = decades(rows.iter().map(|row| row.junctions as f64));
    let (y0, y1) = decades(
        rows.iter()
            .flat_map(|row| SERIES.iter().map(|series| (series.value)(row))),
    );
    let x = |value: f64| {
        let part = (value.log10() - f64::from(x0)) / f64::from(x1 - x0);
        LEFT + part * (WIDTH - LEFT - RIGHT)
    };
    let y = |value: f64| {
        let part = (value.log10() - f64::from(y0)) / f64::from(y1 - y0);
        HEIGHT - BOTTOM - part * (HEIGHT - TOP - BOTTOM)
    };
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-family=\"sans-serif\" font-size=\"12\">\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n<text x=\"{LEFT}\" y=\"22\" font-size=\"15\">Cost against size, ids in drawn order</text>\n"
    );
    for power in y0..=y1 {
        let at = y(10f64.powi(power));
        let (end, label) = (WIDTH - RIGHT, LEFT - 8.0);
        let _ = writeln!(
            svg,
            "<line x1=\"{LEFT}\" y1=\"{at:.1}\" x2=\"{end}\" y2=\"{at:.1}\" stroke=\"#ddd\"/><text x=\"{label}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
            at + 4.0,
            10f64.powi(power)
        );
    }
    for row in rows {
        let at = x(row.junctions as f64);
        let _ = writeln!(
            svg,
            "<text x=\"{at:.1}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
            HEIGHT - BOTTOM + 20.0,
            short(row.junctions)
        );
    }
    let _ = writeln!(
        svg,
        "<text x=\"{:.1}\" y=\"{}\" text-anchor=\"middle\">junctions</text>",
        f64::midpoint(LEFT, WIDTH - RIGHT),
        HEIGHT - 10.0
    );
    let mut label_y: Vec<f64> = Vec::new();
    for series in &SERIES {
        let place = |row: &Row| (x(row.junctions as f64), y((series.value)(row)));
        let points: Vec<String> = rows
            .iter()
            .map(place)
            .map(|(x, y)| format!("{x:.1},{y:.1}"))
            .collect();
        let colour = series.colour;
        let _ = writeln!(
            svg,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>",
            points.join(" ")
        );
        for row in rows {
            let (x, y) = place(row);
            let value = (series.value)(row);
            let _ = writeln!(
                svg,
                "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3\" fill=\"{colour}\"/><text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\" font-size=\"10\" fill=\"{colour}\">{value:.0}</text>",
                y - 6.0
            );
        }
        if let Some(last) = rows.last() {
            let (at, mut y) = place(last);
            while label_y.iter().any(|other| (other - y).abs() < 14.0) {
                y += 4.0;
            }
            label_y.push(y);
            let _ = writeln!(
                svg,
                "<text x=\"{:.1}\" y=\"{:.1}\" fill=\"{colour}\">{}</text>",
                at + 14.0,
                y + 4.0,
                series.name
            );
        }
    }
    svg.push_str("</svg>\n");
    svg
}

/// `100 k`, `20 M`.
fn short(count: usize) -> String {
    let thousands = (count as f64 / 1e3).round();
    if thousands < 1000.0 {
        format!("{thousands} k")
    } else {
        format!("{} M", (thousands / 100.0).round() / 10.0)
    }
}
