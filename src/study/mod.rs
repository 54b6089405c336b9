//! A whole study: what is read, what is asked of it and what is written, and the run of it all. The command is one front end of
//! it; an embedding program, a page or a server is another.

mod error;
mod exporters;
mod files;
mod outputs;
mod parameters;
mod questions;
mod result;
mod used;
mod written;

pub use error::{NoDates, StudyError, Unused};
pub use exporters::{
    Exporter, GAPS_GEOJSON, GAPS_TABLE, ISOCHRONES_GEOJSON, PAGE, STREETS_GEOJSON,
};
pub use outputs::{GapsPart, OutputFormat, Outputs, Parts};
pub use questions::{AnswerTable, Asked, Question, Questions};
pub use result::StudyResult;

use std::time::{Duration, Instant};

use crate::analysis::{Options, analyse, around_findings, shift_findings};
use crate::control::Control;
use crate::error::Error;
use crate::gaps::{GapOptions, Gaps};
use crate::inputs::{Inputs, Request, Source};
use crate::memory::{Load, MemorySize};
use crate::model::{City, Station};
use crate::report::Page;
use crate::service_circle::Plan;

/// A whole study. Its fields are public and may be set one by one; [`Study::run`] checks that they fit together.
///
/// # Example
/// ```
/// use pedshed::control::Control;
/// use pedshed::inputs::{Layer, LayerSource, Request, Source};
/// use pedshed::study::Study;
/// use pedshed::Options;
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let layer = |text: &str| Ok::<_, Box<dyn std::error::Error>>(Layer::new(LayerSource::Osm(text.parse()?)));
/// let map = Source::open(std::path::Path::new("data/liechtenstein-2013-08-03.osm.pbf"))?;
/// let layers = Request {
///     stations: vec![layer("osm:amenity=pharmacy")?],
///     residents: vec![layer("osm:building")?],
///     ..Request::new(map)
/// };
/// let study = Study::new(layers, Options::minutes(&[15.0])?);
/// let result = study.run(Control::default())?;
/// assert!(result.analysis.coverage.share() > 0.3);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Study {
    /// What is read.
    pub layers: Request,
    /// Who walks how far.
    pub options: Options,
    /// What is asked beside coverage.
    pub questions: Questions,
    /// What is written.
    pub outputs: Outputs,
    /// How much memory it may take, where that is limited.
    pub max_memory: Option<MemorySize>,
    /// The file that says all this, where there is one, for the record of the run.
    pub file: Option<Source>,
}

impl Study {
    /// A study of coverage alone, with all files. The map's water and the lines that nobody walks across are read with it.
    #[must_use]
    pub fn new(layers: Request, options: Options) -> Self {
        Self {
            layers: Request {
                with_water: true,
                ..layers
            },
            options,
            questions: Questions::default(),
            outputs: Outputs::default(),
            max_memory: None,
            file: None,
        }
    }

    /// Reads, analyses, asks and draws all that the outputs show.
    ///
    /// # Errors
    /// As [`Study::read`] and [`StudyInputs::analyse`].
    pub fn run(&self, control: Control<'_>) -> Result<StudyResult<'_>, StudyError> {
        self.read(control)?.analyse(self.outputs.parts(), control)
    }

    /// Reads the layers, with the columns that the questions look at.
    ///
    /// # Errors
    /// [`StudyError`] when something is given that no question looks at, or the files are known to take more memory than the
    /// study may; what [`Inputs::read_with`] refuses; [`Error::Cancelled`].
    pub fn read(&self, control: Control<'_>) -> Result<StudyInputs<'_>, StudyError> {
        self.check_used()?;
        let started = Instant::now();
        let mut layers = self.layers.clone();
        self.questions.add_columns(&mut layers);
        self.allow(|| Load::of_request(&layers))?;
        let inputs = Inputs::read_with(&layers, control)?;
        Ok(StudyInputs {
            study: self,
            read: started.elapsed(),
            layers,
            inputs,
        })
    }

    /// Refuses a load that takes more memory than the study may.
    fn allow(&self, load: impl FnOnce() -> Load) -> Result<(), StudyError> {
        match self.max_memory {
            Some(limit) => Ok(limit.allows(load().peak())?),
            None => Ok(()),
        }
    }
}

/// A study whose layers are read.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct StudyInputs<'s> {
    /// The study.
    pub study: &'s Study,
    /// What was read.
    pub inputs: Inputs,
    /// What was to be read, with the columns that the questions look at.
    layers: Request,
    /// How long reading took.
    read: Duration,
}

impl<'s> StudyInputs<'s> {
    /// What a run of these parts holds in memory.
    #[must_use]
    pub fn load(&self, parts: Parts) -> Load {
        let Self { study, inputs, .. } = self;
        let load = Load::of_inputs(&self.layers, inputs, &study.options);
        if parts.isochrones {
            load.with_drawing_around(&inputs.stations, &inputs.network, &study.options)
        } else {
            load
        }
    }

    /// Analyses what was read, asks the questions and draws these parts.
    ///
    /// # Errors
    /// [`StudyError`] when a day is asked for and no station has a date, or the run takes more memory than it may;
    /// what [`Inputs::allocate`], [`analyse`], [`Plan::ask`] and the questions of one's own refuse; [`Error::Cancelled`].
    pub fn analyse(
        mut self,
        parts: Parts,
        control: Control<'_>,
    ) -> Result<StudyResult<'s>, StudyError> {
        let study = self.study;
        study.check_day(&self.inputs)?;
        if study.questions.allocate {
            self.inputs.allocate(&study.questions.group_columns())?;
        }
        study.allow(|| self.load(parts))?;
        control.check()?;
        let mut run = Run::new(self, control)?;
        run.ask(parts)?;
        run.draw(parts)?;
        Ok(run.finish()?)
    }
}

/// A run under way.
struct Run<'s, 'c> {
    result: StudyResult<'s>,
    /// The stations as they are on the day that is asked for, where one is.
    on_day: Option<Vec<Station>>,
    control: Control<'c>,
}

impl<'s, 'c> Run<'s, 'c> {
    /// Who is covered.
    fn new(read: StudyInputs<'s>, control: Control<'c>) -> Result<Self, Error> {
        let StudyInputs {
            study,
            mut inputs,
            read,
            ..
        } = read;
        let options = Options {
            compounds: inputs.compounds.clone(),
            ..study.options.clone()
        };
        let on_day = study.questions.plan.stations_on_day(&mut inputs);
        let city = City {
            stations: on_day.as_deref().unwrap_or(&inputs.stations),
            ..inputs.city()
        };
        let mut analysis = analyse(&inputs.network, city, options, control)?;
        analysis.timings.network += inputs.building;
        let read = read.saturating_sub(inputs.building);
        Ok(Self {
            result: StudyResult::new(study, inputs, analysis, read),
            on_day,
            control,
        })
    }

    /// What is asked beside coverage.
    fn ask(&mut self, parts: Parts) -> Result<(), Error> {
        let started = Instant::now();
        self.ask_plan(parts)?;
        self.find_gaps(parts)?;
        let Self {
            result, control, ..
        } = self;
        if parts.wall_costs {
            let city = result.inputs.city();
            result.wall_costs = result.analysis.wall_costs(city, *control)?;
        }
        for question in &result.study.questions.own {
            let asked = Asked {
                inputs: &result.inputs,
                analysis: &result.analysis,
                control: *control,
            };
            result.answers.extend(question.ask(asked)?);
        }
        result.analysis.timings.coverage += started.elapsed();
        Ok(())
    }

    /// Tiers, groups, services, register, standards.
    fn ask_plan(&mut self, parts: Parts) -> Result<(), Error> {
        let result = &mut self.result;
        let Questions { plan, gaps, .. } = &result.study.questions;
        if plan.is_empty() || !parts.provision {
            return Ok(());
        }
        let listed = GapOptions {
            with_outlines: false,
            ..*gaps
        };
        let plan = Plan {
            gaps: (parts.gaps != GapsPart::None).then_some(listed),
            ..plan.clone()
        };
        let provision = plan.ask(&mut result.inputs, &result.analysis, self.control)?;
        result.provision = Some(provision);
        Ok(())
    }

    fn find_gaps(&mut self, parts: Parts) -> Result<(), Error> {
        if parts.gaps == GapsPart::None {
            return Ok(());
        }
        let result = &mut self.result;
        let options = GapOptions {
            with_outlines: parts.gaps == GapsPart::Drawn,
            ..result.study.questions.gaps
        };
        let residents = &result.inputs.residents;
        let gaps = result.analysis.gaps(residents, options, self.control)?;
        // Cures are told beside what is asked of the stations.
        if parts.cures && result.provision.is_some() {
            self.find_cures(&gaps)?;
        }
        self.result.gaps = Some(gaps);
        Ok(())
    }

    /// What the page shows of the first gaps: a walk from each, and whom a station in its middle would cover.
    fn find_cures(&mut self, gaps: &Gaps) -> Result<(), Error> {
        let result = &mut self.result;
        let (analysis, city) = (&result.analysis, result.inputs.city());
        result.gap_walks = analysis.gap_walks(city, gaps, Page::WALKS)?;
        result.new_stations =
            analysis.station_gains(city, gaps, Page::NEW_STATIONS, self.control)?;
        Ok(())
    }

    fn draw(&mut self, parts: Parts) -> Result<(), Error> {
        let started = Instant::now();
        let result = &mut self.result;
        if parts.isochrones {
            let water = &result.inputs.surroundings.water;
            result.isochrones = result.analysis.isochrones(water, self.control)?;
        }
        if parts.streets {
            result.streets = result.analysis.reached_streets(self.control)?;
        }
        result.analysis.timings.isochrones = started.elapsed();
        Ok(())
    }

    /// All findings together.
    fn finish(self) -> Result<StudyResult<'s>, Error> {
        self.control.check()?;
        let mut result = self.result;
        let (inputs, analysis) = (&result.inputs, &result.analysis);
        let mut findings = inputs.findings.clone();
        findings.extend(analysis.findings.clone());
        let streets = inputs.network_crs();
        findings.extend(shift_findings(analysis, &inputs.placed, &streets));
        let around = around_findings(analysis, inputs.city(), &inputs.surroundings);
        findings.extend(around);
        result.findings = findings;
        // What is written of the stations is how they are on that day.
        if let Some(on_day) = self.on_day {
            result.inputs.stations = on_day;
        }
        Ok(result)
    }
}
