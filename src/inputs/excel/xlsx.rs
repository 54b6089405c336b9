//! Packages (`.xlsx`), before calamine reads them: no bombs, no cells that no sheet has, no kinds of sheets that it does not know.

use std::borrow::Cow;
use std::io::{self, Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::wrong::{beyond, broken, the_workbook};
use crate::inputs::watched::Watched;
use crate::inputs::{InputError, Source};
use crate::text::language::words;

/// An honest workbook unpacks to ten to twenty times its size.
const MOST_UNPACKED: u64 = 100;
/// What a small workbook may unpack to whatever its size.
const SMALL_BYTES: u64 = 8 << 20;
/// A workbook is packed; one that unpacks to far more than any honest one is a bomb, whatever it claims about its size.
pub(super) fn check_size(source: Watched<'_>) -> Result<(), InputError> {
    let package = source.over(Cursor::new(source.bytes()));
    let mut archive = ZipArchive::new(package).map_err(|error| broken(&source, &error))?;
    let most = SMALL_BYTES + MOST_UNPACKED * source.bytes().len() as u64;
    let too_much = || {
        let reason = words!(
            "it unpacks to more than {most} bytes; save the one sheet that is needed as CSV",
            "解压后超过 {most} 字节；请将需要的工作表另存为 CSV"
        );
        source.malformed(the_workbook(), reason)
    };
    // What it claims costs nothing to look at; a liar is found out while it is unpacked.
    if archive
        .decompressed_size()
        .is_some_and(|size| size > u128::from(most))
    {
        return Err(too_much());
    }
    let mut unpacked = 0;
    for index in 0..archive.len() {
        let entry = archive
            .by_index(index)
            .map_err(|error| broken(&source, &error))?;
        let rest = most - unpacked;
        let mut references = References::default();
        // An entry that cannot be unpacked is an error when it is read, if it is.
        unpacked += io::copy(&mut entry.take(rest + 1), &mut references).unwrap_or_default();
        if references.beyond {
            return Err(source.malformed(the_workbook(), beyond()));
        }
        if unpacked > most {
            return Err(too_much());
        }
    }
    Ok(())
}

/// Where a package says which file is which sheet.
const SHEET_KINDS: &str = "xl/_rels/workbook.xml.rels";
/// The workbook of a binary package (`.xlsb`).
const BINARY_BOOK: &str = "xl/workbook.bin";
/// Sheets of macros as Excel 4 had them: calamine refuses the whole workbook over one. They become what it passes over.
const MACRO_SHEETS: [&str; 2] = [
    "relationships/xlMacrosheet",
    "relationships/xlIntlMacrosheet",
];
const NO_TABLE: &str = "relationships/dialogsheet";

/// The package with no sheet that is of a kind unknown to calamine.
pub(super) fn readable_package(source: &Source) -> Result<Cow<'_, [u8]>, InputError> {
    let whole = source.bytes();
    let broken = |error: &dyn std::fmt::Display| broken(source, error);
    let mut archive = ZipArchive::new(Cursor::new(whole)).map_err(|error| broken(&error))?;
    if archive.index_for_name(BINARY_BOOK).is_some() {
        let reason = words!(
            "it is a binary workbook (.xlsb); save it as .xlsx",
            "这是二进制工作簿（.xlsb）；请另存为 .xlsx"
        );
        return Err(source.malformed(the_workbook(), reason));
    }
    let mut kinds = String::new();
    if let Ok(mut entry) = archive.by_name(SHEET_KINDS) {
        // What is no text is found broken when the sheets are read.
        let _ = entry.read_to_string(&mut kinds);
    }
    if !MACRO_SHEETS.iter().any(|kind| kinds.contains(kind)) {
        return Ok(Cow::Borrowed(whole));
    }
    for kind in MACRO_SHEETS {
        kinds = kinds.replace(kind, NO_TABLE);
    }
    let mut copied = || -> zip::result::ZipResult<Vec<u8>> {
        let mut copy = ZipWriter::new(Cursor::new(Vec::with_capacity(whole.len())));
        for index in 0..archive.len() {
            let entry = archive.by_index_raw(index)?;
            if entry.name_raw() != SHEET_KINDS.as_bytes() {
                copy.raw_copy_file(entry)?;
            }
        }
        let stored =
            SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        copy.start_file(SHEET_KINDS, stored)?;
        copy.write_all(kinds.as_bytes())?;
        Ok(copy.finish()?.into_inner())
    };
    copied().map(Cow::Owned).map_err(|error| broken(&error))
}

/// Looks in XML for references to cells that no sheet has. calamine reckons with them in 32 bits, unchecked.
#[derive(Default)]
struct References {
    in_tag: bool,
    /// The first letters of the attribute's name.
    name: Vec<u8>,
    quote: Option<u8>,
    /// Letters and digits of the reference so far.
    letters: usize,
    digits: usize,
    beyond: bool,
}

impl References {
    /// As many as `XFD1048576` has.
    const MOST_LETTERS: usize = 3;
    const MOST_DIGITS: usize = 7;

    fn look(&mut self, byte: u8) {
        match (self.in_tag, self.quote) {
            (false, _) => self.in_tag = byte == b'<',
            (true, Some(quote)) if byte == quote => {
                self.quote = None;
                self.name.clear();
            }
            (true, Some(_)) if !byte.is_ascii_alphanumeric() => {
                (self.letters, self.digits) = (0, 0);
            }
            (true, Some(_)) => {
                self.letters += usize::from(byte.is_ascii_alphabetic());
                self.digits += usize::from(byte.is_ascii_digit());
                let is_reference = matches!(self.name.as_slice(), b"r" | b"ref");
                let is_long = self.letters > Self::MOST_LETTERS || self.digits > Self::MOST_DIGITS;
                self.beyond |= is_reference && is_long;
            }
            (true, None) => match byte {
                b'>' => self.in_tag = false,
                b'"' | b'\'' => {
                    self.quote = Some(byte);
                    (self.letters, self.digits) = (0, 0);
                }
                b'=' => {}
                byte if byte.is_ascii_whitespace() => self.name.clear(),
                byte if self.name.len() < 4 => self.name.push(byte),
                _ => {}
            },
        }
    }
}

impl io::Write for References {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for byte in bytes {
            self.look(*byte);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
