//! The answer of the reference against what was observed: everything must agree but what is too close to call.

use serde_json::Value;

use super::files::{Observed, ObservedCatchment, ObservedResident, ObservedStation, thousandths};
use super::reference::{
    Answer, CLOSE_M, CLOSE_S, Case, Catchment, Decision, Parameters, Range, ResidentAnswer,
    StationAnswer, Status, within_minutes,
};

/// Snap distances have no rounding per edge, only that of the decimals in the file and of the vertices' last digits.
const SNAP_TOLERANCE_M: f64 = 0.02;

/// Every disagreement in a sentence; none where both answers are right.
///
/// # Panics
/// If the case has points whose snap hangs on the last digits: it would decide nothing.
pub(crate) fn disagreements(
    case: &Case,
    parameters: &Parameters,
    answer: &Answer,
    observed: &Observed,
) -> Vec<String> {
    assert!(
        answer.doubts.is_empty(),
        "not a case for a test: {:?}",
        answer.doubts
    );
    let mut report = Report::default();
    report.residents(case, parameters, answer, observed);
    report.stations(parameters, answer, observed);
    if let Some(rows) = &observed.travel_times {
        report.travel_times(case, parameters, answer, rows);
    }
    if let Some(summary) = &observed.summary {
        report.summary(parameters, answer, summary);
    }
    report.lines
}

#[derive(Default)]
struct Report {
    lines: Vec<String>,
}

impl Report {
    fn expect(&mut self, holds: bool, line: impl FnOnce() -> String) {
        if !holds {
            self.lines.push(line());
        }
    }

    fn range(&mut self, what: &str, reference: Range, observed: u64) {
        self.expect(reference.contains(observed), || {
            let Range { low, high } = reference;
            if low == high {
                format!("{what}: reference {low}, observed {observed}")
            } else {
                format!("{what}: reference {low} to {high}, observed {observed}")
            }
        });
    }

    fn near(&mut self, what: &str, reference: Option<f64>, observed: Option<f64>, tolerance: f64) {
        let holds = match (reference, observed) {
            (Some(reference), Some(observed)) => (reference - observed).abs() <= tolerance,
            (reference, observed) => reference.is_none() && observed.is_none(),
        };
        self.expect(holds, || {
            format!("{what}: reference {reference:?}, observed {observed:?}")
        });
    }

    fn residents(
        &mut self,
        case: &Case,
        parameters: &Parameters,
        answer: &Answer,
        observed: &Observed,
    ) {
        self.expect(case.residents.len() == observed.residents.len(), || {
            format!(
                "{} resident records, observed {}",
                case.residents.len(),
                observed.residents.len()
            )
        });
        for (index, (record, (reference, observed))) in (case.residents.iter())
            .zip(answer.residents.iter().zip(&observed.residents))
            .enumerate()
        {
            let who = format!("resident {} ({})", index + 1, record.id);
            self.expect(record.id == observed.id, || {
                format!("{who}: observed id {}", observed.id)
            });
            let people = record.people();
            self.expect(people == observed.people, || {
                format!(
                    "{who} people / 1000: {people}, observed {}",
                    observed.people
                )
            });
            self.resident(&who, parameters, answer, reference, observed);
        }
    }

    fn resident(
        &mut self,
        who: &str,
        parameters: &Parameters,
        answer: &Answer,
        reference: &ResidentAnswer,
        observed: &ObservedResident,
    ) {
        let statuses: Vec<&str> = reference.status.iter().map(|s| s.name()).collect();
        self.expect(statuses.contains(&observed.status.as_str()), || {
            format!(
                "{who} status: reference {statuses:?}, observed {}",
                observed.status
            )
        });
        let is_covered = observed.status == Status::Covered.name();
        self.expect(is_covered == observed.reason.is_empty(), || {
            format!(
                "{who}: {} with the reason {:?}",
                observed.status, observed.reason
            )
        });
        self.near(
            &format!("{who} seconds"),
            reference.seconds,
            observed.seconds,
            CLOSE_S,
        );
        let nearest: Vec<&str> = (reference.nearest.iter())
            .map(|&station| answer.stations[station].id.as_str())
            .collect();
        let named = observed.nearest_station.as_deref();
        let is_nearest = named.map_or(nearest.is_empty(), |named| nearest.contains(&named));
        self.expect(is_nearest, || {
            format!("{who} nearest_station: reference {nearest:?}, observed {named:?}")
        });
        for ((minutes, range), count) in (parameters.minutes.iter())
            .zip(&reference.within_minutes)
            .zip(&observed.within_minutes)
        {
            self.range(&format!("{who} within_{minutes}"), *range, *count);
        }
        if parameters.metres.is_empty() {
            return;
        }
        self.near(
            &format!("{who} metres"),
            reference.metres,
            observed.metres,
            CLOSE_M,
        );
        for ((metres, range), count) in (parameters.metres.iter())
            .zip(&reference.within_metres)
            .zip(&observed.within_metres)
        {
            self.range(&format!("{who} within_{metres}m"), *range, *count);
        }
    }

    fn stations(&mut self, parameters: &Parameters, answer: &Answer, observed: &Observed) {
        let reference_ids: Vec<&str> = (answer.stations.iter())
            .map(|station| station.id.as_str())
            .collect();
        let ids: Vec<&str> = (observed.stations.iter())
            .map(|station| station.id.as_str())
            .collect();
        self.expect(reference_ids == ids, || {
            format!("stations: reference {reference_ids:?}, observed {ids:?}")
        });
        for (reference, observed) in answer.stations.iter().zip(&observed.stations) {
            self.station(parameters, reference, observed);
        }
    }

    fn station(
        &mut self,
        parameters: &Parameters,
        reference: &StationAnswer,
        observed: &ObservedStation,
    ) {
        let who = format!("station {}", reference.id);
        let status = reference.status.name();
        self.expect(status == observed.status, || {
            format!(
                "{who} status: reference {status}, observed {}",
                observed.status
            )
        });
        let best = (reference.snaps_m.iter().copied()).min_by(f64::total_cmp);
        self.near(
            &format!("{who} snap_m"),
            best,
            observed.snap_m,
            SNAP_TOLERANCE_M,
        );
        for ((minutes, reference), observed) in (parameters.minutes.iter())
            .zip(&reference.by_minutes)
            .zip(&observed.by_minutes)
        {
            self.catchment(&who, &minutes.to_string(), reference, observed);
        }
        for ((metres, reference), observed) in (parameters.metres.iter())
            .zip(&reference.by_metres)
            .zip(&observed.by_metres)
        {
            self.catchment(&who, &format!("{metres}m"), reference, observed);
        }
    }

    fn catchment(
        &mut self,
        who: &str,
        cutoff: &str,
        reference: &Catchment,
        observed: &ObservedCatchment,
    ) {
        for (what, reference, observed) in [
            ("residents", reference.residents, observed.residents),
            (
                "1000 x population",
                reference.population,
                observed.population,
            ),
            (
                "1000 x exclusive_population",
                reference.exclusive_population,
                observed.exclusive_population,
            ),
        ] {
            self.range(&format!("{who} {what}_{cutoff}"), reference, observed);
        }
    }

    /// The table holds every pair within the largest minute cutoff, and no other.
    fn travel_times(
        &mut self,
        case: &Case,
        parameters: &Parameters,
        answer: &Answer,
        rows: &[(String, String, f64)],
    ) {
        let largest = parameters.minutes.iter().copied().max().unwrap_or_default();
        let mut left: Vec<&(String, String, f64)> = rows.iter().collect();
        for (record, resident) in case.residents.iter().zip(&answer.residents) {
            for (station, &seconds) in answer.stations.iter().zip(&resident.seconds_to) {
                let decision = within_minutes(seconds, largest);
                let (Some(seconds), true) = (seconds, decision != Decision::No) else {
                    continue;
                };
                // Several records may have the same id: each takes a row that fits it.
                let row = left.iter().position(|(resident, id, time)| {
                    *resident == record.id && *id == station.id && (time - seconds).abs() <= CLOSE_S
                });
                if let Some(row) = row {
                    left.swap_remove(row);
                } else {
                    self.expect(decision == Decision::TooClose, || {
                        format!(
                            "travel_times: no row for {} to {} in {seconds} s",
                            record.id, station.id
                        )
                    });
                }
            }
        }
        for row in left {
            self.lines
                .push(format!("travel_times: {row:?} is not in the reference"));
        }
    }

    fn summary(&mut self, parameters: &Parameters, answer: &Answer, summary: &Value) {
        let totals = &answer.totals;
        let mut people = vec![(
            "total".to_owned(),
            Range {
                low: totals.people,
                high: totals.people,
            },
        )];
        for (status, &range) in Status::ALL.iter().zip(&totals.people_by_status) {
            people.push((status.name().to_owned(), range));
        }
        for (minutes, &range) in (parameters.minutes.iter()).zip(&totals.people_within_minutes) {
            people.push((format!("within_{minutes}"), range));
        }
        for (metres, &range) in parameters.metres.iter().zip(&totals.people_within_metres) {
            people.push((format!("within_{metres}m"), range));
        }
        for (name, range) in people {
            let what = format!("summary.json population.{name} x 1000");
            let value = &summary["population"][&name];
            match thousandths(&value.to_string()) {
                Some(value) => self.range(&what, range, value),
                None => self.lines.push(format!("{what}: {value}")),
            }
        }
        for (status, &range) in Status::ALL.iter().zip(&totals.records_by_status) {
            let what = format!("summary.json residents.{}", status.name());
            let value = &summary["residents"][status.name()];
            match value.as_u64() {
                Some(value) => self.range(&what, range, value),
                None => self.lines.push(format!("{what}: {value}")),
            }
        }
    }
}
