//! Text in the encodings that planners' files come in: UTF-8, UTF-16, and the GB18030 of Chinese Excel. What is neither is
//! refused: a name that was read wrongly looks like a name.

#[cfg(any(feature = "shapefile", test))]
use std::borrow::Cow;
use std::io::{self, Read};
use std::str::FromStr;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
#[cfg(any(feature = "shapefile", test))]
use encoding_rs::{DecoderResult, GB18030, UTF_8};
use encoding_rs::{Encoding, GBK, UTF_16BE, UTF_16LE};

use crate::text::words::sentences;

/// The name of the encoding that needs no word.
#[cfg(feature = "shapefile")]
pub(super) const UTF_8_NAME: &str = "UTF-8";

/// The encoding of a text file, by its name in the Encoding Standard: `utf-8`, `gb18030`, `gbk`, `big5`, `shift_jis`,
/// `windows-1252`, …
///
/// ```
/// use pedshed::inputs::TextEncoding;
/// assert_eq!("GBK".parse::<TextEncoding>()?.name(), "GBK");
/// assert!("morse".parse::<TextEncoding>().is_err());
/// # Ok::<(), pedshed::inputs::UnknownEncoding>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextEncoding(&'static Encoding);

/// A name that the Encoding Standard does not have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct UnknownEncoding {
    /// What was given.
    pub name: String,
}

sentences!(struct UnknownEncoding { name });

impl TextEncoding {
    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// As the crate of encodings has it.
    pub(super) fn encoding(self) -> &'static Encoding {
        self.0
    }

    /// The encoding that a Shapefile's `.cpg` names, where it is one: `UTF-8`, `GBK`, `936`, `CP936`, `ANSI 1252`, …
    #[cfg(feature = "shapefile")]
    pub(super) fn from_code_page(text: &str) -> Option<Self> {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let label = match digits.as_str() {
            "936" | "54936" => "gb18030",
            "65001" => "utf-8",
            "950" => "big5",
            "932" => "shift_jis",
            "949" => "euc-kr",
            "1250" | "1251" | "1252" | "1253" | "1254" => {
                return format!("windows-{digits}").parse().ok();
            }
            "88591" => "windows-1252",
            _ => text.trim(),
        };
        label.parse().ok()
    }
}

impl FromStr for TextEncoding {
    type Err = UnknownEncoding;

    fn from_str(name: &str) -> Result<Self, UnknownEncoding> {
        let found = Encoding::for_label(name.trim().as_bytes());
        let unknown = || UnknownEncoding {
            name: name.to_owned(),
        };
        found.map(Self).ok_or_else(unknown)
    }
}

/// A file's text.
#[cfg(any(feature = "shapefile", test))]
pub(super) struct Decoded<'a> {
    pub(super) text: Cow<'a, str>,
    /// The encoding, where it is not UTF-8.
    pub(super) encoding: Option<&'static str>,
}

/// Where bytes stop being text.
#[cfg(any(feature = "shapefile", test))]
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NotText {
    /// The first byte that is none.
    pub(super) byte: usize,
}

/// Decodes bytes that are held as a whole: as `given`, by their byte-order mark, or as what they plainly are. What is left on
/// disk is decoded while it is read, by the same rules.
#[cfg(any(feature = "shapefile", test))]
pub(super) fn decode(bytes: &[u8], given: Option<TextEncoding>) -> Result<Decoded<'_>, NotText> {
    let marked = Encoding::for_bom(bytes);
    let (encoding, start) = match (marked, given) {
        (Some((encoding, length)), _) => (encoding, length),
        (None, Some(TextEncoding(encoding))) => (encoding, 0),
        (None, None) => (detect(bytes)?, 0),
    };
    let invalid = |byte| NotText { byte };
    if encoding == UTF_8 {
        let text = std::str::from_utf8(&bytes[start..])
            .map_err(|error| invalid(start + error.valid_up_to()))?;
        return Ok(Decoded {
            text: Cow::Borrowed(text),
            encoding: None,
        });
    }
    let body = &bytes[start..];
    let text = encoding
        .decode_without_bom_handling_and_without_replacement(body)
        .ok_or_else(|| invalid(start + first_invalid(body, encoding)))?;
    Ok(Decoded {
        text,
        encoding: Some(encoding.name()),
    })
}

/// The first byte that an encoding cannot read.
#[cfg(any(feature = "shapefile", test))]
fn first_invalid(bytes: &[u8], encoding: &'static Encoding) -> usize {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(1 << 16);
    let mut position = 0;
    loop {
        text.clear();
        let rest = &bytes[position..];
        let (result, read) = decoder.decode_to_string_without_replacement(rest, &mut text, true);
        position += read;
        match result {
            DecoderResult::OutputFull => {}
            DecoderResult::InputEmpty => return position,
            DecoderResult::Malformed(length, after) => {
                return position.saturating_sub(usize::from(length) + usize::from(after));
            }
        }
    }
}

/// The encoding of bytes that say nothing about it.
#[cfg(any(feature = "shapefile", test))]
fn detect(bytes: &[u8]) -> Result<&'static Encoding, NotText> {
    let Err(error) = std::str::from_utf8(bytes) else {
        return if bytes.contains(&0) && bytes.len().is_multiple_of(2) {
            Ok(utf_16(bytes).unwrap_or(UTF_8))
        } else {
            Ok(UTF_8)
        };
    };
    if let Some(encoding) = utf_16(bytes) {
        return Ok(encoding);
    }
    // Reading what is in memory cannot fail.
    if is_chinese(|| Ok(bytes)).unwrap_or(false) {
        return Ok(GB18030);
    }
    Err(NotText {
        byte: error.valid_up_to(),
    })
}

/// How many bytes at a text's beginning show whether it is UTF-16.
pub(super) const WINDOW_BYTES: usize = 4096;

/// UTF-16 without its mark: in text with digits, commas and line ends one byte of many pairs is zero, always the same one.
pub(super) fn utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(WINDOW_BYTES)];
    let zeros = |odd: usize| {
        let side = sample.iter().skip(odd).step_by(2);
        side.filter(|byte| **byte == 0).count()
    };
    let (high_first, low_first) = (zeros(0), zeros(1));
    let many = |count: usize| count * 10 >= sample.len();
    if many(low_first) && high_first * 20 < low_first {
        Some(UTF_16LE)
    } else if many(high_first) && low_first * 20 < high_first {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// How many pairs of bytes at least must be usual characters, of all that are not ASCII: in Chinese text nearly all are.
const USUAL: f64 = 0.8;
/// How many of the Chinese characters at least must be among the 3,755 most usual ones.
const MOST_USUAL: f64 = 0.6;

/// Words of Chinese tables of places: one of them settles what a short text leaves open.
const TABLE_WORDS: [&str; 14] = [
    "编号", "编码", "代码", "序号", "名称", "经度", "纬度", "坐标", "人口", "人数", "地址", "小区",
    "社区", "街道",
];

/// Whether bytes are Chinese in GBK or GB18030: their pairs are the usual characters of GB/T 2312, and either they hold a
/// word of such tables or a detector that knows the frequencies of many languages thinks so too. Text of another language
/// read as GBK is rare characters. All the bytes are looked at, from `open` on as often as it takes.
pub(super) fn is_chinese<R: Read>(open: impl Fn() -> io::Result<R>) -> io::Result<bool> {
    let mut pairs = Pairs::default();
    in_chunks(open()?, |chunk, _| {
        pairs.feed(chunk);
        true
    })?;
    if !pairs.are_usual() {
        return Ok(false);
    }
    let mut decoder = GBK.new_decoder_without_bom_handling();
    let (mut text, mut found) = (String::new(), false);
    in_chunks(open()?, |chunk, is_last| {
        // A word of two characters may stand across two chunks.
        let before = text.char_indices().next_back().map_or(0, |(last, _)| last);
        text.drain(..before);
        text.reserve(decoder.max_utf8_buffer_length(chunk.len()).unwrap_or(0));
        let _ = decoder.decode_to_string(chunk, &mut text, is_last);
        found = TABLE_WORDS.iter().any(|word| text.contains(word));
        !found
    })?;
    if found {
        return Ok(true);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    in_chunks(open()?, |chunk, is_last| {
        detector.feed(chunk, is_last);
        true
    })?;
    Ok(detector.guess(None, Utf8Detection::Deny) == GBK)
}

/// Reads bytes in chunks until `look` has seen enough; the last one, which may be empty, is said to be it.
fn in_chunks(mut bytes: impl Read, mut look: impl FnMut(&[u8], bool) -> bool) -> io::Result<()> {
    let mut chunk = vec![0; 1 << 16];
    loop {
        let count = match bytes.read(&mut chunk) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            read => read?,
        };
        if !look(&chunk[..count], count == 0) || count == 0 {
            return Ok(());
        }
    }
}

/// The characters of text as if it were GBK or GB18030.
#[derive(Default)]
struct Pairs {
    /// The first byte of a pair whose second one has not come.
    lead: Option<u8>,
    /// Bytes of GB18030's rarer characters of four bytes that are still to come.
    rest: u8,
    all: u64,
    usual: u64,
    characters: u64,
    most_usual: u64,
}

impl Pairs {
    fn feed(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            if self.rest > 0 {
                self.rest -= 1;
            } else if let Some(lead) = self.lead.take() {
                self.add(lead, byte);
            } else if byte >= 0x80 {
                self.lead = Some(byte);
            }
        }
    }

    fn add(&mut self, lead: u8, trail: u8) {
        if trail.is_ascii_digit() {
            self.rest = 2;
        }
        self.all += 1;
        if trail < 0xA1 {
            return;
        }
        match lead {
            0xA1..=0xA9 => self.usual += 1,
            0xB0..=0xF7 => {
                self.usual += 1;
                self.characters += 1;
                self.most_usual += u64::from(lead <= 0xD7);
            }
            _ => {}
        }
    }

    fn are_usual(&self) -> bool {
        let share = |part: u64, whole: u64, least: f64| part as f64 >= least * whole as f64;
        // A pair that breaks off is one too.
        let all = self.all + u64::from(self.lead.is_some());
        self.characters > 0
            && share(self.usual, all, USUAL)
            && share(self.most_usual, self.characters, MOST_USUAL)
    }
}

/// Whether a text was read wrongly before it came here: the sign for a lost character, or what becomes of two of them when
/// they are saved as GBK.
pub(super) fn is_damaged(text: &str) -> bool {
    !text.is_ascii() && (text.contains('\u{FFFD}') || text.contains("锟斤拷"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "编号,名称,经度,纬度,人口\n1,迎泽公园社区,112.553,37.861,3200\n";

    fn text(bytes: &[u8]) -> Result<(String, Option<&'static str>), NotText> {
        decode(bytes, None).map(|decoded| (decoded.text.into_owned(), decoded.encoding))
    }

    #[test]
    fn the_encodings_of_chinese_tables_are_recognised() {
        let gbk = GBK.encode(TABLE).0;
        assert_eq!(text(&gbk), Ok((TABLE.to_owned(), Some("gb18030"))));
        let rare = TABLE.replace("公园", "㐀𠀀园");
        let (gb18030, _, lost) = GB18030.encode(&rare);
        assert!(!lost);
        assert_eq!(text(&gb18030), Ok((rare, Some("gb18030"))));
        assert_eq!(text(TABLE.as_bytes()), Ok((TABLE.to_owned(), None)));
        let marked = format!("\u{feff}{TABLE}");
        assert_eq!(text(marked.as_bytes()), Ok((TABLE.to_owned(), None)));
        for (little, name) in [(true, "UTF-16LE"), (false, "UTF-16BE")] {
            for mark in ["", "\u{feff}"] {
                let units = format!("{mark}{TABLE}");
                let bytes: Vec<u8> = units
                    .encode_utf16()
                    .flat_map(|unit| {
                        if little {
                            unit.to_le_bytes()
                        } else {
                            unit.to_be_bytes()
                        }
                    })
                    .collect();
                assert_eq!(text(&bytes), Ok((TABLE.to_owned(), Some(name))));
            }
        }
    }

    #[test]
    fn a_short_header_in_gbk_is_enough() {
        for words in [
            "编号,经度,纬度\na,1,2\n",
            "名称,x,y\n药店,1,2\n",
            "小区,lon,lat,人数\n柳巷,1,2,3\n",
        ] {
            let gbk = GBK.encode(words).0;
            assert_eq!(
                text(&gbk),
                Ok((words.to_owned(), Some("gb18030"))),
                "{words}"
            );
        }
    }

    #[test]
    fn other_languages_are_refused_and_not_guessed() {
        for (label, words) in [
            (
                "windows-1252",
                "id,name,lon,lat\n1,Café de l'Élysée à la crème,2.3,48.8\n",
            ),
            (
                "windows-1252",
                "id,name\n1,Straße am Schloßplatz für Fußgänger Größe\n",
            ),
            (
                "windows-1251",
                "id,name\n1,Московская улица дом пять аптека\n",
            ),
            ("shift_jis", "id,name\n1,東京都千代田区丸の内の薬局です\n"),
            (
                "euc-kr",
                "id,name\n1,서울특별시 종로구 세종대로 약국 주민센터\n",
            ),
            ("big5", "id,name\n1,臺北市中正區重慶南路一段藥局與圖書館\n"),
        ] {
            let encoding = Encoding::for_label(label.as_bytes()).expect("a label");
            let bytes = encoding.encode(words).0;
            assert!(text(&bytes).is_err(), "{label}: {:?}", text(&bytes));
            let given = decode(&bytes, Some(TextEncoding(encoding))).expect(label);
            assert_eq!(given.text, words);
        }
        // UTF-8 that breaks off inside a character, and with one byte lost.
        assert_eq!(
            text(&TABLE.as_bytes()[..2]).map_err(|error| error.byte),
            Err(0)
        );
        let mut lost = TABLE.as_bytes().to_vec();
        lost.remove(1);
        assert!(text(&lost).is_err(), "{:?}", text(&lost));
    }

    #[test]
    fn a_given_encoding_that_does_not_fit_names_the_byte() {
        let bytes = b"id,name\n1,\xff\xff\n";
        let utf_8 = "utf-8".parse().expect("a name");
        let error = |encoding| {
            decode(bytes, Some(encoding))
                .map(|_| ())
                .expect_err("no text")
        };
        assert_eq!(error(utf_8), NotText { byte: 10 });
        assert_eq!(
            error("gb18030".parse().expect("a name")),
            NotText { byte: 10 }
        );
    }
}
