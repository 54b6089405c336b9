//! Layers for maps: a `GeoPackage`, `FlatGeobuf` and Shapefiles say the same as the tables and the GeoJSON of the same run, and as
//! one another.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use flatgeobuf::{
    FallibleStreamingIterator as _, FeatureProperties as _, FgbReader, Geometry as FgbGeometry,
};
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use serde_json::Value;

use crate::support::command::Folder;

/// A layer as somebody else reads it: names of columns, and rows of texts, empty where nothing is known, with all places of each.
#[derive(Debug)]
struct Layer {
    columns: Vec<String>,
    rows: Vec<Row>,
}

#[derive(Clone, Debug, PartialEq, PartialOrd)]
struct Row {
    cells: Vec<String>,
    places: Vec<[f64; 2]>,
}

/// Numbers in one spelling, so that `2.0` and `2` are the same.
fn spelt(text: &str) -> String {
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() => format!("{:.7}", number + 0.0),
        _ => text.to_owned(),
    }
}

impl Layer {
    fn column(&self, name: &str) -> usize {
        let found = self.columns.iter().position(|own| own == name);
        found.unwrap_or_else(|| panic!("no {name} among {:?}", self.columns))
    }

    fn cells(&self, name: &str) -> Vec<&str> {
        let column = self.column(name);
        self.rows
            .iter()
            .map(|row| row.cells[column].as_str())
            .collect()
    }
}

mod geopackage {
    use super::*;

    pub(super) fn read(path: &Path, table: &str) -> Layer {
        let database = Connection::open(path).expect("a database");
        let mut query = database
            .prepare(&format!("SELECT * FROM {table} ORDER BY fid"))
            .expect("the layer is there");
        let names = query.column_names();
        let columns: Vec<String> = names[2..].iter().map(ToString::to_string).collect();
        let mut found = query.query([]).expect("rows");
        let mut rows = Vec::new();
        while let Some(row) = found.next().expect("a row") {
            let cells = (2..columns.len() + 2).map(|at| match row.get_ref_unwrap(at) {
                ValueRef::Null => String::new(),
                ValueRef::Integer(number) => spelt(&number.to_string()),
                ValueRef::Real(number) => spelt(&number.to_string()),
                ValueRef::Text(text) => spelt(std::str::from_utf8(text).expect("UTF-8")),
                ValueRef::Blob(_) => panic!("no cell is a blob"),
            });
            let cells = cells.collect();
            let places = match row.get_ref_unwrap(1) {
                ValueRef::Blob(blob) => geometry(blob),
                _ => Vec::new(),
            };
            rows.push(Row { cells, places });
        }
        Layer { columns, rows }
    }

    /// All places of a geometry, by the standard: the header, the box where there is one, then WKB.
    fn geometry(blob: &[u8]) -> Vec<[f64; 2]> {
        assert_eq!(&blob[..3], b"GP\0");
        let flags = blob[3];
        assert_eq!(flags & 1, 1, "the least byte first");
        let has_box = (flags >> 1) & 7 == 1;
        let mut wkb = Wkb(&blob[if has_box { 40 } else { 8 }..], Vec::new());
        wkb.geometry();
        assert!(wkb.0.is_empty(), "nothing is left over");
        if has_box {
            let side = |number: usize| {
                let at = 8 + 8 * number;
                f64::from_le_bytes(blob[at..at + 8].try_into().expect("eight bytes"))
            };
            let least = |axis: usize| {
                wkb.1
                    .iter()
                    .map(|place| place[axis])
                    .fold(f64::INFINITY, f64::min)
            };
            let most = |axis: usize| {
                wkb.1
                    .iter()
                    .map(|place| place[axis])
                    .fold(f64::NEG_INFINITY, f64::max)
            };
            assert_eq!(
                [side(0), side(1), side(2), side(3)],
                [least(0), most(0), least(1), most(1)]
            );
        }
        wkb.1
    }

    struct Wkb<'b>(&'b [u8], Vec<[f64; 2]>);

    impl Wkb<'_> {
        fn number(&mut self) -> u32 {
            let (bytes, rest) = self.0.split_at(4);
            self.0 = rest;
            u32::from_le_bytes(bytes.try_into().expect("four bytes"))
        }

        fn place(&mut self) {
            let (bytes, rest) = self.0.split_at(16);
            self.0 = rest;
            let axis = |at: usize| f64::from_le_bytes(bytes[at..at + 8].try_into().expect("eight"));
            self.1.push([axis(0), axis(8)]);
        }

        fn places(&mut self) {
            for _ in 0..self.number() {
                self.place();
            }
        }

        fn geometry(&mut self) {
            assert_eq!(self.0[0], 1);
            self.0 = &self.0[1..];
            match self.number() {
                1 => self.place(),
                2 => self.places(),
                3 => (0..self.number()).for_each(|_| self.places()),
                4..=6 => (0..self.number()).for_each(|_| self.geometry()),
                kind => panic!("geometry {kind}"),
            }
        }
    }
}

mod flat {
    use super::*;

    pub(super) fn read(path: &Path) -> Layer {
        let mut file = BufReader::new(File::open(path).expect("a file"));
        let reader = FgbReader::open(&mut file).expect("FlatGeobuf");
        let header = reader.header();
        let columns = header.columns().expect("columns");
        let columns: Vec<String> = columns
            .iter()
            .map(|column| column.name().to_owned())
            .collect();
        let mut features = reader.select_all().expect("features");
        let mut rows = Vec::new();
        while let Some(feature) = features.next().expect("a feature") {
            let properties = feature.properties().expect("properties");
            let cell = |name: &String| match properties.get(name).map(String::as_str) {
                None => String::new(),
                Some("true") => spelt("1"),
                Some("false") => spelt("0"),
                Some(text) => spelt(text),
            };
            let cells = columns.iter().map(cell).collect();
            let mut places = Vec::new();
            gather(&feature.geometry().expect("a geometry"), &mut places);
            rows.push(Row { cells, places });
        }
        Layer { columns, rows }
    }

    fn gather(geometry: &FgbGeometry<'_>, places: &mut Vec<[f64; 2]>) {
        let own: Vec<f64> = geometry.xy().into_iter().flatten().collect();
        places.extend(own.chunks_exact(2).map(|pair| [pair[0], pair[1]]));
        for part in geometry.parts().into_iter().flatten() {
            gather(&part, places);
        }
    }
}

mod shapes {
    use super::*;
    use shapefile::dbase::FieldValue;
    use shapefile::{Reader, Shape};

    /// The columns are called as in the other formats, by `fields.csv`.
    pub(super) fn read(folder: &Folder, layer: &str) -> Layer {
        let path = folder.join(&format!("out/{layer}.shp"));
        let mut reader = Reader::from_path(&path).expect("a Shapefile");
        let called = fields(folder, layer);
        let (short, columns): (Vec<String>, Vec<String>) = called.into_iter().unzip();
        let rows = reader.iter_shapes_and_records().map(|pair| {
            let (shape, mut record) = pair.expect("a record");
            let cells = short.iter().map(|name| {
                let text = match record.remove(name).expect("the column is there") {
                    FieldValue::Character(text) => text.unwrap_or_default(),
                    FieldValue::Numeric(number) => {
                        number.map_or_else(String::new, |n| n.to_string())
                    }
                    FieldValue::Logical(flag) => {
                        flag.map_or_else(String::new, |flag| u8::from(flag).to_string())
                    }
                    other => panic!("{other:?}"),
                };
                spelt(&text)
            });
            Row {
                cells: cells.collect(),
                places: places(&shape),
            }
        });
        Layer {
            rows: rows.collect(),
            columns,
        }
    }

    fn places(shape: &Shape) -> Vec<[f64; 2]> {
        let pair = |point: &shapefile::Point| [point.x, point.y];
        match shape {
            Shape::NullShape => Vec::new(),
            Shape::Point(point) => vec![pair(point)],
            Shape::Multipoint(points) => points.points().iter().map(pair).collect(),
            Shape::Polyline(lines) => lines.parts().iter().flatten().map(pair).collect(),
            Shape::Polygon(polygon) => {
                let rings = polygon.rings().iter();
                rings
                    .flat_map(shapefile::PolygonRing::points)
                    .map(pair)
                    .collect()
            }
            other => panic!("{other}"),
        }
    }

    /// What the columns of a layer are called there and elsewhere.
    pub(super) fn fields(folder: &Folder, layer: &str) -> Vec<(String, String)> {
        let text = folder.read("out/fields.csv");
        let mut table = csv::Reader::from_reader(text.as_bytes());
        let rows = table.records().map(|row| row.expect("a row"));
        let own = rows.filter(|row| &row[0] == layer);
        own.map(|row| (row[1].to_owned(), row[2].to_owned()))
            .collect()
    }
}

/// A table of the run: its columns by their names.
fn table(folder: &Folder, file: &str) -> BTreeMap<String, Vec<String>> {
    let text = folder.read(&format!("out/{file}"));
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let header: Vec<String> = reader
        .headers()
        .expect("a header")
        .iter()
        .map(String::from)
        .collect();
    let mut columns: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in reader.records() {
        for (name, cell) in header.iter().zip(&row.expect("a row")) {
            columns.entry(name.clone()).or_default().push(spelt(cell));
        }
    }
    columns
}

/// Every column that a table and some rows of a layer share says the same, row by row; gives how many there are.
fn same_columns(
    layer: &Layer,
    rows: std::ops::Range<usize>,
    table: &BTreeMap<String, Vec<String>>,
) -> usize {
    let mut shared = 0;
    for (name, cells) in table {
        if layer.columns.contains(name) {
            shared += 1;
            assert_eq!(layer.cells(name)[rows.clone()], cells[..], "{name}");
        }
    }
    shared
}

/// A Shapefile turns rings as its format has it, and `FlatGeobuf` sorts rows by place: what is the same is the same in some order.
fn sorted(rows: &[Row]) -> Vec<Row> {
    let mut rows = rows.to_vec();
    let by = |a: &[f64; 2], b: &[f64; 2]| a.partial_cmp(b).expect("numbers");
    for row in &mut rows {
        row.places.sort_by(by);
    }
    rows.sort_by(|a, b| a.partial_cmp(b).expect("numbers"));
    rows
}

/// The ending of a file's name.
fn ending(file: &str) -> &str {
    file.rsplit_once('.').map_or("", |(_, ending)| ending)
}

const LAYERS: [&str; 8] = [
    "areas",
    "isochrones",
    "gaps",
    "missing_links",
    "gates",
    "problems",
    "residents",
    "stations",
];

/// A model district that is asked all that has a layer.
fn district() -> Folder {
    let folder = Folder::new();
    for arguments in [
        "district --junctions 1000 --out model --quiet",
        "coverage --network model/district.osm.pbf --stations model/centres.csv --residents model/residents.csv \
         --areas model/areas.geojson --compounds model/compounds.geojson --gates model/gates.geojson --minutes 5,10 \
         --metres 500 --standard party-centre-tiers --all-stations model/stations.csv --communities model/communities.csv \
         --group children=children --group old=aged_80_plus:elder --formats csv,geojson,gpkg,fgb,shp --quiet --out out",
    ] {
        let arguments: Vec<&str> = arguments.split_whitespace().collect();
        let ran = folder.run(&arguments);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    }
    folder
}

#[test]
fn every_value_of_every_layer_is_that_of_the_tables_and_all_formats_agree() {
    let folder = district();
    let package = folder.join("out/results.gpkg");
    let read = |layer| geopackage::read(&package, layer);
    let all = |layer: &Layer| 0..layer.rows.len();

    let residents = read("residents");
    assert!(residents.rows.len() > 100);
    let own = table(&folder, "residents.csv");
    assert_eq!(same_columns(&residents, all(&residents), &own), own.len());
    let stations = read("stations");
    let own = table(&folder, "stations.csv");
    assert_eq!(same_columns(&stations, all(&stations), &own), own.len());
    let areas = read("areas");
    let own = table(&folder, "areas.csv");
    assert_eq!(same_columns(&areas, all(&areas), &own), own.len());
    let problems = read("problems");
    let own = table(&folder, "register.csv");
    assert_eq!(same_columns(&problems, all(&problems), &own), own.len());

    // The gaps of all, then those of each tier, then those of each group, each under its name.
    let gaps = read("gaps");
    let own = table(&folder, "gaps.csv");
    let count = own["gap"].len();
    assert!(count > 0);
    assert_eq!(same_columns(&gaps, 0..count, &own), 13);
    let by_group = table(&folder, "gaps_by_group.csv");
    let first = gaps.rows.len() - by_group["gap"].len();
    assert_eq!(same_columns(&gaps, first..gaps.rows.len(), &by_group), 10);
    // Whom a tier leaves out by its gaps, and by its circle.
    let tiers = table(&folder, "tiers.csv");
    let number = |text: &str| text.parse::<f64>().expect("a number");
    for (place, tier) in tiers["tier"].iter().enumerate().take(3) {
        let left_out = number(&tiers["population"][place]) - number(&tiers["within"][place]);
        let people = gaps.cells("tier").into_iter().zip(gaps.cells("people"));
        let of_tier = people.filter(|(own, _)| own == tier);
        let people: f64 = of_tier.map(|(_, people)| number(people)).sum();
        assert_eq!(people, left_out, "{tier}");
        let isochrones = read("isochrones");
        let drawn = isochrones
            .cells("tier")
            .into_iter()
            .filter(|own| own == tier)
            .count();
        assert_eq!(
            drawn as f64,
            number(&tiers["stations"][place]) + 1.0,
            "{tier}"
        );
    }
    let some = |cells: &[String]| cells.iter().filter(|cell| !cell.is_empty()).count();
    let (links, gates) = (read("missing_links"), read("gates"));
    let of_study = |layer: &Layer| {
        layer
            .cells("tier")
            .iter()
            .filter(|tier| tier.is_empty())
            .count()
    };
    assert_eq!(
        of_study(&links),
        some(&own["link_gain"]) + some(&by_group["link_gain"])
    );
    assert_eq!(of_study(&gates), some(&own["gate_gain"]));

    for name in LAYERS {
        let (package, flat) = (
            read(name),
            flat::read(&folder.join(&format!("out/{name}.fgb"))),
        );
        let shapes = shapes::read(&folder, name);
        assert_eq!(package.columns, flat.columns, "{name}");
        assert_eq!(package.columns, shapes.columns, "{name}");
        let somewhere: Vec<Row> = package
            .rows
            .iter()
            .filter(|row| !row.places.is_empty())
            .cloned()
            .collect();
        assert!(sorted(&somewhere) == sorted(&flat.rows), "{name}");
        for (mine, theirs) in package.rows.iter().zip(&shapes.rows) {
            let (mine, theirs) = (std::slice::from_ref(mine), std::slice::from_ref(theirs));
            assert_eq!(sorted(mine), sorted(theirs), "{name}");
        }
        assert_eq!(package.rows.len(), shapes.rows.len(), "{name}");
    }
}

/// All places of a GeoJSON geometry.
fn places(coordinates: &Value) -> Vec<[f64; 2]> {
    let list = coordinates.as_array().expect("coordinates");
    match list.as_slice() {
        [Value::Number(x), Value::Number(y)] => {
            vec![[x.as_f64().expect("a number"), y.as_f64().expect("a number")]]
        }
        list => list.iter().flat_map(places).collect(),
    }
}

#[test]
fn geometries_are_those_of_the_geojson_of_the_same_run() {
    let folder = Folder::town();
    let ran = folder.coverage(&[
        "--formats",
        "geojson,gpkg",
        "--minutes",
        "5,10",
        "--metres",
        "600",
    ]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    for (layer, file) in [
        ("isochrones", "isochrones.geojson"),
        ("gaps", "gaps.geojson"),
    ] {
        let written: Value =
            serde_json::from_str(&folder.read(&format!("out/{file}"))).expect("JSON");
        let features = written["features"].as_array().expect("features").iter();
        let features: Vec<&Value> = features
            .filter(|feature| layer == "isochrones" || feature["properties"]["what"] == "gap")
            .collect();
        let read = geopackage::read(&folder.join("out/results.gpkg"), layer);
        assert_eq!(features.len(), read.rows.len());
        for (feature, row) in features.iter().zip(&read.rows) {
            assert_eq!(places(&feature["geometry"]["coordinates"]), row.places);
        }
    }
    let residents = geopackage::read(&folder.join("out/results.gpkg"), "residents");
    assert_eq!(residents.rows[1].places, [[9.51, 47.1095]]);
    let isochrones = geopackage::read(&folder.join("out/results.gpkg"), "isochrones");
    assert_eq!(
        isochrones.cells("minutes"),
        ["5", "10", "5", "10", "", ""].map(|cell| if cell.is_empty() {
            String::new()
        } else {
            spelt(cell)
        })
    );
    assert_eq!(
        isochrones.cells("station"),
        ["clinic", "clinic", "", "", "clinic", ""]
    );
}

#[test]
fn the_package_is_one_by_its_standard_and_its_indexes_hold_every_box() {
    let folder = Folder::town();
    folder.write("more.csv", "id,lon,lat\nnowhere,,\n");
    let ran = folder.coverage(&["--residents", "more.csv", "--formats", "gpkg"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let database = Connection::open(folder.join("out/results.gpkg")).expect("a database");
    let number = |query: &str| -> i64 {
        database
            .query_row(query, [], |row| row.get(0))
            .unwrap_or_else(|error| panic!("{query}: {error}"))
    };
    // "GPKG", and version 1.3 as the standard numbers it.
    assert_eq!(number("PRAGMA application_id"), 0x4750_4B47);
    assert_eq!(number("PRAGMA user_version"), 10_300);
    let check: String = database
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .expect("a word");
    assert_eq!(check, "ok");
    let mut broken = database
        .prepare("PRAGMA foreign_key_check")
        .expect("a query");
    assert!(
        broken
            .query([])
            .expect("rows")
            .next()
            .expect("a row")
            .is_none()
    );
    assert_eq!(
        number("SELECT count(*) FROM gpkg_spatial_ref_sys WHERE srs_id IN (-1, 0, 4326)"),
        3
    );
    for layer in [
        "isochrones",
        "gaps",
        "missing_links",
        "residents",
        "stations",
    ] {
        let rows = geopackage::read(&folder.join("out/results.gpkg"), layer).rows;
        let of_layer = |query: &str| number(&query.replace("LAYER", layer));
        assert_eq!(
            of_layer(
                "SELECT count(*) FROM gpkg_contents WHERE table_name = 'LAYER' AND data_type = 'features'"
            ),
            1
        );
        assert_eq!(
            of_layer(
                "SELECT count(*) FROM gpkg_geometry_columns WHERE table_name = 'LAYER' AND srs_id = 4326"
            ),
            1
        );
        assert_eq!(
            of_layer("SELECT count(*) FROM gpkg_extensions WHERE table_name = 'LAYER'"),
            1
        );
        assert_eq!(
            of_layer(
                "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'LAYER'"
            ),
            6
        );
        assert_eq!(
            of_layer(
                "SELECT count(*) FROM layer_styles WHERE f_table_name = 'LAYER' AND useAsDefault"
            ),
            1
        );
        let somewhere = rows.iter().filter(|row| !row.places.is_empty()).count();
        assert_eq!(
            of_layer("SELECT count(*) FROM rtree_LAYER_geom") as usize,
            somewhere,
            "{layer}"
        );
        for (fid, row) in (1..).zip(&rows) {
            for [x, y] in &row.places {
                // The index holds boxes of 32 bits, rounded outwards.
                let held = format!(
                    "SELECT count(*) FROM rtree_{layer}_geom WHERE id = {fid} AND minx <= {x} AND maxx >= {x} AND miny <= {y} AND maxy >= {y}"
                );
                assert_eq!(number(&held), 1, "{layer} {fid}");
            }
        }
    }
    let nowhere = "SELECT count(*) FROM residents WHERE id = 'nowhere' AND geom IS NULL AND status = 'invalid'";
    assert_eq!(number(nowhere), 1);
    // A layer without rows is there, and has no box.
    assert_eq!(number("SELECT count(*) FROM missing_links"), 0);
    assert_eq!(
        number(
            "SELECT count(*) FROM gpkg_contents WHERE table_name = 'missing_links' AND min_x IS NULL"
        ),
        1
    );
}

#[test]
fn the_same_run_gives_the_same_bytes_and_the_record_names_every_file() {
    let folder = Folder::town();
    let formats = ["--formats", "gpkg,fgb,shp"];
    let read = || {
        let files = folder
            .list("out")
            .into_iter()
            .filter(|file| ending(file) != "json");
        let files = files.map(|file| {
            (
                file.clone(),
                std::fs::read(folder.join(&format!("out/{file}"))),
            )
        });
        files
            .map(|(file, bytes)| (file, bytes.expect("a file")))
            .collect::<Vec<_>>()
    };
    assert_eq!(folder.coverage(&formats).code, Some(0));
    let first = read();
    assert_eq!(
        folder
            .coverage(&[&formats[..], &["--threads", "1"]].concat())
            .code,
        Some(0)
    );
    assert!(first == read(), "the same bytes");
    // Five layers: a package, five times FlatGeobuf, five parts of a Shapefile and a look, and what columns are called.
    assert_eq!(
        first
            .iter()
            .filter(|(file, _)| ending(file) != "csv")
            .count(),
        1 + 5 * 7
    );
    let record: Value = serde_json::from_str(&folder.read("out/run.json")).expect("JSON");
    let named: Vec<&str> = record["outputs"]
        .as_array()
        .expect("files")
        .iter()
        .filter_map(Value::as_str)
        .collect();
    for (file, _) in &first {
        assert!(named.contains(&file.as_str()), "{file}");
    }
}

#[test]
fn what_is_written_in_another_system_is_read_back_from_it() {
    let folder = Folder::town();
    let ran = folder.coverage(&["--formats", "gpkg,fgb,shp", "--out-crs", "EPSG:32632"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let package = folder.join("out/results.gpkg");
    // UTM 32 has its meridian at 9 degrees, 500 km east of its zero; 0.51 degrees further, at 47.1, are some 38.7 km.
    let residents = geopackage::read(&package, "residents");
    let [x, y] = residents.rows[1].places[0];
    assert!(
        (x - 538_700.0).abs() < 200.0 && (y - 5_217_600.0).abs() < 2_000.0,
        "{x} {y}"
    );
    assert_eq!(
        sorted(&residents.rows),
        sorted(&shapes::read(&folder, "residents").rows)
    );
    let database = Connection::open(&package).expect("a database");
    let (organization, definition): (String, String) = database
        .query_row(
            "SELECT organization, definition FROM gpkg_spatial_ref_sys WHERE srs_id = 32632",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .expect("the system");
    assert!(
        organization == "EPSG" && definition.starts_with("PROJCS[\"WGS 84 / UTM zone 32N\""),
        "{definition}"
    );
    let record: Value = serde_json::from_str(&folder.read("out/run.json")).expect("JSON");
    assert_eq!(record["parameters"]["out_crs"], "EPSG:32632");
    // Our own reader finds the system beside the Shapefile, and everybody where they were, to a millimetre of walking.
    let first = table(&folder, "residents.csv");
    for part in ["shp", "dbf", "prj", "cpg"] {
        std::fs::rename(
            folder.join(&format!("out/residents.{part}")),
            folder.join(&format!("again.{part}")),
        )
        .expect("moved");
    }
    let again = folder.run(&[
        "coverage",
        "--network",
        "streets.geojson",
        "--stations",
        "stations.csv",
        "--residents",
        "again.shp",
        "--out",
        "out",
        "--quiet",
        "--formats",
        "csv",
    ]);
    assert_eq!(again.code, Some(0), "{}", again.stderr);
    assert_eq!(first, table(&folder, "residents.csv"));
}

#[test]
fn hostile_names_are_whole_in_packages_and_cut_at_a_letter_in_shapefiles() {
    let folder = Folder::town();
    let long = "站".repeat(300);
    let names = [
        "\"'; DROP TABLE stations; --".to_owned(),
        "🚉 <b>&amp;</b>\u{202e}".to_owned(),
        "with\0nul".to_owned(),
        long.clone(),
    ];
    let mut stations = String::from("id,name,lon,lat\n");
    for (number, name) in names.iter().enumerate() {
        let name = name.replace('"', "\"\"");
        writeln!(stations, "{number},\"{name}\",9.50,47.10").expect("a text");
    }
    folder.write("stations.csv", stations);
    let ran = folder.coverage(&["--formats", "gpkg,fgb,shp"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let package = geopackage::read(&folder.join("out/results.gpkg"), "stations");
    let flat = flat::read(&folder.join("out/stations.fgb"));
    let shapes = shapes::read(&folder, "stations");
    // A NUL would be the end of the text to other programs: its picture stands there.
    let shown: Vec<String> = names
        .iter()
        .map(|name| name.replace('\0', "\u{2400}"))
        .collect();
    assert_eq!(package.cells("name"), shown);
    let mut by_place = flat.cells("name");
    by_place.sort_unstable();
    let mut expected: Vec<&str> = shown.iter().map(String::as_str).collect();
    expected.sort_unstable();
    assert_eq!(by_place, expected);
    // 254 bytes are 84 letters of three bytes, and two that are left.
    let cut = "站".repeat(84);
    assert_eq!(shapes.cells("name")[..3], shown[..3]);
    assert_eq!(shapes.cells("name")[3], cut);
    let fields = folder.read("out/fields.csv");
    assert!(
        fields.contains("stations,name,name,name,text,900,254\n"),
        "{fields}"
    );
}

#[test]
fn a_run_that_asks_for_no_layers_writes_none_and_a_system_alone_is_refused() {
    let folder = Folder::town();
    assert_eq!(folder.coverage(&[]).code, Some(0));
    let files = folder.list("out");
    assert!(
        files
            .iter()
            .all(|file| !["gpkg", "qml"].contains(&ending(file))),
        "{files:?}"
    );
    for (arguments, named) in [
        (&["--out-crs", "EPSG:4547"][..], "--out-crs"),
        (&["--formats", "gpkg", "--out-crs", "GCJ-02"], "GCJ-02"),
        (&["--formats", "gpkg", "--out-crs", "EPSG:1"], "EPSG:1"),
        (
            &[
                "--formats",
                "gpkg",
                "--out-crs",
                "+proj=pipeline +step +proj=utm +zone=32",
            ],
            "pipeline",
        ),
        (&["--formats", "shp,kml"], "kml"),
    ] {
        let ran = folder.coverage(arguments);
        assert!(
            ran.code != Some(0) && ran.stderr.contains(named),
            "{arguments:?}: {}",
            ran.stderr
        );
    }
    let breaks = folder.run(&[
        "resilience",
        "--network",
        "streets.geojson",
        "--stations",
        "stations.csv",
        "--residents",
        "residents.csv",
        "--formats",
        "gpkg",
        "--out",
        "breaks",
    ]);
    assert_eq!(breaks.code, Some(2));
    assert!(breaks.stderr.contains("--formats"), "{}", breaks.stderr);
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_leaves_the_old_set_whole() {
    let folder = Folder::town();
    assert_eq!(folder.coverage(&["--formats", "csv,gpkg"]).code, Some(0));
    let before = std::fs::read(folder.join("out/results.gpkg")).expect("a package");
    // Files of at most 64 blocks of 512 bytes: the tables fit, the package does not.
    let pedshed = env!("CARGO_BIN_EXE_pedshed");
    let arguments = "--network streets.geojson --stations stations.csv --residents residents.csv --out out --formats csv,gpkg";
    let ran = std::process::Command::new("sh")
        .current_dir(folder.path())
        .args([
            "-c",
            &format!("ulimit -f 64; exec {pedshed} coverage {arguments}"),
        ])
        .output()
        .expect("a shell");
    let said = String::from_utf8_lossy(&ran.stderr);
    assert_eq!(ran.status.code(), Some(1), "{said}");
    assert!(said.contains("results.gpkg"), "{said}");
    assert_eq!(
        std::fs::read(folder.join("out/results.gpkg")).expect("still there"),
        before
    );
    let left = std::fs::read_dir(folder.join("out")).expect("a folder");
    let left = left.map(|file| {
        file.expect("a file")
            .file_name()
            .to_string_lossy()
            .into_owned()
    });
    let left: Vec<String> = left.filter(|name| name.starts_with('.')).collect();
    assert!(left.is_empty(), "{left:?}");
}
