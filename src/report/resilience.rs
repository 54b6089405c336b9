//! `dependence.csv`, `station_closures.csv`, `station_pairs.csv`, `street_closures.csv`, `closures.geojson`, and what `summary.json`
//! says of what breaks.

use std::io;

use geo_types::Coord;
use serde_json::{Value, json};

use super::geometry::{Collection, Geometry, List, rounded};
use crate::coverage::Tally;
use crate::id::StationId;
use crate::model::Resident;
use crate::resilience::{
    Dependence, Loss, StationClosures, StreetClosure, StreetClosures, StreetKind,
};
use crate::search::NearestStation;
use crate::text::table::{TableWriter, tenths};
use crate::units::{People, Unit};

/// What people know of a station that may close.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StationRecord {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: Option<String>,
    /// Where its first entrance is, where that is known.
    pub place: Option<Coord<f64>>,
}

/// What breaks, as files.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ResilienceReport<'a> {
    pub(crate) residents: &'a [Resident],
    /// By station.
    pub(crate) records: &'a [StationRecord],
    pub(crate) stations: &'a StationClosures,
    /// None of trips there and back.
    pub(crate) streets: Option<&'a StreetClosures>,
}

impl<'a> ResilienceReport<'a> {
    fn unit(&self) -> Unit {
        self.stations.cutoff().unit()
    }

    fn id(&self, station: StationId) -> &str {
        &self.records[station.index()].id
    }

    /// What is added to walks, as its column is called.
    fn added_column(&self) -> &'static str {
        match self.unit() {
            Unit::Milliseconds => "person_minutes_added",
            Unit::Millimetres => "person_km_added",
        }
    }

    /// The columns of a loss.
    fn loss_columns(&self) -> [&'static str; 5] {
        [
            "records_lost",
            "people_lost",
            "people_cut_off",
            "people_farther",
            self.added_column(),
        ]
    }

    fn loss_cells(&self, loss: &Loss) -> [String; 5] {
        [
            loss.lost.records.to_string(),
            loss.lost.people.to_string(),
            loss.cut_off.people.to_string(),
            loss.farther.people.to_string(),
            with_tenths(loss.tenths(self.unit())),
        ]
    }

    /// Writes `dependence.csv`: a row for each resident record.
    ///
    /// # Errors
    /// What the writer says.
    pub(crate) fn write_dependence(&self, writer: &mut dyn io::Write) -> io::Result<()> {
        let costs = match self.unit() {
            Unit::Milliseconds => ["seconds", "second_seconds", "added_seconds"],
            Unit::Millimetres => ["metres", "second_metres", "added_metres"],
        };
        let [first, second, added] = costs;
        let mut table = TableWriter::new(writer);
        table.row([
            "id",
            "population",
            "stations_within",
            "only_station",
            "nearest_station",
            first,
            "second_station",
            second,
            added,
        ])?;
        for (resident, known) in self.residents.iter().zip(self.stations.dependence()) {
            table.row(self.dependence_row(resident, known))?;
        }
        table.finish()
    }

    fn dependence_row(&self, resident: &Resident, known: &Dependence) -> [String; 9] {
        let id = |station: Option<StationId>| {
            station.map_or_else(String::new, |station| self.id(station).to_owned())
        };
        let station = |known: Option<NearestStation>| id(known.map(|known| known.station));
        let cost = |cost: Option<u64>| cost.map_or_else(String::new, tenths);
        [
            resident.id.clone(),
            resident.people.to_string(),
            known.stations.to_string(),
            id(known.only),
            station(known.nearest),
            cost(known.nearest.map(|known| known.cost)),
            station(known.second),
            cost(known.second.map(|known| known.cost)),
            cost(known.added()),
        ]
    }

    /// Writes `station_closures.csv`: a row for each station, the one whose closing costs most first.
    ///
    /// # Errors
    /// What the writer says.
    pub(crate) fn write_stations(&self, writer: &mut dyn io::Write) -> io::Result<()> {
        let mut table = TableWriter::new(writer);
        let header = ["rank", "id", "name", "lon", "lat", "records", "people"];
        table.row(header.into_iter().chain(self.loss_columns()))?;
        for row in self.station_rows() {
            let [lon, lat] = degrees(row.record.place);
            let name = row.record.name.clone().unwrap_or_default();
            let first = [
                row.rank.to_string(),
                row.record.id.clone(),
                name,
                lon,
                lat,
                row.circle.records.to_string(),
                row.circle.people.to_string(),
            ];
            table.row(first.into_iter().chain(self.loss_cells(row.loss)))?;
        }
        table.finish()
    }

    /// Writes `street_closures.csv`: a row for each bridge, gate, crossing and lift, the one whose closing costs most first.
    ///
    /// # Errors
    /// What the writer says.
    pub(crate) fn write_streets(&self, writer: &mut dyn io::Write) -> io::Result<()> {
        let mut table = TableWriter::new(writer);
        let header = ["rank", "kind", "object", "id", "name", "lon", "lat"];
        table.row(header.into_iter().chain(self.loss_columns()))?;
        for row in self.street_rows() {
            let closure = row.closure;
            let [lon, lat] = degrees(Some(closure.place));
            let first = [
                row.rank.to_string(),
                closure.kind.name().to_owned(),
                closure.object.name().to_owned(),
                closure.id.clone(),
                closure.name.clone().unwrap_or_default(),
                lon,
                lat,
            ];
            table.row(first.into_iter().chain(self.loss_cells(row.loss)))?;
        }
        table.finish()
    }

    /// Writes `station_pairs.csv`: a row for each two of the worst stations, the worst pair first.
    ///
    /// # Errors
    /// What the writer says.
    pub(crate) fn write_pairs(&self, writer: &mut dyn io::Write) -> io::Result<()> {
        let mut table = TableWriter::new(writer);
        let header = ["rank", "id", "name", "other_id", "other_name"];
        let header = header.into_iter().chain(self.loss_columns());
        table.row(header.chain(["people_lost_together"]))?;
        for (rank, pair) in (1..).zip(self.stations.pairs()) {
            let [one, other] = pair.stations.map(|station| &self.records[station.index()]);
            let name = |record: &StationRecord| record.name.clone().unwrap_or_default();
            let first = [
                rank.to_string(),
                one.id.clone(),
                name(one),
                other.id.clone(),
                name(other),
            ];
            let row = first.into_iter().chain(self.loss_cells(&pair.loss));
            table.row(row.chain([pair.together.to_string()]))?;
        }
        table.finish()
    }

    /// Writes `closures.geojson`: stations, gates and crossings of a node as points, all else as the lines that nobody walks along while it is
    /// closed, with the figures of the tables; what costs nobody anything is left out.
    ///
    /// # Errors
    /// What the writer says.
    pub(crate) fn write_geojson(&self, writer: impl io::Write) -> io::Result<()> {
        let mut collection = Collection::begin(writer, None)?;
        for row in self.station_rows().filter(|row| !row.loss.is_none()) {
            let Some(place) = row.record.place else {
                continue;
            };
            let (id, name) = (&row.record.id, &row.record.name);
            let properties = self.properties("station", row.rank, id, name.as_deref(), row.loss);
            collection.write(&properties, &point(place))?;
        }
        for row in self.street_rows().filter(|row| !row.loss.is_none()) {
            let StreetClosure {
                kind,
                id,
                name,
                place,
                lines,
                ..
            } = row.closure;
            let properties = self.properties(kind.name(), row.rank, id, name.as_deref(), row.loss);
            if lines.is_empty() {
                collection.write(&properties, &point(*place))?;
            } else {
                let line = |line: &Vec<Coord<f64>>| {
                    line.iter().map(|place| rounded(*place)).collect::<Vec<_>>()
                };
                let lines = Geometry {
                    kind: "MultiLineString",
                    coordinates: List(|| lines.iter().map(line)),
                };
                collection.write(&properties, &lines)?;
            }
        }
        collection.end()
    }

    fn properties(
        &self,
        kind: &str,
        rank: usize,
        id: &str,
        name: Option<&str>,
        loss: &Loss,
    ) -> Value {
        let mut properties = json!({ "kind": kind, "rank": rank, "id": id, "name": name });
        if let (Some(properties), Value::Object(loss)) =
            (properties.as_object_mut(), self.loss_json(loss))
        {
            properties.extend(loss);
        }
        properties
    }

    fn loss_json(&self, loss: &Loss) -> Value {
        json!({
            "records_lost": loss.lost.records,
            "people_lost": number(loss.lost.people),
            "people_cut_off": number(loss.cut_off.people),
            "people_farther": number(loss.farther.people),
            self.added_column(): loss.person_units(self.unit()),
        })
    }

    /// The stations, the one whose closing costs most first.
    pub(crate) fn station_rows(self) -> impl Iterator<Item = StationRow<'a>> {
        let worst = self.stations.worst().into_iter();
        (1..).zip(worst).filter_map(move |(rank, station)| {
            Some(StationRow {
                rank,
                record: &self.records[station.index()],
                circle: self.stations.circle(station).ok()?,
                loss: self.stations.loss(station).ok()?,
            })
        })
    }

    /// Bridges, gates, crossings and lifts, the one whose closing costs most first.
    pub(crate) fn street_rows(self) -> impl Iterator<Item = StreetRow<'a>> {
        let streets = self.streets.into_iter();
        streets.flat_map(|streets| {
            (1..).zip(streets.worst()).map(|(rank, at)| StreetRow {
                rank,
                closure: &streets.list()[at],
                loss: &streets.losses()[at],
            })
        })
    }

    /// What `summary.json` says under `resilience`.
    pub(crate) fn json(&self) -> Value {
        let people: Vec<People> = self.residents.iter().map(|record| record.people).collect();
        let [none, one, two, more] = self.stations.by_count(&people);
        let cutoff = self.stations.cutoff();
        let key = match cutoff.unit() {
            Unit::Milliseconds => "minutes",
            Unit::Millimetres => "metres",
        };
        let worst_station = self.station_rows().next().map(|row| {
            self.properties(
                "station",
                1,
                &row.record.id,
                row.record.name.as_deref(),
                row.loss,
            )
        });
        let worst_pair = self.stations.pairs().first().map(|pair| {
            let ids = pair.stations.map(|station| self.id(station).to_owned());
            json!({ "ids": ids, "loss": self.loss_json(&pair.loss), "people_lost_together": number(pair.together) })
        });
        json!({
            key: cutoff.value(),
            "stations_within": {
                "none": tally(none),
                "one": tally(one),
                "two": tally(two),
                "more": tally(more),
            },
            "stations": { "closed": self.records.len(), "worst": worst_station },
            "pairs": { "closed": self.stations.pairs().len(), "worst": worst_pair },
            "streets": self.streets.map(|streets| self.streets_json(streets)),
        })
    }

    fn streets_json(&self, streets: &StreetClosures) -> Value {
        let mut kinds = serde_json::Map::new();
        for kind in StreetKind::ALL {
            let worst = self.street_rows().find(|row| row.closure.kind == kind);
            let worst = worst.map(|row| {
                let (id, name) = (&row.closure.id, row.closure.name.as_deref());
                self.properties(kind.name(), row.rank, id, name, row.loss)
            });
            let closed = streets.count_of(kind);
            kinds.insert(
                kind.name().to_owned(),
                json!({ "closed": closed, "worst": worst }),
            );
        }
        kinds.insert("bare_crossings".to_owned(), streets.bare_crossings().into());
        kinds.into()
    }
}

/// A station that may close.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct StationRow<'a> {
    /// Its place among the stations, from 1.
    pub rank: usize,
    /// What is known of it.
    pub record: &'a StationRecord,
    /// Who is within the cutoff.
    pub circle: Tally,
    /// What closing it costs.
    pub loss: &'a Loss,
}

/// A bridge, gate, crossing or lift that may close.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct StreetRow<'a> {
    /// Its place among them all, from 1.
    pub rank: usize,
    /// What it is.
    pub closure: &'a StreetClosure,
    /// What closing it costs.
    pub loss: &'a Loss,
}

fn point(place: Coord<f64>) -> Geometry<[f64; 2]> {
    Geometry {
        kind: "Point",
        coordinates: rounded(place),
    }
}

pub(super) fn degrees(place: Option<Coord<f64>>) -> [String; 2] {
    let cell = |degrees: f64| format!("{degrees:.7}");
    place.map_or_else(Default::default, |place| [cell(place.x), cell(place.y)])
}

fn tally(tally: Tally) -> Value {
    json!({ "records": tally.records, "people": number(tally.people) })
}

fn with_tenths(tenths: u128) -> String {
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// Whole numbers without a decimal point.
pub(super) fn number(people: People) -> Value {
    let thousandths = people.thousandths();
    if thousandths.is_multiple_of(1000) {
        Value::from(thousandths / 1000)
    } else {
        Value::from(people.as_f64())
    }
}
