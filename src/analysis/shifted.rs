//! Layers that are shifted as Chinese maps are.

use geo_types::Coord;

use super::Analysis;
use crate::crs::{Crs, is_in_china};
use crate::language::words;
use crate::model::{City, FindingCode, Findings, LayerSpan, Resident};
use crate::snap::Shift;

/// Layers that look shifted as Chinese maps are, or whose streets do: reported with both distances, never corrected.
#[must_use]
pub fn shift_findings(analysis: &Analysis, city: City<'_>, layers: &[LayerSpan]) -> Findings {
    let mut findings = Findings::default();
    let places = |layer: &LayerSpan| -> Vec<Coord<f64>> {
        let rows = layer.rows.clone();
        if layer.is_stations {
            let stations = city.stations[rows].iter();
            stations
                .filter_map(|station| station.place.as_ref().ok().copied())
                .collect()
        } else {
            city.residents[rows]
                .iter()
                .filter_map(Resident::valid_place)
                .collect()
        }
    };
    let layers: Vec<(&LayerSpan, Vec<Coord<f64>>)> = layers
        .iter()
        .map(|layer| (layer, places(layer)))
        .filter(|(_, places)| places.iter().any(|place| is_in_china(*place)))
        .collect();
    if layers.is_empty() {
        return findings;
    }
    let snapper = analysis.snapper();
    for (layer, places) in layers {
        let Some(shift) = Shift::of(&snapper, &places) else {
            continue;
        };
        let system = if shift.crs == Crs::Bd09 {
            "BD-09"
        } else {
            "GCJ-02"
        };
        let (flag, flag_zh) = match (shift.of_points, layer.is_stations) {
            (true, true) => ("--stations-crs", "--stations-crs 取"),
            (true, false) => ("--residents-crs", "--residents-crs 取"),
            (false, _) => ("the network is in", "路网采用"),
        };
        findings.add(FindingCode::ShiftedLayer, || {
            let Shift { as_given_m, undone_m, .. } = shift;
            let name = &layer.name;
            words!(
                "{name}: half of its points are within {as_given_m:.0} m of a street, and within {undone_m:.0} m if {flag} {system}",
                "{name}：半数点位距道路不超过 {as_given_m:.0} 米；若{flag_zh} {system}，则不超过 {undone_m:.0} 米"
            )
        });
    }
    findings
}
