//! Who can walk where, by a table of tags: each row is a town of its own, two streets joined by one way with the row's tags.

use pedshed::control::Control;
use pedshed::inputs::{Inputs, Request, Source};
use pedshed::model::{CityRecords, Profile, Resident, Station};
use pedshed::search::Trip;
use pedshed::{Options, analyse};

use crate::support::pbf::{self, Block};

const TABLE: &str = include_str!("../tags/walking.tsv");

/// A row of the table.
struct Row<'a> {
    profile: &'a str,
    way: &'a str,
    node: &'a str,
    walked: &'a str,
}

fn rows() -> Vec<Row<'static>> {
    let lines = TABLE.lines().skip(1);
    let row = |line: &'static str| match line.split('\t').collect::<Vec<_>>()[..] {
        [profile, way, node, walked] => Row {
            profile,
            way,
            node,
            walked,
        },
        _ => panic!("four columns: {line}"),
    };
    lines.map(row).collect()
}

fn tags(text: &str) -> Vec<(&str, &str)> {
    let tags = text.split(";;").filter(|tag| !tag.is_empty());
    tags.map(|tag| tag.split_once('=').expect("key=value"))
        .collect()
}

/// Where a place of a town is, in 10⁻⁷ degrees: towns lie 6 km apart and more, along rows of 40.
fn place(town: usize, metres: i64) -> (i64, i64) {
    let (column, row) = ((town % 40) as i64, (town / 40) as i64);
    (
        90_000_000 + column * 800_000 + metres * 125,
        440_000_000 + row * 600_000,
    )
}

/// Five places in a row, 400 m, 100 m, 100 m and 400 m apart; the way in question joins the three in the middle, and the home
/// and the station lie beside the streets at the two ends.
const METRES: [i64; 5] = [0, 400, 500, 600, 1000];

fn block(rows: &[&Row<'_>]) -> Block {
    let mut block = Block::default();
    for (town, row) in rows.iter().enumerate() {
        let first = 1 + 5 * town as i64;
        for (id, metres) in (first..).zip(METRES) {
            let (lon, lat) = place(town, metres);
            let node = if id == first + 2 { row.node } else { "" };
            block.node(id, lon, lat, &tags(node));
        }
        let way = 1 + 3 * town as i64;
        let street = [("highway", "residential")];
        block.way(way, &[first, first + 1], &street);
        block.way(way + 1, &[first + 3, first + 4], &street);
        block.way(way + 2, &[first + 1, first + 2, first + 3], &tags(row.way));
    }
    block
}

/// For each row whether the home reaches the station.
fn walked(rows: &[&Row<'_>], profile: &str, trip: Trip) -> Vec<bool> {
    let source = Source::from_bytes("towns.osm.pbf", pbf::file(&block(rows)));
    let inputs = Inputs::read(&Request::new(source)).expect("a sound file");
    let at = |town, metres| {
        let (lon, lat) = place(town, metres);
        (lon as f64 / 1e7, lat as f64 / 1e7)
    };
    let towns = || 0..rows.len();
    let homes =
        towns().map(|town| Resident::new(town.to_string(), at(town, 100).0, at(town, 100).1));
    let homes: Vec<Resident> = homes.collect();
    let stations =
        towns().map(|town| Station::new(town.to_string(), at(town, 900).0, at(town, 900).1));
    let stations: Vec<Station> = stations.collect();
    let city = CityRecords {
        stations: &stations,
        residents: &homes,
        areas: &[],
    };
    let mut options = Options::minutes(&[60.0]).expect("a cutoff");
    options.profile = Profile::named(profile).expect("a profile");
    options.trip = trip;
    options.snap = options.snap.with_max_snap_m(20.0).expect("metres");
    let analysis = analyse(&inputs.network, city, options, Control::default()).expect("streets");
    let nearest = analysis.coverage.nearest().iter();
    nearest.map(Option::is_some).collect()
}

#[test]
fn every_row_of_the_table_is_walked_as_it_says() {
    let rows = rows();
    assert!(rows.len() > 500, "the whole table");
    let mut wrong = Vec::new();
    for profile in ["plain", "wheelchair"] {
        let rows: Vec<&Row<'_>> = rows.iter().filter(|row| row.profile == profile).collect();
        assert!(!rows.is_empty());
        let there = walked(&rows, profile, Trip::ToStation);
        let back = walked(&rows, profile, Trip::FromStation);
        for (row, found) in rows.iter().zip(there.into_iter().zip(back)) {
            let found = [found.0, found.1].map(|walked| if walked { 'x' } else { '-' });
            let fits = |(said, found): (char, char)| said == '?' || said == found;
            if !row.walked.chars().zip(found).all(fits) {
                let Row {
                    way, node, walked, ..
                } = row;
                wrong.push(format!(
                    "{profile} {way} | {node}: {walked}, found {found:?}"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
