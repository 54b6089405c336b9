//! A study: from arguments to what it reads and asks, and the run of it all.

use std::ffi::OsString;
use std::time::{Duration, Instant};

use pedshed::control::Control;
use pedshed::coverage::WallCosts;
use pedshed::district::LABEL;
use pedshed::gaps::{GapOptions, Gaps};
use pedshed::inputs::{InputError, Inputs, Layer, LayerSource, PreparedFrom, Request, Source};
use pedshed::isochrone::{Isochrones, ReachedStreets};
use pedshed::language::Language;
use pedshed::memory::{Load, MemorySize};
use pedshed::model::{City, Findings};
use pedshed::provision::Provision;
use pedshed::report::{InputFile, Report, StationNoun, terminal_readings};
use pedshed::{Analysis, Options, Plan, analyse, around_findings, shift_findings};
use serde_json::{Map, Value};

use crate::Session;
use crate::args::{IsochroneArgs, LayerArgs, MemoryArgs, RunArgs, WalkArgs};
use crate::asked::{options, parameters};
use crate::circle::{Circle, CircleArgs};
use crate::exit::Failure;
use crate::layer_options::refuse_unasked;
use crate::limits::{max_memory, refuse_files, too_much};
use crate::progress::Progress;
use crate::reading::{add_circle, request, station_request};
use crate::terminal::complain;

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
    /// What its stations are called.
    pub(crate) noun: Option<StationNoun>,
    /// The study file that says all this, where there is one.
    pub(crate) file: Option<Source>,
    /// What is asked beside coverage.
    pub(crate) circle: Circle,
    /// How much memory it may take, where that is limited.
    pub(crate) max_memory: Option<MemorySize>,
}

/// What is drawn beside the counting.
#[derive(Clone, Copy, Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a part of the work that a verb wants or not"
)]
pub(crate) struct Wanted {
    pub(crate) isochrones: bool,
    pub(crate) streets: bool,
    /// What the walls cost, where there are any.
    pub(crate) wall_costs: bool,
    pub(crate) gaps: WantedGaps,
    /// What is asked beside coverage, where something is.
    pub(crate) provision: bool,
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
    pub(crate) fn report<'a>(&'a self, study: &'a Study, language: Language) -> Report<'a> {
        let label = self.is_model().then_some(LABEL);
        Report {
            language,
            noun: study.noun.as_ref(),
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
        parameters.insert("gap_link".to_owned(), gap_options.link_m().into());
        parameters.insert(
            "missing_link".to_owned(),
            gap_options.missing_link_m().into(),
        );
        Self {
            request,
            options,
            gap_options,
            parameters,
            note: None,
            noun: None,
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
        let texts = texts.map(OsString::as_os_str);
        refuse_files(max_memory, &layers.network.network, texts)?;
        let request = request(layers)?;
        let parameters = parameters(&options, Some(layers), &request.homes);
        Ok(Self {
            max_memory,
            ..Self::asking(request, options, parameters)
        })
    }

    /// A study of a city with what is asked beside coverage.
    ///
    /// # Errors
    /// As [`Study::new`], or when what is asked cannot be.
    pub(crate) fn with_circle(
        layers: &LayerArgs,
        walk: &WalkArgs,
        circle: &CircleArgs,
        memory: Option<&MemoryArgs>,
    ) -> anyhow::Result<Self> {
        let mut study = Self::new(layers, walk, memory)?;
        study.circle = Circle::new(circle, &study.options.profile)?;
        add_circle(&mut study.request, layers, circle)?;
        study.circle.add_to(&mut study.request)?;
        Circle::record(circle, &mut study.parameters);
        Ok(study)
    }

    /// A study of stations alone.
    ///
    /// # Errors
    /// As [`Study::new`].
    pub(crate) fn of_stations(args: &IsochroneArgs) -> anyhow::Result<Self> {
        let options = options(&args.walk)?;
        let max_memory = max_memory(Some(&args.memory))?;
        let texts = args.stations.iter().map(OsString::as_os_str);
        refuse_files(max_memory, &args.network.network, texts)?;
        let request = station_request(args)?;
        refuse_unasked(&request)?;
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

    /// What a run on these inputs holds.
    fn load(&self, inputs: &Inputs, wanted: Wanted) -> Load {
        let load = Load::of_inputs(&self.request, inputs, &self.options);
        if wanted.isochrones {
            load.with_drawing_around(&inputs.stations, &inputs.network, &self.options)
        } else {
            load
        }
    }

    /// Reads, analyses and draws what is wanted, showing progress.
    ///
    /// # Errors
    /// What the library says.
    pub(crate) fn run(
        &self,
        wanted: Wanted,
        run: &RunArgs,
        session: Session<'_>,
    ) -> anyhow::Result<Done> {
        let Session { language, cancel } = session;
        let progress = Progress::new(run.quiet, language);
        let show = |stage, done, total| progress.show(stage, done, total);
        let control = Control::default().with_progress(&show).with_cancel(cancel);
        let started = Instant::now();
        self.allow(|| Load::of_request(&self.request))?;
        let mut inputs = Inputs::read_with(&self.request, control)?;
        if run.verbose {
            let readings = terminal_readings(&inputs.readings, language);
            complain!("{}", readings.trim_end());
        }
        self.circle.check_day(&inputs)?;
        if self.circle.allocate {
            let groups = self.circle.group_columns();
            inputs.allocate(&groups).map_err(pedshed::Error::from)?;
        }
        if run.verbose {
            say_memory(self.load(&inputs, wanted).peak(), language);
        }
        self.allow(|| self.load(&inputs, wanted))?;
        control.check().map_err(pedshed::Error::from)?;
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
        let provision = if self.circle.plan.is_empty() || !wanted.provision {
            None
        } else {
            let listed = self.gap_options.with_outlines(false);
            let plan = Plan {
                gaps: (wanted.gaps != WantedGaps::None).then_some(listed),
                ..self.circle.plan.clone()
            };
            Some(plan.ask(&mut inputs, &analysis, control)?)
        };
        let gaps = if wanted.gaps == WantedGaps::None {
            None
        } else {
            let is_drawn = wanted.gaps == WantedGaps::Drawn;
            let options = self.gap_options.with_outlines(is_drawn);
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
            analysis.isochrones(&inputs.surroundings.water, control)?
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
        let streets_crs = inputs.network_crs();
        findings.extend(shift_findings(&analysis, &inputs.placed, &streets_crs));
        findings.extend(around_findings(
            &analysis,
            inputs.city(),
            &inputs.surroundings,
        ));
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

/// How much memory the run takes by its estimate.
fn say_memory(peak: MemorySize, language: Language) {
    match language {
        Language::En => complain!("memory     about {peak} at most"),
        Language::Zh => complain!("内存       峰值约 {peak}"),
    }
}
