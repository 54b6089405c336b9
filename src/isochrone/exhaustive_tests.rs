//! The drawing against the plain way: every place of the lattice snapped by itself, its cost asked for, and the outlines drawn
//! by a general contouring library over a window that holds them all. The polygons are the same, corner by corner.

use std::collections::BTreeMap;

use contour::contour_rings;
use geo::{BoundingRect, Contains, Intersects};
use geo_types::{Coord, LineString, MultiPolygon, Point, Polygon, Rect};

use super::lattice::{Cell, Lattice};
use super::{Ground, Isochrones, SampleGrid};
use crate::control::{Control, Stage};
use crate::id::EdgeId;
use crate::model::{Compound, Compounds, Gate, WayKind};
use crate::network::{Direction, Impedance, Network};
use crate::search::Trip;
use crate::snap::{Snap, SnapOptions, Snapped, Snapper, Snapping};
use crate::units::{CLOSED, Cost, Cutoff, Unit};
use crate::walker::{Placed, WalkOptions, Walker};

const NEAREST: f64 = 0.02;
const BEYOND: f64 = 1.01;
/// Milliseconds for a metre.
const PACE: f64 = 750.0;
/// Junctions in a row of a town, and rows.
const SIDE: u32 = 9;

type Reached = (Cell, Cost);

/// Numbers that look drawn; the same ones every time.
struct Drawn(u64);

impl Drawn {
    fn below(&mut self, bound: u32) -> u32 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as u32) % bound
    }
}

/// A crooked grid of streets with some missing, so that parts of it hang together badly and parks are left between them.
fn town(drawn: &mut Drawn, latitude: f64) -> Network {
    let mut places = Vec::new();
    for index in 0..SIDE * SIDE {
        let mut at = |step: u32| f64::from(step * 1000 + drawn.below(600)) * 1.4e-6;
        places.push(Coord {
            x: 9.5 + at(index % SIDE),
            y: latitude + at(index / SIDE),
        });
    }
    let mut streets = Vec::new();
    for index in 0..SIDE * SIDE {
        let ends = [
            (index % SIDE + 1 < SIDE, index + 1),
            (index / SIDE + 1 < SIDE, index + SIDE),
        ];
        for (is_there, end) in ends {
            if is_there && drawn.below(10) < 7 {
                streets.push((index, end, WayKind::Street));
            }
        }
    }
    Network::from_edges(&places, &streets).expect("a town")
}

/// Costs of about a walker's pace; one street in eight is closed in one direction.
fn costs(drawn: &mut Drawn, network: &Network) -> Impedance {
    let all: Vec<[Cost; 2]> = network
        .edge_ids()
        .map(|edge| {
            let mut cost = || {
                let slowness = f64::from(80 + drawn.below(120)) / 100.0;
                (network.edge(edge).length_m * PACE * slowness) as Cost
            };
            let mut costs = [cost(), cost()];
            if drawn.below(8) == 0 {
                costs[drawn.below(2) as usize] = CLOSED;
            }
            costs
        })
        .collect();
    Impedance::from_costs(network, Unit::Milliseconds, PACE, |edge, direction| {
        all[edge.index()][usize::from(direction == Direction::Backward)]
    })
}

/// Seven stations, two of them with two entrances.
fn stations(drawn: &mut Drawn, network: &Network) -> Snapped {
    let ids = ["a", "b", "c", "d", "e", "f", "g", "a", "b"];
    let rows: Vec<Snapping> = ids
        .iter()
        .map(|_| {
            Snapping::On(Snap::new(
                EdgeId(drawn.below(network.edge_count() as u32)),
                f64::from(drawn.below(5)) / 4.0,
                f64::from(drawn.below(20)),
            ))
        })
        .collect();
    let options = SnapOptions::default()
        .with_max_snap_m(60.0)
        .and_then(|options| options.with_leg_factor(1.3))
        .expect("options");
    Snapped::from_snappings(Vec::new(), &ids, &rows, options)
}

/// Compounds beside and across the streets, most of them with a few gates.
fn compounds(drawn: &mut Drawn, network: &Network) -> Compounds {
    let bounds = network.bounds().expect("a town");
    let (size, mut compounds) = (bounds.max - bounds.min, Compounds::default());
    for number in 0..30 {
        let id = number.to_string();
        let mut part = |of: f64| f64::from(drawn.below(1000)) / 1000.0 * of;
        let (x, y) = (part(size.x), part(size.y));
        let corner = bounds.min + Coord { x, y };
        let sides = Coord {
            x: 0.0004 + part(0.002),
            y: 0.0004 + part(0.002),
        };
        for gate in 0..drawn.below(4) {
            let at = Coord {
                x: sides.x * f64::from(drawn.below(100)) / 100.0,
                y: sides.y * f64::from(drawn.below(2)),
            };
            let at = corner + at;
            compounds.gates.push(Gate {
                compound: Some(id.clone()),
                ..Gate::new(format!("{number}-{gate}"), at.x, at.y)
            });
        }
        let ground = Rect::new(corner, corner + sides).to_polygon();
        compounds.list.push(Compound::new(id, ground));
    }
    compounds
}

/// The ways of somebody onto the streets: the nearest one, or by every gate.
fn ways(snapper: &Snapper<'_>, place: Coord<f64>) -> Vec<Snap> {
    let Snapping::On(snap) = snapper.snap(place) else {
        return Vec::new();
    };
    let accesses: Vec<Snap> = snapper
        .gate_accesses(place)
        .iter()
        .map(|access| access.snap)
        .collect();
    if accesses.first() == Some(&snap) {
        accesses
    } else {
        vec![snap]
    }
}

/// Every place of the lattice that snaps, with each of its ways onto the streets.
fn snapped_places(ground: Ground<'_>, lattice: Lattice) -> Vec<(Cell, Snap)> {
    let bounds = ground.network().bounds().expect("a town");
    let margin = Coord { x: 0.002, y: 0.002 };
    let (west, south) = lattice.position(bounds.min - margin);
    let (east, north) = lattice.position(bounds.max + margin);
    let snapper = ground.snapper();
    let mut places = Vec::new();
    for row in south as i32..north as i32 {
        for column in west as i32..east as i32 {
            let place = Coord {
                x: lattice.x(f64::from(column)),
                y: lattice.y(f64::from(row)),
            };
            for mut snap in ways(&snapper, place) {
                // As exact as samples are kept.
                snap.fraction = f64::from(snap.fraction as f32);
                places.push((Cell { row, column }, snap));
            }
        }
    }
    places
}

fn exhaustive(
    ground: Ground<'_>,
    (lattice, places): (Lattice, &[(Cell, Snap)]),
    cutoffs: &[Cutoff],
    trip: Trip,
) -> Isochrones {
    let longest = *cutoffs.last().expect("a cutoff");
    let leg_factor = ground.snapped().options().leg_factor();
    let reaches = ground.reaches(Control::default()).expect("nobody cancels");
    let (control, stage) = (Control::default(), Stage::Isochrones);
    let reached = reaches.map_stations(longest, control, stage, |_, reach| {
        // Out by one gate, and home by another.
        let by = |way: usize, ways: &[(Cell, Snap)]| {
            let cost = |snap: &Snap| {
                let leg = ground.impedance().leg(snap.leg_m * leg_factor);
                Some(reach.on(snap.edge).each_way(snap.fraction)[way]?.saturating_add(leg))
            };
            ways.iter().filter_map(|(_, snap)| cost(snap)).min()
        };
        let cost = |ways: &[(Cell, Snap)]| match trip {
            Trip::RoundTrip => Some(by(0, ways)?.saturating_add(by(1, ways)?)),
            _ => by(0, ways),
        };
        let cells = places.chunk_by(|one, other| one.0 == other.0);
        let costs = cells.filter_map(|ways| Some((ways[0].0, cost(ways)?)));
        let within = costs.filter(|(_, cost)| *cost <= longest.cost());
        within.collect::<Vec<Reached>>()
    });
    let reached = reached.expect("nobody cancels");
    let mut least: BTreeMap<Cell, Cost> = BTreeMap::new();
    for (cell, cost) in reached.iter().flatten() {
        let least = least.entry(*cell).or_insert(*cost);
        *least = (*least).min(*cost);
    }
    let outlines = |cells: &[Reached]| -> Vec<MultiPolygon<f64>> {
        let window = Window::around(cells);
        let outline = |cutoff: &Cutoff| window.outline(lattice, cells, cutoff.cost()).into();
        cutoffs.iter().map(outline).collect()
    };
    Isochrones {
        cutoffs: cutoffs.to_vec(),
        by_station: reached.iter().map(|cells| outlines(cells)).collect(),
        merged: outlines(&least.into_iter().collect::<Vec<Reached>>()),
    }
}

#[test]
fn drawings_are_those_of_every_place_asked_by_itself_and_every_window_contoured() {
    let Compared {
        parts,
        holes,
        further_ways,
    } = compare(|_, _| Compounds::default());
    assert!(parts > 300 && holes > 10, "{parts} parts, {holes} holes");
    assert_eq!(further_ways, 0);
}

#[test]
fn behind_walls_too() {
    let compared = compare(compounds);
    assert!(compared.parts > 400 && compared.holes > 50, "{compared:?}");
    assert!(compared.further_ways > 1000, "{compared:?}");
}

/// What there was in the drawings of some towns.
#[derive(Debug)]
struct Compared {
    parts: usize,
    holes: usize,
    /// Of places behind the first way onto the streets.
    further_ways: usize,
}

/// Compares the drawings of some towns.
fn compare(compounds: impl Fn(&mut Drawn, &Network) -> Compounds) -> Compared {
    let cutoffs = [1.5, 3.0, 4.5].map(|minutes| Cutoff::minutes(minutes).expect("a cutoff"));
    let (mut holes, mut parts, mut further_ways) = (0, 0, 0);
    for seed in 0..9 {
        let drawn = &mut Drawn(seed);
        let latitude = [0.0003, 41.0, -62.0][seed as usize / 3];
        let trip = [Trip::ToStation, Trip::FromStation, Trip::RoundTrip][seed as usize % 3];
        let network = town(drawn, latitude);
        let impedance = costs(drawn, &network);
        let snapped = stations(drawn, &network);
        let compounds = compounds(drawn, &network);
        let options = WalkOptions {
            min_island_m: 0.0,
            snap: snapped.options(),
            ..WalkOptions::default()
        };
        let walker = Walker::with_costs(&network, impedance, None, options);
        let walker = walker.expect("its own costs").behind(&compounds);
        let placed = Placed::from_snapped(&walker, snapped, trip).expect("its own streets");
        let ground = Ground::new(&placed, Unit::Milliseconds).expect("times");
        let lattice = Lattice::new(network.bounds().expect("a town"));
        let places = snapped_places(ground, lattice);
        let cells = places.chunk_by(|one, other| one.0 == other.0);
        further_ways += places.len() - cells.count();
        let expected = exhaustive(ground, (lattice, &places), &cutoffs, trip);
        let control = Control::default();
        let once = Isochrones::draw(ground, &cutoffs, control).expect("nobody cancels");
        assert_eq!(once, expected, "town {seed}");
        let sample_grid = SampleGrid::new(ground, Control::default()).expect("nobody cancels");
        let kept = sample_grid
            .isochrones(&cutoffs, control)
            .expect("nobody cancels");
        assert_eq!(kept, expected, "town {seed}");
        for shape in kept.by_station.iter().flatten().chain(&kept.merged) {
            parts += shape.0.len();
            holes += shape
                .iter()
                .map(|part| part.interiors().len())
                .sum::<usize>();
        }
    }
    Compared {
        parts,
        holes,
        further_ways,
    }
}

/// A part of the lattice with a margin of one cell.
struct Window {
    row: i32,
    column: i32,
    rows: usize,
    columns: usize,
}

impl Window {
    fn around(cells: &[Reached]) -> Self {
        let rows = || cells.iter().map(|(cell, _)| cell.row);
        let columns = || cells.iter().map(|(cell, _)| cell.column);
        let span = |least: Option<i32>, most: Option<i32>| {
            let (least, most) = (least.unwrap_or(0), most.unwrap_or(0));
            (least - 1, (most - least) as usize + 3)
        };
        let (row, row_count) = span(rows().min(), rows().max());
        let (column, column_count) = span(columns().min(), columns().max());
        Self {
            row,
            column,
            rows: row_count,
            columns: column_count,
        }
    }

    fn outline(&self, lattice: Lattice, cells: &[Reached], cutoff: Cost) -> Vec<Polygon<f64>> {
        let far = -f64::from(cutoff) * BEYOND;
        // Between whole costs, so that no sample lies on the outline.
        let threshold = -(f64::from(cutoff) + 0.5);
        let mut values = vec![far.min(threshold - 1.0); self.rows * self.columns];
        for (cell, cost) in cells {
            let index = (cell.row - self.row) as usize * self.columns
                + (cell.column - self.column) as usize;
            values[index] = values[index].max(-f64::from(*cost));
        }
        let rings = contour_rings(&values, threshold, self.columns, self.rows).expect("a window");
        let smooth = |ring: &Vec<Coord<f64>>| -> LineString<f64> {
            let corner = |corner: &Coord<f64>| {
                let (x, y) = self.between(&values, threshold, *corner);
                let place = Coord {
                    x: lattice.x(f64::from(self.column) + x),
                    y: lattice.y(f64::from(self.row) + y),
                };
                Coord {
                    x: (place.x.clamp(-180.0, 180.0) * 1e7).round() / 1e7,
                    y: (place.y * 1e7).round() / 1e7,
                }
            };
            // RFC 7946 winds outer rings the other way.
            ring.iter().rev().map(corner).collect()
        };
        nested(&rings)
            .into_iter()
            .map(|(outer, holes)| {
                let holes = holes.iter().map(|hole| smooth(&rings[*hole])).collect();
                Polygon::new(smooth(&rings[outer]), holes)
            })
            .collect()
    }

    /// A corner of a ring lies on the edge between two samples, half-way; here where the values between them meet the
    /// threshold. Samples are at whole columns and rows; contour has them half a cell further on.
    fn between(&self, values: &[f64], threshold: f64, corner: Coord<f64>) -> (f64, f64) {
        let at = |column: usize, row: usize| values[row * self.columns + column];
        let part =
            |low: f64, high: f64| ((threshold - low) / (high - low)).clamp(NEAREST, 1.0 - NEAREST);
        let (column, row) = (corner.x as usize, corner.y as usize);
        if corner.x.fract() == 0.0 {
            let part = part(at(column - 1, row), at(column, row));
            (corner.x - 1.0 + part, corner.y - 0.5)
        } else {
            let part = part(at(column, row - 1), at(column, row));
            (corner.x - 0.5, corner.y - 1.0 + part)
        }
    }
}

/// Which rings are outer ones, each with the holes directly in it.
fn nested(rings: &[Vec<Coord<f64>>]) -> Vec<(usize, Vec<usize>)> {
    let is_outer = |ring: &Vec<Coord<f64>>| signed_area(ring) > 0.0;
    let outer: Vec<usize> = (0..rings.len())
        .filter(|ring| is_outer(&rings[*ring]))
        .collect();
    let shapes: Vec<(Polygon<f64>, Option<Rect<f64>>)> = outer
        .iter()
        .map(|ring| Polygon::new(LineString::new(rings[*ring].clone()), Vec::new()))
        .map(|shape| {
            let bounds = shape.bounding_rect();
            (shape, bounds)
        })
        .collect();
    let mut polygons: Vec<(usize, Vec<usize>)> =
        outer.iter().map(|ring| (*ring, Vec::new())).collect();
    for hole in (0..rings.len()).filter(|ring| !is_outer(&rings[*ring])) {
        let corner = Point(rings[hole][0]);
        let around = |(shape, bounds): &(Polygon<f64>, Option<Rect<f64>>)| {
            bounds.is_some_and(|bounds| bounds.intersects(&corner)) && shape.contains(&corner)
        };
        let area = |shape: usize| signed_area(&rings[outer[shape]]);
        let innermost = (0..shapes.len())
            .filter(|shape| around(&shapes[*shape]))
            .min_by(|a, b| area(*a).total_cmp(&area(*b)));
        if let Some(shape) = innermost {
            polygons[shape].1.push(hole);
        }
    }
    polygons
}

/// Twice the area, positive clockwise with rows northwards, as contour winds what is within.
fn signed_area(ring: &[Coord<f64>]) -> f64 {
    let pairs = ring.windows(2);
    pairs.map(|p| p[1].x * p[0].y - p[0].x * p[1].y).sum()
}
