//! What is drawn on the ground: who can cross what, and where.

use std::collections::{BTreeMap, BTreeSet};

use geo_types::Coord;
use pedshed::district::{District, DistrictFile, DistrictOptions};
use pedshed::geometry::{Bounds, Location};
use pedshed::inputs::osm::{OsmFile, read_streets};
use pedshed::inputs::{Elevation, Source};
use pedshed::model::{Streets, Way as Street};
use pedshed::network::Network;

use super::{generated, yingze};

/// A way of the map with its tags.
struct Way<'a> {
    refs: &'a [u32],
    tags: BTreeMap<&'a str, &'a str>,
}

impl Way<'_> {
    fn is(&self, key: &str, values: &[&str]) -> bool {
        self.tags
            .get(key)
            .is_some_and(|value| values.contains(value))
    }

    fn is_walked(&self) -> bool {
        self.tags.contains_key("highway") && !self.is("foot", &["no"])
    }
}

fn ways(district: &District) -> Vec<Way<'_>> {
    let ways = district.map.ways().map(|(refs, tags)| Way {
        refs,
        tags: tags
            .iter()
            .map(|(key, value)| (*key, value.as_ref()))
            .collect(),
    });
    ways.collect()
}

/// Two places as a stretch of a line.
type Stretch = [Location; 2];

fn stretches<'a>(
    district: &'a District,
    ways: impl Iterator<Item = &'a Way<'a>> + 'a,
) -> impl Iterator<Item = Stretch> + 'a {
    let nodes = district.map.nodes();
    ways.flat_map(|way| way.refs.windows(2))
        .map(move |pair| [nodes[pair[0] as usize], nodes[pair[1] as usize]])
}

/// Twice the area on the left of a line, exactly.
fn side(of: Stretch, place: Location) -> i64 {
    let [a, b] = of.map(|p| (i64::from(p.lon_e7), i64::from(p.lat_e7)));
    let p = (i64::from(place.lon_e7), i64::from(place.lat_e7));
    (b.0 - a.0) * (p.1 - a.1) - (b.1 - a.1) * (p.0 - a.0)
}

/// Whether two stretches cross in their insides; touching with an end is no crossing.
fn cross(one: Stretch, other: Stretch) -> bool {
    let apart = |a: Stretch, b: Stretch| side(a, b[0]).signum() * side(a, b[1]).signum() >= 0;
    !apart(one, other) && !apart(other, one)
}

/// Stretches in squares of about 300 m, to find those that may cross.
struct Squares(BTreeMap<(i32, i32), Vec<Stretch>>);

impl Squares {
    fn new(stretches: impl Iterator<Item = Stretch>) -> Self {
        let mut squares: BTreeMap<_, Vec<Stretch>> = BTreeMap::new();
        for stretch in stretches {
            for square in Self::around(stretch) {
                squares.entry(square).or_default().push(stretch);
            }
        }
        Self(squares)
    }

    fn around([a, b]: Stretch) -> BTreeSet<(i32, i32)> {
        let span = |a: i32, b: i32| a.min(b) / 30_000..=a.max(b) / 30_000;
        let xs = span(a.lon_e7, b.lon_e7);
        xs.flat_map(|x| span(a.lat_e7, b.lat_e7).map(move |y| (x, y)))
            .collect()
    }

    fn crossing(&self, stretch: Stretch) -> Option<Stretch> {
        let squares = Self::around(stretch);
        let near = squares
            .iter()
            .filter_map(|square| self.0.get(square))
            .flatten();
        near.copied().find(|other| cross(stretch, *other))
    }
}

fn root(parent: &mut [u32], mut node: u32) -> u32 {
    while parent[node as usize] != node {
        parent[node as usize] = parent[parent[node as usize] as usize];
        node = parent[node as usize];
    }
    node
}

/// The connected pieces of the nodes that ways join: each node's smallest.
fn pieces<'a>(count: usize, ways: impl Iterator<Item = &'a Way<'a>>) -> Vec<u32> {
    let mut parent: Vec<u32> = (0..count as u32).collect();
    for way in ways {
        for pair in way.refs.windows(2) {
            let (one, other) = (root(&mut parent, pair[0]), root(&mut parent, pair[1]));
            parent[one.max(other) as usize] = one.min(other);
        }
    }
    (0..count as u32)
        .map(|node| root(&mut parent, node))
        .collect()
}

#[test]
fn the_river_is_crossed_on_bridges_alone() {
    for district in [yingze(), &generated(DistrictOptions::junctions(2_000))] {
        let ways = ways(district);
        let walked = || ways.iter().filter(|way| way.is_walked());
        let all = pieces(district.map.node_count(), walked());
        let dry = walked().filter(|way| !way.is("bridge", &["yes"]));
        let dry = pieces(district.map.node_count(), dry);
        let nodes = || walked().flat_map(|way| way.refs).copied();
        let lon = |node: &u32| district.map.nodes()[*node as usize].lon_e7;
        let (west, east) = (nodes().min_by_key(lon), nodes().max_by_key(lon));
        let (west, east) = (
            west.expect("a node") as usize,
            east.expect("a node") as usize,
        );
        assert_eq!(all[west], all[east], "with bridges the banks are joined");
        assert_ne!(dry[west], dry[east], "without them they are not");
        let water = ways.iter().filter(|way| way.is("natural", &["water"]));
        let water = Squares::new(stretches(district, water));
        for stretch in stretches(district, walked().filter(|way| !way.is("bridge", &["yes"]))) {
            assert_eq!(
                water.crossing(stretch),
                None,
                "{stretch:?} goes through water"
            );
        }
    }
}

#[test]
fn avenues_and_the_railway_are_crossed_only_where_one_may() {
    for district in [
        yingze(),
        &generated(DistrictOptions::junctions(2_000).with_seed(9)),
    ] {
        let ways = ways(district);
        let dividing = ways.iter().filter(|way| {
            way.is("highway", &["primary", "secondary"]) || way.tags.contains_key("railway")
        });
        let dividing = Squares::new(stretches(district, dividing));
        let anywhere = ways.iter().filter(|way| {
            let crosses = way.is("footway", &["crossing"]) || way.is("bridge", &["yes"]);
            way.is_walked() && !crosses && !way.is("tunnel", &["yes"])
        });
        for stretch in stretches(district, anywhere) {
            assert_eq!(
                dividing.crossing(stretch),
                None,
                "{stretch:?} crosses a road"
            );
        }
        let rails = ways.iter().filter(|way| way.tags.contains_key("railway"));
        let rails = Squares::new(stretches(district, rails));
        let on_foot = ways
            .iter()
            .filter(|way| way.is_walked() && !way.is("tunnel", &["yes"]));
        for stretch in stretches(district, on_foot) {
            assert_eq!(
                rails.crossing(stretch),
                None,
                "{stretch:?} crosses the railway"
            );
        }
    }
}

#[test]
fn walls_are_passed_at_gates_alone() {
    for district in [
        yingze(),
        &generated(DistrictOptions::junctions(2_000).with_seed(4)),
    ] {
        let ways = ways(district);
        let walls = ways.iter().filter(|way| way.is("barrier", &["wall"]));
        let walls = Squares::new(stretches(district, walls));
        for stretch in stretches(district, ways.iter().filter(|way| way.is_walked())) {
            assert_eq!(
                walls.crossing(stretch),
                None,
                "{stretch:?} goes through a wall"
            );
        }
        let nodes_of = |private: bool| -> BTreeSet<u32> {
            let ways = ways.iter().filter(|way| way.is_walked());
            let of_them = ways.filter(|way| way.is("access", &["private"]) == private);
            of_them.flat_map(|way| way.refs).copied().collect()
        };
        let gates: BTreeSet<u32> = district
            .map
            .tagged_nodes()
            .filter(|(_, tags)| {
                tags.iter()
                    .any(|(key, value)| *key == "barrier" && value == "gate")
            })
            .map(|(node, _)| node)
            .collect();
        let (inside, outside) = (nodes_of(true), nodes_of(false));
        assert!(
            inside
                .intersection(&outside)
                .all(|node| gates.contains(node))
        );
        assert_eq!(gates.len(), district.gates.len());
        let mut of_compound = vec![0; district.compounds.len()];
        for gate in &district.gates {
            of_compound[gate.compound as usize] += 1;
        }
        assert!(of_compound.iter().all(|gates| (1..=3).contains(gates)));
    }
}

fn network(district: &District) -> Network {
    let bytes = district.bytes(DistrictFile::Network);
    let source = Source::from_bytes("district.osm.pbf", bytes);
    let file = OsmFile::open(&source).expect("sound frames");
    let read = read_streets(&file).expect("sound blocks");
    Network::build(&read.streets).expect("streets")
}

#[test]
fn a_district_has_the_junctions_that_were_asked_for() {
    for (junctions, seeds) in [(1_000, 12), (3_000, 4), (10_000, 2), (100_000, 1)] {
        for seed in 1..=seeds {
            let options = DistrictOptions::junctions(junctions).with_seed(seed);
            let district = generated(options);
            let network = network(&district);
            let count = network.node_count() as f64;
            assert_eq!(
                count,
                f64::from(district.map.junctions()),
                "as the map counts them"
            );
            let wanted = f64::from(junctions);
            // A parcel is all there or not at all: some tens of junctions.
            let tolerance = 40.0 + wanted * 0.001;
            assert!(
                (count - wanted).abs() <= tolerance,
                "seed {seed}: {count} of {wanted}"
            );
        }
    }
    let network = network(yingze());
    assert_eq!(network.node_count(), yingze().map.junctions() as usize);
}

#[test]
fn heights_are_there_where_they_are_asked_for_and_change_nothing_else() {
    let options = DistrictOptions::junctions(1_000);
    let (flat, hilly) = (generated(options), generated(options.with_slopes()));
    let (flat_network, hilly_network) = (network(&flat), network(&hilly));
    assert_eq!(flat_network.node_count(), hilly_network.node_count());
    assert_eq!(flat_network.length_m(), hilly_network.length_m());
    assert_eq!(
        flat.bytes(DistrictFile::Residents),
        hilly.bytes(DistrictFile::Residents)
    );
    let heights = heights(&hilly);
    let walked = ways(&hilly)
        .iter()
        .filter(|way| way.is_walked())
        .flat_map(|way| way.refs)
        .collect::<BTreeSet<_>>()
        .len();
    assert_eq!(
        heights.len(),
        walked,
        "every node that is walked to has one"
    );
    let (lowest, highest) = (heights.iter().min(), heights.iter().max());
    assert!(lowest.is_some_and(|height| *height > 700) && lowest < highest);
    assert!(self::heights(&flat).is_empty());
}

#[test]
fn the_hills_of_the_elevation_model_are_those_of_the_nodes() {
    let district = generated(DistrictOptions::junctions(1_000).with_slopes());
    let file = DistrictFile::Heights;
    let source = Source::from_bytes(file.name(), district.bytes(file));
    let (places, said): (Vec<Coord<f64>>, Vec<f64>) =
        nodes_with_heights(&district).into_iter().unzip();
    let of = |pick: fn(f64, f64) -> f64, axis: fn(&Coord<f64>) -> f64| {
        places.iter().map(axis).reduce(pick).expect("nodes")
    };
    let around = Bounds {
        min: Coord {
            x: of(f64::min, |at| at.x),
            y: of(f64::min, |at| at.y),
        },
        max: Coord {
            x: of(f64::max, |at| at.x),
            y: of(f64::max, |at| at.y),
        },
    };
    let surface = Elevation::read(&[source], around).expect("an elevation model");
    let found = surface.heights_m(&places);
    // Between the middles of four cells, 25 to 31 m apart, the smooth ground bends by less than half a metre.
    for (found, said) in found.iter().zip(&said) {
        assert!((found - said).abs() < 0.5, "{found} {said}");
    }
    let flat = DistrictFile::of(DistrictOptions::junctions(1_000));
    assert!(!flat.contains(&file) && flat.len() + 1 == DistrictFile::ALL.len());
}

/// The walkable ways of a district's file.
fn streets(district: &District) -> Streets {
    let file = DistrictFile::Network;
    let source = Source::from_bytes(file.name(), district.bytes(file));
    let file = OsmFile::open(&source).expect("a sound file");
    read_streets(&file).expect("sound ways").streets
}

#[test]
fn drawn_ids_move_every_way_in_the_file_and_none_on_the_ground() {
    let options = DistrictOptions::junctions(1_000);
    let (plain, drawn) = (generated(options), generated(options.with_drawn_ids()));
    assert_eq!(
        drawn.bytes(DistrictFile::Network),
        generated(options.with_drawn_ids()).bytes(DistrictFile::Network)
    );
    let streets = [&plain, &drawn].map(streets);
    let on_the_ground = |streets: &Streets| {
        let shape = |way: &Street| {
            let refs = streets.refs_of(way).iter();
            let shape: Vec<_> = refs.map(|r| streets.vertices[*r as usize]).collect();
            (shape, way.passage)
        };
        streets.ways.iter().map(shape).collect::<Vec<_>>()
    };
    let [mut plain_ways, mut drawn_ways] = streets.each_ref().map(on_the_ground);
    let same_place = plain_ways.iter().zip(&drawn_ways).filter(|(a, b)| a == b);
    // Of drawn numbers one on the average stays where it was.
    assert!(same_place.count() <= 5);
    plain_ways.sort_unstable();
    drawn_ways.sort_unstable();
    assert_eq!(plain_ways, drawn_ways);
    let ids: Vec<i64> = streets[1].ways.iter().map(|way| way.id).collect();
    assert!(ids.is_sorted(), "the file is sorted by id, as it says");
    let [plain, drawn] = streets.map(|streets| Network::build(&streets).expect("streets"));
    assert_eq!(plain.node_count(), drawn.node_count());
    assert_eq!(plain.edge_count(), drawn.edge_count());
}

/// The heights of the nodes of the written file, in whole metres.
fn heights(district: &District) -> Vec<i32> {
    let nodes = nodes_with_heights(district).into_iter();
    nodes.map(|(_, metres)| metres as i32).collect()
}

/// The nodes of the written file that say a height, and what they say in metres.
fn nodes_with_heights(district: &District) -> Vec<(Coord<f64>, f64)> {
    let bytes = district.bytes(DistrictFile::Network);
    let mut nodes = Vec::new();
    let mut note = |x: f64, y: f64, height: Option<(&str, &str)>| {
        let metres = height.map(|(_, text)| text.parse::<f64>().expect("metres"));
        nodes.extend(metres.map(|metres| (Coord { x, y }, metres)));
    };
    let is_height = |(key, _): &(&str, &str)| *key == "ele";
    let reader = osmpbf::ElementReader::new(bytes.as_slice());
    reader
        .for_each(|element| match element {
            osmpbf::Element::DenseNode(node) => {
                note(node.lon(), node.lat(), node.tags().find(is_height));
            }
            osmpbf::Element::Node(node) => {
                note(node.lon(), node.lat(), node.tags().find(is_height));
            }
            _ => {}
        })
        .expect("a sound file");
    nodes
}
