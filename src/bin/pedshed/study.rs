//! From arguments to a study: what to read, what to ask, and the record of both.

use std::path::Path;
use std::time::{Duration, Instant};

use pedshed::control::{Control, Stage};
use pedshed::coverage::{Tests, WallCosts};
use pedshed::crs::Crs;
use pedshed::district::LABEL;
use pedshed::gaps::{GapOptions, Gaps};
use pedshed::inputs::osm::{HomeModel, Selector};
use pedshed::inputs::{
    Columns, Format, InputError, Inputs, Layer, LayerCrs, LayerSource, Mending, PreparedFrom,
    Request, Source, TextEncoding, read_profile, read_study_profile,
};
use pedshed::isochrone::{Isochrones, ReachedStreets};
use pedshed::language::{InLanguage, Language, Words};
use pedshed::memory::{Load, MemorySize, TooMuchMemory};
use pedshed::model::{City, Findings, Profile};
use pedshed::provision::Provision;
use pedshed::report::{InputFile, Report};
use pedshed::search::Trip;
use pedshed::snap::SnapOptions;
use pedshed::units::Cutoff;
use pedshed::{Analysis, Options, Plan, analyse, shift_findings};
use serde_json::{Map, Value, json};

use crate::Session;
use crate::args::{
    ColumnArgs, DirectionArg, IsochroneArgs, LayerArgs, MemoryArgs, NetworkInfoArgs, ReadingArgs,
    WalkArgs,
};
use crate::circle::Circle;
use crate::exit::{Failure, UsageError};
use crate::progress::Progress;
use crate::terminal::words;

/// The layer of the network's files.
pub(crate) const NETWORK: &str = "network";

/// What to do: the layers to read and the question to ask.
pub(crate) struct Study {
    pub(crate) request: Request,
    pub(crate) options: Options,
    pub(crate) gap_options: GapOptions,
    pub(crate) parameters: Map<String, Value>,
    /// What a reader of the answer must know first, such as that people are estimated.
    pub(crate) note: Option<String>,
    /// The study file that says all this, where there is one.
    pub(crate) file: Option<Source>,
    /// What is asked beside coverage.
    pub(crate) circle: Circle,
    /// How much memory it may take, where that is limited.
    pub(crate) max_memory: Option<MemorySize>,
}

/// What is drawn beside the counting.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Wanted {
    pub(crate) isochrones: bool,
    pub(crate) streets: bool,
    /// What the walls cost, where there are any.
    pub(crate) wall_costs: bool,
    pub(crate) gaps: WantedGaps,
}

/// What is wanted of gaps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum WantedGaps {
    #[default]
    None,
    /// As rows of a table.
    Listed,
    /// With the ground that they cover.
    Drawn,
}

/// What came of it.
pub(crate) struct Done {
    pub(crate) inputs: Inputs,
    pub(crate) analysis: Analysis,
    pub(crate) findings: Findings,
    /// None where they were not wanted.
    pub(crate) isochrones: Vec<Isochrones>,
    /// None where they were not wanted.
    pub(crate) streets: Vec<ReachedStreets>,
    /// None where they were not wanted.
    pub(crate) gaps: Option<Gaps>,
    /// None where nothing was asked.
    pub(crate) provision: Option<Provision>,
    /// None where they were not wanted, or there are no walls.
    pub(crate) wall_costs: Option<WallCosts>,
    pub(crate) read: Duration,
}

impl Done {
    /// Whether the network is that of a model district: its file says so.
    pub(crate) fn is_model(&self) -> bool {
        self.inputs.origin.as_deref() == Some(LABEL)
    }

    /// The analysis as the exporters see it, with what its readers must know first.
    pub(crate) fn report<'a>(&'a self, study: &'a Study) -> Report<'a> {
        let label = self.is_model().then_some(LABEL);
        Report {
            note: study.note.as_deref().or(label),
            provision: self.provision.as_ref(),
            wall_costs: self.wall_costs.as_ref(),
            ..self
                .analysis
                .report(self.inputs.city(), &self.findings, self.read)
        }
    }
}

impl Study {
    /// What is read, what is asked of it, and the record of both.
    pub(crate) fn asking(
        request: Request,
        options: Options,
        mut parameters: Map<String, Value>,
    ) -> Self {
        let gap_options = GapOptions::default();
        parameters.insert("gap_link".to_owned(), gap_options.link_m.into());
        parameters.insert("missing_link".to_owned(), gap_options.missing_link_m.into());
        Self {
            request,
            options,
            gap_options,
            parameters,
            note: None,
            file: None,
            circle: Circle::default(),
            max_memory: None,
        }
    }

    /// # Errors
    /// When an argument makes no sense, or a file cannot be opened.
    pub(crate) fn new(
        layers: &LayerArgs,
        walk: &WalkArgs,
        memory: Option<&MemoryArgs>,
    ) -> anyhow::Result<Self> {
        let options = options(walk)?;
        let max_memory = max_memory(memory)?;
        let lists = layers.stations.iter().chain(&layers.residents);
        let walls = layers.compounds.iter().chain(&layers.gates);
        let texts = lists.chain(&layers.areas).chain(walls);
        let texts = texts.map(String::as_str);
        refuse_files(max_memory, &layers.network.network, texts)?;
        let request = request(layers)?;
        let parameters = parameters(&options, Some(layers), &request.homes);
        Ok(Self {
            max_memory,
            ..Self::asking(request, options, parameters)
        })
    }

    /// A study of stations alone.
    ///
    /// # Errors
    /// As [`Study::new`].
    pub(crate) fn of_stations(args: &IsochroneArgs) -> anyhow::Result<Self> {
        let options = options(&args.walk)?;
        let max_memory = max_memory(Some(&args.memory))?;
        let texts = args.stations.iter().map(String::as_str);
        refuse_files(max_memory, &args.network.network, texts)?;
        let layers = Layers {
            columns: &args.columns,
            reading: &args.network.reading,
        };
        let request = Request {
            stations: layers.list("stations", &args.stations, args.stations_crs.as_deref())?,
            ..network(&args.network.network, &args.network.reading)?
        };
        let parameters = parameters(&options, None, &request.homes);
        Ok(Self {
            max_memory,
            ..Self::asking(request, options, parameters)
        })
    }

    /// The input files with their fingerprints.
    ///
    /// # Errors
    /// When one that has not been read yet cannot be read.
    pub(crate) fn input_files(&self) -> Result<Vec<InputFile>, InputError> {
        let Request {
            network,
            stations,
            residents,
            areas,
            every_station,
            demand,
            communities,
            land,
            compounds,
            gates,
            ..
        } = &self.request;
        let mut files = Vec::new();
        let mut add = |layer: &'static str, source: &Source| -> Result<(), InputError> {
            for file in std::iter::once(source).chain(source.companions()) {
                files.push(InputFile::new(layer, file)?);
            }
            Ok(())
        };
        if let Some(file) = &self.file {
            add("study", file)?;
        }
        for file in &self.circle.files {
            add("standard", file)?;
        }
        add(NETWORK, network)?;
        let demand: Vec<Layer> = demand.iter().map(|(_, layer)| layer.clone()).collect();
        let layers = [
            ("stations", stations.as_slice()),
            ("residents", residents),
            ("areas", areas.as_slice()),
            ("all_stations", every_station.as_slice()),
            ("demand", demand.as_slice()),
            ("communities", communities.as_slice()),
            ("land", land.as_slice()),
            ("compounds", compounds.as_slice()),
            ("gates", gates.as_slice()),
        ];
        for (name, list) in layers {
            for layer in list {
                if let LayerSource::File(source) = &layer.source {
                    add(name, source)?;
                }
            }
        }
        Ok(files)
    }

    /// The files that a prepared network was made of, as input files of this layer.
    pub(crate) fn originals(inputs: &Inputs, layer: &str) -> Vec<InputFile> {
        let files = inputs.provenance.iter().flat_map(|made| &made.files);
        let original = |file: &PreparedFrom| InputFile {
            layer: layer.to_owned(),
            file: file.name.clone(),
            bytes: file.bytes as usize,
            sha256: file.sha256.clone(),
        };
        files.map(original).collect()
    }

    /// Refuses a run whose load takes more memory than it may.
    fn allow(&self, load: impl FnOnce() -> Load) -> Result<(), Failure> {
        let Some(limit) = self.max_memory else {
            return Ok(());
        };
        limit.allows(load().peak()).map_err(too_much)
    }

    /// Reads, analyses and draws what is wanted, showing progress.
    ///
    /// # Errors
    /// What the library says.
    pub(crate) fn run(
        &self,
        wanted: Wanted,
        quiet: bool,
        session: Session<'_>,
    ) -> anyhow::Result<Done> {
        let Session { language, cancel } = session;
        let progress = Progress::new(quiet, language);
        let show = |stage, done, total| progress.show(stage, done, total);
        let control = Control::default().with_progress(&show).with_cancel(cancel);
        let started = Instant::now();
        self.allow(|| Load::of_request(&self.request))?;
        control.report(Stage::Read, 0, 1);
        let mut inputs = Inputs::read(&self.request)?;
        if self.circle.allocate {
            let groups = self.circle.group_columns();
            inputs.allocate(&groups).map_err(pedshed::Error::from)?;
        }
        self.allow(|| {
            let load = Load::of_inputs(&self.request, &inputs, &self.options);
            if wanted.isochrones {
                load.with_drawing(&inputs.network, &self.options)
            } else {
                load
            }
        })?;
        control.check().map_err(pedshed::Error::from)?;
        control.report(Stage::Read, 1, 1);
        let read = started.elapsed().saturating_sub(inputs.building);
        let options = Options {
            compounds: inputs.compounds.clone(),
            ..self.options.clone()
        };
        let on_day = self.circle.plan.stations_on_day(&mut inputs);
        let city = City {
            stations: on_day.as_deref().unwrap_or(&inputs.stations),
            ..inputs.city()
        };
        let mut analysis = analyse(&inputs.network, city, options, control)?;
        analysis.timings.network += inputs.building;
        let started = Instant::now();
        let provision = if self.circle.plan.is_empty() {
            None
        } else {
            let listed = GapOptions {
                with_outlines: false,
                ..self.gap_options
            };
            let plan = Plan {
                gaps: (wanted.gaps != WantedGaps::None).then_some(listed),
                ..self.circle.plan.clone()
            };
            Some(plan.ask(&mut inputs, &analysis, control)?)
        };
        let gaps = if wanted.gaps == WantedGaps::None {
            None
        } else {
            let options = GapOptions {
                with_outlines: wanted.gaps == WantedGaps::Drawn,
                ..self.gap_options
            };
            Some(analysis.gaps(&inputs.residents, options, control)?)
        };
        let wall_costs = if wanted.wall_costs {
            analysis.wall_costs(inputs.city(), control)?
        } else {
            None
        };
        analysis.timings.coverage += started.elapsed();
        let started = Instant::now();
        let isochrones = if wanted.isochrones {
            analysis.isochrones(&inputs.water, control)?
        } else {
            Vec::new()
        };
        let streets = if wanted.streets {
            analysis.reached_streets(control)?
        } else {
            Vec::new()
        };
        analysis.timings.isochrones = started.elapsed();
        progress.finish();
        let mut findings = inputs.findings.clone();
        findings.extend(analysis.findings.clone());
        findings.extend(shift_findings(&analysis, inputs.city(), &inputs.layers));
        // What is written of the stations is how they are on that day.
        if let Some(on_day) = on_day {
            inputs.stations = on_day;
        }
        Ok(Done {
            inputs,
            analysis,
            findings,
            isochrones,
            streets,
            gaps,
            provision,
            wall_costs,
            read,
        })
    }
}

fn too_much(error: TooMuchMemory) -> Failure {
    Failure {
        words: error.into(),
        reason: None,
    }
}

fn max_memory(args: Option<&MemoryArgs>) -> Result<Option<MemorySize>, UsageError> {
    let text = args.and_then(|args| args.max_memory.as_deref());
    text.map(|text| text.parse().map_err(usage("max-memory")))
        .transpose()
}

/// Refuses files that are larger than the memory that a run may take, before any of them is read. One that is not there is
/// found out when it is opened.
fn refuse_files<'a>(
    limit: Option<MemorySize>,
    network: &'a Path,
    layers: impl Iterator<Item = &'a str>,
) -> Result<(), Failure> {
    let Some(limit) = limit else { return Ok(()) };
    let files = layers
        .filter(|text| !Selector::is_meant(text))
        .map(Path::new);
    let bytes = std::iter::once(network)
        .chain(files)
        .filter_map(|path| path.metadata().ok())
        .map(|metadata| metadata.len());
    let load = Load {
        file_bytes: bytes.sum(),
        ..Load::default()
    };
    limit.allows(load.peak()).map_err(too_much)
}

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

fn request(args: &LayerArgs) -> anyhow::Result<Request> {
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
struct Layers<'a> {
    columns: &'a ColumnArgs,
    reading: &'a ReadingArgs,
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

    fn list(
        &self,
        flag: &'static str,
        texts: &[String],
        own_crs: Option<&str>,
    ) -> anyhow::Result<Vec<Layer>> {
        let layers = texts.iter().map(|text| self.layer(flag, text, own_crs));
        layers.collect()
    }
}

/// Makes a mistake in a flag's value of what the library says about it.
pub(crate) fn usage<E: InLanguage>(flag: &'static str) -> impl Fn(E) -> UsageError {
    move |error| UsageError::of(flag, Words::new(error.to_string(), error.zh()))
}

/// A profile by its name, or from a file.
pub(crate) fn profile(text: &str) -> anyhow::Result<Profile> {
    if let Some(profile) = Profile::named(text) {
        return Ok(profile);
    }
    if Path::new(text).extension().is_none() {
        let names = Profile::NAMES.join(", ");
        let message = words!(
            "no profile is called {text:?}; use {names}, or a .toml file",
            "没有名为 {text:?} 的出行人群；请用 {names}，或 .toml 文件"
        );
        return Err(UsageError::of("profile", message).into());
    }
    Ok(read_profile(&Source::open(Path::new(text))?)?)
}

/// The profile that stands in a study file.
fn own_profile(source: &Source) -> anyhow::Result<Profile> {
    read_study_profile(source).map_err(|error| match error {
        // The text's own mistakes are named with their line; a number's line is that of the table.
        InputError::Malformed { place, reason, .. }
            if !place.get(Language::En).starts_with("line ") =>
        {
            let (place_zh, reason_zh) = (place.zh(), reason.zh());
            let words = words!("{place}: {reason}", "{place_zh}：{reason_zh}");
            UsageError::of("profile", words).into()
        }
        error => error.into(),
    })
}

fn options(walk: &WalkArgs) -> anyhow::Result<Options> {
    // Metres decide where no minutes are given; the usual minutes are then shown beside them.
    let given = walk.minutes.as_deref();
    let minutes = given.unwrap_or(&Options::MINUTES);
    let minutes = minutes.iter().map(|minutes| Cutoff::minutes(*minutes));
    let metres = walk.metres.iter().map(|metres| Cutoff::metres(*metres));
    let cutoffs = minutes
        .map(|cutoff| cutoff.map_err(usage("minutes")))
        .chain(metres.map(|cutoff| cutoff.map_err(usage("metres"))))
        .collect::<Result<Vec<_>, _>>()?;
    let mut tests = Tests::new(cutoffs).map_err(usage("minutes"))?;
    if given.is_none() && !walk.metres.is_empty() {
        tests = tests.decided_by_metres().map_err(usage("metres"))?;
    }
    let mut profile = match &walk.own_profile {
        Some(source) => own_profile(source)?,
        None => profile(&walk.profile)?,
    };
    if let Some(kmh) = walk.speed_kmh {
        profile = profile.with_speed_kmh(kmh).map_err(usage("speed-kmh"))?;
    }
    let mut straight_m = vec![Options::STRAIGHT_M];
    straight_m.extend(
        walk.metres
            .iter()
            .filter(|metres| **metres != Options::STRAIGHT_M),
    );
    straight_m.sort_by(f64::total_cmp);
    straight_m.dedup();
    Ok(Options {
        profile,
        trip: match walk.direction {
            DirectionArg::ToStation => Trip::ToStation,
            DirectionArg::FromStation => Trip::FromStation,
            DirectionArg::RoundTrip => Trip::RoundTrip,
        },
        snap: SnapOptions {
            max_snap_m: in_range("max-snap", walk.max_snap, 0.0, 10_000.0)?,
            leg_factor: in_range("leg-factor", walk.leg_factor, 1.0, 10.0)?,
        },
        min_island_m: in_range("min-island", walk.min_island, 0.0, 1e9)?,
        straight_m,
        ..Options::new(tests)
    })
}

/// Refuses what is not a number or makes no sense.
pub(crate) fn in_range(
    flag: &'static str,
    value: f64,
    min: f64,
    max: f64,
) -> Result<f64, UsageError> {
    if (min..=max).contains(&value) {
        Ok(value)
    } else {
        let message = words!(
            "--{flag} {value} is outside {min} to {max}",
            "--{flag} {value} 超出 {min} 至 {max} 的范围"
        );
        Err(UsageError::of(flag, message))
    }
}

/// Every parameter of a run, defaults included, for `run.json`.
pub(crate) fn parameters(
    options: &Options,
    layers: Option<&LayerArgs>,
    homes: &HomeModel,
) -> Map<String, Value> {
    let file_name = |text: &String| {
        let selector = Selector::is_meant(text);
        let name = Path::new(text)
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        name.filter(|_| !selector).unwrap_or_else(|| text.clone())
    };
    let numbers = |list: &[Cutoff]| {
        list.iter()
            .map(|cutoff| json!(cutoff.value()))
            .collect::<Vec<_>>()
    };
    let mut map = Map::new();
    let mut put = |key: &str, value: Value| {
        map.insert(key.to_owned(), value);
    };
    put("minutes", json!(numbers(options.tests.minutes())));
    put("metres", json!(numbers(options.tests.metres())));
    put("decided_by", json!(options.tests.deciding().label()));
    put("profile", json!(options.profile));
    put(
        "direction",
        json!(match options.trip {
            Trip::ToStation => "to-station",
            Trip::FromStation => "from-station",
            Trip::RoundTrip => "round-trip",
        }),
    );
    put("max_snap", json!(options.snap.max_snap_m));
    put("leg_factor", json!(options.snap.leg_factor));
    put("min_island", json!(options.min_island_m));
    put("straight_m", json!(options.straight_m));
    if let Some(layers) = layers {
        put(
            "stations",
            json!(layers.stations.iter().map(file_name).collect::<Vec<_>>()),
        );
        put(
            "residents",
            json!(layers.residents.iter().map(file_name).collect::<Vec<_>>()),
        );
        put("areas", json!(layers.areas.as_ref().map(file_name)));
        put("area_name", json!(layers.area_name));
        put("id_column", json!(layers.columns.id));
        put("lon_column", json!(layers.columns.lon));
        put("lat_column", json!(layers.columns.lat));
        put("population_column", json!(layers.columns.population));
        put("name_column", json!(layers.columns.name));
        put("sheet", json!(layers.columns.sheet));
        put("encoding", json!(layers.network.reading.encoding));
        put(
            "join_tolerance",
            json!(layers.network.reading.join_tolerance),
        );
        put(
            "node_crossings",
            json!(layers.network.reading.node_crossings),
        );
        put("crs", json!(layers.network.reading.crs));
        put("network_crs", json!(layers.network.reading.network_crs));
        put("stations_crs", json!(layers.stations_crs));
        put("residents_crs", json!(layers.residents_crs));
        put("areas_crs", json!(layers.areas_crs));
        if layers.compounds.is_some() {
            put("compounds", json!(layers.compounds.as_ref().map(file_name)));
            put("gates", json!(layers.gates.as_ref().map(file_name)));
            put("compounds_crs", json!(layers.compounds_crs));
            put("gates_crs", json!(layers.gates_crs));
        }
        if layers.residents.iter().any(|text| Selector::is_meant(text)) {
            put("homes", json!(homes));
        }
    }
    map
}
