//! What lies around the streets: straight legs across what nobody walks across, and people near where the data end.

use std::collections::{BTreeMap, BTreeSet};

use geo_types::{Coord, LineString};

use super::Analysis;
use crate::coverage::Status;
use crate::geometry::{Bounds, LocalMetres, geodesic_m};
use crate::id::ResidentId;
use crate::model::{CityRecords, FindingCode, Findings, ObstacleKind, Resident, Surroundings};
use crate::parallel;
use crate::snap::{Entrance, Snap};
use crate::text::language::{InLanguage, Words, place_zh, words};
use crate::units::{People, Unit};

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

/// A side of an obstacle.
#[derive(Clone, Copy)]
struct Side {
    from: Coord<f64>,
    to: Coord<f64>,
    /// Its obstacle; `None` for water.
    obstacle: Option<u32>,
}

/// The sides of obstacles by squares of [`SQUARE`] degrees.
struct Sides {
    list: Vec<Side>,
    by_square: BTreeMap<(i32, i32), Vec<u32>>,
}

/// The side of a square in degrees: about the longest leg.
const SQUARE: f64 = 0.002;

fn square(place: Coord<f64>) -> (i32, i32) {
    let [row, column] = [place.y, place.x].map(|degrees| (degrees / SQUARE).floor() as i32);
    (row, column)
}

impl Sides {
    /// The sides within a box.
    fn new(surroundings: &Surroundings, within: Bounds) -> Self {
        let mut sides = Self {
            list: Vec::new(),
            by_square: BTreeMap::new(),
        };
        for (number, obstacle) in (0..).zip(&surroundings.obstacles) {
            for pair in obstacle.line.windows(2) {
                sides.add((pair[0], pair[1]), Some(number), within);
            }
        }
        for polygon in &surroundings.water {
            let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
            for side in rings.flat_map(LineString::lines) {
                sides.add((side.start, side.end), None, within);
            }
        }
        sides
    }

    fn add(&mut self, (from, to): (Coord<f64>, Coord<f64>), obstacle: Option<u32>, within: Bounds) {
        let Some(around) = Bounds::around([from, to]).filter(|around| around.meets(&within)) else {
            return;
        };
        let number = self.list.len() as u32;
        self.list.push(Side { from, to, obstacle });
        let (south, _) = square(Coord {
            y: around.min.y.max(within.min.y),
            ..around.min
        });
        let (north, _) = square(Coord {
            y: around.max.y.min(within.max.y),
            ..around.max
        });
        let [first, last] = [
            around.min.x.max(within.min.x),
            around.max.x.min(within.max.x),
        ];
        let slope = (to.x - from.x) / (to.y - from.y);
        for row in south..=north {
            // The longitudes of the side within the row.
            let at = |y: f64| {
                let x = from.x + (y.clamp(around.min.y, around.max.y) - from.y) * slope;
                if x.is_finite() { Some(x) } else { None }
            };
            let ends = [f64::from(row) * SQUARE, f64::from(row + 1) * SQUARE].map(at);
            let (west, east) = match ends {
                [Some(a), Some(b)] => (a.min(b).max(first), a.max(b).min(last)),
                _ => (first, last),
            };
            let column = |x: f64| (x / SQUARE).floor() as i32;
            for column in column(west)..=column(east) {
                self.by_square
                    .entry((row, column))
                    .or_default()
                    .push(number);
            }
        }
    }

    /// The sides in the squares between two places.
    fn near(&self, from: Coord<f64>, to: Coord<f64>) -> impl Iterator<Item = &Side> {
        let ((a, b), (c, d)) = (square(from), square(to));
        let columns = b.min(d)..=b.max(d);
        let rows = (a.min(c)..=a.max(c)).flat_map(move |row| {
            let range = (row, *columns.start())..=(row, *columns.end());
            self.by_square.range(range)
        });
        rows.flat_map(|(_, sides)| sides)
            .map(|side| &self.list[*side as usize])
    }

    /// The first side, in the order of the obstacles, that a straight leg crosses.
    fn crossed(&self, from: Coord<f64>, to: Coord<f64>) -> Option<&Side> {
        let crossed = self.near(from, to).filter(|side| side.is_crossed(from, to));
        // Water after lines, which have names.
        crossed.min_by_key(|side| side.obstacle.map_or(u32::MAX, |obstacle| obstacle))
    }

    /// Whether anything is within so many metres of a place.
    fn has_any_near(&self, place: Coord<f64>, metres: f64) -> bool {
        let local = LocalMetres::at(place.y);
        let reach = Coord {
            x: metres / local.east_m,
            y: metres / local.north_m,
        };
        self.near(place - reach, place + reach).next().is_some()
    }
}

impl Side {
    /// Whether a leg goes from one side to the other. A leg that only touches it does not cross; a corner belongs to one of its
    /// two sides.
    fn is_crossed(&self, from: Coord<f64>, to: Coord<f64>) -> bool {
        let turn = |a: Coord<f64>, b: Coord<f64>, c: Coord<f64>| {
            (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
        };
        let (before, behind) = (turn(self.from, self.to, from), turn(self.from, self.to, to));
        let is_parted = (before > 0.0 && behind < 0.0) || (before < 0.0 && behind > 0.0);
        is_parted && (turn(from, to, self.from) >= 0.0) != (turn(from, to, self.to) >= 0.0)
    }
}

/// A leg that crosses something.
struct Crossing {
    leg_m: f64,
    obstacle: Option<u32>,
}

fn crossing_findings(
    analysis: &Analysis,
    city: CityRecords<'_>,
    surroundings: &Surroundings,
) -> Findings {
    let mut findings = Findings::default();
    let homes = city.residents.iter().filter_map(Resident::valid_place);
    let stations = city.stations.iter();
    let stations = stations.filter_map(|station| station.place.as_ref().ok().copied());
    let Some(around) = Bounds::around(homes.chain(stations)) else {
        return findings;
    };
    let margin = Coord {
        x: 5.0 * SQUARE,
        y: 5.0 * SQUARE,
    };
    let within = Bounds {
        min: around.min - margin,
        max: around.max + margin,
    };
    let sides = Sides::new(surroundings, within);
    if sides.list.is_empty() {
        return findings;
    }
    let crossing = |place: Coord<f64>, snap: &Snap| {
        if !sides.has_any_near(place, snap.leg_m) {
            return None;
        }
        let street = analysis.network().place_at(snap.edge, snap.fraction);
        let crossed = sides.crossed(place, street)?;
        Some(Crossing {
            leg_m: snap.leg_m,
            obstacle: crossed.obstacle,
        })
    };
    let snapped = analysis.snapped();
    let residents: Vec<ResidentId> = (0..).map(ResidentId).take(city.residents.len()).collect();
    let of_residents = parallel::map(&residents, CHUNK, |resident| {
        // By gates the way is another, and is looked at where the walls are.
        if snapped.gate_accesses(*resident).next().is_some() {
            return None;
        }
        let place = city.residents[resident.index()].valid_place()?;
        crossing(place, snapped.residents()[resident.index()].snap()?)
    });
    let of_entrance = |entrance: &Entrance| {
        let place = city.stations[entrance.row as usize].place.as_ref().ok()?;
        let snap = entrance.snapping.snap().filter(|_| entrance.gate.is_none());
        crossing(*place, snap?)
    };
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
    for station in snapped.stations() {
        for entrance in snapped.entrances(station) {
            let Some(crossing) = of_entrance(entrance) else {
                continue;
            };
            findings.add(FindingCode::StationLegCrosses, || {
                let row = &city.stations[entrance.row as usize];
                crossing_words(&row.id, &row.source, &crossing, surroundings)
            });
        }
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

/// Who lives within one cutoff of where the data end.
fn extent_findings(
    analysis: &Analysis,
    city: CityRecords<'_>,
    surroundings: &Surroundings,
) -> Findings {
    let mut findings = Findings::default();
    let deciding = analysis.options.tests.deciding();
    let metres = match deciding.unit() {
        Unit::Millimetres => f64::from(deciding.cost()) / 1000.0,
        Unit::Milliseconds => {
            f64::from(deciding.cost()) / 1000.0 * analysis.options.profile.level_kmh() / 3.6
        }
    };
    let Some(streets) = analysis.network().bounds() else {
        return findings;
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
    let near: Vec<ResidentId> = (0..)
        .map(ResidentId)
        .zip(near)
        .filter_map(|(resident, is_near)| is_near.then_some(resident))
        .collect();
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

/// The places where streets are cut, by squares of one reach.
struct CutPlaces {
    reach: Coord<f64>,
    places: Vec<Coord<f64>>,
    squares: BTreeMap<(i64, i64), Vec<u32>>,
}

impl CutPlaces {
    fn new(surroundings: &Surroundings, reach: Coord<f64>) -> Self {
        let known: BTreeSet<_> = surroundings.cut_at.iter().copied().collect();
        let places: Vec<Coord<f64>> = known
            .into_iter()
            .map(super::super::geometry::Location::degrees)
            .collect();
        let mut cuts = Self {
            reach,
            places,
            squares: BTreeMap::new(),
        };
        for (number, place) in (0..).zip(&cuts.places) {
            let at = cuts.square(*place);
            cuts.squares.entry(at).or_default().push(number);
        }
        cuts
    }

    fn square(&self, place: Coord<f64>) -> (i64, i64) {
        let at = |degrees: f64, side: f64| (degrees / side).floor() as i64;
        (at(place.y, self.reach.y), at(place.x, self.reach.x))
    }

    fn is_within(&self, place: Coord<f64>, metres: f64) -> bool {
        if self.places.is_empty() {
            return false;
        }
        let (row, column) = self.square(place);
        let rows = row - 1..=row + 1;
        let mut beside =
            rows.flat_map(|row| self.squares.range((row, column - 1)..=(row, column + 1)));
        beside.any(|(_, cuts)| {
            let places = cuts.iter().map(|cut| self.places[*cut as usize]);
            places
                .into_iter()
                .any(|cut| geodesic_m(place, cut) <= metres)
        })
    }
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

    fn sides(line: &[(f64, f64)]) -> Sides {
        let obstacle = Obstacle {
            kind: ObstacleKind::River,
            way: 1,
            line: line.iter().map(|(x, y)| at(*x, *y)).collect(),
        };
        let surroundings = Surroundings {
            obstacles: vec![obstacle],
            ..Surroundings::default()
        };
        let within = Bounds {
            min: at(-1.0, -1.0),
            max: at(1.0, 1.0),
        };
        Sides::new(&surroundings, within)
    }

    #[test]
    fn a_leg_crosses_what_lies_between_its_ends_and_not_what_it_touches() {
        let river = sides(&[(-0.5, 0.01), (0.0, 0.01), (0.0, 0.5)]);
        let crosses = |from, to| river.crossed(from, to).is_some();
        assert!(crosses(at(-0.0205, 0.0095), at(-0.0205, 0.0105)));
        assert!(crosses(at(-0.0005, 0.02), at(0.0005, 0.02)));
        assert!(
            !crosses(at(-0.0205, 0.0095), at(-0.0205, 0.01)),
            "up to the bank"
        );
        assert!(!crosses(at(-0.02, 0.0105), at(-0.021, 0.0105)), "along it");
        assert!(
            !crosses(at(0.0005, 0.0095), at(0.0005, 0.0105)),
            "past its end"
        );
        assert!(
            crosses(at(-0.0005, 0.0105), at(0.0005, 0.0095)),
            "over its corner"
        );
    }

    #[test]
    fn long_sides_are_found_wherever_they_lie() {
        // A diagonal, and each place beside it; and the same turned about.
        for line in [[(-0.9, -0.7), (0.9, 0.65)], [(0.9, 0.65), (-0.9, -0.7)]] {
            let river = sides(&line);
            for step in 1..1000 {
                let part = f64::from(step) / 1000.0;
                let place = at(-0.9, -0.7) + at(1.8, 1.35) * part;
                let leg = at(-0.0003, 0.0004);
                assert!(river.crossed(place - leg, place + leg).is_some(), "{part}");
                assert!(
                    river.crossed(place + leg, place + leg + leg).is_none(),
                    "{part}"
                );
            }
        }
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
