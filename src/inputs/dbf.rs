//! The attribute table of a Shapefile: dBASE III's fixed-width rows of text.
//!
//! Read here and not by the dbase crate, which makes floating-point numbers of all digits (a code of 18 digits comes out as
//! another one), gives up a whole record for one cell of asterisks, and knows no way to look at the bytes before their
//! encoding is known.

use super::features::Value;
use super::text::{TextEncoding, UTF_8_NAME, decode};
use super::watched::Watched;
use super::{InputError, Known, KnownBy, Source};
use crate::text::language::{Words, words};

/// A table's header ends with this byte, or with the length that it claims.
const HEADER_END: u8 = 0x0D;
const FIELD_BYTES: usize = 32;
/// The mark of a record that was deleted and not yet removed.
const DELETED: u8 = b'*';

/// The rows of a table.
pub(super) struct Table {
    pub(super) names: Vec<String>,
    /// One per record; `None` where it was deleted.
    pub(super) rows: Vec<Option<Vec<Value>>>,
    /// The encoding, and how it was known.
    pub(super) encoding: Known<String>,
}

/// A column as the header describes it.
struct Field {
    name: Vec<u8>,
    kind: u8,
    start: usize,
    length: usize,
}

/// Reads a table whose text is in `given`, or in what its header says, or in what it plainly is.
///
/// # Errors
/// [`InputError::Malformed`] naming the record and field.
pub(super) fn read(
    source: Watched<'_>,
    given: Option<Known<TextEncoding>>,
) -> Result<Table, InputError> {
    let layout = Layout::new(source.source())?;
    // A single name tells no encoding: all text is looked at together.
    let all = layout.all_text();
    let (label, by) = layout.encoding(source, &all, given)?;
    let encoding = label.parse::<TextEncoding>().ok();
    let cell = |bytes: &[u8], place: &dyn Fn() -> Words| {
        let decoded = decode(bytes, encoding).map(|decoded| decoded.text.into_owned());
        decoded.map_err(|_| {
            let reason = words!(
                "the text breaks off inside a character",
                "文本在一个字符中间截断"
            );
            source.malformed(place(), reason)
        })
    };
    let names: Vec<String> = layout
        .fields
        .iter()
        .map(|field| name_of(&field.name, encoding))
        .collect();
    let mut rows: Vec<Option<Vec<Value>>> = Vec::with_capacity(layout.count);
    for number in 1..=layout.count {
        source.check()?;
        let row = layout.row(number - 1);
        if row[0] == DELETED {
            rows.push(None);
            continue;
        }
        let mut values = Vec::with_capacity(layout.fields.len());
        for (field, name) in layout.fields.iter().zip(&names) {
            let bytes = &row[field.start..field.start + field.length];
            let place = || words!("record {number}, {name}", "第 {number} 条记录，字段 {name}");
            values.push(match field.kind {
                b'C' => Value::text(cell(bytes.trim_ascii(), &place)?.trim_end_matches('\0')),
                b'N' | b'F' | b'D' => number_of(bytes),
                kind => binary(kind, bytes),
            });
        }
        rows.push(Some(values));
    }
    Ok(Table {
        names,
        rows,
        encoding: Known::new(label.to_owned(), by),
    })
}

/// Digits as they are written, without decimals that are all zero; asterisks, which a writer puts where they did not fit, stay
/// and are no number.
fn number_of(bytes: &[u8]) -> Value {
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_matches(|letter: char| letter.is_whitespace() || letter == '\0');
    match text.split_once('.') {
        Some((whole, zeros)) if zeros.bytes().all(|digit| digit == b'0') => Value::text(whole),
        _ => Value::text(text),
    }
}

/// A field of a later dBASE or of `FoxPro`: numbers in binary, and what lies in another file, which is not read. A field of a
/// kind that is not known is what it is and not empty, so that nobody takes it for a blank.
fn binary(kind: u8, bytes: &[u8]) -> Value {
    let long = || bytes.try_into().map(i32::from_le_bytes).ok();
    let number = match (kind, <[u8; 8]>::try_from(bytes)) {
        (b'I' | b'+', _) => long().map(|number| number.to_string()),
        (b'B' | b'O', Ok(bytes)) => Some(f64::from_le_bytes(bytes).to_string()),
        // Ten-thousandths.
        (b'Y', Ok(bytes)) => Some((i64::from_le_bytes(bytes) as f64 / 10_000.0).to_string()),
        _ => None,
    };
    let is_blank = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, 0 | b'?');
    match number {
        Some(number) => Value::text(&number),
        None if bytes.iter().all(is_blank) => Value::Empty,
        None if kind == b'L' => Value::text(&String::from_utf8_lossy(bytes)),
        None => Value::Other(format!("({} field)", char::from(kind))),
    }
}

/// A field's name. It has ten bytes, so that one of many may end inside a character, which is left away.
fn name_of(bytes: &[u8], encoding: Option<TextEncoding>) -> String {
    let shorter = (bytes.len().saturating_sub(3)..=bytes.len()).rev();
    shorter
        .filter_map(|length| decode(&bytes[..length], encoding).ok())
        .map(|decoded| decoded.text.into_owned())
        .next()
        .unwrap_or_else(|| String::from_utf8_lossy(bytes).into_owned())
}

/// Whether text that was read as Windows' western code page may be that: its further letters are letters and stand among
/// others, and not in a row as the bytes of another encoding do.
fn is_western(text: &str) -> bool {
    const MOST_IN_A_ROW: usize = 2;
    let mut row = 0;
    text.chars().all(|letter| {
        row = if letter.is_ascii() { 0 } else { row + 1 };
        row <= MOST_IN_A_ROW && (letter.is_ascii() || letter.is_alphabetic())
    })
}

/// Whether every record begins with its mark and the file ends behind the last: a byte too many or too few moves all that
/// follows, and numbers would be cut in the middle.
fn check_records(
    source: &Source,
    records: &[u8],
    row_bytes: usize,
    count: usize,
) -> Result<(), InputError> {
    let marks = records.iter().step_by(row_bytes).take(count);
    let stray = marks
        .zip(1..)
        .find(|(mark, _)| !matches!(**mark, b' ' | DELETED));
    if let Some((mark, number)) = stray {
        let mark = *mark;
        let reason = words!(
            "it begins with the byte {mark:#04x} instead of a space or *: bytes before it are missing or too many; save the table again",
            "应以空格或 * 开头，实际为字节 {mark:#04x}：此前的内容缺少或多出字节；请重新保存该表"
        );
        return Err(source.malformed(words!("record {number}", "第 {number} 条记录"), reason));
    }
    let rest = &records[count * row_bytes..];
    // The mark of the end, and what fills the file up to a full block.
    let is_end = |byte: &u8| matches!(byte, 0x1A | 0 | b'\r' | b'\n');
    if !rest.iter().all(is_end) {
        let rest = rest.len();
        let reason = words!(
            "{rest} bytes stand behind the last of {count} records: bytes are missing or too many; save the table again",
            "第 {count} 条（最后一条）记录之后还有 {rest} 字节：内容缺少或多出字节；请重新保存该表"
        );
        return Err(source.malformed(words!("the end", "文件末尾"), reason));
    }
    Ok(())
}

/// The fields that a header describes, and where the last of them ends in a record.
fn fields_of(header: &[u8], row_bytes: usize) -> (Vec<Field>, usize) {
    let mut fields = Vec::new();
    // Clipper and FoxPro write long texts with the rest of their length in the place of the decimals.
    let mut longer = Vec::new();
    let mut end = 1;
    for field in header.chunks_exact(FIELD_BYTES) {
        if field[0] == HEADER_END {
            break;
        }
        let name = field[..11]
            .split(|byte| *byte == 0)
            .next()
            .unwrap_or_default();
        let kind = field[11].to_ascii_uppercase();
        let length = usize::from(field[16]);
        longer.push(if kind == b'C' {
            usize::from(field[17]) << 8
        } else {
            0
        });
        fields.push(Field {
            name: name.trim_ascii().to_vec(),
            kind,
            start: end,
            length,
        });
        end += length;
    }
    if end + longer.iter().sum::<usize>() == row_bytes {
        end = 1;
        for (field, more) in fields.iter_mut().zip(longer) {
            field.start = end;
            field.length += more;
            end += field.length;
        }
    }
    (fields, end)
}

/// What the header's byte says for sure about the encoding, and what it says where nothing else is known.
fn code_pages(byte: u8) -> (Option<TextEncoding>, Option<TextEncoding>) {
    match byte {
        0x4D => ("gb18030".parse().ok(), None),
        0x4F => ("big5".parse().ok(), None),
        // "ANSI" is whatever the writing machine used: the text itself is asked first.
        0x03 | 0x57 => (None, "windows-1252".parse().ok()),
        _ => (None, None),
    }
}

/// A table's bytes and how they are laid out.
struct Layout<'a> {
    bytes: &'a [u8],
    start: usize,
    row_bytes: usize,
    count: usize,
    fields: Vec<Field>,
    /// What the header says for sure about the encoding.
    code_page: Option<TextEncoding>,
    /// What it says where nothing else is known.
    fallback: Option<TextEncoding>,
}

impl<'a> Layout<'a> {
    fn new(source: &'a Source) -> Result<Self, InputError> {
        let bytes = source.bytes();
        let broken = |reason: Words| source.malformed(words!("the header", "文件头"), reason);
        let breaks_off = || words!("the file breaks off", "文件不完整");
        let u16_at = |at: usize| usize::from(u16::from_le_bytes([bytes[at], bytes[at + 1]]));
        if bytes.len() < FIELD_BYTES {
            return Err(broken(breaks_off()));
        }
        let count = u32::from_le_bytes([bytes[4], bytes[5], bytes[6], bytes[7]]) as usize;
        let (start, row_bytes) = (u16_at(8), u16_at(10));
        let header = bytes
            .get(FIELD_BYTES..start)
            .ok_or_else(|| broken(breaks_off()))?;
        let (fields, end) = fields_of(header, row_bytes);
        if row_bytes == 0 || end > row_bytes {
            return Err(broken(words!(
                "the fields are wider than their records",
                "各字段总宽超过记录宽度"
            )));
        }
        let used = FIELD_BYTES * (1 + fields.len());
        if end != row_bytes || bytes.get(used) != Some(&HEADER_END) && used != start {
            return Err(broken(words!(
                "its fields do not fit: their widths add up to {end} bytes of {row_bytes}, and they end at byte {used} of {start}",
                "字段与文件头不符：字段总宽 {end} 字节，记录宽 {row_bytes} 字节；字段描述止于第 {used} 字节，文件头长 {start} 字节"
            )));
        }
        let there = (bytes.len() - start) / row_bytes;
        if count > there {
            return Err(broken(words!(
                "the header counts {count} records, and the file holds {there}",
                "文件头记有 {count} 条记录，实际只有 {there} 条"
            )));
        }
        check_records(source, &bytes[start..], row_bytes, count)?;
        let (code_page, fallback) = code_pages(bytes[29]);
        Ok(Self {
            bytes,
            start,
            row_bytes,
            count,
            fields,
            code_page,
            fallback,
        })
    }

    /// The encoding of all its text, by name, and how it is known.
    fn encoding(
        &self,
        source: Watched<'_>,
        all: &[u8],
        given: Option<Known<TextEncoding>>,
    ) -> Result<(&'static str, KnownBy), InputError> {
        // Text of other encodings is hardly ever UTF-8 by chance: the header's byte was left from another file.
        let is_utf_8 = !all.is_ascii() && std::str::from_utf8(all).is_ok();
        let of_header = self.code_page.filter(|_| !is_utf_8);
        let of_header = of_header.map(|page| Known::new(page, KnownBy::File));
        // What is meant for all files that do not say or show theirs stands behind what this one does.
        let said = match given {
            Some(given) if given.by == KnownBy::General => {
                let is_shown = is_utf_8 && given.value.name() != UTF_8_NAME;
                of_header.or((!is_shown).then_some(given))
            }
            given => given.or(of_header),
        };
        let by = said.as_ref().map_or(KnownBy::Content, |said| said.by);
        let encoding = said.map(|said| said.value);
        let decoded = decode(all, encoding).or_else(|error| match self.fallback {
            Some(fallback) if encoding.is_none() => decode(all, Some(fallback))
                .ok()
                .filter(|decoded| is_western(&decoded.text))
                .ok_or(error),
            _ => Err(error),
        });
        let decoded = decoded.map_err(|_| {
            let said = encoding.map_or(UTF_8_NAME, TextEncoding::name);
            let seems = decode(all, None).ok();
            let seems = seems.map(|seems| seems.encoding.unwrap_or(UTF_8_NAME));
            let reason = source.wrong_encoding(&Known::new(said, by), seems);
            source.malformed(words!("the attributes", "属性表"), reason)
        })?;
        Ok((decoded.encoding.unwrap_or(UTF_8_NAME), by))
    }

    fn row(&self, index: usize) -> &'a [u8] {
        let start = self.start + index * self.row_bytes;
        &self.bytes[start..start + self.row_bytes]
    }

    /// All text of all records, a line each.
    fn all_text(&self) -> Vec<u8> {
        let mut all = Vec::new();
        for index in 0..self.count {
            let row = self.row(index);
            for field in self.fields.iter().filter(|field| field.kind == b'C') {
                all.extend(row[field.start..field.start + field.length].trim_ascii());
                all.push(b'\n');
            }
        }
        let names = self.fields.iter().filter(|field| field.name.len() < 10);
        for field in names {
            all.extend(&field.name);
            all.push(b'\n');
        }
        all
    }
}
