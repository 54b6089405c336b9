//! The city that is measured: a model district its nodes, ways, stations and residents in drawn order,
//! so that no number tells anything of place.

use std::collections::HashMap;
use std::path::Path;
use std::process::Command;

use pedshed::district::{District, DistrictOptions, Map};
use pedshed::geometry::Location;
use pedshed::model::{
    Access, Crossing, Passage, Resident, Station, Streets, StreetsBuilder, WayKind,
};
use pedshed::network::Network;

use crate::random::SplitMix64;
use crate::stored::Stored;

/// Junctions for each station: 20 million for 100,000.
const JUNCTIONS_PER_STATION: usize = 200;
/// And for each resident: 20 million for 10 million.
const JUNCTIONS_PER_RESIDENT: usize = 2;

pub(crate) struct Model {
    pub(crate) streets: Streets,
    pub(crate) stations: Vec<Station>,
    pub(crate) residents: Vec<Resident>,
}

impl Model {
    /// Generates a model in a process of its own.
    pub(crate) fn new(junctions: u32) -> Self {
        let folder = tempfile::tempdir().expect("room for a file");
        let path = folder.path().join("model");
        let us = std::env::current_exe().expect("a program");
        let mut generator = Command::new(us);
        generator
            .arg("--generate")
            .arg(&path)
            .arg(junctions.to_string());
        assert!(
            generator.status().expect("a process").success(),
            "a model was made"
        );
        let stored = Stored::read(&path).expect("a sound file");
        let resident = |place: &Location| {
            let place = place.degrees();
            Resident::new("", place.x, place.y)
        };
        let station = |(index, place): (usize, &Location)| {
            let place = place.degrees();
            Station::new(format!("s{index}"), place.x, place.y)
        };
        Self {
            stations: stored.stations.iter().enumerate().map(station).collect(),
            residents: stored.residents.iter().map(resident).collect(),
            streets: stored.streets,
        }
    }
}

/// Generates a model of so many junctions and stores it.
pub(crate) fn generate(junctions: u32, path: &Path) {
    let options = DistrictOptions::junctions(junctions);
    let district = District::generate(options).expect("a size that can be made");
    let mut random = SplitMix64::new(11);
    let count = district.map.junctions() as usize;
    let doors = district.homes.iter();
    let doors = doors.map(|home| district.stairwells[home.stairwell as usize].door);
    let sites = district.stations.iter().map(|station| station.place);
    let stored = Stored {
        residents: some_of(
            &doors.collect::<Vec<_>>(),
            count / JUNCTIONS_PER_RESIDENT,
            &mut random,
        ),
        stations: some_of(
            &sites.collect::<Vec<_>>(),
            count / JUNCTIONS_PER_STATION,
            &mut random,
        ),
        streets: streets(&district.map, &mut random),
    };
    let network = Network::build(&stored.streets).expect("a network");
    assert_eq!(
        network.node_count(),
        count,
        "the generator counts as the network does"
    );
    stored.write(path).expect("room for the model");
}

/// So many of these places, drawn evenly from all of them; every place several times where there are too few.
fn some_of(places: &[Location], count: usize, random: &mut SplitMix64) -> Vec<Location> {
    let at =
        |index: usize| places[(index * places.len() / count + index / places.len()) % places.len()];
    let mut some: Vec<Location> = (0..count).map(at).collect();
    shuffle(&mut some, random);
    some
}

fn shuffle<T>(items: &mut [T], random: &mut SplitMix64) {
    for last in (1..items.len()).rev() {
        items.swap(last, random.below(last as i32 + 1) as usize);
    }
}

/// The walked ways over the nodes that they use, both in drawn order.
fn streets(map: &Map, random: &mut SplitMix64) -> Streets {
    const UNUSED: u32 = u32::MAX;
    let mut vertex_of = vec![UNUSED; map.node_count()];
    let mut walked = Vec::new();
    for (index, (refs, tags)) in (0u32..).zip(map.ways()) {
        if passage(tags).is_some() {
            walked.push(index);
            for node in refs {
                vertex_of[*node as usize] = 0;
            }
        }
    }
    shuffle(&mut walked, random);
    let mut used: Vec<u32> = (0..)
        .zip(&vertex_of)
        .filter(|(_, v)| **v == 0)
        .map(|(n, _)| n)
        .collect();
    shuffle(&mut used, random);
    for (vertex, node) in (0..).zip(&used) {
        vertex_of[*node as usize] = vertex;
    }
    let place = |node: &u32| map.nodes()[*node as usize];
    let mut builder = StreetsBuilder::new(used.iter().map(place).collect());
    let ways = map.ways();
    let ways: Vec<_> = ways.collect();
    let mut vertices = Vec::new();
    for (id, way) in (1..).zip(walked) {
        let (refs, tags) = ways[way as usize];
        vertices.clear();
        vertices.extend(refs.iter().map(|node| vertex_of[*node as usize]));
        if let Some(passage) = passage(tags) {
            builder.add_way(id, &vertices, passage, None);
        }
    }
    builder.finish(crossings(map, &vertex_of))
}

fn crossings(map: &Map, vertex_of: &[u32]) -> Vec<(u32, Crossing)> {
    let tagged = map.tagged_nodes();
    let crossing = tagged.filter_map(|(node, tags)| {
        let tags: HashMap<&str, &str> = tags.iter().map(|(key, value)| (*key, &**value)).collect();
        let kind = match (tags.get("highway"), tags.get("crossing")) {
            (Some(&"crossing"), Some(&"traffic_signals")) => Crossing::Signal,
            (Some(&"crossing"), _) => Crossing::Marked,
            _ => return None,
        };
        Some((vertex_of[node as usize], kind))
    });
    crossing.collect()
}

/// How the model's ways are walked; none of those that are no ways of walkers.
fn passage<V: AsRef<str>>(tags: &[(&'static str, V)]) -> Option<Passage> {
    let value = |wanted: &str| {
        let tag = tags.iter().find(|(key, _)| *key == wanted);
        tag.map(|(_, value)| value.as_ref())
    };
    let kind = match value("highway")? {
        _ if value("foot") == Some("no") => return None,
        "steps" => WayKind::Steps,
        _ => WayKind::Street,
    };
    let mut passage = Passage::from(kind);
    if value("access") == Some("private") {
        passage.access = Access::Private;
    }
    Some(passage)
}
