//! How records and stations end, and counts of them.

use crate::id::StationId;
use crate::model::{Fault, Resident, Station};
use crate::search::NearestStation;
use crate::snap::{Snapped, Snapping};
use crate::text::language::Language;
use crate::units::{Cutoff, People};

/// How a resident record ends. Every record has exactly one status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum Status {
    /// Within the deciding cutoff of a station.
    Covered,
    /// Some station can be reached, none within the cutoff.
    Beyond,
    /// No path leads to any station, or stairs at home that the walker cannot take shut them in.
    Unreachable,
    /// No usable street within the snapping distance.
    OffNetwork,
    /// The record cannot be used.
    Invalid,
}

impl Status {
    /// Every status, best first.
    pub const ALL: [Status; 5] = [
        Status::Covered,
        Status::Beyond,
        Status::Unreachable,
        Status::OffNetwork,
        Status::Invalid,
    ];

    /// Its name in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Status::Covered => "covered",
            Status::Beyond => "beyond",
            Status::Unreachable => "unreachable",
            Status::OffNetwork => "off_network",
            Status::Invalid => "invalid",
        }
    }

    /// What people call it; in English the name in files.
    #[must_use]
    pub const fn word(self, language: Language) -> &'static str {
        let zh = match self {
            Status::Covered => "已覆盖",
            Status::Beyond => "超出范围",
            Status::Unreachable => "路网不连通",
            Status::OffNetwork => "远离路网",
            Status::Invalid => "无效记录",
        };
        language.pick(self.name(), zh)
    }
}

/// How a station took part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum StationStatus {
    /// At least one entrance is on the network.
    Ok,
    /// No entrance has a usable street within the snapping distance.
    OffNetwork,
    /// No entrance has a place.
    Invalid,
    /// It is closed at the time that is asked for.
    Closed,
}

impl StationStatus {
    /// Its name in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            StationStatus::Ok => "ok",
            StationStatus::OffNetwork => "off_network",
            StationStatus::Invalid => "invalid",
            StationStatus::Closed => "closed",
        }
    }
}

/// The answer for one station.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct StationCoverage {
    /// How it took part.
    pub status: StationStatus,
    /// The shortest straight leg of its entrances in metres, where one is on the network.
    pub snap_m: Option<f64>,
}

/// People and records by some split.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Tally {
    /// Resident records.
    pub records: u64,
    /// Their people.
    pub people: People,
}

impl Tally {
    pub(crate) fn add(&mut self, people: People) {
        self.records += 1;
        self.people += people;
    }

    pub(super) fn remove(&mut self, people: People) {
        self.records -= 1;
        self.people = self.people - people;
    }
}

pub(super) fn status(
    resident: &Resident,
    snapping: &Snapping,
    nearest: Option<NearestStation>,
    deciding: Cutoff,
) -> Status {
    match resident.fault() {
        Some(_) => Status::Invalid,
        None => status_of_snapped(snapping, nearest, deciding),
    }
}

/// The status of a resident whose record is valid, or who was not snapped because it is not.
pub(crate) fn status_of_snapped(
    snapping: &Snapping,
    nearest: Option<NearestStation>,
    deciding: Cutoff,
) -> Status {
    match (snapping, nearest) {
        (Snapping::Invalid, _) => Status::Invalid,
        (Snapping::OffNetwork(_), _) => Status::OffNetwork,
        (Snapping::ShutIn(_), _) | (Snapping::On(_), None) => Status::Unreachable,
        (Snapping::On(_), Some(nearest)) if nearest.cost <= u64::from(deciding.cost()) => {
            Status::Covered
        }
        (Snapping::On(_), Some(_)) => Status::Beyond,
    }
}

/// How a station of these records took part: those that are closed at the time that is asked for have no place.
pub(super) fn recorded_coverage(
    snapped: &Snapped,
    station: StationId,
    records: &[Station],
) -> StationCoverage {
    let coverage = station_coverage(snapped, station);
    let mut rows = snapped.rows_of(station).map(|row| &records[row].place);
    let is_closed = coverage.status == StationStatus::Invalid
        && rows.any(|place| matches!(place, Err(Fault::ClosedAt { .. })));
    StationCoverage {
        status: if is_closed {
            StationStatus::Closed
        } else {
            coverage.status
        },
        ..coverage
    }
}

pub(super) fn station_coverage(snapped: &Snapped, station: StationId) -> StationCoverage {
    let snap_m = snapped
        .station_snaps(station)
        .map(|snap| snap.leg_m)
        .min_by(f64::total_cmp);
    let has_place = snapped
        .entrances(station)
        .iter()
        .any(|entrance| entrance.snapping != Snapping::Invalid);
    let status = match (snap_m, has_place) {
        (Some(_), _) => StationStatus::Ok,
        (None, true) => StationStatus::OffNetwork,
        (None, false) => StationStatus::Invalid,
    };
    StationCoverage { status, snap_m }
}
