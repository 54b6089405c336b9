//! From arguments to what is to be read.

use std::path::Path;

use pedshed::crs::Crs;
use pedshed::inputs::osm::Selector;
use pedshed::inputs::{
    Columns, Format, Layer, LayerCrs, LayerSource, Mending, Request, Source, TextEncoding,
};

use crate::args::{ColumnArgs, LayerArgs, NetworkInfoArgs, ReadingArgs};
use crate::asked::{in_range, usage};
use crate::exit::UsageError;
use crate::terminal::words;

fn crs(text: Option<&str>) -> Option<Crs> {
    text.map(Crs::parse)
}

/// Opens a file whose text is in the given encoding, where it is one of text.
fn open(path: &Path, args: &ReadingArgs) -> anyhow::Result<Source> {
    let source = Source::open(path)?;
    Ok(match &args.encoding {
        Some(name) => {
            source.with_encoding(name.parse::<TextEncoding>().map_err(usage("encoding"))?)
        }
        None => source,
    })
}

/// A request for the streets alone.
pub(crate) fn network(path: &Path, args: &ReadingArgs) -> anyhow::Result<Request> {
    let network = open(path, args)?;
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
        return Err(UsageError::of(flag, message).into());
    }
    Ok(Request {
        network_crs: LayerCrs {
            own: crs(args.network_crs.as_deref()),
            default: crs(args.crs.as_deref()),
        },
        mending,
        ..Request::new(network)
    })
}

/// Farther than this an end is not drawn carelessly, it is somewhere else.
const MOST_TOLERANCE_M: f64 = 100.0;

pub(crate) fn request(args: &LayerArgs) -> anyhow::Result<Request> {
    let layers = Layers {
        columns: &args.columns,
        reading: &args.network.reading,
    };
    let areas = args.areas.as_ref().map(|text| {
        let name = args.area_name.clone();
        let layer = layers.layer("areas", text, args.areas_crs.as_deref())?;
        Ok::<_, anyhow::Error>(Layer {
            columns: Columns {
                name: name.or(layer.columns.name),
                ..layer.columns
            },
            ..layer
        })
    });
    Ok(Request {
        stations: layers.list("stations", &args.stations, args.stations_crs.as_deref())?,
        residents: layers.list("residents", &args.residents, args.residents_crs.as_deref())?,
        areas: areas.transpose()?,
        compounds: layers.walls(
            "compounds",
            args.compounds.as_deref(),
            args.compounds_crs.as_deref(),
        )?,
        gates: layers.walls("gates", args.gates.as_deref(), args.gates_crs.as_deref())?,
        ..network(&args.network.network, &args.network.reading)?
    })
}

/// A layer beside the usual ones, read as they are; its columns have their usual names.
pub(crate) fn further_layer(
    args: &LayerArgs,
    flag: &'static str,
    text: &str,
) -> anyhow::Result<Layer> {
    let layers = Layers {
        columns: &args.columns,
        reading: &args.network.reading,
    };
    Ok(Layer {
        columns: Columns::default(),
        sheet: None,
        ..layers.layer(flag, text, None)?
    })
}

/// The request of `network info`: the streets, and residents where they are given.
pub(crate) fn network_request(args: &NetworkInfoArgs) -> anyhow::Result<Request> {
    let layers = Layers {
        columns: &args.columns,
        reading: &args.network.reading,
    };
    Ok(Request {
        residents: layers.list("residents", &args.residents, args.residents_crs.as_deref())?,
        ..network(&args.network.network, &args.network.reading)?
    })
}

/// What the layers of one request have in common.
pub(crate) struct Layers<'a> {
    pub(crate) columns: &'a ColumnArgs,
    pub(crate) reading: &'a ReadingArgs,
}

impl Layers<'_> {
    fn layer(
        &self,
        flag: &'static str,
        text: &str,
        own_crs: Option<&str>,
    ) -> anyhow::Result<Layer> {
        let source = if Selector::is_meant(text) {
            LayerSource::Osm(text.parse::<Selector>().map_err(usage(flag))?)
        } else {
            LayerSource::File(open(Path::new(text), self.reading)?)
        };
        Ok(Layer {
            source,
            columns: Columns {
                id: self.columns.id.clone(),
                lon: self.columns.lon.clone(),
                lat: self.columns.lat.clone(),
                population: self.columns.population.clone(),
                name: self.columns.name.clone(),
                ..Columns::default()
            },
            crs: LayerCrs {
                own: crs(own_crs),
                default: crs(self.reading.crs.as_deref()),
            },
            sheet: self.columns.sheet.clone(),
        })
    }

    /// A layer of walls or gates. The columns that are named for the other layers need not be in it.
    fn walls(
        &self,
        flag: &'static str,
        text: Option<&str>,
        own_crs: Option<&str>,
    ) -> anyhow::Result<Option<Layer>> {
        let layer = text.map(|text| {
            let layer = self.layer(flag, text, own_crs)?;
            Ok::<_, anyhow::Error>(Layer {
                columns: Columns::default(),
                sheet: None,
                ..layer
            })
        });
        layer.transpose()
    }

    pub(crate) fn list(
        &self,
        flag: &'static str,
        texts: &[String],
        own_crs: Option<&str>,
    ) -> anyhow::Result<Vec<Layer>> {
        let layers = texts.iter().map(|text| self.layer(flag, text, own_crs));
        layers.collect()
    }
}
