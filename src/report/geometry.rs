//! GeoJSON as it is written: features one by one, geometries without a copy.

use std::io;

use geo_types::{Coord, LineString, MultiPolygon, Polygon};
use serde::ser::{Serialize, SerializeSeq, Serializer};

/// A feature collection as it is written.
pub(super) struct Collection<W> {
    writer: W,
    separator: &'static str,
}

#[derive(serde::Serialize)]
struct Feature<'t, P, G> {
    #[serde(rename = "type")]
    kind: &'static str,
    properties: &'t P,
    geometry: &'t G,
}

impl<W: io::Write> Collection<W> {
    /// A collection; a note stands before its features, as RFC 7946 allows.
    pub(super) fn begin(mut writer: W, note: Option<&str>) -> io::Result<Self> {
        writer.write_all(b"{\"type\":\"FeatureCollection\",")?;
        if let Some(note) = note {
            writer.write_all(b"\"note\":")?;
            serde_json::to_writer(&mut writer, note)?;
            writer.write_all(b",")?;
        }
        writer.write_all(b"\"features\":[")?;
        Ok(Self {
            writer,
            separator: "\n",
        })
    }

    pub(super) fn write(
        &mut self,
        properties: &impl Serialize,
        geometry: &impl Serialize,
    ) -> io::Result<()> {
        self.writer.write_all(self.separator.as_bytes())?;
        self.separator = ",\n";
        let feature = Feature {
            kind: "Feature",
            properties,
            geometry,
        };
        Ok(serde_json::to_writer(&mut self.writer, &feature)?)
    }

    pub(super) fn end(mut self) -> io::Result<()> {
        self.writer.write_all(b"\n]}\n")?;
        self.writer.flush()
    }
}

/// A geometry of some kind.
#[derive(serde::Serialize)]
pub(super) struct Geometry<C> {
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    pub(super) coordinates: C,
}

/// Ground as a geometry.
pub(super) struct Ground<'t>(pub(super) &'t MultiPolygon<f64>);

impl Serialize for Ground<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let geometry = Geometry {
            kind: "MultiPolygon",
            coordinates: List(|| self.0.iter().map(rings)),
        };
        geometry.serialize(serializer)
    }
}

fn rings(polygon: &Polygon<f64>) -> impl Serialize {
    List(|| {
        let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
        rings.map(line)
    })
}

fn line(line: &LineString<f64>) -> impl Serialize {
    List(|| line.coords().map(|at| [at.x, at.y]))
}

/// To the centimetre, as vertices are.
pub(super) fn rounded(place: Coord<f64>) -> [f64; 2] {
    [place.x, place.y].map(|degrees| (degrees * 1e7).round() / 1e7)
}

/// A JSON array of what an iterator gives, without keeping it.
pub(super) struct List<F>(pub(super) F);

impl<F, I> Serialize for List<F>
where
    F: Fn() -> I,
    I: Iterator<Item: Serialize>,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        for item in (self.0)() {
            list.serialize_element(&item)?;
        }
        list.end()
    }
}
