//! Blocks of cells for subdistricts and communities, and outlines on the ground.

use super::ground::{Ground, Rect, Spot, spot};
use super::plan::{Cells, Plan};
use super::village;
use crate::geometry::Location;

/// Divides cells into so many blocks of about equal weight, each a rectangle: each cut is where the weight is halved, and
/// the pieces get numbers of blocks in proportion. There must be a cell for each.
pub(super) fn divide(
    cells: Cells,
    count: usize,
    weight: &impl Fn(usize, usize) -> u64,
) -> Vec<Cells> {
    let mut blocks = Vec::with_capacity(count);
    divide_into(cells, count.min(cells.count()), weight, &mut blocks);
    blocks
}

fn divide_into(
    cells: Cells,
    count: usize,
    weight: &impl Fn(usize, usize) -> u64,
    blocks: &mut Vec<Cells>,
) {
    if count <= 1 {
        blocks.push(cells);
        return;
    }
    let sum = |cells: Cells| -> u64 { cells.each().map(|(c, r)| weight(c, r)).sum() };
    let total = sum(cells);
    let (columns, rows) = (cells.c1 - cells.c0, cells.r1 - cells.r0);
    let cut = |at: usize| {
        if columns >= rows {
            let middle = cells.c0 + at;
            (
                Cells {
                    c1: middle,
                    ..cells
                },
                Cells {
                    c0: middle,
                    ..cells
                },
            )
        } else {
            let middle = cells.r0 + at;
            (
                Cells {
                    r1: middle,
                    ..cells
                },
                Cells {
                    r0: middle,
                    ..cells
                },
            )
        }
    };
    let unevenness = |at: &usize| (2 * sum(cut(*at).0)).abs_diff(total);
    let at = (1..columns.max(rows)).min_by_key(unevenness).unwrap_or(1);
    let (one, other) = cut(at);
    let share = count as f64 * sum(one) as f64 / total.max(1) as f64;
    let least = count.saturating_sub(other.count()).max(1);
    let most = one.count().min(count - 1);
    let of_one = (share.round() as usize).clamp(least, most);
    divide_into(one, of_one, weight, blocks);
    divide_into(other, count - of_one, weight, blocks);
}

/// Draws outlines so that neighbours share every vertex.
#[derive(Debug)]
pub(super) struct Outlines<'a> {
    ground: &'a Ground,
    xs: Vec<f64>,
    ys: Vec<f64>,
}

/// Outlines bend with the ground: a vertex at least so often.
const VERTEX_M: f64 = 100.0;

impl<'a> Outlines<'a> {
    pub(super) fn new(plan: &Plan, ground: &'a Ground) -> Self {
        let mut xs: Vec<f64> = plan.columns.iter().map(|line| line.at).collect();
        let mut ys: Vec<f64> = plan.rows.iter().map(|line| line.at).collect();
        for rect in plan.rural.iter().flat_map(village::grounds) {
            xs.extend([rect.min.x, rect.max.x]);
            ys.extend([rect.min.y, rect.max.y]);
        }
        for list in [&mut xs, &mut ys] {
            list.sort_by(f64::total_cmp);
            let (first, last) = (list[0], list[list.len() - 1]);
            let steps = (first / VERTEX_M).ceil() as i64..=(last / VERTEX_M) as i64;
            list.extend(steps.map(|step| step as f64 * VERTEX_M));
            list.sort_by(f64::total_cmp);
            // Village grounds are computed from either side: within a millimetre it is the same line.
            list.dedup_by(|one, other| (*one - *other).abs() < 1e-3);
        }
        Self { ground, xs, ys }
    }

    /// The closed outline around corners on the plan, whose edges lie along its axes.
    pub(super) fn around(&self, corners: &[Spot]) -> Vec<Location> {
        let mut outline = Vec::new();
        for (index, from) in corners.iter().enumerate() {
            let to = corners[(index + 1) % corners.len()];
            outline.push(self.ground.place(*from));
            let horizontal = (to.x - from.x).abs() > (to.y - from.y).abs();
            let (list, start, end) = if horizontal {
                (&self.xs, from.x, to.x)
            } else {
                (&self.ys, from.y, to.y)
            };
            let (low, high) = (start.min(end) + 1e-3, start.max(end) - 1e-3);
            // The first that is not below, up to the first that is not below the other end.
            let first = list.partition_point(|at| *at < low);
            let end_before = list.partition_point(|at| *at < high).max(first);
            let between = list[first..end_before].iter().copied();
            let place = |at: f64| {
                let at = if horizontal {
                    spot(at, from.y)
                } else {
                    spot(from.x, at)
                };
                self.ground.place(at)
            };
            if end > start {
                outline.extend(between.map(place));
            } else {
                outline.extend(between.rev().map(place));
            }
        }
        outline.push(outline[0]);
        outline
    }

    pub(super) fn of(&self, rect: &Rect) -> Vec<Location> {
        self.around(&rect.corners())
    }

    /// The outline of a strip with the rural ground east of it.
    pub(super) fn of_town(&self, strip: &Rect, rural: &Rect) -> Vec<Location> {
        let border = strip.max.x;
        self.around(&[
            strip.min,
            spot(border, strip.min.y),
            spot(border, rural.min.y),
            spot(rural.max.x, rural.min.y),
            rural.max,
            spot(border, rural.max.y),
            strip.max,
            spot(strip.min.x, strip.max.y),
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_tile_their_cells_and_each_has_one_at_least() {
        for (columns, rows, count) in [(4, 3, 9), (3, 3, 9), (5, 8, 19), (1, 7, 3), (6, 6, 1)] {
            let cells = Cells {
                c0: 0,
                c1: columns,
                r0: 0,
                r1: rows,
            };
            let blocks = divide(cells, count, &|column, row| (column * row % 3) as u64);
            assert_eq!(blocks.len(), count);
            assert_eq!(
                blocks.iter().map(Cells::count).sum::<usize>(),
                cells.count()
            );
            let mut each: Vec<_> = blocks.iter().flat_map(|block| block.each()).collect();
            each.sort_unstable();
            each.dedup();
            assert_eq!(each.len(), cells.count());
        }
    }
}
