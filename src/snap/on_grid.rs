//! The ways onto streets from all places of a small grid.

use super::behind::Behind;
use super::index::{Nearest, Segment, Stack};
use super::snapper::SegmentStart;
use super::{Grid, Snap, Snapper};

impl Snapper<'_> {
    /// Visits the ways onto streets from the places of a small grid, as `visit(column, row, way)`: of a place that
    /// [`snap`](Self::snap) finds a street for without passing a wall this one, and of another those by its gates. In
    /// a tenth of the time that asking for each place takes, where no wall is near.
    pub fn snap_grid(&self, grid: &Grid, visit: impl FnMut(usize, usize, Snap)) {
        let near = self.behind.as_ref();
        let near = near.filter(|behind| behind.walls.are_near(grid, self.options.max_snap_m()));
        match near {
            None => self.snap_open_grid(grid, visit),
            Some(behind) => self.snap_walled_grid(grid, behind, visit),
        }
    }

    fn snap_open_grid(&self, grid: &Grid, mut visit: impl FnMut(usize, usize, Snap)) {
        // Few segments are nearest to many places.
        let mut starts: Vec<(Segment, SegmentStart)> = Vec::new();
        self.each_nearest(grid, |column, row, nearest| {
            let is_known = |(segment, _): &&(Segment, _)| *segment == nearest.segment;
            let known = starts.iter().rev().find(is_known);
            let start = if let Some((_, start)) = known {
                *start
            } else {
                let start = self.segment_start(nearest.segment);
                starts.push((nearest.segment, start));
                start
            };
            visit(column, row, self.snap_on(&nearest, start));
        });
    }

    /// The nearest street is the place's own wherever no wall hides it; only the others are asked for one by one.
    fn snap_walled_grid(
        &self,
        grid: &Grid,
        behind: &Behind<'_>,
        mut visit: impl FnMut(usize, usize, Snap),
    ) {
        let (columns, rows) = grid.size();
        let mut nearest: Vec<Option<Nearest>> = vec![None; columns * rows];
        self.each_nearest(grid, |column, row, found| {
            nearest[row * columns + column] = Some(found);
        });
        let stack = &mut Stack::default();
        for (index, nearest) in nearest.into_iter().enumerate() {
            let (column, row) = (index % columns, index / columns);
            let place = behind.walls.stand(grid.place(column, row));
            let own = nearest.and_then(|nearest| {
                let street = self.index.place_on(nearest.segment, nearest.along);
                if behind.walls.is_seen(&place, street) {
                    Some(self.snap_at(&nearest))
                } else {
                    self.snap_behind(behind, &place, stack)
                }
            });
            if let Some(snap) = own {
                visit(column, row, snap);
            } else {
                for access in self.accesses_of(&place) {
                    visit(column, row, access.snap);
                }
            }
        }
    }

    fn each_nearest(&self, grid: &Grid, visit: impl FnMut(usize, usize, Nearest)) {
        let accept = |edge| self.accepts(edge);
        let (limit_m, stack) = (self.options.max_snap_m(), &mut Stack::default());
        self.index
            .nearest_on_grid(grid, limit_m, stack, accept, visit);
    }
}
