//! How many people a record stands for, whatever file it comes from: a number that is there and cannot be read is nobody's
//! guess, and a column that nobody took is said.

use encoding_rs::UTF_8;
use pedshed::inputs::{
    Inputs, LayerSource, LayerSpec, PointRecords, ReadOptions, Request, Source, read_points,
};
use pedshed::model::FindingCode;
use pedshed::units::People;
use shapefile::Point;

use crate::support::files::{book, dbf, shp, xlsx};

/// What a record says of people: how many, nothing, or what cannot be read.
#[derive(Debug, PartialEq)]
enum Said {
    People(u64),
    Blank,
    Unreadable,
}

fn said(source: &Source) -> (Vec<Said>, PointRecords) {
    let read = read_points(source, &ReadOptions::default()).expect("a layer");
    let said = read.records.iter().map(|record| match &record.people {
        Ok(Some(people)) => Said::People(people.thousandths() / 1000),
        Ok(None) => Said::Blank,
        Err(_) => Said::Unreadable,
    });
    (said.collect(), read)
}

fn csv(text: &str) -> Source {
    Source::from_bytes("homes.csv", text.as_bytes().to_vec())
}

#[test]
fn errors_and_formulas_without_a_value_are_unreadable_and_blanks_are_blank() {
    use Said::{Blank, People, Unreadable};
    let cell = |at: &str, rest: &str| format!(r#"<c r="{at}"{rest}</c>"#);
    let text =
        |at: &str, text: &str| cell(at, &format!(r#" t="inlineStr"><is><t>{text}</t></is>"#));
    let mut rows = format!(
        r#"<row r="1">{}{}{}{}</row>"#,
        text("A1", "id"),
        text("B1", "lon"),
        text("C1", "lat"),
        text("D1", "population")
    );
    let populations = [
        ("><v>7</v>", People(7)),
        (r#" t="e"><v>#REF!</v>"#, Unreadable),
        (r#" t="e"><f>1/0</f><v>#DIV/0!</v>"#, Unreadable),
        ("><f>B2*2</f>", Unreadable),
        ("><f>B2*2</f><v></v>", Unreadable),
        (r#" t="str"><f>IF(1,"","")</f><v></v>"#, Blank),
        ("><f>3+4</f><v>7</v>", People(7)),
        (r#" t="inlineStr"><is><t>about 20</t></is>"#, Unreadable),
        (r#" t="inlineStr"><is><t> </t></is>"#, Blank),
        (">", Blank),
    ];
    for (number, (population, _)) in (2..).zip(&populations) {
        let id = text(&format!("A{number}"), &format!("r{number}"));
        let lon = cell(&format!("B{number}"), "><v>9.505</v>");
        let lat = cell(&format!("C{number}"), "><v>47.1</v>");
        let people = cell(&format!("D{number}"), population);
        let row = format!(r#"<row r="{number}">{id}{lon}{lat}{people}</row>"#);
        rows.push_str(&row);
    }
    let (found, read) = said(&Source::from_bytes("homes.xlsx", book(&rows)));
    let expected: Vec<Said> = populations.into_iter().map(|(_, said)| said).collect();
    assert_eq!(found, expected);
    let fault = read.records[3].people.clone().expect_err("a formula");
    assert!(fault.to_string().contains("=B2*2"), "{fault}");
}

#[test]
fn an_error_is_no_id_so_that_two_of_them_are_not_one_station() {
    let (_, read) = said(&csv(
        "id,name,lon,lat\n#N/A,#REF!,9.5,47.1\n#N/A,b,9.6,47.1\nc,c,9.7,47.1\n",
    ));
    let ids: Vec<_> = read
        .records
        .iter()
        .map(|record| record.id.as_deref())
        .collect();
    assert_eq!(ids, [None, None, Some("c")]);
    assert_eq!(read.records[0].name, None);
}

#[test]
fn numbers_that_did_not_fit_and_fields_in_binary_are_not_blank() {
    use Said::{Blank, People, Unreadable};
    let places: Vec<Point> = (0..3)
        .map(|n| Point::new(9.5 + f64::from(n), 47.1))
        .collect();
    let table = |kind: u8, width: u8, cells: [&[u8]; 3]| {
        let field = [("population", kind, width)];
        let blank: Vec<&[&str]> = vec![&[""]; 3];
        let mut bytes = dbf(UTF_8, &field, &blank);
        for (row, cell) in cells.into_iter().enumerate() {
            let start = 65 + row * (1 + usize::from(width)) + 1;
            bytes[start..start + cell.len()].copy_from_slice(cell);
        }
        Source::from_bytes("homes.shp", shp(&places))
            .with_companion(Source::from_bytes("homes.dbf", bytes))
    };
    for (kind, width, cells, expected) in [
        (
            b'N',
            4,
            [b"  30".as_slice(), b"****", b"    "],
            [People(30), Unreadable, Blank],
        ),
        (
            b'I',
            4,
            [&[30, 0, 0, 0], &[0, 1, 0, 0], &[0, 0, 0, 0]],
            [People(30), People(256), People(0)],
        ),
        (
            b'B',
            8,
            [
                &30_f64.to_le_bytes(),
                &2_f64.to_le_bytes(),
                &0_f64.to_le_bytes(),
            ],
            [People(30), People(2), People(0)],
        ),
        (
            b'M',
            10,
            [b"         7", b"          ", b"          "],
            [Unreadable, Blank, Blank],
        ),
    ] {
        assert_eq!(
            said(&table(kind, width, cells)).0,
            expected,
            "{}",
            char::from(kind)
        );
    }
}

#[test]
fn geojson_says_null_for_blank_and_anything_else_that_is_no_number_is_unreadable() {
    use Said::{Blank, People, Unreadable};
    let values = [
        ("7", People(7)),
        ("null", Blank),
        ("\" \"", Blank),
        ("\"n/a\"", Unreadable),
        ("true", Unreadable),
        ("[3]", Unreadable),
    ];
    let features: Vec<String> = values
        .iter()
        .map(|(value, _)| format!(r#"{{"type":"Feature","properties":{{"population":{value}}},"geometry":{{"type":"Point","coordinates":[9.5,47.1]}}}}"#))
        .collect();
    let text = format!(
        r#"{{"type":"FeatureCollection","features":[{}]}}"#,
        features.join(",")
    );
    let (found, _) = said(&Source::from_bytes("homes.geojson", text.into_bytes()));
    assert_eq!(found, values.map(|(_, said)| said));
}

/// The findings of a study whose residents are this layer, and their people.
fn study(residents: Source) -> (Inputs, u64) {
    let roads = br#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[9.5,47.1],[9.51,47.1]]}}]}"#;
    let layer = |source| LayerSpec::new(LayerSource::File(source));
    let mut request = Request::new(Source::from_bytes("roads.geojson", roads.to_vec()));
    request.stations = vec![layer(csv("id,lon,lat\ns,9.505,47.1\n"))];
    request.residents = vec![layer(residents)];
    let inputs = Inputs::read(&request).expect("a city");
    let people = inputs.residents.iter().map(|resident| resident.people);
    let people = people.sum::<People>().thousandths() / 1000;
    (inputs, people)
}

fn example(inputs: &Inputs, code: FindingCode) -> String {
    let found = inputs.findings.worst_first();
    let found = found.iter().find(|finding| finding.code == code);
    found.map_or_else(String::new, |finding| finding.example.to_string())
}

#[test]
fn a_layer_without_a_column_of_people_is_said_with_the_column_that_may_be_it() {
    for (header, named) in [
        ("poblacion", "poblacion may be it"),
        ("Einwohner_2020", "Einwohner_2020 may be it"),
        ("POP_2020", "POP_2020 may be it"),
        ("населения", "населения may be it"),
        ("居民数", "居民数 may be it"),
        // By its numbers.
        ("n", "n may be it"),
        ("height", "the columns are id, lon, lat, height"),
    ] {
        let text =
            format!("id,lon,lat,{header}\na,9.501,47.1,500\nb,9.502,47.1,20\nc,9.503,47.1,30\n");
        let (inputs, people) = study(csv(&text));
        assert_eq!(people, 3, "{header}: each record counts 1");
        let said = example(&inputs, FindingCode::NoPopulation);
        assert!(
            said.contains("each record counts 1") && said.contains(named),
            "{header}: {said}"
        );
    }
    let (inputs, people) = study(csv("id,lon,lat,人口\na,9.501,47.1,500\n"));
    assert_eq!(
        (people, inputs.findings.count(FindingCode::NoPopulation)),
        (500, 0)
    );
}

#[test]
fn blank_cells_count_one_and_are_counted_and_unreadable_ones_make_the_record_invalid() {
    let (inputs, people) = study(csv(
        "id,lon,lat,population\na,9.501,47.1,500\nb,9.502,47.1,\nc,9.503,47.1, \nd,9.504,47.1,#REF!\n",
    ));
    assert_eq!(people, 502);
    assert_eq!(inputs.findings.count(FindingCode::BlankPopulation), 2);
    assert_eq!(
        example(&inputs, FindingCode::BlankPopulation),
        "homes.csv line 3, column population"
    );
    assert_eq!(inputs.findings.count(FindingCode::InvalidResident), 1);
    assert!(inputs.residents[3].fault().is_some());
}

#[test]
fn of_two_columns_of_people_one_is_taken_and_the_other_said() {
    let (inputs, people) = study(csv(
        "编号,经度,纬度,户籍人口,常住人口,60岁以上人口\na,9.501,47.1,12,10,3\nb,9.502,47.1,22,20,4\n",
    ));
    assert_eq!(people, 30);
    assert_eq!(inputs.findings.count(FindingCode::SeveralPopulations), 1);
    let said = example(&inputs, FindingCode::SeveralPopulations);
    assert!(
        said.contains("常住人口 was taken, 户籍人口 was not"),
        "{said}"
    );
}

#[test]
fn a_heading_over_two_columns_of_people_is_read_with_both_of_its_rows() {
    let bytes = xlsx(&[
        &["2026年住宅台账"],
        &["序号", "楼栋", "坐标", "", "人口", ""],
        &["", "", "经度", "纬度", "户籍", "常住"],
        &["1", "甲", "9.501", "47.1", "12", "10"],
        &["2", "乙", "9.502", "47.1", "22", "20"],
        &["合计", "", "", "", "34", "30"],
    ]);
    let (inputs, people) = study(Source::from_bytes("homes.xlsx", bytes));
    assert_eq!(people, 30, "常住 and not 户籍");
    let said = example(&inputs, FindingCode::SeveralPopulations);
    assert!(
        said.contains("人口/常住 was taken, 人口/户籍 was not"),
        "{said}"
    );
}
