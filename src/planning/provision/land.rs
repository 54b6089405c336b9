//! Land as places: polygons sampled on a square lattice, each sample a place from which somebody might walk.

use geo::BoundingRect;
use geo_types::{Coord, Rect};

use super::scanline::Row;
use crate::geometry::LocalMetres;
use crate::model::{Area, Resident};
use crate::parallel;

/// Rows of the lattice per parallel task.
const ROW_CHUNK: usize = 8;
/// More samples than this are too many: the lattice is then made coarser.
const MOST_SAMPLES: f64 = 400_000.0;

/// Samples of land, each standing for the same ground.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Land {
    /// The samples, to be snapped and searched as residents are.
    pub samples: Vec<Resident>,
    /// The ground that each stands for, in whole square metres.
    pub m2_each: u64,
}

impl Land {
    /// Samples polygons every `spacing_m` metres, or coarser where that would be more than 400,000 places. Ground that lies
    /// in several polygons counts once.
    ///
    /// # Complexity
    /// Rows of samples times vertices, whatever the number of samples.
    ///
    /// ```
    /// use geo_types::polygon;
    /// use pedshed::model::Area;
    /// use pedshed::planning::provision::Land;
    /// // 0.01° of the equator by 0.01°: 1,113 m by 1,106 m.
    /// let square = polygon![(x: 0.0, y: 0.0), (x: 0.01, y: 0.0), (x: 0.01, y: 0.01), (x: 0.0, y: 0.01)];
    /// let area = Area { id: "a".into(), name: "a".into(), shape: square.into() };
    /// let land = Land::sample(&[area], 20.0);
    /// let m2 = land.samples.len() as f64 * land.m2_each as f64;
    /// assert!((m2 / (1113.2 * 1105.7) - 1.0).abs() < 0.05);
    /// ```
    #[must_use]
    pub fn sample(polygons: &[Area], spacing_m: f64) -> Self {
        let boxes: Vec<Option<Rect<f64>>> = polygons
            .iter()
            .map(|area| area.shape.bounding_rect())
            .collect();
        let Some(bounds) = boxes.iter().flatten().copied().reduce(joined) else {
            return Self::default();
        };
        let scale = LocalMetres::at(bounds.center().y);
        let whole_m2 = bounds.width() * scale.east_m * bounds.height() * scale.north_m;
        let spacing_m = spacing_m.max((whole_m2 / MOST_SAMPLES).sqrt()).ceil();
        let (east, north) = (spacing_m / scale.east_m, spacing_m / scale.north_m);
        let (columns, rows) = (bounds.width() / east, bounds.height() / north);
        let rows: Vec<u32> = (0..rows.ceil() as u32).collect();
        let x: Vec<f64> = (0..columns.ceil() as u32)
            .map(|column| bounds.min().x + (f64::from(column) + 0.5) * east)
            .collect();
        let by_row = parallel::map(&rows, ROW_CHUNK, |row| {
            let y = bounds.min().y + (f64::from(*row) + 0.5) * north;
            let mut is_land = vec![false; x.len()];
            let areas = polygons.iter().zip(&boxes);
            let met = areas.filter(|(_, bounds)| {
                bounds.is_some_and(|bounds| bounds.min().y <= y && y <= bounds.max().y)
            });
            for polygon in met.flat_map(|(area, _)| &area.shape) {
                Row { y, x: &x }.mark(polygon, &mut is_land);
            }
            let land = x.iter().zip(is_land).filter(|(_, is_land)| *is_land);
            land.map(|(x, _)| Coord { x: *x, y }).collect::<Vec<_>>()
        });
        let places = by_row.into_iter().flatten();
        Self {
            samples: places
                .map(|place| Resident::new("", place.x, place.y))
                .collect(),
            m2_each: (spacing_m * spacing_m) as u64,
        }
    }

    /// What each sample weighs, in square metres.
    #[must_use]
    pub fn weights(&self) -> Vec<u64> {
        vec![self.m2_each; self.samples.len()]
    }
}

fn joined(one: Rect<f64>, other: Rect<f64>) -> Rect<f64> {
    let (a, b) = (one.min(), other.min());
    let (c, d) = (one.max(), other.max());
    Rect::new(
        Coord {
            x: a.x.min(b.x),
            y: a.y.min(b.y),
        },
        Coord {
            x: c.x.max(d.x),
            y: c.y.max(d.y),
        },
    )
}
