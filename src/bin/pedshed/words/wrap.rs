//! Lines that fit a terminal, in scripts that write without spaces.

use pedshed::report::columns;

/// Characters that do not begin a line, and that do not end one.
pub(super) struct Marks<'a> {
    pub(super) closing: &'a str,
    pub(super) opening: &'a str,
}

/// Breaks a text into lines of so many columns at most: at spaces, and around characters that are two columns wide, but
/// never before a closing mark or after an opening one. A word that is wider than a line stays whole.
pub(super) fn wrap(text: &str, width: usize, marks: &Marks<'_>) -> Vec<String> {
    let mut lines = vec![String::new()];
    for piece in pieces(text, marks) {
        let last = lines.len() - 1;
        let line = &mut lines[last];
        if !line.is_empty() && columns(line) + columns(piece.trim_end()) > width {
            line.truncate(line.trim_end().len());
            lines.push(piece.trim_start().to_owned());
        } else {
            line.push_str(piece);
        }
    }
    let last = lines.len() - 1;
    let kept = lines[last].trim_end().len();
    lines[last].truncate(kept);
    lines
}

/// Parts of a text between which a line may end; spaces stay with the part before them.
fn pieces<'a>(text: &'a str, marks: &Marks<'_>) -> Vec<&'a str> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    for (at, letter) in text.char_indices() {
        if let Some(before) = before
            && may_break(before, letter, marks)
        {
            parts.push(&text[start..at]);
            start = at;
        }
        before = Some(letter);
    }
    parts.push(&text[start..]);
    parts
}

fn may_break(before: char, after: char, marks: &Marks<'_>) -> bool {
    let is_wide = |letter: char| !letter.is_ascii();
    if after == ' ' || marks.closing.contains(after) || marks.opening.contains(before) {
        return false;
    }
    before == ' ' || is_wide(before) || is_wide(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_between_characters_and_not_before_a_mark() {
        let marks = Marks {
            closing: "，。）",
            opening: "（",
        };
        let lines = |text, width| wrap(text, width, &marks);
        assert_eq!(lines("一二三四五", 4), ["一二", "三四", "五"]);
        assert_eq!(lines("一二，三", 4), ["一", "二，", "三"]);
        assert_eq!(lines("一（二）", 4), ["一", "（二）"]);
        assert_eq!(lines("用 --network 给出", 9), ["用", "--network", "给出"]);
        assert_eq!(lines("two words", 5), ["two", "words"]);
        assert_eq!(lines("", 5), [""]);
    }
}
