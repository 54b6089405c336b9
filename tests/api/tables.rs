//! Tables as offices write them: codes that a spreadsheet cut, both coordinates in one cell, tables whose bytes have moved.

use encoding_rs::{GBK, UTF_8};
use pedshed::inputs::{
    Inputs, LayerKind, LayerSource, LayerSpec, PointRecords, ReadOptions, Request, Source,
    read_points,
};
use pedshed::model::FindingCode;
use shapefile::Point;

use crate::support::files::{dbf, shp, xlsx};

fn csv(name: &str, text: &str) -> Source {
    Source::from_bytes(name.to_owned(), text.as_bytes().to_vec())
}

fn read(text: &str) -> PointRecords {
    read_points(&csv("t.csv", text), &ReadOptions::default()).expect("a table")
}

fn ids(read: &PointRecords) -> Vec<&str> {
    let ids = read.records.iter().map(|record| record.id.as_deref());
    ids.map(Option::unwrap_or_default).collect()
}

fn study(stations: Source, residents: Source) -> Inputs {
    let roads = br#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[112.5,37.8],[112.6,37.9]]}}]}"#;
    let layer = |source| LayerSpec::new(LayerSource::File(source));
    let mut request = Request::new(Source::from_bytes("roads.geojson", roads.to_vec()));
    request.stations = vec![layer(stations)];
    request.residents = vec![layer(residents)];
    Inputs::read(&request).expect("a city")
}

const HOMES: &str = "id,lon,lat,population\na,112.55,37.85,1\n";

#[test]
fn both_coordinates_are_read_from_one_cell_under_any_usual_header() {
    for header in [
        "经纬度",
        "坐标",
        "高德坐标",
        "坐标点",
        "location",
        "Location",
        "coordinates",
        "lnglat",
        "lng_lat",
        "gps",
        "位置",
        "经纬度坐标",
        "geometry",
        "geom",
        "wkt_geom",
        "WKT",
        "\"坐标(经度,纬度)\"",
        "somewhere",
    ] {
        for cell in [
            "\"112.553,37.861\"",
            "112.553，37.861",
            "112.553 37.861",
            "112.553;37.861",
            "POINT (112.553 37.861)",
            "「112.553，37.861」",
        ] {
            let text = format!("id,name,{header}\ns,a,{cell}\n");
            assert_eq!(read(&text).records[0].xy, Ok((112.553, 37.861)), "{text}");
        }
    }
    // An address is none, and no number either.
    let text = "id,位置\ns,迎泽大街1号\n";
    assert!(read_points(&csv("t.csv", text), &ReadOptions::default()).is_err());
}

#[test]
fn a_latitude_before_its_longitude_in_a_cell_is_known_by_where_it_lies() {
    let stations = csv(
        "stations.csv",
        "id,坐标\na,\"37.86,112.55\"\nb,\"37.85,112.55\"\n",
    );
    let inputs = study(stations, csv("homes.csv", HOMES));
    let place = inputs.stations[0].place.clone().expect("a place");
    assert_eq!((place.x, place.y), (112.55, 37.86));
    assert_eq!(inputs.findings.count(FindingCode::NorthingFirst), 1);
}

#[test]
fn of_two_pairs_of_columns_one_is_taken_and_said() {
    for (header, taken) in [
        ("id,gcj_lng,gcj_lat,wgs_lng,wgs_lat", (3.0, 4.0)),
        ("id,lng,lat,wgs84_lng,wgs84_lat", (3.0, 4.0)),
        ("id,经度gcj,纬度gcj,经度,纬度", (3.0, 4.0)),
    ] {
        let read = read(&format!("{header}\na,1,2,3,4\n"));
        assert_eq!(read.records[0].xy, Ok(taken), "{header}");
        assert_eq!(
            read.findings.count(FindingCode::SeveralCoordinates),
            1,
            "{header}"
        );
    }
    let one = read("id,gcj_lng,gcj_lat\na,1,2\n");
    assert_eq!(one.records[0].xy, Ok((1.0, 2.0)));
    assert_eq!(one.findings.count(FindingCode::SeveralCoordinates), 0);
}

#[test]
fn codes_that_a_spreadsheet_cut_make_no_station_of_two() {
    let stations = "id,lon,lat\n1.40106E+17,112.55,37.85\n1.40106E+17,112.56,37.86\n140106001001000000,112.57,37.87\n140106001001000000,112.58,37.88\nc,112.59,37.89\n";
    let homes = "id,lon,lat,population\n1.40106E+17,112.55,37.85,1\n1.40106E+17,112.55,37.85,2\n";
    let inputs = study(csv("stations.csv", stations), csv("homes.csv", homes));
    let mut ids: Vec<_> = inputs
        .stations
        .iter()
        .map(|station| station.id.as_str())
        .collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 5);
    assert_eq!(inputs.residents.len(), 2);
    assert_eq!(inputs.findings.count(FindingCode::CutCode), 6);
    assert_eq!(inputs.findings.count(FindingCode::RepeatedStation), 0);
    assert_eq!(inputs.findings.count(FindingCode::RepeatedResident), 1);
}

#[test]
fn rows_of_one_station_that_lie_far_apart_are_said() {
    let stations = "id,lon,lat\na,112.55,37.85\na,112.551,37.85\na,112.56,37.86\nb,112.55,37.85\n";
    let inputs = study(csv("stations.csv", stations), csv("homes.csv", HOMES));
    assert_eq!(inputs.findings.count(FindingCode::RepeatedStation), 2);
    assert_eq!(
        inputs.findings.count(FindingCode::FarEntrance),
        1,
        "1.4 km, and not 88 m"
    );
}

#[test]
fn rows_that_are_too_short_or_too_long_are_counted() {
    let read = read("id,lon,lat,population\na,1,2,10\nb,1,2\nc,1,2,30,40\nd,1,2,\ne,1,2,5,\n");
    assert_eq!(read.findings.count(FindingCode::RaggedRow), 2);
    let found = read.findings.worst_first();
    let ragged = found
        .iter()
        .find(|finding| finding.code == FindingCode::RaggedRow);
    assert_eq!(
        ragged.map(|finding| finding.example.to_string()),
        Some("t.csv line 3".to_owned())
    );
}

#[test]
fn a_list_without_places_has_no_record_of_its_second_header_row_its_total_and_its_note() {
    let bytes = xlsx(&[
        &["各社区常住人口统计表"],
        &["序号", "社区编码", "社区名称", "总人口(人)", "年龄构成", ""],
        &["", "", "", "", "0-14岁", "60岁及以上"],
        &["1", "'140106001001", "察院后社区", "'5,028", "857", "885"],
        &["2", "'140106001002", "宁化府社区", "'3,154", "552", "450"],
        &["合计", "", "", "8182", "1409", "1335"],
        &["注：数据截至2026年"],
    ]);
    let source = Source::from_bytes("人口.xlsx", bytes);
    let read = read_points(&source, &ReadOptions::of(LayerKind::Communities)).expect("a list");
    assert_eq!(ids(&read), ["140106001001", "140106001002"]);
    assert_eq!(read.findings.count(FindingCode::TotalRow), 2);
    assert_eq!(
        read.findings.count(FindingCode::HeaderRows),
        2,
        "a title and the ages"
    );
}

#[test]
fn a_table_whose_bytes_have_moved_is_refused() {
    type Change = fn(&mut Vec<u8>, usize);
    let places: Vec<Point> = (0..3)
        .map(|n| Point::new(112.5 + f64::from(n), 37.8))
        .collect();
    let fields = [("id", b'C', 6), ("population", b'N', 5)];
    let rows: &[&[&str]] = &[&["a", "100"], &["b", "200"], &["c", "300"]];
    let whole = dbf(UTF_8, &fields, rows);
    let read = |table: Vec<u8>| {
        let source = Source::from_bytes("h.shp", shp(&places));
        let source = source.with_companion(Source::from_bytes("h.dbf", table));
        read_points(&source, &ReadOptions::default())
    };
    assert!(read(whole.clone()).is_ok());
    let start = 32 + 2 * 32 + 1;
    let changed = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut bytes = whole.clone();
        change(&mut bytes);
        read(bytes)
    };
    // Without the mark of the end and with blocks filled up it is whole.
    assert!(changed(&|bytes| bytes.truncate(bytes.len() - 1)).is_ok());
    assert!(changed(&|bytes| bytes.extend([0; 100])).is_ok());
    let changes: [(&str, Change); 7] = [
        ("a byte more in the first record", |bytes, start| {
            bytes.insert(start + 3, b' ');
        }),
        ("a byte more before the records", |bytes, start| {
            bytes.insert(start, b' ');
        }),
        ("a byte less", |bytes, start| {
            bytes.remove(start + 2);
        }),
        ("another mark", |bytes, start| bytes[start + 12] = b'7'),
        ("more behind the last", |bytes, _| bytes.extend(b"rest")),
        ("a header too long", |bytes, _| bytes[8] += 1),
        ("records too wide", |bytes, _| bytes[10] += 1),
    ];
    for (name, change) in changes {
        let error = changed(&|bytes| change(bytes, start)).expect_err(name);
        assert!(error.to_string().contains("h.dbf"), "{name}: {error}");
    }
}

#[test]
fn text_is_never_read_in_the_encoding_that_a_header_was_left_with() {
    let rows: &[&[&str]] = &[&["站一"], &["站二"]];
    let places = [Point::new(112.5, 37.8), Point::new(112.6, 37.8)];
    for (encoding, language) in [
        (UTF_8, 0x4D),
        (UTF_8, 0),
        (UTF_8, 0x57),
        (GBK, 0x4D),
        (GBK, 0),
        (GBK, 0x57),
        (GBK, 0x03),
    ] {
        let mut table = dbf(encoding, &[("编号", b'C', 12)], rows);
        table[29] = language;
        let source = Source::from_bytes("s.shp", shp(&places));
        let source = source.with_companion(Source::from_bytes("s.dbf", table));
        match read_points(&source, &ReadOptions::default()) {
            Ok(read) => assert_eq!(
                ids(&read),
                ["站一", "站二"],
                "{} {language:#x}",
                encoding.name()
            ),
            Err(error) => assert!(error.to_string().contains("‹encoding›"), "{error}"),
        }
    }
}

#[test]
fn several_points_of_a_station_are_its_entrances_and_those_of_a_home_are_said() {
    let feature = |properties: &str, points: &str| {
        let geometry = format!(r#"{{"type":"MultiPoint","coordinates":[{points}]}}"#);
        format!(
            r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{properties},"geometry":{geometry}}}]}}"#
        )
    };
    let two = "[112.55,37.85],[112.551,37.85]";
    let stations = csv("stations.geojson", &feature(r#"{"id":"m2"}"#, two));
    let inputs = study(
        stations,
        csv(
            "homes.geojson",
            &feature(r#"{"id":"h","population":7}"#, two),
        ),
    );
    let found: Vec<_> = inputs
        .stations
        .iter()
        .map(|station| (station.id.as_str(), station.place.is_ok()))
        .collect();
    assert_eq!(found, [("m2", true), ("m2", true)]);
    assert_eq!(inputs.residents.len(), 1);
    assert_eq!(inputs.findings.count(FindingCode::SeveralPlaces), 1);
}
