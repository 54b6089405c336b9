//! Text in the columns of a terminal: a Chinese character is two columns wide.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How many columns of a terminal a text takes.
#[must_use]
pub fn columns(text: &str) -> usize {
    text.width()
}

/// The text with spaces behind it, up to so many columns. A wider text stays as it is.
#[must_use]
pub fn pad_right(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(columns(text))))
}

/// The text with spaces before it, up to so many columns. A wider text stays as it is.
#[must_use]
pub fn pad_left(text: &str, width: usize) -> String {
    format!("{}{text}", " ".repeat(width.saturating_sub(columns(text))))
}

/// The text, cut to so many columns where it is wider.
///
/// ```
/// use pedshed::report::fit;
/// assert_eq!(fit("a street", 8), "a street");
/// assert_eq!(fit("服务站点覆盖率", 8), "服务站…");
/// ```
#[must_use]
pub fn fit(text: &str, width: usize) -> String {
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
    fn chinese_characters_are_two_columns_wide() {
        assert_eq!(columns("覆盖 57.5%"), 10);
        assert_eq!(pad_right("覆盖", 6), "覆盖  ");
        assert_eq!(pad_left("覆盖", 6), "  覆盖");
        assert_eq!(pad_left("wider", 3), "wider");
        assert_eq!(fit("覆盖率", 4), "覆…");
        assert_eq!(fit("", 0), "");
    }
}
