use super::*;
use crate::inputs::LayerKind;
use crate::inputs::PointRecord;
use crate::model::Fault;
use crate::units::People;

fn read(text: &str) -> Result<PointRecords, InputError> {
    read_points(
        (&Source::from_bytes("points.csv", text.as_bytes().to_vec())).into(),
        &ReadOptions::default(),
    )
}

fn records(text: &str) -> Vec<PointRecord> {
    read(text).expect("a sound table").records
}

#[test]
fn columns_are_recognised_in_english_and_chinese() {
    for header in [
        "id,lon,lat,population",
        "编号,经度,纬度,人口",
        "ID;Longitude;LAT;People",
        "code\tx\ty\tpop",
    ] {
        let separator = [",", ";", "\t"]
            .into_iter()
            .find(|s| header.contains(s))
            .expect("a separator");
        let text = format!("\u{feff}{header}\na{separator}9.5{separator}47.1{separator}2.5\n");
        let expected = PointRecord {
            id: Some("a".into()),
            name: None,
            xy: Ok((9.5, 47.1)),
            people: Ok(Some(People::from_thousandths(2500))),
            source: "points.csv line 2".into(),
        };
        assert_eq!(records(&text), [expected], "{header}");
    }
}

#[test]
fn bad_rows_are_records_with_a_fault_and_their_line() {
    let text = "id,lon,lat,population\na\nb,east,47,1\nc,9,,1\n\nd,9,47,-3\ne,9,47,\n";
    let records = records(text);
    assert_eq!(records.len(), 5, "the blank line is skipped");
    assert_eq!(records[0].xy, Err(Fault::NoCoordinate));
    assert_eq!(
        records[1].xy,
        Err(Fault::NotANumber {
            field: "longitude".into(),
            text: "east".into()
        })
    );
    assert_eq!(records[2].xy, Err(Fault::NoCoordinate));
    assert!(matches!(records[3].people, Err(Fault::Population { .. })));
    assert_eq!(records[3].source, "points.csv line 6");
    assert_eq!(records[4].people, Ok(None));
}

#[test]
fn quoted_newlines_stay_in_their_cell() {
    let records = records("id,lon,lat\n\"a\nb\",1,2\nc,3,4\n");
    assert_eq!(records[0].id.as_deref(), Some("a\nb"));
    assert_eq!(records[1].source, "points.csv line 4");
}

#[test]
fn a_quote_that_never_closes_is_an_error_and_swallows_nothing() {
    for (text, line) in [
        ("id,lon,lat\na,1,2\n\n\"b,3,4\nc,5,6\n", "line 4"),
        ("id,\"lon,lat\na,1,2\n", "line 1"),
        ("id,lon,lat\na,1,\"2", "line 2"),
    ] {
        let error = read(text).expect_err(text).to_string();
        assert!(
            error.contains(line) && error.contains("never closed"),
            "{error}"
        );
    }
    for (text, line) in [
        (
            "id,name,lon,lat\na,\"x\",1,2\nb,\"x,1,2\nc,\"x\",1,2\nd,\"x\",1,2\n",
            "line 3",
        ),
        (
            "id,lon,lat,name\na,1,2,\"x\"\n\nb,1,2,\"x\nc,1,2,\"x\"\n",
            "line 4",
        ),
        ("id,\"lon,lat\na,\"1\",2\n", "line 1"),
    ] {
        let error = read(text).expect_err(text).to_string();
        assert!(
            error.contains(line) && error.contains("where its cell ends"),
            "{error}"
        );
    }
    // A quote inside a cell that does not begin with one is a character.
    assert_eq!(
        records("id,lon,lat\n5\" pipe,1,2\n")[0].id.as_deref(),
        Some("5\" pipe")
    );
    assert_eq!(
        records("id,lon,lat\n\"a \"\"b\"\"\",1,2")[0].id.as_deref(),
        Some("a \"b\"")
    );
}

#[test]
fn blank_lines_and_line_ends_of_any_kind_keep_the_count() {
    let text = "\r\n\r\nid;lon;lat\r\n\r\na;1;2\r\n  \r\nb;3;4\r\n";
    let found = records(text);
    let places: Vec<_> = found.iter().map(|record| record.source.as_str()).collect();
    assert_eq!(places, ["points.csv line 5", "points.csv line 7"]);
    assert_eq!(records("id,lon,lat\n").len(), 0, "a header alone");
    let nothing = read("\u{feff}\r\n \n").expect_err("blank lines alone");
    assert!(matches!(nothing, InputError::Empty { .. }), "{nothing}");
}

#[test]
fn a_row_without_a_filled_cell_is_no_record() {
    let found = records(",,\nid,lon,lat\na,1,2\n,,\n , ,\t\nb,3,4\n,,,,\n,,\n");
    let places: Vec<_> = found.iter().map(|record| record.source.as_str()).collect();
    assert_eq!(places, ["points.csv line 3", "points.csv line 6"]);
}

#[test]
fn lines_are_counted_where_rows_and_windows_end_apart() {
    // The reader of rows takes 8 kB at a time: rows of every length end near its ends.
    let (mut text, mut expected) = ("id,lon,lat\r\n".to_owned(), Vec::new());
    let mut line = 2;
    for number in 0..3000 {
        let blank = "\r\n".repeat(number % 3);
        let name = if number % 7 == 0 { "\"a\n\n\"" } else { "a" };
        let end = ["\n", "\r\n", "\n\n"][number % 5 % 3];
        text.extend([&blank, name, ",1,2", end]);
        line += number % 3;
        expected.push(format!("points.csv line {line}"));
        line += name.matches('\n').count() + end.matches('\n').count();
    }
    let records = records(&text);
    let places: Vec<_> = records.iter().map(|record| &record.source).collect();
    assert_eq!(places, expected.iter().collect::<Vec<_>>());
}

#[test]
fn the_byte_that_ended_a_text_in_dos_is_no_row_and_elsewhere_a_character() {
    let ids = |text: &str| -> Vec<Option<String>> {
        records(text).into_iter().map(|record| record.id).collect()
    };
    for end in ["\n\u{1a}", "\u{1a}\u{1a}"] {
        let text = format!("id,lon,lat\na,1,2{end}");
        assert_eq!(ids(&text), [Some("a".to_owned())]);
    }
    assert_eq!(
        ids("id,lon,lat\na\u{1a},1,2\n"),
        [Some("a\u{1a}".to_owned())]
    );
}

#[test]
fn a_table_without_coordinates_names_its_columns_and_the_flag() {
    let error = read("name,address\na,b\n").expect_err("no coordinates");
    let text = error.to_string();
    assert!(
        text.contains("name, address") && text.contains("‹lon_column›"),
        "{text}"
    );
}

#[test]
fn decimal_commas_are_read_where_semicolons_part_the_cells() {
    let records = records("id;lon;lat;population\na;112,553;37,861;1,5\nb;112.553;37.861;1,500\n");
    let places: Vec<_> = records.iter().map(|record| record.xy.clone()).collect();
    assert_eq!(places, [Ok((112.553, 37.861)), Ok((112.553, 37.861))]);
    let people: Vec<_> = records.iter().map(|record| record.people.clone()).collect();
    let people_of = |thousandths| Ok(Some(People::from_thousandths(thousandths)));
    assert_eq!(people, [people_of(1_500), people_of(1_500_000)]);
}

#[test]
fn gb18030_is_read_and_reported_and_what_is_no_text_is_named_with_its_line() {
    let (gbk, ..) = encoding_rs::GBK.encode("编号,经度,纬度\n迎泽,1,2\n");
    let points = read_points(
        (&Source::from_bytes("gbk.csv", gbk.into_owned())).into(),
        &ReadOptions::default(),
    );
    let points = points.expect("Chinese text");
    assert_eq!(points.records[0].id.as_deref(), Some("迎泽"));
    assert_eq!(
        points.findings.count(crate::model::FindingCode::Encoding),
        1
    );
    let bytes = b"id,lon,lat\n\xd3\xff\xd4\xf3,1,2\n".to_vec();
    let error = read_points(
        (&Source::from_bytes("lost.csv", bytes)).into(),
        &ReadOptions::default(),
    );
    assert!(
        matches!(error, Err(InputError::Malformed { ref place, .. }) if place.to_string() == "line 2 (byte 11)"),
        "{error:?}"
    );
}
#[test]
fn names_of_points_are_passed_over_where_nobody_asks_for_them() {
    let text = "id,name,lon,lat\na,A,1,2\n";
    let options = ReadOptions::of(LayerKind::Residents);
    let source = Source::from_bytes("points.csv", text.as_bytes());
    let points = read_points((&source).into(), &options).expect("a sound table");
    assert_eq!(points.records[0].name, None);
    assert_eq!(points.records[0].id.as_deref(), Some("a"));
    assert_eq!(records(text)[0].name.as_deref(), Some("A"));
}
