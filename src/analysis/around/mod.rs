//! What lies around the streets: straight legs across what nobody walks across, and people near where the data end.

mod cut_places;
mod sides;

use geo_types::Coord;

use super::Analysis;
use crate::coverage::Status;
use crate::geometry::{Bounds, LocalMetres};
use crate::id::ResidentId;
use crate::model::{CityRecords, FindingCode, Findings, ObstacleKind, Resident, Surroundings};
use crate::parallel;
use crate::snap::{Entrance, Snap};
use crate::text::language::{InLanguage, Words, place_zh, words};
use crate::units::{People, Unit};
use cut_places::CutPlaces;
use sides::{SQUARE, Sides};

/// Residents per parallel task.
const CHUNK: usize = 1024;

/// Straight legs that cross a motorway, a railway, a river or other water, and people within one cutoff of where the data end:
/// see [`Surroundings`].
///
/// # Complexity
/// O(n) in the obstacles' vertices within the box of the records, and per leg the obstacles within some 200 m.
#[must_use]
pub(crate) fn around_findings(
    analysis: &Analysis,
    city: CityRecords<'_>,
    surroundings: &Surroundings,
) -> Findings {
    let mut findings = crossing_findings(analysis, city, surroundings);
    findings.extend(extent_findings(analysis, city, surroundings));
    findings
}

/// A leg that crosses something.
struct Crossing {
    leg_m: f64,
    obstacle: Option<u32>,
}

/// Legs, and what they may cross.
struct Legs<'a> {
    analysis: &'a Analysis,
    city: CityRecords<'a>,
    sides: Sides,
}

impl<'a> Legs<'a> {
    /// `None` where nobody crosses anything: there are no records, or nothing lies around them.
    fn new(
        analysis: &'a Analysis,
        city: CityRecords<'a>,
        surroundings: &Surroundings,
    ) -> Option<Self> {
        let homes = city.residents.iter().filter_map(Resident::valid_place);
        let stations = city.stations.iter();
        let stations = stations.filter_map(|station| station.place.as_ref().ok().copied());
        let around = Bounds::around(homes.chain(stations))?;
        let margin = Coord {
            x: 5.0 * SQUARE,
            y: 5.0 * SQUARE,
        };
        let within = Bounds {
            min: around.min - margin,
            max: around.max + margin,
        };
        let sides = Sides::new(surroundings, within);
        (!sides.is_empty()).then_some(Self {
            analysis,
            city,
            sides,
        })
    }

    fn crossing(&self, place: Coord<f64>, snap: &Snap) -> Option<Crossing> {
        if !self.sides.has_any_near(place, snap.leg_m) {
            return None;
        }
        let street = self.analysis.network().place_at(snap.edge, snap.fraction);
        let crossed = self.sides.crossed(place, street)?;
        Some(Crossing {
            leg_m: snap.leg_m,
            obstacle: crossed.obstacle,
        })
    }

    fn of_resident(&self, resident: ResidentId) -> Option<Crossing> {
        let snapped = self.analysis.snapped();
        // By gates the way is another, and is looked at where the walls are.
        if snapped.gate_accesses(resident).next().is_some() {
            return None;
        }
        let place = self.city.residents[resident.index()].valid_place()?;
        self.crossing(place, snapped.residents()[resident.index()].snap()?)
    }

    fn of_entrance(&self, entrance: &Entrance) -> Option<Crossing> {
        let row = &self.city.stations[entrance.row as usize];
        let place = row.place.as_ref().ok()?;
        let snap = entrance.snapping.snap().filter(|_| entrance.gate.is_none());
        self.crossing(*place, snap?)
    }
}

fn crossing_findings(
    analysis: &Analysis,
    city: CityRecords<'_>,
    surroundings: &Surroundings,
) -> Findings {
    let mut findings = Findings::default();
    let Some(legs) = Legs::new(analysis, city, surroundings) else {
        return findings;
    };
    let residents: Vec<ResidentId> = (0..).map(ResidentId).take(city.residents.len()).collect();
    let of_residents = parallel::map(&residents, CHUNK, |resident| legs.of_resident(*resident));
    let people = of_residents.iter().zip(city.residents);
    let people = people.filter(|(crossing, _)| crossing.is_some());
    let people: People = people.map(|(_, resident)| resident.people).sum();
    for (crossing, resident) in of_residents.iter().zip(city.residents) {
        let Some(crossing) = crossing else { continue };
        findings.add(FindingCode::LegCrosses, || {
            let crossing = crossing_words(&resident.id, &resident.source, crossing, surroundings);
            let zh = crossing.zh();
            words!("{crossing}; {people} people in all", "{zh}；共 {people} 人")
        });
    }
    let snapped = analysis.snapped();
    for entrance in snapped
        .stations()
        .flat_map(|station| snapped.entrances(station))
    {
        let Some(crossing) = legs.of_entrance(entrance) else {
            continue;
        };
        findings.add(FindingCode::StationLegCrosses, || {
            let row = &city.stations[entrance.row as usize];
            crossing_words(&row.id, &row.source, &crossing, surroundings)
        });
    }
    findings
}

/// Whose leg crosses what.
fn crossing_words(
    id: &str,
    source: &str,
    crossing: &Crossing,
    surroundings: &Surroundings,
) -> Words {
    let obstacle = crossing.obstacle;
    let obstacle = obstacle.map(|number| &surroundings.obstacles[number as usize]);
    let what = match obstacle.map(|obstacle| (obstacle.kind, obstacle.way)) {
        Some((ObstacleKind::Motorway, way)) => {
            words!(
                "the motorway, way {way}",
                "禁止步行的快速道路（道路 {way}）"
            )
        }
        Some((ObstacleKind::Railway, way)) => {
            words!("the railway, way {way}", "铁路（线路 {way}）")
        }
        Some((ObstacleKind::River, way)) => words!("the river, way {way}", "河流（{way}）"),
        None => words!("water", "水域"),
    };
    let (leg_m, what_zh, place) = (crossing.leg_m, what.zh(), place_zh(source));
    words!(
        "{id} ({source}): {leg_m:.0} m straight across {what}",
        "{id}（{place}）：直线 {leg_m:.0} 米，穿越{what_zh}"
    )
}

/// As far as the deciding cutoff allows, on the level or where the walker is fastest downhill.
fn reach_m(analysis: &Analysis) -> f64 {
    let deciding = analysis.options.tests.deciding();
    match deciding.unit() {
        Unit::Millimetres => f64::from(deciding.cost()) / 1000.0,
        Unit::Milliseconds => {
            let profile = &analysis.options.profile;
            let fastest = match analysis.network().height_metres() {
                Some(_) => profile.slope().fastest(),
                None => 1.0,
            };
            f64::from(deciding.cost()) / 1000.0 * profile.level_kmh() / 3.6 * fastest
        }
    }
}

/// Who lives within one cutoff of where the data end.
fn extent_findings(
    analysis: &Analysis,
    city: CityRecords<'_>,
    surroundings: &Surroundings,
) -> Findings {
    let mut findings = Findings::default();
    let metres = reach_m(analysis);
    let near = near_the_end(analysis, city, surroundings, metres);
    let Some(first) = near.first() else {
        return findings;
    };
    let statuses = analysis.coverage.statuses();
    let is_covered = |resident: &ResidentId| statuses[resident.index()] == Status::Covered;
    let people_of = |resident: &ResidentId| city.residents[resident.index()].people;
    let people: People = near.iter().map(people_of).sum();
    let left_out = near.iter().filter(|resident| !is_covered(resident));
    let left_out: People = left_out.map(people_of).sum();
    findings.add_many(FindingCode::NearDataEdge, near.len() as u64, || {
        let Resident { id, source, .. } = &city.residents[first.index()];
        let place = place_zh(source);
        words!(
            "{id} ({source}); {people} people live within {metres:.0} m of the end, {left_out} of them not covered",
            "{id}（{place}）；距数据边缘 {metres:.0} 米内共 {people} 人，其中 {left_out} 人未覆盖"
        )
    });
    findings
}

/// The residents within so many metres of where the data end, in input order.
fn near_the_end(
    analysis: &Analysis,
    city: CityRecords<'_>,
    surroundings: &Surroundings,
    metres: f64,
) -> Vec<ResidentId> {
    let Some(streets) = analysis.network().bounds() else {
        return Vec::new();
    };
    let local = LocalMetres::at(f64::midpoint(streets.min.y, streets.max.y));
    let extent = surroundings.extent.or_else(|| {
        // Streets within one cutoff of each other are a piece of a city, of which everybody is near the end.
        let is_wide = (streets.max.x - streets.min.x) * local.east_m > 2.0 * metres
            && (streets.max.y - streets.min.y) * local.north_m > 2.0 * metres;
        is_wide.then_some(streets)
    });
    let reach = Coord {
        x: metres / local.east_m,
        y: metres / local.north_m,
    };
    let inner = extent.map(|extent| Bounds {
        min: extent.min + reach,
        max: extent.max - reach,
    });
    let cuts = CutPlaces::new(surroundings, reach);
    let is_near = |resident: &Resident| {
        let place = resident.valid_place();
        place.is_some_and(|place| {
            inner.is_some_and(|inner| !inner.contains(place)) || cuts.is_within(place, metres)
        })
    };
    let near = parallel::map(city.residents, CHUNK, is_near);
    (0..)
        .map(ResidentId)
        .zip(near)
        .filter_map(|(resident, is_near)| is_near.then_some(resident))
        .collect()
}

#[cfg(test)]
mod tests {
    use geo_types::Polygon;

    use super::*;
    use crate::analysis::{Options, analyse};
    use crate::control::Control;
    use crate::geometry::Location;
    use crate::model::{Obstacle, Station, WayKind};
    use crate::network::Network;

    fn at(x: f64, y: f64) -> Coord<f64> {
        Coord { x, y }
    }

    /// What is found around a street of 0.02° on the equator, with a station at its western end and homes of one person each.
    fn found(homes: &[(f64, f64)], surroundings: &Surroundings) -> Vec<(FindingCode, u64, String)> {
        let ends = [at(0.0, 0.0), at(0.02, 0.0)];
        let network = Network::from_edges(&ends, &[(0, 1, WayKind::Street)]).expect("a street");
        let homes = (1..).zip(homes);
        let homes = homes.map(|(number, (x, y))| Resident::new(format!("home {number}"), *x, *y));
        let homes: Vec<Resident> = homes.collect();
        let city = CityRecords {
            stations: &[Station::new("station", 0.0, 0.0)],
            residents: &homes,
            areas: &[],
        };
        let control = Control::default();
        let options = Options::minutes(&[15.0]).expect("a cutoff");
        let analysis = analyse(&network, city, options, control).expect("an analysis");
        let findings = around_findings(&analysis, city, surroundings);
        let findings = findings.worst_first().into_iter();
        findings
            .map(|found| (found.code, found.count, found.example.to_string()))
            .collect()
    }

    #[test]
    fn a_home_beyond_a_motorway_or_a_lake_is_said_and_one_before_it_is_not() {
        let motorway = Obstacle {
            kind: ObstacleKind::Motorway,
            way: 7,
            line: vec![at(-0.1, 0.0004), at(0.1, 0.0004)],
        };
        let lake = [
            (0.004, -0.0006),
            (0.006, -0.0006),
            (0.006, -0.0002),
            (0.004, -0.0002),
        ];
        let surroundings = Surroundings {
            water: vec![Polygon::new(lake.to_vec().into(), Vec::new())],
            obstacles: vec![motorway],
            ..Surroundings::default()
        };
        let homes = [
            (0.01, 0.0008),
            (0.01, 0.0003),
            (0.005, -0.0008),
            (0.003, -0.0008),
        ];
        let found = found(&homes, &surroundings);
        // 0.0008° of the equator's meridian are 88.5 m.
        let expected = "home 1 (): 88 m straight across the motorway, way 7; 2 people in all";
        assert_eq!(found, [(FindingCode::LegCrosses, 2, expected.to_owned())]);
    }

    #[test]
    fn who_lives_within_one_cutoff_of_the_end_of_the_data_is_counted() {
        // 15 minutes at 4.8 km/h are 1,200 m: 0.0108° here. The end lies 0.011° and 0.02° around the street.
        let homes = [(0.001, 0.0), (0.019, 0.0), (0.01, 0.0003)];
        let around = |margin: f64| Surroundings {
            extent: Some(Bounds {
                min: at(-margin, -1.0),
                max: at(0.02 + margin, 1.0),
            }),
            ..Surroundings::default()
        };
        assert_eq!(found(&homes, &around(0.02)), []);
        let near = found(&homes, &around(0.009));
        let expected = "home 1 (); 2 people live within 1200 m of the end, 1 of them not covered";
        assert_eq!(near, [(FindingCode::NearDataEdge, 2, expected.to_owned())]);
        let cut = Surroundings {
            cut_at: [at(0.02, 0.0)]
                .map(Location::from_degrees)
                .into_iter()
                .flatten()
                .collect(),
            ..around(0.02)
        };
        assert_eq!(
            found(&homes, &cut)[0].1,
            2,
            "the second, and the third at 0.01°"
        );
    }
}
