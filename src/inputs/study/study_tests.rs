use std::fmt::Write as _;

use geo_types::Coord;

use super::*;
use crate::crs::{Crs, bd09_from_wgs84, gcj02_from_wgs84};
use crate::inputs::{Format, LayerSource, LayerSpec, RoleColumns, Source};
use crate::model::FindingCode;

const STREETS: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[9.50,47.10],[9.53,47.10],[9.53,47.12]]}}]}"#;

fn file(name: &str, text: &str) -> LayerSpec {
    let source = Source::from_bytes(name, text.as_bytes().to_vec());
    LayerSpec::new(LayerSource::File(source))
}

fn request(stations: &[&str], residents: &[&str]) -> Request {
    let layers = |texts: &[&str]| texts.iter().map(|text| file("points.csv", text)).collect();
    Request {
        stations: layers(stations),
        residents: layers(residents),
        ..Request::new(Source::from_bytes("streets.geojson", STREETS.as_bytes()))
    }
}

fn error(request: &Request) -> String {
    Inputs::read(request).expect_err("a bad input").to_string()
}

const HERE: &str = "id,lon,lat\na,9.51,47.10\n";
const SWAPPED: &str = "id,lon,lat\na,47.10,9.51\n";

#[test]
fn layers_follow_one_another_and_their_numbers_go_on() {
    let without_ids = "lon,lat\n9.50,47.10\n9.51,47.10\n";
    let with_a_gap = "id,lon,lat\n,9.52,47.10\nb,9.52,47.10\n";
    let inputs = Inputs::read(&request(
        &[without_ids, without_ids, with_a_gap],
        &[HERE, without_ids],
    ));
    let inputs = inputs.expect("sound layers");
    let ids = |stations: &[Station]| stations.iter().map(|s| s.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&inputs.stations), ["1", "2", "3", "4", "row-5", "b"]);
    assert_eq!(inputs.findings.count(FindingCode::RepeatedStation), 0);
    assert_eq!(inputs.findings.count(FindingCode::MissingId), 1);
    let ids: Vec<&str> = inputs.residents.iter().map(|r| r.id.as_str()).collect();
    assert_eq!(ids, ["a", "2", "3"]);
}

#[test]
fn every_layer_is_checked_for_swapped_axes_by_itself() {
    for request in [
        request(&[SWAPPED], &[HERE]),
        request(&[HERE, SWAPPED], &[HERE]),
        request(&[HERE], &[HERE, SWAPPED]),
    ] {
        assert!(
            error(&request).contains("look swapped"),
            "{}",
            error(&request)
        );
    }
}

#[test]
fn one_wild_record_does_not_hide_swapped_axes_and_does_not_make_them() {
    let mut text = SWAPPED.to_owned();
    for _ in 0..50 {
        text.push_str("b,47.11,9.52\n");
    }
    // One record the right way round: the box around all of them meets the network.
    text.push_str("c,9.51,47.10\n");
    assert!(error(&request(&[HERE], &[&text])).contains("look swapped"));
    let sea = "id,lon,lat\na,9.51,47.10\nsea,47.10,9.51\nnull,0,0\n";
    assert!(Inputs::read(&request(&[sea], &[sea])).is_ok());
}

#[test]
fn a_swapped_latitude_that_is_off_the_earth_is_seen() {
    let text = STREETS.replace("9.5", "112.5").replace("47.1", "37.8");
    let mut request = request(&["lon,lat\n37.8,112.51\n"], &[HERE]);
    request.network.source = Source::from_bytes("streets.geojson", text.into_bytes());
    assert!(error(&request).contains("look swapped"));
}

#[test]
fn swapped_areas_are_seen() {
    let ring = "[[47.0,9.0],[47.2,9.0],[47.2,10.0],[47.0,10.0],[47.0,9.0]]";
    let mut request = request(&[HERE], &[HERE]);
    request.areas = Some(file(
        "areas.geojson",
        &format!(r#"{{"type":"Polygon","coordinates":[{ring}]}}"#),
    ));
    assert!(error(&request).contains("areas: areas.geojson"));
}

#[test]
fn layers_without_records_and_files_of_other_formats_are_errors() {
    assert!(error(&request(&["id,lon,lat\n"], &[HERE])).contains("holds no station"));
    assert!(error(&request(&[HERE], &["id,lon,lat\n"])).contains("holds no resident"));
    let mut other = request(&[HERE], &[HERE]);
    other.stations = vec![file("points.xlsx", "PK")];
    assert!(error(&other).contains("points.xlsx"));
    let mut other = request(&[HERE], &[HERE]);
    other.areas = Some(file("areas.csv", HERE));
    assert!(error(&other).contains("areas.csv"));
    let mut other = request(&[HERE], &[HERE]);
    other.network.source = Source::from_bytes("streets.csv", HERE.as_bytes());
    assert!(error(&other).contains("streets.csv"));
}

#[test]
fn a_selector_needs_an_openstreetmap_network() {
    let mut request = request(&[HERE], &[HERE]);
    let selector = "osm:amenity=bank".parse().expect("a selector");
    request.stations = vec![LayerSpec::new(LayerSource::Osm(selector))];
    let error = error(&request);
    assert!(
        error.contains("osm:amenity=bank") && error.contains("streets.geojson"),
        "{error}"
    );
}

#[test]
fn a_column_of_people_is_asked_of_the_residents_only() {
    let mut request = request(&[HERE], &["id,lon,lat,leute\na,9.51,47.10,4\n"]);
    request.general.columns = RoleColumns::default().with("population", "leute");
    let inputs = Inputs::read(&request).expect("the residents have it");
    assert_eq!(inputs.residents[0].people.thousandths(), 4000);
}

/// One street of Taiyuan: two kilometres around 112.556° E, 37.873° N.
const TAIYUAN: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[112.546,37.868],[112.566,37.868],[112.566,37.878],[112.546,37.878],[112.546,37.868]]}}]}"#;
const HOME: &str = "id,lon,lat,population\nh,112.55,37.87,1\n";

fn in_taiyuan(stations: &str, crs: Option<&str>) -> Request {
    let mut request = request(&[stations], &[HOME]);
    request.network.source = Source::from_bytes("taiyuan.geojson", TAIYUAN.as_bytes());
    request.stations[0].settings.crs = crs.map(Crs::parse);
    request
}

#[test]
fn a_layer_of_another_city_is_refused_with_where_both_lie() {
    let elsewhere = format!("id,lon,lat\n{}", "a,112.5,37.8\n".repeat(5));
    let elsewhere = elsewhere.as_str();
    let stations = error(&request(&[elsewhere], &[HERE]));
    assert!(
        stations.contains("stations: points.csv: none of its 5 records lies near the network")
            && stations.contains("112.500, 37.800")
            && stations.contains("‹stations_crs›"),
        "{stations}"
    );
    let residents = error(&request(&[HERE], &[elsewhere]));
    assert!(residents.contains("‹residents_crs›"), "{residents}");
    // One home in a hundred is here: hardly any, and nobody may be lost.
    let mut most = HERE.to_owned();
    for row in 0..99 {
        writeln!(most, "x{row},112.5,37.8").expect("a string");
    }
    let residents = error(&request(&[HERE], &[&most]));
    assert!(residents.contains("only 1 of its 100"), "{residents}");
    // A list of the stations of a whole country is said and used.
    let inputs = Inputs::read(&request(&[&most], &[HERE])).expect("one is here");
    assert_eq!(inputs.findings.count(FindingCode::Elsewhere), 1);
}

#[cfg(feature = "proj")]
#[test]
fn metres_in_another_system_than_they_were_read_in_are_told_the_one_that_fits() {
    // 112.5522° E, 37.8714° N (pyproj 3.7.2) in zones of 111° and 114°, degrees, and with the northing first.
    for (row, crs, option) in [
        ("37636578.683,4194357.73", None, "‹stations_crs› EPSG:4525"),
        (
            "37636578.683,4194357.73",
            Some("CGCS2000"),
            "‹stations_crs› EPSG:4525",
        ),
        (
            "37636578.683,4194357.73",
            Some("EPSG:4546"),
            "‹stations_crs› EPSG:4525",
        ),
        (
            "636578.683,4194357.73",
            Some("EPSG:4525"),
            "‹stations_crs› EPSG:4546",
        ),
        (
            "636578.683,4194357.73",
            Some("EPSG:4547"),
            "‹stations_crs› EPSG:4546",
        ),
        (
            "4194357.73,636578.683",
            Some("EPSG:4547"),
            "‹stations_crs› EPSG:4546",
        ),
        ("12529257.6,4561272.02", None, "‹stations_crs› EPSG:3857"),
        (
            "112.5522,37.8714",
            Some("EPSG:4547"),
            "‹stations_crs› WGS84",
        ),
    ] {
        let told = error(&in_taiyuan(&format!("id,x,y\ns,{row}\n"), crs));
        assert!(told.contains(option), "{row} in {crs:?}: {told}");
    }
    let right = in_taiyuan("id,x,y\ns,37636578.683,4194357.73\n", Some("EPSG:4525"));
    assert!(Inputs::read(&right).is_ok());
    let mut network = in_taiyuan(HOME, None);
    let metres = TAIYUAN.replace("112.5", "376365").replace("37.8", "41943");
    network.network.source = Source::from_bytes("metres.geojson", metres.into_bytes());
    let told = error(&network);
    assert!(
        told.contains("‹network_crs›") && told.contains("EPSG:4525"),
        "{told}"
    );
}

#[test]
fn polygons_that_lie_elsewhere_are_refused() {
    let ring = "[[9.50,47.10],[9.51,47.10],[9.51,47.11],[9.50,47.10]]";
    let polygon = format!(r#"{{"type":"Polygon","coordinates":[{ring}]}}"#);
    let far = polygon.replace("9.5", "19.5");
    let feature = format!(r#"{{"type":"Feature","properties":{{}},"geometry":{far}}}"#);
    let features = vec![feature; 5].join(",");
    let far = format!(r#"{{"type":"FeatureCollection","features":[{features}]}}"#);
    let mut areas = request(&[HERE], &[HERE]);
    areas.areas = Some(file("areas.geojson", &far));
    assert!(error(&areas).contains("‹areas_crs›"), "{}", error(&areas));
    let mut areas = request(&[HERE], &[HERE]);
    areas.areas = Some(file("areas.geojson", &polygon));
    assert!(Inputs::read(&areas).is_ok());
}

#[test]
fn the_name_of_a_column_says_the_system_unless_another_is_given() {
    let gcj = gcj02_from_wgs84(Coord {
        x: 112.55,
        y: 37.87,
    });
    let bd = bd09_from_wgs84(Coord {
        x: 112.55,
        y: 37.87,
    });
    let lies_there = |table: &str, crs: Option<&str>| {
        let inputs = Inputs::read(&in_taiyuan(table, crs)).expect("a sound layer");
        let place = inputs.stations[0].place.clone().expect("a place");
        let is_there = (place.x - 112.55).abs() < 1e-6 && (place.y - 37.87).abs() < 1e-6;
        let codes = [
            FindingCode::SystemByName,
            FindingCode::SystemContradicted,
            FindingCode::SeveralCoordinates,
        ];
        (is_there, codes.map(|code| inputs.findings.count(code)))
    };
    let (x, y) = (gcj.x, gcj.y);
    let by_name = (true, [1, 0, 0]);
    assert_eq!(
        lies_there(&format!("编号,坐标（高德）\ns,\"{x},{y}\"\n"), None),
        by_name
    );
    assert_eq!(
        lies_there(&format!("id,GCJ02经度,GCJ02纬度\ns,{x},{y}\n"), None),
        by_name
    );
    let header = "编号,坐标（高德）,\n,经度,纬度\n";
    assert_eq!(lies_there(&format!("{header}s,{x},{y}\n"), None), by_name);
    let (bx, by) = (bd.x, bd.y);
    assert_eq!(
        lies_there(&format!("id,lon_bd09,lat_bd09\ns,{bx},{by}\n"), None),
        by_name
    );
    let pairs = format!("id,gcj_lng,gcj_lat,wgs_lng,wgs_lat\ns,{x},{y},112.55,37.87\n");
    assert_eq!(lies_there(&pairs, None), (true, [0, 0, 1]));
    assert_eq!(lies_there(&pairs, Some("GCJ-02")), (true, [1, 0, 1]));
    let told = format!("id,wgs84_lng,wgs84_lat\ns,{x},{y}\n");
    assert_eq!(lies_there(&told, Some("GCJ-02")), (true, [0, 1, 0]));
}

/// Three files: the streets, the stations and the residents.
#[test]
fn reading_says_each_file_and_stops_where_its_caller_says_so() {
    let request = request(&[HERE], &[HERE]);
    let seen = std::sync::Mutex::new(Vec::new());
    let cancel = std::sync::atomic::AtomicBool::new(false);
    let show = |stage: Stage, done: usize, total: usize| {
        seen.lock().expect("no panic").push((stage, done, total));
    };
    let control = Control::default().with_progress(&show).with_cancel(&cancel);
    assert!(Inputs::read_with(&request, control).is_ok());
    let expected = [0, 1, 2, 3].map(|done| (Stage::Read, done, 3));
    assert_eq!(*seen.lock().expect("no panic"), expected);
    // A option that is raised when the stations are read: the residents are not.
    let raise = |_: Stage, done: usize, _: usize| {
        assert!(done < 3);
        cancel.store(done == 2, std::sync::atomic::Ordering::Relaxed);
    };
    let control = Control::default()
        .with_progress(&raise)
        .with_cancel(&cancel);
    let stopped = Inputs::read_with(&request, control);
    assert!(matches!(stopped, Err(InputsError::Cancelled(_))));
    // One that is up already: nothing is read.
    let nothing = Control::default().with_cancel(&cancel);
    let stopped = Inputs::read_with(&request, nothing);
    assert!(matches!(stopped, Err(InputsError::Cancelled(_))));
}

/// A option that is raised when it was looked at so many times.
fn stopped_after(request: &Request, times: usize) -> (Result<(), InputsError>, usize) {
    let left = std::sync::atomic::AtomicUsize::new(times);
    let read = Inputs::read_with(request, Control::cancelled_after(&left));
    (read.map(|_| ()), times - left.into_inner())
}

/// So many rows in each kind of file, with a point in the middle of the street.
fn files_of(rows: usize) -> Vec<Source> {
    let lines: Vec<String> = (0..rows)
        .map(|row| format!("r{row},9.51,47.10\n"))
        .collect();
    let csv = format!("id,lon,lat\n{}", lines.concat());
    let feature = |row: usize| {
        format!(
            r#"{{"type":"Feature","properties":{{"id":"r{row}"}},"geometry":{{"type":"Point","coordinates":[9.51,47.10]}}}}"#
        )
    };
    let features: Vec<String> = (0..rows).map(feature).collect();
    let features = features.join(",");
    let json = format!(r#"{{"type":"FeatureCollection","features":[{features}]}}"#);
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, name) in (0..).zip(["id", "lon", "lat"]) {
        sheet.write(0, column, name).expect("a cell");
    }
    for row in 1..=rows as u32 {
        for (column, number) in (0..).zip([f64::from(row), 9.51, 47.10]) {
            sheet.write(row, column, number).expect("a cell");
        }
    }
    let xlsx = book.save_to_buffer().expect("a workbook");
    let mut shp = vec![0; 100];
    shp[..4].copy_from_slice(&9994i32.to_be_bytes());
    let words = 50 + rows * 14;
    shp[24..28].copy_from_slice(&(words as i32).to_be_bytes());
    shp[28..32].copy_from_slice(&1000i32.to_le_bytes());
    shp[32] = 1;
    for row in 1..=rows as i32 {
        shp.extend(row.to_be_bytes());
        shp.extend(10i32.to_be_bytes());
        shp.extend(1i32.to_le_bytes());
        shp.extend([9.51f64, 47.10].map(f64::to_le_bytes).concat());
    }
    vec![
        Source::from_bytes("homes.csv", csv.into_bytes()),
        Source::from_bytes("homes.geojson", json.into_bytes()),
        Source::from_bytes("homes.xlsx", xlsx),
        Source::from_bytes("homes.shp", shp),
    ]
}

#[test]
fn every_record_or_piece_of_a_file_looks_whether_reading_is_to_stop() {
    const MANY: usize = 1_000_000;
    const ROWS: usize = 20_000;
    let of = |source: &Source| Request {
        residents: vec![LayerSpec::new(LayerSource::File(source.clone()))],
        ..request(&[HERE], &[])
    };
    for (few, many) in files_of(5).iter().zip(&files_of(ROWS)) {
        let (read, little) = stopped_after(&of(few), MANY);
        assert!(read.is_ok(), "{}: {read:?}", few.name());
        let (read, often) = stopped_after(&of(many), MANY);
        assert!(read.is_ok(), "{}: {read:?}", many.name());
        // Text is read in pieces of 64 KiB, of which a short file has some too; others are read record by record.
        let pieces = match many.format() {
            Some(Format::Csv | Format::GeoJson) => many.size() as usize >> 17,
            _ => ROWS - 5,
        };
        assert!(
            often >= little + pieces,
            "{}: {little}, {often}, {pieces}",
            many.name()
        );
        for part in 1..10 {
            let (read, _) = stopped_after(&of(many), often * part / 10);
            let is_cancelled = matches!(read, Err(InputsError::Cancelled(_)));
            assert!(is_cancelled, "{} at {part}: {read:?}", many.name());
        }
    }
}
