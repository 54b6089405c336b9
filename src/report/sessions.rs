//! `sessions.csv`, `next_sessions.csv`, `session_weeks.csv`, `session_residents.csv`, `session_areas.csv`, `session_groups.csv`, `missed.csv`,
//! `calendar.ics`, and what `summary.json` says of sessions.

use std::io;

use serde_json::{Value, json};

use super::resilience::{StationRecord, degrees};
use crate::model::Resident;
use crate::planning::sessions::{Attendance, Moment, Session, SessionSums};
use crate::planning::shares::{people, share};
use crate::search::NearestStation;
use crate::siting::Siting;
use crate::text::table::{TableWriter, tenths};
use crate::units::People;

/// The longest line of a calendar file in bytes, its end apart (RFC 5545, 3.1).
const ICS_LINE: usize = 75;

/// What the sums are called as columns.
const SUMS: [&str; 5] = [
    "population",
    "had_a_session",
    "had_none",
    "share",
    "mean_sessions",
];

/// The next sessions, as files.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NextReport<'a> {
    pub(crate) sessions: &'a [Session],
    /// The people whom each adds.
    pub(crate) people: &'a [People],
    /// By resident record who has had none the first that reaches it.
    pub(crate) first: &'a [Option<u32>],
    /// How many openings there are.
    pub(crate) openings: usize,
    /// The people who have two on one day.
    pub(crate) twice_a_day: People,
    pub(crate) siting: &'a Siting,
}

impl NextReport<'_> {
    /// The people whom all of them reach.
    fn reached(&self) -> People {
        self.people.iter().copied().sum()
    }

    fn json(&self, missed: People) -> Value {
        let siting = self.siting;
        json!({
            "sessions": self.sessions.len(),
            "openings": self.openings,
            "twice_a_day": people(self.twice_a_day),
            "people": people(self.reached()),
            "bound": siting.bound.as_f64(),
            "gap": siting.gap(),
            "proven": siting.proven,
            "still_none": people(missed - self.reached()),
        })
    }
}

/// Sessions, as files.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SessionsReport<'a> {
    pub(crate) sessions: &'a [Session],
    pub(crate) attendance: &'a Attendance,
    /// By place: the stations, then further places.
    pub(crate) records: &'a [StationRecord],
    /// Everybody, then each group.
    pub(crate) sums: &'a [SessionSums],
    pub(crate) areas: &'a [SessionSums],
    pub(crate) residents: &'a [Resident],
    /// By resident record the nearest station, with or without a session.
    pub(crate) nearest: &'a [Option<NearestStation>],
    /// The next sessions, where they are asked for.
    pub(crate) next: Option<NextReport<'a>>,
    pub(crate) rows: usize,
    pub(crate) others: usize,
}

impl SessionsReport<'_> {
    fn place_of(&self, session: &Session) -> &StationRecord {
        &self.records[session.station.index()]
    }

    /// Writes `sessions.csv`: a row for each session that counts, by time.
    ///
    /// # Errors
    /// What the writer says.
    pub(crate) fn write_sessions(&self, writer: &mut dyn io::Write) -> io::Result<()> {
        let mut table = TableWriter::new(writer);
        table.row([
            "begins",
            "ends",
            "station",
            "name",
            "lon",
            "lat",
            "topic",
            "tier",
            "team",
            "seats",
            "records",
            "people",
            "people_per_seat",
            "first_time_people",
        ])?;
        let mut order: Vec<usize> = (0..self.sessions.len()).collect();
        order.sort_by_key(|at| (self.sessions[*at].begins, *at));
        for at in order {
            let (session, reached) = (&self.sessions[at], self.attendance.reached()[at]);
            let place = self.place_of(session);
            let [lon, lat] = degrees(place.place);
            let own = |text: &Option<String>| text.clone().unwrap_or_default();
            let seats = session.seats.filter(|seats| *seats > People::ZERO);
            let per_seat = seats.map(|seats| reached.people.as_f64() / seats.as_f64());
            table.row([
                session.begins.to_string(),
                session.ends.to_string(),
                place.id.clone(),
                own(&place.name),
                lon,
                lat,
                own(&session.topic),
                own(&session.tier),
                own(&session.team),
                session
                    .seats
                    .map_or_else(String::new, |seats| seats.to_string()),
                reached.records.to_string(),
                reached.people.to_string(),
                per_seat.map_or_else(String::new, |people| format!("{people:.3}")),
                reached.new_people.to_string(),
            ])?;
        }
        table.finish()
    }

    /// Writes `session_weeks.csv`: a row for each week with a session.
    ///
    /// # Errors
    /// What the writer says.
    pub(crate) fn write_weeks(&self, writer: &mut dyn io::Write) -> io::Result<()> {
        let mut table = TableWriter::new(writer);
        table.row(["monday", "sessions", "people", "share"])?;
        let all = self.everybody().people;
        for week in self.attendance.weeks() {
            table.row([
                week.monday.to_string(),
                week.sessions.to_string(),
                week.people.to_string(),
                format!("{:.6}", week.people.share_of(all)),
            ])?;
        }
        table.finish()
    }

    /// Writes `session_residents.csv`: a row for each resident record.
    ///
    /// # Errors
    /// What the writer says.
    pub(crate) fn write_residents(&self, writer: &mut dyn io::Write) -> io::Result<()> {
        let mut table = TableWriter::new(writer);
        table.row(["id", "population", "sessions", "first"])?;
        let found = self.attendance.counts().iter();
        let found = found.zip(self.attendance.first());
        for (resident, (count, first)) in self.residents.iter().zip(found) {
            let first = first.map(|at| self.sessions[at as usize].begins.to_string());
            table.row([
                resident.id.clone(),
                resident.people.to_string(),
                count.to_string(),
                first.unwrap_or_default(),
            ])?;
        }
        table.finish()
    }

    /// Writes `missed.csv`: the records that had no session, for the online channel, each with the nearest station, where one might
    /// be held.
    ///
    /// # Errors
    /// What the writer says.
    pub(crate) fn write_missed(&self, writer: &mut dyn io::Write) -> io::Result<()> {
        let mut table = TableWriter::new(writer);
        let columns = [
            "id",
            "population",
            "lon",
            "lat",
            "nearest_station",
            "seconds",
        ];
        let next: &[&str] = if self.next.is_some() { &["next"] } else { &[] };
        table.row(columns.iter().chain(next))?;
        let found = self.attendance.counts().iter().zip(self.nearest);
        for (index, (resident, (count, nearest))) in self.residents.iter().zip(found).enumerate() {
            if *count > 0 {
                continue;
            }
            let [lon, lat] = degrees(resident.valid_place());
            let id = nearest.map(|near| self.records[near.station.index()].id.clone());
            let row = [
                resident.id.clone(),
                resident.people.to_string(),
                lon,
                lat,
                id.unwrap_or_default(),
                nearest.map_or_else(String::new, |near| tenths(near.cost)),
            ];
            let next = self.next.map(|next| {
                let first = next.first[index].map(|at| &next.sessions[at as usize]);
                first.map_or_else(String::new, |session| session.begins.to_string())
            });
            table.row(row.into_iter().chain(next))?;
        }
        table.finish()
    }

    /// Writes `next_sessions.csv`: a row for each session that is proposed, those that reach most people first.
    ///
    /// # Errors
    /// What the writer says.
    pub(crate) fn write_next(
        &self,
        next: NextReport<'_>,
        writer: &mut dyn io::Write,
    ) -> io::Result<()> {
        let mut table = TableWriter::new(writer);
        table.row([
            "order",
            "begins",
            "ends",
            "station",
            "name",
            "lon",
            "lat",
            "team",
            "people",
            "cumulative_people",
            "cumulative_share",
        ])?;
        let missed = self.everybody().missed();
        let mut all = People::ZERO;
        for (order, (session, people)) in (1..).zip(next.sessions.iter().zip(next.people)) {
            all += *people;
            let place = self.place_of(session);
            let [lon, lat] = degrees(place.place);
            table.row([
                order.to_string(),
                session.begins.to_string(),
                session.ends.to_string(),
                place.id.clone(),
                place.name.clone().unwrap_or_default(),
                lon,
                lat,
                session.team.clone().unwrap_or_default(),
                people.to_string(),
                all.to_string(),
                format!("{:.6}", all.share_of(missed)),
            ])?;
        }
        table.finish()
    }

    /// Writes `session_areas.csv`: a row for each area.
    ///
    /// # Errors
    /// What the writer says.
    pub(crate) fn write_areas(&self, writer: &mut dyn io::Write) -> io::Result<()> {
        let mut table = TableWriter::new(writer);
        table.row(["id", "name"].iter().chain(&SUMS))?;
        for area in self.areas {
            let named = [area.id.clone(), area.name.clone()];
            table.row(named.into_iter().chain(cells(area)))?;
        }
        table.finish()
    }

    /// Writes `session_groups.csv`: a row for each group.
    ///
    /// # Errors
    /// What the writer says.
    pub(crate) fn write_groups(&self, writer: &mut dyn io::Write) -> io::Result<()> {
        let mut table = TableWriter::new(writer);
        table.row(["group"].iter().chain(&SUMS))?;
        for group in self.groups() {
            table.row([group.name.clone()].into_iter().chain(cells(group)))?;
        }
        table.finish()
    }

    /// Writes `calendar.ics`: each session as an event, those that are proposed as tentative ones, at the time of the place's own clock (RFC 5545).
    ///
    /// # Errors
    /// What the writer says.
    pub(crate) fn write_ics(&self, writer: &mut dyn io::Write) -> io::Result<()> {
        let version = env!("CARGO_PKG_VERSION");
        for text in ["BEGIN:VCALENDAR", "VERSION:2.0"] {
            ics_line(writer, text)?;
        }
        ics_line(writer, &format!("PRODID:-//pedshed//pedshed {version}//EN"))?;
        let proposed = self.next.map_or(&[][..], |next| next.sessions);
        let all = self.sessions.iter().map(|session| (session, "CONFIRMED"));
        let all = all.chain(proposed.iter().map(|session| (session, "TENTATIVE")));
        for (number, (session, status)) in (1..).zip(all) {
            self.write_event(number, session, status, writer)?;
        }
        ics_line(writer, "END:VCALENDAR")
    }

    fn write_event(
        &self,
        number: usize,
        session: &Session,
        status: &str,
        writer: &mut dyn io::Write,
    ) -> io::Result<()> {
        let place = self.place_of(session);
        let name = place.name.as_deref().unwrap_or(&place.id);
        let topic = session.topic.as_deref().unwrap_or(name);
        let [begins, ends] = [session.begins, session.ends].map(ics_time);
        ics_line(writer, "BEGIN:VEVENT")?;
        ics_line(writer, &format!("UID:{number}-{begins}@pedshed"))?;
        // When it was made is not told: the same calendar gives the same bytes.
        ics_line(writer, &format!("DTSTAMP:{begins}Z"))?;
        ics_line(writer, &format!("DTSTART:{begins}"))?;
        ics_line(writer, &format!("DTEND:{ends}"))?;
        ics_line(writer, &format!("SUMMARY:{}", ics_text(topic)))?;
        ics_line(writer, &format!("LOCATION:{}", ics_text(name)))?;
        if let Some(place) = place.place {
            ics_line(writer, &format!("GEO:{:.6};{:.6}", place.y, place.x))?;
        }
        if let Some(team) = &session.team {
            ics_line(writer, &format!("DESCRIPTION:{}", ics_text(team)))?;
        }
        ics_line(writer, &format!("STATUS:{status}"))?;
        ics_line(writer, "END:VEVENT")
    }

    pub(super) fn everybody(&self) -> &SessionSums {
        &self.sums[0]
    }

    /// The sums of the groups.
    pub(crate) fn groups(&self) -> &[SessionSums] {
        &self.sums[1..]
    }

    /// What `summary.json` says under `sessions`.
    pub(crate) fn json(&self) -> Value {
        let mut sums = json_of(self.everybody());
        let days = self.sessions.iter().map(Session::day);
        let seats = self.sessions.iter().filter_map(|session| session.seats);
        sums["sessions"] = self.sessions.len().into();
        sums["rows"] = self.rows.into();
        sums["of_other_days_or_topics"] = self.others.into();
        sums["first_day"] = days.clone().min().map(|day| day.to_string()).into();
        sums["last_day"] = days.max().map(|day| day.to_string()).into();
        sums["seats"] = people(seats.sum());
        sums["places"] = self.places().into();
        let groups = self.groups().iter().map(|group| {
            let mut sums = json_of(group);
            sums["name"] = group.name.as_str().into();
            sums
        });
        sums["groups"] = groups.collect();
        if let Some(next) = self.next {
            sums["next"] = next.json(self.everybody().missed());
        }
        sums
    }

    /// How many stations have a session.
    pub(super) fn places(&self) -> usize {
        let stations = self.sessions.iter().map(|session| session.station);
        stations.collect::<std::collections::BTreeSet<_>>().len()
    }
}

/// The cells of [`SUMS`].
fn cells(sums: &SessionSums) -> [String; 5] {
    [
        sums.people.to_string(),
        sums.had.to_string(),
        sums.missed().to_string(),
        format!("{:.6}", sums.had.share_of(sums.people)),
        format!("{:.3}", sums.mean()),
    ]
}

/// The same as `summary.json` says it.
fn json_of(sums: &SessionSums) -> Value {
    json!({
        "population": people(sums.people),
        "had_a_session": people(sums.had),
        "had_none": people(sums.missed()),
        "share": share(sums.had, sums.people),
        "mean_sessions": (sums.mean() * 1000.0).round() / 1000.0,
    })
}

/// `20261105T153000`; the end of a day is the last second of it.
fn ics_time(moment: Moment) -> String {
    let date = moment.date().to_string().replace('-', "");
    match moment.clock() {
        [24, _] => format!("{date}T235959"),
        [hour, minute] => format!("{date}T{hour:02}{minute:02}00"),
    }
}

/// A text as a value (RFC 5545, 3.3.11).
fn ics_text(text: &str) -> String {
    let mut value = String::new();
    for letter in text.chars().filter(|letter| *letter != '\r') {
        match letter {
            '\n' => value.push_str("\\n"),
            '\\' | ';' | ',' => value.extend(['\\', letter]),
            _ => value.push(letter),
        }
    }
    value
}

/// A line, folded where it is long: what goes on begins with a space.
fn ics_line(writer: &mut dyn io::Write, text: &str) -> io::Result<()> {
    let mut used = 0;
    for letter in text.chars() {
        if used + letter.len_utf8() > ICS_LINE {
            writer.write_all(b"\r\n ")?;
            used = 1;
        }
        let mut bytes = [0; 4];
        writer.write_all(letter.encode_utf8(&mut bytes).as_bytes())?;
        used += letter.len_utf8();
    }
    writer.write_all(b"\r\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_of_a_calendar_are_folded_between_letters() {
        let mut written = Vec::new();
        ics_line(&mut written, &"课".repeat(30)).expect("memory");
        let text = String::from_utf8(written).expect("whole letters");
        let lines: Vec<&str> = text.split_terminator("\r\n").collect();
        // 25 letters of three bytes are 75; the rest goes on behind a space.
        assert_eq!(lines, ["课".repeat(25), format!(" {}", "课".repeat(5))]);
        assert_eq!(ics_text("a;b,c\\d\ne"), "a\\;b\\,c\\\\d\\ne");
    }
}
