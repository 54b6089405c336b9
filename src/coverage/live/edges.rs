//! Streets that close and open again.

use geo_types::Coord;

use super::LiveCoverage;
use crate::control::Control;
use crate::id::{EdgeId, Numbered, ResidentId, StationId, UnknownId};
use crate::network::{Impedance, Islands, Network};
use crate::search::Points;
use crate::snap::{Entrance, Resnap, Snap, Snapped, Snapper, Snapping, StationTree};
use crate::units::{CLOSED, Cost};
use crate::walker::WalkerError;

/// How much an edit of edges made to be done again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EdgesEdited {
    /// The edges that are now closed, or open, as they were not before.
    pub edges: usize,
    /// The residents who snap elsewhere, or to nothing any more.
    pub residents: usize,
    /// The stations that were searched from again.
    pub stations: usize,
}

/// The places on the network that an edit may have brought nearer to a station, or further from it.
#[derive(Default)]
struct Touched {
    places: Vec<Coord<f64>>,
    /// The stations that snap elsewhere themselves.
    stations: Vec<StationId>,
    residents: usize,
}

impl LiveCoverage {
    /// Closes edges both ways: nobody walks along them, or snaps to them. Those that are closed already stay so.
    ///
    /// Islands and pockets are found anew, as for a new walker on these streets, and whoever lives or serves on an edge
    /// that cannot be used any more snaps to the next best one.
    ///
    /// # Errors
    /// [`WalkerError::Unknown`]; then nothing is closed.
    ///
    /// # Complexity
    /// The network is prepared anew, O(n log n) in its junctions and in the residents; searches are made again only from
    /// stations that are near enough, as the crow flies, to have one of the edges or of the residents who moved within their
    /// largest cutoff. There and back, nearest stations at any distance are found as by a full run. Behind walls everybody is
    /// snapped again, as a closed street may turn a whole compound to another gate.
    pub fn close_edges(&mut self, edges: &[EdgeId]) -> Result<EdgesEdited, WalkerError> {
        let mut chosen = self.sorted_edges(edges)?;
        chosen.retain(|edge| self.impedance().is_usable(*edge));
        let mut paid: Vec<Impedance> = self.paid();
        let open = paid.clone();
        for &edge in &chosen {
            let costs = paid
                .iter_mut()
                .map(|paid| paid.replace_costs(edge, [CLOSED; 2]));
            self.closed.insert(edge, costs.collect());
        }
        Ok(self.set_impedances(&chosen, paid, &open))
    }

    /// Opens edges that [`close_edges`](Self::close_edges) has closed, at the costs that they had; others stay as they are.
    ///
    /// # Errors
    /// [`WalkerError::Unknown`]; then nothing is opened.
    ///
    /// # Complexity
    /// That of closing them.
    pub fn open_edges(&mut self, edges: &[EdgeId]) -> Result<EdgesEdited, WalkerError> {
        let mut chosen = self.sorted_edges(edges)?;
        let mut paid: Vec<Impedance> = self.paid();
        chosen.retain(|edge| {
            let costs: Option<Vec<[Cost; 2]>> = self.closed.remove(edge);
            for (paid, costs) in paid.iter_mut().zip(costs.iter().flatten()) {
                paid.replace_costs(*edge, *costs);
            }
            costs.is_some()
        });
        let open = paid.clone();
        Ok(self.set_impedances(&chosen, paid, &open))
    }

    /// Edges of this network, ascending, each once.
    fn sorted_edges(&self, edges: &[EdgeId]) -> Result<Vec<EdgeId>, WalkerError> {
        let (edges, of) = (sorted(edges), self.network().edge_count());
        if let Some(last) = edges.last() {
            UnknownId::check(Numbered::Edge, last.index(), of)?;
        }
        Ok(edges)
    }

    /// The edges that are closed, ascending.
    #[must_use]
    pub fn closed_edges(&self) -> impl ExactSizeIterator<Item = EdgeId> {
        self.closed.keys().copied()
    }

    fn paid(&self) -> Vec<Impedance> {
        let paid = self.times.iter().map(|times| times.impedance().clone());
        paid.collect()
    }

    /// Takes over impedances that differ on the chosen edges; in `open` these are open.
    fn set_impedances(
        &mut self,
        chosen: &[EdgeId],
        paid: Vec<Impedance>,
        open: &[Impedance],
    ) -> EdgesEdited {
        if chosen.is_empty() {
            return EdgesEdited::default();
        }
        let min_island_m = self.walker.options().min_island_m;
        let islands = Islands::new(self.network(), &paid[0], min_island_m);
        let mut touched = self.snap_again(&paid[0], islands);
        let network = self.walker.network();
        for &edge in chosen {
            let edge = network.edge(edge);
            let ends = [edge.tail, edge.head].map(|node| network.location(node).degrees());
            touched.places.extend(ends);
        }
        let mut searched = Vec::new();
        for ((times, paid), open) in (0..).zip(paid).zip(open) {
            let stations = self.stations_near(times, &touched, open);
            let points = Points {
                network: self.walker.network(),
                snapped: &self.snapped,
            };
            self.times[times].prepare_again(points, paid);
            self.search_again(times, &stations, Control::default())
                .expect("nobody cancels an edit");
            searched.extend(stations);
        }
        EdgesEdited {
            edges: chosen.len(),
            residents: touched.residents,
            stations: sorted(&searched).len(),
        }
    }

    /// Snaps whom it may concern to the streets of another impedance, with its islands.
    fn snap_again(&mut self, paid: &Impedance, islands: Islands) -> Touched {
        let (walker, options) = (self.walker.clone(), self.snapped.options());
        let (network, index) = (walker.network(), self.index.with_islands(&islands));
        let after =
            Snapper::from_index(&index, network, &islands, None, options).without_closed(paid);
        let touched = if let Some(walls) = walker.walls() {
            let after = after.behind(walls);
            self.index = after.kept();
            self.snap_all_again(&after)
        } else {
            let touched = self.snap_some_again(&after);
            self.index = after.kept();
            touched
        };
        for &station in &touched.stations {
            self.counts.set_station(&self.snapped, station);
        }
        self.islands = islands;
        touched
    }

    /// Snaps those who may join the network elsewhere, where there are no walls.
    fn snap_some_again(&mut self, after: &Snapper<'_>) -> Touched {
        let resnap = Resnap::between(&self.snapper(), after);
        let at_doors = self.snapped.residents().iter();
        let at_doors: Vec<Snapping> = at_doors.map(|snapping| snapping.at_door()).collect();
        let homes = self.homes.iter().copied().zip(&at_doors);
        let residents = resnap.moved(after, &homes.collect::<Vec<_>>());
        let mut rows: Vec<StationId> = Vec::new();
        let mut entrances: Vec<(Option<Coord<f64>>, &Snapping)> = Vec::new();
        for (station, places) in self.snapped.stations().zip(&self.places) {
            let snappings = self.snapped.entrances(station).iter();
            for (entrance, place) in snappings.zip(places) {
                rows.push(station);
                entrances.push((*place, &entrance.snapping));
            }
        }
        let entrances = resnap.moved(after, &entrances);
        let mut touched = Touched {
            residents: residents.len(),
            ..Touched::default()
        };
        for (index, snapping) in residents {
            let old = self.snapped.residents()[index];
            let snaps = [old, snapping];
            touched.add(after.network(), snaps.iter().filter_map(Snapping::snap));
            self.snapped
                .set_resident(ResidentId(index as u32), snapping);
        }
        for (index, snapping) in entrances {
            self.snapped.set_entrance(index, snapping);
            touched.stations.push(rows[index]);
        }
        touched.stations.dedup();
        touched
    }

    /// Snaps everybody, behind walls.
    fn snap_all_again(&mut self, after: &Snapper<'_>) -> Touched {
        let mut touched = Touched::default();
        let again = after.snap_homes(&self.homes, self.snapped.ways(), Control::default());
        let mut before = again.expect("nobody cancels an edit");
        self.snapped.exchange_residents(&mut before);
        for resident in (0..self.homes.len()).map(ResidentId::new) {
            if has_moved(&before, &self.snapped, resident) {
                touched.residents += 1;
                for snapped in [&before, &self.snapped] {
                    touched.add(after.network(), snapped.resident_snaps(resident));
                }
            }
        }
        for station in self.snapped.stations() {
            let entrances = after.entrances(&self.places[station.index()]);
            let joins = |entrance: &Entrance| (entrance.snapping, entrance.gate);
            let old = self.snapped.entrances(station).iter().map(joins);
            if !old.eq(entrances.iter().map(joins)) {
                self.snapped.set_station(station, &entrances);
                touched.stations.push(station);
            }
        }
        touched
    }

    /// The stations that must be searched again in some of the times: those that snap elsewhere, and all that have a touched
    /// place near enough, as the crow flies, to be within the cutoff when the edges are open.
    fn stations_near(&self, times: usize, touched: &Touched, open: &Impedance) -> Vec<StationId> {
        let Some(cutoff) = self.cutoff(times) else {
            return Vec::new();
        };
        let leg_factor = self.snapped.options().leg_factor();
        let Some(metres_per_cost) = open.metres_per_cost(self.network(), leg_factor) else {
            return self.snapped.stations().collect();
        };
        // Costs are rounded where a walk begins and ends on an edge, and each edge by half a unit once: that is in its
        // price. A thousandth on top for the difference between local metres and geodesics.
        let radius_m = metres_per_cost * (f64::from(cutoff.cost()) + 4.0) * 1.001;
        let stations = self.snapped.stations();
        let snaps = stations.flat_map(|station| {
            let snaps = self.snapped.station_snaps(station);
            snaps.map(move |snap| (station, place(self.network(), snap)))
        });
        let tree = StationTree::new(snaps);
        let mut near = tree.stations_near_any(touched.places.iter().copied(), radius_m);
        near.extend(&touched.stations);
        sorted(&near)
    }
}

impl Touched {
    /// Adds where somebody joins the network, or did.
    fn add<'s>(&mut self, network: &Network, snaps: impl Iterator<Item = &'s Snap>) {
        self.places.extend(snaps.map(|snap| place(network, snap)));
    }
}

/// Whether somebody joins the network otherwise than before.
fn has_moved(before: &Snapped, now: &Snapped, resident: ResidentId) -> bool {
    let [was, is] = [before, now].map(|snapped| snapped.residents()[resident.index()]);
    was != is
        || !before
            .gate_accesses(resident)
            .eq(now.gate_accesses(resident))
}

fn place(network: &Network, snap: &Snap) -> Coord<f64> {
    network.place_at(snap.edge, snap.fraction)
}

/// Ascending, each once.
fn sorted<T: Copy + Ord>(list: &[T]) -> Vec<T> {
    let mut list = list.to_vec();
    list.sort_unstable();
    list.dedup();
    list
}
