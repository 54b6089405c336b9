//! GeoJSON: streets, residents and areas.

use super::Expected::{self, Read, Refused};
use super::{Case, Role};

const NETWORK: (Role, &str) = (Role::Network, "geojson");
const RESIDENTS: (Role, &str) = (Role::Residents, "geojson");
const AREAS: (Role, &str) = (Role::Areas, "geojson");
const TOWN: &str = "covered beyond beyond off_network";
/// The town's two streets.
const STREETS: &str = r#"{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[9.50,47.10],[9.51,47.10],[9.53,47.10]]}},
{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[9.51,47.10],[9.51,47.11]]}}"#;
/// Around the town.
const SQUARE: &str = "[[9.4,47],[9.6,47],[9.6,47.2],[9.4,47.2],[9.4,47]]";
const MALFORMED: &str = "Malformed";

fn collection(features: &str) -> String {
    format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{features}\n]}}")
}

fn feature(geometry: &str) -> String {
    format!(r#"{{"type":"Feature","properties":{{}},"geometry":{geometry}}}"#)
}

fn geometry(kind: &str, coordinates: &str) -> String {
    format!(r#"{{"type":"{kind}","coordinates":{coordinates}}}"#)
}

fn nested_collections(depth: usize) -> String {
    let open = r#"{"type":"GeometryCollection","geometries":["#.repeat(depth);
    let close = "]}".repeat(depth);
    format!("{open}{}{close}", geometry("Point", "[9.505,47.1]"))
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = texts();
    cases.extend(lines());
    cases.extend(points());
    cases.extend(areas());
    cases
}

/// What is no GeoJSON, or is it in an odd dress.
fn texts() -> Vec<Case> {
    let case = |name: &str, bytes: &[u8], expected: Expected| {
        Case::new(format!("geojson: {name}"), NETWORK, bytes, expected)
    };
    let town = collection(STREETS);
    let marked = [b"\xef\xbb\xbf", town.as_bytes()].concat();
    let utf_16: Vec<u8> = [0xfeff]
        .into_iter()
        .chain(town.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let one_per_line = STREETS.replace("},\n{", "}\n{");
    let sequence = format!("\u{1e}{}", one_per_line.replace('\n', "\n\u{1e}"));
    let brackets = "[".repeat(100_000);
    let mut latin = town.clone().into_bytes();
    let at = town.find("{}").expect("properties");
    latin.splice(at..at + 2, *b"{\"name\":\"\xe9t\xe9\"}");
    vec![
        case("nothing", b"", Refused("Empty", "is empty")),
        case("white space", b" \n\t ", Refused(MALFORMED, "line 2 column 2")),
        case("a byte-order mark (geojson-rewind#17, gsimaps#80)", &marked, Read(TOWN, "")),
        case("UTF-16", &utf_16, Read(TOWN, "encoding 1")),
        case("Latin-1", &latin, Refused(MALFORMED, "UTF-8")),
        case("cut in a number", &town.as_bytes()[..140], Refused(MALFORMED, "breaks off")),
        case("cut behind a feature", &town.as_bytes()[..town.len() - 3], Refused(MALFORMED, "breaks off")),
        case("text behind the end", format!("{town} and more").as_bytes(), Refused(MALFORMED, "line 4 column 4: trailing characters")),
        case("two files in one", [town.as_bytes(), town.as_bytes()].concat().as_slice(), Refused(MALFORMED, "line 4 column 3: trailing characters")),
        case("a feature on each line", one_per_line.as_bytes(), Read(TOWN, "")),
        case("a sequence with record marks (RFC 8142)", sequence.as_bytes(), Read(TOWN, "")),
        case("a feature on each line, the last cut", &one_per_line.as_bytes()[..one_per_line.len() - 9], Refused(MALFORMED, "feature 2 on line 2")),
        case("TopoJSON", br#"{"type":"Topology","objects":{},"arcs":[]}"#, Refused("NothingFound", "walkable way")),
        case("JSON that is a list", br"[[9.5,47.1],[9.6,47.1]]", Refused(MALFORMED, "")),
        case("JSON that is a number", b"42", Refused(MALFORMED, "")),
        case("an object of no type", br#"{"features":[]}"#, Refused(MALFORMED, "no \"type\"")),
        case("a collection of no features", br#"{"type":"FeatureCollection"}"#, Refused(MALFORMED, "no \"features\"")),
        case("a collection of nothing", br#"{"type":"FeatureCollection","features":[]}"#, Refused("NothingFound", "walkable way")),
        case("features that are no list", br#"{"type":"FeatureCollection","features":{}}"#, Refused(MALFORMED, "line 1")),
        case("features that are null", collection("null, 1, \"a\", []").as_bytes(), Refused("NothingFound", "walkable way")),
        case("100,000 brackets", brackets.as_bytes(), Refused(MALFORMED, "line 1")),
        case("a collection whose type is written with an escape", town.replace("FeatureCollection", "Feature\\u0043ollection").as_bytes(), Read(TOWN, "")),
        case("a member twice", town.replacen("{\"type\"", "{\"type\":\"FeatureCollection\",\"type\"", 1).as_bytes(), Refused(MALFORMED, "duplicate")),
        case("a single feature", STREETS.lines().next().unwrap_or_default().trim_end_matches(',').as_bytes(), Read("covered off_network beyond off_network", "")),
        case("a bare geometry", geometry("LineString", "[[9.50,47.10],[9.53,47.10]]").as_bytes(), Read("covered off_network beyond off_network", "")),
        case("an unknown system in the old crs member", town.replace("\"features\"", r#""crs":{"type":"name","properties":{"name":"EPSG:999999"}},"features""#).as_bytes(), Refused(MALFORMED, "hostile.geojson: the coordinate system that it says")),
        case("a link in the old crs member", town.replace("\"features\"", r#""crs":{"type":"link","properties":{"href":"http://example.com"}},"features""#).as_bytes(), Refused(MALFORMED, "hostile.geojson: the coordinate system that it says")),
        case("CRS84 in the old crs member", town.replace("\"features\"", r#""crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}},"features""#).as_bytes(), Read(TOWN, "")),
        case("XML", b"<gml:FeatureCollection/>", Refused(MALFORMED, "line 1 column 1")),
    ]
}

/// Lines beside the town's streets, or in their place.
fn lines() -> Vec<Case> {
    let beside = |name: &str, line: &str, expected: Expected| {
        let text = collection(&format!("{STREETS},\n{line}"));
        Case::new(format!("geojson line: {name}"), NETWORK, text, expected)
    };
    let line = |coordinates: &str| feature(&geometry("LineString", coordinates));
    let tagged =
        |tags: &str, coordinates: &str| line(coordinates).replace("{}", &format!("{{{tags}}}"));
    let invalid = Read(TOWN, "invalid_line 1");
    let degenerate = Read(TOWN, "degenerate_line 1");
    vec![
        beside(
            "no coordinates (georust/geojson#224)",
            &line("[]"),
            degenerate,
        ),
        beside("one vertex", &line("[[9.51,47.11]]"), degenerate),
        beside(
            "one vertex twice (LightGraphs.jl#499)",
            &line("[[9.51,47.11],[9.51,47.11]]"),
            degenerate,
        ),
        beside(
            "vertices nearer than a location's last digit (graphhopper#1583)",
            &line("[[9.51,47.11],[9.51000000001,47.11]]"),
            degenerate,
        ),
        beside("an empty position", &line("[[],[9.5,47.1]]"), invalid),
        beside(
            "a position of one number",
            &line("[[9.51],[9.5,47.1]]"),
            invalid,
        ),
        beside(
            "a position of nulls (NTS.GeoJSON#25)",
            &line("[[null,null],[9.5,47.1]]"),
            invalid,
        ),
        beside(
            "a position of texts",
            &line(r#"[["9.51","47.11"],[9.5,47.1]]"#),
            invalid,
        ),
        beside(
            "positions of 4 numbers",
            &line("[[9.51,47.11,400,1],[9.51,47.1105,401,2]]"),
            Read(TOWN, ""),
        ),
        beside(
            "NaN (geodatafusion#99)",
            &line("[[NaN,47.1],[9.5,47.1]]"),
            Refused(MALFORMED, "line 4"),
        ),
        beside(
            "Infinity",
            &line("[[Infinity,47.1],[9.5,47.1]]"),
            Refused(MALFORMED, "line 4"),
        ),
        beside(
            "a number out of range",
            &line("[[1e999,47.1],[9.5,47.1]]"),
            Refused(MALFORMED, "feature 3 on line 4"),
        ),
        beside(
            "1e-14.0 as QGIS wrote it (mapshaper#394)",
            &line("[[1e-14.0,47.1],[9.5,47.1]]"),
            Refused(MALFORMED, "line 4"),
        ),
        beside(
            "a number of 400 digits",
            &line(&format!("[[9.5{},47.1],[9.5,47.1]]", "0".repeat(400))),
            degenerate,
        ),
        beside("off the earth", &line("[[9.51,91],[9.51,47.1]]"), invalid),
        beside(
            "in metres",
            &line("[[1058648.3,5959711.6],[1058700.1,5959711.6]]"),
            invalid,
        ),
        beside("no geometry (paulmach/orb#38)", &feature("null"), invalid),
        beside(
            "no geometry member",
            r#"{"type":"Feature","properties":{}}"#,
            invalid,
        ),
        beside(
            "a geometry of no type",
            &feature(r#"{"coordinates":[[9.5,47.1],[9.6,47.1]]}"#),
            invalid,
        ),
        beside(
            "a geometry of an unknown type",
            &feature(&geometry("Curve", "[[9.5,47.1],[9.6,47.1]]")),
            invalid,
        ),
        beside(
            "a point",
            &feature(&geometry("Point", "[9.5,47.1]")),
            invalid,
        ),
        beside(
            "a polygon",
            &feature(&geometry(
                "Polygon",
                "[[[9.5,47.1],[9.6,47.1],[9.6,47.2],[9.5,47.1]]]",
            )),
            invalid,
        ),
        beside(
            "a collection of geometries",
            &feature(&nested_collections(1)),
            invalid,
        ),
        beside(
            "100 collections in each other",
            &feature(&nested_collections(100)),
            Refused(MALFORMED, "recursion limit"),
        ),
        beside(
            "2,000 collections in each other (android-maps-utils#1699)",
            &feature(&nested_collections(2000)),
            Refused(MALFORMED, "recursion limit"),
        ),
        beside(
            "a MultiLineString of nothing",
            &feature(&geometry("MultiLineString", "[]")),
            Read(TOWN, ""),
        ),
        beside(
            "a MultiLineString of an empty and a sound part",
            &feature(&geometry(
                "MultiLineString",
                "[[],[[9.51,47.11],[9.51,47.1105]]]",
            )),
            degenerate,
        ),
        beside(
            "properties that are null",
            &line("[[9.51,47.11],[9.51,47.1105]]").replace("{}", "null"),
            Read(TOWN, ""),
        ),
        beside(
            "properties that are a list",
            &line("[[9.51,47.11],[9.51,47.1105]]").replace("{}", "[]"),
            invalid,
        ),
        beside(
            "tags that are no text",
            &tagged(
                r#""highway":7,"foot":true,"name":null,"layer":[1]"#,
                "[[9.51,47.11],[9.51,47.1105]]",
            ),
            Read(TOWN, "cell_not_understood 1, not_walkable 1"),
        ),
        beside(
            "a motorway",
            &tagged(r#""highway":"motorway""#, "[[9.51,47.11],[9.51,47.1105]]"),
            Read(TOWN, "not_walkable 1"),
        ),
        beside(
            "a layer of 10^30",
            &tagged(
                r#""layer":"1000000000000000000000000000000""#,
                "[[9.51,47.11],[9.51,47.1105]]",
            ),
            Read(TOWN, "cell_not_understood 1"),
        ),
        beside(
            "a street drawn twice (pgrouting#78)",
            &line("[[9.50,47.10],[9.51,47.10],[9.53,47.10]]"),
            Read(TOWN, ""),
        ),
        beside(
            "a street drawn twice, the second time backwards",
            &line("[[9.53,47.10],[9.51,47.10],[9.50,47.10]]"),
            Read(TOWN, ""),
        ),
        beside(
            "a ring that begins and ends at a junction (LightGraphs.jl#520, pgrouting#1647)",
            &line("[[9.51,47.10],[9.511,47.101],[9.512,47.101],[9.51,47.10]]"),
            Read(TOWN, ""),
        ),
        beside(
            "a ring of its own",
            &line("[[9.511,47.101],[9.512,47.101],[9.512,47.102],[9.511,47.101]]"),
            Read(TOWN, ""),
        ),
        beside(
            "a line that ends 1 m before the street",
            &line("[[9.515,47.105],[9.515,47.10001]]"),
            Read(TOWN, "dangle 1"),
        ),
        beside(
            "a line across the street without a vertex",
            &line("[[9.515,47.105],[9.515,47.095]]"),
            Read(TOWN, "crossing 1"),
        ),
        beside(
            "a bridge across the street",
            &tagged(r#""bridge":"yes""#, "[[9.515,47.105],[9.515,47.095]]"),
            Read(TOWN, ""),
        ),
        beside(
            "across the date line",
            &line("[[179.9999,10],[-179.9999,10]]"),
            Read(TOWN, ""),
        ),
        beside(
            "around the earth",
            &line("[[-180,0],[0,0],[180,0]]"),
            Refused("CostTooLarge", "way 3"),
        ),
        beside(
            "from pole to pole",
            &line("[[9.51,90],[9.51,-90]]"),
            Refused("CostTooLarge", "way 3"),
        ),
        beside(
            "longitude and latitude swapped (arches#11378)",
            &line("[[47.10,9.51],[47.11,9.51]]"),
            Read(TOWN, ""),
        ),
        beside(
            "numbers below zero and small",
            &line("[[-0.0,-0.0],[5e-324,1e-300],[1e-7,1e-7]]"),
            Read(TOWN, ""),
        ),
    ]
}

fn points() -> Vec<Case> {
    let case = |name: &str, features: &str, expected: Expected| {
        Case::new(
            format!("geojson point: {name}"),
            RESIDENTS,
            collection(features),
            expected,
        )
    };
    let point = |coordinates: &str| feature(&geometry("Point", coordinates));
    let with = |properties: &str| point("[9.505,47.1]").replace("{}", &format!("{{{properties}}}"));
    let invalid = Read("invalid", "invalid_resident 1");
    vec![
        case(
            "no coordinates (georust/geojson#224)",
            &point("[]"),
            invalid,
        ),
        case("nulls (NTS.GeoJSON#25)", &point("[null,null]"), invalid),
        case("nested too deep", &point("[[9.505,47.1]]"), invalid),
        case("no geometry (paulmach/orb#38)", &feature("null"), invalid),
        case(
            "no geometry, but an address",
            &feature("null").replace("{}", r#"{"address":"Städtle 1, Vaduz"}"#),
            Read("invalid", "unlocated 1"),
        ),
        case("off the earth", &point("[181,47.1]"), invalid),
        case(
            "a MultiPoint of one",
            &feature(&geometry("MultiPoint", "[[9.505,47.1]]")),
            Read("covered", ""),
        ),
        case(
            "a MultiPoint of two",
            &feature(&geometry("MultiPoint", "[[9.505,47.1],[9.506,47.1]]")),
            Read("invalid", "several_places 1"),
        ),
        case(
            "a MultiPoint of none",
            &feature(&geometry("MultiPoint", "[]")),
            invalid,
        ),
        case(
            "2,000 collections in each other (android-maps-utils#1733)",
            &feature(&nested_collections(2000)),
            Refused(MALFORMED, "recursion limit"),
        ),
        case("no features", "", Refused("NothingFound", "resident")),
        case(
            "swapped (arches#11378)",
            &point("[47.1,9.505]"),
            Refused("Swapped", "swapped"),
        ),
        case("people below zero", &with(r#""population":-3"#), invalid),
        case("people of true", &with(r#""population":true"#), invalid),
        case(
            "people of NaN in text",
            &with(r#""population":"NaN""#),
            invalid,
        ),
        case("people of 10^300", &with(r#""population":1e300"#), invalid),
        case("people of a list", &with(r#""population":[3]"#), invalid),
        case(
            "people of null",
            &with(r#""population":null"#),
            Read("covered", "blank_population 1"),
        ),
        case(
            "ids that are numbers, null and lists",
            &[with(r#""id":7"#), with(r#""id":null"#), with(r#""id":[1]"#)].join(","),
            Read(
                "covered covered covered",
                "cell_not_understood 1, missing_id 2",
            ),
        ),
        case(
            "an id twice",
            &[with(r#""id":7"#), with(r#""id":"7""#)].join(","),
            Read("covered covered", "repeated_resident 1"),
        ),
        case(
            "a script for a name (mlflow#21949, Leaflet#7580)",
            &with(r#""id":"<script>alert(1)</script>","name":"<img src=x onerror=alert(1)>""#),
            Read("covered", ""),
        ),
        case(
            "a name with a zero byte and a line end",
            &with(r#""id":"a\u0000b\nc""#),
            Read("covered", ""),
        ),
        case(
            "half a surrogate pair",
            &with(r#""id":"\ud800""#),
            Refused(MALFORMED, "feature 1 on line 2"),
        ),
        case(
            "a name of damaged text",
            &with(r#""id":"锟斤拷""#),
            Read("covered", "damaged_text 1"),
        ),
    ]
}

fn areas() -> Vec<Case> {
    let case = |name: &str, shape: &str, expected: Expected| {
        let sound = feature(&geometry("Polygon", &format!("[{SQUARE}]")));
        let features = format!(
            "{},{}",
            feature(shape).replace("{}", r#"{"id":"a","name":"A"}"#),
            sound.replace("{}", r#"{"id":"b"}"#)
        );
        let text = collection(&features);
        Case::new(format!("geojson area: {name}"), AREAS, text, expected)
    };
    let polygon = |rings: &str| geometry("Polygon", rings);
    let invalid = Read("b=b", "invalid_area 1");
    vec![
        case("no rings", &polygon("[]"), invalid),
        case("an empty ring", &polygon("[[]]"), invalid),
        case(
            "a ring of three positions",
            &polygon("[[[9.4,47],[9.6,47],[9.4,47]]]"),
            invalid,
        ),
        case(
            "a ring that is not closed",
            &polygon("[[[9.4,47],[9.6,47],[9.6,47.2],[9.4,47.2]]]"),
            Read("a=A b=b", ""),
        ),
        case(
            "clockwise",
            &polygon("[[[9.4,47],[9.4,47.2],[9.6,47.2],[9.6,47],[9.4,47]]]"),
            Read("a=A b=b", ""),
        ),
        case(
            "a bow tie",
            &polygon("[[[9.4,47],[9.6,47.2],[9.6,47],[9.4,47.2],[9.4,47]]]"),
            Read("a=A b=b", ""),
        ),
        case(
            "a ring on one line",
            &polygon("[[[9.4,47],[9.5,47],[9.6,47],[9.4,47]]]"),
            Read("a=A b=b", ""),
        ),
        case(
            "a ring of one place",
            &polygon("[[[9.4,47],[9.4,47],[9.4,47],[9.4,47]]]"),
            Read("a=A b=b", ""),
        ),
        case(
            "a hole outside",
            &polygon(&format!("[{SQUARE},[[1,1],[2,1],[2,2],[1,1]]]")),
            Read("a=A b=b", ""),
        ),
        case(
            "an empty hole",
            &polygon(&format!("[{SQUARE},[]]")),
            invalid,
        ),
        case(
            "nulls",
            &polygon("[[[null,null],[9.6,47],[9.6,47.2],[9.4,47]]]"),
            invalid,
        ),
        case(
            "off the earth",
            &polygon("[[[9.4,470],[9.6,47],[9.6,47.2],[9.4,470]]]"),
            invalid,
        ),
        case(
            "across the date line",
            &polygon("[[[179,10],[-179,10],[-179,11],[179,10]]]"),
            Read("a=A b=b", ""),
        ),
        case(
            "a line",
            &geometry("LineString", "[[9.4,47],[9.6,47]]"),
            invalid,
        ),
        case("no geometry", "null", invalid),
        case(
            "a MultiPolygon of nothing",
            &geometry("MultiPolygon", "[]"),
            invalid,
        ),
        case(
            "2,000 collections in each other",
            &nested_collections(2000),
            Refused(MALFORMED, "recursion limit"),
        ),
    ]
}
