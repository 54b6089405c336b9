//! The look of a layer as QGIS reads it (QML): rules with symbols, and names of columns for people.

use std::fmt::Write as _;

use super::layer::{GeometryKind, Layer};
use super::style::{Colour, Rule, Symbol};
use crate::text::language::Language;

/// How large circles are at most, in millimetres on the map.
const LARGEST_MM: f64 = 10.0;

/// Writes the look of a layer. `short` are the names of its columns in a Shapefile, in their order, where it is for one, too; the
/// columns that rules name are called the same everywhere.
pub(crate) fn write(layer: &Layer<'_>, short: &[&str], language: Language) -> String {
    let mut xml = String::from(
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n\
         <qgis version=\"3.22.0\" styleCategories=\"Symbology|Fields\">\n",
    );
    let rules: Vec<Rule> = layer.style.rules();
    rules_of(&mut xml, layer, &rules, language);
    aliases(&mut xml, layer, short, language);
    let geometry = match layer.geometry {
        GeometryKind::Point | GeometryKind::MultiPoint => 0,
        GeometryKind::MultiLineString => 1,
        GeometryKind::MultiPolygon => 2,
    };
    let _ = writeln!(
        xml,
        "<layerGeometryType>{geometry}</layerGeometryType>\n</qgis>"
    );
    xml
}

/// The rules, then the symbols that they name by their numbers.
fn rules_of(xml: &mut String, layer: &Layer<'_>, rules: &[Rule], language: Language) {
    xml.push_str("<renderer-v2 type=\"RuleRenderer\" forceraster=\"0\" enableorderby=\"0\" symbollevels=\"0\">\n<rules key=\"root\">\n");
    for (number, rule) in rules.iter().enumerate() {
        let filter = if rule.filter.is_empty() {
            String::new()
        } else {
            format!(" filter=\"{}\"", escaped(&rule.filter))
        };
        let label = escaped(rule.label.get(language));
        let unchecked = if rule.is_shown {
            ""
        } else {
            " checkstate=\"0\""
        };
        let _ = writeln!(
            xml,
            "<rule key=\"rule{number}\" symbol=\"{number}\" label=\"{label}\"{filter}{unchecked}/>"
        );
    }
    xml.push_str("</rules>\n<symbols>\n");
    for (number, rule) in rules.iter().enumerate() {
        symbol(xml, layer.geometry, &number.to_string(), rule);
    }
    xml.push_str("</symbols>\n</renderer-v2>\n");
}

fn symbol(xml: &mut String, geometry: GeometryKind, name: &str, rule: &Rule) {
    let kind = match geometry {
        GeometryKind::Point | GeometryKind::MultiPoint => "marker",
        GeometryKind::MultiLineString => "line",
        GeometryKind::MultiPolygon => "fill",
    };
    let _ = writeln!(
        xml,
        "<symbol name=\"{name}\" type=\"{kind}\" alpha=\"1\" clip_to_extent=\"1\" force_rhr=\"0\">"
    );
    match kind {
        "marker" => marker(xml, rule.colour, rule.symbol, None),
        "line" => line(xml, rule),
        _ => fill(xml, name, rule),
    }
    xml.push_str("</symbol>\n");
}

fn marker(xml: &mut String, colour: Colour, symbol: Symbol, size: Option<&str>) {
    let [shape, width] = match symbol {
        Symbol::Square => ["square", "2.6"],
        Symbol::Triangle => ["triangle", "3"],
        _ => ["circle", "1.4"],
    };
    begin(xml, "SimpleMarker");
    property(xml, "name", shape);
    property(xml, "color", &rgba(colour));
    property(xml, "size", width);
    property(xml, "size_unit", "MM");
    property(xml, "outline_color", "255,255,255,255");
    property(xml, "outline_width", "0.2");
    if let Some(size) = size {
        let size = escaped(size);
        let _ = writeln!(
            xml,
            "<data_defined_properties><Option type=\"Map\"><Option name=\"name\" type=\"QString\" value=\"\"/>\
             <Option name=\"properties\" type=\"Map\"><Option name=\"size\" type=\"Map\">\
             <Option name=\"active\" type=\"bool\" value=\"true\"/>\
             <Option name=\"expression\" type=\"QString\" value=\"{size}\"/>\
             <Option name=\"type\" type=\"int\" value=\"3\"/></Option></Option>\
             <Option name=\"type\" type=\"QString\" value=\"collection\"/></Option></data_defined_properties>"
        );
    }
    xml.push_str("</layer>\n");
}

fn line(xml: &mut String, rule: &Rule) {
    begin(xml, "SimpleLine");
    property(xml, "line_color", &rgba(rule.colour));
    property(xml, "line_width", "0.6");
    property(xml, "line_width_unit", "MM");
    let style = if rule.symbol == Symbol::Dashes {
        "dash"
    } else {
        "solid"
    };
    property(xml, "line_style", style);
    xml.push_str("</layer>\n");
}

fn fill(xml: &mut String, name: &str, rule: &Rule) {
    let Colour([red, green, blue, _]) = rule.colour;
    begin(xml, "SimpleFill");
    let inside = match rule.symbol {
        Symbol::FillWithCircle(_) => Colour([red, green, blue, 60]),
        _ => rule.colour,
    };
    property(xml, "color", &rgba(inside));
    property(xml, "outline_color", &rgba(Colour([red, green, blue, 255])));
    property(xml, "outline_width", "0.2");
    property(xml, "style", "solid");
    xml.push_str("</layer>\n");
    if let Symbol::FillWithCircle(column) = rule.symbol {
        // Area, not width, grows with the people.
        let size =
            format!("coalesce({LARGEST_MM} * sqrt(\"{column}\" / maximum(\"{column}\")), 0)");
        begin(xml, "CentroidFill");
        property(xml, "point_on_surface", "1");
        let _ = writeln!(
            xml,
            "<symbol name=\"@{name}@1\" type=\"marker\" alpha=\"1\" clip_to_extent=\"1\" force_rhr=\"0\">"
        );
        marker(xml, rule.colour, Symbol::Circle, Some(&size));
        xml.push_str("</symbol>\n</layer>\n");
    }
}

fn begin(xml: &mut String, class: &str) {
    let _ = writeln!(
        xml,
        "<layer class=\"{class}\" enabled=\"1\" locked=\"0\" pass=\"0\">"
    );
}

fn property(xml: &mut String, key: &str, value: &str) {
    let _ = writeln!(xml, "<prop k=\"{key}\" v=\"{value}\"/>");
}

fn rgba(Colour([red, green, blue, alpha]): Colour) -> String {
    format!("{red},{green},{blue},{alpha}")
}

/// What columns are called for people.
fn aliases(xml: &mut String, layer: &Layer<'_>, short: &[&str], language: Language) {
    xml.push_str("<aliases>\n");
    let mut alias = |name: &str, title: &str| {
        let (name, title) = (escaped(name), escaped(title));
        let _ = writeln!(xml, "<alias field=\"{name}\" name=\"{title}\"/>");
    };
    for field in &layer.fields {
        alias(&field.name, field.title.get(language));
    }
    for (field, short) in layer.fields.iter().zip(short) {
        if field.name != *short {
            alias(short, field.title.get(language));
        }
    }
    xml.push_str("</aliases>\n");
}

/// Text inside an attribute.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            // As they are, a reader would take them for spaces.
            '\n' => safe.push_str("&#10;"),
            '\t' => safe.push_str("&#9;"),
            '\r' => safe.push_str("&#13;"),
            '\u{fffe}' | '\u{ffff}' => safe.push('\u{fffd}'),
            letter if letter.is_control() => safe.push('\u{fffd}'),
            letter => safe.push(letter),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::layers::layer::{Field, FieldKind};
    use crate::report::layers::style::{LegendPart, Style};
    use crate::text::language::Words;

    #[test]
    fn names_never_become_markup_and_each_rule_has_its_symbol() {
        let hostile = "a\" <b>&'c";
        let part = |filter: &str, is_shown| LegendPart {
            filter: filter.to_owned(),
            label: Words::new(hostile, "甲<乙>"),
            is_shown,
        };
        let layer = Layer {
            name: "gaps",
            title: Words::same("gaps"),
            geometry: GeometryKind::MultiPolygon,
            fields: vec![Field::new(
                "people",
                FieldKind::Real(3),
                ["<people>", "人口"],
            )],
            style: Style::Gaps(vec![part("", true), part("\"cohort\" = 'a''<'", false)]),
            rows: Box::new(|_| Ok(())),
        };
        let look = write(&layer, &["peo"], Language::Zh);
        assert!(look.contains("label=\"甲&lt;乙&gt;\""), "{look}");
        assert!(
            look.contains("filter=\"&quot;cohort&quot; = 'a''&lt;'\" checkstate=\"0\""),
            "{look}"
        );
        assert!(
            look.contains(
                "<alias field=\"people\" name=\"人口\"/>\n<alias field=\"peo\" name=\"人口\"/>"
            ),
            "{look}"
        );
        let english = write(&layer, &[], Language::En);
        assert!(
            english.contains("label=\"a&quot; &lt;b&gt;&amp;'c\""),
            "{english}"
        );
        for number in 0..2 {
            assert!(english.contains(&format!("symbol=\"{number}\"")));
            assert!(english.contains(&format!("<symbol name=\"{number}\" type=\"fill\"")));
        }
        // Every tag that is opened is closed.
        for tag in [
            "qgis",
            "renderer-v2",
            "rules",
            "symbols",
            "symbol",
            "layer",
            "aliases",
            "Option",
        ] {
            let closed = english.matches(&format!("</{tag}>")).count();
            let opened = english.matches(&format!("<{tag} ")).count()
                + english.matches(&format!("<{tag}>")).count();
            let alone = english.matches(&format!("<{tag} ")).count()
                - english
                    .split(&format!("<{tag} "))
                    .skip(1)
                    .filter(|rest| {
                        rest.split_once('>')
                            .is_none_or(|(inside, _)| !inside.ends_with('/'))
                    })
                    .count();
            assert_eq!(opened - alone, closed, "{tag}: {english}");
        }
    }
}
