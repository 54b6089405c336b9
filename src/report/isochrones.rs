//! `isochrones.geojson` and `reached_streets.geojson`: a feature for every station and cutoff, and one for all stations
//! together per cutoff.

use std::io;

use geo_types::{Coord, LineString, MultiPolygon, Polygon};
use serde::Serialize;
use serde::ser::{SerializeSeq, Serializer};

use super::Report;
use crate::id::StationId;
use crate::isochrone::{Isochrones, ReachedStreets, Stretch};
use crate::network::Network;
use crate::units::{Cutoff, Unit};

pub(super) fn write(
    report: &Report<'_>,
    isochrones: &[Isochrones],
    writer: impl io::Write,
) -> io::Result<()> {
    let mut features = Features::begin(report, writer)?;
    for Isochrones {
        cutoffs,
        by_station,
        merged,
    } in isochrones
    {
        features.write(cutoffs, (by_station, merged), Ground)?;
    }
    features.end()
}

pub(super) fn write_streets(
    report: &Report<'_>,
    streets: &[ReachedStreets],
    writer: impl io::Write,
) -> io::Result<()> {
    let mut features = Features::begin(report, writer)?;
    for ReachedStreets {
        cutoffs,
        by_station,
        merged,
    } in streets
    {
        let lines = |stretches| Lines(report.network, stretches);
        features.write(cutoffs, (by_station, merged), lines)?;
    }
    features.end()
}

/// A feature collection as it is written.
struct Features<'r, W> {
    report: &'r Report<'r>,
    writer: W,
    separator: &'static str,
}

impl<'r, W: io::Write> Features<'r, W> {
    fn begin(report: &'r Report<'r>, mut writer: W) -> io::Result<Self> {
        writer.write_all(b"{\"type\":\"FeatureCollection\",\"features\":[")?;
        Ok(Self {
            report,
            writer,
            separator: "\n",
        })
    }

    /// The features of all stations in order, then those of all together.
    fn write<'t, T, G: Serialize>(
        &mut self,
        cutoffs: &[Cutoff],
        (by_station, merged): (&'t [Vec<T>], &'t Vec<T>),
        geometry: impl Fn(&'t T) -> G,
    ) -> io::Result<()> {
        let stations = (0..).map(|station| Some(StationId(station)));
        for (station, shapes) in stations.zip(by_station).chain([(None, merged)]) {
            let station = station.map(|station| self.report.station_id(station));
            for (cutoff, shape) in cutoffs.iter().zip(shapes) {
                self.writer.write_all(self.separator.as_bytes())?;
                self.separator = ",\n";
                let feature = Feature {
                    kind: "Feature",
                    properties: Properties::new(station, *cutoff),
                    geometry: geometry(shape),
                };
                serde_json::to_writer(&mut self.writer, &feature)?;
            }
        }
        Ok(())
    }

    fn end(mut self) -> io::Result<()> {
        self.writer.write_all(b"\n]}\n")?;
        self.writer.flush()
    }
}

#[derive(Serialize)]
struct Feature<'t, G> {
    #[serde(rename = "type")]
    kind: &'static str,
    properties: Properties<'t>,
    geometry: G,
}

#[derive(Serialize)]
struct Properties<'t> {
    station: Option<&'t str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    minutes: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    metres: Option<f64>,
}

impl<'t> Properties<'t> {
    fn new(station: Option<&'t str>, cutoff: Cutoff) -> Self {
        let value = |unit| (cutoff.unit() == unit).then(|| cutoff.value());
        Self {
            station,
            minutes: value(Unit::Milliseconds),
            metres: value(Unit::Millimetres),
        }
    }
}

#[derive(Serialize)]
struct Geometry<C> {
    #[serde(rename = "type")]
    kind: &'static str,
    coordinates: C,
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

/// Stretches of street as a geometry.
struct Lines<'t>(&'t Network, &'t Vec<Stretch>);

impl Serialize for Lines<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Lines(network, stretches) = *self;
        let places = |stretch: &Stretch| {
            let Stretch { edge, from, to } = *stretch;
            let places = network.places_between(edge, from, to).into_iter();
            places.map(rounded).collect::<Vec<_>>()
        };
        let geometry = Geometry {
            kind: "MultiLineString",
            coordinates: List(|| stretches.iter().map(places)),
        };
        geometry.serialize(serializer)
    }
}

/// To the centimetre, as vertices are.
fn rounded(place: Coord<f64>) -> [f64; 2] {
    [place.x, place.y].map(|degrees| (degrees * 1e7).round() / 1e7)
}

/// A JSON array of what an iterator gives, without keeping it.
struct List<F>(F);

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
