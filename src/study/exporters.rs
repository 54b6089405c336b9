//! The files of a written set: which there are, when each is written, and by whom. A new one of coverage is a line here and its
//! writer in `report`; a question's tables stand beside it in `planning`, and come by themselves.

use std::fmt;
use std::io::{self, Write};

use super::questions::AnswerTable;
use super::types::{Exporter, OutputFormat, Outputs, StudyResult};
use crate::gaps::Gaps;
use crate::planning::provision::QuestionTable;
use crate::report::Table;
use crate::text::table::TableWriter;

/// The table of gaps.
pub const GAPS_TABLE: &str = "gaps.csv";
/// The gaps' outlines.
pub const GAPS_GEOJSON: &str = "gaps.geojson";
/// The ground within each cutoff.
pub const ISOCHRONES_GEOJSON: &str = "isochrones.geojson";
/// The streets within each cutoff.
pub const STREETS_GEOJSON: &str = "reached_streets.geojson";
/// The page for people.
pub(crate) const PAGE: &str = "report.html";

impl Exporter for Table {
    fn file_name(&self) -> &str {
        Table::file_name(*self)
    }

    fn is_there(&self, result: &StudyResult<'_>) -> bool {
        match self {
            Table::Residents | Table::Stations => true,
            Table::Areas => result.study.layers.areas.is_some(),
            Table::Compounds => result.wall_costs.is_some(),
            Table::Hours => result
                .hours
                .as_ref()
                .is_some_and(|hours| hours.week.is_some()),
            Table::StationHours => result.hours.is_some(),
            Table::TravelTimes => result.study.outputs.travel_times,
        }
    }

    fn write(&self, result: &StudyResult<'_>, writer: &mut dyn Write) -> io::Result<()> {
        result.report().write_table(*self, writer)
    }
}

impl Exporter for QuestionTable {
    fn file_name(&self) -> &str {
        QuestionTable::file_name(self)
    }

    fn is_there(&self, result: &StudyResult<'_>) -> bool {
        let asked = result.provision.as_ref();
        asked.is_some_and(|asked| QuestionTable::is_there(self, asked))
    }

    fn write(&self, result: &StudyResult<'_>, writer: &mut dyn Write) -> io::Result<()> {
        result.report().write_question(self, writer)
    }
}

impl Exporter for AnswerTable {
    fn file_name(&self) -> &str {
        &self.file_name
    }

    fn write(&self, _: &StudyResult<'_>, writer: &mut dyn Write) -> io::Result<()> {
        let mut table = TableWriter::new(writer);
        table.row(&self.header)?;
        for row in &self.rows {
            table.row(row)?;
        }
        table.finish()
    }
}

/// A file that is no table of coverage or of a question.
struct File {
    name: &'static str,
    is_there: fn(&StudyResult<'_>) -> bool,
    write: fn(&StudyResult<'_>, &mut dyn Write) -> io::Result<()>,
}

impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl Exporter for File {
    fn file_name(&self) -> &str {
        self.name
    }

    fn is_there(&self, result: &StudyResult<'_>) -> bool {
        (self.is_there)(result)
    }

    fn write(&self, result: &StudyResult<'_>, writer: &mut dyn Write) -> io::Result<()> {
        (self.write)(result, writer)
    }
}

/// The tables of gaps.
static OF_GAPS: [File; 3] = [
    File {
        name: GAPS_TABLE,
        is_there: has_gaps,
        write: |result, writer| each_gaps(result, |gaps| result.report().write_gaps(gaps, writer)),
    },
    File {
        name: "gaps_by_group.csv",
        is_there: |result| has_gaps(result) && has_groups(result),
        write: |result, writer| result.report().write_gaps_by_group(writer),
    },
    File {
        name: "people_in_gaps.csv",
        is_there: |result| has_gaps(result) && has_groups(result),
        write: |result, writer| {
            each_gaps(result, |gaps| {
                result.report().write_people_in_gaps(gaps, writer)
            })
        },
    },
];

/// The drawn files.
static GEOJSON: [File; 2] = [
    File {
        name: ISOCHRONES_GEOJSON,
        is_there: |_| true,
        write: |result, writer| result.report().write_isochrones(&result.isochrones, writer),
    },
    File {
        name: GAPS_GEOJSON,
        is_there: has_gaps,
        write: |result, writer| {
            each_gaps(result, |gaps| {
                result.report().write_gaps_geojson(gaps, writer)
            })
        },
    },
];

/// The page.
static HTML: File = File {
    name: PAGE,
    is_there: has_gaps,
    write: |result, writer| {
        each_gaps(result, |gaps| {
            let files = result.page_files()?;
            result
                .report()
                .write_page(&result.page(gaps, &files), writer)
        })
    },
};

/// Streets are of no run but one that asks for them alone.
static STREETS: File = File {
    name: STREETS_GEOJSON,
    is_there: |result| !result.streets.is_empty(),
    write: |result, writer| {
        result
            .report()
            .write_reached_streets(&result.streets, writer)
    },
};

fn has_gaps(result: &StudyResult<'_>) -> bool {
    result.gaps.is_some()
}

fn has_groups(result: &StudyResult<'_>) -> bool {
    let asked = result.provision.as_ref();
    asked.is_some_and(|asked| !asked.groups.is_empty())
}

/// Writes what is about the gaps, where they were looked for.
fn each_gaps(
    result: &StudyResult<'_>,
    write: impl FnOnce(&Gaps) -> io::Result<()>,
) -> io::Result<()> {
    result.gaps.as_ref().map_or(Ok(()), write)
}

impl Outputs {
    /// Those whose files a run of these outputs may write, in the order in which they are written. `summary.json` and `run.json`
    /// come after them.
    pub(super) fn all_exporters(&self) -> Vec<&dyn Exporter> {
        let mut all: Vec<&dyn Exporter> = Vec::new();
        all.extend(tables().map(|table| table as &dyn Exporter));
        all.extend(OF_GAPS.iter().map(|file| file as &dyn Exporter));
        if self.has(OutputFormat::GeoJson) {
            all.extend(GEOJSON.iter().map(|file| file as &dyn Exporter));
        }
        if self.has(OutputFormat::Html) {
            all.push(&HTML);
        }
        all.extend(self.exporters.iter().map(AsRef::as_ref));
        all
    }
}

/// The tables of coverage, then those of the questions.
fn tables() -> impl Iterator<Item = &'static dyn Exporter> {
    let of_coverage = Table::ALL.iter().map(|table| table as &dyn Exporter);
    let of_questions = QuestionTable::all().iter();
    of_coverage.chain(of_questions.map(|table| table as &dyn Exporter))
}

/// Who writes a file that this crate knows.
pub(super) fn exporter_of(file_name: &str) -> Option<&'static dyn Exporter> {
    let files = OF_GAPS.iter().chain(&GEOJSON).chain([&HTML, &STREETS]);
    let files = files.map(|file| file as &dyn Exporter);
    tables()
        .chain(files)
        .find(|one| one.file_name() == file_name)
}
