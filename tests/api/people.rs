//! Totals among features, several points of one record, groups of people with parted thousands and blank cells.

use pedshed::inputs::{
    Inputs, KeptColumn, LayerSource, LayerSpec, PointRecords, ReadOptions, Request, Source,
    read_points,
};
use pedshed::model::{Attribute, FindingCode};
use shapefile::record::Multipoint;
use shapefile::{Point, record::EsriShape};

use crate::support::files::{dbf, shp};

fn file(name: &str, text: &str) -> Source {
    Source::from_bytes(name.to_owned(), text.as_bytes().to_vec())
}

/// Features of properties and a geometry.
fn features(list: &[(&str, &str)]) -> Source {
    let list: Vec<String> = list
        .iter()
        .map(|(properties, geometry)| {
            format!(r#"{{"type":"Feature","properties":{properties},"geometry":{geometry}}}"#)
        })
        .collect();
    let text = format!(
        r#"{{"type":"FeatureCollection","features":[{}]}}"#,
        list.join(",")
    );
    file("h.geojson", &text)
}

fn shapes<S: EsriShape>(shapes: &[S], rows: &[&[&str]]) -> Source {
    let fields = [
        ("id", b'C', 12),
        ("name", b'C', 12),
        ("population", b'N', 8),
    ];
    let table = dbf(encoding_rs::UTF_8, &fields, rows);
    let source = Source::from_bytes("h.shp", shp(shapes));
    source.with_companion(Source::from_bytes("h.dbf", table))
}

fn read(source: &Source) -> PointRecords {
    read_points(source, &ReadOptions::default()).expect("a layer")
}

fn ids(read: &PointRecords) -> Vec<&str> {
    let ids = read.records.iter().map(|record| record.id.as_deref());
    ids.map(Option::unwrap_or_default).collect()
}

const POINT: &str = r#"{"type":"Point","coordinates":[9.501,47.1]}"#;

#[test]
fn totals_among_features_are_no_records_and_are_counted_as_in_tables() {
    let geojson = features(&[
        (r#"{"id":"a","name":"一号楼","population":12}"#, POINT),
        (r#"{"id":"9","name":"合 计","population":12}"#, POINT),
        (r#"{"id":"总计","population":12}"#, POINT),
        // A filling station may be called so; a feature without a place is none.
        (r#"{"id":"t","name":"Total","population":3}"#, POINT),
        (r#"{"id":"x","name":"Total","population":3}"#, "null"),
        (r#"{"id":"b","name":"合计门诊","population":4}"#, POINT),
    ]);
    let places = [Point::new(9.501, 47.1); 3];
    let rows: &[&[&str]] = &[&["a", "x", "1"], &["9", "合计", "3"], &["b", "y", "2"]];
    for (source, expected, totals) in [
        (geojson, &["a", "t", "b"][..], 3),
        (shapes(&places, rows), &["a", "b"], 1),
    ] {
        let read = read(&source);
        assert_eq!(ids(&read), expected, "{}", source.name());
        assert_eq!(read.findings.count(FindingCode::TotalRow), totals);
        assert_eq!(read.reading.rows, (expected.len() as u64) + totals);
    }
}

fn layer(source: Source, groups: &[&str]) -> LayerSpec {
    let kept = groups
        .iter()
        .map(|name| KeptColumn::Named((*name).to_owned()));
    LayerSpec {
        kept: kept.collect(),
        ..LayerSpec::new(LayerSource::File(source))
    }
}

fn request(homes: LayerSpec) -> Request {
    let streets = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[9.5,47.1],[9.51,47.1]]}}]}"#;
    let mut request = Request::new(file("streets.geojson", streets));
    request.stations = vec![layer(file("s.csv", "id,lon,lat\ns,9.505,47.1\n"), &[])];
    request.residents = vec![homes];
    request
}

fn found(inputs: &Inputs, code: FindingCode) -> Vec<(u64, String)> {
    let all = inputs.findings.worst_first().into_iter();
    all.filter(|finding| finding.code == code)
        .map(|finding| (finding.count, finding.example.to_string()))
        .collect()
}

#[test]
fn several_points_of_a_home_are_one_place_only_where_they_are_the_same() {
    let multi = |points: &str| format!(r#"{{"type":"MultiPoint","coordinates":[{points}]}}"#);
    let (one, same, two) = (
        multi("[9.501,47.1]"),
        multi("[9.502,47.1],[9.502,47.1]"),
        multi("[9.501,47.1],[9.503,47.1]"),
    );
    let geojson = features(&[
        (r#"{"id":"a","population":1}"#, &one),
        (r#"{"id":"b","population":2}"#, &same),
        (r#"{"id":"c","population":4}"#, &two),
    ]);
    let points =
        |list: &[f64]| Multipoint::new(list.iter().map(|lon| Point::new(*lon, 47.1)).collect());
    let multipoints = [
        points(&[9.501]),
        points(&[9.502, 9.502]),
        points(&[9.501, 9.503]),
    ];
    let rows: &[&[&str]] = &[&["a", "", "1"], &["b", "", "2"], &["c", "", "4"]];
    for source in [geojson, shapes(&multipoints, rows)] {
        let name = source.name().to_owned();
        let inputs = Inputs::read(&request(layer(source, &[]))).expect("a city");
        let lons: Vec<_> = inputs
            .residents
            .iter()
            .map(|resident| resident.valid_place().map(|place| place.x))
            .collect();
        assert_eq!(lons, [Some(9.501), Some(9.502), None], "{name}");
        let said = found(&inputs, FindingCode::SeveralPlaces);
        let what = "(id c): it has 2 points, and how many live at each is not known";
        assert!(
            said.len() == 1 && said[0].0 == 1 && said[0].1.ends_with(what),
            "{said:?}"
        );
        assert_eq!(inputs.findings.count(FindingCode::InvalidResident), 0);
    }
}

#[test]
fn groups_have_their_thousands_parted_as_everybody_has() {
    for (table, expected) in [
        // Decimal commas in the coordinates: points part thousands.
        (
            "id;lon;lat;population;old\na;9,501;47,1;2.400;1.234\nb;9,502;47,1;35;5\n",
            1239.0,
        ),
        // Estimates with three decimals.
        (
            "id;lon;lat;population;old\na;9.501;47.1;2.400;1.234\nb;9.502;47.1;35;5\n",
            6.234,
        ),
        // Commas part thousands between points, and begin decimals among commas.
        (
            "id,lon,lat,population,old\na,9.501,47.1,2400,\"1,234\"\nb,9.502,47.1,35,5\n",
            1239.0,
        ),
        (
            "id;lon;lat;population;old\na;9,501;47,1;2;1,5\nb;9,502;47,1;35;5\n",
            6.5,
        ),
    ] {
        let homes = layer(file("h.csv", table), &["old"]);
        let mut inputs = Inputs::read(&request(homes)).expect("a city");
        let old = inputs.people_in(&["old".to_owned()]);
        let sum: u64 = old.iter().map(|people| people.thousandths()).sum();
        assert_eq!(sum as f64 / 1000.0, expected, "{table}");
        let parted = found(&inputs, FindingCode::PointsPartThousands);
        let is_parted = table.contains("9,501") && table.contains("1.234");
        let count: u64 = parted.iter().map(|one| one.0).sum();
        assert_eq!(
            count,
            if is_parted { 2 } else { 0 },
            "the people and the group: {table}"
        );
        assert!(found(&inputs, FindingCode::GroupNotANumber).is_empty());
    }
}

/// The first line that tells Excel the separator is no heading of the columns.
#[test]
fn a_line_that_names_the_separator_is_no_part_of_the_header() {
    for (separator, point) in [(';', ','), (',', '.'), ('\t', ',')] {
        let row = |cells: [&str; 5]| cells.join(&separator.to_string());
        let decimal = |number: &str| number.replace('.', &point.to_string());
        let (lon, lat) = (decimal("9.501"), decimal("47.1"));
        let table = format!(
            "sep={separator}\n{}\n{}\n",
            row(["id", "lon", "lat", "population", "old"]),
            row(["a", &lon, &lat, "12", "3"])
        );
        let inputs = Inputs::read(&request(layer(file("h.csv", &table), &["old"])));
        let inputs = inputs.expect("a city");
        assert_eq!(inputs.residents[0].people.thousandths(), 12_000, "{table}");
        let mut readings = inputs.readings.iter();
        let homes = readings.find(|reading| reading.source == "h.csv");
        let reading = &homes.expect("the homes").reading;
        assert_eq!(reading.header, Some((2, 2)));
        assert!(reading.unused.is_empty(), "{:?}", reading.unused);
    }
}

#[test]
fn the_unit_of_a_group_is_that_of_its_column_and_its_points_are_decimals_then() {
    let table = "id;lon;lat;population;老人（万人）\na;9,501;47,1;20000;1.234\n";
    let homes = layer(file("h.csv", table), &["老人（万人）"]);
    let mut inputs = Inputs::read(&request(homes)).expect("a city");
    let old = inputs.people_in(&["老人（万人）".to_owned()]);
    assert_eq!(old[0].thousandths(), 12_340_000);
    assert!(found(&inputs, FindingCode::PointsPartThousands).is_empty());
}

#[test]
fn blank_cells_of_groups_are_counted_once_with_the_first() {
    let table = "id,lon,lat,population,old\na,9.501,47.1,9,\nb,9.502,47.1,9,5\nc,9.503,47.1,9,\n";
    let mut inputs = Inputs::read(&request(layer(file("h.csv", table), &["old"]))).expect("a city");
    let both = [
        inputs.people_in(&["old".to_owned()]),
        inputs.people_in(&["old".to_owned()]),
    ];
    assert!(
        both.iter()
            .all(|old| old[1].thousandths() == 5000 && old[0].thousandths() == 0)
    );
    let said = found(&inputs, FindingCode::BlankPeople);
    let expected = (2, "h.csv line 2, column old: \"\"".to_owned());
    assert_eq!(said, [expected]);
}

/// The people of a list replace those of the homes, so that nothing is left to say of the homes' own.
#[test]
fn nothing_is_said_of_people_whom_an_allocation_replaces() {
    for homes in [
        "id,lon,lat,community\na,9.501,47.1,甲\nb,9.502,47.1,甲\n",
        "id,lon,lat,community,population\na,9.501,47.1,甲,\nb,9.502,47.1,甲,many\n",
    ] {
        let mut homes = layer(file("h.csv", homes), &[]);
        homes.keep(&[Attribute::Community]);
        let mut request = request(homes);
        let demand = layer(file("d.csv", "id,lon,lat\nd,9.501,47.1\n"), &[]);
        request.demand = vec![("work".to_owned(), demand)];
        request.communities = Some(layer(file("c.csv", "code,name,population\n1,甲,10\n"), &[]));
        let mut inputs = Inputs::read(&request).expect("a city");
        inputs.allocate(&[]).expect("an allocation");
        let people: Vec<u64> = inputs
            .residents
            .iter()
            .map(|home| home.people.thousandths())
            .collect();
        assert_eq!(people, [5000, 5000]);
        assert!(inputs.residents.iter().all(|home| home.fault().is_none()));
        for code in [FindingCode::BlankPopulation, FindingCode::InvalidResident] {
            assert!(found(&inputs, code).is_empty(), "{code:?}");
        }
        let none = found(&inputs, FindingCode::NoPopulation);
        assert!(
            none.len() == 1 && none[0].0 == 1 && none[0].1.starts_with("d.csv"),
            "{none:?}"
        );
    }
}
