//! Writing a prepared network file, and opening it again.

use std::io;

use super::notes::{self, NotesReader, NotesWriter};
use super::{PreparedFrom, Provenance};
use crate::crs::Crs;
use crate::geometry::Bounds;
use crate::inputs::{
    Cut, CutReason, CutReport, InputError, Known, KnownBy, NetworkRead, Reading, Source, Timetable,
};
use crate::model::{
    Finding, FindingCode, Findings, MapMarks, Obstacle, ObstacleKind, Surroundings,
};
use crate::network::{Container, Network, PreparedError, Sections};

impl NetworkRead {
    /// Writes it as a prepared network file. It holds no times, so it serves every walker.
    ///
    /// The same network gives the same bytes on machines of one byte order.
    ///
    /// # Errors
    /// What the writer says.
    pub fn write_prepared(
        &self,
        provenance: &Provenance,
        writer: impl io::Write,
    ) -> io::Result<()> {
        let mut sections = Sections::default();
        self.network.add_sections(&mut sections);
        sections.bytes("notes", self.notes(provenance));
        let around = &self.surroundings;
        let mut water = NotesWriter::default();
        water.list(&around.water, NotesWriter::polygon);
        water.list(&around.obstacles, write_obstacle);
        sections.bytes("water", water.bytes);
        let mut extent = NotesWriter::default();
        extent.list(around.extent.as_slice(), |notes, extent| {
            notes.place(extent.min);
            notes.place(extent.max);
        });
        extent.list(&around.cut_at, |notes, place| notes.location(*place));
        sections.bytes("extent", extent.bytes);
        sections.write(writer)
    }

    fn notes(&self, provenance: &Provenance) -> Vec<u8> {
        let mut notes = NotesWriter::default();
        notes.text(&provenance.program);
        notes.text(&provenance.options);
        notes.list(&provenance.files, |notes, file| {
            notes.text(&file.name);
            notes.number(file.bytes);
            notes.text(&file.sha256);
        });
        notes.list(self.origin.as_slice(), |notes, origin| notes.text(origin));
        notes.list(self.cuts.list(), write_cut);
        let findings = self.findings.worst_first();
        notes.list(&findings, |notes, finding| write_finding(notes, finding));
        notes.bytes
    }
}

/// Opens a prepared network file.
///
/// # Errors
/// [`InputError::Prepared`].
pub(in crate::inputs) fn read_prepared(
    source: &Source,
    with_water: bool,
) -> Result<NetworkRead, InputError> {
    read(source, with_water).map_err(|reason| InputError::Prepared {
        file: source.path().to_owned(),
        reason,
    })
}

/// How many junctions, edges and vertices a prepared file says that it has: by its table of sections alone. None where it
/// cannot be opened, which its reader will say.
pub(crate) fn prepared_size(source: &Source) -> [u64; 3] {
    let file = Container::open(source.buffer());
    ["crossing", "tails", "vertices"].map(|name| {
        let count = file.as_ref().map_or(Ok(0), |file| file.count(name));
        count.unwrap_or_default()
    })
}

fn read(source: &Source, with_water: bool) -> Result<NetworkRead, PreparedError> {
    let file = Container::open(source.buffer())?;
    let network = Network::from_sections(&file)?;
    let mut notes = NotesReader::new(file.bytes("notes")?);
    let program = notes.text()?.to_owned();
    let options = notes.text()?.to_owned();
    let files = notes.list(|notes| {
        Ok(PreparedFrom {
            name: notes.text()?.to_owned(),
            bytes: notes.number()?,
            sha256: notes.text()?.to_owned(),
        })
    })?;
    let origin = notes.list(|notes| notes.text().map(str::to_owned))?.pop();
    let cuts = CutReport::from_list(notes.list(read_cut)?);
    let findings = Findings::from_list(notes.list(read_finding)?);
    notes.end()?;
    let mut water = NotesReader::new(file.bytes("water")?);
    let mut around = Surroundings::default();
    if with_water {
        around.water = water.list(NotesReader::polygon)?;
        around.obstacles = water.list(read_obstacle)?;
        water.end()?;
    }
    let mut extent = NotesReader::new(file.bytes("extent")?);
    let boxes = extent.list(|notes| {
        Ok(Bounds {
            min: notes.place()?,
            max: notes.place()?,
        })
    })?;
    around.extent = boxes.first().copied();
    around.cut_at = extent.list(NotesReader::location)?;
    extent.end()?;
    let rows = network.source().ways;
    Ok(NetworkRead {
        network,
        cuts,
        crs: Known::new(Crs::Wgs84, KnownBy::Standard),
        reading: Reading {
            rows,
            ..Reading::default()
        },
        findings,
        origin,
        surroundings: around,
        marks: MapMarks::default(),
        timetable: Timetable::default(),
        provenance: Some(Provenance {
            files,
            options,
            program,
        }),
    })
}

fn write_obstacle(notes: &mut NotesWriter, obstacle: &Obstacle) {
    let mut kinds = ObstacleKind::ALL.iter();
    let position = kinds.position(|kind| *kind == obstacle.kind);
    notes.number(position.unwrap_or_default() as u64);
    notes.number(obstacle.way as u64);
    notes.list(&obstacle.line, |notes, place| notes.place(*place));
}

fn read_obstacle(notes: &mut NotesReader<'_>) -> Result<Obstacle, PreparedError> {
    let kind = usize::try_from(notes.number()?).ok();
    let kind = kind.and_then(|position| ObstacleKind::ALL.get(position));
    Ok(Obstacle {
        kind: *kind.ok_or_else(notes::wrong)?,
        way: notes.number()? as i64,
        line: notes.list(NotesReader::place)?,
    })
}

fn write_cut(notes: &mut NotesWriter, cut: &Cut) {
    let position = CutReason::ALL
        .iter()
        .position(|reason| *reason == cut.reason);
    notes.number(position.unwrap_or_default() as u64);
    notes.number(cut.count);
    notes.metres(cut.length_m);
    notes.words(&cut.example);
    notes.list(&cut.lines, |notes, line| {
        notes.list(line, |notes, vertex| notes.location(*vertex));
    });
}

fn read_cut(notes: &mut NotesReader<'_>) -> Result<Cut, PreparedError> {
    let reason = usize::try_from(notes.number()?).ok();
    let reason = reason.and_then(|position| CutReason::ALL.get(position));
    Ok(Cut {
        reason: *reason.ok_or_else(notes::wrong)?,
        count: notes.number()?,
        length_m: notes.metres()?,
        example: notes.words()?,
        lines: notes.list(|notes| notes.list(NotesReader::location))?,
    })
}

fn write_finding(notes: &mut NotesWriter, finding: &Finding) {
    notes.text(finding.code.name());
    notes.number(finding.count);
    notes.words(&finding.example);
    notes.list(&finding.list, NotesWriter::words);
}

fn read_finding(notes: &mut NotesReader<'_>) -> Result<Finding, PreparedError> {
    let name = notes.text()?;
    let mut codes = FindingCode::ALL.iter();
    let code = codes.find(|code| code.name() == name);
    Ok(Finding {
        code: *code.ok_or_else(notes::wrong)?,
        // Of streets nothing is told column by column.
        about: None,
        count: notes.number()?,
        example: notes.words()?,
        list: notes.list(NotesReader::words)?,
    })
}
