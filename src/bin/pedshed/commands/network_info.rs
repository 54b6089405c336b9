//! `pedshed network info`: how large the network is, and what was left out and why.

use std::sync::atomic::AtomicBool;

use pedshed::inputs::{StreetsRead, read_network};
use pedshed::model::Profile;
use pedshed::network::{Impedance, Islands, Network};
use pedshed::{Error, parallel};

use crate::args::NetworkInfoArgs;
use crate::exit::Exit;
use crate::study::{in_range, network};
use crate::terminal::say;

/// Islands that are listed one by one.
const LISTED_ISLANDS: usize = 10;

pub(crate) fn run(args: &NetworkInfoArgs, _cancel: &AtomicBool) -> anyhow::Result<Exit> {
    let min_island_m = in_range("--min-island", args.min_island, 0.0, 1e9)?;
    let (source, crs) = network(&args.network)?;
    parallel::with_threads(args.run.threads, || {
        let read = read_network(&source, &crs)?;
        let network = Network::build(&read.streets).map_err(Error::from)?;
        let impedance = Impedance::times(&network, &Profile::adult()).map_err(Error::from)?;
        let islands = Islands::find(&network, &impedance, min_island_m);
        if !args.run.quiet {
            print_size(&network, &islands);
            print_cuts(&read);
            print_islands(&network, &islands);
        }
        Ok(Exit::Done)
    })
    .map_err(pedshed::Error::from)?
}

fn print_size(network: &Network, islands: &Islands) {
    let source = network.source();
    say!("ways             {:>10}", source.ways);
    say!("street vertices  {:>10}", source.vertices);
    say!("nodes            {:>10}", network.node_count());
    say!("edges            {:>10}", network.edge_count());
    say!("length           {:>10.1} km", network.length_m() / 1000.0);
    say!("connected pieces {:>10}", islands.piece_count());
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

fn print_cuts(read: &StreetsRead) {
    say!("\nleft out of the network");
    if read.cuts.list().is_empty() {
        say!("  nothing");
    }
    for cut in read.cuts.list() {
        let length = if cut.length_m > 0.0 {
            format!("{:.1} km", cut.length_m / 1000.0)
        } else {
            String::new()
        };
        say!(
            "  {:<26}{:>8}{length:>12}  e.g. {}",
            cut.reason.words(),
            cut.count,
            cut.example
        );
    }
}

fn print_islands(network: &Network, islands: &Islands) {
    let list = islands.list();
    let length_m: f64 = list.iter().map(|island| island.length_m).sum();
    say!(
        "\nislands: {} pieces, {:.1} km; nothing snaps to them",
        list.len(),
        length_m / 1000.0
    );
    let mut longest: Vec<_> = list.iter().collect();
    longest.sort_by(|a, b| b.length_m.total_cmp(&a.length_m).then(a.edge.cmp(&b.edge)));
    for island in longest.iter().take(LISTED_ISLANDS) {
        let place = network.place_at(island.edge, 0.5);
        let way = network.edge(island.edge).way;
        say!(
            "  {:>7.0} m  {} edges  way {way}  at {:.5} {:.5}",
            island.length_m,
            island.edges,
            place.x,
            place.y
        );
    }
    if list.len() > LISTED_ISLANDS {
        say!("  … and {} more", list.len() - LISTED_ISLANDS);
    }
}
