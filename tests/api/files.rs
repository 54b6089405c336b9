//! Shapefiles and spreadsheets as planners' offices write them.

use encoding_rs::{GBK, UTF_8};
use pedshed::inputs::{
    InputError, LayerSettings, Mending, PointRecords, ReadOptions, RoleColumns, Source,
    TextEncoding, read_areas, read_lines, read_points,
};
use pedshed::model::{Fault, FindingCode};
use pedshed::units::People;
use rust_xlsxwriter::{Format, Workbook};
use shapefile::{NO_DATA, Point, PointZ, Polygon, PolygonRing, Polyline};

use crate::support::files::{DbfField, dbf, shp, xlsx};

/// A sheet that is named for one file.
fn named_sheet(name: &str) -> ReadOptions {
    said(LayerSettings {
        sheet: Some(name.to_owned()),
        ..LayerSettings::default()
    })
}

/// How a file is read of whose layer this is said.
fn said(own: LayerSettings) -> ReadOptions {
    ReadOptions::default().with_own(own)
}

const FIELDS: &[DbfField<'_>] = &[
    ("编号", b'C', 20),
    ("名称", b'C', 40),
    ("常住人口", b'N', 18),
];
const ROWS: &[&[&str]] = &[
    &["140106000000000001", "柳巷社区卫生服务站", "1200"],
    &["140106000000000002", "老军营药店", "350.0000"],
];

fn places() -> Vec<Point> {
    vec![Point::new(112.55, 37.86), Point::new(112.54, 37.85)]
}

fn points(source: &Source) -> Result<PointRecords, InputError> {
    read_points(source, &ReadOptions::default())
}

fn stations(table: Vec<u8>) -> Source {
    Source::from_bytes("站点.shp", shp(&places()))
        .with_companion(Source::from_bytes("站点.dbf", table))
}

fn people(records: &PointRecords) -> Vec<Option<u64>> {
    let people = records.records.iter().map(|record| record.people.clone());
    people
        .map(|people| people.expect("a number").map(People::thousandths))
        .collect()
}

#[test]
fn attributes_are_read_in_gbk_and_utf_8_with_and_without_a_code_page() {
    let code_page = |text: &str| Source::from_bytes("站点.cpg", text.as_bytes().to_vec());
    let gbk = || stations(dbf(GBK, FIELDS, ROWS));
    let utf_8 = || stations(dbf(UTF_8, FIELDS, ROWS));
    for (source, encoding) in [
        (gbk(), Some("gb18030")),
        (gbk().with_companion(code_page("GBK")), Some("GBK")),
        (gbk().with_companion(code_page("936")), Some("gb18030")),
        (utf_8(), None),
        (utf_8().with_companion(code_page("UTF-8\r\n")), None),
    ] {
        let read = points(&source).expect("a Shapefile");
        let ids: Vec<_> = read
            .records
            .iter()
            .map(|record| record.id.as_deref())
            .collect();
        assert_eq!(
            ids,
            [Some("140106000000000001"), Some("140106000000000002")]
        );
        assert_eq!(read.records[0].name.as_deref(), Some("柳巷社区卫生服务站"));
        assert_eq!(read.records[1].xy, Ok((112.54, 37.85)));
        assert_eq!(
            people(&read),
            [Some(1_200_000), Some(350_000)],
            "{encoding:?}"
        );
        let count = u64::from(encoding.is_some());
        assert_eq!(read.findings.count(FindingCode::Encoding), count);
        if let Some(encoding) = encoding {
            let example = &read.findings.worst_first()[0].example;
            assert!(example.to_string().ends_with(encoding), "{example}");
        }
    }
    let wrong = gbk().with_companion(code_page("UTF-8"));
    let error = points(&wrong)
        .expect_err("the code page is wrong")
        .to_string();
    assert!(
        error.contains("站点.dbf") && error.contains("‹encoding›"),
        "{error}"
    );
    let given = said(LayerSettings {
        encoding: Some("gbk".parse::<TextEncoding>().expect("a name")),
        ..LayerSettings::default()
    });
    assert!(
        read_points(&wrong, &given).is_ok(),
        "the flag goes before the file"
    );
}

#[test]
fn a_name_cut_inside_a_character_is_recognised() {
    // Ten bytes of UTF-8 are three characters and a piece of the fourth.
    let read = points(&stations(dbf(UTF_8, FIELDS, ROWS))).expect("a Shapefile");
    assert_eq!(people(&read)[0], Some(1_200_000));
    let named = said(LayerSettings {
        columns: RoleColumns::default().with("population", "常住人口"),
        ..LayerSettings::default()
    });
    let named = read_points(&stations(dbf(UTF_8, FIELDS, ROWS)), &named).expect("the flag");
    assert_eq!(people(&named)[0], Some(1_200_000));
}

#[test]
fn points_with_heights_are_points_and_null_shapes_have_no_place() {
    let heights = [PointZ::new(112.55, 37.86, 790.0, NO_DATA)];
    let read = points(&Source::from_bytes("z.shp", shp(&heights))).expect("a Shapefile");
    assert_eq!(read.records[0].xy, Ok((112.55, 37.86)));
    assert_eq!(read.findings.count(FindingCode::NoAttributes), 1);
    let lines = [Polyline::new(vec![
        Point::new(0.0, 0.0),
        Point::new(1.0, 0.0),
    ])];
    let read = points(&Source::from_bytes("lines.shp", shp(&lines))).expect("a Shapefile");
    assert!(
        matches!(read.records[0].xy, Err(Fault::Geometry { ref found, .. }) if found.to_string() == "LineString")
    );
}

#[test]
fn deleted_records_are_left_out_and_counted() {
    let mut table = dbf(GBK, FIELDS, ROWS);
    let row = 32 + 32 * FIELDS.len() + 1;
    table[row] = b'*';
    let read = points(&stations(table)).expect("a Shapefile");
    assert_eq!(read.records.len(), 1);
    assert_eq!(read.records[0].source, "站点.shp record 2");
    assert_eq!(read.findings.count(FindingCode::DeletedRecord), 1);
}

#[test]
fn attributes_that_do_not_belong_to_the_shapes_are_an_error() {
    let table = dbf(GBK, FIELDS, &ROWS[..1]);
    let error = points(&stations(table))
        .expect_err("one record is missing")
        .to_string();
    assert!(
        error.contains("1 records") && error.contains('2'),
        "{error}"
    );
    let mut cut = dbf(GBK, FIELDS, ROWS);
    cut.truncate(cut.len() - 30);
    let error = points(&stations(cut))
        .expect_err("the table breaks off")
        .to_string();
    assert!(
        error.contains("站点.dbf") && error.contains("counts 2 records"),
        "{error}"
    );
}

#[test]
fn a_shapefile_that_breaks_off_or_claims_too_much_is_an_error() {
    let whole = shp(&[Polyline::new(vec![
        Point::new(0.0, 0.0),
        Point::new(1.0, 0.0),
    ])]);
    let error = |bytes: Vec<u8>| {
        let source = Source::from_bytes("lines.shp", bytes);
        let read = read_lines(&source, &ReadOptions::default(), Mending::default());
        read.expect_err("a broken file").to_string()
    };
    assert!(error(whole[..whole.len() - 8].to_vec()).contains("breaks off"));
    assert!(error(whole[..50].to_vec()).contains("not a Shapefile"));
    // The number of points of the first record: 100 bytes of header, 8 of the record's, 40 before it.
    let mut many = whole.clone();
    many[148..152].copy_from_slice(&i32::MAX.to_le_bytes());
    assert!(error(many).contains("record 1: it claims more"));
    let mut none = whole.clone();
    none[148..152].copy_from_slice(&(-1_i32).to_le_bytes());
    assert!(error(none).contains("record 1"));
    let mut beyond = whole;
    beyond[104..108].copy_from_slice(&1_000_000_i32.to_be_bytes());
    assert!(error(beyond).contains("beyond the file"));
}

#[test]
fn lines_and_polygons_come_with_their_projection() {
    const ZONE: &str = r#"PROJCS["CGCS2000_3_Degree_GK_CM_114E",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",114.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]"#;
    let projection = || Source::from_bytes("a.prj", ZONE.as_bytes());
    // The meridian arc of GRS80 from the equator to 40° is 4,429,529.030 m (Snyder 1987, formula 3-21).
    let (x, y) = (500_000.0, 4_429_529.030);
    let streets = [Polyline::new(vec![
        Point::new(x, y),
        Point::new(x, y + 100.0),
    ])];
    let table = dbf(
        UTF_8,
        &[("highway", b'C', 10), ("name", b'C', 20)],
        &[&["steps", "石阶"]],
    );
    let source = Source::from_bytes("a.shp", shp(&streets))
        .with_companion(projection())
        .with_companion(Source::from_bytes("a.dbf", table));
    let read = read_lines(&source, &ReadOptions::default(), Mending::default()).expect("a line");
    let place = read.streets.vertices_in_use().next().expect("a vertex");
    assert_eq!((place.lon_e7, place.lat_e7), (1_140_000_000, 400_000_000));
    assert_eq!(read.streets.names, ["石阶"]);

    let square = |from: f64, to: f64| {
        let corners = [(from, from), (from, to), (to, to), (to, from), (from, from)];
        corners
            .map(|(east, north)| Point::new(x + east, y + north))
            .to_vec()
    };
    // Outer rings turn clockwise, holes the other way; the second island lies in the hole of the first.
    let mut hole = square(100.0, 900.0);
    hole.reverse();
    let polygon = Polygon::with_rings(vec![
        PolygonRing::Outer(square(0.0, 1000.0)),
        PolygonRing::Outer(square(400.0, 600.0)),
        PolygonRing::Inner(hole),
    ]);
    let table = dbf(GBK, &[("名称", b'C', 20)], &[&["迎泽"]]);
    let source = Source::from_bytes("a.shp", shp(&[polygon]))
        .with_companion(projection())
        .with_companion(Source::from_bytes("a.dbf", table));
    let read = read_areas(&source, &ReadOptions::default());
    let areas = read.expect("areas").areas;
    assert_eq!(areas[0].name, "迎泽");
    let holes: Vec<usize> = areas[0]
        .shape
        .iter()
        .map(|part| part.interiors().len())
        .collect();
    assert_eq!(holes, [1, 0]);
}

#[test]
fn a_spreadsheet_is_read_below_its_titles_with_long_codes_as_they_are() {
    let bytes = xlsx(&[
        &["迎泽区社区卫生服务站一览表"],
        &[],
        &["编号", "名称", "经度（°）", "纬度（°）", "人口(万人)"],
        &["'140106000000000001", "柳巷", "112.55", "37.86", "0.12"],
        &["140106", "老军营", "'１１２．５４", "'37.85 ", "'0.035"],
        &["", "合　计", "", "", "0.155"],
    ]);
    let read = points(&Source::from_bytes("站点.xlsx", bytes)).expect("a sheet");
    let ids: Vec<_> = read
        .records
        .iter()
        .map(|record| record.id.as_deref())
        .collect();
    assert_eq!(ids, [Some("140106000000000001"), Some("140106")]);
    assert_eq!(people(&read), [Some(1_200_000), Some(350_000)]);
    assert_eq!(read.records[1].xy, Ok((112.54, 37.85)));
    assert_eq!(read.records[0].source, "站点.xlsx sheet Sheet1 row 4");
    assert_eq!(read.findings.count(FindingCode::TotalRow), 1);
}

#[test]
fn merged_headers_and_further_sheets() {
    let mut book = Workbook::new();
    let notes = book.add_worksheet();
    notes.set_name("说明").expect("a name");
    notes.write_string(0, 0, "本表由街道填报").expect("a cell");
    for (name, x) in [("城区", 1.0), ("郊区", 2.0)] {
        let sheet = book.add_worksheet();
        sheet.set_name(name).expect("a name");
        let plain = Format::new();
        sheet
            .merge_range(0, 0, 1, 0, "编号", &plain)
            .expect("two rows");
        sheet
            .merge_range(0, 1, 0, 2, "坐标", &plain)
            .expect("two columns");
        sheet.write_string(1, 1, "经度").expect("a cell");
        sheet.write_string(1, 2, "纬度").expect("a cell");
        for (column, value) in [(0, 7.0), (1, x), (2, 50.0)] {
            sheet.write_number(2, column, value).expect("a cell");
        }
    }
    let source = Source::from_bytes("a.xlsx", book.save_to_buffer().expect("a workbook"));
    let read = points(&source).expect("the first table");
    assert_eq!(read.records.len(), 1);
    assert_eq!(read.records[0].xy, Ok((1.0, 50.0)));
    assert_eq!(read.findings.count(FindingCode::UnreadSheet), 1);
    let named = read_points(&source, &named_sheet("郊区")).expect("the named one");
    assert_eq!(named.records[0].xy, Ok((2.0, 50.0)));
    let error = read_points(&source, &named_sheet("Sheet1")).expect_err("no such sheet");
    assert!(error.to_string().contains("说明, 城区, 郊区"), "{error}");
}

#[test]
fn what_is_no_spreadsheet_is_an_error_and_a_far_cell_costs_nothing() {
    for bytes in [
        b"PK\x03\x04".to_vec(),
        b"<html><table>".to_vec(),
        b"id,lon,lat\n".to_vec(),
    ] {
        for name in ["a.xlsx", "a.xls"] {
            let error = points(&Source::from_bytes(name, bytes.clone())).expect_err("no workbook");
            assert!(error.to_string().contains("save it as"), "{error}");
        }
    }
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, name) in [(0, "lon"), (1, "lat"), (16_383, "id")] {
        sheet.write_string(0, column, name).expect("a cell");
    }
    sheet.write_number(1_048_575, 0, 9.5).expect("the last row");
    sheet
        .write_number(1_048_575, 1, 47.1)
        .expect("the last row");
    let read = points(&Source::from_bytes(
        "a.xlsx",
        book.save_to_buffer().expect("a workbook"),
    ));
    let read = read.expect("a sheet of one record");
    assert_eq!(read.records[0].source, "a.xlsx sheet Sheet1 row 1048576");
}
