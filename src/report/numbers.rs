//! How each language writes numbers.

use crate::language::Language;
use crate::units::{Cutoff, People, Unit};

impl Language {
    /// A whole number in groups of three digits; Chinese leaves four digits together.
    pub(super) fn whole(self, number: u64) -> String {
        let digits = number.to_string();
        if self == Language::Zh && digits.len() <= 4 {
            return digits;
        }
        let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
        for (position, digit) in digits.chars().enumerate() {
            if position > 0 && (digits.len() - position).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        grouped
    }

    /// People to the nearest whole one.
    pub(super) fn people(self, people: People) -> String {
        self.whole((people.thousandths() + 500) / 1000)
    }

    /// Its tag as in BCP 47.
    #[must_use]
    pub(super) const fn tag(self) -> &'static str {
        match self {
            Language::En => "en",
            Language::Zh => "zh-Hans",
        }
    }

    /// A share with one decimal.
    pub(super) fn percent(self, part: People, whole: People) -> String {
        self.percent_of(part.share_of(whole))
    }

    /// A share, between 0 and 1, with one decimal.
    pub(super) fn percent_of(self, share: f64) -> String {
        self.with_percent(&format!("{:.1}", share * 100.0))
    }

    /// A number with the sign for a hundredth.
    pub(super) fn with_percent(self, number: &str) -> String {
        match self {
            Language::En => format!("{number}\u{a0}%"),
            Language::Zh => format!("{number}%"),
        }
    }

    /// Metres, from the number on.
    pub(super) fn metres(self, metres: f64) -> String {
        let number = self.whole(metres.round().max(0.0) as u64);
        match self {
            Language::En => format!("{number}\u{a0}m"),
            Language::Zh => format!("{number}米"),
        }
    }

    /// A cutoff with its unit, as in a column's head.
    pub(super) fn cutoff(self, cutoff: Cutoff) -> String {
        match (cutoff.unit(), self) {
            (Unit::Milliseconds, Language::En) => format!("{cutoff}\u{a0}min"),
            (Unit::Milliseconds, Language::Zh) => format!("{cutoff}分钟"),
            (Unit::Millimetres, _) => self.metres(cutoff.value()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_as_each_language_does() {
        assert_eq!(Language::En.whole(1000), "1,000");
        assert_eq!(Language::Zh.whole(1000), "1000");
        assert_eq!(Language::Zh.whole(1_234_567), "1,234,567");
        assert_eq!(
            Language::En.people(People::from_thousandths(999_500)),
            "1,000"
        );
    }
}
