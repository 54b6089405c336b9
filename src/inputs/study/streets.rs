//! The network of a study.

use std::time::Duration;

use super::Request;
use super::asked::nothing;
use super::axes::MOST_DEGREES;
use super::heights::with_heights;
use super::used::{check_usable, check_used};
use crate::control::Control;
use crate::crs::{Crs, zone_of_easting};
use crate::hours::TimeOfWeek;
use crate::inputs::corners::corners_of;
use crate::inputs::formats::read_lines_watched;
use crate::inputs::osm::{self, OsmFile};
use crate::inputs::reading::{counts_of, crs_name};
use crate::inputs::{
    Format, InputError, InputsError, LayerKind, LayerReading, NetworkRead, Source, StreetsRead,
};
use crate::model::Surroundings;
use crate::network::Network;
use crate::parallel;
use crate::text::language::{InLanguage, Words, words};

/// Reads the network of a request alone.
///
/// # Errors
/// As [`Inputs::read`](super::Inputs::read).
pub fn read_network(request: &Request) -> Result<NetworkRead, InputsError> {
    let control = Control::default();
    check_usable(request)?;
    let osm = open_osm(request, control)?;
    let read = read_and_build(request, osm.as_ref(), control)?.0;
    check_used(request, &[read.layer_reading(&request.network.source)])?;
    Ok(read)
}

/// The network of a request alone, built, as it is at another time of the week.
///
/// # Errors
/// As [`read_network`].
pub(crate) fn network_at(
    request: &Request,
    at: TimeOfWeek,
    control: Control<'_>,
) -> Result<Network, InputsError> {
    let request = Request {
        at,
        with_marks: false,
        with_water: false,
        ..request.clone()
    };
    let osm = open_osm(&request, control)?;
    Ok(Built::read(&request, osm.as_ref(), control)?.network)
}

impl NetworkRead {
    /// The record of how it was read from this file.
    pub(super) fn layer_reading(&self, source: &Source) -> LayerReading {
        LayerReading {
            layer: LayerKind::Network,
            name: None,
            source: source.name().to_owned(),
            format: source.format(),
            crs: Some(crs_name(&self.crs)),
            reading: self.reading.clone(),
            records: self.network.source().ways,
            found: counts_of(&self.findings),
        }
    }
}

/// The network of a request, and how long building it took.
pub(super) fn read_and_build(
    request: &Request,
    osm: Option<&OsmFile<'_>>,
    control: Control<'_>,
) -> Result<(NetworkRead, Duration), InputsError> {
    request.mending.check()?;
    #[cfg(feature = "prepared")]
    if request.network.source.format() == Some(Format::Prepared) {
        let read =
            crate::inputs::prepared::read_prepared(&request.network.source, request.with_water)?;
        return Ok((with_heights(request, read)?, Duration::ZERO));
    }
    // Putting streets together takes one thread: the other looks around meanwhile.
    let around = osm.filter(|_| request.with_water);
    let (built, around) = parallel::join(
        || Built::read(request, osm, control),
        || around.map(osm::read_around).transpose(),
    );
    let marked = osm.filter(|_| request.with_marks);
    let marks = marked.map(osm::read_marks).transpose()?;
    let Built {
        network,
        read,
        building,
    } = built?;
    control.check()?;
    let StreetsRead {
        cuts,
        cut_at,
        crs,
        reading,
        findings,
        timetable,
        ..
    } = read;
    let around = match around? {
        Some(around) => around.streets(network.bounds()),
        None => Surroundings {
            extent: osm.and_then(OsmFile::extent),
            ..Surroundings::default()
        },
    };
    let read = NetworkRead {
        network,
        cuts,
        crs,
        reading,
        findings,
        origin: osm.and_then(OsmFile::origin).map(str::to_owned),
        surroundings: Surroundings { cut_at, ..around },
        marks: marks.unwrap_or_default(),
        timetable,
        #[cfg(feature = "prepared")]
        provenance: None,
    };
    control.check()?;
    Ok((with_heights(request, read)?, building))
}

/// Streets and the network of them.
struct Built {
    read: StreetsRead,
    network: Network,
    /// How long building it took.
    building: Duration,
}

impl Built {
    fn read(
        request: &Request,
        osm: Option<&OsmFile<'_>>,
        control: Control<'_>,
    ) -> Result<Self, InputsError> {
        let read = read_streets(request, osm, control)?;
        control.check()?;
        let mut clock = control.stopwatch();
        let network = Network::build(&read.streets)?;
        Ok(Self {
            read,
            network,
            building: clock.lap(),
        })
    }
}

/// The names of the files that a prepared network was made of.
pub(super) fn prepared_from(read: &NetworkRead) -> Option<String> {
    #[cfg(feature = "prepared")]
    if let Some(provenance) = &read.provenance {
        let names = provenance.files.iter().map(|file| file.name.as_str());
        return Some(names.collect::<Vec<_>>().join(", "));
    }
    let _ = read;
    None
}

pub(super) fn open_osm<'a>(
    request: &'a Request,
    control: Control<'a>,
) -> Result<Option<OsmFile<'a>>, InputError> {
    let network = &request.network.source;
    let is_map = network.format() == Some(Format::OsmPbf);
    let file = is_map.then(|| OsmFile::open(network)).transpose()?;
    Ok(file.map(|file| file.watched(control).asked_at(request.at)))
}

fn read_streets(
    request: &Request,
    osm: Option<&OsmFile<'_>>,
    control: Control<'_>,
) -> Result<StreetsRead, InputsError> {
    let read = if let Some(file) = osm {
        osm::read_streets(file)?
    } else {
        let options = request.network_options();
        read_lines_watched(&request.network.source, &options, request.mending, control)?
    };
    if read.streets.ways.is_empty() {
        check_units(request, &read.crs.value)?;
        let name = request.network.source.path().to_owned();
        return Err(nothing(
            LayerKind::Network.words(),
            name,
            Words::new("walkable way", "可步行道路"),
            &read.findings,
        )
        .into());
    }
    Ok(read)
}

/// Refuses a network in metres that are read as degrees: none of it is on the earth.
fn check_units(request: &Request, crs: &Crs) -> Result<(), InputError> {
    let format = request.network.source.format();
    if !matches!(format, Some(Format::GeoJson | Format::Shapefile)) || !crs.is_in_degrees() {
        return Ok(());
    }
    let corners = corners_of(&request.network.source)?;
    let Some((x, y)) = corners.get(corners.len() / 2).copied() else {
        return Ok(());
    };
    if x.abs() <= MOST_DEGREES && y.abs() <= MOST_DEGREES {
        return Ok(());
    }
    let hint = match zone_of_easting(x) {
        Some((crs, title)) => {
            let title_zh = title.zh();
            words!(
                "by the number before its eastings it is {crs} ({title})",
                "从横坐标的带号看，应为 {crs}（{title_zh}）"
            )
        }
        None => words!(
            "such as EPSG:4547 (CGCS2000, three-degree zone of 114° E) or EPSG:32649 (UTM zone 49N)",
            "例如 EPSG:4547（CGCS2000 三度带，中央经线 114°）或 EPSG:32649（UTM 49N 带）"
        ),
    };
    Err(InputError::NetworkInMetres {
        file: request.network.source.path().to_owned(),
        crs: crs.to_string(),
        x: x.round(),
        y: y.round(),
        hint,
    })
}
