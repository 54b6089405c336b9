//! Cells that are looked at and not understood, in every layer: counted column by column, with the first of them.

use std::collections::BTreeMap;

use pedshed::Plan;
use pedshed::inputs::{Inputs, KeptColumn, LayerSource, LayerSpec, Request, Source};
use pedshed::model::{Attribute, FindingCode};

const STREETS: &str = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[9.5,47.1],[9.51,47.1]]}}]}"#;

fn layer(name: &str, text: &str) -> LayerSpec {
    let source = Source::from_bytes(name.to_owned(), text.as_bytes().to_vec());
    LayerSpec::new(LayerSource::File(source))
}

fn keeping(layer: LayerSpec, attributes: &[Attribute], named: &[&str]) -> LayerSpec {
    let known = attributes.iter().copied().map(KeptColumn::Known);
    let named = named
        .iter()
        .map(|name| KeptColumn::Named((*name).to_owned()));
    LayerSpec {
        kept: known.chain(named).collect(),
        ..layer
    }
}

/// Streets, a station and a home, all of whose cells are understood.
fn request() -> Request {
    let mut request = Request::new(Source::from_bytes("streets.geojson", STREETS.as_bytes()));
    request.stations = vec![layer("stations.csv", "id,lon,lat\ns,9.505,47.1\n")];
    request.residents = vec![layer(
        "homes.csv",
        "id,lon,lat,population\nh,9.501,47.1,5\n",
    )];
    request
}

/// By column of a layer how many cells are not understood, and the first.
fn strange(inputs: &Inputs) -> BTreeMap<String, (u64, String)> {
    let found = inputs.findings.worst_first().into_iter();
    let codes = [FindingCode::CellNotUnderstood, FindingCode::GroupNotANumber];
    found
        .filter(|finding| codes.contains(&finding.code))
        .map(|finding| {
            let about = finding.about.as_ref().expect("a column").to_string();
            (about, (finding.count, finding.example.to_string()))
        })
        .collect()
}

/// What is expected of the columns of one layer: the column, how many cells, and the place and text of the first.
fn expected(layer: &str, columns: &[(&str, u64, &str, &str)]) -> BTreeMap<String, (u64, String)> {
    let one = |(column, count, place, text): &(&str, u64, &str, &str)| {
        let example = format!("{place}, column {column}: \"{text}\"");
        (format!("{layer}, column {column}"), (*count, example))
    };
    columns.iter().map(one).collect()
}

const STATIONS: &str = "\
id,name,lon,lat,tier,services,has_sign,has_rules,has_facilities,floor_area,opened,closed,community,street,parent,kind
s1,#REF!,9.505,47.1,gird,;;,NaN,maybe,**,big,yesterday,soon,#N/A,#N/A,#N/A,#VALUE!
#N/A,b,9.506,47.1,grid,yes,1,0,是,80㎡,2020,,x,y,s1,hall
s3,c,9.507,47.1,社区,hall,,,,,,,,,,
";

#[test]
fn every_column_of_stations_is_told_in_both_layers_of_them() {
    let (first, second) = ("stations.csv line 2", "stations.csv line 3");
    let columns = [
        ("id", 1, second, "#N/A"),
        ("name", 1, first, "#REF!"),
        ("tier", 1, first, "gird"),
        ("services", 2, first, ";;"),
        ("has_sign", 1, first, "NaN"),
        ("has_rules", 1, first, "maybe"),
        ("has_facilities", 1, first, "**"),
        ("floor_area", 1, first, "big"),
        ("opened", 1, first, "yesterday"),
        ("closed", 1, first, "soon"),
        ("community", 1, first, "#N/A"),
        ("street", 1, first, "#N/A"),
        ("parent", 1, first, "#N/A"),
        ("kind", 1, first, "#VALUE!"),
    ];
    let register = Plan {
        register: true,
        ..Plan::default()
    };
    let stations = keeping(layer("stations.csv", STATIONS), &Attribute::ALL, &[]);
    let mut request = request();
    request.stations = vec![stations.clone()];
    let mut inputs = Inputs::read(&request).expect("a city");
    assert!(register.stations_on_day(&mut inputs).is_none());
    assert_eq!(strange(&inputs), expected("stations", &columns));
    // An error is nobody's community: it is as blank.
    let community = inputs
        .station_attributes
        .of(Attribute::Community)
        .expect("a column");
    assert_eq!([community.get(0), community.get(1)], [None, Some("x")]);

    request.every_station = vec![stations];
    let mut inputs = Inputs::read(&request).expect("a city");
    assert!(register.stations_on_day(&mut inputs).is_none());
    let mut both = expected("stations", &columns);
    both.extend(expected("all stations", &columns));
    assert_eq!(strange(&inputs), both);
}

/// 1, 2 and 3 are street, community and grid; a standard's own word for every tier is one too.
#[test]
fn tiers_that_are_numbers_or_every_tier_are_understood() {
    let numbers =
        "id,lon,lat,tier\na,9.505,47.1,1\nb,9.506,47.1,2\nc,9.507,47.1,3\nd,9.508,47.1,any\n";
    let mut request = request();
    let stations = layer("stations.csv", numbers);
    request.stations = vec![keeping(stations, &Attribute::ALL, &[])];
    let mut inputs = Inputs::read(&request).expect("a city");
    let plan = Plan {
        register: true,
        ..Plan::default()
    };
    assert!(plan.stations_on_day(&mut inputs).is_none());
    assert_eq!(strange(&inputs), BTreeMap::new());
}

/// Two columns of one layer: the layer's own count is of both.
#[test]
fn what_a_layers_reading_counts_is_of_all_its_columns() {
    let mut request = request();
    request.stations = vec![layer(
        "s.csv",
        "id,name,lon,lat\n#N/A,##,9.5,47.1\ns,##,9.5,47.1\n",
    )];
    let inputs = Inputs::read(&request).expect("a city");
    let stations = inputs
        .readings
        .iter()
        .find(|reading| reading.source == "s.csv");
    let found = &stations.expect("its reading").found;
    assert_eq!(found[..], [(FindingCode::CellNotUnderstood, 3)]);
}

const HOMES: &str = "\
id,name,lon,lat,population,floor_area,footprint,dwellings,storeys,community,aged
h1,##,9.501,47.1,5,****,n/a,many,6F?,#REF!,lots
h2,b,9.502,47.1,5,80,,3,六,甲,7
h3,c,9.503,47.1,5,1 200?,90㎡,,6层,甲,
";

#[test]
fn sizes_groups_and_names_of_residents_are_told() {
    let sizes = [
        Attribute::FloorArea,
        Attribute::Footprint,
        Attribute::Dwellings,
        Attribute::Storeys,
        Attribute::Community,
    ];
    let mut request = request();
    request.residents = vec![keeping(layer("homes.csv", HOMES), &sizes, &["aged"])];
    let mut inputs = Inputs::read(&request).expect("a city");
    let first = "homes.csv line 2";
    let names = [("name", 1, first, "##"), ("community", 1, first, "#REF!")];
    assert_eq!(strange(&inputs), expected("residents", &names));
    let aged = inputs.people_in(&["aged".to_owned()]);
    assert_eq!(
        aged.iter().map(|people| people.thousandths()).sum::<u64>(),
        7000
    );
    let group = [("aged", 1, first, "lots")];
    let with_group = [&names[..], &group].concat();
    assert_eq!(strange(&inputs), expected("residents", &with_group));

    request.communities = Some(layer("list.csv", "code,name,population\n1,甲,10\n"));
    let mut inputs = Inputs::read(&request).expect("a city");
    inputs.allocate(&[]).expect("an allocation");
    let sizes = [
        ("floor_area", 2, first, "****"),
        ("footprint", 1, first, "n/a"),
        ("dwellings", 1, first, "many"),
        ("storeys", 2, first, "6F?"),
    ];
    assert_eq!(
        strange(&inputs),
        expected("residents", &[&names[..], &sizes].concat())
    );
}

#[test]
fn people_groups_and_names_of_communities_are_told() {
    let list = "code,name,population,street,children\n1,甲,10,#NAME?,2\n2,#REF!,****,s,1\n#N/A,丙,5,s,x\n4,丁,3,s,\n";
    let mut request = request();
    request.residents = vec![keeping(
        layer(
            "homes.csv",
            "id,lon,lat,community\na,9.501,47.1,甲\nb,9.502,47.1,丁\n",
        ),
        &[Attribute::Community],
        &[],
    )];
    let communities = keeping(layer("list.csv", list), &[Attribute::Street], &["children"]);
    request.communities = Some(communities);
    let mut inputs = Inputs::read(&request).expect("a city");
    inputs
        .allocate(&["children".to_owned()])
        .expect("an allocation");
    let columns = [
        ("code", 1, "list.csv line 4", "#N/A"),
        ("name", 1, "list.csv line 3", "#REF!"),
        ("population", 1, "list.csv line 3", "****"),
        ("street", 1, "list.csv line 2", "#NAME?"),
        ("children", 1, "list.csv line 4", "x"),
    ];
    assert_eq!(strange(&inputs), expected("communities", &columns));
    assert_eq!(inputs.findings.count(FindingCode::InvalidCommunity), 2);
    assert_eq!(inputs.findings.count(FindingCode::BlankPeople), 1);
}

#[test]
fn ids_and_names_of_polygons_gates_and_demand_are_told() {
    let polygons = r##"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":[1],"name":"#REF!"},"geometry":{"type":"Polygon","coordinates":[[[9.49,47.09],[9.52,47.09],[9.52,47.11],[9.49,47.11],[9.49,47.09]]]}}]}"##;
    let mut request = request();
    request.areas = Some(layer("areas.geojson", polygons));
    request.land = Some(layer("land.geojson", polygons));
    request.compounds = Some(layer("walls.geojson", polygons));
    request.gates = Some(layer(
        "gates.csv",
        "id,lon,lat,所属小区\n#DIV/0!,9.49,47.1,#N/A\n",
    ));
    request.demand = vec![(
        "work".to_owned(),
        layer(
            "work.csv",
            "id,name,lon,lat,population\nw,#NUM!,9.502,47.1,3\n",
        ),
    )];
    let inputs = Inputs::read(&request).expect("a city");
    let mut all = BTreeMap::new();
    for (kind, file) in [
        ("areas", "areas.geojson feature 1"),
        ("land", "land.geojson feature 1"),
        ("compounds", "walls.geojson feature 1"),
    ] {
        all.extend(expected(
            kind,
            &[("id", 1, file, "[1]"), ("name", 1, file, "#REF!")],
        ));
    }
    let gate = "gates.csv line 2";
    all.extend(expected(
        "gates",
        &[("id", 1, gate, "#DIV/0!"), ("所属小区", 1, gate, "#N/A")],
    ));
    all.extend(expected(
        "demand",
        &[("name", 1, "work.csv line 2", "#NUM!")],
    ));
    assert_eq!(strange(&inputs), all);
}
