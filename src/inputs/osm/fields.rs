//! Protobuf's wire format, read in place: the fields of a message and the numbers of its arrays, without building objects.
//!
//! # Source
//! <https://protobuf.dev/programming-guides/encoding/>

/// The most bytes of one number.
const MAX_NUMBER_BYTES: usize = 10;

/// The value of a field; groups, which nobody writes any more, are none.
#[derive(Clone, Copy, Debug)]
pub(super) enum Value<'a> {
    Number(u64),
    Bytes(&'a [u8]),
    /// Of four or eight bytes.
    Other,
}

/// Takes a number from the front; `None` where there is none.
#[inline]
fn take_number(bytes: &mut &[u8]) -> Option<u64> {
    let low = |byte: u8| u64::from(byte & 0x7f);
    // Nearly all are as short as this: the differences between a map's neighbouring nodes.
    let (number, rest) = match bytes {
        [a, rest @ ..] if *a < 0x80 => (u64::from(*a), rest),
        [a, b, rest @ ..] if *b < 0x80 => (low(*a) | low(*b) << 7, rest),
        [a, b, c, rest @ ..] if *c < 0x80 => (low(*a) | low(*b) << 7 | low(*c) << 14, rest),
        _ => return take_long_number(bytes),
    };
    *bytes = rest;
    Some(number)
}

fn take_long_number(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for (at, byte) in bytes.iter().enumerate().take(MAX_NUMBER_BYTES) {
        number |= u64::from(byte & 0x7f) << (7 * at);
        if *byte < 0x80 {
            *bytes = &bytes[at + 1..];
            return Some(number);
        }
    }
    None
}

fn take<'a>(bytes: &mut &'a [u8], count: usize) -> Option<&'a [u8]> {
    let (taken, rest) = bytes.split_at_checked(count)?;
    *bytes = rest;
    Some(taken)
}

/// A signed number from its zigzag form (`sint64`).
#[inline]
pub(super) const fn signed(number: u64) -> i64 {
    (number >> 1) as i64 ^ -((number & 1) as i64)
}

/// The fields of a message by number, `None` where it cannot be read further.
#[derive(Clone, Debug)]
pub(super) struct Fields<'a>(pub(super) &'a [u8]);

impl<'a> Fields<'a> {
    fn field(&mut self) -> Option<(u64, Value<'a>)> {
        let key = take_number(&mut self.0)?;
        let value = match key & 7 {
            0 => Value::Number(take_number(&mut self.0)?),
            1 => take(&mut self.0, 8).map(|_| Value::Other)?,
            2 => {
                let length = usize::try_from(take_number(&mut self.0)?).ok()?;
                Value::Bytes(take(&mut self.0, length)?)
            }
            5 => take(&mut self.0, 4).map(|_| Value::Other)?,
            _ => return None,
        };
        // There is no field 0: a block of zeros is none.
        (key >> 3 != 0).then_some((key >> 3, value))
    }
}

impl<'a> Iterator for Fields<'a> {
    type Item = Option<(u64, Value<'a>)>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let field = self.field();
        if field.is_none() {
            self.0 = &[];
        }
        Some(field)
    }
}

/// The numbers of an array field, packed or one by one and in any number of pieces, as protobuf allows. They end where
/// they cannot be read further.
#[derive(Clone, Debug)]
pub(super) struct Numbers<'a> {
    field: u64,
    run: &'a [u8],
    rest: Fields<'a>,
}

impl<'a> Numbers<'a> {
    /// The numbers of a field of a message.
    pub(super) fn new(message: &'a [u8], field: u64) -> Self {
        Self {
            field,
            run: &[],
            rest: Fields(message),
        }
    }

    fn next_in_rest(&mut self) -> Option<u64> {
        loop {
            match self.rest.next()?? {
                (field, Value::Number(number)) if field == self.field => return Some(number),
                (field, Value::Bytes(run)) if field == self.field && !run.is_empty() => {
                    self.run = run;
                    return take_number(&mut self.run);
                }
                _ => {}
            }
        }
    }
}

impl Iterator for Numbers<'_> {
    type Item = u64;

    #[inline]
    fn next(&mut self) -> Option<u64> {
        if self.run.is_empty() {
            return self.next_in_rest();
        }
        take_number(&mut self.run)
    }
}

/// Whether a run of packed numbers can be read to its end.
pub(super) fn is_sound_run(run: &[u8]) -> bool {
    let goes_on = |byte: &u8| *byte >= 0x80;
    let ends = run.last().is_none_or(|last| !goes_on(last));
    // A number that is too long covers four bytes in a row from a multiple of four; hardly any other does. Whole lines of
    // them are looked at, so that many are at once.
    let covers = |four: &[u8]| four.iter().all(goes_on);
    let has_covered = |line: &[u8]| {
        line.chunks_exact(4)
            .fold(false, |any, four| any | covers(four))
    };
    let may_be_long = run.chunks(256).any(has_covered);
    let is_short = |number: &[u8]| number.len() < MAX_NUMBER_BYTES;
    ends && (!may_be_long || run.split(|byte| !goes_on(byte)).all(is_short))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_the_format_says() {
        // The examples of the format's own page: 150 is 96 01, and zigzag counts 0, -1, 1, -2.
        let mut bytes: &[u8] = &[0x96, 0x01, 0x05];
        assert_eq!(take_number(&mut bytes), Some(150));
        assert_eq!(take_number(&mut bytes), Some(5));
        assert_eq!(take_number(&mut bytes), None);
        assert_eq!([0, 1, 2, 3].map(signed), [0, -1, 1, -2]);
        assert_eq!(signed(u64::MAX - 1), i64::MAX);
        assert_eq!(signed(u64::MAX), i64::MIN);
        // -1 as int64 takes ten bytes; eleven are no number.
        let mut minus_one: &[u8] = &[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01];
        assert_eq!(take_number(&mut minus_one), Some(u64::MAX));
        assert_eq!(take_number(&mut [0x80; 10].as_slice()), None);
    }

    #[test]
    fn an_array_may_come_packed_in_pieces_or_one_by_one() {
        // Field 4 packed as on the format's page (3, 270, 86942), then field 5, then 4 again: nothing, 7 alone, and 1, 2.
        let message = [
            &[0x22, 0x06, 0x03, 0x8e, 0x02, 0x9e, 0xa7, 0x05][..],
            &[0x28, 0x09],
            &[0x22, 0x00],
            &[0x20, 0x07],
            &[0x22, 0x02, 0x01, 0x02],
        ]
        .concat();
        let numbers = |field| Numbers::new(&message, field).collect::<Vec<_>>();
        assert_eq!(numbers(4), [3, 270, 86_942, 7, 1, 2]);
        assert_eq!(numbers(5), [9]);
        assert_eq!(numbers(6), [0; 0]);
    }

    #[test]
    fn a_run_is_sound_when_all_of_its_numbers_end_within_ten_bytes() {
        let long = |continued: usize| [vec![0x80; continued], vec![1]].concat();
        assert!(is_sound_run(&[]) && is_sound_run(&[1, 0x96, 1]));
        assert!(!is_sound_run(&[1, 0x96]));
        for before in 0..8 {
            for (continued, sound) in [(3, true), (9, true), (10, false), (11, false)] {
                let run = [vec![1; before], long(continued), vec![1]].concat();
                assert_eq!(is_sound_run(&run), sound, "{before} {continued}");
                let read = Numbers::new(&[], 0);
                let numbers = Numbers { run: &run, ..read }.count();
                assert_eq!(numbers == before + 2, sound, "{before} {continued}");
            }
        }
    }
}
