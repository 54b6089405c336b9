//! Text as a stream: the characters of a file come out as UTF-8 while its bytes are read, a window at a time.
//!
//! What a file without a mark is written in shows on its first bytes, as UTF-16, or is UTF-8 until a byte says otherwise. Then
//! all of it is looked at once more, since only all of it says whether it is Chinese, and it is read again from the start.

use std::io::{self, BufRead, Read};

use encoding_rs::{Decoder, DecoderResult, Encoding, GB18030, UTF_8};

use super::source::place_of_byte;
use super::text::{WINDOW_BYTES, is_chinese, utf_16};
use super::watched::{Watched, WatchedStream};
use super::{Format, InputError, Known, KnownBy, Source};
use crate::model::{FindingCode, Findings};
use crate::text::language::{Words, words};

/// Bytes that are read at once.
const CHUNK_BYTES: usize = 1 << 16;

/// Makes something of a file's text, and says in what encoding it is where that is not UTF-8. `parse` is called again where the
/// encoding turns out to be another one.
///
/// # Errors
/// [`InputError::Malformed`] naming the line of the first byte that is no text, wherever it stands; else what `parse` says.
pub(super) fn read_text<T>(
    source: Watched<'_>,
    mut parse: impl FnMut(&mut TextReader<'_>) -> Result<T, InputError>,
) -> Result<(T, ReadAs), InputError> {
    let unread = |error| source.unread(error);
    if let Some(reason) = packed(&window(source).map_err(unread)?) {
        return Err(source.malformed(Words::new("the file", "文件"), reason));
    }
    let mut guess = Guess::first(source).map_err(unread)?;
    loop {
        let mut text = TextReader::new(source.stream().map_err(unread)?, guess).map_err(unread)?;
        let parsed = parse(&mut text);
        if parsed.is_err() {
            // A wrong encoding explains more than what was found in the text before it.
            text.pass_over();
        }
        match text.failure.take() {
            None => return parsed.map(|parsed| (parsed, ReadAs::new(&source, guess))),
            Some(Failure::Read(error)) => return Err(unread(error)),
            Some(Failure::NotText(byte)) => {
                let other = guess.other(source).map_err(unread)?;
                guess = match other {
                    Some(other) => other,
                    None => return Err(not_text(source, guess, byte).map_err(unread)?),
                };
            }
        }
    }
}

/// A file's text as a whole.
///
/// # Errors
/// As [`read_text`].
pub(super) fn read_whole(source: Watched<'_>) -> Result<String, InputError> {
    let whole = |text: &mut TextReader<'_>| {
        let mut whole = String::new();
        let read = text.read_to_string(&mut whole);
        read.map_err(|error| source.unread(error))?;
        Ok(whole)
    };
    Ok(read_text(source, whole)?.0)
}

/// What a text was read as.
#[derive(Debug)]
pub(super) struct ReadAs {
    /// Its encoding, and how that was known.
    pub(super) encoding: Known<String>,
    /// Says that the text is not UTF-8.
    pub(super) findings: Findings,
}

impl ReadAs {
    fn new(source: &Source, Guess { encoding, by, .. }: Guess) -> Self {
        let mut findings = Findings::default();
        if encoding != UTF_8 {
            findings.add(FindingCode::Encoding, || {
                let (name, encoding) = (source.name(), encoding.name());
                words!(
                    "{name} is read as {encoding}",
                    "{name} 按 {encoding} 编码读取"
                )
            });
        }
        Self {
            encoding: Known::new(encoding.name().to_owned(), by),
            findings,
        }
    }
}

/// That a file is a workbook, whatever its name says: by the bytes with which packages and old workbooks begin.
fn packed(window: &[u8]) -> Option<Words> {
    if window.starts_with(b"PK\x03\x04") {
        Some(words!(
            "it is no text but a workbook or another package; if it is a workbook, let its name end in .xlsx, or save it as CSV",
            "不是文本，而是工作簿或其他压缩包；若为工作簿，请将扩展名改为 .xlsx，或另存为 CSV"
        ))
    } else if window.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        Some(words!(
            "it is no text but an old workbook; let its name end in .xls, or save it as CSV",
            "不是文本，而是旧版工作簿；请将扩展名改为 .xls，或另存为 CSV"
        ))
    } else {
        None
    }
}

fn not_text(source: Watched<'_>, guess: Guess, byte: u64) -> io::Result<InputError> {
    let mut before = source.stream()?.take(byte);
    let mut chunk = vec![0; CHUNK_BYTES];
    let mut line = 1;
    loop {
        let count = before.read(&mut chunk)?;
        if count == 0 {
            break;
        }
        line += chunk[..count].iter().filter(|byte| **byte == b'\n').count();
    }
    let said = Known::new(guess.encoding.name(), guess.by);
    let seems = look(source)?.map(Encoding::name);
    let reason = source.wrong_encoding(&said, seems);
    Ok(source.malformed(place_of_byte(line, byte), reason))
}

/// What a file is taken to be written in.
#[derive(Clone, Copy)]
struct Guess {
    encoding: &'static Encoding,
    /// The bytes of a mark before the text.
    mark: u64,
    /// Whether nothing that is read can say otherwise.
    is_sure: bool,
    /// How it is known.
    by: KnownBy,
}

impl Guess {
    fn sure(encoding: &'static Encoding, mark: usize, by: KnownBy) -> Self {
        Self {
            encoding,
            mark: mark as u64,
            is_sure: true,
            by,
        }
    }

    /// By the file's mark, as it was given, or as its first bytes look.
    fn first(source: Watched<'_>) -> io::Result<Self> {
        let window = window(source)?;
        if let Some((encoding, mark)) = Encoding::for_bom(&window) {
            return Ok(Self::sure(encoding, mark, KnownBy::File));
        }
        // GeoJSON is UTF-8 by its standard (RFC 7946, section 11.1), whatever holds for the other layers.
        let is_utf_8 = source.format() == Some(Format::GeoJson);
        let given = source
            .encoding
            .filter(|given| !(is_utf_8 && given.by == KnownBy::General));
        if let Some(given) = given {
            let given = Known::new(given.value.encoding(), given.by);
            // What is meant for all files that do not show theirs stands behind what this one shows.
            return Ok(match shown(source, &window)? {
                Some(shown) if given.by == KnownBy::General && shown != given.value => {
                    Self::sure(shown, 0, KnownBy::Content)
                }
                _ => Self::sure(given.value, 0, given.by),
            });
        }
        // Half a character at its end, and it is not UTF-16 unless it is nothing else.
        match utf_16(&window).filter(|_| source.size().is_multiple_of(2)) {
            Some(encoding) => Ok(Self::sure(encoding, 0, KnownBy::Content)),
            None => Ok(Self {
                is_sure: false,
                ..Self::sure(UTF_8, 0, KnownBy::Content)
            }),
        }
    }

    /// What it is where it is not this.
    fn other(self, source: Watched<'_>) -> io::Result<Option<Self>> {
        if self.is_sure {
            return Ok(None);
        }
        if let Some(encoding) = utf_16(&window(source)?) {
            return Ok(Some(Self::sure(encoding, 0, KnownBy::Content)));
        }
        let chinese = is_chinese(|| source.stream())?;
        Ok(chinese.then(|| Self::sure(GB18030, 0, KnownBy::Content)))
    }
}

/// What a file without a mark shows beyond doubt: UTF-16 by its zeros, or UTF-8 by characters beyond ASCII that are all whole.
fn shown(source: Watched<'_>, window: &[u8]) -> io::Result<Option<&'static Encoding>> {
    if let Some(encoding) = utf_16(window).filter(|_| source.size().is_multiple_of(2)) {
        return Ok(Some(encoding));
    }
    Ok(is_utf_8_beyond_ascii(source)?.then_some(UTF_8))
}

/// What a file seems to be written in, whatever was said of it.
fn look(source: Watched<'_>) -> io::Result<Option<&'static Encoding>> {
    Ok(match shown(source, &window(source)?)? {
        Some(shown) => Some(shown),
        None => is_chinese(|| source.stream())?.then_some(GB18030),
    })
}

/// Whether all of a file is UTF-8, and not of ASCII alone.
fn is_utf_8_beyond_ascii(source: Watched<'_>) -> io::Result<bool> {
    let as_utf_8 = Guess::sure(UTF_8, 0, KnownBy::Content);
    let mut text = TextReader::new(source.stream()?, as_utf_8)?;
    let mut is_ascii = true;
    while let Ok(rest) = text.fill_buf() {
        let count = rest.len();
        if count == 0 {
            break;
        }
        is_ascii &= rest.is_ascii();
        text.consume(count);
    }
    match text.failure.take() {
        Some(Failure::Read(error)) => Err(error),
        Some(Failure::NotText(_)) => Ok(false),
        None => Ok(!is_ascii),
    }
}

/// The first bytes of a file.
fn window(source: Watched<'_>) -> io::Result<Vec<u8>> {
    let mut window = Vec::with_capacity(WINDOW_BYTES);
    let mut first = source.stream()?.take(WINDOW_BYTES as u64);
    first.read_to_end(&mut window)?;
    Ok(window)
}

/// Why the text ends before the file does.
enum Failure {
    Read(io::Error),
    /// The first byte that is no text.
    NotText(u64),
}

/// A file's text in UTF-8.
pub(super) struct TextReader<'a> {
    bytes: WatchedStream<'a>,
    /// Bytes of which no text was made yet: those from `start` to `end`.
    chunk: Box<[u8]>,
    start: usize,
    end: usize,
    /// Where `start` stands in the file.
    offset: u64,
    /// None where the file is in UTF-8.
    decoder: Option<Decoder>,
    /// Text, and how much of it was taken.
    text: String,
    taken: usize,
    ended: bool,
    /// Whether no character came so far but spaces and the one that ended a text in DOS.
    is_blank: bool,
    failure: Option<Failure>,
}

impl<'a> TextReader<'a> {
    fn new(mut bytes: WatchedStream<'a>, guess: Guess) -> io::Result<Self> {
        io::copy(&mut bytes.by_ref().take(guess.mark), &mut io::sink())?;
        let encoding = guess.encoding;
        Ok(Self {
            bytes,
            chunk: vec![0; CHUNK_BYTES].into(),
            start: 0,
            end: 0,
            offset: guess.mark,
            decoder: (encoding != UTF_8).then(|| encoding.new_decoder_without_bom_handling()),
            text: String::new(),
            taken: 0,
            ended: false,
            is_blank: true,
            failure: None,
        })
    }

    /// Whether there was nothing but spaces so far, and the character that ended a text in DOS.
    pub(super) fn is_blank(&self) -> bool {
        self.is_blank
    }

    /// Reads what is left, for the sake of what is wrong with it.
    fn pass_over(&mut self) {
        while let Ok(rest) = self.fill_buf() {
            let count = rest.len();
            if count == 0 {
                break;
            }
            self.consume(count);
        }
    }

    /// Makes text of the next bytes.
    fn advance(&mut self) -> Result<(), Failure> {
        self.text.clear();
        self.taken = 0;
        while self.text.is_empty() && !self.ended {
            self.chunk.copy_within(self.start..self.end, 0);
            (self.start, self.end) = (0, self.end - self.start);
            let room = &mut self.chunk[self.end..];
            let count = loop {
                match self.bytes.read(room) {
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    read => break read.map_err(Failure::Read)?,
                }
            };
            self.end += count;
            self.ended = count == 0;
            let made = match &mut self.decoder {
                None => utf_8(&self.chunk[..self.end], self.ended, &mut self.text),
                Some(decoder) => {
                    decoded(decoder, &self.chunk[..self.end], self.ended, &mut self.text)
                }
            };
            match made {
                Ok(read) => {
                    self.start = read;
                    self.offset += read as u64;
                }
                Err(NoText { read, back }) => {
                    let byte = (self.offset + read as u64).saturating_sub(back);
                    return Err(Failure::NotText(byte));
                }
            }
        }
        let is_space = |letter: char| letter.is_whitespace() || letter == '\u{1a}';
        self.is_blank = self.is_blank && self.text.chars().all(is_space);
        Ok(())
    }
}

/// Where bytes stop being text: so many before the end of what was read, which may be in bytes that were read earlier.
struct NoText {
    read: usize,
    back: u64,
}

/// Appends the text of bytes in UTF-8, and says of how many; or where they stop being text. A character that breaks off at the end
/// may go on in the next bytes, unless these are the last.
fn utf_8(bytes: &[u8], is_last: bool, text: &mut String) -> Result<usize, NoText> {
    let error = match std::str::from_utf8(bytes) {
        Ok(all) => {
            text.push_str(all);
            return Ok(bytes.len());
        }
        Err(error) => error,
    };
    let sound = error.valid_up_to();
    if error.error_len().is_some() || is_last {
        return Err(NoText {
            read: sound,
            back: 0,
        });
    }
    text.push_str(std::str::from_utf8(&bytes[..sound]).unwrap_or_default());
    Ok(sound)
}

/// The same in another encoding.
fn decoded(
    decoder: &mut Decoder,
    bytes: &[u8],
    is_last: bool,
    text: &mut String,
) -> Result<usize, NoText> {
    // The most that they can come to: the text is never full.
    let most = decoder.max_utf8_buffer_length_without_replacement(bytes.len());
    text.reserve(most.unwrap_or(4 * bytes.len() + 16));
    match decoder.decode_to_string_without_replacement(bytes, text, is_last) {
        (DecoderResult::Malformed(length, after), read) => {
            let back = u64::from(length) + u64::from(after);
            Err(NoText { read, back })
        }
        (DecoderResult::InputEmpty | DecoderResult::OutputFull, read) => Ok(read),
    }
}

impl BufRead for TextReader<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.taken == self.text.len()
            && self.failure.is_none()
            && let Err(failure) = self.advance()
        {
            self.failure = Some(failure);
        }
        match self.failure {
            Some(_) => Err(io::ErrorKind::InvalidData.into()),
            None => Ok(&self.text.as_bytes()[self.taken..]),
        }
    }

    fn consume(&mut self, count: usize) {
        self.taken += count;
    }
}

impl Read for TextReader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}

#[cfg(test)]
#[path = "text_reader_tests.rs"]
mod tests;
