//! `isochrones.geojson` and `reached_streets.geojson`: a feature for every station and cutoff, and one for all stations
//! together per cutoff.

use std::io;

use serde::{Serialize, Serializer};

use super::Report;
use super::geometry::{Collection, Geometry, Ground, List, rounded};
use crate::id::StationId;
use crate::isochrone::{Isochrones, ReachedStreets};
use crate::network::{Network, Stretch};
use crate::units::{Cutoff, Unit};

pub(super) fn write(
    report: &Report<'_>,
    isochrones: &[Isochrones],
    writer: impl io::Write,
) -> io::Result<()> {
    let mut features = Collection::begin(writer, report.note)?;
    for Isochrones {
        cutoffs,
        by_station,
        merged,
    } in isochrones
    {
        write_all(report, &mut features, cutoffs, (by_station, merged), Ground)?;
    }
    features.end()
}

pub(super) fn write_streets(
    report: &Report<'_>,
    streets: &[ReachedStreets],
    writer: impl io::Write,
) -> io::Result<()> {
    let mut features = Collection::begin(writer, report.note)?;
    for ReachedStreets {
        cutoffs,
        by_station,
        merged,
    } in streets
    {
        let lines = |stretches| Lines(report.network, stretches);
        write_all(report, &mut features, cutoffs, (by_station, merged), lines)?;
    }
    features.end()
}

/// The features of all stations in order, then those of all together.
fn write_all<'t, T, G: Serialize>(
    report: &Report<'_>,
    features: &mut Collection<impl io::Write>,
    cutoffs: &[Cutoff],
    (by_station, merged): (&'t [Vec<T>], &'t Vec<T>),
    geometry: impl Fn(&'t T) -> G,
) -> io::Result<()> {
    let stations = (0..).map(|station| Some(StationId(station)));
    for (station, shapes) in stations.zip(by_station).chain([(None, merged)]) {
        let station = station.map(|station| report.station_id(station));
        for (cutoff, shape) in cutoffs.iter().zip(shapes) {
            features.write(&Properties::new(station, *cutoff), &geometry(shape))?;
        }
    }
    Ok(())
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
