//! Spreadsheets of residents.

use std::io::{Cursor, Write};

use super::Expected::{self, Read, Refused};
use super::{Case, Role};
use crate::support::files::{BOOK, RELATIONS, TYPES, book, book_of, xlsx, zip};

const XLSX: (Role, &str) = (Role::Residents, "xlsx");
const XLS: (Role, &str) = (Role::Residents, "xls");
const MALFORMED: &str = "Malformed";

const ROWS: &[&[&str]] = &[
    &["id", "lon", "lat", "population"],
    &["a", "9.505", "47.1", "2"],
    &["b", "9.53", "47.1", "3"],
];

fn text(at: &str, text: &str) -> String {
    format!(r#"<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

fn number(at: &str, number: &str) -> String {
    format!(r#"<c r="{at}"><v>{number}</v></c>"#)
}

fn header() -> String {
    format!(
        r#"<row r="1">{}{}{}</row>"#,
        text("A1", "id"),
        text("B1", "lon"),
        text("C1", "lat")
    )
}

fn resident() -> String {
    format!(
        r#"<row r="2">{}{}{}</row>"#,
        text("A2", "a"),
        number("B2", "9.505"),
        number("C2", "47.1")
    )
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = new();
    cases.extend(old());
    cases
}

fn new() -> Vec<Case> {
    let case = |name: &str, bytes: Vec<u8>, expected: Expected| {
        Case::new(format!("xlsx: {name}"), XLSX, bytes, expected)
    };
    let whole = xlsx(ROWS);
    let one = Read("covered", "");
    let sheet = |more: &str| book(&format!("{}{}{more}", header(), resident()));
    let zeros = vec![b' '; 40 << 20];
    let entities = r#"<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>"#;
    vec![
        case("the workbook", whole.clone(), Read("covered beyond", "")),
        case("nothing", Vec::new(), Refused("Empty", "is empty")),
        case("PK", b"PK".to_vec(), Refused(MALFORMED, "the workbook")),
        case(
            "a cut workbook",
            whole[..whole.len() / 2].to_vec(),
            Refused(MALFORMED, "the workbook"),
        ),
        case(
            "a workbook without its last byte",
            whole[..whole.len() - 1].to_vec(),
            Refused(MALFORMED, "the workbook"),
        ),
        case(
            "a web page",
            b"<html><table><tr><td>id</td></tr></table></html>".to_vec(),
            Refused(MALFORMED, "save it as .xlsx"),
        ),
        case(
            "a table under the name of a workbook",
            b"id,lon,lat\n1,9.505,47.1\n".to_vec(),
            Refused(MALFORMED, "save it as .xlsx"),
        ),
        case(
            "a zip of nothing",
            zip(&[]),
            Refused(MALFORMED, "the workbook"),
        ),
        case(
            "a zip of something else",
            zip(&[("readme.txt", b"hello")]),
            Refused(MALFORMED, "the workbook"),
        ),
        case(
            "a zip with a path that climbs",
            zip(&[("../../etc/passwd", b"x")]),
            Refused(MALFORMED, "the workbook"),
        ),
        case(
            "40 MB of spaces in 40 KB",
            zip(&[("xl/workbook.xml", &zeros)]),
            Refused(MALFORMED, "unpacks to more than"),
        ),
        case(
            "no sheet behind its name",
            zip(&[
                ("[Content_Types].xml", TYPES.as_bytes()),
                ("xl/workbook.xml", BOOK.as_bytes()),
                ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
            ]),
            Refused(MALFORMED, ""),
        ),
        case(
            "a sheet of no rows",
            book(""),
            Refused("Empty", "header row"),
        ),
        case(
            "a sheet of a header",
            book(&header()),
            Refused("NothingFound", "resident"),
        ),
        case("a sheet of text cells", sheet(""), one),
        case(
            "a sheet that breaks off",
            book_of("<worksheet><sheetData><row r=\"1\"><c r=\"A1\""),
            Refused(MALFORMED, "tag not closed"),
        ),
        case(
            "tags that cross",
            book_of("<worksheet><sheetData></worksheet></sheetData>"),
            Refused("Empty", "header row"),
        ),
        case(
            "a cell in the last corner",
            sheet(&format!(
                r#"<row r="1048576">{}</row>"#,
                text("XFD1048576", "x")
            )),
            Read("covered invalid", "invalid_resident 1, missing_id 1"),
        ),
        case(
            "a cell beyond the last corner",
            sheet(&format!(
                r#"<row r="99999999999">{}</row>"#,
                text("ZZZZZZZ99999999999", "x")
            )),
            Refused(MALFORMED, "beyond a sheet's last row or column"),
        ),
        case(
            "a cell in column ZZZZZZ",
            sheet(&format!(r#"<row r="3">{}</row>"#, text("ZZZZZZ3", "x"))),
            Refused(MALFORMED, "beyond a sheet's last row or column"),
        ),
        case(
            "rows that are counted on from 2^32 - 1",
            sheet(&format!(
                r#"<row r="4294967295">{}</row><row></row><row></row>"#,
                text("A4294967295", "x")
            )),
            Refused(MALFORMED, "beyond a sheet's last row or column"),
        ),
        case(
            "a dimension of 2^40 cells",
            book_of(&format!(
                r#"<worksheet><dimension ref="A1:ZZZZZZZ99999999999"/><sheetData>{}{}</sheetData></worksheet>"#,
                header(),
                resident()
            )),
            Refused(MALFORMED, "beyond a sheet's last row or column"),
        ),
        case(
            "a cell of no place",
            sheet("<row><c><v>1</v></c></row>"),
            Read("covered invalid", "invalid_resident 1"),
        ),
        case(
            "a cell of a nonsense place",
            sheet(r#"<row r="3"><c r="!!"><v>1</v></c></row>"#),
            Refused(MALFORMED, ""),
        ),
        case(
            "rows in falling order",
            book(&format!("{}{}", resident(), header())),
            Refused("NothingFound", "resident"),
        ),
        case(
            "a shared text that is not there",
            sheet(r#"<row r="3"><c r="A3" t="s"><v>999</v></c></row>"#),
            Refused(MALFORMED, "shared strings"),
        ),
        case(
            "a number that is none",
            sheet(&format!(
                r#"<row r="3">{}{}{}</row>"#,
                text("A3", "b"),
                number("B3", "abc"),
                number("C3", "47.1")
            )),
            Read("covered invalid", "invalid_resident 1"),
        ),
        case(
            "an error for a number",
            sheet(&format!(
                r#"<row r="3">{}<c r="B3" t="e"><v>#DIV/0!</v></c>{}</row>"#,
                text("A3", "b"),
                number("C3", "47.1")
            )),
            Read("covered invalid", "invalid_resident 1"),
        ),
        case(
            "a formula and its value",
            sheet(&format!(
                r#"<row r="3">{}<c r="B3"><f>9+0.505</f><v>9.505</v></c>{}</row>"#,
                text("A3", "b"),
                number("C3", "47.1")
            )),
            Read("covered covered", ""),
        ),
        case(
            "a truth for a number",
            sheet(&format!(
                r#"<row r="3">{}<c r="B3" t="b"><v>1</v></c>{}</row>"#,
                text("A3", "b"),
                number("C3", "47.1")
            )),
            Read("covered invalid", "invalid_resident 1"),
        ),
        case(
            "NaN",
            sheet(&format!(
                r#"<row r="3">{}{}{}</row>"#,
                text("A3", "b"),
                number("B3", "NaN"),
                number("C3", "47.1")
            )),
            Read("covered invalid", "invalid_resident 1"),
        ),
        case(
            "entities that grow",
            book_of(&format!(
                "<?xml version=\"1.0\"?>{entities}<worksheet><sheetData>{}{}</sheetData></worksheet>",
                header().replace(">id<", ">&c;<"),
                resident()
            )),
            Refused(MALFORMED, "unrecognized entity"),
        ),
        case(
            "totals and a long code",
            xlsx(&[
                &["编号", "经度", "纬度", "人口"],
                &["'140106000000000001", "9.505", "47.1", "2"],
                &["合计", "", "", "2"],
            ]),
            Read("covered", "total_row 1"),
        ),
    ]
}

fn old() -> Vec<Case> {
    let case = |name: &str, bytes: Vec<u8>, expected: Expected| {
        Case::new(format!("xls: {name}"), XLS, bytes, expected)
    };
    let compound = |streams: &[(&str, &[u8])]| {
        let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("a file");
        for (name, bytes) in streams {
            let mut stream = file.create_stream(name).expect("a stream");
            stream.write_all(bytes).expect("its bytes");
        }
        file.flush().expect("a file in memory");
        file.into_inner().into_inner()
    };
    let magic = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
    let whole = compound(&[("/Workbook", b"hello")]);
    // A start of a sheet, and dimensions of 2^32 rows and 2^16 columns.
    let mut dimensions = vec![0x09, 0x08, 16, 0, 0, 6, 0x10, 0];
    dimensions.extend([0; 12]);
    dimensions.extend([
        0x00, 0x02, 14, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0, 0, 0xff, 0xff, 0, 0,
    ]);
    vec![
        case(
            "the first bytes alone",
            magic.to_vec(),
            Refused(MALFORMED, "the workbook"),
        ),
        case(
            "the first bytes and zeros",
            [magic.as_slice(), &[0; 504]].concat(),
            Refused(MALFORMED, "the workbook"),
        ),
        case(
            "the first bytes and ones",
            [magic.as_slice(), &[0xff; 1000]].concat(),
            Refused(MALFORMED, "the workbook"),
        ),
        case(
            "a compound file of no workbook",
            compound(&[("/WordDocument", b"hello")]),
            Refused(MALFORMED, "the workbook"),
        ),
        case(
            "a workbook of text",
            whole.clone(),
            Refused(MALFORMED, "the workbook"),
        ),
        case(
            "a workbook cut short",
            whole[..whole.len() / 2].to_vec(),
            Refused(MALFORMED, "the workbook"),
        ),
        case(
            "a workbook of nothing",
            compound(&[("/Workbook", b"")]),
            Refused("Empty", "header row"),
        ),
        case(
            "dimensions of 2^32 rows",
            compound(&[("/Workbook", &dimensions)]),
            Refused(MALFORMED, ""),
        ),
        case(
            "records longer than the stream",
            compound(&[("/Workbook", &[0x09, 0x08, 0xff, 0xff, 1, 2, 3])]),
            Refused(MALFORMED, "the workbook"),
        ),
    ]
}
