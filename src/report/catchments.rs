//! `catchments.csv`, `catchment_residents.csv`, `catchments.geojson`, and what `summary.json` says of catchments.

use std::io;

use serde_json::{Value, json};

use super::geometry::{Collection, Ground};
use super::resilience::{StationRecord, degrees, number};
use crate::catchments::{Balance, CHOICES, Catchment, Catchments};
use crate::coverage::Tally;
use crate::id::StationId;
use crate::model::Resident;
use crate::text::table::{TableWriter, tenths};
use crate::units::{People, Unit};

/// Catchments, as files.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CatchmentsReport<'a> {
    pub(crate) residents: &'a [Resident],
    /// By station.
    pub(crate) records: &'a [StationRecord],
    pub(crate) catchments: &'a Catchments,
}

impl CatchmentsReport<'_> {
    /// Everybody who belongs to some station.
    pub(crate) fn served(&self) -> People {
        let list = self.catchments.list().iter();
        list.map(|catchment| catchment.load.people).sum()
    }

    /// What walks are called, and the amount of one in its unit.
    fn walks(&self) -> (&'static str, f64) {
        match self.catchments.unit() {
            Unit::Milliseconds => ("minutes", 60_000.0),
            Unit::Millimetres => ("metres", 1000.0),
        }
    }

    fn rows(&self) -> impl Iterator<Item = (&StationRecord, &Catchment)> {
        self.records.iter().zip(self.catchments.list())
    }

    /// Writes `catchments.csv`: a row for each station.
    ///
    /// # Errors
    /// What the writer says.
    pub(crate) fn write_stations(&self, writer: &mut dyn io::Write) -> io::Result<()> {
        let (unit, amount) = self.walks();
        let mut table = TableWriter::new(writer);
        let [mean, longest] = ["mean", "longest"].map(|what| format!("{what}_{unit}"));
        let is_balanced = self.catchments.balance().is_some();
        let balanced: &[&str] = if is_balanced {
            &["capacity", "load"]
        } else {
            &[]
        };
        let columns = [
            "id", "name", "lon", "lat", "records", "people", "share", "area_km2", &mean, &longest,
        ];
        table.row(columns.iter().chain(balanced))?;
        let served = self.served();
        for (station, (record, catchment)) in (0..).map(StationId::new).zip(self.rows()) {
            let [lon, lat] = degrees(record.place);
            let walk = |cost: f64| format!("{:.2}", cost / amount);
            let mean = catchment.mean();
            let row = [
                record.id.clone(),
                record.name.clone().unwrap_or_default(),
                lon,
                lat,
                catchment.load.records.to_string(),
                catchment.load.people.to_string(),
                format!("{:.6}", catchment.load.people.share_of(served)),
                format!("{:.4}", catchment.area_m2 / 1e6),
                mean.map_or_else(String::new, walk),
                mean.map_or_else(String::new, |_| walk(catchment.longest as f64)),
            ];
            let capacity = self.catchments.capacity_of(station);
            let balanced = capacity.map(|capacity| {
                let load = catchment.load.people.share_of(capacity);
                let load = (capacity > People::ZERO).then(|| format!("{load:.6}"));
                [capacity.to_string(), load.unwrap_or_default()]
            });
            table.row(row.into_iter().chain(balanced.into_iter().flatten()))?;
        }
        table.finish()
    }

    /// Writes `catchment_residents.csv`: a row for each resident record.
    ///
    /// # Errors
    /// What the writer says.
    pub(crate) fn write_residents(&self, writer: &mut dyn io::Write) -> io::Result<()> {
        let walk = match self.catchments.unit() {
            Unit::Milliseconds => "seconds",
            Unit::Millimetres => "metres",
        };
        let mut table = TableWriter::new(writer);
        table.row(["id", "population", "station", walk, "outside"])?;
        let known = self.catchments.residents().iter();
        let known = known.zip(self.catchments.outside());
        for (resident, (nearest, is_outside)) in self.residents.iter().zip(known) {
            let station = nearest.map(|known| self.records[known.station.index()].id.clone());
            table.row([
                resident.id.clone(),
                resident.people.to_string(),
                station.unwrap_or_default(),
                nearest.map_or_else(String::new, |known| tenths(known.cost)),
                u8::from(*is_outside).to_string(),
            ])?;
        }
        table.finish()
    }

    /// Writes `catchments.geojson`: the ground of each station that has some.
    ///
    /// # Errors
    /// What the writer says.
    pub(crate) fn write_geojson(&self, writer: impl io::Write) -> io::Result<()> {
        let (unit, amount) = self.walks();
        let mut collection = Collection::begin(writer, None)?;
        for (station, (record, catchment)) in (0..).map(StationId::new).zip(self.rows()) {
            if catchment.ground.0.is_empty() {
                continue;
            }
            let hundredths = |value: f64| (value * 100.0).round() / 100.0;
            let mut properties = json!({
                "id": record.id,
                "name": record.name,
                "people": number(catchment.load.people),
                "area_km2": (catchment.area_m2 / 100.0).round() / 1e4,
                format!("mean_{unit}"): catchment.mean().map(|mean| hundredths(mean / amount)),
            });
            if let Some(capacity) = self.catchments.capacity_of(station) {
                properties["capacity"] = number(capacity);
            }
            collection.write(&properties, &Ground(&catchment.ground))?;
        }
        collection.end()
    }

    /// The least mean walk is what nobody can better who keeps the capacity.
    fn balance_json(&self, balance: &Balance) -> Value {
        let (unit, amount) = self.walks();
        let served = self.served().thousandths().max(1) as f64;
        let mean = |walked: u128| (walked as f64 / served / amount * 1000.0).round() / 1000.0;
        json!({
            "capacity": balance.capacity.map(number),
            "most": number(balance.most),
            "over": balance.over,
            "choices": CHOICES,
            format!("nearest_mean_{unit}"): mean(balance.nearest),
            format!("least_mean_{unit}"): mean(balance.bound),
            format!("mean_{unit}"): mean(balance.walked),
        })
    }

    /// What `summary.json` says under `catchments`.
    pub(crate) fn json(&self) -> Value {
        let catchments = self.catchments;
        let people: Vec<People> = self.residents.iter().map(|record| record.people).collect();
        let mut without = Tally::default();
        for (people, known) in people.iter().zip(catchments.residents()) {
            if known.is_none() {
                without.add(*people);
            }
        }
        let outside = catchments.outside_of(&people);
        let tally =
            |tally: Tally| json!({ "records": tally.records, "people": number(tally.people) });
        let (unit, amount) = self.walks();
        let walked: u128 = catchments.list().iter().map(|one| one.walked).sum();
        let mean = walked as f64 / self.served().thousandths().max(1) as f64 / amount;
        json!({
            "stations": self.records.len(),
            "people": number(self.served()),
            format!("mean_{unit}"): (mean * 100.0).round() / 100.0,
            "without_station": tally(without),
            "outside": tally(outside),
            "cell_m": (catchments.cell_m() * 100.0).round() / 100.0,
            "balance": catchments.balance().map(|balance| self.balance_json(balance)),
            "area_km2": (catchments.list().iter().map(|one| one.area_m2).sum::<f64>() / 100.0).round() / 1e4,
        })
    }
}
