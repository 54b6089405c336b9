//! What isochrones are drawn on: the ground of one walker, sampled once, and the contourers that draw on it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use geo_types::{Coord, MultiPolygon};

use super::bitmaps::Bitmaps;
use super::by_gates::BlockCell;
use super::drawing::Drawing;
use super::ground::{Ground, ascending};
use super::isochrones::Isochrones;
use super::lattice::{Blocks, Lattice};
use super::samples::{Samples, beside, beside_all};
use crate::control::{Cancelled, Control, Stage, Steps};
use crate::geometry::Bounds;
use crate::id::{EdgeId, Numbered, StationId, UnknownId};
use crate::parallel;
use crate::search::{AtEnds, EdgeReach, Reach, ReachBench, Reaches, Trip};
use crate::snap::{Snap, Snapper};
use crate::units::{Cost, Cutoff, OtherUnit};
use crate::walker::WalkerError;

/// Stations per parallel task: few, as each is long.
const STATION_CHUNK: usize = 4;

/// The ground of one walker, every place of its lattice snapped: ready for isochrones from anywhere on it.
///
/// Making one takes the time that snapping some hundred places for each street takes; an isochrone on it then costs its
/// search and its outline.
///
/// ```
/// use geo::Contains;
/// use geo_types::coord;
/// use pedshed::control::Control;
/// use pedshed::id::EdgeId;
/// use pedshed::isochrone::{SampleGrid, Ground};
/// use pedshed::model::{Profile, WayKind};
/// use pedshed::network::Network;
/// use pedshed::search::Trip;
/// use pedshed::snap::Snap;
/// use pedshed::units::{Cutoff, Unit};
/// use pedshed::walker::{Placed, WalkOptions, Walker};
/// // A street of 1.5 km.
/// let network = Network::from_edges(&[coord! { x: 9.5, y: 47.1 }, coord! { x: 9.52, y: 47.1 }], &[(0, 1, WayKind::Street)])?;
/// let walker = Walker::new(&network, &Profile::plain(), WalkOptions::default())?;
/// let placed = Placed::new(&walker, &[], &[], Trip::ToStation, Control::default())?;
///
/// let sample_grid = SampleGrid::new(Ground::new(&placed, Unit::Milliseconds)?, Control::default())?;
/// let mut contourer = sample_grid.contourer(&[Cutoff::minutes(5.0)?])?;
/// let middle = Snap::new(EdgeId(0), 0.5, 0.0);
/// let ground = &contourer.around(&[middle])?[0];
/// // 400 m at 4.8 km/h are 0.00527° of longitude.
/// assert!(ground.contains(&coord! { x: 9.515, y: 47.1 }));
/// assert!(!ground.contains(&coord! { x: 9.516, y: 47.1 }));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct SampleGrid<'a> {
    ground: Ground<'a>,
    reaches: Reaches<'a>,
    sampled: Sampled,
}

/// The places of a ground, snapped: what a sample grid is made of again. A clone shares them.
#[derive(Clone, Debug)]
pub(crate) struct Sampled {
    lattice: Lattice,
    samples: Arc<Samples>,
}

/// Draws isochrones within some cutoffs, one after the other over the same memory.
#[derive(Debug)]
pub struct Contourer<'c> {
    sample_grid: &'c SampleGrid<'c>,
    /// Ascending.
    cutoffs: Vec<Cost>,
    scratch: ReachBench,
    drawing: Drawing,
}

impl Isochrones {
    /// Draws the isochrones of every station, and of all together, as [`SampleGrid::isochrones`] does.
    ///
    /// # Errors
    /// [`WalkerError::Cancelled`], and [`WalkerError::Unit`] where a cutoff counts another unit than the ground.
    ///
    /// # Complexity
    /// O(s) for the s samples near reached streets, which are snapped once, plus per station one bounded search and its
    /// outline. Who asks again and again keeps a [`SampleGrid`].
    pub fn draw(
        ground: Ground<'_>,
        cutoffs: &[Cutoff],
        control: Control<'_>,
    ) -> Result<Self, WalkerError> {
        let Some(longest) = ascending(cutoffs, ground.impedance())?.last().copied() else {
            return Ok(Self {
                cutoffs: Vec::new(),
                by_station: vec![Vec::new(); ground.snapped().station_count()],
                merged: Vec::new(),
            });
        };
        let sample_grid = SampleGrid::around_stations(ground, longest, control)?;
        sample_grid.isochrones(cutoffs, control)
    }
}

impl<'a> SampleGrid<'a> {
    /// Samples all ground beside the streets that people may snap to, in parallel.
    ///
    /// # Errors
    /// [`Cancelled`]: every street and every block of places looks whether it is.
    ///
    /// # Complexity
    /// O(s log n) for the s places within the longest leg of the n streets; 14 bytes for each, 22 for both ways.
    pub fn new(ground: Ground<'a>, control: Control<'_>) -> Result<Self, Cancelled> {
        control.check()?;
        Self::with_blocks(ground, control, |lattice, _, snapper| {
            beside_all(ground, lattice, snapper, control)
        })
    }

    /// Samples the ground that the stations can reach within a cutoff, and no other.
    pub(super) fn around_stations(
        ground: Ground<'a>,
        longest: Cutoff,
        control: Control<'_>,
    ) -> Result<Self, Cancelled> {
        Self::with_blocks(ground, control, |lattice, reaches, snapper| {
            let from_any = reaches.reached_from_any(longest);
            let reached = from_any.reach();
            beside(ground, snapper, lattice, &reached, longest.cost(), control)
        })
    }

    /// Samples the ground that is reached within a cutoff of a place, and no other.
    pub(crate) fn around_place(
        ground: Ground<'a>,
        entrances: &[Snap],
        longest: Cutoff,
        control: Control<'_>,
    ) -> Result<Self, Cancelled> {
        Self::with_blocks(ground, control, |lattice, reaches, snapper| {
            let mut scratch = reaches.scratch(longest.cost());
            let reached = reaches.around(entrances, &mut scratch);
            beside(ground, snapper, lattice, &reached, longest.cost(), control)
        })
    }

    fn with_blocks(
        ground: Ground<'a>,
        control: Control<'_>,
        blocks: impl FnOnce(Lattice, &Reaches<'a>, &Snapper<'a>) -> Result<Blocks, Cancelled>,
    ) -> Result<Self, Cancelled> {
        let nowhere = Coord { x: 0.0, y: 0.0 };
        let bounds = ground.network().bounds().unwrap_or(Bounds {
            min: nowhere,
            max: nowhere,
        });
        let lattice = Lattice::new(bounds);
        let (reaches, snapper) = (ground.reaches(control)?, ground.snapper());
        control.check()?;
        let blocks = blocks(lattice, &reaches, &snapper)?;
        let samples = Samples::take(ground, &snapper, lattice, &blocks, &reaches, control)?;
        let samples = Arc::new(samples);
        Ok(Self {
            ground,
            reaches,
            sampled: Sampled { lattice, samples },
        })
    }

    /// Over the places that were sampled of the same ground.
    ///
    /// # Errors
    /// [`Cancelled`].
    pub(crate) fn from_sampled(
        ground: Ground<'a>,
        sampled: &Sampled,
        control: Control<'_>,
    ) -> Result<Self, Cancelled> {
        Ok(Self {
            ground,
            reaches: ground.reaches(control)?,
            sampled: sampled.clone(),
        })
    }

    /// What another sample grid of this ground can be made of.
    pub(crate) fn sampled(&self) -> Sampled {
        self.sampled.clone()
    }

    fn samples(&self) -> &Samples {
        &self.sampled.samples
    }

    /// How many samples there are: one for each place, behind walls one for each of its ways onto streets.
    #[must_use]
    pub fn sample_count(&self) -> usize {
        self.samples().len()
    }

    /// Something to draw isochrones within some cutoffs with; each worker takes its own.
    ///
    /// # Errors
    /// [`OtherUnit`] where a cutoff counts another unit than the ground.
    pub fn contourer(&self, cutoffs: &[Cutoff]) -> Result<Contourer<'_>, OtherUnit> {
        Ok(self.contourer_within(&ascending(cutoffs, self.ground.impedance())?))
    }

    /// Within cutoffs that are ascending and count what the ground does.
    fn contourer_within(&self, cutoffs: &[Cutoff]) -> Contourer<'_> {
        let cutoffs: Vec<Cost> = cutoffs.iter().map(|cutoff| cutoff.cost()).collect();
        Contourer {
            sample_grid: self,
            scratch: self.reaches.scratch(cutoffs.last().copied().unwrap_or(0)),
            cutoffs,
            drawing: Drawing::on(&self.samples().tiles),
        }
    }

    /// For each station its ground within each cutoff, ascending, in parallel.
    ///
    /// # Errors
    /// [`WalkerError::Cancelled`], and [`WalkerError::Unit`] where a cutoff counts another unit than the ground.
    pub fn by_station(
        &self,
        cutoffs: &[Cutoff],
        control: Control<'_>,
    ) -> Result<Vec<Vec<MultiPolygon<f64>>>, WalkerError> {
        let cutoffs = ascending(cutoffs, self.ground.impedance())?;
        Ok(self.each_station(&cutoffs, control)?)
    }

    fn each_station(
        &self,
        cutoffs: &[Cutoff],
        control: Control<'_>,
    ) -> Result<Vec<Vec<MultiPolygon<f64>>>, Cancelled> {
        let count = self.ground.snapped().station_count();
        let steps = Steps::new(control, Stage::Isochrones, count);
        let drawn = parallel::map_with(
            count,
            STATION_CHUNK,
            || self.contourer_within(cutoffs),
            |contourer, station| {
                steps.step()?;
                Ok(contourer.ground_of(StationId(station as u32)))
            },
        );
        drawn.into_iter().collect()
    }

    /// The ground of every station, and of all together.
    ///
    /// Polygons are valid, nest from cutoff to cutoff, and wind as RFC 7946 says: outer rings counter-clockwise. Coordinates
    /// are longitude and latitude in 10⁻⁷ degrees. The outline is exact to one cell of the lattice: ground
    /// that is narrower than that, as between two walls, may be missing or filled.
    ///
    /// # Errors
    /// [`WalkerError::Cancelled`], and [`WalkerError::Unit`] where a cutoff counts another unit than the ground.
    pub fn isochrones(
        &self,
        cutoffs: &[Cutoff],
        control: Control<'_>,
    ) -> Result<Isochrones, WalkerError> {
        control.check()?;
        let cutoffs = ascending(cutoffs, self.ground.impedance())?;
        let by_station = self.each_station(&cutoffs, control)?;
        control.check()?;
        Ok(Isochrones {
            merged: self.merged(&cutoffs, control)?,
            cutoffs,
            by_station,
        })
    }

    /// For each cutoff, ascending, the ground within it of any station.
    fn merged(
        &self,
        cutoffs: &[Cutoff],
        control: Control<'_>,
    ) -> Result<Vec<MultiPolygon<f64>>, Cancelled> {
        let mut contourer = self.contourer_within(cutoffs);
        let Some(longest) = cutoffs.last().copied() else {
            return Ok(Vec::new());
        };
        if self.ground.placed().trip() != Trip::RoundTrip {
            let stations = self.ground.snapped().stations();
            let all = stations.flat_map(|station| self.ground.snapped().station_snaps(station));
            let all: Vec<Snap> = all.copied().collect();
            return Ok(contourer.ground_around(&all));
        }
        // Both ways are of one station, so the least of each way does not do.
        let (samples, by_gates) = (self.samples(), &self.samples().by_gates);
        let least = Least::new(samples.len());
        let least_by_gates = Least::new(by_gates.cells().count());
        let (within, stage) = (longest.cost(), Stage::Isochrones);
        self.reaches
            .map_stations(longest, control, stage, |_, reach| {
                self.each_reached(reach, within, |number, cost| least.note(number, cost));
                by_gates.each_within(reach, within, |number, _, cost| {
                    least_by_gates.note(number, cost);
                });
            })?;
        let streets: Vec<Street> = self
            .ground
            .network()
            .edge_ids()
            .map(Street::from_edge)
            .collect();
        let cells = by_gates.cells().zip(0..);
        let cells = cells.map(|(cell, number)| (cell, least_by_gates.get(number)));
        let cells: Vec<(BlockCell, Cost)> = cells.collect();
        let (drawing, cutoffs) = (&mut contourer.drawing, contourer.cutoffs.as_slice());
        let cost = |_: &Street, number| least.get(number);
        Ok(self.outlines(drawing, cutoffs, &streets, &cells, cost))
    }

    /// Visits every sample within a cost, by its number.
    fn each_reached(&self, reach: &Reach<'_>, within: Cost, mut visit: impl FnMut(usize, Cost)) {
        let (streets, own) = self.streets(reach, within);
        for street in &streets {
            for number in self.samples().numbers(street.edge) {
                let cost = self.cost(street, &own, number);
                if cost <= within {
                    visit(number, cost);
                }
            }
        }
    }

    /// The streets with a sample that may be within a cost, and the stations' own ones.
    fn streets<'r>(&self, reach: &Reach<'r>, within: Cost) -> (Vec<Street>, Vec<EdgeReach<'r>>) {
        let mut own = Vec::new();
        let mut streets = Vec::with_capacity(reach.edges().len());
        for &edge in reach.edges() {
            if self.samples().on(edge).is_empty() {
                continue;
            }
            let labels = reach.labels(edge);
            let (least, most) = self.samples().bounds(edge, labels);
            let mut street = Street {
                edge,
                least,
                most,
                labels,
                own: None,
            };
            if reach.began_on(edge) {
                (street.least, street.own) = (0, Some(own.len() as u32));
                own.push(reach.on(edge));
            }
            if street.least <= within {
                streets.push(street);
            }
        }
        (streets, own)
    }

    #[inline]
    fn cost(&self, street: &Street, own: &[EdgeReach<'_>], number: usize) -> Cost {
        match street.own {
            None => self.samples().cost(number, &street.labels),
            Some(at) => {
                let at = &own[at as usize];
                self.samples()
                    .cost_beside(street.edge, number, &self.reaches, at)
            }
        }
    }

    /// For each cutoff (ascending) the outline of the samples within it.
    fn outlines(
        &self,
        drawing: &mut Drawing,
        cutoffs: &[Cost],
        streets: &[Street],
        by_gates: &[(BlockCell, Cost)],
        cost: impl Fn(&Street, usize) -> Cost,
    ) -> Vec<MultiPolygon<f64>> {
        let samples = self.samples();
        let Some(&longest) = cutoffs.last() else {
            return Vec::new();
        };
        let mark = |bitmaps: &mut Bitmaps, within: Cost| {
            for street in streets.iter().filter(|street| street.least <= within) {
                // Most streets are certainly within, and their samples are not looked at.
                let is_within = street.most <= within;
                for patch in samples.on(street.edge) {
                    let mut cells = patch.cells;
                    if !is_within {
                        cells = 0;
                        for (bit, number) in patch.numbers() {
                            cells |= u64::from(cost(street, number) <= within) << bit;
                        }
                    }
                    if cells != 0 {
                        bitmaps.mark(patch.block, cells);
                    }
                }
            }
            for ((block, bit), _) in by_gates.iter().filter(|(_, cost)| *cost <= within) {
                bitmaps.mark(*block, 1 << bit);
            }
        };
        let price = |bitmaps: &mut Bitmaps| {
            for street in streets {
                for patch in samples.on(street.edge) {
                    let cells = patch.cells & bitmaps.on_outline(patch.block);
                    if cells != 0 {
                        for (bit, number) in patch.numbers_of(cells) {
                            bitmaps.price(patch.block, bit, cost(street, number));
                        }
                    }
                }
            }
            for ((block, bit), cost) in by_gates {
                bitmaps.price(*block, *bit, *cost);
            }
        };
        let (lattice, tiles) = (self.sampled.lattice, &samples.tiles);
        drawing.outlines(lattice, tiles, longest, cutoffs, mark, price)
    }
}

impl Contourer<'_> {
    /// The ground within each cutoff of a station, ascending.
    ///
    /// # Errors
    /// [`UnknownId`] when there is no such station.
    pub fn around_station(
        &mut self,
        station: StationId,
    ) -> Result<Vec<MultiPolygon<f64>>, UnknownId> {
        let of = self.sample_grid.ground.snapped().station_count();
        UnknownId::check(Numbered::Station, station.index(), of)?;
        Ok(self.ground_of(station))
    }

    /// The same around a station that stands anywhere, with these entrances.
    ///
    /// # Errors
    /// [`UnknownId`] when one is on an edge that there is not.
    pub fn around(&mut self, entrances: &[Snap]) -> Result<Vec<MultiPolygon<f64>>, UnknownId> {
        let of = self.sample_grid.ground.network().edge_count();
        for entrance in entrances {
            UnknownId::check(Numbered::Edge, entrance.edge.index(), of)?;
        }
        Ok(self.ground_around(entrances))
    }

    fn ground_of(&mut self, station: StationId) -> Vec<MultiPolygon<f64>> {
        let snapped = self.sample_grid.ground.snapped();
        let entrances: Vec<Snap> = snapped.station_snaps(station).copied().collect();
        self.ground_around(&entrances)
    }

    fn ground_around(&mut self, entrances: &[Snap]) -> Vec<MultiPolygon<f64>> {
        let Self {
            sample_grid,
            cutoffs,
            scratch,
            drawing,
        } = self;
        let Some(&longest) = cutoffs.last() else {
            return Vec::new();
        };
        let reach = sample_grid.reaches.around(entrances, scratch);
        let (streets, own) = sample_grid.streets(&reach, longest);
        let mut by_gates = Vec::new();
        let cells = &sample_grid.samples().by_gates;
        cells.each_within(&reach, longest, |_, cell, cost| by_gates.push((cell, cost)));
        let cost = |street: &Street, number| sample_grid.cost(street, &own, number);
        sample_grid.outlines(drawing, cutoffs, &streets, &by_gates, cost)
    }
}

/// The least costs of some places over many searches, in whatever order these come.
struct Least(Vec<AtomicU32>);

impl Least {
    fn new(places: usize) -> Self {
        Self((0..places).map(|_| AtomicU32::new(Cost::MAX)).collect())
    }

    fn note(&self, place: usize, cost: Cost) {
        self.0[place].fetch_min(cost, Ordering::Relaxed);
    }

    fn get(&self, place: usize) -> Cost {
        self.0[place].load(Ordering::Relaxed)
    }
}

/// An edge whose samples may be within a cutoff, with bounds for what they cost.
struct Street {
    edge: EdgeId,
    least: Cost,
    most: Cost,
    /// Of its ends.
    labels: AtEnds,
    /// Which of the streets with a station on them it is.
    own: Option<u32>,
}

impl Street {
    /// One of which nothing is known.
    fn from_edge(edge: EdgeId) -> Self {
        Self {
            edge,
            least: 0,
            most: Cost::MAX,
            labels: AtEnds {
                there: [Cost::MAX; 2],
                back: None,
            },
            own: None,
        }
    }
}

#[cfg(test)]
#[path = "sample_grid_tests.rs"]
mod tests;
