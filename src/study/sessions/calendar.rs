//! The rows of a calendar as sessions: where and when each is.

use std::collections::BTreeMap;

use crate::id::StationId;
use crate::inputs::{Inputs, LayerKind, LookedAt, PointRecord, PointRecords, people_cells};
use crate::model::{Attribute, FindingCode, Findings};
use crate::planning::sessions::{Session, SessionTime};
use crate::report::StationRecord;
use crate::text::language::{InLanguage, Words, words};
use crate::text::plain::{letters, without_zeros};
use crate::units::People;

/// The sessions of a calendar that can be counted, in its order, and what keeps the others from it.
pub(super) struct CalendarRead {
    pub(super) sessions: Vec<Session>,
    pub(super) findings: Findings,
    /// How many rows it has.
    pub(super) rows: usize,
}

/// Reads the rows; `records` are those of the stations of the study.
pub(super) fn read(
    calendar: &PointRecords,
    records: &[StationRecord],
    inputs: &Inputs,
) -> CalendarRead {
    let places = PlacesByName::new(records);
    let seats = calendar.attributes.of(Attribute::Capacity);
    let seats = seats.map(people_cells).unwrap_or_default();
    let mut read = CalendarRead {
        sessions: Vec::new(),
        findings: Findings::default(),
        rows: calendar.records.len(),
    };
    let mut rows = Rows {
        calendar,
        inputs,
        findings: &mut read.findings,
    };
    for (row, record) in calendar.records.iter().enumerate() {
        let seats = seats.get(row).map(|cell| rows.seats(row, record, cell));
        let session = rows.session(row, record, &places);
        read.sessions.extend(session.map(|session| Session {
            seats: seats.flatten(),
            ..session
        }));
    }
    read
}

struct Rows<'a> {
    calendar: &'a PointRecords,
    inputs: &'a Inputs,
    findings: &'a mut Findings,
}

impl<'a> Rows<'a> {
    fn cell(&self, row: usize, attribute: Attribute) -> Option<&'a str> {
        self.calendar.attributes.of(attribute)?.get(row)
    }

    /// What a column of the calendar is called in its file.
    fn looked_at(&self, attribute: Attribute, record: &PointRecord) -> LookedAt<'a> {
        let of = (LayerKind::Calendar, attribute.key());
        LookedAt::taken(&self.inputs.readings, of, &record.source)
    }

    fn session(
        &mut self,
        row: usize,
        record: &PointRecord,
        places: &PlacesByName<'_>,
    ) -> Option<Session> {
        let time = SessionTime {
            date: self.cell(row, Attribute::Date),
            time: self.cell(row, Attribute::Time),
            start: self.cell(row, Attribute::Start),
            end: self.cell(row, Attribute::End),
        };
        let source = Words::place(&record.source);
        if time.is_blank() {
            self.findings
                .add(FindingCode::SessionWithoutTime, || source);
            return None;
        }
        let [begins, ends] = match time.read() {
            Ok(times) => times,
            Err(error) => {
                let (zh, error_zh) = (source.zh(), error.zh());
                let code = FindingCode::SessionTimeNotUnderstood;
                self.findings
                    .add(code, || words!("{source}: {error}", "{zh}：{error_zh}"));
                return None;
            }
        };
        if begins >= ends {
            let zh = source.zh();
            self.findings.add(FindingCode::SessionEndsFirst, || {
                words!("{source}: {begins} – {ends}", "{zh}：{begins} – {ends}")
            });
            return None;
        }
        let Some(station) = places.find(record) else {
            let zh = source.zh();
            let named = record.id.as_deref().or(record.name.as_deref());
            let named = named.unwrap_or("–");
            self.findings.add(FindingCode::SessionWithoutPlace, || {
                words!("{source}: {named}", "{zh}：{named}")
            });
            return None;
        };
        let text = |attribute| self.cell(row, attribute).map(str::to_owned);
        Some(Session {
            topic: text(Attribute::Topic),
            tier: text(Attribute::Tier),
            team: text(Attribute::Team),
            source: record.source.clone(),
            ..Session::new(station, begins, ends)
        })
    }

    /// The seats of a session; a finding where its cell is filled and cannot be read.
    fn seats(
        &mut self,
        row: usize,
        record: &PointRecord,
        cell: &Result<People, FindingCode>,
    ) -> Option<People> {
        if matches!(cell, Err(code) if *code != FindingCode::BlankPeople) {
            let text = self.cell(row, Attribute::Capacity).unwrap_or_default();
            let looked_at = self.looked_at(Attribute::Capacity, record);
            let code = FindingCode::CellNotUnderstood;
            looked_at.tell(self.findings, code, &record.source, text);
        }
        cell.as_ref().ok().copied()
    }
}

/// Stations by what a calendar may call them. A name of several is none.
struct PlacesByName<'a> {
    ids: BTreeMap<&'a str, StationId>,
    names: BTreeMap<String, Option<StationId>>,
}

impl<'a> PlacesByName<'a> {
    fn new(records: &'a [StationRecord]) -> Self {
        let mut places = Self {
            ids: BTreeMap::new(),
            names: BTreeMap::new(),
        };
        for (station, record) in (0..).map(StationId::new).zip(records) {
            let id = without_zeros(record.id.trim());
            places.ids.entry(id).or_insert(station);
            if let Some(name) = &record.name {
                let known = places.names.entry(letters(name));
                known.and_modify(|one| *one = None).or_insert(Some(station));
            }
        }
        places
    }

    /// The station of a row: by an id, else by a name. A calendar with one column of places may hold either in it.
    fn find(&self, record: &PointRecord) -> Option<StationId> {
        let said = || record.id.iter().chain(&record.name);
        let by_id = |text: &String| self.ids.get(without_zeros(text.trim())).copied();
        let by_name = |text: &String| *self.names.get(&letters(text))?;
        said().find_map(by_id).or_else(|| said().find_map(by_name))
    }
}
