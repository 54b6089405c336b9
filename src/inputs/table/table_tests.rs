//! Tables worked out by hand.

use super::*;
use crate::inputs::KeptColumn;
use crate::inputs::cells::{self, Comma};
use crate::model::Fault;
use crate::units::People;

const DIALECT: Dialect<'_> = Dialect {
    row: "row",
    comma: Comma::Thousands,
    is_whole: false,
};

fn read(rows: &[&[&str]]) -> Result<PointRecords, InputError> {
    let rows = rows.iter().zip(1..).map(|(row, number)| {
        let cells = row
            .iter()
            .map(|cell| (*cell).to_owned())
            .collect::<Vec<_>>();
        Ok(Row { number, cells })
    });
    let source = Source::from_bytes("homes", Vec::new());
    read_points(&source, rows, &ReadOptions::default(), DIALECT)
}

fn ids(read: &PointRecords) -> Vec<&str> {
    let ids = read.records.iter().map(|record| record.id.as_deref());
    ids.map(Option::unwrap_or_default).collect()
}

#[test]
fn the_header_is_found_below_titles_and_in_two_rows() {
    let read = read(&[
        &["迎泽区社区卫生服务站一览表"],
        &["", "单位：人", "2024-12-31"],
        &["编号", "名称", "坐标", "", "人口"],
        &["", "", "经度", "纬度", ""],
        &["1", "柳巷", "112.55", "37.86", "1,200"],
        &["2", "老军营", "112.54", "37.85", "800人"],
    ])
    .expect("a header in two rows");
    assert_eq!(ids(&read), ["1", "2"]);
    assert_eq!(read.records[0].name.as_deref(), Some("柳巷"));
    assert_eq!(read.records[0].xy, Ok((112.55, 37.86)));
    assert_eq!(read.records[0].source, "homes row 5");
    let people: Vec<_> = read
        .records
        .iter()
        .map(|record| record.people.clone())
        .collect();
    assert_eq!(
        people,
        [1_200_000, 800_000].map(|n| Ok(Some(People::from_thousandths(n))))
    );
}

#[test]
fn totals_and_repeated_headers_are_counted_and_no_records() {
    let header: &[&str] = &["编号", "经度", "纬度", "人口"];
    let read = read(&[
        header,
        &["1", "112.55", "37.86", "1"],
        &["小　计", "", "", "1"],
        header,
        &["2", "112.54", "37.85", "1"],
        &["Total", "2.35", "48.85", "1"],
        &["合计", "112.56", "37.86", "2"],
        &["本页合计：", "", "", "2"],
        &["", "", "", "3"],
    ])
    .expect("a table");
    assert_eq!(
        ids(&read),
        ["1", "2", "Total", ""],
        "a place that is called as a total stays"
    );
    assert_eq!(read.findings.count(FindingCode::TotalRow), 4);
    assert_eq!(read.records[3].xy, Err(Fault::NoCoordinate));
}

#[test]
fn a_total_is_none_by_its_name_or_first_cell_whatever_its_coordinates() {
    let read = read(&[
        &["序号", "编号", "经度", "纬度", "名称", "人口"],
        &["1", "H1", "112.53", "37.84", "一号楼", "120"],
        &["2", "", "112.56", "37.86", "合 计", "120"],
        &["小计", "H2", "112.56", "37.86", "", "120"],
        &["3", "总计", "112.56", "37.86", "", "120"],
        &["4", "H3", "112.56", "37.86", "合计门诊", "35"],
    ])
    .expect("a table");
    assert_eq!(ids(&read), ["H1", "H3"]);
    assert_eq!(read.findings.count(FindingCode::TotalRow), 3);
}

#[test]
fn an_address_without_a_coordinate_is_said() {
    let read = read(&[
        &["名称", "地址", "经度", "纬度"],
        &["药店", "迎泽大街1号", "", ""],
        &["诊所", "", "", ""],
    ])
    .expect("a table");
    let address = "迎泽大街1号".to_owned();
    assert_eq!(read.records[0].xy, Err(Fault::Unlocated { address }));
    assert_eq!(read.records[1].xy, Err(Fault::NoCoordinate));
}

#[test]
fn one_column_may_hold_both_coordinates() {
    let read = read(&[
        &["name", "location"],
        &["a", "112.55,37.86"],
        &["b", "park"],
    ])
    .expect("a table");
    assert_eq!(read.records[0].xy, Ok((112.55, 37.86)));
    assert!(matches!(read.records[1].xy, Err(Fault::NotANumber { .. })));
    assert!(!read.axes_by_name);
}

#[test]
fn a_unit_of_ten_thousand_multiplies() {
    let read = read(&[&["x", "y", "人口（万人）"], &["1", "2", "1.5"]]).expect("a table");
    assert_eq!(
        read.records[0].people,
        Ok(Some(People::from_thousandths(15_000_000)))
    );
}

#[test]
fn a_cell_with_a_unit_of_its_own_is_not_multiplied_by_that_of_its_column() {
    let read = read(&[
        &["x", "y", "人口（万人）"],
        &["1", "2", "1200人"],
        &["1", "2", "1.2万"],
        &["1", "2", "1.2"],
    ])
    .expect("a table");
    let people = read.records.iter().map(|record| record.people.clone());
    let expected =
        [1_200_000, 12_000_000, 12_000_000].map(|n| Ok(Some(People::from_thousandths(n))));
    assert_eq!(people.collect::<Vec<_>>(), expected);
}

#[test]
fn points_part_thousands_where_the_table_shows_it() {
    let people = |numbers: &[&str], lon: &str| {
        let header = ["x", "y", "people"];
        let lat = if lon.contains(',') { "37,86" } else { "37.86" };
        let rows: Vec<[&str; 3]> = numbers.iter().map(|number| [lon, lat, number]).collect();
        let rows: Vec<&[&str]> = std::iter::once(&header[..])
            .chain(rows.iter().map(|row| &row[..]))
            .collect();
        let read = read(&rows).expect("a table");
        let people = read.records.iter().map(|record| match &record.people {
            Ok(Some(people)) => people.thousandths() / 1000,
            _ => panic!("{record:?}"),
        });
        (
            people.sum::<u64>(),
            read.findings.count(FindingCode::PointsPartThousands),
        )
    };
    assert_eq!(people(&["1.200", "35"], "112,5534"), (1235, 1));
    assert_eq!(people(&["1.200", "35"], "112.5534"), (36, 0));
    assert_eq!(people(&["1.20", "3.5", "2.300"], "112,5534").1, 1);
    // Estimates have three decimals.
    assert_eq!(people(&["94.769", "81.608", "64.762"], "112.55"), (239, 0));
}

#[test]
fn a_unit_that_is_not_understood_is_said_with_its_column() {
    let read = read(&[&["x", "y", "人口（打）"], &["1", "2", "3"]]).expect("a table");
    let said = read.findings.worst_first();
    assert_eq!(said[0].code, FindingCode::UnitNotUnderstood);
    assert_eq!(said[0].example.to_string(), "homes, column 人口（打）: 打");
}

#[test]
fn groups_and_floor_areas_have_the_unit_of_their_column() {
    let options = ReadOptions::default().keeping([
        KeptColumn::Named("老人(万人)".into()),
        KeptColumn::Known(crate::model::Attribute::FloorArea),
    ]);
    let rows = [
        ["x", "y", "老人(万人)", "建筑面积（亩）"],
        ["1", "2", "0.012", "1.5"],
    ];
    let rows = rows.iter().zip(1..).map(|(row, number)| {
        let cells = row.iter().map(|cell| (*cell).to_owned());
        let cells = cells.collect::<Vec<_>>();
        Ok(Row { number, cells })
    });
    let source = Source::from_bytes("homes", Vec::new());
    let read = read_points(&source, rows, &options, DIALECT).expect("a table");
    let cell = |key| read.attributes.named(key).and_then(|column| column.get(0));
    let elders = cells::people(cell("老人(万人)").expect("a group"), Comma::Thousands);
    assert_eq!(elders, Ok(People::from_thousandths(120_000)));
    assert_eq!(
        cells::size(cell("floor_area").expect("an area")),
        Some(1000.0)
    );
}

#[test]
fn a_table_without_coordinates_shows_its_first_row() {
    let error = read(&[&["名称", "地址"], &["a", "b"]]).expect_err("no coordinates");
    assert!(error.to_string().contains("名称, 地址"), "{error}");
    let error = read(&[&["一览表", ""], &["名称", "地址"], &["a", "b"]]);
    let error = error.expect_err("no coordinates");
    assert!(error.to_string().contains("名称, 地址"), "{error}");
}
