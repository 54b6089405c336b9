use super::*;
use crate::model::FindingCode;

const STREETS: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[9.50,47.10],[9.53,47.10],[9.53,47.12]]}}]}"#;

fn file(name: &str, text: &str) -> Layer {
    let source = Source::from_bytes(name, text.as_bytes().to_vec());
    Layer::new(LayerSource::File(source))
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
    let elsewhere = "id,lon,lat\na,112.5,37.8\n";
    assert!(Inputs::read(&request(&[elsewhere], &[HERE])).is_ok());
}

#[test]
fn a_swapped_latitude_that_is_off_the_earth_is_seen() {
    let text = STREETS.replace("9.5", "112.5").replace("47.1", "37.8");
    let mut request = request(&["lon,lat\n37.8,112.51\n"], &[HERE]);
    request.network = Source::from_bytes("streets.geojson", text.into_bytes());
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
    other.network = Source::from_bytes("streets.csv", HERE.as_bytes());
    assert!(error(&other).contains("streets.csv"));
}

#[test]
fn a_selector_needs_an_openstreetmap_network() {
    let mut request = request(&[HERE], &[HERE]);
    let selector = "osm:amenity=bank".parse().expect("a selector");
    request.stations = vec![Layer::new(LayerSource::Osm(selector))];
    let error = error(&request);
    assert!(
        error.contains("osm:amenity=bank") && error.contains("streets.geojson"),
        "{error}"
    );
}

#[test]
fn a_column_of_people_is_asked_of_the_residents_only() {
    let mut request = request(&[HERE], &["id,lon,lat,leute\na,9.51,47.10,4\n"]);
    for layer in request.stations.iter_mut().chain(&mut request.residents) {
        layer.columns.population = Some("leute".to_owned());
    }
    let inputs = Inputs::read(&request).expect("the residents have it");
    assert_eq!(inputs.residents[0].people.thousandths(), 4000);
}
