//! Walks from a table of other tools: who walks to which station, and how many seconds.

use std::collections::HashMap;

use super::csv::with_rows;
use super::header::{Cells, Header};
use super::watched::Watched;
use super::{InputError, ReadOptions, Source};
use crate::control::Control;
use crate::id::ResidentId;
use crate::text::language::Words;
use crate::text::plain::letters;
use crate::units::{COST_SCALE, Cost};

/// The longest walk that is read, in seconds: 40 days.
const MOST_SECONDS: f64 = 4e6;

/// Walks between residents and stations, as a table has them: `resident,station,seconds`, a row for each pair that is in reach.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct WalksRead {
    /// The residents' ids, in the order of their first rows.
    pub residents: Vec<String>,
    /// The stations' ids, in the order of their first rows.
    pub stations: Vec<String>,
    /// By station: who walks there, and for how many milliseconds. Of repeated pairs the shortest walk counts.
    pub rows: Vec<Vec<(ResidentId, Cost)>>,
    /// Rows below the header.
    pub pairs: u64,
    /// Rows whose pair an earlier one had.
    pub repeated: u64,
    /// Rows without a time: their pairs are out of reach.
    pub blank: u64,
    /// Rows whose time is no number of seconds from 0 to 4,000,000, or that have no ids: they are out of reach too.
    pub unread: u64,
    /// The line of the first of those, and what stands there.
    pub first_unread: Option<(u64, String)>,
}

/// Where the three columns are.
struct Columns {
    resident: usize,
    station: usize,
    seconds: usize,
}

/// What the columns are called.
const RESIDENT: [&str; 6] = [
    "resident",
    "residentid",
    "origin",
    "居民",
    "居民编号",
    "起点",
];
const STATION: [&str; 7] = [
    "station",
    "stationid",
    "destination",
    "facility",
    "站点",
    "站点编号",
    "终点",
];
const SECONDS: [&str; 5] = ["seconds", "second", "秒", "秒数", "时间秒"];

impl Columns {
    fn new(source: &Source, header: &Header) -> Result<Self, InputError> {
        let names: Vec<String> = header.names().map(letters).collect();
        let find = |known: &[&str], field: Words| {
            let found = names.iter().position(|name| known.contains(&name.as_str()));
            found.ok_or_else(|| InputError::Column {
                file: source.path().to_owned(),
                field,
                found: header.names().collect::<Vec<_>>().join(", "),
                option: "‹travel_times›: resident,station,seconds",
            })
        };
        Ok(Self {
            resident: find(&RESIDENT, Words::new("residents", "居民"))?,
            station: find(&STATION, Words::new("stations", "站点"))?,
            seconds: find(&SECONDS, Words::new("seconds", "秒"))?,
        })
    }
}

/// Reads walks from a table in CSV. Decimals of a second are kept to the millisecond.
///
/// # Errors
/// [`InputError::Column`] without one of the three columns; [`InputError::Malformed`] for bytes that are no text or a quote that is
/// not closed; [`InputError::Empty`].
///
/// # Complexity
/// Linear in the rows.
pub fn read_walks(source: &Source, control: Control<'_>) -> Result<WalksRead, InputError> {
    let mut reader = Reader::default();
    let mut columns = None;
    with_rows(Watched::new(source, &ReadOptions::NONE, control), |row| {
        match &columns {
            None => columns = Some(Columns::new(source, &Header::new(&row.cells))?),
            Some(columns) => reader.add(columns, row.number, &row.cells),
        }
        Ok(())
    })?;
    Ok(reader.finish())
}

/// Walks as they are read.
#[derive(Default)]
struct Reader {
    read: WalksRead,
    resident_numbers: HashMap<String, u32>,
    station_numbers: HashMap<String, u32>,
}

impl Reader {
    fn add(&mut self, columns: &Columns, line: u64, cells: &impl Cells) {
        self.read.pairs += 1;
        let ids = (cells.cell(columns.resident), cells.cell(columns.station));
        let (Some(resident), Some(station)) = ids else {
            self.unread(line, cells);
            return;
        };
        let resident = number(
            &mut self.resident_numbers,
            &mut self.read.residents,
            resident,
        );
        let station = number(&mut self.station_numbers, &mut self.read.stations, station);
        if station as usize == self.read.rows.len() {
            self.read.rows.push(Vec::new());
        }
        let Some(seconds) = cells.cell(columns.seconds) else {
            self.read.blank += 1;
            return;
        };
        match milliseconds(seconds) {
            Some(cost) => self.read.rows[station as usize].push((ResidentId(resident), cost)),
            None => self.unread(line, cells),
        }
    }

    fn unread(&mut self, line: u64, cells: &impl Cells) {
        self.read.unread += 1;
        if self.read.first_unread.is_none() {
            let text = cells.cells().collect::<Vec<_>>().join(",");
            self.read.first_unread = Some((line, text));
        }
    }

    /// Sorts the rows, and keeps the shortest of repeated pairs.
    fn finish(mut self) -> WalksRead {
        for row in &mut self.read.rows {
            row.sort_unstable();
            let before = row.len();
            row.dedup_by_key(|(resident, _)| *resident);
            self.read.repeated += (before - row.len()) as u64;
        }
        self.read
    }
}

/// The number of an id, in the order of first appearance.
fn number(numbers: &mut HashMap<String, u32>, ids: &mut Vec<String>, id: &str) -> u32 {
    if let Some(&number) = numbers.get(id) {
        return number;
    }
    let number = ids.len() as u32;
    ids.push(id.to_owned());
    numbers.insert(id.to_owned(), number);
    number
}

fn milliseconds(seconds: &str) -> Option<Cost> {
    let number: f64 = seconds.parse().ok()?;
    (0.0..=MOST_SECONDS)
        .contains(&number)
        .then(|| (number * COST_SCALE).round() as Cost)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<WalksRead, InputError> {
        read_walks(
            &Source::from_bytes("walks.csv", text.as_bytes().to_vec()),
            Control::default(),
        )
    }

    #[test]
    fn pairs_are_read_to_the_millisecond_and_ids_keep_their_order() {
        let walks = read("resident,station,seconds\nb,X,12.3456\na,X,0\nb,Y,900\n").expect("walks");
        assert_eq!(walks.residents, ["b", "a"]);
        assert_eq!(walks.stations, ["X", "Y"]);
        let row = |pairs: &[(u32, Cost)]| {
            pairs
                .iter()
                .map(|&(one, cost)| (ResidentId(one), cost))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            walks.rows,
            [row(&[(0, 12_346), (1, 0)]), row(&[(0, 900_000)])]
        );
        assert_eq!(
            (walks.pairs, walks.repeated, walks.blank, walks.unread),
            (3, 0, 0, 0)
        );
    }

    #[test]
    fn columns_stand_in_any_order_and_are_known_in_chinese() {
        let walks = read("秒数;站点编号;居民\n60;1;甲\n").expect("walks");
        assert_eq!(
            (walks.residents, walks.stations),
            (vec!["甲".to_owned()], vec!["1".to_owned()])
        );
    }

    #[test]
    fn what_is_no_time_is_counted_and_out_of_reach() {
        let walks = read("resident,station,seconds\na,X,soon\na,Y,\na,Z,-1\n,Z,5\nb,Z,7\nb,Z,6\n")
            .expect("walks");
        assert_eq!(
            (walks.pairs, walks.repeated, walks.blank, walks.unread),
            (6, 1, 1, 3)
        );
        assert_eq!(walks.first_unread, Some((2, "a,X,soon".to_owned())));
        assert_eq!(walks.rows[2], [(ResidentId(1), 6_000)]);
        assert_eq!(walks.rows.iter().map(Vec::len).sum::<usize>(), 1);
    }

    #[test]
    fn a_table_without_seconds_says_what_it_has() {
        let error = read("resident,station,minutes\na,X,1\n").expect_err("no seconds");
        assert!(
            matches!(&error, InputError::Column { found, .. } if found == "resident, station, minutes"),
            "{error}"
        );
    }
}
