//! The run of a study: reading, analysing, asking, drawing.

use std::time::Duration;

use super::error::StudyError;
use super::parts::{GapsPart, Parts};
use super::questions::{QuestionContext, Questions};
use super::types::{Study, StudyResult};
use crate::analysis::{Options, analyse, around_findings, shift_findings};
use crate::control::Control;
use crate::error::Error;
use crate::gaps::{ClosedStations, Gaps};
use crate::inputs::Inputs;
use crate::memory::Load;
use crate::model::{CityRecords, Station};
use crate::planning::hours::{AllOpen, HoursOfServices};
use crate::planning::provision::Plan;
use crate::planning::service_circle::ServiceHoursQuestion;
use crate::report::Page;

impl Study {
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
        let mut clock = control.stopwatch();
        let mut layers = self.layers.clone();
        self.questions.add_columns(&mut layers);
        if let Some(at) = self.questions.hours.at {
            layers.at = at;
        }
        self.allow(|| Load::from_request(&layers))?;
        let inputs = Inputs::read_with(&layers, control)?;
        Ok(StudyInputs {
            study: self,
            read: clock.lap(),
            inputs,
        })
    }

    /// What a run of these parts holds in memory, once the layers are read.
    pub(super) fn load(&self, inputs: &Inputs, parts: Parts) -> Load {
        let load = Load::from_inputs(&self.layers, inputs, &self.options);
        if parts.isochrones {
            load.with_drawing_around(&inputs.stations, &inputs.network, &self.options)
        } else {
            load
        }
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
    /// How long reading took.
    read: Duration,
}

impl<'s> StudyInputs<'s> {
    /// What a run of these parts holds in memory.
    #[must_use]
    pub fn load(&self, parts: Parts) -> Load {
        self.study.load(&self.inputs, parts)
    }

    /// Analyses what was read, asks the questions and draws these parts.
    ///
    /// # Errors
    /// [`StudyError`] when a day is asked for and no station has a date, or opening hours and no station has any, or the run takes more memory than it may;
    /// what [`Inputs::allocate`], [`analyse`], [`Plan::ask`] and the questions of one's own refuse; [`Error::Cancelled`].
    pub fn analyse(
        mut self,
        parts: Parts,
        control: Control<'_>,
    ) -> Result<StudyResult<'s>, StudyError> {
        let study = self.study;
        study.check_day(&self.inputs)?;
        study.check_hours(&self.inputs)?;
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
    /// The stations as they are on the day or at the time that is asked for, where one is.
    as_asked: Option<Vec<Station>>,
    /// The city with all its stations open, where a time is asked for.
    all_open: Option<AllOpen>,
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
        let mut as_asked = study.questions.plan.stations_on_day(&mut inputs);
        let city = CityRecords {
            stations: as_asked.as_deref().unwrap_or(&inputs.stations),
            ..inputs.city()
        };
        let mut analysis = analyse(&inputs.network, city, options, control)?;
        analysis.timings.network += inputs.building;
        let read = read.saturating_sub(inputs.building);
        let (mut hours, mut all_open) = (None, None);
        if !study.questions.hours.is_empty() {
            let stations = as_asked.clone().unwrap_or_else(|| inputs.stations.clone());
            let plan = study.questions.hours;
            let asked = plan.ask(
                &mut inputs,
                &mut analysis,
                &stations,
                &study.layers,
                control,
            )?;
            hours = Some(asked.answer);
            as_asked = asked.stations.or(as_asked);
            all_open = asked.all_open;
        }
        let mut result = StudyResult::new(study, inputs, analysis, read);
        result.hours = hours;
        Ok(Self {
            result,
            as_asked,
            all_open,
            control,
        })
    }

    /// What is asked beside coverage.
    fn ask(&mut self, parts: Parts) -> Result<(), Error> {
        let mut clock = self.control.stopwatch();
        self.ask_plan(parts)?;
        self.find_gaps(parts)?;
        if parts.wall_costs {
            let analysis = &self.result.analysis;
            let costs = analysis.wall_costs(self.city(), self.control)?;
            self.result.wall_costs = costs;
        }
        let Self {
            result, control, ..
        } = self;
        for question in &result.study.questions.own {
            let asked = QuestionContext {
                inputs: &result.inputs,
                analysis: &result.analysis,
                control: *control,
            };
            result.answers.extend(question.ask(asked)?);
        }
        result.analysis.timings.coverage += clock.lap();
        Ok(())
    }

    /// Tiers, groups, services, register, standards.
    fn ask_plan(&mut self, parts: Parts) -> Result<(), Error> {
        let result = &mut self.result;
        let questions = &result.study.questions;
        let Questions { plan, gaps, .. } = questions;
        if plan.is_empty() || !parts.provision {
            return Ok(());
        }
        // Outlines of each group's gaps are in layers for maps alone.
        let is_drawn = parts.gaps == GapsPart::Drawn && result.study.outputs.has_layers();
        let listed = gaps.with_outlines(is_drawn);
        let plan = Plan {
            gaps: (parts.gaps != GapsPart::None).then_some(listed),
            ..plan.clone()
        };
        let hours = HoursOfServices {
            plan: questions.hours,
            request: &result.study.layers,
        };
        let asks_hours = questions.asks_service_hours();
        let hours: Option<&dyn ServiceHoursQuestion> = if asks_hours { Some(&hours) } else { None };
        // What services there are does not depend on which stations are open.
        let all_open = self.all_open.as_ref().filter(|_| asks_hours);
        let analysis = all_open.map_or(&result.analysis, |all| &all.analysis);
        let inputs = &mut result.inputs;
        let provision = plan.ask_with_hours(inputs, analysis, hours, self.control)?;
        result.provision = Some(provision);
        Ok(())
    }

    fn find_gaps(&mut self, parts: Parts) -> Result<(), Error> {
        if parts.gaps == GapsPart::None {
            return Ok(());
        }
        let result = &mut self.result;
        let is_drawn = parts.gaps == GapsPart::Drawn;
        let options = result.study.questions.gaps.with_outlines(is_drawn);
        let residents = &result.inputs.residents;
        let mut gaps = result.analysis.gaps(residents, options, self.control)?;
        if let Some(AllOpen {
            analysis: all_open,
            closed,
        }) = self.all_open.take()
        {
            let walks = all_open.deciding_walks();
            let closed = ClosedStations {
                list: &closed,
                walks,
            };
            let now = &result.analysis;
            gaps = now.gaps_with_openings(residents, gaps, closed, self.control)?;
        }
        // Cures are told beside what is asked of the stations.
        if parts.gap_walks && result.provision.is_some() {
            self.find_walks(&gaps)?;
        }
        self.result.gaps = Some(gaps);
        Ok(())
    }

    /// What the page shows of the first gaps: a walk from each.
    fn find_walks(&mut self, gaps: &Gaps) -> Result<(), Error> {
        let analysis = &self.result.analysis;
        let walks = analysis.gap_walks(self.city(), gaps, Page::WALKS)?;
        self.result.gap_walks = walks;
        Ok(())
    }

    /// The city that was analysed: with the stations as they are on the day or at the time that is asked for.
    fn city(&self) -> CityRecords<'_> {
        let inputs = &self.result.inputs;
        CityRecords {
            stations: self.as_asked.as_deref().unwrap_or(&inputs.stations),
            ..inputs.city()
        }
    }

    fn draw(&mut self, parts: Parts) -> Result<(), Error> {
        let mut clock = self.control.stopwatch();
        let result = &mut self.result;
        if parts.isochrones {
            let water = &result.inputs.surroundings.water;
            result.isochrones = result.analysis.isochrones(water, self.control)?;
        }
        if parts.streets {
            result.streets = result.analysis.reached_streets(self.control)?;
        }
        if parts.isochrones && result.study.outputs.has_layers() {
            result.draw_tiers(self.control)?;
        }
        result.analysis.timings.isochrones = clock.lap();
        Ok(())
    }

    /// All findings together.
    fn finish(self) -> Result<StudyResult<'s>, Error> {
        self.control.check()?;
        let mut result = self.result;
        let (inputs, analysis) = (&result.inputs, &result.analysis);
        let mut findings = inputs.findings.clone();
        findings.extend(analysis.findings.clone());
        findings.extend(shift_findings(
            analysis,
            &inputs.placed,
            &inputs.network_crs,
        ));
        let around = around_findings(analysis, inputs.city(), &inputs.surroundings);
        findings.extend(around);
        result.findings = findings;
        // What is written of the stations is how they are then.
        if let Some(as_asked) = self.as_asked {
            result.inputs.stations = as_asked;
        }
        Ok(result)
    }
}
