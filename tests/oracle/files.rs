//! A case as the files that the command reads, and the files that it writes as values.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::reference::{Case, Parameters};

/// What was answered, by the command or by whatever else can fill this in.
#[derive(Clone, Debug, Default)]
pub(crate) struct Observed {
    /// One per resident record, in input order.
    pub(crate) residents: Vec<ObservedResident>,
    /// One per station, in the order in which the ids first appear.
    pub(crate) stations: Vec<ObservedStation>,
    /// Resident, station and seconds, in any order; `None` where it was not asked for.
    pub(crate) travel_times: Option<Vec<(String, String, f64)>>,
    /// `summary.json`, or `None` where there is none to check.
    pub(crate) summary: Option<Value>,
}

#[derive(Clone, Debug)]
pub(crate) struct ObservedResident {
    pub(crate) id: String,
    /// In thousandths.
    pub(crate) people: u64,
    pub(crate) status: String,
    pub(crate) seconds: Option<f64>,
    pub(crate) nearest_station: Option<String>,
    pub(crate) within_minutes: Vec<u64>,
    pub(crate) metres: Option<f64>,
    pub(crate) within_metres: Vec<u64>,
    pub(crate) reason: String,
}

#[derive(Clone, Debug)]
pub(crate) struct ObservedStation {
    pub(crate) id: String,
    pub(crate) status: String,
    pub(crate) snap_m: Option<f64>,
    pub(crate) by_minutes: Vec<ObservedCatchment>,
    pub(crate) by_metres: Vec<ObservedCatchment>,
}

/// Populations in thousandths.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ObservedCatchment {
    pub(crate) residents: u64,
    pub(crate) population: u64,
    pub(crate) exclusive_population: u64,
}

/// Writes `network.geojson`, `stations.csv` and `residents.csv` into the folder.
pub(crate) fn write_case(case: &Case, folder: &Path) {
    let features: Vec<Value> = case
        .lines
        .iter()
        .map(|line| {
            let properties = if line.one_way {
                json!({ "oneway:foot": "yes" })
            } else {
                json!({})
            };
            json!({
                "type": "Feature",
                "properties": properties,
                "geometry": { "type": "LineString", "coordinates": line.points },
            })
        })
        .collect();
    let network = json!({ "type": "FeatureCollection", "features": features });
    fs::write(folder.join("network.geojson"), network.to_string()).expect("a writable folder");

    let stations = case
        .stations
        .iter()
        .map(|station| [station.id.clone(), cell(station.lon), cell(station.lat)]);
    write_table(folder, "stations.csv", ["id", "lon", "lat"], stations);
    let residents = case.residents.iter().map(|resident| {
        [
            resident.id.clone(),
            cell(resident.lon),
            cell(resident.lat),
            resident.population.map(decimal).unwrap_or_default(),
        ]
    });
    write_table(
        folder,
        "residents.csv",
        ["id", "lon", "lat", "population"],
        residents,
    );
}

fn write_table<const N: usize>(
    folder: &Path,
    name: &str,
    header: [&str; N],
    rows: impl Iterator<Item = [String; N]>,
) {
    let mut writer = csv::Writer::from_path(folder.join(name)).expect("a writable folder");
    writer.write_record(header).expect("a writable file");
    for row in rows {
        writer.write_record(row).expect("a writable file");
    }
    writer.flush().expect("a writable file");
}

/// A coordinate to its last digit; what is no number is left empty, as spreadsheets do.
fn cell(degrees: f64) -> String {
    if degrees.is_nan() {
        String::new()
    } else {
        degrees.to_string()
    }
}

/// Thousandths as a decimal number.
fn decimal(thousandths: u64) -> String {
    match thousandths % 1000 {
        0 => (thousandths / 1000).to_string(),
        rest => format!("{}.{rest:03}", thousandths / 1000),
    }
}

/// A decimal number as thousandths, without a detour over floats; `None` if it is not one or has finer digits.
pub(crate) fn thousandths(number: &str) -> Option<u64> {
    let (whole, rest) = number.split_once('.').unwrap_or((number, "0"));
    let rest = rest.trim_end_matches('0');
    if rest.len() > 3 {
        return None;
    }
    let rest = format!("{rest:0<3}");
    Some(whole.parse::<u64>().ok()? * 1000 + rest.parse::<u64>().ok()?)
}

/// Reads what the command wrote for these parameters.
///
/// # Panics
/// With the file, the row and the column, where a file is not as the contract describes it.
pub(crate) fn read_output(folder: &Path, parameters: &Parameters) -> Observed {
    let minutes: Vec<String> = parameters.minutes.iter().map(u32::to_string).collect();
    let metres: Vec<String> = (parameters.metres.iter())
        .map(|metres| format!("{metres}m"))
        .collect();
    let travel_times = folder.join("travel_times.csv");
    let summary = fs::read_to_string(folder.join("summary.json")).expect("a summary.json");
    Observed {
        residents: read_residents(&folder.join("residents.csv"), &minutes, &metres),
        stations: read_stations(&folder.join("stations.csv"), &minutes, &metres),
        travel_times: travel_times
            .exists()
            .then(|| read_travel_times(&travel_times)),
        summary: Some(serde_json::from_str(&summary).expect("summary.json is JSON")),
    }
}

fn read_residents(path: &Path, minutes: &[String], metres: &[String]) -> Vec<ObservedResident> {
    let mut header = vec!["id", "population", "status", "seconds", "nearest_station"];
    let within = |cutoffs: &[String]| -> Vec<String> {
        cutoffs
            .iter()
            .map(|cutoff| format!("within_{cutoff}"))
            .collect()
    };
    let (within_minutes, within_metres) = (within(minutes), within(metres));
    header.extend(within_minutes.iter().map(String::as_str));
    if !metres.is_empty() {
        header.push("metres");
    }
    header.extend(within_metres.iter().map(String::as_str));
    header.push("reason");
    Table::read(path, &header)
        .rows()
        .map(|row| ObservedResident {
            id: row.text("id"),
            people: row.people("population"),
            status: row.text("status"),
            seconds: row.optional("seconds"),
            nearest_station: Some(row.text("nearest_station")).filter(|id| !id.is_empty()),
            within_minutes: row.counts(&within_minutes),
            metres: (!metres.is_empty())
                .then(|| row.optional("metres"))
                .flatten(),
            within_metres: row.counts(&within_metres),
            reason: row.text("reason"),
        })
        .collect()
}

fn read_stations(path: &Path, minutes: &[String], metres: &[String]) -> Vec<ObservedStation> {
    let columns: Vec<String> = minutes
        .iter()
        .chain(metres)
        .flat_map(|cutoff| {
            ["residents", "population", "exclusive_population"]
                .map(|what| format!("{what}_{cutoff}"))
        })
        .collect();
    let mut header = vec!["id", "status", "snap_m"];
    header.extend(columns.iter().map(String::as_str));
    Table::read(path, &header)
        .rows()
        .map(|row| {
            let catchments = |cutoffs: &[String]| -> Vec<ObservedCatchment> {
                cutoffs
                    .iter()
                    .map(|cutoff| ObservedCatchment {
                        residents: row.number(&format!("residents_{cutoff}")),
                        population: row.people(&format!("population_{cutoff}")),
                        exclusive_population: row.people(&format!("exclusive_population_{cutoff}")),
                    })
                    .collect()
            };
            ObservedStation {
                id: row.text("id"),
                status: row.text("status"),
                snap_m: row.optional("snap_m"),
                by_minutes: catchments(minutes),
                by_metres: catchments(metres),
            }
        })
        .collect()
}

fn read_travel_times(path: &Path) -> Vec<(String, String, f64)> {
    Table::read(path, &["resident", "station", "seconds"])
        .rows()
        .map(|row| {
            (
                row.text("resident"),
                row.text("station"),
                row.number("seconds"),
            )
        })
        .collect()
}

/// A whole table, so that a wrong cell can be named.
struct Table {
    name: String,
    header: Vec<String>,
    records: Vec<csv::StringRecord>,
}

impl Table {
    /// # Panics
    /// If the columns are not these, in this order.
    fn read(path: &Path, columns: &[&str]) -> Self {
        let name = path.display().to_string();
        let mut reader =
            csv::Reader::from_path(path).unwrap_or_else(|error| panic!("{name}: {error}"));
        let header: Vec<String> = reader
            .headers()
            .unwrap_or_else(|error| panic!("{name}: {error}"))
            .iter()
            .map(String::from)
            .collect();
        assert_eq!(header, columns, "the columns of {name}");
        let records = reader
            .records()
            .collect::<Result<_, _>>()
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        Self {
            name,
            header,
            records,
        }
    }

    fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        (0..self.records.len()).map(|index| Row { table: self, index })
    }
}

struct Row<'a> {
    table: &'a Table,
    index: usize,
}

impl Row<'_> {
    fn cell(&self, column: &str) -> &str {
        let column = (self.table.header.iter()).position(|name| name == column);
        let column = column.expect("a column of the header");
        &self.table.records[self.index][column]
    }

    fn text(&self, column: &str) -> String {
        self.cell(column).to_owned()
    }

    fn number<T: std::str::FromStr>(&self, column: &str) -> T {
        self.cell(column)
            .parse()
            .unwrap_or_else(|_| self.complain(column))
    }

    fn optional(&self, column: &str) -> Option<f64> {
        (!self.cell(column).is_empty()).then(|| self.number(column))
    }

    fn people(&self, column: &str) -> u64 {
        thousandths(self.cell(column)).unwrap_or_else(|| self.complain(column))
    }

    fn counts(&self, columns: &[String]) -> Vec<u64> {
        columns.iter().map(|column| self.number(column)).collect()
    }

    fn complain(&self, column: &str) -> ! {
        let (name, index) = (&self.table.name, self.index + 1);
        panic!("{name}, row {index}, {column}: {:?}", self.cell(column))
    }
}

#[test]
fn thousandths_are_read_as_they_are_written() {
    for count in [0, 1, 20, 300, 1000, 1234, 12_500, 99_999, 499_000] {
        assert_eq!(thousandths(&decimal(count)), Some(count));
    }
    assert_eq!(thousandths("2.50000"), Some(2500));
    assert_eq!(thousandths("0.0005"), None);
    assert_eq!(thousandths("-1"), None);
    assert_eq!(thousandths(""), None);
}
