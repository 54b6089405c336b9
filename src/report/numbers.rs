//! How each language writes numbers.

use crate::planning::indicators::Share;
use crate::siting::Money;
use crate::text::language::Language;
use crate::units::{Cutoff, People, Unit};

impl Language {
    /// A whole number in groups of three digits, from four digits on: one column has numbers of both.
    #[must_use]
    pub fn whole(self, number: u64) -> String {
        let digits = number.to_string();
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
    #[must_use]
    pub fn people(self, people: People) -> String {
        self.whole(people.thousandths().saturating_add(500) / 1000)
    }

    /// Money, its whole units in groups of three digits.
    #[must_use]
    pub fn money(self, money: Money) -> String {
        let whole = self.whole(money.thousandths() / 1000);
        match money.to_string().split_once('.') {
            Some((_, decimals)) => format!("{whole}.{decimals}"),
            None => whole,
        }
    }

    /// Its tag as in BCP 47.
    #[must_use]
    pub(super) const fn tag(self) -> &'static str {
        match self {
            Language::En => "en",
            Language::Zh => "zh-Hans",
        }
    }

    /// A share with two decimals, as everywhere on page and terminal; a dash over nobody.
    pub(super) fn percent(self, part: People, whole: People) -> String {
        match Share::of_people(part, whole).told() {
            nothing if nothing.is_empty() => "–".to_owned(),
            number => self.with_percent(&number),
        }
    }

    /// A target, between 0 and 1, with as many decimals.
    pub(super) fn percent_of(self, share: f64) -> String {
        self.with_percent(&format!("{:.2}", share * 100.0))
    }

    /// A number with the sign for a hundredth.
    pub(super) fn with_percent(self, number: &str) -> String {
        match self {
            Language::En => format!("{number}\u{a0}%"),
            Language::Zh => format!("{number}%"),
        }
    }

    /// A remark in brackets, as wide as the script's own.
    pub(super) fn in_brackets(self, remark: &str) -> String {
        match self {
            Language::En => format!("({remark})"),
            Language::Zh => format!("（{remark}）"),
        }
    }

    /// Metres, from the number on.
    pub(super) fn metres(self, metres: f64) -> String {
        let number = self.whole(metres.round().max(0.0) as u64);
        match self {
            Language::En => format!("{number}\u{a0}m"),
            Language::Zh => format!("{number}\u{a0}米"),
        }
    }

    /// A cutoff with its unit, as in a column's head.
    pub(super) fn cutoff(self, cutoff: Cutoff) -> String {
        match (cutoff.unit(), self) {
            (Unit::Milliseconds, Language::En) => format!("{cutoff}\u{a0}min"),
            (Unit::Milliseconds, Language::Zh) => format!("{cutoff}\u{a0}分钟"),
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
        assert_eq!(Language::Zh.whole(1000), "1,000");
        assert_eq!(Language::Zh.whole(1_234_567), "1,234,567");
        assert_eq!(
            Language::En.people(People::from_thousandths(999_500)),
            "1,000"
        );
    }

    #[test]
    fn somebody_left_out_is_never_all_and_somebody_covered_never_none() {
        let people = People::from_thousandths;
        let percent = |part, whole| Language::Zh.percent(people(part), people(whole));
        assert_eq!(percent(592_776, 592_800), "99.99%");
        assert_eq!(percent(1, 592_800), "0.01%");
        assert_eq!(percent(592_800, 592_800), "100.00%");
        assert_eq!(percent(0, 592_800), "0.00%");
        assert_eq!(percent(0, 0), "–");
    }
}
