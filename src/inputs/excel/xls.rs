//! Workbooks of the old format (`.xls`), before calamine reads them.

use std::io::{self, Cursor, Read, Write};

use calamine::{Reader as _, Xls};

use super::wrong::{broken, the_workbook};
use crate::inputs::biff::{check_spread, is_encrypted, tame};
use crate::inputs::biff_looks::looks_of;
use crate::inputs::looks::Looks;
use crate::inputs::{InputError, Source};
use crate::text::language::{Words, words};

/// Opens a workbook of the old format. calamine trusts the tables of a compound file and indexes by them, so that the one
/// stream that matters is taken out by a reader that checks them, and put alone into a sound file.
pub(super) fn open_old(source: &Source) -> Result<OldBook, InputError> {
    let sound = |stream: &[u8]| -> io::Result<Vec<u8>> {
        // As Excel writes it, in sectors of 512 bytes: calamine does not find a long stream among larger ones.
        let file = Cursor::new(Vec::new());
        let mut file = cfb::CompoundFile::create_with_version(cfb::Version::V3, file)?;
        file.create_stream(WORKBOOK)?.write_all(stream)?;
        file.flush()?;
        Ok(file.into_inner().into_inner())
    };
    let stream = workbook_stream(source)?;
    if is_encrypted(&stream) {
        return Err(source.malformed(the_workbook(), password()));
    }
    check_spread(source, &stream)?;
    let stream = tame(stream);
    let looks = looks_of(&stream);
    let bytes = sound(&stream).map_err(|error| broken(source, &error))?;
    // What is left may still be broken in a way that it trusts: a panic over it is an error like any other.
    let opened = std::panic::catch_unwind(|| Xls::new(Cursor::new(bytes)));
    let gave_up = |_| {
        let reason = words!(
            "its records cannot be read; save it as .xlsx or as CSV",
            "其中的记录无法读取；请另存为 .xlsx 或 CSV"
        );
        source.malformed(the_workbook(), reason)
    };
    let book = opened.map_err(gave_up)?;
    let book = book.map_err(|error| broken(source, &error))?;
    Ok(OldBook { book, looks })
}

/// A workbook of the old format, and how its sheets look.
pub(super) struct OldBook {
    pub(super) book: Xls<Cursor<Vec<u8>>>,
    /// In the order of the sheets.
    pub(super) looks: Vec<Looks>,
}

const WORKBOOK: &str = "/Workbook";
/// What it was called before Excel 97.
const BOOK: &str = "/Book";
/// What a package is put into that a password protects.
const ENCRYPTED: &str = "/EncryptedPackage";
/// How a compound file begins.
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

fn password() -> Words {
    Words::new(
        "a password protects it; open it in a spreadsheet program, remove the password and save it again",
        "该文件设有密码；请用表格软件打开，取消密码后重新保存",
    )
}

/// The stream of records of an old workbook.
fn workbook_stream(source: &Source) -> Result<Vec<u8>, InputError> {
    if let Some(reason) = disguise(source.bytes()) {
        return Err(source.malformed(the_workbook(), reason));
    }
    let file = cfb::CompoundFile::open(Cursor::new(source.bytes()));
    let mut file = file.map_err(|error| broken(source, &error))?;
    if file.is_stream(ENCRYPTED) {
        return Err(source.malformed(the_workbook(), password()));
    }
    let Some(name) = [WORKBOOK, BOOK]
        .into_iter()
        .find(|name| file.is_stream(name))
    else {
        let reason = words!(
            "there is no workbook in it; save it as .xlsx or as CSV",
            "文件中没有工作簿；请另存为 .xlsx 或 CSV"
        );
        return Err(source.malformed(the_workbook(), reason));
    };
    let most = source.bytes().len() as u64;
    let mut stream = Vec::new();
    let read = file
        .open_stream(name)
        .and_then(|records| records.take(most).read_to_end(&mut stream));
    read.map_err(|error| broken(source, &error))?;
    Ok(stream)
}

/// What a file is in truth that has a workbook's name and is none: exports of web pages and tables of text often have.
fn disguise(bytes: &[u8]) -> Option<Words> {
    if bytes.starts_with(COMPOUND) {
        return None;
    }
    let first = &bytes[..bytes.len().min(512)];
    let text = first.trim_ascii_start();
    let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
    if matches!(first, [0x09, 0x00 | 0x02 | 0x04, ..]) {
        Some(words!(
            "it is a workbook of Excel 4 or older; save it as .xlsx or as CSV",
            "这是 Excel 4 或更早版本的工作簿；请另存为 .xlsx 或 CSV"
        ))
    } else if text.starts_with(b"<") {
        Some(words!(
            "it is a web page or XML under the name of a workbook; open it in a spreadsheet program and save it as .xlsx or as CSV",
            "这是以工作簿命名的网页或 XML；请用表格软件打开，另存为 .xlsx 或 CSV"
        ))
    } else if first
        .iter()
        .all(|byte| *byte >= b' ' || byte.is_ascii_whitespace())
    {
        Some(words!(
            "it is text under the name of a workbook; name a table of text .csv, or save it as .xlsx",
            "这是以工作簿命名的文本；文本表格请以 .csv 命名，或另存为 .xlsx"
        ))
    } else {
        None
    }
}
