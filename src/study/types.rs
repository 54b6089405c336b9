//! A study, what it writes, what comes of it, and who writes a file of that: they name each other, so they stand together.

use std::fmt;
use std::io::{self, Write};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use serde_json::{Map, Value};

use super::questions::{AnswerTable, Questions};
use crate::analysis::{Analysis, Options};
use crate::coverage::WallCosts;
use crate::crs::Crs;
use crate::gaps::{GapWalk, Gaps};
use crate::inputs::{Inputs, Request, Source};
use crate::isochrone::{Isochrones, ReachedStreets};
use crate::memory::MemorySize;
use crate::model::Findings;
use crate::planning::hours::HoursAnswer;
use crate::planning::provision::{Provision, TierGround};
use crate::report::{InputFile, StationNoun};
use crate::text::OptionNames;
use crate::text::language::Language;

/// A whole study. Its fields are public and may be set one by one; [`Study::run`] checks that they fit together.
///
/// # Example
/// ```
/// use pedshed::control::Control;
/// use pedshed::inputs::{LayerSpec, Request, Source};
/// use pedshed::study::Study;
/// use pedshed::Options;
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let map = Source::open(std::path::Path::new("data/liechtenstein-2013-08-03.osm.pbf"))?;
/// let layers = Request {
///     stations: vec![LayerSpec::selected("osm:amenity=pharmacy")?],
///     residents: vec![LayerSpec::selected("osm:building")?],
///     ..Request::new(map)
/// };
/// let study = Study::new(layers, Options::minutes(&[15.0])?);
/// let result = study.run(Control::default())?;
/// let share = result.analysis.coverage.share();
/// assert!(share > 0.0 && share < 1.0);
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
}

/// A kind of output file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum OutputFormat {
    /// The tables. They, `summary.json` and `run.json` are written in any case.
    Csv,
    /// `isochrones.geojson` and `gaps.geojson`.
    GeoJson,
    /// `report.html`.
    Html,
    /// `results.gpkg`: all layers for maps in one file, with how they look.
    #[cfg(feature = "gpkg")]
    GeoPackage,
    /// A `.fgb` for each layer, with its index, and a `.qml` beside it.
    #[cfg(feature = "fgb")]
    FlatGeobuf,
    /// A Shapefile for each layer, and a `.qml` beside it; `fields.csv` says what its columns are called.
    Shapefile,
    /// `report.xlsx`: one workbook of all tables but those with a row for each resident, with names for columns in the language.
    #[cfg(feature = "workbook")]
    Xlsx,
}

impl OutputFormat {
    /// Those that hold layers for maps.
    pub(super) const OF_LAYERS: &'static [OutputFormat] = &[
        #[cfg(feature = "gpkg")]
        OutputFormat::GeoPackage,
        #[cfg(feature = "fgb")]
        OutputFormat::FlatGeobuf,
        OutputFormat::Shapefile,
    ];
}

/// What is written, and how. By default everything but the table of all travel times, in English.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Outputs {
    /// In which language.
    pub language: Language,
    /// What options are called in sentences that name some: their keys, where nothing is given.
    pub options: OptionNames,
    /// Which kinds of files.
    pub formats: Vec<OutputFormat>,
    /// In which coordinate system layers for maps are written, but GeoJSON, which has one only; WGS84 where nothing is given.
    pub out_crs: Option<Crs>,
    /// Whether also `travel_times.csv`: every pair within the largest minute cutoff.
    pub travel_times: bool,
    /// What the study is of, such as the city's name and date: the page's title.
    pub title: Option<String>,
    /// What its stations are called; stations where nothing is given.
    pub station_noun: Option<StationNoun>,
    /// What a reader must know first, such as that people are estimated. Of a model district its label stands there by itself.
    pub note: Option<String>,
    /// Files that this crate does not know, written after its own.
    pub exporters: Vec<Arc<dyn Exporter>>,
    /// What was called, for `run.json`.
    pub command: String,
    /// Parameters that `run.json` has beside those of the study.
    pub parameters: Map<String, Value>,
}

/// Writes one file of the set from a study's result.
pub trait Exporter: fmt::Debug + Send + Sync {
    /// The file's name, without folders. Tables, which end with `.csv`, begin with a byte order mark where the study's language
    /// is Chinese.
    fn file_name(&self) -> &str;

    /// Whether the result has anything to write there.
    fn is_there(&self, _: &StudyResult<'_>) -> bool {
        true
    }

    /// Writes it.
    ///
    /// # Errors
    /// What the writer says.
    fn write(&self, result: &StudyResult<'_>, writer: &mut dyn Write) -> io::Result<()>;
}

/// What came of a study.
#[derive(Debug)]
#[non_exhaustive]
pub struct StudyResult<'s> {
    /// The study.
    pub study: &'s Study,
    /// What was read. The stations are as they are on the day or at the time that was asked for.
    pub inputs: Inputs,
    /// Who is covered.
    pub analysis: Analysis,
    /// Everything that was found, about the inputs and by the analysis.
    pub findings: Findings,
    /// The ground within each cutoff; none where it was not wanted.
    pub isochrones: Vec<Isochrones>,
    /// The streets within each cutoff; none where they were not wanted.
    pub streets: Vec<ReachedStreets>,
    /// Where people are left out; `None` where that was not wanted.
    pub gaps: Option<Gaps>,
    /// One real walk from each of the first gaps, for the page.
    pub gap_walks: Vec<Option<GapWalk>>,
    /// What was asked beside coverage; `None` where nothing was.
    pub provision: Option<Provision>,
    /// The ground of each tier, for layers; none where these are not written.
    pub(super) tier_grounds: Vec<TierGround>,
    /// What comes of opening hours; `None` where nothing was asked of them.
    pub hours: Option<HoursAnswer>,
    /// What the walls cost; `None` where that was not wanted, or there are no walls.
    pub wall_costs: Option<WallCosts>,
    /// The answers to questions of one's own.
    pub answers: Vec<AnswerTable>,
    /// How long reading took, without the building of the network.
    pub read: Duration,
    /// The input files once their fingerprints were taken: the record and the page name them both.
    pub(super) files: OnceLock<Vec<InputFile>>,
}
