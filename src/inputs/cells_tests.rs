use super::*;

#[test]
fn floor_areas_come_with_units_and_in_wide_digits() {
    for (cell, area) in [
        ("800", Some(800.0)),
        ("８００㎡", Some(800.0)),
        ("1,200.5 平方米", Some(1200.5)),
        ("350m2", Some(350.0)),
        ("800,5", None),
        ("inf", None),
        ("-3", None),
        ("约八百", None),
    ] {
        assert_eq!(size(cell), area, "{cell}");
    }
}

#[test]
fn coordinates_are_read_as_people_write_them() {
    use Comma::{Decimals, Thousands};
    for (text, comma, expected) in [
        ("112.5", Thousands, Some(112.5)),
        ("１１２．５　", Thousands, Some(112.5)),
        ("\u{a0}112.5 ", Thousands, Some(112.5)),
        ("−8.61", Thousands, Some(-8.61)),
        ("112,55", Decimals, Some(112.55)),
        ("112,553", Decimals, Some(112.553)),
        ("112,5534", Thousands, Some(112.5534)),
        ("4,198,765.43", Thousands, Some(4_198_765.43)),
        ("500,123", Thousands, None),
        ("112°33'10.8\"E", Thousands, Some(112.553)),
        ("东经112度33分10.8秒", Thousands, Some(112.553)),
        ("西经8°30′", Thousands, Some(-8.5)),
        ("東經112度33分10.8秒", Thousands, Some(112.553)),
        ("37°61'", Thousands, None),
        ("37°", Thousands, Some(37.0)),
        ("east", Thousands, None),
        ("", Thousands, None),
        ("'", Thousands, None),
        ("1,2,3", Thousands, None),
    ] {
        let found = coordinate(text, comma);
        let same = match (found, expected) {
            (Some(a), Some(b)) => (a - b).abs() < 1e-9,
            (a, b) => a == b,
        };
        assert!(same, "{text}: {found:?}, expected {expected:?}");
    }
}

#[test]
fn pairs_in_one_cell_are_longitude_and_latitude() {
    assert_eq!(pair("112.553,37.861"), Some((112.553, 37.861)));
    assert_eq!(pair("[112.553， 37.861]"), Some((112.553, 37.861)));
    assert_eq!(pair("112.553"), None);
    assert_eq!(pair("1,2,3"), None);
    for text in [
        "112.553 37.861",
        "112.553;37.861",
        "112.553，37.861",
        "「112.553，37.861」",
        "POINT (112.553 37.861)",
        "point(112.553 37.861)",
        "SRID=4326;POINT(112.553 37.861)",
        "POINT Z (112.553 37.861 780.5)",
        "112.553/37.861",
        "37.861N 112.553E",
        "112.553°E, 37.861°N",
        "(112.553, 37.861)",
        "112.553|37.861",
        "北纬37.861° 东经112.553°",
    ] {
        let found = pair(text).unwrap_or_else(|| panic!("{text}"));
        assert!(
            (found.0 - 112.553).abs() < 1e-9 && (found.1 - 37.861).abs() < 1e-9,
            "{text}: {found:?}"
        );
    }
    for text in [
        "POLYGON ((1 2, 3 4))",
        "迎泽大街 1号",
        "POINT EMPTY",
        "112.553",
    ] {
        assert_eq!(pair(text), None, "{text}");
    }
    assert_eq!(pair(""), None);
}

#[test]
fn errors_of_spreadsheets_are_no_text() {
    for text in [
        "#REF!", "#n/a", "Err:502", "****", "########", "=B2*2", "#DIV/0!",
    ] {
        assert!(is_unreadable(text), "{text}");
    }
    for text in ["#1", "*", "a*", "Err:x", "#", "=\"0012\"", "N/A", ""] {
        assert!(!is_unreadable(text), "{text}");
    }
}

#[test]
fn codes_that_a_spreadsheet_cut_are_known() {
    for (text, is_cut, may_be_cut) in [
        ("1.40106E+17", true, true),
        ("1E+12", true, true),
        ("140106001001000000", false, true),
        ("140106001001000001", false, false),
        ("140106001001", false, false),
        ("1e5", false, false),
        ("E+17", false, false),
        ("A1.4E+17", false, false),
    ] {
        assert_eq!(
            (is_cut_code(text), may_be_cut_code(text)),
            (is_cut, may_be_cut),
            "{text}"
        );
    }
}

#[test]
fn people_are_exact_with_separators_and_units() {
    use Comma::{Decimals, Thousands};
    for (text, comma, thousandths) in [
        ("1234.5", Thousands, Some(1_234_500)),
        ("1,234", Thousands, Some(1_234_000)),
        ("１，２３４", Thousands, Some(1_234_000)),
        ("1,5", Decimals, Some(1_500)),
        ("1 234", Decimals, Some(1_234_000)),
        ("350人", Thousands, Some(350_000)),
        ("1.2万", Thousands, Some(12_000_000)),
        ("1.2百万人", Thousands, Some(1_200_000_000)),
        ("1.2萬", Thousands, Some(12_000_000)),
        ("0.5 thousand", Thousands, Some(500_000)),
        ("1,2", Thousands, None),
        ("many", Thousands, None),
        ("-3", Thousands, None),
    ] {
        let found = people(text, comma).ok().map(People::thousandths);
        assert_eq!(found, thousandths, "{text}");
    }
}

#[test]
fn areas_are_square_metres_by_the_unit_behind_them() {
    for (cell, area) in [
        ("1.5亩", Some(1000.0)),
        ("0.0895公顷", Some(895.0)),
        ("0.0895万平方米", Some(895.0)),
        ("2 km²", Some(2_000_000.0)),
        ("350m²", Some(350.0)),
        ("350平方公尺", Some(350.0)),
        // A ken is 20/11 m: 121 squares of one are 400 m².
        ("121坪", Some(400.0)),
        ("alpha", None),
    ] {
        assert_eq!(size(cell), area, "{cell}");
    }
}
