//! Text as people type it, made plain.

pub(crate) use super::simplified::simplified;

/// Text in narrow characters, without spaces around it and without what nobody sees: `１１６．４　` is `116.4`.
pub(crate) fn narrow(text: &str) -> String {
    let seen = text.chars().filter(|letter| !is_invisible(*letter));
    let narrowed = seen.map(|letter| match letter {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(letter) - 0xFEE0).unwrap_or(letter),
        '\u{3000}' | '\u{A0}' | '\u{202F}' | '\u{2009}' => ' ',
        '\u{2212}' => '-',
        other => other,
    });
    narrowed.collect::<String>().trim().to_owned()
}

/// A whole number without the decimals of zeros that a table of floating-point numbers adds: `1.0` is `1`. Other text stays.
pub(crate) fn without_zeros(text: &str) -> &str {
    match text.split_once('.') {
        Some((whole, zeros))
            if !whole.is_empty()
                && !zeros.is_empty()
                && whole.bytes().all(|digit| digit.is_ascii_digit())
                && zeros.bytes().all(|digit| digit == b'0') =>
        {
            whole
        }
        _ => text,
    }
}

/// A cell that says yes or no.
pub(crate) fn yes_or_no(cell: &str) -> Option<bool> {
    // Ticks and crosses are no letters.
    let plain = narrow(cell);
    match plain.as_str() {
        "√" | "✓" | "✔" => return Some(true),
        "×" | "✗" | "✘" => return Some(false),
        _ => {}
    }
    match letters(without_zeros(&plain)).as_str() {
        "1" | "yes" | "y" | "true" | "是" | "有" | "已" | "具备" | "达标" => Some(true),
        "0" | "no" | "n" | "false" | "否" | "无" | "没有" | "未" | "不具备" | "未达标" => {
            Some(false)
        }
        _ => None,
    }
}

/// Marks of order and direction, and spaces without width, as web pages and instant messages leave them in cells.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{FEFF}')
}

/// The letters and digits of a text alone, in narrow lower case and simplified characters: `Ｎｏ． 3 ` is `no3`.
pub(crate) fn letters(text: &str) -> String {
    let lower = simplified(&narrow(text).to_lowercase());
    lower
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_and_invisible_characters_are_made_plain() {
        assert_eq!(narrow("\u{feff}１１６．４　"), "116.4");
        assert_eq!(narrow(" −8\u{a0}km "), "-8 km");
        assert_eq!(letters("Ｎｏ． 3 （柳巷）"), "no3柳巷");
        assert_eq!(letters("·—"), "");
    }

    #[test]
    fn only_decimals_of_zeros_behind_a_whole_number_are_left_out() {
        for (text, plain) in [
            ("1.0", "1"),
            ("0.00", "0"),
            ("1.5", "1.5"),
            ("1.", "1."),
            (".0", ".0"),
            ("S1.0", "S1.0"),
            ("1.0.0", "1.0.0"),
        ] {
            assert_eq!(without_zeros(text), plain);
        }
    }
}
