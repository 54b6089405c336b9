//! JSON as far as its parts: where the members of an object and the elements of a list begin and end. What stands in a part is
//! not looked at here; whoever parses it finds out whether it is JSON.
//!
//! A list of a million features becomes a million texts, one in memory at a time. `serde_json` reads a stream too, byte by byte:
//! six times slower than from memory, which this is not.

use std::io::BufRead;

use super::source::MOST_RECORD_BYTES;

/// It is no JSON, or ends too early, or cannot be read. Where and why says a parser that reads it all.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NotJson;

type Result<T> = std::result::Result<T, NotJson>;

/// A text in JSON, from its start.
pub(super) struct Parts<R> {
    text: R,
    /// The line of the next byte, from 1.
    line: u64,
    /// The brackets and braces that are open in a part, as they will be closed.
    open: Vec<u8>,
    /// The line of the first part that is longer than a part may be.
    too_long: Option<u64>,
}

impl<R: BufRead> Parts<R> {
    pub(super) fn new(text: R) -> Self {
        Self {
            text,
            line: 1,
            open: Vec::new(),
            too_long: None,
        }
    }

    /// The line of a part that is longer than [`MOST_RECORD_BYTES`], for which reading ended.
    pub(super) fn too_long(&self) -> Option<u64> {
        self.too_long
    }

    /// The line of the next byte.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// The next byte that is no space, which is not taken; `None` at the end.
    pub(super) fn peek(&mut self) -> Result<Option<u8>> {
        loop {
            let text = self.text.fill_buf().map_err(|_| NotJson)?;
            if text.is_empty() {
                return Ok(None);
            }
            let next = text.iter().position(|byte| !is_space(*byte));
            let spaces = next.unwrap_or(text.len());
            self.line += lines(&text[..spaces]);
            let found = next.map(|next| text[next]);
            self.text.consume(spaces);
            if found.is_some() {
                return Ok(found);
            }
        }
    }

    /// Takes the next byte that is no space, which must be this one.
    pub(super) fn expect(&mut self, wanted: u8) -> Result<()> {
        if self.take(wanted)? {
            Ok(())
        } else {
            Err(NotJson)
        }
    }

    /// Takes the next byte that is no space where it is this one.
    pub(super) fn take(&mut self, wanted: u8) -> Result<bool> {
        let is_it = self.peek()? == Some(wanted);
        if is_it {
            self.text.consume(1);
        }
        Ok(is_it)
    }

    /// Whether a further part follows in an object or list that ends so: its comma is taken, or its end.
    pub(super) fn goes_on(&mut self, end: u8) -> Result<bool> {
        if self.take(end)? {
            return Ok(false);
        }
        self.expect(b',')?;
        Ok(true)
    }

    /// Appends the next value as it is written.
    pub(super) fn value(&mut self, part: &mut Vec<u8>) -> Result<()> {
        match self.peek()?.ok_or(NotJson)? {
            b'"' | b'{' | b'[' => self.until(part, inside),
            _ => self.until(part, scalar),
        }
    }

    /// Appends bytes up to where a value ends.
    fn until(
        &mut self,
        part: &mut Vec<u8>,
        look: fn(&[u8], &mut State<'_>) -> Found,
    ) -> Result<()> {
        self.open.clear();
        let (start, first_line) = (part.len(), self.line);
        let mut state = State {
            open: &mut self.open,
            is_text: false,
            is_escaped: false,
            is_begun: false,
        };
        loop {
            let text = self.text.fill_buf().map_err(|_| NotJson)?;
            if text.is_empty() {
                return Err(NotJson);
            }
            let (count, ended) = match look(text, &mut state) {
                Found::End(count) => (count, true),
                Found::GoesOn => (text.len(), false),
                Found::NotJson => return Err(NotJson),
            };
            let now = &text[..count];
            self.line += lines(now);
            if part.len() - start + count > MOST_RECORD_BYTES {
                self.too_long = Some(first_line);
                return Err(NotJson);
            }
            part.extend_from_slice(now);
            self.text.consume(count);
            if ended {
                return Ok(());
            }
        }
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\r' | b'\t')
}

fn lines(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|byte| **byte == b'\n').count() as u64
}

/// Where in a value the next byte stands.
struct State<'a> {
    open: &'a mut Vec<u8>,
    is_text: bool,
    is_escaped: bool,
    is_begun: bool,
}

enum Found {
    /// The value ends after so many bytes.
    End(usize),
    GoesOn,
    NotJson,
}

/// Looks for the end of an object, a list or a text.
fn inside(bytes: &[u8], state: &mut State<'_>) -> Found {
    for (index, &byte) in bytes.iter().enumerate() {
        if state.is_text {
            match byte {
                _ if state.is_escaped => state.is_escaped = false,
                b'\\' => state.is_escaped = true,
                b'"' => {
                    state.is_text = false;
                    if state.open.is_empty() {
                        return Found::End(index + 1);
                    }
                }
                // A quote that is not closed goes no further than its line.
                0..0x20 => return Found::NotJson,
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => state.is_text = true,
            b'{' => state.open.push(b'}'),
            b'[' => state.open.push(b']'),
            b'}' | b']' => {
                if state.open.pop() != Some(byte) {
                    return Found::NotJson;
                }
                if state.open.is_empty() {
                    return Found::End(index + 1);
                }
            }
            _ => {}
        }
    }
    Found::GoesOn
}

/// Looks for the end of a number or a word.
fn scalar(bytes: &[u8], state: &mut State<'_>) -> Found {
    let ends = |byte: &u8| is_space(*byte) || matches!(byte, b',' | b']' | b'}' | b':');
    let end = bytes.iter().position(ends);
    match end {
        Some(0) if !state.is_begun => Found::NotJson,
        Some(end) => Found::End(end),
        None => {
            state.is_begun = true;
            Found::GoesOn
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::BufReader;

    /// The elements of a list and their lines, read so many bytes at a time.
    fn elements(text: &str, room: usize) -> Result<Vec<(u64, String)>> {
        let mut parts = Parts::new(BufReader::with_capacity(room, text.as_bytes()));
        parts.expect(b'[')?;
        let mut found = Vec::new();
        loop {
            parts.peek()?;
            let (line, mut part) = (parts.line(), Vec::new());
            parts.value(&mut part)?;
            found.push((line, String::from_utf8(part).expect("text")));
            if !parts.goes_on(b']')? {
                return Ok(found);
            }
        }
    }

    #[test]
    fn parts_are_the_same_however_the_bytes_come() {
        let text = "[ {\"a\":\"}\\\"]\"} ,\n\"x\\\\\",\n\n[1,[2,{\"b\" :\n[]}]], 1.5e3,null ]";
        let expected = [
            (1, "{\"a\":\"}\\\"]\"}"),
            (2, "\"x\\\\\""),
            (4, "[1,[2,{\"b\" :\n[]}]]"),
            (5, "1.5e3"),
            (5, "null"),
        ]
        .map(|(line, part)| (line, part.to_owned()));
        for room in 1..text.len() {
            assert_eq!(elements(text, room).as_deref(), Ok(&expected[..]), "{room}");
        }
    }

    #[test]
    fn what_does_not_close_is_found_where_it_does_not() {
        for text in [
            "[{\"a\":[}]}]",
            "[\"a\n\"]",
            "[{]",
            "[1,]",
            "[,1]",
            "[1 2]",
            "[{}",
            "[",
            "",
            "[1",
            "[:]",
        ] {
            for room in [1, 100] {
                assert_eq!(elements(text, room), Err(NotJson), "{text}");
            }
        }
    }
}
