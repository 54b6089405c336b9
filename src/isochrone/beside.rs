//! The ground beside lines: what is within some metres of them.

use std::ops::RangeInclusive;

use geo_types::{Coord, MultiPolygon};

use super::bitmaps::Bitmaps;
use super::drawing::Drawing;
use super::lattice::{Cell, Lattice};
use super::tiles::Tiles;
use crate::geometry::{Bounds, LocalMetres, wrapped_degrees};
use crate::units::{COST_SCALE, Cost, OptionError};

/// Places are looked at to this many metres beyond the ground, so that its outline passes where it should.
const MARGIN_M: f64 = 15.0;

/// The least and the most metres beside lines that are drawn.
const METRES: RangeInclusive<f64> = 0.0..=10_000.0;

/// The ground within `metres` of any of some lines (runs of places; one place alone is a line too), outlined as isochrones
/// are.
///
/// ```
/// use geo::Contains;
/// use geo_types::coord;
/// use pedshed::isochrone::ground_beside;
/// let street = vec![coord! { x: 9.5, y: 47.1 }, coord! { x: 9.51, y: 47.1 }];
/// let ground = ground_beside(&[street], 40.0)?;
/// // 0.0003° of latitude are 33 m, 0.0006° are 67 m.
/// assert!(ground.contains(&coord! { x: 9.505, y: 47.1003 }));
/// assert!(!ground.contains(&coord! { x: 9.505, y: 47.1006 }));
/// # Ok::<(), pedshed::units::OptionError>(())
/// ```
///
/// # Errors
/// When `metres` is no number from 0 to 10,000.
pub fn ground_beside(
    lines: &[Vec<Coord<f64>>],
    metres: f64,
) -> Result<MultiPolygon<f64>, OptionError> {
    let metres = OptionError::check("metres", metres, &METRES)?;
    Ok(ground_within(lines, metres))
}

/// The same within metres that are known to be a number.
pub(crate) fn ground_within(lines: &[Vec<Coord<f64>>], metres: f64) -> MultiPolygon<f64> {
    let Some(bounds) = Bounds::around(lines.iter().flatten().copied()) else {
        return MultiPolygon::new(Vec::new());
    };
    let lattice = Lattice::new(bounds);
    let mut places = Places::default();
    for line in lines {
        for pair in line.windows(2) {
            look_around(lattice, pair[0], pair[1], metres + MARGIN_M, &mut places);
        }
        if let [place] = line.as_slice() {
            look_around(lattice, *place, *place, metres + MARGIN_M, &mut places);
        }
        places.settle_some();
    }
    let near = places.settled();
    let tiles = Tiles::new(near.iter().map(|(cell, _)| *cell));
    let near: Vec<((u32, u32), Cost)> = near
        .into_iter()
        .map(|(cell, away)| (tiles.block(cell), away))
        .collect();
    let mark = |bitmaps: &mut Bitmaps, within: Cost| {
        for ((block, bit), _) in near.iter().filter(|(_, away)| *away <= within) {
            bitmaps.mark(*block, 1 << bit);
        }
    };
    let price = |bitmaps: &mut Bitmaps| {
        for ((block, bit), away) in &near {
            bitmaps.price(*block, *bit, *away);
        }
    };
    let within = (metres * COST_SCALE).round() as Cost;
    let mut drawing = Drawing::on(&tiles);
    let outlines = drawing.outlines(lattice, &tiles, Cost::MAX, &[within], mark, price);
    outlines
        .into_iter()
        .next()
        .unwrap_or_else(|| MultiPolygon::new(Vec::new()))
}

/// A place on the lattice with its distance.
type Near = (Cell, Cost);

/// Places with their distances, each at least once.
#[derive(Default)]
struct Places {
    near: Vec<Near>,
    /// So many of them were different when that was looked at last.
    different: usize,
}

/// So many places may be there before it is looked which are the same.
const ROOM: usize = 1 << 16;

impl Places {
    /// Keeps each place once where they have become many: homes stand close together, and all of them are near the same
    /// places.
    fn settle_some(&mut self) {
        if self.near.len() > ROOM + 2 * self.different {
            self.settle();
        }
    }

    /// Of the distances at one place the least.
    fn settle(&mut self) {
        self.near.sort_unstable();
        self.near.dedup_by_key(|(cell, _)| *cell);
        self.different = self.near.len();
    }

    /// Each place once, ascending.
    fn settled(mut self) -> Vec<Near> {
        self.settle();
        self.near
    }
}

/// Notes the distances to a segment at all places within some metres.
fn look_around(
    lattice: Lattice,
    a: Coord<f64>,
    mut b: Coord<f64>,
    within_m: f64,
    places: &mut Places,
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
                places
                    .near
                    .push((Cell { row, column }, (away_m * COST_SCALE).round() as Cost));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_homes_beside_each_other_take_no_more_room_than_their_ground() {
        let home = Coord { x: 9.5, y: 47.1 };
        let lattice = Lattice::new(Bounds {
            min: home,
            max: home,
        });
        let (mut places, mut one) = (Places::default(), Places::default());
        look_around(lattice, home, home, 55.0, &mut one);
        let around = one.near.len();
        let mut most = 0;
        for _ in 0..10_000 {
            look_around(lattice, home, home, 55.0, &mut places);
            most = most.max(places.near.len());
            places.settle_some();
        }
        assert!(most <= ROOM + 3 * around, "{most}");
        assert_eq!(places.settled(), one.settled());
    }
}
