//! Outlines of samples within a cutoff: marching squares over a window of the lattice, rings nested into polygons.

use contour::contour_rings;
use geo::{BoundingRect, Contains, Intersects};
use geo_types::{Coord, LineString, MultiPolygon, Point, Polygon, Rect};

use super::Reached;
use super::lattice::Lattice;
use crate::parallel;
use crate::units::Cost;

/// How near to a sample the outline may pass, in cells: so that neighbouring corners never round to one place.
const NEAREST: f64 = 0.02;
/// How far beyond a cutoff a sample without a walk is taken to be, as a part of it: the outline then passes half-way
/// between a sample that is just within and one that is not reached.
const BEYOND: f64 = 1.01;

/// A window may have this many places for each sample; beyond that samples are looked at in parts.
const SPARSE: usize = 4;

/// For each cutoff (ascending) the outline of the samples within it; of several samples at one place the least counts.
pub(super) fn outlines(
    lattice: Lattice,
    samples: Vec<Reached>,
    cutoffs: &[Cost],
) -> Vec<MultiPolygon<f64>> {
    let groups = apart(samples);
    let outline = |cutoff: usize, group: usize| {
        let window = Window::around(&groups[group]);
        window.outline(lattice, &groups[group], cutoffs[cutoff])
    };
    // One task for each cutoff of each group, cutoffs first.
    let mut polygons = parallel::map_with(
        cutoffs.len() * groups.len(),
        1,
        || (),
        |(), task| outline(task / groups.len(), task % groups.len()),
    )
    .into_iter();
    let by_cutoff = cutoffs.iter();
    by_cutoff
        .map(|_| polygons.by_ref().take(groups.len()).flatten().collect())
        .collect()
}

/// Samples in groups whose windows do not meet: far islands of ground must not share one window.
fn apart(samples: Vec<Reached>) -> Vec<Vec<Reached>> {
    if samples.is_empty() {
        return Vec::new();
    }
    let window = Window::around(&samples);
    if window.rows * window.columns <= SPARSE * samples.len() {
        return vec![samples];
    }
    split(samples, true)
}

/// Cuts where two or more rows are empty, then where columns are, until nothing can be cut.
fn split(mut samples: Vec<Reached>, by_row: bool) -> Vec<Vec<Reached>> {
    let along = |(cell, _): &Reached| if by_row { cell.row } else { cell.column };
    samples.sort_by_key(along);
    let parts: Vec<&[Reached]> = samples.chunk_by(|a, b| along(b) - along(a) <= 2).collect();
    match (parts.len(), by_row) {
        (0 | 1, true) => split(samples, false),
        (0 | 1, false) => vec![samples],
        _ => {
            let parts = parts.into_iter().map(<[Reached]>::to_vec);
            parts.flat_map(|part| split(part, !by_row)).collect()
        }
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
        let rings = contour_rings(&values, threshold, self.columns, self.rows).unwrap_or_default();
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
