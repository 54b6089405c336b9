//! Travel times that are kept up while stations come, move and go and streets close and open: only what an edit can have
//! changed is searched again.

mod cells;
mod points;
mod round_trips;

pub(crate) use points::{Moved, Points};

use std::sync::Arc;

use crate::control::{Cancelled, Control};
use crate::id::{EdgeId, ResidentId, StationId};
use crate::network::{Impedance, Network};
use crate::parallel;
use crate::search::engine::{Engine, Memory};
use crate::search::nearest::RESIDENT_CHUNK;
use crate::search::search_index::{Prepared, SearchIndex};
use crate::search::walk::{OnEdge, Walk, on_edge};
use crate::search::{NearestStation, TravelTimes, Trip};
use crate::snap::Snap;
use crate::units::{Cost, Cutoff};
use cells::Cells;
use round_trips::{BothWays, RoundTrips};

/// The residents within the cutoff of a station, with their costs.
type Row = Vec<(ResidentId, Cost)>;

/// The travel times of one walker in one unit.
#[derive(Debug)]
pub(crate) struct LiveTimes {
    impedance: Impedance,
    trip: Trip,
    cutoff: Option<Cutoff>,
    there: Arc<SearchIndex>,
    back: Option<Arc<SearchIndex>>,
    memory: Option<Memory>,
    /// By station.
    rows: Vec<Row>,
    /// The row that was replaced last.
    old_row: Row,
    nearest: Nearest,
    /// The stations' entrances, ascending by edge.
    accesses: Vec<OnEdge>,
    /// Whom the last edit may have given another nearest station, some of them twice.
    renewed: Vec<(ResidentId, Option<NearestStation>)>,
    runs: Runs,
}

/// How nearest stations are kept up.
#[derive(Debug)]
enum Nearest {
    OneWay(Cells),
    RoundTrip(Box<RoundTrips>),
}

/// The runs of residents that an edit concerns, each once.
#[derive(Debug)]
struct Runs {
    /// Per run the last edit that met it.
    met_in: Vec<u32>,
    edit: u32,
    list: Vec<u32>,
}

impl Runs {
    fn new(count: usize) -> Self {
        Self {
            met_in: vec![0; count],
            edit: 0,
            list: Vec::new(),
        }
    }

    fn start(&mut self) {
        self.list.clear();
        self.edit = self.edit.wrapping_add(1);
        if self.edit == 0 {
            self.met_in.fill(0);
            self.edit = 1;
        }
    }

    fn meet(&mut self, run: u32) {
        let met_in = &mut self.met_in[run as usize];
        if *met_in != self.edit {
            *met_in = self.edit;
            self.list.push(run);
        }
    }
}

impl LiveTimes {
    /// With what was prepared; rows are empty until [`search_again`](Self::search_again), and no station counts as nearest
    /// until [`nearest_of_all`](Self::nearest_of_all).
    pub(crate) fn from_prepared(
        Prepared { there, back }: Prepared,
        points: Points<'_>,
        impedance: Impedance,
        trip: Trip,
        cutoff: Option<Cutoff>,
    ) -> Self {
        let walk_there = points.walk(&there, &impedance);
        let walk_back = back.as_ref().map(|back| points.walk(back, &impedance));
        let memory =
            cutoff.map(|cutoff| Memory::new(&walk_there, walk_back.as_ref(), cutoff.cost()));
        let nearest = match &walk_back {
            None => Nearest::OneWay(Cells::new(&there.graph)),
            Some(walk_back) => Nearest::RoundTrip(Box::new(RoundTrips::new(BothWays {
                there: &walk_there,
                back: walk_back,
                snapped: points.snapped,
            }))),
        };
        drop((walk_there, walk_back));
        Self {
            runs: Runs::new(there.homes.run_count()),
            impedance,
            trip,
            cutoff,
            there,
            back,
            memory,
            rows: vec![Row::new(); points.snapped.station_count()],
            old_row: Row::new(),
            nearest,
            accesses: Vec::new(),
            renewed: Vec::new(),
        }
    }

    /// The same rows on streets that have changed, or for residents who have: everything but the rows is prepared anew.
    pub(crate) fn prepare_again(&mut self, points: Points<'_>, impedance: Impedance) {
        let rows = std::mem::take(&mut self.rows);
        let prepared = points.prepare(&impedance, self.trip);
        *self = Self::from_prepared(prepared, points, impedance, self.trip, self.cutoff);
        self.rows = rows;
    }

    /// What is paid.
    pub(crate) fn impedance(&self) -> &Impedance {
        &self.impedance
    }

    /// The most that is searched.
    pub(crate) fn cutoff(&self) -> Option<Cutoff> {
        self.cutoff
    }

    /// A station's row.
    pub(crate) fn row(&self, station: StationId) -> &[(ResidentId, Cost)] {
        &self.rows[station.index()]
    }

    /// The row that was replaced last.
    pub(crate) fn old_row(&self) -> &[(ResidentId, Cost)] {
        &self.old_row
    }

    /// Makes room for another station.
    pub(crate) fn add_station(&mut self) {
        self.rows.push(Row::new());
    }

    /// Searches from a station's entrances for its new row.
    pub(crate) fn search(&mut self, points: Points<'_>, station: StationId, entrances: &[Snap]) {
        let Some(memory) = &mut self.memory else {
            return;
        };
        let there = points.walk(&self.there, &self.impedance);
        let back = self
            .back
            .as_ref()
            .map(|back| points.walk(back, &self.impedance));
        memory.entries.clear();
        if !entrances.is_empty() {
            memory.add_row(&there, back.as_ref(), entrances.iter());
        }
        let row = &mut self.rows[station.index()];
        std::mem::swap(row, &mut self.old_row);
        row.clear();
        row.extend_from_slice(&memory.entries);
    }

    /// The new rows of some stations, searched in parallel.
    pub(crate) fn search_again(
        &self,
        points: Points<'_>,
        stations: &[StationId],
        control: Control<'_>,
    ) -> Result<Vec<(StationId, Row)>, Cancelled> {
        control.check()?;
        let Some(cutoff) = self.cutoff else {
            return Ok(Vec::new());
        };
        let table = self.engine(points).table(stations, cutoff.cost(), None)?;
        let rows = table.each_row();
        Ok(rows.map(|(station, row)| (station, row.to_vec())).collect())
    }

    /// Puts a row in the place of a station's.
    pub(crate) fn replace_row(&mut self, station: StationId, row: Row) {
        self.old_row = std::mem::replace(&mut self.rows[station.index()], row);
    }

    fn engine<'a>(&'a self, points: Points<'a>) -> Engine<'a> {
        let prepared = Prepared {
            there: Arc::clone(&self.there),
            back: self.back.clone(),
        };
        Engine::from_prepared(prepared, points.network, &self.impedance, points.snapped)
    }

    /// Everybody's nearest station after [`over`](Self::from_prepared) or [`prepare_again`](Self::prepare_again), when all rows are
    /// there.
    pub(crate) fn nearest_of_all(
        &mut self,
        points: Points<'_>,
        control: Control<'_>,
    ) -> Result<Vec<Option<NearestStation>>, Cancelled> {
        control.check()?;
        if let Nearest::RoundTrip(_) = self.nearest {
            let engine = self.engine(points);
            let there = engine.nearest_one_way();
            return engine.nearest(&self.travel_times(), there, control);
        }
        let walk = points.walk(&self.there, &self.impedance);
        let snapped = points.snapped;
        let entrances = || {
            let stations = snapped.stations();
            stations.flat_map(|station| {
                let snaps = snapped.station_snaps(station);
                snaps.map(move |snap| (station, snap))
            })
        };
        let mut accesses: Vec<OnEdge> = entrances()
            .map(|(station, snap)| walk.on_edge(snap, station.0))
            .collect();
        accesses.sort_by_key(OnEdge::edge);
        self.accesses = accesses;
        if let Nearest::OneWay(cells) = &mut self.nearest {
            let seeds = entrances().flat_map(|(station, snap)| {
                let seeds = walk.seeds(std::iter::once(snap));
                seeds.map(move |(node, cost)| (station, node, cost))
            });
            cells.sweep(walk.graph(), seeds);
        }
        Ok(parallel::map_with(
            snapped.residents().len(),
            RESIDENT_CHUNK,
            || (),
            |(), resident| {
                let snaps = snapped.resident_snaps(ResidentId::new(resident));
                self.nearest_one_way(&walk, snaps)
            },
        ))
    }

    /// The nearest station of who joins the network in any of some places.
    fn nearest_one_way<'s>(
        &self,
        walk: &Walk<'_>,
        snaps: impl Iterator<Item = &'s Snap>,
    ) -> Option<NearestStation> {
        let Nearest::OneWay(cells) = &self.nearest else {
            return None;
        };
        let by_snap = snaps.filter_map(|snap| {
            let accesses = on_edge(&self.accesses, snap.edge);
            walk.nearest_of(snap, accesses, |node| cells.label(node))
        });
        let nearest = by_snap.min()?;
        Some(NearestStation {
            station: nearest.station,
            cost: nearest.cost,
        })
    }

    /// The rows as a table.
    fn travel_times(&self) -> TravelTimes {
        let mut row_start = vec![0];
        row_start.extend(self.rows.iter().scan(0, |sum, row| {
            *sum += row.len();
            Some(*sum)
        }));
        let rows = (row_start, self.rows.concat());
        TravelTimes::from_rows(self.impedance.unit(), self.cutoff, rows, self.rows.len())
    }

    /// After a station has moved, and its row been searched: whom that may have given another nearest station, with the
    /// nearest that they have now; some twice. `known` are the nearest stations before.
    pub(crate) fn renew_nearest(
        &mut self,
        points: Points<'_>,
        moved: Moved<'_>,
        known: &[Option<NearestStation>],
    ) -> &[(ResidentId, Option<NearestStation>)] {
        self.renewed.clear();
        let walk = points.walk(&self.there, &self.impedance);
        match &mut self.nearest {
            Nearest::OneWay(cells) => {
                let [from, to] = [moved.from, moved.to].map(|snaps| {
                    let seeds = walk.seeds(snaps.iter());
                    seeds.collect::<Vec<(u32, Cost)>>()
                });
                cells.move_station(walk.graph(), moved.station, &from, &to);
                move_accesses(&mut self.accesses, &walk, moved);
                self.runs.start();
                concerned_runs(points.network, &self.there, cells, moved, &mut self.runs);
                self.renew_runs(points);
            }
            Nearest::RoundTrip(trips) => {
                if let Some(back) = &self.back {
                    let both = BothWays {
                        there: &walk,
                        back: &points.walk(back, &self.impedance),
                        snapped: points.snapped,
                    };
                    let row = &self.rows[moved.station.index()];
                    let renewed = &mut self.renewed;
                    trips.renew(
                        both,
                        self.memory.as_mut(),
                        moved,
                        row,
                        known,
                        |resident, nearest| {
                            renewed.push((resident, nearest));
                        },
                    );
                }
            }
        }
        &self.renewed
    }

    fn renew_runs(&mut self, points: Points<'_>) {
        let mut renewed = std::mem::take(&mut self.renewed);
        let walk = points.walk(&self.there, &self.impedance);
        for &run in &self.runs.list {
            for home in self.there.homes.residents(run) {
                let resident = points.snapped.owner(home);
                let snaps = points.snapped.resident_snaps(resident);
                renewed.push((resident, self.nearest_one_way(&walk, snaps)));
            }
        }
        self.renewed = renewed;
    }
}

/// Puts a station's entrances where they are now.
fn move_accesses(accesses: &mut Vec<OnEdge>, walk: &Walk<'_>, moved: Moved<'_>) {
    for snap in moved.from {
        let first = accesses.partition_point(|access| access.edge() < snap.edge);
        let mut on_edge = accesses[first..]
            .iter()
            .take_while(|access| access.edge() == snap.edge);
        if let Some(own) = on_edge.position(|access| access.who == moved.station.0) {
            accesses.remove(first + own);
        }
    }
    for snap in moved.to {
        let position = accesses.partition_point(|access| access.edge() < snap.edge);
        accesses.insert(position, walk.on_edge(snap, moved.station.0));
    }
}

/// Meets the runs of residents beside relabelled nodes, and on the edges of the station.
fn concerned_runs(
    network: &Network,
    search_index: &SearchIndex,
    cells: &Cells,
    moved: Moved<'_>,
    runs: &mut Runs,
) {
    let SearchIndex { graph, homes, .. } = search_index;
    let meet_edge = |runs: &mut Runs, edge: EdgeId| {
        if let Some(run) = homes.run_on(edge) {
            runs.meet(run);
        }
    };
    for &node in cells.relabelled() {
        if graph.is_core(node) {
            homes.runs_beside(node).for_each(|run| runs.meet(run));
        } else if let Some((junction, _)) = graph.junction(node) {
            for arc in network.arcs_at(junction) {
                meet_edge(runs, arc.edge);
            }
        }
    }
    for snap in moved.from.iter().chain(moved.to) {
        meet_edge(runs, snap.edge);
    }
}
