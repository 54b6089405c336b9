//! The areas, walls and gates as GeoJSON. Each file has the label as a member of its own.

use std::io::{self, Write};

use serde_json::json;

use super::tables::{compound_id, degrees};
use super::{District, LABEL};
use crate::geometry::Location;

/// Writes a collection of features, each a line: properties and geometry.
fn collection(
    mut writer: impl Write,
    features: impl Iterator<Item = (serde_json::Value, String)>,
) -> io::Result<()> {
    let label = json!(LABEL);
    write!(
        writer,
        "{{\"type\":\"FeatureCollection\",\"source\":{label},\"features\":["
    )?;
    for (index, (properties, geometry)) in features.enumerate() {
        let comma = if index == 0 { "" } else { "," };
        write!(
            writer,
            "{comma}\n{{\"type\":\"Feature\",\"properties\":{properties},\"geometry\":{geometry}}}"
        )?;
    }
    writer.write_all(b"\n]}\n")?;
    writer.flush()
}

fn position(place: Location) -> String {
    format!("[{},{}]", degrees(place.lon_e7), degrees(place.lat_e7))
}

fn polygon(outline: &[Location]) -> String {
    let positions: Vec<String> = outline.iter().map(|place| position(*place)).collect();
    format!(
        "{{\"type\":\"Polygon\",\"coordinates\":[[{}]]}}",
        positions.join(",")
    )
}

pub(super) fn areas(district: &District, writer: impl Write) -> io::Result<()> {
    let features = district.subdistricts.iter().map(|subdistrict| {
        let properties = json!({
            "id": subdistrict.code,
            "name": subdistrict.name,
            "population": subdistrict.people,
        });
        (properties, polygon(&subdistrict.outline))
    });
    collection(writer, features)
}

pub(super) fn communities(district: &District, writer: impl Write) -> io::Result<()> {
    let features = district.communities.iter().map(|community| {
        let properties = json!({
            "id": community.code,
            "name": community.name,
            "kind": community.kind.name(),
            "street": district.subdistricts[community.subdistrict].name,
            "population": community.people.total(),
        });
        (properties, polygon(&community.outline))
    });
    collection(writer, features)
}

pub(super) fn compounds(district: &District, writer: impl Write) -> io::Result<()> {
    let features = (0..).zip(&district.compounds).map(|(index, compound)| {
        let properties = json!({
            "id": compound_id(index),
            "homes": compound.has_homes,
            "inner_roads": if compound.is_mapped { "mapped" } else { "unmapped" },
            "community": district.communities[compound.community as usize].name,
        });
        (properties, polygon(&compound.wall))
    });
    collection(writer, features)
}

pub(super) fn gates(district: &District, writer: impl Write) -> io::Result<()> {
    let features = district.gates.iter().enumerate().map(|(index, gate)| {
        let properties = json!({
            "id": format!("T{:05}", index + 1),
            "compound": compound_id(gate.compound),
        });
        let geometry = format!(
            "{{\"type\":\"Point\",\"coordinates\":{}}}",
            position(gate.place)
        );
        (properties, geometry)
    });
    collection(writer, features)
}
