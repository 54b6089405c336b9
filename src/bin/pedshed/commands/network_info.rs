//! `pedshed network info`: how large the network is, what was left out and why, and whom that touches.

use std::sync::atomic::AtomicBool;

use pedshed::coverage::Affected;
use pedshed::inputs::Inputs;
use pedshed::network::{Impedance, Islands, Network};
use pedshed::snap::{SnapOptions, Snapper};
use pedshed::{Error, parallel};

use crate::args::NetworkInfoArgs;
use crate::exit::Exit;
use crate::study::{in_range, network_request, profile};
use crate::terminal::say;

/// Islands and pockets that are listed one by one.
const LISTED: usize = 10;

pub(crate) fn run(args: &NetworkInfoArgs, _cancel: &AtomicBool) -> anyhow::Result<Exit> {
    let min_island_m = in_range("min-island", args.min_island, 0.0, 1e9)?;
    let snap = SnapOptions {
        max_snap_m: in_range("max-snap", args.max_snap, 0.0, 10_000.0)?,
        ..SnapOptions::default()
    };
    let profile = profile(&args.profile)?;
    let request = network_request(args)?;
    parallel::with_threads(args.run.threads, || {
        let inputs = Inputs::read(&request)?;
        let network = Network::build(&inputs.streets).map_err(Error::from)?;
        let impedance = Impedance::times(&network, &profile).map_err(Error::from)?;
        let islands = Islands::find(&network, &impedance, min_island_m);
        if args.run.quiet {
            return Ok(Exit::Done);
        }
        let snapper = Snapper::new(&network, &impedance, &islands, snap);
        let affected = (!inputs.residents.is_empty())
            .then(|| Affected::of(&inputs.residents, &inputs.cuts, &snapper));
        let info = Info {
            inputs: &inputs,
            network: &network,
            impedance: &impedance,
            islands: &islands,
            affected,
        };
        info.print();
        Ok(Exit::Done)
    })
    .map_err(pedshed::Error::from)?
}

struct Info<'a> {
    inputs: &'a Inputs,
    network: &'a Network,
    impedance: &'a Impedance,
    islands: &'a Islands,
    affected: Option<Affected>,
}

impl Info<'_> {
    fn print(&self) {
        self.print_size();
        self.print_cuts();
        self.print_islands();
        self.print_pockets();
        if let Some(affected) = &self.affected {
            say!(
                "\nresidents: {} people in {} records; {} people are off the network",
                affected.total,
                self.inputs.residents.len(),
                affected.off_network
            );
        }
    }

    fn print_size(&self) {
        let network = self.network;
        let source = network.source();
        say!("ways             {:>10}", source.ways);
        say!("street vertices  {:>10}", source.vertices);
        say!("nodes            {:>10}", network.node_count());
        say!("edges            {:>10}", network.edge_count());
        say!("length           {:>10.1} km", network.length_m() / 1000.0);
        let closed = network
            .edges()
            .filter(|(edge, _)| !self.impedance.is_usable(*edge));
        let closed_m: f64 = closed.map(|(_, edge)| edge.length_m).sum();
        if closed_m > 0.0 {
            say!(
                "not usable       {:>10.1} km for this profile",
                closed_m / 1000.0
            );
        }
        say!("connected pieces {:>10}", self.islands.piece_count());
        if let Some(bounds) = network.bounds() {
            let (min, max) = (bounds.min, bounds.max);
            say!(
                "bounds           {:.5} {:.5} to {:.5} {:.5}",
                min.x,
                min.y,
                max.x,
                max.y
            );
        }
    }

    fn print_cuts(&self) {
        let people = if self.affected.is_some() {
            "      people"
        } else {
            ""
        };
        say!(
            "\nleft out of the network{:>11}{:>12}{people}",
            "count",
            "length"
        );
        if self.inputs.cuts.list().is_empty() {
            say!("  nothing");
        }
        for (index, cut) in self.inputs.cuts.list().iter().enumerate() {
            let length = if cut.lines.is_empty() {
                String::new()
            } else {
                format!("{:.1} km", cut.length_m / 1000.0)
            };
            let people = match &self.affected {
                Some(affected) if !cut.lines.is_empty() => {
                    format!("{:>12}", affected.beside_cuts[index].to_string())
                }
                Some(_) => " ".repeat(12),
                None => String::new(),
            };
            say!(
                "  {:<26}{:>6}{length:>12}{people}  e.g. {}",
                cut.reason.words(),
                cut.count,
                cut.example
            );
        }
        if self.affected.is_some() {
            say!("  (people: those to whom such a way is nearer than the street that they use)");
        }
    }

    fn print_islands(&self) {
        let list = self.islands.list();
        let people = self.people(|affected| affected.beside_islands.to_string());
        say!(
            "\nislands: {} pieces, {:.1} km{people}; nothing snaps to them",
            list.len(),
            self.islands.length_m() / 1000.0
        );
        let longest = longest_first(list, |island| (island.length_m, island.edge));
        for island in longest.iter().take(LISTED) {
            say!(
                "  {:>7.0} m  {} edges  {}",
                island.length_m,
                island.edges,
                self.place(island.edge)
            );
        }
        say_more(list.len());
    }

    fn print_pockets(&self) {
        let list = self.islands.pockets().list();
        let closed = list.iter().filter(|pocket| pocket.gates == 0).count();
        let people = self.people(|affected| affected.in_pockets.to_string());
        say!(
            "\npockets of private ways: {} pieces, {:.1} km{people}; {closed} without a gate",
            list.len(),
            self.islands.pockets().length_m() / 1000.0
        );
        let longest = longest_first(list, |pocket| (pocket.length_m, pocket.edge));
        for pocket in longest.iter().take(LISTED) {
            say!(
                "  {:>7.0} m  {} edges, {} gates  {}",
                pocket.length_m,
                pocket.edges,
                pocket.gates,
                self.place(pocket.edge)
            );
        }
        say_more(list.len());
    }

    fn people(&self, number: impl Fn(&Affected) -> String) -> String {
        let affected = self.affected.as_ref();
        affected.map_or(String::new(), |affected| {
            format!(", {} people", number(affected))
        })
    }

    fn place(&self, edge: pedshed::id::EdgeId) -> String {
        let place = self.network.place_at(edge, 0.5);
        let way = self.network.edge(edge).way;
        format!("way {way}  at {:.5} {:.5}", place.x, place.y)
    }
}

fn longest_first<T, K: PartialOrd>(list: &[T], key: impl Fn(&T) -> (f64, K)) -> Vec<&T> {
    let mut longest: Vec<&T> = list.iter().collect();
    longest.sort_by(|a, b| {
        let ((a_m, a), (b_m, b)) = (key(a), key(b));
        let ties = a.partial_cmp(&b).unwrap_or(std::cmp::Ordering::Equal);
        b_m.total_cmp(&a_m).then(ties)
    });
    longest
}

fn say_more(count: usize) {
    if count > LISTED {
        say!("  … and {} more", count - LISTED);
    }
}
