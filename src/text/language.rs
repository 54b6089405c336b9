//! The languages of the command: what it says to people, in English and in Chinese. Files keep English headers, codes and
//! statuses in every language.
//!
//! The words of both languages stand side by side where they are needed: a new message without its Chinese does not compile.

use std::fmt;
use std::str::FromStr;

/// A language in which messages are written.
///
/// ```
/// use pedshed::language::Language;
/// assert_eq!("zh".parse(), Ok(Language::Zh));
/// assert_eq!(Language::default().to_string(), "en");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "lowercase")
)]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Chinese, in simplified characters.
    Zh,
}

/// A name that is no language of the command.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a language of this program; use en or zh")]
pub struct UnknownLanguage(pub String);

impl Language {
    /// Every language.
    pub const ALL: [Language; 2] = [Language::En, Language::Zh];

    /// The one of two texts that is in this language.
    #[must_use]
    pub const fn pick(self, en: &'static str, zh: &'static str) -> &'static str {
        match self {
            Language::En => en,
            Language::Zh => zh,
        }
    }
}

/// A count with its noun in English: `1 gate`, `2 gates`, `1 person`, `1,250 people`. `number` is the count as it is shown.
///
/// ```
/// use pedshed::language::counted;
/// assert_eq!(counted(1, "gate", "gates"), "1 gate");
/// assert_eq!(counted("1,250", "person", "people"), "1,250 people");
/// ```
#[must_use]
pub fn counted(number: impl fmt::Display, one: &str, several: &str) -> String {
    let number = number.to_string();
    let noun = if number == "1" { one } else { several };
    format!("{number} {noun}")
}

/// People as English counts them: `1 person`, `1,250 people`.
#[must_use]
pub fn counted_people(number: impl fmt::Display) -> String {
    counted(number, "person", "people")
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.pick("en", "zh"))
    }
}

impl FromStr for Language {
    type Err = UnknownLanguage;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let known = Self::ALL.into_iter();
        known
            .into_iter()
            .find(|language| language.to_string() == text)
            .ok_or_else(|| UnknownLanguage(text.to_owned()))
    }
}

/// What can be said in every language. `Display` is the English.
pub trait InLanguage: fmt::Display {
    /// The same in Chinese.
    fn zh(&self) -> String;

    /// In this language.
    fn in_language(&self, language: Language) -> String {
        match language {
            Language::En => self.to_string(),
            Language::Zh => self.zh(),
        }
    }
}

impl<T: InLanguage + ?Sized> InLanguage for Box<T> {
    fn zh(&self) -> String {
        (**self).zh()
    }

    fn in_language(&self, language: Language) -> String {
        (**self).in_language(language)
    }
}

impl InLanguage for UnknownLanguage {
    fn zh(&self) -> String {
        format!("“{}”不是本程序支持的语言；请用 en 或 zh", self.0)
    }
}

/// A text that is put together while the program runs, in every language.
///
/// ```
/// use pedshed::language::{InLanguage, Words};
/// let words = Words::new("two islands", "两处孤立路段");
/// assert_eq!((words.to_string(), words.zh()), ("two islands".into(), "两处孤立路段".into()));
/// ```
// One word in size, because errors and records hold it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Words(Box<[Box<str>; 2]>);

impl Words {
    /// A text in English and in Chinese.
    #[must_use]
    pub fn new(en: impl Into<Box<str>>, zh: impl Into<Box<str>>) -> Self {
        Self(Box::new([en.into(), zh.into()]))
    }

    /// Names and numbers, which are the same in every language.
    #[must_use]
    pub fn same(text: impl Into<Box<str>>) -> Self {
        let text = text.into();
        Self::new(text.clone(), text)
    }

    /// Where a record stands in its file, as readers name it: `homes.csv line 3` is `homes.csv 第 3 行`.
    #[must_use]
    pub fn place(place: &str) -> Self {
        Self::new(place, place_zh(place))
    }

    /// In this language.
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::En => &self.0[0],
            Language::Zh => &self.0[1],
        }
    }
}

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.get(Language::En))
    }
}

impl InLanguage for Words {
    fn zh(&self) -> String {
        self.get(Language::Zh).to_owned()
    }
}

/// Makes [`Words`] of two format strings.
macro_rules! words {
    ($en:literal, $zh:literal $(,)?) => {
        $crate::text::language::Words::new(
            ::std::fmt::format(format_args!($en)),
            ::std::fmt::format(format_args!($zh)),
        )
    };
}
pub(crate) use words;

/// What the kinds of records are called, before and after their number.
const PLACES: [(&str, &str, &str); 8] = [
    ("line", "第 ", " 行"),
    ("row", "第 ", " 行"),
    ("feature", "第 ", " 个要素"),
    ("record", "第 ", " 条记录"),
    ("node", "节点 ", ""),
    ("way", "道路 ", ""),
    ("relation", "关系 ", ""),
    ("sheet", "工作表 ", ""),
];

/// A record's place in Chinese. What is no such place stays as it is.
#[must_use]
pub fn place_zh(place: &str) -> String {
    let Some((rest, number)) = place.rsplit_once(' ') else {
        return place.to_owned();
    };
    let (file, noun) = rest.rsplit_once(' ').unwrap_or(("", rest));
    let Some((_, before, after)) = PLACES.iter().find(|(known, ..)| *known == noun) else {
        return place.to_owned();
    };
    // A row may be that of a sheet of a workbook.
    let file = match file.split_once(" sheet ") {
        Some((book, sheet)) if noun == "row" => format!("{book} 工作表 {sheet}"),
        _ => file.to_owned(),
    };
    let space = if file.is_empty() { "" } else { " " };
    format!("{file}{space}{before}{number}{after}")
}

/// Whether a text holds Chinese characters, for tests of messages.
#[cfg(test)]
pub(crate) fn is_chinese(text: &str) -> bool {
    text.chars()
        .any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_records_are_said_in_chinese() {
        for (en, zh) in [
            ("homes.csv line 3", "homes.csv 第 3 行"),
            (
                "my homes.xlsx sheet Tabelle 1 row 7",
                "my homes.xlsx 工作表 Tabelle 1 第 7 行",
            ),
            ("a.geojson feature 2", "a.geojson 第 2 个要素"),
            ("a.shp record 2", "a.shp 第 2 条记录"),
            ("city.osm.pbf way 12", "city.osm.pbf 道路 12"),
            ("relation 12", "关系 12"),
            ("book.xlsx sheet A", "book.xlsx 工作表 A"),
            ("somewhere", "somewhere"),
            ("", ""),
        ] {
            assert_eq!(place_zh(en), zh);
        }
    }

    #[test]
    fn languages_are_known_by_their_names() {
        for language in Language::ALL {
            assert_eq!(language.to_string().parse(), Ok(language));
        }
        let unknown = "de".parse::<Language>().expect_err("no language of ours");
        assert!(is_chinese(&unknown.zh()));
    }
}
