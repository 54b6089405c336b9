//! A grid of heights, and the height at any place on it.

use geo_types::Coord;

use crate::geometry::{Bounds, LocalMetres};
use crate::network::HeightMetres;

/// Places this near to the outermost cells, in cells, are at them: what rounding does to degrees.
const BESIDE: f64 = 1e-6;

/// The cells of a raster in its own coordinates.
#[derive(Clone, Copy, Debug)]
pub(super) struct Grid {
    /// The middle of the first cell: the north-western one.
    pub(super) first: Coord<f64>,
    /// From one cell to the next, eastwards and southwards; both positive.
    pub(super) step: Coord<f64>,
    pub(super) columns: usize,
    pub(super) rows: usize,
    /// Whether a height is of the whole cell, so that the outermost ones hold half a cell beyond their middles.
    pub(super) is_of_cells: bool,
    /// Whether its coordinates are degrees.
    pub(super) is_in_degrees: bool,
}

/// Some columns and rows of a grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Window {
    pub(super) column: usize,
    pub(super) row: usize,
    pub(super) columns: usize,
    pub(super) rows: usize,
}

impl Window {
    pub(super) fn cells(self) -> u64 {
        self.columns as u64 * self.rows as u64
    }
}

/// So many cells beyond what is asked for are kept, for what is between cells and for smoothing.
const MARGIN: f64 = 3.0;

impl Grid {
    /// The cells in a box and a few around it; `None` where it has none there.
    pub(super) fn window(&self, around: Bounds) -> Option<Window> {
        let span = |low: f64, high: f64, count: usize| {
            let low = (low - MARGIN).floor().max(0.0);
            let high = (high + MARGIN).ceil().min(count as f64 - 1.0);
            (low <= high).then_some((low as usize, (high - low) as usize + 1))
        };
        let west = (around.min.x - self.first.x) / self.step.x;
        let east = (around.max.x - self.first.x) / self.step.x;
        let north = (self.first.y - around.max.y) / self.step.y;
        let south = (self.first.y - around.min.y) / self.step.y;
        let (column, columns) = span(west, east, self.columns)?;
        let (row, rows) = span(north, south, self.rows)?;
        Some(Window {
            column,
            row,
            columns,
            rows,
        })
    }

    /// The grid of a window alone. It ends where the window does.
    pub(super) fn of_window(&self, window: Window) -> Self {
        Self {
            first: Coord {
                x: self.first.x + self.step.x * window.column as f64,
                y: self.first.y - self.step.y * window.row as f64,
            },
            columns: window.columns,
            rows: window.rows,
            ..*self
        }
    }

    /// How far heights are smoothed, in cells: to the next ones, and no farther than [`HeightMetres::MOST_SMOOTHED_M`].
    fn smoothed(&self) -> [f64; 2] {
        let middle = self.first.y - self.step.y * (self.rows as f64 / 2.0);
        let cell_m = if self.is_in_degrees {
            let local = LocalMetres::at(middle.clamp(-89.0, 89.0));
            [self.step.x * local.east_m, self.step.y * local.north_m]
        } else {
            [self.step.x, self.step.y]
        };
        cell_m.map(|cell_m| (HeightMetres::MOST_SMOOTHED_M / cell_m).min(1.0))
    }
}

/// Heights in metres, row by row from the north-western cell; no number where none is known.
#[derive(Clone, Debug)]
pub(super) struct Raster {
    grid: Grid,
    heights_m: Vec<f32>,
    smoothed: [f64; 2],
}

/// Pairs of cells on both sides of the middle one, east and south, and how much each counts: the binomial weights 1-2-1 both ways.
const PAIRS: [([f64; 2], f64); 4] = [
    ([1.0, 0.0], 2.0),
    ([0.0, 1.0], 2.0),
    ([1.0, 1.0], 1.0),
    ([1.0, -1.0], 1.0),
];
/// What the middle counts.
const MIDDLE: f64 = 4.0;
/// What all count.
const ALL: f64 = 16.0;

impl Raster {
    pub(super) fn new(grid: Grid, heights_m: Vec<f32>) -> Self {
        Self {
            smoothed: grid.smoothed(),
            grid,
            heights_m,
        }
    }

    /// The height at a place in its own coordinates, smoothed; `None` where it has none.
    ///
    /// It is the mean of nine heights, one cell apart but no more than 30 m, weighed 1-2-1 both ways: a plane stays as it is, be it
    /// level or not. Where one of them is missing, that one and the one across stand aside.
    pub(super) fn height_m(&self, at: Coord<f64>) -> Option<f64> {
        let column = (at.x - self.grid.first.x) / self.grid.step.x;
        let row = (self.grid.first.y - at.y) / self.grid.step.y;
        let middle = self.between([column, row])?;
        let [east, south] = self.smoothed;
        // Differences from the middle, which are exactly nothing on the level.
        let mut beside = 0.0;
        for ([x, y], weight) in PAIRS {
            let (x, y) = (x * east, y * south);
            let one = self.between([column + x, row + y]);
            let other = self.between([column - x, row - y]);
            if let (Some(one), Some(other)) = (one, other) {
                beside += weight * ((one - middle) + (other - middle));
            }
        }
        debug_assert_eq!(
            MIDDLE + 2.0 * PAIRS.map(|(_, weight)| weight).iter().sum::<f64>(),
            ALL
        );
        Some(middle + beside / ALL)
    }

    /// The height between four cells; `None` where one that counts has none.
    fn between(&self, [column, row]: [f64; 2]) -> Option<f64> {
        let (left, right) = self.inside(column, self.grid.columns)?;
        let (top, bottom) = self.inside(row, self.grid.rows)?;
        let cells = [
            (left, top, (1.0 - right) * (1.0 - bottom)),
            (left + 1, top, right * (1.0 - bottom)),
            (left, top + 1, (1.0 - right) * bottom),
            (left + 1, top + 1, right * bottom),
        ];
        let mut base = None;
        let mut height = 0.0;
        for (column, row, weight) in cells {
            if weight > 0.0 {
                let cell = f64::from(self.heights_m[row * self.grid.columns + column]);
                let base = *base.get_or_insert(cell);
                height += weight * (cell - base);
            }
        }
        let height = base? + height;
        (!height.is_nan()).then_some(height)
    }

    /// The cell before a place along one axis, and how far from it to the next; `None` outside.
    fn inside(&self, at: f64, count: usize) -> Option<(usize, f64)> {
        let beyond = if self.grid.is_of_cells { 0.5 } else { 0.0 } + BESIDE;
        let last = count as f64 - 1.0;
        if !(-beyond..=last + beyond).contains(&at) {
            return None;
        }
        let at = at.clamp(0.0, last);
        let before = at as usize;
        Some((before, at - before as f64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(columns: usize, rows: usize, step: f64) -> Grid {
        Grid {
            first: Coord { x: 100.0, y: 200.0 },
            step: Coord { x: step, y: step },
            columns,
            rows,
            is_of_cells: false,
            is_in_degrees: false,
        }
    }

    fn raster(step: f64, height: impl Fn(usize, usize) -> f32) -> Raster {
        let cells = (0..5).flat_map(|row| (0..6).map(move |column| (column, row)));
        let heights = cells.map(|(column, row)| height(column, row)).collect();
        Raster::new(grid(6, 5, step), heights)
    }

    #[test]
    fn a_level_ground_stays_exactly_as_it_is() {
        let level = raster(10.0, |_, _| 123.4);
        for (x, y) in [(100.0, 200.0), (113.37, 177.1), (150.0, 160.0)] {
            assert_eq!(level.height_m(Coord { x, y }), Some(f64::from(123.4_f32)));
        }
    }

    #[test]
    fn a_plane_stays_as_it_is_up_to_its_rim_and_nothing_is_beyond() {
        let plane = raster(10.0, |column, row| (3 * column + 2 * row) as f32);
        for (x, y, height) in [
            (100.0, 200.0, 0.0),
            (125.0, 185.0, 10.5),
            (150.0, 160.0, 23.0),
            (103.0, 163.0, 8.3),
        ] {
            let found = plane.height_m(Coord { x, y }).expect("inside");
            assert!((found - height).abs() < 1e-9, "{x} {y}: {found}");
        }
        for (x, y) in [
            (99.0, 180.0),
            (151.0, 180.0),
            (120.0, 201.0),
            (120.0, 159.0),
        ] {
            assert_eq!(plane.height_m(Coord { x, y }), None);
        }
    }

    #[test]
    fn a_single_wrong_cell_counts_a_quarter_at_its_place() {
        // Cells of 10 m: smoothing reaches exactly the next ones.
        let spike = raster(
            10.0,
            |column, row| if (column, row) == (2, 2) { 16.0 } else { 0.0 },
        );
        let at = |x, y| spike.height_m(Coord { x, y });
        assert_eq!(at(120.0, 180.0), Some(4.0));
        assert_eq!(at(130.0, 180.0), Some(2.0));
        assert_eq!(at(130.0, 170.0), Some(1.0));
        // Cells of 120 m: 30 m are a quarter of one.
        let spike = raster(
            120.0,
            |column, row| if (column, row) == (2, 2) { 16.0 } else { 0.0 },
        );
        let middle = spike.height_m(Coord { x: 340.0, y: -40.0 });
        // 1-2-1 with neighbours at three quarters of the spike, both ways: (2 + 2 x 0.75)/4 = 0.875, squared.
        assert_eq!(middle, Some(16.0 * 0.875 * 0.875));
    }

    #[test]
    fn what_is_missing_is_not_guessed() {
        let hole = raster(10.0, |column, row| {
            if (column, row) == (2, 2) {
                f32::NAN
            } else {
                column as f32
            }
        });
        let at = |x, y| hole.height_m(Coord { x, y });
        assert_eq!(at(120.0, 180.0), None);
        assert_eq!(at(115.0, 180.0), None);
        // Beside the hole the pair across it stands aside, and the plane stays a plane.
        assert_eq!(at(110.0, 180.0), Some(1.0));
        assert_eq!(at(110.0, 190.0), Some(1.0));
    }

    #[test]
    fn heights_of_whole_cells_hold_for_half_a_cell_beyond_their_middles() {
        let mut cells = grid(2, 2, 10.0);
        cells.is_of_cells = true;
        let raster = Raster::new(cells, vec![1.0, 2.0, 3.0, 4.0]);
        assert_eq!(raster.height_m(Coord { x: 95.0, y: 205.0 }), Some(1.0));
        assert_eq!(raster.height_m(Coord { x: 94.0, y: 205.0 }), None);
        assert_eq!(raster.height_m(Coord { x: 105.0, y: 195.0 }), Some(2.5));
    }

    #[test]
    fn a_window_has_the_cells_in_a_box_and_three_around_it() {
        let large = grid(100, 50, 10.0);
        let around = |west: f64, south: f64, east: f64, north: f64| Bounds {
            min: Coord { x: west, y: south },
            max: Coord { x: east, y: north },
        };
        let window = large
            .window(around(205.0, -55.0, 305.0, -45.0))
            .expect("some");
        let (column, row) = (window.column, window.row);
        assert_eq!((column, window.columns), (7, 18));
        assert_eq!((row, window.rows), (21, 9));
        assert_eq!(large.of_window(window).first, Coord { x: 170.0, y: -10.0 });
        assert_eq!(large.window(around(2000.0, 0.0, 2100.0, 100.0)), None);
        assert_eq!(large.window(around(150.0, 1000.0, 160.0, 1100.0)), None);
    }
}
