//! Text in the columns of a terminal: a Chinese character is two columns wide, and what a terminal would obey is shown.

use std::borrow::Cow;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Whether a terminal obeys a character instead of showing it: controls, and marks that turn the order of what follows.
#[must_use]
pub fn is_obeyed(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Text from data as it can be shown in a line: what a terminal would obey is written as its number, line ends too.
///
/// ```
/// use pedshed::report::visible;
/// assert_eq!(visible("柳巷 3"), "柳巷 3");
/// assert_eq!(visible("\u{1b}[2J\n"), "\\u{1b}[2J\\n");
/// ```
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_obeyed) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        if is_obeyed(letter) {
            shown.extend(letter.escape_default());
        } else {
            shown.push(letter);
        }
    }
    Cow::Owned(shown)
}

/// How many columns of a terminal a text takes.
#[must_use]
pub fn columns(text: &str) -> usize {
    text.width()
}

/// The [visible] text with spaces behind it, up to so many columns. A wider text stays as it is.
#[must_use]
pub fn pad_right(text: &str, width: usize) -> String {
    let text = &*visible(text);
    format!("{text}{}", " ".repeat(width.saturating_sub(columns(text))))
}

/// The [visible] text with spaces before it, up to so many columns. A wider text stays as it is.
#[must_use]
pub fn pad_left(text: &str, width: usize) -> String {
    let text = &*visible(text);
    format!("{}{text}", " ".repeat(width.saturating_sub(columns(text))))
}

/// The [visible] text, cut to so many columns where it is wider.
///
/// ```
/// use pedshed::report::fit;
/// assert_eq!(fit("a street", 8), "a street");
/// assert_eq!(fit("服务站点覆盖率", 8), "服务站…");
/// ```
#[must_use]
pub fn fit(text: &str, width: usize) -> String {
    let text = &*visible(text);
    if columns(text) <= width {
        return text.to_owned();
    }
    let mut room = width.saturating_sub(1);
    let mut cut: String = text
        .chars()
        .take_while(|letter| {
            let columns = letter.width().unwrap_or(0);
            let fits = columns <= room;
            room = room.saturating_sub(columns);
            fits
        })
        .collect();
    cut.push('…');
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_shown() {
        let id = "a\u{1b}]0;x\u{7}\u{9b}2J\u{202e}\r\n\tb";
        let shown = r"a\u{1b}]0;x\u{7}\u{9b}2J\u{202e}\r\n\tb";
        assert_eq!(visible(id), shown);
        assert_eq!(fit(id, 80), shown);
        assert_eq!(pad_right("\u{1b}", 8), r"\u{1b}  ");
        assert_eq!(pad_left("\n", 3), r" \n");
    }

    #[test]
    fn chinese_characters_are_two_columns_wide() {
        assert_eq!(columns("覆盖 57.5%"), 10);
        assert_eq!(pad_right("覆盖", 6), "覆盖  ");
        assert_eq!(pad_left("覆盖", 6), "  覆盖");
        assert_eq!(pad_left("wider", 3), "wider");
        assert_eq!(fit("覆盖率", 4), "覆…");
        assert_eq!(fit("", 0), "");
    }
}
