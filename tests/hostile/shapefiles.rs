//! Shapefiles of residents, streets and areas.

use encoding_rs::{GBK, UTF_8};
use shapefile::{Multipoint, NO_DATA, Point, PointM, PointZ, Polygon, PolygonRing, Polyline};

use super::Expected::{self, Read, Refused};
use super::{Case, Role};
use crate::support::files::{DbfField, dbf, shp};

const RESIDENTS: (Role, &str) = (Role::Residents, "shp");
const NETWORK: (Role, &str) = (Role::Network, "shp");
const AREAS: (Role, &str) = (Role::Areas, "shp");
const TOWN: &str = "covered beyond beyond off_network";
const MALFORMED: &str = "Malformed";
const FIELDS: &[DbfField<'_>] = &[("id", b'C', 10), ("name", b'C', 30), ("pop", b'N', 10)];
/// Where a record's content begins: behind the file's header and the record's.
const CONTENT: usize = 108;

fn points() -> Vec<u8> {
    shp(&[Point::new(9.505, 47.1), Point::new(9.53, 47.1)])
}

fn table() -> Vec<u8> {
    dbf(UTF_8, FIELDS, &[&["a", "Ann", "2"], &["b", "Bob", "3"]])
}

fn streets() -> Vec<Polyline> {
    let at = |x: f64, y: f64| Point::new(x, y);
    vec![
        Polyline::new(vec![at(9.50, 47.10), at(9.51, 47.10), at(9.53, 47.10)]),
        Polyline::new(vec![at(9.51, 47.10), at(9.51, 47.11)]),
    ]
}

/// A file with some bytes written over.
fn patched(mut bytes: Vec<u8>, at: usize, with: &[u8]) -> Vec<u8> {
    bytes[at..at + with.len()].copy_from_slice(with);
    bytes
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = main_files();
    cases.extend(shapes());
    cases.extend(tables());
    cases.extend(companions());
    cases
}

/// Files that break off or lie about what they hold.
fn main_files() -> Vec<Case> {
    let case = |name: &str, bytes: Vec<u8>, expected| {
        Case::new(format!("shp: {name}"), RESIDENTS, bytes, expected).with("dbf", table())
    };
    let line = |name: &str, bytes: Vec<u8>, expected| {
        Case::new(format!("shp line: {name}"), NETWORK, bytes, expected)
    };
    let cut = |length: usize| points()[..length].to_vec();
    let int = |number: i32| number.to_le_bytes();
    let big = |number: i32| number.to_be_bytes();
    let lines = || shp(&streets());
    vec![
        case("nothing", Vec::new(), Refused("Empty", "is empty")),
        case("one byte", vec![0], Refused(MALFORMED, "not a Shapefile")),
        case(
            "text",
            b"id,lon,lat\n1,9.505,47.1\n".to_vec(),
            Refused(MALFORMED, "not a Shapefile"),
        ),
        case(
            "the attributes under its name",
            table(),
            Refused(MALFORMED, "not a Shapefile"),
        ),
        case(
            "half a header",
            cut(50),
            Refused(MALFORMED, "not a Shapefile"),
        ),
        case(
            "cut behind the header",
            cut(100),
            Refused(MALFORMED, "breaks off"),
        ),
        case(
            "cut in a record's header",
            cut(104),
            Refused(MALFORMED, "breaks off"),
        ),
        case(
            "cut in a record",
            cut(115),
            Refused(MALFORMED, "breaks off"),
        ),
        case(
            "cut before its last byte",
            cut(points().len() - 1),
            Refused(MALFORMED, "breaks off"),
        ),
        case(
            "bytes behind its end",
            [points(), vec![0; 50]].concat(),
            Read("covered beyond", ""),
        ),
        case(
            "a length below zero",
            patched(points(), 24, &big(-1)),
            Refused(MALFORMED, ""),
        ),
        case(
            "a length of 2^31 - 1",
            patched(points(), 24, &big(i32::MAX)),
            Refused(MALFORMED, "breaks off"),
        ),
        case(
            "a record of 2^31 - 1 words",
            patched(points(), 104, &big(i32::MAX)),
            Refused(MALFORMED, "record 1"),
        ),
        case(
            "a record of -1 words",
            patched(points(), 104, &big(-1)),
            Refused(MALFORMED, "record 1"),
        ),
        case(
            "a record of no words",
            patched(points(), 104, &big(0)),
            Refused(MALFORMED, "record 1"),
        ),
        case(
            "a record of an unknown kind",
            patched(points(), CONTENT, &int(99)),
            Refused(MALFORMED, "record 1"),
        ),
        case(
            "a record of a kind below zero",
            patched(points(), CONTENT, &int(-1)),
            Refused(MALFORMED, "record 1"),
        ),
        case(
            "a line among points",
            patched(points(), CONTENT, &int(3)),
            Refused(MALFORMED, "record 1"),
        ),
        case(
            "a file of an unknown kind",
            patched(points(), 32, &int(99)),
            Refused(MALFORMED, ""),
        ),
        line(
            "2^31 - 1 parts",
            patched(lines(), CONTENT + 36, &int(i32::MAX)),
            Refused(MALFORMED, "record 1"),
        ),
        line(
            "-1 parts",
            patched(lines(), CONTENT + 36, &int(-1)),
            Refused(MALFORMED, "record 1"),
        ),
        line(
            "no parts",
            patched(lines(), CONTENT + 36, &int(0)),
            Refused(MALFORMED, "record 1"),
        ),
        line(
            "2^31 - 1 points",
            patched(lines(), CONTENT + 40, &int(i32::MAX)),
            Refused(MALFORMED, "record 1"),
        ),
        line(
            "-1 points",
            patched(lines(), CONTENT + 40, &int(-1)),
            Refused(MALFORMED, "record 1"),
        ),
        line(
            "a part that begins behind the points",
            patched(lines(), CONTENT + 44, &int(100)),
            Refused(MALFORMED, "record 1"),
        ),
        line(
            "a part that begins before the points",
            patched(lines(), CONTENT + 44, &int(-1)),
            Refused(MALFORMED, "record 1"),
        ),
        line("the town", lines(), Read(TOWN, "no_attributes 1")),
    ]
}

/// Shapes of other kinds than a layer needs, or of no place.
fn shapes() -> Vec<Case> {
    let residents = |name: &str, bytes: Vec<u8>, expected| {
        Case::new(format!("shp: {name}"), RESIDENTS, bytes, expected)
    };
    let areas = |name: &str, bytes: Vec<u8>, expected| {
        Case::new(format!("shp area: {name}"), AREAS, bytes, expected)
    };
    let invalid = Read("invalid", "invalid_resident 1, no_attributes 1");
    let alone = Read("covered", "no_attributes 1");
    let at = |x: f64, y: f64| Point::new(x, y);
    let ring = |corners: &[(f64, f64)]| {
        PolygonRing::Outer(corners.iter().map(|(x, y)| at(*x, *y)).collect())
    };
    let square = || {
        ring(&[
            (9.4, 47.0),
            (9.4, 47.2),
            (9.6, 47.2),
            (9.6, 47.0),
            (9.4, 47.0),
        ])
    };
    let polygon = |rings: Vec<PolygonRing<Point>>| shp(&[Polygon::with_rings(rings)]);
    let null = patched(shp(&[at(9.505, 47.1)]), CONTENT, &[0; 4]);
    vec![
        residents("a null shape", null, invalid),
        residents("NaN", shp(&[at(f64::NAN, 47.1)]), invalid),
        residents("infinity", shp(&[at(9.505, f64::INFINITY)]), invalid),
        residents("no data's number", shp(&[at(NO_DATA, NO_DATA)]), invalid),
        residents(
            "metres and no .prj",
            shp(&[at(538_212.3, 4_191_022.9)]),
            invalid,
        ),
        residents(
            "swapped",
            shp(&[at(47.1, 9.505)]),
            Refused("Swapped", "swapped"),
        ),
        residents(
            "a height of NaN",
            shp(&[PointZ::new(9.505, 47.1, f64::NAN, f64::NAN)]),
            alone,
        ),
        residents(
            "a measure",
            shp(&[PointM::new(9.505, 47.1, NO_DATA)]),
            alone,
        ),
        residents(
            "one point of many",
            shp(&[Multipoint::new(vec![at(9.505, 47.1)])]),
            alone,
        ),
        residents(
            "several points in one",
            shp(&[Multipoint::new(vec![at(9.505, 47.1), at(9.5, 47.1)])]),
            Read("invalid", "no_attributes 1, several_places 1"),
        ),
        residents("lines", shp(&streets()[..1]), invalid),
        residents(
            "no records",
            shp::<Point>(&[]),
            Refused("NothingFound", "resident"),
        ),
        areas(
            "points",
            shp(&[at(9.5, 47.1)]),
            Refused("NothingFound", "1 area records that cannot be used"),
        ),
        areas(
            "a ring of NaN",
            polygon(vec![ring(&[
                (f64::NAN, 47.0),
                (9.4, 47.2),
                (9.6, 47.2),
                (f64::NAN, 47.0),
            ])]),
            Refused("NothingFound", "1 area records that cannot be used"),
        ),
        areas(
            "a square twice",
            polygon(vec![square(), square()]),
            Read("1=1", "no_attributes 1"),
        ),
        areas(
            "a hole without a ring around it",
            polygon(vec![PolygonRing::Inner(square().points().to_vec())]),
            Read("1=1", "no_attributes 1"),
        ),
        areas(
            "a hole outside its ring",
            polygon(vec![
                square(),
                PolygonRing::Inner(vec![at(1.0, 1.0), at(2.0, 1.0), at(2.0, 2.0), at(1.0, 1.0)]),
            ]),
            Read("1=1", "no_attributes 1"),
        ),
    ]
}

/// Attribute tables.
fn tables() -> Vec<Case> {
    let case = |name: &str, bytes: Vec<u8>, expected: Expected| {
        Case::new(format!("dbf: {name}"), RESIDENTS, points(), expected).with("dbf", bytes)
    };
    let two = Read("covered beyond", "");
    let rows = |people: &str| dbf(UTF_8, FIELDS, &[&["a", "Ann", people], &["b", "Bob", "3"]]);
    let header = 32 + 32 * FIELDS.len() + 1;
    let count = |count: u32| patched(table(), 4, &count.to_le_bytes());
    let gbk = dbf(
        GBK,
        FIELDS,
        &[
            &["a", "柳巷南路社区卫生服务站", "2"],
            &["b", "老军营小区", "3"],
        ],
    );
    vec![
        case("the table", table(), two),
        case("nothing", Vec::new(), Refused(MALFORMED, "breaks off")),
        case(
            "half a header",
            table()[..20].to_vec(),
            Refused(MALFORMED, "breaks off"),
        ),
        case(
            "cut in the fields",
            table()[..50].to_vec(),
            Refused(MALFORMED, "breaks off"),
        ),
        case(
            "cut in a record",
            table()[..header + 20].to_vec(),
            Refused(MALFORMED, "the header counts 2 records"),
        ),
        case("no records", count(0), Refused(MALFORMED, "0 records")),
        case(
            "one record too few",
            count(1),
            Refused(MALFORMED, "1 records"),
        ),
        case(
            "2^32 - 1 records",
            count(u32::MAX),
            Refused(MALFORMED, "counts 4294967295 records"),
        ),
        case(
            "records of no bytes",
            patched(table(), 10, &[0, 0]),
            Refused(MALFORMED, "wider than their records"),
        ),
        case(
            "records narrower than their fields",
            patched(table(), 10, &[10, 0]),
            Refused(MALFORMED, "wider than their records"),
        ),
        case(
            "a header of no bytes",
            patched(table(), 8, &[0, 0]),
            Refused(MALFORMED, "breaks off"),
        ),
        case(
            "a header longer than the file",
            patched(table(), 8, &[0xff, 0xff]),
            Refused(MALFORMED, "breaks off"),
        ),
        case(
            "a field of an unknown kind",
            patched(table(), 32 + 11, b"?"),
            Read("covered beyond", "cell_not_understood 2"),
        ),
        case(
            "a record that was deleted",
            patched(table(), header, b"*"),
            Read("beyond", "deleted_record 1"),
        ),
        case(
            "people of asterisks",
            rows("**********"),
            Read("invalid beyond", "invalid_resident 1"),
        ),
        case(
            "people below zero",
            rows("-3"),
            Read("invalid beyond", "invalid_resident 1"),
        ),
        case(
            "people of text",
            rows("many"),
            Read("invalid beyond", "invalid_resident 1"),
        ),
        case(
            "people of nothing",
            rows(""),
            Read("covered beyond", "blank_population 1"),
        ),
        case(
            "GBK and no code page",
            gbk,
            Read("covered beyond", "encoding 1"),
        ),
        case(
            "text that is no text",
            patched(table(), header + 1, &[0xff, 0xff, 0xff]),
            Refused(MALFORMED, "encoding"),
        ),
        case(
            "zero bytes for spaces",
            patched(table(), header + 2, &[0; 9]),
            two,
        ),
    ]
}

/// The other files beside it.
fn companions() -> Vec<Case> {
    let case = |name: &str, ending: &'static str, bytes: &[u8], expected: Expected| {
        Case::new(format!("shp: {name}"), RESIDENTS, points(), expected)
            .with("dbf", table())
            .with(ending, bytes)
    };
    let two = Read("covered beyond", "");
    let name = "GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\",SPHEROID[\"WGS_1984\",6378137.0,298.257223563]],PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]]";
    let deep = "GEOGCS[".repeat(5000);
    vec![
        case("the .prj of WGS84", "prj", name.as_bytes(), two),
        case("a .prj of nothing", "prj", b"  \n", two),
        case(
            "a .prj of garbage",
            "prj",
            b"hello",
            Refused(MALFORMED, "\"hello\""),
        ),
        case(
            "a .prj of 5,000 brackets",
            "prj",
            deep.as_bytes(),
            Refused(MALFORMED, "hostile.shp: the coordinate system that it says"),
        ),
        case(
            "a .prj that is no text",
            "prj",
            &[0xff, 0xff, 0xff],
            Refused(MALFORMED, "hostile.prj"),
        ),
        case(
            "a .prj that breaks off",
            "prj",
            &name.as_bytes()[..60],
            Refused(MALFORMED, "hostile.shp: the coordinate system that it says"),
        ),
        case("a .cpg of garbage", "cpg", b"hello", two),
        case(
            "a .cpg of another encoding, the text being ASCII",
            "cpg",
            b"GBK",
            Read("covered beyond", "encoding 1"),
        ),
        case("a .cpg that is no text", "cpg", &[0xff, 0xfe, 0xff], two),
    ]
}
