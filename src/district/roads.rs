//! What divides: carriageways, rails and water, which nobody walks.

use super::frame::{Drawing, EAST, NORTH, SOUTH, WEST, bends_of, line_name};
use super::ground::spot;
use super::map::Walk;
use super::plan::{Divide, Line};
use super::tags;

/// Water and rails reach so far beyond the plan.
const BEYOND_M: f64 = 70.0;

impl Drawing<'_> {
    /// The carriageways, which nobody walks: from node to node, over bridges and through underpasses.
    pub(super) fn roads(&mut self) {
        let (columns, rows) = (self.plan.columns.len(), self.plan.rows.len());
        for row in (0..rows).filter(|row| self.plan.rows[*row].divide.is_road()) {
            let divide = self.plan.rows[row].divide;
            let name = line_name(divide, false, row);
            for column in 0..columns {
                let node = self.plan.node(column, row);
                self.road_over(node, (column, row), [WEST, EAST], divide, &name);
                if column + 1 < columns {
                    let next = self.plan.node(column + 1, row);
                    let ends = [self.middles[node][EAST], self.middles[next][WEST]];
                    self.map
                        .way(&ends, Walk::Nobody, tags::carriageway(divide, &name));
                }
            }
        }
        for column in (0..columns).filter(|column| self.plan.columns[*column].divide.is_road()) {
            let divide = self.plan.columns[column].divide;
            let name = line_name(divide, true, column);
            for row in 0..rows {
                let node = self.plan.node(column, row);
                self.road_over(node, (column, row), [SOUTH, NORTH], divide, &name);
                if row + 1 < rows {
                    let next = self.plan.node(column, row + 1);
                    let ends = [self.middles[node][NORTH], self.middles[next][SOUTH]];
                    self.map
                        .way(&ends, Walk::Nobody, tags::carriageway(divide, &name));
                }
            }
        }
    }

    /// A carriageway over its crossing with another line.
    fn road_over(
        &mut self,
        node: usize,
        (column, row): (usize, usize),
        arms: [usize; 2],
        divide: Divide,
        name: &str,
    ) {
        let refs = [
            self.middles[node][arms[0]],
            self.centres[node],
            self.middles[node][arms[1]],
        ];
        let across = if arms[0] == WEST {
            self.plan.columns[column].divide
        } else {
            self.plan.rows[row].divide
        };
        let mut tags = tags::carriageway(divide, name);
        let is_crossed = self.plan.is_crossed(column, row);
        match across {
            Divide::Primary | Divide::Secondary => {}
            Divide::River | Divide::Channel if is_crossed => tags.extend(tags::BRIDGE),
            Divide::Railway if is_crossed => tags.extend(tags::TUNNEL),
            _ => return,
        }
        self.map.way(&refs, Walk::Nobody, tags);
    }

    /// The rivers and the railway.
    pub(super) fn water_and_rails(&mut self) {
        for column in 0..self.plan.columns.len() {
            let line = self.plan.columns[column];
            let last = self.plan.rows[self.plan.rows.len() - 1].at;
            let ends = (self.plan.rows[0].at - BEYOND_M, last + BEYOND_M);
            match line.divide {
                Divide::River => self.water(line, ends, false),
                Divide::Railway => {
                    let spots = bends_of(spot(line.at, ends.0), spot(line.at, ends.1));
                    for pair in spots.windows(2) {
                        let refs = [self.at(pair[0]), self.at(pair[1])];
                        self.map.way(&refs, Walk::Nobody, tags::rail());
                    }
                }
                _ => {}
            }
        }
        for row in 0..self.plan.rows.len() {
            let line = self.plan.rows[row];
            if line.divide == Divide::Channel {
                let west = self.plan.columns[0];
                let last = self.plan.columns[self.plan.columns.len() - 1];
                let ends = (west.at + west.divide.half_m(), last.at + BEYOND_M);
                self.water(line, ends, true);
            }
        }
    }

    /// The water of a river, in pieces.
    fn water(&mut self, line: Line, (from, to): (f64, f64), horizontal: bool) {
        let half = line.divide.half_m() * 0.85;
        let turn = |along: f64, across: f64| {
            if horizontal {
                spot(along, line.at + across)
            } else {
                spot(line.at + across, along)
            }
        };
        let spots = bends_of(spot(from, 0.0), spot(to, 0.0));
        for piece in spots.windows(2) {
            let (from, to) = (piece[0].x, piece[1].x);
            let corners = [(from, -half), (to, -half), (to, half), (from, half)];
            let corners = corners.map(|(along, across)| self.ground.place(turn(along, across)));
            self.map.ring(corners, tags::water());
        }
    }
}
