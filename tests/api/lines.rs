//! Networks of lines: what their properties say, and what in them is not understood.

use pedshed::inputs::{Inputs, LayerKind, LayerSource, LayerSpec, Request, Source};
use pedshed::model::FindingCode;

fn read(properties: &[&str]) -> Inputs {
    let features = properties.iter().zip(0..).map(|(properties, at)| {
        let from = 9.5 + 0.001 * f64::from(at);
        let to = from + 0.001;
        format!(
            r#"{{"type":"Feature","properties":{properties},"geometry":{{"type":"LineString","coordinates":[[{from:.3},47.1],[{to:.3},47.1]]}}}}"#
        )
    });
    let features: Vec<String> = features.collect();
    let streets = format!(
        r#"{{"type":"FeatureCollection","features":[{}]}}"#,
        features.join(",")
    );
    let layer = |name: &'static str, text: &str| {
        let source = Source::from_bytes(name, text.as_bytes().to_vec());
        LayerSpec::new(LayerSource::File(source))
    };
    let mut request = Request::new(Source::from_bytes("streets.geojson", streets.into_bytes()));
    request.stations = vec![layer("s.csv", "id,lon,lat\ns,9.5001,47.1\n")];
    request.residents = vec![layer("h.csv", "id,lon,lat,population\nh,9.5,47.1,5\n")];
    Inputs::read(&request).expect("a city")
}

#[test]
fn properties_of_lines_that_are_not_understood_are_told_and_the_unused_ones_named() {
    let inputs = read(&[
        r##"{"foot":"#REF!","highway":"residential","speed":"fast","道路名":"迎泽大街"}"##,
        r#"{"oneway":"maybe","highway":"footway"}"#,
        r#"{"foot":"perhaps","highway":"service","oneway":"B"}"#,
        r#"{"access":"yes","highway":"residential","surface":"asphalt"}"#,
    ]);
    let found = inputs.findings.worst_first().into_iter();
    let strange: Vec<_> = found
        .filter(|finding| finding.code == FindingCode::CellNotUnderstood)
        .map(|finding| {
            let about = finding.about.as_ref().expect("a column").to_string();
            (about, finding.count, finding.example.to_string())
        })
        .collect();
    let expected = [
        (
            "foot",
            2,
            "streets.geojson feature 1, column foot: \"#REF!\"",
        ),
        (
            "oneway",
            1,
            "streets.geojson feature 2, column oneway: \"maybe\"",
        ),
    ];
    let expected = expected.map(|(column, count, example)| {
        (
            format!("network, column {column}"),
            count,
            example.to_owned(),
        )
    });
    assert_eq!(strange, expected);
    let mut readings = inputs.readings.iter();
    let network = readings.find(|reading| reading.layer == LayerKind::Network);
    let unused = &network.expect("a network").reading.unused;
    assert_eq!(unused[..], ["speed", "道路名", "surface"]);
    // Four streets of 0.001 degrees: what is not understood closes none.
    assert_eq!(inputs.findings.count(FindingCode::NotWalkable), 0);
}

#[test]
fn a_lost_value_is_no_bridge() {
    let inputs = read(&[r##"{"bridge":"#N/A"}"##, "{}"]);
    assert_eq!(inputs.findings.count(FindingCode::CellNotUnderstood), 1);
}
