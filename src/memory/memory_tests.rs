use super::*;
use crate::geometry::{LocalMetres, Location};
use crate::inputs::LayerSource;
use crate::model::{Profile, Resident, StreetsBuilder, WayKind};
use crate::network::{Impedance, Islands};
use crate::snap::{SnapOptions, Snapper};
use crate::text::language::InLanguage;

#[test]
fn sizes_are_read_as_people_write_them() {
    for (text, bytes) in [
        ("500MB", 500_000_000),
        ("8GB", 8_000_000_000),
        (" 0.5 GB ", 500_000_000),
        ("1KiB", 1024),
        ("2GiB", 2 << 30),
        ("1000000B", 1_000_000),
    ] {
        assert_eq!(text.parse(), Ok(MemorySize(bytes)), "{text}");
    }
    for text in [
        "",
        "500",
        "MB",
        "-1GB",
        "0MB",
        "NaN GB",
        "inf GB",
        "8 gigabytes",
        "1e300GB",
    ] {
        assert!(text.parse::<MemorySize>().is_err(), "{text}");
    }
}

#[test]
fn a_limit_allows_what_is_not_above_it() {
    let limit = MemorySize(100);
    assert_eq!(limit.allows(MemorySize(100)), Ok(()));
    let refused = limit
        .allows(MemorySize(2_000_000_000))
        .expect_err("too much");
    assert!(refused.to_string().contains("about 2.0 GB"), "{refused}");
    assert!(crate::text::language::is_chinese(&refused.zh()));
}

#[test]
fn the_estimate_is_above_what_the_structures_take() {
    // A lattice of 60 by 60 junctions with a bend in every street.
    let at = |x: u32, y: u32| Location {
        lon_e7: 90_000_000 + x as i32 * 5_000,
        lat_e7: 470_000_000 + y as i32 * 5_000,
    };
    let size = 121;
    let index = |x: u32, y: u32| y * size + x;
    let places = (0..size).flat_map(|y| (0..size).map(move |x| at(x, y)));
    let mut streets = StreetsBuilder::new(places.collect());
    for line in (0..size).step_by(2) {
        let along: Vec<u32> = (0..size).map(|x| index(x, line)).collect();
        let across: Vec<u32> = (0..size).map(|y| index(line, y)).collect();
        streets.add_way(
            i64::from(line) + 1,
            &along,
            WayKind::Street,
            Some("a street"),
        );
        streets.add_way(i64::from(line) + 500, &across, WayKind::Steps, None);
    }
    let network = Network::build(&streets.finish(Vec::new())).expect("a lattice");
    let impedance = Impedance::times(&network, &Profile::adult()).expect("costs");
    let islands = Islands::new(&network, &impedance, 300.0);
    let snapper = Snapper::new(&network, &impedance, &islands, SnapOptions::default());
    let columns: usize = network.bytes().iter().map(|(_, bytes)| bytes).sum();
    let measured = columns + impedance.bytes() + islands.bytes() + snapper.bytes();
    let load = Load::default().with_network(&network);
    assert_eq!((load.junctions, load.edges), (61 * 61, 2 * 61 * 60));
    let estimate = load.peak().0 - Load::default().peak().0;
    assert!(estimate > measured as u64, "{estimate} {measured}");
    // 150 bytes a junction with the search's own graph, which takes 26 of them.
    let per_junction = measured as f64 / network.node_count() as f64;
    assert!(per_junction < 124.0 + 20.0, "{per_junction}");
}

#[test]
fn pairs_are_counted_by_squares_and_never_too_few() {
    let metres = LocalMetres::at(47.0);
    let place = |x: f64, y: f64| (9.0 + x / metres.east_m, 47.0 + y / metres.north_m);
    // Residents on a lattice of 50 m, 4 km wide; stations on one of 1 km.
    let residents: Vec<Resident> = (0..80 * 80)
        .map(|i| place(f64::from(i / 80) * 50.0, f64::from(i % 80) * 50.0))
        .map(|(lon, lat)| Resident::new("", lon, lat))
        .collect();
    let stations: Vec<Station> = (0..16)
        .map(|i| {
            place(
                f64::from(i / 4) * 1000.0 + 500.0,
                f64::from(i % 4) * 1000.0 + 500.0,
            )
        })
        .map(|(lon, lat)| Station::new("", lon, lat))
        .collect();
    for reach_m in [100.0, 700.0, 1200.0] {
        let within = |station: &Station| {
            let from = station.place.clone().expect("a place");
            let near = |resident: &&Resident| {
                let to = resident.valid_place().expect("a place");
                crate::geometry::geodesic_m(from, to) <= reach_m
            };
            residents.iter().filter(near).count() as u64
        };
        let exact: u64 = stations.iter().map(within).sum();
        let counted = pairs_within(&stations, &residents, reach_m);
        assert!(
            (exact..=exact * 2 + 200).contains(&counted),
            "{reach_m} {exact} {counted}"
        );
    }
}

/// 2,000 homes, and the same with a note of 300 bytes beside each: the file is nine times as large and holds no more records.
#[test]
fn a_streamed_table_weighs_as_much_as_its_records_and_not_as_its_bytes() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, note: &str| {
        let rows = (0..2000).map(|row| format!("r{row:04},9.5000000,47.1000000,3,{note}\n"));
        let text = format!("id,lon,lat,population,note\n{}", rows.collect::<String>());
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("a file");
        path
    };
    let (short, long) = (write("short.csv", ""), write("long.csv", &"x".repeat(300)));
    let streets = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[9.5,47.1],[9.51,47.1]]}}]}"#;
    let request = |residents: Source| {
        let network = Source::from_bytes("streets.geojson", streets.as_bytes());
        let mut request = Request::new(network);
        let layer = |source| LayerSpec::new(LayerSource::File(source));
        let stations = Source::from_bytes("stations.csv", "id,lon,lat\nS,9.5,47.1\n".as_bytes());
        request.stations = vec![layer(stations)];
        request.residents = vec![layer(residents)];
        request
    };
    let options = Options::minutes(&[15.0]).expect("cutoffs");
    let load = |residents: Source| {
        let request = request(residents);
        let inputs = Inputs::read(&request).expect("a town");
        let read = Load::from_inputs(&request, &inputs, &options);
        (Load::from_request(&request), read)
    };
    let open = |path: &Path| load(Source::open(path).expect("a table"));
    let ((short_first, short_read), (long_first, long_read)) = (open(&short), open(&long));
    let sizes = [&short, &long].map(|path| path.metadata().expect("a file").len());
    assert!(sizes[1] > 9 * sizes[0], "{sizes:?}");
    // A row is `r0000,9.5000000,47.1000000,3,`, the note and its end; the only feature is longer than one without a note.
    assert_eq!(long_read.record_bytes, 29 + 300 + 1);
    assert_eq!(short_read.record_bytes, 106);
    // Beside that both are the same load when they are read; of the files nothing is held but the network and the stations, which were in memory.
    let beside_record = |load: Load| Load {
        record_bytes: 0,
        record_vertices: 0,
        ..load
    };
    assert_eq!(beside_record(short_read), beside_record(long_read));
    assert_eq!(long_read.residents, 2000);
    assert_eq!(long_read.file_bytes, (streets.len() + 22) as u64);
    // At the first look records are counted in the beginning of the file, and may be a twentieth off.
    for first in [short_first, long_first] {
        assert!((1900..=2100).contains(&first.residents), "{first:?}");
        assert_eq!(first.file_bytes, long_read.file_bytes);
    }
    // The same bytes in memory are held, to the last.
    let bytes = std::fs::read(&long).expect("a table");
    let (_, held) = load(Source::from_bytes("long.csv", bytes));
    assert_eq!(held.file_bytes - long_read.file_bytes, sizes[1]);
    // Before anything is opened a streamed file takes nothing, and one of another format all of its bytes.
    let map = folder.path().join("map.osm.pbf");
    std::fs::write(&map, [0; 1000]).expect("a file");
    let missing = folder.path().join("missing.xlsx");
    let paths = [long.as_path(), &map, &missing];
    assert_eq!(Load::from_paths(paths).file_bytes, 1000);
}

/// Three streets of 1.1 km, one after the other to the east; stations reach 500 m.
#[test]
fn only_streets_near_a_station_are_drawn_on() {
    let at = |step: i32| Location {
        lon_e7: step * 100_000,
        lat_e7: 0,
    };
    let mut streets = StreetsBuilder::new((0..4).map(at).collect());
    for step in 0..3 {
        streets.add_way(
            i64::from(step) + 1,
            &[step, step + 1],
            WayKind::Street,
            None,
        );
    }
    streets.add_way(9, &[1, 2], WayKind::Steps, None);
    let network = Network::build(&streets.finish(Vec::new())).expect("streets");
    let whole = network.length_m() as u64;
    let none: Vec<Station> = Vec::new();
    assert_eq!(metres_within(&none, &network, 500.0), 0);
    let west = [Station::new("", -0.001, 0.0)];
    let drawn = metres_within(&west, &network, 500.0);
    assert!((1113..=1114).contains(&drawn), "{drawn} of {whole}");
    let all = [0.0, 0.02].map(|lon| Station::new("", lon, 0.0));
    assert_eq!(metres_within(&all, &network, 500.0), whole);
    let mut unplaced = Station::new("", 0.0, 0.0);
    unplaced.place = Err(crate::model::Fault::NoCoordinate);
    assert_eq!(metres_within(&[unplaced], &network, 500.0), 0);
}

#[test]
fn ground_and_people_in_a_compound_count_once_for_each_of_its_gates() {
    use crate::model::{Compound, Gate};
    use geo_types::{Rect, coord};
    // 0.001° of the equator and of its meridian: 111.3 m by 110.6 m, 123 times 100 m².
    let square = Rect::new(coord! { x: 0.0, y: 0.0 }, coord! { x: 0.001, y: 0.001 });
    let compounds = Compounds {
        list: vec![Compound::new("square", square.to_polygon())],
        gates: vec![
            Gate::new("south", 0.0005, 0.0),
            Gate::new("north", 0.0005, 0.001),
        ],
    };
    let walls = Walls::new(&compounds);
    assert_eq!(ways_by_gates(&walls, &compounds), 2 * 123);
    let inside = Resident::new("inside", 0.0005, 0.0005);
    let outside = Resident::new("outside", 0.0005, 0.002);
    assert_eq!(gate_accesses(&walls, &[inside, outside]), 2);
}

/// Two homes whose ids have 5 and 7 letters, a station with an id of 1 and a name of 6, an area with an id of 2 and a name of 3
/// and a ring of five corners.
#[test]
fn texts_and_corners_that_are_kept_are_counted() {
    let file = |name: &str, text: &str| {
        let source = Source::from_bytes(name, text.as_bytes().to_vec());
        LayerSpec::new(LayerSource::File(source))
    };
    let streets = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[9.5,47.1],[9.51,47.1]]}}]}"#;
    let square = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":"a1","name":"Old"},"geometry":{"type":"Polygon","coordinates":[[[9.5,47.1],[9.51,47.1],[9.51,47.11],[9.5,47.11],[9.5,47.1]]]}}]}"#;
    let mut request = Request::new(Source::from_bytes("s.geojson", streets.as_bytes()));
    request.stations = vec![file("p.csv", "id,name,lon,lat\nS,Clinic,9.5,47.1\n")];
    let homes = "id,name,lon,lat\nfirst,nobody asks,9.5,47.1\nsecond2,,9.5,47.1\n";
    request.residents = vec![file("h.csv", homes)];
    request.areas = Some(file("a.geojson", square));
    let inputs = Inputs::read(&request).expect("a town");
    let options = Options::minutes(&[15.0]).expect("cutoffs");
    let load = Load::from_inputs(&request, &inputs, &options);
    assert_eq!(load.text_bytes, 5 + 7 + 1 + 6 + 2 + 3);
    assert_eq!(load.shape_vertices, 5);
    assert_eq!(load.name_bytes, 0);
    let named = streets.replace("{}", r#"{"name":"Main Street"}"#);
    request.network.source = Source::from_bytes("s.geojson", named.into_bytes());
    let inputs = Inputs::read(&request).expect("a town");
    let network = Load::default().with_network(&inputs.network);
    assert_eq!(network.name_bytes, 11);
    // The area is the heaviest record: from its brace, which is 39 bytes from the beginning, to that before the last two
    // brackets; the list of rings, a ring and five corners.
    assert_eq!(load.record_bytes, square.len() as u64 - 40 - 2);
    assert_eq!(load.record_vertices, 7);
}

#[test]
fn the_way_back_takes_its_graph_and_its_places_again() {
    let there = Load {
        junctions: 1_000_000,
        drawn_m: 1_000_000,
        ..Load::default()
    };
    let back = Load {
        is_round_trip: true,
        ..there
    };
    assert_eq!(back.peak().0 - there.peak().0, 43_000_000);
}
