//! Counts, names, people and areas against their sources.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use geo::GeodesicArea;
use geo_types::{Coord, LineString, Polygon};
use pedshed::district::{
    Ages, CommunityKind, District, DistrictFile, DistrictOptions, LABEL, Tier,
};
use pedshed::geometry::Location;

use super::{generated, read, yingze};
use crate::support::project;

/// People and km² of the seven streets, as PLANNING's gazetteer has them.
const STREETS: [(&str, u32, f64); 7] = [
    ("柳巷街道", 37_900, 1.0),
    ("文庙街道", 65_500, 2.7),
    ("庙前街道", 59_000, 3.0),
    ("迎泽街道", 97_700, 4.4),
    ("桥东街道", 127_600, 7.0),
    ("老军营街道", 68_500, 3.5),
    ("郝庄镇", 136_600, 85.0),
];

type Row = BTreeMap<String, String>;

fn rows(district: &District, file: DistrictFile) -> Vec<Row> {
    let bytes = district.bytes(file);
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let names = reader.headers().expect("a header").clone();
    let rows = reader.records().map(|record| {
        let record = record.expect("a row as long as the header");
        let cells = names.iter().zip(record.iter());
        cells
            .map(|(name, cell)| (name.to_owned(), cell.to_owned()))
            .collect()
    });
    rows.collect()
}

fn number(row: &Row, column: &str) -> u32 {
    row[column]
        .parse()
        .unwrap_or_else(|_| panic!("{column}: {:?}", row[column]))
}

/// Sums of a column of the residents by the text of another.
fn sums(rows: &[Row], column: &str, by: &str) -> BTreeMap<String, u32> {
    let mut sums = BTreeMap::new();
    for row in rows {
        *sums.entry(row[by].clone()).or_insert(0) += number(row, column);
    }
    sums
}

#[test]
fn there_are_seven_street_stations_103_of_communities_and_840_of_grids() {
    let district = yingze();
    let of_tier = |tier| district.stations.iter().filter(move |s| s.tier == tier);
    assert_eq!(of_tier(Tier::Street).count(), 7);
    assert_eq!(of_tier(Tier::Community).count(), 103);
    assert_eq!(of_tier(Tier::Grid).count(), 840);
    let streets: BTreeSet<usize> = of_tier(Tier::Street).map(|s| s.subdistrict).collect();
    assert_eq!(streets.len(), 7, "one each");
    let communities: BTreeSet<usize> = of_tier(Tier::Community)
        .filter_map(|s| s.community)
        .collect();
    assert_eq!(communities.len(), 103, "one each");
    let is_urban = |index: &usize| district.communities[*index].kind == CommunityKind::Urban;
    assert!(communities.iter().all(is_urban), "no village has a centre");
    let ids: BTreeSet<&str> = district.stations.iter().map(|s| s.id.as_str()).collect();
    assert_eq!(ids.len(), 950);
}

#[test]
fn grid_stations_are_shared_out_by_people() {
    let district = yingze();
    for (index, street) in district.subdistricts.iter().enumerate() {
        let grids = district
            .stations
            .iter()
            .filter(|station| station.tier == Tier::Grid && station.subdistrict == index);
        let expected = 840.0 * f64::from(street.people) / 592_800.0;
        let count = grids.count() as f64;
        // Each community is rounded by itself, so a street of many may be off by some.
        assert!(
            (count - expected).abs() < 5.0,
            "{}: {count}, {expected}",
            street.name
        );
    }
}

#[test]
fn names_and_codes_are_those_of_the_register() {
    let text = fs::read_to_string(project().join("data/yingze-communities.csv")).expect("names");
    let register: BTreeSet<(String, String)> = text
        .lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            let name = cells[3]
                .replace("居民委员会", "")
                .replace("居委会", "")
                .replace("委会", "");
            (cells[2].to_owned(), name)
        })
        .collect();
    assert_eq!(register.len(), 112);
    let communities = rows(yingze(), DistrictFile::Communities);
    let written: BTreeSet<(String, String)> = communities
        .iter()
        .map(|row| (row["code"].clone(), row["name"].clone()))
        .collect();
    assert_eq!(written, register);
    let villages = communities.iter().filter(|row| row["kind"] == "village");
    let villages: Vec<&str> = villages.map(|row| row["street"].as_str()).collect();
    assert_eq!(villages, ["郝庄镇"; 9]);
}

#[test]
fn people_add_up_from_home_to_community_to_street_to_district() {
    for district in [
        yingze(),
        &generated(DistrictOptions::junctions(3_000).with_seed(5)),
    ] {
        let residents = rows(district, DistrictFile::Residents);
        let communities = rows(district, DistrictFile::Communities);
        for column in [
            "population",
            "children",
            "adults",
            "aged_60_69",
            "aged_70_79",
            "aged_80_plus",
        ] {
            let homes = sums(&residents, column, "community");
            let mut expected = sums(&communities, column, "name");
            expected.retain(|_, people| *people > 0);
            let mut homes = homes;
            homes.retain(|_, people| *people > 0);
            assert_eq!(homes, expected, "{column}");
            assert_eq!(
                sums(&residents, column, "street"),
                sums(&communities, column, "street")
            );
        }
        for row in &residents {
            let ages = [
                "children",
                "adults",
                "aged_60_69",
                "aged_70_79",
                "aged_80_plus",
            ];
            let sum: u32 = ages.iter().map(|column| number(row, column)).sum();
            assert_eq!(sum, number(row, "population"), "{row:?}");
        }
        let streets: u32 = district.subdistricts.iter().map(|s| s.people).sum();
        assert_eq!(streets, district.people().total());
    }
}

#[test]
fn the_streets_of_the_preset_have_the_people_of_the_gazetteer() {
    let district = yingze();
    let residents = rows(district, DistrictFile::Residents);
    let people = sums(&residents, "population", "street");
    for (name, expected, _) in STREETS {
        assert_eq!(people[name], expected, "{name}");
    }
    assert_eq!(people.values().sum::<u32>(), 592_800);
    // 15.55 %, 68.34 %, 16.11 %, of these 55.83 % of 60-69, 30.61 % of 70-79 and 13.56 % of 80 and more: 92,180.4, 405,119.5,
    // 53,317.6, 29,232.7, 12,949.7; the three people left go to the largest remainders.
    let ages = Ages([92_180, 405_119, 53_318, 29_233, 12_950]);
    assert_eq!(district.people(), ages);
}

#[test]
fn households_are_about_as_large_as_in_the_census() {
    let district = yingze();
    for (index, street) in district.subdistricts.iter().enumerate() {
        let of_it = district
            .communities
            .iter()
            .filter(|c| c.subdistrict == index);
        let dwellings: u32 = of_it.map(|community| community.dwellings).sum();
        let household = f64::from(street.people) / f64::from(dwellings);
        assert!(
            (2.2..3.3).contains(&household),
            "{}: {household}",
            street.name
        );
    }
    let added = district.stairwells.iter().filter(|stairwell| {
        let storeys = district.buildings[stairwell.building as usize].storeys;
        stairwell.has_lift && storeys < 10
    });
    assert_eq!(added.count(), 168, "lifts added to walk-ups");
}

fn polygon(outline: &[Location]) -> Polygon<f64> {
    let ring: Vec<Coord<f64>> = outline.iter().map(|place| place.degrees()).collect();
    assert_eq!(ring.first(), ring.last(), "closed");
    Polygon::new(LineString::from(ring), Vec::new())
}

#[test]
fn the_streets_tile_the_district_with_the_areas_of_the_gazetteer() {
    let district = yingze();
    for (street, (name, _, km2)) in district.subdistricts.iter().zip(STREETS) {
        let area = polygon(&street.outline).geodesic_area_signed() / 1e6;
        assert_eq!(street.name, name);
        assert!((area / km2 - 1.0).abs() < 1e-3, "{name}: {area} km²");
        let of_it = district
            .communities
            .iter()
            .filter(|community| district.subdistricts[community.subdistrict].name == name);
        let parts = of_it.map(|community| polygon(&community.outline).geodesic_area_signed());
        let parts = parts.sum::<f64>() / 1e6;
        assert!(
            (parts / area - 1.0).abs() < 1e-6,
            "{name}: {parts} of {area}"
        );
    }
    // Neighbours share their vertices: each edge inside is walked once in each direction.
    let mut edges = BTreeMap::new();
    for community in &district.communities {
        for pair in community.outline.windows(2) {
            *edges.entry((pair[0], pair[1])).or_insert(0) += 1;
        }
    }
    let twice = edges.values().filter(|count| **count > 1).count();
    assert_eq!(twice, 0, "no ground belongs to two communities");
    let inner = edges
        .keys()
        .filter(|(a, b)| edges.contains_key(&(*b, *a)))
        .count();
    assert!(inner * 10 > edges.len() * 7, "{inner} of {}", edges.len());
}

#[test]
fn homes_lie_in_the_community_that_they_are_counted_in() {
    use geo::Contains;
    let district = yingze();
    let outlines: Vec<Polygon<f64>> = district
        .communities
        .iter()
        .map(|c| polygon(&c.outline))
        .collect();
    for stairwell in &district.stairwells {
        let community = district.buildings[stairwell.building as usize].community;
        let door = geo_types::Point::from(stairwell.door.degrees());
        assert!(
            outlines[community as usize].contains(&door),
            "{stairwell:?}"
        );
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_others() {
    let options = DistrictOptions::junctions(1_000);
    let (one, again) = (generated(options), generated(options));
    let other = generated(options.with_seed(2));
    for file in DistrictFile::ALL {
        assert_eq!(one.bytes(file), again.bytes(file), "{}", file.name());
        assert_ne!(one.bytes(file), other.bytes(file), "{}", file.name());
    }
    let other = generated(DistrictOptions::yingze().with_seed(2));
    assert_ne!(
        other.bytes(DistrictFile::Network),
        yingze().bytes(DistrictFile::Network)
    );
    assert_eq!(other.people(), yingze().people());
}

/// A fingerprint: FNV-1a, 64 bits.
fn fingerprint(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[test]
fn every_thread_count_gives_the_same_bytes() {
    let district = generated(DistrictOptions::junctions(5_000));
    let bytes = |threads| {
        pedshed::parallel::with_threads(threads, || district.bytes(DistrictFile::Network))
            .expect("threads")
    };
    assert_eq!(fingerprint(&bytes(1)), fingerprint(&bytes(3)));
}

#[test]
fn every_file_says_that_it_is_a_model() {
    for district in [yingze(), &generated(DistrictOptions::junctions(1_000))] {
        for file in DistrictFile::ALL {
            let bytes = district.bytes(file);
            let found = bytes
                .windows(LABEL.len())
                .any(|part| part == LABEL.as_bytes());
            assert!(found, "{}", file.name());
        }
    }
    for row in rows(yingze(), DistrictFile::Stations) {
        assert_eq!(row["source"], LABEL);
    }
}

#[test]
fn sizes_that_cannot_be_made_are_refused_in_words() {
    for junctions in [0, 999, 20_000_001] {
        let error = District::generate(DistrictOptions::junctions(junctions));
        let error = error.expect_err("out of range").to_string();
        assert!(error.contains("1000 to 20000000"), "{error}");
    }
}

#[test]
fn stations_and_people_grow_with_the_junctions() {
    let (small, large) = (
        generated(DistrictOptions::junctions(10_000)),
        generated(DistrictOptions::junctions(40_000)),
    );
    let ratio = |of: &dyn Fn(&District) -> f64| of(&large) / of(&small);
    let people = ratio(&|district| f64::from(district.people().total()));
    let stations = ratio(&|district| district.stations.len() as f64);
    // The streets around the superblocks take a larger share of a small town's junctions.
    assert!((3.4..4.8).contains(&people), "{people}");
    assert!(
        (stations / people - 1.0).abs() < 0.02,
        "{stations} {people}"
    );
}

#[test]
fn the_tables_are_read_without_a_finding() {
    let inputs = read(yingze());
    assert_eq!(inputs.stations.len(), 950);
    assert_eq!(inputs.areas.len(), 7);
    let names: Vec<&str> = inputs.areas.iter().map(|area| area.name.as_str()).collect();
    assert_eq!(names, STREETS.map(|street| street.0));
    let codes: Vec<&str> = inputs
        .findings
        .worst_first()
        .iter()
        .map(|f| f.code.name())
        .collect();
    assert_eq!(
        codes,
        ["not_walkable"],
        "the carriageways, and nothing else"
    );
}
