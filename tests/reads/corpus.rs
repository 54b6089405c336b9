//! Every table of the corpus, and what must come of it: which column is its id, its coordinates and its people, how many rows there
//! are and how many are no records. `corpus.tsv` was made by other programs (Python's csv, openpyxl, xlrd) from columns that were
//! told by eye. The tables outside of this project are skipped where they are not there.

use std::path::{Path, PathBuf};

use pedshed::inputs::{LayerKind, PointRecords, ReadOptions, Source, read_points};
use pedshed::model::FindingCode;
use pedshed::units::People;

use crate::support::project;

/// A line of the table of what must come.
struct Expected<'a> {
    table: &'a str,
    read_as: &'a str,
    /// Id, coordinates, population; `-` for none.
    columns: [&'a str; 3],
    rows: u64,
    left_out: u64,
    ids: usize,
    last_id: &'a str,
    people: &'a str,
}

impl<'a> Expected<'a> {
    fn new(line: &'a str) -> Self {
        let cells: Vec<&str> = line.split('\t').collect();
        let [
            table,
            read_as,
            id,
            place,
            population,
            rows,
            left_out,
            ids,
            last_id,
            people,
        ] = cells[..]
        else {
            panic!("ten cells: {line}");
        };
        let number = |text: &str| text.parse().unwrap_or(0);
        Self {
            table,
            read_as,
            columns: [id, place, population],
            rows: number(rows),
            left_out: number(left_out),
            ids: usize::try_from(number(ids)).expect("few"),
            last_id,
            people,
        }
    }

    fn path(&self) -> PathBuf {
        match self.table.strip_prefix("kept/") {
            Some(name) => project().join("tests/reads/files").join(name),
            None => corpus().join(self.table),
        }
    }

    fn read(&self) -> Option<PointRecords> {
        let options = match self.read_as {
            "list" => ReadOptions::of(LayerKind::Communities),
            _ => ReadOptions::default(),
        };
        let source = Source::open(&self.path()).expect("a file that is there");
        read_points(&source, &options).ok()
    }
}

fn corpus() -> PathBuf {
    project().join("../shared/cases/files")
}

fn all() -> Vec<Expected<'static>> {
    let lines = include_str!("corpus.tsv").lines();
    lines
        .filter(|line| !line.starts_with("# "))
        .map(Expected::new)
        .collect()
}

/// The column that was taken as a role; `-` where none was.
fn taken(read: &PointRecords, role: &str) -> String {
    let mut taken = read.reading.taken.iter();
    let column = taken.find(|taken| taken.role == role);
    column.map_or_else(|| "-".to_owned(), |taken| taken.column.clone())
}

fn columns_of(read: &PointRecords) -> [String; 3] {
    let (lon, lat, both) = (
        taken(read, "lon"),
        taken(read, "lat"),
        taken(read, "lon_lat"),
    );
    let place = if lon == "-" {
        both
    } else {
        format!("{lon}|{lat}")
    };
    [taken(read, "id"), place, taken(read, "population")]
}

fn left_out(read: &PointRecords) -> u64 {
    let codes = FindingCode::ALL
        .iter()
        .filter(|code| code.leaves_out_a_row());
    codes.map(|code| read.findings.count(*code)).sum()
}

fn people(read: &PointRecords) -> People {
    let people = read
        .records
        .iter()
        .filter_map(|record| record.people.clone().ok().flatten());
    people.sum()
}

/// Whatever a record has is from a column that the reading names, and every row is a record or said to be none.
fn check_nothing_is_guessed(name: &str, read: &PointRecords, is_table: bool) {
    let [id, place, population] = columns_of(read);
    let has = |is: &dyn Fn(&pedshed::inputs::PointRecord) -> bool| read.records.iter().any(is);
    if is_table {
        assert!(
            id != "-" || !has(&|record| record.id.is_some()),
            "{name}: an id of no column"
        );
        assert!(
            place != "-" || !has(&|record| record.xy.is_ok()),
            "{name}: a place of no column"
        );
    }
    let has_people = has(&|record| record.people != Ok(None));
    assert!(
        population != "-" || !has_people,
        "{name}: people of no column"
    );
    let records = read.records.len() as u64 + left_out(read);
    // A feature of several points is several entrances.
    assert!(
        records == read.reading.rows || !is_table,
        "{name}: rows that nobody tells of"
    );
}

#[test]
fn every_table_of_the_corpus_is_read_by_the_columns_that_it_has() {
    let mut tried = 0;
    for expected in all() {
        let name = expected.table;
        if !expected.path().exists() {
            println!("skipped: {name} is not here");
            continue;
        }
        tried += 1;
        let Some(read) = expected.read() else {
            assert_eq!(expected.read_as, "refused", "{name}");
            continue;
        };
        assert_ne!(expected.read_as, "refused", "{name}");
        assert_eq!(
            columns_of(&read),
            expected.columns.map(str::to_owned),
            "{name}"
        );
        let rows = (read.reading.rows, left_out(&read));
        assert_eq!(rows, (expected.rows, expected.left_out), "{name}");
        let ids: Vec<&str> = read
            .records
            .iter()
            .filter_map(|record| record.id.as_deref())
            .collect();
        assert_eq!(ids.len(), expected.ids, "{name}");
        if expected.last_id != "-" {
            assert_eq!(ids.last(), Some(&expected.last_id), "{name}");
        }
        if let Ok(thousandths) = expected.people.parse() {
            assert_eq!(
                people(&read),
                People::from_thousandths(thousandths),
                "{name}"
            );
        }
        let is_table = Path::new(name)
            .extension()
            .is_none_or(|ending| ending != "shp");
        check_nothing_is_guessed(name, &read, is_table);
    }
    assert!(tried >= 9, "those that are kept in this project");
}

/// Also one that came after the list was made.
#[test]
fn no_table_of_the_corpus_gives_a_record_what_its_reading_does_not_name() {
    let mut folders = vec![corpus()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = folder.read_dir() else {
            println!("skipped: {} is not here", folder.display());
            continue;
        };
        for path in entries.map(|entry| entry.expect("an entry").path()) {
            let ending = path.extension().and_then(|ending| ending.to_str());
            match ending {
                _ if path.is_dir() => folders.push(path),
                Some("csv" | "xlsx" | "xls") => {
                    let source = Source::open(&path).expect("a table");
                    if let Ok(read) = read_points(&source, &ReadOptions::default()) {
                        check_nothing_is_guessed(source.name(), &read, true);
                    }
                }
                _ => {}
            }
        }
    }
}
