//! From arguments to what is to be read.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use pedshed::crs::Crs;
use pedshed::inputs::osm::Selector;
use pedshed::inputs::{
    Columns, Format, GeneralColumns, Known, KnownBy, Layer, LayerCrs, LayerKind, LayerSource,
    Mending, Request, Source, TextEncoding,
};
use pedshed::language::InLanguage;

use crate::args::{ColumnArgs, IsochroneArgs, LayerArgs, NetworkInfoArgs, ReadingArgs};
use crate::circle::{CircleArgs, named_layer};
use crate::exit::{UsageError, usage};
use crate::layer_options::{LayerReading, flag_of};
use crate::limits;
use crate::names::selector_in;
use crate::options::in_range;
use crate::shipped::shipped;
use crate::terminal::words;

/// Opens a layer's file whose text is in the encoding that is given for it, or for all.
fn open(
    path: &Path,
    (kind, own): (LayerKind, Option<TextEncoding>),
    args: &ReadingArgs,
) -> anyhow::Result<Source> {
    let source = limits::open(path)?.of_layer(kind);
    let source = match own {
        Some(encoding) => source.with_encoding(encoding),
        None => source,
    };
    Ok(match &args.encoding {
        Some(name) => {
            let general = name.parse::<TextEncoding>().map_err(usage("encoding"))?;
            source.with_default_encoding(general)
        }
        None => source,
    })
}

/// A request for the streets alone.
pub(crate) fn network(path: &Path, args: &ReadingArgs) -> anyhow::Result<Request> {
    let own = args.of_network.of(LayerKind::Network)?;
    let network = match shipped(path) {
        Some(network) => network,
        None => open(path, (LayerKind::Network, own.encoding), args)?,
    };
    if own.sheet.is_some() {
        let message = words!(
            "--network-sheet reaches nothing: a network is no workbook",
            "--network-sheet 无效：路网不是工作簿"
        );
        return Err(UsageError::with_flag("network-sheet", message).into());
    }
    let mending = Mending {
        join_tolerance_m: in_range("join-tolerance", args.join_tolerance, 0.0, MOST_TOLERANCE_M)?,
        node_crossings: args.node_crossings,
        look: false,
    };
    let joined = match network.format() {
        Some(Format::OsmPbf) => Some(words!(
            "--join-tolerance and --node-crossings are for networks of lines: an OpenStreetMap file says where its ways join",
            "--join-tolerance 和 --node-crossings 只用于线要素路网：OpenStreetMap 文件本身已说明道路如何相接"
        )),
        Some(Format::Prepared) => Some(words!(
            "--join-tolerance and --node-crossings are for networks of lines: give them to network build, when the network is prepared",
            "--join-tolerance 和 --node-crossings 只用于线要素路网：请在用 network build 预处理路网时给出"
        )),
        _ => None,
    };
    if let Some(message) = joined.filter(|_| mending != Mending::default()) {
        let flag = if mending.node_crossings {
            "node-crossings"
        } else {
            "join-tolerance"
        };
        return Err(UsageError::with_flag(flag, message).into());
    }
    Ok(Request {
        network_crs: LayerCrs {
            own: own.crs,
            default: args.crs.as_deref().map(Crs::parse),
        },
        network_columns: own.columns,
        mending,
        ..Request::new(network)
    })
}

/// Farther than this an end is not drawn carelessly, it is somewhere else.
const MOST_TOLERANCE_M: f64 = 100.0;

/// The request of a city: its network and the layers of coverage.
pub(crate) fn request(args: &LayerArgs) -> anyhow::Result<Request> {
    let reading = &args.network.reading;
    let layers = Layers {
        columns: &args.columns,
        reading,
    };
    args.options.check_there(|kind| match kind {
        LayerKind::Areas => args.areas.is_some(),
        LayerKind::Compounds => args.compounds.is_some(),
        LayerKind::Gates => args.gates.is_some(),
        _ => true,
    })?;
    check_walls(args)?;
    let one = |kind, text: &Option<OsString>| {
        let text = text.as_deref();
        text.map(|text| layers.layer(kind, text, &args.options.of(kind)?))
            .transpose()
    };
    let mut areas = one(LayerKind::Areas, &args.areas)?;
    match (&mut areas, &args.area_name) {
        (Some(layer), Some(name)) => {
            if let Some(other) = &layer.columns.name {
                let message = words!(
                    "--area-name {name}: --areas-columns name={other} names another column; give one of them",
                    "--area-name {name}：--areas-columns name={other} 已指定另一列；请只给出其中之一"
                );
                return Err(UsageError::with_flag("area-name", message).into());
            }
            layer.columns.name = Some(name.clone());
        }
        (None, Some(_)) => {
            let message = words!(
                "--area-name reaches no layer: there is no --areas",
                "--area-name 没有对应的图层：未给出 --areas"
            );
            return Err(UsageError::with_flag("area-name", message).into());
        }
        (_, None) => {}
    }
    let list = |kind, texts: &[OsString]| layers.list(kind, texts, &args.options.of(kind)?);
    Ok(Request {
        stations: list(LayerKind::Stations, &args.stations)?,
        residents: list(LayerKind::Residents, &args.residents)?,
        areas,
        compounds: one(LayerKind::Compounds, &args.compounds)?,
        gates: one(LayerKind::Gates, &args.gates)?,
        ..network(&args.network.network, reading)?
    })
}

/// Walls without gates would lock everybody in, and gates without walls open nothing.
fn check_walls(args: &LayerArgs) -> Result<(), UsageError> {
    let (flag, message) = match (&args.compounds, &args.gates) {
        (Some(_), None) => (
            "compounds",
            words!(
                "--compounds has walls and no way out; give their gates with --gates",
                "--compounds 只有围墙而无出入口；请用 --gates 给出出入口"
            ),
        ),
        (None, Some(_)) => (
            "gates",
            words!(
                "--gates reaches no wall; give the walls with --compounds",
                "--gates 没有对应的围墙；请用 --compounds 给出围墙"
            ),
        ),
        _ => return Ok(()),
    };
    Err(UsageError::with_flag(flag, message))
}

/// Adds to a city's request the layers of what is asked beside coverage.
pub(crate) fn add_circle(
    request: &mut Request,
    args: &LayerArgs,
    circle: &CircleArgs,
) -> anyhow::Result<()> {
    let layers = Layers {
        columns: &args.columns,
        reading: &args.network.reading,
    };
    circle.options.check_there(|kind| match kind {
        LayerKind::AllStations => !circle.all_stations.is_empty(),
        LayerKind::Demand => !circle.demand.is_empty(),
        LayerKind::Communities => circle.communities.is_some(),
        LayerKind::Land => circle.land.is_some(),
        _ => true,
    })?;
    let layer = |kind, text: &OsStr| layers.layer(kind, text, &circle.options.of(kind)?);
    for text in &circle.all_stations {
        let every = layer(LayerKind::AllStations, text)?;
        request.every_station.push(every);
    }
    for text in &circle.demand {
        let (name, file) = named_layer(text)?;
        let demand = layer(LayerKind::Demand, file)?;
        request.demand.push((name.to_owned(), demand));
    }
    let one = |kind, text: &Option<OsString>| {
        let text = text.as_deref();
        text.map(|text| layer(kind, text)).transpose()
    };
    request.communities = one(LayerKind::Communities, &circle.communities)?;
    request.land = one(LayerKind::Land, &circle.land)?;
    Ok(())
}

/// The request of `network info`: the streets, and residents where they are given.
pub(crate) fn network_request(args: &NetworkInfoArgs) -> anyhow::Result<Request> {
    let layers = Layers {
        columns: &args.columns,
        reading: &args.network.reading,
    };
    let kind = LayerKind::Residents;
    args.options.check_there(|_| !args.residents.is_empty())?;
    Ok(Request {
        residents: layers.list(kind, &args.residents, &args.options.of(kind)?)?,
        ..network(&args.network.network, &args.network.reading)?
    })
}

/// The request of `isochrone`: the streets and stations.
pub(crate) fn station_request(args: &IsochroneArgs) -> anyhow::Result<Request> {
    let layers = Layers {
        columns: &args.columns,
        reading: &args.network.reading,
    };
    let kind = LayerKind::Stations;
    Ok(Request {
        stations: layers.list(kind, &args.stations, &args.options.of(kind)?)?,
        ..network(&args.network.network, &args.network.reading)?
    })
}

/// What the layers of one request have in common.
struct Layers<'a> {
    columns: &'a ColumnArgs,
    reading: &'a ReadingArgs,
}

impl Layers<'_> {
    fn layer(&self, kind: LayerKind, text: &OsStr, own: &LayerReading) -> anyhow::Result<Layer> {
        let source = if let Some(text) = selector_in(text) {
            if own.encoding.is_some() {
                let layer = flag_of(kind);
                let message = words!(
                    "--{layer}-encoding reaches nothing: the layer is drawn from the network file",
                    "--{layer}-encoding 无效：该图层取自路网文件"
                );
                return Err(UsageError::with_flag(format!("{layer}-encoding"), message).into());
            }
            let selector = text.parse::<Selector>();
            LayerSource::Osm(selector.map_err(|error| {
                let layer = flag_of(kind);
                let zh = error.zh();
                UsageError::with_flag(
                    layer.clone(),
                    words!("--{layer}: {error}", "--{layer}：{zh}"),
                )
            })?)
        } else {
            LayerSource::File(open(Path::new(text), (kind, own.encoding), self.reading)?)
        };
        let mut columns = Columns {
            general: GeneralColumns {
                id: self.columns.id.clone(),
                lon: self.columns.lon.clone(),
                lat: self.columns.lat.clone(),
                population: self.columns.population.clone(),
                name: self.columns.name.clone(),
            },
            ..Columns::default()
        };
        own.name_columns(kind, &mut columns);
        let known = |sheet: &Option<String>, by| sheet.clone().map(|sheet| Known::new(sheet, by));
        Ok(Layer {
            source,
            columns,
            crs: LayerCrs {
                own: own.crs.clone(),
                default: self.reading.crs.as_deref().map(Crs::parse),
            },
            sheet: known(&own.sheet, KnownBy::Layer)
                .or_else(|| known(&self.columns.sheet, KnownBy::General)),
        })
    }

    fn list(
        &self,
        kind: LayerKind,
        texts: &[OsString],
        own: &LayerReading,
    ) -> anyhow::Result<Vec<Layer>> {
        let layers = texts.iter().map(|text| self.layer(kind, text, own));
        layers.collect()
    }
}
