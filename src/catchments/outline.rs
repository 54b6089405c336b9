//! The outlines of cells that belong together, as polygons that touch and do not overlap.

use geo_types::{Coord, LineString, MultiPolygon, Polygon};

use super::grid::Grid;
use crate::id::StationId;
use crate::network::Union;

/// A side of a cell at which another station's ground begins, with the cell on its left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Side {
    /// The smallest cell that it is connected with.
    part: u32,
    /// Where it begins, as the number of a corner.
    from: u32,
    heading: u8,
}

const EAST: u8 = 0;
const NORTH: u8 = 1;
const WEST: u8 = 2;
const SOUTH: u8 = 3;

/// The polygons of each station's cells. Cells that touch at a corner alone are parts of their own.
///
/// # Complexity
/// Nearly linear in the cells.
pub(super) fn outlines(
    grid: &Grid,
    labels: &[Option<StationId>],
    stations: usize,
) -> Vec<MultiPolygon<f64>> {
    let parts = parts(grid, labels);
    let mut sides = sides(grid, labels, &parts);
    sides.sort_unstable();
    let mut grounds = vec![MultiPolygon::new(Vec::new()); stations];
    for of_part in sides.chunk_by(|one, next| one.part == next.part) {
        let rings = rings(grid, of_part);
        // The outer ring turns left all around; all others are holes.
        let (outer, holes): (Vec<_>, Vec<_>) = rings.into_iter().partition(|ring| is_outer(ring));
        if let (Some(station), Some(outer)) =
            (labels[of_part[0].part as usize], outer.into_iter().next())
        {
            let line = |ring: Vec<Coord<f64>>| LineString::new(ring);
            let polygon = Polygon::new(line(outer), holes.into_iter().map(line).collect());
            grounds[station.index()].0.push(polygon);
        }
    }
    grounds
}

/// The stations whose ground each station's ground touches along a side, ascending.
///
/// # Complexity
/// Linear in the cells, and O(n log n) in their sides between two stations.
pub(super) fn neighbours(
    grid: &Grid,
    labels: &[Option<StationId>],
    stations: usize,
) -> Vec<Vec<StationId>> {
    let mut sides = Vec::new();
    for (cell, label) in labels.iter().enumerate() {
        let is_last = cell % grid.columns + 1 == grid.columns;
        let east = (!is_last).then_some(cell + 1);
        for other in [east, Some(cell + grid.columns)].into_iter().flatten() {
            let other = labels.get(other).copied().flatten();
            if let (Some(one), Some(other)) = (*label, other)
                && one != other
            {
                sides.push([one, other]);
                sides.push([other, one]);
            }
        }
    }
    sides.sort_unstable();
    sides.dedup();
    let mut neighbours = vec![Vec::new(); stations];
    for [one, other] in sides {
        neighbours[one.index()].push(other);
    }
    neighbours
}

/// The smallest cell that each is connected with, by sides.
fn parts(grid: &Grid, labels: &[Option<StationId>]) -> Vec<u32> {
    let mut union = Union::new(labels.len());
    for cell in 0..labels.len() {
        if labels[cell].is_none() {
            continue;
        }
        let is_last = cell % grid.columns + 1 == grid.columns;
        let east = (!is_last).then_some(cell + 1);
        for other in [east, Some(cell + grid.columns)].into_iter().flatten() {
            if labels.get(other) == Some(&labels[cell]) {
                union.join(cell as u32, other as u32);
            }
        }
    }
    (0..labels.len() as u32)
        .map(|cell| union.root(cell))
        .collect()
}

fn sides(grid: &Grid, labels: &[Option<StationId>], parts: &[u32]) -> Vec<Side> {
    let across = grid.columns + 1;
    let mut sides = Vec::new();
    for cell in 0..labels.len() {
        if labels[cell].is_none() {
            continue;
        }
        let (column, row) = (cell % grid.columns, cell / grid.columns);
        let south_west = row * across + column;
        let around = [
            (
                EAST,
                south_west,
                row.checked_sub(1).map(|_| cell - grid.columns),
            ),
            (
                NORTH,
                south_west + 1,
                (column + 1 < grid.columns).then_some(cell + 1),
            ),
            (
                WEST,
                south_west + across + 1,
                (row + 1 < grid.rows).then_some(cell + grid.columns),
            ),
            (
                SOUTH,
                south_west + across,
                column.checked_sub(1).map(|_| cell - 1),
            ),
        ];
        for (heading, from, other) in around {
            if other.is_none_or(|other| parts[other] != parts[cell]) {
                sides.push(Side {
                    part: parts[cell],
                    from: from as u32,
                    heading,
                });
            }
        }
    }
    sides
}

/// The rings of one part, whose sides are ascending. Where two of its sides begin at one corner, it goes on to the right, along the same
/// ground of others: what the part goes round there is a hole that touches its outline.
fn rings(grid: &Grid, sides: &[Side]) -> Vec<Vec<Coord<f64>>> {
    let across = (grid.columns + 1) as u32;
    let mut is_done = vec![false; sides.len()];
    let mut rings = Vec::new();
    for first in 0..sides.len() {
        if is_done[first] {
            continue;
        }
        let mut ring = Vec::new();
        let (mut at, mut heading) = (first, None);
        while !is_done[at] {
            is_done[at] = true;
            let side = sides[at];
            if heading != Some(side.heading) {
                let (column, row) = (side.from % across, side.from / across);
                ring.push(grid.corner(column as usize, row as usize));
            }
            heading = Some(side.heading);
            let to = match side.heading {
                EAST => side.from + 1,
                NORTH => side.from + across,
                WEST => side.from - 1,
                _ => side.from - across,
            };
            let begin = sides.partition_point(|known| known.from < to);
            let next = sides[begin..].iter().take_while(|known| known.from == to);
            // To the right first, then ahead, then to the left.
            let turn = |known: &Side| match (known.heading + 4 - side.heading) % 4 {
                3 => 0u8,
                0 => 1,
                _ => 2,
            };
            let next = next.enumerate().min_by_key(|(_, known)| turn(known));
            if let Some((offset, _)) = next {
                at = begin + offset;
            }
        }
        // The first corner may lie in the middle of a straight line.
        if heading == Some(sides[first].heading) {
            ring.remove(0);
        }
        rings.push(ring);
    }
    rings
}

/// Whether a ring has its ground on the inside: it goes round counter-clockwise.
fn is_outer(ring: &[Coord<f64>]) -> bool {
    let origin = ring.first().copied().unwrap_or_default();
    // Relative to a corner: degrees far from zero lose their last digits in products.
    let moved = ring.iter().map(|corner| *corner - origin);
    let moved: Vec<Coord<f64>> = moved.collect();
    let next = moved.iter().cycle().skip(1);
    let relative: f64 = moved
        .iter()
        .zip(next)
        .map(|(a, b)| a.x * b.y - b.x * a.y)
        .sum();
    relative > 0.0
}
