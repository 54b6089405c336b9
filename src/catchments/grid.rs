//! The ground near streets as cells, and which station each is nearest to by walking.

use std::collections::VecDeque;

use geo_types::Coord;

use crate::control::Control;
use crate::geometry::{Bounds, LocalMetres, Location};
use crate::id::StationId;
use crate::model::CityRecords;
use crate::network::Network;
use crate::search::NearestStation;
use crate::snap::HomeWays;
use crate::units::Unit;
use crate::walker::{Placed, WalkerError};

/// Cells of a grid at most: more take a coarser one.
const MOST_CELLS: f64 = 4e6;
/// Cells of a block along each side: whether a street is near is looked at block by block.
const BLOCK: usize = 16;

/// Cells in rows from south to north, each row from west to east.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    /// The south-western corner of the first cell.
    corner: Coord<f64>,
    /// A cell's size in degrees.
    step: Coord<f64>,
    pub(super) columns: usize,
    pub(super) rows: usize,
    /// The side of a cell in metres, in the middle of the grid.
    pub(super) cell_m: f64,
}

impl Grid {
    /// Over some ground, in cells of about this side; larger ones where there would be too many.
    pub(super) fn new(ground: Bounds, cell_m: f64) -> Self {
        let middle = ground.middle();
        let metres = LocalMetres::at(middle.y);
        let (east, north) = metres.vector(ground.min, ground.max);
        let size = |cell_m: f64| {
            [east.abs() / cell_m, north.abs() / cell_m].map(|cells| cells.ceil().max(1.0))
        };
        let [columns, rows] = size(cell_m);
        let cell_m = cell_m * (columns * rows / MOST_CELLS).sqrt().max(1.0);
        let [columns, rows] = size(cell_m);
        Self {
            corner: ground.min,
            step: Coord {
                x: cell_m / metres.east_m.max(1.0),
                y: cell_m / metres.north_m,
            },
            columns: columns as usize,
            rows: rows as usize,
            cell_m,
        }
    }

    pub(super) fn cell_count(&self) -> usize {
        self.columns * self.rows
    }

    /// The place of a corner of cells.
    pub(super) fn corner(&self, column: usize, row: usize) -> Coord<f64> {
        Coord {
            x: self.corner.x + self.step.x * column as f64,
            y: self.corner.y + self.step.y * row as f64,
        }
    }

    fn middle(&self, cell: usize) -> Coord<f64> {
        self.corner(cell % self.columns, cell / self.columns) + self.step * 0.5
    }

    /// The cell that a place is in.
    pub(super) fn cell_at(&self, place: Coord<f64>) -> Option<usize> {
        let column = ((place.x - self.corner.x) / self.step.x).floor();
        let row = ((place.y - self.corner.y) / self.step.y).floor();
        let is_inside =
            column >= 0.0 && row >= 0.0 && column < self.columns as f64 && row < self.rows as f64;
        is_inside.then(|| row as usize * self.columns + column as usize)
    }

    /// The ground of a cell in square metres.
    pub(super) fn area_m2(&self, cell: usize) -> f64 {
        let metres = LocalMetres::at(self.middle(cell).y);
        (self.step.x * metres.east_m) * (self.step.y * metres.north_m)
    }

    /// The cells that may be within so many metres of a street.
    fn near_streets(&self, network: &Network, within_m: f64) -> Vec<usize> {
        let blocks_across = self.columns.div_ceil(BLOCK);
        let blocks_up = self.rows.div_ceil(BLOCK);
        let mut is_near = vec![false; blocks_across * blocks_up];
        let reach = (within_m / (self.cell_m * BLOCK as f64)).ceil() as usize + 1;
        let mut mark = |place: Coord<f64>| {
            let Some(cell) = self.cell_at(place) else {
                return;
            };
            let (column, row) = (cell % self.columns / BLOCK, cell / self.columns / BLOCK);
            for row in row.saturating_sub(reach)..(row + reach + 1).min(blocks_up) {
                let first = column.saturating_sub(reach);
                let end = (column + reach + 1).min(blocks_across);
                is_near[row * blocks_across..][first..end].fill(true);
            }
        };
        for edge in network.edge_ids() {
            for pair in network.shape(edge).windows(2) {
                let [from, to] = [pair[0], pair[1]].map(Location::degrees);
                let steps = (to - from).x.abs() / self.step.x + (to - from).y.abs() / self.step.y;
                let steps = (steps / BLOCK as f64).ceil().max(1.0);
                for at in 0..=steps as usize {
                    mark(from + (to - from) * (at as f64 / steps));
                }
            }
        }
        let cells = 0..self.cell_count();
        let block = |cell: usize| {
            let (column, row) = (cell % self.columns, cell / self.columns);
            row / BLOCK * blocks_across + column / BLOCK
        };
        cells.filter(|cell| is_near[block(*cell)]).collect()
    }

    /// The station that each cell is nearest to by walking from its middle; `None` where no street is within the snapping distance, or no
    /// station can be reached.
    pub(super) fn nearest(
        &self,
        placed: &Placed,
        city: CityRecords<'_>,
        unit: Unit,
        control: Control<'_>,
    ) -> Result<Vec<Option<StationId>>, WalkerError> {
        let within_m = placed.snapped().options().max_snap_m();
        let cells = self.near_streets(placed.network(), within_m);
        let places: Vec<Option<Coord<f64>>> =
            cells.iter().map(|cell| Some(self.middle(*cell))).collect();
        let snapper = placed.snapper();
        let homes = snapper.snap_homes(&places, &HomeWays::default(), control)?;
        let snapped = snapper.with_stations(&homes, city.stations, control)?;
        let sampled = Placed::from_snapped(placed.walker(), snapped, placed.trip())?;
        let times = sampled
            .engine(unit, control)?
            .all_travel_times(None, control)?;
        let mut nearest = vec![None; self.cell_count()];
        for (cell, known) in cells.into_iter().zip(times.nearest()) {
            nearest[cell] = known.map(|known: NearestStation| known.station);
        }
        Ok(nearest)
    }

    /// Gives all cells that have a station that of the cells lived in around them, row by row outwards.
    pub(super) fn spread(&self, lived_in: &[usize], labels: &mut [Option<StationId>]) {
        let mut is_done = vec![false; labels.len()];
        let mut queue: VecDeque<usize> = lived_in.iter().copied().collect();
        for cell in lived_in {
            is_done[*cell] = true;
        }
        while let Some(cell) = queue.pop_front() {
            let (column, row) = (cell % self.columns, cell / self.columns);
            let around = [
                (column + 1 < self.columns).then_some(cell + 1),
                (row + 1 < self.rows).then_some(cell + self.columns),
                column.checked_sub(1).map(|_| cell - 1),
                row.checked_sub(1).map(|_| cell - self.columns),
            ];
            for other in around.into_iter().flatten() {
                if labels[other].is_some() && !is_done[other] {
                    is_done[other] = true;
                    labels[other] = labels[cell];
                    queue.push_back(other);
                }
            }
        }
    }
}
