//! The ground beside lines: what is within some metres of them.

use geo_types::{Coord, MultiPolygon};

use super::drawing::Drawing;
use super::lattice::{Cell, Lattice};
use super::sheets::Sheets;
use super::tiles::Tiles;
use crate::geometry::{Bounds, LocalMetres, wrapped_degrees};
use crate::units::{COST_SCALE, Cost};

/// Places are looked at to this many metres beyond the ground, so that its outline passes where it should.
const MARGIN_M: f64 = 15.0;

/// The ground within `metres` of any of some lines (runs of places; one place alone is a line too), outlined as isochrones
/// are.
///
/// ```
/// use geo::Contains;
/// use geo_types::coord;
/// use pedshed::isochrone::ground_beside;
/// let street = vec![coord! { x: 9.5, y: 47.1 }, coord! { x: 9.51, y: 47.1 }];
/// let ground = ground_beside(&[street], 40.0);
/// // 0.0003° of latitude are 33 m, 0.0006° are 67 m.
/// assert!(ground.contains(&coord! { x: 9.505, y: 47.1003 }));
/// assert!(!ground.contains(&coord! { x: 9.505, y: 47.1006 }));
/// ```
#[must_use]
pub fn ground_beside(lines: &[Vec<Coord<f64>>], metres: f64) -> MultiPolygon<f64> {
    let Some(bounds) = Bounds::around(lines.iter().flatten().copied()) else {
        return MultiPolygon::new(Vec::new());
    };
    let lattice = Lattice::over(bounds);
    let mut near: Vec<Near> = Vec::new();
    for line in lines {
        for pair in line.windows(2) {
            look_around(lattice, pair[0], pair[1], metres + MARGIN_M, &mut near);
        }
        if let [place] = line.as_slice() {
            look_around(lattice, *place, *place, metres + MARGIN_M, &mut near);
        }
    }
    // Of the distances at one place the least.
    near.sort_unstable();
    near.dedup_by_key(|(cell, _)| *cell);
    let tiles = Tiles::of(near.iter().map(|(cell, _)| *cell));
    let near: Vec<((u32, u32), Cost)> = near
        .into_iter()
        .map(|(cell, away)| (tiles.block(cell), away))
        .collect();
    let mark = |sheets: &mut Sheets, within: Cost| {
        for ((block, bit), _) in near.iter().filter(|(_, away)| *away <= within) {
            sheets.mark(*block, 1 << bit);
        }
    };
    let price = |sheets: &mut Sheets| {
        for ((block, bit), away) in &near {
            sheets.price(*block, *bit, *away);
        }
    };
    let within = (metres * COST_SCALE).round() as Cost;
    let mut drawing = Drawing::on(&tiles);
    let outlines = drawing.outlines((lattice, &tiles), (Cost::MAX, &[within]), mark, price);
    outlines
        .into_iter()
        .next()
        .unwrap_or_else(|| MultiPolygon::new(Vec::new()))
}

/// A place on the lattice with its distance.
type Near = (Cell, Cost);

/// Notes the distances to a segment at all places within some metres.
fn look_around(
    lattice: Lattice,
    a: Coord<f64>,
    mut b: Coord<f64>,
    within_m: f64,
    near: &mut Vec<Near>,
) {
    // The short way, also across the antimeridian.
    b.x = a.x + wrapped_degrees(b.x - a.x);
    let metres = LocalMetres::at(f64::midpoint(a.y, b.y));
    let margin = Coord {
        x: within_m / metres.east_m,
        y: within_m / metres.north_m,
    };
    let (west, south) = lattice.position(Coord {
        x: a.x.min(b.x) - margin.x,
        y: a.y.min(b.y) - margin.y,
    });
    let (east, north) = lattice.position(Coord {
        x: a.x.max(b.x) + margin.x,
        y: a.y.max(b.y) + margin.y,
    });
    let step = metres.vector(a, b);
    let length_2 = step.0 * step.0 + step.1 * step.1;
    for row in south.floor() as i32..=north.ceil() as i32 {
        for column in west.floor() as i32..=east.ceil() as i32 {
            let place = Coord {
                x: lattice.x(f64::from(column)),
                y: lattice.y(f64::from(row)),
            };
            let to = metres.vector(a, place);
            let along = if length_2 > 0.0 {
                ((to.0 * step.0 + to.1 * step.1) / length_2).clamp(0.0, 1.0)
            } else {
                0.0
            };
            let away = (to.0 - along * step.0, to.1 - along * step.1);
            let away_m = (away.0 * away.0 + away.1 * away.1).sqrt();
            if away_m <= within_m {
                // Places near several segments come several times.
                near.push((Cell { row, column }, (away_m * COST_SCALE).round() as Cost));
            }
        }
    }
}
