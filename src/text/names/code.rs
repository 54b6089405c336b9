//! Codes of official divisions, as cells hold them.

use crate::text::plain::narrow;

/// A code of an official division (统计用区划代码) as a cell holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Code {
    /// Nothing.
    None,
    /// A number that a spreadsheet has rounded, `1.40106E+11`: its last digits are lost.
    Rounded,
    /// All of it, without the zeros that only say that it stands for a higher level.
    Whole(String),
}

/// The digits of a district, a street and a community.
const LEVELS: [usize; 3] = [6, 9, 12];

impl Code {
    /// Reads text, or a number shown as text. Full-width digits, spaces, the apostrophe that keeps a spreadsheet from reading
    /// a number, and its `.0` do not matter. A code of 12 or 9 digits that ends in the zeros of a level is that level's.
    pub(crate) fn read(cell: &str) -> Self {
        let plain: String = narrow(cell)
            .to_uppercase()
            .chars()
            .filter(|letter| !letter.is_whitespace() && !"'’‘\"`".contains(*letter))
            .collect();
        let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if let Some((mantissa, exponent)) = plain.split_once('E')
            && let Some((first, rest)) = mantissa.split_once('.').or(Some((mantissa, "")))
            && first.len() == 1
            && is_digits(first)
            && (rest.is_empty() || is_digits(rest))
            && let Ok(exponent) = exponent.trim_start_matches('+').parse::<usize>()
            && (1..=20).contains(&exponent)
        {
            // Only a mantissa with every digit says all.
            if rest.len() < exponent {
                return Code::Rounded;
            }
            return Self::from_digits(format!("{first}{}", &rest[..exponent]));
        }
        let whole = match plain.split_once('.') {
            Some((whole, zeros)) if is_digits(whole) && zeros.bytes().all(|b| b == b'0') => whole,
            _ => plain.as_str(),
        };
        if whole.is_empty() {
            Code::None
        } else if is_digits(whole) {
            Self::from_digits(whole.to_owned())
        } else {
            Code::Whole(whole.to_owned())
        }
    }

    fn from_digits(mut digits: String) -> Self {
        while let Some(level) = LEVELS.iter().position(|level| *level == digits.len())
            && level > 0
            && digits.ends_with("000")
        {
            digits.truncate(LEVELS[level - 1]);
        }
        Code::Whole(digits)
    }

    /// The whole code.
    pub(crate) fn whole(&self) -> Option<&str> {
        match self {
            Code::Whole(code) => Some(code),
            Code::None | Code::Rounded => None,
        }
    }

    /// The code of the street that a community's code begins with.
    pub(crate) fn street(&self) -> Option<&str> {
        self.whole()
            .filter(|code| code.len() == LEVELS[2] && code.bytes().all(|b| b.is_ascii_digit()))
            .map(|code| &code[..LEVELS[1]])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_whole_rounded_or_missing() {
        let whole = |code: &str| Code::Whole(code.to_owned());
        for (cell, code) in [
            ("140106001001", whole("140106001001")),
            ("１４０１０６００１００１", whole("140106001001")),
            ("'140106001001", whole("140106001001")),
            ("140106001001.0", whole("140106001001")),
            ("1.40106001001E+11", whole("140106001001")),
            ("1.4E+11", Code::Rounded),
            ("1.40106E+11", Code::Rounded),
            ("140106001000", whole("140106001")),
            ("140106000000", whole("140106")),
            ("140106001", whole("140106001")),
            ("m001-003", whole("M001-003")),
            ("E12", whole("E12")),
            ("", Code::None),
            ("　", Code::None),
        ] {
            assert_eq!(Code::read(cell), code, "{cell}");
        }
        assert_eq!(whole("140106001001").street(), Some("140106001"));
        assert_eq!(whole("140106001").street(), None);
    }
}
