//! `pedshed explain`: one resident's walk, leg by leg, and why they are covered or not.

use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use anyhow::{Context, bail};
use geo_types::Coord;
use pedshed::coverage::Status;
use pedshed::id::{ResidentId, StationId};
use pedshed::network::Network;
use pedshed::parallel;
use pedshed::search::{Route, Trip};
use pedshed::snap::{Snap, Snapping};
use serde_json::{Value, json};

use crate::args::ExplainArgs;
use crate::exit::Exit;
use crate::study::{Done, Study, Wanted};
use crate::terminal::say;

pub(crate) fn run(args: &ExplainArgs, cancel: &AtomicBool) -> anyhow::Result<Exit> {
    let study = Study::new(&args.layers, &args.walk)?;
    let done = parallel::with_threads(args.run.threads, || {
        study.run(Wanted::default(), args.run.quiet, cancel)
    })
    .map_err(pedshed::Error::from)??;
    let found: Vec<ResidentId> = (0..)
        .map(ResidentId)
        .zip(&done.inputs.residents)
        .filter(|(_, resident)| resident.id == args.resident)
        .map(|(id, _)| id)
        .collect();
    let Some(&resident) = found.first() else {
        bail!(
            "no resident has the id {:?}; ids are in the first column of residents.csv",
            args.resident
        );
    };
    let explanation = Explanation::new(&done, resident);
    let to_stdout = args.geojson.as_deref() == Some(Path::new("-"));
    if let Some(path) = &args.geojson {
        let text = serde_json::to_string_pretty(&explanation.geojson())?;
        if to_stdout {
            say!("{text}");
        } else {
            fs::write(path, text + "\n")
                .with_context(|| format!("{}: cannot be written", path.display()))?;
        }
    }
    if !to_stdout {
        if found.len() > 1 {
            say!("{} records have this id; this is the first\n", found.len());
        }
        explanation.print();
    }
    Ok(Exit::Done)
}

/// One walk between the resident and their nearest station.
struct Walk {
    title: &'static str,
    route: Route,
    origins: Vec<(Coord<f64>, Snap)>,
    destinations: Vec<(Coord<f64>, Snap)>,
}

struct Explanation<'a> {
    done: &'a Done,
    resident: ResidentId,
    station: Option<StationId>,
    walks: Vec<Walk>,
}

impl<'a> Explanation<'a> {
    fn new(done: &'a Done, resident: ResidentId) -> Self {
        let station =
            done.analysis.coverage.nearest()[resident.index()].map(|nearest| nearest.station);
        let mut explanation = Self {
            done,
            resident,
            station,
            walks: Vec::new(),
        };
        let home = explanation.home();
        if let (Some(home), Some(station)) = (home, station) {
            let trip = done.analysis.options.trip;
            let entrances = explanation.entrances(station);
            let mut add = |title, origins: &[_], destinations: &[_]| {
                explanation
                    .walks
                    .extend(walk(done, title, origins, destinations));
            };
            if trip != Trip::FromStation {
                add("to the station", &[home], &entrances);
            }
            if trip != Trip::ToStation {
                add("from the station", &entrances, &[home]);
            }
        }
        explanation
    }

    fn home(&self) -> Option<(Coord<f64>, Snap)> {
        let place = self.done.inputs.residents[self.resident.index()].valid_place()?;
        let snap = self.done.analysis.snapped.residents()[self.resident.index()].snap()?;
        Some((place, *snap))
    }

    fn entrances(&self, station: StationId) -> Vec<(Coord<f64>, Snap)> {
        let entrances = self.done.analysis.snapped.entrances(station).iter();
        let place = |row: u32| {
            self.done.inputs.stations[row as usize]
                .place
                .as_ref()
                .ok()
                .copied()
        };
        entrances
            .filter_map(|entrance| Some((place(entrance.row)?, *entrance.snapping.snap()?)))
            .collect()
    }

    fn station_name(&self) -> Option<&str> {
        let row = self.done.analysis.snapped.entrances(self.station?)[0].row;
        Some(&self.done.inputs.stations[row as usize].id)
    }

    fn print(&self) {
        let Done {
            inputs, analysis, ..
        } = self.done;
        let record = &inputs.residents[self.resident.index()];
        let coverage = &analysis.coverage;
        let status = coverage.statuses()[self.resident.index()];
        say!(
            "resident {} ({} people, {})",
            record.id,
            record.people,
            record.source
        );
        match coverage.reason(self.resident, record, &analysis.snapped) {
            Some(reason) => say!("status   {}: {reason}", status.name()),
            None => say!("status   {}", status.name()),
        }
        match &analysis.snapped.residents()[self.resident.index()] {
            Snapping::On(snap) => say!("street   {}", street(&analysis.network, snap)),
            Snapping::OffNetwork(Some(near)) => {
                let island = if near.in_island { ", on an island" } else { "" };
                say!(
                    "street   none within {} m; the nearest is {:.0} m away{island}",
                    analysis.options.snap.max_snap_m,
                    near.metres
                );
            }
            Snapping::OffNetwork(None) | Snapping::Invalid => {}
        }
        for (cutoff, count) in coverage
            .tests()
            .cutoffs()
            .zip(coverage.within(self.resident))
        {
            say!("within   {:>7}: {count} stations", cutoff.label());
        }
        if let Some(name) = self.station_name() {
            say!("nearest  {name}");
        }
        for walk in &self.walks {
            walk.print(&analysis.network);
        }
        if status == Status::Unreachable {
            let home = analysis.snapped.residents()[self.resident.index()].snap();
            let together = analysis
                .snapped
                .stations()
                .flat_map(|station| analysis.snapped.station_snaps(station))
                .any(|snap| {
                    home.is_some_and(|home| {
                        let islands = &analysis.islands;
                        islands.are_connected(&analysis.network, home.edge, snap.edge)
                    })
                });
            let why = if together {
                "one-way ways close every path"
            } else {
                "no station is in their piece of the network"
            };
            say!("why      {why}");
        }
    }

    fn geojson(&self) -> Value {
        let Done {
            inputs, analysis, ..
        } = self.done;
        let record = &inputs.residents[self.resident.index()];
        let mut features = Vec::new();
        if let Ok(place) = &record.place {
            features.push(point(*place, &json!({ "what": "resident", "id": record.id, "status": analysis.coverage.statuses()[self.resident.index()].name() })));
        }
        if let (Some(station), Some(name)) = (self.station, self.station_name()) {
            for (place, _) in self.entrances(station) {
                features.push(point(place, &json!({ "what": "station", "id": name })));
            }
        }
        features.extend(
            self.walks
                .iter()
                .map(|walk| walk.feature(&analysis.network)),
        );
        json!({ "type": "FeatureCollection", "features": features })
    }
}

fn point(place: Coord<f64>, properties: &Value) -> Value {
    json!({
        "type": "Feature",
        "properties": properties,
        "geometry": { "type": "Point", "coordinates": [place.x, place.y] },
    })
}

/// A snapped street in words.
fn street(network: &Network, snap: &Snap) -> String {
    let name = network.name(snap.edge).unwrap_or("unnamed");
    let edge = network.edge(snap.edge);
    format!(
        "{name} (way {}), {:.1} m away, {:.0} m along its {:.0} m",
        edge.way,
        snap.leg_m,
        snap.fraction * edge.length_m,
        edge.length_m
    )
}

fn walk(
    done: &Done,
    title: &'static str,
    origins: &[(Coord<f64>, Snap)],
    destinations: &[(Coord<f64>, Snap)],
) -> Option<Walk> {
    let snaps =
        |list: &[(Coord<f64>, Snap)]| list.iter().map(|(_, snap)| *snap).collect::<Vec<_>>();
    let analysis = &done.analysis;
    let leg_factor = analysis.options.snap.leg_factor;
    let route = Route::find(
        &analysis.network,
        &analysis.impedance,
        leg_factor,
        &snaps(origins),
        &snaps(destinations),
    )?;
    Some(Walk {
        title,
        route,
        origins: origins.to_vec(),
        destinations: destinations.to_vec(),
    })
}

/// Steps on streets of one name, one after the other.
struct Stretch<'n> {
    name: &'n str,
    metres: f64,
    milliseconds: u64,
}

impl Walk {
    fn print(&self, network: &Network) {
        let (_, from) = self.origins[self.route.origin];
        let (_, to) = self.destinations[self.route.destination];
        say!("\n{}, {}", self.title, clock(self.route.cost()));
        print_leg(
            "straight to the street",
            from.leg_m,
            self.route.origin_leg.into(),
        );
        for stretch in self.stretches(network) {
            print_leg(stretch.name, stretch.metres, stretch.milliseconds);
        }
        print_leg(
            "straight from the street",
            to.leg_m,
            self.route.destination_leg.into(),
        );
    }

    fn stretches<'n>(&self, network: &'n Network) -> Vec<Stretch<'n>> {
        let mut stretches: Vec<Stretch<'n>> = Vec::new();
        for step in &self.route.steps {
            let name = network.name(step.edge).unwrap_or("unnamed");
            let metres = (step.to - step.from).abs() * network.edge(step.edge).length_m;
            match stretches.last_mut().filter(|last| last.name == name) {
                Some(last) => {
                    last.metres += metres;
                    last.milliseconds += u64::from(step.cost);
                }
                None => stretches.push(Stretch {
                    name,
                    metres,
                    milliseconds: step.cost.into(),
                }),
            }
        }
        stretches
    }

    fn feature(&self, network: &Network) -> Value {
        let mut line = vec![self.origins[self.route.origin].0];
        for step in &self.route.steps {
            line.extend(network.places_between(step.edge, step.from, step.to));
        }
        line.push(self.destinations[self.route.destination].0);
        line.dedup();
        let coordinates: Vec<[f64; 2]> = line.iter().map(|place| [place.x, place.y]).collect();
        json!({
            "type": "Feature",
            "properties": {
                "what": "walk",
                "title": self.title,
                "seconds": self.route.cost() as f64 / 1000.0,
            },
            "geometry": { "type": "LineString", "coordinates": coordinates },
        })
    }
}

fn print_leg(name: &str, metres: f64, milliseconds: u64) {
    let name: String = name.chars().take(44).collect();
    say!("  {name:<44}{metres:>9.1} m{:>16}", clock(milliseconds));
}

/// Minutes and seconds.
fn clock(milliseconds: u64) -> String {
    let tenths = (milliseconds + 50) / 100;
    format!(
        "{} min {:02}.{} s",
        tenths / 600,
        tenths % 600 / 10,
        tenths % 10
    )
}
