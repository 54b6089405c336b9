//! From arguments to what is to be read.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use pedshed::inputs::{
    Format, LayerKind, LayerSetting, LayerSettings, LayerSource, LayerSpec, Mending, Request,
};
use pedshed::language::InLanguage;

use crate::args::{IsochroneArgs, NetworkInfoArgs};
use crate::circle::{CircleArgs, named_layer};
use crate::exit::UsageError;
use crate::input_args::{ColumnArgs, LayerArgs, ReadingArgs};
use crate::layer_options::{LayerOptions, LayerSet, flag_of, set};
use crate::limits;
use crate::names::selector_in;
use crate::options::in_range;
use crate::resilience_args::WalkedArgs;
use crate::shipped::shipped;
use crate::terminal::words;

/// A request for the streets alone.
pub(crate) fn network(path: &Path, args: &ReadingArgs) -> anyhow::Result<Request> {
    let network = match shipped(path) {
        Some(network) => network,
        None => limits::open(path)?,
    };
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
    let mut request = Request::new(network);
    let elevation = args.elevation.iter().map(|path| limits::open(path));
    request.elevation = elevation.collect::<Result<_, _>>()?;
    request.network.settings = args.of_network.of(LayerKind::Network)?;
    request.general = general(args, None)?;
    request.mending = mending;
    Ok(request)
}

/// What is said of all layers, by flags without a layer's name.
fn general(args: &ReadingArgs, columns: Option<&ColumnArgs>) -> Result<LayerSettings, UsageError> {
    let mut settings = LayerSettings::default();
    let sheet = columns.and_then(|columns| columns.sheet.as_ref());
    for (setting, text) in [
        (LayerSetting::Crs, args.crs.as_ref()),
        (LayerSetting::Encoding, args.encoding.as_ref()),
        (LayerSetting::Sheet, sheet),
    ] {
        set(&mut settings, setting, text, setting.key())?;
    }
    let Some(columns) = columns else {
        return Ok(settings);
    };
    for (role, column) in [
        ("id", &columns.id),
        ("lon", &columns.lon),
        ("lat", &columns.lat),
        ("population", &columns.population),
        ("name", &columns.name),
    ] {
        if let Some(column) = column {
            settings.columns = settings.columns.with(role, column);
        }
    }
    Ok(settings)
}

/// A request for the streets, to which layers are added whose columns are named so.
pub(crate) fn city(
    path: &Path,
    args: &ReadingArgs,
    columns: &ColumnArgs,
) -> anyhow::Result<Request> {
    Ok(Request {
        general: general(args, Some(columns))?,
        ..network(path, args)?
    })
}

/// Farther than this an end is not drawn carelessly, it is somewhere else.
const MOST_TOLERANCE_M: f64 = 100.0;

/// The request of a city: its network and the layers of coverage.
pub(crate) fn request(args: &LayerArgs) -> anyhow::Result<Request> {
    args.options.check_there(|kind| match kind {
        LayerKind::Areas => args.areas.is_some(),
        LayerKind::Compounds => args.compounds.is_some(),
        LayerKind::Gates => args.gates.is_some(),
        LayerKind::Stairwells => args.dwellings.stairwells.is_some(),
        _ => true,
    })?;
    check_walls(args.compounds.is_some(), args.gates.is_some())?;
    let one = |kind, text: &Option<OsString>| one_of(kind, text.as_ref(), &args.options);
    let mut areas = one(LayerKind::Areas, &args.areas)?;
    match (&mut areas, &args.area_name) {
        (Some(layer), Some(name)) => {
            let columns = &mut layer.settings.columns;
            if let Some(other) = columns.of("name") {
                let message = words!(
                    "--area-name {name}: --areas-columns name={other} names another column; give one of them",
                    "--area-name {name}：--areas-columns name={other} 已指定另一列；请只给出其中之一"
                );
                return Err(UsageError::with_flag("area-name", message).into());
            }
            *columns = std::mem::take(columns).with("name", name);
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
    Ok(Request {
        stations: list_of(LayerKind::Stations, &args.stations, &args.options)?,
        residents: list_of(LayerKind::Residents, &args.residents, &args.options)?,
        areas,
        compounds: one(LayerKind::Compounds, &args.compounds)?,
        gates: one(LayerKind::Gates, &args.gates)?,
        stairwells: one(LayerKind::Stairwells, &args.dwellings.stairwells)?,
        homes: args.dwellings.homes(),
        ..city(&args.network.network, &args.network.reading, &args.columns)?
    })
}

/// The request of who walks to which stations, behind which walls.
pub(crate) fn walked_request(args: &WalkedArgs) -> anyhow::Result<Request> {
    args.options.check_there(|kind| match kind {
        LayerKind::Compounds => args.compounds.is_some(),
        LayerKind::Gates => args.gates.is_some(),
        LayerKind::Stairwells => args.dwellings.stairwells.is_some(),
        _ => true,
    })?;
    check_walls(args.compounds.is_some(), args.gates.is_some())?;
    let one = |kind, text: &Option<OsString>| one_of(kind, text.as_ref(), &args.options);
    Ok(Request {
        stations: list_of(LayerKind::Stations, &args.stations, &args.options)?,
        residents: list_of(LayerKind::Residents, &args.residents, &args.options)?,
        compounds: one(LayerKind::Compounds, &args.compounds)?,
        gates: one(LayerKind::Gates, &args.gates)?,
        stairwells: one(LayerKind::Stairwells, &args.dwellings.stairwells)?,
        homes: args.dwellings.homes(),
        ..city(&args.network.network, &args.network.reading, &args.columns)?
    })
}

/// Walls without gates would lock everybody in, and gates without walls open nothing.
pub(crate) fn check_walls(has_walls: bool, has_gates: bool) -> Result<(), UsageError> {
    let (flag, message) = match (has_walls, has_gates) {
        (true, false) => (
            "compounds",
            words!(
                "--compounds has walls and no way out; give their gates with --gates",
                "--compounds 只有围墙而无出入口；请用 --gates 给出出入口"
            ),
        ),
        (false, true) => (
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
pub(crate) fn add_circle(request: &mut Request, circle: &CircleArgs) -> anyhow::Result<()> {
    circle.options.check_there(|kind| match kind {
        LayerKind::AllStations => !circle.all_stations.is_empty(),
        LayerKind::Demand => !circle.demand.is_empty(),
        LayerKind::Communities => circle.communities.is_some(),
        LayerKind::Land => circle.land.is_some(),
        _ => true,
    })?;
    let layer = |kind, text: &OsStr| layer(kind, text, &circle.options);
    for text in &circle.all_stations {
        let every = layer(LayerKind::AllStations, text)?;
        request.every_station.push(every);
    }
    for text in &circle.demand {
        let (name, file) = named_layer(text)?;
        let demand = layer(LayerKind::Demand, file)?;
        request.demand.push((name.to_owned(), demand));
    }
    let one = |kind, text: &Option<OsString>| one_of(kind, text.as_ref(), &circle.options);
    request.communities = one(LayerKind::Communities, &circle.communities)?;
    request.land = one(LayerKind::Land, &circle.land)?;
    Ok(())
}

/// The request of `network info`: the streets, and residents where they are given.
pub(crate) fn network_request(args: &NetworkInfoArgs) -> anyhow::Result<Request> {
    args.options.check_there(|_| !args.residents.is_empty())?;
    Ok(Request {
        residents: list_of(LayerKind::Residents, &args.residents, &args.options)?,
        ..city(&args.network.network, &args.network.reading, &args.columns)?
    })
}

/// The request of `isochrone`: the streets and stations.
pub(crate) fn station_request(args: &IsochroneArgs) -> anyhow::Result<Request> {
    Ok(Request {
        stations: list_of(LayerKind::Stations, &args.stations, &args.options)?,
        ..city(&args.network.network, &args.network.reading, &args.columns)?
    })
}

/// The layers of these files and selectors.
pub(crate) fn list_of<S: LayerSet>(
    kind: LayerKind,
    texts: &[OsString],
    options: &LayerOptions<S>,
) -> anyhow::Result<Vec<LayerSpec>> {
    let layers = texts.iter().map(|text| layer(kind, text, options));
    layers.collect()
}

/// The layer of a file or selector, where one is given.
pub(crate) fn one_of<S: LayerSet>(
    kind: LayerKind,
    text: Option<&OsString>,
    options: &LayerOptions<S>,
) -> anyhow::Result<Option<LayerSpec>> {
    text.map(|text| layer(kind, text, options)).transpose()
}

/// The layer of a file or selector, with what is said of its kind.
fn layer<S: LayerSet>(
    kind: LayerKind,
    text: &OsStr,
    options: &LayerOptions<S>,
) -> anyhow::Result<LayerSpec> {
    let mut layer = match selector_in(text) {
        None => LayerSpec::new(LayerSource::File(limits::open(Path::new(text))?)),
        Some(text) => LayerSpec::selected(text).map_err(|error| {
            let (layer, zh) = (flag_of(kind), error.zh());
            let message = words!("--{layer}: {error}", "--{layer}：{zh}");
            UsageError::with_flag(layer, message)
        })?,
    };
    layer.settings = options.of(kind)?;
    Ok(layer)
}
