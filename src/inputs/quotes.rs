//! Quotes that no cell of a sound file has: one that is not closed where its cell ends takes the rows below it for text, up to
//! the next quote that stands anywhere, and what follows that one moves to cells that are not its own.

/// Where in a row the next byte stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    /// At the beginning of a cell.
    Start,
    /// In a cell without quotes around it, or behind the text that follows such quotes.
    Bare,
    /// In a cell that a quote opened.
    Quoted,
    /// Behind a quote that closes such a cell, or is the first of two that stand for one.
    Closed,
}

/// Follows the quotes of a text that is given piece by piece.
#[derive(Debug)]
pub(super) struct Quotes {
    separator: u8,
    at: At,
    /// The line on which the cell was opened, and whether a line end stands in it.
    opened: u64,
    runs_over: bool,
}

impl Quotes {
    pub(super) fn new(separator: u8) -> Self {
        Self {
            separator,
            at: At::Start,
            opened: 0,
            runs_over: false,
        }
    }

    /// Follows bytes of one line. A quoted cell that runs over a line end and has text behind its closing quote is an error:
    /// the line on which it was opened.
    pub(super) fn follow(&mut self, bytes: &[u8], line: u64) -> Result<(), u64> {
        // Most pieces are whole lines without a quote.
        if self.at != At::Closed && !bytes.contains(&b'"') {
            match (self.at, bytes.last()) {
                (_, None) => {}
                (At::Quoted, _) => self.runs_over |= bytes.iter().copied().any(is_line_end),
                (_, Some(last)) => self.at = self.behind(*last),
            }
            return Ok(());
        }
        bytes.iter().try_for_each(|byte| self.step(*byte, line))
    }

    fn step(&mut self, byte: u8, line: u64) -> Result<(), u64> {
        self.at = match (self.at, byte) {
            (At::Start, b'"') => {
                (self.opened, self.runs_over) = (line, false);
                At::Quoted
            }
            (At::Quoted, b'"') => At::Closed,
            (At::Quoted, byte) => {
                self.runs_over |= is_line_end(byte);
                At::Quoted
            }
            (At::Closed, b'"') => At::Quoted,
            (_, byte) => match self.behind(byte) {
                At::Bare if self.at == At::Closed && self.runs_over => return Err(self.opened),
                next => next,
            },
        };
        Ok(())
    }

    /// Where a row stands behind a byte that is in no quotes.
    fn behind(&self, byte: u8) -> At {
        if byte == self.separator || is_line_end(byte) {
            At::Start
        } else {
            At::Bare
        }
    }
}

fn is_line_end(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn follow(text: &str, piece: usize) -> Result<(), u64> {
        let mut quotes = Quotes::new(b',');
        for (line, bytes) in (1..).zip(text.split_inclusive('\n')) {
            for bytes in bytes.as_bytes().chunks(piece) {
                quotes.follow(bytes, line)?;
            }
        }
        Ok(())
    }

    #[test]
    fn a_cell_that_runs_over_a_line_end_ends_with_its_quote() {
        for (text, expected) in [
            ("a,b\n\"1\n2\",3\n", Ok(())),
            ("a,b\n\"1\r\n2\"\r\n", Ok(())),
            ("a,b\n\"1 \"\"x\"\"\n2\",3\n", Ok(())),
            ("\"A\" clinic,3\n\"B\",4\n", Ok(())),
            ("5\" pipe,3\n6\" pipe,4\n", Ok(())),
            ("a,\"b,1\nc,\"d\",2\n", Err(1)),
            ("a,\"b\"\nc,1,\"d\ne,2,\"f\"\n", Err(2)),
            ("\"a,1\n\"b\",2\n", Err(1)),
            ("a,\"b,1\nc,2\n\nd,\"e\",2\n", Err(1)),
        ] {
            for piece in [1, 2, 1000] {
                assert_eq!(follow(text, piece), expected, "{text:?} by {piece}");
            }
        }
    }
}
