//! The clauses of standards, in every denominator that there is data for.

use super::asking::Asking;
use crate::error::Error;
use crate::model::{Attribute, CityRecords};
use crate::planning::indicators::{Buildings, Denominator};
use crate::planning::provision::{Clauses, Counted, Land, Survey};
use crate::planning::standards::Clause;

/// Residential land is sampled so often, in metres: a building is not missed.
const LAND_SPACING_M: f64 = 20.0;
/// The ground of areas is sampled so often, in metres: most of it is not built on.
const AREA_SPACING_M: f64 = 50.0;

/// Measures the standards' clauses.
pub(super) fn measure(asking: &Asking<'_>) -> Result<Clauses, Error> {
    let standards = &asking.plan.standards;
    if standards.is_empty() {
        return Ok(Clauses::default());
    }
    let inputs = asking.inputs;
    let people = asking.people.iter().map(|people| people.thousandths());
    let mut counted = vec![Counted {
        denominator: Denominator::People,
        survey: asking.survey,
        weights: people.collect(),
        buildings: None,
    }];
    if let Some(column) = inputs.resident_attributes.of(Attribute::Building) {
        let buildings = Buildings::new((0..column.len()).map(|row| column.get(row)));
        counted.push(Counted {
            denominator: Denominator::Buildings,
            survey: asking.survey,
            weights: buildings.weights(),
            buildings: Some(buildings),
        });
    }
    let grounds = [
        (Denominator::ResidentialLand, &inputs.land, LAND_SPACING_M),
        (Denominator::Area, &inputs.areas, AREA_SPACING_M),
    ];
    let mut sampled = Vec::new();
    for (denominator, polygons, spacing_m) in grounds {
        let land = Land::sample(polygons, spacing_m);
        if !land.samples.is_empty() {
            let placed = asking.placed_on(&land.samples)?;
            sampled.push((denominator, land, placed));
        }
    }
    let surveys = sampled.iter().map(|(_, land, placed)| {
        let city = CityRecords {
            residents: &land.samples,
            ..asking.city
        };
        Survey::new(placed, city, asking.control)
    });
    let surveys: Vec<Survey<'_>> = surveys.collect::<Result<_, _>>()?;
    for ((denominator, land, _), survey) in sampled.iter().zip(&surveys) {
        counted.push(Counted {
            denominator: *denominator,
            survey,
            weights: land.weights(),
            buildings: None,
        });
    }
    let stations_of = |clause: &Clause| asking.stations.of_clause(clause);
    Ok(Clauses::measure(
        standards,
        counted,
        stations_of,
        asking.control,
    )?)
}
