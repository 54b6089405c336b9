//! How homes stand on a parcel: rows of slabs that face south, stairwells with their doors on the path to the north.

use super::chance::Chance;
use super::ground::{Rect, Spot, spot};

/// A kind of housing (general knowledge of Chinese cities; dwellings come out as people / 2.45, see the module's text).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Five to seven storeys without a lift, two flats on each landing: most of what was built until 2000.
    WalkUp,
    /// Eleven to thirty-three storeys with lifts, four flats on each.
    Tower,
    /// Two to four storeys of the old town.
    Low,
}

/// The measures of a form in metres, and its flats.
#[derive(Clone, Copy, Debug)]
struct Measures {
    /// From one row of slabs to the next: the sun must reach the ground floor in winter.
    pitch: f64,
    depth: f64,
    /// Along the slab, for one stairwell.
    unit: f64,
    /// Stairwells in one slab, at most.
    most_units: u32,
    storeys: (u32, u32),
    flats: u32,
}

impl Form {
    const fn measures(self) -> Measures {
        match self {
            Form::WalkUp => Measures {
                pitch: 34.0,
                depth: 12.0,
                unit: 15.0,
                most_units: 5,
                storeys: (5, 7),
                flats: 2,
            },
            Form::Tower => Measures {
                pitch: 62.0,
                depth: 17.0,
                unit: 27.0,
                most_units: 2,
                storeys: (11, 33),
                flats: 4,
            },
            Form::Low => Measures {
                pitch: 26.0,
                depth: 10.0,
                unit: 12.0,
                most_units: 4,
                storeys: (2, 4),
                flats: 2,
            },
        }
    }
}

/// A slab: its row, where it begins, and its stairwells.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Slab {
    pub(super) row: usize,
    pub(super) x: f64,
    pub(super) units: u32,
    pub(super) storeys: u32,
}

/// Where the homes of one parcel stand.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Layout {
    pub(super) form: Form,
    /// The wall around them, or where it would be.
    pub(super) wall: Rect,
    /// The road from south to north, by its x.
    pub(super) spine: f64,
    /// The paths north of each row, by their y, from north to south.
    pub(super) paths: Vec<f64>,
    pub(super) slabs: Vec<Slab>,
}

/// From the middle of the street to the wall.
const SETBACK_M: f64 = 7.0;
/// From the wall to the first path and to the last slab.
const INSIDE_M: f64 = 11.0;
/// From the path to the slab: the doors are on the slab's northern face.
const DOORSTEP_M: f64 = 5.0;
/// Free on each side of the spine.
const SPINE_M: f64 = 5.0;
/// Between two slabs of a row.
const GAP_M: f64 = 10.0;

impl Layout {
    /// Draws a layout; `None` where the parcel is too small for one row.
    pub(super) fn draw(parcel: &Rect, form: Form, chance: &mut Chance) -> Option<Self> {
        let wall = parcel.inset(SETBACK_M);
        let measures = form.measures();
        let first = wall.max.y - INSIDE_M;
        let room = wall.height() - 2.0 * INSIDE_M - DOORSTEP_M - measures.depth;
        if room < 0.0 || wall.width() < 2.0 * (measures.unit + INSIDE_M + SPINE_M) {
            return None;
        }
        let rows = (room / measures.pitch) as usize + 1;
        // What is left over goes between the rows.
        let slack = (room - measures.pitch * (rows - 1) as f64) / rows as f64;
        let pitch = measures.pitch + slack;
        let mut layout = Self {
            form,
            wall,
            spine: wall.min.x + wall.width() * chance.between(0.33, 0.67),
            paths: (0..rows).map(|row| first - pitch * row as f64).collect(),
            slabs: Vec::new(),
        };
        let (least, most) = measures.storeys;
        let usual = chance.among(least, most);
        for row in 0..rows {
            let west = (wall.min.x + INSIDE_M, layout.spine - SPINE_M);
            let east = (layout.spine + SPINE_M, wall.max.x - INSIDE_M);
            for (from, to) in [west, east] {
                layout.fill(row, from, to, usual, chance);
            }
        }
        (!layout.slabs.is_empty()).then_some(layout)
    }

    /// Puts slabs between two places of a row.
    fn fill(&mut self, row: usize, from: f64, to: f64, usual: u32, chance: &mut Chance) {
        let measures = self.form.measures();
        let (least, most) = measures.storeys;
        let mut x = from;
        loop {
            let fitting = ((to - x) / measures.unit) as u32;
            if fitting == 0 {
                return;
            }
            let units = fitting.min(chance.among(measures.most_units.min(2), measures.most_units));
            let storeys = chance.among(least.max(usual - 1), most.min(usual + 1));
            self.slabs.push(Slab {
                row,
                x,
                units,
                storeys,
            });
            x += f64::from(units) * measures.unit + GAP_M;
        }
    }

    /// How many flats there are.
    pub(super) fn dwellings(&self) -> u32 {
        let flats = self.form.measures().flats;
        self.slabs
            .iter()
            .map(|slab| slab.units * slab.storeys * flats)
            .sum()
    }

    /// Flats on one landing of one stairwell.
    pub(super) fn flats(&self) -> u32 {
        self.form.measures().flats
    }

    /// The outline of a slab.
    pub(super) fn outline(&self, slab: &Slab) -> Rect {
        let Measures { depth, unit, .. } = self.form.measures();
        let north = self.paths[slab.row] - DOORSTEP_M;
        let east = slab.x + f64::from(slab.units) * unit;
        Rect::new(spot(slab.x, north - depth), spot(east, north))
    }

    /// The doors of a slab, a step before its northern face.
    pub(super) fn doors(&self, slab: &Slab) -> impl Iterator<Item = Spot> + use<> {
        let unit = self.form.measures().unit;
        let (x, y) = (slab.x, self.paths[slab.row] - DOORSTEP_M + 1.0);
        (0..slab.units).map(move |door| spot(x + (f64::from(door) + 0.5) * unit, y))
    }

    /// From where to where the path of a row must reach: beyond the middle of the outermost stairwells.
    pub(super) fn reach(&self, row: usize) -> (f64, f64) {
        let unit = self.form.measures().unit;
        let slabs = self.slabs.iter().filter(|slab| slab.row == row);
        slabs.fold((self.spine, self.spine), |(west, east), slab| {
            let end = slab.x + f64::from(slab.units) * unit;
            (west.min(slab.x), east.max(end))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::district::chance::Purpose;

    #[test]
    fn slabs_stand_inside_the_wall_beside_the_spine_and_apart() {
        for index in 0..200 {
            let mut chance = Chance::new(11, Purpose::Parcels, index);
            let size = spot(chance.between(60.0, 400.0), chance.between(60.0, 400.0));
            let parcel = Rect::new(spot(0.0, 0.0), size);
            for form in [Form::WalkUp, Form::Tower, Form::Low] {
                let Some(layout) = Layout::draw(&parcel, form, &mut chance) else {
                    continue;
                };
                assert!(layout.dwellings() > 0);
                let outlines: Vec<Rect> = layout
                    .slabs
                    .iter()
                    .map(|slab| layout.outline(slab))
                    .collect();
                for (index, one) in outlines.iter().enumerate() {
                    let Rect { min, max } = layout.wall;
                    assert!(one.min.x > min.x && one.max.x < max.x, "{one:?} {layout:?}");
                    assert!(one.min.y > min.y && one.max.y < max.y, "{one:?} {layout:?}");
                    assert!(one.max.x < layout.spine || one.min.x > layout.spine);
                    for other in &outlines[..index] {
                        let apart = one.min.x >= other.max.x
                            || other.min.x >= one.max.x
                            || one.min.y >= other.max.y
                            || other.min.y >= one.max.y;
                        assert!(apart, "{one:?} {other:?}");
                    }
                }
            }
        }
    }
}
