//! The map with its switches and its legend.

use super::Page;
use super::circle::{self, View};
use super::html::{Html, put};
use super::map::{self, LeftOuts, Map, Overlay};
use super::words::Words;
use crate::report::Report;
use crate::units::Unit;

/// The map with its switches and its legend. The switches come first, so that the style sheet alone can obey them.
pub(super) fn write(
    report: &Report<'_>,
    page: &Page<'_>,
    map: &Map<'_>,
    left_outs: &LeftOuts,
    html: &mut Html,
) {
    let class = match report.study() {
        Some(_) => "mapbox study",
        None => "mapbox",
    };
    begin(class, page, html);
    circle::choices(report, page, map.views, html);
    switches(report, page, html);
    canvas(report, page, map, left_outs, html);
    legend(report, page, map.views, html);
    put!(html, "</section>\n");
}

/// Which circles and which layers are shown.
fn switches(report: &Report<'_>, page: &Page<'_>, html: &mut Html) {
    let words = page.words();
    if report.compared_radius_m().is_some() {
        let circles = [
            ("walk", words.walking),
            ("line", words.straight),
            ("both", words.both),
        ];
        for (position, (id, name)) in circles.into_iter().enumerate() {
            let checked = if position == 0 { " checked=\"\"" } else { "" };
            put!(
                html,
                "<input type=\"radio\" name=\"circle\" id=\"circle-{id}\"{checked}/><label class=\"tab\" for=\"circle-{id}\">{name}</label>\n"
            );
        }
    }
    layers(report, words, true, html);
}

/// Which layers are shown.
pub(super) fn layers(report: &Report<'_>, words: &Words, has_gaps: bool, html: &mut Html) {
    let mut layers = vec![
        ("out", words.layer_out, true),
        ("in", words.layer_in, false),
    ];
    if has_gaps {
        layers.push(("gaps", words.layer_gaps, true));
    }
    layers.extend([
        ("stations", words.layer_stations, true),
        ("streets", words.layer_streets, true),
    ]);
    if !report.city.areas.is_empty() {
        layers.push(("areas", words.layer_areas, true));
    }
    layers.push(("names", words.layer_names, true));
    for (id, name, is_on) in layers {
        layer(id, name, is_on, html);
    }
}

/// Begins the box. Its switches come first, so that the style sheet alone can obey them.
pub(super) fn begin(class: &str, page: &Page<'_>, html: &mut Html) {
    put!(
        html,
        "<section class=\"{class}\" aria-label=\"{}\">\n",
        page.words().map
    );
}

/// Whether one layer is shown.
pub(super) fn layer(id: &str, name: &str, is_on: bool, html: &mut Html) {
    let checked = if is_on { " checked=\"\"" } else { "" };
    put!(
        html,
        "<input type=\"checkbox\" id=\"layer-{id}\"{checked}/><label class=\"layer\" for=\"layer-{id}\">{name}</label>\n"
    );
}

/// The layers that maps without walking circles have, below those that are theirs alone.
pub(super) fn usual_layers(page: &Page<'_>, html: &mut Html) {
    let words = page.words();
    layer("stations", words.layer_stations, true, html);
    layer("streets", words.layer_streets, true, html);
    layer("names", words.layer_names, true, html);
}

/// The picture, and what lies over it.
fn canvas(
    report: &Report<'_>,
    page: &Page<'_>,
    map: &Map<'_>,
    left_outs: &LeftOuts,
    html: &mut Html,
) {
    canvas_of(page, html, |html| map.svg(left_outs, html));
    if report.study().is_some() {
        let back = page.words().either("← Back", "← 返回");
        put!(
            html,
            "<button type=\"button\" class=\"back\" hidden=\"\">{back}</button>\n"
        );
    }
    end_canvas(html);
}

/// The map of a page with what lies over it alone, its legend, and the end of the box. The legend begins with the stations.
pub(super) fn draw(
    page: &Page<'_>,
    map: &Map<'_>,
    overlay: &Overlay<'_>,
    legend: impl FnOnce(&mut Html),
    html: &mut Html,
) {
    canvas_of(page, html, |html| map.svg_with(overlay, html));
    end_canvas(html);
    let words = page.words();
    put!(
        html,
        "<ul class=\"legend\" aria-label=\"{}\">\n",
        words.legend
    );
    legend_of_stations(words, html);
    legend(html);
    put!(html, "</ul>\n</section>\n");
}

/// A picture, and what lies over it.
pub(super) fn canvas_of(page: &Page<'_>, html: &mut Html, draw: impl FnOnce(&mut Html)) {
    let words = page.words();
    put!(
        html,
        "<div class=\"canvas\" role=\"group\" aria-label=\"{} {}\">\n",
        words.map_label,
        words.map_keys
    );
    draw(html);
    let compass = "<svg class=\"compass\" viewBox=\"0 0 24 36\" aria-hidden=\"true\"><path d=\"M12 1l7 19-7-4-7 4z\"/>";
    put!(
        html,
        "{compass}<text x=\"12\" y=\"34\">{}</text></svg>\n",
        words.north
    );
    put!(
        html,
        "<div class=\"zoom\" hidden=\"\"><button type=\"button\" data-zoom=\"in\" aria-label=\"{}\">+</button><button type=\"button\" data-zoom=\"out\" aria-label=\"{}\">−</button><button type=\"button\" data-zoom=\"all\" aria-label=\"{}\">⤢</button></div>\n",
        words.zoom_in,
        words.zoom_out,
        words.zoom_all
    );
    put!(html, "<p class=\"credit\">{}</p>\n", page.credit_markup());
}

/// The end of the picture: where names under the pointer stand.
pub(super) fn end_canvas(html: &mut Html) {
    put!(
        html,
        "<div class=\"hint\" role=\"status\" hidden=\"\"></div>\n</div>\n"
    );
}

fn legend(report: &Report<'_>, page: &Page<'_>, views: &[View<'_>], html: &mut Html) {
    let words = page.words();
    put!(
        html,
        "<ul class=\"legend\" aria-label=\"{}\">\n",
        words.legend
    );
    legend_of_circles(report, words, html);
    legend_of_stations(words, html);
    let mut item = |class: &str, drawing: &str, what: &str| {
        html.legend_item(class, drawing, what);
    };
    item(
        "of-out",
        "<path class=\"out d0\" d=\"M4 8h0\"/><path class=\"out d1\" d=\"M12 7h0\"/>",
        words.legend_out,
    );
    if !page.gaps.list.is_empty() {
        item(
            "of-gaps",
            "<g class=\"num\"><g><circle cx=\"10\" cy=\"7\" r=\"6\"/><text x=\"10\" y=\"10\">1</text></g></g>",
            words.legend_gap,
        );
    }
    if !report.city.areas.is_empty() {
        item(
            "of-areas",
            "<g class=\"areas\"><path d=\"M0 7H20\"/></g>",
            words.legend_area,
        );
    }
    if !page.water.is_empty() {
        item(
            "of-water",
            "<rect class=\"water\" width=\"20\" height=\"14\"/>",
            words.legend_water,
        );
    }
    circle::legend(views, words, html);
    put!(html, "</ul>\n");
}

/// A station.
pub(super) fn legend_of_stations(words: &Words, html: &mut Html) {
    html.legend_item(
        "of-stations",
        "<g class=\"stations\"><path class=\"halo\" d=\"M10 7h0\"/><path d=\"M10 7h0\"/></g>",
        words.legend_station,
    );
}

/// The walking circles.
pub(super) fn walking_circles(report: &Report<'_>, words: &Words, html: &mut Html) {
    let tests = report.coverage.tests();
    let cutoffs = match tests.deciding().unit() {
        Unit::Milliseconds => tests.minutes(),
        Unit::Millimetres => tests.metres(),
    };
    for (index, cutoff) in cutoffs.iter().enumerate() {
        let shade = map::shade(index, cutoffs.len());
        let what = format!("≤\u{a0}{}", words.language.cutoff(*cutoff));
        html.legend_item(
            "of-walk",
            &format!("<rect class=\"c{shade}\" width=\"20\" height=\"14\"/>"),
            &what,
        );
    }
}

/// The walking circles, and the straight one.
fn legend_of_circles(report: &Report<'_>, words: &Words, html: &mut Html) {
    walking_circles(report, words, html);
    let mut item = |class: &str, drawing: &str, what: &str| {
        html.legend_item(class, drawing, what);
    };
    if let Some(radius_m) = report.compared_radius_m() {
        let what = format!(
            "{} {}",
            words.language.metres(radius_m),
            words.either("straight circle", "直线缓冲圈")
        );
        let ring = "<g class=\"straight\"><rect class=\"disc\" width=\"20\" height=\"14\"/><path class=\"ring\" d=\"M0 7H20\"/></g>";
        item("of-line", ring, &what);
        item(
            "of-line",
            "<path class=\"claimed d1\" d=\"M10 7h0\"/>",
            words.legend_claimed,
        );
    }
}
