//! Text as cells of a workbook can hold it.

use std::borrow::Cow;

/// The longest text of a cell, in units of UTF-16.
///
/// # Source
/// Microsoft, *Excel specifications and limits*: total number of characters that a cell can contain.
pub(super) const LONGEST: usize = 32_767;

/// What stands for a character that no workbook holds.
const LOST: char = '\u{fffd}';

/// Whether a workbook holds a character: XML has no control characters but tab and line end, and no character U+FFFE or U+FFFF.
///
/// # Source
/// W3C, *Extensible Markup Language 1.0*, production 2.
fn is_held(letter: char) -> bool {
    match letter {
        '\t' | '\n' => true,
        '\u{fffe}' | '\u{ffff}' => false,
        letter => !letter.is_control(),
    }
}

/// A text as a cell holds it: with a mark for each character that it cannot, cut where it is too long; borrowed where nothing is
/// changed.
pub(super) fn holdable(text: &str) -> Cow<'_, str> {
    let is_short = text.len() <= LONGEST || text.encode_utf16().count() <= LONGEST;
    if is_short && text.chars().all(is_held) {
        return Cow::Borrowed(text);
    }
    let mut held = String::with_capacity(text.len());
    let mut units = 0;
    for letter in text.chars() {
        let letter = if is_held(letter) { letter } else { LOST };
        units += letter.len_utf16();
        if !is_short && units >= LONGEST {
            held.push('…');
            break;
        }
        held.push(letter);
    }
    Cow::Owned(held)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_workbook_holds_stays_as_it_is() {
        for text in ["", "=1+1", "两行\n\t字", "👨‍👩‍👧 a", "_x0041_"] {
            assert!(matches!(holdable(text), Cow::Borrowed(same) if same == text));
        }
        let longest = "字".repeat(LONGEST);
        assert_eq!(holdable(&longest), longest);
    }

    #[test]
    fn what_it_cannot_hold_is_marked_or_cut() {
        assert_eq!(
            holdable("a\u{0}b\u{1b}\r\u{ffff}"),
            "a\u{fffd}b\u{fffd}\u{fffd}\u{fffd}"
        );
        let long = holdable(&"字".repeat(40_000)).into_owned();
        assert_eq!(long.encode_utf16().count(), LONGEST);
        assert!(long.ends_with("字…"));
        // Two units each: the last one that would not fit whole is not cut in half.
        let long = holdable(&"👨".repeat(20_000)).into_owned();
        assert!(long.encode_utf16().count() <= LONGEST && long.ends_with("👨…"));
    }
}
