//! Tables of residents.

use encoding_rs::{BIG5, EUC_KR, GB18030, GBK, SHIFT_JIS};

use super::Expected::{self, Read, Refused};
use super::{Case, Role};

const RESIDENTS: (Role, &str) = (Role::Residents, "csv");

fn case(name: &str, bytes: impl Into<Vec<u8>>, expected: Expected) -> Case {
    Case::new(format!("table: {name}"), RESIDENTS, bytes, expected)
}

fn utf_16(text: &str, mark: bool, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    let mark = mark.then_some(0xfeff);
    mark.into_iter()
        .chain(text.encode_utf16())
        .flat_map(bytes)
        .collect()
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = encodings();
    cases.extend(shapes());
    cases.extend(headers());
    cases.extend(numbers());
    cases.extend(cells());
    cases
}

/// Bytes that are text, or look like it.
fn encodings() -> Vec<Case> {
    const CHINESE: &str = "编号,名称,经度,纬度,人口\n1,柳巷南路社区卫生服务站,9.505,47.1,2\n2,老军营小区居民委员会,9.53,47.1,3\n";
    const TWO: Expected = Read("covered beyond", "");
    const TWO_SAID: Expected = Read("covered beyond", "encoding 1");
    let refused = Refused("Malformed", "UTF-8");
    let mut cut = GBK.encode(CHINESE).0.into_owned();
    let last_name = cut.len() - "员会,9.53,47.1,3\n".len() + 2;
    cut.truncate(last_name - 1);
    let four_bytes = CHINESE.replace("老军营", "㐂𠮷营");
    let mixed = [
        CHINESE.as_bytes(),
        &*GBK.encode("3,迎泽公园,9.53,47.1,1\n").0,
    ]
    .concat();
    let mojibake = GB18030
        .decode_without_bom_handling(CHINESE.as_bytes())
        .0
        .replace('\u{fffd}', "?");
    let utf_7 = b"id,name,lon,lat\n1,+Z/N31w-,9.505,47.1\n";
    vec![
        case(
            "UTF-8 with a mark",
            [b"\xef\xbb\xbf", CHINESE.as_bytes()].concat(),
            TWO,
        ),
        case("UTF-8 without a mark (sqlpage#528)", CHINESE, TWO),
        case("GBK", GBK.encode(CHINESE).0, TWO_SAID),
        case(
            "GB18030 with letters of four bytes",
            GB18030.encode(&four_bytes).0,
            TWO_SAID,
        ),
        case("GBK cut inside a letter", cut, refused),
        case(
            "UTF-16, low byte first",
            utf_16(CHINESE, true, u16::to_le_bytes),
            TWO_SAID,
        ),
        case(
            "UTF-16, high byte first",
            utf_16(CHINESE, true, u16::to_be_bytes),
            TWO_SAID,
        ),
        case(
            "UTF-16 without a mark",
            utf_16(CHINESE, false, u16::to_le_bytes),
            TWO_SAID,
        ),
        case(
            "UTF-16 of an odd number of bytes",
            {
                let mut bytes = utf_16(CHINESE, true, u16::to_le_bytes);
                bytes.pop();
                bytes
            },
            Refused("Malformed", ""),
        ),
        case(
            "UTF-16 of half a pair",
            {
                let mut bytes = utf_16("id,lon,lat\n", true, u16::to_le_bytes);
                bytes.extend(0xd842_u16.to_le_bytes());
                bytes.extend(utf_16(",9.505,47.1\n", false, u16::to_le_bytes));
                bytes
            },
            Refused("Malformed", ""),
        ),
        case("UTF-8 and GBK in one file", mixed, refused),
        case(
            "Latin-1",
            b"id,name,lon,lat\n1,Stra\xdfe,9.505,47.1\n",
            refused,
        ),
        case(
            "Big5",
            BIG5.encode("編號,名稱,經度,緯度\n1,臺北市政府,9.505,47.1\n")
                .0,
            refused,
        ),
        case(
            "Shift JIS",
            SHIFT_JIS
                .encode("番号,名前,lon,lat\n1,東京タワーのかいだん,9.505,47.1\n")
                .0,
            refused,
        ),
        case(
            "EUC-KR",
            EUC_KR
                .encode("번호,이름,lon,lat\n1,서울특별시청,9.505,47.1\n")
                .0,
            refused,
        ),
        case("UTF-7, which is ASCII", utf_7, Read("covered", "")),
        case(
            "names that were read as GBK and written as UTF-8",
            mojibake.as_str(),
            Refused("Column", "the longitude"),
        ),
        case(
            "names of the letters that stand for damage",
            "id,name,lon,lat\n1,锟斤拷锟斤拷,9.505,47.1\n2,\u{fffd}\u{fffd},9.505,47.1\n",
            Read("covered covered", "damaged_text 2"),
        ),
        case(
            "zero bytes",
            b"id,lon,lat\n\0\0\0\0\n1,9.505,47.1\n",
            Read("invalid covered", "invalid_resident 1, ragged_row 1"),
        ),
        case(
            "zero bytes alone",
            vec![0; 1000],
            Refused("Column", "longitude"),
        ),
        case("ff alone", vec![0xff; 1000], Refused("Malformed", "")),
        case(
            "a picture",
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89",
            refused,
        ),
        case(
            "a spreadsheet under the name of a table",
            b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00\xd2\x8f\xf4",
            Refused("Malformed", ".xlsx"),
        ),
        case(
            "invisible letters around the names",
            "\u{200b}id,\u{feff}lon\u{200b},lat\u{a0}\n1,9.505,47.1\n",
            Read("covered", ""),
        ),
        case(
            "right-to-left marks in names",
            "id,lon,lat\n\u{202e}live.exe,9.505,47.1\n",
            Read("covered", ""),
        ),
    ]
}

/// How rows and cells are parted.
fn shapes() -> Vec<Case> {
    let one = Read("covered", "");
    let wide = "column,".repeat(5000);
    let wide_row = ",".repeat(5000);
    vec![
        case("nothing", "", Refused("Empty", "is empty")),
        case("white space", " \n\n\t\n", Refused("Empty", "is empty")),
        case(
            "a header alone",
            "id,lon,lat\n",
            Refused("NothingFound", "resident"),
        ),
        case(
            "no header",
            "1,9.505,47.1\n2,9.53,47.1\n",
            Refused("Column", "longitude"),
        ),
        case("one word", "hello", Refused("Column", "longitude")),
        case("CRLF", "id,lon,lat\r\n1,9.505,47.1\r\n", one),
        case("CR alone", "id,lon,lat\r1,9.505,47.1\r", one),
        case("no line end at the end", "id,lon,lat\n1,9.505,47.1", one),
        case("semicolons", "id;lon;lat\n1;9,505;47,1\n", one),
        case("tabs", "id\tlon\tlat\n1\t9.505\t47.1\n", one),
        case(
            "semicolons, and commas in the names",
            "id;name;lon;lat\n1;\"a, b, c, d\";9.505;47.1\n",
            one,
        ),
        case("blank lines", "\n\nid,lon,lat\n\n1,9.505,47.1\n\n\n", one),
        case(
            "line ends in quotes (zabbix-module-sqlexplorer#18)",
            "id,name,lon,lat\n1,\"a\nb\n\nc\",9.505,47.1\n2,d,9.53,47.1\n",
            Read("covered beyond", ""),
        ),
        case(
            "a quote that never closes",
            "id,name,lon,lat\n1,\"a,9.505,47.1\n2,b,9.53,47.1\n",
            Refused("Malformed", "line 2"),
        ),
        case(
            "a quote in the middle of a cell",
            "id,name,lon,lat\n1,6\" pipe,9.505,47.1\n",
            one,
        ),
        case(
            "quotes doubled",
            "id,name,lon,lat\n\"1\",\"say \"\"hi\"\"\",\"9.505\",\"47.1\"\n",
            one,
        ),
        case(
            "rows too short",
            "id,lon,lat\n1\n2,9.505\n3,9.505,47.1\n",
            Read(
                "invalid invalid covered",
                "invalid_resident 2, ragged_row 2",
            ),
        ),
        case(
            "rows too long",
            "id,lon,lat\n1,9.505,47.1,a,b,c\n",
            Read("covered", "ragged_row 1"),
        ),
        case(
            "5,000 columns",
            format!("{wide}id,lon,lat\n{wide_row}1,9.505,47.1\n"),
            one,
        ),
        case(
            "a name of 100,000 letters",
            format!("id,lon,lat\n{},9.505,47.1\n", "x".repeat(100_000)),
            one,
        ),
        case(
            "50,000 quotes",
            "\"".repeat(50_000),
            Refused("Column", "longitude"),
        ),
        case(
            "separators alone",
            ",,,,\n,,,,\n",
            Refused("Empty", "header row"),
        ),
        case(
            "JSON under the name of a table",
            "{\"type\":\"FeatureCollection\",\"features\":[]}",
            Refused("Column", "longitude"),
        ),
        case(
            "a web page under the name of a table",
            "<!DOCTYPE html>\n<html><body>404</body></html>\n",
            Refused("Column", "longitude"),
        ),
    ]
}

/// What stands above the records, between and below them.
fn headers() -> Vec<Case> {
    let one = Read("covered", "");
    let titles = "t\n".repeat(40);
    vec![
        case(
            "a title, a unit and a date above",
            "迎泽区居民点\n单位：人,,\n,2024-12-31,\nid,lon,lat\n1,9.505,47.1\n",
            Read("covered", "header_rows 3"),
        ),
        case(
            "40 lines above",
            format!("{titles}id,lon,lat\n1,9.505,47.1\n"),
            Refused("Column", "longitude"),
        ),
        case(
            "a header in two rows",
            "编号,坐标,\n,经度,纬度\n1,9.505,47.1\n",
            Read("covered", "header_rows 1"),
        ),
        case(
            "a header repeated",
            "id,lon,lat\n1,9.505,47.1\nid,lon,lat\n2,9.53,47.1\n",
            Read("covered beyond", "total_row 1"),
        ),
        case(
            "totals",
            "编号,经度,纬度,人口\n1,9.505,47.1,2\n小计,,,2\n合计：,,,2\n",
            Read("covered", "total_row 2"),
        ),
        case(
            "totals in full-width letters and spaces",
            "编号,经度,纬度,人口\n1,9.505,47.1,2\n合　计,,,2\nＴＯＴＡＬ,,,2\n",
            Read("covered", "total_row 2"),
        ),
        case(
            "a place called Total",
            "id,lon,lat\nTotal,9.505,47.1\n",
            one,
        ),
        case(
            "no longitude",
            "id,lat\n1,47.1\n",
            Refused("Column", "longitude"),
        ),
        case(
            "no latitude",
            "id,lon\n1,9.5\n",
            Refused("Column", "latitude"),
        ),
        case(
            "names in capitals with spaces",
            " ID , LON , LAT \n1,9.505,47.1\n",
            one,
        ),
        case(
            "names in full-width letters",
            "ＩＤ,ｌｏｎ,ｌａｔ\n1,9.505,47.1\n",
            one,
        ),
        case(
            "one name over two columns",
            "id,lon,lon,lat\n1,9.505,9.53,47.1\n",
            Read("covered", "several_coordinates 1"),
        ),
        case(
            "eastings of the name x and y in degrees",
            "id,x,y\n1,9.505,47.1\n",
            one,
        ),
        case(
            "both coordinates in one cell",
            "id,location\n1,\"9.505,47.1\"\n",
            one,
        ),
        case(
            "both coordinates, the latitude first",
            "id,location\n1,\"47.1,9.505\"\n",
            Read("covered", "northing_first 1"),
        ),
        case(
            "northing first in degrees, which is a guess",
            "id,X坐标,Y坐标\n1,47.1,9.505\n",
            Refused("Swapped", "swapped"),
        ),
        case(
            "swapped (arches#11378)",
            "id,lon,lat\n1,47.1,9.505\n",
            Refused("Swapped", "swapped"),
        ),
        case(
            "metres where degrees belong",
            "id,lon,lat\n1,538212.3,4191022.9\n",
            Read("invalid", "invalid_resident 1"),
        ),
    ]
}

/// Numbers as they should not be, and as people write them.
fn numbers() -> Vec<Case> {
    let lon = |text: &str| format!("id;lon;lat\n1;{text};47.1\n");
    let people = |text: &str| format!("id;lon;lat;population\n1;9.505;47.1;{text}\n");
    let ok = Read("covered", "");
    let bad = Read("invalid", "invalid_resident 1");
    [
        ("NaN (geodatafusion#99)", lon("NaN"), bad),
        ("infinity", lon("inf"), bad),
        ("-infinity", lon("-Infinity"), bad),
        ("1e999", lon("1e999"), bad),
        ("9505e-3", lon("9505e-3"), ok),
        ("hexadecimal", lon("0x9"), bad),
        ("a plus", lon("+9.505"), ok),
        ("a comma for the point", lon("9,505"), ok),
        ("two points", lon("9.5.05"), bad),
        ("full-width digits", lon("９．５０５"), ok),
        ("spaces around", lon("  9.505\u{3000}"), ok),
        ("degrees and minutes", lon("9°30'18\"E"), ok),
        ("degrees and 75 minutes", lon("9°75'18\"E"), bad),
        ("degrees of words", lon("东经9度30分18秒"), ok),
        ("N/A", lon("N/A"), bad),
        ("a dash", lon("-"), bad),
        ("an error of a spreadsheet", lon("#REF!"), bad),
        ("181 degrees", lon("181"), bad),
        (
            "5,000 digits",
            lon(&format!("9.505{}", "0".repeat(5000))),
            ok,
        ),
        (
            "a number too small to be held",
            lon("1e-400"),
            Read("off_network", "elsewhere 1"),
        ),
        ("people below zero", people("-1"), bad),
        ("people of -0", people("-0"), ok),
        ("people of NaN", people("NaN"), bad),
        ("people of infinity", people("inf"), bad),
        ("people of 10^30", people("1e30"), bad),
        ("a thousandth of a person", people("0.001"), ok),
        ("less than a thousandth of a person", people("0.0001"), ok),
        ("people with a word", people("约300"), bad),
        ("people with a unit", people("300人"), ok),
        ("people in ten thousands", people("1.2万"), ok),
        ("people with thousands parted", people("1 200"), ok),
        ("people as a date", people("2024-01-02"), bad),
        ("people in text", people("three"), bad),
        ("two numbers of people", people("3/4"), bad),
        (
            "no number of people",
            people(""),
            Read("covered", "blank_population 1"),
        ),
    ]
    .into_iter()
    .map(|(name, bytes, expected)| {
        Case::new(format!("table number: {name}"), RESIDENTS, bytes, expected)
    })
    .collect()
}

/// Cells that mean harm, or nothing.
fn cells() -> Vec<Case> {
    let id = |text: &str| format!("id,lon,lat\n{text},9.505,47.1\n");
    let ok = Read("covered", "");
    vec![
        case(
            "a formula (tableExport#230, LoggerPlusPlus#39)",
            id("=cmd|' /C calc'!A0"),
            ok,
        ),
        case("a formula behind a tab", id("\"\t=1+1\""), ok),
        case(
            "a script for an id (mlflow#21949)",
            id("<script>alert(1)</script>"),
            ok,
        ),
        case(
            "a path for an id (tower-http#204)",
            id("../../../etc/passwd"),
            ok,
        ),
        case("a code of 18 digits", id("140106000000000001"), ok),
        case(
            "ids that differ beyond a number's last digit",
            "id,lon,lat\n9007199254740992,9.505,47.1\n9007199254740993,9.505,47.1\n",
            Read("covered covered", ""),
        ),
        case(
            "no ids",
            "id,lon,lat\n,9.505,47.1\n,9.53,47.1\n",
            Read("covered beyond", "missing_id 2"),
        ),
        case(
            "an id twice",
            "id,lon,lat\n1,9.505,47.1\n1,9.505,47.1\n",
            Read("covered covered", "repeated_resident 1"),
        ),
        case(
            "an address and no place",
            "id,address,lon,lat\n1,Städtle 1,,\n2,,,\n3,,9.505,47.1\n",
            Read("invalid invalid covered", "invalid_resident 1, unlocated 1"),
        ),
        case(
            "0, 0 for what is not known",
            "id,lon,lat\n1,0,0\n2,9.505,47.1\n",
            Read("off_network covered", ""),
        ),
        case(
            "a row of nothing but spaces",
            "id,lon,lat\n ,  , \n1,9.505,47.1\n",
            Read("covered", ""),
        ),
        case(
            "the end of a file of DOS",
            "id,lon,lat\n1,9.505,47.1\n\u{1a}",
            ok,
        ),
    ]
}
