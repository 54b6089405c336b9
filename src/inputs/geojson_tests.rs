use super::*;
#[cfg(feature = "proj")]
use crate::geometry::Location;
use crate::inputs::{
    AreasRead, InputsError, LayerSettings, Mending, PointRecords, ReadOptions, RoleColumns,
    StreetsRead, read_areas, read_lines, read_points,
};
use crate::model::{Access, FindingCode, Flow, Passage, Structure, WayKind};
use crate::units::People;

fn source(text: &str) -> Source {
    Source::from_bytes("layer.geojson", text.as_bytes().to_vec())
}

fn collection(features: &[&str]) -> String {
    format!(
        "{{\"type\":\"FeatureCollection\",\"features\":[\n{}\n]}}",
        features.join(",\n")
    )
}

fn feature(geometry: &str, properties: &str) -> String {
    format!(r#"{{"type":"Feature","properties":{properties},"geometry":{geometry}}}"#)
}

fn streets(text: &str) -> Result<StreetsRead, InputsError> {
    read_lines(&source(text), &ReadOptions::default(), Mending::default())
}

fn points(text: &str) -> Result<PointRecords, InputError> {
    read_points(&source(text), &ReadOptions::default())
}

#[test]
fn lines_join_where_vertices_round_to_the_same_place() {
    let text = collection(&[
        &feature(
            r#"{"type":"LineString","coordinates":[[0,0],[0.001,0]]}"#,
            "{}",
        ),
        &feature(
            r#"{"type":"LineString","coordinates":[[0.00100000004,0],[0.002,0]]}"#,
            "null",
        ),
        &feature(
            r#"{"type":"LineString","coordinates":[[0.0010002,0],[0.003,0]]}"#,
            "{}",
        ),
    ]);
    let streets = streets(&text).expect("lines").streets;
    let refs: Vec<&[u32]> = streets
        .ways
        .iter()
        .map(|way| streets.refs_of(way))
        .collect();
    assert_eq!(refs[0][1], refs[1][0]);
    assert_ne!(refs[0][1], refs[2][0]);
    assert_eq!(
        streets.ways.iter().map(|way| way.id).collect::<Vec<_>>(),
        [1, 2, 3]
    );
}

#[test]
fn bridges_and_tunnels_of_tables_are_read_as_exports_write_them() {
    let line = r#"{"type":"LineString","coordinates":[[0,0],[0.001,0]]}"#;
    let cases = [
        (r#"{"tunnel":"T"}"#, Structure::Underground),
        (r#"{"tunnel":true}"#, Structure::Underground),
        (r#"{"tunnel":"F","bridge":"F"}"#, Structure::Ground),
        (r#"{"tunnel":false,"bridge":"T"}"#, Structure::Bridge),
        (r#"{"layer":-1,"covered":"yes"}"#, Structure::Underground),
        (r#"{"layer":-1}"#, Structure::Ground),
    ];
    let lines = cases.map(|(properties, _)| feature(line, properties));
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let streets = streets(&collection(&lines)).expect("lines").streets;
    let found = streets.ways.iter().map(|way| way.structure);
    assert!(found.eq(cases.map(|(_, structure)| structure)));
}

#[test]
fn properties_named_like_tags_are_taken_at_their_word() {
    let line = r#"{"type":"LineString","coordinates":[[0,0],[0.001,0]]}"#;
    let text = collection(&[
        &feature(line, r#"{"highway":"steps","name":"Treppe"}"#),
        &feature(line, r#"{"highway":"motorway"}"#),
        &feature(line, r#"{"oneway:foot":"yes"}"#),
        &feature(line, r#"{"access":"private"}"#),
        &feature(line, r#"{"fid":7,"width":2.5}"#),
    ]);
    let read = streets(&text).expect("lines");
    let private = Passage {
        access: Access::Private,
        ..WayKind::Street.into()
    };
    let kinds: Vec<_> = read
        .streets
        .ways
        .iter()
        .map(|way| (way.id, way.passage))
        .collect();
    assert_eq!(
        kinds,
        [
            (1, WayKind::Steps.into()),
            (3, (WayKind::Street, Flow::Forward).into()),
            (4, private),
            (5, WayKind::Street.into())
        ]
    );
    assert_eq!(read.streets.names, ["Treppe"]);
    assert_eq!(read.cuts.list().len(), 1);
    assert!((read.cuts.list()[0].length_m - 111.32).abs() < 0.01);
}

#[test]
fn what_is_no_line_is_a_finding() {
    let text = collection(&[
        &feature(
            r#"{"type":"LineString","coordinates":[[0,0],[0.001,0]]}"#,
            "{}",
        ),
        &feature("null", "{}"),
        &feature(r#"{"type":"LineString","coordinates":[]}"#, "{}"),
        &feature(r#"{"type":"LineString","coordinates":[[],[1]]}"#, "{}"),
        &feature(r#"{"type":"Point","coordinates":[0,0]}"#, "{}"),
        &feature(
            r#"{"type":"LineString","coordinates":[[0,0],[0,95]]}"#,
            "{}",
        ),
        r#"{"type":"Feature","properties":{},"geometry":{"type":"Curve","coordinates":[]}}"#,
    ]);
    let read = streets(&text).expect("one line is sound");
    assert_eq!(read.streets.ways.len(), 1);
    assert_eq!(read.findings.count(FindingCode::InvalidLine), 5);
    assert_eq!(read.findings.count(FindingCode::DegenerateLine), 1);
}

#[test]
fn points_keep_ids_people_and_faults() {
    let text = collection(&[
        &feature(
            r#"{"type":"Point","coordinates":[9.5,47.1,440]}"#,
            r#"{"id":17,"人口":"2.5"}"#,
        ),
        &feature(r#"{"type":"Point","coordinates":[]}"#, r#"{"id":"b"}"#),
        &feature("null", r#"{"id":"c","population":-3}"#),
        &feature(
            r#"{"type":"LineString","coordinates":[[0,0],[1,1]]}"#,
            r#"{"id":"d"}"#,
        ),
    ]);
    let records = points(&text).expect("sound JSON").records;
    assert_eq!(records[0].id.as_deref(), Some("17"));
    assert_eq!(records[0].xy, Ok((9.5, 47.1)));
    assert_eq!(records[0].people, Ok(Some(People::from_thousandths(2500))));
    assert!(records[1].xy.is_err());
    assert_eq!(records[2].xy, Err(Fault::NoCoordinate));
    assert!(records[2].people.is_err());
    assert!(
        matches!(records[3].xy, Err(Fault::Geometry { ref found, .. }) if found.to_string() == "LineString")
    );
    assert_eq!(records[3].source, "layer.geojson feature 4");
}

#[test]
fn broken_json_names_its_line_or_feature() {
    let place = |text: &str| match points(text).expect_err("broken") {
        InputError::Malformed { place, reason, .. } => format!("{place}: {reason}"),
        other => other.to_string(),
    };
    let nan = collection(&[&feature(r#"{"type":"Point","coordinates":[NaN,0]}"#, "{}")]);
    assert!(place(&nan).starts_with("line 2 column"), "{}", place(&nan));
    let cut = &nan.replace("NaN", "1")[..60];
    assert!(place(cut).contains("breaks off"), "{}", place(cut));
    let huge = collection(&[
        "{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"Point\",\"coordinates\":[1e999,0]}}",
    ]);
    assert!(
        place(&huge).contains("feature 1 on line 2"),
        "{}",
        place(&huge)
    );
    assert!(place("[1,2]").contains("line 1"), "{}", place("[1,2]"));
    assert!(place("{}").contains("no \"type\""), "{}", place("{}"));
}

#[test]
fn two_thousand_nested_collections_are_an_error_and_no_overflow() {
    let mut geometry = r#"{"type":"Point","coordinates":[0,0]}"#.to_owned();
    for _ in 0..2000 {
        geometry = format!(r#"{{"type":"GeometryCollection","geometries":[{geometry}]}}"#);
    }
    let error = points(&collection(&[&feature(&geometry, "{}")])).expect_err("too deep");
    assert!(error.to_string().contains("recursion limit"), "{error}");
}

#[test]
fn the_old_declaration_of_a_system_is_read() {
    let crs = |declared: &str| {
        let text = format!(r#"{{"type":"FeatureCollection","crs":{declared},"features":[]}}"#);
        points(&text)
            .expect("a collection")
            .crs
            .map(|crs| crs.value)
    };
    let name = |name: &str| format!(r#"{{"type":"name","properties":{{"name":"{name}"}}}}"#);
    let zone = Some(Crs::Known("urn:ogc:def:crs:EPSG::4547".into()));
    assert_eq!(crs(&name("urn:ogc:def:crs:EPSG::4547")), zone);
    assert_eq!(
        crs(&name("urn:ogc:def:crs:OGC:1.3:CRS84")),
        Some(Crs::Wgs84)
    );
    assert_eq!(crs(&name("urn:ogc:def:crs:EPSG::4326")), Some(Crs::Wgs84));
    let code = r#"{"type":"EPSG","properties":{"code":4547}}"#;
    assert_eq!(crs(code), Some(Crs::Known("EPSG:4547".into())));
    assert_eq!(crs("null"), Some(Crs::Wgs84));
    let link = crs(r#"{"type":"link","properties":{"href":"a.prj"}}"#).expect("something");
    assert!(
        link.converter().is_err(),
        "a system that is not known is not WGS84"
    );
}

#[cfg(feature = "proj")]
#[test]
fn a_projected_file_comes_out_where_it_is_and_a_flag_goes_before_it() {
    let text = r#"{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:4547"}},"features":[
        {"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[500000,4429529.030],[500000,4429629.030]]}}]}"#;
    let first = |options: &ReadOptions| {
        let read = read_lines(&source(text), options, Mending::default()).expect("a line");
        read.streets.vertices_in_use().next()
    };
    let location = |lon_e7, lat_e7| Some(Location { lon_e7, lat_e7 });
    assert_eq!(
        first(&ReadOptions::default()),
        location(1_140_000_000, 400_000_000)
    );
    let own = LayerSettings {
        crs: Some(Crs::parse("EPSG:4546")),
        ..LayerSettings::default()
    };
    let own = ReadOptions::default().with_own(own);
    assert_eq!(first(&own), location(1_110_000_000, 400_000_000));
}

#[test]
fn a_feature_on_each_line_is_a_collection() {
    let line = |x: i32| {
        format!(
            r#"{{"type":"Feature","properties":{{"id":"{x}"}},"geometry":{{"type":"Point","coordinates":[{x},1]}}}}"#
        )
    };
    for (open, between) in [("", "\n"), ("", "\r\n\n"), ("\u{1e}", "\n\u{1e}")] {
        let text = format!(
            "{open}{}{between}{}{between}{}\n",
            line(1),
            line(2),
            line(3)
        );
        let records = points(&text).expect("three points").records;
        let places: Vec<_> = records.iter().map(|record| record.xy.clone()).collect();
        assert_eq!(places, [Ok((1.0, 1.0)), Ok((2.0, 1.0)), Ok((3.0, 1.0))]);
    }
    let text = format!("{}\n{}\n{{\"type\":\n", line(1), line(2));
    let error = points(&text).expect_err("the last breaks off").to_string();
    assert!(error.contains("feature 3 on line 3"), "{error}");
}

#[test]
fn people_that_are_no_number_are_a_fault_and_absent_ones_are_none() {
    let people = |value: &str| {
        let text = collection(&[&feature(
            r#"{"type":"Point","coordinates":[9.5,47.1]}"#,
            &format!(r#"{{"population":{value}}}"#),
        )]);
        points(&text).expect("sound JSON").records[0].people.clone()
    };
    for absent in ["null", "\"\"", "\" \""] {
        assert_eq!(people(absent), Ok(None), "{absent}");
    }
    assert_eq!(people("2"), Ok(Some(People::from_thousandths(2000))));
    for fault in ["true", "[2]", "\"two\"", "-3", "1e300"] {
        assert!(people(fault).is_err(), "{fault}");
    }
}

#[test]
fn a_named_property_that_no_feature_has_is_an_error() {
    let text = collection(&[&feature(
        r#"{"type":"Point","coordinates":[9.5,47.1]}"#,
        r#"{"OBJECTID":7,"leute":3}"#,
    )]);
    let read = |population: &str| {
        let own = LayerSettings {
            columns: RoleColumns::default().with("population", population),
            ..LayerSettings::default()
        };
        read_points(&source(&text), &ReadOptions::default().with_own(own))
    };
    assert_eq!(
        read("Leute").expect("named").records[0].people,
        Ok(Some(People::from_thousandths(3000)))
    );
    let words = read("leuten").expect_err("a typing error").to_string();
    assert!(
        words.contains("OBJECTID, leute") && words.contains("‹population_column›"),
        "{words}"
    );
}

#[test]
fn a_byte_order_mark_and_empty_properties_do_no_harm() {
    let text = collection(&[&feature(
        r#"{"type":"LineString","coordinates":[[0,0],[0.001,0]]}"#,
        r#"{"highway":"","foot":null,"access":"","oneway:foot":""}"#,
    )]);
    let read = streets(&format!("\u{feff}{text}")).expect("one line");
    assert_eq!(read.streets.ways[0].passage.flow, Flow::Both);
    assert_eq!(read.streets.ways.len(), 1);
}

#[test]
fn a_single_feature_or_geometry_is_a_collection_of_one() {
    let line = r#"{"type":"LineString","coordinates":[[0,0],[0.001,0]]}"#;
    for text in [line.to_owned(), feature(line, "null")] {
        assert_eq!(streets(&text).expect("one line").streets.ways.len(), 1);
    }
    let parts =
        r#"{"type":"MultiLineString","coordinates":[[[0,0],[0.001,0]],[[0.001,0],[0.002,0]],[]]}"#;
    let read = streets(parts).expect("two lines");
    let ids: Vec<i64> = read.streets.ways.iter().map(|way| way.id).collect();
    assert_eq!(ids, [1, 1], "the parts share the feature's number");
    assert_eq!(read.findings.count(FindingCode::DegenerateLine), 1);
}

#[test]
fn deep_nesting_at_the_top_ends_quickly_too() {
    for (open, close) in [
        ("[", "]"),
        ("{\"a\":", "}"),
        ("{\"type\":\"GeometryCollection\",\"geometries\":[", "]}"),
    ] {
        let text = format!("{}1{}", open.repeat(100_000), close.repeat(100_000));
        assert!(points(&text).is_err());
    }
}

#[test]
fn areas_keep_holes_and_names() {
    let square = "[[0,0],[4,0],[4,4],[0,4],[0,0]]";
    let hole = "[[1,1],[1,2],[2,2],[2,1],[1,1]]";
    let text = collection(&[
        &feature(
            &format!(r#"{{"type":"Polygon","coordinates":[{square},{hole}]}}"#),
            r#"{"名称":"柳巷"}"#,
        ),
        &feature(r#"{"type":"Polygon","coordinates":[]}"#, "{}"),
        &feature(r#"{"type":"Polygon","coordinates":[[[0,0],[1,1]]]}"#, "{}"),
    ]);
    let source = source(&text);
    let read = read_areas(&source, &ReadOptions::default());
    let AreasRead {
        areas, findings, ..
    } = read.expect("one area");
    assert_eq!(areas.len(), 1);
    assert_eq!(
        (areas[0].id.as_str(), areas[0].name.as_str()),
        ("1", "柳巷")
    );
    assert_eq!(areas[0].shape.0[0].interiors().len(), 1);
    assert_eq!(findings.count(FindingCode::InvalidArea), 2);
}

#[test]
fn the_members_of_a_collection_may_stand_in_any_order() {
    let features = feature(r#"{"type":"Point","coordinates":[9.5,47.1]}"#, "{}");
    let features = format!("\"features\":[{features}]");
    let kind = r#""type":"FeatureCollection""#;
    let crs = r#""crs":{"type":"name","properties":{"name":"EPSG:4547"}}"#;
    for members in [
        [kind, crs, &features],
        [&features, kind, crs],
        [crs, &features, kind],
    ] {
        let text = format!("{{\"name\":[{{}}],{}}}", members.join(","));
        let read = points(&text).expect("a collection");
        assert_eq!(read.records[0].xy, Ok((9.5, 47.1)), "{text}");
        let crs = read.crs.map(|crs| crs.value);
        assert_eq!(crs, Some(Crs::Known("EPSG:4547".into())), "{text}");
    }
}

#[test]
fn what_is_no_json_behind_a_bad_feature_goes_before_it() {
    let huge = feature(r#"{"type":"Point","coordinates":[1e999,0]}"#, "{}");
    let text = collection(&[&huge, "{\"type\":NaN}"]);
    let error = points(&text).expect_err("no JSON").to_string();
    assert!(error.contains("line 3 column"), "{error}");
    let error = points(&collection(&["1", &huge, &huge])).expect_err("too large");
    let error = error.to_string();
    assert!(error.contains("feature 2 on line 3"), "{error}");
}

#[test]
fn many_features_are_read_in_batches_and_keep_their_numbers() {
    let padding = "x".repeat(BATCH_BYTES / 4);
    let one = |x: usize| {
        let point = format!(r#"{{"type":"Point","coordinates":[{x},1]}}"#);
        feature(&point, &format!(r#"{{"id":"{x}","padding":"{padding}"}}"#))
    };
    let features: Vec<String> = (1..=10).map(one).collect();
    let lines = features.join("\n");
    let features: Vec<&str> = features.iter().map(String::as_str).collect();
    for text in [collection(&features), lines] {
        let read = points(&text).expect("ten points");
        let ids: Vec<_> = read.records.iter().flat_map(|record| &record.id).collect();
        assert_eq!(ids, ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]);
        assert_eq!(read.records[9].source, "layer.geojson feature 10");
    }
}
