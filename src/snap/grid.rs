//! The nearest segments to all places of a small grid at once.

use geo_types::Coord;

use super::index::{Near, Nearest, SegmentIndex, Stack};
use crate::geometry::LocalMetres;
use crate::id::EdgeId;

/// Places in columns and rows, a few hundred metres across at most.
#[derive(Clone, Debug)]
pub struct Grid {
    xs: Vec<f64>,
    ys: Vec<f64>,
    /// At each row.
    metres: Vec<LocalMetres>,
}

impl Grid {
    /// A grid of these longitudes and latitudes in degrees, both ascending.
    #[must_use]
    pub fn new(xs: Vec<f64>, ys: Vec<f64>) -> Self {
        let metres = ys.iter().map(|y| LocalMetres::at(*y)).collect();
        Self { xs, ys, metres }
    }

    /// How many columns and rows it has.
    pub(super) fn size(&self) -> (usize, usize) {
        (self.xs.len(), self.ys.len())
    }

    /// The place in a column and row.
    pub(super) fn place(&self, column: usize, row: usize) -> Coord<f64> {
        Coord {
            x: self.xs[column],
            y: self.ys[row],
        }
    }

    /// Its south-western and north-eastern places; `None` where it has none.
    pub(super) fn corners(&self) -> Option<[Coord<f64>; 2]> {
        let (column, row) = (self.xs.len().checked_sub(1)?, self.ys.len().checked_sub(1)?);
        Some([self.place(0, 0), self.place(column, row)])
    }

    fn whole(&self) -> Part<'_> {
        Part {
            xs: &self.xs,
            ys: &self.ys,
            metres: &self.metres,
            first: (0, 0),
        }
    }
}

/// A part of a grid, whose first place is in the grid's column and row `first`.
#[derive(Clone, Copy, Debug)]
struct Part<'a> {
    xs: &'a [f64],
    ys: &'a [f64],
    metres: &'a [LocalMetres],
    first: (usize, usize),
}

impl Part<'_> {
    /// Its four parts; some of a narrow grid are empty.
    fn quarters(&self) -> [Part<'_>; 4] {
        let (column, row) = (self.xs.len() / 2, self.ys.len() / 2);
        let (west, east) = self.xs.split_at(column);
        let (south, north) = self.ys.split_at(row);
        let (metres_south, metres_north) = self.metres.split_at(row);
        let part = |(xs, column), (ys, row), metres| Part {
            xs,
            ys,
            metres,
            first: (self.first.0 + column, self.first.1 + row),
        };
        [
            part((west, 0), (south, 0), metres_south),
            part((east, column), (south, 0), metres_south),
            part((west, 0), (north, row), metres_north),
            part((east, column), (north, row), metres_north),
        ]
    }

    /// The middle with the metres at a row beside it, and a little more than the metres from it to the corners; `None`
    /// of an empty part.
    fn circle(&self) -> Option<(Coord<f64>, LocalMetres, f64)> {
        let (west, east) = (*self.xs.first()?, *self.xs.last()?);
        let (south, north) = (*self.ys.first()?, *self.ys.last()?);
        let centre = Coord {
            x: f64::midpoint(west, east),
            y: f64::midpoint(south, north),
        };
        let metres = self.metres[self.ys.len() / 2];
        let half = (
            metres.east_m * (east - west) / 2.0,
            metres.north_m * (north - south) / 2.0,
        );
        Some((
            centre,
            metres,
            1.01 * (half.0 * half.0 + half.1 * half.1).sqrt() + 0.01,
        ))
    }
}

impl SegmentIndex<'_> {
    /// The nearest place for each place of a small grid, as [`nearest`](Self::nearest) answers one by one: the segments that
    /// can be nearest to any of them are looked up once, and shared out to ever smaller parts of the grid. Calls
    /// `visit(column, row, nearest)`, quarter by quarter.
    ///
    /// # Complexity
    /// Two searches of the tree; then per place the segments about as near as the nearest.
    pub(crate) fn nearest_on_grid(
        &self,
        grid: &Grid,
        limit_m: f64,
        stack: &mut Stack,
        accept: impl Fn(EdgeId) -> bool,
        mut visit: impl FnMut(usize, usize, Nearest),
    ) {
        let Some((centre, _, half_m)) = grid.whole().circle() else {
            return;
        };
        let Some(nearest) = self.nearest(centre, limit_m + half_m, stack, &accept) else {
            return;
        };
        let mut segments = Vec::new();
        let radius_m = nearest.metres + 2.0 * half_m;
        self.each_within(centre, radius_m, stack, &accept, |segment| {
            segments.push(segment);
        });
        // Ascending, so that the first of equally near ones is the right one.
        segments.sort_unstable();
        let mut near: Vec<Near> = segments.iter().map(|segment| self.near(*segment)).collect();
        share_out(grid.whole(), (&mut near, 0), limit_m, &mut visit);
    }
}

/// Finds the nearest of the segments from `start` on for each place of a part of a grid.
///
/// A place is at most `half_m` from the part's centre, so what is nearest to it is at most `2 half_m` further from the
/// centre than what is nearest to that.
fn share_out(
    part: Part<'_>,
    (segments, start): (&mut Vec<Near>, usize),
    limit_m: f64,
    visit: &mut impl FnMut(usize, usize, Nearest),
) {
    let Some((centre, metres, half_m)) = part.circle() else {
        return;
    };
    let mut best: Option<(Near, f64)> = None;
    for near in &mut segments[start..] {
        let (distance_2, along) = near.distance_2(centre, metres);
        near.distance_2 = distance_2;
        if best.is_none_or(|(best, _)| distance_2 < best.distance_2) {
            best = Some((*near, along));
        }
    }
    let Some((nearest, along)) = best else {
        return;
    };
    let metres = nearest.distance_2.sqrt();
    if let ([_], [_]) = (part.xs, part.ys) {
        if metres <= limit_m {
            let segment = nearest.segment;
            let (column, row) = part.first;
            visit(
                column,
                row,
                Nearest {
                    segment,
                    along,
                    metres,
                },
            );
        }
        return;
    }
    if metres > limit_m + half_m {
        return;
    }
    let most_2 = (metres + 2.0 * half_m).powi(2);
    let end = segments.len();
    for index in start..end {
        if segments[index].distance_2 <= most_2 {
            segments.push(segments[index]);
        }
    }
    for quarter in part.quarters() {
        share_out(quarter, (segments, end), limit_m, visit);
    }
    segments.truncate(end);
}
